"""Whatever a person typed or a program says comes back as the same text, in our reader and in LibreOffice."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from tests.office import convert
from tests.workbook.door.books import members, part_of, write_book
from xlpy.tables import schema
from xlpy.workbook.cells import CUT, TEXT_LIMIT
from xlpy.workbook.closed import ClosedWorkbook

FORMULAS = ("1+1", "A1", "SUM(A1:A9)", 'HYPERLINK("http://x","y")', "", " ", "-1")
PAYLOADS = [
    *(f"{sign}{rest}" for sign in "=+-@" for rest in FORMULAS),
    "=cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    '=WEBSERVICE("http://127.0.0.1/")',
    "\t=1+1",
    "\n=1+1",
    "\r=1+1",
    " =1+1",
    "\u00a0=1+1",
    "'=1+1",
    "'текст",
    "''",
    "{=1+1}",
    "#REF!",
    "#Н/Д",
    "TRUE",
    "ИСТИНА",
    "1e5",
    "9.1",
    "01234",
    "1/2",
    "12.03.2021",
    "<f>1+1</f>",
    '</t></is></c><c r="Z9"><f>1</f></c>',
    "]]>",
    "<![CDATA[x]]>",
    "&amp; & &#61;1+1",
    "_x003D_1+1",
    "_x000D_",
    "_x005F_x000D_",
    "a\x00b\x07\x1b",
    "строка\nвторая\r\nтретья",
    "таб\tуляция",
    "  по краям  ",
    "два  пробела",
    "😀 ё й",
    "عربى",
    "\u202e=1+1",
    '"кавычки" \'и\' «ёлочки»',
]  # fmt: skip
LIVES_IN_LIBREOFFICE = [text for text in PAYLOADS if text.isprintable() and not text.startswith(("_x", " ", "\u00a0"))]


def written(path: Path, texts: list[str]) -> Path:
    book = ClosedWorkbook(path)
    book.write_table(schema.CONFLICTS, [{"person": f"№{at}", "reason": text} for at, text in enumerate(texts)])
    book.save()
    return path


def reasons(path: Path) -> list[object]:
    grid = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Конфликты").to_python()
    return [row[3] for row in grid[1:]]


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_every_payload_comes_back_as_the_same_text(tmp_path: Path) -> None:
    path = written(write_book(tmp_path / "book.xlsx"), PAYLOADS)
    assert reasons(path) == PAYLOADS
    assert b"<f" not in members(path)[part_of(path, "Конфликты")]


def test_every_payload_is_text_in_libreoffice_too(tmp_path: Path) -> None:
    path = written(write_book(tmp_path / "book.xlsx"), LIVES_IN_LIBREOFFICE)
    saved = convert([path], "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")[0]
    assert reasons(saved) == LIVES_IN_LIBREOFFICE
    assert b"<f" not in members(saved)[part_of(saved, "Конфликты")]


def test_a_text_longer_than_a_cell_is_cut_visibly_and_read_back_as_cut(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    texts = ["я" * TEXT_LIMIT, "я" * (TEXT_LIMIT + 1), "😀" * TEXT_LIMIT]
    rows = [{"person": str(at), "reason": text} for at, text in enumerate(texts)]
    book.write_table(schema.CONFLICTS, rows)
    seen = [row[3] for row in book.read_tables([schema.CONFLICTS])["conflicts"].values]
    book.save()
    assert reasons(path) == seen
    assert seen[0] == texts[0]
    assert all(len(str(text).encode("utf-16-le")) // 2 <= TEXT_LIMIT and str(text).endswith(CUT) for text in seen[1:])
    before = path.read_bytes()
    book.write_table(schema.CONFLICTS, rows)
    book.save()
    assert path.read_bytes() == before
