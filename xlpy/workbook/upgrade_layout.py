"""What surrounds a moved table's cells: widths of columns, the sheet's extent, the table's own range and columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from xlpy.tables.addresses import address
from xlpy.workbook.upgrade_styles import StyleMerge
from xlpy.workbook.upgrade_tables import TableMove

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLS = re.compile(rb"<cols>(.*?)</cols>", re.DOTALL)
_COL = re.compile(rb"<col\b([^>]*)/>")
_ATTRIBUTE = re.compile(rb'\s(\w+)="([^"]*)"')
_DIMENSION = re.compile(rb"<dimension\b[^>]*/>")
_LAST_COLUMN = 16_384
_WIDTH = ("width", "hidden", "customWidth", "bestFit", "outlineLevel", "collapsed")

Column = dict[str, str]


def columns_of(xml: bytes) -> dict[int, Column]:
    """1-based column → attributes of its `<col>`; columns past a thousand that share one are left out."""
    head = xml[: xml.find(b"<sheetData")]
    found: dict[int, Column] = {}
    for node in _COL.finditer(head):
        attributes = {m[1].decode(): m[2].decode() for m in _ATTRIBUTE.finditer(node[1])}
        low, high = int(attributes.pop("min", "1")), int(attributes.pop("max", "1"))
        if high - low < 1_000:
            found.update({column: dict(attributes) for column in range(low, high + 1)})
    return found


def column_styles(xml: bytes) -> dict[int, int]:
    """1-based column → style that the column itself has."""
    return {column: int(found["style"]) for column, found in columns_of(xml).items() if "style" in found}


def with_widths(xml: bytes, old_xml: bytes, move: TableMove, styles: StyleMerge) -> bytes:
    """Return the sheet whose columns are as wide, and as hidden, as the user made them."""
    old, new = columns_of(old_xml), columns_of(xml)
    for was, attributes in old.items():
        place = move.move.columns.get(was)
        if place is None:
            continue
        kept = {name: attributes[name] for name in _WIDTH if name in attributes}
        if was in move.own:
            style = attributes.get("style")
            new[place] = kept | ({"style": str(styles.style(int(style)))} if style else {})
        else:
            new[place] = {name: text for name, text in new.get(place, {}).items() if name not in _WIDTH} | kept
    nodes = []
    for column, attributes in sorted(new.items()):
        if column <= _LAST_COLUMN and "width" in attributes:
            rest = "".join(f' {name}="{text}"' for name, text in attributes.items())
            nodes.append(f'<col min="{column}" max="{column}"{rest}/>')
    whole = ("<cols>" + "".join(nodes) + "</cols>").encode()
    return _COLS.sub(lambda _: whole, xml, count=1) if nodes else xml


def with_extent(xml: bytes, last_row: int, last_column: int) -> bytes:
    """Return the sheet whose `<dimension>` reaches to this cell."""
    return _DIMENSION.sub(f'<dimension ref="A1:{address(last_row, last_column)}"/>'.encode(), xml, count=1)


def moved_table(xml: bytes, move: TableMove, own_until: int) -> bytes:
    """Return the table's part over all rows of the moved sheet.

    The user's own columns join it as far as they belonged to the old one (`own_until`, an old column) and stand side
    by side with a caption each, for a table has no other columns.
    """
    tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    first, table = move.new.table.first_column, move.new.table
    last = first + len(table.captions) - 1
    columns = tree.find(f"{_MAIN}tableColumns")
    if columns is None:
        return xml
    names = {str(node.get("name", "")).casefold() for node in columns}
    for was, place in sorted(move.own.items(), key=lambda pair: pair[1]):
        caption = move.captions[was]
        is_text = move.old.cells.is_text(move.old.header, was)
        if place != last + 1 or was > own_until or not is_text or not _can_head(caption, names):
            break
        names.add(caption.casefold())
        last = place
        _add_column(columns, caption)
    top = move.new.header
    whole = f"{address(top, first)}:{address(top + max(len(move.rows), 1), last)}"
    tree.set("ref", whole)
    for node in tree.iter(f"{_MAIN}autoFilter"):
        node.set("ref", whole)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)


def _can_head(caption: str, names: set[str]) -> bool:
    return bool(caption.strip()) and caption.casefold() not in names and caption.isprintable()


def _add_column(columns: _Element, caption: str) -> None:
    number = max((int(node.get("id", "0")) for node in columns), default=0) + 1
    etree.SubElement(columns, f"{_MAIN}tableColumn", id=str(number), name=caption)
    columns.set("count", str(len(columns)))
