"""«Проверить ввод» in a running LibreOffice, in one run with its measure: `python -m tests.benchmarks.bench_press`.

The measure: starting Python with pandas and xlwings, and a bare read of all sheets and write of the findings by UNO.
All are the best of several; the click begins where the launcher starts Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.big_book import ROOT
from tests.buttons.office import Office, cell, running_office
from tests.command import xlpy
from xlpy.tables import schema
from xlpy.words.buttons import DONE, RUNNING

TIMES = int(os.environ.get("XLPY_BENCH_TIMES", "5"))
CLASSES = os.environ.get("XLPY_BENCH_CLASSES", "25")
START = "import pandas, xlwings"


def timed(action: Callable[[], object]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bare(document: Any) -> None:
    """Read every sheet and write the findings back, as rows of plain cells."""
    for sheet in schema.SHEETS:
        cursor = document.Sheets.getByName(sheet.name).createCursor()
        cursor.gotoEndOfUsedArea(True)
        rows = cursor.getDataArray()
        if sheet is schema.FINDINGS:
            cursor.setDataArray(rows)


def press(office: Office, document: Any, book: Path) -> tuple[float, float, float]:
    """Seconds until the button is seen to work, until the outcome is seen, and until the process has ended."""
    shown = cell(document, schema.state_cell("check"))
    shown.String = ""
    start = time.perf_counter()
    with office.start("press", "check", book) as process:
        times = [_seconds_until(shown, word, start) for word in (RUNNING, DONE)]
        process.communicate()
    if process.returncode:
        raise RuntimeError(process.returncode)
    return times[0], times[1], time.perf_counter() - start


def _seconds_until(shown: Any, word: str, start: float) -> float:
    while not shown.String.startswith(word):
        time.sleep(0.002)
    return time.perf_counter() - start


def measure(office: Office, book: Path) -> None:
    """Print the times and their ratio."""
    document = office.open(book)
    start = [timed(lambda: subprocess.run([sys.executable, "-c", START], check=True, cwd=ROOT)) for _ in range(TIMES)]
    moving = [timed(lambda: bare(document)) for _ in range(TIMES)]
    presses = [press(office, document, book) for _ in range(TIMES)]
    first, shown, ended = (min(one[at] for one in presses) for at in range(3))
    budget = 2.5 * min(start) + min(moving)
    print(f"«{START}» {min(start):.2f} s, bare read and write {min(moving):.2f} s, so promised ≤ {budget:.2f} s")
    print(f"button seen to work {first:.2f} s, outcome shown {shown:.2f} s, ended {ended:.2f} s")
    print(f"ratio {shown / budget:.2f} (promised ≤ 1)")


def main() -> None:
    """Make a school, open it, measure."""
    with tempfile.TemporaryDirectory() as folder:
        school = Path(folder) / "school"
        made = xlpy("demo", school, "--classes", CLASSES)
        if made.code:
            raise RuntimeError(made.err)
        with running_office(Path(folder) / "home") as office:
            measure(office, school / "vpr_workbook.xlsm")


if __name__ == "__main__":
    main()
