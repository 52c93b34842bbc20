"""The command that takes marks from an e-journal's export: asks what the file does not tell, shows, writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.commands import DONE, FOUND, Printer, print_json
from xlpy.console import SHOWN_FINDINGS, complain, say, step
from xlpy.errors import InputError
from xlpy.shell import stamp_of
from xlpy.words import cli
from xlpy.words import journal as words

if TYPE_CHECKING:
    from datetime import date

    from xlpy.exchange.journal.choice import Choice
    from xlpy.exchange.journal.layout import Question
    from xlpy.exchange.journal.plan import JournalPlan
    from xlpy.journal_marks import Export, Ground, Understood
    from xlpy.workbook.closed import ClosedWorkbook

# Digits people type before they mean something else.
_TRIES = 5


def journal(
    path: Path, file: Path, columns: str | None, yes: bool, replace: bool, today: date | None, show: Printer
) -> int:
    """Take the e-journal's marks into «Результаты»; without a yes nothing is written."""
    from xlpy import journal_marks
    from xlpy.exchange.journal.choice import Choice, parse_choice
    from xlpy.exchange.journal.plan import Existing

    as_json = show is print_json
    book = _open(path)
    with step(words.STEP_READ):
        ground = journal_marks.ground_of(book, path)
        export = journal_marks.read_file(file)
    said = parse_choice(columns, ground.subjects) if columns else Choice()
    can_ask = not as_json and sys.stdin is not None and sys.stdin.isatty()
    understood = _understood(export, ground, said, can_ask=can_ask)
    plan = journal_marks.plan_of(understood, ground, Existing.REPLACE if replace else Existing.KEEP)
    # Columns that led to no work of the book were not the right ones.
    trouble = journal_marks.remember(ground, understood.read, understood.choice) if plan.counts else ""
    if trouble:
        complain(trouble)
    if not as_json:
        _say_plan(understood, plan)
    is_wanted = bool(plan.edits) and (yes or (can_ask and _confirmed()))
    if is_wanted:
        with step(cli.STEPS["write"]):
            journal_marks.write_plan(book, plan, ground, file, stamp_of(today))
    show(_answer(file, understood, plan, written=is_wanted), lambda: _say_end(plan, written=is_wanted, asked=can_ask))
    return FOUND if (plan.edits and not is_wanted) or _has_warnings(understood, plan) else DONE


def _open(path: Path) -> ClosedWorkbook:
    from xlpy.workbook.closed import ClosedWorkbook

    with step(cli.STEPS["read"]):
        return ClosedWorkbook(path)


def _understood(export: Export, ground: Ground, said: Choice, *, can_ask: bool) -> Understood:
    """The export with every question answered; where nobody can be asked, InputError says what to name."""
    from xlpy import journal_marks
    from xlpy.exchange.journal.captions import Role

    for _ in Role:
        with step(words.STEP_READ):
            understood = journal_marks.understand(export, ground, said)
        question = understood.read.question
        if question is None:
            return understood
        if not can_ask:
            break
        said = said.with_column(question.role, _asked(question, ground))
    raise _unclear(export, understood)


def _unclear(export: Export, understood: Understood) -> InputError:
    from xlpy import journal_marks

    question = understood.read.question
    role = words.ROLES[question.role.value] if question else ""
    options = question.options if question else ()
    shown = ", ".join(f"«{one}»" for one in options[: words.SHOWN_COLUMNS])
    return InputError(
        "journal_unclear",
        path=export.path.name,
        what=words.UNCLEAR[question.role.value if question else "pupil"],
        columns=shown or journal_marks.captions_of(understood.read) or words.NO_COLUMNS,
        role=role,
        example=options[question.default or 0] if question and options else words.EXAMPLE,
    )


def _asked(question: Question, ground: Ground) -> str:
    """The answer a person gives: an option's number, or for a class or subject the thing itself."""
    say(words.QUESTION.get(question.role.value, words.QUESTION["other"]).format(role=words.ROLES[question.role.value]))
    for at, option in enumerate(question.options):
        line = words.OPTION_SEEN if question.counts else words.OPTION
        say(line.format(number=at + 1, caption=option, count=question.counts[at] if question.counts else 0))
    default = "" if question.default is None else words.ASK_DEFAULT.format(number=question.default + 1)
    for _ in range(_TRIES):
        typed = _typed(words.ASK_NUMBER.format(default=default))
        if not typed and question.default is not None:
            return question.options[question.default]
        if typed.isdecimal() and 0 < int(typed) <= len(question.options):
            return question.options[int(typed) - 1]
        if typed and _is_itself(question, typed, ground):
            return typed
        say(words.NOT_AN_OPTION)
    raise InputError("journal_no_answer")


def _is_itself(question: Question, typed: str, ground: Ground) -> bool:
    from xlpy.exchange.journal.captions import Role
    from xlpy.exchange.journal.subjects import Subjects
    from xlpy.tables.normalise import class_name

    if question.role is Role.CLASS:
        return class_name(typed) in ground.known.classes
    return question.role is Role.SUBJECT and Subjects(ground.subjects).of(typed) is not None


