"""Macros by name, with values that Basic and Python both know."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xlpy.errors import HostError
from xlpy.libreoffice.values import to_number

# 'book.xlsm'!Module.Sub as Book.macro() writes it, or book.xlsm!Sub.
_WITH_BOOK = re.compile(r"^(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<macro>.+)$")


def run_macro(app: Any, macro: str, args: list[Any]) -> Any:
    """Run a macro of a workbook, or of the active one, or of the user; its answer.

    A day goes there as its number, which Basic takes for a Date; a Date as an answer is lost on the way (None). A macro
    that stops with an error of its own answers None too: LibreOffice shows the error in a window and tells nobody.
    """
    found = _WITH_BOOK.match(macro)
    if found:
        book, name = app.books(found["quoted"] or found["plain"]), found["macro"]
    else:
        book, name = app.books.active if len(app.books) else None, macro
    try:
        return app.call("run_macro", book and book.key, name, [_for_basic(one) for one in args])
    except KeyError as error:
        raise HostError("no_macro", name=name) from error


def _for_basic(one: Any) -> Any:
    if isinstance(one, dt.date):
        return to_number(one)
    if isinstance(one, (list, tuple)):
        return [_for_basic(part) for part in one]
    return one.item() if hasattr(one, "item") else one
