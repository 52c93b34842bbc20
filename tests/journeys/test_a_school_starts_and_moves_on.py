"""From a new folder or from exports to the first rows of entry, and on to a newer version of the workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.command import ROOT, xlpy
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.workbook.closed import ClosedWorkbook

BOOK = "vpr_workbook.xlsm"
EXPORTS = {
    "Настройки.csv": "Параметр;Значение\nУчебный год;2020/21\nВПР с;15.03.2021\nВПР по;21.05.2021\n",
    "Классы.csv": "Класс;Параллель;Классный руководитель\n5А;5;Лугова Анна Ильинична\n",
    "Учителя.csv": 'ФИО,Предметы\n"Лугова Анна Ильинична",Математика\n"Берёзкин Олег Ильич",Математика\n',
    "Нагрузка.csv": "Учитель;Предмет;Класс\nЛугова Анна Ильинична;Математика;5А\n",
    "Участники.csv": "Код;Класс\n50001;5А\n50002;5А\n",
    "График.csv": "Дата;Класс;Предмет\n16.03.2021;5А;Математика\n",
}


def tables_of(book: Path) -> dict[str, Table]:
    return read_tables(ClosedWorkbook(book).read_tables(schema.SHEETS))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    exports = tmp_path / "exports"
    exports.mkdir()
    for number, (name, text) in enumerate(EXPORTS.items()):
        (exports / name).write_text(text, "cp1251" if number % 2 else "utf-8-sig")
    ran = xlpy("new", tmp_path / "school", "--from", exports, "--json")
    assert ran.code == 0, ran.err
    assert ran.answer["sheets"]["Участники"] == 2
    return tmp_path / "school" / BOOK


def test_the_built_workbook_is_the_shipped_one(tmp_path: Path) -> None:
    ran = xlpy("build", "--out", tmp_path / "built.xlsm")
    assert ran.code == 0
    with zipfile.ZipFile(tmp_path / "built.xlsm") as built, zipfile.ZipFile(ROOT / BOOK) as shipped:
        assert built.namelist() == shipped.namelist()
        assert all(built.read(name) == shipped.read(name) for name in built.namelist())


def test_a_new_folder_holds_the_empty_book_and_templates_to_edit(tmp_path: Path) -> None:
    assert xlpy("new", tmp_path / "s").code == 0
    assert (tmp_path / "s" / BOOK).read_bytes() == (ROOT / BOOK).read_bytes()
    templates = sorted(path.name for path in (tmp_path / "s" / "Шаблоны").iterdir())
    assert templates == sorted(path.name for path in (ROOT / "templates").glob("*.docx"))
    assert xlpy("new", tmp_path / "s").code == 2


@pytest.mark.parametrize("command", ["prepare", "assign", "protocols", "report"])
def test_an_empty_book_says_what_to_fill_first(command: str, tmp_path: Path) -> None:
    xlpy("new", tmp_path / "s")
    ran = xlpy(command, tmp_path / "s" / BOOK)
    assert ran.code == 2
    assert "Учебный год" in ran.err
    assert not (tmp_path / "s" / "Документы").exists()


def test_exports_become_rows_of_entry_a_plan_and_a_protocol_once_points_are_typed(book: Path) -> None:
    assert xlpy("prepare", book, "--json").answer["added"] == 2
    assigned = xlpy("assign", book, "--json").answer
    assert [a["checkers"] for a in assigned["assignments"]] == [["Берёзкин Олег Ильич"]]
    ran = xlpy("protocols", book, "--json")
    assert ran.answer == {"files": [], "empty": [{"class": "5А", "subject": "Математика"}]}
    door = ClosedWorkbook(book)
    points = {f"task_{number}": 1 for number in range(1, 16)}
    door.write_table(
        schema.RESULTS,
        [{"code": code, "subject": "Математика", "variant": 1, **points} for code in ("50001", "50002")],
    )
    door.save()
    assert len(xlpy("protocols", book, "--json").answer["files"]) == 1
    assert tables_of(book)["journal"].frame["action"].tolist()[-1] == "Сформировать протоколы"


def test_the_school_s_own_template_is_used(book: Path) -> None:
    own = book.parent / "Шаблоны" / "protocol.docx"
    own.write_bytes(b"not a document")
    ran = xlpy("protocols", book)
    assert ran.code == 2
    assert "protocol.docx" in ran.err


def test_an_older_book_moves_on_with_its_rows_and_a_new_one_stays(book: Path) -> None:
    door = ClosedWorkbook(book)
    door.write_table(
        schema.SETTINGS,
        [
            {"parameter": row, "setting": 0} if row == "Версия книги" else {"parameter": row}
            for row in tables_of(book)["settings"].frame["parameter"]
        ],
    )
    door.save()
    before = tables_of(book)["participants"].frame
    ran = xlpy("upgrade", book, "--json")
    assert ran.code == 0, ran.err
    assert ran.answer["changed"]
    assert Path(ran.answer["copy"]).exists()
    assert tables_of(book)["participants"].frame.equals(before)
    assert not xlpy("upgrade", book, "--json").answer["changed"]
