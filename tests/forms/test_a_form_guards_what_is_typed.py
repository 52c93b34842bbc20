"""Rules of a form: which cells may hold what, in words a teacher understands, and alive after LibreOffice saved it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.test_a_form_computes_in_libreoffice import GOOD, ODD
from tests.forms.written import FIRST_ROW, a_form
from tests.office import convert
from xlpy.exchange.forms import live
from xlpy.exchange.forms.guards import SPARE_ROWS
from xlpy.exchange.forms.write import write_form
from xlpy.tables import schema
from xlpy.tables.addresses import column_letter, column_number
from xlpy.tables.convert import TaskState
from xlpy.tables.convert import convert as converted
from xlpy.tables.raw import Value

MAXIMA = (1, 2, 2, 1, 3, 1)
FORM = a_form(MAXIMA, 27, not_taught=True)
LAST = FIRST_ROW + 27 - 1


def sheet_of(data: bytes) -> Worksheet:
    return load_workbook(BytesIO(data))["Работы"]


def rules(page: Worksheet) -> list[Any]:
    return list(page.data_validations.dataValidation)


def cells_of(where: object) -> set[str]:
    """Every cell of a list of ranges."""
    found = set()
    for part in str(where).split():
        first, _, last = part.partition(":")
        left, top = column_number(first.rstrip("0123456789")), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        last = last or first
        right, bottom = column_number(last.rstrip("0123456789")), int(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        found |= {f"{column_letter(c)}{r}" for c in range(left, right + 1) for r in range(top, bottom + 1)}
    return found


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """The form as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "form.xlsx").write_bytes(write_form(FORM))
    return sheet_of(convert([folder / "form.xlsx"], "xlsx", folder / "out")[0].read_bytes())


def points_rules(page: Worksheet) -> dict[int, tuple[set[str], Any]]:
    """Cells and rule of each maximum, by what the message says."""
    found: dict[int, tuple[set[str], Any]] = {}
    for rule in rules(page):
        if rule.promptTitle and rule.promptTitle.startswith("От 0 до "):
            most = int(rule.promptTitle.rpartition(" ")[2])
            found[most] = found.get(most, (set(), rule))[0] | cells_of(rule.sqref), rule
    return found


def wanted(most: int) -> set[str]:
    columns = [column_letter(4 + at) for at, maximum in enumerate(MAXIMA) if maximum == most]
    return {f"{column}{row}" for column in columns for row in range(FIRST_ROW, LAST + SPARE_ROWS + 1)}


def test_columns_of_one_maximum_share_one_rule() -> None:
    found = [rule for rule in rules(sheet_of(write_form(FORM))) if str(rule.promptTitle).startswith("От 0")]
    assert len(found) == len(set(MAXIMA))


@pytest.mark.parametrize("written", ["as made", "after LibreOffice"])
def test_every_task_cell_and_spare_row_has_its_limit(written: str, resaved: Worksheet) -> None:
    page = sheet_of(write_form(FORM)) if written == "as made" else resaved
    found = points_rules(page)
    assert {most: cells for most, (cells, _) in found.items()} == {most: wanted(most) for most in set(MAXIMA)}
    for most, (_, rule) in found.items():
        assert rule.type == "custom"
        assert (rule.showInputMessage, rule.showErrorMessage) == (True, True)
        assert f"от 0 до {most}" in rule.error
        assert "X" in rule.prompt
        assert rule.errorStyle in {None, "stop"}


@pytest.mark.parametrize("written", ["as made", "after LibreOffice"])
def test_codes_headers_totals_and_ready_are_guarded(written: str, resaved: Worksheet) -> None:
    page = sheet_of(write_form(FORM)) if written == "as made" else resaved
    guards = {cell: rule for rule in rules(page) for cell in cells_of(rule.sqref)}
    for cell in ("B9", "L9", f"B{LAST}", f"L{LAST}", f"B{LAST + SPARE_ROWS}", f"L{LAST + SPARE_ROWS}"):
        assert guards[cell].errorTitle == "Код не меняйте"
    for cell in ("B7", "D7", "I8", "J7", "A5"):
        assert guards[cell].errorTitle == "Заголовок не меняйте"
    for cell in ("J9", f"K{LAST}", "D3"):
        assert guards[cell].errorTitle == "Считается само"
    assert (guards["C3"].type, guards["C3"].formula1) == ("list", '"готово"')
    variant = guards["C9"]
    assert variant.type == "list"
    assert variant.formula1.startswith('"отсутствовал,1,2,3,')
    assert variant.errorStyle == "warning"
    assert guards[f"C{LAST + SPARE_ROWS}"] is variant
    assert all(rule.showErrorMessage for rule in guards.values())


