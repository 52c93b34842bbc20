"""Collecting into a workbook that is open in LibreOffice: through the same port, shown at once, undone by one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.forms.gathering import DOCUMENTS, STAMP, CollectingSchool, quiet, rows_of
from tests.forms.handed import type_into
from tests.forms.test_collecting_puts_points_in_by_code import FULL
from tests.workbook.live.books import office_app
from xlpy.collecting import Choice, collect
from xlpy.tables import schema
from xlpy.workbook.live.opening import open_live


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    with office_app() as one:
        yield one


def test_an_open_workbook_takes_the_points_and_twice_changes_nothing(app: xw.App, tmp_path: Path) -> None:
    school = CollectingSchool(tmp_path, is_file=True)
    type_into(school.form(), FULL)
    book = app.books.open(str(school.path))
    try:
        done = collect(open_live(book, "Собрать формы"), school.path, None, STAMP, Choice(), quiet)
        assert done.is_written
        raw = open_live(book, "Собрать формы").read_tables([schema.RESULTS])["results"]
        held = {row["code"]: row for row in rows_of(raw, schema.RESULTS) if row["subject"] == "Математика"}
        assert [held["50005"][key] for key in ("task_1", "task_2", "task_3")] == [0, 1, 0]
        assert held["50004"]["task_2"] == "X"
        again = collect(open_live(book, "Собрать формы"), school.path, None, STAMP, Choice(), quiet)
        assert not again.is_written
        type_into(school.form(), {("50005", "1"): 2})
        differs = collect(open_live(book, "Собрать формы"), school.path, None, STAMP, Choice(), quiet)
        assert len(differs.made.open) == 1
        assert (school.home / DOCUMENTS / "Собранные формы.json").exists()
    finally:
        book.close()
