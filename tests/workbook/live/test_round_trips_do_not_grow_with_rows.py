"""However long the tables are, reading and writing them takes the same number of calls to the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.workbook.live.books import STAMP, live, school_book
from xlpy import actions
from xlpy.libreoffice.bridge import LocalBridge
from xlpy.tables import schema
from xlpy.workbook.live.xlbook import LiveWorkbook

Open = Callable[[Path], xw.Book]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The verbs that crossed the bridge."""
    crossed: list[str] = []
    through = LocalBridge.call

    def counted(self: LocalBridge, verb: str, *arguments: object) -> Any:
        crossed.append(verb)
        return through(self, verb, *arguments)

    monkeypatch.setattr(LocalBridge, "call", counted)
    return crossed


def _counted(calls: list[str], act: Callable[[], object]) -> list[str]:
    calls.clear()
    act()
    return list(calls)


def test_all_tables_are_read_in_two_calls(tmp_path: Path, open_book: Open, calls: list[str]) -> None:
    for classes in (1, 3):
        book = open_book(school_book(tmp_path / f"{classes}.xlsm", classes))
        found = _counted(calls, lambda book=book: live(book).read_tables(schema.SHEETS))  # type: ignore[misc]
        assert found == ["sheet_names", "survey"]


@pytest.mark.parametrize("action", ["prepare", "findings", "sorted"])
def test_a_write_takes_the_same_calls_for_any_rows(
    tmp_path: Path, open_book: Open, calls: list[str], action: str
) -> None:
    seen: list[Sequence[str]] = []
    for classes in (1, 3):
        port = live(open_book(school_book(tmp_path / f"{classes}.xlsm", classes)))
        seen.append(_counted(calls, lambda port=port: _ACTIONS[action](port)))  # type: ignore[misc]
    # Between its own calls xlwings asks for names of sheet and book over and over.
    seen = [[verb for verb in one if verb not in {"sheet_name", "document_path"}] for one in seen]
    assert all(len(one) < 24 + 2 * len(schema.RESULTS.columns) for one in seen)
    assert len(seen[1]) <= len(seen[0]) + len(schema.RESULTS.columns)


def _prepare(port: LiveWorkbook) -> None:
    actions.prepare(port, STAMP)


def _findings(port: LiveWorkbook) -> None:
    actions.write_findings(port, actions.check(port, STAMP), STAMP)


def _sorted(port: LiveWorkbook) -> None:
    """Every second row of entry goes to the end: nothing stays where it stood."""
    raw = port.read_tables([schema.RESULTS])["results"]
    lines = raw.values[1::2] + raw.values[::2]
    keys = ("code", "school_class", "subject")
    rows = [dict(zip(keys, line, strict=False)) for line in lines]
    port.write_table(schema.RESULTS, rows)
    port.save()


_ACTIONS = {"prepare": _prepare, "findings": _findings, "sorted": _sorted}
