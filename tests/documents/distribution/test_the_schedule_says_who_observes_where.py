from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.documents.distribution.placed_school import (
    TODAY,
    Row,
    Rows,
    demo_rows,
    everything_in,
    findings_of,
    school,
    settings_rows,
    small,
    tables_in,
    tables_of,
    text_of,
    write,
)
from xlpy.documents.visits_context import Visits, visits_of
from xlpy.tables.normalise import class_order
from xlpy.words import distribution as words

DAY = datetime(2021, 4, 15)
WORK: Row = {"date": DAY, "school_class": "5А", "subject": "Математика"}


def visits(rows: Rows) -> Visits:
    tables, settings = tables_of(rows)
    return visits_of(tables, settings, findings_of(rows), TODAY)


def document(rows: Rows, out: Path) -> Path:
    path = write(rows, out).visits
    assert path is not None
    return path


def two_wanted(**sheets: object) -> dict[str, object]:
    year: list[Row] = [{"parameter": "Учебный год", "setting": "2020/21"}]
    return {**small(), "settings": [*year, {"parameter": "Наблюдателей на кабинет", "setting": 2}], **sheets}


def test_every_visit_stands_there_by_date_lesson_and_class(tmp_path: Path) -> None:
    rows = school()
    lessons = {(row["date"], row["school_class"], row["subject"]): row["lesson"] for row in rows["schedule"]}
    expected = sorted(
        (
            (
                row["date"],
                lessons.get((row["date"], row["school_class"], row["subject"]), 99),
                class_order(str(row["school_class"])),
            ),
            [
                f"{row['date']:%d.%m.%Y}",
                str(lessons.get((row["date"], row["school_class"], row["subject"]), "")),
                row["school_class"],
                row["subject"],
                row["room"],
                row["stage"],
                row["observer"],
                "",
            ],
        )
        for row in rows["visits"]
    )
    found = [row[1:] for row in tables_in(document(rows, tmp_path))[0][1:]]
    assert found == [cells for _, cells in expected]
    assert len(found) > 20


def test_of_a_day_s_lessons_the_earlier_comes_first_and_a_day_before_all() -> None:
    plan: list[tuple[datetime, str, int | None]] = [
        (DAY, "5А", 4),
        (DAY, "5Б", 2),
        (DAY, "5В", None),
        (datetime(2021, 4, 14), "6А", 6),
    ]
    works = [{"date": day, "school_class": name, "subject": "Математика", "lesson": at} for day, name, at in plan]
    coming = [
        {"date": work["date"], "school_class": work["school_class"], "subject": "Математика", "stage": "проведение"}
        for work in works
    ]
    made = visits(small(schedule=works, visits=coming))
    assert [(row.school_class, row.lesson) for row in made.visits] == [
        ("6А", "6"),
        ("5Б", "2"),
        ("5А", "4"),
        ("5В", ""),
    ]


def test_no_contact_of_anyone_is_in_any_part_of_the_file(tmp_path: Path) -> None:
    everything = everything_in(document(school(), tmp_path))
    contacts = [str(row["contact"]) for row in demo_rows()["observers"]]
    assert contacts
    assert not [one for one in contacts if one in everything]


@pytest.mark.parametrize(
    "people",
    [["Ручьёв Лев Ильич; Ясень Ия Львовна"], ["Ручьёв Лев Ильич", "Ясень Ия Львовна"]],
    ids=["in one cell", "in a row each"],
)
def test_each_of_several_observers_has_a_line_to_sign(people: list[str]) -> None:
    rows = two_wanted(visits=[WORK | {"observer": name, "stage": "проведение"} for name in people])
    made = visits(rows)  # type: ignore[arg-type]
    assert [row.observer for row in made.visits] == ["Ручьёв Лев Ильич", "Ясень Ия Львовна"]
    assert made.uncovered == ()


def test_names_are_spelled_as_on_the_list_of_observers() -> None:
    made = visits(small(visits=[WORK | {"observer": " ручьев  лев ильич"}]))
    assert [row.observer for row in made.visits] == ["Ручьёв Лев Ильич"]


def test_an_empty_line_says_that_nobody_comes_and_the_room_is_named(tmp_path: Path) -> None:
    rows = small(visits=[WORK | {"stage": "проведение", "observer": None}])
    made = visits(rows)
    assert [row.observer for row in made.visits] == [words.NOBODY]
    (line,) = made.uncovered
    assert line.startswith("15.04.2021, 5А, Математика (кабинет 201)")
    assert line in text_of(document(rows, tmp_path))


def test_a_room_without_any_line_is_named_too() -> None:
    other: Row = {"school_class": "5Б", "subject": "Математика", "date": DAY, "room": "202"}
    rows = small()
    rows["schedule"] = [*rows["schedule"], other]
    assert [line.split(":")[0] for line in visits(rows).uncovered] == ["15.04.2021, 5Б, Математика (кабинет 202)"]


def test_one_of_two_wanted_is_not_enough() -> None:
    (line,) = visits(two_wanted()).uncovered  # type: ignore[arg-type]
    assert "нужно наблюдателей — 2, назначено — 1" in line


def test_who_comes_to_another_stage_does_not_cover_the_work() -> None:
    made = visits(small(visits=[WORK | {"stage": "проверка работ", "observer": "Ручьёв Лев Ильич"}]))
    assert len(made.uncovered) == 1
    assert [(row.stage, row.lesson) for row in made.visits] == [("проверка работ", "")]


def test_two_classes_in_one_room_need_one_observer() -> None:
    other: Row = {"school_class": "5Б", "subject": "Математика", "date": DAY, "room": "201", "lesson": 2}
    rows = small()
    rows["schedule"] = [*rows["schedule"], other]
    assert visits(rows).uncovered == ()


def test_where_none_are_wanted_nothing_is_missing() -> None:
    year: list[Row] = [{"parameter": "Учебный год", "setting": "2020/21"}]
    none = [*year, {"parameter": "Наблюдателей на кабинет", "setting": 0}]
    assert visits(small(settings=none, visits=[WORK])).uncovered == ()


def test_the_rule_is_claimed_only_where_it_is_kept() -> None:
    assert visits(small()).notes == (words.RULE_OF_OBSERVERS,)
    parent: list[Row] = [{"observer": "Ручьёв Лев Ильич", "child_class": "5А"}]
    assert visits(small(observers=parent)).notes == ()
    assert visits(small(observers=[])).notes == ()


def test_the_director_approves_it(tmp_path: Path) -> None:
    rows = school(settings=settings_rows(Директор="Северова Ольга Ильинична"))
    text = text_of(document(rows, tmp_path)).replace("\u00a0", " ")
    assert "УТВЕРЖДАЮ" in text
    assert "О. И. Северова" in text
