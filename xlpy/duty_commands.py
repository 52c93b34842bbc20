"""The commands about observers and organisers: what each runs and shows. Returns the exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import duties
from xlpy.commands import CANNOT, DONE, FOUND, Printer
from xlpy.console import complain, say, step
from xlpy.errors import DiskError, InputError
from xlpy.shell import stamp_of
from xlpy.words import cli
from xlpy.words import duties as words
from xlpy.words.errors import sentence

if TYPE_CHECKING:
    from xlpy.assignment.refusals import Refusal
    from xlpy.checks.findings import Finding
    from xlpy.duties import NotedRefusal
    from xlpy.workbook.closed import ClosedWorkbook

_MOST_LINES = 60
_MOST_WORKS = 6


def observers(
    path: Path, refused: str | None, on_day: date | None, school_class: str | None, today: date | None, show: Printer
) -> int:
    """«Назначить наблюдателей»; with `refused`, put their refusal down first and find others with fewest changes."""
    from xlpy.assignment.duty_wording import observer_lines, observers_dict, summary_of_observers

    if refused is None and (on_day or school_class):
        raise InputError("refusal_of_whom")
    book, stamp = _open(path), stamp_of(today)
    with step(words.STEPS["observers"]):
        refusal = None if refused is None else duties.refuse(book, _refusal(refused, on_day, school_class), stamp)
        plan = duties.observers(book, stamp)
        doubts = duties.doubts(book, stamp, duties.OBSERVER_SOURCES)
    failure = _written(lambda: duties.write_observers(book, plan, stamp))
    works = refusal.works if refusal else ()
    answer = {
        **observers_dict(plan),
        "refused": [{"class": one, "subject": subject} for one, subject in works],
        **_ending(doubts, failure),
    }
    show(answer, lambda: _say([*_noted(refusal, failure), summary_of_observers(plan), *observer_lines(plan)], doubts))
    return _code(failure, bool(plan.gaps))


def _refusal(person: str, on_day: date | None, school_class: str | None) -> Refusal:
    from xlpy.assignment.refusals import Refusal
    from xlpy.tables.normalise import class_name

    return Refusal(person, on_day, class_name(school_class or ""))


def _noted(refusal: NotedRefusal | None, failure: DiskError | None) -> list[str]:
    if refusal is None or failure is not None:
        return []
    if not refusal.is_new:
        return [words.REFUSAL_KNOWN]
    named = [words.WORK.format(school_class=one, subject=subject) for one, subject in refusal.works]
    shown, more = "; ".join(named[:_MOST_WORKS]), len(named) - _MOST_WORKS
    return [words.REFUSAL_NOTED.format(works=words.MANY.format(names=shown, count=more) if more > 0 else shown)]


def organisers(path: Path, replace: bool, today: date | None, show: Printer) -> int:
    """«Назначить организаторов»; with `replace` also in place of those who stand against a rule."""
    from xlpy.assignment.duty_wording import organiser_lines, organisers_dict, summary_of_organisers
    from xlpy.assignment.organisers import Standing

    book, stamp = _open(path), stamp_of(today)
    standing = Standing.REPLACED if replace else Standing.KEPT
    with step(words.STEPS["organisers"]):
        plan = duties.organisers(book, standing, stamp)
        doubts = duties.doubts(book, stamp, duties.ORGANISER_SOURCES)
    failure = _written(lambda: duties.write_organisers(book, plan, stamp))
    answer = {**organisers_dict(plan), **_ending(doubts, failure)}
    show(answer, lambda: _say([summary_of_organisers(plan), *organiser_lines(plan, standing)], doubts))
    return _code(failure, bool(plan.gaps or plan.breaches))


def _open(path: Path) -> ClosedWorkbook:
    from xlpy.workbook.closed import ClosedWorkbook

    with step(cli.STEPS["read"]):
        return ClosedWorkbook(path)


def _written(write: Callable[[], None]) -> DiskError | None:
    """What kept the book from being written: the plan is shown all the same."""
    try:
        with step(cli.STEPS["write"]):
            write()
    except DiskError as error:
        return error
    return None


def _ending(doubts: Sequence[Finding], failure: DiskError | None) -> dict[str, object]:
    from xlpy.checks.findings import finding_dicts

    return {"doubts": finding_dicts(doubts), "written": failure is None}


def _say(lines: Sequence[str], doubts: Sequence[Finding]) -> None:
    from xlpy.checks.findings import message_of

    for line in lines[:_MOST_LINES]:
        say(line)
    if len(lines) > _MOST_LINES:
        say(words.MORE.format(count=len(lines) - _MOST_LINES))
    if doubts:
        say(words.DOUBTS)
    for doubt in doubts:
        say(f"  {doubt.sheet}!{doubt.cell}: {message_of(doubt)}")


def _code(failure: DiskError | None, is_incomplete: bool) -> int:
    if failure is not None:
        complain(f"{sentence(failure)} {cli.DONE['not_written']}")
        return CANNOT
    return FOUND if is_incomplete else DONE
