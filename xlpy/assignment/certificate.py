"""The proof of a plan as plain data that can lie in a file: what was asked, the plan, the dual values, a digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import takewhile
from operator import index
from typing import Any

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.network import SEPARABLE
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.problem import Chosen, Problem, Whole, filled
from xlpy.assignment.solve import Solution
from xlpy.assignment.stage import Stage
from xlpy.assignment.worth import worth_of

FORMAT = 1
PER_PACK = ("need", "weight")
PER_PERSON = ("room", "load", "price")
PER_PAIR = ("pack", "teacher", "cost", "kept", "group")
OWNERS = ("owner_pack", "owner_teacher")

# Plain JSON: numbers, names, lists, dicts.
Certificate = dict[str, Any]


def certificate_of(problem: Problem, solution: Solution, packs: Sequence[str], people: Sequence[str]) -> Certificate:
    """Return the proof of a plan; `packs` and `people` are their names, in the problem's order."""
    fields = (*PER_PACK, *PER_PERSON, *PER_PAIR, *OWNERS)
    return {
        "format": FORMAT,
        "packs": list(packs),
        "people": list(people),
        "problem": {name: getattr(problem, name).tolist() for name in fields},
        "plan": np.flatnonzero(solution.chosen).tolist(),
        "stages": [
            {
                "goals": [goal.value for goal in stage.goals],
                "factors": list(stage.factors),
                "potential": stage.potential.tolist(),
            }
            for stage in solution.stages
        ],
        "attained": [
            {"goal": one.goal.value if one.goal else "places", "worth": one.worth, "bound": one.bound}
            for one in solution.attained
        ],
    }


def digest_of(certificate: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a proof, the same whatever way its file is laid out."""
    plain = json.dumps(certificate, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def verify_proof(certificate: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what fails in a proof that was read from a file, nothing where its plan is feasible and best.

    A file that is no proof fails as "format"; never raises.
    """
    try:
        problem, chosen, stages = _read(certificate)
        return (
            *verify_optimal(problem, chosen, stages),
            *_overclaimed(certificate["attained"], problem, chosen, stages),
        )
    except (KeyError, ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ("format",)


def _overclaimed(
    attained: Sequence[Mapping[str, Any]], problem: Problem, chosen: Chosen, stages: Sequence[Stage]
) -> list[str]:
    """Goals whose worth is not the plan's, or that are said to be proven although no stage of a flow proves them.

    What a search has shown (papers, reciprocity) rests on the search: it has no dual values.
    """
    claimed = [None if one["goal"] == "places" else Goal(one["goal"]) for one in attained]
    # Without any pair there is one plan.
    by_stages = problem.is_unit and len(problem.pack) > 0
    by_flow = list(takewhile(lambda goal: goal in SEPARABLE, claimed[1:]))
    shown = [goal for stage in stages for goal in stage.goals]
    first = [Goal.BREADTH] if (filled(problem, chosen) < problem.reachable).any() else []
    faults = [] if not by_stages or shown[: len(first)] == first else ["breadth"]
    proven_here = shown[len(first) :]
    for one, goal in zip(attained, claimed, strict=True):
        proven = one["bound"] is not None and one["bound"] >= one["worth"]
        unshown = proven and by_stages and goal in by_flow and goal not in proven_here
        if unshown or one["worth"] != worth_of(problem, chosen, goal):
            faults.append(f"attained {one['goal']}")
    ordered = [goal for goal in claimed[1:] if goal in proven_here]
    if proven_here != ordered:
        faults.append("order")
    return faults


def plan_of(certificate: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return who checks what by the names in the proof, people in its order; packs without people are left out."""
    found: dict[str, tuple[str, ...]] = {}
    problem = certificate["problem"]
    for at in certificate["plan"]:
        pack, person = certificate["packs"][problem["pack"][at]], certificate["people"][problem["teacher"][at]]
        found[pack] = (*found.get(pack, ()), person)
    return found


def _read(certificate: Mapping[str, Any]) -> tuple[Problem, Chosen, tuple[Stage, ...]]:
    if certificate["format"] != FORMAT:
        raise ValueError(f"format {certificate['format']!r}")
    arrays = {
        name: np.array(found, dtype=np.bool_) if name == "kept" else _whole(found)
        for name, found in certificate["problem"].items()
    }
    problem = Problem(**arrays)  # type: ignore[arg-type]
    chosen = np.zeros(len(problem.pack), dtype=np.bool_)
    chosen[certificate["plan"]] = True
    stages = tuple(
        Stage(tuple(map(Goal, stage["goals"])), tuple(map(index, stage["factors"])), _whole(stage["potential"]))
        for stage in certificate["stages"]
    )
    return problem, chosen, stages


def _whole(numbers: Sequence[Any]) -> Whole:
    """The numbers as they are; TypeError where one is not whole: a NaN would pass every comparison."""
    return np.array([index(number) for number in numbers], dtype=np.int64)
