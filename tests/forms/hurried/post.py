"""How forms come back: renamed, copied, nested, attached to a letter, packed; and what else lies in the folder."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook

_FOLDERS = ("", "", "Сдано", "Почта/март", "новая папка/новая папка (2)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies: on disk, relative to the folder; `parts` are all the names a finding may give it by."""

    path: str
    parts: tuple[str, ...]


def place_for(rng: Random, folder: str, name: str, ending: str) -> tuple[str, str]:
    """A way for a file to come back, and its name: as it was, renamed, copied, without an ending."""
    stem = name.removesuffix(".xlsx")
    renamed = rng.choice(
        (stem, stem, stem, f"{stem} (2)", f"{stem} — копия", f"Копия {stem}", "Книга1", "форма готово!")
    )
    where = rng.choice((folder, folder, *_FOLDERS))
    if ending == ".xlsx":
        ending = rng.choice((".xlsx", ".xlsx", ".xlsx", ".XLSX", ""))
    how = rng.choices(("file", "letter", "archive"), (10, 1, 1))[0]
    return how, str(Path(where) / f"{renamed}{ending}")


def put(root: Path, how: str, name: str, data: bytes, taken: set[str]) -> Place:
    """Lay a file into the folder by itself, in a letter or in an archive; never over another."""
    wrapped = {"letter": ".eml", "archive": ".zip", "file": ""}[how]
    inner = Path(name).name
    wanted = f"{Path(name).parent / Path(name).stem}{wrapped}" if wrapped else name
    path = _free(wanted, taken)
    content = {"letter": _letter, "archive": _archive, "file": lambda _name, held: held}[how](inner, data)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)
    return Place(path, (path, inner) if wrapped else (path,))


def _free(name: str, taken: set[str]) -> str:
    path, number = Path(name), 2
    while path.as_posix().casefold() in taken:
        path, number = Path(name).with_name(f"{Path(name).stem} ({number}){Path(name).suffix}"), number + 1
    taken.add(path.as_posix().casefold())
    return path.as_posix()


def _letter(name: str, data: bytes) -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Форма", "teacher@school.example", "vpr@school.example"
    letter.set_content("Высылаю.")
    kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    letter.add_attachment(data, maintype="application", subtype=kind, filename=name)
    return letter.as_bytes()


def _archive(name: str, data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"Формы/{name}", data)
        packed.writestr("Формы/прочти.txt", "готово")
    return out.getvalue()


def lock_beside(root: Path, place: Place, rng: Random) -> None:
    """The lock of a program that has the file open."""
    path = root / place.path
    if rng.random() < 0.5:
        lock = path.with_name(f".~lock.{path.name}#")
        lock.write_text("Иванова Анна,anna,KAB-12,01.04.2021 10:00,file:///x;", encoding="utf-8")
        return
    name = "Петров".encode("cp1251")
    wide = "Петров".encode("utf-16-le")
    data = bytes([len(name)]) + name.ljust(54, b" ") + len("Петров").to_bytes(2, "little") + wide
    path.with_name(f"~${path.name}").write_bytes(data.ljust(165, b"\0"))


def foreign_files(root: Path, book: Path) -> dict[str, bytes]:
    """Lay among the forms what is none; returns the files that look like workbooks all the same."""
    schedule = Workbook()
    for row in (("Урок", "Класс", "1"), ("Математика", "5А", 2), ("50001", 2, 1)):
        schedule.active.append(row)
    out = BytesIO()
    schedule.save(out)
    books = {"Расписание.xlsx": out.getvalue(), "vpr_workbook копия.xlsm": book.read_bytes()}
    broken = {"5А (битый).xlsx": out.getvalue()[:2000], "пустой.xlsx": b""}
    others = {
        "фото.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 500,
        "Thumbs.db": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        "desktop.ini": b"[.ShellClassInfo]",
        "список.csv": "Код;1;2\n50001;1;1\n".encode("cp1251"),
        "приказ.docx": _archive("word", b"text"),
    }
    for name, data in {**books, **broken, **others}.items():
        (root / name).write_bytes(data)
    return {**books, **broken}


def contents(root: Path) -> Mapping[str, bytes]:
    """Every file of the folder, to compare later."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
