from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.upgrade.books import by_caption, day, newest, older_book, tables
from xlpy.tables import schema
from xlpy.tables.declare import Role
from xlpy.tables.raw import Live, Value
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.upgrade import upgrade

TEACHERS: list[dict[str, Value]] = [
    {
        "teacher": "Дроздов Иван Иванович",
        "department": "точное",
        "subjects": "Математика",
        "absent_from": day("01.03.2021"),
    },
    {"teacher": "  Лукина  Ольга ", "subjects": "Физика; Химия", "paper_limit": "сто"},
]


def filled(path: Path, sheet: str) -> list[dict[str, Value]]:
    return by_caption(tables(path)[sheet])


def test_rows_keep_their_order_and_every_value_as_it_was_typed(tmp_path: Path) -> None:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS})
    result = upgrade(path, newest())
    assert result.is_changed
    assert result.rows["Учителя"] == 2
    assert filled(path, "teachers") == [
        {
            "ФИО": "Дроздов Иван Иванович",
            "МО": "точное",
            "Предметы": "Математика",
            "Отсутствует с": day("01.03.2021"),
        },
        {"ФИО": "  Лукина  Ольга ", "Предметы": "Физика; Химия", "Лимит работ": "сто"},
    ]


def test_a_column_that_is_new_stands_where_it_belongs_and_is_empty(tmp_path: Path) -> None:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, dropped=[("teachers", "department")])
    upgrade(path, newest())
    raw = tables(path)["teachers"]
    assert raw.captions == tuple(column.caption for column in schema.TEACHERS.columns)
    assert [row[2] for row in raw.values] == ["", ""]
    assert [row[3] for row in raw.values] == ["Математика", "Физика; Химия"]


def test_a_sheet_that_is_new_is_added_empty(tmp_path: Path) -> None:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, missing=["observers", "visits"])
    upgrade(path, newest())
    assert tables(path)["observers"].values == []


def test_a_renamed_column_is_led_to_its_new_name(tmp_path: Path) -> None:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, renamed={("teachers", "department"): "Кафедра"})
    result = upgrade(path, newest(), renames={("teachers", "Кафедра"): "МО"})
    assert result.own_columns == ()
    assert filled(path, "teachers")[0]["МО"] == "точное"


def test_a_column_that_is_no_longer_declared_stays_as_the_user_s_own(tmp_path: Path) -> None:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, renamed={("teachers", "department"): "Кафедра"})
    result = upgrade(path, newest())
    assert result.own_columns == (("Учителя", "Кафедра"),)
    assert filled(path, "teachers")[0]["Кафедра"] == "точное"


def test_changed_settings_stay_and_new_ones_are_added(tmp_path: Path) -> None:
    rows: list[dict[str, Value]] = [
        {"parameter": "ВПР с", "setting": day("15.03.2021"), "note": "своё пояснение"},
        {"parameter": "Учебный год", "setting": "2020/21"},
        {"parameter": "Свой параметр", "setting": 7},
    ]
    path = older_book(tmp_path / "книга.xlsm", {"settings": rows})
    result = upgrade(path, newest())
    found = {row["Параметр"]: row for row in filled(path, "settings")}
    assert found["ВПР с"] == {"Параметр": "ВПР с", "Значение": day("15.03.2021"), "Пояснение": "своё пояснение"}
    assert found["Учебный год"]["Значение"] == "2020/21"
    assert found["Свой параметр"]["Значение"] == 7
    assert found["Дней на проверку"]["Значение"] == 3
    assert found["Версия книги"]["Значение"] == schema.SCHEMA_VERSION
    assert (result.version_from, result.version_to) == (0, schema.SCHEMA_VERSION)


def test_parameters_stand_on_the_rows_whose_limits_are_theirs(tmp_path: Path) -> None:
    rows: list[dict[str, Value]] = [{"parameter": "Регион", "setting": "Пример"}, {"parameter": "Школа (полное)"}]
    path = older_book(tmp_path / "книга.xlsm", {"settings": rows})
    fresh = tmp_path / "новая.xlsm"
    fresh.write_bytes(newest())
    upgrade(path, newest())
    assert [row[0] for row in tables(path)["settings"].values] == [row[0] for row in tables(fresh)["settings"].values]


