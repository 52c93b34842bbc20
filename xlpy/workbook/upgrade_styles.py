"""Looks of cells that come from another workbook: their fonts, fills, borders and formats, added to ours on demand."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FIRST_OWN_FORMAT = 164
_PARTS = (("fontId", "fonts", "applyFont"), ("fillId", "fills", "applyFill"), ("borderId", "borders", "applyBorder"))
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)


class StyleMerge:
    """styles.xml of a workbook, to which styles of another one are added as cells that have them come in."""

    def __init__(self, target: bytes, source: bytes | None) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        self._target = etree.fromstring(target, parser)
        self._source = etree.fromstring(source, parser) if source else None
        self._known: dict[str, dict[bytes, int]] = {}
        self._styles: dict[int, int] = {}
        self._differences: dict[int, int] = {}

    def style(self, index: int) -> int:
        """Index among our cell styles of the other workbook's style `index`; the plain one for an unknown."""
        if index not in self._styles:
            xf = self._found("cellXfs", index)
            self._styles[index] = 0 if xf is None else self._add("cellXfs", self._translated(xf))
        return self._styles[index]

    def difference(self, index: int) -> int | None:
        """Index among our differential formats of the other workbook's `index`; None for an unknown."""
        if index not in self._differences:
            dxf = self._found("dxfs", index)
            if dxf is None:
                return None
            self._differences[index] = self._add("dxfs", deepcopy(dxf))
        return self._differences[index]

    def xml(self) -> bytes:
        """The part with what was added."""
        return etree.tostring(self._target, encoding="UTF-8", xml_declaration=True, standalone=True)

    def _found(self, group: str, index: int) -> _Element | None:
        return None if self._source is None else _child(self._source, group, index)

    def _translated(self, xf: _Element) -> _Element:
        """A cell style of the other workbook in our numbers; it no longer hangs on a named style of theirs."""
        ours = deepcopy(xf)
        for attribute, group, flag in _PARTS:
            part = self._found(group, int(xf.get(attribute, "0")))
            ours.set(attribute, str(0 if part is None else self._add(group, deepcopy(part))))
            ours.set(flag, "1")
        ours.set("numFmtId", str(self._number_format(int(xf.get("numFmtId", "0")))))
        ours.set("applyNumberFormat", "1")
        ours.set("xfId", "0")
        for child in ours:
            if etree.QName(child).localname == "alignment":
                ours.set("applyAlignment", "1")
        return ours

    def _number_format(self, index: int) -> int:
        code = _format_code(self._source, index)
        if index < _FIRST_OWN_FORMAT or code is None:
            return index if index < _FIRST_OWN_FORMAT else 0
        group = self._group("numFmts")
        for node in group:
            if node.get("formatCode") == code:
                return int(node.get("numFmtId", "0"))
        number = max([_FIRST_OWN_FORMAT - 1, *(int(node.get("numFmtId", "0")) for node in group)]) + 1
        etree.SubElement(group, f"{_MAIN}numFmt", numFmtId=str(number), formatCode=code)
        group.set("count", str(len(group)))
        return number

    def _group(self, name: str) -> _Element:
        group = self._target.find(f"{_MAIN}{name}")
        if group is None:
            group = etree.Element(f"{_MAIN}{name}")
            later = set(_ORDER[_ORDER.index(name) :])
            at = next((i for i, node in enumerate(self._target) if etree.QName(node).localname in later), None)
            self._target.insert(len(self._target) if at is None else at, group)
        return group

    def _add(self, name: str, node: _Element) -> int:
        """Index of an element among its group of ours: that of an equal one, else its own at the end."""
        group = self._group(name)
        if name not in self._known:
            self._known[name] = {}
            for at, there in enumerate(group):
                self._known[name].setdefault(_canonical(there), at)
        known, key = self._known[name], _canonical(node)
        if key not in known:
            known[key] = len(group)
            group.append(node)
            group.set("count", str(len(group)))
        return known[key]


def _canonical(node: _Element) -> bytes:
    alone = deepcopy(node)
    alone.tail = None
    return etree.tostring(alone, method="c14n", exclusive=True)


def _child(tree: _Element, group: str, index: int) -> _Element | None:
    found = tree.find(f"{_MAIN}{group}")
    return found[index] if found is not None and 0 <= index < len(found) else None


def _format_code(tree: _Element | None, index: int) -> str | None:
    if tree is None:
        return None
    for node in tree.iter(f"{_MAIN}numFmt"):
        if node.get("numFmtId") == str(index) and node.getparent().tag == f"{_MAIN}numFmts":  # type: ignore[union-attr]
            return node.get("formatCode")
    return None
