"""What one checker says in all the forms of a pack that came back: copies and old versions told apart, cell by cell.

The newest version speaks; an older one only where the newest is silent. Nothing is judged against the workbook here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from xlpy.tables.raw import Value

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PackForm:
    """One form of a pack: see `saying`. `lines`: code of a paper → the cell where its row has it.

    `says`: code → column key → what is certain there; `unclear`: places where something stands that is not certain;
    `keys`: columns that are certainly there.
    """

    file: str
    sheet: str
    checker: str
    version: int
    saved: datetime | None
    is_ready: bool
    lines: Mapping[str, str]
    says: Mapping[str, Mapping[str, Heard]] = field(default_factory=dict, compare=False, repr=False)
    unclear: frozenset[Place] = frozenset()
    keys: frozenset[str] = frozenset()


class Heard(NamedTuple):
    """A value and the form that says it."""

    meant: Value
    cell: str
    form: PackForm


# Column key, what is meant, the form's cell, what is written: as `cells.JudgedCell`.
SaidCell = tuple[str, Value, str, Value]


def saying(form: PackForm, cells: Iterable[tuple[str, Iterable[SaidCell]]]) -> PackForm:
    """Return the form with what it says, by the code of each paper. Rows that say nothing are left out."""
    said: dict[str, dict[str, Heard]] = {}
    full = replace(form, says=said)
    for code, row in cells:
        heard = {cell[0]: Heard(cell[1], cell[2], full) for cell in row}
        if heard:
            said[code] = heard
    return full


@dataclass(frozen=True, slots=True)
class Voice:
    """What a checker says of a pack, by code and column key.

    `apart`: places where forms say different things, the later saved last where all times are known. `empty`: places
    that are certainly left empty. `from_old` and `behind` count cells of old versions: taken, and superseded.
    """

    checker: str
    version: int
    forms: tuple[PackForm, ...]
    says: Mapping[str, Mapping[str, Heard]]
    apart: Mapping[Place, tuple[Heard, ...]] = field(default_factory=dict)
    empty: frozenset[Place] = frozenset()
    unclear: frozenset[Place] = frozenset()
    from_old: Mapping[str, int] = field(default_factory=dict)
    behind: Mapping[str, int] = field(default_factory=dict)

    @property
    def newest(self) -> PackForm:
        """The form that speaks first: of the newest version, the one saved last."""
        return self.forms[0]

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed any points into any of the forms; variants may be printed there."""
        said = any(key != "variant" for row in self.says.values() for key in row)
        return not said and all(key == "variant" for _, key in (*self.apart, *self.unclear))


def listen(forms: Sequence[PackForm]) -> Voice:
    """Return what the forms of one checker and pack say together; at least one form is needed."""
    ordered = sorted(forms, key=lambda form: (-form.version, -_time(form), form.file))
    newest = [form for form in ordered if form.version == ordered[0].version]
    older = ordered[len(newest) :]
    if len(ordered) == 1:
        return _one(ordered[0])
    says: dict[str, dict[str, Heard]] = {}
    apart: dict[Place, tuple[Heard, ...]] = {}
    unclear = frozenset().union(*(form.unclear for form in newest))
    from_old: dict[str, int] = {}
    behind: dict[str, int] = {}
    for place in _places(ordered):
        now = _distinct(newest, place)
        if not now and place in unclear:
            continue
        before = _distinct(older, place)
        later = [old for old in before if now and _is_later(old, now)]
        said = now + [old for old in later if all(old.meant != one.meant for one in now)] if now else _latest(before)
        if len(said) > 1:
            apart[place] = _by_time(said)
        elif said:
            says.setdefault(place[0], {})[place[1]] = said[0]
        for old in before:
            if now and old not in said and all(old.meant != one.meant for one in now):
                behind[old.form.file] = behind.get(old.form.file, 0) + 1
            elif not now and old in said:
                from_old[old.form.file] = from_old.get(old.form.file, 0) + 1
    return Voice(
        ordered[0].checker,
        ordered[0].version,
        tuple(ordered),
        says,
        apart,
        _empty(newest, says, apart, unclear),
        unclear,
        from_old,
        behind,
    )


def _one(form: PackForm) -> Voice:
    """The usual case: one form, which says what it says."""
    says = form.says
    empty = _empty([form], says, {}, form.unclear)
    return Voice(form.checker, form.version, (form,), says, {}, empty, form.unclear)


def _empty(
    newest: Sequence[PackForm],
    says: Mapping[str, Mapping[str, Heard]],
    apart: Mapping[Place, object],
    unclear: frozenset[Place],
) -> frozenset[Place]:
    """Places that every copy of the newest version has and leaves empty."""
    lines = set(newest[0].lines).intersection(*(form.lines for form in newest[1:]))
    keys = newest[0].keys.intersection(*(form.keys for form in newest[1:]))
    return frozenset(
        (code, key)
        for code in lines
        for key in (keys.difference(says[code]) if code in says else keys)
        if (code, key) not in unclear and (code, key) not in apart
    )


def _time(form: PackForm) -> float:
    return form.saved.timestamp() if form.saved else 0.0


def _places(forms: Sequence[PackForm]) -> list[Place]:
    return sorted({(code, key) for form in forms for code, row in form.says.items() for key in row})


def _distinct(forms: Sequence[PackForm], place: Place) -> list[Heard]:
    """What forms say in a place, each value once: from the form that comes first, which is the one saved last."""
    code, key = place
    found: list[Heard] = []
    for form in forms:
        said = form.says.get(code, {}).get(key)
        if said is not None and all(said.meant != one.meant for one in found):
            found.append(said)
    return found


def _is_later(old: Heard, now: Sequence[Heard]) -> bool:
    """Whether an old version was certainly saved after all the new ones that speak here: somebody went on with it."""
    saved = old.form.saved
    return saved is not None and all(one.form.saved is not None and saved > one.form.saved for one in now)


def _latest(before: Sequence[Heard]) -> list[Heard]:
    """Of what old versions say, that of the latest version among them."""
    return [one for one in before if one.form.version == before[0].form.version]


def _by_time(said: Sequence[Heard]) -> tuple[Heard, ...]:
    """The later saved last where every time is known and no two are the same; else as they came, newest first."""
    times = [one.form.saved for one in said]
    if None in times or len(set(times)) < len(times):
        return tuple(said)
    return tuple(sorted(said, key=lambda one: _time(one.form)))
