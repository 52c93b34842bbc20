"""Documents: which are open and active, opening, creating, saving, exporting, calculating, closing."""

from __future__ import annotations

import os
from typing import Any

from .desk import Desk
from .runtime import properties, struct, to_path, to_url, uno

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".ods": "calc8",
    ".ots": "calc8_template",
    ".xls": "MS Excel 97",
    ".csv": "Text - txt - csv (StarCalc)",
    ".html": "HTML (StarCalc)",
}
# Comma, double quotes, UTF-8, first line 1, what is shown as it is shown, the first sheet.
_CSV = "44,34,76,1,,0,false,true,false"
_TEXT_FILTERS = ("Text", "HTML", "Rich", "Web")
_TEXT_KINDS = (".csv", ".tsv", ".txt", ".prn", ".htm", ".html", ".rtf")
_QUALITY = {"standard": 90, "minimum": 50}
_OLE = b"\xd0\xcf\x11\xe0"
# Of .xls: the first record, of 16 bytes, and the head of the one that holds the key.
_OLD_BEGINNING, _OLD_KEY = b"\x09\x08\x10\x00", b"\x2f\x00"
_NO_MACROS_UNASKED, _ALL_MACROS = 5, 4


def documents(desk: Desk) -> list[int]:
    """Numbers of the open spreadsheets, the first opened first."""
    return [desk.hold_document(one) for one in desk.documents()]


def document_names(desk: Desk) -> list[list[Any]]:
    """[number, path or title] of the open spreadsheets, the first opened first."""
    return [[desk.hold_document(one), _path(one)] for one in desk.documents()]


def _path(document: Any) -> str:
    url = document.getURL()
    return to_path(url) if url else str(document.getTitle())


def document_path(desk: Desk, book: int) -> str:
    """Full path of a document, its title where it has never been saved."""
    return _path(desk.thing(book))


def active_document(desk: Desk) -> int | None:
    """The document in front, of hidden ones that which was made, opened or activated last; None where none is open."""
    open_now = desk.documents()
    for document in open_now:
        frame = document.getCurrentController().getFrame()
        if frame.getContainerWindow().isVisible() and frame.isActive():
            return desk.hold_document(document)
    numbers = [desk.hold_document(one) for one in open_now]
    known = [number for number in desk.activated if number in numbers]
    open_or_known = known or numbers
    return open_or_known[-1] if open_or_known else None


def activate_document(desk: Desk, book: int) -> None:
    """Make it the document in front."""
    frame = desk.thing(book).getCurrentController().getFrame()
    frame.activate()
    if frame.getContainerWindow().isVisible():
        frame.getContainerWindow().toFront()
    desk.bring_forward(book)


def new_document(desk: Desk, hidden: bool) -> int:
    """Make an empty spreadsheet."""
    made = desk.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=hidden))
    return _welcome(desk, made)


def open_document(desk: Desk, path: str, read_only: bool, hidden: bool, password: str, run_macros: bool) -> int:
    """Open a file without asking anybody anything.

    Raises FileNotFoundError, PermissionError where another program holds it, ValueError("password") where it wants
    one or another one, ValueError("damaged") where it cannot be read.
    """
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    if not os.path.getsize(path):
        # LibreOffice would make an empty workbook of an empty file.
        raise ValueError("damaged")
    how: dict[str, Any] = {"Hidden": hidden, "ReadOnly": read_only}
    how["MacroExecutionMode"] = _ALL_MACROS if run_macros else _NO_MACROS_UNASKED
    if password:
        how["Password"] = password
    if os.path.splitext(path)[1].lower() == ".csv":
        how["FilterName"], how["FilterOptions"] = FILTERS[".csv"], _CSV
    try:
        document = desk.desktop.loadComponentFromURL(to_url(path), "_blank", 0, properties(**how))
    except Exception as error:
        if type(error).__name__.endswith("DisposedException"):
            raise
        raise ValueError(_why(path)) from error
    if document is None:
        raise ValueError(_why(path))
    if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument") or _is_guess(document, path):
        document.close(True)
        raise ValueError("damaged")
    if document.isReadonly() and not read_only:
        document.close(True)
        raise PermissionError("locked")
    return _welcome(desk, document)


def _why(path: str) -> str:
    """Why a file was not opened: an encrypted workbook says so near its beginning."""
    with open(path, "rb") as file:
        beginning = file.read(1 << 20)
    is_encrypted = b"manifest:encryption-data" in _manifest(path)
    if beginning.startswith(_OLE):
        old = beginning.find(_OLD_BEGINNING)
        is_old = old >= 0 and beginning[old + len(_OLD_BEGINNING) + 16 :].startswith(_OLD_KEY)
        is_encrypted = is_old or "EncryptedPackage".encode("utf-16-le") in beginning
    return "password" if is_encrypted else "damaged"


