"""«Панель» of the open workbook: the state of the pressed button, the last outcome and the way to it, the status bar.

What cannot be shown stops nothing: a panel that is protected, or lost, only misses what it would say.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from xlpy.buttons.outcome import Outcome
from xlpy.errors import HostError
from xlpy.shell import log_failure
from xlpy.tables import schema
from xlpy.words import buttons as words
from xlpy.words import panel as captions
from xlpy.workbook.live.showing import Link, Shown, end_status, is_libreoffice, show_cells, show_status

_PAUSE_SECONDS = 0.2
_READING_SECONDS = 3


class Panel:
    """The cells and the status bar as one button writes them."""

    def __init__(self, book: Any, action: str) -> None:
        self._book = book
        self._state = schema.state_cell(action)
        self._caption = captions.BUTTONS[action][0]
        self._shown = 0.0
        self._is_refusal_shown = False

    def start(self) -> None:
        """Show that the button works."""
        working = words.WORKING.format(caption=self._caption)
        self._show({self._state: words.RUNNING, schema.MESSAGE_CELL: working, schema.RESULT_CELL: ""})
        self._show_status(words.RUNNING)

    def advance(self, done: int, total: int) -> None:
        """Show how far it has come, a few times a second at most."""
        if time.monotonic() - self._shown > _PAUSE_SECONDS:
            self._shown = time.monotonic()
            state = words.RUNNING_OF.format(running=words.RUNNING, done=done, total=total)
            self._show({self._state: state})
            self._show_status(state, done, total)

    def finish(self, outcome: Outcome, moment: datetime) -> None:
        """Show what came of it and where it lies."""
        place = {} if outcome.place is None else {schema.RESULT_CELL: _link(outcome.place)}
        state = words.DONE_AT.format(done=words.DONE, moment=moment)
        self._show({self._state: state, schema.MESSAGE_CELL: self._said(outcome.message), **place})

    def fail(self, message: str) -> None:
        """Show that it could not be done, and what to do."""
        self._refuse({self._state: words.FAILED, schema.MESSAGE_CELL: self._said(message)}, message)

    def say(self, message: str) -> None:
        """Show a sentence, and leave alone how the button fares."""
        self._refuse({schema.MESSAGE_CELL: self._said(message)}, message)

    def leave(self) -> None:
        """Give the status bar back; a refusal in it is left to be read by who pressed on another sheet.

        Excel keeps it till the next button. LibreOffice would keep the bar of a program that has gone for ever.
        """
        if self._is_refusal_shown:
            if not is_libreoffice(self._book):
                return
            time.sleep(_READING_SECONDS)
        with suppress(HostError):
            _try(lambda: end_status(self._book))

    def _refuse(self, cells: dict[str, Shown], message: str) -> None:
        self._show(cells)
        self._show_status(message)
        self._is_refusal_shown = True

    def _said(self, message: str) -> str:
        """The sentence as the panel has it; whoever started us gets it too."""
        sys.stdout.write(message + "\n")
        return words.OUTCOME.format(caption=self._caption, outcome=message)

    def _show(self, cells: dict[str, Shown]) -> None:
        _try(lambda: show_cells(self._book, cells))

    def _show_status(self, state: str, done: int = 0, total: int = 0) -> None:
        _try(lambda: show_status(self._book, words.STATUS.format(caption=self._caption, state=state), done, total))


def _try(show: Callable[[], None]) -> None:
    try:
        show()
    except HostError:
        raise
    except Exception as error:  # noqa: BLE001 - each program refuses in its own way; the action matters more
        log_failure(error)


def _link(place: str | Path) -> Link:
    if isinstance(place, str):
        quoted = place.replace("'", "''")
        return Link(words.LINK_SHEET.format(sheet=place), f"#'{quoted}'!A1")
    text = (words.LINK_FOLDER if place.is_dir() else words.LINK_FILE).format(name=place.name)
    # Excel on Windows does not read the percent signs of an address as UTF-8.
    return Link(text, str(place) if sys.platform == "win32" else place.as_uri())
