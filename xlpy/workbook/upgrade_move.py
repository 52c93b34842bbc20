"""The new workbook's bytes, put together from the shipped one and all that the old one holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Sheet
from xlpy.tables.raw import RawTable
from xlpy.words import upgrade as words
from xlpy.workbook.cached import calculated_on_load
from xlpy.workbook.datestyles import DateStyles
from xlpy.workbook.package import Package
from xlpy.workbook.parts import WORKBOOK, SheetPart, sheet_parts
from xlpy.workbook.reading import dates_from_1904
from xlpy.workbook.tableparts import box, list_objects, own_object
from xlpy.workbook.upgrade_cells import SheetCells, plain_sheet, shared_texts, with_cell, with_rows
from xlpy.workbook.upgrade_layout import column_styles, moved_table, with_extent, with_widths
from xlpy.workbook.upgrade_maker import CellMaker
from xlpy.workbook.upgrade_names import Tab, add_names, add_tab, tabs_of
from xlpy.workbook.upgrade_notes import with_notes
from xlpy.workbook.upgrade_parts import NewParts, relations_of
from xlpy.workbook.upgrade_refs import Moves, SheetMove
from xlpy.workbook.upgrade_result import UpgradeResult
from xlpy.workbook.upgrade_sheets import Transplant, carry_workbook_parts, in_place
from xlpy.workbook.upgrade_styles import StyleMerge
from xlpy.workbook.upgrade_tables import Renames, Side, TableMove, filled_rows, lost_rows, plan_move
from xlpy.workbook.upgrade_text import CellTranslator

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLES = "xl/styles.xml"
_NAME_LIMIT = 31
# Cells above the table of «Результаты» whose choice is the user's.
_CHOSEN = ("results_chosen_class", "results_chosen_subject")


@dataclass(frozen=True, slots=True)
class _Moving:
    """A declared sheet on its way: its part and XML in both workbooks, and how it moves."""

    old_part: SheetPart
    new_part: SheetPart
    old_xml: bytes
    new_xml: bytes
    table: TableMove


def moved(
    old: Package,
    new: Package,
    sheets: Sequence[Sheet],
    tables: tuple[Mapping[str, RawTable], Mapping[str, RawTable]],
    renames: Renames,
    result: UpgradeResult,
) -> tuple[bytes, UpgradeResult]:
    """Return the bytes of the new workbook with the old one's contents, and the result filled in.

    `tables`: the declared tables of the old and of the new workbook.
    """
    texts = (shared_texts(old), shared_texts(new))
    moving, old_tabs = _moving(old, new, sheets, tables, renames, texts), tabs_of(old)
    own, aside = _own_tabs(old_tabs, moving, new)
    moves = _moves(moving, old_tabs, own)
    styles = StyleMerge(new.read(_STYLES), _styles_of(old))
    dates = (DateStyles(_styles_of(old) or b""), DateStyles(new.read(_STYLES)))
    transplant = Transplant(
        old, NewParts(new), moves, styles, CellTranslator(texts[0], styles, moves), _table_names(new)
    )
    for one in moving:
        _put_table(transplant, one, CellMaker(one.table, moves, styles, dates, column_styles(one.old_xml)))
    workbook = new.parse(WORKBOOK)
    for was, tab in own:
        add_tab(transplant.parts, workbook, tab, transplant.copy(was.part))
    carry_workbook_parts(transplant, workbook)
    names = add_names(workbook, old, moves, frozenset(was.name for was, _ in own))
    if dates_from_1904(old.parse(WORKBOOK)):
        in_place(workbook, "workbookPr").set("date1904", "1")
    transplant.parts.put(_STYLES, styles.xml())
    transplant.parts.put(WORKBOOK, calculated_on_load(_xml(workbook)))
    _choose(transplant.parts, old, new, moving)
    return transplant.parts.data(), replace(
        result,
        rows={m.table.sheet.name: count for m in moving if (count := filled_rows(m.table))},
        added=_added(moving),
        own_columns=_own_columns(moving),
        own_sheets=tuple(tab.name for was, tab in own if was.name not in aside),
        own_names=names,
        set_aside=aside,
        left=_left(transplant, moving, old_tabs),
    )


def _moving(
    old: Package,
    new: Package,
    sheets: Sequence[Sheet],
    tables: tuple[Mapping[str, RawTable], Mapping[str, RawTable]],
    renames: Renames,
    texts: tuple[tuple[bytes, ...], tuple[bytes, ...]],
) -> tuple[_Moving, ...]:
    """How each declared sheet moves that both workbooks have."""
    old_parts, new_parts = ({part.name: part for part in sheet_parts(one)} for one in (old, new))
    found = []
    for sheet in sheets:
        was, now = old_parts.get(sheet.name), new_parts.get(sheet.name)
        before, after = (side.get(sheet.key) for side in tables)
        if was is None or now is None or before is None or after is None:
            continue
        xml = (plain_sheet(old, was.part), plain_sheet(new, now.part))
        sides = [
            Side(SheetCells(one, text), table) for one, text, table in zip(xml, texts, (before, after), strict=True)
        ]
        found.append(_Moving(was, now, *xml, plan_move(sheet, sides[0], sides[1], renames)))
    return tuple(found)


def _own_tabs(
    old_tabs: Sequence[Tab], moving: Sequence[_Moving], new: Package
) -> tuple[list[tuple[Tab, Tab]], dict[str, str]]:
    """The user's sheets, as they were and under the names they get; those renamed to make room for one of ours."""
    taken = {tab.name.casefold() for tab in tabs_of(new)}
    done = {one.old_part.name for one in moving} | {schema.PANEL_NAME, schema.LISTS_NAME}
    own, aside = [], {}
    for tab in old_tabs:
        if tab.name in done or tab.kind not in {"worksheet", "chartsheet"}:
            continue
        name, number = tab.name, 1
        while name.casefold() in taken:
            suffix = words.ASIDE_SUFFIX if number == 1 else f"{words.ASIDE_SUFFIX[:-1]} {number})"
            name, number = tab.name[: _NAME_LIMIT - len(suffix)] + suffix, number + 1
        taken.add(name.casefold())
        own.append((tab, replace(tab, name=name)))
        if name != tab.name:
            aside[tab.name] = name
    return own, aside


