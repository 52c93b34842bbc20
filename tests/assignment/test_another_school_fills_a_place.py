from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.schools import (
    TEACHERS,
    Row,
    Rows,
    checkers_of,
    papers,
    plan,
    read,
    school,
    schools,
    setting,
    teacher,
    work,
)
from xlpy.assignment.assign import Regard, Status, assign, to_rows
from xlpy.assignment.proofs import still_holds
from xlpy.assignment.verify import Breach, verify
from xlpy.documents.protocol_context import protocols_of
from xlpy.tables import schema

ANNA, BELLA, VIKTOR, *_ = TEACHERS
MATHS = ("5А", "Математика")
ELSEWHERE = schema.EXTERNAL_CHECKER


def given_away(checker: str | None, second: str | None = None, **more: str) -> Row:
    return {"school_class": MATHS[0], "subject": MATHS[1], "checker": checker, "second_checker": second, **more}


def two_wanted(*rows: Row) -> Rows:
    return school([teacher(ANNA), teacher(BELLA), teacher(VIKTOR)], [work("5А")], each=2, checkers=list(rows))


@pytest.mark.parametrize(
    "row",
    [
        given_away(ELSEWHERE),
        given_away(None, ELSEWHERE),
        given_away(f" {ELSEWHERE.upper()} "),
        given_away(ELSEWHERE, pinned="да"),
        given_away(BELLA, ELSEWHERE, pinned="нет"),
    ],
)
def test_one_place_is_taken_and_the_other_filled(row: Row) -> None:
    result = plan(two_wanted(row))
    (pack,) = result.packs
    assert (result.status, pack.need, len(pack.checkers), pack.is_short) == (Status.OPTIMAL, 1, 1, False)
    assert ELSEWHERE not in result.loads
    (written,) = to_rows(result)
    assert written["checker"] in TEACHERS
    assert written["second_checker"] == ELSEWHERE


def test_both_places_may_be_given_away() -> None:
    result = plan(two_wanted(given_away(ELSEWHERE, ELSEWHERE)))
    assert (result.status, checkers_of(result), sum(result.loads.values())) == (Status.OPTIMAL, {MATHS: ()}, 0)
    (written,) = to_rows(result)
    assert (written["checker"], written["second_checker"]) == (ELSEWHERE, ELSEWHERE)


def test_a_pinned_colleague_stays_beside_another_school() -> None:
    result = plan(two_wanted(given_away(ELSEWHERE, VIKTOR, pinned="да")))
    (pack,) = result.packs
    assert (pack.checkers, pack.pinned, pack.is_short, pack.unknown) == ((VIKTOR,), True, False, ())


def test_the_cell_is_free_again_once_the_words_are_deleted() -> None:
    assert len(plan(two_wanted(given_away(None))).packs[0].checkers) == 2


def test_another_school_is_no_change_to_a_plan() -> None:
    rows = two_wanted(given_away(BELLA, ELSEWHERE))
    kept = assign(*read(rows), Regard.KEEP)
    assert (checkers_of(kept), kept.changes) == ({MATHS: (BELLA,)}, ())


def test_the_protocol_leaves_a_line_for_who_comes_from_there() -> None:
    rows = two_wanted(given_away(ELSEWHERE, BELLA))
    rows["results"] = papers("5А", "Математика", 1)
    (protocol,) = protocols_of(*read(rows), date(2021, 5, 20))
    assert [signer.name for signer in protocol.signers[:2]] == ["Б.\N{NO-BREAK SPACE}Бокова", ""]


@settings(max_examples=80, deadline=None)
@given(schools(pins=1), st.data())
def test_plans_with_places_given_away_keep_every_rule_and_their_proof(rows: Rows, data: st.DataObject) -> None:
    works = {(row["school_class"], row["subject"]) for row in rows["schedule"]}
    works -= {(row["school_class"], row["subject"]) for row in rows["checkers"]}
    away = data.draw(st.lists(st.sampled_from(sorted(works)), max_size=3, unique=True)) if works else []  # type: ignore[type-var]
    rows["checkers"] = [
        *rows["checkers"],
        *({"school_class": c, "subject": s, "checker": ELSEWHERE, "pinned": None} for c, s in away),
    ]
    rows["settings"] = [*rows["settings"], setting("Норма нагрузки", "одинаковая")]
    result = plan(rows)
    assert verify(result, *read(rows)) == ()
    proof = json.loads(json.dumps(result.certificate))
    assert still_holds(proof, *read({**rows, "checkers": [dict(row) for row in to_rows(result)]}))


def test_the_verifier_sees_a_place_that_nobody_fills() -> None:
    result = plan(two_wanted(given_away(ELSEWHERE)))
    assert Breach.SHORT in {fault.breach for fault in verify(result, *read(two_wanted()))}
