"""Macros by name, with values that Basic and Python both know."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xlpy.errors import HostError
from xlpy.libreoffice.values import to_moment, to_number

# 'book.xlsm'!Module.Sub as Book.macro() writes it, or book.xlsm!Sub.
_WITH_BOOK = re.compile(r"^(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<macro>.+)$")


def run_macro(app: Any, macro: str, args: list[Any]) -> Any:
    """Run a macro of a workbook, or of the active one, or of the user; its answer."""
    found = _WITH_BOOK.match(macro)
    if found:
        book, name = app.books(found["quoted"] or found["plain"]), found["macro"]
    else:
        book, name = app.books.active if len(app.books) else None, macro
    try:
        answer = app.call("run_macro", book and book.key, name, [_for_basic(one) for one in args])
    except KeyError as error:
        raise HostError("no_macro", name=name) from error
    except ValueError as error:
        raise HostError("macro_failed", name=name, why=str(error)) from error
    return _from_basic(answer)


def _for_basic(one: Any) -> Any:
    if isinstance(one, dt.date):
        return {"day": to_number(one)}
    if isinstance(one, (list, tuple)):
        return [_for_basic(part) for part in one]
    return one.item() if hasattr(one, "item") else one


def _from_basic(answer: Any) -> Any:
    if isinstance(answer, dict):
        return to_moment(answer["day"])
    if isinstance(answer, list):
        return [_from_basic(part) for part in answer]
    return answer
