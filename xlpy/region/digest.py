"""What tells one proven plan of a municipality from another."""

from __future__ import annotations

import hashlib

import numpy as np

from xlpy.assignment.problem import Problem
from xlpy.assignment.solve import Solution


def digest_of(problem: Problem, solution: Solution) -> str:
    """Return the SHA-256 of a problem, its plan and the dual values: the same plan and proof have the same one."""
    digest = hashlib.sha256()
    for whole in (
        problem.need,
        problem.room,
        problem.pack,
        problem.teacher,
        problem.cost,
        problem.kept,
        solution.chosen,
    ):
        digest.update(np.ascontiguousarray(whole).astype("<i8").tobytes())
    for stage in solution.stages:
        digest.update(repr((tuple(goal.value for goal in stage.goals), stage.factors)).encode())
        digest.update(stage.potential.astype("<i8").tobytes())
    return digest.hexdigest()
