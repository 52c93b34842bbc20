"""The user's own sheets, carried over whole: cells, looks, and every part that hangs on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from xlpy.workbook.package import Package
from xlpy.workbook.parts import WORKBOOK
from xlpy.workbook.upgrade_cells import plain_sheet
from xlpy.workbook.upgrade_parts import NewParts, Relation, content_type, relations_of
from xlpy.workbook.upgrade_refs import Moves, rewritten
from xlpy.workbook.upgrade_styles import StyleMerge
from xlpy.workbook.upgrade_text import CellTranslator

if TYPE_CHECKING:
    from lxml.etree import _Element

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DATA = re.compile(rb"<sheetData\s*/>|<sheetData\b[^>]*>.*</sheetData>", re.DOTALL)
_FORMULAS = {"formula", "formula1", "formula2", "f", "calculatedColumnFormula", "totalsRowFormula"}
_DIFFERENCES = ("dxfId", "dataDxfId", "headerRowDxfId", "totalsRowDxfId", "headerRowBorderDxfId", "tableBorderDxfId")
# What hangs on the workbook as a whole, or on a program's own state, and cannot follow a single sheet.
_LEFT = frozenset(
    {
        "slicer",
        "timeline",
        "threadedComment",
        "control",
        "customProperty",
        "queryTable",
        "macrosheet",
        "xlMacrosheet",
    }
)


@dataclass(slots=True)
class Transplant:
    """Parts of the old workbook copied into the new one. `left`: kinds of parts that could not come, as met."""

    old: Package
    parts: NewParts
    moves: Moves
    styles: StyleMerge
    cells: CellTranslator
    tables: set[str]
    copied: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    table_number: int = 1000

    def copy(self, part: str) -> str:
        """Copy a part with all it points to; return its new name. A part met twice is copied once."""
        if part in self.copied:
            return self.copied[part]
        name = self.parts.free_name(part)
        self.copied[part] = name
        dropped: set[str] = set()
        for relation in relations_of(self.old, part):
            if not self.carry(relation, name):
                dropped.add(relation.key)
        kind = content_type(self.old, part)
        self.parts.add(name, self._translated(part, kind, dropped), kind)
        return name

    def carry(self, relation: Relation, of: str) -> bool:
        """Let the new part `of` have this relation too; False where it cannot."""
        if relation.kind in _LEFT or not (relation.outside or self.old.has(relation.target)):
            self.left.append(relation.kind)
            return False
        target = relation.target if relation.outside else self.copy(relation.target)
        self.parts.relate(of, relation.uri, target, outside=relation.outside, key=relation.key)
        return True

    def _translated(self, part: str, kind: str, dropped: set[str]) -> bytes:
        if kind.endswith(".worksheet+xml"):
            return self._sheet(part, dropped)
        if kind.endswith(".table+xml"):
            return self._table(part, dropped)
        if kind.endswith((".chartsheet+xml", ".chart+xml", ".pivotCacheDefinition+xml")):
            return self._with_formulas(part, dropped)
        return b"".join(self.old.chunks(part))

    def _sheet(self, part: str, dropped: set[str]) -> bytes:
        xml = plain_sheet(self.old, part)
        data = _DATA.search(xml)
        if data is None:
            return xml
        tree = _parsed(xml[: data.start()] + b"<sheetData/>" + xml[data.end() :])
        self.translate(tree, dropped, None)
        for node in tree.iter("{*}sheetPr", "{*}sheetView"):
            for attribute in ("codeName", "tabSelected"):
                _without(node, attribute)
        for node in tree.iter("{*}col"):
            if node.get("style") is not None:
                node.set("style", str(self.styles.style(int(node.get("style", "0")))))
        whole = _written(tree)
        at = whole.index(b"<sheetData/>")
        return whole[:at] + self.cells.translated(data[0], xml) + whole[at + len(b"<sheetData/>") :]

    def translate(self, tree: _Element, dropped: set[str], home: str | None) -> None:
        """Lead the references, formats and relations named in a part's XML over to the new workbook."""
        for node in list(tree.iter()):
            if not isinstance(node.tag, str):
                continue
            if node.get(f"{_REL}id") in dropped or node.get(f"{_REL}pict") in dropped:
                _remove(node)
                continue
            if etree.QName(node).localname in _FORMULAS and node.text:
                node.text = rewritten(node.text, self.moves, home)
            for attribute in _DIFFERENCES:
                if node.get(attribute) is not None:
                    self._set_difference(node, attribute)

    def _set_difference(self, node: _Element, attribute: str) -> None:
        index = self.styles.difference(int(node.get(attribute, "0")))
        if index is None:
            del node.attrib[attribute]
        else:
            node.set(attribute, str(index))

    def _table(self, part: str, dropped: set[str]) -> bytes:
        tree = self.old.parse(part)
        self.translate(tree, dropped, None)
        self.table_number += 1
        tree.set("id", str(self.table_number))
        name = str(tree.get("displayName", tree.get("name", "")))
        free, number = name, 1
        while free.casefold() in self.tables:
            number += 1
            free = f"{name}_{number}"
        self.tables.add(free.casefold())
        tree.set("name", free)
        tree.set("displayName", free)
        if dropped:
            _without(tree, "tableType")
            for node in tree.iter("{*}tableColumn"):
                _without(node, "queryTableFieldId")
        return _written(tree)

    def _with_formulas(self, part: str, dropped: set[str]) -> bytes:
        if self.moves.nothing_moves() and not dropped:
            return b"".join(self.old.chunks(part))
        tree = self.old.parse(part)
        self.translate(tree, dropped, None)
        return _written(tree)


