from __future__ import annotations

from hypothesis import given, settings

from tests.assignment.schools import Rows, as_day, day, pins_of, schools
from xlpy import actions
from xlpy.assignment.assign import Status, to_rows
from xlpy.checks.run import run_checks
from xlpy.tables import schema
from xlpy.workbook.memory import MemoryWorkbook

ABOUT_PEOPLE = ("CHK-01", "CHK-02", "CHK-03", "CHK-04", "CHK-05", "CHK-06", "CHK-07", "CHK-08", "CHK-09")


@settings(max_examples=25, deadline=None)
@given(schools(pins=0))
def test_the_rules_of_the_sheet_find_nobody_in_the_wrong_place(rows: Rows) -> None:
    """Written to the sheet and read back, a plan passes the very rules that judge a plan made by hand."""
    assert not pins_of(rows)
    book = MemoryWorkbook.filled(rows)
    result = actions.assign(book)
    book.write_table(schema.CHECKERS, to_rows(result))
    found = {finding.code for finding in run_checks(*actions.read_book(book), as_day(day(5)))}
    assert not found.intersection(ABOUT_PEOPLE)
    assert ("CHK-10" in found) == (result.status is Status.INFEASIBLE)
