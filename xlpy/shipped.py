"""Where the files that travel with the program lie: the empty workbook and the templates."""

from __future__ import annotations

from pathlib import Path

WORKBOOK = "vpr_workbook.xlsm"
TEMPLATES = "templates"


def shipped(name: str) -> Path:
    """Path of a file or folder shipped with xlpy: inside an installed wheel, else at the top of the checkout.

    FileNotFoundError where neither holds it.
    """
    package = Path(__file__).resolve().parent
    for place in (package / "_shipped" / name, package.parent / name):
        if place.exists():
            return place
    raise FileNotFoundError(name)
