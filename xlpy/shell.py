"""What every shell of the actions needs, the command line's and the buttons': the clock, the hand, the log."""

from __future__ import annotations

import getpass
import logging
import os
from datetime import date, datetime, time
from pathlib import Path

from xlpy.actions import Stamp


def stamp_of(today: date | None) -> Stamp:
    """The moment of an action: now, or the start of the day the user fixed."""
    now = datetime.now()  # noqa: DTZ005 - a workbook holds the clock on the wall
    moment = now.replace(microsecond=0) if today is None else datetime.combine(today, time())
    try:
        person = getpass.getuser()
    except (OSError, KeyError, ImportError):
        person = os.environ.get("USERNAME", "")
    return Stamp(moment, person)


def log_failure(error: BaseException) -> Path:
    """Write the traceback of an unexpected error into the log file; return its path."""
    from platformdirs import user_log_path

    folder = user_log_path("xlpy", appauthor=False, ensure_exists=True)
    path = folder / "xlpy.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("xlpy")
    logger.addHandler(handler)
    logger.propagate = False
    logger.error("unexpected", exc_info=error)
    logger.removeHandler(handler)
    handler.close()
    return path
