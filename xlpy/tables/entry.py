"""The rows people type points into: one per participant and work, from «Участники» × «График»."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from xlpy.tables import schema
from xlpy.tables.convert import is_empty
from xlpy.tables.declare import Role
from xlpy.tables.frames import Table, split_list
from xlpy.tables.merge import match_key
from xlpy.tables.normalise import class_order, clean_text, grade_of
from xlpy.tables.raw import RawTable, Value


class Misfit(Enum):
    """Why a row that holds typed data no longer fits."""

    UNKNOWN_CODE = "unknown code"
    OTHER_CLASS = "other class"
    NOT_TAKING_PART = "not taking part"
    NOT_SCHEDULED = "not scheduled"
    NOT_CHOSEN = "not chosen"


@dataclass(frozen=True, slots=True)
class MisfitRow:
    """A kept row that no longer fits: its Excel row after the change, its paper, the reason."""

    row: int
    code: str
    school_class: str
    subject: str
    reason: Misfit


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """What «Подготовить ввод» writes.

    `rows`: (code, class, subject, old Excel row or None) in the order of the sheet.
    `scales` and `tasks`: works (grade, subject) that get an empty row to fill.
    """

    rows: tuple[tuple[str, str, str, int | None], ...]
    added: int
    kept: int
    removed: int
    misfits: tuple[MisfitRow, ...]
    scales: tuple[tuple[int, str], ...]
    tasks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Expected:
    papers: frozenset[tuple[str, str]]
    class_of: Mapping[str, str]
    taking_part: frozenset[str]
    works: frozenset[tuple[str, str]]


def expected_papers(participants: Table, schedule: Table) -> frozenset[tuple[str, str]]:
    """Return (code, subject) of every paper that should have a row.

    A subject that any pupil of a class names among «Предметы по выбору» is an elective there: only those who name
    it write it.
    """
    return _expect(participants, schedule).papers


def _expect(participants: Table, schedule: Table) -> _Expected:
    people = participants.frame
    subjects_of: dict[str, list[str]] = defaultdict(list)
    for school_class, subject in zip(schedule.frame["school_class"], schedule.frame["subject"], strict=True):
        if school_class and subject and subject not in subjects_of[school_class]:
            subjects_of[school_class].append(subject)
    chosen = {
        code: set(split_list(names)) for code, names in zip(people["code"], people["electives"], strict=True) if code
    }
    electives: dict[str, set[str]] = defaultdict(set)
    for code, school_class in zip(people["code"], people["school_class"], strict=True):
        electives[school_class] |= chosen.get(code, set())
    taking = people[~people["takes_part"].isin([schema.NO, schema.LEFT_SCHOOL]) & (people["code"] != "")]
    papers = {
        (code, subject)
        for code, school_class in zip(taking["code"], taking["school_class"], strict=True)
        for subject in subjects_of.get(school_class, [])
        if subject not in electives[school_class] or subject in chosen[code]
    }
    return _Expected(
        papers=frozenset(papers),
        class_of=dict(zip(people["code"], people["school_class"], strict=True)),
        taking_part=frozenset(taking["code"]),
        works=frozenset((c, s) for c, subjects in subjects_of.items() for s in subjects),
    )


def _typed_rows(results: Table, raw: RawTable | None) -> set[int]:
    """Excel rows in which a person has typed something beside the key, in a column of their own too."""
    frame = results.frame
    states = results.states
    typed = (frame["variant"] != "") | frame["journal_mark"].notna()
    if states is not None:
        typed |= (states != 0).any(axis=1)
    slipped = {slip.row for slip in results.slips if slip.key == "journal_mark"}
    return set(frame.index[typed].tolist()) | slipped | (set() if raw is None else _filled_rows(raw))


def _filled_rows(raw: RawTable) -> set[int]:
    """Rows that hold anything but their key and the calculated cells: «нет отметки» is typed, and types to nothing."""
    known = {c.caption for c in schema.RESULTS.columns if c.role is Role.CALCULATED or c.required}
    columns = [at for at, caption in enumerate(raw.captions) if clean_text(caption) not in known]
    filled = {
        number
        for number, cells in enumerate(raw.values, start=raw.first_row)
        if any(not is_empty(cells[at]) for at in columns)
    }
    return filled.union(*(raw.formulas.get(at, ()) for at in columns))


def _misfit(code: str, school_class: str, subject: str, expected: _Expected) -> Misfit | None:
    if code not in expected.class_of:
        return Misfit.UNKNOWN_CODE
    if expected.class_of[code] != school_class:
        return Misfit.OTHER_CLASS
    if code not in expected.taking_part:
        return Misfit.NOT_TAKING_PART
    if (school_class, subject) not in expected.works:
        return Misfit.NOT_SCHEDULED
    return None if (code, subject) in expected.papers else Misfit.NOT_CHOSEN


def _missing_works(schedule: Table, table: Table, year: str) -> tuple[tuple[int, str], ...]:
    known = table.frame[table.frame["year"] == year]
    there = {(int(g), s) for g, s in zip(known["grade"], known["subject"], strict=True) if g == g}  # noqa: PLR0124
    wanted = {
        (grade, subject)
        for school_class, subject in zip(schedule.frame["school_class"], schedule.frame["subject"], strict=True)
        if subject and (grade := grade_of(school_class)) is not None
    }
    return tuple(sorted(wanted - there))


def plan_entry(
    results: Table,
    participants: Table,
    schedule: Table,
    scales: Table,
    tasks: Table,
    year: str,
    raw: RawTable | None = None,
) -> EntryPlan:
    """Return the rows «Результаты» should hold: every typed row kept, the missing ones added, sorted.

    A row with nothing typed that no longer fits is left out; one with typed data stays and is named in `misfits`.
    `raw` is the same table as it stands: with it, what the typed table does not show counts as typed too.
    """
    expected = _expect(participants, schedule)
    typed = _typed_rows(results, raw)
    rows: list[tuple[str, str, str, int | None]] = []
    reasons: dict[int, Misfit] = {}
    seen: Counter[tuple[str, str]] = Counter()
    frame = results.frame
    for row, code, school_class, subject in zip(
        frame.index.tolist(), frame["code"], frame["school_class"], frame["subject"], strict=True
    ):
        reason = _misfit(code, school_class, subject, expected)
        if reason is not None and row not in typed:
            continue
        if reason is not None:
            reasons[row] = reason
        seen[code, subject] += 1
        rows.append((code, school_class, subject, row))
    added = sorted(expected.papers - set(seen))
    rows += [(code, expected.class_of[code], subject, None) for code, subject in added]
    rows.sort(key=lambda r: (class_order(r[1]), r[2], r[0], r[3] or 0))
    first_row = schema.RESULTS.header_row + 1 if raw is None else raw.first_row
    return EntryPlan(
        rows=tuple(rows),
        added=len(added),
        kept=len(rows) - len(added),
        removed=len(frame) - (len(rows) - len(added)),
        misfits=tuple(
            MisfitRow(row, code, school_class, subject, reasons[old])
            for row, (code, school_class, subject, old) in enumerate(rows, start=first_row)
            if old in reasons
        ),
        scales=_missing_works(schedule, scales, year),
        tasks=_missing_works(schedule, tasks, year),
    )


def new_work_rows(year: str, works: tuple[tuple[int, str], ...]) -> list[dict[str, Value]]:
    """Return rows to fill for «Шкалы» or «Задания»: year, grade and subject, the rest empty."""
    return [{"year": year, "grade": grade, "subject": subject} for grade, subject in works]


def kept_rows(entry: EntryPlan, raw: RawTable) -> list[dict[str, Value]]:
    """Return the rows to write, each with its key as written: an old row's other cells stay with it unnamed.

    Where a key stands more than once its rows could trade points: such old rows name all their input cells, except
    those with a formula of the user's, for a formula is more than its value.
    """
    at_caption = {clean_text(caption): at for at, caption in enumerate(raw.captions)}
    inputs = [(c.key, at_caption[c.caption]) for c in schema.RESULTS.columns if c.role is not Role.CALCULATED]
    columns = [schema.RESULTS.column(key) for key in schema.RESULTS.match]
    match = [at_caption[column.caption] for column in columns]
    keys = [match_key(columns, [line[at] for at in match]) for line in raw.values]
    count = Counter(keys)
    count.update(match_key(columns, [code, subject]) for code, _, subject, old in entry.rows if old is None)
    rows: list[dict[str, Value]] = []
    for code, school_class, subject, old in entry.rows:
        if old is None:
            rows.append({"code": code, "school_class": school_class, "subject": subject})
            continue
        written, could_trade = raw.values[old - raw.first_row], count[keys[old - raw.first_row]] > 1
        rows.append(
            {
                key: written[at]
                for key, at in inputs
                if (key in schema.RESULTS.match and written[at])
                or (could_trade and old not in raw.formulas.get(at, ()))
            }
        )
    return rows
