from __future__ import annotations

from hypothesis import given, settings

from tests.assignment.schools import (
    TEACHERS,
    Rows,
    best_plan,
    day,
    plan,
    school,
    schools,
    setting_of,
    teacher,
    teaches,
    work,
)
from xlpy.analysis.staff import Bar
from xlpy.assignment.assign import Status
from xlpy.assignment.result import BlockedPack, Cause

ANNA, BELLA, VIKTOR, GLEB, DARYA = TEACHERS


def bars(blocked: BlockedPack) -> dict[str, tuple[Bar, ...]]:
    return {exclusion.teacher: exclusion.bars for exclusion in blocked.excluded}


def test_a_pack_nobody_may_check_is_named_with_everyone_and_every_reason() -> None:
    people = [teacher(ANNA, absent_from=day(1), absent_to=day(1)), teacher(BELLA, "Физика"), teacher(VIKTOR)]
    rows = school(
        people,
        [work("5А", check_until=day(2))],
        workload=[teaches(BELLA, "5А", "Физика"), teaches(ANNA, "5А", until=day(-30))],
        classes=[{"school_class": "5А", "grade": 5, "homeroom": VIKTOR}],
        conflicts=[{"person": VIKTOR, "school_class": "5А"}],
    )
    result = plan(rows)
    (blocked,) = result.blocking
    assert (result.status, blocked.cause) == (Status.INFEASIBLE, Cause.FEW)
    assert (blocked.school_class, blocked.subject, blocked.need, blocked.eligible) == ("5А", "Математика", 1, 0)
    assert bars(blocked) == {
        ANNA: (Bar.TAUGHT, Bar.ABSENT),
        BELLA: (Bar.TEACHES, Bar.NOT_QUALIFIED),
        VIKTOR: (Bar.HOMEROOM, Bar.CONFLICT),
    }


def test_the_rest_is_still_assigned() -> None:
    rows = school([teacher(ANNA), teacher(BELLA)], [work("5А"), work("5Б", "Химия"), work("6А")])
    result = plan(rows)
    assert [(pack.school_class, len(pack.checkers)) for pack in result.packs] == [("5А", 1), ("5Б", 0), ("6А", 1)]
    assert [(blocked.school_class, blocked.subject) for blocked in result.blocking] == [("5Б", "Химия")]


def test_a_pack_that_wants_two_gets_the_one_there_is() -> None:
    result = plan(school([teacher(ANNA)], [work("5А")], each=2))
    assert result.packs[0].checkers == (ANNA,)
    assert (result.blocking[0].need, result.blocking[0].eligible) == (2, 1)


def test_packs_that_compete_for_full_people_are_named_together_and_others_are_not() -> None:
    people = [teacher(ANNA, paper_limit=1), teacher(BELLA, "Физика")]
    result = plan(school(people, [work("5А"), work("5Б"), work("5А", "Физика", 1)]))
    (crowd,) = result.crowds
    assert crowd.works == (("5А", "Математика"), ("5Б", "Математика"))
    assert (crowd.places, crowd.room, crowd.teachers) == (2, 1, (ANNA,))
    assert [(b.cause, b.eligible, b.excluded[0].limit) for b in result.blocking] == [(Cause.LIMITS, 0, 1)] * 2


def test_the_fewest_packs_that_prove_it_are_named_with_all_who_may_check_them_and_why_others_may_not() -> None:
    """Viktor works in both classes, Gleb has a limit of nothing, Darya another subject; 6А of Viktor is no proof."""
    people = [teacher(ANNA, paper_limit=1), teacher(VIKTOR), teacher(GLEB, paper_limit=0), teacher(DARYA, "Физика")]
    rows = school(
        people,
        [work("5А"), work("5Б"), work("6А")],
        workload=[teaches(VIKTOR, "5А"), teaches(VIKTOR, "5Б")],
    )
    (crowd,) = plan(rows).crowds
    (core,) = crowd.cores
    assert core.works == (("5А", "Математика"), ("5Б", "Математика"))
    assert (core.places, core.room, core.teachers) == (2, 1, (ANNA,))
    assert [(one.teacher, one.bars, one.limit) for one in core.excluded] == [
        (VIKTOR, (Bar.TEACHES,), None),
        (GLEB, (), 0),
    ]


def test_subjects_that_share_people_get_a_proof_each_where_they_can() -> None:
    people = [teacher(ANNA), teacher(BELLA, "Математика; Физика"), teacher(VIKTOR, "Физика")]
    works = [work(c, s) for c in ("5А", "5Б", "6А") for s in ("Математика", "Физика")]
    (crowd,) = plan(school(people, works, limit=1)).crowds
    assert (crowd.places, crowd.room) == (6, 3)
    assert [(len(core.works), {subject for _, subject in core.works}) for core in crowd.cores] == [
        (3, {"Математика"}),
        (3, {"Физика"}),
    ]


def test_a_limit_of_nothing_is_a_reason_of_its_own() -> None:
    result = plan(school([teacher(ANNA, paper_limit=0)], [work("5А")]))
    assert [(e.teacher, e.bars, e.limit) for e in result.blocking[0].excluded] == [(ANNA, (), 0)]


def test_a_school_without_teachers_is_answered_and_not_failed() -> None:
    result = plan(school([], [work("5А")]))
    assert (result.status, result.loads, result.blocking[0].excluded) == (Status.INFEASIBLE, {}, ())


def test_an_empty_schedule_is_a_plan_with_nothing_in_it() -> None:
    result = plan(school([teacher(ANNA)], []))
    assert (result.status, result.packs, result.blocking) == (Status.OPTIMAL, (), ())


def test_only_experts_check_where_anybody_is_one() -> None:
    result = plan(school([teacher(ANNA, roles="директор"), teacher(BELLA)], [work("5А")]))
    assert result.packs[0].checkers == (BELLA,)
    nobody = plan(school([teacher(ANNA, roles=None)], [work("5А")]))
    assert nobody.packs[0].checkers == (ANNA,)


def best_need(rows: Rows) -> int:
    return int(setting_of(rows, "Проверяющих на работу"))  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(schools())
def test_what_is_blocked_is_truly_impossible_and_all_else_is_filled(rows: Rows) -> None:
    """Every claim is tried by brute force: the packs of a crowd alone already cannot be filled."""
    result, best = plan(rows), best_plan(rows)
    blocked = {(b.school_class, b.subject) for b in result.blocking}
    for one in result.blocking:
        assert one.eligible < one.need
        assert one.eligible + len(one.excluded) == len(rows["teachers"])
        assert all(exclusion.bars or exclusion.limit is not None for exclusion in one.excluded)
        if one.cause is Cause.FEW:
            assert one.eligible == len(best.eligible[one.school_class, one.subject])
    for crowd in result.crowds:
        assert best_plan(rows, frozenset(crowd.works)).places == crowd.room < crowd.places
        assert blocked.issuperset(crowd.works)
        for core in crowd.cores:
            assert best_plan(rows, frozenset(core.works)).places == core.room < core.places
            for gone in core.works:
                others = frozenset(core.works) - {gone}
                assert best_plan(rows, others).places == sum(
                    min(2, len(best.eligible[w]), best_need(rows)) for w in others
                )
    assert all(len(p.checkers) == p.need for p in result.packs if not p.pinned and p.pack.work not in blocked)
