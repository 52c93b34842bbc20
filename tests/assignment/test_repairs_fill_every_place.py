from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.schools import (
    TEACHERS,
    Rows,
    best_plan,
    papers,
    plan,
    read,
    school,
    schools,
    setting,
    teacher,
    teaches,
    work,
)
from xlpy.assignment.accepting import accepted_edits
from xlpy.assignment.assign import AssignmentResult, Regard, Status, assign, to_rows
from xlpy.assignment.repair_kinds import Repair, RepairKind
from xlpy.assignment.repairs import repairs_of
from xlpy.assignment.verify import verify
from xlpy.tables import schema
from xlpy.tables.settings import REPAIRS

ANNA, BELLA, VIKTOR, GLEB, DARIA = TEACHERS
KINDS = dict(zip(RepairKind, REPAIRS, strict=True))
OVERTIME, SECOND, NEIGHBOUR = RepairKind


def repairs(rows: Rows) -> tuple[Repair, ...]:
    return repairs_of(*read(rows), plan(rows))


def missing(result: AssignmentResult) -> int:
    return sum(max(0, pack.need - len(pack.checkers)) for pack in result.packs if not pack.pinned)


def places(found: Sequence[Repair]) -> int:
    return sum(one.units if one.kind is NEIGHBOUR else 1 for one in found)


def accepted(rows: Rows, found: Sequence[Repair]) -> Rows:
    """The rows with what the repairs change, written as a person would write it."""
    edits = accepted_edits(*read(rows), found)
    teachers = [
        {
            **row,
            "paper_limit": edits.limits.get(str(row["teacher"]), row.get("paper_limit")),
            "subjects": "; ".join([str(row["subjects"]), *edits.subjects.get(str(row["teacher"]), ())]),
        }
        for row in rows["teachers"]
    ]
    given_away = [
        {
            "school_class": school_class,
            "subject": subject,
            "checker": schema.EXTERNAL_CHECKER,
            "second_checker": schema.EXTERNAL_CHECKER if count > 1 else None,
        }
        for (school_class, subject), count in edits.external.items()
    ]
    kept = [row for row in rows.get("checkers", []) if (row["school_class"], row["subject"]) not in edits.external]
    return {**rows, "teachers": teachers, "checkers": [*kept, *given_away]}


def in_order(rows: Rows, *kinds: RepairKind) -> Rows:
    return {**rows, "settings": [*rows["settings"], setting("Порядок исправлений", "; ".join(KINDS[k] for k in kinds))]}


orders = st.permutations(list(RepairKind)).flatmap(lambda kinds: st.integers(1, 3).map(lambda n: kinds[:n]))


@settings(max_examples=40, deadline=None)
@given(schools(), st.permutations(list(RepairKind)), st.sampled_from(["нет", "да"]))
def test_as_many_repairs_as_places_are_empty_and_the_plan_is_full_then(
    rows: Rows, kinds: list[RepairKind], apart: str
) -> None:
    rows = in_order({**rows, "settings": [*rows["settings"], setting("Разные проверяющие у класса", apart)]}, *kinds)
    found = repairs(rows)
    assert places(found) == missing(plan(rows))
    repaired = accepted(rows, found)
    result = plan(repaired)
    assert (result.status, missing(result)) == (Status.OPTIMAL, 0)
    assert verify(result, *read(repaired)) == ()


@settings(max_examples=50, deadline=None)
@given(schools(), st.data())
def test_every_repair_helps_without_the_others(rows: Rows, data: st.DataObject) -> None:
    found = repairs(rows)
    some = [one for one in found if data.draw(st.booleans())]
    assert missing(plan(accepted(rows, some))) <= missing(plan(rows)) - places(some)


@settings(max_examples=50, deadline=None)
@given(schools(), orders)
def test_a_kind_that_the_setting_leaves_out_is_never_proposed(rows: Rows, kinds: list[RepairKind]) -> None:
    found = repairs(in_order(rows, *kinds))
    assert {one.kind for one in found} <= set(kinds)
    assert places(found) <= missing(plan(rows))


@settings(max_examples=60, deadline=None)
@given(schools(pins=0), st.permutations(list(RepairKind)))
def test_no_other_repairs_of_that_number_need_fewer_of_the_least_wanted_kind(
    rows: Rows, kinds: list[RepairKind]
) -> None:
    """Everything that as few steps could do is tried: without the last kind, the plan could not be filled so far."""
    found = repairs(in_order(rows, *kinds))
    least = [one for one in found if one.kind is kinds[-1]]
    others = repairs(in_order(rows, *kinds[:-1]))
    assert places(others) == places(found) - places(least)


@settings(max_examples=40, deadline=None)
@given(schools(unit="работы"))
def test_repairs_by_papers_fill_every_place_too(rows: Rows) -> None:
    found = repairs(rows)
    result = plan(accepted(rows, found))
    assert (result.status, missing(result)) == (Status.OPTIMAL, 0)


