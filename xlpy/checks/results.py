"""Rules of «Результаты» about whose paper it is: code, class, subject, and papers that are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from xlpy.checks.duplicates import repeats
from xlpy.checks.findings import Hit
from xlpy.checks.names import perhaps
from xlpy.checks.papers import electives_of, not_taking_part, unsure_of_schedule
from xlpy.checks.participants import CODED_GRADES, is_code
from xlpy.checks.slips import shown
from xlpy.checks.works import Work, first_of_each
from xlpy.tables.entry import expected_papers
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of
from xlpy.words.grammar import WORKS, counted


def _hits(papers: pd.DataFrame, key: str, params: Collection[str], group: Sequence[str] = ()) -> Iterable[Hit]:
    """A hit in column `key` for every paper given; its sentence names the columns `params`."""
    columns = papers[[*params, *group]].astype(object)
    for row, *cells in columns.itertuples(name=None):
        said = {name: cell if name == "perhaps" else shown(cell) for name, cell in zip(params, cells, strict=False)}
        yield Hit("results", int(row), key, said, tuple(cells[len(params) :]) or None)


def _fits(code: str, school_class: str) -> bool:
    """Whether a code has the digits of its class, the first of which is the grade in grades 4–8."""
    grade = grade_of(school_class)
    return is_code(code, grade) and (grade not in CODED_GRADES or code[0] == str(grade))


def _unsure_codes(participants: Table) -> Counter[str]:
    """Class → how many of its rows on «Участники» have no certain code: empty, malformed, doubled, of another grade."""
    frame = participants.frame
    counts = frame["code"].value_counts()
    unsure: Counter[str] = Counter()
    for code, school_class in zip(frame["code"], frame["school_class"], strict=True):
        unsure[school_class] += not _fits(code, school_class) or int(counts[code]) > 1
    return unsure


def unknown_codes(papers: pd.DataFrame, participants: Table) -> Iterable[Hit]:
    """Codes that no participant has. Where the class's codes are wrong or missing on «Участники», that is said there.

    The papers of one missing participant are one finding.
    """
    known = set(participants.frame["code"])
    strangers = papers[(papers["code"] != "") & ~papers["code"].isin(known)]
    unsure = _unsure_codes(participants)
    per_class = strangers.groupby("school_class", sort=False)["code"].nunique()
    peopled = set(participants.frame["school_class"])
    explained = {name for name, count in per_class.items() if count <= unsure[str(name)] or name not in peopled}
    left = strangers[~strangers["school_class"].isin(explained)].drop_duplicates(["code", "school_class"])
    return _hits(left, "code", ["code"])


def other_class(papers: pd.DataFrame, moved: dict[int, str], participants: Table) -> Iterable[Hit]:
    """Papers in another class than their participant; where all papers say so, «Участники» is asked instead."""
    elsewhere = set(participants.frame.loc[sorted(moved), "code"])
    wrong = papers[
        papers["ready"]
        & (papers["own_class"] != "")
        & (papers["own_class"] != papers["school_class"])
        & ~papers["code"].isin(elsewhere)
    ]
    return _hits(wrong.assign(expected=wrong["own_class"]), "school_class", ["code", "expected", "school_class"])


def repeated_papers(results: Table) -> Iterable[Hit]:
    """A code and subject that an earlier row already has."""
    for row, first in repeats(results, ("code", "subject"), ("code", "subject")):
        code, subject = results.frame.loc[row, ["code", "subject"]]
        yield Hit("results", row, "code", {"code": shown(code), "subject": shown(subject), "first": first})


def not_scheduled(papers: pd.DataFrame, works: Sequence[Work]) -> Iterable[Hit]:
    """Papers of a work that «График» does not have; silent where a row there is misspelt or the class is in doubt."""
    subjects, classes = unsure_of_schedule(works)
    sure = ~papers["subject"].isin(subjects) & ~papers["school_class"].isin(classes)
    own = (papers["own_class"] == "") | (papers["own_class"] == papers["school_class"])
    wrong = papers[papers["ready"] & ~papers["scheduled"] & sure & own]
    return _hits(wrong, "subject", ["school_class", "subject"], ["school_class", "subject"])


def unknown_subjects(papers: pd.DataFrame, subjects: frozenset[str]) -> Iterable[Hit]:
    """Subjects that no list knows."""
    wrong = papers[(papers["subject"] != "") & ~papers["subject"].isin(subjects)]
    near = {name: perhaps(name, subjects) for name in wrong["subject"].unique()}
    return _hits(wrong.assign(perhaps=wrong["subject"].map(near)), "subject", ["subject", "perhaps"], ["subject"])


def unknown_classes(papers: pd.DataFrame, classes: frozenset[str]) -> Iterable[Hit]:
    """Classes that no list knows; where «Участники» has the same one, it is said there."""
    wrong = papers[
        (papers["school_class"] != "")
        & ~papers["school_class"].isin(classes)
        & (papers["own_class"] != papers["school_class"])
    ]
    near = {name: perhaps(name, classes) for name in wrong["school_class"].unique()}
    marked = wrong.assign(perhaps=wrong["school_class"].map(near))
    return _hits(marked, "school_class", ["school_class", "perhaps"], ["school_class"])


def not_participating(papers: pd.DataFrame, participants: Table) -> Iterable[Hit]:
    """Typed papers of those who do not take part."""
    wrong = papers[papers["code"].isin(not_taking_part(participants)) & (papers["typed"] > 0)]
    return _hits(wrong, "code", ["code"], ["school_class", "subject"])


def not_chosen(papers: pd.DataFrame, participants: Table) -> Iterable[Hit]:
    """Typed papers in a subject that only some of the class write, of one who has not chosen it."""
    chosen, offered = electives_of(participants)
    if not offered:
        return ()
    alien = [
        subject in offered.get(school_class, ()) and subject not in chosen.get(code, ())
        for code, school_class, subject in zip(papers["code"], papers["own_class"], papers["subject"], strict=True)
    ]
    wrong = papers[pd.Series(alien, papers.index, dtype=bool) & (papers["typed"] > 0)]
    return _hits(wrong, "code", ["code", "subject"], ["school_class", "subject"])


def missing_papers(
    papers: pd.DataFrame, results: Table, participants: Table, schedule: Table, works: Sequence[Work]
) -> Iterable[Hit]:
    """Papers that should have a row and have none, counted per work of «График».

    A paper whose row is there under a wrong code, class or subject is not missing: that row has its own finding.
    """
    present = set(zip(papers["code"], papers["subject"], strict=True))
    doubled = [row for row, _ in repeats(results, ("code", "subject"), ("code", "subject"))]
    strange = papers[papers.index.isin(doubled) | ~papers["ready"] | ~papers["scheduled"] | (papers["own_class"] == "")]
    wrong_codes = set(strange["code"]) - {""}
    own = dict(zip(participants.frame["code"], participants.frame["school_class"], strict=True))
    missing: Counter[tuple[str, str]] = Counter(
        (own[code], subject)
        for code, subject in expected_papers(participants, schedule) - present
        if code not in wrong_codes and _fits(code, own[code])
    )
    stand_ins = Counter(strange["pack"])
    first = first_of_each(works)
    for name, count in sorted(missing.items()):
        if name in first and count > stand_ins[name]:
            params = {"school_class": name[0], "subject": name[1], "papers": counted(count, *WORKS)}
            yield Hit("schedule", first[name].row, "subject", params, "missing")
