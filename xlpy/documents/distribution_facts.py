"""What the documents of the distribution share: rows of «Проверяющие», codes of each pack, the school's head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xlpy.assignment.packs import Work
from xlpy.documents.protocol_context import initials_first, order_text
from xlpy.tables import schema
from xlpy.tables.entry import expected_papers
from xlpy.tables.frames import Table
from xlpy.tables.normalise import class_order, fold
from xlpy.tables.settings import Settings
from xlpy.words import distribution as words
from xlpy.words.assignment import PACKS
from xlpy.words.documents import ORDER_DATE, ORDER_NUMBER
from xlpy.words.grammar import NBSP, WORKS, counted, day


@dataclass(frozen=True, slots=True)
class Head:
    """Who writes a document, for which school year, on what day; each name in it may be used by a template."""

    school: str
    school_short: str
    municipality: str
    director: str
    order: str
    annex: str
    year: str
    written_on: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of «Проверяющие» with its Excel row. `papers` is None where the cell is empty; `names` are as written."""

    row: int
    school_class: str
    subject: str
    papers: int | None
    checker: str
    second_checker: str
    pinned: bool
    explanation: str

    @property
    def work(self) -> Work:
        """Class and subject."""
        return self.school_class, self.subject

    @property
    def people(self) -> tuple[str, ...]:
        """Teachers of this school who check the row's papers, each once, the first checker first."""
        return tuple(name for name in self.filled if name != schema.EXTERNAL_CHECKER)

    @property
    def filled(self) -> tuple[str, ...]:
        """The people who check: two strangers of another school are two, one teacher named twice is one."""
        names = [name for name in (self.checker, self.second_checker) if name]
        outside = [name for name in names if name == schema.EXTERNAL_CHECKER]
        return (*dict.fromkeys(name for name in names if name != schema.EXTERNAL_CHECKER), *outside)


def head_of(settings: Settings, today: date) -> Head:
    """Return what stands at the head of every document of the distribution."""
    return Head(
        school=settings.text("school") or settings.text("school_short"),
        school_short=settings.text("school_short") or settings.text("school"),
        municipality=settings.text("municipality"),
        director=initials_first(settings.text("director")),
        order=_unbroken(order_text(settings)),
        annex=_annex(settings),
        year=settings.text("year"),
        written_on=day(today),
    )


def _annex(settings: Settings) -> str:
    """The order as «к приказу от 12.02.2026 № 48-О» names it, as far as it is set; "" where it is not."""
    number, signed = settings.text("order_number"), settings.date("order_date")
    if not number and signed is None:
        return ""
    dated = ORDER_DATE.format(date=day(signed)) if signed else ""
    return _unbroken(words.ANNEX.format(dated=dated, numbered=ORDER_NUMBER.format(number=number) if number else ""))


def _unbroken(text: str) -> str:
    """The text with its number beside its sign."""
    return text.replace("\N{NUMERO SIGN} ", f"\N{NUMERO SIGN}{NBSP}")


def file_year(settings: Settings) -> str:
    """Return the school year as a file's name can hold it."""
    return (settings.text("year") or words.NO_YEAR).replace("/", "-")


def by_name(names: Iterable[str]) -> list[str]:
    """Return names in the order of the Russian alphabet, ё beside е."""
    return sorted(names, key=lambda name: (fold(name), name))


def placed_rows(checkers: Table) -> tuple[Placed, ...]:
    """Return all rows of «Проверяющие» by class and subject, rows of one work in their order on the sheet."""
    frame = checkers.frame
    keys = ("school_class", "subject", "papers", "checker", "second_checker", "pinned", "explanation")
    elsewhere = fold(schema.EXTERNAL_CHECKER)

    def name(written: str) -> str:
        return schema.EXTERNAL_CHECKER if fold(written) == elsewhere else written

    rows = [
        Placed(row, c, s, _whole(papers), name(one), name(two), pinned == schema.YES, why)
        for row, c, s, papers, one, two, pinned, why in zip(
            frame.index.tolist(), *(frame[key] for key in keys), strict=True
        )
    ]
    return tuple(sorted(rows, key=lambda row: (class_order(row.school_class), row.subject, row.row)))


def _whole(number: float) -> int | None:
    return None if number != number else int(number)  # noqa: PLR0124 - NaN


def is_assigned(checkers: Table) -> bool:
    """Whether anybody is named on «Проверяющие»."""
    return any(row.filled for row in placed_rows(checkers))


def codes_of_works(tables: Mapping[str, Table]) -> dict[Work, tuple[str, ...]]:
    """Return the codes of each work's papers in order: those on «Результаты» but for the absent.

    A work without any row there yet has the codes that are expected to write it, as `assignment.packs` counts them.
    """
    frame = tables["results"].frame
    found: dict[Work, set[str]] = {}
    columns = (frame[key] for key in ("school_class", "subject", "code", "variant"))
    for school_class, subject, code, variant in zip(*columns, strict=True):
        codes = found.setdefault((school_class, subject), set())
        if code and variant != schema.ABSENT:
            codes.add(code)
    typed = frozenset(found)
    people = tables["participants"].frame
    class_of = dict(zip(people["code"], people["school_class"], strict=True))
    for code, subject in expected_papers(tables["participants"], tables["schedule"]):
        work = class_of[code], subject
        if work not in typed:
            found.setdefault(work, set()).add(code)
    return {work: tuple(sorted(codes)) for work, codes in found.items()}


def load_text(packs: int, papers: int) -> str:
    """Return a load in both units: «3 пачки, 57 работ»."""
    return words.LOAD.format(packs=counted(packs, *PACKS), papers=counted(papers, *WORKS))
