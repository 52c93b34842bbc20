"""Words are looked at here and nowhere else in this room."""

from __future__ import annotations

import json
import re

import pytest

from tests.assignment.schools import TEACHERS, papers, plan, school, setting, teacher, teaches, work
from xlpy.analysis.staff import Bar
from xlpy.assignment.assign import assignment_dict, blocking_lines, summary_of_assignment, to_rows
from xlpy.assignment.problem import Proof
from xlpy.tables import schema
from xlpy.words import assignment as words
from xlpy.words.grammar import NBSP

ANNA, BELLA, VIKTOR, *_ = TEACHERS
THREE = [teacher(ANNA), teacher(BELLA), teacher(VIKTOR, "Физика")]


def explanations(result) -> list[str]:
    return [str(row["explanation"]).replace(NBSP, " ") for row in to_rows(result)]


def test_rows_name_only_columns_of_the_sheet() -> None:
    rows = to_rows(plan(school(THREE, [work("5А"), work("5Б")])))
    assert {key for row in rows for key in row} <= {column.key for column in schema.CHECKERS.columns}


def test_an_explanation_says_how_many_may_check_and_the_load() -> None:
    assert explanations(plan(school(THREE, [work("5А")], each=2))) == ["Подходящих — 2 из 3; нагрузка 1 пачка"]


def test_an_explanation_gives_both_loads_where_they_differ() -> None:
    rows = school(THREE, [work("5А"), work("5Б")], each=2, workload=[teaches(ANNA, "5Б")])
    assert explanations(plan(rows)) == [
        "Подходящих — 2 из 3; нагрузка 1–2 пачки",
        "Нужно 2, назначен 1; больше подходящих учителей нет; подходящих — 1 из 3; нагрузка 2 пачки",
    ]


def test_an_explanation_says_that_nobody_may_check() -> None:
    assert explanations(plan(school(THREE, [work("5А", "Химия")]))) == [
        "Нужно 1, назначено 0; подходящих учителей нет; подходящих — 0 из 3"
    ]


def test_an_explanation_says_that_limits_are_full() -> None:
    said = explanations(plan(school(THREE[:1], [work("5А"), work("5Б")], limit=1)))
    assert (
        "Нужно 1, назначено 0; у подходящих учителей не осталось места в лимите нагрузки; подходящих — 1 из 1" in said
    )


def test_a_pinned_row_says_what_it_breaks() -> None:
    pin = {"school_class": "5А", "subject": "Математика", "checker": VIKTOR, "pinned": "да"}
    assert explanations(plan(school(THREE, [work("5А")], checkers=[pin]))) == [
        f"Закреплено; подходящих — 2 из 3; нагрузка 1 пачка; {VIKTOR}: нет этого предмета в столбце «Предметы»"
    ]


def test_a_load_in_papers_is_told_in_papers() -> None:
    rows = school(
        THREE, [work("5А")], results=papers("5А", "Математика", 22), settings=[setting("Единица нагрузки", "работы")]
    )
    assert explanations(plan(rows)) == ["Подходящих — 2 из 3; нагрузка 22 работы"]
    assert "до 22 работ." in summary_of_assignment(plan(rows)).replace(NBSP, " ")


def test_the_summary_counts_packs_and_loads() -> None:
    assert summary_of_assignment(plan(school(THREE, [work("5А"), work("5Б"), work("6А")]))).replace(NBSP, " ") == (
        "Назначено: 3 из 3 пачек. Нагрузка учителя: от 1 до 2 пачек."
    )
    short = plan(school(THREE, [work("5А"), work("5Б", "Химия")]))
    assert summary_of_assignment(short).replace(NBSP, " ").endswith("Не хватает проверяющих у 1 пачки.")
    assert summary_of_assignment(plan(school(THREE, []))) == words.NOTHING


