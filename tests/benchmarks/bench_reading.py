"""`python tests/benchmarks/bench_reading.py`: typed frames of all tables beside a bare calamine read and openpyxl."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.big_book import PAPERS, make, measured, peak_of, print_peak

TIMES = 7


def with_xlpy(path: Path) -> int:
    """Typed frames with the address of every cell, formulas and error cells known."""
    from xlpy.tables import schema
    from xlpy.tables.frames import read_tables
    from xlpy.workbook.closed import ClosedWorkbook

    tables = read_tables(ClosedWorkbook(path).read_tables(schema.SHEETS))
    return len(tables["results"].frame) + len(tables["results"].formulas["points"])


def with_calamine(path: Path) -> int:
    """The bare values of the same sheets."""
    from python_calamine import CalamineWorkbook

    from xlpy.tables import schema

    book = CalamineWorkbook.from_path(str(path))
    return sum(len(book.get_sheet_by_name(sheet.name).to_python()) for sheet in schema.SHEETS)


def with_openpyxl(path: Path) -> int:
    """The bare values of the same sheets."""
    from openpyxl import load_workbook

    from xlpy.tables import schema

    book = load_workbook(path, data_only=True, keep_vba=True)
    return sum(len(list(book[sheet.name].iter_rows(values_only=True))) for sheet in schema.SHEETS)


def main() -> None:
    """Make the book, time the three readers in turn, print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder) / "book.xlsm")
        with_xlpy(path)
        ours, bare = [], []
        for _ in range(TIMES):
            bare.append(measured(with_calamine, path, 1))
            ours.append(measured(with_xlpy, path, 1))
        slow = measured(with_openpyxl, path, 1)
        peak = peak_of(__file__, "peak", path)
    print(f"{PAPERS} works, shortest of {TIMES} runs in turn")
    print(f"xlpy typed frames   {min(ours):6.2f} s   peak {peak} MB")
    print(f"calamine, bare      {min(bare):6.2f} s   xlpy takes {min(ours) / min(bare):.2f} times as long (limit 2.5)")
    print(f"openpyxl            {slow:6.2f} s   xlpy is {slow / min(ours):.1f} times faster (limit 8)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peak"]:
        with_xlpy(Path(sys.argv[2]))
        print_peak()
    else:
        main()
