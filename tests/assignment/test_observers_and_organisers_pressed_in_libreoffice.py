"""Both buttons in a book that is open in LibreOffice: the same rows as on the closed file, one step to take back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.buttons.office import Office, running_office
from tests.command import xlpy
from tests.small_school import book, small_school
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.workbook.closed import ClosedWorkbook

__all__ = ["book", "small_school"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def document(office: Office, book: Path) -> Iterator[Any]:
    """The book as the user has it open, its visits and organisers still to be planned."""
    closed = ClosedWorkbook(book)
    raw = closed.read_tables([schema.SCHEDULE])["schedule"]
    at = {column.key: raw.captions.index(column.caption) for column in schema.SCHEDULE.columns}
    closed.write_table(
        schema.SCHEDULE,
        [{key: line[at[key]] for key in schema.SCHEDULE.match} | {"organiser": None} for line in raw.values],
    )
    closed.write_table(schema.VISITS, [])
    closed.save()
    opened = office.open(book)
    yield opened
    with suppress(Exception):
        opened.close(True)


def shown(document: Any, sheet: schema.Sheet) -> list[list[str]]:
    """The texts of the sheet's rows under its header, as far as anything stands there."""
    cursor = document.Sheets.getByName(sheet.name).createCursor()
    cursor.gotoEndOfUsedArea(True)
    lines = [list(map(str, line[: len(sheet.columns)])) for line in cursor.getDataArray()[sheet.header_row :]]
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def names_of(document: Any, sheet: schema.Sheet, key: str) -> list[str]:
    at = [column.key for column in sheet.columns].index(key)
    return [line[at] for line in shown(document, sheet)]


def table_of(path: Path, sheet: schema.Sheet) -> Table:
    return read_tables(ClosedWorkbook(path).read_tables([sheet]))[sheet.key]


@pytest.mark.parametrize(
    ("action", "sheet", "key"), [("observers", schema.VISITS, "observer"), ("organisers", schema.SCHEDULE, "organiser")]
)
def test_a_press_plans_as_the_command_does_and_one_undo_takes_it_back(
    office: Office, document: Any, book: Path, tmp_path: Path, action: str, sheet: schema.Sheet, key: str
) -> None:
    twin = Path(shutil.copy(book, tmp_path / "twin.xlsm"))
    before = shown(document, sheet)
    ran = office.press(action, book)
    assert (ran.code, ran.err) == (0, "")
    assert xlpy(action, twin).code in {0, 1}
    planned = [name for name in table_of(twin, sheet).frame[key] if name]
    assert [name for name in names_of(document, sheet, key) if name] == planned != []
    document.UndoManager.undo()
    assert shown(document, sheet) == before
