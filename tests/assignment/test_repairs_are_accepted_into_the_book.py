from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.assignment.schools import TEACHERS, Row, Rows, day, school, setting, teacher, teaches, work
from tests.checks.school import legal_school, write_book
from xlpy import actions, repairing
from xlpy.actions import Stamp
from xlpy.assignment.accepting import picked
from xlpy.assignment.repair_kinds import Repair, RepairKind
from xlpy.assignment.repair_wording import repair_dicts
from xlpy.checks.run import run_checks
from xlpy.errors import InputError
from xlpy.tables import schema
from xlpy.tables.frames import read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import REPAIRS, read_settings
from xlpy.words import repairs as words
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.memory import MemoryWorkbook, raw_table

ANNA, BELLA, VIKTOR, *_ = TEACHERS
STAMP = Stamp(datetime(2021, 4, 1, 9), "координатор")


def limited(limit: int = 1, *more: Row) -> Rows:
    """Two packs too many for Anna; Bella only lacks the subject."""
    people = [teacher(ANNA, paper_limit=limit, email="anna@school.ru"), teacher(BELLA, "Физика; Химия")]
    return school(people, [work("5А"), work("5Б"), work("6А")][: limit + 1], settings=list(more))


def first(kind: int) -> Row:
    return setting("Порядок исправлений", "; ".join([REPAIRS[kind], *REPAIRS]))


def cells(book: MemoryWorkbook, sheet: str, *keys: str) -> list[tuple[Value, ...]]:
    (declared,) = [one for one in schema.SHEETS if one.key == sheet]
    at = [[column.key for column in declared.columns].index(key) for key in keys]
    return [tuple(line[number] for number in at) for line in book.saved[sheet].values]


def accept(rows: Rows, said: str = words.EVERY) -> tuple[MemoryWorkbook, repairing.Accepted]:
    book = MemoryWorkbook.filled(rows)
    actions.write_assignment(book, actions.assign(book), STAMP)
    return book, repairing.accept_repairs(book, said, STAMP)


def test_overtime_raises_that_person_s_limit_by_what_is_needed() -> None:
    book, done = accept(limited(1))
    assert [one.kind for one in done.repairs] == [RepairKind.OVERTIME]
    assert not actions.is_short(done.result)
    assert cells(book, "teachers", "teacher", "paper_limit", "subjects", "email") == [
        (ANNA, 2, "Математика", "anna@school.ru"),
        (BELLA, None, "Физика; Химия", None),
    ]
    assert cells(book, "checkers", "school_class", "checker") == [("5А", ANNA), ("5Б", ANNA)]


def test_a_person_under_the_school_s_limit_gets_one_of_their_own() -> None:
    rows = school([teacher(ANNA), teacher(BELLA, "Физика")], [work("5А"), work("5Б")], limit=1)
    book, _ = accept(rows)
    assert cells(book, "teachers", "teacher", "paper_limit") == [(ANNA, 2), (BELLA, None)]


def test_a_second_subject_is_added_behind_the_others() -> None:
    book, done = accept(limited(2, first(1)))
    assert not actions.is_short(done.result)
    assert cells(book, "teachers", "teacher", "subjects") == [
        (ANNA, "Математика"),
        (BELLA, "Физика; Химия; Математика"),
    ]
    assert (BELLA,) in cells(book, "checkers", "checker")


def test_another_school_fills_the_place_and_stays_there_when_the_plan_is_made_again() -> None:
    book, done = accept(limited(1, first(2)))
    assert not actions.is_short(done.result)
    given = [row for row in cells(book, "checkers", "checker", "explanation") if row[0] == schema.EXTERNAL_CHECKER]
    assert [words.PLACES[0] in str(why) for _, why in given] == [True]
    again = actions.assign(book)
    actions.write_assignment(book, again, STAMP)
    assert (actions.is_short(again), again.changes) == (False, ())
    assert (schema.EXTERNAL_CHECKER,) in cells(book, "checkers", "checker")


def test_a_place_of_another_school_is_no_stranger_and_no_repeated_person() -> None:
    book, _ = accept({**limited(0, first(2)), "classes": [{"school_class": "5А", "grade": 5}]})
    twice = [{"school_class": "5А", "subject": "Математика", "checker": schema.EXTERNAL_CHECKER}]
    twice = [{**row, "second_checker": schema.EXTERNAL_CHECKER} for row in twice]
    for rows in (None, twice):
        if rows:
            book.tables["checkers"] = raw_table(schema.CHECKERS, rows)
        tables = read_tables(book.read_tables(schema.SHEETS))
        found = run_checks(tables, read_settings(tables["settings"]), STAMP.today)
        assert [one for one in found if one.sheet == schema.CHECKERS.name] == []


def test_only_what_is_named_is_done_and_the_rest_is_proposed_again() -> None:
    rows = school([teacher(ANNA, paper_limit=1)], [work("5А"), work("5Б"), work("6А"), work("7А")])
    book, done = accept(rows, "2")
    left = repairing.propose(book, done.result).repairs
    assert [len(done.repairs), len(left)] == [1, 2]
    assert cells(book, "teachers", "paper_limit") == [(2,)]


