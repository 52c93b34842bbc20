"""What a checker says held against the workbook and against what was settled before: written, equal, or a difference.

Never writes over anything by itself: an empty cell is filled, every other disagreement waits for a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlpy.exchange.forms.bookrows import BookWork, is_same
from xlpy.exchange.forms.differences import Cell, Difference, Take, forms_token
from xlpy.exchange.forms.form import Turn
from xlpy.exchange.forms.notes import FormCode
from xlpy.exchange.forms.record import Settled
from xlpy.exchange.forms.voice import Heard, Voice
from xlpy.tables import schema
from xlpy.tables.raw import Value

Edits = dict[tuple[int, str], Value]
Origins = dict[tuple[int, str], Heard]


@dataclass(slots=True)
class Weighed:
    """What came of a pack.

    `edits`: cells of «Результаты» by Excel row and key; `origins`: cells that say what a form says, and where it does;
    `said` and `held`: what is settled now; `remembered` counts differences decided before.
    """

    edits: Edits = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    origins: Origins = field(default_factory=dict)
    said: dict[str, dict[str, Value]] = field(default_factory=dict)
    held: dict[str, dict[str, Value]] = field(default_factory=dict)
    remembered: int = 0


@dataclass(frozen=True, slots=True)
class _Pack:
    voice: Voice
    work: BookWork
    settled: Settled
    decided: frozenset[str]
    weighed: Weighed


def weigh(voice: Voice, work: BookWork, settled: Settled, decided: frozenset[str]) -> Weighed:
    """Return what the first checker's forms of a work give.

    `decided`: tokens of differences left as the workbook has them.
    """
    pack = _Pack(voice, work, settled, decided, Weighed())
    apart: dict[str, dict[str, tuple[Heard, ...]]] = {}
    for (code, key), said in voice.apart.items():
        apart.setdefault(code, {})[key] = said
    for code in sorted({*voice.says, *apart, *settled.said}):
        _row(pack, code, apart.get(code, {}))
    if voice.is_blank and voice.version == settled.version:
        _all_emptied(pack)
    return pack.weighed


def _row(pack: _Pack, code: str, apart: Mapping[str, tuple[Heard, ...]]) -> None:
    """Weigh one paper. «Отсутствовал» on one side and points on the other are decided as a row."""
    before = pack.settled.said.get(code, {})
    if code not in pack.work.rows:
        _keep(pack, code, before)
        return
    apart, said = _known_already(pack, code, apart)
    held = pack.work.held.get(code, {})
    variant = said["variant"].meant if "variant" in said else None
    if pack.work.is_absent(code) and variant != schema.ABSENT:
        _keep(pack, code, before)
        if any(key != "variant" for key in said):
            _row_apart(pack, code, said, {"variant", *said})
        for key, forms in apart.items():
            _forms_differ(pack, code, key, forms)
    elif variant == schema.ABSENT and any(key != "variant" for key in held):
        _keep(pack, code, before)
        _row_apart(pack, code, {"variant": said["variant"]}, {"variant", *held})
    elif any(one.meant == schema.ABSENT for one in apart.get("variant", ())):
        # Whether there are points to take at all is what the forms differ about.
        _keep(pack, code, before)
        _forms_differ(pack, code, "variant", apart["variant"])
    else:
        _cells(pack, code, {"variant": said["variant"]} if variant == schema.ABSENT else said)
        for key, forms in apart.items():
            _forms_differ(pack, code, key, forms)
        _emptied(pack, code, {*said, *apart})


def _known_already(
    pack: _Pack, code: str, apart: Mapping[str, tuple[Heard, ...]]
) -> tuple[dict[str, tuple[Heard, ...]], dict[str, Heard]]:
    """Forms that differ as they did when one of them was chosen say what was chosen then."""
    said = dict(pack.voice.says.get(code, {}))
    left: dict[str, tuple[Heard, ...]] = {}
    for key, forms in apart.items():
        before = pack.settled.said_in(code, key)
        chosen = next((one for one in forms if one.meant == before), None)
        if chosen is not None and forms_token(pack.work.name, Turn.FIRST, (code, key), forms) in pack.decided:
            said[key] = chosen
            pack.weighed.remembered += 1
        else:
            left[key] = forms
    return left, said


def _cells(pack: _Pack, code: str, said: Mapping[str, Heard]) -> None:
    row, held, weighed = pack.work.rows[code], pack.work.held.get(code, {}), pack.weighed
    now = weighed.said.setdefault(code, {})
    for key, heard in said.items():
        there = held.get(key)
        if there == heard.meant:
            now[key] = heard.meant
            weighed.origins[row, key] = heard
        elif there is None or is_same(there, heard.meant):
            now[key] = heard.meant
            weighed.edits[row, key] = heard.meant
            weighed.origins[row, key] = heard
        else:
            _differs(pack, FormCode.DIFFERS, [Cell(row, code, key, heard.meant, there)], heard)


def _row_apart(pack: _Pack, code: str, said: Mapping[str, Heard], keys: Iterable[str]) -> None:
    """One says that nobody wrote this paper, the other has points of it."""
    row, held = pack.work.rows[code], pack.work.held.get(code, {})
    cells = []
    for key in sorted(keys, key=lambda key: (key != "variant", key)):
        form, there = said[key].meant if key in said else None, held.get(key)
        if form != there:
            cells.append(Cell(row, code, key, form, there))
    heard = said.get("variant") or next(iter(said.values()), None)
    if heard is not None:
        _differs(pack, FormCode.DIFFERS, cells, heard)


def _differs(pack: _Pack, kind: FormCode, cells: list[Cell], heard: Heard) -> None:
    newer = newer_of(pack.settled, cells)
    difference = Difference(kind, pack.work.name, Turn.FIRST, tuple(cells), heard.form, heard.cell, newer)
    if difference.token in pack.decided:
        pack.weighed.remembered += 1
        settle(pack.weighed, difference, Take.WORKBOOK)
        return
    pack.weighed.differences.append(difference)
    for cell in cells:
        _keep(pack, cell.code, (cell.key,))


def newer_of(settled: Settled, cells: Iterable[Cell]) -> Take | None:
    """Whose cells have changed since they were settled: FORM or WORKBOOK; None where both, neither, or nobody knows."""
    cells = tuple(cells)
    if not all(cell.code in settled.said for cell in cells):
        return None
    form_changed = any(cell.form != settled.said_in(cell.code, cell.key) for cell in cells)
    book_changed = any(cell.book != settled.held_in(cell.code, cell.key) for cell in cells)
    if form_changed == book_changed:
        return None
    return Take.FORM if form_changed else Take.WORKBOOK


def _forms_differ(pack: _Pack, code: str, key: str, forms: tuple[Heard, ...]) -> None:
    row, there = pack.work.rows[code], pack.work.held.get(code, {}).get(key)
    times = {one.form.saved for one in forms}
    latest = forms[-1] if None not in times and len(times) == len(forms) else None
    cell = Cell(row, code, key, latest.meant if latest else None, there)
    newer = None
    if latest is not None:
        newer = Take.FORM if there is None or there == latest.meant else newer_of(pack.settled, [cell])
    shown = latest or forms[0]
    difference = Difference(
        FormCode.FORMS_DIFFER, pack.work.name, Turn.FIRST, (cell,), shown.form, shown.cell, newer, forms
    )
    if difference.token in pack.decided:
        pack.weighed.remembered += 1
    else:
        pack.weighed.differences.append(difference)
    _keep(pack, code, (key,))


def _emptied(pack: _Pack, code: str, spoken: set[str]) -> None:
    """Cells that the form no longer fills. A form of another version was never filled, so it has emptied nothing."""
    voice, row, held = pack.voice, pack.work.rows[code], pack.work.held.get(code, {})
    for key in pack.settled.said.get(code, {}):
        if key in spoken:
            continue
        if (code, key) not in voice.empty:
            _keep(pack, code, (key,))
        elif voice.version == pack.settled.version and key in held:
            if voice.is_blank:
                _keep(pack, code, (key,))
                continue
            heard = Heard(None, voice.newest.lines.get(code, ""), voice.newest)
            _differs(pack, FormCode.EMPTIED, [Cell(row, code, key, None, held[key])], heard)


def _all_emptied(pack: _Pack) -> None:
    """A form that is blank all over, though it was filled: rather another file than a choice, so one difference."""
    form = pack.voice.newest
    cells = [
        Cell(pack.work.rows[code], code, key, None, pack.work.held[code][key])
        for code, keys in sorted(pack.settled.said.items())
        for key in sorted(keys)
        if (code, key) in pack.voice.empty and key in pack.work.held.get(code, {})
    ]
    if cells:
        pack.weighed.differences.append(
            Difference(FormCode.EMPTIED, pack.work.name, Turn.FIRST, tuple(cells), form, "")
        )


def _keep(pack: _Pack, code: str, keys: Iterable[str]) -> None:
    """What was settled of these cells stays settled."""
    for key in keys:
        for before, now in ((pack.settled.said, pack.weighed.said), (pack.settled.held, pack.weighed.held)):
            if key in before.get(code, {}):
                now.setdefault(code, {})[key] = before[code][key]


def settle(weighed: Weighed, difference: Difference, side: Take) -> None:
    """Put a decided difference into what came of its pack."""
    if side is Take.FORM:
        weighed.edits |= {(cell.row, cell.key): cell.form for cell in difference.cells}
    if difference.kind is FormCode.FORMER_CHECKER or (difference.said and side is Take.WORKBOOK):
        return
    for cell in difference.cells:
        said, held = weighed.said.setdefault(cell.code, {}), weighed.held.setdefault(cell.code, {})
        said.pop(cell.key, None)
        held.pop(cell.key, None)
        if cell.form is not None:
            said[cell.key] = cell.form
        if side is Take.WORKBOOK and difference.kind is FormCode.DIFFERS:
            held[cell.key] = cell.book
