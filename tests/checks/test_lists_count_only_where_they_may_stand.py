"""«;» lists: every name counts where several may stand, and the cell is no name where one must."""

from __future__ import annotations

import pytest

from tests.checks.school import (
    BIOLOGY,
    IVANOVA,
    MATHS,
    ORLOVA,
    PETROV,
    Change,
    add,
    both,
    memory_findings,
    put,
    spoilt,
)


def found(change: Change) -> set[tuple[str, str, str]]:
    return {(f.code, f.sheet, f.cell) for f in memory_findings(spoilt(change))}


ONE_NAME = {
    "SCH-01 График B3": put("schedule", 3, school_class="5А;5Б"),
    "SCH-02 График C3": put("schedule", 3, subject=f"{MATHS}; {BIOLOGY}"),
    "SCH-09 График H3": put("schedule", 3, organiser=f"{ORLOVA}; {PETROV}"),
    "PRT-04 Участники C5": put("participants", 5, school_class="5А; 5Б"),
    "CHK-07 Проверяющие D2": put("checkers", 2, checker=f"{ORLOVA}; {PETROV}"),
}


@pytest.mark.parametrize("where", ONE_NAME)
def test_a_list_is_no_name_where_one_must_stand(where: str) -> None:
    code, sheet, cell = where.split()
    assert (code, sheet, cell) in found(ONE_NAME[where])


def test_a_list_on_the_sheet_of_classes_does_not_make_it_a_class() -> None:
    change = both(
        add("classes", school_class="5А; 5Б", grade=5.0, homeroom=IVANOVA), put("schedule", 3, school_class="5А; 5Б")
    )
    assert ("SCH-01", "График", "B3") in found(change)


UNKNOWN_IN_A_LIST = {
    "CLS-03 Классы E3": put("classes", 3, homeroom=f"{IVANOVA}; Никто Никита"),
    "WRK-01 Нагрузка A2": put("workload", 2, teacher=f"{IVANOVA}; Никто Никита"),
    "WRK-02 Нагрузка C2": put("workload", 2, school_class="5А; 5Ж"),
    "WRK-03 Нагрузка B2": put("workload", 2, subject=f"{MATHS}; Билогия"),
    "CNF-02 Конфликты B2": put("conflicts", 2, school_class="5А; 5Ж"),
    "CNF-03 Конфликты C2": put("conflicts", 2, subject=f"{MATHS}; Ботаника"),
}


@pytest.mark.parametrize("where", UNKNOWN_IN_A_LIST)
def test_every_name_of_a_list_is_looked_at(where: str) -> None:
    code, sheet, cell = where.split()
    assert (code, sheet, cell) in found(UNKNOWN_IN_A_LIST[where])


def test_known_names_of_a_list_are_nothing_to_report() -> None:
    change = add("conflicts", person=IVANOVA, school_class="5А; 5Б", subject=f"{MATHS}; {BIOLOGY}")
    assert not {code for code, sheet, _ in found(change) if sheet == "Конфликты"}
