"""A deputy head reads one sentence for one mistake, wherever it shows."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.checks.school import (
    BIOLOGY,
    IVANOVA,
    MATHS,
    Change,
    Rows,
    add,
    both,
    copy,
    day,
    drop,
    memory_findings,
    put,
    setting,
    spoilt,
)
from xlpy.checks.findings import Finding, Severity, message_of
from xlpy.checks.run import MANY


def loud(*changes: Change) -> Counter[str]:
    """How many findings above a notice, by code."""
    return Counter(f.code for f in memory_findings(spoilt(*changes)) if f.severity is not Severity.NOTICE)


ONE_MISTAKE = {
    "an unreadable number of pupils": (put("classes", 3, pupils="три"), "GEN-02"),
    "a number of pupils beyond reason": (put("classes", 3, pupils=300.0), "GEN-03"),
    "a status that no list has": (put("plan", 3, ends=day("31.03"), starts=None, status="выполняется"), "GEN-04"),
    "a variant that is a word": (put("results", 13, variant="первый"), "GEN-04"),
    "points that are a letter": (put("results", 13, task_1="н"), "RES-06"),
    "points moved by one column": (put("results", 13, task_1=None, task_4=1.0), "RES-10"),
    "a maximum typed with one digit too many": (put("tasks", 4, max_points=20.0), "TSK-02"),
    "a maximum typed too small": (put("tasks", 4, max_points=1.0), "TSK-02"),
    "a threshold typed with one digit too many": (put("scales", 3, mark_4_from=30.0), "SCL-04"),
    "a scale of an unreadable year": (put("scales", 3, year="2020-й"), "GEN-02"),
    "a task of an unreadable year": (put("tasks", 5, year="2020-й"), "GEN-02"),
    "a scale of a misspelt subject": (put("scales", 4, subject="Биалогия"), "SCL-05"),
    "a code of four digits": (put("participants", 5, code="5001"), "PRT-01"),
    "a code of another participant": (put("participants", 6, code="50001"), "PRT-03"),
    "a code of another grade": (put("participants", 5, code="40009"), "PRT-02"),
    "a class of a participant": (put("participants", 5, school_class="5Б"), "PRT-07"),
    "no class of a participant": (put("participants", 5, school_class=None), "GEN-01"),
    "a participant who is not there": (drop("participants", 5), "RES-01"),
    "a code on one paper": (put("results", 10, code="50009"), "RES-01"),
    "a neighbour's code on one paper": (put("results", 11, code="50001"), "RES-03"),
    "another subject on one paper": (put("results", 10, subject=MATHS), "RES-03"),
    "an unknown class of a work": (put("schedule", 3, school_class="5Ж"), "SCH-01"),
    "an unknown subject of a work": (put("schedule", 3, subject="Матем."), "SCH-02"),
    "an unknown class of a teacher": (put("workload", 2, school_class="5Ж"), "WRK-02"),
    "a misspelt subject of a teacher": (put("teachers", 3, subjects="Матиматика"), "TCH-02"),
    "a misspelt role": (put("teachers", 3, roles="экспрет"), "GEN-04"),
    "a work on a Sunday before ВПР": (put("schedule", 2, second_date=day("14.03")), "SCH-12"),
    "dates of absence the wrong way round": (put("teachers", 3, absent_to=day("01.03")), "TCH-03"),
    "a duplicate of a scale": (copy("scales", 3), "SCL-03"),
    "a homeroom teacher who teaches the class as checker": (put("checkers", 4, checker=IVANOVA), "CHK-03"),
}


@pytest.mark.parametrize("what", ONE_MISTAKE)
def test_one_mistake_is_one_finding(what: str) -> None:
    change, code = ONE_MISTAKE[what]
    found = loud(change)
    # A participant who is not there also makes the class smaller than «Классы» says: two sheets, two numbers.
    assert found - Counter({"CLS-04": 1} if code == "RES-01" and what.startswith("a participant") else {}) == {code: 1}


def spellings(count: int) -> Change:
    """Latin «5A» in so many papers of 5А and 5Б."""
    return both(*(put("results", row, school_class="5A") for row in range(10, 10 + count)))


@pytest.mark.parametrize(("cells", "findings", "alike"), [(MANY, MANY, 1), (MANY + 1, 1, MANY + 1)])
def test_the_same_spelling_in_many_cells_is_one_notice_that_counts_them(cells: int, findings: int, alike: int) -> None:
    found = [f for f in memory_findings(spoilt(spellings(cells))) if f.code == "GEN-05"]
    assert (len(found), found[0].alike, found[0].cell) == (findings, alike, "B10")
    assert (f": {cells}," in message_of(found[0])) == (alike > 1)


def test_a_misspelt_class_on_its_own_sheet_is_not_said_of_every_paper() -> None:
    found = loud(put("classes", 3, school_class="5Я"))
    assert set(found) <= {"PRT-04", "WRK-02", "SCH-01", "CHK-11"}
    assert sum(found.values()) < 10


def test_papers_of_a_work_that_nobody_scheduled_are_one_finding() -> None:
    def other_work(rows: Rows) -> None:
        for row in rows["results"]:
            if row["subject"] == BIOLOGY:
                row["subject"] = "Физика"

    found = [f for f in memory_findings(spoilt(other_work)) if f.code == "RES-04"]
    assert [f.cell for f in found] == ["C10", "C11", "C12", "C16", "C17", "C18"]


def test_uploads_that_nobody_noted_are_one_finding() -> None:
    change = both(*(put("schedule", row, uploaded=None) for row in range(2, 7)))
    more = add(
        "schedule",
        date=day("19.03"),
        school_class="4А",
        subject="Окружающий мир",
        upload_until=day("25.03"),
        lesson=1.0,
    )
    found = [f for f in memory_findings(spoilt(change, more)) if f.code == "SCH-11"]
    assert [(f.cell, f.alike) for f in found] == [("L2", 6)]


def test_a_cell_with_an_error_has_no_notice_as_well() -> None:
    found: tuple[Finding, ...] = memory_findings(spoilt(put("participants", 5, school_class="5ж ")))
    assert [f.code for f in found] == ["PRT-04"]


def test_without_a_school_year_only_the_year_is_asked_for() -> None:
    assert loud(setting("year", None)) == {"SET-01": 1}
