"""The packs of «График»: one per class and subject, with its papers, its days of checking and what is pinned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xlpy.analysis.staff import Period
from xlpy.plan.deadlines import check_deadline, days_off_of
from xlpy.plan.working_days import as_day
from xlpy.tables import schema
from xlpy.tables.entry import expected_papers
from xlpy.tables.frames import Table
from xlpy.tables.normalise import class_order, fold
from xlpy.tables.settings import Settings

Work = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pack:
    """All papers of one class and subject. `days` of checking, None where «График» has no date of it.

    `pinned` are the people that «Закреплено» keeps; `scheduled` is false for a pinned row that «График» lacks;
    `external` counts the places that another school fills.
    """

    school_class: str
    subject: str
    papers: int
    days: Period | None = None
    pinned: tuple[str, ...] = ()
    scheduled: bool = True
    external: int = 0

    @property
    def work(self) -> Work:
        """Class and subject."""
        return self.school_class, self.subject


def read_packs(tables: Mapping[str, Table], settings: Settings) -> tuple[Pack, ...]:
    """Return the packs sorted by class and subject, whatever the order of the rows. Rows without a key are left out.

    Two dates of one work (two rows, or «Дата части 2») are one pack.
    """
    days = checking_days(tables["schedule"], settings)
    pins, elsewhere = pinned_rows(tables["checkers"]), external_places(tables["checkers"])
    counts = count_papers(tables)
    works = sorted({*days, *pins}, key=lambda work: (class_order(work[0]), work[1]))
    return tuple(
        Pack(
            *work,
            counts.get(work, 0),
            days.get(work),
            pins.get(work, ()),
            scheduled=work in days,
            external=elsewhere.get(work, 0),
        )
        for work in works
    )


def count_papers(tables: Mapping[str, Table]) -> dict[Work, int]:
    """Return how many papers each work has to check: its rows on «Результаты» without the absent.

    A work without any row there yet counts the papers that its participants are expected to write.
    """
    frame = tables["results"].frame
    rows = Counter(zip(frame["school_class"], frame["subject"], strict=True))
    here = frame[frame["variant"] != schema.ABSENT]
    written = Counter(zip(here["school_class"], here["subject"], strict=True))
    people = tables["participants"].frame
    class_of = dict(zip(people["code"], people["school_class"], strict=True))
    awaited = Counter((class_of[code], s) for code, s in expected_papers(tables["participants"], tables["schedule"]))
    return {work: written[work] if work in rows else awaited[work] for work in {*rows, *awaited}}


def own_people(names: Iterable[str]) -> tuple[str, ...]:
    """Return the people whom cells name: neither empty ones nor another school."""
    return tuple(name for name in names if name and not is_external(name))


def is_external(name: str) -> bool:
    """Whether a checker's cell says that another school fills the place."""
    return fold(name) == fold(schema.EXTERNAL_CHECKER)


def external_places(checkers: Table) -> dict[Work, int]:
    """Return how many places another school fills, by work, pinned or not; of two rows of a work the larger number."""
    frame = checkers.frame
    found: dict[Work, int] = {}
    columns = (frame[key] for key in ("school_class", "subject", "checker", "second_checker"))
    for school_class, subject, *names in zip(*columns, strict=True):
        count = sum(is_external(name) for name in names)
        if count and school_class and subject:
            found[school_class, subject] = max(count, found.get((school_class, subject), 0))
    return found


def pinned_rows(checkers: Table) -> dict[Work, tuple[str, ...]]:
    """Return whom «Закреплено: да» keeps, by work. A pinned row without a name keeps nobody: it is filled.

    Of two pinned rows of one work the one whose names come first in the alphabet counts.
    """
    frame = checkers.frame
    found: dict[Work, tuple[str, ...]] = {}
    columns = (frame[key] for key in ("school_class", "subject", "pinned", "checker", "second_checker"))
    for school_class, subject, pinned, *names in zip(*columns, strict=True):
        people = own_people(names)
        if pinned == schema.YES and people and school_class and subject:
            found[school_class, subject] = min(people, found.get((school_class, subject), people))
    return found


def checking_days(schedule: Table, settings: Settings) -> dict[Work, Period | None]:
    """Return from which to which day each work of «График» is checked; None where no date is known."""
    days_off = days_off_of(settings)
    frame = schedule.frame
    found: dict[Work, Period | None] = {}
    columns = (frame[key] for key in ("school_class", "subject", "date", "second_date", "check_until"))
    for school_class, subject, *dates in zip(*columns, strict=True):
        if school_class and subject:
            first, second, until = (as_day(moment) for moment in dates)
            period = _days(first, second, until, settings, days_off)
            found[school_class, subject] = _joined(found.get((school_class, subject)), period)
    return found


def _days(
    first: date | None, second: date | None, until: date | None, settings: Settings, days_off: frozenset[date]
) -> Period | None:
    written = [day for day in (first, second) if day is not None]
    if not written:
        return None
    return Period(min(written), max(*written, check_deadline(max(written), until, settings, days_off)))


def _joined(one: Period | None, other: Period | None) -> Period | None:
    if one is None or other is None:
        return one or other
    starts = [day for day in (one.start, other.start) if day is not None]
    ends = [day for day in (one.end, other.end) if day is not None]
    return Period(min(starts), max(ends))
