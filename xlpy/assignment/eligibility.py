"""Who may check which pack, and for everyone else every reason why not. Reasons are data; words are elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.packs import Pack, Work
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold, grade_of

# Nobody has this much to check: stands for «no limit».
UNLIMITED = 2**31

_FLAG = {bar: 1 << number for number, bar in enumerate(Bar)}
# What a set of reasons is called by: one whole number per pair instead of a container, 36,000 times for a school.
_BARS = tuple(tuple(bar for bar in Bar if flags & _FLAG[bar]) for flags in range(1 << len(_FLAG)))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why one teacher cannot check one pack: `bars`, and `limit` where that many units leave no room for it."""

    teacher: str
    bars: tuple[Bar, ...]
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who may check whom, looked up once per plan. `declared` goes by class, then subject, "" for all.

    `lessons`: class → teacher → day of their last lesson there, None where none is set. `subject_teachers`: by work.
    """

    teachers: tuple[str, ...]
    homeroom: Mapping[str, frozenset[str]]
    lessons: Mapping[str, Mapping[str, date | None]]
    subject_teachers: Mapping[Work, frozenset[str]]
    declared: Mapping[Work, tuple[tuple[Bar, str], ...]]
    organisers: Mapping[Work, frozenset[str]]
    absences: Mapping[str, staff.Period]
    experts: frozenset[str]
    subjects: Mapping[str, frozenset[str]]
    main_subject: Mapping[str, str]


def read_facts(tables: Mapping[str, Table]) -> Facts:
    """Return the facts of a workbook; teachers in alphabetical order, each once."""
    teachers = tables["teachers"]
    frame = teachers.frame
    names = tuple(sorted({name for name in frame["teacher"] if name}))
    return Facts(
        teachers=names,
        homeroom=staff.homeroom_of(tables["classes"]),
        lessons=staff.last_lessons(tables["workload"]),
        subject_teachers=staff.subject_teachers(tables["workload"]),
        declared=_declared(names, staff.ties_by_kind(tables["conflicts"], tables["observers"])),
        organisers=staff.organisers(tables["schedule"]),
        absences=staff.absences(teachers),
        experts=staff.experts(teachers),
        subjects=staff.subjects_of(teachers),
        main_subject={t: (split_list(s) or ("",))[0] for t, s in zip(frame["teacher"], frame["subjects"], strict=True)},
    )


def _declared(
    teachers: Iterable[str], ties: Mapping[Bar, frozenset[tuple[str, str, str]]]
) -> dict[Work, tuple[tuple[Bar, str], ...]]:
    """(class, subject or "") → what is declared there, and of which teachers; observers are left out."""
    named: dict[str, list[str]] = {}
    for teacher in teachers:
        named.setdefault(fold(teacher), []).append(teacher)
    found: dict[Work, list[tuple[Bar, str]]] = {}
    for bar, declared in ties.items():
        for person, *work in sorted(declared):
            found.setdefault((work[0], work[1]), []).extend((bar, teacher) for teacher in named.get(person, ()))
    return {work: tuple(people) for work, people in found.items()}


def find_bars(facts: Facts, packs: Sequence[Pack]) -> list[dict[str, tuple[Bar, ...]]]:
    """Return for each pack who is barred from it and why, people in alphabetical order. Who is missing may check it."""
    barred = []
    common: dict[tuple[str, bool], dict[str, int]] = {}
    for pack in packs:
        kind = (pack.subject, grade_of(pack.school_class) in staff.PRIMARY_GRADES)
        if kind not in common:
            common[kind] = _unfit(facts, pack)
        flags = common[kind].copy()
        for teacher, bar in _ties(facts, pack):
            if teacher in flags:
                flags[teacher] |= _FLAG[bar]
        barred.append({teacher: _BARS[flag] for teacher, flag in flags.items() if flag})
    return barred


def _unfit(facts: Facts, pack: Pack) -> dict[str, int]:
    """Everyone, with what bars them from all packs of the subject; it is the same in every class of a stage."""
    grade = grade_of(pack.school_class)
    return {
        teacher: (0 if teacher in facts.experts else _FLAG[Bar.NOT_EXPERT])
        | (0 if staff.is_qualified(facts.subjects[teacher], pack.subject, grade) else _FLAG[Bar.NOT_QUALIFIED])
        for teacher in facts.teachers
    }


def _ties(facts: Facts, pack: Pack) -> Iterator[tuple[str, Bar]]:
    """Who is barred from this pack itself, once for each reason; a few people of all."""
    for teacher in facts.homeroom.get(pack.school_class, ()):
        yield teacher, Bar.HOMEROOM
    first = pack.days.start if pack.days is not None else None
    for teacher, last in facts.lessons.get(pack.school_class, {}).items():
        now = first is None or last is None or last >= first
        yield teacher, Bar.TEACHES if now else Bar.TAUGHT
    for subject in ("", pack.subject):
        for bar, teacher in facts.declared.get((pack.school_class, subject), ()):
            yield teacher, bar
    for teacher in facts.organisers.get(pack.work, ()):
        yield teacher, Bar.ORGANISER
    if pack.days is not None:
        for teacher, away in facts.absences.items():
            if staff.overlap(away, pack.days):
                yield teacher, Bar.ABSENT


def owners(facts: Facts, packs: Sequence[Pack]) -> list[frozenset[str]]:
    """Return whose pupils' work each pack is: who teaches or taught its subject in the class.

    Where nobody is named for the subject: everyone who works with the class, homeroom teachers too.
    """
    found = []
    for pack in packs:
        name = pack.school_class
        anyone = facts.homeroom.get(name, frozenset()).union(facts.lessons.get(name, ()))
        found.append(facts.subject_teachers.get(pack.work) or anyone)
    return found


def preference_cost(facts: Facts, teacher: str, pack: Pack) -> int:
    """0 where the pack's subject is the teacher's first one, 1 where it is a further one."""
    own = frozenset({facts.main_subject.get(teacher, "")})
    return 0 if staff.is_qualified(own, pack.subject, grade_of(pack.school_class)) else 1
