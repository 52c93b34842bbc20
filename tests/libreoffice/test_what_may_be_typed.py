"""Rules of what may be typed, seen by bare UNO and by openpyxl in the saved file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.verbs.runtime import enum

COVERS = ("Range.data_validation", "DataValidation.set_list", "DataValidation.set_rule", "DataValidation.delete")
pytestmark = pytest.mark.skipif(not hasattr(xw.Range, "data_validation"), reason="this xlwings has no validation")


def saved(book: xw.Book, folder: Path) -> Any:
    book.save(folder / "rules.xlsx")
    return load_workbook(folder / "rules.xlsx").worksheets[0].data_validations.dataValidation


def test_a_list_of_words_is_allowed(sheet: xw.Sheet, raw: Raw, book: xw.Book, tmp_path: Path) -> None:
    rule = sheet["B2:B5"].data_validation
    rule.set_list(["да", "нет", "не знаю"])

    there = raw.cell("B5").Validation
    assert (there.Type.value, there.getFormula1()) == ("LIST", '"да";"нет";"не знаю"')
    assert (there.ShowList, there.ShowErrorMessage) == (1, True)
    assert (rule.type, rule.source, rule.in_cell_dropdown) == ("list", "да,нет,не знаю", True)
    assert (rule.show_error, rule.alert_style, rule.ignore_blank) == (True, "stop", True)
    (kept,) = saved(book, tmp_path)
    assert (str(kept.sqref), kept.type, kept.formula1) == ("B2:B5", "list", '"да,нет,не знаю"')


def test_a_list_that_excel_could_not_open_is_refused(sheet: xw.Sheet, raw: Raw) -> None:
    with pytest.raises(NotImplementedError, match="Range"):
        sheet["B2"].data_validation.set_list(['с "кавычками"'])
    assert raw.cell("B2").Validation.Type.value == "ANY"


def test_a_list_stands_in_a_range_or_has_a_name(sheet: xw.Sheet, raw: Raw, book: xw.Book, tmp_path: Path) -> None:
    lists = book.sheets.add("Списки и слова", after=sheet)
    lists["A1"].value = [["да"], ["нет"]]
    book.names.add("Ответы", "='Списки и слова'!$A$1:$A$2")
    sheet["B2"].data_validation.set_list(lists["A1:A2"])
    sheet["B3"].data_validation.set_list(book.names["Ответы"], in_cell_dropdown=False)

    assert raw.cell("B2").Validation.getFormula1() == "$'Списки и слова'.$A$1:$A$2"
    assert (raw.cell("B3").Validation.getFormula1(), raw.cell("B3").Validation.ShowList) == ("Ответы", 0)
    assert sheet["B2"].data_validation.source == "='Списки и слова'!$A$1:$A$2"
    assert (sheet["B3"].data_validation.source, sheet["B3"].data_validation.in_cell_dropdown) == ("=Ответы", False)
    kept = {str(one.sqref): one.formula1 for one in saved(book, tmp_path)}
    assert kept == {"B2": "'Списки и слова'!$A$1:$A$2", "B3": "Ответы"}


def test_numbers_dates_and_lengths_are_compared(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].data_validation.set_whole_number("between", 0, "=SUM(D1,D2)")
    sheet["B3"].data_validation.set_date("greater_than", date(2026, 4, 1))
    sheet["B4"].data_validation.set_text_length("equal_to", 5)

    there = raw.cell("B2").Validation
    assert (there.Type.value, there.getOperator().value) == ("WHOLE", "BETWEEN")
    assert (there.getFormula1(), there.getFormula2()) == ("0", "SUM(D1;D2)")
    assert raw.cell("B3").Validation.getFormula1() == "DATE(2026;4;1)"
    assert raw.cell("B4").Validation.Type.value == "TEXT_LEN"
    rule = sheet["B2"].data_validation
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "whole_number",
        "between",
        "=0",
        "=SUM(D1,D2)",
    )
    assert sheet["B4"].data_validation.formula2 is None
    assert rule.source is rule.formula is None


def test_a_formula_of_the_user_s_own_moves_with_the_cell(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2:B5"].data_validation.set_custom('=B2<>""')

    assert raw.cell("B5").Validation.Type.value == "CUSTOM"
    assert raw.cell("B2").Validation.getFormula1() == 'B2<>""'
    assert sheet["B2:B5"].data_validation.formula == '=B2<>""'


def test_what_is_said_stays_when_the_rule_changes(sheet: xw.Sheet, raw: Raw) -> None:
    there = raw.cell("B2").Validation
    there.Type, there.ShowErrorMessage = enum("sheet.ValidationType", "LIST"), False
    there.InputTitle, there.InputMessage, there.ShowInputMessage = "Статус", "Выберите", True
    there.ErrorTitle, there.ErrorMessage = "Нет такого", "Выберите из списка"
    raw.cell("B2").Validation = there
    rule = sheet["B2"].data_validation
    rule.set_decimal("less_than", 1.5)

    assert raw.cell("B2").Validation.InputMessage == "Выберите"
    assert (rule.input_title, rule.input_message, rule.show_input) == ("Статус", "Выберите", True)
    assert (rule.error_title, rule.error_message, rule.show_error) == ("Нет такого", "Выберите из списка", False)


def test_cells_with_several_rules_say_so_and_are_not_changed(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].data_validation.set_list(["да"])
    assert sheet["B2:B3"].data_validation.type == "mixed_criteria"
    assert sheet["B2:B3"].data_validation.source is None
    sheet["B3"].data_validation.set_list(["нет"])
    assert sheet["B2:B3"].data_validation.type == "inconsistent"

    with pytest.raises(xw.XlwingsError, match=r"\$B\$2:\$B\$3"):
        sheet["B2:B3"].data_validation.set_list(["да"])
    assert raw.cell("B3").Validation.getFormula1() == '"нет"'


def test_a_rule_is_deleted(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2:B5"].data_validation.set_list(["да"])
    sheet["B2:B5"].data_validation.delete()

    assert raw.cell("B3").Validation.Type.value == "ANY"
    rule = sheet["B2:B5"].data_validation
    assert (rule.type, rule.alert_style, rule.show_error) == ("none", None, None)
