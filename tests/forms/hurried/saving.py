"""A form saved by another program: openpyxl, and for some of them LibreOffice in one start."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from openpyxl import Workbook, load_workbook
from openpyxl.packaging.custom import StringProperty

from tests.forms.hurried.form import HELP, PROPERTIES, Form
from tests.forms.hurried.sheet import write_grid
from tests.office import convert
from xlpy.exchange.forms.form import Identity, identity_line, identity_of_properties, properties_of
from xlpy.words import forms as words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CUSTOM = "docProps/custom.xml"


def opened(data: bytes) -> Any:
    """A workbook as openpyxl opens it."""
    return load_workbook(BytesIO(data))


def identity_of(data: bytes) -> Identity | None:
    """Which form a file is, by its document properties; None where it is none."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if _CUSTOM not in packed.namelist():
            return None
        root = ET.fromstring(packed.read(_CUSTOM))
    return identity_of_properties({str(one.get("name")): "".join(one.itertext()) for one in root})


def saved(form: Form, data: bytes) -> bytes:
    """The bytes of a handed-out form with all that was done to it."""
    book, form.book = form.book or opened(data), None
    if form.is_new_book:
        book = _new_book(form)
    else:
        _write_sheets(form, book)
    for name, rows in form.own_sheets.items():
        page = book.create_sheet(name, 0 if len(name) < 3 else None)
        for row in rows:
            page.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheets(form: Form, book: Any) -> None:
    pages = [book[words.WORK_SHEET]]
    pages += [book.copy_worksheet(pages[0]) for _ in form.grids[1:]]
    for grid, page in zip(form.grids, pages, strict=True):
        write_grid(grid, page)
    if HELP not in form.identity and words.HELP_SHEET in book.sheetnames:
        book.remove(book[words.HELP_SHEET])
    if PROPERTIES not in form.identity:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]


def _new_book(form: Form) -> Any:
    book = Workbook()
    book.remove(book.active)
    for grid in form.grids:
        for row in grid.rows:
            for cell in row.cells:
                cell.look = None
        page: Worksheet = book.create_sheet(grid.name)
        write_grid(grid, page)
    return book


def _respelled(page: Worksheet, spellings: Mapping[str, str]) -> None:
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                for old, new in spellings.items():
                    cell.value = str(cell.value).replace(old, new)


def as_another(data: bytes, **said: Any) -> bytes:
    """A form that says of itself it is another one: in its line, its properties and its sheet of help."""
    book = opened(data)
    old = identity_of(data)
    if old is None:
        raise ValueError("no form")
    new = replace(old, **said)
    line = {identity_line(old): identity_line(new), old.number: new.number}
    for page in book.worksheets:
        _respelled(page, line)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    for name, value in properties_of(new).items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def by_libreoffice(files: Sequence[bytes], kind: str, folder: Path) -> list[bytes]:
    """These files as LibreOffice saves them, all in one start."""
    if not files:
        return []
    source = folder / "before"
    source.mkdir(parents=True, exist_ok=True)
    paths = [source / f"form{number}.xlsx" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return [path.read_bytes() for path in convert(paths, kind, folder / kind)]
