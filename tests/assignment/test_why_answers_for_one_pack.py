"""«Why may they not?»: every reason with its cells, the load and the limit, for one pack and one look at it."""

from __future__ import annotations

from hypothesis import given, settings

from tests.assignment.schools import (
    TEACHERS,
    Row,
    Rows,
    day,
    may_check,
    papers,
    read,
    school,
    setting,
    setting_of,
    teacher,
    teaches,
    tied_schools,
    work,
)
from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.packs import read_packs
from xlpy.assignment.why import Answer, Person, Snag, why_check, why_recheck
from xlpy.tables import schema
from xlpy.words.assignment import BARS
from xlpy.words.why import SNAGS

ANNA, BELLA, VIKTOR, GLEB, DARYA = TEACHERS


def asked(rows: Rows, number: int = 0) -> Answer:
    tables, read_settings = read(rows)
    return why_check(tables, read_settings, read_packs(tables, read_settings)[number])


def asked_again(rows: Rows) -> Answer:
    tables, read_settings = read(rows)
    return why_recheck(tables, read_settings, read_packs(tables, read_settings)[0])


def cells(person: Person) -> dict[Bar | Snag, list[str]]:
    return {reason.why: [f"{one.sheet}!{one.cell}" for one in reason.places] for reason in person.reasons}


def person_of(answer: Answer, name: str) -> Person:
    return next(person for person in answer.people if person.teacher == name)


def checked(name: str, school_class: str = "5А", subject: str = "Математика", **more: str) -> Row:
    return {"school_class": school_class, "subject": subject, "checker": name, **more}


@settings(max_examples=120, deadline=None)
@given(tied_schools())
def test_somebody_may_check_exactly_when_the_rules_and_their_limit_let_them(rows: Rows) -> None:
    tables, read_settings = read(rows)
    limits = staff.limits(tables["teachers"], read_settings)
    for pack in read_packs(tables, read_settings):
        answer = why_check(tables, read_settings, pack)
        assert [person.teacher for person in answer.people] == sorted(str(row["teacher"]) for row in rows["teachers"])
        for person in answer.people:
            reasons = [reason.why for reason in person.reasons]
            assert may_check(rows, person.teacher, pack.work) == (not [why for why in reasons if why in set(Bar)])
            others = {
                (row["school_class"], row["subject"]) for row in rows["checkers"] if row["checker"] == person.teacher
            }
            assert person.load == len(others)
            limit = limits[person.teacher]
            assert (Snag.LIMIT in reasons) == (limit is not None and len(others | {pack.work}) > limit)
            assert (Snag.SAME_CLASS in reasons) == (
                setting_of(rows, "Разные проверяющие у класса") == "да"
                and any(one[0] == pack.school_class and one != pack.work for one in others)
            )
            assert all(reason.places for reason in person.reasons if reason.why is not Snag.LIMIT)


@settings(max_examples=60, deadline=None)
@given(tied_schools())
def test_every_cell_that_is_named_holds_what_is_said(rows: Rows) -> None:
    """A reason about a person points to their row of «Учителя», any other to a cell in a row of the class."""
    tables, read_settings = read(rows)
    by_name = {table.sheet.name: table for table in tables.values()}
    own = {Bar.ABSENT, Bar.NOT_EXPERT, Bar.NOT_QUALIFIED}
    for pack in read_packs(tables, read_settings)[:2]:
        for person in why_check(tables, read_settings, pack).people:
            for reason in person.reasons:
                for place in reason.places if isinstance(reason.why, Bar) else ():
                    table = by_name[place.sheet]
                    row = table.frame.loc[int(place.cell.lstrip("ABCDEFGHIJ"))]
                    written = " ".join(str(cell) for cell in row)
                    assert person.teacher in written
                    assert reason.why in own or pack.school_class in written


def test_each_reason_names_the_cell_it_comes_from() -> None:
    rows = school(
        [
            teacher(ANNA, "Физика", absent_from=day(0)),
            teacher(BELLA, roles="организатор", absent_to=day(9)),
            teacher(VIKTOR, paper_limit=0),
        ],
        [work("5А", organiser=BELLA), work("5А", number=1, organiser=f"{ANNA}; {BELLA}")],
        workload=[teaches(ANNA, "5Б"), teaches(ANNA, "5А", "Физика"), teaches(BELLA, "5А", until=day(-50))],
        classes=[{"school_class": "5Б", "grade": 5}, {"school_class": "5А", "grade": 5, "homeroom": ANNA}],
        conflicts=[
            {"person": VIKTOR, "school_class": "5Б"},
            {"person": VIKTOR, "school_class": "5А", "reason": "репетитор"},
            {"person": VIKTOR.lower(), "school_class": "5А", "subject": "Математика", "reason": "сын"},
        ],
        observers=[{"observer": VIKTOR, "child_class": "5А"}],
    )
    found = {person.teacher: cells(person) for person in asked(rows).people}
    assert found[ANNA] == {
        Bar.HOMEROOM: ["Классы!E3"],
        Bar.TEACHES: ["Нагрузка!A3"],
        Bar.ORGANISER: ["График!H3"],
        Bar.ABSENT: ["Учителя!H2"],
        Bar.NOT_QUALIFIED: ["Учителя!D2"],
    }
    assert found[BELLA] == {
        Bar.TAUGHT: ["Нагрузка!A4"],
        Bar.ORGANISER: ["График!H2", "График!H3"],
        Bar.ABSENT: ["Учителя!I3"],
        Bar.NOT_EXPERT: ["Учителя!F3"],
    }
    assert found[VIKTOR] == {
        Bar.RELATIVE: ["Конфликты!A4", "Наблюдатели!C2"],
        Bar.CONFLICT: ["Конфликты!A3"],
        Snag.LIMIT: ["Учителя!G4"],
    }


