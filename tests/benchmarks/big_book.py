"""The workbook that the benchmarks read and write: the shipped one with 20,000 results, as a large school has."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

# The README's test runs the scripts on a small book: there only that they run is looked at.
PAPERS = int(os.environ.get("XLPY_BENCH_PAPERS", "20000"))
SUBJECTS = ("Математика", "Русский язык", "История", "Биология", "География", "Физика", "Химия", "Обществознание")


def result_rows(papers: int, seed: int) -> list[dict[str, object]]:
    """Rows of «Результаты»: 14 tasks typed, some not attempted, some pupils absent."""
    from xlpy.tables import schema

    rng = random.Random(seed)
    rows = []
    for number in range(papers):
        pupil, subject = divmod(number, len(SUBJECTS))
        row: dict[str, object] = {
            "code": f"{5 + pupil % 4}{pupil % 10_000:04d}",
            "school_class": f"{5 + pupil % 4}{'АБВГДЕ'[pupil // 4 % 6]}",
            "subject": SUBJECTS[subject],
            "variant": schema.ABSENT if rng.random() < 0.07 else 1 + number % 2,
            "journal_mark": rng.randint(2, 5),
        }
        if row["variant"] != schema.ABSENT:
            row |= {f"task_{task}": "X" if rng.random() < 0.06 else rng.randint(0, 2) for task in range(1, 15)}
        rows.append(row)
    return rows


def make(path: Path, papers: int = PAPERS, seed: int = 1) -> Path:
    """Build the workbook and fill it through the door."""
    from xlpy.tables import schema
    from xlpy.workbook.builder.build import build_workbook
    from xlpy.workbook.closed import ClosedWorkbook

    path.write_bytes(build_workbook())
    book = ClosedWorkbook(path, copies=1)
    book.write_table(schema.RESULTS, result_rows(papers, seed))
    book.save()
    return path


def measured(work: Callable[[Path], object], path: Path, times: int) -> float:
    """Shortest seconds of `times` runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work(path)
        found.append(time.perf_counter() - start)
    return min(found)


def peak_of(script: str, verb: str, path: Path) -> int:
    """Peak memory (MB) of one run of a benchmark's verb in a process of its own."""
    out = subprocess.run([sys.executable, script, verb, str(path)], check=True, capture_output=True, text=True)
    return int(out.stdout.split()[-1])


def print_peak() -> None:
    """Say this process's peak memory in MB; on Linux from /proc, for getrusage there counts the parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        print(int(peak.split()[1]) // 1024)
    else:
        import resource

        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024))
