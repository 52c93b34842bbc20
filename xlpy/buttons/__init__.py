"""What a button of the open workbook runs: open the door, run one action, show the outcome. Never a traceback.

`press` is what the launcher starts, `caller` what the xlwings add-in of Excel runs. Both do the same.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from xlpy.buttons.deeds import DEEDS
from xlpy.buttons.finding import find_book, load_xlwings, open_door, path_of
from xlpy.buttons.panel import Panel
from xlpy.buttons.turns import my_turn
from xlpy.buttons.windows import show_window
from xlpy.errors import LockedError, XlpyError
from xlpy.shell import log_failure, stamp_of
from xlpy.words import buttons as words
from xlpy.words.errors import sentence

DONE, CANNOT = 0, 2


def press(action: str, book: str) -> int:
    """Run a button's action in the workbook that is open under this path or address; return the exit code."""
    try:
        found = find_book(book)
        return _run(found, path_of(found), action)
    except XlpyError as error:
        return _tell_outside(sentence(error))
    except Exception as error:  # noqa: BLE001 - where there is no panel to write to, the unexpected ends here
        return _tell_outside(words.UNEXPECTED.format(log=log_failure(error)))


def caller(action: str) -> None:
    """Run a button's action in the workbook whose macro called; xlwings knows which one that is."""
    try:
        book = load_xlwings().Book.caller()
        _run(book, path_of(book), action)
    except XlpyError as error:
        _tell_outside(sentence(error))
    except Exception as error:  # noqa: BLE001 - as above: RunPython would show the traceback
        _tell_outside(words.UNEXPECTED.format(log=log_failure(error)))


def _tell_outside(message: str) -> int:
    """Say what cannot be said on the panel: the workbook is not there, or no longer."""
    sys.stderr.write(message + "\n")
    show_window(message)
    return CANNOT


def _run(book: Any, path: Path, action: str) -> int:
    """Take the turn and do it; a second press while the first runs is refused politely."""
    panel = Panel(book, action)
    try:
        with my_turn(path, action):
            return _perform(panel, book, path, action)
    except LockedError as error:
        panel.say(sentence(error))
        return CANNOT
    finally:
        panel.leave()


def _perform(panel: Panel, book: Any, path: Path, action: str) -> int:
    panel.start()
    try:
        outcome = DEEDS[action](open_door(book, action), path, stamp_of(None), panel.advance)
    except XlpyError as error:
        panel.fail(sentence(error))
        return CANNOT
    except Exception as error:  # noqa: BLE001 - the one place where the unexpected ends: in the log, not on screen
        panel.fail(words.UNEXPECTED.format(log=log_failure(error)))
        return CANNOT
    panel.finish(outcome, stamp_of(None).moment)
    return DONE
