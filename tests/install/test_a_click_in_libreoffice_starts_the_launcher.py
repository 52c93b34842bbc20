"""A real window, a real click, a real launcher: it gets the action and the path, before and after a round trip.

The folder has what breaks paths: Cyrillic, spaces, apostrophes, quotation marks, a percent sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop import NOT_LINUX, Desktop, desktop, wait_until
from tests.install.recorder import Recorder, recorder
from xlpy.tables import schema
from xlpy.words import panel
from xlpy.words.install import MACRO_MESSAGES, SHORTCUTS
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook

FOLDER = "Школа № 1 'весна' \"5А\" 100%"
CAPTIONS = {action: caption for action, (caption, *_) in panel.BUTTONS.items()}

pytestmark = pytest.mark.skipif(NOT_LINUX, reason="virtual screens and clicks are Linux' alone")


@pytest.fixture
def told(tmp_path: Path) -> Recorder:
    return recorder(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER
    folder.mkdir()
    path = folder / "vpr_workbook.xlsm"
    path.write_bytes(build_workbook())
    return path


@pytest.fixture
def screen(tmp_path: Path, book: Path, told: Recorder) -> Iterator[Desktop]:
    with desktop(tmp_path / "home", book.parent, python=told.program) as shown:
        yield shown


def started(action: str, book: Path) -> list[str]:
    return ["-P", "-m", "xlpy", "press", action, str(book)]


def click_all_buttons(screen: Desktop, told: Recorder, book: Path) -> None:
    places = wait_until(lambda: {k: v for k, v in screen.places().items() if k in CAPTIONS.values()})
    for action, caption in CAPTIONS.items():
        screen.click_at(*places[caption])
        assert told.next_start() == started(action, book)


def press_all_keys(screen: Desktop, told: Recorder, book: Path) -> None:
    for action, shown in SHORTCUTS.items():
        screen.press(shown.lower())
        assert told.next_start() == started(action, book)


def test_every_button_and_shortcut_works_before_and_after_libreoffice_saves_the_book(
    screen: Desktop, told: Recorder, book: Path
) -> None:
    screen.open(book)
    click_all_buttons(screen, told, book)
    press_all_keys(screen, told, book)
    assert screen.messages() == []
    screen.ask("save")
    screen.close()

    # LibreOffice does not show its own saved buttons: the links beneath them and the keys do their work.
    screen.open(book)
    assert CAPTIONS["check"] not in screen.places()
    press_all_keys(screen, told, book)
    for action, caption in CAPTIONS.items():
        x, y = wait_until(lambda text=caption: screen.ask("place_of_cell", schema.PANEL_NAME, text), 20)
        screen.click_at(x, y, held="ctrl")
        assert told.next_start() == started(action, book)
    screen.close()

    # Any command of ours that writes the closed book brings the buttons back.
    closed = ClosedWorkbook(book)
    closed.append_rows(schema.CLASSES, [{"school_class": "5А", "grade": 5}])
    closed.save()
    screen.open(book)
    click_all_buttons(screen, told, book)


def test_without_a_launcher_the_user_reads_what_to_do(screen: Desktop, told: Recorder, book: Path) -> None:
    (screen.home / ".local" / "share" / "xlpy" / "xlpy-press").unlink()
    screen.open(book)
    screen.click(CAPTIONS["check"])
    assert wait_until(screen.messages) == [MACRO_MESSAGES["message_no_launcher"]]
    screen.click("OK")
    wait_until(lambda: not screen.messages(), 30)
    assert not told.told.exists()
