"""A school that gives works away, packets as another school types into them, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from tests.checks.school import MATHS, Change, Row, Rows, spoilt
from xlpy import packets
from xlpy.actions import Stamp
from xlpy.exchange.packet_form import Form
from xlpy.exchange.packet_match import Existing, PacketTaken
from xlpy.exchange.packet_write import write_form
from xlpy.packets import TakenFile
from xlpy.tables import schema
from xlpy.tables.raw import RawTable, Value
from xlpy.workbook.memory import MemoryWorkbook

CLASS = "5Б"
# Excel rows of 5Б Математика on «Результаты» and the codes that stand there.
ROWS = {19: "50004", 20: "50005", 21: "50006"}
STAMP = Stamp(datetime(2021, 3, 20, 12, 0), "Завуч")
TASKS = ("task_1", "task_2", "task_3")


def untyped(*rows: int) -> Change:
    """Nobody has typed points into these Excel rows yet."""

    def change(school: Rows) -> None:
        for row in rows:
            school["results"][row - 7] |= dict.fromkeys(TASKS)

    return change


def a_school(*changes: Change) -> MemoryWorkbook:
    """The legal school, with 5Б Математика still to be checked."""
    return MemoryWorkbook.filled(spoilt(untyped(*ROWS), *changes))


def form_of(book: MemoryWorkbook, school_class: str = CLASS, subject: str = MATHS) -> Form:
    """The form of a work's packet."""
    made, refused = packets.plan_packets(book, [(school_class, subject)])
    assert not refused, refused
    return made[0].form


def typed(path: Path, data: bytes, cells: Mapping[str, object], *, about: Mapping[str, object] | None = None) -> Path:
    """Save a packet as another program does after typing into «Работы», and into «Пояснение» by caption."""
    book = load_workbook(BytesIO(data))
    for cell, value in cells.items():
        book["Работы"][cell].value = value
    for caption, value in (about or {}).items():
        line = next(line for line in book["Пояснение"].iter_rows() if line[0].value == caption)
        line[1].value = value
    book.save(path)
    return path


def came_back(
    book: MemoryWorkbook,
    path: Path,
    cells: Mapping[str, object],
    *,
    about: Mapping[str, object] | None = None,
    existing: Existing = Existing.KEEP,
) -> PacketTaken:
    """What a book takes from its packet of 5Б Математика with these cells typed; written into the book."""
    file = typed(path / "пакет.xlsx", write_form(form_of(book)), cells, about=about)
    return taken_from(book, [file], existing)[0].taken


def taken_from(
    book: MemoryWorkbook, files: Sequence[Path], existing: Existing = Existing.KEEP
) -> tuple[TakenFile, ...]:
    """What a book takes from files; written into the book."""
    taken = packets.take_packets(book, files, existing)
    packets.write_taken(book, taken, STAMP)
    return taken


def results(raw: RawTable) -> dict[int, Row]:
    """«Результаты» by Excel row and key."""
    keys = [column.key for column in schema.RESULTS.columns]
    return {at: dict(zip(keys, line, strict=False)) for at, line in enumerate(raw.values, start=raw.first_row)}


def points(book: MemoryWorkbook) -> dict[str, tuple[Value, ...]]:
    """Points of 5Б Математика by code, as they are saved."""
    rows = results(book.saved["results"] if book.saved else book.tables["results"])
    return {code: tuple(rows[row][key] for key in TASKS) for row, code in ROWS.items()}


def found(taken: PacketTaken) -> list[tuple[str, str]]:
    """What was found, and where: the code and «sheet!cell» of each note."""
    return [(note.code.value, f"{note.sheet}!{note.cell}") for note in taken.notes]
