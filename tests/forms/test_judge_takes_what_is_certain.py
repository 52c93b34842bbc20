"""Whatever people do to a form, all that is still certain is taken: here nothing is lost."""

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
    LAST,
    TASKS,
    Sheet,
    a_sheet,
    certain,
    found,
    judged,
    truth,
)
from xlpy.exchange.forms.form import FormTask
from xlpy.tables.raw import Value

Habit = Callable[[Sheet], Sheet]
SHEET = a_sheet()


def pasted(row: int, _: int, cell: Value) -> Value:
    """Numbers as a program writes them into text."""
    return f"{cell:g}" if isinstance(cell, float) and row >= FIRST else cell


def with_comma(row: int, _: int, cell: Value) -> Value:
    return f"\N{NO-BREAK SPACE}{cell:g},0 " if isinstance(cell, float) and row >= FIRST else cell


def codes_as_numbers(_: int, __: int, cell: Value) -> Value:
    return float(cell) if isinstance(cell, str) and cell in CODES else cell


def looks_latin(_: int, __: int, cell: Value) -> Value:
    """Latin letters for Cyrillic ones in the header."""
    return cell.replace("К", "K").replace("а", "a") if isinstance(cell, str) and len(cell) < 9 else cell


QUIET: dict[str, Habit] = {
    "nothing": lambda sheet: sheet,
    "the sheet has another name": lambda sheet: replace(sheet, name="мой лист"),
    "a row over everything": lambda sheet: sheet.insert_row(1, "сдать до пятницы"),
    "rows between the rows of the header": lambda sheet: sheet.insert_row(8, None, "!").insert_row(7, None, "?"),
    "rows between the papers": lambda sheet: sheet.insert_row(11).insert_row(10, None, "перепроверить"),
    "an own column between tasks": lambda sheet: sheet.insert_column(5, {7: "сомнения", 9: "да", 10: 2.0}),
    "an own column without a header": lambda sheet: sheet.insert_column(6, {9: "спросить"}),
    "an own column before the codes": lambda sheet: sheet.insert_column(1, {9: "+", 10: "+"}),
    "own columns beside the table": lambda sheet: sheet.type(M7="моё", M9=5.0, N10="проверено"),
    "notes under the table": lambda sheet: sheet.insert_row(LAST + 1).insert_row(LAST + 2, None, "Проверяла сама"),
    "sums under the table": lambda sheet: sheet.formula("D15", 1.0).formula("E15", 5.0).type(B15="Итого"),
    "averages under the table": lambda sheet: sheet.type(B15="Среднее", D15=0.25, E15=1.25, F15=2.5),
    "the maximum of a task was another when the form was handed out": (lambda sheet: sheet.type(D8=2.0, H8=9.0)),
    "the header and old maxima repeated for a second page": lambda sheet: (
        sheet.type(E8=3.0, H8=9.0).insert_row(11, *sheet.lines[6]).insert_row(12, *sheet.type(E8=3.0, H8=9.0).lines[7])
    ),
    "no row of maxima": lambda sheet: sheet.drop_row(8),
    "no codes on the right": lambda sheet: sheet.drop_column(AGAIN),
    "no codes on the left": lambda sheet: sheet.drop_column(CODE),
    "no total and no mark": lambda sheet: sheet.drop_column(AGAIN - 1).drop_column(AGAIN - 2),
    "no numbers of the pile": lambda sheet: sheet.drop_column(1),
    "no identity line": lambda sheet: sheet.drop_row(5),
    "rows sorted": lambda sheet: sheet.reorder([11, 9, 13, 12, 10]),
    "papers sorted over the header": lambda sheet: sheet.reorder([9, 10, 7, 8, 6, 11, 12, 13]),
    "the header repeated for a second page": lambda sheet: sheet.insert_row(11, *sheet.lines[6]),
    "the header repeated and the first one spoilt since": lambda sheet: sheet.insert_row(11, *sheet.lines[6]).type(
        E7="2 "
    ),
    "codes became numbers": lambda sheet: sheet.mapped(codes_as_numbers),
    "codes with spaces": lambda sheet: sheet.type(B9=" 50\N{NO-BREAK SPACE}011 ", B10="№ 50012", B11="50013,0"),
    "values pasted over everything": lambda sheet: sheet.mapped(lambda _, __, cell: cell),
    "everything pasted as text": lambda sheet: sheet.mapped(pasted),
    "a label became a day": lambda sheet: sheet.type(F7=datetime(2026, 1, 9)),
    "a label became a number": lambda sheet: sheet.type(F7=9.1, D7=1.0, E7=2.0),
    "spaces and Latin letters in labels": lambda sheet: sheet.mapped(looks_latin).type(D7="1 ", F7=" 9.1"),
    "a point is computed": lambda sheet: sheet.formula("D9", 1.0),
    "a task copied whole": lambda sheet: sheet.insert_column(5, {row: sheet.get(row, 4) for row in range(6, 14)}),
    "a task's header copied": lambda sheet: sheet.insert_column(5, {row: sheet.get(row, 4) for row in range(6, 8)}),
    "a row copied whole": lambda sheet: sheet.insert_row(12, *sheet.lines[8]),
    "an unknown code without points": lambda sheet: sheet.insert_row(LAST + 1, 6.0, "50099"),
    "titles merged": lambda sheet: sheet.merge("A1", "J1").merge("A2", "F2"),
    "a point merged with an own column": lambda sheet: sheet.insert_column(5).merge("D9", "E9"),
}