def test_blocked_packs_are_told_with_those_who_know_the_subject() -> None:
    rows = school(THREE, [work("5А"), work("5Б", "Химия")], each=2, workload=[teaches(ANNA, "5А")])
    few, nobody, what_to_do = blocking_lines(plan(rows))
    assert (
        few == f"5А, Математика: нужно 2, подходящих — 1. Ведут предмет, но исключены: {ANNA}: работает в этом классе."
    )
    assert nobody == "5Б, Химия: нужно 2, подходящих — 0. Других учителей с этим предметом в школе нет."
    assert what_to_do == words.WHAT_TO_DO


def test_packs_in_competition_are_told_in_one_sentence() -> None:
    (crowd, _) = blocking_lines(plan(school(THREE, [work("5А"), work("5Б"), work("6А")], limit=1)))
    assert crowd.startswith("5А, 5Б, 6А · Математика: нужно 3 проверяющих, подходят только Алова Анна, Бокова Белла")
    assert blocking_lines(plan(school(THREE, [work("5А")]))) == ()


def test_a_crowd_of_two_subjects_is_told_whole_and_then_by_its_proofs() -> None:
    people = [teacher(ANNA), teacher(BELLA, "Математика; Физика"), teacher(VIKTOR, "Физика")]
    works = [work(c, s) for c in ("5А", "5Б", "6А") for s in ("Математика", "Физика")]
    whole, maths, physics, _ = blocking_lines(plan(school(people, works, limit=1)))
    assert whole.startswith("5А, 5Б, 6А · Математика; 5А, 5Б, 6А · Физика. Нужно проверяющих: 6")
    assert maths == (
        f"{words.BLOCKED_PART}5А, 5Б, 6А · Математика: нужно 3 проверяющих, подходят только {ANNA}, {BELLA} — "
        f"вместе могут взять 2.{words.BLOCKED_NO_OTHERS}"
    )
    assert physics.startswith(f"{words.BLOCKED_PART}5А, 5Б, 6А · Физика")


@pytest.mark.parametrize(("count", "said"), [(2, "нужно 2 проверяющих"), (21, "нужен 21 проверяющий")])
def test_how_many_are_needed_is_said_in_grammar(count: int, said: str) -> None:
    assert words.needed(count) == said


def test_of_very_many_names_only_the_first_are_said() -> None:
    names = [str(number) for number in range(words.MOST_NAMED + 3)]
    assert words.shortened(names, ", ").endswith("10, 11" + words.AND_MORE.format(count=3))


def test_every_bar_and_every_proof_has_its_words() -> None:
    assert {bar.value for bar in Bar} == set(words.BARS)
    assert {proof.value for proof in Proof} == set(words.PROOFS)


def test_the_json_has_the_shape_the_command_line_promises() -> None:
    rows = school(THREE, [work("5А"), work("5Б", "Химия")], results=papers("5А", "Математика", 7))
    answer = json.loads(json.dumps(assignment_dict(plan(rows)), allow_nan=False))
    (first, second) = answer["assignments"]
    assert first == {"class": "5А", "subject": "Математика", "papers": 7, "checkers": first["checkers"]}
    assert first["checkers"] in ([ANNA], [BELLA])
    assert second == {"class": "5Б", "subject": "Химия", "papers": 0, "checkers": []}
    assert answer["status"] == "infeasible"
    assert answer["loads"] == {name: int([name] == first["checkers"]) for name in (ANNA, BELLA)}
    assert answer["blocking"] == [
        {
            "class": "5Б",
            "subject": "Химия",
            "need": 1,
            "eligible": 0,
            "excluded": [{"teacher": name, "reasons": [words.BARS["not qualified"]]} for name in (ANNA, BELLA, VIKTOR)],
        }
    ]
    assert answer["order"] == ["balance", "preference", "reciprocity"]
    assert answer["goals"] == [
        {"goal": "places", "value": 1, "bound": 1},
        {"goal": "balance", "value": 1, "bound": 1},
        {"goal": "preference", "value": 0, "bound": 0},
        {"goal": "reciprocity", "value": 0, "bound": 0},
    ]
    assert answer["changes"] == []
    assert re.fullmatch("[0-9a-f]{64}", answer["digest"])
