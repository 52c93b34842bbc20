"""Every verb by its name, and the one door to them: `perform`."""

from __future__ import annotations

from typing import Any, Callable

from . import books, cells, sheets
from .desk import Desk
from .runtime import uno

Verb = Callable[..., Any]

ROOMS = (books, sheets, cells)
VERBS: dict[str, Verb] = {name: verb for room in ROOMS for name, verb in room.VERBS.items()}

_GONE = ("DisposedException", "NoConnectException", "BridgeException")


def perform(desk: Desk, verb: str, arguments: list[Any]) -> Any:
    """Run one verb. Raises ConnectionError where the office or the document is gone, else what the verb raises.

    Errors of UNO become RuntimeError with their text, so that only Python's own exceptions cross to the other side.
    """
    try:
        return VERBS[verb](desk, *arguments)
    except (KeyError, IndexError, ValueError, OSError, NotImplementedError, TypeError):
        raise
    except Exception as error:
        kind = type(error).__name__.rsplit(".", 1)[-1]
        text = str(getattr(error, "Message", "") or error)
        if kind in _GONE or "disposed" in text:
            raise ConnectionError("gone") from error
        raise RuntimeError(f"{kind}: {text}") from error


def batch(desk: Desk, calls: list[tuple[str, list[Any]]]) -> list[Any]:
    """Run several verbs in one round trip; their answers in order."""
    return [perform(desk, verb, arguments) for verb, arguments in calls]


VERBS["batch"] = batch
PEER = uno.getComponentContext
