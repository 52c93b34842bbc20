"""Workbooks of one office: made, opened, saved, exported, closed; and what a book that cannot be opened says."""

from __future__ import annotations

import os
import socket
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw, raw_of
from xlpy.errors import HostError, SaveError, WorkbookError
from xlpy.libreoffice.locks import lock_beside
from xlpy.libreoffice.offices import PREFIX
from xlpy.libreoffice.verbs.desk import Desk

COVERS = (
    "Books.active",
    "Books.add",
    "Books.open",
    "Book.name",
    "Book.fullname",
    "Book.app",
    "Book.sheets",
    "Book.save",
    "Book.close",
    "Book.activate",
    "Book.to_pdf",
    "Books.__call__",
    "Books.__len__",
    "Books.__iter__",
)


def _workbook(path: Path, content: object = "текст") -> Path:
    made = openpyxl.Workbook()
    made.active["A1"] = content
    made.save(path)
    return path


def test_a_new_book_is_the_active_one_and_is_found_by_name_and_place(app: xw.App, book: xw.Book, raw: Raw) -> None:
    assert app.books.active == book
    assert app.books[book.name] == book
    assert app.books[len(app.books) - 1] == book
    assert book.name == raw.document.Title
    assert len(app.books) == len(raw.desk.documents())
    with pytest.raises(KeyError):
        app.books["нет такой.xlsx"]


def test_the_book_activated_last_is_the_active_one(app: xw.App, book: xw.Book) -> None:
    other = app.books.add()
    assert app.books.active == other
    book.activate()
    assert app.books.active == book
    book.close()
    assert app.books.active == other


@pytest.mark.usefixtures("book")
def test_a_book_is_opened_once(app: xw.App, desk: Desk, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "Книга с пробелом.xlsx")
    one = app.books.open(path)
    assert app.books.open(path) == one
    assert one.fullname == str(path)
    assert raw_of(desk, one).cell("A1").String == "текст"


@pytest.mark.usefixtures("book")
def test_xw_book_finds_an_open_book_and_opens_one_that_is_not(app: xw.App, tmp_path: Path) -> None:
    app.activate()
    path = _workbook(tmp_path / "one.xlsx")
    opened = xw.Book(path)
    assert opened.app == app
    assert xw.Book(str(path)) == opened
    assert xw.Book("one.xlsx") == opened
    assert xw.Book().app == app


def test_a_book_never_saved_goes_into_the_current_folder(
    book: xw.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = book.name
    book.sheets[0]["A1"].value = 1
    book.save()
    assert Path(book.fullname) == tmp_path / f"{name}.xlsx"
    assert openpyxl.load_workbook(book.fullname).active["A1"].value == 1


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "ods", "xls", "csv"])
def test_a_book_is_saved_as_its_ending_says(app: xw.App, book: xw.Book, raw: Raw, tmp_path: Path, ending: str) -> None:
    book.sheets[0]["A1"].value = [["ключ", 1.5]]
    path = tmp_path / f"Сохранено.{ending}"
    path.write_text("что-то прежнее")
    book.save(path)
    assert book.fullname == str(path)
    assert not raw.document.isModified()
    book.sheets[0]["A2"].value = "ещё"
    book.save()
    book.close()
    again = app.books.open(path)
    assert again.sheets[0]["A1:B1"].value == ["ключ", 1.5]
    assert again.sheets[0]["A2"].value == "ещё"


def test_an_ending_that_no_workbook_has_is_refused(book: xw.Book, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="docx"):
        book.save(tmp_path / "книга.docx")


def test_a_place_that_cannot_be_written_is_named(book: xw.Book, tmp_path: Path) -> None:
    with pytest.raises(SaveError) as caught:
        book.save(tmp_path / "нет папки" / "книга.xlsx")
    assert caught.value.code == "cannot_write"
    (tmp_path / "книга.xlsx").mkdir()
    with pytest.raises(SaveError) as caught:
        book.save(tmp_path / "книга.xlsx")
    assert caught.value.code == "cannot_save"


@pytest.mark.usefixtures("app")
def test_nothing_is_saved_over_a_book_that_another_office_holds(book: xw.Book, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "one.xlsx")
    before = path.read_bytes()
    lock_beside(path).write_text(",ivanova,school-7,24.11.2026 09:00,file:///home/ivanova/lo;", encoding="utf-8")
    with pytest.raises(HostError) as caught:
        book.save(path)
    assert caught.value.code == "opened_elsewhere"
    assert path.read_bytes() == before


@pytest.mark.usefixtures("book")
def test_closing_saves_nothing_and_asks_nothing(app: xw.App, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "one.xlsx")
    one = app.books.open(path)
    one.sheets[0]["A1"].value = "другое"
    one.close()
    assert openpyxl.load_workbook(path).active["A1"].value == "текст"
    with pytest.raises(HostError) as caught:
        _ = one.sheets[0]["A1"].value
    assert caught.value.code == "host_gone"


@pytest.mark.usefixtures("book")
def test_a_book_that_another_office_holds_is_refused_and_its_holder_named(app: xw.App, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "one.xlsx")
    before = path.read_bytes()
    other = xw.App(visible=False, add_book=False)
    try:
        theirs = other.books.open(path)
        assert lock_beside(path).exists()
        with pytest.raises(HostError) as caught:
            app.books.open(path)
        assert caught.value.code == "opened_elsewhere"
        assert socket.gethostname() in str(caught.value.params["who"])
        look = app.books.open(path, read_only=True)
        assert look.sheets[0]["A1"].value == "текст"
        look.close()
        theirs.sheets[0]["A1"].value = "записано"
        theirs.save()
    finally:
        other.quit()
    assert path.read_bytes() != before
    assert app.books.open(path).sheets[0]["A1"].value == "записано"


