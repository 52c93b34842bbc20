"""Print areas and frozen panes."""

from __future__ import annotations

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw

COVERS = ("PageSetup.print_area", "FreezePanes.freeze_at", "FreezePanes.unfreeze")


def test_a_print_area_is_set_read_and_taken_away(sheet: xw.Sheet, raw: Raw) -> None:
    assert sheet.page_setup.print_area is None
    sheet.page_setup.print_area = "$A$1:$B$3"
    (area,) = raw.sheet.getPrintAreas()
    assert (area.StartRow, area.StartColumn, area.EndRow, area.EndColumn) == (0, 0, 2, 1)
    assert sheet.page_setup.print_area == "$A$1:$B$3"
    sheet.page_setup.print_area = "A1:B3,D5:E6"
    assert len(raw.sheet.getPrintAreas()) == 2
    assert sheet.page_setup.print_area == "$A$1:$B$3,$D$5:$E$6"
    sheet.page_setup.print_area = None
    assert not raw.sheet.getPrintAreas()


@pytest.mark.parametrize(
    ("at", "rows", "columns"), [("A1", 1, 1), ("A1:B3", 3, 2), ("1:2", 2, 0), ("A:A", 0, 1), ("A:C", 0, 3)]
)
def test_panes_are_frozen_as_the_range_says(book: xw.Book, raw: Raw, at: str, rows: int, columns: int) -> None:
    sheet = book.sheets[0]
    other = book.sheets.add("Другой", after=sheet)
    view = raw.document.CurrentController
    sheet.freeze_panes.freeze_at(at)
    assert book.sheets.active == other
    assert not view.hasFrozenPanes()
    view.setActiveSheet(raw.sheet)
    assert view.hasFrozenPanes()
    assert (view.SplitRow, view.SplitColumn) == (rows, columns)
    sheet.freeze_panes.unfreeze()
    assert not view.hasFrozenPanes()
