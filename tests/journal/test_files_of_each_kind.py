"""Real files of every kind a journal exports, told by their content, whatever their name; and files that are none."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook as Book

from tests.journal.exports import MARKS, WORKS, Grid, a_school, long_grid, taken, wide_grid
from tests.office import convert
from xlpy import journal_marks
from xlpy.errors import XlpyError
from xlpy.words.errors import sentence

TRUTH = dict(MARKS)


def csv_text(grid: Grid, delimiter: str) -> str:
    import csv

    target = StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(grid)
    return target.getvalue()


def marks_of(path: Path) -> dict[tuple[str, str], object]:
    export = journal_marks.read_file(path)
    return taken(a_school(), *export.book.sheets, file=path.name).marks


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "Отметки.csv"
    path.write_bytes(csv_text([["Выгрузка, от 01.04.2021; все классы"], *long_grid()], delimiter).encode(encoding))
    assert marks_of(path) == TRUTH


def test_csv_that_says_its_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "отметки.txt"
    path.write_bytes(("sep=|\r\n" + csv_text(long_grid(), "|")).encode("cp1251"))
    assert marks_of(path) == TRUTH


def page(charset: str) -> str:
    """Tables of the classes on one page, inside a table of the page's frame, with spans and entities."""
    parts = [
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>td{{}}</style>'
    ]
    parts.append("</head><body><table><tr><td>")
    for its_class in ("4А", "5А", "5Б"):
        header, *rows = wide_grid(its_class)
        subjects = [subject for school_class, subject in WORKS if school_class == its_class]
        parts.append(f"<h2>Сводная&nbsp;ведомость</h2><p>Класс: <b>{its_class}</b></p><p>Период: 3 четверть</p>")
        parts.append("<table border=1><tr><th rowspan=2>№</th><th rowspan='2'>Уче&#1085;ик</th>")
        parts.append(f"<th colspan={len(subjects) + 1}>Предметы</th><th rowspan=2>Средний<br>балл</th></tr><tr>")
        parts += [f"<th>{caption}</th>" for caption in header[2 : 3 + len(subjects)]]
        parts.append("</tr>")
        for line in rows:
            cells = [*line, *[None] * (len(header) - len(line))][: 4 + len(subjects)]
            parts.append(
                "<tr>" + "".join(f"<td>{escape(str(c if c is not None else ''))}</td>" for c in cells) + "</tr>"
            )
        parts.append("</table>")
    return "".join([*parts, "</td></tr></table></body></html>"])


@pytest.mark.parametrize(("charset", "encoding"), [("windows-1251", "cp1251"), ("utf-8", "utf-8"), ("", "cp1251")])
def test_a_web_page_called_xls(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "Сводная ведомость.xls"
    path.write_bytes(page(charset).encode(encoding))
    assert marks_of(path) == TRUTH


def test_a_table_of_xml_called_xls(tmp_path: Path) -> None:
    rows = "".join(
        "<Row>"
        + "".join(
            f'<Cell ss:Index="{at}"><Data ss:Type="{"String" if isinstance(cell, str) else "Number"}">'
            f"{escape(str(cell))}</Data></Cell>"
            for at, cell in enumerate(line, start=1)
            if cell is not None
        )
        + "</Row>"
        for line in long_grid()
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = (
        f'<?xml version="1.0" encoding="windows-1251"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Отметки"><Table><Row ss:Index="3"><Cell><Data ss:Type="String">Итоги</Data></Cell></Row>'
        f"{rows}</Table></Worksheet></Workbook>"
    )
    path = tmp_path / "Отметки.xls"
    path.write_bytes(text.encode("cp1251"))
    assert marks_of(path) == TRUTH


def spreadsheet(path: Path) -> Path:
    """Two layouts in one workbook: a wide sheet for each class."""
    book = Book()
    del book["Sheet"]
    for its_class in ("4А", "5А", "5Б"):
        tab = book.create_sheet(f"{its_class} класс")
        for line in [[f"Отчёт за 3 четверть, {its_class}"], *wide_grid(its_class)]:
            tab.append(line)
        tab.merge_cells("A1:D1")
    book.save(path)
    return path


def test_an_xlsx_under_any_name(tmp_path: Path) -> None:
    assert marks_of(spreadsheet(tmp_path / "ведомость.xlsx").rename(tmp_path / "ведомость.csv")) == TRUTH


def test_xls_and_ods_and_html_as_libreoffice_saves_them(tmp_path: Path) -> None:
    source = spreadsheet(tmp_path / "ведомость.xlsx")
    for kind in ("xls", "ods", "html"):
        assert marks_of(convert([source], kind, tmp_path / kind)[0]) == TRUTH


def encrypted_zip(path: Path) -> bytes:
    book = spreadsheet(path.with_suffix(".xlsx")).read_bytes()
    # The bit that says a member is encrypted, in the local header and in the directory.
    return book.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


def a_word_document(_: Path) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return target.getvalue()


BAD: dict[str, Callable[[Path], bytes]] = {
    "empty": lambda _: b"",
    "only a mark of the encoding": lambda _: b"\xef\xbb\xbf\r\n",
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "a PDF": lambda _: b"%PDF-1.7\n...",
    "a saved mail": lambda _: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
    "zeros": lambda _: bytes(10_000),
    "a page without a table": lambda _: b"<html><body><p>\xd1\xf2\xf0\xe0\xed\xe8\xf6\xe0</p></body></html>",
    "an empty page": lambda _: b"<html></html>",
    "no table": lambda _: "Добрый день;всем\nДо свидания\n".encode(),
    "an open quote": lambda _: ('ФИО;Класс;Предмет;Отметка\n"Ежов;5А;Математика;5\n' * 3).encode(),
    "half of a workbook": lambda path: spreadsheet(path.with_suffix(".xlsx")).read_bytes()[:2000],
    "a broken old workbook": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "encrypted": encrypted_zip,
    "a Word document": a_word_document,
    "a table of XML with entities": lambda _: (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>'
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_export_is_said_in_one_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "выгрузка.xls"
    path.write_bytes(BAD[kind](path))
    with pytest.raises(XlpyError) as caught:
        marks_of(path)
    said = sentence(caught.value)
    assert "выгрузка.xls" in said
    assert "\n" not in said
    assert said.endswith((".", "»"))


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "journal_folder"), (tmp_path / "нет.xls", "not_found")):
        with pytest.raises(XlpyError) as caught:
            journal_marks.read_file(path)
        assert caught.value.code == code


def test_a_page_s_entities_and_huge_spans_stay_small(tmp_path: Path) -> None:
    path = tmp_path / "бомба.xls"
    path.write_text(
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]><html><table>'
        "<tr><td colspan=99999999 rowspan=99999999>&a;&b;</td></tr></table></html>",
        encoding="utf-8",
    )
    sheet = journal_marks.read_file(path).book.sheets[0]
    assert sum(map(len, sheet.values)) < 10
    assert "aaaa" not in str(sheet.values)


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    head, *rows = long_grid()
    strangers = [[at, f"Чужой{at % 1500} Ученик", "1А", "Математика", 5, ""] for at in range(100_000)]
    path = tmp_path / "вся школа.csv"
    path.write_bytes(csv_text([head, *strangers, *rows], ";").encode("cp1251"))
    assert marks_of(path) == TRUTH


def test_far_more_rows_than_a_school_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "регион.csv"
    path.write_bytes(("ФИО;Отметка\n" + "Ежов Семён;5\n" * 300_001).encode("cp1251"))
    with pytest.raises(XlpyError) as caught:
        marks_of(path)
    assert caught.value.code == "journal_too_long"
