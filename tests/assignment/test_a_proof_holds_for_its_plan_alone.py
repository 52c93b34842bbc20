from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.assignment.schools import TEACHERS, Row, Rows, read, school, schools, setting, teacher, teaches, work
from xlpy.assignment.assign import assign, to_rows
from xlpy.assignment.certificate import digest_of, verify_proof
from xlpy.assignment.proofs import proof_lines, still_holds

ANNA, BELLA, VIKTOR, *_ = TEACHERS


def proven(rows: Rows) -> tuple[dict[str, Any], Rows]:
    """The proof as it is read from its file, and the school with the plan on «Проверяющие»."""
    result = assign(*read(rows))
    proof = json.loads(json.dumps(result.certificate, ensure_ascii=False))
    return proof, {**rows, "checkers": [dict(row) for row in to_rows(result)]}


def lively_school() -> Rows:
    people = [teacher(name, "Математика; Физика" if n % 2 else "Физика; Математика") for n, name in enumerate(TEACHERS)]
    works = [work(c, s, n) for n, c in enumerate(("5А", "5Б", "6А")) for s in ("Математика", "Физика")]
    return school(people, works, each=2, workload=[teaches(ANNA, "5А"), teaches(BELLA, "6А", "Физика")])


@settings(max_examples=60, deadline=None)
@given(schools())
def test_a_proof_holds_for_the_plan_it_was_made_with(rows: Rows) -> None:
    proof, stands = proven(rows)
    assert verify_proof(proof) == ()
    assert still_holds(proof, *read(stands))
    assert len(proof_lines(proof)) == len(proof["attained"])


def test_pinning_the_whole_plan_takes_nothing_from_its_proof() -> None:
    proof, stands = proven(lively_school())
    for row in stands["checkers"]:
        row["pinned"] = "да"
    assert still_holds(proof, *read(stands))


def swapped(rows: Rows) -> None:
    rows["checkers"][0]["checker"] = next(n for n in TEACHERS if n not in rows["checkers"][0].values())


def dropped(rows: Rows) -> None:
    rows["checkers"][0]["checker"] = None


def away(rows: Rows) -> None:
    rows["teachers"] = [row for row in rows["teachers"] if row["teacher"] != VIKTOR]


def teaching_more(rows: Rows) -> None:
    rows["workload"] = [*rows["workload"], teaches(VIKTOR, "5Б")]


def one_work_more(rows: Rows) -> None:
    rows["schedule"] = [*rows["schedule"], work("7А")]


def limited(rows: Rows) -> None:
    rows["settings"] = [*rows["settings"], setting("Лимит работ на проверяющего", 5)]


@pytest.mark.parametrize("change", [swapped, dropped, away, teaching_more, one_work_more, limited])
def test_a_proof_says_nothing_about_another_plan_or_another_school(change: Any) -> None:
    proof, stands = proven(lively_school())
    change(stands)
    assert not still_holds(proof, *read(stands))


def test_a_forged_proof_is_refused() -> None:
    proof, stands = proven(lively_school())
    people = len(proof["people"])
    for at in range(len(proof["packs"]), len(proof["packs"]) + people):
        forged = copy.deepcopy(proof)
        forged["stages"][0]["potential"][at] += 10**6
        assert verify_proof(forged) != ()
        assert not still_holds(forged, *read(stands))


def test_a_proof_that_claims_more_than_it_shows_is_refused() -> None:
    proof, _ = proven(lively_school())
    boast = copy.deepcopy(proof)
    boast["attained"][1]["worth"] -= 1
    assert verify_proof(boast) == ("attained balance",)
    balance_alone = copy.deepcopy(proof)
    balance_alone["stages"] = []
    assert verify_proof({**balance_alone, "stages": [{**proof["stages"][0], "goals": [], "factors": []}]}) != ()


@pytest.mark.parametrize(
    "rubbish",
    [
        {},
        {"format": 1},
        {"format": 2},
        {"format": 1, "problem": [], "plan": [], "stages": []},
        {"format": 1, "problem": {"need": "x"}, "plan": [1], "stages": [{}], "pinned": []},
    ],
)
def test_a_file_that_is_no_proof_proves_nothing(rubbish: dict[str, Any]) -> None:
    rows = read(lively_school())
    assert verify_proof(rubbish) == ("format",)
    assert not still_holds(rubbish, *rows)


def test_the_digest_is_that_of_the_content_not_of_the_layout() -> None:
    proof, _ = proven(lively_school())
    assert digest_of(proof) == digest_of(dict(reversed(proof.items())))
    other = copy.deepcopy(proof)
    other["plan"][0] += 1
    assert digest_of(proof) != digest_of(other)


def test_what_is_not_proven_is_said_so() -> None:
    proof = {
        "attained": [
            {"goal": "places", "worth": 0, "bound": 0},
            {"goal": "balance", "worth": 20, "bound": 18},
            {"goal": "reciprocity", "worth": 2, "bound": None},
        ]
    }
    assert proof_lines(proof) == (
        "Незанятых мест 0: доказано, что меньше нельзя.",
        "Сумма квадратов нагрузок 20, а меньше 18 быть не может.",
        "Взаимных пар (учителя проверяют классы друг друга) 2, нижняя граница неизвестна.",
    )


def test_a_plan_by_papers_has_a_proof_without_dual_values() -> None:
    rows = {**lively_school()}
    rows["settings"] = [*rows["settings"], setting("Единица нагрузки", "работы")]
    rows["results"] = [
        Row(code=f"{c}{n}", school_class=c, subject=s, variant=1)
        for c in ("5А", "5Б", "6А")
        for s in ("Математика", "Физика")
        for n in range(2 + int(c[0]))
    ]
    proof, stands = proven(rows)
    assert proof["stages"] == []
    assert still_holds(proof, *read(stands))