def _typed(prompt: str) -> str:
    """What a person types; at the end of their input nobody answers any more."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise InputError("journal_no_answer")
    return line.strip()


def _confirmed() -> bool:
    return _typed(words.ASK_WRITE).casefold() in words.YES_WORDS


def _has_warnings(understood: Understood, plan: JournalPlan) -> bool:
    from xlpy.exchange.journal.notes import needs_a_look

    return needs_a_look((*understood.read.notes, *plan.notes))


def _answer(file: Path, understood: Understood, plan: JournalPlan, *, written: bool) -> dict[str, object]:
    from xlpy.exchange.journal.notes import note_dict

    return {
        "file": str(file),
        "columns": {words.ROLES[role.value]: said for role, said in understood.choice.columns.items()},
        "period": understood.read.period,
        "works": [
            {
                "class": school_class,
                "subject": subject,
                "new": count.new,
                "changed": count.changed,
                "same": count.same,
                "without": list(count.without),
            }
            for (school_class, subject), count in plan.counts.items()
        ],
        "new": plan.new,
        "changed": plan.changed,
        "same": plan.same,
        "replaced": plan.replaced,
        "edits": len(plan.edits),
        "notes": [note_dict(note) for note in (*plan.notes, *understood.read.notes)],
        "written": written,
    }


def _say_plan(understood: Understood, plan: JournalPlan) -> None:
    say(words.COLUMNS_USED.format(columns=_columns_used(understood)))
    if understood.is_remembered:
        say(words.REMEMBERED)
    for (school_class, subject), count in plan.counts.items():
        parts = (
            (words.COUNT_NEW, count.new),
            (words.COUNT_CHANGED, count.changed),
            (words.COUNT_SAME, count.same),
            (words.COUNT_WITHOUT, len(count.without)),
        )
        said = ", ".join(text.format(count=number) for text, number in parts if number)
        if 0 < len(count.without) <= words.SHOWN_CODES:
            said += words.WITHOUT_CODES.format(codes=", ".join(count.without))
        say(words.COUNTS.format(school_class=school_class, subject=subject, counts=said or words.COUNT_NOTHING))
    _say_notes(understood, plan)
    say(words.TOTAL.format(new=plan.new, changed=plan.changed, same=plan.same))


def _columns_used(understood: Understood) -> str:
    """Where the file's first table has what, in words."""
    from xlpy.exchange.journal.captions import Role

    header, layout = understood.read.headers[0]
    captions = {head.at: head.caption for head in header.heads}
    single = ((Role.CODE, layout.code), (Role.CLASS, layout.school_class), (Role.SUBJECT, layout.subject))
    named = [(Role.PUPIL, " ".join(captions[at] for at in layout.pupil))] if layout.pupil else []
    named += [(role, captions[at]) for role, at in single if at is not None]
    parts = [words.COLUMN_USED.format(role=words.ROLES[role.value], caption=caption) for role, caption in named]
    told = {Role.CLASS: layout.school_class is None, Role.SUBJECT: layout.subject is None and not layout.is_wide}
    for role, is_told in told.items():
        if is_told and role in understood.choice.columns:
            parts.append(
                words.COLUMN_USED.format(role=words.ROLES[role.value], caption=understood.choice.columns[role])
            )
        elif is_told and not (role is Role.CLASS and layout.code is not None):
            parts.append(words.FROM_TITLE[role.value])
    if layout.is_wide:
        parts.append(words.SUBJECTS_ACROSS)
    period = understood.read.period or ("" if layout.is_wide else layout.marks[0].caption)
    return "; ".join([*parts, words.COLUMN_USED.format(role=words.ROLES["mark"], caption=period)] if period else parts)


def _say_notes(understood: Understood, plan: JournalPlan) -> None:
    """What was found; what to do stands once under all that it is said of."""
    from xlpy.exchange.journal.notes import note_dict

    notes = (*plan.notes, *understood.read.notes)
    shown = notes[:SHOWN_FINDINGS]
    said = [note_dict(note) for note in shown]
    for at, (note, one) in enumerate(zip(shown, said, strict=True)):
        line = words.NOTE_LINE if note.place else words.NOTE_LINE_NOWHERE
        say(line.format(severity=cli.SEVERITY[note.severity.value], place=note.place, wrong=one["message"]))
        if at + 1 == len(said) or said[at + 1]["hint"] != one["hint"]:
            say(words.NOTE_MEND.format(mend=one["hint"]))
    if len(notes) > SHOWN_FINDINGS:
        say(words.NOTES_MORE.format(count=len(notes) - SHOWN_FINDINGS))


def _say_end(plan: JournalPlan, *, written: bool, asked: bool) -> None:
    if written:
        say(words.WRITTEN.format(written=len(plan.edits)))
    elif not plan.edits:
        say(words.NOTHING_BUT_KEPT if plan.changed else words.NOTHING_NEW)
    else:
        say(words.LEFT if asked else words.ADD_YES)
