"""Each button names a public Sub; the macros are plain ASCII and whole."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import olefile
from pyopenvba import ExcelFile

from xlpy.tables import schema
from xlpy.words import panel
from xlpy.workbook.builder.vba import MODULE, macro_name, module_source, vba_project

SHEETS = len(schema.SHEETS) + 2


def public_subs(source: str) -> list[str]:
    return re.findall(r"^Public Sub (\w+)\(\)", source, re.MULTILINE)


def test_every_button_has_a_sub_and_every_sub_a_button(built: Path) -> None:
    with ZipFile(built) as package:
        drawing = package.read("xl/drawings/vmlDrawing1.vml").decode()
    macros = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing)
    captions = re.findall(r"<font[^>]*>([^<]*)</font>", drawing)
    assert macros == [macro_name(action) for action in panel.BUTTONS]
    assert captions == [caption for caption, _, _ in panel.BUTTONS.values()]
    assert public_subs(module_source()) == macros


def test_the_source_comes_back_as_it_was_written(built: Path) -> None:
    with ExcelFile(built) as workbook:
        assert not workbook.validate()
        written = workbook.get_module(MODULE)
    header, _, body = written.replace("\r\n", "\n").partition("\n")
    assert header == f'Attribute VB_Name = "{MODULE}"'
    assert body.strip() == module_source().strip()
    assert written.isascii()


def test_every_sheet_has_its_document_module() -> None:
    """A sheet declared as `Class=` makes Excel repair the project."""
    with olefile.OleFileIO(BytesIO(vba_project(SHEETS))) as project:
        lines = project.openstream("PROJECT").read().decode("cp1252").splitlines()
        streams = {name for folder, name in (p for p in project.listdir() if len(p) == 2) if folder == "VBA"}
    documents = ["ThisWorkbook", *(f"Sheet{n}" for n in range(1, SHEETS + 1))]
    assert [line for line in lines if line.startswith("Document=")] == [f"Document={d}/&H00000000" for d in documents]
    assert [line for line in lines if line.startswith("Module=")] == [f"Module={MODULE}"]
    assert not [line for line in lines if line.startswith("Class=")]
    assert {*documents, MODULE} <= streams


def test_the_sheets_carry_the_names_of_their_modules(built: Path) -> None:
    with ZipFile(built) as package:
        names = [
            re.search(rb'<sheetPr[^>]*codeName="(\w+)"', package.read(f"xl/worksheets/sheet{n}.xml"))
            for n in range(1, SHEETS + 1)
        ]
        assert b'codeName="ThisWorkbook"' in package.read("xl/workbook.xml")
    assert [name[1].decode() if name else None for name in names] == [f"Sheet{n}" for n in range(1, SHEETS + 1)]
