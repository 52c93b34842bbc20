"""Whatever stands in a file, it is read or refused in a sentence; and from a shell the exit code says which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.school import spoilt, write_book
from tests.command import xlpy
from tests.journal.exports import MARKS, NAMES, a_school, held, long_grid, named, sheet, wide_grid
from tests.journal.test_files_of_each_kind import csv_text, page, spreadsheet
from xlpy import journal_marks
from xlpy.errors import XlpyError
from xlpy.exchange.journal.choice import Choice, parse_choice
from xlpy.exchange.journal.notes import note_dict
from xlpy.exchange.journal.plan import Existing
from xlpy.journal_marks import Export, Understood
from xlpy.tables.raw import PlainBook, Value
from xlpy.words.errors import sentence
from xlpy.workbook.memory import MemoryWorkbook

BOOK = a_school()
GROUND = journal_marks.ground_of(BOOK, Path("school.xlsm"))
WORDS = (
    *("ФИО", "Ученик", "Фамилия", "Имя", "Код", "Класс", "Параллель", "Литера", "Предмет", "Период", "Отметка"),
    *("1 четверть", "III", "Год", "Средний балл", "№", "Математика", "Биология", "Музыка", "Мат.", "Класс: 5А"),
    *("Предмет: Биология", "Итого", "3", "5", "4,25", "н/а", "50001", "", "sep=;", "Класс:", ":", "|", "(", "«", "5Б"),
)
CELLS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([*NAMES.values(), *NAMES]),
    st.integers(0, 6),
    st.none(),
    st.floats(),
    st.just(datetime(2021, 5, 4)),
    st.text(max_size=6),
)
COLUMNS = ("", "Ученик=ФИО", "Класс=5А;Предмет=Мат.", "Ученик=A")


def understood(export: Callable[[], Export], columns: str = "") -> Understood | None:
    """What a file says; None where it is refused in a sentence."""
    said = parse_choice(columns, GROUND.subjects) if columns else Choice()
    try:
        return journal_marks.understand(export(), GROUND, said)
    except XlpyError as error:
        sentence(error)
        return None


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.sampled_from(COLUMNS))
@settings(max_examples=300, deadline=None)
def test_any_cells_are_read_or_refused(grid: list[list[Value]], columns: str) -> None:
    book = PlainBook([sheet(grid, "5А"), sheet(grid[::-1])])
    result = understood(lambda: Export(Path("файл.csv"), book), columns)
    if result is None:
        return
    plan = journal_marks.plan_of(result, GROUND, Existing.REPLACE)
    assert all(note_dict(note)["message"] for note in (*plan.notes, *result.read.notes))
    rows = {row.row for same in GROUND.rows.values() for row in same}
    assert all(row in rows and mark in {2, 3, 4, 5, "нет отметки"} for (row, _), mark in plan.edits.items())


@cache
def whole_files() -> tuple[bytes, ...]:
    with TemporaryDirectory() as folder:
        book = spreadsheet(Path(folder) / "a.xlsx").read_bytes()
    texts = csv_text(long_grid(), ";").encode("cp1251"), page("utf-8").encode(), csv_text(wide_grid("5А"), ",").encode()
    return *texts, book


@pytest.mark.parametrize("kind", range(4))
@pytest.mark.parametrize("seed", range(40))
def test_spoilt_bytes_are_read_or_refused(tmp_path: Path, kind: int, seed: int) -> None:
    random = Random(seed)
    data = bytearray(whole_files()[kind])
    for _ in range(random.randrange(1, 20)):
        at = random.randrange(len(data))
        if random.random() < 0.5:
            data[at] = random.randrange(256)
        else:
            del data[at : at + random.randrange(1, 2 + len(data) // 20)]
    path = tmp_path / "файл.xls"
    path.write_bytes(bytes(data))
    result = understood(lambda: journal_marks.read_file(path))
    assert result is None or result.read.digests


def test_exit_codes_from_a_shell(tmp_path: Path) -> None:
    book = write_book(tmp_path / "vpr_workbook.xlsm", spoilt(named))
    file = tmp_path / "отметки.csv"
    file.write_bytes(csv_text(long_grid(), ";").encode("cp1251"))
    assert [xlpy("journal", book, file, *more).code for more in ((), ("--yes",), ("--yes",))] == [1, 0, 0]
    assert held(read(book)) == MARKS
    file.write_text("Добрый день", encoding="utf-8")
    refused = xlpy("journal", book, file, "--json")
    assert (refused.code, refused.answer["error"]["code"]) == (2, "journal_no_table")


def read(path: Path) -> MemoryWorkbook:
    from xlpy.tables import schema
    from xlpy.workbook.closed import ClosedWorkbook

    tables = ClosedWorkbook(path).read_tables(schema.SHEETS)
    for raw in tables.values():
        raw.values[:] = [[None if cell == "" else cell for cell in line] for line in raw.values]
    return MemoryWorkbook(tables)


def test_an_open_book_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    book = write_book(tmp_path / "vpr_workbook.xlsm", spoilt(named))
    file = tmp_path / "отметки.csv"
    file.write_bytes(csv_text(long_grid(), ";").encode())
    (tmp_path / ".~lock.vpr_workbook.xlsm#").write_text(",Завуч,КОМПЬЮТЕР,01.04.2021 12:00,file:///;", encoding="utf-8")
    before = book.read_bytes()
    ran = xlpy("journal", book, file, "--yes")
    assert ran.code == 2
    assert "Завуч" in ran.err
    assert book.read_bytes() == before
