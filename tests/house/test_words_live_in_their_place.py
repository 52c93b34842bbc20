"""Russian sentences have one home; everywhere else the code speaks English."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOMES = ("xlpy/words/", "xlpy/tables/schema.py", "xlpy/tables/settings.py")
CYRILLIC = re.compile("[а-яА-ЯёЁ]")
FORBIDDEN = re.compile("fraud|cheat|подлог|списыва|обман|махинац", re.IGNORECASE)
# Where a school stands among others is not for the program to say, whatever numbers it prints.
VERDICT = re.compile(r"(?:выше|ниже|лучше|хуже),\s+чем\s+(?:в|у)\b[^.]*\bшкол|выше,\s+чем\s+в\b|рейтинг", re.IGNORECASE)
SPEAKERS = sorted([*(ROOT / "xlpy/words").glob("*.py"), *(ROOT / "templates").glob("*.py")])


def literals(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "xlpy").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_russian_literal_outside_the_words(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    found = [(line, text) for line, text in literals(path) if CYRILLIC.search(text)]
    assert name.startswith(HOMES) or not found


@pytest.mark.parametrize("path", sorted((ROOT / "xlpy").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_word_accuses_anyone(path: Path) -> None:
    assert not FORBIDDEN.search(path.read_text("utf-8"))


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda p: p.name)
def test_no_text_ranks_a_school_among_others(path: Path) -> None:
    assert not [text for _, text in literals(path) if VERDICT.search(text)]


@pytest.mark.parametrize("verdict", ["выше, чем в 95 % школ", "Ниже, чем в трёх четвертях школ", "рейтинг классов"])
def test_a_verdict_would_be_noticed(verdict: str) -> None:
    assert VERDICT.search(verdict)


@pytest.mark.parametrize("path", sorted((ROOT / "xlpy").rglob("*.bas")), ids=lambda p: p.name)
def test_macros_are_plain_ascii(path: Path) -> None:
    assert path.read_bytes().isascii()
