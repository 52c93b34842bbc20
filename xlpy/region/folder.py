"""The workbooks of a folder, read one after another; a file that cannot be read is named and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xlpy import actions
from xlpy.errors import InputError, XlpyError
from xlpy.region.school import School, read_school
from xlpy.shipped import WORKBOOK
from xlpy.tables.normalise import fold
from xlpy.words import region as words
from xlpy.words.errors import COPIES_FOLDER, sentence

Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not in the plan: its path within the folder, a code, and why in a sentence."""

    file: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    """A school and the file it stands in, as its path within the folder."""

    school: School
    file: str


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds."""

    read: tuple[Read, ...]
    refused: tuple[Refused, ...]


def books_in(folder: Path) -> tuple[Path, ...]:
    """Return the workbooks of a folder and of the folders right in it, sorted; no lock files, no kept copies.

    Raises InputError where there is no such folder or no workbook in it.
    """
    if not folder.exists():
        raise InputError("no_region_folder", path=str(folder))
    if not folder.is_dir():
        raise InputError("not_folder", path=str(folder))
    found = [*folder.glob("*.xlsm"), *folder.glob("*/*.xlsm")]
    books = sorted((path for path in found if _is_book(path)), key=lambda path: path.relative_to(folder).as_posix())
    if not books:
        raise InputError("no_books", path=str(folder))
    return tuple(books)


def _is_book(path: Path) -> bool:
    hidden = path.name.startswith(("~$", ".")) or path.parent.name.startswith(".")
    return not hidden and path.parent.name != COPIES_FOLDER and path.is_file()


def read_folder(folder: Path, advance: Advance) -> Folder:
    """Return the schools of a folder. Of two books of one school the first by its path counts. Raises InputError."""
    books = books_in(folder)
    read: dict[tuple[str, str], Read] = {}
    refused: list[Refused] = []
    for number, path in enumerate(books):
        advance(number, len(books))
        file = path.relative_to(folder).as_posix()
        try:
            school = _school_of(path)
        except XlpyError as error:
            refused.append(Refused(file, error.code, sentence(error)))
            continue
        key = fold(school.municipality), fold(school.name)
        if key in read:
            refused.append(Refused(file, "twice", words.TWICE.format(school=school.name, other=read[key].file)))
        else:
            read[key] = Read(school, file)
    advance(len(books), len(books))
    return Folder(tuple(read.values()), tuple(refused))


def _school_of(path: Path) -> School:
    from xlpy.workbook.closed import ClosedWorkbook

    tables, settings = actions.staff_tables(ClosedWorkbook(path))
    # A new workbook of a folder has the name of all of them.
    return read_school(tables, settings, path.parent.name if path.name == WORKBOOK else path.stem)
