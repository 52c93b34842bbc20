"""`python tests/benchmarks/bench_engine.py`: the engine for LibreOffice beside bare UNO and xlwings' own conversion."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pandas as pd
import xlwings as xw
from xlwings.conversion import read as converted

ROWS, TEXTS, MARKS = 2_000, 4, 25
CELLS = 200
TIMES = 9
ADDRESS = "A1:AD2001"


def frame() -> pd.DataFrame:
    """2,000 rows of 30 columns: four of text, one of dates, 25 of marks."""
    made: dict[str, Any] = {f"text {at}": [f"строка {row} {at}" for row in range(ROWS)] for at in range(TEXTS)}
    made["day"] = [pd.Timestamp(2025, 9, 1) + pd.Timedelta(days=row % 200) for row in range(ROWS)]
    made |= {f"task {at}": [float((row + at) % 5) for row in range(ROWS)] for at in range(MARKS)}
    return pd.DataFrame(made)


def in_turn(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median of the seconds that each takes, one after the other again and again."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(TIMES):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def bare_cells(app: xw.App, book: xw.Book) -> Any:
    """The same range as UNO alone sees it, by a connection of its own."""
    from xlpy.libreoffice.verbs.desk import Desk

    desk = Desk(app.impl.office.address)
    found = next(one for one in desk.documents() if one.Title == book.name)
    return found.Sheets.getByIndex(0).getCellRangeByName(ADDRESS)


def reading(sheet: xw.Sheet, cells: Any) -> None:
    """DataFrame through the engine, beside getDataArray and what xlwings does with the same data."""
    how = {"convert": pd.DataFrame, "index": False}

    def bare() -> object:
        # Without a range xlwings takes the values as they are; dates are numbers then, so it has a little less to do.
        return converted(None, [list(row) for row in cells.getDataArray()], how, engine_name="libreoffice")

    runs = {"engine": lambda: sheet[ADDRESS].options(**how).value, "bare": bare}
    took = in_turn(runs)
    line("read a DataFrame of 2,000 x 30", took["engine"], took["bare"], "getDataArray + xlwings' conversion", 2)


def writing(sheet: xw.Sheet, cells: Any, table: pd.DataFrame) -> None:
    """DataFrame through the engine, beside setDataArray of the same numbers and text."""
    bare = tuple(map(tuple, cells.getDataArray()))

    def engine() -> None:
        sheet["A1"].options(index=False).value = table

    took = in_turn({"engine": engine, "bare": lambda: cells.setDataArray(bare)})
    line("write it, one column of dates", took["engine"], took["bare"], "setDataArray alone", 2)


def scattered(sheet: xw.Sheet) -> None:
    """200 cells all over the sheet by one call, beside 200 calls."""
    from xlpy.libreoffice.scattered import colour_cells, read_cells, write_cells

    places = [(1 + at * 9 % 1_900, 6 + at * 7 % 25) for at in range(CELLS)]
    addresses = [sheet[place].get_address(False, False) for place in places]
    values = {address: float(at) for at, address in enumerate(addresses)}

    def write_each() -> None:
        for address, value in values.items():
            sheet[address].value = value

    def colour_each() -> None:
        for address in addresses:
            sheet[address].color = (255, 230, 153)

    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "read": (lambda: read_cells(sheet, addresses), lambda: [sheet[address].value for address in addresses]),
        "write": (lambda: write_cells(sheet, values), write_each),
        "colour": (lambda: colour_cells(sheet, addresses, (255, 230, 153)), colour_each),
    }
    for name, (once, each) in pairs.items():
        took = in_turn({"once": once, "each": each})
        ratio = took["each"] / took["once"]
        what = f"{name} {CELLS} scattered cells"
        print(f"{what:34} {took['once']:7.3f} s   {took['each']:7.3f} s one by one   {ratio:.1f} times faster")


def line(what: str, ours: float, theirs: float, beside: str, limit: float) -> None:
    """One line of the table."""
    print(f"{what:34} {ours:7.3f} s   {theirs:7.3f} s {beside}   ratio {ours / theirs:.2f} (limit {limit})")


def main() -> None:
    """Start an office, measure, end it."""
    from xlpy.libreoffice import register

    register()
    app = xw.App(visible=False, add_book=True)
    try:
        book = app.books[0]
        sheet, table = book.sheets[0], frame()
        sheet["A1"].options(index=False).value = table
        cells = bare_cells(app, book)
        print(f"median of {TIMES} runs in turn")
        reading(sheet, cells)
        writing(sheet, cells, table)
        scattered(sheet)
    finally:
        app.quit()


if __name__ == "__main__":
    main()
