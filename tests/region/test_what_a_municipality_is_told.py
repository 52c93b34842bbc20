from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tests.region.municipality import MATHS, expert, pack, quietly, school
from xlpy.errors import ImportFileError, InputError
from xlpy.region.assign import Municipality, by_municipality, plan_region
from xlpy.region.columns import Unit
from xlpy.region.distances import between, find_file, read_distances, strangers
from xlpy.region.plan import ORDER
from xlpy.region.results import file_names
from xlpy.region.school import School
from xlpy.region.telling import plan_lines
from xlpy.tables.settings import PACKS, PAPERS
from xlpy.words import region as words


def planned(schools: list[School]) -> Municipality:
    (plan,) = plan_region(by_municipality(schools), None, {}, ORDER, quietly)
    return plan


def three(**more: object) -> list[School]:
    return [
        school(f"Школа {n}", [pack("5А", papers=10), pack("5Б", papers=30)], [expert(f"Алова {n}")], **more)
        for n in range(3)
    ]


def test_papers_are_counted_where_every_school_counts_them():
    plan = planned(three(unit=PAPERS))
    assert (plan.unit, plan.least, plan.most, plan.filled) == (Unit.PAPERS, 40, 40, 6)


def test_a_limit_in_papers_holds():
    schools = three(unit=PAPERS)
    schools[1] = school("Школа 1", schools[1].packs, [expert("Алова 1", limit=25)], unit=PAPERS)
    plan = planned(schools)
    mine = [one.pack.papers for one in plan.checked for other, _ in one.checkers if other == "Школа 1"]
    assert sum(mine) <= 25
    # One of the three cannot take the larger pack of the school before it, so two others must check each other.
    assert plan.filled == plan.places
    assert len(plan.both_ways) == 1


def test_different_units_are_counted_in_packs_and_that_is_said():
    schools = three(unit=PACKS)
    schools[0] = school("Школа 0", schools[0].packs, [expert("Алова 0", limit=20)], unit=PAPERS)
    plan = planned(schools)
    assert plan.unit is Unit.MIXED
    assert sum(other == "Школа 0" for one in plan.checked for other, _ in one.checkers) <= 1
    assert words.MIXED_UNITS.format(municipality="Энск", mean="20,0") in plan_lines(plan)


def test_a_school_alone_is_told_why_nobody_checks_it():
    plan = planned([school("Школа", [pack("5А")], [expert("Алова")])])
    assert [one.reason for one in plan.checked] == ["alone"]
    assert plan_lines(plan) == (words.ALONE.format(municipality="Энск", school="Школа"),)


def test_schools_that_must_check_each_other_are_named():
    schools = [
        school("А", [pack("5А")], [expert("Алова")]),
        school("Б", [pack("5А")], [expert("Бокова")]),
        school("В", [], []),
    ]
    plan = planned(schools)
    assert plan.both_ways == (("А", "Б"),)
    assert any("А и Б" in line and words.FEWEST in line for line in plan_lines(plan))
    assert words.NO_EXPERTS.format(school="В") in plan_lines(plan)


def test_a_limit_too_small_is_the_reason():
    plan = planned([school(f"Школа {n}", [pack("5А"), pack("5Б")], [expert(f"А {n}", limit=1)]) for n in range(3)])
    assert [one.reason for one in plan.checked if one.reason] == ["limits"] * 3


def test_one_municipality_spelled_in_two_ways_is_one():
    schools = [school("А", [], []), school("Б", [], [], municipality="энск")]
    assert len(by_municipality(schools)) == 1


def test_equal_names_get_files_of_their_own():
    names = file_names([("Энск", "СОШ № 1"), ("Заречный", "СОШ № 1"), ("Энск", "А/Б"), ("Энск", "А:Б")])
    assert len({name.casefold() for name in names.values()}) == 4
    assert names["Энск", "СОШ № 1"] == "СОШ № 1, Энск.xlsx"
    assert all("/" not in name for name in names.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_distances_are_read_in_any_usual_encoding_and_order(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "Расстояния.csv"
    text = "Школа;Школа;Км\r\nШкола 2;Школа 1;3,5\r\nШкола 1;Школа 2;2\r\nШКОЛА 3;Школа 1;-1\r\n"
    file.write_bytes(text.encode(encoding))
    found = read_distances(file)
    schools = [school(f"Школа {n}", [], []) for n in (1, 2, 3)]
    assert between(found, schools) == {(0, 1): 2.0}
    assert found.bad_lines == (4,)
    assert strangers(found, schools) == ()


def test_neighbours_without_distances_are_near(tmp_path: Path) -> None:
    file = tmp_path / words.NEIGHBOURS_FILE
    file.write_text("Школа 1;Школа 2\nШкола 1;Школа\n", "utf-8")
    with pytest.raises(ImportFileError):
        read_distances(file)
    file.write_text("Школа;Школа\nШкола 1;Полное имя\n", "utf-8")
    schools = [school("Школа 1", [], []), school("Школа 2", [], [], full_name="Полное имя")]
    assert between(read_distances(file), schools) == {(0, 1): 0.0}
    assert find_file(tmp_path, None) == file
    with pytest.raises(InputError):
        find_file(tmp_path, tmp_path / "нет.csv")


def test_who_is_near_is_preferred_among_equally_even_plans(tmp_path: Path) -> None:
    file = tmp_path / words.DISTANCES_FILE
    file.write_text("Школа;Школа;Км\nШкола 0;Школа 2;1\nШкола 0;Школа 1;9\nШкола 0;Школа 3;9\n", "utf-8")
    schools = [school(f"Школа {n}", [pack("5А", MATHS)], [expert(f"Алова {n}")]) for n in range(5)]
    (plan,) = plan_region(by_municipality(schools), read_distances(file), {}, ORDER, quietly)
    assert ("Школа 2", "Алова 2") in {one.checkers[0] for one in plan.checked if one.school == "Школа 0"} or (
        "Школа 0",
        "Алова 0",
    ) in {one.checkers[0] for one in plan.checked if one.school == "Школа 2"}


def test_schools_stand_by_the_alphabet_and_by_number_whatever_order_they_came_in():
    names = ["Гимназия", "СОШ № 1", "СОШ № 2", "СОШ № 10"]
    for order in permutations(names):
        ((_, schools),) = by_municipality([school(name, [], []) for name in order]).items()
        assert [one.name for one in schools] == names
