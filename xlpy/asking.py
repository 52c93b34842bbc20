"""Commands that answer a question about the workbook and write nothing. Returns the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions
from xlpy.commands import DONE, Printer
from xlpy.console import say, step
from xlpy.errors import InputError
from xlpy.words import cli

if TYPE_CHECKING:
    from xlpy.assignment.packs import Pack

_SHOWN_NAMES = 3


def why(path: Path, school_class: str, subject: str, teacher: str | None, show: Printer, *, recheck: bool) -> int:
    """Say who may check the papers of a class, or check them again, and why everyone else may not."""
    from xlpy.assignment.packs import read_packs
    from xlpy.assignment.why import why_check, why_recheck
    from xlpy.assignment.why_wording import why_dict, why_lines, why_one_lines
    from xlpy.workbook.closed import ClosedWorkbook

    with step(cli.STEPS["read"]):
        tables, settings = actions.staff_tables(ClosedWorkbook(path))
    pack = _find_pack(read_packs(tables, settings), school_class, subject)
    answer = (why_recheck if recheck else why_check)(tables, settings, pack)
    if teacher is None:
        show(why_dict(answer), lambda: _say_lines(why_lines(answer)))
        return DONE
    name = _find_teacher([person.teacher for person in answer.people], teacher)
    show(why_dict(answer, name), lambda: _say_lines(why_one_lines(answer, name)))
    return DONE


def _say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _find_pack(packs: Sequence[Pack], school_class: str, subject: str) -> Pack:
    """The pack a user named. Raises InputError with the nearest real names."""
    from xlpy.tables.normalise import canonical, class_name, class_order

    classes = sorted({pack.school_class for pack in packs}, key=class_order)
    name = class_name(school_class)
    if name not in classes:
        raise InputError("class_not_found", school_class=name, near=_near(name, classes), known="; ".join(classes))
    own = {pack.subject: pack for pack in packs if pack.school_class == name}
    found = canonical(subject, own)
    if found is None:
        near = _near(subject, own)
        raise InputError("work_not_found", school_class=name, subject=subject, near=near, known="; ".join(own))
    return own[found]


def _find_teacher(teachers: Sequence[str], written: str) -> str:
    """The teacher a user named. Raises InputError with the nearest real names."""
    from xlpy.tables.normalise import canonical

    found = canonical(written, teachers)
    if found is None:
        raise InputError("teacher_not_found", teacher=written, near=_near(written, teachers))
    return found


def _near(written: str, known: Iterable[str]) -> str:
    """« Возможно, «…» или «…».» with the names most like what was written; "" where none is."""
    import difflib

    from xlpy.tables.normalise import fold
    from xlpy.words.why import NEAR, OR, QUOTED

    folded = {fold(name): name for name in known}
    wanted = fold(written)
    begun = [text for text in folded if wanted and text.startswith(wanted)]
    close = difflib.get_close_matches(wanted[:100], folded, _SHOWN_NAMES)
    names = [folded[text] for text in dict.fromkeys((*begun, *close))][:_SHOWN_NAMES]
    return NEAR.format(names=OR.join(QUOTED.format(name=name) for name in names)) if names else ""
