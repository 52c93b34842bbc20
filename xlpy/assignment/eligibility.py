"""Who may check which pack, and for everyone else every reason why not. Reasons are data; words are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.packs import Pack
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import grade_of

# Nobody has this much to check: stands for «no limit».
UNLIMITED = 2**31


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why one teacher cannot check one pack: `bars`, and `limit` where that many units leave no room for it."""

    teacher: str
    bars: tuple[Bar, ...]
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who may check whom, looked up once per plan."""

    teachers: tuple[str, ...]
    homeroom: Mapping[str, frozenset[str]]
    workload: Table
    conflicts: frozenset[tuple[str, str, str]]
    absences: Mapping[str, staff.Period]
    experts: frozenset[str]
    subjects: Mapping[str, frozenset[str]]
    main_subject: Mapping[str, str]


def read_facts(tables: Mapping[str, Table]) -> Facts:
    """Return the facts of a workbook; teachers in alphabetical order, each once."""
    teachers = tables["teachers"]
    frame = teachers.frame
    return Facts(
        teachers=tuple(sorted({name for name in frame["teacher"] if name})),
        homeroom=staff.homeroom_of(tables["classes"]),
        workload=tables["workload"],
        conflicts=staff.declared_conflicts(tables["conflicts"]),
        absences=staff.absences(teachers),
        experts=staff.experts(teachers),
        subjects=staff.subjects_of(teachers),
        main_subject={t: (split_list(s) or ("",))[0] for t, s in zip(frame["teacher"], frame["subjects"], strict=True)},
    )


def find_bars(facts: Facts, packs: Sequence[Pack]) -> list[dict[str, tuple[Bar, ...]]]:
    """Return for each pack who is barred from it and why, people in alphabetical order. Who is missing may check it."""
    everyone = staff.ever_taught(facts.workload)
    on_day: dict[object, frozenset[tuple[str, str]]] = {}
    barred = []
    for pack in packs:
        first = pack.days.start if pack.days is not None else None
        if first not in on_day:
            on_day[first] = everyone if first is None else staff.teaches(facts.workload, first)
        bars = {t: bars_of(facts, t, pack, on_day[first], everyone) for t in facts.teachers}
        barred.append({teacher: found for teacher, found in bars.items() if found})
    return barred


def bars_of(
    facts: Facts,
    teacher: str,
    pack: Pack,
    teaching: frozenset[tuple[str, str]],
    everyone: frozenset[tuple[str, str]],
) -> tuple[Bar, ...]:
    """Return every bar between a teacher and a pack; `teaching` holds (teacher, class) now, `everyone` ever."""
    pair = (teacher, pack.school_class)
    absent = pack.days is not None and staff.is_absent(facts.absences, teacher, pack.days)
    knows = staff.is_qualified(facts.subjects.get(teacher, frozenset()), pack.subject, grade_of(pack.school_class))
    found = {
        Bar.HOMEROOM: teacher in facts.homeroom.get(pack.school_class, frozenset()),
        Bar.TEACHES: pair in teaching,
        Bar.TAUGHT: pair in everyone and pair not in teaching,
        Bar.CONFLICT: staff.has_conflict(facts.conflicts, teacher, pack.school_class, pack.subject),
        Bar.ABSENT: absent,
        Bar.NOT_EXPERT: teacher not in facts.experts,
        Bar.NOT_QUALIFIED: not knows,
    }
    return tuple(bar for bar in Bar if found[bar])


def preference_cost(facts: Facts, teacher: str, pack: Pack) -> int:
    """0 where the pack's subject is the teacher's first one, 1 where it is a further one."""
    own = frozenset({facts.main_subject.get(teacher, "")})
    return 0 if staff.is_qualified(own, pack.subject, grade_of(pack.school_class)) else 1
