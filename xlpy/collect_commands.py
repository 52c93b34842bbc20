"""The command that collects teachers' forms: what it runs and shows. Returns the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.commands import DONE, FOUND, Printer
from xlpy.console import SHOWN_FINDINGS, complain, progress_bar, say
from xlpy.errors import InputError
from xlpy.shell import stamp_of
from xlpy.words import collecting as words

if TYPE_CHECKING:
    from datetime import date


def collect(
    path: Path, folder: Path | None, take: str | None, only: str | None, today: date | None, show: Printer
) -> int:
    """«Собрать формы»: what is certain is written, every difference is listed under its number."""
    from xlpy.collecting import Choice, Take, collect_closed
    from xlpy.exchange.forms.listed import answer_of, lines_of
    from xlpy.exchange.forms.reported import count_by_severity

    if only is not None and take is None:
        raise InputError("collect_only_what")
    choice = Choice(None if take is None else Take(take), only or "")
    with progress_bar() as bar:
        task = bar.add_task(words.STEP_READ, total=None)
        done = collect_closed(
            path, folder, stamp_of(today), choice, lambda read, total: bar.update(task, completed=read, total=total)
        )
    answer = {
        "folder": str(done.folder),
        **answer_of(done.made),
        "written": done.is_written,
        "troubles": list(done.troubles),
    }

    def lines() -> None:
        for line in lines_of(done.made, choice.take, SHOWN_FINDINGS):
            say(line)

    show(answer, lines)
    for trouble in done.troubles:
        complain(trouble)
    counts = count_by_severity(done.made.marks)
    return FOUND if counts["error"] or counts["warning"] else DONE
