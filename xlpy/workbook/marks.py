"""Marked cells as rows of «Замечания», whose conditional formats highlight them on their own sheets."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.tables import schema
from xlpy.tables.raw import CellMark, Value
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
