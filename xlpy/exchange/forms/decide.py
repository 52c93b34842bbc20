"""All packs of a collecting together: what is written without asking, what the choice settles, what stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlpy.exchange.forms.bookrows import BookWork
from xlpy.exchange.forms.differences import Cell, Difference, Take, chosen_numbers, numbered, side_of
from xlpy.exchange.forms.form import Turn
from xlpy.exchange.forms.notes import FormCode
from xlpy.exchange.forms.record import Cells, Record, RecordKey, Settled
from xlpy.exchange.forms.voice import Heard, Voice
from xlpy.exchange.forms.weigh import Edits, Origins, Weighed, settle, weigh


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user chose, for the numbers `only` of the list; for all of it where that is ""."""

    take: Take | None = None
    only: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """What came back of one work and turn: of its checker, and of those who were it before. `checker` is the name."""

    work: BookWork
    turn: Turn
    voice: Voice | None
    former: tuple[Voice, ...] = ()
    checker: str = ""

    def key(self, voice: Voice) -> RecordKey:
        """Under which a checker's words are kept."""
        return RecordKey.of(self.work.school_class, self.work.subject, self.turn, self.checker or voice.checker)


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be done. `open`: the differences that stay, as they are listed next time.

    `settled`: those the choice settled, each with the side that was taken. `plain`: cells written without asking.
    `unsettled` counts those that the choice was for and could not settle.
    """

    edits: Edits
    plain: Edits
    origins: Origins
    open: Mapping[int, Difference]
    settled: tuple[tuple[Difference, Take], ...]
    record: Record
    remembered: int = 0
    unsettled: int = 0


@dataclass(slots=True)
class _Sum:
    """What the packs give together."""

    edits: Edits = field(default_factory=dict)
    origins: Origins = field(default_factory=dict)
    weighed: dict[int, Weighed] = field(default_factory=dict)
    owner: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def decide(packs: Sequence[Pack], record: Record, choice: Choice) -> Decided:
    """Return what becomes of the packs. Raises InputError where the choice names numbers that are not on the list."""
    total = _Sum()
    for at, pack in enumerate(packs):
        weighed = _weighed(pack, record)
        total.weighed[at] = weighed
        total.edits |= weighed.edits
        total.origins |= weighed.origins
        total.differences += weighed.differences
        total.owner |= {one.token: at for one in weighed.differences}
    plain = dict(total.edits)
    listed = numbered(total.differences)
    wanted = chosen_numbers(choice.only, len(listed)) if choice.only else frozenset(listed)
    sides = {number: side_of(one, choice.take) for number, one in listed.items() if number in wanted}
    done = [(listed[number], side) for number, side in sides.items() if side is not None]
    tokens = set(record.decided)
    # A former checker's word yields to that of the one who checks now.
    for difference, side in sorted(done, key=lambda one: one[0].kind is not FormCode.FORMER_CHECKER):
        weighed = total.weighed[total.owner[difference.token]]
        settle(weighed, difference, side)
        tokens |= _tokens(difference, side)
        total.edits |= weighed.edits
        if side is Take.FORM:
            total.origins |= _origins(difference)
    settled = {id(one) for one, _ in done}
    return Decided(
        total.edits,
        plain,
        total.origins,
        numbered(one for one in total.differences if id(one) not in settled),
        tuple(done),
        _record(packs, total.weighed, record, frozenset(tokens)),
        sum(one.remembered for one in total.weighed.values()),
        sum(side is None for side in sides.values()),
    )


def _weighed(pack: Pack, record: Record) -> Weighed:
    if pack.turn is Turn.SECOND:
        return Weighed()
    voice = pack.voice
    weighed = Weighed() if voice is None else weigh(voice, pack.work, record.of(pack.key(voice)), record.decided)
    for former in pack.former:
        found = _former(pack, former, weighed.edits)
        if found is not None and found.token in record.decided:
            weighed.remembered += 1
        elif found is not None:
            weighed.differences.append(found)
    return weighed


def _former(pack: Pack, former: Voice, edits: Edits) -> Difference | None:
    """What somebody typed who checks this work no more, where the workbook says otherwise and the checker nothing."""
    now = pack.voice.says if pack.voice else {}
    apart = pack.voice.apart if pack.voice else {}
    cells = []
    for code, said in sorted(former.says.items()):
        row, held = pack.work.rows.get(code), pack.work.held.get(code, {})
        if (
            row is None
            or pack.work.is_absent(code)
            or ("variant" in said and not isinstance(said["variant"].meant, int))
        ):
            continue
        for key, heard in sorted(said.items()):
            there = edits.get((row, key), held.get(key))
            if heard.meant != there and key not in now.get(code, {}) and (code, key) not in apart:
                cells.append(Cell(row, code, key, heard.meant, there))
    if not cells:
        return None
    first = former.says[cells[0].code][cells[0].key]
    return Difference(FormCode.FORMER_CHECKER, pack.work.name, pack.turn, tuple(cells), first.form, first.cell)


def _tokens(difference: Difference, side: Take) -> set[str]:
    if side is Take.WORKBOOK:
        # An emptied cell is forgotten instead: filled and emptied again, it is asked about again.
        return set() if difference.kind is FormCode.EMPTIED else {difference.token}
    return {difference.forms_token} if difference.said else set()


def _origins(difference: Difference) -> Origins:
    """Where a form says what the cells of a settled difference hold now."""
    heard = Heard(None, difference.at, difference.form)
    return {
        (cell.row, cell.key): heard._replace(meant=cell.form, cell=_cell_of(difference, cell))
        for cell in difference.cells
        if cell.form is not None
    }


def _cell_of(difference: Difference, cell: Cell) -> str:
    said = difference.form.says.get(cell.code, {}).get(cell.key)
    return said.cell if said else difference.at


def _record(packs: Sequence[Pack], weighed: Mapping[int, Weighed], record: Record, tokens: frozenset[str]) -> Record:
    """The record after this: packs that did not come back stay as they were."""
    now = dict(record.packs)
    for at, pack in enumerate(packs):
        if pack.voice is None:
            continue
        if pack.turn is Turn.SECOND:
            said = {code: {key: one.meant for key, one in row.items()} for code, row in pack.voice.says.items()}
            now[pack.key(pack.voice)] = Settled(pack.voice.version, said)
        else:
            now[pack.key(pack.voice)] = Settled(
                pack.voice.version, _filled(weighed[at].said), _filled(weighed[at].held)
            )
    return Record(record.year, now, tokens)


def _filled(cells: Cells) -> Cells:
    return {code: dict(row) for code, row in cells.items() if row}
