"""What a rule is: a code, a severity, a function from tables to hits, and what that function reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from xlpy.checks.findings import Hit, Severity

# What a rule may read beside the tables, which go by their sheet's key.
PARAMETERS: Final = "parameters"  # the typed settings; "settings" is their sheet
TODAY: Final = "today"
YEAR: Final = "year"  # the school year of the settings, "" where there is none
DAYS_OFF: Final = "days off"
SLIPS: Final = "slips"  # Mapping[str, list[Hit]] by code
TEACHER_NAMES: Final = "teacher names"
CLASS_NAMES: Final = "class names"
SUBJECT_NAMES: Final = "subject names"
WORKS: Final = "works"  # checks.works.Work per row of «График»
PAPERS: Final = "papers"  # checks.papers.look_up_papers
LIMITS: Final = "limits"  # checks.papers.task_limits
SHAKY: Final = "shaky works"  # works whose tasks and scale disagree
MISPLACED: Final = "misplaced"  # checks.participants.misplaced
MOVED: Final = "moved"  # checks.participants.moved_rows
LABELS: Final = "labels"  # checks.papers.task_labels
UNTYPED: Final = "untyped"  # checks.papers.untyped_papers
STAFF: Final = "staff"  # checks.eligibility.Staff


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `find` takes what `reads` names, in that order, and gives its hits; it never raises on data."""

    code: str
    severity: Severity
    find: Callable[..., Iterable[Hit]]
    reads: tuple[str, ...]


def error(code: str, find: Callable[..., Iterable[Hit]], *reads: str) -> Rule:
    """A rule whose findings must be mended."""
    return Rule(code, Severity.ERROR, find, reads)


def warning(code: str, find: Callable[..., Iterable[Hit]], *reads: str) -> Rule:
    """A rule whose findings must be looked at."""
    return Rule(code, Severity.WARNING, find, reads)


def notice(code: str, find: Callable[..., Iterable[Hit]], *reads: str) -> Rule:
    """A rule whose findings are good to know."""
    return Rule(code, Severity.NOTICE, find, reads)
