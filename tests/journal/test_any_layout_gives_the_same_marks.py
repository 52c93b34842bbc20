"""Whatever the layout of an export, each mark goes to its pupil and subject, and nothing else goes anywhere."""

from __future__ import annotations

import pytest

from tests.checks.school import BIOLOGY, MATHS
from tests.journal.exports import (
    CLASSES,
    MARKS,
    NAMES,
    WORKS,
    Grid,
    a_school,
    in_journal,
    long_grid,
    sheet,
    short,
    taken,
    wide_grid,
)
from xlpy.tables.raw import PlainSheet

WIDE_CLASSES = ("4А", "5А", "5Б")


def split_names() -> Grid:
    return [
        ["Фамилия", "Имя", "Отчество", "Класс", "Дисциплина", "Итоговая отметка"],
        *[[*NAMES[code].split(), CLASSES[code], subject, in_journal(mark)] for (code, subject), mark in MARKS.items()],
    ]


def parallel_and_letter() -> Grid:
    return [
        ["ФИО", "Параллель", "Литера", "Предмет", "Оценка"],
        *[[NAMES[c], CLASSES[c][0], CLASSES[c][1], subject, in_journal(mark)] for (c, subject), mark in MARKS.items()],
    ]


def by_code() -> Grid:
    return [
        ["Код участника", "Предмет", "Отметка"],
        *[[float(code), subject, in_journal(mark)] for (code, subject), mark in MARKS.items()],
    ]


def initials_and_odd_spellings() -> Grid:
    return [
        ["Ф.И.О. обучающегося", "Класс", "Предмет", "Отметка"],
        *[
            [
                short(NAMES[code]).replace("ё", "е").upper().replace("А", "A"),
                f"{CLASSES[code][0]} «{CLASSES[code][1].lower()}» класс",
                f" {subject.upper()}\N{NO-BREAK SPACE}",
                str(in_journal(mark)),
            ]
            for (code, subject), mark in MARKS.items()
        ],
    ]


def header_in_row_30() -> Grid:
    return [*[[None, f"Строка {n} вступления"] for n in range(29)], *long_grid()]


def stacked() -> Grid:
    """Tables of the classes one under another, each under its title."""
    return [line for its_class in WIDE_CLASSES for line in [*wide_grid(its_class, f"Класс: {its_class}"), [None]]]


def stacked_without_headers() -> Grid:
    """One header above, and a row with the class over its pupils."""
    grid: Grid = [["№", "Ученик", "Предмет", "Отметка"]]
    for its_class in WIDE_CLASSES:
        grid.append([f"{its_class} класс"])
        grid += [
            [1, NAMES[code], subject, in_journal(mark)]
            for (code, subject), mark in MARKS.items()
            if CLASSES[code] == its_class
        ]
    return grid


def periods_in_rows() -> Grid:
    """A row per period of a pupil, the name in the first of them."""
    grid: Grid = [["ФИО", "Класс", "Период", MATHS, BIOLOGY]]
    for code, name in NAMES.items():
        marks = [in_journal(MARKS.get((code, subject))) for subject in (MATHS, BIOLOGY)]
        grid.append([name, CLASSES[code], "1 четверть", 2, 2])
        grid.append([None, CLASSES[code], "2 четверть", 5, 5])
        grid.append([None, CLASSES[code], "3 четверть", *marks])
    return grid


def subjects_over_periods() -> Grid:
    grid: Grid = [
        ["№", "ФИО", "Класс", MATHS, None, None, BIOLOGY, None, None, "Музыка", None],
        [None, None, None, "2 ч.", "3 ч.", "Ср. балл", "2 ч.", "3 ч.", "Ср. балл", "2 ч.", "3 ч."],
    ]
    for at, (code, name) in enumerate(NAMES.items(), start=1):
        marks = [in_journal(MARKS.get((code, subject))) for subject in (MATHS, BIOLOGY)]
        grid.append([at, name, CLASSES[code], 2, marks[0], 3.5, 2, marks[1], "3,5", 4, 5])
    return grid


