from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.documents.distribution.placed_school import (
    TODAY,
    Row,
    Rows,
    dealt,
    demo_rows,
    everything_in,
    school,
    small,
    tables_in,
    tables_of,
    text_of,
    write,
)
from xlpy.assignment.packs import checking_days, count_papers
from xlpy.documents.distribution_facts import codes_of_works
from xlpy.documents.task_sheet_context import CODES_IN_ROW, TaskSheet, task_sheets_of
from xlpy.tables import schema
from xlpy.words import distribution as words


def sheets(rows: Rows) -> dict[str, TaskSheet]:
    tables, settings = tables_of(rows)
    return {sheet.teacher: sheet for sheet in task_sheets_of(tables, settings, TODAY)}


def test_the_codes_are_exactly_those_of_who_wrote(tmp_path: Path) -> None:
    rows = school(checkers=dealt(3))
    wrote: dict[tuple[object, object], list[str]] = {}
    for row in rows["results"]:
        if row["variant"] != schema.ABSENT:
            wrote.setdefault((row["school_class"], row["subject"]), []).append(str(row["code"]))
    mine: dict[str, list[str]] = {}
    for row in rows["checkers"]:
        for name in (str(row["checker"]), str(row["second_checker"])):
            mine.setdefault(name, []).extend(wrote[row["school_class"], row["subject"]])
    made = write(rows, tmp_path).tasks
    assert [path.stem for path in made] == [words.TASK_FILE.format(teacher=name) for name in sorted(mine)]
    for path, name in zip(made, sorted(mine), strict=True):
        cells = [cell for table in tables_in(path) for row in table for cell in row if cell]
        assert sorted(cells) == sorted(mine[name])


def test_no_participant_is_named_in_any_part_of_any_file(tmp_path: Path) -> None:
    rows = school()
    pupils = [str(row["pupil"]) for row in rows["participants"]]
    assert len(pupils) > 50
    assert all(pupils)
    made = write(rows, tmp_path)
    assert len(made.files) > 10
    for path in made.files:
        everything = everything_in(path)
        assert not [name for name in pupils if name in everything or name in path.name]


def test_no_point_and_no_mark_is_there(tmp_path: Path) -> None:
    """The same sheet comes of a book without any points."""
    with_points, without = (
        school(),
        school(
            results=[
                {key: row[key] for key in ("code", "school_class", "subject", "variant")}
                for row in demo_rows()["results"]
            ]
        ),
    )
    first, second = write(with_points, tmp_path / "a").tasks, write(without, tmp_path / "b").tasks
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_each_pack_has_its_days_and_stands_by_its_last_one() -> None:
    one = demo_rows()["teachers"][0]["teacher"]
    rows = school(checkers=[row | {"checker": one} for row in dealt()])
    tables, settings = tables_of(rows)
    days = checking_days(tables["schedule"], settings)
    for sheet in sheets(rows).values():
        ends = []
        for pack in sheet.packs:
            period = days[pack.school_class, pack.subject]
            assert period is not None
            assert (pack.checked_from, pack.checked_until) == (f"{period.start:%d.%m.%Y}", f"{period.end:%d.%m.%Y}")  # type: ignore[str-format]
            ends.append(period.end)
        assert len(ends) > 5
        assert ends == sorted(ends)  # type: ignore[type-var]


def test_before_anything_is_laid_out_the_expected_codes_stand_there() -> None:
    rows = school(results=[])
    tables, _ = tables_of(rows)
    codes = codes_of_works(tables)
    assert {work: len(found) for work, found in codes.items()} == count_papers(tables)
    assert all(len(pack.codes) == pack.papers > 0 for sheet in sheets(rows).values() for pack in sheet.packs)


def test_as_many_codes_as_the_plan_counts_papers() -> None:
    tables, _ = tables_of(school())
    assert {work: len(found) for work, found in codes_of_works(tables).items()} == count_papers(tables)


@pytest.mark.parametrize("count", [0, 1, 5, 6, 7, 36])
def test_rows_of_codes_are_filled_up(count: int) -> None:
    codes = [f"5{n:04}" for n in range(count)]
    made = sheets(small(results=[small()["results"][0] | {"code": code} for code in codes], participants=[]))
    (pack,) = made["Лугова Инна Олеговна"].packs
    assert {len(row) for row in pack.rows} <= {CODES_IN_ROW}
    assert [code for row in pack.rows for code in row if code] == codes
    assert len(pack.rows) == -(-count // CODES_IN_ROW)


def test_a_pack_without_codes_says_so(tmp_path: Path) -> None:
    (path,) = write(small(results=[], participants=[]), tmp_path).tasks
    assert "Кодов пока нет" in text_of(path)
    assert tables_in(path) == []


def test_the_second_checker_is_told_so_and_the_first_is_not_named(tmp_path: Path) -> None:
    rows = small()
    rows["checkers"] = [rows["checkers"][0] | {"second_checker": "Ясень Глеб Ильич"}]
    first, second = write(rows, tmp_path).tasks
    assert words.SECOND in text_of(second)
    assert words.SECOND not in text_of(first)
    assert "Лугова" not in text_of(second)


def test_tasks_and_maximum_are_those_of_the_year(tmp_path: Path) -> None:
    work: Row = {"year": "2020/21", "grade": 5, "subject": "Математика"}
    tasks = [work | {"number": n, "label": str(n), "max_points": 2} for n in (1, 2, 3)]
    rows = small(tasks=[*tasks, *(task | {"year": "2019/20", "number": 4} for task in tasks)])
    (path,) = write(rows, tmp_path).tasks
    assert "Работ: 3. Дата работы: 15.04.2021. Заданий: 3. Наибольший балл: 6." in text_of(path)


def test_who_checks_for_another_school_gets_no_sheet() -> None:
    rows = small()
    rows["checkers"] = [rows["checkers"][0] | {"second_checker": schema.EXTERNAL_CHECKER}]
    assert list(sheets(rows)) == ["Лугова Инна Олеговна"]


def test_a_work_without_a_day_has_dashes() -> None:
    rows = small(schedule=[{"school_class": "5А", "subject": "Математика"}])
    (pack,) = sheets(rows)["Лугова Инна Олеговна"].packs
    assert (pack.held_on, pack.checked_from, pack.checked_until) == ("—", "—", "—")


def test_nothing_but_points_is_asked_for(tmp_path: Path) -> None:
    (path,) = write(small(), tmp_path).tasks
    text = text_of(path)
    assert "Баллы за задания вносятся в книгу" in text
    assert "подпис" not in text.casefold()
    assert "____" not in text


def test_text_that_looks_like_a_formula_or_a_tag_is_text(tmp_path: Path) -> None:
    name = '=HYPERLINK("x") {{ 7*7 }} <b>&</b>'
    rows = small(teachers=[{"teacher": name}], observers=[{"observer": name}])
    rows["checkers"] = [rows["checkers"][0] | {"checker": name, "explanation": "{% for %}"}]
    rows["visits"] = [rows["visits"][0] | {"observer": name, "date": datetime(2021, 4, 15)}]
    made = write(rows, tmp_path)
    for path in made.files:
        assert name in text_of(path)
        assert "<b>" not in everything_in(path)
