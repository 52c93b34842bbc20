"""Which participant a name in an e-journal certainly means. Names are compared, never guessed.

Two names agree when the surnames are equal and each further word equals the other's or begins with its initial, as far
as both go. A name written in full that one participant has exactly is that one; otherwise it is certain only where one
participant of the class agrees. A surname alone is never certain: the class may have namesakes who do not take part.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from xlpy.tables.normalise import fold

_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LOOSE_HYPHEN = re.compile(r"\s*[-\u2010-\u2014]\s*")
_BRACKETS = re.compile(r"\([^()]*\)")
_FULL = 3

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pupil:
    """A participant as the book has them."""

    code: str
    school_class: str
    shown: str
    name: Name


@dataclass(frozen=True, slots=True)
class Fit:
    """Who a name may mean: `pupil` where that is certain, all who agree in `fits`. `is_exact`: in full and the same."""

    pupil: Pupil | None
    fits: tuple[Pupil, ...]
    is_exact: bool = False
    lacks_names: bool = False


@cache
def name_of(text: str) -> Name:
    """Return the words of a name, folded, surname first: «И. И. Иванов» is turned round. Brackets are left out."""
    words = tuple(_WORDS.findall(_LOOSE_HYPHEN.sub("-", fold(_BRACKETS.sub(" ", text)))))
    initials = sum(1 for _ in _leading_initials(words))
    return words[initials:] + words[:initials] if 0 < initials < len(words) and initials == len(words) - 1 else words


def _leading_initials(words: Name) -> Iterable[str]:
    for word in words:
        if len(word) > 1:
            return
        yield word


def agree(one: Name, other: Name) -> bool:
    """Whether two names can be the same person's, as far as both go: at least a surname and an initial."""
    together = min(len(one), len(other))
    if together < 2 or one[0] != other[0]:
        return False
    return all(_same_word(mine, yours) for mine, yours in zip(one[1:], other[1:], strict=False))


def _same_word(mine: str, yours: str) -> bool:
    if mine == yours:
        return True
    short, long = sorted((mine, yours), key=len)
    return len(short) == 1 and long.startswith(short)


def is_full(name: Name) -> bool:
    """Whether a name is written with all its words, none as an initial."""
    return len(name) >= _FULL and all(len(word) > 1 for word in name)


@dataclass(frozen=True, slots=True)
class ClassList:
    """The participants of a class by surname. `nameless`: how many have no name in the book."""

    by_surname: Mapping[str, Sequence[Pupil]]
    nameless: int

    def fit(self, name: Name) -> Fit:
        """Return who a name means in this class."""
        of_surname = self.by_surname.get(name[0], ()) if name else ()
        near = tuple(pupil for pupil in of_surname if agree(pupil.name, name))
        if len(name) == 1:
            return Fit(None, tuple(of_surname))
        if is_full(name):
            same = [pupil for pupil in near if pupil.name == name]
            if same:
                return Fit(same[0] if len(same) == 1 else None, tuple(same), is_exact=len(same) == 1)
        if self.nameless:
            # Somebody without a name may be the one who is meant.
            return Fit(None, near, lacks_names=True)
        return Fit(near[0] if len(near) == 1 else None, near)


def class_lists(pupils: Iterable[Pupil]) -> dict[str, ClassList]:
    """Return the lists of all classes."""
    by_class: dict[str, dict[str, list[Pupil]]] = defaultdict(lambda: defaultdict(list))
    nameless: dict[str, int] = defaultdict(int)
    for pupil in pupils:
        nameless[pupil.school_class] += not pupil.name
        if pupil.name:
            by_class[pupil.school_class][pupil.name[0]].append(pupil)
    return {
        school_class: ClassList(dict(by_class[school_class]), nameless[school_class])
        for school_class in sorted(nameless)
    }