def periods_over_subjects() -> Grid:
    grid: Grid = [
        [None, None, None, "II четверть", None, "III четверть", None],
        ["№", "ФИО", "Класс", MATHS, BIOLOGY, MATHS, BIOLOGY],
    ]
    for at, (code, name) in enumerate(NAMES.items(), start=1):
        marks = [in_journal(MARKS.get((code, subject))) for subject in (MATHS, BIOLOGY)]
        grid.append([at, name, CLASSES[code], 2, 3, *marks])
    return grid


ONE_SHEET = {
    "long": (long_grid(), ""),
    "surname, name and patronymic apart": (split_names(), ""),
    "parallel and letter apart": (parallel_and_letter(), ""),
    "by code": (by_code(), ""),
    "initials and odd spellings": (initials_and_odd_spellings(), ""),
    "header in row 30": (header_in_row_30(), ""),
    "tables one under another": (stacked(), ""),
    "classes as rows between pupils": (stacked_without_headers(), ""),
    "periods in rows": (periods_in_rows(), "Отметка=3 четверть"),
    "subjects over periods": (subjects_over_periods(), "Отметка=3 четв."),
    "periods over subjects": (periods_over_subjects(), "Период=III четверть"),
}


@pytest.mark.parametrize("layout", ONE_SHEET)
def test_one_sheet(layout: str) -> None:
    grid, columns = ONE_SHEET[layout]
    result = taken(a_school(), sheet(grid), columns=columns)
    assert result.marks == MARKS
    assert not set(result.found) - {"subject unknown"}


def by_class_in_title() -> list[PlainSheet]:
    return [
        sheet(wide_grid(its_class, f"Сводная ведомость, класс: {its_class}, 3 четверть"), f"Лист{at}")
        for at, its_class in enumerate(WIDE_CLASSES)
    ]


def by_class_in_sheet_name() -> list[PlainSheet]:
    return [sheet(wide_grid(its_class), f"{its_class} класс") for its_class in WIDE_CLASSES]


def by_work_in_sheet_name() -> list[PlainSheet]:
    return [
        sheet(
            [
                ["№", "Учащийся", "Отметка за период"],
                *[
                    [1, NAMES[code], in_journal(mark)]
                    for (code, its_subject), mark in MARKS.items()
                    if CLASSES[code] == its_class and its_subject == subject
                ],
            ],
            f"{its_class}_{subject}",
        )
        for its_class, subject in WORKS
    ]


def by_work_in_title() -> list[PlainSheet]:
    return [
        sheet(
            [
                ["Класс:", its_class],
                ["Предмет:", subject],
                ["Учебный год:", "2020/2021"],
                [],
                ["Фамилия, имя", "3 четверть"],
                *[
                    [" ".join(NAMES[code].split()[:2]), in_journal(mark)]
                    for (code, its_subject), mark in MARKS.items()
                    if CLASSES[code] == its_class and its_subject == subject
                ],
            ],
            f"Sheet{at}",
        )
        for at, (its_class, subject) in enumerate(WORKS)
    ]


@pytest.mark.parametrize("sheets", [by_class_in_title, by_class_in_sheet_name, by_work_in_sheet_name, by_work_in_title])
def test_several_sheets(sheets) -> None:
    result = taken(a_school(), *sheets())
    assert result.marks == MARKS
    assert not set(result.found) - {"subject unknown"}


def test_a_sheet_for_each_period_asks_which_one() -> None:
    both = [sheet([[title], *long_grid()], title) for title in ("2 четверть", "3 четверть")]
    assert taken(a_school(), *both, columns="Отметка=3 четверть").marks == MARKS


def test_the_file_s_name_tells_a_class_where_nothing_else_does() -> None:
    result = taken(a_school(), sheet(wide_grid("5Б")), file="5Б.csv")
    assert result.marks == {paper: mark for paper, mark in MARKS.items() if CLASSES[paper[0]] == "5Б"}


