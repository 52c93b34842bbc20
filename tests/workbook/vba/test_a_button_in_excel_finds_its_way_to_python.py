"""In Excel a button goes through xlwings' add-in, else through our launcher, else it says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.vba.excel import NO_MACRO, NO_OBJECT, excel
from xlpy.words import panel
from xlpy.words.install import MACRO_MESSAGES
from xlpy.workbook.builder.vba import macro_name

DATA = {"LOCALAPPDATA": r"C:\Users\Анна\AppData\Local"}
LAUNCHER = r"C:\Users\Анна\AppData\Local\xlpy\xlpy-press.cmd"


@pytest.mark.parametrize("action", panel.BUTTONS)
def test_with_the_add_in_python_is_told_the_action_and_nothing_else_is_started(built: Path, action: str) -> None:
    opened = excel(built, environ=DATA, files=[LAUNCHER])
    opened.press(macro_name(action))
    assert opened.ran == [("xlwings.xlam!RunPython", f"from xlpy.buttons import caller; caller('{action}')")]
    assert (opened.started, opened.said) == ([], [])


@pytest.mark.parametrize("action", panel.BUTTONS)
def test_without_the_add_in_the_launcher_is_started_hidden_and_not_waited_for(built: Path, action: str) -> None:
    opened = excel(built, addin_error=NO_MACRO, environ=DATA, files=[LAUNCHER], folder=r"D:\ВПР 100% 'весна'")
    opened.press(macro_name(action))
    command = rf'"{LAUNCHER}" press {action} "D:\ВПР 100% ' + r"'весна'\vpr_workbook.xlsm" + '"'
    assert opened.started == [(command, 0, False)]
    assert opened.said == []


def test_a_blocked_add_in_is_as_good_as_none_whatever_the_error(built: Path) -> None:
    opened = excel(built, addin_error=440, environ=DATA, files=[LAUNCHER])
    opened.press("VprCheck")
    assert len(opened.started) == 1


def test_without_add_in_and_launcher_the_user_reads_what_to_do(built: Path) -> None:
    opened = excel(built, addin_error=NO_MACRO, environ=DATA)
    opened.press("VprCheck")
    assert opened.said == [MACRO_MESSAGES["message_no_launcher"]]
    assert "xlpy install" in opened.said[0]
    assert opened.started == []


def test_where_macros_may_start_nothing_the_user_reads_so(built: Path) -> None:
    opened = excel(built, addin_error=NO_MACRO, shell_error=NO_OBJECT, environ=DATA, files=[LAUNCHER])
    opened.press("VprCheck")
    assert opened.said == [MACRO_MESSAGES["message_not_started"]]


def test_a_book_that_was_never_saved_is_not_handed_over(built: Path) -> None:
    opened = excel(built, folder="", environ=DATA, files=[LAUNCHER])
    opened.press("VprCheck")
    assert opened.said == [MACRO_MESSAGES["message_not_saved"]]
    assert (opened.ran, opened.started) == ([], [])


@pytest.mark.parametrize(
    ("environ", "launcher"),
    [
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/data/a"}, "/data/a/xlpy/xlpy-press"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/data/a"}, "/home/a/.local/share/xlpy/xlpy-press"),
        ({"HOME": "/home/a"}, "/home/a/.local/share/xlpy/xlpy-press"),
        ({"HOME": "/Users/a"}, "/Users/a/Library/Application Support/xlpy/xlpy-press"),
    ],
)
def test_the_launcher_is_found_by_environment_variables_alone(
    built: Path, environ: dict[str, str], launcher: str
) -> None:
    opened = excel(built, addin_error=NO_MACRO, environ=environ, files=[launcher])
    opened.press("VprCheck")
    [(command, *_)] = opened.started
    assert str(command).startswith(f'"{launcher}" press check ')
