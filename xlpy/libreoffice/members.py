"""The members of xlwings, and which of them the engine covers: done by a class of ours and held by a test."""

from __future__ import annotations

import inspect
from collections.abc import Collection
from dataclasses import dataclass

from xlwings import base_classes

from xlpy.libreoffice.uncovered import CLASSES, Abstract, abstract_members, is_implemented

# A native object of the office is handed out nowhere: it would lead around everything that is tested.
_NATIVE = {"api", "xl", "_wrap"}


@dataclass(frozen=True, slots=True)
class Member:
    """One member of xlwings; a setter is one of its own. `is_lite`: only xlwings Lite needs it."""

    owner: str
    name: str
    is_setter: bool
    is_lite: bool
    is_covered: bool


def members_table(tested: Collection[str]) -> list[Member]:
    """All members that xlwings leaves to its engines, in its order. `tested`: "Class.member" that tests hold."""
    found = []
    for owner, base in vars(base_classes).items():
        if inspect.isclass(base) and base.__module__ == base_classes.__name__ and not owner.startswith("_"):
            found += [_member(one, tested) for one in abstract_members(owner) if one.name not in _NATIVE]
    return found


def _member(one: Abstract, tested: Collection[str]) -> Member:
    classes = CLASSES.get(one.owner, ())
    is_done = bool(classes) and all(is_implemented(ours, one) for ours in classes)
    is_covered = is_done and one.title in tested
    return Member(one.owner, one.name, one.is_setter, one.is_lite, is_covered)
