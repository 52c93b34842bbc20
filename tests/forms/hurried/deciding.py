"""What comes after collecting: two checks held against each other, and differences decided by the real command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tests.forms.hurried.findings import Note
from tests.forms.hurried.ledger import Entry
from tests.forms.hurried.oracle import Status
from tests.forms.hurried.play import Played
from tests.forms.hurried.school import Work
from xlpy.exchange.forms.form import Turn
from xlpy.tables import schema

Results = Mapping[Work, Mapping[str, Mapping[str, object]]]
Place = tuple[Work, str, str]


def entries_of(played: Played, turn: Turn) -> dict[Place, list[Entry]]:
    """Everything typed in one turn, by paper and column."""
    found: dict[Place, list[Entry]] = defaultdict(list)
    for sent in played.sent:
        for entry in sent.entries if sent.pack[1] is turn else ():
            found[sent.pack[0], entry.meant.code, entry.meant.key].append(entry)
    return found


def only_value(entries: Sequence[Entry]) -> object:
    """The value that every entry certainly is; None where one is in doubt or they differ."""
    values = {entry.meant.value for entry in entries}
    is_sure = len(values) == 1 and all(entry.status is Status.CERTAIN for entry in entries)
    return next(iter(values)) if is_sure else None


def _points(value: object) -> object:
    return 0 if value in {schema.NOT_ATTEMPTED, schema.NOT_TAUGHT} else value


def compare_checks(played: Played, held: Results, notes: Sequence[Note]) -> list[str]:
    """Return what is wrong with how a second check is told: papers that differ must be named, equal ones not."""
    told = [note for note in notes if note.rule == "FRM-42"]
    second: dict[tuple[Work, str], dict[str, list[Entry]]] = defaultdict(dict)
    for (work, code, key), entries in entries_of(played, Turn.SECOND).items():
        second[work, code][key] = entries
    wrong = []
    for (work, code), paper in second.items():
        first = held.get(work, {}).get(code, {})
        keys = [key for key in paper if key in played.school.tasks[work] and key in first]
        sure = {key: only_value(paper[key]) for key in keys}
        differ = [key for key, value in sure.items() if value is not None and _points(value) != _points(first[key])]
        is_named = any(code in note.said and work[0] in note.said and work[1] in note.said for note in told)
        if differ and not is_named:
            wrong.append(f"two checks differ, not named: {' '.join(work)} {code} {differ}")
        if is_named and None not in sure.values() and not differ:
            wrong.append(f"two checks agree, named as differing: {' '.join(work)} {code}")
    return wrong


def compare_decided(played: Played, take: str, before: Results, after: Results, notes: Sequence[Note]) -> list[str]:
    """Return what is wrong after all differences were decided for the forms or for the workbook."""
    first = entries_of(played, Turn.FIRST)
    wrong = [
        f"{note.rule} still stands after --take {take}: {note.said[:200]}" for note in notes if note.rule == "FRM-40"
    ]
    for work, papers in played.school.truth.items():
        for code in papers:
            absent = any(
                entry.meant.value == schema.ABSENT and entry.status is Status.CERTAIN
                for entry in first.get((work, code, "variant"), ())
            )
            for key in ("variant", *played.school.tasks[work]):
                was, now = (one.get(work, {}).get(code, {}).get(key) for one in (before, after))
                entries = first.get((work, code, key), [])
                wrong += [
                    f"--take {take}: {' '.join(work)} {code} {key}: {was!r} became {now!r}"
                    for fault in [_decided_wrong(played, take, (work, code, key), was, now, entries)]
                    if fault and not (absent and take == "form")
                ]
    return wrong


def _decided_wrong(played: Played, take: str, place: Place, was: object, now: object, entries: Sequence[Entry]) -> bool:
    if take == "workbook":
        return was != now
    sure = only_value(entries)
    if place in played.typed and sure is not None:
        return now != sure
    return was != now and now not in {entry.meant.value for entry in entries if entry.status is Status.CERTAIN}
