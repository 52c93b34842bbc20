"""`xlpy why` on a real file: what it says, what it refuses, and that it writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.school import IVANOVA, MATHS, ORLOVA, PETROV, SIDOROVA, legal_school, write_book
from tests.command import xlpy
from xlpy.words import why as words
from xlpy.words.assignment import BARS


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_book(tmp_path_factory.mktemp("why") / "book.xlsm", legal_school())


def test_everyone_is_told_with_their_reasons_and_cells_and_the_book_stays_as_it_was(book: Path) -> None:
    before = book.read_bytes()
    ran = xlpy("why", book, "--class", "5А", "--subject", MATHS)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[1] == words.NOW["first"].format(people=PETROV, pinned="")
    assert words.LINE.format(teacher=PETROV, said=words.LOAD.format(load="1\N{NO-BREAK SPACE}пачка")) in lines
    assert next(line for line in lines if IVANOVA in line).strip() == (
        f"{IVANOVA}: {BARS['homeroom']} (Классы!E3); {BARS['teaches']} (Нагрузка!A2)"
    )
    assert book.read_bytes() == before


@pytest.mark.parametrize("school_class", ["5A", "5а", " 5 «А» "])
def test_class_subject_and_teacher_are_known_however_they_are_certainly_spelled(book: Path, school_class: str) -> None:
    ran = xlpy("why", book, "--class", school_class, "--subject", "МАТЕМАТИКА ", "--teacher", IVANOVA.lower(), "--json")
    assert ran.code == 0
    (person,) = ran.answer["teachers"]
    assert (ran.answer["class"], ran.answer["subject"], person["teacher"]) == ("5А", MATHS, IVANOVA)
    assert person["may_check"] is False
    assert [(reason["reason"], reason["cells"]) for reason in person["reasons"]] == [
        ("homeroom", ["Классы!E3"]),
        ("teaches", ["Нагрузка!A2"]),
    ]
    assert [reason["text"] for reason in person["reasons"]] == [BARS["homeroom"], BARS["teaches"]]


def test_one_teacher_who_may_check_is_one_answer(book: Path) -> None:
    ran = xlpy("why", book, "--class", "5Б", "--subject", MATHS, "--teacher", IVANOVA)
    assert ran.code == 0
    load = words.LOAD_OF.format(load="1\N{NO-BREAK SPACE}пачка", limit=5)
    assert ran.out.splitlines()[2:] == [words.ONE_MAY["first"].format(teacher=IVANOVA, said=load)]


def test_checking_again_excludes_the_first_checker(book: Path) -> None:
    ran = xlpy("why", book, "--class", "5Б", "--subject", MATHS, "--recheck", "--json")
    reasons = {one["teacher"]: [reason["reason"] for reason in one["reasons"]] for one in ran.answer["teachers"]}
    assert (ran.answer["look"], ran.answer["assigned"], ran.answer["unit"]) == ("again", [ORLOVA], "papers")
    assert reasons[IVANOVA] == ["first checker"]
    assert reasons[SIDOROVA] == ["not qualified"]


@pytest.mark.parametrize(
    ("asked", "code", "offered"),
    [
        (("--class", "5АА", "--subject", MATHS), "class_not_found", "5А"),
        (("--class", "5А", "--subject", "Матем"), "work_not_found", MATHS),
        (("--class", "4А", "--subject", "Биология"), "work_not_found", MATHS),
        (("--class", "5А", "--subject", MATHS, "--teacher", "Ивонова Анна Петровна"), "teacher_not_found", IVANOVA),
        (("--class", "5А", "--subject", MATHS, "--teacher", "Петров"), "teacher_not_found", PETROV),
    ],
)
def test_what_the_book_does_not_know_is_one_sentence_with_the_nearest_name(
    book: Path, asked: tuple[str, ...], code: str, offered: str
) -> None:
    ran = xlpy("why", book, *asked, "--json")
    assert ran.code == 2
    assert ran.answer["error"]["code"] == code
    assert f"«{offered}»" in ran.err or f" {offered}." in ran.err
    assert ran.err.count("\n") == 1


def test_a_name_like_nobody_s_is_refused_without_a_guess(book: Path) -> None:
    ran = xlpy("why", book, "--class", "5А", "--subject", MATHS, "--teacher", "Щукина Яна")
    assert ran.code == 2
    assert words.NEAR.split("{")[0] not in ran.err


@pytest.mark.parametrize("missing", ["--class", "--subject"])
def test_a_class_and_a_subject_must_be_named(book: Path, missing: str) -> None:
    given = {"--class": "5А", "--subject": MATHS}
    words_given = [word for option, text in given.items() if option != missing for word in (option, text)]
    assert xlpy("why", book, *words_given).code == 2
