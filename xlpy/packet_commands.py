"""The commands of packets for a neighbouring school: what each runs and shows. Returns the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions, packets
from xlpy.commands import DONE, FOUND, Printer
from xlpy.console import SHOWN_FINDINGS, complain, say, step
from xlpy.errors import DiskError, InputError
from xlpy.shell import stamp_of
from xlpy.words import cli
from xlpy.words import packet as words
from xlpy.words.errors import sentence
from xlpy.words.grammar import WORKS, counted

if TYPE_CHECKING:
    from datetime import date

    from xlpy.actions import Stamp
    from xlpy.exchange.packet import Work
    from xlpy.packets import MadePacket, TakenFile
    from xlpy.workbook.closed import ClosedWorkbook

Refused = Sequence[tuple["Work", InputError]]


def packet_out(
    path: Path,
    school_class: str | None,
    subject: str | None,
    external: bool,
    out: Path | None,
    today: date | None,
    show: Printer,
) -> int:
    """Write the packet of one work, or of every work that «Проверяющие» gives to another school."""
    book, stamp = _open(path), stamp_of(today)
    works = _wanted(book, school_class, subject, external)
    with step(words.STEP_OUT):
        planned, refused = packets.plan_packets(book, works)
        if not planned:
            raise refused[0][1]
        made = packets.write_packets(planned, actions.output_folder(book, path, out))
    show(_made_answer(made, refused), lambda: _say_made(made, refused))
    _note(book, stamp, made)
    return FOUND if refused else DONE


def _open(path: Path) -> ClosedWorkbook:
    from xlpy.workbook.closed import ClosedWorkbook

    with step(cli.STEPS["read"]):
        return ClosedWorkbook(path)


def _wanted(book: ClosedWorkbook, school_class: str | None, subject: str | None, external: bool) -> Sequence[Work]:
    if external and not (school_class or subject):
        return packets.works_elsewhere(book)
    if external or not (school_class and subject):
        raise InputError("packet_which")
    return [(school_class, subject)]


def _made_answer(made: Sequence[MadePacket], refused: Refused) -> dict[str, object]:
    return {
        "packets": [
            {
                "file": str(one.path),
                "class": one.packet.school_class,
                "subject": one.packet.subject,
                "papers": one.packet.papers,
                "typed": one.packet.typed,
                "until": one.packet.until or None,
            }
            for one in made
        ],
        "refused": [
            {"class": work[0], "subject": work[1], "code": error.code, "message": sentence(error)}
            for work, error in refused
        ],
    }


def _say_made(made: Sequence[MadePacket], refused: Refused) -> None:
    for one in made:
        packet = one.packet
        until = words.MADE_UNTIL.format(until=packet.until) if packet.until else ""
        papers = counted(packet.papers, *WORKS)
        work = {"school_class": packet.school_class, "subject": packet.subject}
        say(words.MADE.format(path=one.path, **work, papers=papers, until=until))
        if packet.typed:
            some = words.SOME_TYPED.format(typed=packet.typed)
            say(words.ALL_TYPED if packet.typed == packet.papers else some)
    for (school_class, subject), error in refused:
        say(words.NOT_MADE.format(school_class=school_class, subject=subject, why=sentence(error)))
    say(words.SEND)


def _note(book: ClosedWorkbook, stamp: Stamp, made: Sequence[MadePacket]) -> None:
    """Put the line into «Журнал»; the packets are there already, so a locked book is only said."""
    try:
        actions.note_documents(book, stamp, "packet_out", [one.path for one in made])
    except DiskError as error:
        complain(words.NO_JOURNAL.format(why=sentence(error)))


def packet_in(path: Path, files: tuple[Path, ...], replace: bool, today: date | None, show: Printer) -> int:
    """Take packets that came back; a file with an error gives nothing, the others all they hold."""
    from xlpy.exchange.packet_match import Existing

    book = _open(path)
    with step(words.STEP_IN):
        taken = packets.take_packets(book, files, Existing.REPLACE if replace else Existing.KEEP)
    with step(cli.STEPS["write"]):
        packets.write_taken(book, taken, stamp_of(today))
    show(_taken_answer(taken), lambda: _say_taken(taken))
    return FOUND if any(_needs_a_look(one) for one in taken) else DONE


def _needs_a_look(one: TakenFile) -> bool:
    return any(note.severity.value != "notice" for note in one.taken.notes)


def _taken_answer(taken: Sequence[TakenFile]) -> dict[str, object]:
    from xlpy.exchange.packet_notes import note_dict

    return {
        "files": [
            {
                "file": str(one.path),
                "class": one.taken.school_class,
                "subject": one.taken.subject,
                "taken": not one.taken.is_refused,
                "papers": one.taken.papers,
                "cells": len(one.taken.edits),
                "kept": one.taken.kept,
                "checked_by": one.taken.checked_by,
                "notes": [note_dict(note) for note in one.taken.notes],
            }
            for one in taken
        ],
        "written": any(one.taken.edits for one in taken),
    }


def _say_taken(taken: Sequence[TakenFile]) -> None:
    for one in taken:
        say(words.TAKEN_FILE.format(file=one.path.name, outcome=packets.outcome_of(one.taken)))
        _say_notes(one)
    if not any(one.taken.edits for one in taken):
        say(words.NOTHING_NEW)


def _say_notes(one: TakenFile) -> None:
    from xlpy.checks.findings import Severity
    from xlpy.exchange.packet_notes import note_dict

    gravity = list(Severity)
    notes = sorted(one.taken.notes, key=lambda note: gravity.index(note.severity))
    for note in notes[:SHOWN_FINDINGS]:
        said = note_dict(note)
        severity = cli.SEVERITY[note.severity.value]
        line = words.NOTE_LINE.format(
            severity=severity, sheet=note.sheet, cell=note.cell, wrong=said["message"], mend=said["hint"]
        )
        say(line)
    if len(notes) > SHOWN_FINDINGS:
        say(words.NOTES_MORE.format(count=len(notes) - SHOWN_FINDINGS))
