"""Whose mark each reading is: by code where the file has codes, else by name within the class. Never by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlpy.exchange.journal.known import Known
from xlpy.exchange.journal.names import ClassList, Fit, Pupil, agree, name_of
from xlpy.exchange.journal.notes import JournalCode, JournalNote
from xlpy.exchange.journal.readings import Reading
from xlpy.words import journal as words

_NOBODY = ClassList({}, 0)
# Class, name and code as the file has them.
Written = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class People:
    """Pupils by how the file writes them; what is not there was not found for certain, and `notes` say why.

    `exact` were found by code or by the full name, the others because nobody else in the class agrees.
    """

    found: Mapping[Written, Pupil]
    exact: frozenset[Written]
    notes: tuple[JournalNote, ...]


def written_of(reading: Reading) -> Written:
    """How a reading names its pupil."""
    return reading.school_class, reading.pupil, reading.code


def find_people(readings: Iterable[Reading], known: Known) -> People:
    """Return the pupils of readings that have a mark; a reading without a class is left to its own note."""
    cells: dict[Written, list[Reading]] = defaultdict(list)
    for reading in readings:
        cells[written_of(reading)].append(reading)
    found: dict[Written, Pupil] = {}
    loose: dict[Written, Pupil] = {}
    notes: list[JournalNote] = []
    for written in sorted(cells):
        pupil, note, is_exact = _one(written, known)
        if note is not None:
            notes.append(_placed(note, cells[written]))
        if pupil is not None:
            (found if is_exact else loose)[written] = pupil
    kept, torn = _without_rivals(found, loose)
    notes += [_placed(note, cells[written]) for written, note in torn]
    return People(kept, frozenset(found), tuple(notes))


def _one(written: Written, known: Known) -> tuple[Pupil | None, JournalNote | None, bool]:
    """The pupil, or what hinders, and whether nobody else of the file can be meant as well."""
    school_class, name, code = written
    if code:
        pupil = known.pupils.get(code)
        if pupil is None:
            return None, JournalNote(JournalCode.CODE_UNKNOWN, params={"code": code}), False
        return _by_code(written, pupil)
    fit = known.lists.get(school_class, _NOBODY).fit(name_of(name))
    pupil = fit.pupil if fit.pupil is not None and fit.pupil.code in known.pupils else None
    return pupil, None if pupil else _unfit(school_class, name, fit), fit.is_exact


def _by_code(written: Written, pupil: Pupil) -> tuple[Pupil | None, JournalNote | None, bool]:
    school_class, name, code = written
    if school_class and school_class != pupil.school_class:
        params = {"code": code, "school_class": school_class, "own": pupil.school_class}
        return None, JournalNote(JournalCode.CLASS_APART, params=params), False
    typed = name_of(name)
    if typed and pupil.name and not (agree(typed, pupil.name) or (typed[0] == pupil.name[0] and len(typed) == 1)):
        params = {"code": code, "pupil": name, "own": pupil.shown}
        return None, JournalNote(JournalCode.NAMES_APART, params=params), False
    return pupil, None, True


def _unfit(school_class: str, name: str, fit: Fit) -> JournalNote:
    params = {"school_class": school_class, "pupil": name, "fits": ", ".join(map(_shown, fit.fits))}
    if fit.fits and not fit.lacks_names:
        return JournalNote(JournalCode.PUPIL_UNCLEAR, params=params)
    return JournalNote(JournalCode.NO_NAMES if fit.lacks_names else JournalCode.PUPIL_UNKNOWN, params=params)


def _shown(pupil: Pupil) -> str:
    text = words.FIT if pupil.shown else words.FIT_NAMELESS
    return text.format(code=pupil.code, pupil=pupil.shown)


def _without_rivals(
    found: Mapping[Written, Pupil], loose: Mapping[Written, Pupil]
) -> tuple[dict[Written, Pupil], list[tuple[Written, JournalNote]]]:
    """Leave out names that only agree with a pupil whom another name of the file means as well."""
    kept = dict(found)
    names: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for written, pupil in (*found.items(), *loose.items()):
        if written[1]:
            names[pupil.code].add(name_of(written[1]))
    torn: list[tuple[Written, JournalNote]] = []
    for written, pupil in loose.items():
        mine = name_of(written[1])
        rivals = sorted(other for other in names[pupil.code] if other != mine)
        if not rivals:
            kept[written] = pupil
            continue
        params = {
            "school_class": written[0],
            "pupil": written[1],
            "other": " ".join(word.capitalize() for word in rivals[0]),
            "fits": _shown(pupil),
        }
        torn.append((written, JournalNote(JournalCode.PUPIL_TWICE, params=params)))
    return kept, torn


def _placed(note: JournalNote, readings: Sequence[Reading]) -> JournalNote:
    """The note with the cells it is about; those of one sheet stand for all."""
    sheet = readings[0].sheet
    cells = tuple(one.cell for one in readings if one.sheet == sheet)
    return JournalNote(note.code, sheet, cells, {**note.params, "count": len(readings)})