def test_numbers_speak_of_the_list_for_the_plan_that_stands_on_the_sheet() -> None:
    rows = school(
        [teacher(ANNA, paper_limit=1), teacher(BELLA, paper_limit=1), teacher(VIKTOR, "Физика")],
        [work("5А"), work("5Б"), work("6А", "Физика"), work("6Б"), work("7А", "Химия")],
        workload=[teaches(BELLA, "5Б")],
    )
    book = MemoryWorkbook.filled(rows)
    result = actions.assign(book)
    proposed = repairing.propose(book, result).repairs
    actions.write_assignment(book, result, STAMP)
    for number, one in enumerate(proposed, start=1):
        again = MemoryWorkbook(dict(book.saved))
        assert repairing.accept_repairs(again, str(number), STAMP).repairs == (one,)


def test_the_journal_says_what_was_accepted() -> None:
    book, done = accept(limited(1))
    assert cells(book, "journal", "action", "outcome")[-1] == (words.ACTION, words.ACCEPTED.format(what=done.lines[0]))


def test_every_line_has_its_number_and_the_command_that_accepts_it() -> None:
    book = MemoryWorkbook.filled(limited(1))
    proposed = repairing.propose(book, actions.assign(book))
    head, line, how = proposed.lines
    assert head == words.HEAD
    assert line == (
        f"1. Сверх лимита: {ANNA} — ещё 1\N{NO-BREAK SPACE}пачка ({proposed.repairs[0].school_class}, Математика), "
        "лимит 1 → 2"
    )
    assert how == words.HOW_TO_ACCEPT.format(numbers="1", every=words.EVERY)
    assert json.loads(json.dumps(repair_dicts(proposed.repairs)))[0]["kind"] == "overtime"


def test_what_no_wanted_kind_repairs_is_named() -> None:
    book = MemoryWorkbook.filled(school([], [work("5А")], settings=[setting("Порядок исправлений", REPAIRS[0])]))
    assert repairing.propose(book, actions.assign(book)).lines == (words.LEFT.format(works="5А, Математика"),)


def test_papers_say_that_the_list_is_approximate() -> None:
    rows = school(
        [teacher(ANNA, paper_limit=1)],
        [work("5А", check_until=day(1))],
        settings=[setting("Единица нагрузки", "работы")],
        results=[{"code": f"5000{n}", "school_class": "5А", "subject": "Математика", "variant": 1} for n in range(5)],
    )
    book = MemoryWorkbook.filled(rows)
    assert repairing.propose(book, actions.assign(book)).lines[0] == words.HEAD_ROUGH


def test_a_full_plan_has_nothing_to_accept() -> None:
    book = MemoryWorkbook.filled(school([teacher(ANNA)], [work("5А")]))
    assert repairing.propose(book, actions.assign(book)).lines == ()
    with pytest.raises(InputError) as refused:
        repairing.accept_repairs(book, words.EVERY, STAMP)
    assert (refused.value.code, book.saved) == ("nothing_to_accept", {})


SOME = tuple(Repair(RepairKind.NEIGHBOUR, name, "Химия", None, 1) for name in ("5А", "5Б", "5В"))


@pytest.mark.parametrize(("said", "numbers"), [("1,3", [0, 2]), (" 3 ; 1,", [0, 2]), ("2", [1]), ("ВСЕ", [0, 1, 2])])
def test_numbers_may_be_written_in_any_order(said: str, numbers: list[int]) -> None:
    assert picked(said, SOME) == tuple(SOME[number] for number in numbers)


@pytest.mark.parametrize("said", ["4", "0", "-1", "", ",", "1,9", "первое", "1-3", "1.5", "²"])
def test_a_number_that_the_list_lacks_is_refused(said: str) -> None:
    with pytest.raises(InputError) as refused:
        picked(said, SOME)
    assert refused.value.code == "accept_numbers"


def test_a_real_file_keeps_what_people_typed_and_holds_the_new_plan(tmp_path: Path) -> None:
    rows = legal_school()
    for row in rows["teachers"]:
        row["paper_limit"] = 1
        row["note"] = f"заметка {row['teacher']}"
    for row in rows["settings"]:
        row["setting"] = 2 if row["parameter"] == "Проверяющих на работу" else row["setting"]
    path = write_book(tmp_path / "book.xlsm", rows)
    book = ClosedWorkbook(path)
    actions.write_assignment(book, actions.assign(book), STAMP)
    done = repairing.accept_repairs(ClosedWorkbook(path), words.EVERY, STAMP)
    tables, _ = actions.read_book(ClosedWorkbook(path))
    assert not actions.is_short(actions.assign(ClosedWorkbook(path)))
    teachers = tables["teachers"].frame
    assert teachers["note"].tolist() == [f"заметка {name}" for name in teachers["teacher"]]
    raised = {one.teacher for one in done.repairs if one.kind is RepairKind.OVERTIME}
    assert set(teachers["teacher"][teachers["paper_limit"] > 1]) == raised
    assert len(done.repairs) > 0