def test_the_school_s_limit_is_named_where_the_teacher_has_none_of_their_own() -> None:
    rows = school([teacher(ANNA)], [work("5А"), work("5Б")], limit=1, checkers=[checked(ANNA, "5Б")])
    assert cells(person_of(asked(rows), ANNA)) == {Snag.LIMIT: ["Настройки!B4"]}


def test_who_has_the_pack_already_is_not_told_that_it_fills_their_limit() -> None:
    rows = school([teacher(ANNA, paper_limit=1), teacher(BELLA)], [work("5А")], checkers=[checked(ANNA)])
    answer = asked(rows)
    assert (answer.assigned, answer.unknown) == ((ANNA,), ())
    assert [(p.teacher, p.may_check, p.load, p.limit) for p in answer.people] == [
        (ANNA, True, 1, 1),
        (BELLA, True, 0, None),
    ]


def test_load_and_room_count_in_papers_where_the_school_says_so() -> None:
    rows = school(
        [teacher(ANNA, paper_limit=30)],
        [work("5А"), work("5Б")],
        results=[*papers("5А", "Математика", 20), *papers("5Б", "Математика", 12)],
        checkers=[checked(ANNA, "5Б")],
        settings=[setting("Единица нагрузки", "работы")],
    )
    answer = asked(rows)
    assert (answer.in_papers, person_of(answer, ANNA).load, person_of(answer, ANNA).may_check) == (True, 12, False)


def test_a_pinned_name_that_is_nobody_s_is_told_apart() -> None:
    rows = school([teacher(ANNA)], [work("5А")], checkers=[checked("Чужой Егор", pinned="да", second_checker=ANNA)])
    answer = asked(rows)
    assert (answer.assigned, answer.unknown, answer.pack.pinned) == (
        ("Чужой Егор", ANNA),
        ("Чужой Егор",),
        ("Чужой Егор", ANNA),
    )


def test_another_school_that_checks_is_a_known_name() -> None:
    rows = school([teacher(ANNA)], [work("5А")], checkers=[checked(schema.EXTERNAL_CHECKER, pinned="да")])
    assert (asked(rows).assigned, asked(rows).unknown) == ((schema.EXTERNAL_CHECKER,), ())


def test_nobody_checks_a_work_again_that_they_checked_first() -> None:
    rows = school(
        [teacher(ANNA), teacher(BELLA), teacher(VIKTOR)],
        [work("5А")],
        checkers=[checked(ANNA, second_checker=BELLA)],
        rechecks=[{"number": 1, "code": "50001", "school_class": "5А", "subject": "Математика", "rechecker": VIKTOR}],
    )
    answer = asked_again(rows)
    assert answer.assigned == (VIKTOR,)
    assert {person.teacher: cells(person) for person in answer.people} == {
        ANNA: {Bar.FIRST_CHECKER: ["Проверяющие!D2"]},
        BELLA: {Bar.FIRST_CHECKER: ["Проверяющие!E2"]},
        VIKTOR: {},
    }
    assert [person.load for person in answer.people] == [0, 0, 1]


def test_the_days_the_limit_and_the_role_of_first_checking_bar_nobody_from_checking_again() -> None:
    people = [
        teacher(ANNA, absent_from=day(0), absent_to=day(9)),
        teacher(BELLA, paper_limit=0),
        teacher(VIKTOR, roles="директор"),
        teacher(GLEB, "Физика"),
        teacher(DARYA),
    ]
    rows = school(people, [work("5А", organiser=DARYA)])
    assert [person.teacher for person in asked_again(rows).people if person.may_check] == [ANNA, BELLA, VIKTOR]


def test_who_checks_another_work_of_the_class_is_told_where_the_school_wants_different_people() -> None:
    drawn = school(
        [teacher(ANNA, "Математика; Физика"), teacher(BELLA)],
        [work("5А"), work("5А", "Физика", 1)],
        checkers=[checked(BELLA), checked(ANNA, subject="Физика")],
    )
    different = drawn | {"settings": [*drawn["settings"], setting("Разные проверяющие у класса", "да")]}
    assert [cells(person) for person in asked(drawn).people] == [{}, {}]
    assert [cells(person) for person in asked(different).people] == [{Snag.SAME_CLASS: ["Проверяющие!D3"]}, {}]


def test_no_reason_is_left_without_a_phrase() -> None:
    assert set(SNAGS) == {snag.value for snag in Snag}
    assert set(BARS) == {bar.value for bar in Bar}
    assert len(set(BARS.values())) == len(BARS)