def test_a_title_and_a_sheet_s_name_that_differ_tell_no_class() -> None:
    grid = wide_grid("5Б", "Класс: 5Б")
    result = taken(a_school(), sheet(grid, "5А"), sheet(wide_grid("4А"), "4А"))
    assert {CLASSES[code] for code, _ in result.marks} == {"4А"}
    assert "no class" in result.found


def test_any_caption_can_be_named() -> None:
    grid = [["Кто", "Где", "Что", "Сколько"], *[line[1:5] for line in long_grid()[1:]]]
    named = taken(a_school(), sheet(grid), columns="Ученик=Кто;Класс=Где;Предмет=Что;Отметка=Сколько")
    lettered = taken(a_school(), sheet(grid), columns="ученик = a; класс = B; предмет = С; отметка = D")
    assert named.marks == lettered.marks == MARKS


def test_a_class_and_a_subject_can_be_said_of_the_whole_file() -> None:
    grid = [["ФИО", "Отметка"], *[[NAMES[code], MARKS[code, MATHS]] for code in NAMES if CLASSES[code] == "5Б"]]
    result = taken(a_school(), sheet(grid), columns="Класс=5б;Предмет=математика")
    assert result.marks == {(code, MATHS): MARKS[code, MATHS] for code in NAMES if CLASSES[code] == "5Б"}


def test_another_subject_is_taken_only_where_it_was_named() -> None:
    algebra = [[("Алгебра" if cell == MATHS else cell) for cell in line] for line in long_grid()]
    without = taken(a_school(), sheet(algebra))
    assert {subject for _, subject in without.marks} == {BIOLOGY}
    assert "subject unknown" in without.found
    assert taken(a_school(), sheet(algebra), columns="Математика=Алгебра").marks == MARKS


def test_two_spellings_of_one_subject_in_a_class_are_not_certain() -> None:
    grid = [
        ["ФИО", "Класс", "Математика (базовый)", "Математика (углубленный)"],
        *[[NAMES[code], "5Б", 3, 4] for code in NAMES if CLASSES[code] == "5Б"],
    ]
    result = taken(a_school(), sheet(grid))
    assert not result.marks
    assert set(result.found) == {"subject unclear"}


def test_a_subject_s_own_name_is_certain_beside_another_spelling() -> None:
    grid = [
        ["ФИО", "Класс", "Математика", "Математика (базовый)"],
        *[[NAMES[code], "5Б", 3, 4] for code in NAMES if CLASSES[code] == "5Б"],
    ]
    assert set(taken(a_school(), sheet(grid)).marks.values()) == {3}


def test_other_lists_of_the_workbook_ask_nothing() -> None:
    people = sheet([["ФИО", "Класс", "Дата рождения"], *[[NAMES[code], CLASSES[code], "01.02.2010"] for code in NAMES]])
    below = [*long_grid(), [], ["ФИО", "Предмет", "Телефон"], ["Смирнова Дина Павловна", "Математика", "22-33"]]
    result = taken(a_school(), people, sheet(below, "Отметки"))
    assert (result.marks, result.found) == (MARKS, ["no table"])


def test_all_subjects_that_the_book_has_not_are_listed_once_with_counts() -> None:
    grid = wide_grid("5Б", "5Б")
    grid[1][-1] = "Час здоровья"
    for line in grid[2:5]:
        line[-1] = 5
    (note,) = taken(a_school(), sheet(grid)).plan.notes
    assert (note.code.value, note.params["subjects"]) == ("subject unknown", "Музыка (3), Час здоровья (3)")


def test_rows_that_count_are_nobody_unless_somebody_is_called_so() -> None:
    grid = [*long_grid(), [None, "Итого", "5Б", MATHS, 5], [None, "Средний Балл Баллович", "5Б", BIOLOGY, 5]]
    assert not taken(a_school(), sheet(grid)).found

    def renamed(rows) -> None:
        rows["participants"][8]["pupil"] = "Средний Балл Баллович"

    result = taken(a_school(renamed), sheet([grid[0], grid[-1]]))
    assert result.marks == {("50006", BIOLOGY): 5}
