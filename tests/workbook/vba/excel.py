"""Excel without Excel: the workbook's own macros in pyOpenVBA's runtime, with the outside world drawn around them.

What the runtime leaves out because it reaches outside (Environ, Dir, Application.Run, WScript.Shell) is stood in for
here; everything else is the source as it lies in the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter._objects import VBAObject, method
from pyopenvba.interpreter._values import EMPTY, error

from xlpy.workbook.builder.vba import MODULE

NO_MACRO = 1004
NO_OBJECT = 429
_SEPARATOR = "\\"


@dataclass(slots=True)
class Excel:
    """One Excel with the workbook open: what its add-in got, what was started, what message boxes said."""

    app: Any
    ran: list[tuple[str, ...]] = field(default_factory=list)
    started: list[tuple[object, ...]] = field(default_factory=list)

    def press(self, macro: str) -> None:
        """Run a button's macro."""
        self.app.run(macro)

    @property
    def said(self) -> list[str]:
        """Texts of the message boxes so far."""
        return [text for _, text, *_ in self.app.dialogs]


class _Shell(VBAObject):
    """WScript.Shell with the one verb the macros use."""

    vba_type_name = "WshShell"

    def __init__(self, started: list[tuple[object, ...]]) -> None:
        self.started = started

    @method
    def Run(self, Command: object, WindowStyle: object = 1, WaitOnReturn: object = False) -> object:  # noqa: N802, N803
        self.started.append((Command, WindowStyle, WaitOnReturn))
        return EMPTY


def _world(environ: Mapping[str, str], files: Collection[str]) -> str:
    variables = "\n".join(f'    If variable = "{name}" Then Environ = "{text}"' for name, text in environ.items())
    there = "\n".join(f'    If path = "{path}" Then Dir = "there"' for path in files)
    return (
        f"Public Function Environ(ByVal variable As String) As String\n{variables}\nEnd Function\n"
        f"Public Function Dir(ByVal path As String) As String\n{there}\nEnd Function\n"
    )


def excel(
    book: Path,
    *,
    folder: str = r"C:\Школа",
    addin_error: int = 0,
    shell_error: int = 0,
    environ: Mapping[str, str] | None = None,
    files: Collection[str] = (),
) -> Excel:
    """Excel for Windows with `book` open from `folder`.

    `addin_error`: the run-time error of `Application.Run`, 0 where the add-in is there. `shell_error`: that of
    `CreateObject`. `files`: the paths that exist.
    """
    app: Any = ExcelApplication.open(book, with_vba=False)
    with ExcelFile(book) as workbook:
        # The runtime knows no attributes of procedures; the editor of Excel does not show them either.
        app.add_module(re.sub(r"^Attribute .*\n", "", workbook.get_module(MODULE), flags=re.MULTILINE), name=MODULE)
    app.add_module(_world(environ or {}, files), name="World")
    opened = Excel(app)
    app.application.vba_get("ThisWorkbook").path = folder
    inherited = app.application.vba_get

    def vba_get(name: str, args: list[object] | None = None, named: dict[str, object] | None = None) -> object:
        if name.lower() == "pathseparator":
            return _SEPARATOR
        if name.lower() != "run":
            return inherited(name, args or [], named or {})
        if addin_error:
            raise error(addin_error, "Cannot run the macro")
        opened.ran.append(tuple(str(arg) for arg in args or []))
        return EMPTY

    def create(kind: str) -> object:
        if shell_error:
            raise error(shell_error)
        if kind != "WScript.Shell":
            raise error(NO_OBJECT)
        return _Shell(opened.started)

    app.application.vba_get = vba_get
    app.interpreter.host.create = create
    return opened
