"""A watch driven by a script instead of the clock: each deed is done when the one before has been told of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from xlpy import watching
from xlpy.actions import Stamp
from xlpy.watching import Run

Deed = Callable[[], object]

MOMENT = datetime(2021, 4, 20, 10, 15)
# Far more looks than any deed needs: a watch that misses one ends, and its test fails.
_MOST_LOOKS = 60


def refuse_to_log(error: BaseException) -> Path:
    raise AssertionError(error) from error


def watched(book: Path, deeds: Sequence[Deed] = ()) -> list[Run]:
    """Watch `book`, doing the next deed after each run; return the runs, the first being that of the start."""
    runs: list[Run] = []
    waiting, looks = list(deeds), 0

    def wait() -> None:
        nonlocal looks
        looks += 1
        if len(runs) > len(deeds) - len(waiting):
            if not waiting:
                raise KeyboardInterrupt
            waiting.pop(0)()
            looks = 0
        if looks > _MOST_LOOKS:
            raise KeyboardInterrupt

    watching.watch(book, lambda: Stamp(MOMENT, "тест"), runs.append, refuse_to_log, wait)
    return runs