def _moves(moving: Sequence[_Moving], tabs: Sequence[Tab], own: Sequence[tuple[Tab, Tab]]) -> Moves:
    by_name: dict[str, SheetMove] = {was.name.casefold(): SheetMove(tab.name) for was, tab in own}
    by_name |= {one.old_part.name.casefold(): one.table.move for one in moving}
    return Moves({tab.name.casefold(): by_name.get(tab.name.casefold(), SheetMove(tab.name)) for tab in tabs})


def _styles_of(package: Package) -> bytes | None:
    part = next((one.target for one in relations_of(package, WORKBOOK) if one.kind == "styles"), _STYLES)
    return package.read(part) if package.has(part) else None


def _table_names(new: Package) -> set[str]:
    return {one.name.casefold() for part in sheet_parts(new) for one in list_objects(new, part)}


def _put_table(transplant: Transplant, one: _Moving, maker: CellMaker) -> None:
    """Put a moved sheet's cells, widths, links and notes into the new workbook, and its table around them."""
    table, parts = one.table, transplant.parts
    rows = maker.rows()
    xml = with_rows(one.new_xml, table.new.table.first_row, rows)
    last = (max(rows), max([at for cells in rows.values() for at in cells], default=1))
    xml = with_extent(with_widths(xml, one.old_xml, table, transplant.styles), *last)
    xml = with_notes(transplant, one.old_part.part, one.new_part.part, one.old_xml, xml, table.move)
    parts.put(one.new_part.part, xml)
    before = own_object(
        list_objects(transplant.old, one.old_part), table.old.header, table.old.table.first_column, 1 << 14
    )
    for part in one.new_part.tables:
        parts.put(part, moved_table(parts.read(part), table, before.right if before else 0))


def _choose(parts: NewParts, old: Package, new: Package, moving: Sequence[_Moving]) -> None:
    """Carry over the class and subject chosen above «Результаты»."""
    results = next((one for one in moving if one.table.sheet.key == schema.RESULTS.key), None)
    if results is None:
        return
    places = [
        {str(n.get("name")): n.text or "" for n in one.parse(WORKBOOK).iter("{*}definedName")} for one in (old, new)
    ]
    for name in _CHOSEN:
        was, now = (_cell_of(names.get(name, ""), schema.RESULTS.name) for names in places)
        if was is None or now is None or not results.table.old.cells.is_text(*was):
            continue
        style = results.table.new.cells.style(*now)
        cell = results.table.old.cells.moved(*was, now, style, str)
        part = results.new_part.part
        parts.put(part, with_cell(parts.read(part), now, cell))


def _cell_of(reference: str, sheet: str) -> tuple[int, int] | None:
    name, _, cell = reference.rpartition("!")
    corners = box(cell)
    return (corners[0], corners[1]) if corners is not None and name.strip("'") == sheet else None


def _added(moving: Sequence[_Moving]) -> dict[str, int]:
    counts = {
        one.table.sheet.name: sum(was is None and shipped is not None for was, shipped in one.table.rows)
        for one in moving
    }
    return {name: count for name, count in counts.items() if count}


def _own_columns(moving: Sequence[_Moving]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            one.table.sheet.name,
            one.table.captions[was].strip() or words.UNNAMED_COLUMN.format(letter=column_letter(place)),
        )
        for one in moving
        for was, place in one.table.own.items()
    )


def _left(transplant: Transplant, moving: Sequence[_Moving], tabs: Sequence[Tab]) -> tuple[str, ...]:
    """What stays behind, in words."""
    kinds = [words.LEFT_KINDS.get(kind, words.LEFT_OTHER) for kind in dict.fromkeys(transplant.left)]
    sheets = [
        words.LEFT_SHEET.format(sheet=tab.name, kind=words.LEFT_KINDS.get(tab.kind, tab.kind))
        for tab in tabs
        if tab.kind not in {"worksheet", "chartsheet"}
    ]
    rows = [
        words.LEFT_ROWS.format(sheet=one.table.sheet.name, rows=", ".join(map(str, lost)))
        for one in moving
        if (lost := lost_rows(one.table))
    ]
    return (*dict.fromkeys(kinds), *sheets, *rows)


def _xml(tree: _Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
