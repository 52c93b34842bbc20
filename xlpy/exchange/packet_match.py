"""A packet that came back, held against the book: is it ours, and what of it goes into which row of «Результаты»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import pandas as pd

from xlpy.errors import ImportFileError
from xlpy.exchange.packet import tasks_of, work_rows
from xlpy.exchange.packet_form import FormCell, ReadForm, digest_of
from xlpy.exchange.packet_notes import PacketCode, PacketNote, at_work, has_errors
from xlpy.exchange.packet_read import kind_version, text_of
from xlpy.exchange.packet_typed import TypedCell, TypedRow, columns_of, typed_rows, unfinished
from xlpy.tables import schema
from xlpy.tables.convert import TaskState, as_number, as_text
from xlpy.tables.frames import Table
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import class_name, fold, school_year
from xlpy.tables.raw import RawTable, Value
from xlpy.tables.settings import Settings
from xlpy.words import packet as words

Edits = Mapping[tuple[int, str], Value]
_NOWHERE = FormCell(1, 1)


class Existing(Enum):
    """What becomes of points in the book that differ from those of a packet."""

    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class PacketTaken:
    """What a packet gives: cells of «Результаты» by Excel row and key, and notes. With an error it gives nothing.

    `papers` have points in it; `kept` cells differ from the book and stay as they are there.
    """

    school_class: str
    subject: str
    checked_by: str
    notes: tuple[PacketNote, ...]
    edits: Edits = field(default_factory=dict)
    papers: int = 0

    @property
    def is_refused(self) -> bool:
        """Whether an error keeps the whole file out."""
        return has_errors(self.notes)

    @property
    def kept(self) -> int:
        """How many cells hold something else in the book and were left so."""
        return sum(note.code is PacketCode.KEPT for note in self.notes)


def take_packet(
    form: ReadForm,
    file: str,
    tables: Mapping[str, Table],
    settings: Settings,
    earlier: Edits,
    existing: Existing,
) -> PacketTaken:
    """Return what a packet gives; `earlier` are the edits of packets taken before it in the same run.

    Raises ImportFileError where the form is none of ours; `file` names it there.
    """
    version = kind_version(form, words.KIND)
    if version is None:
        raise ImportFileError("packet_foreign", path=file)
    if version > words.VERSION:
        raise ImportFileError("packet_newer", path=file)
    results = tables["results"]
    rows = work_rows(results, _said(form, "school_class"), _said(form, "subject"))
    strange = _strangeness(form, settings, rows)
    if strange:
        return PacketTaken(
            class_name(_said(form, "school_class")), _said(form, "subject"), _said(form, "checked_by"), strange
        )
    school_class, subject = str(rows["school_class"].iloc[0]), str(rows["subject"].iloc[0])
    year = settings.text("year")
    tasks = tasks_of(tables["tasks"], school_class, subject, year)
    columns, notes = columns_of(form, tasks)
    # Under a header that is not the one sent, no cell can be judged.
    typed, found = ((), ()) if has_errors(notes) else typed_rows(form, columns, rows["code"], year)
    notes += (*found, *_doubles(results, rows, typed))
    papers = sum(bool(row.points) for row in typed)
    edits: Edits = {}
    if not has_errors(notes) and papers:
        edits, differences = _compared(results, rows, typed, earlier, existing)
        notes += (*differences, *_gaps(form, rows, typed), *unfinished(typed, tasks))
    elif not has_errors(notes):
        notes += (at_work(PacketCode.NOTHING_TYPED, form.corner),)
    return PacketTaken(school_class, subject, _said(form, "checked_by"), notes, edits, papers)


def _said(form: ReadForm, key: str) -> str:
    return text_of(form.about.get(key))


def _strangeness(form: ReadForm, settings: Settings, rows: pd.DataFrame) -> tuple[PacketNote, ...]:
    """What says that a packet is another school's, another year's, or of a work that the book has not."""
    notes = []
    names = {fold(settings.text(key)): settings.text(key) for key in ("school_short", "school") if settings.text(key)}
    login, own_login = _said(form, "login"), settings.text("fis_login")
    is_ours = fold(login) == fold(own_login) if login and own_login else fold(_said(form, "school")) in names
    if not is_ours:
        own = next(iter(names.values()), own_login)
        notes.append(_about(form, PacketCode.OTHER_SCHOOL, "school", found=_said(form, "school") or login, own=own))
    year, own_year = school_year(_said(form, "year")), settings.text("year")
    if year != own_year:
        notes.append(_about(form, PacketCode.OTHER_YEAR, "year", found=year, own=own_year))
    if rows.empty:
        work = {"school_class": _said(form, "school_class"), "subject": _said(form, "subject")}
        notes.append(_about(form, PacketCode.UNKNOWN_WORK, "school_class", **work))
    return tuple(notes)


def _about(form: ReadForm, code: PacketCode, key: str, /, **params: object) -> PacketNote:
    return PacketNote(code, words.ABOUT_SHEET, form.about.get(key, _NOWHERE).cell, params)


def _doubles(results: Table, rows: pd.DataFrame, typed: Sequence[TypedRow]) -> list[PacketNote]:
    double = rows[rows["code"].duplicated(keep=False)]
    cells = {
        code: ", ".join(results.cell(int(row), "code") for row in places)
        for code, places in double.groupby("code").groups.items()
    }
    return [
        at_work(PacketCode.DOUBLE_IN_BOOK, row.code, code=row.known, cells=cells[row.known])
        for row in typed
        if row.known in cells and (row.points or row.variant)
    ]


def _gaps(form: ReadForm, rows: pd.DataFrame, typed: Sequence[TypedRow]) -> list[PacketNote]:
    """Papers of the book that have no row, and a list of codes that is not the one sent."""
    there = {row.known for row in typed}
    awaited = rows[(rows["variant"] != schema.ABSENT) & (rows["code"] != "")]
    notes = [at_work(PacketCode.ROW_MISSING, form.corner, code=code) for code in awaited["code"] if code not in there]
    codes = [text_of(row.code) for row in form.rows if text_of(row.code)]
    if digest_of(codes) != _said(form, "digest"):
        notes.append(_about(form, PacketCode.ROWS_CHANGED, "digest"))
    return notes


def _compared(
    results: Table, rows: pd.DataFrame, typed: Sequence[TypedRow], earlier: Edits, existing: Existing
) -> tuple[dict[tuple[int, str], Value], list[PacketNote]]:
    """The cells to write, and notes about those where the book holds something else."""
    row_of = dict(zip(rows["code"], rows.index.tolist(), strict=True))
    edits: dict[tuple[int, str], Value] = {}
    notes: list[PacketNote] = []
    for paper in typed:
        row = row_of[paper.known]
        if rows.at[row, "variant"] == schema.ABSENT:
            if paper.points:
                cell = results.cell(row, "variant")
                notes.append(at_work(PacketCode.ABSENT_IN_BOOK, paper.code, code=paper.known, cell=cell))
            continue
        for one in (*((paper.variant,) if paper.variant else ()), *paper.points):
            held = earlier[row, one.key] if (row, one.key) in earlier else _held(results, row, one.key)
            if held == one.meant:
                continue
            # The same number typed as text is no other number: it is only set right.
            is_other = held is not None and as_number(held) != one.meant
            if is_other:
                notes.append(_difference(results, row, paper, one, held, existing))
            if not is_other or existing is Existing.REPLACE:
                edits[row, one.key] = one.meant
    return edits, notes


def _difference(
    results: Table, row: int, paper: TypedRow, one: TypedCell, held: Value, existing: Existing
) -> PacketNote:
    what = words.WHAT_TASK if one.label else words.WHAT_VARIANT
    return at_work(
        PacketCode.REPLACED if existing is Existing.REPLACE else PacketCode.KEPT,
        one.cell,
        what=what.format(code=paper.known, label=one.label),
        found=one.meant,
        own=as_text(held),
        cell=f"{results.sheet.name}!{results.cell(row, one.key)}",
    )


def _held(results: Table, row: int, key: str) -> Value:
    """What a cell of «Результаты» holds, as it means; None where it is empty, the text as written where unreadable."""
    if (row, key) in results.errors:
        return results.errors[row, key]
    if key == "variant":
        variant = str(results.frame.at[row, key])
        return int(variant) if variant.isdecimal() else variant or None
    if results.states is None:
        raise ValueError(f"{results.sheet.key} has no task columns")
    state = TaskState(int(str(results.states.at[row, key])))
    if state is TaskState.POINTS:
        return float(str(results.frame.at[row, key]))
    if state is TaskState.UNREADABLE:
        return next((as_text(slip.written) or "?" for slip in results.slips if (slip.row, slip.key) == (row, key)), "?")
    return {TaskState.NOT_ATTEMPTED: schema.NOT_ATTEMPTED, TaskState.NOT_TAUGHT: schema.NOT_TAUGHT}.get(state)


def rows_with(raw: RawTable, edits: Edits) -> list[dict[str, Value]]:
    """Return all rows of «Результаты» as they stand, each named by its key, with the edits of its cells."""
    positions = positions_of(schema.RESULTS, raw.captions)
    rows: list[dict[str, Value]] = [{key: line[positions[key]] for key in schema.RESULTS.match} for line in raw.values]
    for (row, key), value in edits.items():
        rows[row - raw.first_row][key] = value
    return rows
