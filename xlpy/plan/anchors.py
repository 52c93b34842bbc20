"""Dates of the plan's measures, counted from what they hang on: the days of the check works, months, each work.

The column «Привязка» says what a measure hangs on. Days before and after the check works are calendar days, for they
bound weeks of preparation; days after a single work are working days, as the other deadlines of a work are.
Months and the school year are taken whole, by the calendar.

Who wrote a date is told by «Срок», for nothing else remembers it. Empty dates are filled in. Dates beside a «Срок» that
spells out these very dates as the program does are the program's and follow when the check works move. Any other dates
are a person's, and never touched; so are words of a person's own in «Срок».
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from importlib.resources import files
from io import StringIO

from xlpy.plan.deadlines import days_off_of
from xlpy.plan.working_days import add_working_days, as_day
from xlpy.tables import schema
from xlpy.tables.convert import as_date, as_text, is_empty
from xlpy.tables.frames import Table
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import clean_text, fold, is_school_year
from xlpy.tables.raw import RawTable, Value
from xlpy.tables.settings import Settings
from xlpy.words import plan as words
from xlpy.words.grammar import day
from xlpy.words.panel import DUE

Span = tuple[date, date]

_PLAN = "plan.csv"
_MINUS = re.compile("[\u2212\u2013\u2014]")
_EDGE = re.compile(rf"({fold(words.FIRST_DAY)}|{fold(words.LAST_DAY)})(?: ?([+-]) ?(\d{{1,3}}))?")
_MONTH = re.compile(rf"{fold(words.MONTH)} (\d{{1,2}})( ?\({fold(words.YEAR_BEFORE)}\))?")
_EACH = re.compile(rf"{fold(words.EACH_PAPER)} ?\+ ?(?:(\d{{1,3}})|{fold(words.NOTICE_DAYS)})")
_FROM_TO = re.compile(r" ?(?:…|\.\.\.) ?")


class Edge(Enum):
    """From which day of the check works is counted."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class EdgeDay:
    """So many calendar days after the first or the last day of the check works; before it where negative."""

    edge: Edge
    days: int


@dataclass(frozen=True, slots=True)
class Month:
    """A whole month of the school year: 9–12 lie in its first calendar year; `years_before` goes back from there."""

    month: int
    years_before: int


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """From the first of September to the end of May."""


@dataclass(frozen=True, slots=True)
class EachPaper:
    """So many working days after each work of «График»; None: the school's «Дней на ознакомление»."""

    days: int | None


@dataclass(frozen=True, slots=True)
class Undated:
    """A measure that no date of the school decides; its words stand in «Срок»."""

    wording: str


Point = EdgeDay | Month
Anchor = tuple[tuple[Point, Point], ...] | SchoolYear | EachPaper | Undated


def parse_anchor(text: str) -> Anchor | None:
    """Return what a measure hangs on, None where the words are none of ours."""
    folded = _MINUS.sub("-", fold(text))
    if folded == fold(words.SCHOOL_YEAR):
        return SchoolYear()
    for wording in words.UNDATED:
        if folded == fold(wording):
            return Undated(wording)
    each = _EACH.fullmatch(folded)
    if each is not None:
        return EachPaper(int(each[1]) if each[1] else None)
    spans = []
    for piece in re.split(r" ?[,;] ?", folded):
        points = [_point(end) for end in _FROM_TO.split(piece)]
        known = [point for point in points if point is not None]
        if len(known) != len(points) or len(known) > 2:
            return None
        spans.append((known[0], known[-1]))
    return tuple(spans)


def _point(folded: str) -> Point | None:
    edge, month = _EDGE.fullmatch(folded), _MONTH.fullmatch(folded)
    if edge is not None:
        days = int(edge[3] or 0) * (-1 if edge[2] == "-" else 1)
        return EdgeDay(Edge.FIRST if edge[1] == fold(words.FIRST_DAY) else Edge.LAST, days)
    if month is not None and 1 <= int(month[1]) <= 12:
        return Month(int(month[1]), 1 if month[2] else 0)
    return None


def spans_of(anchor: Anchor, settings: Settings, schedule: Table) -> tuple[Span, ...]:
    """Return the spans of days an anchor means this year, in time order.

    Empty where what it hangs on is not filled in yet, and where a span would end before it starts.
    """
    if isinstance(anchor, Undated):
        return ()
    if isinstance(anchor, EachPaper):
        return _paper_spans(anchor, settings, schedule)
    year = _first_year(settings)
    if isinstance(anchor, SchoolYear):
        return () if year is None else ((date(year, 9, 1), date(year + 1, 5, 31)),)
    spans = []
    for first, last in anchor:
        start, end = _point_days(first, settings, year), _point_days(last, settings, year)
        if start is None or end is None or start[0] > end[1]:
            return ()
        spans.append((start[0], end[1]))
    return tuple(sorted(spans))


