"""What an app says and does: calculation, screen, input, status bar, what it has no part in."""

from __future__ import annotations

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw, raw_of
from xlpy.errors import HostError
from xlpy.libreoffice.verbs.desk import Desk

COVERS = (
    "App.screen_updating",
    "App.display_alerts",
    "App.enable_events",
    "App.interactive",
    "App.calculation",
    "App.calculate",
    "App.status_bar",
    "App.cut_copy_mode",
    "App.startup_path",
    "App.alert",
)


@pytest.mark.usefixtures("book")
def test_calculation_by_hand_holds_for_books_open_now_and_later(app: xw.App, raw: Raw, desk: Desk) -> None:
    assert app.calculation == "automatic"
    raw.cell("A1").Value = 1
    raw.cell("A2").Formula = "=A1*2"
    app.calculation = "manual"
    assert app.calculation == "manual"
    assert not raw.document.isAutomaticCalculationEnabled()
    raw.cell("A1").Value = 5
    assert raw.cell("A2").Value == 2
    app.calculate()
    assert raw.cell("A2").Value == 10
    later = app.books.add()
    assert not raw_of(desk, later).document.isAutomaticCalculationEnabled()
    app.calculation = "automatic"
    assert raw.document.isAutomaticCalculationEnabled()
    raw.cell("A1").Value = 7
    assert raw.cell("A2").Value == 14
    with pytest.raises(NotImplementedError, match="semiautomatic"):
        app.calculation = "semiautomatic"
    with pytest.raises(ValueError, match="иногда"):
        app.calculation = "иногда"


@pytest.mark.usefixtures("book")
def test_the_screen_waits_and_is_painted_again(app: xw.App, raw: Raw) -> None:
    assert app.screen_updating
    app.screen_updating = False
    app.screen_updating = False
    assert raw.document.hasControllersLocked()
    assert not app.screen_updating
    app.screen_updating = True
    assert not raw.document.hasControllersLocked()


@pytest.mark.usefixtures("book")
def test_input_is_held_back_and_let_in_again(app: xw.App, raw: Raw) -> None:
    window = raw.document.CurrentController.Frame.ContainerWindow
    assert app.interactive
    app.interactive = False
    assert not window.isEnabled()
    assert not app.interactive
    app.interactive = True
    assert window.isEnabled()


@pytest.mark.usefixtures("book")
def test_properties_are_put_back_after_an_error(app: xw.App, raw: Raw) -> None:
    seen = []

    def work() -> None:
        with app.properties(calculation="manual", screen_updating=False, display_alerts=False, status_bar="Идёт"):
            seen.extend((raw.document.hasControllersLocked(), app.status_bar, app.calculation, app.display_alerts))
            raise RuntimeError("посреди")

    with pytest.raises(RuntimeError, match="посреди"):
        work()
    assert seen == [True, "Идёт", "manual", False]
    assert not raw.document.hasControllersLocked()
    assert raw.document.isAutomaticCalculationEnabled()
    assert (app.calculation, app.screen_updating, app.display_alerts) == ("automatic", True, True)
    assert app.status_bar is False


def test_events_cannot_be_held_back_and_that_is_said(app: xw.App) -> None:
    assert app.enable_events
    app.enable_events = True
    with pytest.raises(NotImplementedError, match="enable_events"):
        app.enable_events = False


def test_nothing_is_kept_in_a_frame_of_copying(app: xw.App) -> None:
    assert app.cut_copy_mode is None
    app.cut_copy_mode = False


def test_the_folder_of_the_users_macros_lies_in_the_profile(app: xw.App) -> None:
    assert app.startup_path.startswith(str(app.impl.office.profile))


@pytest.mark.usefixtures("book")
def test_without_windows_there_is_no_handle_and_nobody_to_ask(app: xw.App) -> None:
    assert app.hwnd is None
    with pytest.raises(HostError) as caught:
        app.alert("Вопрос?")
    assert caught.value.code == "no_display"