NOTED: dict[str, tuple[Habit, set[str]]] = {
    "no hidden marks": (lambda sheet: sheet.drop_row(6), {"RECOVERED_COLUMN"}),
    "no labels": (lambda sheet: sheet.drop_row(7), {"RECOVERED_COLUMN"}),
    "a label overtyped": (lambda sheet: sheet.type(E7="Иванов"), {"RECOVERED_COLUMN"}),
    "a label became the text of a day": (lambda sheet: sheet.type(F7="09.01.2026"), {"RECOVERED_COLUMN"}),
    "a mark overtyped": (lambda sheet: sheet.type(D6="х", E6=None), {"RECOVERED_COLUMN"}),
    "the header repeated and the first one overtyped since": (
        lambda sheet: sheet.insert_row(11, *sheet.lines[6]).type(E7="?", B7="шифр"),
        {"RECOVERED_COLUMN"},
    ),
    "the header repeated twice and all labels of the first one overtyped since": (
        lambda sheet: (
            sheet.insert_row(11, *sheet.lines[6])
            .insert_row(13, *sheet.lines[6])
            .type(D7="а", E7="б", F7="в", G7="г", B7="шифр", C7="в-т")
        ),
        {"RECOVERED_COLUMN"},
    ),
    "labels merged": (lambda sheet: sheet.merge("D7", "E7"), {"RECOVERED_COLUMN"}),
    "captions of all but the tasks gone": (
        lambda sheet: sheet.type(A7=None, B7=None, C7=None, H7=None, I7=None, J7=None),
        {"RECOVERED_COLUMN"},
    ),
    "names typed over codes": (lambda sheet: sheet.type(B9="Иванов И.", B10=None, B12="Петрова"), {"RECOVERED_CODE"}),
    "an error in place of a code": (lambda sheet: sheet.error("B9", "#NAME?"), {"RECOVERED_CODE"}),
    "codes merged": (lambda sheet: sheet.merge("B9", "B10"), {"RECOVERED_CODE"}),
    "numbers in a column without a header": (lambda sheet: sheet.insert_column(5, {9: 1.0, 11: 2.0}), {"STRAY_CELL"}),
    "numbers typed with a comma": (lambda sheet: sheet.mapped(with_comma), {"RESPELLED"}),
    "marks as they are typed": (lambda sheet: sheet.type(F10=" х", C13=" ОТСУТСТВОВАЛ "), {"RESPELLED"}),
    "an old total": (lambda sheet: sheet.type(H9=3.0), {"STRAY_CELL"}),
    "an own column called as a task": (lambda sheet: sheet.insert_column(5, {7: "1", 9: 0.0}), {"TASK_TWICE"}),
}


@pytest.mark.parametrize("habit", QUIET.values(), ids=QUIET)
def test_nothing_is_lost_and_nothing_said(habit: Habit) -> None:
    form = judged(habit(SHEET))
    assert certain(form) == truth()
    assert found(form) == []
    assert not form.uncertain


@pytest.mark.parametrize(("habit", "said"), NOTED.values(), ids=NOTED)
def test_nothing_is_lost_and_what_was_changed_is_said_once(habit: Habit, said: set[str]) -> None:
    form = judged(habit(SHEET))
    assert certain(form) == truth()
    assert {code for code, _ in found(form)} == said
    assert len(found(form)) <= 3


def test_labels_that_a_program_takes_for_one_number_are_told_by_their_marks() -> None:
    tasks = (FormTask(1, "9.1", 1), FormTask(2, "9.10", 2), FormTask(3, "10", 3), TASKS[3])
    sheet = a_sheet(tasks=tasks).type(D7=9.1, E7=9.1)
    assert certain(judged(sheet, tasks)) == truth()
    assert "task_1" not in judged(sheet.drop_row(6), tasks).columns


@pytest.mark.parametrize("change", [{"D8": 2.0, "H8": 9.0}, {"E8": 1.0, "F8": 2.0, "H8": 6.0}])
def test_old_maxima_are_no_points_though_the_last_paper_has_none_yet(change: dict[str, Value]) -> None:
    form = judged(SHEET.type(C13=None, **change))
    assert certain(form) == truth(without=[CODES[-1]])
    assert found(form) == []


def test_what_is_empty_in_a_form_is_told_from_what_is_not_there() -> None:
    form = judged(SHEET.type(D9=None).drop_column(5).drop_row(10))
    assert "task_1" in form.columns
    assert "task_1" not in form.rows["50011"].cells
    assert "task_2" not in form.columns
    assert "50012" not in form.rows


def test_a_cell_says_where_it_stands_and_what_is_written_there() -> None:
    form = judged(SHEET.insert_row(1).type(F11="x"))
    cell = form.rows["50012"].cells["task_3"]
    assert (cell.cell, cell.written, cell.meant) == ("F11", "x", "X")
    assert form.rows["50012"].cell == "B11"
    assert form.columns["task_3"] == 6
