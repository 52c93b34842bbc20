"""An office with windows, on a screen of its own that nobody sees."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
import xlwings as xw

from tests.libreoffice.conftest import raw_of
from xlpy.libreoffice import register
from xlpy.libreoffice.hosting import is_editing
from xlpy.libreoffice.verbs.desk import Desk

MISSING = [name for name in ("Xvfb", "xdotool") if not shutil.which(name)]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    if MISSING:
        pytest.fail(f"missing: {', '.join(MISSING)}")
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1200x800x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, pass_fds=(theirs,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(theirs)
    with os.fdopen(ours) as number:
        yield f":{number.readline().strip()}"
    screen.terminate()
    screen.wait()


@pytest.fixture(scope="module")
def app(display: str) -> Iterator[xw.App]:
    register()
    xw.engines["libreoffice"].activate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("SAL_USE_VCLPLUGIN", "gen")
        one = xw.App(add_book=False)
    yield one
    one.quit()


def _window(desk: Desk, book: xw.Book) -> object:
    return raw_of(desk, book).document.CurrentController.Frame.ContainerWindow


def test_an_app_has_windows_unless_it_is_told_otherwise(app: xw.App, book: xw.Book, desk: Desk) -> None:
    assert app.visible
    assert _window(desk, book).isVisible()
    assert app.hwnd is None


def test_windows_are_hidden_and_shown_again(app: xw.App, book: xw.Book, desk: Desk) -> None:
    app.visible = False
    assert not _window(desk, book).isVisible()
    assert not app.visible
    later = app.books.add()
    assert not _window(desk, later).isVisible()
    app.visible = True
    assert _window(desk, book).isVisible()
    assert _window(desk, later).isVisible()
    assert app.visible


def test_the_book_in_front_is_the_active_one(app: xw.App, book: xw.Book, desk: Desk) -> None:
    other = app.books.add()
    assert app.books.active == other
    raw_of(desk, book).document.CurrentController.Frame.activate()
    assert app.books.active == book
    other.activate(steal_focus=True)
    assert app.books.active == other


def _on_screen(display: str, *command: str) -> str:
    env = {**os.environ, "DISPLAY": display}
    return subprocess.run(["xdotool", *command], env=env, capture_output=True, text=True, check=False).stdout


def _press(display: str, title: str, *keys: str) -> None:
    """Press keys in the window of that title: without a window manager none has the focus by itself."""
    found = _on_screen(display, "search", "--onlyvisible", "--name", title).split()
    if found:
        _on_screen(display, "windowfocus", found[-1], "key", "--delay", "60", *keys)


def test_a_question_is_shown_and_its_answer_comes_back(app: xw.App, book: xw.Book, display: str) -> None:
    assert book.name
    stop = threading.Event()

    def answer() -> None:
        while not stop.wait(0.3):
            _press(display, "Question of the test", "Escape")

    presser = threading.Thread(target=answer)
    presser.start()
    try:
        answered = app.alert("Продолжить?", title="Question of the test", buttons="yes_no_cancel", mode="info")
    finally:
        stop.set()
        presser.join()
    assert answered == "cancel"


def test_a_cell_that_is_being_typed_into_is_seen(book: xw.Book, display: str) -> None:
    assert not is_editing(book)
    book.activate(steal_focus=True)
    window = _on_screen(display, "search", "--onlyvisible", "--name", book.name).split()[-1]
    _on_screen(display, "windowfocus", window, "mousemove", "--window", window, "400", "400", "click", "1")
    _press(display, book.name, "a", "b", "c")
    assert _becomes(lambda: is_editing(book))
    _press(display, book.name, "Escape")
    assert _becomes(lambda: not is_editing(book))


def _becomes(question: object) -> bool:
    for _ in range(50):
        if question():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False
