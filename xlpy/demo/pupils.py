"""Pupils of the made-up school: codes, names, who takes part, and how able each one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean, pstdev

from xlpy.demo.layout import SchoolClass
from xlpy.demo.names import NameMaker
from xlpy.tables import schema
from xlpy.words import demo as words

_LEFT_SHARE, _EXCUSED_SHARE = 0.012, 0.01
_CLASS_EFFECT = 0.3
_GERMAN_SHARE = 3


@dataclass(frozen=True, slots=True)
class Pupil:
    """A row of «Участники»; `ability` has mean 0 and spread 1 within the grade."""

    code: str
    name: str
    school_class: str
    takes_part: str
    electives: tuple[str, ...]
    ability: float


def enrol(classes: Sequence[SchoolClass], names: NameMaker, random: Random) -> tuple[Pupil, ...]:
    """Return the pupils of all classes, by class and name; one code serves all works of a pupil."""
    by_grade: dict[int, list[Pupil]] = {}
    for grade in sorted({c.grade for c in classes}):
        own = [c for c in classes if c.grade == grade]
        codes = [f"{grade}{number:04d}" for number in range(1, sum(c.pupils for c in own) + 1)]
        random.shuffle(codes)
        drawn = [pupil for c in own for pupil in _class_list(c, codes, names, random)]
        by_grade[grade] = _standardised(drawn)
    return tuple(pupil for pupils in by_grade.values() for pupil in pupils)


def _class_list(school_class: SchoolClass, codes: list[str], names: NameMaker, random: Random) -> list[Pupil]:
    effect = random.gauss(0, _CLASS_EFFECT)
    listed = sorted(names.pupil() for _ in range(school_class.pupils))
    return [
        Pupil(
            codes.pop(),
            name,
            school_class.name,
            _participation(random.random()),
            _electives(school_class, number),
            random.gauss(effect, 1),
        )
        for number, name in enumerate(listed)
    ]


def _participation(luck: float) -> str:
    if luck < _LEFT_SHARE:
        return schema.LEFT_SCHOOL
    return schema.NO if luck < _LEFT_SHARE + _EXCUSED_SHARE else schema.YES


def _electives(school_class: SchoolClass, number: int) -> tuple[str, ...]:
    if not school_class.german:
        return ()
    return (words.GERMAN,) if number % _GERMAN_SHARE == 0 else (words.ENGLISH,)


def _standardised(pupils: list[Pupil]) -> list[Pupil]:
    abilities = [pupil.ability for pupil in pupils]
    mean, spread = fmean(abilities), pstdev(abilities)
    return [
        Pupil(p.code, p.name, p.school_class, p.takes_part, p.electives, (p.ability - mean) / spread) for p in pupils
    ]
