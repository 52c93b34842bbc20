"""Made-up schools in memory, with the shipped rows as the builder lays them out; each made once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xlpy.assignment.assign import AssignmentResult, assign, to_rows
from xlpy.checks.findings import Finding, Severity
from xlpy.checks.run import run_checks
from xlpy.demo.dirt import add_dirt, truth_of
from xlpy.demo.fill import fill_book
from xlpy.demo.school import TODAY, School, make_school
from xlpy.demo.shipped_rows import rows_by_key
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import MemoryWorkbook

SEEDS = range(20)
CLASSES = 25


@dataclass(frozen=True)
class Checked:
    """A school after the job: findings above a notice and all findings as (sheet, cell, rule), and the truth."""

    assignment: AssignmentResult
    serious: frozenset[tuple[str, str, str]]
    found: frozenset[tuple[str, str, str]]
    truth: frozenset[tuple[str, str, str]]


@cache
def school(seed: int, classes: int = CLASSES) -> School:
    return make_school(classes, seed)


def empty_book() -> MemoryWorkbook:
    shipped = (schema.SETTINGS, schema.PLAN, schema.SCALES, schema.TASKS)
    return MemoryWorkbook.filled({sheet.key: rows_by_key(sheet) for sheet in shipped})


def read(book: MemoryWorkbook) -> tuple[dict[str, Table], Settings]:
    tables = read_tables(book.read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


def assigned(book: MemoryWorkbook) -> AssignmentResult:
    result = assign(*read(book))
    book.write_table(schema.CHECKERS, to_rows(result))
    return result


def places(findings: tuple[Finding, ...]) -> frozenset[tuple[str, str, str]]:
    return frozenset((one.sheet, one.cell, one.code) for one in findings)


@cache
def clean(seed: int, classes: int = CLASSES) -> Checked:
    return checked(school(seed, classes))


@cache
def dirty(seed: int, classes: int = CLASSES) -> Checked:
    return checked(school(seed, classes), seed)


def checked(made: School, seed: int | None = None, today=TODAY) -> Checked:
    """The job on a school in memory; with a seed, slips are planted first."""
    planted = ()
    if seed is not None:
        made, planted = add_dirt(made, seed)
    book = empty_book()
    fill_book(book, made)
    result = assigned(book)
    tables, settings = read(book)
    findings = run_checks(tables, settings, today)
    truth = frozenset((one["sheet"], one["cell"], one["rule"]) for one in truth_of(planted, tables))
    serious = places(tuple(one for one in findings if one.severity is not Severity.NOTICE))
    return Checked(result, serious, places(findings), truth)
