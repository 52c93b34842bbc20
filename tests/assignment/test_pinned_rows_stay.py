from __future__ import annotations

from tests.assignment.schools import (
    TEACHERS,
    Row,
    checkers_of,
    papers,
    plan,
    read,
    school,
    setting,
    teacher,
    teaches,
    work,
)
from xlpy import actions
from xlpy.analysis.staff import Bar
from xlpy.assignment.assign import Status, assign, to_rows
from xlpy.assignment.verify import verify
from xlpy.tables import schema
from xlpy.workbook.memory import MemoryWorkbook

ANNA, BELLA, VIKTOR, *_ = TEACHERS
TWO = [teacher(ANNA), teacher(BELLA)]


def pinned(name: str | None, school_class: str = "5А", second: str | None = None, word: str = "да") -> Row:
    return {
        "school_class": school_class,
        "subject": "Математика",
        "checker": name,
        "second_checker": second,
        "pinned": word,
    }


def test_a_pinned_row_keeps_its_people_and_their_load_counts() -> None:
    rows = school(TWO, [work("5А"), work("5Б"), work("6А")], checkers=[pinned(ANNA), pinned(ANNA, "5Б")])
    result = plan(rows)
    assert checkers_of(result)["6А", "Математика"] == (BELLA,)
    assert result.loads == {ANNA: 2, BELLA: 1}


def test_a_pinned_row_that_breaks_a_rule_stays_and_says_so() -> None:
    rows = school(TWO, [work("5А")], workload=[teaches(ANNA, "5А")], checkers=[pinned(ANNA)])
    tables, settings = read(rows)
    result = assign(tables, settings)
    assert result.packs[0].checkers == (ANNA,)
    assert [(breach.teacher, breach.bars) for breach in result.packs[0].breaches] == [(ANNA, (Bar.TEACHES,))]
    assert ANNA in str(to_rows(result)[0]["explanation"])
    assert verify(result, tables, settings) == ()


def test_a_pinned_name_that_is_not_a_teacher_stays_and_counts() -> None:
    result = plan(school(TWO, [work("5А")], checkers=[pinned("Чужой Егор")]))
    assert result.packs[0].unknown == ("Чужой Егор",)
    assert result.loads["Чужой Егор"] == 1


def test_a_row_without_the_pin_is_planned_anew() -> None:
    rows = school(TWO, [work("5А")], workload=[teaches(ANNA, "5А")], checkers=[pinned(ANNA, word="нет")])
    assert plan(rows).packs[0].checkers == (BELLA,)


def test_a_pinned_row_with_one_of_two_people_is_not_touched_but_said() -> None:
    result = plan(school(TWO, [work("5А")], each=2, checkers=[pinned(ANNA)]))
    (row,) = to_rows(result)
    assert (row["checker"], row["second_checker"]) == (ANNA, None)
    assert result.packs[0].is_short
    assert result.status is Status.OPTIMAL


def test_a_pinned_row_without_a_name_pins_nobody() -> None:
    assert plan(school(TWO, [work("5А")], checkers=[pinned(None)])).packs[0].checkers == (ANNA,)


def test_a_person_pinned_twice_in_one_row_has_one_load() -> None:
    result = plan(school(TWO, [work("5А")], each=2, checkers=[pinned(ANNA, second=ANNA)]))
    assert (result.packs[0].checkers, result.loads[ANNA]) == ((ANNA, ANNA), 1)


def test_pinned_load_uses_up_the_limit() -> None:
    people = [teacher(ANNA, paper_limit=1), teacher(BELLA)]
    result = plan(school(people, [work("5А"), work("5Б"), work("6А")], checkers=[pinned(ANNA)]))
    assert result.loads == {ANNA: 1, BELLA: 2}


def test_a_limit_below_what_is_pinned_leaves_the_rest_assigned() -> None:
    people = [teacher(ANNA, paper_limit=1), teacher(BELLA)]
    pins = [pinned(ANNA), pinned(ANNA, "5Б")]
    result = plan(school(people, [work("5А"), work("5Б"), work("6А")], checkers=pins))
    assert (result.status, result.loads) == (Status.OPTIMAL, {ANNA: 2, BELLA: 1})


def test_pinned_papers_count_where_load_is_papers() -> None:
    results = papers("5А", "Математика", 20) + papers("5Б", "Математика", 5) + papers("6А", "Математика", 5)
    rows = school(
        TWO,
        [work("5А"), work("5Б"), work("6А")],
        results=results,
        checkers=[pinned(ANNA)],
        settings=[setting("Единица нагрузки", "работы")],
    )
    assert plan(rows).loads == {ANNA: 20, BELLA: 10}


def test_a_pinned_row_the_schedule_lacks_stays_on_the_sheet() -> None:
    result = plan(school(TWO, [work("5А")], checkers=[pinned(ANNA, "6А")]))
    assert [(row["school_class"], row["checker"]) for row in to_rows(result)] == [("5А", BELLA), ("6А", ANNA)]


def test_written_and_assigned_again_the_sheet_does_not_change() -> None:
    rows = school(TWO, [work("5А"), work("5Б"), work("6А")], each=2, checkers=[pinned(ANNA, second=BELLA)])
    book = MemoryWorkbook.filled(rows)
    seen = []
    for _ in range(2):
        book.write_table(schema.CHECKERS, to_rows(actions.assign(book)))
        seen.append(book.tables["checkers"].values)
    assert seen[0] == seen[1]
    assert [row[5] for row in seen[0]] == ["да", None, None]
