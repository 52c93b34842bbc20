"""How long who-checks-whom takes beside what it stands on. Run by hand: python -m tests.benchmarks.bench_assignment.

Ratios within one run matter; the times are this machine's.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

from tests.assignment.schools import Rows, papers, read, school, setting, teacher, teaches, work
from xlpy.tables.settings import PACKS, PAPERS

SUBJECTS = ("Русский язык", "Математика", "История", "Биология", "География", "Физика")
REPEATS = 5
IMPORT = (
    "import time as t; s = t.perf_counter(); import ortools.graph.python.min_cost_flow; print(t.perf_counter() - s)"
)


def best_of(run: Callable[[], object]) -> float:
    spent = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return min(spent)


def made_up_school(classes: int, teachers: int, unit: str) -> Rows:
    """Every class writes four works; every teacher has one or two subjects and teaches some classes."""
    chance = random.Random(1)
    names = [f"Учитель {number:03}" for number in range(teachers)]
    subjects = {
        name: [SUBJECTS[n % len(SUBJECTS)], *chance.sample(SUBJECTS, chance.random() < 0.2)]
        for n, name in enumerate(names)
    }
    forms = [f"{5 + number // 6}{'АБВГДЕ'[number % 6]}" for number in range(classes)]
    works = [(form, subject) for form in forms for subject in SUBJECTS[:4]]
    loads = [
        teaches(chance.choice([name for name in names if subjects[name][0] == subject]), form, subject)
        for form, subject in works
    ]
    return school(
        [teacher(name, "; ".join(dict.fromkeys(subjects[name]))) for name in names],
        [work(form, subject, number % 20) for number, (form, subject) in enumerate(works)],
        each=2,
        workload=loads,
        results=[row for form, subject in works for row in papers(form, subject, chance.randint(20, 30))],
        settings=[setting("Единица нагрузки", unit)],
    )


def show(what: str, seconds: float, beside: float) -> None:
    print(f"{what:58}{seconds * 1000:10.1f} ms{seconds / beside:8.2f} x")


def school_plan(classes: int, teachers: int, unit: str, beside: float) -> None:
    from xlpy.assignment.assign import assign

    tables, settings = read(made_up_school(classes, teachers, unit))
    what = f"{classes} classes, {teachers} teachers, 2 checkers, load in {unit}"
    show(what, best_of(lambda: assign(tables, settings)), beside)


def municipality() -> None:
    from xlpy.assignment.flow import fill_evenly
    from xlpy.assignment.problem import Problem, loads
    from xlpy.assignment.shortage import find_rivals

    chance = np.random.default_rng(1)
    packs, teachers, degree = 20_000, 5_000, 58
    pack = np.repeat(np.arange(packs), degree)
    pairs = np.unique(pack * teachers + chance.integers(0, teachers, len(pack)))
    problem = Problem(
        need=np.full(packs, 2),
        weight=np.ones(packs, dtype=np.int64),
        room=np.full(teachers, 16),
        load=np.zeros(teachers, dtype=np.int64),
        pack=pairs // teachers,
        teacher=pairs % teachers,
        cost=chance.integers(0, 15, len(pairs)),
    )
    start = time.perf_counter()
    chosen = fill_evenly(problem)
    solved = time.perf_counter()
    find_rivals(problem, chosen)
    told = time.perf_counter()
    print(f"{packs} packs, {teachers} teachers, {len(pairs)} pairs:")
    print(f"flow {solved - start:.2f} s, diagnosis {told - solved:.2f} s")
    print(f"largest load {loads(problem, chosen).max()}, mean {2 * packs / teachers:.1f}")


def main() -> None:
    imported = min(
        float(subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True).stdout)
        for _ in range(REPEATS)
    )
    show("import of the flow solver", imported, imported)
    school_plan(25, 45, PACKS, imported)
    school_plan(40, 60, PACKS, imported)
    school_plan(25, 45, PAPERS, imported)
    municipality()


if __name__ == "__main__":
    main()
