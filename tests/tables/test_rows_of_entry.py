from __future__ import annotations

from tests.tables.test_frames_keep_every_cell_s_address import raw
from xlpy.tables import schema
from xlpy.tables.entry import Misfit, kept_rows, plan_entry
from xlpy.tables.frames import read_tables
from xlpy.tables.raw import Value

PUPILS: list[dict[str, Value]] = [
    {"code": "50001", "school_class": "5А"},
    {"code": "50002", "school_class": "5А", "takes_part": "нет"},
    {"code": "50003", "school_class": "5А", "electives": "Немецкий язык"},
]
WORKS: list[dict[str, Value]] = [
    {"school_class": "5А", "subject": "Математика"},
    {"school_class": "5А", "subject": "Немецкий язык"},
]


def plan(results: list[dict[str, Value]]):
    tables = read_tables(
        {
            "participants": raw("participants", PUPILS),
            "schedule": raw("schedule", WORKS),
            "results": raw("results", results, first_row=7),
        }
    )
    return plan_entry(
        tables["results"],
        tables["participants"],
        tables["schedule"],
        tables["scales"],
        tables["tasks"],
        "2020/21",
        raw("results", results, first_row=7),
    )


def test_every_participant_gets_a_row_for_every_work_they_write() -> None:
    entry = plan([])
    assert [(code, subject) for code, _, subject, _ in entry.rows] == [
        ("50001", "Математика"),
        ("50003", "Математика"),
        ("50003", "Немецкий язык"),
    ]
    assert entry.added == 3


def test_typed_rows_stay_and_are_named_when_they_no_longer_fit() -> None:
    typed: list[dict[str, Value]] = [
        {"code": "50002", "school_class": "5А", "subject": "Математика", "variant": 1, "task_1": 2},
        {"code": "59999", "school_class": "5А", "subject": "Математика", "task_1": "x"},
        {"code": "50001", "school_class": "5Б", "subject": "Математика", "journal_mark": 4},
    ]
    entry = plan(typed)
    assert {m.code: m.reason for m in entry.misfits} == {
        "50002": Misfit.NOT_TAKING_PART,
        "59999": Misfit.UNKNOWN_CODE,
        "50001": Misfit.OTHER_CLASS,
    }
    assert {old for *_, old in entry.rows} >= {7, 8, 9}


def test_rows_in_which_nothing_was_typed_go_when_they_no_longer_fit() -> None:
    entry = plan([{"code": "50002", "school_class": "5А", "subject": "Математика"}])
    assert entry.removed == 1
    assert not entry.misfits


def test_preparing_twice_changes_nothing() -> None:
    first = plan([])
    again = plan([{"code": c, "school_class": k, "subject": s} for c, k, s, _ in first.rows])
    assert (again.added, again.removed, again.misfits) == (0, 0, ())
    assert [row[:3] for row in again.rows] == [row[:3] for row in first.rows]


def test_kept_rows_are_written_back_cell_for_cell() -> None:
    results: list[dict[str, Value]] = [
        {"code": 50001.0, "school_class": "5A", "subject": "Математика", "task_1": "х", "task_2": "?"},
        {"code": "50001", "school_class": "5А", "subject": "Математика", "task_1": 2},
    ]
    rows = kept_rows(plan(results), raw("results", results, first_row=7))
    written = {(r["code"], r["school_class"], r["task_1"]) for r in rows if "task_1" in r}
    assert written == {(50001.0, "5A", "х"), ("50001", "5А", 2)}


def test_works_without_scale_or_tasks_are_named_once() -> None:
    entry = plan([])
    assert entry.scales == ((5, "Математика"), (5, "Немецкий язык"))
    assert entry.tasks == entry.scales
    assert schema.SCALES.match == ("year", "grade", "subject")


def test_rows_stand_by_class_then_subject_then_code() -> None:
    rows: list[dict[str, Value]] = [
        {"code": "70001", "school_class": "10А", "subject": "Физика", "task_1": 1},
        {"code": "50009", "school_class": "5Б", "subject": "История", "task_1": 1},
        {"code": "50001", "school_class": "5А", "subject": "Химия", "task_1": 1},
        {"code": "50002", "school_class": "5А", "subject": "Биология", "task_1": 1},
    ]
    entry = plan(rows)
    typed = [(school_class, subject, code) for code, school_class, subject, old in entry.rows if old is not None]
    assert typed == [
        ("5А", "Биология", "50002"),
        ("5А", "Химия", "50001"),
        ("5Б", "История", "50009"),
        ("10А", "Физика", "70001"),
    ]


def test_each_reason_not_to_fit_is_told_from_the_others() -> None:
    rows: list[dict[str, Value]] = [
        {"code": "50001", "school_class": "5А", "subject": "История", "task_1": 1},
        {"code": "50001", "school_class": "5А", "subject": "Немецкий язык", "variant": "отсутствовал"},
    ]
    assert {m.subject: m.reason for m in plan(rows).misfits} == {
        "История": Misfit.NOT_SCHEDULED,
        "Немецкий язык": Misfit.NOT_CHOSEN,
    }


def test_a_journal_mark_alone_or_an_unreadable_cell_counts_as_typed() -> None:
    for cells in ({"journal_mark": "нет отметки"}, {"journal_mark": "пять"}, {"task_36": "?"}, {"variant": "99"}):
        entry = plan([{"code": "50002", "school_class": "5А", "subject": "Математика", **cells}])
        assert [m.reason for m in entry.misfits] == [Misfit.NOT_TAKING_PART], cells
        assert entry.removed == 0