@settings(max_examples=40, deadline=None)
@given(schools(), st.randoms(use_true_random=False))
def test_rows_in_any_order_give_the_same_repairs(rows: Rows, chance: object) -> None:
    shuffled = {key: list(found) for key, found in rows.items()}
    for key, found in shuffled.items():
        if key != "settings":
            chance.shuffle(found)  # type: ignore[attr-defined]
    assert repairs(shuffled) == repairs(rows)


@settings(max_examples=50, deadline=None)
@given(schools())
def test_work_beyond_limits_fills_what_could_be_filled_if_there_were_none(rows: Rows) -> None:
    """Both plans are found by trying everything; a limit of nothing stays one."""
    free = {
        **rows,
        "teachers": [{**row, "paper_limit": 0 if row.get("paper_limit") == 0 else 99} for row in rows["teachers"]],
    }
    found = repairs(in_order(rows, OVERTIME))
    assert places(found) == best_plan(free).places - best_plan(rows).places


def crowded(*more: dict[str, object]) -> Rows:
    """Three packs of mathematics for one teacher with room for two; Bella only lacks the subject."""
    people = [teacher(ANNA, paper_limit=2), teacher(BELLA, "Физика")]
    return school(people, [work("5А"), work("5Б"), work("6А")], settings=list(more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((OVERTIME, SECOND, NEIGHBOUR), (OVERTIME, ANNA)),
        ((SECOND, OVERTIME, NEIGHBOUR), (SECOND, BELLA)),
        ((NEIGHBOUR, SECOND, OVERTIME), (NEIGHBOUR, None)),
        ((NEIGHBOUR,), (NEIGHBOUR, None)),
    ],
)
def test_the_most_wanted_kind_is_proposed(kinds: tuple[RepairKind, ...], expected: tuple[RepairKind, str]) -> None:
    (found,) = repairs(in_order(crowded(), *kinds))
    assert (found.kind, found.teacher, found.units) == (*expected, 1)


def test_nobody_is_asked_beyond_a_limit_of_nothing() -> None:
    rows = school([teacher(ANNA, paper_limit=0)], [work("5А")])
    assert [one.kind for one in repairs(rows)] == [NEIGHBOUR]


def test_the_own_class_is_never_proposed_nor_who_is_no_expert() -> None:
    people = [teacher(ANNA), teacher(BELLA, "Физика"), teacher(VIKTOR, "Физика", roles="директор")]
    rows = school(people, [work("5А")], workload=[teaches(ANNA, "5А"), teaches(BELLA, "5А", "Физика")])
    assert [(one.kind, one.teacher) for one in repairs(rows)] == [(NEIGHBOUR, None)]


def test_the_least_loaded_person_is_asked() -> None:
    people = [teacher(ANNA, paper_limit=2), teacher(BELLA, paper_limit=1), teacher(VIKTOR, paper_limit=2)]
    rows = school(people, [work(c, "Математика", n) for n, c in enumerate(["5А", "5Б", "5В", "6А", "6Б", "6В"])])
    assert [(one.kind, one.teacher) for one in repairs(rows)] == [(OVERTIME, BELLA)]


def test_a_limit_that_pins_pass_rises_above_them() -> None:
    pinned = [{"school_class": c, "subject": "Математика", "checker": ANNA, "pinned": "да"} for c in ("5А", "5Б")]
    rows = school([teacher(ANNA, paper_limit=1)], [work("5А"), work("5Б"), work("6А")], checkers=pinned)  # type: ignore[arg-type]
    (found,) = repairs(rows)
    assert accepted_edits(*read(rows), [found]).limits == {ANNA: 3}


def test_papers_are_counted_in_what_passes_the_limit() -> None:
    rows = school(
        [teacher(ANNA, paper_limit=30), teacher(BELLA, paper_limit=28)],
        [work("5А"), work("5Б")],
        settings=[setting("Единица нагрузки", "работы")],
        results=[*papers("5А", "Математика", 25), *papers("5Б", "Математика", 29)],
        workload=[teaches(ANNA, "5Б"), teaches(BELLA, "5А")],
    )
    (found,) = repairs(rows)
    assert (found.kind, found.school_class, found.teacher, found.units) == (OVERTIME, "5Б", BELLA, 1)
    assert accepted_edits(*read(rows), [found]).limits == {BELLA: 29}


def test_a_full_plan_needs_no_repair() -> None:
    assert repairs(school([teacher(ANNA)], [work("5А")])) == ()


def test_a_school_without_teachers_can_only_ask_its_neighbours() -> None:
    (found,) = repairs(school([], [work("5А")], each=2))
    assert (found.kind, found.units) == (NEIGHBOUR, 2)


@settings(max_examples=40, deadline=None)
@given(st.one_of(schools(), schools(unit="работы")))
def test_the_list_is_the_same_once_the_plan_stands_on_the_sheet(rows: Rows) -> None:
    """So that a number means the same line when it is accepted."""
    result = plan(rows)
    found = repairs_of(*read(rows), result)
    standing = read({**rows, "checkers": [dict(row) for row in to_rows(result)]})
    assert repairs_of(*standing, assign(*standing, Regard.KEEP)) == found
