"""Runs every rule, whatever the others found, and puts the findings in order. Never raises on data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date

from xlpy.checks import declare, eligibility, papers, parameters, participants, scales, slips
from xlpy.checks.declare import Rule
from xlpy.checks.findings import Finding, Hit, Severity
from xlpy.checks.names import is_misspelt
from xlpy.checks.rules import RULES
from xlpy.checks.works import works_of
from xlpy.plan.deadlines import days_off_of
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings

# One cause in more cells than this is one finding: a column of dates typed as text is not a hundred findings.
MANY = 5

Cell = tuple[str, int, str]


def run_checks(tables: Mapping[str, Table], settings: Settings, today: date) -> tuple[Finding, ...]:
    """Return all findings in the order of the contract's sheets, rows, columns and codes.

    A cell that could not be read has that one finding. A notice is silent on a cell that has an error or a warning.
    """
    read = _readable(tables, settings, today)
    unreadable = slips.unreadable_cells(tables)
    struck: list[tuple[Rule, list[Hit]]] = []
    for rule in RULES:
        hits = list(rule.find(*(read[name] for name in rule.reads)))
        if not _is_of_reading(rule):
            hits = [hit for hit in hits if (hit.table, hit.row, hit.key) not in unreadable]
        struck.append((rule, hits))
    loud = {_cell(hit) for rule, hits in struck if rule.severity is not Severity.NOTICE for hit in hits}
    found: dict[tuple[str, Cell], Finding] = {}
    for rule, hits in struck:
        heard = [hit for hit in hits if _cell(hit) not in loud] if rule.severity is Severity.NOTICE else hits
        for hit, alike in _one_of_many(heard):
            found.setdefault((rule.code, _cell(hit)), _finding(tables[hit.table], rule, hit, alike))
    return tuple(found[key] for key in sorted(found, key=_order))


def _is_of_reading(rule: Rule) -> bool:
    return rule.reads == (declare.SLIPS,)


def _cell(hit: Hit) -> Cell:
    return hit.table, hit.row, hit.key


_SHEETS = {sheet.key: number for number, sheet in enumerate(schema.SHEETS)}
_COLUMNS = {(s.key, c.key): number for s in schema.SHEETS for number, c in enumerate(s.columns)}


def _order(key: tuple[str, Cell]) -> tuple[int, int, int, str]:
    code, (table, row, column) = key
    return _SHEETS[table], row, _COLUMNS[table, column], code


def _finding(table: Table, rule: Rule, hit: Hit, alike: int) -> Finding:
    return Finding(rule.code, rule.severity, table.sheet.name, table.cell(hit.row, hit.key), hit.params, alike)


def _one_of_many(hits: Sequence[Hit]) -> list[tuple[Hit, int]]:
    """Hits with how many cells each stands for: of a group larger than `MANY` only the first is left."""
    groups: dict[Hashable, list[Hit]] = defaultdict(list)
    for number, hit in enumerate(hits):
        groups[number if hit.group is None else (hit.table, hit.group)].append(hit)
    left: list[tuple[Hit, int]] = []
    for group in groups.values():
        if len(group) > MANY:
            first = min(group, key=lambda hit: (hit.row, _COLUMNS[hit.table, hit.key]))
            left.append((first, len(group)))
        else:
            left += [(hit, 1) for hit in group]
    return left


def _readable(tables: Mapping[str, Table], settings: Settings, today: date) -> dict[str, object]:
    """Everything rules may read, by name: the trusted tables, and what is looked up once for all of them."""
    t = {key: slips.trusted(table) for key, table in tables.items()}
    year, days_off = settings.text("year"), days_off_of(settings)
    classes = frozenset(name for name in t["classes"].frame["school_class"] if name and ";" not in name)
    subjects = _known_subjects(t["scales"])
    works = works_of(t["schedule"], classes, subjects, settings, days_off)
    shaky = scales.shaky_works(t["scales"], t["tasks"], year, subjects)
    looked_up = papers.look_up_papers(
        t["results"], t["participants"], works, t["tasks"], classes, subjects, shaky, year
    )
    moved = participants.moved_rows(t["participants"], t["results"])
    slipped = slips.slip_hits(tables)
    for code, hits in parameters.understood_values(t["settings"], settings).items():
        slipped.setdefault(code, []).extend(hits)
    return {
        **t,
        declare.PARAMETERS: settings,
        declare.TODAY: today,
        declare.YEAR: year,
        declare.DAYS_OFF: days_off,
        declare.SLIPS: slipped,
        declare.TEACHER_NAMES: frozenset(t["teachers"].frame["teacher"]) - {""},
        declare.CLASS_NAMES: classes,
        declare.SUBJECT_NAMES: subjects,
        declare.WORKS: works,
        declare.PAPERS: looked_up,
        declare.UNTYPED: papers.untyped_papers(looked_up),
        declare.LIMITS: papers.task_limits(looked_up, t["tasks"], shaky, year),
        declare.LABELS: papers.task_labels(t["tasks"], year),
        declare.SHAKY: shaky,
        declare.MISPLACED: participants.misplaced(t["participants"], classes, moved),
        declare.MOVED: moved,
        declare.STAFF: eligibility.read_staff(t, subjects),
    }


def _known_subjects(scales_table: Table) -> frozenset[str]:
    """Subjects of the contract, and those the school added to «Шкалы» that are no slip of the hand and no list."""
    known = frozenset(schema.SUBJECTS)
    added = frozenset(scales_table.frame["subject"]) - known - {"", schema.PRIMARY_TEACHER}
    return known | {name for name in added if ";" not in name and not is_misspelt(name, known)}
