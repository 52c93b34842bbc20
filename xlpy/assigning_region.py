"""The command that plans checking between the schools of a folder: what it runs and shows. Returns the exit code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlpy.commands import DONE, FOUND, Printer
from xlpy.console import progress_bar, say
from xlpy.shell import stamp_of
from xlpy.words import region as words


def assign_region(
    folder: Path, neighbours: Path | None, out: Path | None, keep: bool, today: date | None, show: Printer
) -> int:
    """Assign who checks whose papers between schools; exit code 1 where a book was not read or a pack is short."""
    from xlpy.assignment.goals import changes_first
    from xlpy.region.plan import ORDER
    from xlpy.region.run import run

    order = changes_first(ORDER) if keep else ORDER
    with progress_bar() as bar:
        task = bar.add_task(words.STEPS["read"], total=None)

        def advance(doing: str, done: int, total: int) -> None:
            bar.update(task, description=words.STEPS[doing], completed=done, total=total)

        made = run(folder, neighbours, out, order, stamp_of(today).today, advance)

    def lines() -> None:
        for line in made.lines:
            say(line)
        say(words.WRITTEN.format(files=words.files(len(made.files)), path=made.files[-1].parent))

    show(made.answer(), lines)
    return DONE if made.complete else FOUND
