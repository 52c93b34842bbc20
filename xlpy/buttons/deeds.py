"""What each button does: one action, and the sentence about what came of it. Decides nothing about schools."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from xlpy import actions, duties, repairing
from xlpy.actions import Advance, Stamp
from xlpy.buttons.outcome import Outcome
from xlpy.buttons.windows import open_folder
from xlpy.errors import SaveError, XlpyError
from xlpy.tables import schema
from xlpy.words import buttons as words
from xlpy.words import cli
from xlpy.words.errors import WHY, sentence
from xlpy.words.grammar import PROTOCOLS, ROWS, counted
from xlpy.workbook.port import Workbook

# A message has two lines of the panel.
_MOST_NAMED = 3


class OpenWorkbook(Workbook, Protocol):
    """The door as a button has it: what it did last can be taken back."""

    def undo_last(self) -> None:
        """Bring back the state before the last action. Raises XlpyError where there is none, or it is not the last."""
        ...


Deed = Callable[[OpenWorkbook, Path, Stamp, Advance], Outcome]


def prepare(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Подготовить ввод»."""
    del path, advance
    entry = actions.prepare(book, stamp)
    said = [actions.prepare_summary(entry)]
    for works, key in ((entry.scales, "prepare_scales"), (entry.tasks, "prepare_tasks")):
        if works:
            named = [cli.WORK_OF_GRADE.format(grade=grade, subject=subject) for grade, subject in works]
            said.append(cli.DONE[key].format(works=_few(named)))
    if entry.misfits:
        said.append(words.MISFITS.format(rows=counted(len(entry.misfits), *ROWS)))
    return Outcome(" ".join(said), schema.RESULTS.name)


def _few(names: Sequence[str]) -> str:
    """The first of the names, and how many there are besides."""
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (words.AND_MORE.format(count=more) if more > 0 else "")


def check(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Проверить ввод»."""
    del path, advance
    findings = actions.check(book, stamp)
    actions.write_findings(book, findings, stamp)
    return Outcome(actions.summary_of(findings), schema.FINDINGS.name)


def assign(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Назначить проверяющих»; what cannot be done for all is written as far as it goes, with its reasons."""
    from xlpy.assignment.assign import blocking_lines

    del advance
    result = actions.assign(book)
    doubts = actions.doubts_of_assignment(book, stamp)
    actions.write_assignment(book, result, stamp)
    unproven = actions.store_proof(book, path, result)
    said = [
        actions.summary_of_assignment(result),
        *blocking_lines(result)[:1],
        *repairing.propose(book, result).lines[:2],
    ]
    if doubts:
        said.append(words.DOUBTS.format(cells=counted(len(doubts), *words.CELLS)))
    said += [unproven] if unproven else []
    return Outcome(" ".join(said), schema.CHECKERS.name)


def observers(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Назначить наблюдателей»; what cannot be covered is a row without a name."""
    from xlpy.assignment.duty_wording import observer_lines, summary_of_observers

    del path, advance
    plan = duties.observers(book, stamp)
    doubts = duties.doubts(book, stamp, duties.OBSERVER_SOURCES)
    duties.write_observers(book, plan, stamp)
    return Outcome(_told(summary_of_observers(plan), observer_lines(plan), doubts), schema.VISITS.name)


def organisers(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Назначить организаторов»; who stands there already stays, and is named where a rule is against it."""
    from xlpy.assignment.duty_wording import organiser_lines, summary_of_organisers
    from xlpy.assignment.organisers import Standing

    del path, advance
    plan = duties.organisers(book, Standing.KEPT, stamp)
    doubts = duties.doubts(book, stamp, duties.ORGANISER_SOURCES)
    duties.write_organisers(book, plan, stamp)
    return Outcome(
        _told(summary_of_organisers(plan), organiser_lines(plan, Standing.KEPT), doubts), schema.SCHEDULE.name
    )


def _told(summary: str, lines: Sequence[str], doubts: Sequence[object]) -> str:
    """The summary, the first of the lines, and how many cells may have led astray."""
    said = [summary, *lines[:_MOST_NAMED]]
    if doubts:
        said.append(words.DOUBTS.format(cells=counted(len(doubts), *words.CELLS)))
    return " ".join(said)


def distribution(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Документы распределения»."""
    made = actions.distribution(book, path, None, stamp, advance)
    said = actions.lines_of_distribution(made)
    return Outcome(" ".join([*said, *_noted(book, stamp, "distribution", made.files)]), made.folder)


def forms(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Раздать формы»; what could not be made is told as far as there is room for it."""
    from xlpy import handing_out

    handed = handing_out.hand_out(book, path, None, stamp, advance)
    said = [handing_out.outcome_of(handed), *handing_out.troubles_of(handed)[:_MOST_NAMED]]
    if handed.unnoted:
        said.append(words.NOT_NOTED.format(why=handed.unnoted))
    return Outcome(" ".join(said), handed.folder if handed.dealt else schema.CHECKERS.name)


def collect(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Собрать формы»; differences are listed on «Замечания» and decided on the command line."""
    from xlpy import collecting

    done = collecting.collect(book, path, None, stamp, collecting.Choice(), advance)
    return Outcome(" ".join([*collecting.said_shortly(done), *done.troubles]), schema.FINDINGS.name)


def protocols(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Сформировать протоколы»."""
    made = actions.protocols(book, path, None, stamp, advance)
    missing = _noted(book, stamp, "protocols", made.files)
    if not made.files:
        return Outcome(words.NO_PROTOCOLS)
    said = [words.PROTOCOLS_MADE.format(files=counted(len(made.files), *PROTOCOLS))]
    if made.empty:
        named = [f"{school_class}, {subject}" for school_class, subject in made.empty]
        said.append(cli.DONE["protocols_empty"].format(works=_few(named)))
    return Outcome(" ".join([*said, *missing]), made.files[0].parent)


def report(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Сформировать справку»."""
    made = actions.report(book, path, None, stamp, advance)
    return Outcome(" ".join([words.REPORT_MADE, *_noted(book, stamp, "report", [made.path])]), made.path)


def _noted(book: OpenWorkbook, stamp: Stamp, action: str, files: Sequence[Path]) -> list[str]:
    """Put the line into «Журнал»; the documents are there already, so what hinders it is only said."""
    try:
        actions.note_documents(book, stamp, action, files)
    except XlpyError as error:
        return [words.NOT_NOTED.format(why=sentence(error))]
    return []


def folder(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Открыть папку»."""
    from xlpy.documents.files import make_folder
    from xlpy.tables.frames import read_tables
    from xlpy.tables.settings import read_settings

    del stamp, advance
    settings = read_settings(read_tables(book.read_tables([schema.SETTINGS]))[schema.SETTINGS.key])
    found = actions.documents_folder(path, settings)
    make_folder(found)
    try:
        open_folder(found)
    except OSError:
        raise SaveError("cannot_open_folder", path=str(found), why=WHY["other"]) from None
    return Outcome(words.FOLDER, found)


def undo(book: OpenWorkbook, path: Path, stamp: Stamp, advance: Advance) -> Outcome:
    """«Отменить последнее действие»."""
    del path, stamp, advance
    book.undo_last()
    return Outcome(words.UNDONE)


DEEDS: Mapping[str, Deed] = {
    "prepare": prepare,
    "check": check,
    "assign": assign,
    "observers": observers,
    "organisers": organisers,
    "distribution": distribution,
    "forms": forms,
    "collect": collect,
    "protocols": protocols,
    "report": report,
    "folder": folder,
    "undo": undo,
}
