"""What the user hung on cells of the program's own sheets: links, notes, pictures. It follows its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from lxml import etree

from xlpy.tables.addresses import address
from xlpy.workbook.package import Package
from xlpy.workbook.tableparts import box
from xlpy.workbook.upgrade_parts import NewParts, Relation, content_type, relations_of
from xlpy.workbook.upgrade_refs import SheetMove
from xlpy.workbook.upgrade_sheets import Transplant

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINK = re.compile(rb"<hyperlink\b[^>]*?(?:/>|>.*?</hyperlink>)", re.DOTALL)
_WRAPPED = b'<x xmlns="%s" xmlns:r="%s" xmlns:xr="urn:xr" xmlns:mc="urn:mc">%s</x>'
_DRAWN = re.compile(rb'<(drawing|legacyDrawing)\b[^>]*?\sr:id="([^"]+)"[^>]*/>')
# In which order the standard wants the elements after a sheet's cells; links come before all of these.
_AFTER_LINKS = (
    b"<printOptions",
    b"<pageMargins",
    b"<pageSetup",
    b"<headerFooter",
    b"<rowBreaks",
    b"<colBreaks",
    b"<customProperties",
    b"<cellWatches",
    b"<ignoredErrors",
    b"<smartTags",
    b"<drawing",
    b"<legacyDrawing",
    b"<legacyDrawingHF",
    b"<drawingHF",
    b"<picture",
    b"<oleObjects",
    b"<controls",
    b"<webPublishItems",
    b"<tableParts",
    b"<extLst",
    b"</worksheet>",
)
_AFTER = {
    b"drawing": _AFTER_LINKS[_AFTER_LINKS.index(b"<legacyDrawing") :],
    b"legacyDrawing": _AFTER_LINKS[_AFTER_LINKS.index(b"<legacyDrawingHF") :],
}


def with_notes(
    transplant: Transplant, old_part: str, new_part: str, old_xml: bytes, xml: bytes, move: SheetMove
) -> bytes:
    """Return the new sheet with the links, notes and pictures of the old one at the cells they belong to."""
    relations = {relation.key: relation for relation in relations_of(transplant.old, old_part)}
    tail = old_xml[old_xml.rfind(b"</sheetData>") :]
    xml = _with_links(transplant.parts, relations, tail, new_part, xml, move)
    for found in _DRAWN.finditer(tail):
        element, relation = found[1], relations.get(found[2].decode())
        if relation is None or re.search(rb"<" + element + rb"\s", xml):
            continue
        key = _drawn(transplant, relation, relations, new_part, move)
        if key:
            xml = _placed(xml, b'<%s r:id="%s"/>' % (element, key.encode()), _AFTER[element])
    return xml


def _placed(xml: bytes, element: bytes, later: Sequence[bytes]) -> bytes:
    """The sheet with an element before the first of those that the standard wants after it."""
    start = xml.rfind(b"</sheetData>")
    at = min(where for one in later if (where := xml.find(one, start)) >= 0)
    return xml[:at] + element + xml[at:]


def _with_links(
    parts: NewParts, relations: dict[str, Relation], tail: bytes, new_part: str, xml: bytes, move: SheetMove
) -> bytes:
    made = []
    for found in _LINK.finditer(tail):
        wrapped = _WRAPPED % (_MAIN.encode(), _REL[1:-1].encode(), found[0])
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        node = etree.fromstring(wrapped, parser)[0]
        relation = relations.get(node.get(f"{_REL}id", ""))
        shown = {"ref": moved_range(str(node.get("ref", "A1")), move)}
        shown |= {name: str(node.get(name)) for name in ("location", "tooltip", "display") if node.get(name)}
        if relation is not None and relation.outside:
            shown["r:id"] = parts.relate(new_part, relation.uri, relation.target, outside=True)
        attributes = " ".join(f"{name}={quoteattr(text)}" for name, text in shown.items())
        made.append(f"<hyperlink {attributes}/>".encode())
    if not made or b"<hyperlinks" in xml:
        return xml
    return _placed(xml, b"<hyperlinks>" + b"".join(made) + b"</hyperlinks>", _AFTER_LINKS)


def moved_range(reference: str, move: SheetMove) -> str:
    """An A1 range where its cells went; as it is where it is none."""
    corners = box(reference)
    if corners is None:
        return reference
    first = address(move.row(corners[0]), move.column(corners[1]))
    last = address(move.row(corners[2]), move.column(corners[3]))
    return first if first == last else f"{first}:{last}"


def _drawn(
    transplant: Transplant, relation: Relation, relations: dict[str, Relation], new_part: str, move: SheetMove
) -> str | None:
    """Copy a drawing, or the notes with their shapes; return the new sheet's relation to it."""
    if relation.kind == "drawing":
        target = transplant.copy(relation.target)
        if not move.stays():
            transplant.parts.put(target, _moved_drawing(transplant.parts.read(target), move))
        return transplant.parts.relate(new_part, relation.uri, target, outside=False)
    notes = next((one for one in relations.values() if one.kind == "comments"), None)
    if relation.kind != "vmlDrawing" or notes is None or not transplant.old.has(notes.target):
        return None
    old, parts = transplant.old, transplant.parts
    name = parts.free_name(notes.target)
    parts.add(name, moved_notes(old, notes.target, move), content_type(old, notes.target))
    parts.relate(new_part, notes.uri, name, outside=False)
    shapes = parts.free_name(relation.target)
    parts.add(shapes, moved_shapes(b"".join(old.chunks(relation.target)), move), content_type(old, relation.target))
    return parts.relate(new_part, relation.uri, shapes, outside=False)


def moved_notes(old: Package, part: str, move: SheetMove) -> bytes:
    """The notes of a sheet at the cells theirs became."""
    tree = old.parse(part)
    for node in tree.iter("{*}comment"):
        node.set("ref", moved_range(str(node.get("ref", "A1")), move))
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def moved_shapes(vml: bytes, move: SheetMove) -> bytes:
    """The boxes of notes beside the cells theirs became; VML counts rows and columns from 0."""
    vml = re.sub(rb"(<x:Row>)(\d+)(</x:Row>)", lambda m: m[1] + b"%d" % (move.row(int(m[2]) + 1) - 1) + m[3], vml)
    return re.sub(
        rb"(<x:Column>)(\d+)(</x:Column>)", lambda m: m[1] + b"%d" % (move.column(int(m[2]) + 1) - 1) + m[3], vml
    )


def _moved_drawing(xml: bytes, move: SheetMove) -> bytes:
    """A drawing whose pictures hang on the cells theirs became."""
    tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    for node in tree.iter("{*}from", "{*}to"):
        for name, where in (("row", move.row), ("col", move.column)):
            at = node.find(f"{{*}}{name}")
            if at is not None and (at.text or "").isdigit():
                at.text = str(where(int(at.text or "0") + 1) - 1)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
