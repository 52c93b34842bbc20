"""A cell of the workbook, a cell of a form, and what was settled before: written, equal, or asked about."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.forms.collecting import CODES, after, collected, form
from xlpy.exchange.forms.differences import Take
from xlpy.exchange.forms.notes import FormCode
from xlpy.exchange.forms.record import Record, read_record, record_bytes
from xlpy.tables.raw import Value

PLACE = (CODES[0], "task_1")
VALUES = st.sampled_from([None, 0, 1, "X"])
CHOICES = st.sampled_from([None, Take.FORM, Take.WORKBOOK, Take.NEWER])


@dataclass
class Oracle:
    """One cell's life told by plain cases: what was settled last, and which pairs the workbook has won."""

    settled: tuple[Value, Value] | None = None
    won: set[tuple[Value, Value]] = field(default_factory=set)

    def collect(self, form_says: Value, book_has: Value, take: Take | None) -> tuple[Value, bool]:
        """What the workbook has afterwards, and whether the cell is on the list of open differences."""
        if form_says is None:
            return self._empty(book_has, take)
        if book_has is None or book_has == form_says:
            self.settled = (form_says, form_says)
            return form_says, False
        if (form_says, book_has) in self.won:
            self.settled = (form_says, book_has)
            return book_has, False
        side = self._side(form_says, book_has, take)
        return self._decide(form_says, book_has, side)

    def _side(self, form_says: Value, book_has: Value, take: Take | None) -> Take | None:
        if take is not Take.NEWER:
            return take
        if self.settled is None:
            return None
        form_moved, book_moved = form_says != self.settled[0], book_has != self.settled[1]
        return None if form_moved == book_moved else Take.FORM if form_moved else Take.WORKBOOK

    def _decide(self, form_says: Value, book_has: Value, side: Take | None) -> tuple[Value, bool]:
        if side is None:
            return book_has, True
        if side is Take.FORM:
            self.settled = None if form_says is None else (form_says, form_says)
            return form_says, False
        if form_says is None:
            self.settled = None
        else:
            self.settled = (form_says, book_has)
            self.won.add((form_says, book_has))
        return book_has, False

    def _empty(self, book_has: Value, take: Take | None) -> tuple[Value, bool]:
        if self.settled is None:
            return book_has, False
        if book_has is None:
            self.settled = None
            return None, False
        return self._decide(None, book_has, self._side(None, book_has, take))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(VALUES, VALUES, CHOICES, st.booleans()), min_size=1, max_size=8))
def test_a_cell_lives_as_plain_cases_say(steps: list[tuple[Value, Value, Take | None, bool]]) -> None:
    """Each step: what the form says now, what somebody typed into the workbook (if they did), and the choice."""
    oracle, record, held = Oracle(), Record("2020/21"), {CODES[1]: {"task_1": 1}}
    other = {CODES[1]: {"task_1": 1}}
    for form_says, typed, take, is_typed in steps:
        cell = typed if is_typed else held.get(PLACE[0], {}).get(PLACE[1])
        held = {**held, PLACE[0]: {PLACE[1]: cell}}
        decided = collected([form({PLACE[0]: {PLACE[1]: form_says}, **other})], held, record, take=take)
        expected, is_open = oracle.collect(form_says, cell, take)
        held = after(held, decided)
        assert held[PLACE[0]][PLACE[1]] == expected
        assert bool(decided.open) == is_open
        record = decided.record
        assert read_record(record_bytes(record)) == record


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries({code: st.fixed_dictionaries({"task_1": VALUES, "task_2": VALUES}) for code in CODES}),
    st.fixed_dictionaries({code: st.fixed_dictionaries({"task_1": VALUES, "task_2": VALUES}) for code in CODES}),
)
def test_collecting_again_changes_nothing(says: dict[str, dict[str, Value]], held: dict[str, dict[str, Value]]) -> None:
    first = collected([form(says)], held)
    second = collected([form(says)], after(held, first), first.record)
    assert not second.edits
    assert second.record == first.record
    assert [one.token for one in second.open.values()] == [one.token for one in first.open.values()]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries({code: st.fixed_dictionaries({"task_1": VALUES, "task_2": VALUES}) for code in CODES}),
    st.fixed_dictionaries({code: st.fixed_dictionaries({"task_1": VALUES, "task_2": VALUES}) for code in CODES}),
)
def test_dying_before_the_record_is_written_is_harmless(
    says: dict[str, dict[str, Value]], held: dict[str, dict[str, Value]]
) -> None:
    first = collected([form(says)], held)
    died = collected([form(says)], after(held, first), None)
    assert not died.edits
    assert died.record == first.record


def test_what_a_form_says_over_a_workbook_that_says_otherwise_is_listed_and_not_written() -> None:
    decided = collected([form({"50001": {"task_1": 2}})], {"50001": {"task_1": 1}})
    assert not decided.edits
    assert [(one.kind, one.cells[0].form, one.cells[0].book) for one in decided.open.values()] == [
        (FormCode.DIFFERS, 2, 1)
    ]


def test_looking_at_the_list_first_loses_nothing_of_who_was_later() -> None:
    before = collected([form({"50001": {"task_1": 1}})], {}).record
    held = {"50001": {"task_1": 1}}
    looked = collected([form({"50001": {"task_1": 2}})], held, before)
    assert len(looked.open) == 1
    taken = collected([form({"50001": {"task_1": 2}})], held, looked.record, take=Take.NEWER)
    assert after(held, taken)["50001"]["task_1"] == 2


def test_a_workbook_brought_back_from_a_copy_is_filled_again() -> None:
    says = {"50001": {"task_1": 1, "task_2": 0}}
    record = collected([form(says)], {}).record
    again = collected([form(says)], {}, record)
    assert after({}, again)["50001"] == {"variant": None, "task_1": 1, "task_2": 0}


def test_a_number_typed_as_text_in_the_workbook_is_set_right_without_asking() -> None:
    decided = collected([form({"50001": {"task_1": 2}})], {"50001": {"task_1": "2,0"}})
    assert decided.edits == {(7, "task_1"): 2}
    assert not decided.open
