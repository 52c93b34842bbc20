"""Repairs of a plan that leaves places empty: named, and accepted into the book together with the new plan.

Actions as those of `actions`: each takes an open workbook and says what came of it. Writes take effect at `save`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlpy import actions
from xlpy.errors import InputError
from xlpy.tables import schema
from xlpy.words import repairs as words

if TYPE_CHECKING:
    from xlpy.actions import Stamp
    from xlpy.assignment.assign import AssignmentResult
    from xlpy.assignment.repair_kinds import Repair
    from xlpy.workbook.port import Workbook


@dataclass(frozen=True, slots=True)
class Proposed:
    """The repairs of a plan, and the same as sentences; both empty where every place is filled."""

    repairs: tuple[Repair, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted, in sentences, and the plan that came of it, which is written."""

    repairs: tuple[Repair, ...]
    lines: tuple[str, ...]
    result: AssignmentResult


def propose(book: Workbook, result: AssignmentResult) -> Proposed:
    """Return what can be done about the empty places of a plan that was made from this book; nothing is written."""
    from xlpy.assignment.repair_wording import repair_lines
    from xlpy.assignment.repairs import repairs_of

    tables, settings = actions.ready(book, actions.STAFF_TABLES)
    repairs = repairs_of(tables, settings, result)
    return Proposed(repairs, repair_lines(tables, settings, result, repairs))


def accept_repairs(book: Workbook, said: str, stamp: Stamp) -> Accepted:
    """Write the repairs that `said` names («1,3», «все») and the plan they allow, all in one save.

    The numbers are those of the list for the plan on «Проверяющие», as the command shows it: the plan there is kept as
    far as it can be. Raises InputError for other numbers, or where nothing needs a repair; LockedError, SaveError.
    """
    from xlpy.assignment.accepting import accepted_edits, checker_rows, picked, teacher_rows
    from xlpy.assignment.assign import Regard, to_rows
    from xlpy.assignment.repair_wording import said as sentences
    from xlpy.assignment.repairs import repairs_of

    tables, settings = actions.ready(book, actions.STAFF_TABLES)
    before = actions.assign(book, Regard.KEEP)
    proposed = repairs_of(tables, settings, before)
    if not proposed:
        raise InputError("nothing_to_accept")
    chosen = picked(said, proposed)
    edits = accepted_edits(tables, settings, chosen)
    if edits.limits or edits.subjects:
        raw = book.read_tables([schema.TEACHERS])[schema.TEACHERS.key]
        book.write_table(schema.TEACHERS, teacher_rows(raw, tables["teachers"], edits))
    book.write_table(schema.CHECKERS, checker_rows(before, edits))
    result = actions.assign(book, Regard.KEEP)
    book.write_table(schema.CHECKERS, to_rows(result))
    lines = tuple(sentences(tables, settings, chosen))
    actions.note(book, stamp, "accept", words.ACCEPTED.format(what="; ".join(lines)))
    book.save()
    return Accepted(chosen, lines, result)
