"""The macros of the workbook as a vbaProject.bin, written without Excel from plain ASCII source."""

from __future__ import annotations

import tempfile
from importlib.resources import files
from pathlib import Path

MODULE = "VprButtons"
# How LibreOffice addresses a macro of the document.
MACRO_ADDRESS = "vnd.sun.star.script:VBAProject.{module}.{macro}?language=Basic&location=document"


def macro_name(action: str) -> str:
    """Public Sub of a button: prepare → VprPrepare."""
    return f"Vpr{action.capitalize()}"


def macro_link(action: str, caption: str) -> str:
    """Formula of a link that runs a button's macro in LibreOffice; no other program follows such an address."""
    address = MACRO_ADDRESS.format(module=MODULE, macro=macro_name(action))
    return f'=HYPERLINK("{address}","{caption}")'


def module_source() -> str:
    """VBA source of the one module. ValueError unless it is ASCII: the project's code page has no Cyrillic."""
    text = files("xlpy.workbook").joinpath("vba", f"{MODULE}.bas").read_text("utf-8")
    if not text.isascii():
        raise ValueError(MODULE)
    return text


def vba_project(sheet_count: int) -> bytes:
    """Return the project of a workbook with that many sheets.

    Made for a bare workbook of as many sheets, so that each of them has its document module as Excel expects it.
    """
    import xlsxwriter
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory(prefix="xlpy-") as folder:
        bare = Path(folder) / "bare.xlsm"
        book = xlsxwriter.Workbook(str(bare))
        for _ in range(sheet_count):
            book.add_worksheet()
        book.close()
        with ExcelFile(bare) as workbook:
            workbook.add_vba_project().add_module(MODULE, module_source())
            workbook.save(bare)
        with ExcelFile(bare) as workbook:
            return bytes(workbook.vba_project_bytes())
