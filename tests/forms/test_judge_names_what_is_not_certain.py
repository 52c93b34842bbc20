"""What is not certain is not taken: it is named with its cell, and all the rest of the form is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from tests.forms.drawn import (
    AGAIN,
    CODE,
    CODES,
    FIRST,
    KEYS,
    LAST,
    TASKS,
    Sheet,
    a_sheet,
    certain,
    found,
    judged,
    place_of,
    truth,
)
from xlpy.exchange.forms.notes import words_of
from xlpy.tables.raw import Value

Habit = Callable[[Sheet], Sheet]
SHEET = a_sheet()
POINTS_CELLS = [(row, column) for row in range(FIRST, LAST + 1) for column in range(4, 8)]


def only(code: str, *keys: str) -> set[tuple[str, str]]:
    """Places of one paper."""
    return {(code, key) for key in keys or KEYS}


def column(key: str) -> set[tuple[str, str]]:
    return {(code, key) for code in CODES}


def doubled(sheet: Sheet) -> Sheet:
    return sheet.insert_row(LAST + 1, *sheet.lines[FIRST - 1])


def other_lines() -> tuple[tuple[Value, ...], ...]:
    """A form of another work from its labels on."""
    tasks = tuple(replace(task, label=f"{task.label}К9") for task in TASKS)
    return a_sheet({"60001": (1, 1, 1, 1, 1)}, tasks).lines[6:]


# What is done, which places are lost by it, and what is said where.
NAMED: dict[str, tuple[Habit, set[tuple[str, str]], list[tuple[str, str]]]] = {
    # Cells.
    "over the maximum": (lambda sheet: sheet.type(D9=2.0), only("50011", "task_1"), [("OVER_MAXIMUM", "D9")]),
    "a part of a point": (lambda sheet: sheet.type(E9="1,5"), only("50011", "task_2"), [("NOT_WHOLE", "E9")]),
    "less than nothing": (lambda sheet: sheet.type(E9=-1.0), only("50011", "task_2"), [("NOT_WHOLE", "E9")]),
    "words": (lambda sheet: sheet.type(E9="не знаю"), only("50011", "task_2"), [("NOT_POINTS", "E9")]),
    "a truth value is not 1": (lambda sheet: sheet.type(D9=True), only("50011", "task_1"), [("NOT_POINTS", "D9")]),
    "a slipped letter": (lambda sheet: sheet.type(E9="H"), only("50011", "task_2"), [("NOT_POINTS", "E9")]),
    "a day is never points": (
        lambda sheet: sheet.type(E9=datetime(1900, 1, 2)),
        only("50011", "task_2"),
        [("NOT_POINTS", "E9")],
    ),
    "not taught, this year": (
        lambda sheet: sheet.type(E9="не пройд."),
        only("50011", "task_2"),
        [("NOT_TAUGHT", "E9")],
    ),
    "an error": (lambda sheet: sheet.error("E9"), only("50011", "task_2"), [("ERROR_CELL", "E9")]),
    "a formula nobody computed": (
        lambda sheet: sheet.formula("E9", None),
        only("50011", "task_2"),
        [("UNCALCULATED", "E9")],
    ),
    "a formula of too many points": (
        lambda sheet: sheet.formula("E9", 3.0),
        only("50011", "task_2"),
        [("OVER_MAXIMUM", "E9")],
    ),
    "points merged": (
        lambda sheet: sheet.merge("D9", "E9"),
        only("50011", "task_1", "task_2"),
        [("MERGED", "D9")],
    ),
    "points of two papers merged": (
        lambda sheet: sheet.merge("E9", "E10"),
        {("50011", "task_2"), ("50012", "task_2")},
        [("MERGED", "E9")],
    ),
    "the last point merged with the total": (
        lambda sheet: sheet.merge("G9", "H9"),
        only("50011", "task_4"),
        [("MERGED", "G9")],
    ),
    "a variant merged with a point": (
        lambda sheet: sheet.merge("C9", "D9"),
        only("50011", "variant", "task_1"),
        [("MERGED", "C9")],
    ),
    "points merged by a program that keeps what is covered": (
        lambda sheet: replace(sheet.type(D9=None), merged=((9, 4, 9, 5),)),
        only("50011", "task_1", "task_2"),
        [("MERGED", "E9")],
    ),
    "no variant of this kind": (lambda sheet: sheet.type(C9="А"), only("50011", "variant"), [("NOT_VARIANT", "C9")]),
    "points of one who was absent": (
        lambda sheet: sheet.type(D13=1.0),
        only("50015"),
        [("POINTS_OF_ABSENT", "C13")],
    ),
    # Columns.
    "a task's column deleted": (lambda sheet: sheet.drop_column(5), column("task_2"), [("MISSING_TASK", "A7")]),
    "the variant's column deleted": (lambda sheet: sheet.drop_column(3), column("variant"), [("MISSING_TASK", "A7")]),
    "a label of another task": (lambda sheet: sheet.type(D7="2"), column("task_1"), [("LOST_COLUMN", "D7")]),
    "a mark of another task": (lambda sheet: sheet.type(D6="#2"), column("task_1"), [("LOST_COLUMN", "D7")]),
    "neither mark nor label": (
        lambda sheet: sheet.type(D6=None, D7="первое"),
        column("task_1"),
        [("LOST_COLUMN", "D7")],
    ),
    "neither mark nor label but a day": (
        lambda sheet: sheet.type(F6=None, F7=datetime(2026, 1, 9)),
        column("task_3"),
        [("LOST_COLUMN", "F7")],
    ),
    "two columns of a task that differ": (
        lambda sheet: sheet.insert_column(5, {row: sheet.get(row, 4) for row in range(6, 14)}).type(E9=0.0),
        column("task_1"),
        [("TASK_TWICE", "E7")],
    ),
    "labels moved by one": (
        lambda sheet: sheet.shift([(7, at) for at in range(5, 8)], right=-1),
        {(code, key) for code in CODES for key in KEYS[1:]},
        [("LOST_COLUMN", "D7")],
    ),
    "no header at all": (
        lambda sheet: sheet.drop_row(7).drop_row(6),
        {(code, key) for code in CODES for key in KEYS},
        [("MISSING_TASK", "A1")],
    ),
    # Rows.
    "a row deleted": (lambda sheet: sheet.drop_row(9), only("50011"), [("MISSING_PAPER", "")]),
    "a code of no paper": (
        lambda sheet: sheet.type(B9="50099", J9="50099"),
        only("50011"),
        [("UNKNOWN_CODE", "B9"), ("MISSING_PAPER", "")],
    ),
    "a code of no paper on the left only": (
        lambda sheet: sheet.type(B9="50099"),
        only("50011"),
        [("UNKNOWN_CODE", "B9")],
    ),
    "names in place of codes and none on the right": (
        lambda sheet: sheet.drop_column(AGAIN).type(B9="Иванов Иван"),
        only("50011"),
        [("NO_CODE", "B9"), ("MISSING_PAPER", "")],
    ),
    "points under the table": (
        lambda sheet: sheet.type(D16=1.0),
        set(),
        [("NO_CODE", "B16")],
    ),
    "another code typed on the left": (
        lambda sheet: sheet.type(B9="50012"),
        {*only("50011"), *only("50012")},
        [("CODES_APART", "B9"), ("CODE_TWICE", "B10")],
    ),
    "a point merged with that of a row that is not certain": (
        lambda sheet: sheet.put(10, CODE, "50099").put(10, AGAIN, "50099").merge("D9", "D10"),
        {*only("50012"), *only("50011", "task_1")},
        [("UNKNOWN_CODE", "B10"), ("MISSING_PAPER", ""), ("MERGED", "D9")],
    ),
    "a point merged with that of a row whose codes are apart": (
        lambda sheet: sheet.put(10, AGAIN, "50013").merge("D9", "D10"),
        {*only("50012"), *only("50011", "task_1")},
        [("CODES_APART", "B10"), ("MERGED", "D9")],
    ),
    "a point merged with that of a row that is no paper any more": (
        lambda sheet: sheet.put(10, CODE, "Иванов").put(10, AGAIN, None).merge("D9", "D10"),
        {*only("50012"), *only("50011", "task_1")},
        [("NO_CODE", "B10"), ("MISSING_PAPER", ""), ("MERGED", "D9")],
    ),
    "a point merged with that of a column that may be a task": (
        lambda sheet: sheet.type(E7="1").merge("D9", "E9"),
        {*column("task_2"), *only("50011", "task_1")},
        [("LOST_COLUMN", "E7"), ("MERGED", "D9")],
    ),
    "a point merged with that of a column without mark and label": (
        lambda sheet: sheet.type(E6=None, E7=None).merge("E9", "F9"),
        {*column("task_2"), *only("50011", "task_3")},
        [("LOST_COLUMN", "E7"), ("MERGED", "F9")],
    ),
    "a row twice, one point of both that nobody can read": (
        lambda sheet: doubled(sheet.type(E9="не делал")),
        only("50011", "task_2"),
        [("NOT_POINTS", "E9"), ("NOT_POINTS", "E14")],
    ),
    "a row twice, one point that nobody can read in each": (
        lambda sheet: doubled(sheet.type(E9="не делал")).type(E14="два"),
        only("50011"),
        [("CODE_TWICE", "B9"), ("NOT_POINTS", "E9"), ("NOT_POINTS", "E14")],
    ),
    "some columns sorted": (
        lambda sheet: sheet.reorder([10, 9], range(1, 6)),
        {*only("50011"), *only("50012")},
        [("CODES_APART", "B9"), ("CODES_APART", "B10")],
    ),
    "a code twice": (
        lambda sheet: doubled(sheet).type(D14=0.0, H14=None),
        only("50011"),
        [("CODE_TWICE", "B9")],
    ),
    "a cell deleted to the left": (
        lambda sheet: sheet.shift([(9, at) for at in range(5, AGAIN + 1)], right=-1),
        only("50011"),
        [("CODES_APART", "B9")],
    ),
    "a cell put in": (
        lambda sheet: sheet.shift([(9, at) for at in range(4, AGAIN + 1)], right=1),
        only("50011"),
        [("CODES_APART", "B9")],
    ),
    # Blocks.
    "a header repeated with two tasks in another order": (
        lambda sheet: sheet.insert_row(12, *sheet.lines[6]).type(D12="2", E12="1"),
        {*only("50014"), *only("50015")},
        [("LOST_COLUMN", "D12")],
    ),
    "the header of an unknown work without line and marks": (
        lambda sheet: sheet.insert_row(12, *sheet.lines[6]).type(D12="1К1", E12="1К2", F12="1К3", G12="2К1"),
        {*only("50014"), *only("50015")},
        [("LOST_COLUMN", "D12")],
    ),
    "the header and the codes of another work without line and marks": (
        lambda sheet: Sheet((*sheet.lines, *other_lines())),
        set(),
        [("LOST_COLUMN", "D14")],
    ),
    "points pasted one column to the right": (
        lambda sheet: sheet.shift([(9, at) for at in range(4, 8)], right=1),
        only("50011"),
        [("OVER_MAXIMUM", "G9"), ("STRAY_CELL", "H9")],
    ),
    "points pasted one column to the left, over the codes": (
        lambda sheet: sheet.shift([(row, at) for row in (9, 10) for at in range(3, 8)], right=-1),
        {*only("50011"), *only("50012")},
        [("CODES_APART", "B9"), ("CODES_APART", "B10")],
    ),
}


@pytest.mark.parametrize(("habit", "lost", "said"), NAMED.values(), ids=NAMED)
def test_only_what_is_not_certain_is_lost_and_it_is_named(
    habit: Habit, lost: set[tuple[str, str]], said: list[tuple[str, str]]
) -> None:
    form = judged(habit(SHEET))
    assert certain(form) == {place: value for place, value in truth().items() if place not in lost}
    assert sorted(found(form)) == sorted(said)
    assert all(words_of(note) for note in form.notes)


@pytest.mark.parametrize("down", [1, -1])
def test_points_of_all_papers_pasted_a_row_beside_are_not_taken(down: int) -> None:
    whole = {**dict.fromkeys(CODES, (1, 1, 2, 3, 0)), "50013": (2, 0, 1, 1, 2)}
    form = judged(a_sheet(whole).shift(POINTS_CELLS, down=down))
    assert not certain(form)
    assert [code for code, _ in found(form)] == ["STRAY_CELL"]
    assert {("50013", "task_1"), ("50012", "task_2")} <= form.uncertain


@pytest.mark.parametrize("change", [{"D8": 2.0, "H8": 9.0}, {"E8": 3.0, "F8": 4.0, "H8": 10.0}])
def test_points_pasted_over_old_maxima_are_not_taken_for_maxima(change: dict[str, Value]) -> None:
    whole = {**dict.fromkeys(CODES, (1, 1, 2, 1, 1)), "50013": (2, 1, 1, 1, 2)}
    form = judged(a_sheet(whole).type(**change).shift(POINTS_CELLS, down=-1))
    assert not certain(form)
    assert [code for code, _ in found(form)] == ["STRAY_CELL"]


@pytest.mark.parametrize("place", sorted(truth()))
def test_something_that_is_not_certain_is_not_taken_for_an_empty_cell(place: tuple[str, str]) -> None:
    code, key = place
    row, at = FIRST + CODES.index(code), 3 + KEYS.index(key)
    form = judged(SHEET.put(row, at, "?"))
    assert place not in certain(form)
    assert place in form.uncertain


def test_a_form_of_codes_that_are_all_strange_is_named_once() -> None:
    form = judged(SHEET, codes=["60001", "60002"])
    assert [code for code, _ in found(form)] == ["UNKNOWN_CODE"]
    assert "5," in words_of(form.notes[0])[0]


def test_several_strange_codes_among_many_are_named_one_by_one() -> None:
    typed = {str(50101 + at): (1, 1, 1, 1, 1) for at in range(20)}
    form = judged(a_sheet(typed), codes=list(typed)[4:])
    assert [cell for code, cell in found(form) if code == "UNKNOWN_CODE"] == ["B9", "B10", "B11", "B12"]


@pytest.mark.parametrize("name", ["Иванов Иван", "ИВАНОВ", "Иванов", "Smith", "О'Генри Петров"])
@pytest.mark.parametrize("cell", ["B9", "C9", "D9", "J9"])
def test_a_name_is_never_said_again(name: str, cell: str) -> None:
    typed = SHEET.put(*place_of(cell), name)
    for sheet in (typed, typed.drop_column(AGAIN), SHEET.drop_column(AGAIN).put(*place_of(cell), name)):
        for note in judged(sheet).notes:
            assert name not in " ".join(words_of(note))


def test_a_row_of_foreign_points_under_a_code_of_ours_on_the_right_is_not_taken() -> None:
    """A paper of another class typed into a free row: its code stands on the left, ours is still on the right."""
    form = judged(SHEET.type(B13="50099", C13=1.0, D13=1.0))
    assert not any(code == "50015" for code, _ in certain(form))
    assert ("UNKNOWN_CODE", "B13") in found(form)
