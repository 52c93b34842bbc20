"""Rules of «Участники»: codes, classes, names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from xlpy.checks.duplicates import repeats
from xlpy.checks.findings import Hit
from xlpy.checks.slips import shown
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of
from xlpy.words.checks import FIVE_DIGITS, FOUR_OR_FIVE_DIGITS

_FIVE = re.compile(r"\d{5}")
_FOUR_OR_FIVE = re.compile(r"\d{4,5}")
CODED_GRADES = range(4, 9)


def is_code(code: str, grade: int | None) -> bool:
    """Whether a code has the digits its grade demands: five, in grades that the real forms show with four too."""
    return (_FIVE if grade in CODED_GRADES else _FOUR_OR_FIVE).fullmatch(code) is not None


def _people(participants: Table) -> pd.DataFrame:
    people = participants.frame[["code", "school_class"]]
    grade = people["school_class"].map(grade_of)
    legal = pd.Series([is_code(c, g) for c, g in zip(people["code"], grade, strict=True)], people.index, dtype=bool)
    coded = pd.Series([g in CODED_GRADES for g in grade], people.index, dtype=bool)
    begins = people["code"].str[:1]
    return people.assign(
        grade=grade.astype("float64"),
        malformed=(people["code"] != "") & ~legal,
        other_grade=legal & coded & (begins != pd.Series([str(g)[:1] for g in grade], people.index, dtype=object)),
    )


def malformed_codes(participants: Table) -> Iterable[Hit]:
    """Codes that are not as many digits as they should be."""
    people = _people(participants)
    for row, code, grade in people.loc[people["malformed"], ["code", "grade"]].itertuples(name=None):
        digits = FIVE_DIGITS if grade in CODED_GRADES else FOUR_OR_FIVE_DIGITS
        yield Hit("participants", row, "code", {"code": shown(code), "digits": digits})


def codes_of_other_grades(participants: Table, classes: frozenset[str], moved: Mapping[int, str]) -> Iterable[Hit]:
    """Codes whose first digit is not the grade; `moved` rows are in the wrong class and have their own finding."""
    people = _people(participants)
    wrong = people["other_grade"] & people["school_class"].isin(classes)
    for row, code, grade in people.loc[wrong, ["code", "grade"]].itertuples(name=None):
        if row not in moved:
            yield Hit("participants", row, "code", {"code": code, "grade": int(grade)})


def repeated_codes(participants: Table) -> Iterable[Hit]:
    """Codes that a participant above already has."""
    for row, first in repeats(participants, ("code",), ("code",)):
        yield Hit("participants", row, "code", {"code": shown(participants.frame.at[row, "code"]), "first": first})


def repeated_names(participants: Table) -> Iterable[Hit]:
    """Two participants of one class with the same name."""
    for row, first in repeats(participants, ("school_class", "pupil"), ("school_class", "pupil")):
        school_class = participants.frame.at[row, "school_class"]
        yield Hit("participants", row, "pupil", {"school_class": shown(school_class), "first": first})


def single_classes(participants: Table) -> dict[str, str]:
    """Code → class, for codes that stand once."""
    frame = participants.frame
    single = frame[~frame["code"].duplicated(keep=False) & (frame["code"] != "")]
    return dict(zip(single["code"], single["school_class"], strict=True))


def moved_rows(participants: Table, results: Table) -> dict[int, str]:
    """Rows of «Участники» whose class all (two or more) papers of that code contradict with one other class."""
    frame = results.frame[["code", "school_class"]]
    distinct = frame.groupby("code", sort=False)["school_class"].agg(["nunique", "size", "first"])
    agreed = distinct[(distinct["nunique"] == 1) & (distinct["size"] >= 2)]["first"].to_dict()
    single = single_classes(participants)
    people = participants.frame
    return {
        int(row): agreed[code]
        for row, code, school_class in zip(people.index, people["code"], people["school_class"], strict=True)
        if code in single and school_class and agreed.get(code, school_class) not in {school_class, ""}
    }


def other_class_everywhere(participants: Table, moved: Mapping[int, str], classes: frozenset[str]) -> Iterable[Hit]:
    """Participants whose papers all lie in another class."""
    for row, there in sorted(moved.items()):
        code, school_class = participants.frame.loc[row, ["code", "school_class"]]
        if school_class in classes:
            yield Hit(
                "participants",
                row,
                "school_class",
                {"code": code, "school_class": shown(school_class), "expected": shown(there)},
            )


def misplaced(participants: Table, classes: frozenset[str], moved: Mapping[int, str]) -> dict[str, tuple[int, int]]:
    """Class → (rows there by mistake, rows that may be missing there because of one); see `teachers.other_size`."""
    people = _people(participants)
    doubled = {row for row, _ in repeats(participants, ("code",), ("code",))}
    doubled |= {row for row, _ in repeats(participants, ("school_class", "pupil"), ("school_class", "pupil"))}
    surplus: Counter[str] = Counter()
    deficit: dict[str, int] = defaultdict(int)
    by_grade: dict[str, list[str]] = defaultdict(list)
    for name in classes:
        by_grade[str(grade_of(name))[:1]].append(name)
    flagged = people[
        people["other_grade"] | ~people["school_class"].isin(classes) | people.index.isin([*moved, *doubled])
    ]
    for row, code, school_class in flagged[["code", "school_class"]].itertuples(name=None):
        surplus[school_class] += 1
        for name in [moved[row]] if row in moved else by_grade.get(str(code)[:1], []):
            deficit[name] += 1
    return {name: (surplus[name], deficit[name]) for name in {*surplus, *deficit}}
