"""«Панель» as built: each button has its state beside it, its shortcut and its words; the outcome stands on top."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.words import panel
from xlpy.words.install import SHORTCUTS
from xlpy.workbook.builder.build import build_workbook

BUILT = build_workbook()


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    path = tmp_path_factory.mktemp("panel") / "book.xlsx"
    path.write_bytes(BUILT)
    return openpyxl.load_workbook(path)[schema.PANEL_NAME]


def named(sheet: Worksheet, name: str) -> tuple[int, int]:
    """(row, column) of the one cell of the panel that a defined name means."""
    text = sheet.parent.defined_names[name].attr_text
    found = re.fullmatch(rf"'{schema.PANEL_NAME}'!\$([A-Z]+)\$(\d+)", text)
    assert found is not None
    cell = sheet[found[1] + found[2]]
    return cell.row, cell.column


def rows_of_buttons() -> dict[str, int]:
    """Row (from 0) at which the button of each caption begins, as the drawing says."""
    with ZipFile(BytesIO(BUILT)) as package:
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()
    shapes = re.findall(r"<v:shape .*?</v:shape>", drawing, re.DOTALL)
    anchors = [re.search(r"<x:Anchor>([^<]*)</x:Anchor>", shape) for shape in shapes]
    captions = [re.search(r"<font[^>]*>([^<]*)</font>", shape) for shape in shapes]
    return {c[1]: int(a[1].split(",")[2]) for c, a in zip(captions, anchors, strict=True) if c and a}


def test_the_outcome_stands_above_every_button(sheet: Worksheet) -> None:
    message, result = named(sheet, schema.MESSAGE_CELL), named(sheet, schema.RESULT_CELL)
    assert message[0] < result[0] < min(rows_of_buttons().values())
    assert sheet.cell(*message).value == panel.MESSAGE_NONE
    assert sheet.cell(*message).alignment.wrap_text


@pytest.mark.parametrize("action", panel.BUTTONS)
def test_a_button_has_its_state_and_its_shortcut_beside_it(sheet: Worksheet, action: str) -> None:
    caption, does, _ = panel.BUTTONS[action]
    first = rows_of_buttons()[caption] + 1
    row, column = named(sheet, schema.state_cell(action))
    beside = [str(sheet.cell(r, c).value or "") for r in (first, first + 1) for c in range(1, column + 1)]
    assert row in {first, first + 1}
    assert sheet.cell(row, column).value is None
    assert does in beside
    assert SHORTCUTS.get(action, "") in beside


def test_no_two_cells_are_one() -> None:
    names = [schema.MESSAGE_CELL, schema.RESULT_CELL, *map(schema.state_cell, panel.BUTTONS)]
    assert len(set(names)) == len(names) == len(panel.BUTTONS) + 2
