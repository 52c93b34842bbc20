"""Macros: finding a Sub or Function in the libraries of a document or of the user, and running it."""

from __future__ import annotations

import re
from typing import Any

from .desk import Desk

_HEAD = r"^[ \t]*(?:(?:public|private|static)[ \t]+)*(?:sub|function)[ \t]+{name}\b"


def run_macro(desk: Desk, book: int | None, name: str, arguments: list[Any]) -> Any:
    """Run `Module.Sub` or `Sub`, in the document, else in the user's own libraries; its answer.

    Raises KeyError where there is none. What stops a macro LibreOffice shows in a window of its own, and tells nobody
    else: its answer is None then.
    """
    document = None if book is None else desk.thing(book)
    script = _script(desk, document, name)
    answer, _, _ = script.invoke(tuple(map(_native, arguments)), (), ())
    return _plain(answer)


def _script(desk: Desk, document: Any, name: str) -> Any:
    places = []
    if document is not None:
        places.append(("document", document.BasicLibraries, document.getScriptProvider()))
    users = desk.service("com.sun.star.script.ApplicationScriptLibraryContainer")
    factory = desk.service("com.sun.star.script.provider.MasterScriptProviderFactory")
    places.append(("application", users, factory.createScriptProvider("")))
    for location, libraries, provider in places:
        found = _find(libraries, name)
        if found:
            return provider.getScript(f"vnd.sun.star.script:{found}?language=Basic&location={location}")
    raise KeyError(name)


def _find(libraries: Any, wanted: str) -> str:
    """`Library.Module.Sub` with its capitals as written, empty where there is none."""
    *module, name = wanted.split(".")[-2:]
    head = re.compile(_HEAD.format(name=re.escape(name)), re.IGNORECASE | re.MULTILINE)
    for library in libraries.getElementNames():
        if not libraries.isLibraryLoaded(library):
            libraries.loadLibrary(library)
        modules = libraries.getByName(library)
        for one in modules.getElementNames():
            if module and one.lower() != module[0].lower():
                continue
            found = head.search(modules.getByName(one))
            if found:
                return f"{library}.{one}.{found[0].split()[-1]}"
    return ""


def _native(argument: Any) -> Any:
    if type(argument) is int:
        # A parameter with a declared type silently becomes 0 when it is given a whole number of another width.
        return float(argument)
    return tuple(map(_native, argument)) if isinstance(argument, list) else argument


def _plain(answer: Any) -> Any:
    if isinstance(answer, (tuple, list)):
        return [_plain(one) for one in answer]
    if answer is None or isinstance(answer, (bool, int, float, str)):
        return answer
    return str(answer)


VERBS: dict[str, Any] = {"run_macro": run_macro}
