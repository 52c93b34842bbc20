"""`python tests/benchmarks/bench_forms.py`: teachers' forms written beside openpyxl, collected beside bare calamine.

Both in one run, medians of rounds in turn. First what both write is compared, cell by cell and rule by rule; then what
is read of the filled forms must be all that was typed, or nothing is measured. XLPY_BENCH_SMALL=1: to see that it runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.benchmarks.forms_writing import contents, openpyxl_form, prepare, school_forms, seconds_to_write
from xlpy.collected.pause import no_cycles_sought
from xlpy.disk import move_exclusively, write_beside
from xlpy.exchange.forms.cells import judge
from xlpy.exchange.forms.form import TeacherForm
from xlpy.exchange.forms.recognise import recognise
from xlpy.exchange.forms.write import write_form
from xlpy.workbook.anybook import read_any_book
from xlpy.workbook.formfiles import FoundFile, found_files

ROOT = Path(__file__).resolve().parents[2]
SMALL = os.environ.get("XLPY_BENCH_SMALL") == "1"
FORMS = int(os.environ.get("XLPY_BENCH_FORMS", "6" if SMALL else "100"))
ROUNDS = 1 if SMALL else 7
CLASSES = "2" if SMALL else "18"
TODAY = "2021-04-01"


def filled(form: TeacherForm, rng: Random) -> TeacherForm:
    """The form with points, a variant or an absence in every row."""
    typed: dict[tuple[str, str], str | int] = {}
    for row in form.rows:
        if rng.random() < 0.08:
            typed[row.code, "variant"] = "отсутствовал"
            continue
        typed[row.code, "variant"] = rng.randint(1, 2)
        for task in form.tasks:
            typed[row.code, task.key] = "X" if rng.random() < 0.05 else rng.randint(0, task.maximum)
    return replace(form, typed=typed)


def as_handed_out(make: Callable[[TeacherForm], bytes], forms: Sequence[TeacherForm], folder: Path) -> float:
    """Seconds to put these forms into files as handing out does: flushed to the disk, then given their names."""
    started = time.perf_counter()
    for number, form in enumerate(forms):
        path = folder / f"{number}.xlsx"
        move_exclusively(write_beside(path, make(form)), path)
    return time.perf_counter() - started


def timed(work: Callable[[Path], object], folder: Path) -> float:
    """Seconds of one run."""
    started = time.perf_counter()
    work(folder)
    return time.perf_counter() - started


def bare(folder: Path) -> int:
    """All sheets of all files as calamine gives them."""
    count = 0
    for path in sorted(folder.iterdir()):
        book = CalamineWorkbook.from_path(str(path))
        count += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return count


def collected(folder: Path, forms: Sequence[TeacherForm]) -> int:
    """Files found, read, recognised and judged; how many cells are certain."""
    with no_cycles_sought():
        by_number = {form.identity.number: (form, [row.code for row in form.rows]) for form in forms}
        count = 0
        for found in found_files(folder):
            if not isinstance(found, FoundFile):
                raise SystemExit(f"not read: {found.name}")
            for grid in recognise(read_any_book(found.data, found.name), found.name).grids:
                if grid.identity is None:
                    raise SystemExit(f"not recognised: {found.name}")
                form, codes = by_number[grid.identity.number]
                judged = judge(grid, form.tasks, codes, form.identity.year)
                count += sum(len(row.cells) for row in judged.rows.values())
    return count


def measure_writing(forms: Sequence[TeacherForm], root: Path) -> None:
    """Compare what both write, then time them in turn."""
    prepare(forms)
    for form in forms[: 3 if SMALL else 10]:
        if contents(write_form(form)) != contents(openpyxl_form(form)):
            raise SystemExit(f"forms differ: {form.identity}")
    ways = {"written plainly": seconds_to_write, "as handed out (flushed)": as_handed_out}
    took: dict[str, tuple[list[float], list[float]]] = {way: ([], []) for way in ways}
    for number in range(ROUNDS):
        for way, put in ways.items():
            for make, seconds in zip((write_form, openpyxl_form), took[way], strict=True):
                folder = root / f"{number}"
                folder.mkdir()
                seconds.append(put(make, forms, folder))
                shutil.rmtree(folder)
    for way, (ours, theirs) in took.items():
        one, other = median(ours), median(theirs)
        print(f"{way:24} xlpy {one:6.3f} s, openpyxl {other:6.3f} s: {other / one:5.1f} times faster (promised 10)")


def measure_collecting(forms: Sequence[TeacherForm], root: Path) -> None:
    """Fill the forms, save them by openpyxl as another program does, time the reading in turn."""
    rng, folder, cells = Random(3), root / "filled", 0
    folder.mkdir()
    for number, form in enumerate(forms):
        one = filled(form, rng)
        cells += len(one.typed)
        load_workbook(BytesIO(write_form(one))).save(folder / f"{number:03}.xlsx")
    if collected(folder, forms) != cells:
        raise SystemExit("not all that was typed is read: nothing measured")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(timed(bare, folder))
        ours.append(timed(lambda place: collected(place, forms), folder))
    ratio = median(ours) / median(theirs)
    print(f"read, {cells} typed cells: calamine, bare, all sheets {median(theirs):6.3f} s")
    print(f"found, recognised, judged     xlpy {median(ours):6.3f} s: {ratio:5.2f} times as long (promised 2)")


def whole_commands(root: Path) -> None:
    """Say what the whole commands take on a made-up school, with starting Python, reading and writing the book."""
    school, out = root / "school", root / "forms"
    subprocess.run(_words("demo", school, "--classes", CLASSES, "--clean"), check=True, cwd=ROOT, capture_output=True)
    book = school / "vpr_workbook.xlsm"
    for name, words in (("forms", ("forms", book, "--out", out)), ("collect", ("collect", book, out))):
        run = _words(*words, "--today", TODAY)
        started = time.perf_counter()
        subprocess.run(run, check=False, cwd=ROOT, capture_output=True)
        took = time.perf_counter() - started
        print(f"for information: xlpy {name}, {len(list(out.rglob('*.xlsx')))} forms, whole command {took:5.2f} s")


def _words(*words: object) -> list[str]:
    return [sys.executable, "-m", "xlpy", *map(str, words)]


def main() -> None:
    """Measure writing and collecting, print the ratios."""
    forms = school_forms(FORMS)
    papers = sum(len(form.rows) for form in forms)
    print(f"{len(forms)} forms, {papers} papers; medians of {ROUNDS} rounds in turn")
    with tempfile.TemporaryDirectory() as folder:
        measure_writing(forms, Path(folder))
        measure_collecting(forms, Path(folder))
        whole_commands(Path(folder))


if __name__ == "__main__":
    main()
