"""xlwings' paid part needs a licence key; a school must never be asked for one."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import xlpy

HOUSE = Path(xlpy.__file__).parent
LOAD_ALL = (
    "import sys, pkgutil, importlib, xlwings, xlpy.libreoffice as room\n"
    "before = set(sys.modules)\n"
    "room.register()\n"
    "names = [m.name for m in pkgutil.iter_modules(room.__path__, 'xlpy.libreoffice.') if m.name.count('.') == 2]\n"
    "[importlib.import_module(name) for name in names if not name.endswith('.verbs')]\n"
    "print(*(name for name in set(sys.modules) - before if name.startswith('xlwings.pro')))"
)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_module_of_ours_imports_the_paid_part() -> None:
    paid = {(path.name, name) for path in HOUSE.rglob("*.py") for name in _imported(path) if "xlwings.pro" in name}

    assert paid == set()


def test_the_engine_loads_nothing_of_the_paid_part_beyond_what_xlwings_itself_does() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD_ALL], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""
