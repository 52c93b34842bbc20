"""A file half written, gone or broken does not end the watch and is told only when it stays so."""

from __future__ import annotations

import html
from pathlib import Path

from tests.watching.watched import MOMENT, refuse_to_log, watched
from xlpy import watching
from xlpy.actions import Stamp
from xlpy.watching import Run, page_of


def shown(book: Path) -> str:
    return html.unescape(page_of(book).read_text("utf-8"))


def test_a_half_written_file_is_waited_out(book: Path) -> None:
    whole = book.read_bytes()
    pieces = [whole[: len(whole) * share // 4] for share in (0, 1, 2, 3, 4)]
    runs: list[Run] = []
    looks = 0

    def wait() -> None:
        """Three looks at each piece: long enough to be taken for finished by its dates."""
        nonlocal looks
        if looks % 3 == 0 and pieces:
            book.write_bytes(pieces.pop(0))
        looks += 1
        if looks > 30:
            raise KeyboardInterrupt

    book.write_bytes(b"")
    watching.watch(book, lambda: Stamp(MOMENT, ""), runs.append, refuse_to_log, wait)
    assert [run.why for run in runs] == [""]
    assert runs[0].findings


def test_a_book_that_stays_broken_is_told_once_and_the_last_findings_stay_on_the_page(book: Path) -> None:
    whole = book.read_bytes()
    good, broken, mended = watched(book, [lambda: book.write_bytes(whole[:5000]), lambda: book.write_bytes(whole)])
    assert good.findings == mended.findings
    assert broken.findings is None
    assert broken.why


def test_the_page_of_a_broken_book_shows_why_and_what_was_found_before(book: Path) -> None:
    whole = book.read_bytes()
    *_, broken = watched(book, [lambda: book.write_bytes(whole[:5000])])
    assert broken.why in shown(book)
    assert "ошибка" in shown(book)


def test_a_book_that_vanishes_and_comes_back_is_checked_again(book: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.xlsm"
    there, gone, back = watched(book, [lambda: book.rename(elsewhere), lambda: elsewhere.rename(book)])
    assert gone.findings is None
    assert book.name in gone.why
    assert there.findings == back.findings


def test_a_book_that_is_not_there_yet_is_waited_for(book: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.xlsm"
    missing, found = watched(later, [lambda: book.rename(later)])
    assert missing.findings is None
    assert found.findings


def test_a_page_that_cannot_be_written_is_told_and_the_watch_goes_on(book: Path) -> None:
    page = page_of(book)
    page.mkdir()

    def mend() -> None:
        page.rmdir()
        book.touch()

    refused, written = watched(book, [mend])
    assert refused.findings
    assert page.name in refused.why
    assert not written.why
    assert page.is_file()
