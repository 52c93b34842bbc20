"""What is wrong with a packet is said with its cell and keeps the whole file out; a foreign file is one sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.checks.school import MATHS, copy, drop, put, setting, spoilt, two_years_later, write_book
from tests.command import xlpy
from tests.exchange.packets import ROWS, a_school, came_back, form_of, found, points, taken_from, typed, untyped
from xlpy.checks.findings import Severity
from xlpy.errors import ImportFileError, InputError, WorkbookError
from xlpy.exchange.packet_notes import PacketCode, note_dict
from xlpy.exchange.packet_write import write_form
from xlpy.packets import read_packet
from xlpy.words import packet as words

EMPTY = dict.fromkeys(ROWS.values(), (None, None, None))
FULL = {f"{letter}{row}": 1 for letter in "CDE" for row in (4, 5, 6)}

WRONG_CELLS = [
    ({"C4": 3}, [("over maximum", "Работы!C4")]),
    ({"E6": 2}, [("over maximum", "Работы!E6")]),
    ({"C4": "9"}, [("over maximum", "Работы!C4")]),
    ({"C4": -1}, [("not points", "Работы!C4")]),
    ({"D5": 1.5}, [("not points", "Работы!D5")]),
    ({"D5": "1,5"}, [("not points", "Работы!D5")]),
    ({"D5": "б/у"}, [("not points", "Работы!D5")]),
    ({"D5": True}, [("not points", "Работы!D5")]),
    ({"C4": "=1/0"}, [("uncalculated", "Работы!C4")]),
    ({"A4": "=50004"}, [("uncalculated", "Работы!A4")]),
    ({"C4": "#DIV/0!"}, [("error cell", "Работы!C4")]),
    ({"A4": "40001"}, [("unknown code", "Работы!A4")]),
    ({"A7": "59999", "C7": 1}, [("unknown code", "Работы!A7")]),
    ({"A5": None}, [("no code", "Работы!A5")]),
    ({"A5": "50004"}, [("code twice", "Работы!A5")]),
    ({"C3": "1 · 3"}, [("extra column", "Работы!C3"), ("task missing", "Работы!A3")]),
    ({"C3": None}, [("task missing", "Работы!A3")]),
    ({"F3": "1 · 2"}, [("task twice", "Работы!F3")]),
]


@pytest.mark.parametrize(("cells", "notes"), WRONG_CELLS)
def test_a_mistake_has_its_cell_and_keeps_the_whole_file_out(
    cells: dict[str, object], notes: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = a_school()
    taken = came_back(book, tmp_path, FULL | cells)
    assert found(taken) == notes
    assert taken.is_refused
    assert points(book) == EMPTY
    assert not book.saved


ABOUT = [
    ({"Чьи работы": "Другая школа"}, [("other school", "Пояснение!B4")]),
    ({"Логин ФИС ОКО": "edu999999"}, []),
    ({"Учебный год": "2021/22"}, [("other year", "Пояснение!B5")]),
    ({"Класс": "9Я"}, [("unknown work", "Пояснение!B6")]),
    ({"Предмет": "Химия"}, [("unknown work", "Пояснение!B6")]),
    ({"Учебный год": " 2020-21"}, []),
    ({"Класс": "5б "}, []),
    ({"Чьи работы": "школа-ПРИМЕР"}, []),
]


@pytest.mark.parametrize(("about", "notes"), ABOUT)
def test_a_packet_of_another_work_is_not_taken(
    about: dict[str, object], notes: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = a_school()
    taken = came_back(book, tmp_path, FULL, about=about)
    assert found(taken) == notes
    assert (points(book) == EMPTY) is bool(notes)


def test_logins_decide_where_both_sides_have_one(tmp_path: Path) -> None:
    file = typed(tmp_path / "п.xlsx", write_form(form_of(a_school(setting("fis_login", "edu111")))), FULL)
    renamed = [setting("school", "МБОУ «Лицей»"), setting("school_short", "Лицей")]
    ours = taken_from(a_school(setting("fis_login", "EDU111"), *renamed), [file])[0].taken
    theirs = taken_from(a_school(setting("fis_login", "edu222")), [file])[0].taken
    assert not ours.notes
    assert found(theirs) == [("other school", "Пояснение!B4")]


def test_a_class_that_wrote_the_same_subject_does_not_get_the_points(tmp_path: Path) -> None:
    book = a_school(untyped(13, 14))
    taken = came_back(book, tmp_path, FULL, about={"Класс": "5А"})
    assert {code for code, _ in found(taken)} == {"unknown code"}
    assert not taken.edits


def test_not_taught_is_no_mark_any_more(tmp_path: Path) -> None:
    old = a_school()
    assert not came_back(old, tmp_path, FULL | {"C4": "не пройд."}).notes
    new = a_school(two_years_later)
    assert found(came_back(new, tmp_path, FULL | {"C4": "не пройд."})) == [("not taught", "Работы!C4")]


GAPS = [
    ({"C4": None, "D4": None, "E4": None}, [("paper missing", "Работы!A4")]),
    ({"D4": None}, [("unfinished", "Работы!A4")]),
    (
        {"A4": None, "C4": None, "D4": None, "E4": None},
        [("row missing", "Работы!A3"), ("rows changed", "Пояснение!B21")],
    ),
    ({"A8": "Проверила Лесная"}, [("unknown code empty", "Работы!A8"), ("rows changed", "Пояснение!B21")]),
    ({"F3": "Заметки", "F4": "=1+1"}, [("extra column", "Работы!F3")]),
    ({"B4": "отсутствовал", "C4": None, "D4": None, "E4": None}, [("marked absent", "Работы!B4")]),
    ({"B4": "первый"}, [("not variant", "Работы!B4")]),
    ({"B4": 2}, [("kept", "Работы!B4")]),
]


@pytest.mark.parametrize(("cells", "notes"), GAPS)
def test_what_is_missing_is_named_and_the_rest_is_taken(
    cells: dict[str, object], notes: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = a_school()
    taken = came_back(book, tmp_path, FULL | cells)
    assert found(taken) == notes
    assert points(book)["50005"] == (1, 1, 1)


def test_a_packet_without_points_says_so_and_nothing_more(tmp_path: Path) -> None:
    book = a_school()
    assert found(came_back(book, tmp_path, {})) == [("nothing typed", "Работы!A3")]
    assert not book.saved


def test_a_code_that_stands_twice_in_the_book_gets_nothing(tmp_path: Path) -> None:
    file = typed(tmp_path / "п.xlsx", write_form(form_of(a_school())), FULL)
    book = a_school(copy("results", 19))
    taken = taken_from(book, [file])[0].taken
    assert found(taken) == [("double in book", "Работы!A4")]
    assert "A19, A22" in note_dict(taken.notes[0])["message"]
    assert not book.saved


def test_tasks_changed_in_the_book_meanwhile_are_noticed(tmp_path: Path) -> None:
    file = typed(tmp_path / "п.xlsx", write_form(form_of(a_school())), FULL)
    taken = taken_from(a_school(put("tasks", 4, max_points=3.0)), [file])[0].taken
    assert [code for code, _ in found(taken)] == ["extra column", "task missing"]
    with pytest.raises(InputError) as refused:
        taken_from(a_school(drop("tasks", 4, 5, 6)), [file])
    assert refused.value.code == "packet_no_tasks"


def test_every_note_has_its_words() -> None:
    assert set(words.FOUND) == {code.value for code in PacketCode}


def rewritten(data: bytes, change: str) -> bytes:
    """A packet spoilt as a file or as a book."""
    if change == "cut":
        return data[: len(data) // 2]
    if change == "not a zip":
        return b"PK" + bytes(3000)
    if change == "empty":
        return b""
    if change == "word":
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    if change == "bomb":
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                new.writestr(member.filename, old.read(member))
            new.writestr("xl/media/blank.bin", bytes(40 * 1024 * 1024))
        return out.getvalue()
    book = load_workbook(BytesIO(data))
    if change == "no sheet":
        del book["Пояснение"]
    if change == "renamed":
        book["Работы"].title = "Лист1"
    if change == "no header":
        book["Работы"].delete_rows(3)
    if change == "kind":
        book["Пояснение"]["B20"] = "Отчёт"
    if change == "newer":
        book["Пояснение"]["B20"] = f"{words.KIND}{words.VERSION + 1}"
    if change == "too long":
        book["Работы"]["A30000"] = "50004"
    if change == "far":
        book["Работы"]["Z1048576"] = 1
    if change == "other":
        book = Workbook()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("cut", "packet_broken"),
        ("not a zip", "packet_broken"),
        ("empty", "packet_broken"),
        ("word", "packet_broken"),
        ("bomb", "packet_broken"),
        ("no sheet", "packet_foreign"),
        ("renamed", "packet_foreign"),
        ("no header", "packet_no_header"),
        ("kind", "packet_foreign"),
        ("newer", "packet_newer"),
        ("too long", "packet_too_long"),
        ("far", "packet_broken"),
        ("other", "packet_foreign"),
    ],
)
def test_a_foreign_or_broken_file_is_no_packet(change: str, code: str, tmp_path: Path) -> None:
    book = a_school()
    file = tmp_path / "п.xlsx"
    file.write_bytes(rewritten(write_form(form_of(book)), change))
    with pytest.raises(ImportFileError) as refused:
        taken_from(book, [file])
    assert refused.value.code == code
    assert not book.saved


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as refused:
        read_packet(tmp_path / "нет.xlsx")
    assert refused.value.code == "not_found"
    with pytest.raises(ImportFileError):
        read_packet(tmp_path)


def test_one_broken_file_stops_the_command_before_anything_is_written(tmp_path: Path) -> None:
    path = write_book(tmp_path / "vpr_workbook.xlsm", spoilt(untyped(*ROWS)))
    before = path.read_bytes()
    good = typed(tmp_path / "good.xlsx", write_form(form_of(a_school())), FULL)
    (tmp_path / "bad.xlsx").write_bytes(b"PK broken")
    ran = xlpy("packet-in", path, good, tmp_path / "bad.xlsx")
    assert ran.code == 2
    assert "bad.xlsx" in ran.err
    assert ran.err.count("\n") == 1
    assert path.read_bytes() == before


def test_findings_are_shown_with_their_cells(tmp_path: Path) -> None:
    path = write_book(tmp_path / "vpr_workbook.xlsm", spoilt(untyped(*ROWS)))
    file = typed(tmp_path / "п.xlsx", write_form(form_of(a_school())), FULL | {"C4": 3})
    ran = xlpy("packet-in", path, file)
    assert ran.code == 1
    assert "Работы!C4" in ran.out
    answer = xlpy("packet-in", path, file, "--json").answer
    assert answer["written"] is False
    assert [(note["severity"], note["cell"]) for note in answer["files"][0]["notes"]] == [(Severity.ERROR.value, "C4")]


def test_the_work_is_the_one_of_this_subject(tmp_path: Path) -> None:
    book = a_school(untyped(16, 17, 18))
    came_back(book, tmp_path, FULL)
    assert form_of(book).about["subject"] == MATHS
    assert [book.saved["results"].values[row - 7][4] for row in (16, 17, 18)] == [None] * 3
