"""A file that somebody has open is not written, its holder is named, and our own commands wait for one another."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from tests.workbook.door.books import write_book
from tests.workbook.door.test_saving_is_all_or_nothing import child, digest
from xlpy.errors import LockedError
from xlpy.tables import schema
from xlpy.words.errors import sentence
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.locks import lock_of


def excel_lock(name: str) -> bytes:
    narrow = name.encode("cp1251")
    wide = name.encode("utf-16-le")
    return bytes([len(narrow)]) + narrow.ljust(54, b" ") + len(name).to_bytes(2, "little") + wide.ljust(108, b" \0"[:1])


def refused(path: Path) -> LockedError:
    before = digest(path)
    book = ClosedWorkbook(path)
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    with pytest.raises(LockedError) as caught:
        book.save()
    assert digest(path) == before
    return caught.value


def test_excel_s_holder_is_named(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    lock = tmp_path / "~$книга.xlsm"
    lock.write_bytes(excel_lock("Сосновская О. П."))
    error = refused(path)
    assert (error.params["who"], error.params["program"]) == ("Сосновская О. П.", "Excel")
    assert lock.name in sentence(error)
    assert lock.exists()


def test_libreoffice_s_holder_is_named(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    (tmp_path / ".~lock.книга.xlsm#").write_text(
        "Ольга Сосновская,olga,school-3,24.11.2026 09:00,file:///home/olga;", "utf-8"
    )
    error = refused(path)
    assert (error.params["who"], error.params["program"]) == ("Ольга Сосновская (school-3)", "LibreOffice")


@pytest.mark.parametrize("lock", [b"", b"\xff", b"\x05abc", bytes(200), b",,,", b"\xff\xfe,\xff"])
def test_an_unreadable_lock_is_a_lock_all_the_same(tmp_path: Path, lock: bytes) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    for name in ("~$книга.xlsm", ".~lock.книга.xlsm#"):
        (tmp_path / name).write_bytes(lock)
        assert refused(path).params["who"]
        (tmp_path / name).unlink()
    assert lock_of(path) is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_lock_beside_the_file_behind_a_link_counts(tmp_path: Path) -> None:
    (tmp_path / "дело").mkdir()
    path = write_book(tmp_path / "дело" / "книга.xlsm")
    (tmp_path / "ссылка.xlsm").symlink_to(path)
    (tmp_path / "дело" / "~$книга.xlsm").write_bytes(excel_lock("Кто-то"))
    assert refused(tmp_path / "ссылка.xlsm").params["who"] == "Кто-то"


def test_a_locked_book_can_be_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    (tmp_path / "~$книга.xlsm").write_bytes(excel_lock("Кто-то"))
    assert len(ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"].values) == 3


def test_another_command_of_ours_in_the_middle_of_saving_is_waited_for(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    lock = FileLock(tmp_path / ".книга.xlsm.xlpy-lock")
    with lock:
        process = child(
            """
            book = ClosedWorkbook(Path(sys.argv[1]), copies=9)
            book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
            print("now", flush=True)
            book.save()
            """,
            str(path),
        )
        assert process.stdout is not None
        process.stdout.readline()
        before = digest(path)
        assert process.poll() is None
    process.communicate()
    assert process.returncode == 0
    assert digest(path) != before


def test_many_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    body = """
        from xlpy.errors import SaveError
        for _ in range(200):
            book = ClosedWorkbook(Path(sys.argv[1]), copies=9)
            book.append_rows(schema.TEACHERS, [{"teacher": sys.argv[2]}])
            try:
                book.save()
                break
            except SaveError as error:
                assert error.code == "changed_on_disk", error
    """
    names = [f"Новый {number}" for number in range(4)]
    processes = [child(body, str(path), name) for name in names]
    for process in processes:
        _, problems = process.communicate()
        assert process.returncode == 0, problems
    found = [row[0] for row in ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"].values]
    assert sorted(found[3:]) == names
    leftovers = [one.name for one in tmp_path.iterdir() if "xlpy" in one.name]
    assert not leftovers or sys.platform == "win32"
