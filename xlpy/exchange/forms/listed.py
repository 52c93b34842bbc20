"""What came of collecting, for the command line: one JSON object, and the lines a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xlpy.exchange.forms.collected import Collected
from xlpy.exchange.forms.differences import Difference, Take
from xlpy.exchange.forms.journaled import summary_of
from xlpy.exchange.forms.notes import FormNote, words_of
from xlpy.exchange.forms.reported import count_by_severity, mark_dict
from xlpy.exchange.forms.returns import Return, State
from xlpy.exchange.forms.told import where_of
from xlpy.tables.raw import CellMark, Value
from xlpy.words import collecting as words
from xlpy.words.form_differences import NOBODY

_NOT_DONE = frozenset({State.MISSING, State.UNFINISHED, State.READY_UNFINISHED})
_OF_DIFFERENCES = frozenset({"FRM-40", "FRM-41", "FRM-43", "FRM-45"})
_OF_RETURNS = frozenset({"FRM-50", "FRM-51", "FRM-52"})


def answer_of(made: Collected) -> dict[str, object]:
    """All of it for a program."""
    return {
        "forms": [
            {
                "file": one.file,
                "state": one.standing.value,
                "class": one.identity.school_class if one.identity else None,
                "subject": one.identity.subject if one.identity else None,
                "turn": one.identity.turn.value if one.identity else None,
                "version": one.identity.version if one.identity else None,
                "checker": one.identity.checker if one.identity else None,
                "saved": one.saved.isoformat() if one.saved else None,
            }
            for one in made.files
        ],
        "foreign": list(made.foreign),
        "returns": [_return_dict(one) for one in made.returns],
        "cells": len(made.decided.edits),
        "by_form": [
            {"file": one.form.file, "class": one.work[0], "subject": one.work[1], "cells": one.cells}
            for one in made.gave
        ],
        "differences": [{"number": number, **_difference_dict(*pair)} for number, pair in made.open.items()],
        "settled": [{**_difference_dict(one, note), "taken": side.value} for one, side, note in made.settled],
        "remembered": made.decided.remembered,
        "notes": [mark_dict(mark) for mark in made.marks],
        "counts": count_by_severity(made.marks),
    }


def _return_dict(one: Return) -> dict[str, object]:
    return {
        "class": one.work[0],
        "subject": one.work[1],
        "turn": one.turn.value,
        "checker": one.checker,
        "state": one.state.value,
        "typed": one.typed,
        "papers": one.papers,
        "file": one.file or None,
    }


def _difference_dict(one: Difference, note: FormNote) -> dict[str, object]:
    return {
        "rule": one.kind.value,
        "class": one.work[0],
        "subject": one.work[1],
        "turn": one.turn.value,
        "cells": [
            {
                "code": cell.code,
                "column": cell.key,
                "row": cell.row,
                "form": _plain(cell.form),
                "workbook": _plain(cell.book),
            }
            for cell in one.cells
        ],
        "forms": [
            {"value": _plain(said.meant), "file": said.form.file, "cell": said.cell, "saved": _moment(said.form.saved)}
            for said in one.said
        ],
        "checker": one.form.checker,
        "file": one.form.file,
        "cell": note.place,
        "saved": _moment(one.form.saved),
        "newer": one.newer.value if one.newer else None,
        "message": words_of(note)[0],
    }


def _plain(value: Value) -> str | float | int | None:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _moment(saved: datetime | None) -> str | None:
    return saved.isoformat() if saved else None


def lines_of(made: Collected, take: Take | None, most: int) -> list[str]:
    """What a person reads; lists are cut at `most` lines."""
    said = [summary_of(made)]
    if made.settled:
        said.append(words.SETTLED.format(count=len(made.settled)))
    if made.decided.remembered:
        said.append(words.REMEMBERED.format(count=made.decided.remembered))
    return [
        " ".join(said),
        *_differences(made, take, most),
        *_notes(made.marks, most),
        *people_lines(made.returns),
    ]


def short_lines(made: Collected) -> list[str]:
    """The same in a few sentences, for the panel."""
    missing = sum(one.state is State.MISSING for one in made.returns)
    unfinished = sum(one.state in _NOT_DONE for one in made.returns) - missing
    errors = count_by_severity(made.marks)["error"]
    said = [summary_of(made)]
    if errors:
        said.append(words.NOT_TAKEN.format(errors=errors))
    if made.open:
        said.append(words.OPEN.format(count=len(made.open)))
    said.append(words.STILL.format(missing=missing, unfinished=unfinished) if missing or unfinished else words.ALL_BACK)
    return said


def _differences(made: Collected, take: Take | None, most: int) -> list[str]:
    if not made.open:
        return [words.NO_DIFFERENCES]
    lines = [words.OPEN.format(count=len(made.open))]
    if take is not None and made.decided.unsettled:
        lines.append(words.UNSETTLED.format(count=made.decided.unsettled))
    lines.append(words.LIST)
    shown = list(made.open.items())[:most]
    lines += [words.LIST_LINE.format(number=number, message=words_of(note)[0]) for number, (_, note) in shown]
    if len(made.open) > most:
        lines.append(words.LIST_MORE.format(count=len(made.open) - most))
    return [*lines, words.CHOICE]


def _notes(marks: Sequence[CellMark], most: int) -> list[str]:
    """Rows of «Замечания» that neither the list of differences nor that of people tells."""
    told = [mark for mark in marks if mark.rule not in _OF_DIFFERENCES | _OF_RETURNS]
    lines = [
        words.NOTE_LINE.format(
            severity=mark.severity,
            place=f"{mark.sheet}, {mark.cell}" if mark.cell else mark.sheet,
            message=mark.message,
            hint=mark.hint,
        )
        for mark in told[:most]
    ]
    if len(told) > most:
        lines.append(words.NOTES_MORE.format(count=len(told) - most))
    return [words.NOTES, *lines] if lines else []


def people_lines(returns: Sequence[Return]) -> list[str]:
    """Who has not returned what, one line a person; that all is back where it is."""
    late = [one for one in returns if one.state in _NOT_DONE]
    if not late:
        return [words.ALL_BACK] if returns else []
    people = dict.fromkeys(one.checker or NOBODY for one in late)
    return [words.PEOPLE, *(_person(who, [one for one in late if (one.checker or NOBODY) == who]) for who in people)]


def _person(who: str, late: Sequence[Return]) -> str:
    missing = [where_of(one.work, one.turn) for one in late if one.state is State.MISSING]
    begun = [
        words.PERSON_WORK_TYPED.format(work=where_of(one.work, one.turn), typed=one.typed, papers=one.papers)
        for one in late
        if one.state is not State.MISSING
    ]
    said = [
        kind.format(works=words.BETWEEN_WORKS.join(works))
        for kind, works in ((words.PERSON_MISSING, missing), (words.PERSON_UNFINISHED, begun))
        if works
    ]
    return words.PERSON.format(who=who, said=words.BETWEEN_KINDS.join(said))
