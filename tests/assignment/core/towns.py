"""A school and a municipality made up by seed as performance was measured on them: people, packs, who may meet.

Eight qualification groups, one of them the primary teachers; 20 % have a second qualification, 10 % a smaller room; two
checkers per pack, 16 packs per person at most. In a school nobody checks a class they teach anything, and 3 % of pairs
of person and class are kin. In a municipality the teachers of the next six schools of a ring check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tests.assignment.schools import Rows, day, papers, teacher, teaches, work
from tests.assignment.schools import school as made_of
from xlpy.assignment.problem import Chosen, Problem, Whole, problem_of

SUBJECTS = ("Русский язык", "Математика", "История", "Биология", "География", "Физика", "Английский язык")
LETTERS = "АБВГДЕЖИКЛМН"
# Works that in grade 4 only a primary teacher may check: no subject of the others.
PRIMARY_SUBJECTS = ("Окружающий мир", "Чтение", "Труд", "Музыка", "Рисование", "Шахматы", "Правописание")
PRIMARY = len(SUBJECTS)
GROUPS = PRIMARY + 1
GRADES = range(4, 9)
PER_CLASS = 5
PAPERS_OF_PACK = 25
CHECKERS, ROOM, PART_TIME_ROOM = 2, 16, 6
SECOND, PART_TIME, KIN = 0.2, 0.1, 0.03
DEAREST = 3
NEIGHBOURS = 6


@dataclass(frozen=True, slots=True)
class School:
    """Who teaches what to whom. Numbers stand for people, classes and packs.

    Shapes: `main` and `second` (a qualification group, or -1) and `room` per person; `grade` per class; `pack_class`
    and `pack_subject` per pack; `teaches` and `kin` per person and class.
    """

    main: Whole
    second: Whole
    room: Whole
    grade: Whole
    pack_class: Whole
    pack_subject: Whole
    teaches: Chosen
    kin: Chosen

    @property
    def pack_group(self) -> Whole:
        """The qualification a pack asks for: in grade 4 whatever the subject a primary teacher's."""
        return np.where(self.grade[self.pack_class] == GRADES[0], PRIMARY, self.pack_subject)


def made_up_school(seed: int, teachers: int = 60, packs: int = 150) -> School:
    """Five works per class. Every fifth class is a primary one, taught all of it by one person."""
    chance = np.random.default_rng(seed)
    classes = packs // PER_CLASS
    grade = np.array([GRADES[number % len(GRADES)] for number in range(classes)], dtype=np.int64)
    main = np.arange(teachers) % GROUPS
    drawn = np.where(chance.random(teachers) < SECOND, chance.integers(0, GROUPS, teachers), -1)
    subjects = [sorted(chance.permutation(len(SUBJECTS))[:PER_CLASS].tolist()) for _ in range(classes)]
    school = School(
        main=main,
        second=np.where(drawn == main, -1, drawn),
        room=np.where(chance.random(teachers) < PART_TIME, PART_TIME_ROOM, ROOM),
        grade=grade,
        pack_class=np.repeat(np.arange(classes), PER_CLASS),
        pack_subject=np.array(subjects, dtype=np.int64).ravel(),
        teaches=np.zeros((teachers, classes), dtype=np.bool_),
        kin=chance.random((teachers, classes)) < KIN,
    )
    return replace(school, teaches=_lessons(chance, school))


def _lessons(chance: np.random.Generator, school: School) -> Chosen:
    """Each work's subject is taught by somebody of its group: in a primary class all by the same person."""
    teaches = np.zeros_like(school.teaches)
    staff = [np.flatnonzero(school.main == group) for group in range(GROUPS)]
    for number, grade in enumerate(school.grade.tolist()):
        groups = {PRIMARY} if grade == GRADES[0] else set(range(PRIMARY))
        for group in sorted(groups):
            teaches[chance.choice(staff[group]), number] = True
    return teaches


