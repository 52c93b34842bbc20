from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from xlpy.tables import schema
from xlpy.tables.frames import SlipCode, TaskState, read_table, read_tables, split_list
from xlpy.tables.raw import RawTable, Value


def raw(sheet_key: str, rows: list[dict[str, Value]], first_row: int = 2, first_column: int = 1) -> RawTable:
    sheet = next(s for s in schema.SHEETS if s.key == sheet_key)
    values = [[row.get(c.key) for c in sheet.columns] for row in rows]
    return RawTable(sheet.name, tuple(c.caption for c in sheet.columns), first_row, first_column, values)


def test_a_row_keeps_its_excel_row_when_rows_above_it_are_empty() -> None:
    table = read_table(schema.CLASSES, raw("classes", [{}, {"school_class": "5А", "grade": 5}], first_row=4))
    assert list(table.frame.index) == [5]
    assert table.cell(5, "grade") == "B5"


def test_columns_are_found_by_caption_wherever_they_stand() -> None:
    mixed = RawTable("Классы", ("Моё", " Параллель", "Класс"), 2, 3, [["x", 6, "6Б"]])
    table = read_table(schema.CLASSES, mixed)
    assert table.cell(2, "school_class") == "E2"
    assert table.frame.loc[2, "grade"] == 6


def test_an_empty_required_cell_is_a_slip_at_its_cell() -> None:
    table = read_table(schema.CLASSES, raw("classes", [{"school_class": "5А"}]))
    assert [(s.row, s.key, s.code) for s in table.slips] == [(2, "grade", SlipCode.REQUIRED)]


def test_an_error_cell_is_one_slip_and_not_also_an_empty_one() -> None:
    broken = RawTable("Классы", ("Класс", "Параллель"), 2, 1, [["5А", None]], errors={(2, 1): "#REF!"})
    table = read_table(schema.CLASSES, broken)
    assert [(s.key, s.code, s.written) for s in table.slips] == [("grade", SlipCode.ERROR_CELL, "#REF!")]


def test_a_date_typed_as_text_is_understood_and_noted() -> None:
    row = {"date": "15.03.2021", "school_class": "5А", "subject": "Математика"}
    table = read_table(schema.SCHEDULE, raw("schedule", [row]))
    assert table.frame.loc[2, "date"] == datetime(2021, 3, 15)
    assert [(s.key, s.code) for s in table.slips] == [("date", SlipCode.DATE_AS_TEXT)]


def test_a_boolean_is_not_taken_for_the_number_it_equals() -> None:
    rows: list[dict[str, Value]] = [
        {"code": "50001", "school_class": "5А", "subject": "Математика", "task_1": value} for value in (1, True, 1.0)
    ]
    table = read_table(schema.RESULTS, raw("results", rows, first_row=7))
    assert table.states is not None
    assert table.states["task_1"].tolist() == [TaskState.POINTS, TaskState.UNREADABLE, TaskState.POINTS]


def test_a_teacher_is_spelled_everywhere_as_on_the_teachers_sheet() -> None:
    tables = read_tables(
        {
            "teachers": raw("teachers", [{"teacher": "Берёзкина Анна Львовна"}]),
            "workload": raw(
                "workload", [{"teacher": "березкина  анна львовна", "subject": "Химия", "school_class": "8Б"}]
            ),
        }
    )
    assert tables["workload"].frame.loc[2, "teacher"] == "Берёзкина Анна Львовна"
    assert [s.code for s in tables["workload"].slips] == [SlipCode.SPELLING]


def test_lists_are_split_at_semicolons_only() -> None:
    assert split_list("Физика; Химия ;; ") == ("Физика", "Химия")


VALUES = st.one_of(st.none(), st.booleans(), st.integers(-5, 99_999), st.text(max_size=6), st.floats(allow_nan=True))


@given(
    st.lists(st.lists(VALUES, min_size=len(schema.RESULTS.columns), max_size=len(schema.RESULTS.columns)), max_size=5)
)
def test_any_values_are_read_and_every_slip_lies_in_the_table(rows: list[list[Value]]) -> None:
    captions = tuple(c.caption for c in schema.RESULTS.columns)
    table = read_table(schema.RESULTS, RawTable("Результаты", captions, 7, 1, rows))
    assert all(7 <= slip.row < 7 + len(rows) and slip.key in table.letters for slip in table.slips)
    assert table.states is not None
    assert len(table.frame) == len(table.states) <= len(rows)
