"""The table of rules for README, from the rules and their words."""

from __future__ import annotations

import re

from xlpy.checks.rules import RULES
from xlpy.words.checks import NO_LIMIT, RULES_TABLE_HEAD, SENTENCES, SEVERITY_NAMES

_PLACEHOLDER = re.compile(r"\{[^}]+\}")


def rules_table() -> str:
    """Return the rules as a Markdown table: code, severity, what it watches, what to do."""
    severity = {rule.code: SEVERITY_NAMES[rule.severity.value] for rule in RULES}
    rows = [(code, severity[code], words.watches, general(words.mend)) for code, words in SENTENCES.items()]
    head = [RULES_TABLE_HEAD, tuple("---" for _ in RULES_TABLE_HEAD)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in (*head, *rows))


def general(sentence: str) -> str:
    """A sentence without what it names in a single case, for a table that speaks of all."""
    return _PLACEHOLDER.sub(NO_LIMIT, sentence).replace(f"{NO_LIMIT}.", NO_LIMIT)
