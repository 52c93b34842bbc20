"""Whatever is done to a form, every value that is taken is the one that was typed for that paper and task."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.drawn import (
    AGAIN,
    CODE,
    CODES,
    FIRST,
    IDENTITY,
    LAST,
    TASKS,
    YEAR,
    Sheet,
    a_sheet,
    certain,
    judged,
    truth,
)
from xlpy.exchange.forms.cells import judge
from xlpy.exchange.forms.form import identity_line, properties_of
from xlpy.exchange.forms.layout import KEY_ROW, LABEL_ROW, MAXIMUM_ROW
from xlpy.exchange.forms.notes import note_dict
from xlpy.exchange.forms.recognise import recognise
from xlpy.tables.raw import PlainBook, PlainSheet, Value

PAPERS = range(FIRST, LAST + 1)
GARBAGE: tuple[Value, ...] = (None, " ", "моё", 7.5, True, datetime(2026, 1, 9), datetime(2026, 3, 1), "№ 3", "К1")
REMARKS: tuple[Value, ...] = (None, None, "!", "проверить", 1.0, 2.0, "X", "моё")
LABELS: tuple[Value, ...] = (*GARBAGE, *(task.label for task in TASKS))
HEADERS: tuple[Value, ...] = (*LABELS, *(f"#{task.number}" for task in TASKS))
NAMES: tuple[Value, ...] = (None, "Иванов Иван", "Петрова", "?", datetime(2012, 5, 1))


@st.composite
def foreign_lines(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    """Own rows and columns put anywhere, with remarks in them."""
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(1, sheet.width + 1))
        cells = {row: draw(st.sampled_from(REMARKS)) for row in draw(st.sets(st.integers(1, len(sheet.lines))))}
        sheet = sheet.insert_column(at, cells)
    for _ in range(draw(st.integers(0, 3))):
        # Points stand in no row of one's own: those would be points without a code.
        sheet = sheet.insert_row(draw(st.integers(1, len(sheet.lines) + 1)), "заметка", None, "текст")
    return sheet


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_rows_in_any_order_and_own_rows_and_columns_change_nothing(data: st.DataObject) -> None:
    sheet = a_sheet().reorder(data.draw(st.permutations(PAPERS)))
    form = judged(data.draw(foreign_lines(sheet)))
    assert certain(form) == truth()
    assert not form.uncertain


def _spoil_header(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    """Overtype the marks, or the labels, never both: nothing could be told then."""
    row = draw(st.sampled_from((KEY_ROW, LABEL_ROW)))
    for at in draw(st.sets(st.integers(1, AGAIN), max_size=4)):
        sheet = sheet.put(row, at, draw(st.sampled_from(HEADERS if row == KEY_ROW else LABELS)))
    return sheet


def _spoil_left(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    for row in draw(st.sets(st.sampled_from(PAPERS))):
        sheet = sheet.put(row, CODE, draw(st.sampled_from((*NAMES, "50099", 50098.0))))
    return sheet


def _spoil_right(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    if draw(st.booleans()):
        return sheet.drop_column(AGAIN)
    for row in draw(st.sets(st.sampled_from(PAPERS))):
        sheet = sheet.put(row, AGAIN, draw(st.sampled_from((*NAMES, *CODES))))
    return sheet


def _sort_some_columns(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    """Some columns on the left sorted, with the left codes among them and without the right ones."""
    return sheet.reorder(draw(st.permutations(PAPERS)), range(1, draw(st.integers(CODE, AGAIN - 1)) + 1))


def _move_cells(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    """Cells of some rows deleted to the left, or put in, with all that stands right of them."""
    for row in draw(st.sets(st.sampled_from(PAPERS), max_size=2)):
        first, right = draw(st.integers(CODE + 1, AGAIN - 1)), draw(st.sampled_from((1, -1)))
        sheet = sheet.shift([(row, at) for at in range(first + (right < 0), AGAIN + 1)], right=right)
    return sheet


def _drop_lines(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    dropped = draw(st.sampled_from(((), (MAXIMUM_ROW,), (FIRST,), (LAST,), (FIRST + 1, MAXIMUM_ROW), (5,))))
    for row in sorted(dropped, reverse=True):
        sheet = sheet.drop_row(row)
    if draw(st.booleans()):
        # A task or the variant. The total and the mark stay: codes of moved rows may stand there.
        sheet = sheet.drop_column(draw(st.integers(CODE + 1, AGAIN - 3)))
    return sheet


def _merge_and_empty(draw: st.DrawFn, sheet: Sheet) -> Sheet:
    for _ in range(draw(st.integers(0, 2))):
        row, at = draw(st.integers(KEY_ROW, LAST)), draw(st.integers(CODE + 1, AGAIN - 1))
        wide, high = draw(st.integers(0, 2)), draw(st.integers(0, 1))
        first, last = f"{chr(64 + at)}{row}", f"{chr(64 + min(at + wide, AGAIN))}{min(row + high, LAST)}"
        sheet = sheet.merge(first, last) if first != last else sheet
    for row, at in draw(st.sets(st.tuples(st.sampled_from(PAPERS), st.integers(3, 7)), max_size=3)):
        sheet = sheet.put(row, at, draw(st.sampled_from((None, "?", "", "болел", True, 999.0, 0.5))))
    return sheet


@st.composite
def spoilt_forms(draw: st.DrawFn) -> Sheet:
    """A form after several habits at once. What told the papers apart is destroyed in one way only."""
    sheet = a_sheet()
    ways = ((_spoil_left, _move_cells), (_spoil_right,), (_sort_some_columns,), (_move_cells,), ())
    for way in draw(st.sampled_from(ways)):
        sheet = way(draw, sheet)
    if draw(st.booleans()):
        sheet = _spoil_header(draw, sheet)
    if draw(st.booleans()):
        return draw(foreign_lines(sheet))
    return _drop_lines(draw, sheet) if draw(st.booleans()) else sheet


@given(spoilt_forms())
@settings(max_examples=300, deadline=None)
def test_every_value_taken_was_typed_for_its_paper_and_task(sheet: Sheet) -> None:
    typed = truth()
    for place, value in certain(judged(sheet)).items():
        assert typed.get(place) == value, place


@given(spoilt_forms())
@settings(max_examples=150, deadline=None)
def test_what_is_lost_is_named(sheet: Sheet) -> None:
    form = judged(sheet)
    assert form.notes or certain(form) == truth()


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_merged_and_emptied_cells_give_no_value_to_another(data: st.DataObject) -> None:
    way = data.draw(st.sampled_from((_sort_some_columns, _spoil_right)))
    sheet = _merge_and_empty(data.draw, way(data.draw, a_sheet()))
    typed = truth()
    for place, value in certain(judged(sheet)).items():
        assert typed.get(place) == value, place


ANYTHING = st.one_of(
    st.none(),
    st.sampled_from(
        (
            *HEADERS,
            *CODES,
            *(float(code) for code in CODES),
            "#code",
            "#variant",
            "#again",
            "#points",
            "#pile",
            "Код",
            "Вариант",
            "Балл",
            "Отметка",
            "№",
            "Готово:",
            "готово",
            "отсутствовал",
            "X",
            identity_line(IDENTITY),
            identity_line(IDENTITY).replace("5А", "5Б"),
        )
    ),
    st.integers(-(2**53), 2**53),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.text(max_size=40),
)


@st.composite
def any_books(draw: st.DrawFn) -> PlainBook:
    spots = st.tuples(st.integers(1, 14), st.integers(1, 14))
    sheets = [
        PlainSheet(
            draw(st.sampled_from(("Работы", "Как заполнять", "Лист1"))),
            draw(st.lists(st.lists(ANYTHING, max_size=12), max_size=12)),
            frozenset(draw(st.sets(spots, max_size=4))),
            draw(st.dictionaries(spots, st.just("#REF!"), max_size=4)),
            draw(st.lists(st.tuples(*[st.integers(1, 14)] * 4), max_size=3)),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    return PlainBook(sheets, draw(st.sampled_from(({}, properties_of(IDENTITY), {"xlpy-form": "x"}))))


@given(any_books())
@settings(max_examples=400, deadline=None)
def test_no_book_whatever_stands_in_it_stops_the_reader(book: PlainBook) -> None:
    found = recognise(book, "?")
    assert found.grids or found.notes
    notes = [*found.notes, *(note for grid in found.grids for note in judge(grid, TASKS, CODES, YEAR).notes)]
    assert all(note_dict(note)["message"] for note in notes)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_no_cell_whatever_is_typed_there_stops_the_reader(data: st.DataObject) -> None:
    sheet = a_sheet()
    for row, at in data.draw(st.sets(st.tuples(st.integers(1, LAST + 2), st.integers(1, AGAIN + 1)), max_size=12)):
        sheet = sheet.put(row, at, data.draw(ANYTHING))
    for grid in recognise(PlainBook([sheet.plain()]), "?").grids:
        form = judge(grid, TASKS, CODES, YEAR)
        assert all(note_dict(note)["hint"] for note in form.notes)
        legal = {task.key: {*range(task.maximum + 1), "X"} for task in TASKS} | {
            "variant": {*range(1, 100), "отсутствовал"}
        }
        assert all(value in legal[key] and not isinstance(value, bool) for (_, key), value in certain(form).items())
