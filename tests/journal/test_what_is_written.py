"""Only «Отметка по журналу» of rows that are there is written, once, and nothing in the book tells a pupil's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.school import MATHS, Row, file_findings, put, spoilt, write_book
from tests.journal.exports import (
    MARKS,
    NAMES,
    STAMP,
    TODAY,
    Taken,
    a_school,
    held,
    long_grid,
    named,
    results,
    sheet,
    taken,
)
from xlpy import journal_marks
from xlpy.errors import InputError
from xlpy.exchange.journal.plan import Existing
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.memory import MemoryWorkbook

FILE = Path("Отметки 5А.xls")


def written(book: MemoryWorkbook, file: Path = FILE, **more: object) -> Taken:
    result = taken(book, sheet(long_grid()), **more)  # type: ignore[arg-type]
    journal_marks.write_plan(book, result.plan, result.ground, file, STAMP)
    return result


def test_every_mark_is_in_its_row_and_nothing_else_changes() -> None:
    book = a_school()
    before = results(book)
    written(book)
    assert held(book) == MARKS
    without = [{key: cell for key, cell in row.items() if key != "journal_mark"} for row in results(book)]
    assert without == [{key: cell for key, cell in row.items() if key != "journal_mark"} for row in before]
    assert {sheet_.key for sheet_ in schema.SHEETS if book.saved[sheet_.key] != a_school().tables[sheet_.key]} == {
        "results",
        "journal",
    }


def test_taking_twice_changes_nothing() -> None:
    book = a_school()
    written(book)
    once = dict(book.saved)
    again = written(book)
    assert (again.plan.edits, again.plan.same, again.found) == ({}, len(MARKS), [])
    assert book.saved == once


def one_mark(mark: object) -> MemoryWorkbook:
    """A school where 50001 has a journal mark in biology already."""

    def change(rows: dict[str, list[Row]]) -> None:
        row = next(one for one in rows["results"] if (one["code"], one["subject"]) == ("50001", "Биология"))
        row["journal_mark"] = mark  # type: ignore[assignment]

    return a_school(change)


def test_another_mark_in_the_book_stays_and_is_named() -> None:
    book = one_mark(5)
    result = written(book)
    assert held(book) == {**MARKS, ("50001", "Биология"): 5}
    assert [(note.code.value, note.params["held"], note.params["said"]) for note in result.plan.notes] == [
        ("kept", "5", 3)
    ]
    assert result.plan.notes[0].params["own"] == "Результаты!AQ10"


def test_another_mark_in_the_book_is_replaced_where_that_is_wanted() -> None:
    book = one_mark(5)
    result = written(book, existing=Existing.REPLACE)
    assert held(book) == MARKS
    assert (result.plan.replaced, result.found) == (1, ["replaced"])


@pytest.mark.parametrize("same", [3, 3.0, "3", "3 "])
def test_the_same_mark_however_it_is_typed_is_no_difference(same: object) -> None:
    result = taken(one_mark(same), sheet(long_grid()))
    assert (result.plan.same, result.plan.changed) == (1, 0)


def test_no_mark_in_the_book_is_a_mark() -> None:
    assert taken(one_mark("нет отметки"), sheet(long_grid())).plan.changed == 1


def test_the_line_of_the_journal_counts_and_names_nobody() -> None:
    book = a_school()
    written(book, Path(f"{NAMES['50001']}.xls"))
    (line,) = book.saved["journal"].values
    assert line[2:] == [
        "Отметки по журналу",
        "Записано 15 (новых 15, заменено 0), уже стояло 0, оставлено без замены 0.",
        "выгрузка электронного журнала",
    ]


def test_a_row_that_stands_twice_in_the_book_gets_nothing() -> None:
    def twice(rows: dict[str, list[Row]]) -> None:
        rows["results"].append(dict(rows["results"][3]))

    result = taken(a_school(twice), sheet(long_grid()))
    paper = ("50001", "Биология")
    assert (set(MARKS) - set(result.marks), result.found) == ({paper}, ["double in book"])


def test_a_work_that_the_book_has_not_is_left_alone() -> None:
    grid = [
        *long_grid(),
        [99, NAMES["40001"], "4А", "Биология", 5, ""],
        [99, "Петрова Анна Ильинична", "9А", MATHS, 5, ""],
    ]
    result = taken(a_school(), sheet(grid))
    assert (result.marks, result.found) == (MARKS, ["class unknown"])


def nameless(rows: dict[str, list[Row]]) -> None:
    for row in rows["participants"]:
        row["pupil"] = None


def test_a_book_without_names_says_where_they_are_needed() -> None:
    with pytest.raises(InputError) as caught:
        taken(a_school(nameless), sheet(long_grid()))
    assert (caught.value.code, caught.value.params) == ("journal_no_names", {"sheet": "Участники", "column": "ФИО"})


def test_a_book_without_names_needs_none_where_the_file_has_codes() -> None:
    grid = [["Код", "Предмет", "Отметка"], *[[code, subject, mark] for (code, subject), mark in MARKS.items()]]
    assert taken(a_school(nameless), sheet(grid)).marks == MARKS


def test_a_book_without_rows_says_what_to_do_first() -> None:
    def empty(rows: dict[str, list[Row]]) -> None:
        rows["results"].clear()

    with pytest.raises(InputError) as caught:
        taken(a_school(empty), sheet(long_grid()))
    assert caught.value.code == "journal_no_rows"


def test_a_real_workbook_takes_them_in_one_save_and_keeps_its_bytes_the_second_time(tmp_path: Path) -> None:
    path = write_book(tmp_path / "vpr_workbook.xlsm", spoilt(named, put("results", 7, journal_mark=5)))
    assert not file_findings(path, TODAY)
    states = []
    for _ in range(2):
        book = ClosedWorkbook(path)
        result = taken(book, sheet(long_grid()))
        journal_marks.write_plan(book, result.plan, result.ground, FILE, STAMP)
        states.append(path.read_bytes())
    assert states[0] == states[1]
    assert len(list((tmp_path / "Копии").iterdir())) == 1
    assert not [one for one in file_findings(path, TODAY) if one.sheet == "Результаты"]
    raws = ClosedWorkbook(path).read_tables([one for one in schema.SHEETS if one is not schema.PARTICIPANTS])
    surnames = [name.split()[0] for name in NAMES.values()]
    assert not [name for name in surnames if name in str([raw.values for raw in raws.values()])]
