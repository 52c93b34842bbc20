"""ГОСТ Р 7.0.97 (2016 and 2025): margins 20/10/20/20, type of 12–14 points, pages numbered from the second on top."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openxml_audit import OpenXmlValidator

from tests.documents.protocol.made_up_school import (
    paper,
    school,
    settings_rows,
    shipped_templates,
    table_of,
    task_rows,
    text_of,
    write,
)
from tests.office import convert
from xlpy.documents.template import Template
from xlpy.tables import schema

LABELS_36 = [f"{number}К{part}" for number in range(10, 22) for part in (1, 2, 3)]


def large(tasks: int = 36, pupils: int = 35) -> dict[str, object]:
    """The largest work there can be, with one of everything that needs words under the table."""
    codes = [str(50001 + number) for number in range(pupils)]
    points = [[("X" if (row + n) % 9 == 0 else n % 3) for n in range(tasks)] for row in range(pupils)]
    results = [paper(code, typed) for code, typed in zip(codes, points, strict=True)]
    results[3] = paper(codes[3], [None] * tasks, variant="отсутствовал", journal_mark=None)
    results[4] = paper(codes[4], [1] * (tasks - 1))
    results[5] = paper(codes[5], ["?", "не пройд.", *[1] * (tasks - 2)])
    return school(
        tasks=task_rows(LABELS_36[:tasks], [10] * tasks),
        scales=[],
        participants=[{"code": code, "school_class": "5А"} for code in codes],
        results=results,
        settings=settings_rows(Проверяющих_на_работу=2),
    )


@pytest.fixture(scope="module")
def largest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = write(large(), tmp_path_factory.mktemp("large"))
    return path


@pytest.fixture(scope="module")
def pages(largest: Path) -> list[str]:
    """Text of the pages LibreOffice prints."""
    (pdf,) = convert([largest], "pdf", largest.parent)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


def test_the_sheet_is_landscape_a4_with_the_margins_of_the_standard(largest: Path) -> None:
    for section in Document(largest).sections:
        assert section.orientation == WD_ORIENT.LANDSCAPE
        sheet = (section.page_width, section.page_height)
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        wanted = (Mm(297), Mm(210)), (Mm(20), Mm(10), Mm(20), Mm(20))
        for found, stated in zip((*sheet, *margins), (*wanted[0], *wanted[1]), strict=True):
            assert abs(found - stated) < Mm(0.1)
        assert section.header_distance >= Mm(9.9)


def test_text_is_12_points_and_the_table_no_more_than_2_less(largest: Path) -> None:
    document = Document(largest)
    assert document.styles["Normal"].font.size == Pt(12)
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "№")
    written = [p for row in table.rows for cell in row.cells for p in cell.paragraphs]
    assert {p.style.font.size for p in written} == {Pt(10)}
    assert {run.font.size for p in written for run in p.runs} == {None}


def test_the_head_of_the_table_is_repeated_and_no_row_is_split(largest: Path) -> None:
    table = next(t for t in Document(largest).tables if t.rows[0].cells[0].text == "№")
    rows = [row._tr.trPr for row in table.rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, True, *[False] * 35]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


@pytest.mark.parametrize("tasks", [2, 5, 18, 19, 25, 36])
def test_the_table_fills_the_width_of_the_text_whatever_the_number_of_tasks(tmp_path: Path, tasks: int) -> None:
    (path,) = write(large(tasks, 8), tmp_path)
    table = next(t for t in Document(path).tables if t.rows[0].cells[0].text == "№")
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert len(widths) == tasks + 6 == len(table_of(path)[0])
    assert abs(sum(widths) * 635 - Mm(267)) < Mm(1)
    assert min(widths) * 635 >= Mm(4.4)


def test_36_tasks_and_35_pupils_take_two_pages_numbered_from_the_second(pages: list[str]) -> None:
    assert len(pages) == 2
    first_lines = [page.strip().splitlines()[0].strip() for page in pages]
    assert first_lines[1:] == ["2"]
    assert first_lines[0].startswith("Снеговский муниципальный округ")


def test_every_page_repeats_the_head_and_the_last_holds_notes_and_signatures(pages: list[str]) -> None:
    assert all("Наибольший балл" in page for page in pages)
    assert "(подпись)" in pages[-1]
    assert "35" in pages[-1]
    for page in pages:
        assert "5А · Математика" in page


def test_no_points_break_over_two_lines(pages: list[str]) -> None:
    """A row of the table is one line of text: its number, its code, its points."""
    lines = [line.split() for page in pages for line in page.splitlines()]
    rows = [line for line in lines if len(line) > 1 and line[1].startswith("500")]
    assert [line[0] for line in rows] == [str(number) for number in range(1, 36)]
    assert all(len(line) >= 3 + 36 for line in rows if int(line[0]) not in {4, 5})


@pytest.mark.parametrize(
    "rows",
    [school(), school(scales=[]), school(tasks=[]), large(25, 30)],
    ids=["plain", "no scale", "no tasks", "large"],
)
def test_documents_pass_the_audit(tmp_path: Path, rows: dict[str, object]) -> None:
    (path,) = write(rows, tmp_path)
    audit = OpenXmlValidator().validate(str(path))
    assert [str(error) for error in audit.errors] == []


def test_the_shipped_template_passes_the_audit_and_is_covered_by_the_fast_route() -> None:
    path = shipped_templates() / "protocol.docx"
    assert not OpenXmlValidator().validate(str(path)).errors
    assert Template.load(path).is_fast


def test_a_template_saved_anew_in_libreoffice_still_gives_the_protocol(largest: Path, tmp_path: Path) -> None:
    convert([shipped_templates() / "protocol.docx"], "docx:Office Open XML Text", tmp_path / "templates")
    assert Template.load(tmp_path / "templates" / "protocol.docx").is_fast
    (path,) = write(large(), tmp_path / "out", tmp_path / "templates")
    assert table_of(path) == table_of(largest)
    table = next(t for t in Document(path).tables if t.rows[0].cells[0].text == "№")
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows][:3] == [True, True, False]
    # But for the page number, which each program counts anew.
    assert text_of(path).splitlines()[:-3] == text_of(largest).splitlines()[:-3]


def test_words_of_the_table_are_those_of_the_workbook(largest: Path) -> None:
    rows = {row[0]: row for row in table_of(largest)[2:]}
    assert rows["4"][2] == schema.ABSENT
    assert rows["5"][-3] == schema.UNFINISHED
    assert rows["6"][-3] == schema.CHECK_IT
