"""What may be typed into cells. Formulas in the office's grammar, without an equals sign."""

from __future__ import annotations

from typing import Any

from .cells import area_of
from .desk import Desk
from .runtime import enum, struct

_AMBIGUOUS = "AMBIGUOUS_VALUE"
_FLAGS = ("IgnoreBlankCells", "ShowInputMessage", "ShowErrorMessage", "ShowList")
_TEXTS = ("InputTitle", "InputMessage", "ErrorTitle", "ErrorMessage")
_NOTHING = "ANY"


def get_validation(desk: Desk, sheet: int, area: list[int]) -> dict[str, Any]:
    """The rule of an area: `Type` in the office's words, "some" where not all cells have one, "more" where they differ.

    With `Operator`, `Formula1`, `Formula2`, `ErrorAlertStyle`, what is asked and said, and flags.
    """
    cells = area_of(desk, sheet, area)
    if cells.getPropertyState("Validation").value == _AMBIGUOUS:
        return {"Type": _mixture(cells)}
    rule = cells.Validation
    found: dict[str, Any] = {name: rule.getPropertyValue(name) for name in (*_FLAGS, *_TEXTS)}
    found["Type"] = rule.Type.value
    found["ErrorAlertStyle"] = rule.ErrorAlertStyle.value
    found["Operator"] = rule.getOperator().value
    found["Formula1"], found["Formula2"] = rule.getFormula1(), rule.getFormula2()
    return found


def _mixture(cells: Any) -> str:
    same = cells.getUniqueCellFormatRanges()
    types = {same.getByIndex(at).Validation.Type.value for at in range(same.getCount())}
    return "some" if _NOTHING in types else "more"


def set_validation(desk: Desk, sheet: int, area: list[int], kind: str, operator: str, formulas: list[str]) -> None:
    """Give an area a rule; what is asked and said stays, a new rule refuses what breaks it.

    Relative references in the formulas are those of the first cell. Raises ValueError where the cells' rules differ.
    """
    cells = area_of(desk, sheet, area)
    if cells.getPropertyState("Validation").value == _AMBIGUOUS:
        raise ValueError(area)
    rule, at = cells.Validation, cells.getRangeAddress()
    if rule.Type.value == _NOTHING:
        rule.ShowErrorMessage, rule.ShowInputMessage = True, True
    rule.Type = enum("sheet.ValidationType", kind)
    rule.setOperator(enum("sheet.ConditionOperator", operator))
    rule.setSourcePosition(struct("table.CellAddress", Sheet=at.Sheet, Row=at.StartRow, Column=at.StartColumn))
    first, second = formulas
    rule.setFormula1(first)
    rule.setFormula2(second)
    cells.Validation = rule


def show_list(desk: Desk, sheet: int, area: list[int], shown: bool) -> None:
    """Show or hide the arrow that opens a list in its cell."""
    cells = area_of(desk, sheet, area)
    rule = cells.Validation
    rule.ShowList = int(shown)
    cells.Validation = rule


def delete_validation(desk: Desk, sheet: int, area: list[int]) -> None:
    """Let anything be typed."""
    cells = area_of(desk, sheet, area)
    cells.setPropertyToDefault("Validation")


VERBS: dict[str, Any] = {
    "get_validation": get_validation,
    "set_validation": set_validation,
    "show_list": show_list,
    "delete_validation": delete_validation,
}
