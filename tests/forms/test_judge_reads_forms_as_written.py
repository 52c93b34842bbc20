"""What is written as a form is read back as one: the two sides agree on marks, labels and the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import load_workbook

from tests.forms.drawn import CODES, IDENTITY, KEYS, TASKS, TYPED, YEAR, certain, found, truth
from xlpy.exchange.forms.cells import JudgedForm, judge
from xlpy.exchange.forms.form import FormRow, FormTask, TeacherForm
from xlpy.exchange.forms.notes import FormCode
from xlpy.exchange.forms.recognise import recognise
from xlpy.exchange.forms.write import write_form
from xlpy.tables.raw import Value
from xlpy.words import form_notes
from xlpy.words.checks import SENTENCES
from xlpy.workbook.anybook import read_any_book


def a_form(typed: Mapping[tuple[str, str], Value], tasks: Sequence[FormTask] = TASKS) -> TeacherForm:
    rows = tuple(FormRow(code, "") for code in CODES)
    return TeacherForm(
        IDENTITY, tuple(tasks), rows, (3, 5, 7), "20.04.2026", "Завуч", takes_not_taught=False, typed=typed
    )


def read(data: bytes, tasks: Sequence[FormTask] = TASKS) -> JudgedForm:
    (grid,) = recognise(read_any_book(data, "5А.xlsx"), "5А.xlsx").grids
    assert grid.identity == IDENTITY
    return judge(grid, tasks, CODES, YEAR)


def test_an_untouched_form_says_nothing() -> None:
    form = read(write_form(a_form({})))
    assert not certain(form)
    assert not found(form)
    assert set(form.rows) == set(CODES)
    assert set(form.columns) == set(KEYS)
    assert not form.grid.is_ready


def test_what_is_written_into_a_form_is_read_from_it() -> None:
    form = read(write_form(a_form(truth())))
    assert certain(form) == truth()
    assert not found(form)


def test_labels_that_stand_twice_are_told_apart() -> None:
    tasks = (FormTask(1, "1", 1), FormTask(2, "1", 2), FormTask(3, "9.1", 3), FormTask(7, "4К1", 2))
    typed = {("50011", "task_2"): 2, ("50012", "task_7"): 1}
    form = read(write_form(a_form(typed, tasks)), tasks)
    assert certain(form) == typed
    assert not found(form)


def test_a_form_saved_by_another_program_says_the_same() -> None:
    book = load_workbook(BytesIO(write_form(a_form({}))))
    sheet = book["Работы"]
    for row, values in enumerate(TYPED.values(), start=9):
        for column, value in enumerate(values, start=3):
            sheet.cell(row, column).value = value
    sheet["C3"].value = "готово"
    out = BytesIO()
    book.save(out)
    form = read(out.getvalue())
    assert certain(form) == truth()
    assert not found(form)
    assert form.grid.is_ready


def test_whatever_may_be_found_has_its_words() -> None:
    assert {code.value for code in FormCode} <= SENTENCES.keys() | form_notes.FOUND.keys()
