"""What came of a play: every certain value in the book, nothing else there, every doubt named by file and cell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.forms.hurried.findings import Note, names, speaks_of, tells_difference, without_counted
from tests.forms.hurried.ledger import Entry
from tests.forms.hurried.oracle import Status
from tests.forms.hurried.play import Played
from tests.forms.hurried.school import Work, read_results
from tests.forms.hurried.sending import Pack, Sent
from xlpy.exchange.forms.form import Turn
from xlpy.tables import schema

_KINDS = ("other", "lost", "invented", "guessed", "unnamed")


@dataclass(slots=True)
class Outcome:
    """Counts and lines; every list but `opened` must be empty."""

    seed: int
    forms: int = 0
    certain: int = 0
    uncertain: int = 0
    opened: int = 0
    lost: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Everything the page says otherwise."""
        return [f"{kind}: {line}" for kind in _KINDS for line in getattr(self, kind)]

    @property
    def shortly(self) -> list[str]:
        """One fault of each kind and file, with how many there are."""
        count = Counter((line.partition(":")[0], _file_in(line)) for line in self.faults)
        first = {(line.partition(":")[0], _file_in(line)): line for line in reversed(self.faults)}
        return [f"×{count[key]} {first[key]}" for key in count]


def _file_in(line: str) -> str:
    found = re.search(r"\[.*?\]", line)
    return f"{' '.join(line.split()[1:3])} {found[0]}" if found else line


@dataclass(frozen=True, slots=True)
class _Value:
    """A value typed into one file."""

    sent: Sent
    entry: Entry


def compare(played: Played, notes: Sequence[Note], foreign: Collection[str]) -> Outcome:
    """Return what is in the book beside what the teachers meant. `foreign`: files that were called no forms."""
    outcome = Outcome(played.seed, forms=len(played.sent))
    notes = [*notes, *(Note("FRM-02", name, "", "", "") for name in foreign)]
    by_file = _by_file(played.sent, notes)
    held = read_results(played.school.book)
    values = _by_work(played.sent)
    for work, papers in played.school.truth.items():
        for code in papers:
            for key in ("variant", *played.school.tasks[work]):
                _compare_value(outcome, played, work, code, key, held, values, by_file)
    for sent in played.sent:
        _compare_doubts(outcome, played, sent, held, by_file[sent.place.path])
    _compare_files(outcome, played, notes, by_file)
    return outcome


def _by_file(sent: Iterable[Sent], notes: Sequence[Note]) -> dict[str, list[Note]]:
    return {one.place.path: [note for note in notes if speaks_of(note, one.place.parts)] for one in sent}


def _by_work(sent: Iterable[Sent]) -> Mapping[tuple[Work, str, str], list[_Value]]:
    values: dict[tuple[Work, str, str], list[_Value]] = defaultdict(list)
    for one in sent:
        work, turn = one.pack
        for entry in one.entries if turn is Turn.FIRST else ():
            values[work, entry.meant.code, entry.meant.key].append(_Value(one, entry))
    return values


def _compare_value(
    outcome: Outcome,
    played: Played,
    work: Work,
    code: str,
    key: str,
    held: Mapping[Work, Mapping[str, Mapping[str, object]]],
    values: Mapping[tuple[Work, str, str], list[_Value]],
    by_file: Mapping[str, list[Note]],
) -> None:
    typed = values.get((work, code, key), [])
    sure = {one.entry.meant.value for one in typed if one.entry.status is Status.CERTAIN}
    there = held.get(work, {}).get(code, {}).get(key)
    outcome.certain += bool(sure)
    where = f"{' '.join(work)} {code} {key}: {_told(typed)}; in the book {there!r}"
    if (work, code, key) in played.typed:
        mine = played.typed[work, code, key]
        if there != mine:
            outcome.invented.append(f"{where}, typed there before {mine!r}")
        elif sure - {mine} and not _is_difference_named(typed, by_file):
            outcome.unnamed.append(f"{where}: the difference is not named")
        return
    if len(sure) > 1:
        if there is not None:
            outcome.guessed.append(f"{where}: forms differ")
        elif not _is_difference_named(typed, by_file):
            outcome.unnamed.append(f"{where}: forms differ and nothing says so")
        return
    # Where the book holds points and the form says nobody was there, the two differ as a whole.
    has_points = any((work, code, other) in played.typed for other in played.school.tasks[work])
    is_apart = schema.ABSENT in sure and has_points and _is_difference_named(typed, by_file)
    _compare_taken(outcome, typed, sure, there, where, is_apart=is_apart)