@pytest.mark.usefixtures("book")
def test_the_lock_of_a_colleague_stays_and_names_them(app: xw.App, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "one.xlsx")
    lock = lock_beside(path)
    lock.write_text(",ivanova,school-7,24.11.2026 09:00,file:///home/ivanova/.config/libreoffice/4;", encoding="utf-8")
    with pytest.raises(HostError) as caught:
        app.books.open(path)
    assert caught.value.params["who"] == "ivanova, school-7"
    assert lock.exists()


@pytest.mark.usefixtures("book")
def test_the_lock_of_a_killed_office_of_ours_is_in_nobodys_way(app: xw.App, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "one.xlsx")
    other = xw.App(visible=False, add_book=False)
    other.books.open(path)
    other.kill()
    assert PREFIX in lock_beside(path).read_text()
    assert app.books.open(path).sheets[0]["A1"].value == "текст"


@pytest.mark.usefixtures("book")
def test_a_book_opened_to_be_read_only_lays_no_lock(app: xw.App, tmp_path: Path) -> None:
    path = _workbook(tmp_path / "one.xlsx")
    one = app.books.open(path, read_only=True)
    assert one.sheets[0]["A1"].value == "текст"
    assert not lock_beside(path).exists()


@pytest.mark.usefixtures("book")
def test_a_password_is_asked_for_by_name_and_taken(app: xw.App, tmp_path: Path) -> None:
    for ending in ("xlsx", "ods", "xls"):
        path = tmp_path / f"secret.{ending}"
        made = app.books.add()
        made.sheets[0]["A1"].value = 7
        made.save(path, password="пароль")
        made.close()
        with pytest.raises(WorkbookError) as caught:
            app.books.open(path)
        assert caught.value.code == "encrypted"
        with pytest.raises(WorkbookError) as caught:
            app.books.open(path, password="не тот")
        assert caught.value.code == "wrong_password"
        opened = app.books.open(path, password="пароль")
        assert opened.sheets[0]["A1"].value == 7
        opened.close()


def _truncated(path: Path) -> None:
    _workbook(path)
    path.write_bytes(path.read_bytes()[:1500])


def _text(path: Path) -> None:
    path.write_text("это не книга;совсем\n" * 50, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_package(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "не книга")


@pytest.mark.parametrize("spoil", [_truncated, _text, _empty, _other_package])
@pytest.mark.usefixtures("book")
def test_a_damaged_book_is_named_and_opens_nothing(app: xw.App, tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "broken.xlsx"
    spoil(path)  # type: ignore[operator]
    before = len(app.books)
    with pytest.raises(WorkbookError) as caught:
        app.books.open(path)
    assert caught.value.code == "damaged"
    assert len(app.books) == before


@pytest.mark.usefixtures("book")
def test_a_file_that_is_not_there_is_not_found(app: xw.App, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "нет.xlsx")


def _pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_a_book_is_exported_as_pdf_without_the_sheets_that_are_not_wanted(book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "первый лист"
    book.sheets.add("Второй", after=book.sheets[0])["A1"].value = "второй лист"
    book.sheets.add("#скрыт", after=book.sheets[1])["A1"].value = "не печатается"
    for name, quality in (("all.pdf", "standard"), ("small.pdf", "minimum")):
        book.to_pdf(tmp_path / name, quality=quality)
        assert "первый лист" in _pdf_text(tmp_path / name)
        assert "второй лист" in _pdf_text(tmp_path / name)
        assert "не печатается" not in _pdf_text(tmp_path / name)
    book.sheets["Второй"].to_pdf(tmp_path / "one.pdf")
    assert "второй лист" in _pdf_text(tmp_path / "one.pdf")
    assert "первый лист" not in _pdf_text(tmp_path / "one.pdf")
    assert [sheet.visible for sheet in book.sheets] == [True, True, True]


def test_a_pdf_that_cannot_be_written_is_named(book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "x"
    with pytest.raises(SaveError):
        book.to_pdf(tmp_path / "нет папки" / "one.pdf")


def test_the_mock_caller_is_the_calling_book(book: xw.Book) -> None:
    book.set_mock_caller()
    try:
        assert xw.Book.caller() == book
    finally:
        del xw.Book._mock_caller


@pytest.mark.usefixtures("book")
def test_the_caller_named_on_the_command_line_is_found(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.activate()
    opened = app.books.open(_workbook(tmp_path / "caller.xlsx"))
    monkeypatch.setattr("sys.argv", ["python", "--wb=caller.xlsx", "--from_xl=1"])
    assert xw.Book.caller() == opened


@pytest.mark.usefixtures("book")
def test_two_books_do_not_mix(app: xw.App, tmp_path: Path) -> None:
    one = app.books.open(_workbook(tmp_path / "one.xlsx", 1))
    two = app.books.open(_workbook(tmp_path / "two.xlsx", 2))
    one.activate()
    two.sheets[0]["B1"].value = "вторая"
    one.sheets[0]["B1"].value = "первая"
    assert (one.sheets[0]["A1:B1"].value, two.sheets[0]["A1:B1"].value) == ([1, "первая"], [2, "вторая"])
    one.close()
    assert two.sheets[0]["B1"].value == "вторая"
    assert os.path.basename(app.books.active.fullname) == "two.xlsx"  # noqa: PTH119
