"""Which classes the school has, how many pupils are in each and which works they write."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from xlpy.words import demo as words

GRADES = (4, 5, 6, 7, 8)
MOST_CLASSES = len(GRADES) * len(words.CLASS_LETTERS)
# Sizes of ordinary town classes; 25 classes hold about 650 pupils.
_MEAN_PUPILS, _SPREAD, _FEWEST, _MOST = 26.0, 2.2, 18, 32
_FIS_NUMBERS = 50
_FIRST_ROOM = 101

_COMMON = {
    4: (words.RUSSIAN, words.MATHS, words.WORLD),
    5: (words.HISTORY, words.BIOLOGY, words.MATHS, words.RUSSIAN),
    6: (words.RUSSIAN, words.MATHS),
    7: (
        words.ENGLISH, words.SOCIETY, words.RUSSIAN, words.BIOLOGY, words.GEOGRAPHY, words.MATHS, words.PHYSICS,
        words.HISTORY,
    ),
    8: (words.RUSSIAN, words.MATHS),
}  # fmt: skip
# Two subjects drawn for each class, as the federal organiser did in 2021.
_DRAWN = {
    6: (
        (words.BIOLOGY, words.SOCIETY), (words.GEOGRAPHY, words.HISTORY), (words.BIOLOGY, words.HISTORY),
        (words.GEOGRAPHY, words.SOCIETY),
    ),
    8: (
        (words.BIOLOGY, words.PHYSICS), (words.CHEMISTRY, words.HISTORY), (words.GEOGRAPHY, words.SOCIETY),
        (words.BIOLOGY, words.CHEMISTRY), (words.PHYSICS, words.HISTORY), (words.SOCIETY, words.CHEMISTRY),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class: its works in the order in which they are written; `german` where a group learns German."""

    name: str
    grade: int
    fis_number: int | None
    room: str
    pupils: int
    subjects: tuple[str, ...]
    german: bool


def lay_out(count: int, random: Random) -> tuple[SchoolClass, ...]:
    """Return `count` classes spread over grades 4–8. ValueError where there are no letters for so many."""
    if not 1 <= count <= MOST_CLASSES:
        raise ValueError(f"classes {count}: 1–{MOST_CLASSES}")
    sizes = [count // len(GRADES) + (number < count % len(GRADES)) for number in range(len(GRADES))]
    classes: list[SchoolClass] = []
    for grade, size in zip(GRADES, sizes, strict=True):
        drawn = list(_DRAWN.get(grade, ((),)))
        random.shuffle(drawn)
        for number in range(size):
            german = grade == 7 and number == 1
            serial = len(classes) + 1
            classes.append(
                SchoolClass(
                    name=f"{grade}{words.CLASS_LETTERS[number]}",
                    grade=grade,
                    fis_number=serial if serial <= _FIS_NUMBERS else None,
                    room=str(_FIRST_ROOM + len(classes)),
                    pupils=min(max(round(random.gauss(_MEAN_PUPILS, _SPREAD)), _FEWEST), _MOST),
                    subjects=_COMMON[grade] + drawn[number % len(drawn)] + ((words.GERMAN,) if german else ()),
                    german=german,
                )
            )
    return tuple(classes)
