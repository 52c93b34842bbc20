"""Names that no list knows, with the nearest real one offered. What is certain was put right in reading."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from xlpy.checks.findings import Hit
from xlpy.checks.slips import shown
from xlpy.tables import schema
from xlpy.tables.declare import Kind
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold, grade_of
from xlpy.words.checks import PERHAPS

CLOSE = 0.65
# «Английский» is as near to «Английский язык» as 0.80, «История России» to «История» 0.67: above lies a slip.
SLIP_OF_THE_HAND = 0.8
_ALIKE = 0.75
_SHORTEST_STEM = 3

# Where a cell may name several; elsewhere a «;» list is no name. `analysis.staff` reads these columns so too.
_LISTS = frozenset(
    {
        ("classes", "homeroom"),
        ("workload", "teacher"),
        ("workload", "subject"),
        ("workload", "school_class"),
        ("conflicts", "school_class"),
        ("conflicts", "subject"),
    }
)

_PARAM: Mapping[Kind, str] = {
    Kind.CLASS: "school_class",
    Kind.SUBJECT: "subject",
    Kind.SUBJECTS: "subject",
    Kind.TEACHER: "teacher",
    Kind.CHOICE: "written",
}


def nearest(name: str, known: Iterable[str], closeness: float = CLOSE) -> str | None:
    """The known name nearest to `name`; None where none is near or two are equally near."""
    folded = {fold(other): other for other in sorted(known)}
    wanted = fold(name)[:100]
    close = [text for text in difflib.get_close_matches(wanted, folded, 5, closeness) if _begin_alike(wanted, text)]
    if not close:
        return _shortened(wanted, folded)
    if len(close) > 1 and _ratio(wanted, close[0]) == _ratio(wanted, close[1]):
        return None
    return folded[close[0]]


def _begin_alike(one: str, other: str) -> bool:
    """Whether the first words are alike: two people may share all but the surname."""
    return _ratio(one.partition(" ")[0], other.partition(" ")[0]) >= _ALIKE


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, one).ratio()


def _shortened(wanted: str, folded: Mapping[str, str]) -> str | None:
    """«Иванова А. П.» and «Матем.» are nobody's slip of the hand, yet they mean the one name there is like that."""
    surname, _, more = wanted.partition(" ")
    stem = f"{surname} " if more else wanted.rstrip(".")
    same = [name for text, name in folded.items() if text.startswith(stem) and len(wanted) < len(text)]
    return same[0] if len(same) == 1 and len(stem) > _SHORTEST_STEM else None


def perhaps(name: str, known: Iterable[str], closeness: float = CLOSE) -> str:
    """« Возможно, «…».», or nothing."""
    near = nearest(name, known, closeness)
    return "" if near is None else PERHAPS.format(name=near)


def _whole(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def strange_names(table: Table, key: str, known: frozenset[str]) -> Iterable[Hit]:
    """Cells of a column that name what is not in `known`; in a column of «;» lists each name counts."""
    kind = table.sheet.column(key).kind
    if kind is Kind.TEACHER and not known:
        return  # That there are no teachers at all is one finding, of TCH-05.
    param = _PARAM.get(kind, "person")
    parts = split_list if kind is Kind.SUBJECTS or (table.sheet.key, key) in _LISTS else _whole
    written = table.frame[key]
    names = {text: [name for name in parts(text) if name not in known] for text in written.unique()}
    strangers = {text: found[0] for text, found in names.items() if found}
    offered = {name: perhaps(name, known) for name in strangers.values()}
    for row, text in zip(table.frame.index.tolist(), written, strict=True) if strangers else ():
        if text in strangers:
            name = strangers[text]
            yield Hit(table.sheet.key, row, key, {param: shown(name), "perhaps": offered[name]}, name)


def strange(key: str) -> Callable[[Table, frozenset[str]], Iterable[Hit]]:
    """`strange_names` of one column, as a rule's function."""

    def find(table: Table, known: frozenset[str]) -> Iterable[Hit]:
        # Who checks at another school is on no list of ours.
        elsewhere = {schema.EXTERNAL_CHECKER} if known and table.sheet is schema.CHECKERS else set()
        return strange_names(table, key, known | elsewhere)

    return find


def misspelt_subjects(key: str) -> Callable[[Table, frozenset[str]], Iterable[Hit]]:
    """Subjects a slip of the hand away from a known one, as a rule's function.

    Other subjects are legal here: teachers of music and sport are on the staff too.
    """

    def find(table: Table, known: frozenset[str]) -> Iterable[Hit]:
        for hit in strange_names(table, key, known | {schema.PRIMARY_TEACHER}):
            name = str(hit.params["subject"])
            if is_misspelt(name, known):
                yield Hit(hit.table, hit.row, key, hit.params, hit.group)

    return find


def is_misspelt(subject: str, known: frozenset[str]) -> bool:
    """Whether the name is no known subject but a slip of the hand away from one."""
    return subject not in known and nearest(subject, known, SLIP_OF_THE_HAND) is not None


def strange_classes_of_known_grades(table: Table, classes: frozenset[str]) -> Iterable[Hit]:
    """Unknown classes of «Нагрузка», but for grades that write no check work: a full workload is legal there."""
    grades = {grade_of(name) for name in classes}
    for hit in strange_names(table, "school_class", classes):
        grade = grade_of(str(hit.params["school_class"]))
        if grade is None or grade in grades or not classes:
            yield hit
