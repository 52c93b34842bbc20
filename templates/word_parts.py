"""What both template scripts need of Word: elements, table grids, properties, a file that does not change with the clock."""

# ruff: noqa: SLF001 - python-docx shows the XML it makes nowhere else
from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from docx.table import Table

from xlpy.zipped import pack_member, write_package


def element(tag: str, **attributes: object) -> Any:
    """A new element of Word's own namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def twips(millimetres: float) -> int:
    return round(Mm(millimetres) / Emu(635))


def fixed_grid(document: Document, rows: int, widths: Sequence[float], *, bordered: bool, side_mm: float) -> Table:
    """A table whose columns keep their widths (mm) and whose rows stay whole; `side_mm` is left beside the text."""
    table = document.add_table(rows, len(widths))
    table.style = "Table Grid" if bordered else "Normal Table"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    properties = table._tbl.tblPr
    total = properties.find(qn("w:tblW"))
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(sum(map(twips, widths))))
    margins = element("tblCellMar")
    side = twips(side_mm) if bordered else 0
    margins.append(element("left", w=side, type="dxa"))
    margins.append(element("right", w=side, type="dxa"))
    properties.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(twips(width)))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def set_properties(document: Document, title: str, subject: str, author: str) -> None:
    core = document.core_properties
    core.title, core.subject, core.author, core.comments = title, subject, author, ""
    core.last_modified_by, core.keywords, core.language, core.revision = "", "", "ru-RU", 1
    core.created = core.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that the file does not change


def packed(document: Document) -> bytes:
    """The document as a file that is the same for the same contents."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        return write_package(pack_member(name, package.read(name)) for name in package.namelist())
