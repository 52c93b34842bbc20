"""What may be typed into the cells of a range."""

from __future__ import annotations

from typing import Any

import xlwings
from xlwings import base_classes

from xlpy.libreoffice.addresses import address_of
from xlpy.libreoffice.contents import RangeContents
from xlpy.libreoffice.formulas import to_excel, to_office
from xlpy.libreoffice.names import Name
from xlpy.words.libreoffice import uncovered

_Base: Any = getattr(base_classes, "DataValidation", object)
_TYPES = {
    "ANY": "none",
    "WHOLE": "whole_number",
    "DECIMAL": "decimal",
    "LIST": "list",
    "DATE": "date",
    "TIME": "time",
    "TEXT_LEN": "text_length",
    "CUSTOM": "custom",
    "some": "mixed_criteria",
    "more": "inconsistent",
}
_OPERATORS = {
    "BETWEEN": "between",
    "NOT_BETWEEN": "not_between",
    "EQUAL": "equal_to",
    "NOT_EQUAL": "not_equal_to",
    "GREATER": "greater_than",
    "LESS": "less_than",
    "GREATER_EQUAL": "greater_than_or_equal",
    "LESS_EQUAL": "less_than_or_equal",
}
_STYLES = {"STOP": "stop", "WARNING": "warning", "INFO": "information"}
_COMPARED = {"whole_number", "decimal", "date", "time", "text_length"}
_WITHOUT_RULE = {"none", "mixed_criteria", "inconsistent"}


class DataValidation(_Base):  # type: ignore[misc]
    """The rule of a range; what a rule of its kind has not, or its cells have differently, is None."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    def _call(self, verb: str, *arguments: object) -> Any:
        return self.parent.sheet.call(verb, self.parent.area, *arguments)

    def _rule(self) -> Any:
        """The rule in the office's words, with the type in ours."""
        rule = self._call("get_validation")
        return {**rule, "Type": _TYPES.get(rule["Type"], "unknown")}

    def _said(self, name: str) -> Any:
        rule = self._rule()
        return None if rule["Type"] in _WITHOUT_RULE else rule[name]

    def _formula(self, name: str, kinds: set[str]) -> str | None:
        rule = self._rule()
        return str(to_excel("=" + rule[name])) if rule["Type"] in kinds and rule[name] else None

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def type(self) -> str:
        """Kind of rule."""
        return str(self._rule()["Type"])

    @property
    def operator(self) -> str | None:
        """How a value is compared."""
        rule = self._rule()
        return _OPERATORS.get(rule["Operator"]) if rule["Type"] in _COMPARED else None

    @property
    def formula1(self) -> str | None:
        """What it is compared with."""
        return self._formula("Formula1", _COMPARED)

    @property
    def formula2(self) -> str | None:
        """The other end of what it is compared with."""
        return self._formula("Formula2", _COMPARED) if self.operator in {"between", "not_between"} else None

    @property
    def formula(self) -> str | None:
        """The condition of a rule of the user's own."""
        return self._formula("Formula1", {"custom"})

    @property
    def source(self) -> str | None:
        """Values of a list by commas, or where they stand."""
        rule = self._rule()
        if rule["Type"] != "list":
            return None
        listed = rule["Formula1"]
        return ",".join(_values(listed)) if listed.startswith('"') else str(to_excel("=" + listed))

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether the cell shows an arrow that opens the list."""
        rule = self._rule()
        return bool(rule["ShowList"]) if rule["Type"] == "list" else None

    @property
    def ignore_blank(self) -> bool | None:
        """Whether an empty cell is right."""
        return self._said("IgnoreBlankCells")  # type: ignore[no-any-return]

    @property
    def input_title(self) -> str | None:
        """Title of what is said beforehand."""
        return self._said("InputTitle")  # type: ignore[no-any-return]

    @property
    def input_message(self) -> str | None:
        """What is said beforehand."""
        return self._said("InputMessage")  # type: ignore[no-any-return]

    @property
    def show_input(self) -> bool | None:
        """Whether something is said beforehand."""
        return self._said("ShowInputMessage")  # type: ignore[no-any-return]

    @property
    def error_title(self) -> str | None:
        """Title of what is said of a wrong value."""
        return self._said("ErrorTitle")  # type: ignore[no-any-return]

    @property
    def error_message(self) -> str | None:
        """What is said of a wrong value."""
        return self._said("ErrorMessage")  # type: ignore[no-any-return]

    @property
    def show_error(self) -> bool | None:
        """Whether something is said of a wrong value."""
        return self._said("ShowErrorMessage")  # type: ignore[no-any-return]

    @property
    def alert_style(self) -> str | None:
        """What becomes of a wrong value."""
        return _STYLES.get(self._said("ErrorAlertStyle"))

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow the values of a list, a range or a name.

        LibreOffice saves a list with a quotation mark in it as Excel cannot read it: such values must stand in cells.
        """
        if isinstance(source, RangeContents):
            address = address_of(source.area)
            quoted = source.sheet.name.replace("'", "''")
            listed = to_office(f"='{quoted}'!{address}").removeprefix("=")
        elif isinstance(source, Name):
            listed = to_office(f"={source.name}").removeprefix("=")
        elif any('"' in one for one in source):
            raise NotImplementedError(uncovered("DataValidation.set_list(['\"'])", "DataValidation.set_list(Range)"))
        else:
            listed = ";".join(f'"{one}"' for one in source)
        self._set("LIST", "EQUAL", [listed, ""])
        self._call("show_list", in_cell_dropdown)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Allow what compares so, or what makes a formula true."""
        kind = next(office for office, ours in _TYPES.items() if ours == rule_type)
        how = next((office for office, ours in _OPERATORS.items() if ours == operator), "FORMULA")
        self._set(kind, how, [to_office(one).removeprefix("=") if one else "" for one in (formula1, formula2)])

    def _set(self, kind: str, operator: str, formulas: list[str]) -> None:
        try:
            self._call("set_validation", kind, operator, formulas)
        except ValueError as error:
            address = self.parent.address
            raise xlwings.XlwingsError(f"{address}: its cells have different validation rules") from error

    def delete(self) -> None:
        """Let anything be typed."""
        self._call("delete_validation")


def _values(listed: str) -> list[str]:
    """Values of a list as the office writes it: "да";"нет"."""
    return [one.replace('""', '"') for one in listed[1:-1].split('";"')]
