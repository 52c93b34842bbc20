"""Checking between schools beside a bare flow. Run by hand: python -m tests.benchmarks.bench_region.

XLPY_BENCH_QUICK=1 makes everything small. Ratios within one run matter; the times are this machine's. Each part runs in
a process of its own, whose peak memory the system tells.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.benchmarks.region_instance import Tables, columns_of, municipality

QUICK = bool(os.environ.get("XLPY_BENCH_QUICK"))
SIZE = {"schools": 8, "packs": 40, "people": 24} if QUICK else {"schools": 80, "packs": 250, "people": 62}
# Ten of full size are a region: 50,000 people, 200,000 packs.
COUNTS = (1, 2) if QUICK else (1, 2, 4, 10)
REPEATS = 1 if QUICK else 3


def peak_megabytes() -> float:
    """Peak memory of this process; none where the system does not tell it so."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform == "linux" else 1024 * 1024)


def tables() -> Tables:
    return municipality(**SIZE)


def save_arrays(path: Path) -> int:
    """The arrays by which the bare flow is asked: those of the product's own first plan."""
    from xlpy.assignment.goals import Goal
    from xlpy.assignment.network import build, multipliers, weighed
    from xlpy.region.plan import plan_columns

    goals = (Goal.BALANCE, Goal.PREFERENCE)
    problem = plan_columns(columns_of(tables())).problem
    network = build(problem)
    factors = multipliers(network, goals) or ()
    np.savez(
        path,
        tail=network.tail.astype(np.int32),
        head=network.head.astype(np.int32),
        room=network.high,
        cost=weighed(network, goals, factors),
        ends=np.array([network.source, problem.need.sum()]),
    )
    return len(problem.pack)


def bare(path: Path) -> None:
    """The flow and nothing else: arrays in, flows out."""
    from ortools.graph.python import min_cost_flow

    loaded = np.load(path)
    tail, head, room, cost = (loaded[key] for key in ("tail", "head", "room", "cost"))
    source, places = loaded["ends"].tolist()
    start = time.perf_counter()
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    solver.set_nodes_supplies(np.array([source, source + 1], dtype=np.int32), np.array([places, -places]))
    assert solver.solve() == solver.OPTIMAL
    solver.flows(arcs)
    print(time.perf_counter() - start, peak_megabytes())


def whole() -> None:
    """From the tables to a plan whose proof has been checked."""
    from ortools.graph.python import min_cost_flow  # noqa: F401 - both parts are measured with the solver loaded

    from xlpy.assignment.optimality import verify_optimal
    from xlpy.region.plan import plan_columns

    made = tables()
    start = time.perf_counter()
    columns = columns_of(made)
    answer = plan_columns(columns)
    assert not verify_optimal(answer.problem, answer.solution.chosen, answer.solution.stages)
    print(time.perf_counter() - start, peak_megabytes())


def child(*words: object) -> list[float]:
    """Run one part in a process of its own; its figures."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_region", *map(str, words)]
    ran = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return [float(figure) for figure in ran.stdout.split()]


def beside_a_bare_flow() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "arrays.npz"
        (pairs,) = child("arrays", path)
        runs = [(child("bare", path), child("whole")) for _ in range(REPEATS)]
    (flow, flow_peak), (all_of_it, peak) = (min(run[at] for run in runs) for at in (0, 1))
    print(f"{SIZE['schools'] * SIZE['people']} people, {SIZE['schools'] * SIZE['packs']} packs, {pairs:.0f} pairs")
    print(f"bare SimpleMinCostFlow{'':28}{flow:8.2f} s{flow_peak:8.0f} MB")
    print(f"from tables to a checked proof{'':20}{all_of_it:8.2f} s{peak:8.0f} MB")
    print(f"ratio{'':45}{all_of_it / flow:8.2f} x{peak / flow_peak:8.2f} x")


def plan_again() -> None:
    """One person of a hundred drops out: fewest changes first, then balance first."""
    from xlpy.assignment.goals import Goal, changes_first
    from xlpy.assignment.problem import loads
    from xlpy.region.arrays import NamedPairs
    from xlpy.region.plan import ORDER, plan_columns

    columns = columns_of(tables())
    start = time.perf_counter()
    first = plan_columns(columns)
    spent = time.perf_counter() - start
    before = NamedPairs(first.problem.pack[first.chosen], first.problem.teacher[first.chosen])
    people = len(columns.people.school)
    gone = np.sort(np.random.default_rng(1).choice(people, max(1, people // 100), replace=False))
    room = columns.people.room.copy()
    room[gone] = 0
    later = replace(columns, people=replace(columns.people, room=room), before=before)
    forced = int(np.isin(before.person, gone).sum())
    print(f"first plan{'':40}{spent:8.2f} s")
    for name, order in (("changes first", changes_first(ORDER)), ("balance first", ORDER)):
        start = time.perf_counter()
        again = plan_columns(later, order)
        now = time.perf_counter() - start
        new = next(one.worth for one in again.attained if one.goal is Goal.CHANGES)
        most = int(loads(again.problem, again.chosen).max())
        print(f"again, {name:20}{'':23}{now:8.2f} s{now / spent:8.2f} x  new {new} (forced {forced}), most {most}")


def growth() -> None:
    """Municipalities one by one: the time of each should not depend on how many there are."""
    from xlpy.region.plan import plan_columns

    each = 0.0
    for count in COUNTS:
        start = time.perf_counter()
        for number in range(count):
            plan_columns(columns_of(municipality(**SIZE, seed=number + 1)))
        spent = time.perf_counter() - start
        each = each or spent
        print(f"{count} municipalities{'':34}{spent:8.2f} s{spent / count / each:8.2f} x of one, each")


def main() -> None:
    part, *rest = sys.argv[1:] or [""]
    if part == "arrays":
        print(save_arrays(Path(rest[0])))
    elif part == "bare":
        bare(Path(rest[0]))
    elif part == "whole":
        whole()
    else:
        beside_a_bare_flow()
        plan_again()
        growth()


if __name__ == "__main__":
    main()