def _compare_taken(
    outcome: Outcome, typed: list[_Value], sure: set[object], there: object, where: str, *, is_apart: bool
) -> None:
    meant = {one.entry.meant.value for one in typed}
    if there is not None and there not in meant:
        outcome.invented.append(where)
        return
    if not sure:
        is_open = any(one.entry.status is Status.OPEN for one in typed)
        if there is not None and not is_open:
            outcome.guessed.append(where)
        return
    (value,) = sure
    elsewhere = is_apart or _doubted_elsewhere(typed)
    if there != value and not (there is None and elsewhere):
        (outcome.lost if there is None else outcome.invented).append(where)


def _doubted_elsewhere(typed: list[_Value]) -> bool:
    """Whether another sheet or file of the pack holds it in doubt: which of them speaks the page does not say."""
    sure = {(one.sent.place.path, one.entry.sheet) for one in typed if one.entry.status is Status.CERTAIN}
    return any(
        one.entry.status is Status.OPEN
        or (
            one.entry.status is not Status.CERTAIN
            and one.entry.why != "identity"
            and (one.sent.place.path, one.entry.sheet) not in sure
        )
        for one in typed
    )


def _told(typed: list[_Value]) -> str:
    return (
        "; ".join(
            f"{one.sent.place.path} {one.entry.sheet}!{one.entry.cell} {one.entry.meant.value!r}"
            f" {one.entry.status.name} {one.entry.why} [{', '.join(one.sent.done)}]"
            for one in typed
        )
        or "nobody typed it"
    )


def _is_difference_named(typed: list[_Value], by_file: Mapping[str, list[Note]]) -> bool:
    return any(tells_difference(note, one.entry) for one in typed for note in by_file[one.sent.place.path])


def _compare_doubts(
    outcome: Outcome,
    played: Played,
    sent: Sent,
    held: Mapping[Work, Mapping[str, Mapping[str, object]]],
    notes: list[Note],
) -> None:
    """Every value that was not taken is named in its form."""
    work, _ = sent.pack
    sure = {entry.meant for entry in sent.entries if entry.status is Status.CERTAIN}
    left = {entry.meant.code for entry in sent.entries if entry.status is not Status.GONE and entry.line == ""}
    unnamed = []
    for entry in sent.entries:
        there = held.get(work, {}).get(entry.meant.code, {}).get(entry.meant.key)
        outcome.uncertain += entry.status is Status.UNCERTAIN
        outcome.opened += entry.status is Status.OPEN
        # What a second checker says never comes into the book, so there it is not seen whether it was understood.
        is_there = there == entry.meant.value or sent.pack[1] is Turn.SECOND
        is_taken = is_there and (entry.meant in sure or entry.status is Status.OPEN)
        # Of a row that stands there once more nothing is gone.
        is_left = entry.status is Status.GONE and entry.meant.code in left
        if entry.status is Status.CERTAIN or is_taken or is_left:
            continue
        task = played.school.tasks[work].get(entry.meant.key)
        if not any(names(note, entry, task.label if task else "") for note in notes):
            unnamed.append(entry)
    for entry in without_counted(unnamed, notes):
        line = f"{sent.place.path} {entry.sheet}!{entry.cell} {entry.meant} {entry.status.name} {entry.why}"
        told = sorted({note.rule for note in notes})
        outcome.unnamed.append(f"{line} [{', '.join(sent.done)}] {told}")


def _compare_files(outcome: Outcome, played: Played, notes: Sequence[Note], by_file: Mapping[str, list[Note]]) -> None:
    for work, turn in played.missing:
        if not any(note.rule == "FRM-50" and _is_of(note, (work, turn)) for note in notes):
            outcome.other.append(f"missing, not named: {' '.join(work)} {turn.value}")
    for name, codes in played.refused.items():
        if not any(note.rule in codes and speaks_of(note, (name,)) for note in notes):
            outcome.other.append(f"no form, not named: {name} as one of {codes}")
    for name in played.held:
        if not any(note.rule == "FRM-08" and speaks_of(note, (name,)) for note in notes):
            outcome.other.append(f"open elsewhere, not named: {name}")
    packs = {sent.pack for sent in played.sent}
    for pack in packs:
        _compare_ready(outcome, [sent for sent in played.sent if sent.pack == pack], by_file)
    said = "\n".join(f"{note.file} {note.said}" for note in notes)
    outcome.other += [f"a name is told: {name}" for sent in played.sent for name in sent.names if name in said]


def _compare_ready(outcome: Outcome, sent: list[Sent], by_file: Mapping[str, list[Note]]) -> None:
    known = [one for one in sent if one.is_known is Status.CERTAIN]
    if not known or any(one.is_ready for one in known):
        return
    if not any(note.rule in {"FRM-51", "FRM-52"} for one in known for note in by_file[one.place.path]):
        outcome.other.append(f"not ready, not named: {known[0].place.path} [{', '.join(known[0].done)}]")


def _is_of(note: Note, pack: Pack) -> bool:
    (school_class, subject), _ = pack
    text = f"{note.file} {note.said}"
    return school_class in text and subject in text