def test_overlays_reach_every_task_cell_after_libreoffice(resaved: Worksheet) -> None:
    covered = {cell for where in resaved.conditional_formatting for cell in cells_of(where.sqref)}
    assert set().union(*(wanted(most) for most in set(MAXIMA))) <= covered


def test_messages_and_formulas_fit_the_limits_of_excel() -> None:
    page = sheet_of(write_form(a_form([50] * 36, 60, not_taught=True)))
    for rule in rules(page):
        assert len(rule.promptTitle or "") <= 32
        assert len(rule.errorTitle or "") <= 32
        assert len(rule.prompt or "") <= 255
        assert len(rule.error or "") <= 225
        assert len(rule.formula1.strip('"')) <= 255
        assert "{" not in rule.formula1
    for where in page.conditional_formatting:
        for rule in where.rules:
            assert len(rule.formula[0]) <= 8192
            assert "{" not in rule.formula[0]
    formulas = [cell.value for line in page.iter_rows(min_row=FIRST_ROW) for cell in line if cell.data_type == "f"]
    assert all(len(str(formula)) <= 8192 for formula in formulas)
    assert all(len(text) <= 255 for formula in formulas for text in str(formula).split('"')[1::2])


@pytest.mark.parametrize("not_taught", [False, True])
def test_untaught_topics_are_offered_only_where_they_are_taken(not_taught: bool) -> None:
    page = sheet_of(write_form(a_form(not_taught=not_taught)))
    said = " ".join(f"{rule.prompt} {rule.error} {rule.formula1}" for rule in rules(page)).lower()
    assert ("не пройд" in said) is not_taught


VALUES = [*(value for value in [*GOOD, *ODD, 2, 3] if value is not None), "отсутствовал", " Отсутствовал", 100, "7"]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """Rules for one cell as LibreOffice judges them, for each value in column C."""
    folder = tmp_path_factory.mktemp("judged")
    asked = {
        "points": live.is_points("C{0}", 2, takes_not_taught=True),
        "no not taught": live.is_points("C{0}", 2, takes_not_taught=False),
        "variant": live.is_variant("{0}"),
        "absent": live.is_absent("{0}"),
    }
    with xlsxwriter.Workbook(folder / "rules.xlsx", {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for row, value in enumerate(VALUES, start=1):
            page.write(row - 1, 2, value)
            for at, formula in enumerate(asked.values()):
                page.write_formula(row - 1, 3 + at, "=" + formula.format(row), None, "")
    read = load_workbook(convert([folder / "rules.xlsx"], "xlsx", folder / "out")[0], data_only=True).active
    return {name: [read.cell(row, 4 + at).value for row in range(1, len(VALUES) + 1)] for at, name in enumerate(asked)}


def is_legal(value: Value, *, not_taught: bool) -> bool:
    state = converted(value, schema.RESULTS.column("task_1")).state
    if state is TaskState.POINTS:
        return value in (0, 1, 2)
    return state is TaskState.NOT_ATTEMPTED or (not_taught and state is TaskState.NOT_TAUGHT)


def test_the_rule_takes_what_the_reader_takes(judged: dict[str, list[object]]) -> None:
    for name, not_taught in (("points", True), ("no not taught", False)):
        assert [bool(one) for one in judged[name]] == [is_legal(value, not_taught=not_taught) for value in VALUES]


def test_a_variant_is_a_number_or_absent(judged: dict[str, list[object]]) -> None:
    numbers = [not isinstance(value, str) and value in range(1, 100) for value in VALUES]
    absent = [isinstance(value, str) and value.strip().lower() == "отсутствовал" for value in VALUES]
    assert [bool(one) for one in judged["absent"]] == absent
    assert [bool(one) for one in judged["variant"]] == [a or b for a, b in zip(numbers, absent, strict=True)]
