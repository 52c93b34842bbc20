"""A teacher's form: whose it is, which tasks and codes it holds, and the line by which it is known again.

What writes forms and what reads them back both stand on these. Knows no file and no workbook.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256

from xlpy.exchange.packet_form import FormRow, FormTask, digest_of
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Value
from xlpy.words import forms as words

__all__ = ["FORMAT", "FormRow", "FormTask", "Identity", "TeacherForm", "Turn", "Work", "digest_of"]

# The format of the file. A reader refuses what is newer than itself.
FORMAT = 1
Work = tuple[str, str]


class Turn(Enum):
    """Which of the two independent checks a form is for."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form this is. `number` binds it to a school: see `number_of`. `format` is that of the file.

    `checker` and `school` are as shown to people; both may be "" where only the visible line is left.
    """

    school_class: str
    subject: str
    year: str
    turn: Turn
    version: int
    number: str
    format: int = FORMAT
    checker: str = ""
    school: str = ""

    @property
    def pack(self) -> tuple[str, str, Turn]:
        """What the form is for, whoever checks it and whatever its version."""
        return self.school_class, self.subject, self.turn


@dataclass(frozen=True, slots=True)
class TeacherForm:
    """A form to write. `scale`: least points for 3, 4, 5, None where the scale is not known.

    `typed` are values carried over from an earlier version, by code and column key of «Результаты».
    """

    identity: Identity
    tasks: tuple[FormTask, ...]
    rows: tuple[FormRow, ...]
    scale: tuple[int, int, int] | None
    until: str
    coordinator: str
    takes_not_taught: bool
    typed: Mapping[tuple[str, str], Value] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """Digest of all that would make another form of it, but for the version and what is typed."""
        said = (
            *(str(part) for part in self.identity.pack),
            self.identity.year,
            self.identity.checker,
            self.until,
            self.coordinator,
            repr(self.scale),
            *(f"{task.number}|{task.label}|{task.maximum}" for task in self.tasks),
            *sorted(row.code for row in self.rows),
        )
        return digest_of(said)


def number_of(school: str, year: str, work: Work, turn: Turn, version: int) -> str:
    """Return the number of a form: a digest that only this school's workbook makes for it, in groups.

    `school` is the login of the school in ФИС ОКО, or its name where there is no login: see `school_keys`.
    """
    said = "\n".join((fold(school), year, fold(work[0]), fold(work[1]), turn.value, str(version)))
    digits = sha256(said.encode()).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"


def school_keys(login: str, short: str, full: str) -> tuple[str, ...]:
    """Return what may stand for the school in the number of a form, the one used for new forms first."""
    return tuple(dict.fromkeys(name for name in (login, short, full) if clean_text(name)))


def identity_line(identity: Identity) -> str:
    """The visible line from which a form is known again, whatever program saved it."""
    return words.IDENTITY.format(
        format=identity.format,
        school_class=identity.school_class,
        subject=identity.subject,
        year=identity.year,
        turn=words.TURNS[identity.turn.value],
        version=identity.version,
        number=identity.number,
    )


_LINE = re.compile(
    words.IDENTITY.format(
        format=r"(?P<format>\d{1,4})",
        school_class=r"(?P<school_class>[^·]{1,40}?)",
        subject=r"(?P<subject>[^·]{1,80}?)",
        year=r"(?P<year>\d{4}/\d\d)",
        turn=r"(?P<turn>[^·]{1,40}?)",
        version=r"(?P<version>\d{1,6})",
        number=r"(?P<number>[0-9A-F]{4}-[0-9A-F]{4})",
    ).replace(" ", r"\s+"),
    re.IGNORECASE,
)
_TURNS = {fold(said): Turn(value) for value, said in words.TURNS.items()}


def identity_of_line(text: str) -> Identity | None:
    """Return what a visible line says; None where it is none. People may have put words around it."""
    found = _LINE.search(clean_text(text))
    if found is None:
        return None
    turn = _TURNS.get(fold(found["turn"]))
    if turn is None:
        return None
    return Identity(
        clean_text(found["school_class"]),
        clean_text(found["subject"]),
        found["year"],
        turn,
        int(found["version"]),
        found["number"].upper(),
        int(found["format"]),
    )


def task_labels(tasks: Sequence[FormTask]) -> tuple[str, ...]:
    """What stands over each task's column, no two the same: «4К1», or «4К1 (№ 7)» where a label is used twice."""
    count = Counter(fold(task.label) for task in tasks)
    return tuple(
        task.label if count[fold(task.label)] == 1 else words.LABEL_TWICE.format(label=task.label, number=task.number)
        for task in tasks
    )


# Names of the custom document properties, and what each holds.
PROPERTIES = ("xlpy-form", "xlpy-class", "xlpy-subject", "xlpy-year", "xlpy-turn", "xlpy-version", "xlpy-number")
CHECKER_PROPERTY, SCHOOL_PROPERTY, BOOK_PROPERTY = "xlpy-checker", "xlpy-school", "xlpy-book"


def properties_of(identity: Identity) -> dict[str, str]:
    """The identity as custom document properties, all of them texts."""
    held = (
        str(identity.format),
        identity.school_class,
        identity.subject,
        identity.year,
        identity.turn.value,
        str(identity.version),
        identity.number,
    )
    named = dict(zip(PROPERTIES, held, strict=True))
    return named | {CHECKER_PROPERTY: identity.checker, SCHOOL_PROPERTY: identity.school}


def identity_of_properties(properties: Mapping[str, str]) -> Identity | None:
    """Return what the document properties say; None where they are not those of a form."""
    held = [properties.get(name, "") for name in PROPERTIES]
    if not all(held) or not (held[0].isdecimal() and held[5].isdecimal()) or held[4] not in {t.value for t in Turn}:
        return None
    return Identity(
        held[1],
        held[2],
        held[3],
        Turn(held[4]),
        int(held[5]),
        held[6],
        int(held[0]),
        properties.get(CHECKER_PROPERTY, ""),
        properties.get(SCHOOL_PROPERTY, ""),
    )


def keys_of(tasks: Iterable[FormTask]) -> tuple[str, ...]:
    """Marks of the task columns in the hidden row: «#1» … for the number of the column on «Результаты»."""
    return tuple(f"#{task.number}" for task in tasks)
