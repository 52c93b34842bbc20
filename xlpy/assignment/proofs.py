"""Whether a stored proof still speaks of the plan on the sheet, and what it says, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from xlpy.assignment.certificate import PER_PACK, PER_PERSON, plan_of, verify_proof
from xlpy.assignment.packs import own_people
from xlpy.assignment.question import Question, ask, pack_name, pack_names
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings
from xlpy.words import assignment as words

ASKED = (*PER_PACK, *PER_PERSON, "pack", "teacher", "group")


def still_holds(proof: Mapping[str, Any], tables: Mapping[str, Table], settings: Settings) -> bool:
    """Whether a proof is sound, its plan is the one on «Проверяющие», and the same people may still check the same.

    What was pinned since does not matter: the plan did not change by it. Never raises, whatever the file holds.
    """
    if verify_proof(proof):
        return False
    pinned = proof.get("pinned")
    if not isinstance(pinned, dict) or proof_plan(proof, pinned) != plan_on_sheet(tables["checkers"]):
        return False
    then = _pinned_as_then(tables["checkers"], frozenset(pinned))
    return _same_question(proof, ask({**tables, "checkers": then}, settings, {}))


def proof_plan(proof: Mapping[str, Any], pinned: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Pack → its people, by the proof; packs without people are left out."""
    found = {**plan_of(proof), **pinned}
    return {pack: frozenset(people) for pack, people in found.items() if people}


def plan_on_sheet(checkers: Table) -> dict[str, frozenset[str]]:
    """Pack → its people, by the sheet; rows without people are left out."""
    frame = checkers.frame
    columns = (frame[key] for key in ("school_class", "subject", "checker", "second_checker"))
    found = {
        pack_name((school_class, subject)): frozenset(own_people(names))
        for school_class, subject, *names in zip(*columns, strict=True)
    }
    return {pack: people for pack, people in found.items() if people}


def _pinned_as_then(checkers: Table, pinned: frozenset[str]) -> Table:
    frame = checkers.frame.copy()
    works = zip(frame["school_class"], frame["subject"], strict=True)
    frame["pinned"] = [schema.YES if pack_name(work) in pinned else schema.NO for work in works]
    return replace(checkers, frame=frame)


def _same_question(proof: Mapping[str, Any], question: Question) -> bool:
    if proof["packs"] != pack_names(question) or proof["people"] != list(question.facts.teachers):
        return False
    return all(np.array_equal(proof["problem"][name], getattr(question.problem, name)) for name in ASKED)


def proof_lines(proof: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a proof proves, and what it leaves open, a sentence for each goal."""
    lines = []
    for one in proof["attained"]:
        name, worth, bound = words.GOAL_NAMES[one["goal"]], one["worth"], one["bound"]
        if bound is None:
            lines.append(words.GAP_UNKNOWN.format(goal=name, worth=worth))
        elif bound >= worth:
            lines.append(words.PROVEN.format(goal=name, worth=worth))
        else:
            lines.append(words.GAP.format(goal=name, worth=worth, bound=bound))
    return tuple(f"{words.opened(line)}." for line in lines)
