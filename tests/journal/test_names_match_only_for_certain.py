"""A name of the file is somebody of the class only where it can be nobody else; brute force says the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.school import MATHS
from tests.journal.exports import NAMES, a_school, sheet, taken
from xlpy.exchange.journal.names import Pupil, class_lists, name_of

SURNAMES, GIVEN, PATRONYMICS = ("Ежов", "Ёжиков", "Жук"), ("Иван", "Илья", "Яна"), ("Ильич", "Юрьевич")


def words() -> st.SearchStrategy[tuple[str, ...]]:
    """A name of one to three words, any after the surname perhaps an initial."""
    given_name = st.sampled_from([*GIVEN, *(name[0] for name in GIVEN)])
    patronymic = st.sampled_from([*PATRONYMICS, *(name[0] for name in PATRONYMICS)])
    surname = st.sampled_from(SURNAMES)
    return st.one_of(st.tuples(surname), st.tuples(surname, given_name), st.tuples(surname, given_name, patronymic))


def could_be(written: tuple[str, ...], pupil: tuple[str, ...]) -> bool:
    """Whether some full name would be written both ways, tried out one by one."""
    everybody = [(s, g, p) for s in SURNAMES for g in GIVEN for p in PATRONYMICS]
    return len(written) > 1 < len(pupil) and any(is_way(written, full) and is_way(pupil, full) for full in everybody)


def is_way(written: tuple[str, ...], full: tuple[str, str, str]) -> bool:
    return all(word in {whole, whole[0]} for word, whole in zip(written[1:], full[1:], strict=False)) and (
        written[0] == full[0]
    )


def is_full(name: tuple[str, ...]) -> bool:
    return len(name) == 3 and all(len(word) > 1 for word in name)


def oracle(written: tuple[str, ...], people: list[tuple[str, ...]]) -> int | None:
    """Who is meant for certain: the only one of that full name, else the only one it could be."""
    same = [at for at, pupil in enumerate(people) if pupil == written]
    if is_full(written) and same:
        return same[0] if len(same) == 1 else None
    fits = [at for at, pupil in enumerate(people) if could_be(written, pupil)]
    return fits[0] if len(fits) == 1 and () not in people else None


@settings(deadline=None)
@given(words(), st.lists(st.one_of(words(), st.just(())), max_size=6))
def test_who_is_meant_is_who_brute_force_finds(written: tuple[str, ...], people: list[tuple[str, ...]]) -> None:
    pupils = [Pupil(str(at), "5А", " ".join(name), name_of(" ".join(name))) for at, name in enumerate(people)]
    lists = class_lists(pupils)
    found = lists["5А"].fit(name_of(" ".join(written))).pupil if pupils else None
    expected = oracle(written, people)
    assert (None if found is None else int(found.code)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ежов Семён", "ЕЖОВ  СЕМЕН"),
        ("Ежов С.А.", "Ежов С. А."),
        ("С. А. Ежов", "Ежов С. А."),
        ("Салтыков-Щедрин М. Е.", "Салтыков \N{EN DASH} Щедрин М.Е."),
        ("Ежов Семён", "Eжoв\N{NO-BREAK SPACE}Семён"),
        ("Ежов Семён (инд. обучение)", "Ежов Семён"),
        ("12. Ежов Семён", "Ежов Семён"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_of(one) == name_of(other)


def marks_of(*lines: tuple[str, object], change=lambda _: None) -> tuple[dict[str, object], list[str]]:
    grid = [["ФИО", "Класс", "Предмет", "Отметка"], *[[name, "5Б", MATHS, mark] for name, mark in lines]]
    result = taken(a_school(change), sheet(grid))
    return {code: mark for (code, _), mark in result.marks.items()}, result.found


def test_two_who_fit_are_both_named_and_neither_is_taken() -> None:
    assert marks_of(("Ильин М. Ю.", 5)) == ({"50004": 5}, [])

    def namesake(rows) -> None:
        rows["participants"][8]["pupil"] = "Ильин Матвей Юрьевич"

    marks, found = marks_of(("Ильин М. Ю.", 5), ("Ильин Матвей", 4), change=namesake)
    assert (marks, found) == ({"50006": 4}, ["pupil unclear"])


def test_a_name_that_another_of_the_file_means_as_well_is_not_certain() -> None:
    marks, found = marks_of(("Ильин М.", 5), ("Ильин Матвей", 4))
    assert marks == {"50004": 5}
    assert found == ["pupil unknown"]
    marks, found = marks_of(("Ильин М.", 5), ("Ильин Марк", 4))
    assert (marks, found) == ({}, ["pupil twice", "pupil twice"])


def test_a_full_name_is_certain_whoever_else_is_written_short() -> None:
    marks, found = marks_of(("Ильин Марк Юрьевич", 5), ("Ильин М.", 4))
    assert (marks, found) == ({"50004": 5}, ["pupil twice"])


def test_a_surname_alone_is_never_certain() -> None:
    assert marks_of(("Калинин", 5)) == ({}, ["pupil unclear"])


def test_a_pupil_of_another_class_is_not_looked_for() -> None:
    assert marks_of((NAMES["50001"], 5)) == ({}, ["pupil unknown"])


def test_where_some_have_no_name_only_full_names_are_certain() -> None:
    def nameless(rows) -> None:
        rows["participants"][8]["pupil"] = None

    marks, found = marks_of(("Ильин М. Ю.", 5), ("Ильина Майя Юрьевна", 4), change=nameless)
    assert (marks, found) == ({"50005": 4}, ["no names"])


def test_a_code_is_certain_unless_the_name_beside_it_is_another_s() -> None:
    grid = [
        ["Код", "ФИО", "Класс", "Предмет", "Отметка"],
        ["50004", "Ильин М.", "5Б", MATHS, 3],
        ["50005", "Калинин Егор", "5Б", MATHS, 3],
        ["50006", "", "5А", MATHS, 3],
        ["50009", "", "5А", MATHS, 3],
    ]
    result = taken(a_school(), sheet(grid))
    assert result.marks == {("50004", MATHS): 3}
    assert sorted(result.found) == ["class apart", "code unknown", "names apart"]


def test_codes_of_the_journal_s_own_are_not_codes_of_the_book() -> None:
    grid = [["Код", "ФИО", "Класс", "Предмет", "Отметка"], ["981273", NAMES["50004"], "5Б", MATHS, 3]]
    assert taken(a_school(), sheet(grid)).marks == {("50004", MATHS): 3}
