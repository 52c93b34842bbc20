"""Excel's links of the chain: the program, xlwings' add-in, the user's settings of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlpy.install import excel
from xlpy.install.checking import Check
from xlpy.install.machine import Machine


def check_excel(machine: Machine, program: Path) -> Iterator[Check]:
    """Where Excel is: does a button in it find our Python? Without the add-in, Windows still starts the launcher."""
    yield Check("excel", True, {"path": str(program)})
    addin = excel.addin_path(machine)
    yield Check("addin", addin.exists(), {"path": str(addin)})
    conf = excel.conf_path(machine)
    wanted = excel.wanted_lines(machine)
    try:
        now = excel.lines_of(excel.decoded(conf.read_bytes()), list(wanted))
    except OSError:
        now = {}
    yield Check("conf", now == wanted, {"path": str(conf)})
