"""All rules on 20,000 results against reading them, in one run: `python -m tests.benchmarks.bench_checks`.

Reading is the closed file's tables with their formulas and errors, typed. Both are the best of several.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.big_book import PAPERS
from tests.checks.school import Rows, legal_school
from xlpy.checks.run import run_checks
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.settings import read_settings
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook

TIMES = 5
LETTERS = "АБВГДЕЖИКЛМНПРСТУФХЦЧШЩЭЮЯ"
PUPILS_OF_CLASS = 25
TODAY = date(2021, 4, 1)


def large_school() -> Rows:
    """Rows of grades 4–8 with real scales and tasks, 25 pupils a class, as many classes as 20,000 papers need."""
    shipped = {key: _shipped(key) for key in ("scales", "tasks")}
    counts = Counter((row["grade"], row["subject"]) for row in shipped["tasks"] if row["year"] == "2020/21")
    works = sorted(work for work in counts if 4 <= work[0] <= 8)
    rows = legal_school() | shipped
    for key in ("classes", "participants", "schedule", "results", "workload", "checkers", "rechecks", "visits"):
        rows[key] = []
    for letter in LETTERS:
        for grade in range(4, 9):
            _add_class(rows, grade, letter, [(s, int(counts[g, s])) for g, s in works if g == grade])
            if len(rows["results"]) >= PAPERS:
                return rows
    return rows


def _shipped(key: str) -> list[dict[str, object]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"
        path.write_bytes(build_workbook())
        table = read_tables(ClosedWorkbook(path).read_tables(schema.SHEETS))[key]
    frame = table.frame.astype(object).where(table.frame.notna(), None)
    return frame.to_dict("records")  # type: ignore[return-value]


def _add_class(rows: Rows, grade: int, letter: str, works: list[tuple[str, int]]) -> None:
    name, first = f"{grade}{letter}", LETTERS.index(letter) * PUPILS_OF_CLASS + 1
    codes = [f"{grade}{first + n:04d}" for n in range(PUPILS_OF_CLASS)]
    rows["classes"].append({"school_class": name, "grade": float(grade), "pupils": float(PUPILS_OF_CLASS)})
    rows["participants"] += [{"code": code, "school_class": name, "pupil": f"Ученик {code}"} for code in codes]
    for subject, tasks in works:
        rows["schedule"].append({"date": date(2021, 3, 16), "school_class": name, "subject": subject})
        for number, code in enumerate(codes):
            paper = {"code": code, "school_class": name, "subject": subject, "variant": 1.0, "journal_mark": 4.0}
            typed = ("X", 1.0, 0.0, 1.0, "x") if number % 7 == 0 else (1.0, 0.0)
            rows["results"].append(paper | {f"task_{n}": typed[n % len(typed)] for n in range(1, tasks + 1)})


def best(action: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def read(path: Path) -> dict[str, Table]:
    """Every table of the file, typed."""
    return read_tables(ClosedWorkbook(path).read_tables(schema.SHEETS))


def write_large_book(path: Path) -> None:
    """Write the workbook with 20,000 papers."""
    path.write_bytes(build_workbook())
    book, rows = ClosedWorkbook(path), large_school()
    for sheet in schema.SHEETS:
        book.write_table(sheet, rows.get(sheet.key, []))
    path.write_bytes(book.patched())


def _peak() -> str:
    """Most memory this process has held. The kernel's usage figures would also count the parent's."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("VmHWM")), "unknown here")


def measure(path: Path) -> None:
    """Print both times, their ratio and the peak of memory of a process that only reads and checks."""
    tables = read(path)
    settings = read_settings(tables["settings"])
    findings = run_checks(tables, settings, TODAY)
    print(f"peak memory {_peak()}")
    reading, checking = best(lambda: read(path)), best(lambda: run_checks(tables, settings, TODAY))
    print(f"papers {len(tables['results'].frame)}, findings {len(findings)}, {len({f.code for f in findings})} codes")
    print(f"reading {reading:.2f} s, all rules {checking:.2f} s, ratio {checking / reading:.2f} (promised ≤ 3)")


def main() -> None:
    """Write the workbook, then measure in a process of its own."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsm"
        write_large_book(path)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_checks", str(path)], check=True)


if __name__ == "__main__":
    main()