def test_edited_rows_of_scales_stay_and_shipped_ones_are_added(tmp_path: Path) -> None:
    fresh = tmp_path / "новая.xlsm"
    fresh.write_bytes(newest())
    shipped = by_caption(tables(fresh)["scales"])
    first = shipped[0]
    rows: list[dict[str, Value]] = [
        {"year": "2031/32", "grade": 7, "subject": "Физика", "mark_3_from": 9},
        {"year": first["Учебный год"], "grade": first["Параллель"], "subject": first["Предмет"], "mark_3_from": 99},
    ]
    path = older_book(tmp_path / "книга.xlsm", {"scales": rows})
    result = upgrade(path, newest())
    found = filled(path, "scales")
    assert result.added["Шкалы"] == len(shipped) - 1
    assert found[0] == {"Учебный год": "2031/32", "Параллель": 7, "Предмет": "Физика", "«3» от": 9}
    assert found[1]["«3» от"] == 99
    assert "«4» от" not in found[1]
    assert found[2:] == shipped[1:]


def test_a_work_laid_out_and_not_filled_in_takes_the_shipped_scale(tmp_path: Path) -> None:
    fresh = tmp_path / "новая.xlsm"
    fresh.write_bytes(newest())
    first = by_caption(tables(fresh)["scales"])[0]
    rows: list[dict[str, Value]] = [
        {"year": first["Учебный год"], "grade": first["Параллель"], "subject": first["Предмет"]}
    ]
    path = older_book(tmp_path / "книга.xlsm", {"scales": rows})
    upgrade(path, newest())
    assert filled(path, "scales")[0] == first


def test_points_marks_and_formulas_of_results_come_along(tmp_path: Path) -> None:
    rows: list[dict[str, Value]] = [
        {"code": "50001", "school_class": "5А", "subject": "Математика", "variant": 1, "task_1": 2, "task_2": "X"},
        {"code": 50002, "school_class": "5А", "subject": "Математика", "variant": "отсутствовал", "journal_mark": 4},
    ]
    path = older_book(tmp_path / "книга.xlsm", {"results": rows}, dropped=[("results", "variant")])
    upgrade(path, newest())
    raw = tables(path)["results"]
    assert [row[:6] for row in raw.values] == [
        ["50001", "5А", "Математика", "", 2, "X"],
        [50002, "5А", "Математика", "", "", ""],
    ]
    for key in ("points", "mark", "comparison"):
        at = raw.captions.index(schema.RESULTS.column(key).caption)
        assert raw.formulas[at] == {7, 8}


def test_a_total_typed_over_its_formula_stays_typed(tmp_path: Path) -> None:
    rows: list[dict[str, Value]] = [{"code": "50001", "subject": "Физика", "points": 17}, {"code": "50002"}]
    path = older_book(tmp_path / "книга.xlsm", {"results": rows})
    upgrade(path, newest())
    raw = tables(path)["results"]
    at = raw.captions.index("Балл")
    assert raw.values[0][at] == 17
    assert raw.formulas[at] == {8}


def test_a_formula_in_an_input_cell_stays_a_formula_and_follows_its_cells(tmp_path: Path) -> None:
    rows = {"classes": [{"school_class": "5А", "pupils": Live("COUNTIF(Участники!$C$2:$C$9,A2)"), "room": Live("1/0")}]}
    path = older_book(tmp_path / "книга.xlsm", rows, dropped=[("participants", "pupil"), ("classes", "grade")])
    upgrade(path, newest())
    xml = sheet_xml(path, "Классы")
    assert "<f>COUNTIF(Участники!$D$2:$D$9,A2)</f>" in xml
    assert "<f>1/0</f>" in xml


