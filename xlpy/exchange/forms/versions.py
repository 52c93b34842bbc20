"""What was handed out before: the record that lies in the folder of forms, and how a form of today differs from it.

The record is written by the program and read with distrust: whatever is not as it should be is left out, never obeyed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import sha256
from pathlib import PurePosixPath

from xlpy.errors import InputError
from xlpy.exchange.forms.form import FormTask, Identity, TeacherForm, Turn, number_of
from xlpy.tables import schema
from xlpy.tables.normalise import fold

RECORD_FORMAT = 1
# Bytes: thousands of times what a large school has.
LARGEST_RECORD = 20_000_000
Pack = tuple[str, str, str, Turn]


def pack_of(identity: Identity) -> Pack:
    """What a form is for, however class and subject are spelled; years do not meet."""
    return identity.year, fold(identity.school_class), fold(identity.subject), identity.turn


@dataclass(frozen=True, slots=True)
class Issued:
    """A form as it was handed out. `file`: where it lies in the folder, "" where it was taken back.

    `content` and `digest` (of the file's bytes as written) are "" where only the form itself is known, without record.
    `tasks` and `papers` (code → variant) as printed; `carried`: how many values of an earlier version it was given.
    """

    identity: Identity
    file: str
    content: str = ""
    digest: str = ""
    carried: int = 0
    until: str = ""
    scale: str = ""
    tasks: tuple[FormTask, ...] = ()
    papers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """Folder of each person, and the last form of each pack; forms of another school may be among them."""

    people: Mapping[str, str]
    forms: tuple[Issued, ...]


class Change(Enum):
    """In what a form of today differs from the one handed out."""

    CHECKER = "checker"
    NEW_PAPERS = "new papers"
    GONE_PAPERS = "gone papers"
    UNTIL = "until"
    TASKS = "tasks"
    SCALE = "scale"
    OTHER = "other"


def bytes_digest(data: bytes) -> str:
    """Digest by which a file is known to be as it was written."""
    return sha256(data).hexdigest()


def issued_as(form: TeacherForm, data: bytes, file: str) -> Issued:
    """What the record keeps of a form that was just written into `file`."""
    return Issued(
        form.identity,
        file,
        form.content,
        bytes_digest(data),
        len(form.typed),
        form.until,
        repr(form.scale),
        form.tasks,
        {row.code: row.variant for row in form.rows},
    )


def at_version(form: TeacherForm, school: str, version: int) -> TeacherForm:
    """Return the form as this version of it, with the number that goes with it."""
    said = form.identity
    number = number_of(school, said.year, (said.school_class, said.subject), said.turn, version)
    return replace(form, identity=replace(said, version=version, number=number))


def is_of_school(identity: Identity, school_keys: Sequence[str]) -> bool:
    """Whether a form was made by a workbook of this school."""
    work = identity.school_class, identity.subject
    return any(
        number_of(key, identity.year, work, identity.turn, identity.version) == identity.number for key in school_keys
    )


def changes_of(issued: Issued, form: TeacherForm) -> tuple[tuple[Change, int], ...]:
    """Return what is new in a form against the one handed out, papers with their count; () where nothing is known."""
    if not issued.content:
        return ()
    codes = {row.code for row in form.rows}
    found = (
        (Change.CHECKER, int(fold(issued.identity.checker) != fold(form.identity.checker))),
        (Change.NEW_PAPERS, len(codes - issued.papers.keys())),
        (Change.GONE_PAPERS, len(issued.papers.keys() - codes)),
        (Change.UNTIL, int(issued.until != form.until)),
        (Change.TASKS, int(issued.tasks != form.tasks)),
        (Change.SCALE, int(issued.scale != repr(form.scale))),
    )
    said = tuple((change, count) for change, count in found if count)
    return said or ((Change.OTHER, 1),)


def record_bytes(record: Record, about: str) -> bytes:
    """Return the record as a file: sorted, so that the same record is the same file. `about` is for who opens it."""
    forms = sorted(record.forms, key=lambda issued: (pack_of(issued.identity)[:3], issued.identity.turn.value))
    said = {
        "about": about,
        "format": RECORD_FORMAT,
        "people": dict(sorted(record.people.items())),
        "forms": [_entry(issued) for issued in forms],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(issued: Issued) -> dict[str, object]:
    identity = issued.identity
    return {
        "class": identity.school_class,
        "subject": identity.subject,
        "year": identity.year,
        "turn": identity.turn.value,
        "version": identity.version,
        "number": identity.number,
        "checker": identity.checker,
        "school": identity.school,
        "file": issued.file,
        "content": issued.content,
        "digest": issued.digest,
        "carried": issued.carried,
        "until": issued.until,
        "scale": issued.scale,
        "tasks": [[task.number, task.label, task.maximum] for task in issued.tasks],
        "papers": dict(issued.papers),
    }


def read_record(data: bytes, name: str) -> Record | None:
    """Return what the record says; None where it is no record. Entries that make no sense are left out.

    Raises InputError where a newer program wrote it: what it means there is not known here.
    """
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("format"), int) or not isinstance(said.get("forms"), list):
        return None
    if said["format"] > RECORD_FORMAT:
        raise InputError("forms_record_newer", path=name)
    people = said.get("people")
    held = people.items() if isinstance(people, dict) else ()
    forms = [issued for entry in said["forms"] if (issued := _issued(entry)) is not None]
    return Record({person: folder for person, folder in held if _is_one_name(folder)}, tuple(forms))


_TEXTS = ("class", "subject", "year", "turn", "number", "checker", "school", "file")
_MORE_TEXTS = ("content", "digest", "until", "scale")


def _issued(entry: object) -> Issued | None:
    if not isinstance(entry, dict):
        return None
    texts = [entry.get(key) for key in (*_TEXTS, *_MORE_TEXTS)]
    version, carried, papers, tasks = (entry.get(key) for key in ("version", "carried", "papers", "tasks"))
    if not all(isinstance(text, str) for text in texts) or type(version) is not int or type(carried) is not int:
        return None
    if not isinstance(papers, dict) or not all(isinstance(variant, str) for variant in papers.values()):
        return None
    if not isinstance(tasks, list) or not all(map(_is_task, tasks)):
        return None
    if entry["turn"] not in {turn.value for turn in Turn} or version < 1 or not _is_inside(entry["file"]):
        return None
    identity = Identity(
        entry["class"],
        entry["subject"],
        entry["year"],
        Turn(entry["turn"]),
        version,
        entry["number"],
        checker=entry["checker"],
        school=entry["school"],
    )
    more = {key: entry[key] for key in _MORE_TEXTS}
    printed = tuple(FormTask(*task) for task in tasks)
    return Issued(identity, entry["file"], carried=carried, papers=papers, tasks=printed, **more)


def _is_task(task: object) -> bool:
    """Whether an entry is a number of «Результаты», a label and a maximum."""
    return (
        isinstance(task, list)
        and [type(part) for part in task] == [int, str, int]
        and 1 <= task[0] <= schema.TASK_COUNT
    )


def _is_inside(file: str) -> bool:
    """Whether a path of the record leads into the folder and nowhere else, on any system; "" is no path."""
    path = PurePosixPath(file)
    return not file or not (path.is_absolute() or ".." in path.parts or any(mark in file for mark in "\\:\0"))


def _is_one_name(folder: object) -> bool:
    return isinstance(folder, str) and bool(folder) and _is_inside(folder) and len(PurePosixPath(folder).parts) == 1
