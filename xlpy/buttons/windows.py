"""What is shown outside the workbook: a message where there is no panel to write to, and a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from xlpy.words.buttons import WINDOW_TITLE

_INFORMATION = 0x40
_WINDOWS = (
    ("zenity", "--info", "--no-markup", "--text"),
    ("kdialog", "--msgbox"),
    ("xmessage", "-center"),
    ("notify-send", WINDOW_TITLE),
)


def show_window(message: str) -> None:
    """Show a sentence in a window of the system where it has one; do not wait for an answer."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, message, WINDOW_TITLE, _INFORMATION)
    elif sys.platform == "darwin":
        script = "on run {said, head}\ndisplay alert head message said\nend run"
        _start("osascript", "-e", script, message, WINDOW_TITLE)
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        for program, *words in _WINDOWS:
            if shutil.which(program):
                _start(program, *words, message)
                return


def open_folder(folder: Path) -> None:
    """Open a folder in the system's file manager. Raises OSError where there is none."""
    if sys.platform == "win32":
        os.startfile(folder)  # noqa: S606 - a folder of the settings, shown by the system itself
    else:
        _start("open" if sys.platform == "darwin" else "xdg-open", str(folder))


def _start(*command: str) -> None:
    """Start a program that outlives us."""
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    # Nobody waits for it; without an exit code Python would warn that it still runs.
    process.returncode = 0
