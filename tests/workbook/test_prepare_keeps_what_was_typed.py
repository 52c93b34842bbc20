"""«Подготовить ввод» through a real closed file: laid out, typed into, changed, prepared again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import office
from xlpy import actions
from xlpy.exchange.fill import fill_from_rows
from xlpy.tables import schema
from xlpy.tables.entry import EntryPlan, Misfit
from xlpy.tables.raw import Live, RawTable, Value
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook

STAMP = actions.Stamp(datetime(2021, 3, 1, 9, 0), "координатор")
CALCULATED = ("points", "mark", "comparison")
Row = dict[str, Value]


def day(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - workbooks know no time zones


PUPILS: list[Row] = [
    {"code": "70001", "school_class": "7А"},
    {"code": "70002", "school_class": "7А"},
    {"code": "70003", "school_class": "7А", "electives": "Немецкий язык"},
    {"code": "70004", "school_class": "7Б"},
]
WORKS: list[Row] = [
    {"date": day("15.03.2021"), "school_class": "7А", "subject": "Физика"},
    {"date": day("16.03.2021"), "school_class": "7А", "subject": "Немецкий язык"},
    {"date": day("17.03.2021"), "school_class": "7Б", "subject": "Физика"},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A school of four pupils in a book fresh from the builder."""
    path = tmp_path / "vpr_workbook.xlsm"
    path.write_bytes(build_workbook())
    book = ClosedWorkbook(path)
    settings: list[Row] = [
        {"parameter": "Учебный год", "setting": "2020/21"},
        {"parameter": "ВПР с", "setting": day("15.03.2021")},
        {"parameter": "ВПР по", "setting": day("21.05.2021")},
    ]
    fill_from_rows(book, {"settings": settings, "participants": PUPILS, "schedule": WORKS})
    book.save()
    return path


def prepare(path: Path) -> EntryPlan:
    return actions.prepare(ClosedWorkbook(path), STAMP)


def results(path: Path) -> RawTable:
    return ClosedWorkbook(path).read_tables([schema.RESULTS])["results"]


def rows_of(path: Path) -> list[Row]:
    """Filled cells of «Результаты» by column key, the calculated ones left out."""
    raw = results(path)
    keys = {column.caption: column.key for column in schema.RESULTS.columns if column.key not in CALCULATED}
    return [
        {keys.get(c, c): v for c, v in zip(raw.captions, row, strict=True) if v not in {None, ""} and c in keys}
        for row in raw.values
    ]


def rewrite(path: Path, key: str, change: Callable[[list[Row]], list[Row]]) -> None:
    """Change a sheet as a person would: whole rows, by column key."""
    book, sheet = ClosedWorkbook(path), next(one for one in schema.SHEETS if one.key == key)
    raw = book.read_tables([sheet])[key]
    keys = {column.caption: column.key for column in sheet.columns if column.key not in CALCULATED}
    rows: list[Row] = [{keys[c]: v for c, v in zip(raw.captions, row, strict=True) if c in keys} for row in raw.values]
    book.write_table(sheet, change(rows))
    book.save()


def type_points(rows: list[Row]) -> list[Row]:
    """Each paper gets points of its own; one pupil was away."""
    for number, row in enumerate(rows):
        row |= {"variant": number + 1, **{f"task_{n}": (number + n) % 3 for n in range(1, 12)}}
        row |= {"task_2": "X", "journal_mark": 4}
    rows[-1] = {k: v for k, v in rows[-1].items() if not k.startswith("task_")} | {"variant": schema.ABSENT}
    return rows


def by_paper(rows: list[Row]) -> dict[tuple[Value, Value], Row]:
    return {(row["code"], row["subject"]): row for row in rows}


def test_rows_are_laid_out_for_every_pupil_and_work_with_formulas_in_each(path: Path) -> None:
    entry = prepare(path)
    assert [(row["code"], row["subject"]) for row in rows_of(path)] == [
        ("70003", "Немецкий язык"),
        ("70001", "Физика"),
        ("70002", "Физика"),
        ("70003", "Физика"),
        ("70004", "Физика"),
    ]
    assert (entry.added, entry.kept, entry.removed, entry.misfits) == (5, 0, 0, ())
    raw = results(path)
    for key in CALCULATED:
        at = raw.captions.index(schema.RESULTS.column(key).caption)
        assert raw.formulas[at] == set(range(7, 12))


def test_every_typed_point_is_kept_when_participants_change(path: Path) -> None:
    prepare(path)
    rewrite(path, "results", type_points)
    before = by_paper(rows_of(path))

    def changed(rows: list[Row]) -> list[Row]:
        rows[1]["takes_part"] = schema.LEFT_SCHOOL
        rows[3]["school_class"] = "7А"
        new: list[Row] = [{"code": "70000", "school_class": "7А"}, {"code": "70005", "school_class": "7Б"}]
        return [new[0], *rows[::-1], new[1]]

    rewrite(path, "participants", changed)
    entry = prepare(path)
    after = by_paper(rows_of(path))
    assert {paper: after[paper] for paper in before} == before
    assert set(after) - set(before) == {("70000", "Физика"), ("70005", "Физика")}
    assert {(m.code, m.reason) for m in entry.misfits} == {
        ("70002", Misfit.NOT_TAKING_PART),
        ("70004", Misfit.OTHER_CLASS),
    }
    assert (entry.added, entry.kept, entry.removed) == (2, 5, 0)


