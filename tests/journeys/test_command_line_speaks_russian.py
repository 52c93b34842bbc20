from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command import xlpy
from xlpy.__main__ import COMMANDS
from xlpy.words import cli

ENGLISH = re.compile(
    r"\b(usage|show|options?|commands?|arguments?|exit|missing|error|default|invalid|required|try)\b", re.IGNORECASE
)
BROKEN_CHECK = """
import xlpy.__main__ as shell
def broken(**_):
    raise RuntimeError("secret detail")
shell.COMMANDS["check"] = (broken, shell.COMMANDS["check"][1])
"""
TRACE = re.compile(r"Traceback|File \"|line \d+")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_of_every_command_is_in_russian(command: str) -> None:
    ran = xlpy(*command.split(), "--help")
    assert ran.code == 0
    assert not ENGLISH.search(ran.out), ran.out


@pytest.mark.parametrize(
    "words",
    [
        ("chek", "книга.xlsm"),
        ("check",),
        ("check", "книга.xlsm", "--nope"),
        ("check", "книга.xlsm", "лишнее"),
        ("demo", "папка", "--classes", "0"),
        ("demo", "папка", "--classes", "много"),
        ("check", "книга.xlsm", "--today", "завтра"),
        ("check", "книга.xlsm", "--today"),
    ],
)
def test_wrong_words_on_the_command_line_are_explained_in_russian(words: tuple[str, ...]) -> None:
    ran = xlpy(*words)
    assert ran.code == 2
    assert not ran.out
    assert not ENGLISH.search(re.sub(r"--\w+", "", ran.err)), ran.err
    assert not TRACE.search(ran.err)


@pytest.mark.parametrize("command", ["prepare", "upgrade", "check", "assign", "protocols", "report"])
def test_a_missing_book_is_one_sentence_and_exit_2(command: str, tmp_path: Path) -> None:
    ran = xlpy(command, tmp_path / "нет.xlsm")
    assert ran.code == 2
    assert not ran.out
    assert ran.err.count("\n") == 1
    assert "нет.xlsm" in ran.err
    assert not TRACE.search(ran.err)


def test_an_error_is_an_object_where_json_is_asked_for(tmp_path: Path) -> None:
    ran = xlpy("check", tmp_path / "нет.xlsm", "--json")
    assert ran.code == 2
    assert ran.answer["error"]["code"] == "not_found"


def test_the_unexpected_goes_to_the_log_and_not_to_the_screen(tmp_path: Path) -> None:
    (tmp_path / "b.xlsm").write_bytes(b"PK")
    ran = xlpy("check", tmp_path / "b.xlsm", home=tmp_path, script=BROKEN_CHECK)
    assert ran.code == 2
    assert not TRACE.search(ran.err)
    assert "secret detail" not in ran.err
    logs = list(tmp_path.rglob("xlpy.log"))
    assert len(logs) == 1
    assert "secret detail" in logs[0].read_text("utf-8")
    assert str(logs[0]) in ran.err


def test_every_command_has_its_words() -> None:
    assert set(COMMANDS) == set(cli.COMMANDS) == set(cli.SHORT)
