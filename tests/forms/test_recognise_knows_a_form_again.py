"""A form is known again by its line, its properties or its help sheet; what is no form is told from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.drawn import CODES, IDENTITY, TASKS, YEAR, Sheet, a_book, a_sheet, certain, recognised, truth
from xlpy.exchange.forms.cells import judge
from xlpy.exchange.forms.form import Turn, identity_line
from xlpy.exchange.forms.notes import words_of
from xlpy.exchange.forms.recognise import Recognised, recognise
from xlpy.tables.raw import PlainBook, PlainSheet
from xlpy.words import forms as words

SHEET = a_sheet()
NAMELESS = SHEET.drop_row(5)
OTHER = replace(IDENTITY, school_class="5Б", number="FF00-0001")
HELP = Sheet(
    (
        ("Как заполнять",),
        (None, words.IDENTITY_CAPTIONS["school"], "Школа 1"),
        (None, words.IDENTITY_CAPTIONS["work"], "Математика, 5А"),
        (None, words.IDENTITY_CAPTIONS["year"], YEAR),
        (None, words.IDENTITY_CAPTIONS["turn"], words.TURNS["first"]),
        (None, words.IDENTITY_CAPTIONS["checker"], None, "Проверяев П. П."),
        (None, words.IDENTITY_CAPTIONS["version"], 1.0),
        (None, words.IDENTITY_CAPTIONS["number"], "ab12-cd34"),
    ),
    name=words.HELP_SHEET,
)


def codes_of(found: Recognised) -> list[str]:
    return [note.code.name for note in found.notes]


@pytest.mark.parametrize(
    "found",
    [
        recognised(SHEET),
        recognised(SHEET, identity=None),
        recognised(NAMELESS),
        recognised(NAMELESS, HELP, identity=None),
        recognised(NAMELESS, Sheet(((None, identity_line(IDENTITY)),), name=words.HELP_SHEET), identity=None),
        recognised(replace(SHEET, name="Лист1"), HELP),
        recognised(SHEET.insert_row(1).insert_row(1).insert_column(1), identity=None),
        recognised(SHEET.type(A5=f"не трогать! {identity_line(IDENTITY)} (моя)"), identity=None),
        recognised(NAMELESS.type(A20=identity_line(IDENTITY)), identity=None),
        recognised(Sheet((("заметки",),), name="моё"), SHEET),
        recognised(SHEET, Sheet((("№", "Код", "Что спросить"), (1.0, "50011", "почерк")), name="моё")),
    ],
)
def test_a_form_is_known_by_whatever_is_left_of_its_names(found: Recognised) -> None:
    (grid,) = found.grids
    assert not found.notes
    assert grid.identity is not None
    assert grid.identity.pack == IDENTITY.pack
    assert grid.identity.number == IDENTITY.number


@pytest.mark.parametrize("identity", [IDENTITY, None])
def test_the_checker_is_told_from_the_properties_or_the_line_of_people(identity: object) -> None:
    (grid,) = recognised(SHEET, identity=IDENTITY if identity else None).grids
    assert grid.identity is not None
    assert grid.identity.checker == "Проверяев П. П."


def test_a_sheet_of_another_work_in_a_form_is_taken_by_its_line_and_named() -> None:
    found = recognised(a_sheet(identity=OTHER))
    assert found.grids[0].identity is not None
    assert found.grids[0].identity.school_class == "5Б"
    assert codes_of(found) == ["SAID_TWICE"]
    assert "5А" in words_of(found.notes[0])[0]


def test_two_forms_in_one_file_are_two_forms() -> None:
    found = recognised(SHEET, a_sheet(identity=OTHER))
    assert [grid.identity and grid.identity.school_class for grid in found.grids] == ["5А", "5Б"]


def test_a_copy_of_the_sheet_is_one_more_form_of_the_same_work() -> None:
    found = recognised(SHEET, replace(SHEET, name="Работы (2)"))
    assert [grid.sheet for grid in found.grids] == ["Работы", "Работы (2)"]
    assert not found.notes


def test_a_sheet_without_a_line_beside_the_form_of_the_file_is_nobodys() -> None:
    """It may be another subject's sheet of the same class: its codes are the same."""
    found = recognised(SHEET, replace(NAMELESS, name="копия"))
    assert [grid.identity is None for grid in found.grids] == [False, True]
    assert codes_of(found) == ["NO_IDENTITY"]


def test_a_copy_without_a_line_is_known_by_its_title() -> None:
    titled = NAMELESS.type(A1=words.TITLE.format(subject="Математика", school_class="5А", year=YEAR))
    found = recognised(SHEET, replace(titled, name="Работы (2)"))
    assert [grid.identity and grid.identity.number for grid in found.grids] == [IDENTITY.number] * 2
    other = NAMELESS.type(A1=words.TITLE.format(subject="Физика", school_class="5А", year=YEAR))
    assert codes_of(recognised(SHEET, replace(other, name="Лист3"))) == ["NO_IDENTITY"]


def test_a_copy_without_title_and_line_is_known_by_its_tasks_and_their_maxima() -> None:
    """The first column was deleted: title, people and line stood there."""
    bare = replace(SHEET.drop_column(1), name="Работы (2)")
    found = recognised(SHEET, bare)
    assert [grid.identity and grid.identity.number for grid in found.grids] == [IDENTITY.number] * 2
    assert codes_of(recognised(SHEET, bare.type(D8=3.0))) == ["NO_IDENTITY"]


