from __future__ import annotations

from xlpy.exchange.fill import fill_from_rows
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.workbook.memory import MemoryWorkbook


def table(book: MemoryWorkbook, key: str) -> list[list[Value]]:
    return book.tables[key].values


def test_only_the_named_parameters_change() -> None:
    shipped: list[dict[str, Value]] = [
        {"parameter": "Школа (краткое)", "note": "Короткое имя"},
        {"parameter": "Учебный год", "setting": "2025/26"},
        {"parameter": "Хранить копий", "setting": 10},
    ]
    book = MemoryWorkbook.filled({"settings": shipped})
    counts = fill_from_rows(
        book,
        {"settings": [{"parameter": "учебный  ГОД", "setting": "2020/21"}, {"parameter": "Школа (краткое)"}]},
    )
    assert counts == {"Настройки": 2}
    assert table(book, "settings") == [
        ["Школа (краткое)", None, "Короткое имя"],
        ["Учебный год", "2020/21", None],
        ["Хранить копий", 10, None],
    ]


def test_a_parameter_nobody_shipped_is_added_below() -> None:
    book = MemoryWorkbook.filled({"settings": [{"parameter": "Регион"}]})
    fill_from_rows(book, {"settings": [{"parameter": "Своё", "setting": "7"}]})
    assert table(book, "settings")[1] == ["Своё", "7", None]


def test_a_scale_of_the_school_s_replaces_the_shipped_one_and_the_others_stay() -> None:
    shipped: list[dict[str, Value]] = [
        {"year": "2020/21", "grade": 7, "subject": "Физика", "mark_3_from": 4, "source": "приказ"},
        {"year": "2020/21", "grade": 8, "subject": "Физика", "mark_3_from": 5},
    ]
    book = MemoryWorkbook.filled({"scales": shipped})
    fill_from_rows(
        book,
        {
            "scales": [
                {"year": "2020/21", "grade": "7", "subject": "физика", "mark_3_from": 6},
                {"year": "2024/25", "grade": 7, "subject": "Физика"},
            ]
        },
    )
    rows = table(book, "scales")
    at = [column.key for column in schema.SCALES.columns].index("mark_3_from")
    assert [row[:3] for row in rows] == [["2020/21", 7, "Физика"], ["2020/21", 8, "Физика"], ["2024/25", 7, "Физика"]]
    assert [row[at] for row in rows] == [6, 5, None]
    assert rows[0][8] == "приказ"


def test_two_rows_with_one_key_both_come_in() -> None:
    book = MemoryWorkbook.filled({})
    rows: list[dict[str, Value]] = [{"code": "50001", "subject": "Физика", "task_1": points} for points in (1, 2)]
    assert fill_from_rows(book, {"results": rows}) == {"Результаты": 2}
    assert [row[4] for row in table(book, "results")] == [1, 2]


def test_sheets_without_rows_are_left_alone() -> None:
    book = MemoryWorkbook.filled({"classes": [{"school_class": "5А"}]})
    assert fill_from_rows(book, {"teachers": []}) == {"Учителя": 0}
    assert len(table(book, "classes")) == 1
