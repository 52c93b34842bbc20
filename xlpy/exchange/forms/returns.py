"""What has come back of every form handed out: missing, unfinished, not yet ready, done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from xlpy.exchange.forms.bookrows import BookWork, Work, folded
from xlpy.exchange.forms.decide import Pack
from xlpy.exchange.forms.form import FormTask, TeacherForm, Turn
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.record import Record, RecordKey
from xlpy.exchange.forms.told import where_of
from xlpy.exchange.forms.voice import Heard
from xlpy.exchange.forms.weigh import Edits
from xlpy.tables import schema
from xlpy.tables.normalise import class_order
from xlpy.tables.raw import Value
from xlpy.words.form_differences import NOBODY


class State(Enum):
    """How a form handed out stands."""

    MISSING = "missing"
    UNFINISHED = "unfinished"
    READY_UNFINISHED = "ready, unfinished"
    NOT_READY = "not ready"
    DONE = "done"


_NOTED = {
    State.MISSING: FormCode.MISSING_FORM,
    State.UNFINISHED: FormCode.NOT_READY,
    State.NOT_READY: FormCode.NOT_READY,
    State.READY_UNFINISHED: FormCode.READY_UNFINISHED,
}


@dataclass(frozen=True, slots=True)
class Return:
    """One form handed out. `typed` of its `papers` are there; `file` is "" where none came back."""

    work: Work
    turn: Turn
    checker: str
    state: State
    typed: int
    papers: int
    file: str = ""
    sheet: str = ""


def returns_of(
    expected: Sequence[TeacherForm],
    packs: Sequence[Pack],
    works: Mapping[Work, BookWork],
    tasks: Mapping[Work, Sequence[FormTask]],
    edits: Edits,
    record: Record,
) -> tuple[Return, ...]:
    """Return how every form stands, by class, subject and turn: those handed out, and others that came back."""
    came = {(folded((pack.work.school_class, pack.work.subject)), pack.turn): pack for pack in packs}
    found: dict[tuple[Work, Turn], Return] = {}
    for form in expected:
        identity = form.identity
        place = folded((identity.school_class, identity.subject)), identity.turn
        pack = came.get(place)
        if place[0] in works:
            found[place] = _return(works[place[0]], identity.turn, identity.checker, pack, form.tasks, edits, record)
    for place, pack in came.items():
        if place not in found and pack.voice is not None:
            checker = pack.checker or pack.voice.checker
            found[place] = _return(pack.work, pack.turn, checker, pack, tasks.get(place[0], ()), edits, record)
    return tuple(sorted(found.values(), key=_order))


def _order(one: Return) -> tuple[object, ...]:
    return class_order(one.work[0]), one.work[1], one.turn.value


def _return(
    work: BookWork,
    turn: Turn,
    checker: str,
    pack: Pack | None,
    tasks: Sequence[FormTask],
    edits: Edits,
    record: Record,
) -> Return:
    voice = pack.voice if pack else None
    says: Mapping[str, Mapping[str, Heard]] = voice.says if voice else {}
    kept = record.of(RecordKey.of(work.school_class, work.subject, turn, checker))
    awaited = typed = 0
    for code, row in work.rows.items():
        held, said, before = work.held.get(code, {}), says.get(code, {}), kept.said.get(code, {})
        absent = edits.get((row, "variant"), held.get("variant")) == schema.ABSENT
        if absent or ("variant" in said and said["variant"].meant == schema.ABSENT):
            continue
        awaited += 1
        there: Mapping[str, Value] = held if turn is Turn.FIRST else before
        typed += all(
            task.key in said or there.get(task.key) is not None or (turn is Turn.FIRST and (row, task.key) in edits)
            for task in tasks
        )
    name = work.school_class, work.subject
    is_done = typed == awaited
    if voice is None or (is_done and voice.is_blank):
        # What is not in the form was typed into the workbook itself: nothing is awaited any more.
        return Return(name, turn, checker, State.DONE if is_done else State.MISSING, typed, awaited)
    ready = any(form.is_ready for form in voice.forms if form.version == voice.version)
    state = (
        (State.DONE if ready else State.NOT_READY)
        if is_done
        else (State.READY_UNFINISHED if ready else State.UNFINISHED)
    )
    return Return(name, turn, checker, state, typed, awaited, voice.newest.file, voice.newest.sheet)


def notes_of_returns(returns: Sequence[Return]) -> list[FormNote]:
    """Notes about all that is not done yet."""
    return [
        FormNote(
            _NOTED[one.state],
            one.file,
            one.sheet,
            "",
            {
                "where": where_of(one.work, one.turn),
                "who": one.checker or NOBODY,
                "typed": one.typed,
                "papers": one.papers,
            },
        )
        for one in returns
        if one.state in _NOTED
    ]