def test_two_copies_without_lines_are_known_though_one_has_an_own_column() -> None:
    found = recognised(NAMELESS.insert_column(5, {6: "Σ"}), replace(NAMELESS, name="Работы (2)"))
    assert [grid.identity and grid.identity.number for grid in found.grids] == [IDENTITY.number] * 2
    found = recognised(NAMELESS, replace(NAMELESS.drop_column(5), name="Лист3"))
    assert [grid.identity for grid in found.grids] == [None, None]


def test_a_form_that_nothing_names_is_said_to_be_one() -> None:
    found = recognised(NAMELESS, identity=None)
    assert [grid.identity for grid in found.grids] == [None]
    assert codes_of(found) == ["NO_IDENTITY"]


def test_a_form_of_another_work_pasted_under_a_form_is_a_form_of_its_own() -> None:
    other = a_sheet(dict.fromkeys(CODES, (1, 0, 0, 0, 0)), identity=OTHER)
    found = recognised(Sheet((*SHEET.lines, (), *other.lines)))
    assert [grid.identity and grid.identity.school_class for grid in found.grids] == ["5А", "5Б"]
    mine, theirs = (judge(grid, TASKS, CODES, YEAR) for grid in found.grids)
    assert certain(mine) == truth()
    assert certain(theirs)["50011", "task_2"] == 0


def test_a_form_pasted_under_itself_says_the_same_twice() -> None:
    (grid,) = recognised(Sheet((*SHEET.lines, (), *SHEET.lines))).grids
    assert certain(judge(grid, TASKS, CODES, YEAR)) == truth()


@pytest.mark.parametrize("turn", list(Turn))
def test_the_turn_is_known(turn: Turn) -> None:
    identity = replace(IDENTITY, turn=turn)
    (grid,) = recognised(a_sheet(identity=identity), identity=None).grids
    assert grid.identity is not None
    assert grid.identity.turn is turn


@pytest.mark.parametrize(
    ("sheet", "is_ready"),
    [
        (SHEET, True),
        (SHEET.type(C3=None), False),
        (SHEET.type(C3="ГОТОВО "), True),
        (SHEET.type(C3="не готово"), False),
        (SHEET.type(C3="почти"), False),
        (SHEET.insert_row(1).insert_column(2), True),
        (SHEET.type(B3=None, C3=None, F20="готово: ", H20="Готово"), True),
        (SHEET.type(B3="Готово: готово", C3=None, D3=None), True),
        (SHEET.drop_row(3), False),
    ],
)
def test_readiness_is_found_wherever_it_moved(sheet: Sheet, is_ready: bool) -> None:
    assert recognised(sheet).grids[0].is_ready is is_ready


@pytest.mark.parametrize(
    "book",
    [
        PlainBook([]),
        PlainBook([PlainSheet("Лист1", [])]),
        PlainBook([PlainSheet("Лист1", [["Меню", "суп"], ["каша", 12.0]])]),
        PlainBook([PlainSheet("Результаты", [["Код", "Класс", "Предмет", "Вариант", "1", "Балл", "Отметка"]])]),
        PlainBook([PlainSheet("Работы", [["Код", "Вариант", "1 · 2"], ["50011", 1.0, 2.0]])]),
        PlainBook([PlainSheet("Лист1", [["#1", "Код"]])], {"xlpy-class": "5А"}),
    ],
)
def test_other_files_are_no_forms(book: PlainBook) -> None:
    found = recognise(book, "меню.xlsx")
    assert not found.grids
    assert codes_of(found) == ["NOT_A_FORM"]


def test_a_form_whose_header_is_gone_is_still_a_form_and_everything_is_missing() -> None:
    found = recognised(SHEET.drop_row(7).drop_row(6))
    form = judge(found.grids[0], TASKS, CODES, YEAR)
    assert not certain(form)
    assert [note.code.name for note in form.notes] == ["MISSING_TASK"]


@pytest.mark.parametrize("name", ["Работы", "Лист1"])
def test_a_form_whose_header_is_gone_is_said_beside_a_copy_that_has_its(name: str) -> None:
    spoilt = replace(SHEET.drop_row(7).drop_row(6), name=name)
    empty = replace(a_sheet(dict.fromkeys(CODES, (None,) * 5)), name="Работы (2)")
    for sheets in ((spoilt, empty), (empty, spoilt)):
        found = recognised(*sheets)
        assert {grid.sheet for grid in found.grids} == {name, "Работы (2)"}
        notes = [note for grid in found.grids for note in judge(grid, TASKS, CODES, YEAR).notes]
        assert [(note.code.name, note.sheet) for note in notes] == [("MISSING_TASK", name)]


def test_a_form_of_another_work_pasted_without_its_header_is_said() -> None:
    other = a_sheet(identity=OTHER).drop_row(7).drop_row(6)
    found = recognised(Sheet((*SHEET.lines, (), *other.lines)))
    assert [grid.identity and grid.identity.school_class for grid in found.grids] == ["5А", "5Б"]
    assert certain(judge(found.grids[0], TASKS, CODES, YEAR)) == truth()
    assert [note.code.name for note in judge(found.grids[1], TASKS, CODES, YEAR).notes] == ["MISSING_TASK"]


@pytest.mark.parametrize("name", [words.HELP_SHEET, "моё"])
def test_a_line_without_papers_is_no_form(name: str) -> None:
    found = recognised(SHEET, Sheet(((identity_line(IDENTITY),), (1.0, 2.0), ("проверить", 3.0)), name=name))
    assert [grid.sheet for grid in found.grids] == ["Работы"]


def test_a_form_without_any_sheet_left_is_no_form() -> None:
    assert codes_of(recognise(a_book(), "5А.xlsx")) == ["NOT_A_FORM"]