def carry_workbook_parts(transplant: Transplant, workbook: _Element) -> None:
    """Carry over what own sheets need of the workbook: links to other files, the caches of pivot tables."""
    old = transplant.old.parse(WORKBOOK)
    known = {relation.key: relation for relation in relations_of(transplant.old, WORKBOOK)}
    for node in old.iter("{*}externalReference"):
        relation = known.get(_key(node))
        if relation is not None and not relation.outside and transplant.old.has(relation.target):
            _point(transplant, workbook, "externalReferences", node, relation)
    for node in old.iter("{*}pivotCache"):
        relation = known.get(_key(node))
        if relation is not None and relation.target in transplant.copied:
            _point(transplant, workbook, "pivotCaches", node, relation)


def _key(node: _Element) -> str:
    return next((str(text) for name, text in node.items() if str(name).endswith("}id")), "")


def _point(transplant: Transplant, workbook: _Element, group: str, node: _Element, relation: Relation) -> None:
    target = transplant.copy(relation.target)
    key = transplant.parts.relate(WORKBOOK, relation.uri, target, outside=False)
    own = etree.SubElement(in_place(workbook, group), node.tag)
    for name, text in node.items():
        own.set(name, key if str(name).endswith("}id") else text)


_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "extLst",
)


def in_place(workbook: _Element, group: str) -> _Element:
    """The element of workbook.xml called `group`; made where the standard wants it if it is not there."""
    for node in workbook:
        if etree.QName(node).localname == group:
            return node
    made = etree.Element(f"{{{etree.QName(workbook).namespace}}}{group}")
    before = set(_ORDER[: _ORDER.index(group)])
    at = max((i + 1 for i, node in enumerate(workbook) if etree.QName(node).localname in before), default=0)
    workbook.insert(at, made)
    return made


def _without(node: _Element, attribute: str) -> None:
    if node.get(attribute) is not None:
        del node.attrib[attribute]


def _remove(node: _Element) -> None:
    """Take an element out, and those around it that hold nothing else."""
    parent = node.getparent()
    while parent is not None:
        parent.remove(node)
        if len(parent) or etree.QName(parent).localname in {"worksheet", "chartsheet", "table"}:
            return
        node, parent = parent, parent.getparent()


def _parsed(xml: bytes) -> _Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _written(tree: _Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
