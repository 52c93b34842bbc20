"""Every verb by its name, and the one door to them: `perform`."""

from __future__ import annotations

from typing import Any, Callable

from . import (
    books,
    carrying,
    cells,
    edits,
    fills,
    filters,
    looks,
    macros,
    names,
    notes,
    pages,
    panels,
    places,
    regions,
    scattered,
    shapes,
    sheets,
    sizes,
    surveys,
    tables,
    texts,
    undo,
    validations,
    views,
    windows,
)
from .desk import Desk
from .runtime import uno

Verb = Callable[..., Any]

ROOMS = (
    books,
    sheets,
    cells,
    looks,
    names,
    notes,
    pages,
    views,
    windows,
    undo,
    macros,
    surveys,
    carrying,
    tables,
    panels,
    edits,
    places,
    regions,
    scattered,
    sizes,
    texts,
    shapes,
    validations,
    filters,
    fills,
)
VERBS: dict[str, Verb] = {name: verb for room in ROOMS for name, verb in room.VERBS.items()}

_CROSSING = (KeyError, IndexError, ValueError, OSError, NotImplementedError, TypeError)


def perform(desk: Desk, verb: str, arguments: list[Any]) -> Any:
    """Run one verb. Raises ConnectionError where office, document or sheet is gone, else what the verb raises.

    Errors of UNO become RuntimeError with their text, so that only Python's own exceptions cross to the other side.
    """
    try:
        return VERBS[verb](desk, *arguments)
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        loss = desk.loss([one for one in arguments if type(one) is int])
        if loss:
            raise ConnectionError(loss) from error
        if isinstance(error, _CROSSING):
            raise
        kind = type(error).__name__.rsplit(".", 1)[-1]
        raise RuntimeError(f"{kind}: {getattr(error, 'Message', '') or error}") from error


def batch(desk: Desk, calls: list[tuple[str, list[Any]]]) -> list[Any]:
    """Run several verbs in one round trip; their answers in order."""
    return [perform(desk, verb, arguments) for verb, arguments in calls]


VERBS["batch"] = batch
PEER = uno.getComponentContext
