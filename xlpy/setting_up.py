"""The commands that set a computer up for the workbook's buttons: what each runs and shows. Returns the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.commands import DONE, FOUND, Printer
from xlpy.console import say
from xlpy.words import install as words

if TYPE_CHECKING:
    from xlpy.install.checking import Check
    from xlpy.install.profile import Step


def install(path: Path | None, show: Printer) -> int:
    """Set this user's computer up for workbooks of one folder: that of the book, the one named, or the current one."""
    from xlpy.install import installing
    from xlpy.install.machine import this_machine
    from xlpy.libreoffice.pipes import user_pipe

    folder = path or Path.cwd()
    steps = installing.install(this_machine(), folder.parent if folder.is_file() else folder, pipe=user_pipe())
    return _told(steps, show)


def uninstall(show: Printer) -> int:
    """Put everything back as it was before."""
    from xlpy.install import installing
    from xlpy.install.machine import this_machine

    return _told(installing.uninstall(this_machine()), show)


def _told(steps: tuple[Step, ...], show: Printer) -> int:
    told = [{"key": step.key, "what": words.STEPS[step.key].format(**step.params)} for step in steps]

    def lines() -> None:
        for one in told:
            say(one["what"])

    show({"steps": told}, lines)
    return DONE


def doctor(path: Path | None, show: Printer) -> int:
    """Try each link between a button and its work; 1 where one does not hold."""
    from xlpy.install import doctor as examining
    from xlpy.install.machine import this_machine

    checks = examining.doctor(this_machine(), path)
    red = sum(not check.ok for check in checks)
    told = [_answer(check) for check in checks]

    def lines() -> None:
        for check, one in zip(checks, told, strict=True):
            say(words.CHECK_LINE[check.ok].format(what=one["what"]))
            if not check.ok:
                say(words.CHECK_TODO.format(todo=one["todo"]))
        say(words.CHECK_END[red == 0].format(red=red))

    show({"ok": red == 0, "checks": told}, lines)
    return FOUND if red else DONE


def _answer(check: Check) -> dict[str, object]:
    good, bad, todo = words.CHECKS[check.key]
    what, cure = (good, "") if check.ok else (bad, todo)
    return {"key": check.key, "ok": check.ok, "what": what.format(**check.params), "todo": cure.format(**check.params)}


def open_book(path: Path, show: Printer) -> int:
    """Open a workbook in its program, with everything a button needs in place."""
    from xlpy.install import opening
    from xlpy.install.machine import this_machine
    from xlpy.libreoffice.pipes import user_pipe

    program = opening.open_book(this_machine(), path, pipe=user_pipe())
    show({"path": str(path), "program": program}, lambda: say(words.OPENED.format(path=path.name, program=program)))
    return DONE
