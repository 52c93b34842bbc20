"""How the command line speaks: Russian library words, tables of findings, JSON, progress."""

from __future__ import annotations

import gettext
import importlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from xlpy.words import cli

if TYPE_CHECKING:
    from rich.progress import Progress

    from xlpy.checks.findings import Finding

SHOWN_FINDINGS = 40


def load_click() -> ModuleType:
    """Import click with its own words in Russian.

    It binds `gettext.gettext` while it is imported and reads no catalogue of ours, so the function is stood in for
    during that import, and only then.
    """
    one, many = gettext.gettext, gettext.ngettext

    def in_russian(message: str) -> str:
        return cli.LIBRARY.get(message, one(message))

    def plural_in_russian(msgid1: str, msgid2: str, n: int) -> str:
        return cli.LIBRARY.get(msgid1 if n == 1 else msgid2, many(msgid1, msgid2, n))

    gettext.gettext, gettext.ngettext = in_russian, plural_in_russian
    try:
        return importlib.import_module("click")
    finally:
        gettext.gettext, gettext.ngettext = one, many


def prepare_streams() -> None:
    """Write UTF-8 whatever the system's code page: an old Windows console must not stop an action."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(sentence: str) -> None:
    """Print a sentence for the user."""
    sys.stdout.write(sentence + "\n")


def complain(sentence: str) -> None:
    """Print a sentence about what could not be done."""
    sys.stderr.write(sentence + "\n")


def say_json(answer: Mapping[str, object]) -> None:
    """Print one JSON object and nothing else."""
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def show_findings(findings: Sequence[Finding], most: int) -> None:
    """Print at most `most` findings as a table, the gravest first."""
    from rich.console import Console
    from rich.table import Table as Grid

    from xlpy.checks.findings import Severity, hint_of, message_of

    grid = Grid(show_lines=False, expand=False)
    for head in cli.SEVERITY_HEAD.values():
        grid.add_column(head, overflow="fold")
    gravity = list(Severity)
    for finding in sorted(findings, key=lambda one: gravity.index(one.severity))[:most]:
        grid.add_row(
            cli.SEVERITY[finding.severity.value],
            finding.code,
            f"{finding.sheet}!{finding.cell}",
            f"{message_of(finding)} {hint_of(finding)}",
        )
    Console(markup=False, highlight=False).print(grid)
    if len(findings) > most:
        say(cli.DONE["more"].format(count=len(findings) - most))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a progress bar on stderr while the block runs; it leaves stdout to the answer."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, markup=False, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield progress


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Show what is going on, on stderr and only to a person, while the block runs."""
    from rich.console import Console

    console = Console(stderr=True, markup=False, highlight=False)
    if not console.is_terminal:
        yield
        return
    with console.status(doing):
        yield
