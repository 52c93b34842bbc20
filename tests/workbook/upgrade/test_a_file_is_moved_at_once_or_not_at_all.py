from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.upgrade.books import VERSION, by_caption, day, newest, older_book, tables
from tests.workbook.upgrade.test_all_rows_come_along import set_version
from xlpy.errors import InputError, LockedError, WorkbookError
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.upgrade import UpgradeResult, upgrade

TEACHERS: list[dict[str, Value]] = [{"teacher": "Лукина Ольга Павловна"}]


def book(tmp_path: Path, version: Value = 0, name: str = "книга.xlsm") -> Path:
    return older_book(tmp_path / name, {"teachers": TEACHERS}, version=version)


def test_the_old_book_stays_among_the_copies(tmp_path: Path) -> None:
    path = book(tmp_path)
    old = path.read_bytes()
    result = upgrade(path, newest(), moment=day("01.04.2026"))
    assert result.copy == tmp_path / "Копии" / "книга 2026-04-01 00-00-00.xlsm"
    assert result.copy.read_bytes() == old
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Копии", "книга.xlsm"]


def test_a_book_of_this_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsm"
    path.write_bytes(newest())
    result = upgrade(path, newest())
    assert not result.is_changed
    assert path.read_bytes() == newest()
    assert not (tmp_path / "Копии").exists()


def test_a_book_of_this_version_that_lost_a_column_or_a_sheet_is_mended(tmp_path: Path) -> None:
    path = older_book(
        tmp_path / "книга.xlsm",
        {"teachers": TEACHERS},
        version=schema.SCHEMA_VERSION,
        dropped=[("teachers", "roles")],
        missing=["conflicts"],
    )
    assert upgrade(path, newest()).is_changed
    assert by_caption(tables(path)["teachers"]) == [{"ФИО": "Лукина Ольга Павловна"}]
    assert not upgrade(path, newest()).is_changed


@pytest.mark.parametrize("version", [None, "первая"])
def test_a_book_that_does_not_say_its_version_is_moved(tmp_path: Path, version: Value) -> None:
    path = book(tmp_path, version)
    result = upgrade(path, newest())
    assert result.is_changed
    assert result.version_from is None
    assert {row["Параметр"]: row.get("Значение") for row in by_caption(tables(path)["settings"])}[
        VERSION
    ] == schema.SCHEMA_VERSION


def test_a_newer_book_is_refused_and_untouched(tmp_path: Path) -> None:
    path = book(tmp_path, schema.SCHEMA_VERSION + 1)
    old = path.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        upgrade(path, newest())
    assert (caught.value.code, caught.value.params["version"]) == ("newer_book", schema.SCHEMA_VERSION + 1)
    assert path.read_bytes() == old


@pytest.mark.parametrize("lock", ["~$книга.xlsm", ".~lock.книга.xlsm#"])
def test_a_book_that_somebody_has_open_is_untouched(tmp_path: Path, lock: str) -> None:
    path = book(tmp_path)
    old = path.read_bytes()
    (tmp_path / lock).write_bytes(b"x,x,x,x,x")
    with pytest.raises(LockedError):
        upgrade(path, newest())
    assert path.read_bytes() == old
    assert (tmp_path / lock).exists()


def test_a_book_without_macros_gets_one_with_them_beside_it(tmp_path: Path) -> None:
    path = book(tmp_path, name="книга.xlsx")
    old = path.read_bytes()
    result = upgrade(path, newest())
    assert (result.path, result.copy) == (tmp_path / "книга.xlsm", None)
    assert path.read_bytes() == old
    assert by_caption(tables(result.path)["teachers"]) == [{"ФИО": "Лукина Ольга Павловна"}]
    with pytest.raises(InputError):
        upgrade(path, newest())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain text"])
def test_what_is_no_workbook_is_refused_and_untouched(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "книга.xlsm"
    path.write_bytes(data)
    with pytest.raises(WorkbookError):
        upgrade(path, newest())
    assert path.read_bytes() == data


def test_a_truncated_book_is_refused_and_untouched(tmp_path: Path) -> None:
    path = book(tmp_path)
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(WorkbookError):
        upgrade(path, newest())


def test_as_many_copies_are_kept_as_the_book_says(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsm"
    older_book(path, {"settings": [{"parameter": "Хранить копий", "setting": 1}]})
    upgrade(path, newest(), moment=day("01.04.2026"))
    for number in range(2, 4):
        set_version(path, 0)
        upgrade(path, newest(), moment=day(f"0{number}.04.2026"))
    assert len(list((tmp_path / "Копии").iterdir())) == 1


def test_the_macros_and_the_limits_are_the_newest(tmp_path: Path) -> None:
    path = book(tmp_path)
    upgrade(path, newest())
    from xlpy.workbook.package import open_package, package_of

    moved, fresh = open_package(path), package_of(newest(), path)
    assert b"".join(moved.chunks("xl/vbaProject.bin")) == b"".join(fresh.chunks("xl/vbaProject.bin"))
    declared = (sheet.name for sheet in schema.SHEETS)
    assert ClosedWorkbook(path).sheet_names() == (schema.PANEL_NAME, *declared, schema.LISTS_NAME)


def test_what_came_of_it_is_said_in_sentences_and_in_json(tmp_path: Path) -> None:
    path = book(tmp_path)
    result = upgrade(path, newest())
    assert result.answer()["rows"] == {"Настройки": 1, "Учителя": 1}
    said = " ".join(result.lines())
    for part in (str(result.path), str(result.copy), "Учителя"):
        assert part in said
    alone = UpgradeResult(path, path, 1, 1, is_changed=False)
    assert len(alone.lines()) == 1
