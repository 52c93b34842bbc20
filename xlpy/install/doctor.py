"""`xlpy doctor`: every link between a button and its work, tried one by one. Changes nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from xlpy.install.checking import Check
from xlpy.install.doctor_book import check_book
from xlpy.install.doctor_excel import check_excel
from xlpy.install.doctor_office import check_office
from xlpy.install.excel import excel_path
from xlpy.install.launcher import launcher_path, python_of
from xlpy.install.machine import Machine, boxed_profiles
from xlpy.libreoffice.interpreter import find_launcher

OLDEST_PYTHON = (3, 11)
# What is imported from each dependency of pyproject.toml; a test holds the two together.
PACKAGES = {
    "python-calamine": "python_calamine",
    "pandas": "pandas",
    "numpy": "numpy",
    "XlsxWriter": "xlsxwriter",
    "pyOpenVBA": "pyopenvba",
    "lxml": "lxml",
    "docxtpl": "docxtpl",
    "python-docx": "docx",
    "jinja2": "jinja2",
    "matplotlib": "matplotlib",
    "ortools": "ortools",
    "click": "click",
    "rich": "rich",
    "platformdirs": "platformdirs",
    "filelock": "filelock",
    "xlwings": "xlwings",
    "holidays": "holidays",
}


def doctor(machine: Machine, book: Path | None = None) -> tuple[Check, ...]:
    """Each link, green or red. The links of a program that is not here are left out, and those of a book not named."""
    return tuple(_checks(machine, book))


def _checks(machine: Machine, book: Path | None) -> Iterator[Check]:
    version = sys.version_info[:3]
    yield Check("python", version[:2] >= OLDEST_PYTHON, {"version": ".".join(map(str, version))})
    missing = [name for name, module in PACKAGES.items() if find_spec(module) is None]
    yield Check("packages", not missing, {"missing": ", ".join(missing)})
    yield from _launcher(machine)
    office, excel = find_launcher(), excel_path(machine)
    yield Check("host", office is not None or excel is not None, {})
    if boxed_profiles(machine):
        yield Check("boxed", False, {})
    if office is not None:
        yield from check_office(machine, office, book)
    if excel is not None:
        yield from check_excel(machine, excel)
    if book is not None:
        yield from check_book(machine, book)


def _launcher(machine: Machine) -> Iterator[Check]:
    path, python = launcher_path(machine), python_of(machine)
    yield Check("launcher", python is not None, {"path": str(path)})
    if python is not None:
        yield Check("launcher_python", python.exists(), {"python": str(python)})