def sheet_xml(path: Path, name: str) -> str:
    from xlpy.workbook.package import open_package
    from xlpy.workbook.parts import sheet_parts

    package = open_package(path)
    return package.read(next(part.part for part in sheet_parts(package) if part.name == name)).decode()


_DROPPABLE = [
    (sheet.key, column.key)
    for sheet in schema.SHEETS
    for column in sheet.columns
    if sheet is not schema.RESULTS and column.key not in sheet.match and column.role is not Role.CALCULATED
    if sheet is not schema.RECHECKS
]
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
_VALUES = st.one_of(
    _TEXTS.filter(str.strip),
    st.integers(-5, 99_999),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3)),
    st.dates(day("01.01.2001").date(), day("31.12.2049").date()).map(lambda d: day(f"{d:%d.%m.%Y}")),
    st.booleans(),
)
_ROWS = st.lists(
    st.dictionaries(st.sampled_from([c.key for c in schema.TEACHERS.columns]), _VALUES, min_size=1), max_size=5
)
_RESULTS = st.lists(
    st.dictionaries(
        st.sampled_from([c.key for c in schema.RESULTS.columns if c.role is not Role.CALCULATED]), _VALUES, min_size=1
    ),
    max_size=5,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    teachers=_ROWS,
    results=_RESULTS,
    dropped=st.sets(st.sampled_from(_DROPPABLE), max_size=6),
    own=st.lists(
        st.tuples(_TEXTS.filter(lambda t: t.strip() == t and t.isprintable()), st.lists(_VALUES, max_size=4)),
        max_size=2,
    ),
)
def test_whatever_was_typed_into_any_older_book_is_read_back_the_same(
    tmp_path: Path,
    teachers: list[dict[str, Value]],
    results: list[dict[str, Value]],
    dropped: set[tuple[str, str]],
    own: list[tuple[str, list[Value]]],
) -> None:
    captions = {column.caption.casefold() for column in schema.TEACHERS.columns}
    extra = {caption.casefold(): (caption, cells) for caption, cells in own if caption.casefold() not in captions}
    path = tmp_path / "книга.xlsm"
    older_book(
        path,
        {"teachers": teachers, "results": results},
        dropped=sorted(dropped),
        own={"teachers": list(extra.values())},
    )
    read = {
        key: by_caption(before_table)
        for key, before_table in lenient(path).items()
        if key not in {"settings", "plan", "scales", "tasks"}
    }
    upgrade(path, newest())
    after = {key: by_caption(raw) for key, raw in tables(path).items() if key in read}
    assert after == read
    data = path.read_bytes()
    assert not upgrade(path, newest()).is_changed
    assert path.read_bytes() == data


def lenient(path: Path):
    """Tables of a book that lacks columns, as the door reads them."""
    from xlpy.workbook.package import open_package
    from xlpy.workbook.parts import sheet_parts
    from xlpy.workbook.reading import read_raw_tables

    package = open_package(path)
    return read_raw_tables(package, sheet_parts(package), schema.SHEETS)


@pytest.mark.parametrize("times", [2])
def test_a_book_moved_again_and_again_does_not_grow(tmp_path: Path, times: int) -> None:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, own={"teachers": [("Стаж", [5, 7])]})
    upgrade(path, newest())
    first = tables(path)
    size = path.stat().st_size
    for _ in range(times):
        set_version(path, 0)
        assert upgrade(path, newest()).is_changed
    again = tables(path)
    assert {key: raw.values for key, raw in again.items()} == {key: raw.values for key, raw in first.items()}
    assert again["teachers"].captions == first["teachers"].captions
    assert path.stat().st_size < size * 1.05


def set_version(path: Path, version: int) -> None:
    book = ClosedWorkbook(path)
    raw = book.read_tables([schema.SETTINGS])["settings"]
    rows: list[dict[str, Value]] = [
        {"parameter": row[0], "setting": version if row[0] == "Версия книги" else row[1]} for row in raw.values
    ]
    book.write_table(schema.SETTINGS, rows)
    book.save()
