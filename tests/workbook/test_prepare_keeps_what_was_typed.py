"""«Подготовить ввод» through a real closed file: laid out, typed into, changed, prepared again."""

from __future__ import annotations

import re
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
    rewrite(path, "participants", lambda rows: [{"code": "70000", "school_class": "7А"}, *rows])
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


PAPER = ("70001", "Физика")
VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">{}</xml>"""
SHAPE = (
    '<v:shape id="_x0000_s{n}" type="#_x0000_t202"><x:ClientData ObjectType="Note">'
    "<x:Anchor>5, 15, {row}, 2, 7, 31, {end}, 1</x:Anchor><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
NOTES, THREADS, SHAPES = "xl/comments9.xml", "xl/threadedComments/threadedComment9.xml", "xl/drawings/vmlDrawing9.vml"


def results_part(package) -> str:
    from xlpy.workbook.parts import sheet_parts

    return next(one.part for one in sheet_parts(package) if one.name == schema.RESULTS.name)


def with_notes(path: Path, places: list[str]) -> None:
    """Hang a note and a thread with its own address as text on each cell, as Excel writes them."""
    from xlpy.tables.addresses import column_number
    from xlpy.workbook.package import open_package
    from xlpy.workbook.upgrade_parts import NewParts

    package = open_package(path)
    part, parts = results_part(package), NewParts(package)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = "".join(f'<comment ref="{at}" authorId="0"><text><r><t>{at}</t></r></text></comment>' for at in places)
    threads = "".join(f'<threadedComment ref="{at}" id="{{{at}}}"><text>{at}</text></threadedComment>' for at in places)
    rows = [(int(at.lstrip("ABCDEFGH")) - 1, column_number(at.rstrip("0123456789")) - 1) for at in places]
    shapes = "".join(SHAPE.format(n=n, row=row, end=row + 4, column=c) for n, (row, c) in enumerate(rows, start=1025))
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    head = f"<comments {main}><authors><author>К</author></authors><commentList>"
    parts.add(NOTES, f"{head}{texts}</commentList></comments>".encode(), sheet)
    thread = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts.add(THREADS, f'<ThreadedComments xmlns="{thread}">{threads}</ThreadedComments>'.encode(), "application/xml")
    parts.add(SHAPES, VML.format(shapes).encode(), "application/vnd.openxmlformats-officedocument.vmlDrawing")
    parts.relate(part, f"{RELATION}/comments", NOTES, outside=False)
    parts.relate(part, THREADED, THREADS, outside=False)
    key = parts.relate(part, f"{RELATION}/vmlDrawing", SHAPES, outside=False)
    xml, drawing = package.read(part), f'<legacyDrawing r:id="{key}"/>'.encode()
    if b"xmlns:r=" not in xml[:2000]:
        drawing = drawing.replace(b"<legacyDrawing", f'<legacyDrawing xmlns:r="{RELATION}"'.encode())
    parts.put(part, xml.replace(b"<tableParts", drawing + b"<tableParts", 1))
    path.write_bytes(parts.data())


def notes(path: Path) -> dict[str, tuple[str, ...]]:
    """What hangs where: the text of each note by its cell, of each thread, and the rows of the shapes and anchors."""
    from xlpy.workbook.package import open_package

    package = open_package(path)
    texts, threads, shapes = (package.read(part).decode() for part in (NOTES, THREADS, SHAPES))
    return {
        "notes": tuple(re.findall(r'<comment ref="(\w+)".*?<t>(\w+)</t>', texts)),
        "threads": tuple(re.findall(r'<threadedComment ref="(\w+)".*?<text>(\w+)</text>', threads)),
        "shapes": tuple(re.findall(r"15, *(\d+), 2, 7, 31, *(\d+).*?<x:Row>(\d+)</x:Row>", shapes)),
    }


def styles(path: Path) -> dict[str, str]:
    """Style index of each cell of «Результаты»."""
    from xlpy.workbook.package import open_package

    package = open_package(path)
    xml = package.read(results_part(package)).decode()
    return dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*? s="(\d+)"', xml))


def fill_row(path: Path, row: int) -> None:
    """Give every cell of a row a style of its own, as a person does who paints it."""
    from xlpy.workbook.package import open_package
    from xlpy.workbook.repack import repacked

    package = open_package(path)
    part = results_part(package)
    xml = package.read(part).decode()
    painted = re.sub(rf'(<c r="[A-Z]+{row}"[^>]*? s=")\d+(")', rf"\g<1>{PAINT}\2", xml)
    assert painted != xml
    path.write_bytes(repacked(package, {part: painted.encode()}))


PAINT = "1"


def painted(path: Path) -> dict[str, int]:
    """How many cells of each row are painted, by row."""
    seen: dict[str, int] = {}
    for place, style in styles(path).items():
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if style == PAINT and int(row) > schema.RESULTS.header_row:
            seen[row] = seen.get(row, 0) + 1
    return seen


def test_a_colour_goes_with_its_paper_and_stays_on_no_other(path: Path) -> None:
    prepare(path)
    rewrite(path, "results", type_points)
    assert painted(path) == {}
    fill_row(path, 8)
    width = painted(path)["8"]
    assert width >= len(schema.RESULTS.columns) - 1
    rewrite(path, "participants", lambda rows: [{"code": "70000", "school_class": "7А"}, *rows])
    prepare(path)
    assert [(row["code"], row["subject"]) for row in rows_of(path)][1:3] == [("70000", "Физика"), PAPER]
    assert painted(path) == {"9": width}
    rewrite(path, "participants", lambda rows: rows[1:])
    prepare(path)
    assert painted(path) == {"8": width}


def test_a_colour_on_the_last_paper_does_not_spread_to_new_ones(path: Path) -> None:
    prepare(path)
    fill_row(path, 11)
    rewrite(path, "participants", lambda rows: [*rows, {"code": "70005", "school_class": "7Б"}])
    prepare(path)
    assert set(painted(path)) == {"11"}


def test_notes_go_with_their_paper_and_others_stay(path: Path) -> None:
    prepare(path)
    rewrite(path, "results", type_points)
    with_notes(path, ["A1", "A7", "C8", "D11"])
    before = notes(path)
    prepare(path)
    assert notes(path) == before
    rewrite(path, "participants", lambda rows: [{"code": "70000", "school_class": "7А"}, *rows])
    prepare(path)
    assert notes(path) == {
        "notes": (("A1", "A1"), ("A7", "A7"), ("C9", "C8"), ("D12", "D11")),
        "threads": (("A1", "A1"), ("A7", "A7"), ("C9", "C8"), ("D12", "D11")),
        "shapes": (("0", "4", "0"), ("6", "10", "6"), ("8", "12", "8"), ("11", "15", "11")),
    }


def test_a_note_is_gone_with_a_paper_that_is_no_longer_written(path: Path) -> None:
    prepare(path)
    with_notes(path, ["C8", "C9"])
    rewrite(path, "participants", lambda rows: rows[1:])
    prepare(path)
    assert notes(path)["notes"] == (("C8", "C9"),)
    assert notes(path)["shapes"] == (("7", "11", "7"),)


def test_parts_of_notes_are_untouched_where_no_row_moves(path: Path) -> None:
    from xlpy.workbook.package import open_package

    prepare(path)
    with_notes(path, ["C8"])
    before = open_package(path)
    rewrite(path, "results", type_points)
    after = open_package(path)
    for part in (NOTES, THREADS, SHAPES):
        assert b"".join(after.chunks(part)) == b"".join(before.chunks(part))


def test_libreoffice_shows_a_moved_note_at_its_paper(path: Path) -> None:
    import openpyxl

    prepare(path)
    with_notes(path, ["C8"])
    rewrite(path, "participants", lambda rows: [{"code": "70000", "school_class": "7А"}, *rows])
    prepare(path)
    (shown,) = office.convert([path], "xlsx", path.parent / "shown")
    sheet = openpyxl.load_workbook(shown)[schema.RESULTS.name]
    found = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert {place: "C8" in text for place, text in found.items()} == {"C9": True}


def test_misfits_name_the_row_where_their_paper_stands_now(path: Path) -> None:
    prepare(path)
    rewrite(path, "results", type_points)

    def changed(rows: list[Row]) -> list[Row]:
        rows[1]["takes_part"] = schema.LEFT_SCHOOL
        return [{"code": "70000", "school_class": "7А"}, *rows]

    rewrite(path, "participants", changed)
    (misfit,) = prepare(path).misfits
    line = results(path).values[misfit.row - results(path).first_row]
    assert (misfit.row, line[0], line[2]) == (10, "70002", "Физика")


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
