"""Open books for the tests: an office, a made-up school, tables as a reader compares them, bare UNO beside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import xlwings as xw

from xlpy import actions
from xlpy.demo.dirt import add_dirt
from xlpy.demo.fill import fill_book
from xlpy.demo.school import make_school
from xlpy.libreoffice import register
from xlpy.libreoffice.apps import adopt
from xlpy.libreoffice.offices import start_office
from xlpy.libreoffice.verbs.desk import Desk
from xlpy.shipped import WORKBOOK, shipped
from xlpy.tables import schema
from xlpy.tables.raw import RawTable
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.live.libreoffice import LibreOfficeHost
from xlpy.workbook.live.xlbook import LiveWorkbook
from xlpy.workbook.port import Workbook

STAMP = actions.Stamp(datetime(2026, 4, 20, 9, 30), "Берёзкина А. Л.")
_SEED = 2021


@contextmanager
def office_app() -> Iterator[xw.App]:
    """A headless office of its own, ended with the block."""
    register()
    engine = xw.engines["libreoffice"]
    engine.activate()
    one = xw.App(impl=adopt(engine.impl, start_office(visible=False)))
    try:
        yield one
    finally:
        one.quit()


@cache
def _school_bytes(classes: int, folder: Path) -> bytes:
    path = folder / "made.xlsm"
    path.write_bytes(shipped(WORKBOOK).read_bytes())
    school = make_school(classes, _SEED)
    typed, _ = add_dirt(school, _SEED)
    for rows in (school, typed):
        book = ClosedWorkbook(path, copies=1)
        fill_book(book, rows)
        book.save()
    data = path.read_bytes()
    shutil.rmtree(folder)
    return data


def school_book(path: Path, classes: int = 2) -> Path:
    """A made-up school's workbook with slips, typed but never prepared: the rows are still to be laid out."""
    folder = path.parent / "making"
    folder.mkdir(exist_ok=True)
    path.write_bytes(_school_bytes(classes, folder))
    shutil.rmtree(folder, ignore_errors=True)
    return path


def live(book: xw.Book, title: str = "Проверить ввод") -> LiveWorkbook:
    return LiveWorkbook(book, LibreOfficeHost(), title)


def document(book: xw.Book) -> Any:
    """The document on a second connection, without anything of ours between."""
    walk = Desk(book.app.impl.office.address).desktop.Components.createEnumeration()
    while walk.hasMoreElements():
        one = walk.nextElement()
        if one.Title == book.name:
            return one
    raise KeyError(book.name)


def saved_by_office(book: xw.Book, path: Path) -> Path:
    """What the office writes when the user saves, beside the book itself."""
    document(book).storeToURL(path.as_uri(), _filter("Calc MS Excel 2007 VBA XML"))
    return path


def _filter(name: str) -> tuple[Any, ...]:
    from xlpy.libreoffice.verbs.runtime import properties

    return properties(FilterName=name)


def tables(book: Workbook) -> dict[str, RawTable]:
    return book.read_tables(schema.SHEETS)


def assert_same(one: Mapping[str, RawTable], other: Mapping[str, RawTable], *, calculated: bool = True) -> None:
    """The tables are equal; without `calculated`, whatever formulas show (a closed file has no values of theirs)."""
    assert one.keys() == other.keys()
    for key, table in one.items():
        twin = other[key]
        for name in ("sheet", "captions", "first_row", "first_column", "formulas"):
            assert getattr(table, name) == getattr(twin, name), (key, name)
        assert _errors(table, calculated) == _errors(twin, calculated), key
        assert _shown(table, calculated) == _shown(twin, calculated), key


def _errors(table: RawTable, calculated: bool) -> dict[tuple[int, int], str]:
    return {
        (row, at): text
        for (row, at), text in table.errors.items()
        if calculated or row not in table.formulas.get(at, ())
    }


def _shown(table: RawTable, calculated: bool) -> list[list[tuple[str, object]]]:
    rows = []
    for row, line in enumerate(table.values, start=table.first_row):
        hidden = set() if calculated else {at for at, places in table.formulas.items() if row in places}
        cells = [None if cell == "" or at in hidden else cell for at, cell in enumerate(line)]
        rows.append([(type(cell).__name__, cell) for cell in cells])
    return rows
