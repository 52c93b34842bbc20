"""A real window on a screen of its own: who is typing into a cell is waited for, and not written over."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.workbook.live.books import STAMP, document, live, school_book, tables
from xlpy import actions
from xlpy.errors import HostError
from xlpy.libreoffice import register
from xlpy.libreoffice.hosting import is_editing
from xlpy.tables import schema
from xlpy.workbook.live import libreoffice

MISSING = [name for name in ("Xvfb", "xdotool") if not shutil.which(name)]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A virtual screen."""
    if MISSING:
        pytest.fail(f"missing: {', '.join(MISSING)}")
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=(theirs,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as number:
        yield f":{number.readline().strip()}"
    screen.terminate()
    screen.wait()


@pytest.fixture(scope="module")
def app(display: str) -> Iterator[xw.App]:
    """An office with windows."""
    register()
    xw.engines["libreoffice"].activate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("SAL_USE_VCLPLUGIN", "gen")
        one = xw.App(add_book=False)
    yield one
    one.quit()


def _xdotool(display: str, *command: str) -> str:
    env = {**os.environ, "DISPLAY": display}
    return subprocess.run(["xdotool", *command], env=env, capture_output=True, text=True, check=False).stdout


def _becomes(question: Callable[[], bool]) -> bool:
    for _ in range(100):
        if question():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("where", ["cell", "line"])
def test_a_write_waits_for_who_is_typing_and_then_refuses(
    tmp_path: Path, app: xw.App, display: str, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(libreoffice, "_PATIENCE_SECONDS", 0)
    book = app.books.open(str(school_book(tmp_path / f"{where}.xlsm")))
    book.activate(steal_focus=True)
    raw = document(book)
    sheet = raw.Sheets.getByName(schema.TEACHERS.name)
    raw.CurrentController.setActiveSheet(sheet)
    raw.CurrentController.select(sheet.getCellByPosition(9, 4))
    assert _becomes(lambda: bool(_xdotool(display, "search", "--onlyvisible", "--name", book.name).split()))
    window = _xdotool(display, "search", "--onlyvisible", "--name", book.name).split()[-1]
    start = () if where == "cell" else ("key", "ctrl+shift+F2")
    _xdotool(display, "windowfocus", window, *start)
    _xdotool(display, "type", "--delay", "60", "abc")
    assert _becomes(lambda: is_editing(book))
    port = live(book)
    before = tables(port)
    port.write_table(schema.TEACHERS, [{"teacher": line[0]} for line in reversed(before["teachers"].values)])
    with pytest.raises(HostError) as caught:
        port.save()
    assert caught.value.code == "busy_editing"
    assert sheet.getCellByPosition(9, 4).String == ""
    _xdotool(display, "key", "Return")
    assert _becomes(lambda: not is_editing(book))
    assert sheet.getCellByPosition(9, 4).String == "abc"
    # What is typed now is what the next press works with; nothing of the typing is left over, nor of an undo.
    raw.UndoManager.undo()
    assert not is_editing(book)
    raw.UndoManager.redo()
    actions.prepare(live(book), STAMP)
    assert tables(live(book))["teachers"].values[3][9] == "abc"
    book.close()