def problem_of_school(school: School, seed: int) -> Problem:
    """Who may check what; wishes by seed, less for a second subject. Who teaches a class its subject owns the pack."""
    chance = np.random.default_rng(seed)
    group = school.pack_group[:, None]
    able = (school.main == group) | (school.second == group)
    barred = (school.teaches | school.kin).T[school.pack_class]
    pack, teacher = np.nonzero(able & ~barred)
    owner_pack, owner_teacher = np.nonzero(school.teaches.T[school.pack_class] & (school.main == group))
    wish = chance.integers(0, DEAREST, len(pack)) + (school.main[teacher] != school.pack_group[pack])
    return problem_of(
        need=np.full(len(school.pack_class), CHECKERS),
        room=school.room,
        pack=pack.astype(np.int64),
        teacher=teacher.astype(np.int64),
        cost=wish.astype(np.int64),
        owner_pack=owner_pack.astype(np.int64),
        owner_teacher=owner_teacher.astype(np.int64),
    )


def rows_of_school(school: School) -> Rows:
    """The same school as a workbook tells it; each pack has 25 papers; a wish is the first of the subjects."""
    names = [f"Учитель {number:03}" for number in range(len(school.main))]
    classes = [f"{grade}{LETTERS[number // len(GRADES)]}" for number, grade in enumerate(school.grade.tolist())]
    taught = (*SUBJECTS, "начальные классы")
    names_of = [PRIMARY_SUBJECTS if group == PRIMARY else SUBJECTS for group in school.pack_group]
    numbers = zip(names_of, school.pack_class, school.pack_subject, strict=True)
    works = [(classes[c], known[s]) for known, c, s in numbers]
    people = [
        teacher(name, "; ".join(taught[group] for group in groups if group >= 0), paper_limit=int(room))
        for name, groups, room in zip(names, zip(school.main, school.second, strict=True), school.room, strict=True)
    ]
    return made_of(
        people,
        [work(*one, number % 20, check_until=day(number % 20 + 3)) for number, one in enumerate(works)],
        each=CHECKERS,
        workload=[teaches(names[t], classes[c], taught[school.main[t]]) for t, c in np.argwhere(school.teaches)],
        conflicts=[{"person": names[t], "school_class": classes[c]} for t, c in np.argwhere(school.kin)],
        results=[row for one in works for row in papers(*one, PAPERS_OF_PACK)],
    )


def municipality(seed: int, schools: int = 80, teachers: int = 62, packs: int = 250) -> Problem:
    """One problem of all schools: the teachers of the next six schools check, the nearer the rather (cost 0 to 14)."""
    chance = np.random.default_rng(seed)
    everyone, works = schools * teachers, schools * packs
    main = chance.permutation(np.arange(everyone) % GROUPS)
    second = np.where(chance.random(everyone) < SECOND, chance.integers(0, GROUPS, everyone), -1)
    of_pack = chance.permutation(np.arange(works) % GROUPS)
    found = []
    for school in range(schools):
        own = np.arange(school * packs, (school + 1) * packs)
        for step in range(1, min(NEIGHBOURS, schools - 1) + 1):
            there = (school + step) % schools * teachers + np.arange(teachers)
            able = (main[there] == of_pack[own, None]) | (second[there] == of_pack[own, None])
            pack, teacher = np.nonzero(able)
            found.append((own[pack], there[teacher], 2 * (step - 1) + chance.integers(0, 5, len(pack))))
    pack, teacher, cost = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((teacher, pack))
    return problem_of(
        need=np.full(works, CHECKERS),
        room=np.where(chance.random(everyone) < PART_TIME, PART_TIME_ROOM, ROOM),
        pack=pack[order],
        teacher=teacher[order],
        cost=cost[order],
    )


def without(problem: Problem, chosen: Chosen, gone: list[int]) -> Problem:
    """The problem after some people dropped out: without their pairs, the plan before known."""
    stay = ~np.isin(problem.teacher, gone)
    return replace(
        problem,
        pack=problem.pack[stay],
        teacher=problem.teacher[stay],
        cost=problem.cost[stay],
        group=problem.group[stay],
        kept=chosen[stay],
    )
