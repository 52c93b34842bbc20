"""Forms come back in folders, letters and archives, among thousands of other files, from disks that go away."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.workbook.anybooks import compound, packed, small_xlsx
from xlpy.errors import InputError
from xlpy.words.errors import sentence
from xlpy.workbook.anybook import read_any_book
from xlpy.workbook.formfiles import FoundFile, UnreadFile, found_files

ROW = b'<row r="1"><c r="A1"><v>%d</v></c></row>'


def form(number: int = 1) -> bytes:
    return small_xlsx(ROW % number)


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return [one.name for one in found_files(folder)]


def unread(folder: Path) -> dict[str, str]:
    found = {one.name: one.error for one in found_files(folder) if isinstance(one, UnreadFile)}
    assert all("{" not in sentence(error) for error in found.values())
    return {name: error.code for name, error in found.items()}


def value_of(found: object) -> object:
    assert isinstance(found, FoundFile)
    return read_any_book(found.data, found.name).sheets[0].values[0][0]


def test_files_of_all_folders_come_in_order_with_the_names_people_see(tmp_path: Path) -> None:
    for name in ("б/в/3.xlsx", "б/2.xlsx", "1.xlsx", "а/4 (2).xlsx", "без имени"):
        put(tmp_path / name, form())
    assert names(tmp_path) == ["1.xlsx", "без имени", "а/4 (2).xlsx", "б/2.xlsx", "б/в/3.xlsx"]
    assert [one.path for one in found_files(tmp_path) if isinstance(one, FoundFile)][-1] == tmp_path / "б/в/3.xlsx"


def test_locks_hidden_files_and_our_own_temporary_ones_are_passed_over(tmp_path: Path) -> None:
    passed = ("~$1.xlsx", ".~lock.1.xlsx#", ".1.xlsx.77.xlpy-new", "Thumbs.db", "desktop.ini", ".скрыто/1.xlsx")
    for name in ("1.xlsx", *passed):
        put(tmp_path / name, form())
    assert names(tmp_path) == ["1.xlsx"]


def test_who_has_a_form_open_is_named_and_its_saved_state_is_read(tmp_path: Path) -> None:
    put(tmp_path / "1.xlsx", form(7))
    put(tmp_path / "2.xlsx", form())
    put(tmp_path / ".~lock.1.xlsx#", "Вера Клёнова,vera,school-5,24.11.2026 09:00,file:///x;".encode())
    first, second = found_files(tmp_path)
    assert value_of(first) == 7
    assert isinstance(first, FoundFile)
    assert first.held_by is not None
    assert first.held_by.params["who"] == "Вера Клёнова (school-5)"
    assert isinstance(second, FoundFile)
    assert second.held_by is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_lead_back_up_or_nowhere_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "формы"
    put(folder / "а" / "1.xlsx", form())
    put(tmp_path / "чужое.xlsx", form())
    (folder / "а" / "назад").symlink_to("..")
    (folder / "вверх").symlink_to(tmp_path)
    (folder / "пусто.xlsx").symlink_to("нет.xlsx")
    (folder / "кругом").symlink_to("кругом")
    assert [one for one in names(folder) if "чужое" in one] == []
    assert names(folder).count("а/1.xlsx") == 1
    assert unread(folder) == {"пусто.xlsx": "file_gone", "кругом": "file_gone"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_behind_a_link_is_walked_once(tmp_path: Path) -> None:
    put(tmp_path / "общая" / "1.xlsx", form())
    (tmp_path / "формы").mkdir()
    for name in ("а", "б"):
        (tmp_path / "формы" / name).symlink_to(tmp_path / "общая")
    assert names(tmp_path / "формы") == ["а/1.xlsx"]


def letter(*attachments: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Форма 5А", "vera@example.org", "olga@example.org"
    message.set_content("Посылаю форму.")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def test_attachments_of_letters_are_taken_with_their_names(tmp_path: Path) -> None:
    put(tmp_path / "письмо.eml", letter(("Форма 5А – математика (2).xlsx", form(3)), ("подпись.png", b"\x89PNG")))
    (found,) = found_files(tmp_path)
    assert found.name == "письмо.eml → Форма 5А – математика (2).xlsx"
    assert value_of(found) == 3
    assert isinstance(found, FoundFile)
    assert found.path == tmp_path / "письмо.eml"


def test_names_of_attachments_in_the_old_encodings_are_read(tmp_path: Path) -> None:
    body = base64.b64encode(form(4)).decode()
    word = "=?koi8-r?B?" + base64.b64encode("форма 5А.xlsx".encode("koi8-r")).decode() + "?="
    text = (
        "Received: from x by y\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        f'Content-Type: application/vnd.ms-excel; name="{word}"\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n'
        "--b--\r\n"
    )
    put(tmp_path / "без окончания", text.encode())
    (found,) = found_files(tmp_path)
    assert (found.name, value_of(found)) == ("без окончания → форма 5А.xlsx", 4)


def test_a_letter_forwarded_as_an_attachment_is_opened_too(tmp_path: Path) -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"] = outer["Subject"] = "Fwd"
    inner.set_content("x")
    inner.add_attachment(form(5), maintype="application", subtype="zip", filename="5.xlsx")
    outer.set_content("y")
    outer.add_attachment(inner)
    put(tmp_path / "п.eml", bytes(outer))
    assert [(one.name, value_of(one)) for one in found_files(tmp_path)] == [("п.eml → 5.xlsx", 5)]


def test_a_letter_or_archive_without_workbooks_is_one_foreign_file(tmp_path: Path) -> None:
    put(tmp_path / "письмо.eml", letter(("подпись.png", b"\x89PNG")))
    put(tmp_path / "фото.zip", packed({"1.jpg": b"\xff\xd8", "2.jpg": b"\xff\xd8"}))
    put(tmp_path / "приказ.docx", packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    for found in found_files(tmp_path):
        assert isinstance(found, FoundFile)
        with pytest.raises(InputError) as caught:
            read_any_book(found.data, found.name)
        assert caught.value.code == "not_a_workbook"


def test_members_of_archives_are_taken_and_names_of_windows_are_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("папка/2.xlsx", form(2))
        archive.writestr("__MACOSX/._2.xlsx", b"x")
        archive.writestr("папка/~$2.xlsx", form())
        archive.writestr("читай.txt", b"x")
        archive.writestr(zipfile.ZipInfo("\u2592\u2593.xlsx".encode("cp437").decode("cp437")), form(1))
    data = out.getvalue()
    # The same bytes of a name as archives of Windows hold them: the code page of DOS, without the mark of UTF-8.
    wide = "\u2592\u2593.xlsx".encode()
    assert data.count(wide) == 2
    narrow = "форма.xlsx".encode("cp866")[: len(wide)].rjust(len(wide), b"_")
    data = data.replace(wide, narrow)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.rfind(sign, 0, data.rfind(narrow) if place == 8 else data.find(narrow))
        data = data[: at + place] + b"\0\0" + data[at + place + 2 :]
    put(tmp_path / "архив.zip", data)
    assert {one.name: value_of(one) for one in found_files(tmp_path)} == {
        "архив.zip → папка/2.xlsx": 2,
        f"архив.zip → {narrow.decode('cp866')}": 1,
    }


def test_an_archive_in_a_letter_is_opened_and_deeper_ones_end_somewhere(tmp_path: Path) -> None:
    put(tmp_path / "п.eml", letter(("архив.zip", packed({"5А.xlsx": form(5)}))))
    (found,) = found_files(tmp_path)
    assert (found.name, value_of(found)) == ("п.eml → архив.zip → 5А.xlsx", 5)
    data = form(1)
    for _ in range(30):
        data = packed({"внутри.zip": data})
    put(tmp_path / "матрёшка.zip", data)
    assert len(names(tmp_path)) == 2


def test_an_archive_that_would_fill_the_memory_is_told_so(tmp_path: Path) -> None:
    put(tmp_path / "нули.zip", packed({"1.xlsx": b"PK" + bytes(3 * 1024 * 1024), "2.xlsx": form(2)}))
    put(tmp_path / "много.zip", packed({f"{number}.xlsx": b"" for number in range(2001)}))
    assert unread(tmp_path) == {"нули.zip → 1.xlsx": "too_large", "много.zip → много.zip": "too_large"}
    assert "нули.zip → 2.xlsx" in names(tmp_path)


def test_a_member_under_a_password_or_damaged_is_named(tmp_path: Path) -> None:
    data = packed({"1.xlsx": form(1), "2.xlsx": form(2)})
    locked = bytearray(data)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.find(sign) + place] |= 1
    put(tmp_path / "закрыт.zip", bytes(locked))
    broken = bytearray(data)
    broken[60] ^= 0xFF
    put(tmp_path / "битый.zip", bytes(broken))
    assert unread(tmp_path) == {"закрыт.zip → 1.xlsx": "encrypted", "битый.zip → 1.xlsx": "truncated"}


def test_archives_of_other_programs_are_asked_to_be_unpacked(tmp_path: Path) -> None:
    put(tmp_path / "а.rar", b"Rar!\x1a\x07\x01\x00" + bytes(50))
    put(tmp_path / "б.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50))
    assert unread(tmp_path) == {"а.rar": "other_archive", "б.7z": "other_archive"}


def test_of_two_thousand_foreign_files_only_the_first_bytes_are_read(tmp_path: Path) -> None:
    photo = b"\xff\xd8\xff\xe0" + bytes(20_000)
    for number in range(2_000):
        (tmp_path / f"{number:04d}.jpg").write_bytes(photo)
    put(tmp_path / "форма.xlsx", form(6))
    with (tmp_path / "фильм.mp4").open("wb") as film:
        film.truncate(40 * 1024 * 1024 * 1024)
    found = [one for one in found_files(tmp_path) if isinstance(one, FoundFile)]
    assert len(found) == 2_002
    assert sum(len(one.data) for one in found) < 2_100_000
    assert value_of(found[-1]) == 6


def test_a_workbook_of_unusual_size_is_not_read(tmp_path: Path) -> None:
    path = put(tmp_path / "большая.xlsx", form())
    with path.open("r+b") as file:
        file.truncate(33 * 1024 * 1024)
    assert unread(tmp_path) == {"большая.xlsx": "too_large"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever runs the tests may read everything")
def test_a_file_and_a_folder_without_rights_are_named(tmp_path: Path) -> None:
    put(tmp_path / "закрыто" / "1.xlsx", form())
    put(tmp_path / "2.xlsx", form()).chmod(0)
    (tmp_path / "закрыто").chmod(0)
    try:
        assert unread(tmp_path) == {"2.xlsx": "not_readable", "закрыто": "not_readable"}
    finally:
        (tmp_path / "закрыто").chmod(0o700)


@pytest.mark.skipif(os.name == "nt", reason="no such files on Windows")
def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "труба.xlsx")
    assert names(tmp_path) == []


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


def test_a_folder_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    put(tmp_path / "файл.xlsx", form())
    for name, code in (
        ("нет", "no_forms_folder"),
        ("файл.xlsx", "not_folder"),
        ("файл.xlsx/внутри", "no_forms_folder"),
    ):
        with pytest.raises(InputError) as caught:
            found_files(tmp_path / name)
        assert caught.value.code == code
        assert "{" not in sentence(caught.value)


def test_a_path_of_three_hundred_letters_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < 300:
        deep /= "папка с длинным именем"
    put(deep / "форма.xlsx", form(8))
    (found,) = found_files(tmp_path)
    assert value_of(found) == 8
    assert len(str(found.path)) > 300  # type: ignore[union-attr]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is another one there")
def test_a_path_longer_than_the_system_takes_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        found_files(tmp_path / ("и" * 3000))
    assert caught.value.code == "path_too_long"
    assert "{" not in sentence(caught.value)


REMOVER = """
import shutil, sys
sys.stdin.readline()
shutil.rmtree(sys.argv[1])
print("gone", flush=True)
"""


def removed_by_another_process(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", REMOVER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.communicate("\n")[0] == "gone\n"


def test_a_folder_that_goes_away_meanwhile_is_told_once(tmp_path: Path) -> None:
    folder = tmp_path / "сеть"
    for number in range(50):
        put(folder / f"{number:02d}.xlsx", form(number))
    walk = found_files(folder)
    assert value_of(next(walk)) == 0
    removed_by_another_process(folder)
    (last,) = walk
    assert isinstance(last, UnreadFile)
    assert last.error.code == "folder_gone"
    assert "сеть" in sentence(last.error)


def test_a_file_or_inner_folder_that_goes_away_meanwhile_costs_only_itself(tmp_path: Path) -> None:
    for name in ("1.xlsx", "2.xlsx", "3.xlsx", "внутри/4.xlsx", "внутри/5.xlsx", "ещё/6.xlsx"):
        put(tmp_path / name, form())
    walk = found_files(tmp_path)
    seen = [next(walk).name]
    (tmp_path / "2.xlsx").unlink()
    seen += [next(walk).name for _ in range(3)]
    removed_by_another_process(tmp_path / "внутри")
    rest = list(walk)
    assert [one.name for one in rest if isinstance(one, FoundFile)] == ["ещё/6.xlsx"]
    assert seen == ["1.xlsx", "2.xlsx", "3.xlsx", "внутри/4.xlsx"]
    assert [(one.name, one.error.code) for one in rest if isinstance(one, UnreadFile)] == [
        ("внутри/5.xlsx", "file_gone")
    ]


def test_an_encrypted_attachment_comes_as_a_file_of_its_own(tmp_path: Path) -> None:
    put(tmp_path / "п.eml", letter(("5А.xlsx", compound({"EncryptedPackage": bytes(5000)}))))
    (found,) = found_files(tmp_path)
    assert isinstance(found, FoundFile)
    with pytest.raises(InputError) as caught:
        read_any_book(found.data, found.name)
    assert caught.value.code == "encrypted"
