"""The command that hands forms out: what it runs and shows. Returns the exit code."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.commands import DONE, FOUND, Printer
from xlpy.console import complain, progress_bar, say, step
from xlpy.shell import stamp_of
from xlpy.words import cli
from xlpy.words import handing_out as words
from xlpy.words.errors import sentence

if TYPE_CHECKING:
    from xlpy.exchange.forms.form import Identity
    from xlpy.handed.outcome import Dealt, HandedOut, TakenBack
    from xlpy.workbook.closed import ClosedWorkbook


def forms(path: Path, out: Path | None, today: date | None, show: Printer) -> int:
    """«Раздать формы»: a file for every work and its checker; what has not changed stays as it is."""
    from xlpy import handing_out

    book = _open(path)
    with progress_bar() as bar:
        task = bar.add_task(words.STEP, total=None)
        handed = handing_out.hand_out(
            book,
            path,
            out,
            stamp_of(today),
            lambda done, total: bar.update(task, completed=done, total=total),
        )
    show(answer_of(handed), lambda: _say(handed))
    if handed.unnoted:
        complain(words.NO_JOURNAL.format(why=handed.unnoted))
    return DONE if handed.is_complete else FOUND


def _open(path: Path) -> ClosedWorkbook:
    from xlpy.workbook.closed import ClosedWorkbook

    with step(cli.STEPS["read"]):
        return ClosedWorkbook(path)


def _say(handed: HandedOut) -> None:
    from xlpy.handed.telling import lines_of

    for line in lines_of(handed):
        say(line)


def answer_of(handed: HandedOut) -> dict[str, object]:
    """The answer in JSON: every form with its file and what became of it, and what has none."""
    return {
        "folder": str(handed.folder),
        "forms": [_dealt_answer(dealt) for dealt in handed.dealt],
        "taken_back": [_taken_answer(taken) for taken in handed.taken_back],
        "hindered": [
            {**_pack_answer(one.identity), "code": one.error.code, "message": sentence(one.error)}
            for one in handed.hindered
        ],
        "refused": [
            {"class": one.work[0], "subject": one.work[1], "turn": one.turn.value, "code": one.why.value, **one.params}
            for one in handed.refused
        ],
        "record": handed.unrecorded or None,
        "journal": handed.unnoted or None,
    }


def _pack_answer(identity: Identity) -> dict[str, object]:
    return {
        "class": identity.school_class,
        "subject": identity.subject,
        "turn": identity.turn.value,
        "checker": identity.checker,
        "version": identity.version,
    }


def _dealt_answer(dealt: Dealt) -> dict[str, object]:
    return {
        **_pack_answer(dealt.form.identity),
        "file": str(dealt.path),
        "fate": dealt.fate.value,
        "papers": len(dealt.form.rows),
        "until": dealt.form.until or None,
        "changes": {change.value: count for change, count in dealt.changes},
        "carried": dealt.carried,
        "left": dealt.left,
        "former": dealt.former or None,
        "retired": None if dealt.retired is None else str(dealt.retired),
        "unread": dealt.why or None,
    }


def _taken_answer(taken: TakenBack) -> dict[str, object]:
    return {**_pack_answer(taken.identity), "retired": str(taken.retired), "typed": taken.typed}
