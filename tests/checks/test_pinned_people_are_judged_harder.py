"""What is pinned stays whatever the program plans: so what is wrong with it is an error with its cell."""

from __future__ import annotations

import pytest

from tests.checks.school import (
    IVANOVA,
    KUZNETSOV,
    MATHS,
    ORLOVA,
    PETROV,
    SIDOROVA,
    SMIRNOVA,
    SOKOLOV,
    Change,
    add,
    both,
    day,
    memory_findings,
    put,
    setting,
    setting_row,
    spoilt,
)
from xlpy.analysis.staff import Bar
from xlpy.checks.findings import Severity


def found(*changes: Change) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of findings above a notice."""
    findings = memory_findings(spoilt(*changes))
    return [(f.code, f.sheet, f.cell) for f in findings if f.severity is not Severity.NOTICE]


def pin(row: int, name: str, second: str | None = None) -> Change:
    return put("checkers", row, checker=name, second_checker=second, pinned="да")


PINNED: dict[Bar, tuple[Change, ...]] = {
    Bar.HOMEROOM: (pin(2, SMIRNOVA),),
    Bar.TEACHES: (pin(4, SIDOROVA),),
    Bar.TAUGHT: (pin(2, SOKOLOV),),
    Bar.RELATIVE: (pin(4, PETROV), add("observers", observer=PETROV, child_class="5А")),
    Bar.CONFLICT: (pin(4, PETROV), add("conflicts", person=PETROV, school_class="5А", reason="репетитор")),
    Bar.ORGANISER: (pin(4, PETROV), put("schedule", 3, organiser=PETROV)),
    Bar.ABSENT: (pin(4, PETROV), put("teachers", 3, absent_from=day("20.03"))),
    Bar.NOT_EXPERT: (pin(4, PETROV), put("teachers", 3, roles="организатор")),
    Bar.NOT_QUALIFIED: (pin(4, KUZNETSOV),),
}


@pytest.mark.parametrize("bar", PINNED)
def test_a_pinned_person_whom_anything_bars_is_an_error_at_their_cell(bar: Bar) -> None:
    errors = [f for f in memory_findings(spoilt(*PINNED[bar])) if f.severity is Severity.ERROR]
    assert [(f.sheet, f.cell) for f in errors if f.code.startswith("CHK")] in (
        [("Проверяющие", "D2")],
        [("Проверяющие", "D4")],
    )


def test_every_bar_of_a_plan_has_its_pinned_case() -> None:
    assert set(PINNED) == set(Bar) - {Bar.FIRST_CHECKER}


def test_the_same_person_is_a_warning_where_the_row_is_not_pinned() -> None:
    assert found(put("checkers", 4, checker=KUZNETSOV)) == [("CHK-08", "Проверяющие", "D4")]
    assert found(pin(4, KUZNETSOV)) == [("CHK-15", "Проверяющие", "D4")]


def test_a_second_pinned_person_has_a_cell_of_their_own() -> None:
    assert found(pin(4, PETROV, KUZNETSOV)) == [("CHK-15", "Проверяющие", "E4")]


def test_the_school_s_limit_below_what_is_pinned_is_one_finding_at_its_cell() -> None:
    two = both(pin(3, KUZNETSOV), pin(5, KUZNETSOV), pin(2, ORLOVA))
    told = [one for one in found(two, setting("paper_limit", 1.0)) if one[0] in {"CHK-06", "CHK-16"}]
    assert told == [("CHK-16", "Настройки", f"B{setting_row('paper_limit')}")]
    assert not [one for one in found(two, setting("paper_limit", 2.0)) if one[0] in {"CHK-06", "CHK-16"}]


def test_what_is_pinned_within_the_limit_and_more_beside_it_is_told_where_the_load_passes() -> None:
    change = both(pin(6, IVANOVA), put("checkers", 4, checker=IVANOVA), put("teachers", 2, paper_limit=1.0))
    assert [one for one in found(change) if one[0] in {"CHK-06", "CHK-16"}] == [("CHK-06", "Проверяющие", "D6")]


@pytest.mark.parametrize("limit", [-1.0, -100.0])
def test_a_negative_limit_is_a_number_out_of_bounds_and_nothing_more(limit: float) -> None:
    assert found(put("teachers", 2, paper_limit=limit), pin(6, IVANOVA)) == [("GEN-03", "Учителя", "G2")]
    assert found(setting("paper_limit", limit)) == [("SET-04", "Настройки", f"B{setting_row('paper_limit')}")]


def test_a_row_for_one_work_twice_is_told_at_the_second() -> None:
    again = add("checkers", school_class="5Б", subject=MATHS, checker=IVANOVA, pinned="да")
    assert ("GEN-07", "Проверяющие", "A7") in found(again)


def test_a_subject_without_an_expert_is_said_once_for_all_its_classes() -> None:
    change = both(put("teachers", 4, subjects="Химия"), put("teachers", 5, subjects="Химия"))
    assert [one for one in found(change) if one[0] == "SCH-17"] == [("SCH-17", "График", "C5")]
