"""What stands in the «протокол распределения работ»: who checks whom, with what load, and what is proven of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xlpy.analysis.staff import Period
from xlpy.assignment.packs import Work, checking_days
from xlpy.checks.findings import Finding
from xlpy.documents.distribution_facts import (
    Head,
    Placed,
    by_name,
    codes_of_works,
    head_of,
    load_text,
    placed_rows,
)
from xlpy.documents.distribution_independence import independence, said_of_rows
from xlpy.documents.protocol_context import Signer, initials_first, scheduled_works
from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import class_order
from xlpy.tables.settings import Settings
from xlpy.words import distribution as words
from xlpy.words.assignment import opened
from xlpy.words.grammar import ABSENT_VALUE, day


@dataclass(frozen=True, slots=True)
class ProofLines:
    """What a proof that holds for the sheet says: its SHA-256, and a sentence for each thing it proves."""

    digest: str
    lines: tuple[str, ...]


class NoProof(Enum):
    """Why no proof is named: there is none, or the sheet was changed after it."""

    ABSENT = "absent"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of «Проверяющие», as written."""

    number: int
    school_class: str
    subject: str
    papers: str
    checker: str
    second_checker: str
    pinned: str
    checked_from: str
    checked_until: str


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What one person checks: works by subject, packs, papers."""

    number: int
    name: str
    works: str
    packs: int
    papers: int


@dataclass(frozen=True, slots=True)
class ShortRow:
    """A work with fewer checkers than it should have, and why."""

    school_class: str
    subject: str
    wanted: int
    there: int
    reason: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """The protocol: every field is a name the template may use."""

    head: Head
    unit: str
    goals: tuple[str, ...]
    two: bool
    rows: tuple[Row, ...]
    loads: tuple[LoadRow, ...]
    load_packs: int
    load_papers: int
    outside: str
    wanted: int
    short: tuple[ShortRow, ...]
    independence: tuple[str, ...]
    breaches: tuple[str, ...]
    remarks: tuple[str, ...]
    digest: str
    proof: tuple[str, ...]
    signers: tuple[Signer, ...]


def distribution_of(
    tables: Mapping[str, Table],
    settings: Settings,
    findings: Sequence[Finding],
    doubts: int,
    proof: ProofLines | NoProof,
    today: date,
) -> Distribution:
    """Return the protocol of what stands on «Проверяющие» now.

    `findings` are those of the checks; `doubts` counts cells by which nobody could be kept from their own class.
    """
    placed = placed_rows(tables["checkers"])
    papers = {row.row: count for row, count in zip(placed, _papers(placed, tables), strict=True)}
    wanted = max(settings.whole("checkers_per_pack") or 1, 1)
    loads = _loads(placed, papers)
    said = said_of_rows(findings, placed)
    tied_rows = {one.row.row for one in said if one.tie}
    return Distribution(
        head=head_of(settings, today),
        unit=settings.text("load_unit"),
        goals=split_list(settings.text("goal_order")),
        two=wanted > 1 or any(row.second_checker for row in placed),
        rows=_rows(placed, papers, wanted, checking_days(tables["schedule"], settings)),
        loads=loads,
        load_packs=sum(row.packs for row in loads),
        load_papers=sum(row.papers for row in loads),
        outside=_outside(placed, papers),
        wanted=wanted,
        short=_short(placed, scheduled_works(tables["schedule"]), wanted),
        independence=independence(findings, placed, len(tied_rows), doubts),
        breaches=tuple(one.line for one in said if one.tie),
        remarks=tuple(one.line for one in said if not one.tie),
        digest=proof.digest if isinstance(proof, ProofLines) else "",
        proof=_proof(proof),
        signers=_signers(settings),
    )


def _papers(placed: Sequence[Placed], tables: Mapping[str, Table]) -> list[int]:
    """Papers of each row: what the sheet says, else how many codes the work has."""
    codes = codes_of_works(tables)
    return [len(codes.get(row.work, ())) if row.papers is None else row.papers for row in placed]


def _rows(
    placed: Sequence[Placed], papers: Mapping[int, int], wanted: int, days: Mapping[Work, Period | None]
) -> tuple[Row, ...]:
    no_second = words.NOT_NAMED if wanted > 1 else ABSENT_VALUE

    def written(number: int, row: Placed) -> Row:
        period = days.get(row.work)
        return Row(
            number=number,
            school_class=row.school_class or ABSENT_VALUE,
            subject=row.subject or ABSENT_VALUE,
            papers=str(papers[row.row]),
            checker=row.checker or words.NOT_NAMED,
            second_checker=row.second_checker or no_second,
            pinned=words.PINNED if row.pinned else "",
            checked_from=day(period.start if period else None),
            checked_until=day(period.end if period else None),
        )

    return tuple(written(number, row) for number, row in enumerate(placed, start=1))


def _loads(placed: Sequence[Placed], papers: Mapping[int, int]) -> tuple[LoadRow, ...]:
    """Everyone of this school who checks anything, by alphabet: this is a table of load and ranks nobody."""
    rows_of: dict[str, list[Placed]] = {}
    for row in placed:
        for name in row.people:
            rows_of.setdefault(name, []).append(row)
    return tuple(
        LoadRow(number, name, _works(rows_of[name]), len(rows_of[name]), sum(papers[row.row] for row in rows_of[name]))
        for number, name in enumerate(by_name(rows_of), start=1)
    )


def _works(rows: Sequence[Placed]) -> str:
    """«Математика: 5А, 6Б; Физика: 7А»."""
    classes: dict[str, list[str]] = {}
    for row in rows:
        classes.setdefault(row.subject, []).append(row.school_class)
    return "; ".join(
        words.CLASSES_OF.format(subject=subject, classes=", ".join(sorted(found, key=class_order)))
        for subject, found in sorted(classes.items())
    )


def _outside(placed: Sequence[Placed], papers: Mapping[int, int]) -> str:
    """What another school checks; "" for nothing."""
    times = Counter({row.row: row.filled.count(schema.EXTERNAL_CHECKER) for row in placed})
    packs = times.total()
    load = load_text(packs, sum(count * papers[row] for row, count in times.items()))
    return opened(words.EXTERNAL.format(school=schema.EXTERNAL_CHECKER, load=load)) if packs else ""


def _short(placed: Sequence[Placed], works: Sequence[Work], wanted: int) -> tuple[ShortRow, ...]:
    """Rows with fewer people than wanted, and works of «График» without a row."""
    there = {row.work for row in placed}
    missing = [ShortRow(*work, wanted, 0, words.NO_ROW) for work in works if work not in there]
    few = [
        ShortRow(row.school_class, row.subject, wanted, len(row.filled), row.explanation or words.NO_REASON)
        for row in placed
        if len(row.filled) < wanted
    ]
    return tuple(sorted([*few, *missing], key=lambda row: (class_order(row.school_class), row.subject)))


def _proof(proof: ProofLines | NoProof) -> tuple[str, ...]:
    if isinstance(proof, ProofLines):
        return proof.lines
    return (words.CHANGED if proof is NoProof.CHANGED else words.NO_PROOF,)


def _signers(settings: Settings) -> tuple[Signer, ...]:
    """The coordinator, lines for the members of the commission, the director."""
    return (
        Signer(words.COORDINATOR, initials_first(settings.text("coordinator"))),
        *(Signer(words.MEMBER, "") for _ in range(words.MEMBERS)),
        Signer(words.DIRECTOR, initials_first(settings.text("director"))),
    )
