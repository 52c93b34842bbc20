"""How long who-checks-whom takes beside what it stands on. Run by hand: python -m tests.benchmarks.bench_assignment.

Ratios within one run matter; the times are this machine's. With --municipality each way of solving 20,000 packs runs in
a process of its own that is ended after XLPY_BENCH_SECONDS. With XLPY_BENCH_SMALL=1 all is small: to see that it runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tests.assignment.core.others import by_cp_sat, by_highs_simplex, by_networkx, told, units, weights
from tests.assignment.core.towns import (
    PAPERS_OF_PACK,
    made_up_school,
    municipality,
    problem_of_school,
    rows_of_school,
    without,
)
from tests.assignment.schools import Rows, read, setting
from xlpy.assignment.assign import assign
from xlpy.assignment.goals import Goal
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.problem import Chosen, Problem, loads
from xlpy.assignment.question import ask
from xlpy.assignment.solve import Solution, solve
from xlpy.tables.settings import PAPERS

SMALL = os.environ.get("XLPY_BENCH_SMALL") == "1"
REPEATS = 2 if SMALL else 5
SCHOOLS = ((24, 30),) if SMALL else ((60, 150), (150, 300))
TOWN: dict[str, int] = {"schools": 4, "teachers": 16, "packs": 20} if SMALL else {}
PATIENCE = float(os.environ.get("XLPY_BENCH_SECONDS", "20" if SMALL else "300"))
GOALS = (Goal.BALANCE, Goal.PREFERENCE)
IMPORT = (
    "import time as t; s = t.perf_counter(); import ortools.graph.python.min_cost_flow; print(t.perf_counter() - s)"
)


def spent(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def best_of(run: Callable[[], object], times: int = REPEATS) -> float:
    return min(spent(run) for _ in range(times))


def show(what: str, seconds: float, beside: float, more: object = "") -> None:
    print(f"{what:52}{seconds * 1000:10.1f} ms{seconds / beside:9.2f} x  {more}", flush=True)


def ours(problem: Problem) -> Chosen:
    return solve(problem, GOALS).chosen


def import_time() -> float:
    """Seconds that a fresh process needs to import the flow solver."""
    told_by = (subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True) for _ in range(REPEATS))
    return min(float(one.stdout) for one in told_by)


def whole_command(teachers: int, packs: int, imported: float) -> None:
    """From tables to the plan, and the parts of it, beside importing the solver."""
    print(f"\nSchool of {teachers} teachers and {packs} packs, from tables to a plan; 1 x = importing the solver")
    rows = rows_of_school(made_up_school(1, teachers, packs))
    tables, settings = read(rows)
    problem = ask(tables, settings, {}).problem
    show("import of the flow solver, fresh process", imported, imported)
    show("whole", best_of(lambda: assign(tables, settings), 2), imported, attained(assign(tables, settings)))
    show("  who may check what", best_of(lambda: ask(tables, settings, {})), imported)
    flow = best_of(lambda: solve(problem, GOALS))
    show("  flow with its proof", flow, imported)
    show("  reciprocity", best_of(lambda: solve(problem, (*GOALS, Goal.RECIPROCITY)), 2) - flow, imported)
    found = solve(problem, GOALS)
    show("  verifying", best_of(lambda: verify_optimal(problem, found.chosen, found.stages)), imported)
    by_papers(rows, imported)


def by_papers(rows: Rows, imported: float) -> None:
    people = [{**row, "paper_limit": row["paper_limit"] * PAPERS_OF_PACK} for row in rows["teachers"]]  # type: ignore[operator]
    unit = [*rows["settings"], setting("Единица нагрузки", PAPERS)]
    tables, settings = read({**rows, "teachers": people, "settings": unit})
    result = assign(tables, settings)
    show("whole, load in papers", spent(lambda: assign(tables, settings)), imported, attained(result))


def attained(result: Any) -> str:
    """What a plan comes to, each with its bound where that is lower."""
    parts = []
    for one in result.attained:
        name = "empty" if one.goal is None else one.goal.value
        parts.append(f"{name} {one.worth}" + ("" if one.proven else f" (bound {one.bound})"))
    return ", ".join(parts)


def side_by_side(teachers: int, packs: int) -> None:
    """The same problem by other solvers; 1 x = ours."""
    problem = problem_of_school(made_up_school(1, teachers, packs), 1)
    print(f"\n{teachers} teachers, {packs} packs, {len(problem.pack)} pairs; 1 x = ours with its proof")
    print("(places filled, Σ load², changes, preference), largest load")
    beside = best_of(lambda: ours(problem))
    for name, method in METHODS.items():
        if name != "bare flow":
            seconds = beside if method is ours else best_of(lambda method=method: method(problem), 2)  # type: ignore[misc]
            show(name, seconds, beside, answer_of(problem, method(problem)))


def answer_of(problem: Problem, chosen: Chosen) -> str:
    return f"{told(problem, chosen)}, {loads(problem, chosen).max()}"


def drop_outs(teachers: int, packs: int) -> None:
    """One teacher in a hundred drops out; 1 x = the first plan."""
    problem = problem_of_school(made_up_school(1, teachers, packs), 1)
    gone = np.random.default_rng(1).choice(teachers, max(1, teachers // 100), replace=False).tolist()
    replanned(problem, gone)


def replanned(problem: Problem, gone: list[int]) -> None:
    first = solve(problem, GOALS)
    beside = best_of(lambda: solve(problem, GOALS), 2)
    again = without(problem, first.chosen, gone)
    lost = int(first.chosen.sum() - again.kept.sum())
    print(f"\n{len(gone)} of {len(problem.room)} people drop out, {lost} places are lost; 1 x = the first plan")
    naive = solve(replace(again, kept=np.zeros_like(again.kept)), GOALS)
    for name, order in (
        ("changes first", (Goal.CHANGES, *GOALS)),
        ("balance first", (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE)),
    ):
        found = solve(again, order)
        show(name, best_of(lambda order=order: solve(again, order), 2), beside, answer_of(again, found.chosen))  # type: ignore[misc]
    print(f"without regard to the plan before: {told(again, naive.chosen)[2]} changes")


def arrays_of(problem: Problem) -> tuple[tuple[np.ndarray, ...], int, int]:
    """The arrays of a bare call: (tails, heads, capacities, costs), the source (the sink is next), the places."""
    pair, unit, _ = weights(problem, GOALS)
    packs, people, whose = len(problem.need), len(problem.room), units(problem)[0]
    source = packs + people
    of_place = np.repeat(np.arange(packs), problem.need)
    tails = np.concatenate([problem.pack, np.full(len(of_place), source), packs + whose]).astype(np.int32)
    heads = np.concatenate([packs + problem.teacher, of_place, np.full(len(whose), source + 1)]).astype(np.int32)
    costs = np.concatenate([pair, np.zeros(len(of_place), dtype=np.int64), unit])
    return (tails, heads, np.ones(len(tails), dtype=np.int64), costs), source, len(of_place)


def bare(problem: Problem) -> Chosen:
    """One call of the flow solver on arrays that lie ready."""
    from ortools.graph.python import min_cost_flow

    arrays, source, places = READY.setdefault(id(problem), arrays_of(problem))
    solver: Any = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(*arrays)
    supplies = np.array([places, -places], dtype=np.int64)
    solver.set_nodes_supplies(np.array([source, source + 1], dtype=np.int32), supplies)
    assert solver.solve_max_flow_with_min_cost() == solver.OPTIMAL
    return np.asarray(solver.flows(arcs[: len(problem.pack)])) > 0


READY: dict[int, tuple[tuple[np.ndarray, ...], int, int]] = {}


def proven(problem: Problem) -> Chosen:
    """Ours from the problem to a plan whose proof was verified."""
    found: Solution = solve(problem, GOALS)
    assert verify_optimal(problem, found.chosen, found.stages) == ()
    return found.chosen


METHODS: dict[str, Callable[[Problem], Chosen]] = {
    "bare flow": bare,
    "ours": ours,
    "networkx network simplex": by_networkx,
    "HiGHS dual simplex": by_highs_simplex,
    "CP-SAT, 2 workers": by_cp_sat,
}
IN_TOWN = {"bare flow": bare, "ours, verified": proven, **dict(list(METHODS.items())[2:])}


def child(name: str) -> None:
    """Solve the municipality one way and print what came of it as JSON."""
    problem = municipality(1, **TOWN)
    if name == "bare flow":
        READY[id(problem)] = arrays_of(problem)
    before = peak()
    start = time.perf_counter()
    chosen = IN_TOWN[name](problem)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "answer": answer_of(problem, chosen), "before": before, "peak": peak()}))


def peak() -> int:
    """Most memory this process has held, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def town() -> None:
    """Every way in a process of its own; 1 x = one bare call of the flow solver on arrays that lie ready."""
    problem = municipality(1, **TOWN)
    print(f"\nMunicipality: {len(problem.room)} teachers, {len(problem.need)} packs, {len(problem.pack)} pairs")
    print(f"1 x = a bare flow; each way is ended after {PATIENCE:.0f} s")
    beside = 0.0
    for name in IN_TOWN:
        command = [sys.executable, "-m", "tests.benchmarks.bench_assignment", "--child", name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            print(f"{name:52} ended after {PATIENCE:.0f} s, {PATIENCE / beside:.0f} x and more", flush=True)
            continue
        if done.returncode:
            print(f"{name:52} {done.stderr.strip().splitlines()[-1]}", flush=True)
            continue
        answer = json.loads(done.stdout)
        beside = beside or answer["seconds"]
        memory = f"{answer['answer']}, peak {answer['peak']} MB ({answer['before']} MB before)"
        show(name, answer["seconds"], beside, memory)
    replanned(problem, np.random.default_rng(1).choice(len(problem.room), len(problem.room) // 100, False).tolist())


def main() -> None:
    if "--child" in sys.argv:
        child(sys.argv[-1])
        return
    imported = import_time()
    for size in SCHOOLS:
        whole_command(*size, imported)
        side_by_side(*size)
        drop_outs(*size)
    if "--municipality" in sys.argv:
        town()


if __name__ == "__main__":
    main()
