"""The same export in any order of rows, columns and sheets gives the same plan, and always the truth."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
)
from xlpy.exchange.journal.choice import Choice, parse_choice, read_memory, remembered, write_memory
from xlpy.exchange.journal.headers import digest_of, header_at
from xlpy.exchange.journal.subjects import Subjects
from xlpy.tables.raw import PlainSheet, Value

BOOK = a_school()


def told(grid: Grid, **more: str) -> object:
    """What a plan says, but for the cells of the file."""
    result = taken(BOOK, sheet(grid), **more)
    return result.marks, result.plan.counts, sorted(result.found)


def shuffled(grid: Grid, seed: int) -> Grid:
    """The rows under the header and all columns in another order."""
    random = Random(seed)
    rows, columns = list(range(1, len(grid))), list(range(len(grid[0])))
    random.shuffle(rows)
    random.shuffle(columns)
    return [[grid[row][at] for at in columns] for row in (0, *rows)]


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_rows_and_columns_of_a_long_table(seed: int) -> None:
    grid = long_grid()
    grid[3][4], grid[5][1], grid[7][4] = "4,25", "Никто Никто", "зачёт"
    assert told(shuffled(grid, seed)) == told(grid)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_school_in_any_layout_gives_its_own_marks(data: st.DataObject) -> None:
    """Each class in a layout, spelling and order of its own; what comes out is what went in, where it was a mark."""
    sheets: list[PlainSheet] = []
    truth: dict[tuple[str, str], Value] = {}
    for its_class in ("4А", "5А", "5Б"):
        subjects = [subject for school_class, subject in WORKS if school_class == its_class]
        codes = data.draw(st.permutations([code for code in NAMES if CLASSES[code] == its_class]))
        written = {
            (code, subject): data.draw(st.sampled_from([2, "3", 4.0, "5 ", "отл", "н/а", None, "4,5", "зач"]))
            for code in codes
            for subject in subjects
        }
        meant: dict[object, Value] = {2: 2, "3": 3, 4.0: 4, "5 ": 5, "отл": 5, "н/а": "нет отметки"}
        truth |= {paper: meant[mark] for paper, mark in written.items() if mark in meant}
        spell = data.draw(st.sampled_from([str, short, str.upper, lambda name: " ".join(name.split()[:2])]))
        if data.draw(st.booleans()):
            order = data.draw(st.permutations(subjects))
            grid: Grid = [["№", "ФИО", *order]]
            grid += [[1, spell(NAMES[code]), *[written[code, subject] for subject in order]] for code in codes]
        else:
            grid = [["Предмет", "Ученик", "Оценка"]]
            grid += [[subject, spell(NAMES[code]), written[code, subject]] for code in codes for subject in subjects]
        lead = data.draw(st.integers(0, 3))
        sheets.append(
            sheet([*[[] for _ in range(lead)], [f"Класс {its_class}"], *grid], f"Л{its_class[0]}{len(sheets)}")
        )
    assert taken(BOOK, *data.draw(st.permutations(sheets))).marks == truth


@pytest.mark.parametrize("seed", range(5))
def test_the_header_is_known_again_in_any_order_and_class(seed: int) -> None:
    subjects = Subjects(frozenset({"Математика", "Биология"}))
    one = [["№", "ФИО", "Математика", "Музыка", "Средний балл"]]
    other = [["Средний балл", "Биология", "№", "Технология", "ФИО"]]
    headers = [header_at(sheet(shuffled(grid, seed)), 0, subjects, ()) for grid in (one, other)]
    assert len({digest_of(header, subjects) for header in headers if header}) == 1
    changed = header_at(sheet([["№", "ФИО", "Математика", "Рейтинг"]]), 0, subjects, ())
    assert changed is not None
    assert digest_of(changed, subjects) != digest_of(headers[0], subjects)  # type: ignore[arg-type]


def test_what_was_chosen_is_kept_and_read_back() -> None:
    choice = parse_choice("Ученик=Кто;Отметка=3 четв.;Математика=Алгебра", frozenset({"Математика"}))
    memory = {"a" * 64: choice, "b" * 64: Choice()}
    assert read_memory(write_memory(memory)) == memory
    assert remembered(memory, ["b" * 64, "a" * 64]) == choice


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"version": 2, "headers": {}}', b'{"version":1,"headers":{"a":1}}']
)
def test_a_spoilt_memory_is_forgotten(data: bytes) -> None:
    assert read_memory(data) == {}


def test_headers_that_were_answered_differently_remember_nothing_of_it() -> None:
    memory = {
        "a": parse_choice("Отметка=1 четверть;Ученик=Кто", frozenset()),
        "b": parse_choice("Отметка=год", frozenset()),
    }
    both = remembered(memory, ["a", "b"])
    assert [role.value for role in both.columns] == ["pupil"]


def test_no_mark_is_written_of_a_pupil_the_file_has_not() -> None:
    grid = [line for line in long_grid() if line[1] != NAMES["50005"]]
    assert taken(BOOK, sheet(grid)).marks == {paper: m for paper, m in MARKS.items() if paper[0] != "50005"}
    assert in_journal("нет отметки") == "н/а"