def _manifest(path: str) -> bytes:
    import zipfile

    try:
        with zipfile.ZipFile(path) as package:
            return package.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return b""


def _is_guess(document: Any, path: str) -> bool:
    """Whether a broken workbook was taken for a text file."""
    if os.path.splitext(path)[1].lower() in _TEXT_KINDS:
        return False
    used = next((str(one.Value) for one in document.getArgs() if one.Name == "FilterName"), "")
    return used.startswith(_TEXT_FILTERS)


def _welcome(desk: Desk, document: Any) -> int:
    number = desk.hold_document(document)
    desk.bring_forward(number)
    if not desk.is_calculating:
        document.enableAutomaticCalculation(False)
    return number


def save_document(desk: Desk, book: int) -> None:
    """Save where it came from. Raises OSError where it cannot be written."""
    _written(desk.thing(book).store)


def save_document_as(desk: Desk, book: int, path: str, password: str) -> None:
    """Save under a name; the document is that file from now on. Raises ValueError for an unknown extension."""
    kind = os.path.splitext(path)[1].lower()
    if kind not in FILTERS:
        raise ValueError(kind)
    how: dict[str, Any] = {"FilterName": FILTERS[kind], "Overwrite": True}
    if kind == ".csv":
        how["FilterOptions"] = _CSV
    if password:
        how.update(_encryption(kind, password))
    document = desk.thing(book)
    _written(lambda: document.storeAsURL(to_url(path), properties(**how)))


def _encryption(kind: str, password: str) -> dict[str, Any]:
    """Excel's files want their encryption named; for the others the password is enough."""
    if kind not in (".xlsx", ".xlsm", ".xltx"):
        return {"Password": password}
    data = [("CryptoType", "Standard"), ("OOXPassword", password)]
    named = tuple(struct("beans.NamedValue", Name=name, Value=content) for name, content in data)
    return {"EncryptionData": uno.Any("[]com.sun.star.beans.NamedValue", named)}


def _written(write: Any) -> None:
    try:
        write()
    except Exception as error:
        if type(error).__name__.endswith("ErrorCodeIOException"):
            raise OSError(str(getattr(error, "Message", ""))) from error
        raise


def export_pdf(desk: Desk, book: int, path: str, quality: str) -> None:
    """Write the visible sheets as PDF. Raises OSError where it cannot be written."""
    options = properties(Quality=_QUALITY[quality], ReduceImageResolution=quality == "minimum")
    data = uno.Any("[]com.sun.star.beans.PropertyValue", options)
    how = properties(FilterName="calc_pdf_Export", Overwrite=True, FilterData=data)
    document = desk.thing(book)
    _written(lambda: document.storeToURL(to_url(path), how))


def calculate(desk: Desk) -> None:
    """Compute what waits for it, in every document."""
    for document in desk.documents():
        document.calculate()


def calculates(desk: Desk) -> bool:
    """Whether formulas are computed by themselves: in the active document, else as set for the next ones."""
    number = active_document(desk)
    return desk.is_calculating if number is None else bool(desk.thing(number).isAutomaticCalculationEnabled())


def set_calculates(desk: Desk, by_itself: bool) -> None:
    """Let formulas be computed by themselves or not, in every document open now and later."""
    desk.is_calculating = by_itself
    for document in desk.documents():
        document.enableAutomaticCalculation(by_itself)


def close_document(desk: Desk, book: int) -> None:
    """Close without saving."""
    document = desk.thing(book)
    document.setModified(False)
    document.close(True)
    desk.drop(book)


def startup_path(desk: Desk) -> str:
    """Folder of the user's own macros in Python."""
    paths = desk.service("com.sun.star.util.PathSubstitution")
    return to_path(paths.substituteVariables("$(user)/Scripts/python", True))


def ping(desk: Desk) -> None:
    """Whether the office is still there. Raises ConnectionError."""
    desk.desktop.getFrames()


def terminate(desk: Desk) -> bool:
    """Close all without saving, so that no lock stays, and end the office; False where somebody vetoes."""
    for document in desk.documents():
        document.setModified(False)
        document.close(True)
    return bool(desk.desktop.terminate())


VERBS: dict[str, Any] = {
    "documents": documents,
    "document_names": document_names,
    "document_path": document_path,
    "active_document": active_document,
    "activate_document": activate_document,
    "new_document": new_document,
    "open_document": open_document,
    "save_document": save_document,
    "save_document_as": save_document_as,
    "export_pdf": export_pdf,
    "calculate": calculate,
    "calculates": calculates,
    "set_calculates": set_calculates,
    "close_document": close_document,
    "startup_path": startup_path,
    "ping": ping,
    "terminate": terminate,
}
