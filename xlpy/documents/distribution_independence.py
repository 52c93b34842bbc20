"""What the protocol of the distribution says of its rows: who is tied to a work they check, and what else is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlpy.checks.findings import Finding, Severity, message_of
from xlpy.documents.distribution_facts import Placed
from xlpy.tables import schema
from xlpy.words import distribution as words
from xlpy.words.grammar import ROWS, counted

# Rules by which a checker is tied to the work: lessons in the class now and before, homeroom, a declared conflict,
# a relative in the class, being the organiser.
TIES = ("CHK-01", "CHK-02", "CHK-03", "CHK-04", "CHK-13", "CHK-14")
# Of these the table of what is short tells already.
_TOLD_OTHERWISE = ("CHK-10",)
# Names, works, classes and subjects nobody knows: whether their rows keep the rule cannot be said.
_BEYOND_CHECK = ("CHK-07", "CHK-11", "SCH-01", "SCH-02")


@dataclass(frozen=True, slots=True)
class Said:
    """What the checks say of a row: `tie` where somebody there is tied to the work."""

    row: Placed
    tie: bool
    line: str


def said_of_rows(findings: Sequence[Finding], placed: Sequence[Placed]) -> tuple[Said, ...]:
    """Return findings of the rows by class and subject, each once; notices are left out."""
    at = {row.row: number for number, row in enumerate(placed)}
    said: list[tuple[int, Said]] = []
    for finding in findings:
        number = at.get(int("".join(filter(str.isdigit, finding.cell)) or 0))
        silent = finding.severity is Severity.NOTICE or finding.code in _TOLD_OTHERWISE
        if finding.sheet != schema.CHECKERS.name or number is None or silent:
            continue
        row = placed[number]
        message = message_of(finding)
        line = words.BREACH.format(school_class=row.school_class, subject=row.subject, message=message)
        said.append((number, Said(row, finding.code in TIES, line)))
    return tuple(dict.fromkeys(one for _, one in sorted(said, key=lambda pair: pair[0])))


def independence(findings: Sequence[Finding], placed: Sequence[Placed], ties: int, doubts: int) -> tuple[str, ...]:
    """Return whether anybody checks a class they work with, and what this could not look at."""
    said = words.NOT_INDEPENDENT.format(count=counted(ties, *ROWS)) if ties else words.INDEPENDENT
    limits = {
        words.NOT_CHECKED: any(finding.code in _BEYOND_CHECK for finding in findings),
        words.EXTERNAL_NOT_CHECKED: any(schema.EXTERNAL_CHECKER in row.filled for row in placed),
        words.DOUBTS.format(cells=counted(doubts, *words.CELLS)): doubts > 0,
    }
    return (said, *(sentence for sentence, holds in limits.items() if holds))
