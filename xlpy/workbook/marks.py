"""Marked cells as rows of «Замечания», whose conditional formats highlight them on their own sheets."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.tables import schema
from xlpy.tables.convert import as_text
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import CellMark, RawTable, Value
from xlpy.words.errors import MORE_FINDINGS


def finding_rows(marks: Sequence[CellMark]) -> list[dict[str, Value]]:
    """Return the rows to write, numbered; the last one counts what no longer fits the sheet."""
    room = schema.FINDINGS.capacity
    shown = list(marks if len(marks) <= room else marks[: room - 1])
    rows: list[dict[str, Value]] = [
        {
            "number": number,
            "severity": mark.severity,
            "rule": mark.rule,
            "sheet": mark.sheet,
            "cell": mark.cell,
            "message": mark.message,
            "hint": mark.hint,
        }
        for number, mark in enumerate(shown, start=1)
    ]
    if len(marks) > len(shown):
        rows.append(
            {
                "number": room,
                "severity": schema.SEVERITIES[2],
                "rule": None,
                "sheet": None,
                "cell": None,
                "message": MORE_FINDINGS.format(count=len(marks) - len(shown)),
                "hint": None,
            }
        )
    return rows


_OF_FORMS = "FRM-"
_SHEETS = frozenset(sheet.name for sheet in schema.SHEETS)


def is_of_form(mark: CellMark) -> bool:
    """Whether a mark tells of a teacher's form: by its rule, or because its «Лист» is a file."""
    return mark.rule.startswith(_OF_FORMS) or "!" in mark.cell or mark.sheet not in _SHEETS


def kept_marks(raw: RawTable) -> tuple[list[CellMark], list[CellMark]]:
    """Return the marks that stand on «Замечания»: the workbook's own, and those of forms.

    The row that counts what did not fit belongs to neither.
    """
    at = positions_of(schema.FINDINGS, raw.captions)
    keys = ("severity", "rule", "sheet", "cell", "message", "hint")
    marks = [CellMark(*(as_text(line[at[key]]) for key in keys)) for line in raw.values]
    named = [mark for mark in marks if mark.rule]
    return [mark for mark in named if not is_of_form(mark)], [mark for mark in named if is_of_form(mark)]
