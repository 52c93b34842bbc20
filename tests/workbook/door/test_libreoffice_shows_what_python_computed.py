"""After a patch LibreOffice in its default settings shows what Python computes, never a value from before."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine

from tests.office import convert, resaved
from tests.workbook.door.books import members, shipped_bytes
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.workbook.closed import ClosedWorkbook

YEAR = "2020/21"
WORK = {"school_class": "5А", "subject": "Математика"}


def papers(*points: int) -> list[dict[str, Value]]:
    return [
        {"code": f"5{number:04d}", **WORK, "variant": 1, **{f"task_{task}": point for task in range(1, 15)}}
        for number, point in enumerate(points, start=1)
    ]


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    path = tmp_path / "vpr_workbook.xlsm"
    path.write_bytes(shipped_bytes())
    book = ClosedWorkbook(path)
    settings = book.read_tables([schema.SETTINGS])["settings"]
    rows = [{"parameter": row[0], "setting": YEAR if row[0] == "Учебный год" else row[1]} for row in settings.values]
    book.write_table(schema.SETTINGS, rows)
    book.write_table(
        schema.SCALES,
        [
            {
                "year": YEAR,
                "grade": 5,
                "subject": "Математика",
                "max_points": 28,
                "mark_3_from": 7,
                "mark_4_from": 14,
                "mark_5_from": 28,
            }
        ],
    )
    book.write_table(
        schema.TASKS,
        [
            {"year": YEAR, "grade": 5, "subject": "Математика", "number": task, "label": str(task), "max_points": 2}
            for task in range(1, 15)
        ],
    )
    book.write_table(schema.RESULTS, papers(0, 1, 2))
    book.save()
    return path


def shown(path: Path) -> list[tuple[object, ...]]:
    """Балл and Отметка as they stand in the file."""
    grid = (
        python_calamine.CalamineWorkbook.from_path(str(path))
        .get_sheet_by_name("Результаты")
        .to_python(skip_empty_area=False)
    )
    header = grid[schema.RESULTS.header_row - 1]
    points, mark = header.index("Балл"), header.index("Отметка")
    return [(row[points], row[mark]) for row in grid[schema.RESULTS.header_row :] if row[header.index("Код")]]


def test_new_points_are_seen_and_no_stale_value_survives(book_path: Path, tmp_path: Path) -> None:
    saved = resaved(book_path, tmp_path / "first")
    assert shown(saved) == [(0, 2), (14, 4), (28, 5)]
    assert any(b"</f><v>" in part for part in members(saved).values())
    book = ClosedWorkbook(saved)
    rows = papers(2, 0, 1)
    rows.append(rows.pop(0) | {"code": "50009"})
    book.write_table(schema.RESULTS, rows)
    book.save()
    again = resaved(saved, tmp_path / "second")
    assert shown(again) == [(0, 2), (14, 4), (28, 5)]
    codes = [row[0] for row in ClosedWorkbook(again).read_tables([schema.RESULTS])["results"].values]
    assert codes == ["50002", "50003", "50009"]


def test_a_changed_scale_changes_every_mark(book_path: Path, tmp_path: Path) -> None:
    saved = resaved(book_path, tmp_path / "first")
    book = ClosedWorkbook(saved)
    scale = {
        "year": YEAR,
        "grade": 5,
        "subject": "Математика",
        "max_points": 28,
        "mark_3_from": 1,
        "mark_4_from": 15,
        "mark_5_from": 20,
    }
    book.write_table(schema.SCALES, [scale])
    book.save()
    assert shown(convert([saved], "xlsx:Calc MS Excel 2007 XML", tmp_path / "second")[0]) == [(0, 2), (14, 3), (28, 5)]
