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

from xlpy.libreoffice import apps, register
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


def _press(display: str, *keys: str) -> None:
    subprocess.run(["xdotool", "key", "--delay", "60", *keys], env={**os.environ, "DISPLAY": display}, check=True)


def test_a_question_is_shown_and_its_answer_comes_back(app: xw.App, book: xw.Book, display: str) -> None:
    stop = threading.Event()

    def answer() -> None:
        while not stop.wait(0.3):
            _press(display, "Escape")

    presser = threading.Thread(target=answer)
    presser.start()
    try:
        assert app.alert("Продолжить?", title="Проверка", buttons="yes_no_cancel", mode="info") == "cancel"
    finally:
        stop.set()
        presser.join()


def test_a_cell_that_is_being_typed_into_is_seen(book: xw.Book, display: str) -> None:
    assert not is_editing(book)
    book.activate(steal_focus=True)
    window = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", book.name],
        env={**os.environ, "DISPLAY": display}, capture_output=True, text=True, check=True,
    ).stdout.split()[-1]
    env = {**os.environ, "DISPLAY": display}
    subprocess.run(["xdotool", "windowfocus", window, "mousemove", "--window", window, "400", "400", "click", "1"], env=env, check=True)
    _press(display, "a", "b", "c")
    assert _becomes(lambda: is_editing(book))
    _press(display, "Escape")
    assert _becomes(lambda: not is_editing(book))


def _becomes(question: object) -> bool:
    for _ in range(50):
        if question():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False
