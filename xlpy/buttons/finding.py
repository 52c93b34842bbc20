"""The open workbook, found among everything that Excel and LibreOffice have open."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from xlpy.errors import HostError, InputError
from xlpy.words import panel

if TYPE_CHECKING:
    from xlpy.workbook.live.xlbook import LiveWorkbook

# xlwings takes these in while it is imported, for values and pictures that no button hands to it: one second of
# waiting before the user sees anything.
_HEAVY = ("numpy", "pandas", "matplotlib", "PIL")


def load_xlwings() -> ModuleType:
    """Import xlwings, without its heavy companions unless they are there already, and with our engine."""
    held_back = [name for name in _HEAVY if name not in sys.modules]
    for name in held_back:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        xlwings = importlib.import_module("xlwings")
    finally:
        for name in held_back:
            del sys.modules[name]
    from xlpy.libreoffice import register

    register()
    return xlwings


def find_book(address: str) -> Any:
    """Return the open workbook of that path or file address. Raises HostError where it is not open, or nothing is."""
    wanted = Path(_path(address))
    apps = [app for engine in load_xlwings().engines for app in engine.apps]
    for book in _books(apps):
        if _is_same(Path(book.fullname), wanted):
            return book
    if not apps:
        raise HostError("host_silent")
    raise HostError("not_open", path=wanted.name)


def _books(apps: list[Any]) -> Iterator[Any]:
    for app in apps:
        yield from app.books


def _path(address: str) -> str:
    """A path as it is; a file address as the path it means."""
    if not address.startswith("file:"):
        return address
    # It brings the whole of HTTP along.
    from urllib.request import url2pathname

    host, slash, rest = address.removeprefix("file:").removeprefix("//").partition("/")
    return url2pathname(f"//{host}/{rest}" if host and address.startswith("file://") else slash + rest)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def path_of(book: Any) -> Path:
    """Where the workbook lies. Raises InputError where it was never saved: documents go beside it."""
    path = Path(book.fullname)
    if not path.is_absolute():
        raise InputError("not_saved")
    return path


def open_door(book: Any, action: str) -> LiveWorkbook:
    """Return the port to an open workbook; what the action does is undone under the button's caption."""
    from xlpy.workbook.live.opening import open_live

    return open_live(book, panel.BUTTONS[action][0])
