"""A form is a sound .xlsx of codes and tasks, the same each time, in which no text ever becomes a formula."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from tests.benchmarks.forms_writing import contents, openpyxl_form, school_forms
from tests.forms.written import CHECKER, COORDINATOR, FIRST_ROW, Typed, a_form, parts
from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import (
    Identity,
    TeacherForm,
    Turn,
    identity_line,
    identity_of_line,
    identity_of_properties,
    properties_of,
)
from xlpy.exchange.forms.write import write_form, write_forms

HOSTILE = "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", '"><f>1</f>&amp;', "_x0041_", "\x01\ufffe", " край ", "а\nб"
LONG = "Очень длинное имя без конца " * 40
PLAIN = a_form()
SIZES: dict[str, TeacherForm] = {
    "usual": a_form([1, 2] * 10, 27),
    "one of each": a_form([1], 1),
    "sixty pupils": a_form([1, 2, 3], 60),
    "36 tasks": a_form([1, 1, 2] * 12, 35, not_taught=True),
    "every maximum another": a_form(range(1, 37), 3),
    "no scale": a_form(scale=None),
    "second": a_form(turn=Turn.SECOND),
    "typed": a_form(typed={("50001", "task_1"): "X", ("50002", "task_2"): 1.0, ("50003", "variant"): "отсутствовал"}),
    "hostile": a_form(
        [1] * len(HOSTILE), HOSTILE, labels=HOSTILE, subject=HOSTILE[0], checker=HOSTILE[4], school=HOSTILE[4]
    ),
    "long": a_form([1], [LONG], labels=[LONG], subject=LONG, checker=LONG, school=LONG, coordinator=LONG, until=LONG),
    "nothing known": a_form(scale=None, checker="", school="", coordinator="", until=""),
    "no papers": a_form(papers=[]),
}


@pytest.mark.parametrize("name", SIZES)
def test_the_schemas_of_office_find_no_error(name: str, tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    file.write_bytes(write_form(SIZES[name]))
    result = OpenXmlValidator(max_errors=0).validate(str(file))
    assert result.is_valid, [str(error) for error in result.errors]


def grid(data: bytes, sheet: str = "Работы") -> list[list[object]]:
    return [[cell.value for cell in line] for line in load_workbook(BytesIO(data))[sheet].iter_rows()]


def test_tasks_maxima_and_codes_stand_where_the_layout_says() -> None:
    rows = grid(write_form(a_form([1, 3], 2, labels=["4К1", "9.1"], variants=["2", ""])))
    assert rows[layout.KEY_ROW - 1] == ["#pile", "#code", "#variant", "#1", "#2", "#points", "#mark", "#again"]
    assert rows[layout.LABEL_ROW - 1] == ["№", "Код", "Вариант", "4К1", "9.1", "Балл", "Отметка", "Код"]
    assert rows[layout.MAXIMUM_ROW - 1] == [None, None, "макс. балл", 1, 3, 4, None, None]
    papers = [[*line[:5], line[7]] for line in rows[layout.FIRST_PAPER_ROW - 1 :]]
    assert papers == [[1, "50001", 2, None, None, "50001"], [2, "50002", None, None, None, "50002"]]


def test_whose_it_is_and_until_when_stands_on_top() -> None:
    rows = grid(write_form(PLAIN))
    assert "Математика, 5А, 2025/26" in str(rows[layout.TITLE_ROW - 1][0])
    people = f"Проверяющий: {CHECKER}, проверить до 22.03.2026, вернуть: {COORDINATOR}"
    assert rows[layout.PEOPLE_ROW - 1][0] == people
    assert rows[layout.SCALE_ROW - 1][:3] == [3, 5, 7]
    assert identity_of_line(str(rows[layout.IDENTITY_ROW - 1][0])) == replace(PLAIN.identity, checker="", school="")


def test_what_is_not_known_is_not_spoken_of() -> None:
    rows = grid(write_form(SIZES["nothing known"]))
    assert rows[layout.PEOPLE_ROW - 1][0] is None
    assert rows[layout.SCALE_ROW - 1][:3] == [None] * 3
    assert "Шкала не задана" in str(rows[layout.SCALE_ROW - 1][3])


def test_the_second_check_says_that_it_is() -> None:
    rows = grid(write_form(SIZES["second"]))
    assert "Вторая" in str(rows[0][0])
    assert "вторая проверка" in str(rows[layout.IDENTITY_ROW - 1][0])


@pytest.mark.parametrize("name", ["usual", "second", "hostile"])
def test_which_form_it_is_stands_in_properties_and_in_plain_cells(name: str) -> None:
    identity, data = SIZES[name].identity, write_form(SIZES[name])
    properties = {one.name: one.value for one in load_workbook(BytesIO(data)).custom_doc_props.props}
    assert properties == properties_of(identity)
    assert identity_of_properties(properties) == identity
    said = {str(line[1]): line[2] for line in grid(data, "Как заполнять") if line[1] and line[2]}
    assert (said["Школа"], said["Проверяющий"], said["Номер формы"]) == (
        identity.school,
        identity.checker,
        identity.number,
    )
    assert (said["Версия формы"], said["Учебный год"]) == ("1", "2025/26")


def test_the_page_of_help_holds_the_line_too() -> None:
    lines = [str(line[1]) for line in grid(write_form(PLAIN), "Как заполнять") if line[1]]
    assert identity_line(PLAIN.identity) in lines
    assert len([line for line in grid(write_form(PLAIN), "Как заполнять") if isinstance(line[0], int)]) == 8


def test_text_stays_the_text_it_was() -> None:
    data = write_form(SIZES["hostile"])
    book = load_workbook(BytesIO(data))
    page = book["Работы"]
    last = FIRST_ROW + len(HOSTILE) - 1
    formulas = {
        cell.coordinate for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"
    }
    assert formulas == {"D3", *(f"{column}{row}" for column in "MN" for row in range(FIRST_ROW, last + 1))}
    assert not re.search("<hyperlink|<externalReference", "".join(parts(data).values()))
    # openpyxl leaves _xHHHH_ as it stands in the file; calamine, below, does not.
    readable = {text for text in HOSTILE if "\x01" not in text and "_x" not in text}
    assert readable <= {page.cell(row, 2).value for row in range(FIRST_ROW, last + 1)}


def test_calamine_reads_what_was_written() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(write_form(SIZES["hostile"])))
    assert book.sheet_names == ["Работы", "Как заполнять"]
    rows = book.get_sheet_by_name("Работы").to_python(skip_empty_area=False)
    codes = [line[1] for line in rows[layout.FIRST_PAPER_ROW - 1 :]]
    assert codes == [line[-1] for line in rows[layout.FIRST_PAPER_ROW - 1 :]]
    assert [code for code in codes if "\x01" not in str(code)][:6] == list(HOSTILE[:6])


def test_an_odd_number_typed_by_hand_breaks_no_file(tmp_path: Path) -> None:
    typed: Typed = {("50001", "task_1"): float("inf"), ("50001", "task_2"): float("nan"), ("50002", "task_1"): True}
    file = tmp_path / "odd.xlsx"
    file.write_bytes(write_form(a_form(typed=typed)))
    assert OpenXmlValidator(max_errors=0).validate(str(file)).is_valid


def test_typed_points_are_carried_as_they_were() -> None:
    typed: Typed = {("50002", "task_1"): 1, ("50002", "task_2"): "X", ("50003", "task_4"): 1.5, ("50001", "variant"): 7}
    rows = grid(write_form(a_form(typed=typed)))[layout.FIRST_PAPER_ROW - 1 :]
    assert [line[2:7] for line in rows] == [[7, None, None, None, None], [None, 1, "X", None, None], [None] * 4 + [1.5]]


def test_nothing_dates_the_file() -> None:
    assert "dcterms" not in parts(write_form(PLAIN))["docProps/core.xml"].replace("xmlns:dcterms", "")


@pytest.mark.parametrize("name", SIZES)
def test_the_same_form_gives_the_same_bytes(name: str) -> None:
    assert list(write_forms([SIZES[name], PLAIN, SIZES[name]]))[::2] == [write_form(SIZES[name])] * 2


def test_another_process_gives_the_same_bytes() -> None:
    code = "import sys; from tests.forms.written import a_form; from xlpy.exchange.forms.write import write_form; "
    code += "from hashlib import sha256; print(sha256(write_form(a_form())).hexdigest())"
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert ran.stdout.strip() == sha256(write_form(PLAIN)).hexdigest()


def test_another_form_is_another_file() -> None:
    other = replace(PLAIN, identity=replace(PLAIN.identity, version=2))
    assert write_form(other) != write_form(PLAIN)
    assert isinstance(other.identity, Identity)


def test_openpyxl_in_the_benchmark_writes_the_same() -> None:
    for form in school_forms(3):
        assert contents(openpyxl_form(form)) == contents(write_form(form))
