"""Whatever program saves the book and however it does that, the findings of the new state stand on the page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from tests.command import xlpy
from tests.office import resaved
from tests.watching.watched import watched
from xlpy.checks.findings import finding_dicts
from xlpy.libreoffice import register
from xlpy.tables import schema
from xlpy.watching import page_of
from xlpy.workbook.closed import ClosedWorkbook

# A teacher who is absent until before she is: one finding more, on its own cell.
SLIP = {"teacher": "Лишняя Анна Ивановна", "absent_from": "20.04.2021", "absent_to": "10.04.2021"}


def add_slip(book: Path) -> None:
    """Type a slip through our own door, as another command of ours does."""
    workbook = ClosedWorkbook(book)
    workbook.append_rows(schema.TEACHERS, [SLIP])
    workbook.save()


def with_slip(book: Path, folder: Path) -> Path:
    folder.mkdir()
    changed = Path(shutil.copy(book, folder / book.name))
    add_slip(changed)
    return changed


def by_our_door(book: Path, _: Path) -> None:
    add_slip(book)


def by_replacing(book: Path, folder: Path) -> None:
    """Excel and LibreOffice write beside and rename."""
    with_slip(book, folder / "changed").replace(book)


def by_writing_over(book: Path, folder: Path) -> None:
    """Programs on network disks write into the old file."""
    shutil.copyfile(with_slip(book, folder / "changed"), book)


def by_removing_first(book: Path, folder: Path) -> None:
    changed = with_slip(book, folder / "changed")
    book.unlink()
    shutil.move(changed, book)


def by_converting(book: Path, folder: Path) -> None:
    """LibreOffice rewrites the whole file from memory."""
    resaved(with_slip(book, folder / "changed"), folder / "resaved").replace(book)


SAVES = (by_our_door, by_replacing, by_writing_over, by_removing_first, by_converting)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_seen_and_checked(book: Path, tmp_path: Path, save: Callable[[Path, Path], None]) -> None:
    before, after = watched(book, [lambda: save(book, tmp_path)])
    assert before.findings is not None
    assert after.findings is not None
    new = [one for one in after.findings if one not in before.findings]
    assert new
    assert finding_dicts(after.findings) == xlpy("check", book, "--json", "--today", "20.04.2021").answer["findings"]


def test_a_save_in_an_open_libreoffice_is_seen_while_the_book_stays_open(book: Path) -> None:
    register()
    with xw.App(visible=False, add_book=False) as app:
        opened = app.books.open(book)

        def type_and_save() -> None:
            opened.sheets[schema.TEACHERS.name].range("F2").value = "дежурный по этажу"
            opened.save()

        before, after = watched(book, [type_and_save])
        assert list(book.parent.glob(".~lock*"))
        opened.close()
    assert before.findings is not None
    assert after.findings is not None
    assert {(one.sheet, one.cell) for one in after.findings} - {(one.sheet, one.cell) for one in before.findings}


def test_three_saves_are_three_runs_and_a_quiet_book_is_checked_once(book: Path, tmp_path: Path) -> None:
    changed = with_slip(book, tmp_path / "changed").read_bytes()
    plain = book.read_bytes()
    runs = watched(book, [lambda: book.write_bytes(changed), lambda: book.write_bytes(plain)])
    counts = [len(run.findings or ()) for run in runs]
    assert counts[0] == counts[2] < counts[1]


def test_files_beside_the_book_are_not_its_saves(book: Path) -> None:
    looks = 0

    def quiet() -> None:
        nonlocal looks
        book.with_name(f".~lock.{book.name}#").write_text("Анна,anna,pc,01.04.2021 10:00,file:///x;", "utf-8")
        book.with_name(f"~${book.name}").write_bytes(b"\x04Anna")
        looks += 1

    runs = watched(book, [quiet])
    assert looks == 1
    assert len(runs) == 1


def test_the_book_and_its_locks_are_left_as_they_are(book: Path) -> None:
    lock = book.with_name(f".~lock.{book.name}#")
    lock.write_text("Анна Берёзкина,anna,pc-12,01.04.2021 10:00,file:///x;", "utf-8")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (book, lock)}
    [run] = watched(book)
    assert run.findings
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (book, lock)} == before
    assert {path.name for path in book.parent.iterdir()} == {book.name, lock.name, page_of(book).name}
