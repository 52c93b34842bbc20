"""Copies, old versions and forms of former checkers: the newest speaks, and what differs is never settled silently."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.forms.collecting import BORIS, after, at, collected, form
from xlpy.errors import InputError
from xlpy.exchange.forms.differences import Take, chosen_numbers
from xlpy.exchange.forms.notes import FormCode
from xlpy.exchange.forms.voice import listen

ONE, TWO = {"50001": {"task_1": 1}}, {"50001": {"task_1": 2}}


def kinds(decided: object) -> list[FormCode]:
    return [one.kind for one in decided.open.values()]  # type: ignore[attr-defined]


def test_copies_that_say_the_same_are_one_form() -> None:
    decided = collected([form(ONE), form(ONE, file="5А (2).xlsx")], {})
    assert decided.edits == {(7, "task_1"): 1}
    assert not decided.open


def test_copies_complete_each_other() -> None:
    decided = collected([form(ONE), form({"50002": {"task_2": 0}}, file="5А (2).xlsx")], {})
    assert decided.edits == {(7, "task_1"): 1, (8, "task_2"): 0}


def test_copies_that_say_different_things_are_not_written() -> None:
    decided = collected([form(ONE, saved=at(9)), form(TWO, file="б.xlsx", saved=at(10))], {})
    assert not decided.edits
    assert kinds(decided) == [FormCode.FORMS_DIFFER]


def test_of_copies_that_differ_newer_takes_the_one_saved_later_and_is_not_asked_again() -> None:
    forms = [form(ONE, saved=at(9)), form(TWO, file="б.xlsx", saved=at(10))]
    decided = collected(forms, {}, take=Take.NEWER)
    assert decided.edits == {(7, "task_1"): 2}
    held = after({}, decided)
    again = collected(forms, held, decided.record)
    assert not again.open
    assert not again.edits
    third = [*forms, form({"50001": {"task_1": 0}}, file="в.xlsx", saved=at(11))]
    assert kinds(collected(third, held, decided.record)) == [FormCode.FORMS_DIFFER]


@pytest.mark.parametrize("times", [(None, at(10)), (at(9), None), (at(9), at(9))])
def test_of_copies_whose_times_do_not_tell_newer_takes_none(times: tuple[object, object]) -> None:
    forms = [form(ONE, saved=times[0]), form(TWO, file="б.xlsx", saved=times[1])]  # type: ignore[arg-type]
    decided = collected(forms, {}, take=Take.NEWER)
    assert not decided.edits
    assert decided.unsettled == 1


def test_form_alone_names_neither_of_two_forms() -> None:
    decided = collected([form(ONE, saved=at(9)), form(TWO, file="б.xlsx", saved=at(10))], {}, take=Take.FORM)
    assert not decided.edits
    assert decided.unsettled == 1


def test_a_later_copy_does_not_win_over_what_was_typed_into_the_workbook_meanwhile() -> None:
    record = collected([form(ONE, saved=at(8))], {}).record
    forms = [form(ONE, saved=at(8)), form(TWO, file="б.xlsx", saved=at(10))]
    assert collected(forms, {"50001": {"task_1": 1}}, record, take=Take.NEWER).edits == {(7, "task_1"): 2}
    assert not collected(forms, {"50001": {"task_1": 0}}, record, take=Take.NEWER).edits


def test_an_old_version_fills_only_what_the_newest_leaves_empty() -> None:
    new = form({"50001": {"task_1": 2}}, version=2, saved=at(10))
    old = form({"50001": {"task_1": 1, "task_2": 1}}, file="старая.xlsx", saved=at(9))
    voice = listen([old, new])
    assert {key: one.meant for key, one in voice.says["50001"].items()} == {"task_1": 2, "task_2": 1}
    assert (voice.from_old, voice.behind) == ({"старая.xlsx": 1}, {"старая.xlsx": 1})
    assert not voice.apart


def test_an_old_version_saved_after_the_new_one_is_not_passed_over() -> None:
    new = form(ONE, version=2, saved=at(9))
    old = form(TWO, file="старая.xlsx", saved=at(10))
    decided = collected([new, old], {})
    assert kinds(decided) == [FormCode.FORMS_DIFFER]
    assert not decided.edits


def test_an_old_version_does_not_fill_a_cell_that_is_not_certain_in_the_new_one() -> None:
    new = form({}, version=2, unclear=[("50001", "task_1")])
    assert not collected([new, form(ONE, file="старая.xlsx")], {}).edits


def test_a_former_checker_is_written_only_when_chosen() -> None:
    former = [form({"50001": {"task_1": 1, "task_2": 0}}, checker=BORIS)]
    decided = collected([], {}, former=former)
    assert not decided.edits
    assert kinds(decided) == [FormCode.FORMER_CHECKER]
    assert len(next(iter(decided.open.values())).cells) == 2
    assert collected([], {}, former=former, take=Take.FORM).edits == {(7, "task_1"): 1, (7, "task_2"): 0}
    left = collected([], {}, former=former, take=Take.WORKBOOK)
    assert not collected([], {}, left.record, former=former).open


def test_a_former_checker_yields_to_the_one_who_checks_now() -> None:
    former = [form({"50001": {"task_1": 1, "task_2": 0}}, checker=BORIS)]
    decided = collected([form(TWO)], {}, former=former, take=Take.FORM)
    assert decided.edits == {(7, "task_1"): 2, (7, "task_2"): 0}


def test_a_former_checker_whose_points_are_in_the_workbook_is_nothing_to_ask_about() -> None:
    assert not collected([], {"50001": {"task_1": 1}}, former=[form(ONE, checker=BORIS)]).open


def test_another_checker_starts_anew_and_has_emptied_nothing() -> None:
    record = collected([form(ONE)], {}).record
    decided = collected([form({}, checker=BORIS)], {"50001": {"task_1": 1}}, record, checker=BORIS)
    assert not decided.open


def test_a_blank_form_of_another_version_has_emptied_nothing_now_or_later() -> None:
    record = collected([form(ONE)], {}).record
    fresh = collected([form({}, version=2)], {"50001": {"task_1": 1}}, record)
    assert not fresh.open
    assert not collected([form({}, version=2)], {"50001": {"task_1": 1}}, fresh.record).open


def test_a_form_blank_all_over_is_one_difference_and_newer_does_not_empty_the_workbook() -> None:
    says = {"50001": {"task_1": 1, "task_2": 0}, "50002": {"task_1": 2}}
    record = collected([form(says)], {}).record
    decided = collected([form({})], says, record)
    assert [len(one.cells) for one in decided.open.values()] == [3]
    assert not collected([form({})], says, record, take=Take.NEWER).edits
    assert set(collected([form({})], says, record, take=Take.FORM).edits.values()) == {None}


def test_a_row_or_column_that_is_gone_has_emptied_nothing() -> None:
    says = {"50001": {"task_1": 1, "task_2": 0}, "50002": {"task_1": 2}}
    record = collected([form(says)], {}).record
    no_row = form({"50001": says["50001"]}, codes=["50001"])
    no_column = form({"50001": {"task_1": 1}, "50002": {"task_1": 2}}, keys=["variant", "task_1"])
    for one in (no_row, no_column):
        decided = collected([one], says, record)
        assert not decided.open
        assert decided.record == record


def test_absent_on_one_side_and_points_on_the_other_is_one_difference_of_the_row() -> None:
    absent = {"50001": {"variant": "отсутствовал"}}
    points = {"50001": {"variant": 1, "task_1": 1, "task_2": 0}}
    for says, held in ((absent, points), (points, absent)):
        decided = collected([form(says)], held)
        assert not decided.edits
        assert kinds(decided) == [FormCode.DIFFERS]
        taken = collected([form(says)], held, take=Take.FORM)
        wanted = {"variant": None, "task_1": None, "task_2": None} | says["50001"]
        assert after(held, taken)["50001"] == wanted
        kept = collected([form(says)], held, take=Take.WORKBOOK)
        assert after(held, kept)["50001"] == after(held, collected([], held))["50001"]
        assert not collected([form(says)], held, kept.record).open


def test_a_variant_alone_is_no_paper_of_one_who_was_absent() -> None:
    decided = collected([form({"50001": {"variant": 1}})], {"50001": {"variant": "отсутствовал"}})
    assert not decided.open
    assert not decided.edits


def test_only_names_the_numbers_of_the_list() -> None:
    says, held = (
        {"50001": {"task_1": 2, "task_2": 1}, "50002": {"task_1": 0}},
        {
            "50001": {"task_1": 1, "task_2": 0},
            "50002": {"task_1": 1},
        },
    )
    decided = collected([form(says)], held)
    assert [(one.cells[0].code, one.cells[0].key) for one in decided.open.values()] == [
        ("50001", "task_1"),
        ("50001", "task_2"),
        ("50002", "task_1"),
    ]
    some = collected([form(says)], held, take=Take.FORM, only="1,3")
    assert set(some.edits) == {(7, "task_1"), (8, "task_1")}
    assert list(some.open) == [1]


@pytest.mark.parametrize("said", ["0", "4", "1-4", "3-1", "все", "", "1,,2", "-1", "1;2", "9" * 30])
def test_numbers_that_are_not_on_the_list_are_refused(said: str) -> None:
    with pytest.raises(InputError) as caught:
        chosen_numbers(said, 3)
    assert caught.value.code == "collect_numbers"


def test_ranges_are_numbers() -> None:
    assert chosen_numbers(" 1, 3 ,5-8", 8) == {1, 3, 5, 6, 7, 8}
    with pytest.raises(InputError) as caught:
        chosen_numbers("1", 0)
    assert caught.value.code == "collect_nothing_to_take"


@dataclass(frozen=True)
class Copy:
    """A copy of one cell: its version, when it was saved, what it says, whether that is certain."""

    version: int
    hour: int | None
    says: int | str | None
    is_clear: bool


COPIES = st.builds(
    Copy,
    st.integers(1, 3),
    st.none() | st.integers(8, 11),
    st.none() | st.sampled_from([0, 1, "X"]),
    st.booleans(),
)


def heard_by_plain_rules(copies: list[Copy]) -> tuple[str, frozenset[object]]:
    """What is heard of one cell, told case by case: nothing, one value, or several that are apart."""
    top = max(copy.version for copy in copies)
    now = [c for c in copies if c.version == top and c.says is not None and c.is_clear]
    unclear = any(c.version == top and c.says is not None and not c.is_clear for c in copies)
    old = [c for c in copies if c.version < top and c.says is not None and c.is_clear]
    if not now:
        if unclear or not old:
            return "nothing", frozenset()
        best = max(c.version for c in old)
        values = frozenset(c.says for c in old if c.version == best)
        return ("one" if len(values) == 1 else "apart"), values
    speakers = {value: latest([c for c in now if c.says == value]) for value in {c.says for c in now}}
    values = set(speakers)
    for value in {c.says for c in old} - set(speakers):
        first = max((c for c in old if c.says == value), key=lambda c: (c.version, c.hour or 0))
        if first.hour is not None and all(hour is not None and first.hour > hour for hour in speakers.values()):
            values.add(value)
    return ("one" if len(values) == 1 else "apart"), frozenset(values)


def latest(copies: list[Copy]) -> int | None:
    """The hour of the copy saved last; a copy of unknown time comes after those that are known."""
    hours = [copy.hour for copy in copies if copy.hour is not None]
    return max(hours) if hours else None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(COPIES, min_size=1, max_size=5))
def test_what_is_heard_of_a_cell_is_what_plain_rules_say(copies: list[Copy]) -> None:
    forms = [
        form(
            {"50001": {"task_1": copy.says if copy.is_clear else None}},
            file=f"{number}.xlsx",
            version=copy.version,
            saved=None if copy.hour is None else at(copy.hour),
            unclear=[("50001", "task_1")] if copy.says is not None and not copy.is_clear else [],
        )
        for number, copy in enumerate(copies)
    ]
    voice = listen(forms)
    apart = voice.apart.get(("50001", "task_1"), ())
    said = voice.says.get("50001", {}).get("task_1")
    found = (
        ("apart", frozenset(one.meant for one in apart))
        if apart
        else (("one", frozenset([said.meant])) if said is not None else ("nothing", frozenset()))
    )
    assert found == heard_by_plain_rules(copies)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(COPIES, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_found_does_not_matter(copies: list[Copy], chance: Random) -> None:
    forms = [
        form(
            {"50001": {"task_1": copy.says}},
            file=f"{number}.xlsx",
            version=copy.version,
            saved=None if copy.hour is None else at(copy.hour),
        )
        for number, copy in enumerate(copies)
    ]
    shuffled = list(forms)
    chance.shuffle(shuffled)
    one, other = listen(forms), listen(shuffled)
    assert (one.says, one.apart, one.from_old, one.behind) == (other.says, other.apart, other.from_old, other.behind)
