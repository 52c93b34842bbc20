"""A file of the folder of forms as it lies there now: a form as it was written, one that was typed into, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

from xlpy.errors import XlpyError
from xlpy.exchange.forms.form import Identity
from xlpy.exchange.forms.standing import identity_in
from xlpy.tables.raw import PlainBook
from xlpy.words import handing_out as words
from xlpy.words.errors import sentence
from xlpy.workbook.anybook import read_any_book
from xlpy.workbook.formfiles import FoundFile


class State(Enum):
    """What lies where a form was put."""

    INTACT = "intact"
    CHANGED = "changed"
    GONE = "gone"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Look:
    """A form as it lies there now: `book` and `identity` where it was opened, `why` it could not be."""

    state: State
    data: bytes = b""
    identity: Identity | None = None
    book: PlainBook | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form of this school that lies anywhere in the folder."""

    identity: Identity
    file: str

    @property
    def is_retired(self) -> bool:
        """Whether it was moved aside."""
        return self.file.startswith(f"{words.RETIRED}/")


def opened(data: bytes, file: str) -> Look:
    """Return a file as a form: `identity` is None where it is none."""
    try:
        book = read_any_book(data, file)
    except XlpyError as error:
        return Look(State.UNREADABLE, data, why=sentence(error))
    return Look(State.CHANGED, data, identity_in(book), book)


def form_in(file: FoundFile) -> FoundForm | None:
    """A form that lies there as a file of its own; what is inside of letters and archives cannot be moved."""
    if PurePosixPath(file.name).name != file.path.name:
        return None
    identity = opened(file.data, file.name).identity
    return None if identity is None else FoundForm(identity, file.name)
