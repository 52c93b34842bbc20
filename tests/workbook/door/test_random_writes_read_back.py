"""Random tables and random writes: what was written is read back, all else is as it was, twice is as good as once."""

from __future__ import annotations

import string
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.door.books import differences, part_of, write_book
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.workbook.cells import same_value, settled
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.memory import MemoryWorkbook

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(LETTERS, max_size=12),
    st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(lambda moment: moment.replace(microsecond=0)),
)
NAMES = st.text(string.ascii_letters + "абвгд", min_size=1, max_size=3)
# «Настройки»: one column takes a value of any kind, one is text, one is not written and must stay with its row.
ROWS = st.lists(st.tuples(NAMES, VALUES), max_size=8, unique_by=lambda row: row[0].casefold())
STEPS = st.lists(st.tuples(st.sampled_from(["write", "append", "save"]), ROWS), min_size=1, max_size=4)


def filled(rows: list[tuple[str, Value]]) -> list[dict[str, Value]]:
    return [{"parameter": name, "setting": value} for name, value in rows]


def noted(rows: list[tuple[str, Value]]) -> list[dict[str, Value]]:
    return [row | {"note": f"о {row['parameter']}"} for row in filled(rows)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


def tables(path: Path) -> list[list[Value]]:
    return ClosedWorkbook(path).read_tables([schema.SETTINGS])["settings"].values


def same(found: list[list[Value]], wanted: list[list[Value]]) -> bool:
    wanted = [[settled(cell) for cell in row] for row in wanted]
    while wanted and not any(cell is not None for cell in wanted[-1]):
        wanted.pop()
    return len(found) == len(wanted) and all(
        same_value(cell, other)
        for row, line in zip(found, wanted, strict=True)
        for cell, other in zip(row, line, strict=True)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ROWS, steps=STEPS)
def test_the_file_holds_what_the_memory_workbook_holds(folder: Path, before, steps) -> None:
    path = write_book(folder / "book.xlsx", sheets=[schema.SETTINGS, schema.TEACHERS, schema.RESULTS])
    first = ClosedWorkbook(path, copies=1)
    first.write_table(schema.SETTINGS, noted(before))
    first.save()
    untouched = path.read_bytes()
    book, memory = ClosedWorkbook(path, copies=1), MemoryWorkbook.filled({"settings": noted(before)})
    for verb, rows in steps:
        if verb == "save":
            book.save()
            continue
        for one in (book, memory):
            (one.write_table if verb == "write" else one.append_rows)(schema.SETTINGS, filled(rows))
        assert same(book.read_tables([schema.SETTINGS])["settings"].values, memory.tables["settings"].values)
    book.save()
    assert same(tables(path), memory.tables["settings"].values)
    assert differences(untouched, path).keys() <= {part_of(path, "Настройки"), "xl/tables/table1.xml", "xl/styles.xml"}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_a_second_identical_write_is_none(folder: Path, rows) -> None:
    path = write_book(folder / "twice.xlsx", sheets=[schema.SETTINGS])
    book = ClosedWorkbook(path, copies=1)
    book.write_table(schema.SETTINGS, filled(rows))
    book.save()
    once = path.read_bytes()
    again = ClosedWorkbook(path)
    again.write_table(schema.SETTINGS, filled(rows))
    again.save()
    assert path.read_bytes() == once


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, changed=st.sets(st.integers(0, 7), max_size=3))
def test_only_the_cells_that_change_differ(folder: Path, rows, changed) -> None:
    path = write_book(folder / "some.xlsx", sheets=[schema.SETTINGS, schema.TEACHERS])
    book = ClosedWorkbook(path, copies=1)
    book.write_table(schema.SETTINGS, noted(rows))
    book.save()
    before = path.read_bytes()
    other = [(name, "иначе" if at in changed else value) for at, (name, value) in enumerate(rows)]
    book.write_table(schema.SETTINGS, filled(other))
    book.save()
    places = {f"B{at + 2}" for at in changed if at < len(rows)}
    assert differences(before, path) == ({part_of(path, "Настройки"): places} if places else {})
