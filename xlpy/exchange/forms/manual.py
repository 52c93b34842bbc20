"""The table of what may be said of forms for README, from the codes and their words."""

from __future__ import annotations

from xlpy.checks.manual import general
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.words.checks import RULES_TABLE_HEAD, SEVERITY_NAMES
from xlpy.words.form_notes import FOUND


def forms_table() -> str:
    """Return the findings of forms as a Markdown table: code, severity, what it watches, what to do."""
    rows = [
        (code.value, SEVERITY_NAMES[FormNote(code, "").severity.value], said.watches, general(said.mend))
        for code in FormCode
        if (said := FOUND.get(code.value)) is not None
    ]
    head = [RULES_TABLE_HEAD, tuple("---" for _ in RULES_TABLE_HEAD)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in (*head, *rows))
