"""Totals, marks and the line of state, computed by a real LibreOffice, are those a plain reading of the rules gives."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.forms.written import FIRST_ROW, FIRST_TASK, a_form, expected, uncomputed
from tests.office import convert
from xlpy.exchange.forms.form import TeacherForm
from xlpy.exchange.forms.write import write_form
from xlpy.tables.raw import Value

GOOD: list[Value] = [0, 1, "X", "x", "Х", "х", 0.0, 1.0]
ODD: list[Value] = [
    None,
    None,
    " X ",
    "\u00a0х",
    "не пройд.",
    "НЕ  ПРОЙДЕНО",
    "не пройд",
    "н",
    "XX",
    "?",
    "*",
    "X*",
    " ",
    "2",
    99,
    -1,
    0.5,
    1.5,
    1e-9,
    "=1",
    "'1",
    "—",
]
VARIANTS = ["", "", "1", "12", "отсутствовал", "Отсутствовал"]


def random_form(chance: Random, tasks: int, papers: int, *, scaled: bool, not_taught: bool) -> TeacherForm:
    """A form in which people typed all that people type: most rows good, some half-typed, some odd."""
    maxima = [chance.choice((1, 1, 2, 3, 12)) for _ in range(tasks)]
    codes = [str(50001 + at) for at in range(papers)]
    typed: dict[tuple[str, str], Value] = {}
    for code in codes:
        kind = chance.choice(("good", "good", "odd", "one odd", "half", "empty"))
        odd = chance.randrange(tasks)
        for at, most in enumerate(maxima):
            odd_ones = [*ODD, *[most + 1] * 4]
            pool = [*GOOD, *range(most + 1)] if kind != "odd" else [*odd_ones, *GOOD]
            cell = chance.choice(odd_ones if kind == "one odd" and at == odd else pool)
            if kind == "empty" or (kind == "half" and chance.random() < 0.3) or cell is None:
                continue
            typed[code, f"task_{at + 1}"] = cell
    most = sum(maxima)
    scale = (max(1, most // 3), most // 2 + 1, most * 4 // 5 + 1) if scaled else None
    variants = [chance.choice(VARIANTS) for _ in codes]
    return a_form(maxima, codes, scale=scale, typed=typed, not_taught=not_taught, variants=variants)


FORMS = {
    "plain": random_form(Random(1), 8, 60, scaled=True, not_taught=False),
    "not taught": random_form(Random(2), 20, 40, scaled=True, not_taught=True),
    "no scale": random_form(Random(3), 12, 27, scaled=False, not_taught=False),
    "one task": random_form(Random(4), 1, 60, scaled=True, not_taught=False),
    "wide": random_form(Random(5), 36, 35, scaled=True, not_taught=True),
    "one pupil": random_form(Random(6), 5, 1, scaled=True, not_taught=False),
}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Each form as LibreOffice computes and saves it."""
    folder = tmp_path_factory.mktemp("forms")
    files = [uncomputed(write_form(form), folder / f"{name}.xlsx") for name, form in FORMS.items()]
    made = convert(files, "xlsx", folder / "opened")
    return {name: load_workbook(path, data_only=True)["Работы"] for name, path in zip(FORMS, made, strict=True)}


def said(shown: object) -> object:
    """What a cell shows; a formula may show nothing in two ways."""
    return None if shown == "" else shown


@pytest.mark.parametrize("name", FORMS)
def test_every_total_and_mark_is_the_oracle_s(name: str, computed: dict[str, Any]) -> None:
    form, page = FORMS[name], computed[name]
    points = FIRST_TASK + len(form.tasks)
    wrong = []
    for at, row in enumerate(form.rows):
        shown = tuple(said(page.cell(FIRST_ROW + at, column).value) for column in (points, points + 1))
        wanted = expected(form, row.code, row.variant)
        if shown != wanted:
            wrong.append((row.code, shown, wanted))
    assert not wrong


@pytest.mark.parametrize("name", FORMS)
def test_the_line_of_state_counts_what_is_typed(name: str, computed: dict[str, Any]) -> None:
    form = FORMS[name]
    totals = [expected(form, row.code, row.variant)[0] for row in form.rows]
    done = sum(isinstance(total, int) or total == "—" for total in totals)
    assert computed[name]["D3"].value == f"Введено работ: {done} из {len(form.rows)}"


def test_random_forms_hold_every_answer() -> None:
    answers = [expected(form, row.code, row.variant) for form in FORMS.values() for row in form.rows]
    assert {None, "—", "проверьте", "не всё", 0} <= {points for points, _ in answers}
    assert {2, 3, 4, 5} <= {mark for _, mark in answers}


@pytest.mark.parametrize("name", FORMS)
def test_what_stands_beside_the_formulas_is_what_they_give(name: str) -> None:
    form = FORMS[name]
    page = load_workbook(BytesIO(write_form(form)), data_only=True)["Работы"]
    points = FIRST_TASK + len(form.tasks)
    for at, row in enumerate(form.rows):
        shown = tuple(page.cell(FIRST_ROW + at, column).value for column in (points, points + 1))
        assert shown == expected(form, row.code, row.variant)


@given(
    st.lists(st.one_of(st.none(), st.integers(-1, 4), st.sampled_from([*GOOD, *ODD])), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from(VARIANTS),
)
def test_shown_totals_agree_with_the_oracle_on_any_row(cells: list[Value], not_taught: bool, variant: str) -> None:
    typed = {("50001", f"task_{at}"): cell for at, cell in enumerate(cells, start=1) if cell is not None}
    form = a_form([2] * len(cells), 1, typed=typed, not_taught=not_taught, variants=[variant])
    page = load_workbook(BytesIO(write_form(form)), data_only=True)["Работы"]
    column = FIRST_TASK + len(cells)
    shown = page.cell(FIRST_ROW, column).value, page.cell(FIRST_ROW, column + 1).value
    assert shown == expected(form, "50001", variant)


def test_ready_too_early_is_said_beside_it(tmp_path: Path) -> None:
    files = []
    for name, typed in (("early", {}), ("done", {("50001", "task_1"): 1})):
        book = load_workbook(BytesIO(write_form(a_form([1], 1, scale=None, typed=typed))))
        book["Работы"]["C3"] = "готово"
        book.save(tmp_path / f"{name}.xlsx")
        files.append(tmp_path / f"{name}.xlsx")
    early, done = (load_workbook(path, data_only=True)["Работы"] for path in convert(files, "xlsx", tmp_path / "out"))
    assert early["D3"].value == "Введено работ: 0 из 1. Отмечено «готово», но введено не всё!"
    assert done["D3"].value == "Введено работ: 1 из 1"
