"""The page lies beside the book, asks nothing of the network, runs nothing, and names no pupil."""

from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.watching.watched import watched
from xlpy.checks.findings import Finding, Severity
from xlpy.documents.findings_page import findings_page, refused_page
from xlpy.tables import schema
from xlpy.tables.frames import read_tables
from xlpy.watching import page_of
from xlpy.words.checks import SENTENCES
from xlpy.workbook.closed import ClosedWorkbook

NOON = datetime(2021, 4, 20, 12, 0)


class Tags(HTMLParser):
    """Every tag and attribute of a page, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text.append(data)


def read(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    return found


def finding_with(text: str) -> Finding:
    """A finding of some rule whose sentence takes this text wherever it takes any."""
    code, sentences = next((code, one) for code, one in SENTENCES.items() if "{" in one.wrong)
    names = set(re.findall(r"{(\w+)[^}]*}", sentences.wrong + sentences.mend))
    return Finding(code, Severity.ERROR, text, "A1", dict.fromkeys(names, text))


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_what_stands_in_cells_is_only_ever_text(written: str, book: str) -> None:
    hostile = f"</td><script>alert(1)</script><img src=x onerror=y>{written}"
    plain = read(findings_page("book", [finding_with("x")], "", NOON))
    page = read(findings_page(book, [finding_with(hostile)], hostile, NOON))
    assert page.tags == plain.tags
    assert page.attributes == plain.attributes
    assert not {"script", "img", "link", "iframe", "form", "a"} & set(page.tags)


def test_why_a_book_could_not_be_checked_is_text_too() -> None:
    page = read(refused_page("book", None, "", NOON, "<b>why</b>"))
    assert "b" not in page.tags
    assert any("<b>why</b>" in piece for piece in page.text)


def test_the_gravest_findings_stand_first_whatever_their_order() -> None:
    found = [Finding("X", level, "Лист", "A1") for level in (Severity.NOTICE, Severity.ERROR, Severity.WARNING)]
    code = next(code for code, one in SENTENCES.items() if "{" not in one.wrong + one.mend)
    page = findings_page("book", [Finding(code, one.severity, one.sheet, one.cell) for one in found], "", NOON)
    assert re.findall(r'<tr class="(\w+)">', page) == ["error", "warning", "notice"]


def test_every_finding_of_a_school_stands_on_the_page_and_no_pupil_does(book: Path) -> None:
    [run] = watched(book)
    page = page_of(book).read_text("utf-8")
    assert run.findings is not None
    assert page.count("<tr class=") == len(run.findings)
    pupils = read_tables(ClosedWorkbook(book).read_tables([schema.PARTICIPANTS]))["participants"].frame["pupil"]
    named = {name for name in pupils if name}
    assert named
    assert not [name for name in named if name in page]


def test_the_page_reloads_itself_and_loads_nothing_else(book: Path) -> None:
    watched(book)
    page = page_of(book).read_text("utf-8")
    assert re.search(r'<meta http-equiv="refresh" content="\d+">', page)
    assert "default-src 'none'" in page
    assert "://" not in page