def test_a_work_taken_off_the_schedule_leaves_typed_rows_and_takes_empty_ones(path: Path) -> None:
    prepare(path)

    def first_typed(rows: list[Row]) -> list[Row]:
        rows[1]["task_1"] = 2
        return rows

    rewrite(path, "results", first_typed)
    rewrite(path, "schedule", lambda rows: [row for row in rows if row["subject"] != "Физика"])
    entry = prepare(path)
    assert [(row["code"], row.get("task_1")) for row in rows_of(path)] == [("70003", None), ("70001", 2)]
    assert [m.reason for m in entry.misfits] == [Misfit.NOT_SCHEDULED]
    assert entry.removed == 3


def test_preparing_again_changes_no_cell(path: Path) -> None:
    prepare(path)
    rewrite(path, "results", type_points)
    before = rows_of(path)
    prepare(path)
    assert rows_of(path) == before


def test_two_rows_of_one_paper_both_stay_each_with_its_own_points(path: Path) -> None:
    prepare(path)

    def doubled(rows: list[Row]) -> list[Row]:
        return [rows[1] | {"task_1": 1}, rows[1] | {"task_1": 2}, *rows[2:]]

    rewrite(path, "results", doubled)
    prepare(path)
    points = [row.get("task_1") for row in rows_of(path) if row["code"] == "70001"]
    assert points == [1, 2]


def test_a_column_of_the_user_s_own_moves_with_its_row(path: Path) -> None:
    prepare(path)
    width = len(results(path).captions)
    with_column(path, width, {7: "немецкий", 8: "первая", 11: Live("LEN(A11)")})
    rewrite(path, "participants", lambda rows: [{"code": "70000", "school_class": "7А"}, *rows])
    prepare(path)
    raw = results(path)
    own = {(row[0], row[2]): row[width] for row in raw.values}
    assert own["70003", "Немецкий язык"] == "немецкий"
    assert own["70001", "Физика"] == "первая"
    assert own["70000", "Физика"] in {None, ""}
    assert raw.formulas[width] == {12}


def with_column(path: Path, width: int, cells: dict[int, Value | Live]) -> None:
    """Write a column beside the table of «Результаты», as a user does in an office program."""
    from xlpy.tables.addresses import address
    from xlpy.workbook.cells import cell_xml
    from xlpy.workbook.package import open_package
    from xlpy.workbook.parts import sheet_parts
    from xlpy.workbook.repack import repacked
    from xlpy.workbook.upgrade_cells import with_cell

    package = open_package(path)
    part = next(one.part for one in sheet_parts(package) if one.name == schema.RESULTS.name)
    xml = package.read(part)
    for row, value in {schema.RESULTS.header_row: "Моя пометка", **cells}.items():
        xml = with_cell(xml, (row, width + 1), cell_xml(address(row, width + 1), value, None))
    path.write_bytes(repacked(package, {part: xml}))


def test_missing_scales_and_tasks_are_laid_out_once(path: Path) -> None:
    later: Row = {"date": day("18.03.2021"), "school_class": "7Б", "subject": "Информатика"}
    rewrite(path, "schedule", lambda rows: [*rows, later])
    entry = prepare(path)
    assert (7, "Информатика") in entry.scales
    assert (7, "Информатика") in entry.tasks
    again = prepare(path)
    assert again.scales == ()
    assert (7, "Информатика") not in again.tasks


def test_the_plan_is_dated_and_dates_that_a_person_changed_stay(path: Path) -> None:
    prepare(path)

    def plan() -> dict[Value, Row]:
        raw = ClosedWorkbook(path).read_tables([schema.PLAN])["plan"]
        return {row[0]: dict(zip(raw.captions, row, strict=True)) for row in raw.values}

    first = plan()
    assert len(first) == 26
    assert first["2.4"]["Начало"] == day("15.03.2021")
    assert first["2.4"]["Окончание"] == day("21.05.2021")
    assert first["2.4"]["Мероприятие"]
    assert first["4.4"]["Начало"] == day("15.03.2021")

    def own_date(rows: list[Row]) -> list[Row]:
        return [row | ({"starts": day("10.03.2021")} if row["number"] == "2.4" else {}) for row in rows]

    rewrite(path, "plan", own_date)
    rewrite(
        path,
        "settings",
        lambda rows: [row | ({"setting": day("16.03.2021")} if row["parameter"] == "ВПР с" else {}) for row in rows],
    )
    prepare(path)
    second = plan()
    assert second["2.4"] == first["2.4"] | {"Начало": day("10.03.2021")}
    assert second["3.2"]["Начало"] == day("16.03.2021")
    assert second["3.2"][schema.ANCHOR_CAPTION] == first["3.2"][schema.ANCHOR_CAPTION]


def test_libreoffice_computes_every_row_that_was_laid_out(path: Path) -> None:
    prepare(path)
    rewrite(path, "results", type_points)
    rewrite(path, "participants", lambda rows: [{"code": "70000", "school_class": "7А"}, *rows])
    prepare(path)
    (shown,) = office.convert([path], "xlsx", path.parent / "shown")
    header, *rows = CalamineWorkbook.from_path(shown).get_sheet_by_name(schema.RESULTS.name).to_python()[5:]
    at = {caption: place for place, caption in enumerate(header)}
    physics = {row[0]: row for row in rows if row[2] == "Физика"}
    assert physics["70000"][at["Балл"]] == ""
    assert physics["70001"][at["Балл"]] == sum((1 + n) % 3 for n in range(1, 12) if n != 2)
    assert physics["70001"][at["Отметка"]] in {2, 3, 4, 5}
    assert physics["70001"][at["Сравнение"]] in {schema.LOWERED, schema.CONFIRMED, schema.RAISED}
    assert physics["70004"][at["Балл"]] == ""
    errors = [cell for row in rows for cell in row if isinstance(cell, str) and cell.startswith("#")]
    assert errors == []
