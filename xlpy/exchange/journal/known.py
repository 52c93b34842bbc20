"""What the book knows that an e-journal's export is held against: its pupils, classes, subjects and codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlpy.exchange.journal.names import ClassList, Pupil, class_lists, name_of
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold


@dataclass(frozen=True, slots=True)
class Known:
    """Pupils by code and by class; `subjects` are those of which the book has works."""

    pupils: Mapping[str, Pupil]
    lists: Mapping[str, ClassList]
    classes: frozenset[str]
    subjects: frozenset[str]
    surnames: frozenset[str]

    @property
    def has_names(self) -> bool:
        """Whether any pupil has a name in the book."""
        return any(pupil.name for pupil in self.pupils.values())


def known_of(tables: Mapping[str, Table]) -> Known:
    """Return what the book knows. A code that two pupils share is nobody's."""
    people = tables["participants"].frame
    twice = set(people["code"][people["code"].duplicated(keep=False)])
    everybody = [
        Pupil(code, school_class, name, name_of(name))
        for code, name, school_class in zip(people["code"], people["pupil"], people["school_class"], strict=True)
        if school_class
    ]
    results, schedule, classes = (tables[key].frame for key in ("results", "schedule", "classes"))
    return Known(
        {pupil.code: pupil for pupil in everybody if pupil.code and pupil.code not in twice},
        class_lists(everybody),
        frozenset(
            {*people["school_class"], *results["school_class"], *schedule["school_class"], *classes["school_class"]}
            - {""}
        ),
        frozenset({*results["subject"], *schedule["subject"]} - {""}),
        frozenset(pupil.name[0] for pupil in everybody if pupil.name),
    )


def holds_name(text: str, known: Known) -> bool:
    """Whether a text holds a pupil's surname: such a text must not reach «Журнал»."""
    said = set(name_of(fold(text)))
    return bool(said & known.surnames)
