"""A formula in an input cell has no value between our save and the next office program: it is kept and named."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests import office
from xlpy.actions import Stamp, assign, prepare, report
from xlpy.analysis.scoring import score_papers
from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.tables.convert import SlipCode
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.raw import Live
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook

STAMP = Stamp(datetime(2021, 4, 1), "тест")
MATHS = "Математика"
TASKS = 16


def tables_of(path: Path) -> dict[str, Table]:
    return read_tables(ClosedWorkbook(path).read_tables(schema.SHEETS))


def filled(path: Path) -> Path:
    path.write_bytes(build_workbook())
    book = ClosedWorkbook(path)
    settings = book.read_tables([schema.SETTINGS])["settings"].values
    book.write_table(
        schema.SETTINGS,
        [{"parameter": row[0]} | ({"setting": "2020/21"} if row[0] == "Учебный год" else {}) for row in settings],
    )
    book.write_table(schema.CLASSES, [{"school_class": "5А", "grade": 5}])
    book.write_table(schema.PARTICIPANTS, [{"code": "50001", "school_class": "5А"}])
    book.write_table(schema.SCHEDULE, [{"date": datetime(2021, 3, 16), "school_class": "5А", "subject": MATHS}])
    points = {f"task_{number}": 1 for number in range(1, TASKS + 1)}
    book.write_table(
        schema.RESULTS,
        [{"code": "50001", "school_class": "5А", "subject": MATHS, "variant": 1, **points, "task_2": Live("1+1")}],
    )
    book.save()
    return path


def test_its_value_is_not_known_until_an_office_program_has_computed_it(tmp_path: Path) -> None:
    tables = tables_of(filled(tmp_path / "book.xlsm"))
    assert [(s.row, s.key, s.code) for s in tables["results"].slips] == [(7, "task_2", SlipCode.UNCALCULATED)]
    scored = score_papers(tables["results"], tables["tasks"], tables["scales"], "2020/21")
    assert scored.loc[7, "points_note"] == schema.CHECK_IT


def test_preparing_entry_keeps_it_and_libreoffice_counts_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "book.xlsm")
    prepare(ClosedWorkbook(path), STAMP)
    assert 7 in ClosedWorkbook(path).read_tables([schema.RESULTS])["results"].formulas[5]
    computed = tables_of(office.resaved(path, tmp_path / "computed"))
    assert computed["results"].slips == ()
    scored = score_papers(computed["results"], computed["tasks"], computed["scales"], "2020/21")
    assert scored.loc[7, "points"] == TASKS + 1
    assert computed["results"].frame.loc[7, "points"] == TASKS + 1


def test_nobody_is_assigned_while_a_formula_may_hide_who_teaches_the_class(tmp_path: Path) -> None:
    path = filled(tmp_path / "book.xlsm")
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, [{"teacher": "Лугова Анна Ильинична", "subjects": MATHS}])
    book.write_table(schema.WORKLOAD, [{"teacher": Live("Учителя!$A$2"), "subject": MATHS, "school_class": "5А"}])
    book.save()
    with pytest.raises(WorkbookError) as refused:
        assign(ClosedWorkbook(path))
    assert refused.value.code == "uncalculated"
    assert refused.value.params == {"sheet": "Нагрузка", "cell": "A2"}


def test_a_work_with_a_formula_that_is_not_computed_is_in_no_report(tmp_path: Path) -> None:
    path = filled(tmp_path / "book.xlsm")
    with pytest.raises(WorkbookError) as refused:
        report(ClosedWorkbook(path), path, None, STAMP, lambda _done, _total: None)
    assert refused.value.params == {"sheet": "Результаты", "cell": "F7"}
    assert not (tmp_path / "Документы").exists()
