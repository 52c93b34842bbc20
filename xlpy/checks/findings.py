"""What a check finds: a rule's code, its severity, one cell, and what the sentence needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from xlpy.tables import schema
from xlpy.words.checks import SENTENCES


class Severity(Enum):
    """How much a finding matters: an error must be mended, a warning looked at, a notice known."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `code` of its rule, `sheet` by name, `cell` as A1, `params` of its sentence."""

    code: str
    severity: Severity
    sheet: str
    cell: str
    params: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule strikes: sheet key, Excel row, column key, and the parameters of its sentence."""

    table: str
    row: int
    key: str
    params: Mapping[str, object] = field(default_factory=dict)


def message_of(finding: Finding) -> str:
    """The sentence that says what is wrong."""
    return SENTENCES[finding.code][0].format(**finding.params)


def hint_of(finding: Finding) -> str:
    """The sentence that says what to do."""
    return SENTENCES[finding.code][1].format(**finding.params)


def severity_word(severity: Severity) -> str:
    """The severity as sheet «Замечания» writes it."""
    return schema.SEVERITIES[list(Severity).index(severity)]


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
