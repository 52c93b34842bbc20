from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.schools import places, school
from xlpy.assignment.assign import assign, to_rows
from xlpy.checks.findings import Severity
from xlpy.checks.run import run_checks
from xlpy.demo.dirt import add_dirt, truth_of
from xlpy.demo.fill import fill_book
from xlpy.demo.school import TODAY
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook


@pytest.fixture(scope="module")
def shipped_bytes() -> bytes:
    return build_workbook()


@pytest.fixture
def book(tmp_path: Path, shipped_bytes: bytes) -> ClosedWorkbook:
    path = tmp_path / "vpr_workbook.xlsm"
    path.write_bytes(shipped_bytes)
    return ClosedWorkbook(path)


def saved(book: ClosedWorkbook) -> tuple[dict[str, Table], Settings]:
    book.save()
    tables = read_tables(ClosedWorkbook(book.path).read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


def test_slips_planted_after_preparing_are_what_a_check_of_the_final_file_finds(book: ClosedWorkbook) -> None:
    fill_book(book, school(0))
    book.save()
    dirty, planted = add_dirt(school(0), 0)
    fill_book(book, dirty)
    book.write_table(schema.CHECKERS, to_rows(assign(*saved(book))))
    tables, settings = saved(book)
    findings = run_checks(tables, settings, TODAY)
    truth = {(one["sheet"], one["cell"], one["rule"]) for one in truth_of(planted, tables)}
    assert truth <= places(findings)
    assert places(tuple(one for one in findings if one.severity is not Severity.NOTICE)) <= truth


def test_a_clean_file_has_no_finding_and_keeps_what_ships_with_it(book: ClosedWorkbook) -> None:
    shipped = book.read_tables((schema.SCALES, schema.TASKS, schema.PLAN))
    fill_book(book, school(1, 5))
    book.write_table(schema.CHECKERS, to_rows(assign(*saved(book))))
    tables, settings = saved(book)
    assert run_checks(tables, settings, TODAY) == ()
    raws = ClosedWorkbook(book.path).read_tables((schema.SCALES, schema.TASKS, schema.PLAN))
    assert raws["scales"].values == shipped["scales"].values
    assert [row[:7] for row in raws["tasks"].values] == [row[:7] for row in shipped["tasks"].values]
    assert [row[:3] for row in raws["plan"].values] == [row[:3] for row in shipped["plan"].values]


def test_skills_are_invented_for_the_works_that_are_written_and_say_so(book: ClosedWorkbook) -> None:
    fill_book(book, school(1, 5))
    tables, _ = saved(book)
    tasks = tables["tasks"].frame
    written = {
        (int(c[0]), s) for c, s in zip(*(tables["schedule"].frame[k] for k in ("school_class", "subject")), strict=True)
    }
    used = [
        (y, w) in {("2020/21", work) for work in written}
        for y, w in zip(tasks["year"], zip(tasks["grade"], tasks["subject"], strict=True), strict=True)
    ]
    skills = tasks["skill"][used]
    assert len(skills) > 300
    assert skills.str.startswith("Пример: ").all()
    assert not tasks["skill"][[not one for one in used]].str.startswith("Пример").any()
