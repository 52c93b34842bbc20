"""The same actions and the same rows give the same tables, whether the book is open or closed."""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import hypothesis.strategies as st
import pytest
import xlwings as xw
from hypothesis import HealthCheck, Phase, given, settings

from tests.workbook.live.books import (
    STAMP,
    assert_same,
    document,
    live,
    saved_by_office,
    school_book,
    tables,
)
from xlpy import actions
from xlpy.tables import schema
from xlpy.tables.raw import Live, Value
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.live.excel import ExcelHost
from xlpy.workbook.live.hosts import Host
from xlpy.workbook.live.libreoffice import LibreOfficeHost
from xlpy.workbook.live.xlbook import LiveWorkbook
from xlpy.workbook.port import Workbook

Open = Callable[[Path], xw.Book]

HOSTS = [LibreOfficeHost(), ExcelHost()]


def _prepare(book: Workbook) -> None:
    actions.prepare(book, STAMP)


def _check(book: Workbook) -> None:
    actions.write_findings(book, actions.check(book, STAMP), STAMP)


def _assign(book: Workbook) -> None:
    actions.write_assignment(book, actions.assign(book), STAMP)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: type(host).__name__)
def test_the_main_job_leaves_the_same_tables(tmp_path: Path, open_book: Open, host: Host) -> None:
    path, twin = (school_book(tmp_path / name) for name in ("open.xlsm", "closed.xlsm"))
    book = open_book(path)
    for action in (_check, _prepare, _assign, _check):
        action(LiveWorkbook(book, host))
        action(ClosedWorkbook(twin))
        saved = ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm"))
        assert_same(tables(saved), tables(ClosedWorkbook(twin)), calculated=False)


def test_columns_and_formulas_of_the_user_follow_their_rows(tmp_path: Path, open_book: Open) -> None:
    path = school_book(tmp_path / "open.xlsm")
    book = open_book(path)
    sheet = document(book).Sheets.getByName(schema.RESULTS.name)
    head, own = schema.RESULTS.header_row - 1, len(schema.RESULTS.columns)
    # A column of the user's own inside the table, too: all after it moves by one.
    sheet.Columns.insertByIndex(3, 1)
    sheet.getCellByPosition(3, head).setString("Ряд")
    sheet.getCellByPosition(own + 1, head).setString("Пересчёт")
    for row in range(head + 1, head + 60, 3):
        sheet.getCellByPosition(3, row).setString(f"ряд {row}")
        sheet.getCellByPosition(own + 1, row).setFormula(f"=N(F{row + 1})*2")
    # The first rows change places by hand: «Подготовить ввод» puts them in order again.
    rows = sheet.getCellRangeByPosition(0, head + 1, len(schema.TASK_KEYS) + 4, head + 9)
    rows.setDataArray(tuple(reversed(rows.getDataArray())))
    twin = saved_by_office(book, tmp_path / "closed.xlsm")
    _prepare(live(book))
    _prepare(ClosedWorkbook(twin))
    saved = ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm"))
    assert_same(tables(saved), tables(ClosedWorkbook(twin)), calculated=False)


_TEXTS = st.text(string.ascii_letters + "абвгдЁё0123456789=+-@'\"#.,;:/ %\n_x", min_size=1, max_size=12).filter(
    lambda text: text.strip(" \n") == text
)
_VALUES = st.one_of(
    st.none(),
    _TEXTS,
    st.sampled_from(("=1+1", "'=1", "''", "001", "1e5", "TRUE", "31.12.2025", "#N/A", "5-1", "12:30", "_x0041_")),
    st.booleans(),
    st.integers(-(10**6), 10**6).map(float),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 6) + 0.0),
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.sampled_from(('A2&"!"', "SUM(G2:G4)*2", 'IF(TRUE,"да","нет")')).map(Live),
)
_ROWS = st.lists(
    st.fixed_dictionaries(
        {"teacher": st.sampled_from("АБВГДЕ").map(lambda letter: f"{letter}льин {letter}.")},
        optional={"note": _VALUES, "subjects": _VALUES, "paper_limit": _VALUES, "absent_from": _VALUES},
    ),
    max_size=7,
)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: type(host).__name__)
@given(writes=st.lists(st.tuples(st.booleans(), _ROWS), min_size=1, max_size=2))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_any_rows_come_back_as_from_a_file(
    tmp_path: Path, open_book: Open, host: Host, writes: Sequence[tuple[bool, Sequence[Mapping[str, Value | Live]]]]
) -> None:
    number = next(_numbers)
    path, twin = (school_book(tmp_path / f"{name}{number}.xlsm", 1) for name in ("open", "closed"))
    book = open_book(path)
    for appends, rows in writes:
        for port in (LiveWorkbook(book, host), ClosedWorkbook(twin)):
            (port.append_rows if appends else port.write_table)(schema.TEACHERS, rows)
            port.save()
    saved = ClosedWorkbook(saved_by_office(book, tmp_path / f"saved{number}.xlsm"))
    only = [schema.TEACHERS]
    expected = ClosedWorkbook(twin).read_tables(only)
    assert_same(saved.read_tables(only), expected, calculated=False)
    assert_same(LiveWorkbook(book, host).read_tables(only), expected, calculated=False)
    book.close()


def test_a_number_where_a_row_that_moved_held_a_day_stays_a_number(tmp_path: Path, open_book: Open) -> None:
    path = school_book(tmp_path / "open.xlsm", 1)
    book = open_book(path)
    for names, last, subjects in (("ГВГАБВ", 5, datetime(2006, 11, 16)), ("ЕВВД", 2, -821915.0)):
        rows: list[dict[str, Value]] = [{"teacher": f"{one}льин {one}."} for one in names]
        rows[last]["subjects"] = subjects
        port = LiveWorkbook(book, LibreOfficeHost())
        port.write_table(schema.TEACHERS, rows)
        port.save()
    saved = ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm")).read_tables([schema.TEACHERS])["teachers"]
    at = saved.captions.index(schema.TEACHERS.column("subjects").caption)
    assert [line[at] for line in saved.values][2] == -821915.0


_numbers = itertools.count()
