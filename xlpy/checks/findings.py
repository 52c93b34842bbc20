"""What a check finds: a rule's code, its severity, one cell, and what the sentence needs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from xlpy.tables import schema
from xlpy.tables.raw import CellMark
from xlpy.words.checks import ALIKE, SENTENCES


class Severity(Enum):
    """How much a finding matters: an error must be mended, a warning looked at, a notice known."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `code` of its rule, `sheet` by name, `cell` as A1, `params` of its sentence.

    `alike` counts the cells it stands for: more than one where the same thing is wrong in many cells.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    params: Mapping[str, object] = field(default_factory=dict, compare=False)
    alike: int = 1


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule strikes: sheet key, Excel row, column key, and the parameters of its sentence.

    Hits of one rule with the same `group` (not None) tell of one cause and become one finding when they are many.
    """

    table: str
    row: int
    key: str
    params: Mapping[str, object] = field(default_factory=dict)
    group: Hashable = None


def message_of(finding: Finding) -> str:
    """The sentence that says what is wrong."""
    sentence = SENTENCES[finding.code].wrong.format(**finding.params)
    return sentence if finding.alike == 1 else sentence + ALIKE.format(count=finding.alike)


def hint_of(finding: Finding) -> str:
    """The sentence that says what to do."""
    return SENTENCES[finding.code].mend.format(**finding.params)


def severity_word(severity: Severity) -> str:
    """The severity as sheet «Замечания» writes it."""
    return schema.SEVERITIES[list(Severity).index(severity)]


def to_marks(findings: Iterable[Finding]) -> list[CellMark]:
    """Findings as the door takes them, to be shown on «Замечания» and in their cells."""
    return [
        CellMark(
            severity_word(finding.severity),
            finding.code,
            finding.sheet,
            finding.cell,
            message_of(finding),
            hint_of(finding),
        )
        for finding in findings
    ]


def finding_dicts(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as the command line prints them in JSON."""
    return [
        {
            "rule": finding.code,
            "severity": finding.severity.value,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "message": message_of(finding),
            "hint": hint_of(finding),
        }
        for finding in findings
    ]


def count_of(findings: Sequence[Finding], severity: Severity) -> int:
    """How many findings have this severity."""
    return sum(finding.severity is severity for finding in findings)
