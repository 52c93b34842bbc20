"""Sheets and defined names in workbook.xml: the user's own join those of the new workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from xlpy.tables import schema
from xlpy.workbook.package import Package
from xlpy.workbook.parts import WORKBOOK
from xlpy.workbook.upgrade_parts import NewParts, relations_of
from xlpy.workbook.upgrade_refs import Moves, rewritten
from xlpy.workbook.upgrade_sheets import in_place

if TYPE_CHECKING:
    from lxml.etree import _Element

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PROGRAM = (schema.PANEL_NAME, schema.LISTS_NAME)
_BUILT_IN = "_xlnm."


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of a workbook as its list of tabs names it."""

    name: str
    part: str
    kind: str
    state: str


def tabs_of(package: Package) -> tuple[Tab, ...]:
    """All sheets of a workbook in the order of the tabs, whatever their kind."""
    known = {relation.key: relation for relation in relations_of(package, WORKBOOK)}
    tabs = []
    for node in package.parse(WORKBOOK).iter("{*}sheet"):
        key = next((str(text) for name, text in node.items() if str(name).endswith("}id")), "")
        relation = known.get(key)
        if relation is not None and package.has(relation.target):
            state = str(node.get("state", "visible"))
            tabs.append(Tab(str(node.get("name", "")), relation.target, relation.kind, state))
    return tuple(tabs)


def add_tab(parts: NewParts, workbook: _Element, tab: Tab, part: str) -> None:
    """Put a sheet's tab behind the others."""
    sheets = in_place(workbook, "sheets")
    number = max((int(node.get("sheetId", "0")) for node in sheets), default=0) + 1
    uri = f"{_REL[1:-1]}/{tab.kind}"
    node = etree.SubElement(sheets, f"{{{etree.QName(workbook).namespace}}}sheet")
    node.set("name", tab.name)
    node.set("sheetId", str(number))
    if tab.state != "visible":
        node.set("state", tab.state)
    node.set(f"{_REL}id", parts.relate(WORKBOOK, uri, part, outside=False))


def add_names(workbook: _Element, old: Package, moves: Moves, own_sheets: frozenset[str]) -> tuple[str, ...]:
    """Carry over the names the user defined; return them. Names that the new workbook defines itself are its own."""
    group = in_place(workbook, "definedNames")
    known = {str(node.get("name", "")).casefold() for node in group if node.get("localSheetId") is None}
    tabs = {str(node.get("name", "")).casefold(): at for at, node in enumerate(in_place(workbook, "sheets"))}
    old_names = [str(node.get("name", "")) for node in old.parse(WORKBOOK).iter("{*}sheet")]
    carried = []
    for node in old.parse(WORKBOOK).iter("{*}definedName"):
        name, text, local = str(node.get("name", "")), node.text or "", node.get("localSheetId")
        home = old_names[int(local)] if local is not None and int(local) < len(old_names) else None
        if _is_program_s(name, text, home, known, own_sheets) or _is(node, "function") or _is(node, "vbProcedure"):
            continue
        moved = moves.of(home) if home is not None else None
        at = tabs.get((moved.name if moved else home or "").casefold())
        if home is not None and at is None:
            continue
        made = etree.SubElement(group, f"{{{etree.QName(workbook).namespace}}}definedName", name=name)
        made.text = rewritten(text, moves, None)
        if node.get("comment"):
            made.set("comment", node.get("comment", ""))
        if _is(node, "hidden"):
            made.set("hidden", "1")
        if at is not None:
            made.set("localSheetId", str(at))
        if not _is(node, "hidden") and not name.startswith(_BUILT_IN):
            carried.append(name)
    if not len(group):
        workbook.remove(group)
    return tuple(carried)


def _is(node: _Element, attribute: str) -> bool:
    """Whether an attribute says yes; LibreOffice spells out those that say no."""
    return node.get(attribute, "0") in {"1", "true"}


def _is_program_s(name: str, text: str, home: str | None, known: set[str], own_sheets: frozenset[str]) -> bool:
    """Whether a name is one that the program defined: in this workbook, or in an older one for its own sheets."""
    if home is None:
        return name.casefold() in known or any(f"{sheet}'!" in text or f"{sheet}!" in text for sheet in _PROGRAM)
    return home not in own_sheets and (name.startswith(_BUILT_IN) or home in _PROGRAM)
