"""A judged form as one that speaks for its checker: what was printed into it is not what somebody said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from xlpy.exchange.forms.cells import JudgedForm
from xlpy.exchange.forms.form import Identity
from xlpy.exchange.forms.voice import PackForm, saying
from xlpy.tables.convert import as_text

VARIANT = "variant"


def spoken(judged: JudgedForm, identity: Identity, saved: datetime | None, printed: Mapping[str, str]) -> PackForm:
    """Return the form by code. `printed`: code → the variant that it was handed out with."""
    as_printed = {
        (code, VARIANT)
        for code, row in judged.rows.items()
        if VARIANT in row.cells and as_text(row.cells[VARIANT].meant) == printed.get(code)
    }
    form = PackForm(
        judged.grid.file,
        judged.grid.sheet,
        identity.checker,
        identity.version,
        saved,
        judged.grid.is_ready,
        {code: row.cell for code, row in judged.rows.items()},
        unclear=judged.uncertain | as_printed,
        keys=frozenset(judged.columns),
    )
    said = (
        (code, [cell for cell in row.cells.values() if cell.key != VARIANT])
        if (code, VARIANT) in as_printed
        else (code, row.cells.values())
        for code, row in judged.rows.items()
    )
    return saying(form, said)
