"""Which part of the package holds which sheet, and which table lies on it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from xlpy.workbook.package import Package

WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, its part, and the parts of the tables on it."""

    name: str
    part: str
    tables: tuple[str, ...]


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (kind, target part) of a part; what lies outside of the package is left out."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if not package.has(rels):
        return {}
    found = {}
    for node in package.parse(rels).iter("{*}Relationship"):
        if node.get("TargetMode") == "External":
            continue
        target = str(node.get("Target", "")).replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[str(node.get("Id", ""))] = (str(node.get("Type", "")).rsplit("/", 1)[-1], whole)
    return found


def sheet_parts(package: Package) -> tuple[SheetPart, ...]:
    """All worksheets in the order of the tabs; chart sheets and the like are left out."""
    related = relations(package, WORKBOOK)
    sheets = []
    for node in package.parse(WORKBOOK).iter("{*}sheet"):
        # The attribute is r:id, in one of two namespaces by the flavour of the standard.
        key = next((str(text) for name, text in node.items() if str(name).endswith("}id")), "")
        kind, part = related.get(key, ("", ""))
        if kind == "worksheet" and package.has(part):
            tables = tuple(target for what, target in relations(package, part).values() if what == "table")
            sheets.append(SheetPart(str(node.get("name", "")), part, tables))
    return tuple(sheets)
