"""Any workbook file as plain sheets, told by its content, never by its name: .xlsx, .xlsm, .xls, .ods.

The binary .xlsb is refused with advice: no library reads it with its merged cells, and nobody sends forms so unasked.
"""

from __future__ import annotations

from pathlib import Path

from xlpy.errors import WorkbookError
from xlpy.tables.raw import PlainBook
from xlpy.words.errors import COPIES_FOLDER, TOO_LARGE
from xlpy.workbook.kinds.compound import SIGNATURE
from xlpy.workbook.kinds.grid import TooMuchError
from xlpy.workbook.kinds.xlsx import read_xlsx
from xlpy.workbook.package import zip_package


def read_any_book(data: bytes, name: str) -> PlainBook:
    """Return what a file holds, whatever program saved it. `name` is that for messages.

    Raises WorkbookError, and nothing else, for what is no workbook, is encrypted, damaged or too large.
    """
    if not data:
        raise WorkbookError("empty_file", path=name, copies=COPIES_FOLDER)
    try:
        return _read(data, name)
    except TooMuchError as error:
        what, limit = error.args
        raise WorkbookError("too_large", path=name, what=TOO_LARGE[what].format(limit=limit)) from None


def _read(data: bytes, name: str) -> PlainBook:
    if data.startswith(SIGNATURE):
        from xlpy.workbook.kinds.xls import read_xls

        return read_xls(data, name)
    try:
        return read_xlsx(data, name)
    except WorkbookError as error:
        if error.code != "other_format":
            raise
        if zip_package(data, Path(name)).has("xl/workbook.bin"):
            raise
    from xlpy.workbook.kinds.ods import read_ods

    return read_ods(data, name)
