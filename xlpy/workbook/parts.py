"""Which part of the package holds which sheet, and which table lies on it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from xlpy.workbook.package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, its part, and the parts of the tables on it."""

    name: str
    part: str
    tables: tuple[str, ...]


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (kind, target part) of a part."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if not package.has(rels):
        return {}
    found = {}
    for node in package.parse(rels).iter(f"{_PACKAGE_REL}Relationship"):
        target = str(node.get("Target", ""))
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[str(node.get("Id", ""))] = (str(node.get("Type", "")).rsplit("/", 1)[-1], whole)
    return found


def sheet_parts(package: Package) -> tuple[SheetPart, ...]:
    """All worksheets in the order of the tabs; chart sheets and the like are left out."""
    related = relations(package, WORKBOOK)
    sheets = []
    for node in package.parse(WORKBOOK).iter(f"{_MAIN}sheet"):
        kind, part = related.get(str(node.get(f"{_REL}id", "")), ("", ""))
        if kind == "worksheet" and package.has(part):
            tables = tuple(target for what, target in relations(package, part).values() if what == "table")
            sheets.append(SheetPart(str(node.get("name", "")), part, tables))
    return tuple(sheets)
