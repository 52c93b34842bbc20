"""Proves, once per template, that every document made from it is well-formed and of a shape the fast route writes.

A loop or a condition after whose body the same elements are open as before it gives XML whatever the values are.
Where that does not hold, or tables stand in tables, docxtpl itself renders the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import nodes
from lxml import etree

from xlpy.documents.template_grid import COLUMN
from xlpy.documents.template_values import NotCoveredError

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
# Where the body of a tag starts and ends in the flat text of a part; both are forbidden in XML, so no part holds them.
_STARTS, _ENDS = "\x01", "\x02"
_TOKEN = re.compile(r"<[^<>]*>|[\x01\x02]")
_NAME = re.compile(r"</?([^\s/>]+)")


def _blocks(node: nodes.Node) -> Iterator[Sequence[nodes.Node]]:
    """The bodies of a tag, each of which may be left out or repeated."""
    if isinstance(node, nodes.For):
        yield from (node.body, node.else_)
    elif isinstance(node, nodes.If):
        yield node.body
        for other in node.elif_:
            yield from _blocks(other)
        yield node.else_
    elif isinstance(node, nodes.With):
        yield node.body
    elif not isinstance(node, nodes.Assign):
        raise NotCoveredError(type(node).__name__)


def _flat(body: Sequence[nodes.Node]) -> str:
    """The XML of a body with every tag's bodies once, between marks, and every value empty."""
    pieces: list[str] = []
    for node in body:
        if isinstance(node, nodes.Output):
            pieces += [child.data for child in node.nodes if isinstance(child, nodes.TemplateData)]
        else:
            pieces += [f"{_STARTS}{_flat(block)}{_ENDS}" for block in _blocks(node)]
    return "".join(pieces)


@dataclass(slots=True)
class _Block:
    """A body being read: the elements open before it, and how few of them were open at once since."""

    before: tuple[str, ...]
    lowest: int


def _require(holds: object, what: str) -> None:
    if not holds:
        raise NotCoveredError(what)


def _prove_neutral(flat: str) -> None:
    """Check that the same elements are open after the body of each tag as before it, whatever is done in between."""
    opened: list[str] = []
    blocks: list[_Block] = []
    for token in _TOKEN.findall(flat):
        if token == _STARTS:
            blocks.append(_Block(tuple(opened), len(opened)))
        elif token == _ENDS:
            block = blocks.pop()
            _require(tuple(opened) == block.before, "unbalanced")
            # A prefix declared on an element that a body closes or opens would not be known in every document.
            _require(not any("xmlns" in tag for tag in opened[block.lowest :]), "namespace")
            if blocks:
                blocks[-1].lowest = min(blocks[-1].lowest, block.lowest)
        else:
            _require(token.count(_STARTS) == token.count(_ENDS) and not token.startswith("<!"), "markup")
            _follow(token, opened, blocks)


def _follow(tag: str, opened: list[str], blocks: Sequence[_Block]) -> None:
    """Open or close the element of a tag. Elements declaring a prefix stand with it, so that they equal no other."""
    if tag.startswith("<?") or tag.endswith("/>"):
        return
    name = _NAME.match(tag)
    _require(name, "markup")
    if not tag.startswith("</"):
        opened.append(f"{name[1]} xmlns" if name and "xmlns" in tag else name[1] if name else "")
        return
    _require(opened, "unbalanced")
    opened.pop()
    if blocks:
        blocks[-1].lowest = min(blocks[-1].lowest, len(opened))


def prove_part(tree: nodes.Template, namespaces: Mapping[str | None, str]) -> etree._Element:
    """Return the skeleton of a part: all its elements once. NotCoveredError where balance cannot be proven."""
    flat = _flat(tree.body)
    _prove_neutral(flat)
    flat = flat.replace(_STARTS, "").replace(_ENDS, "")
    if flat.startswith("<?xml"):
        flat = flat.partition("?>")[2]
    declared = " ".join(f'xmlns{":" + prefix if prefix else ""}="{uri}"' for prefix, uri in namespaces.items())
    try:
        return etree.fromstring(f"<part {declared}>{flat}</part>")
    except etree.XMLSyntaxError as error:
        raise NotCoveredError("not XML") from error


def _above(element: etree._Element, levels: int) -> etree._Element:
    """The ancestor so many levels up; the body's parts all have one."""
    for _ in range(levels):
        parent = element.getparent()
        if parent is None:
            raise NotCoveredError("root")
        element = parent
    return element


def prove_body(skeleton: etree._Element) -> None:
    """Check that tables and pictures of the body are of the shape `template_grid` reads; else NotCoveredError."""
    _require(skeleton.nsmap.get("w") == _W, "namespace")
    _require(all(isinstance(element.tag, str) for element in skeleton.iter()), "comment")
    for table in skeleton.iter(f"{{{_W}}}tbl"):
        _require(next(table.iterancestors(f"{{{_W}}}tbl"), None) is None, "nested table")
        grids = list(table.iter(f"{{{_W}}}tblGrid"))
        _require(len(grids) == 1 and grids[0].getparent() is table, "grid")
        _require(not table.attrib and not grids[0].attrib, "table attributes")
        _require(table.nsmap == _above(table, 1).nsmap, "namespace of a table")
        columns = "".join(
            f'<w:gridCol w:w="{column.get(f"{{{_W}}}w")}"/>' if len(column.attrib) == 1 and not len(column) else "?"
            for column in grids[0]
        )
        _require(not COLUMN.sub(b"", columns.encode()), "grid columns")
        _require(all(row.getparent() is table for row in table.iter(f"{{{_W}}}tr")), "row")
        cells = list(table.iter(f"{{{_W}}}tc"))
        _require(all(_above(cell, 1).tag == f"{{{_W}}}tr" and len(cell) for cell in cells), "cell")
        spans = [_above(span, 2) for span in table.iter(f"{{{_W}}}gridSpan")]
        _require(all(owner.tag == f"{{{_W}}}tc" for owner in spans) and len(set(spans)) == len(spans), "span")
    for picture in skeleton.iter(f"{{{_WP}}}docPr"):
        _require(picture.prefix == "wp" and "id" in picture.attrib, "picture")
