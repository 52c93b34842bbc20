"""Proves, once per template, that every document made from it is well-formed and of a shape the fast route writes.

A loop or a condition whose body opens no element without closing it gives XML whatever the values are. Where
that does not hold, or tables stand in tables, docxtpl itself renders the template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import nodes
from lxml import etree

from xlpy.documents.template_grid import COLUMN
from xlpy.documents.template_values import NotCoveredError

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def _wrapped(fragment: str, namespaces: Mapping[str | None, str]) -> etree._Element:
    declared = " ".join(f'xmlns{":" + prefix if prefix else ""}="{uri}"' for prefix, uri in namespaces.items())
    try:
        return etree.fromstring(f"<part {declared}>{fragment}</part>")
    except etree.XMLSyntaxError as error:
        raise NotCoveredError("unbalanced") from error


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


def _flat(body: Sequence[nodes.Node], namespaces: Mapping[str | None, str]) -> str:
    """The XML of a body with every tag's bodies once and every value empty; each body proven balanced alone."""
    pieces: list[str] = []
    for node in body:
        if isinstance(node, nodes.Output):
            pieces += [child.data for child in node.nodes if isinstance(child, nodes.TemplateData)]
            continue
        for block in _blocks(node):
            flat = _flat(block, namespaces)
            if "<" in flat:
                _wrapped(flat, namespaces)
            pieces.append(flat)
    return "".join(pieces)


def prove_part(tree: nodes.Template, namespaces: Mapping[str | None, str]) -> etree._Element:
    """Return the skeleton of a part: all its elements once. NotCoveredError where balance cannot be proven."""
    flat = _flat(tree.body, namespaces)
    if flat.startswith("<?xml"):
        flat = flat.partition("?>")[2]
    return _wrapped(flat, namespaces)


def _require(holds: object, what: str) -> None:
    if not holds:
        raise NotCoveredError(what)


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
        columns = "".join(
            f'<w:gridCol w:w="{column.get(f"{{{_W}}}w")}"/>' if len(column.attrib) == 1 and not len(column) else "?"
            for column in grids[0]
        )
        _require(not COLUMN.sub("", columns), "grid columns")
        _require(all(row.getparent() is table for row in table.iter(f"{{{_W}}}tr")), "row")
        _require(all(_above(cell, 1).tag == f"{{{_W}}}tr" for cell in table.iter(f"{{{_W}}}tc")), "cell")
        spans = [_above(span, 2) for span in table.iter(f"{{{_W}}}gridSpan")]
        _require(all(owner.tag == f"{{{_W}}}tc" for owner in spans) and len(set(spans)) == len(spans), "span")
    for picture in skeleton.iter(f"{{{_WP}}}docPr"):
        _require(picture.prefix == "wp" and "id" in picture.attrib, "picture")