def _first_year(settings: Settings) -> int | None:
    year = settings.text("year")
    return int(year[:4]) if is_school_year(year) else None


def _point_days(point: Point, settings: Settings, year: int | None) -> Span | None:
    if isinstance(point, Month):
        if year is None:
            return None
        at = year + (point.month < 9) - point.years_before
        return date(at, point.month, 1), date(at, point.month, monthrange(at, point.month)[1])
    edge = settings.date("vpr_from" if point.edge is Edge.FIRST else "vpr_to")
    if edge is None:
        return None
    try:
        moved = edge + timedelta(days=point.days)
    except OverflowError:
        return None
    return moved, moved


def _paper_spans(anchor: EachPaper, settings: Settings, schedule: Table) -> tuple[Span, ...]:
    days = anchor.days if anchor.days is not None else settings.whole("notice_days") or 0
    days_off = days_off_of(settings)
    both_parts = zip(schedule.frame["date"], schedule.frame["second_date"], strict=True)
    parts = [[known for part in one if (known := as_day(part)) is not None] for one in both_parts]
    written = {max(known) for known in parts if known}
    return tuple((last, add_working_days(last, days, days_off)) for last in sorted(written))


@cache
def _shipped_anchors() -> Mapping[tuple[str, str], str]:
    """(№, measure) → anchor of the measures that travel with the program."""
    number, measure = schema.PLAN.column("number").caption, schema.PLAN.column("measure").caption
    text = files("xlpy.tables").joinpath("data", _PLAN).read_text("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    return {(fold(row[number]), fold(row[measure])): row[schema.ANCHOR_CAPTION] for row in rows}


def plan_rows(raw: RawTable, settings: Settings, schedule: Table) -> list[dict[str, Value]]:
    """Return a row of «План» for each row of `raw`, in its order, naming only its № and the cells to change.

    The anchor is taken from the column «Привязка»; where the user has deleted that column, from the shipped plan, as
    long as № and measure are the shipped ones.
    """
    at = positions_of(schema.PLAN, raw.captions)
    anchors = [clean_text(caption) for caption in raw.captions]
    anchor_at = anchors.index(schema.ANCHOR_CAPTION) if schema.ANCHOR_CAPTION in anchors else None
    rows: list[dict[str, Value]] = []
    for number, cells in enumerate(raw.values, start=raw.first_row):
        named: dict[str, Value] = {"number": cells[at["number"]]}
        rows.append(named)
        held = {at[key] for key in ("due", "starts", "ends") if _is_held(raw, number, at[key])}
        text = as_text(cells[anchor_at]) if anchor_at is not None else _shipped_anchor(cells, at)
        anchor = parse_anchor(text) if text else None
        if anchor is not None and not held:
            named |= _dated(text, anchor, [cells[at[key]] for key in ("due", "starts", "ends")], settings, schedule)
    return rows


def _is_held(raw: RawTable, row: int, at: int) -> bool:
    """Whether a formula or an error stands in the cell: somebody's own work."""
    return row in raw.formulas.get(at, ()) or (row, at) in raw.errors


def _shipped_anchor(cells: Sequence[Value], at: Mapping[str, int]) -> str:
    key = fold(as_text(cells[at["number"]])), fold(as_text(cells[at["measure"]]))
    return _shipped_anchors().get(key, "")


def _dated(
    text: str, anchor: Anchor, written: Sequence[Value], settings: Settings, schedule: Table
) -> dict[str, Value]:
    """The cells «Срок», «Начало», «Окончание» that change; nothing where they are a person's."""
    due, starts, ends = written
    undated = is_empty(starts) and is_empty(ends)
    if not undated and not _is_ours(due, starts, ends):
        return {}
    wording = _wordings().get(fold(text), anchor.wording if isinstance(anchor, Undated) else "")
    spans = spans_of(anchor, settings, schedule)
    if not spans:
        return {"due": wording} if is_empty(due) and wording else {}
    changed: dict[str, Value] = {"starts": _moment(spans[0][0]), "ends": _moment(max(end for _, end in spans))}
    if not undated or is_empty(due) or words.is_shipped_wording(as_text(due)):
        changed["due"] = words.due_words(wording, spans)
    return changed


@cache
def _wordings() -> Mapping[str, str]:
    """Anchor, folded → what the shipped plan says of it in words."""
    return {fold(anchor): wording for anchor, wording in DUE.items()}


def _is_ours(due: Value, starts: Value, ends: Value) -> bool:
    """Whether «Срок» reads as the program writes it for the dates beside it."""
    first, last = as_date(starts), as_date(ends)
    if first is None or last is None or not isinstance(due, str):
        return False
    return words.edges_of(due) == (day(first), day(last))


def _moment(of: date) -> datetime:
    return datetime.combine(of, time())
