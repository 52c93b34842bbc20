"""The second checker's points never go into the workbook: they are held against the first's and kept in the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checks.school import both, put, setting
from tests.forms.collecting import at, book, form
from tests.forms.gathering import IVANOVA, CollectingSchool, rules, untyped
from tests.forms.handed import type_into
from tests.forms.test_collecting_puts_points_in_by_code import FULL
from xlpy.exchange.forms.form import FormTask
from xlpy.exchange.forms.second import compare
from xlpy.exchange.forms.voice import listen
from xlpy.tables import schema
from xlpy.tables.raw import Value

SECOND = "Петров Борис Ильич"
TASKS = (FormTask(1, "1", 3), FormTask(2, "2", 3))


@pytest.fixture
def school(tmp_path: Path) -> CollectingSchool:
    second = put("checkers", 6, second_checker=SECOND)
    return CollectingSchool(tmp_path, (both(untyped, second, setting("checkers_per_pack", 2.0)),))


def second_form(school: CollectingSchool) -> Path:
    return school.form(SECOND, "5Б Математика (вторая проверка)")


def test_a_second_check_before_the_first_waits(school: CollectingSchool) -> None:
    type_into(second_form(school), FULL)
    done = school.collect()
    assert not done.made.decided.edits
    assert school.points("50004") == (None, None, None)
    assert "FRM-53" in rules(school.said())


def test_checks_that_agree_are_not_spoken_of(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    type_into(second_form(school), FULL)
    school.collect()
    assert not {"FRM-42", "FRM-53"} & set(rules(school.said()))


def test_checks_that_differ_are_said_once_and_the_workbook_keeps_the_first(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    type_into(second_form(school), FULL | {("50006", "1"): 0, ("50006", "2.1"): 0})
    school.collect()
    assert school.points("50006") == (1, 2, 0)
    assert rules(school.said()).count("FRM-42") == 1
    lines = [row["outcome"] for row in school.rows_of(schema.JOURNAL)]
    assert not school.collect().is_written
    assert [row["outcome"] for row in school.rows_of(schema.JOURNAL)] == lines
    kept = json.loads(school.record.read_bytes())
    said = {(pack["checker"], pack["turn"]): pack["said"] for pack in kept["packs"]}
    assert said[SECOND.casefold().replace("ё", "е"), "second"]["50006"]["task_1"] == 0
    assert said[IVANOVA.casefold(), "first"]["50006"]["task_1"] == 1


@pytest.mark.parametrize(
    ("first", "second", "tolerances", "told", "third"),
    [
        ((1, 1), (1, 1), (1, 2), 0, None),
        ((1, 1), (1, 2), (1, 2), 1, False),
        ((1, 1), (2, 2), (1, 2), 2, True),
        ((0, 2), (2, 0), (1, 2), 2, False),
        ((1, 1), (2, 2), (2, 2), 0, True),
        ((1, 1), (2, 2), (2, 3), 0, None),
        ((0, 1), ("X", 1), (1, 2), 0, None),
        ((0, 1), ("X", 1), (0, 0), 0, None),
        ((3, None), (0, 1), (1, 2), 1, False),
        ((3, 3), (0, None), (1, 2), 1, False),
    ],
)
def test_tolerances_say_what_is_told_and_when_a_third_check_is_needed(
    first: tuple[Value, Value],
    second: tuple[Value, Value],
    tolerances: tuple[int, int],
    told: int,
    third: bool | None,
) -> None:
    """`third`: None where nothing is told of the paper at all."""
    held = book({"50001": dict(zip(("task_1", "task_2"), first, strict=True))})
    voice = listen([form({"50001": dict(zip(("task_1", "task_2"), second, strict=True))}, saved=at(9))])
    found = compare(voice, held, {}, TASKS, tolerances)
    if third is None:
        assert not found.differing
        return
    (paper,) = found.differing
    assert (len(paper.tasks), paper.needs_third) == (told, third)


def test_the_first_check_is_what_the_workbook_will_hold() -> None:
    voice = listen([form({"50001": {"task_1": 3, "task_2": 3}})])
    found = compare(voice, book({}), {(7, "task_1"): 0, (7, "task_2"): 3}, TASKS, (1, 2))
    assert [one.first for one in found.differing[0].tasks] == [0]
