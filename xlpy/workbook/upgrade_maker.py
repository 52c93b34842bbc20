"""The cells of a declared sheet in its newer form, made from the old row and the shipped row each comes of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from xlpy.tables import schema
from xlpy.tables.addresses import address, column_letter
from xlpy.tables.declare import Role
from xlpy.tables.formulas import formula_at
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Live
from xlpy.tables.settings import SETTINGS_ROWS
from xlpy.workbook.cells import cell_xml
from xlpy.workbook.datestyles import DateStyles
from xlpy.workbook.upgrade_refs import Moves, rewritten
from xlpy.workbook.upgrade_styles import StyleMerge
from xlpy.workbook.upgrade_tables import TableMove, row_key

_VERSION = next(fold(one.caption) for one in SETTINGS_ROWS if one.key == "schema_version")


class CellMaker:
    """Makes the new cells of a moved sheet."""

    def __init__(
        self,
        move: TableMove,
        moves: Moves,
        styles: StyleMerge,
        dates: tuple[DateStyles, DateStyles],
        column_styles: Mapping[int, int],
    ) -> None:
        self._move, self._moves, self._styles = move, moves, styles
        self._old_dates, self._new_dates = dates
        new = move.new.table
        self._from = {place: column for column, place in move.move.columns.items() if column not in move.own}
        captions = {column.caption: column for column in move.sheet.columns}
        self._declared = {
            new.first_column + at: captions.get(clean_text(caption)) for at, caption in enumerate(new.captions)
        }
        self._letters = {
            column.key: column_letter(place) for place, column in self._declared.items() if column is not None
        }
        self._usual = self._usual_styles(column_styles)
        self._looks: dict[tuple[int, int], int] = {}
        self._styled: dict[tuple[int, int, int, bool], int] = {}

    def _usual_styles(self, column_styles: Mapping[int, int]) -> dict[int, int]:
        """Old column → the program's own look there: the style of the column, else the one most of its cells have.

        Any other style of a cell is a mark of the user's, or shows a date where a date was not expected.
        """
        old = self._move.old
        usual: dict[int, int] = {}
        for column in self._from.values():
            found = Counter(old.cells.style(row, column) for row in old.rows)
            given = column_styles.get(column)
            most = max(found, key=lambda style: (found[style], -style), default=0)
            usual[column] = given if given is not None and given in found else most
        return usual

    def rows(self) -> dict[int, dict[int, bytes]]:
        """All data rows of the new sheet: row → column → cell."""
        first = self._move.new.table.first_row
        made = {first + at: self._row(first + at, *source) for at, source in enumerate(self._move.rows)}
        if not made:
            made[first] = self._row(first, None, first)
        for row, cells in self._loose().items():
            made.setdefault(row, {}).update(cells)
        return made

    def _row(self, row: int, was: int | None, shipped: int | None) -> dict[int, bytes]:
        if was is not None and shipped is not None and self._is_bare(was):
            filled = self._row(row, None, shipped)
        else:
            filled = {place: self._cell(row, place, was, shipped) for place in self._declared}
        for column, place in self._move.own.items():
            if was is not None and self._move.old.cells.cell(was, column) is not None:
                filled[place] = self._own(was, column, (row, place))
        return filled

    def _is_bare(self, was: int) -> bool:
        """Whether an old row holds only its key: laid out to be filled in, and not filled in."""
        match = {self._move.sheet.column(key).caption for key in self._move.sheet.match}
        return not any(
            self._move.old.cells.is_filled(was, column)
            for place, column in self._from.items()
            if clean_text(self._move.new.table.captions[place - self._move.new.table.first_column]) not in match
        )

    def _cell(self, row: int, place: int, was: int | None, shipped: int | None) -> bytes:
        column, source = self._declared[place], self._from.get(place)
        if column is not None and column.role is Role.CALCULATED:
            typed = was is not None and source is not None and self._is_typed(was, source)
            if not typed:
                formula = formula_at(self._move.sheet, column.key, row, self._letters)
                return cell_xml(address(row, place), Live(formula), self._look(place, shipped))
        if was is not None and source is not None and not self._is_version(shipped, place):
            style = self._style(was, source, self._look(place, shipped))
            return self._move.old.cells.moved(was, source, (row, place), style, self._followed)
        look = self._look(place, shipped)
        if shipped is None:
            return cell_xml(address(row, place), None, look)
        return self._move.new.cells.moved(shipped, place, (row, place), look, str)

    def _is_typed(self, was: int, column: int) -> bool:
        return self._move.old.cells.is_filled(was, column) and self._move.old.cells.formula(was, column) is None

    def _is_version(self, shipped: int | None, place: int) -> bool:
        """Whether the cell says of which version the workbook is."""
        if self._move.sheet.key != schema.SETTINGS.key or shipped is None:
            return False
        column = self._declared[place]
        key = row_key(self._move.sheet, self._move.new, shipped, {})
        return column is not None and column.key == "setting" and key == (_VERSION,)

    def _look(self, place: int, shipped: int | None) -> int:
        """The new workbook's own style of a column, or of a shipped row's cell."""
        row = shipped or self._move.new.table.first_row
        if (row, place) not in self._looks:
            self._looks[row, place] = self._move.new.cells.style(row, place)
        return self._looks[row, place]

    def _style(self, was: int, column: int, look: int) -> int:
        """Style of an old cell: the new look, unless the user gave the cell one of its own or it is a date."""
        style, is_filled = self._move.old.cells.style(was, column), self._move.old.cells.is_filled(was, column)
        key = (column, style, look, is_filled)
        if key not in self._styled:
            same_kind = self._old_dates.is_date(style) == self._new_dates.is_date(look)
            is_plain = style == self._usual[column] and (same_kind or not is_filled)
            self._styled[key] = look if is_plain else self._styles.style(style)
        return self._styled[key]

    def _followed(self, formula: str) -> str:
        return rewritten(formula, self._moves, self._move.sheet.name)

    def _own(self, was: int, column: int, to: tuple[int, int]) -> bytes:
        style = self._styles.style(self._move.old.cells.style(was, column))
        return self._move.old.cells.moved(was, column, to, style, self._followed)

    def _loose(self) -> dict[int, dict[int, bytes]]:
        """The header of the user's own columns, and what stands in them below the table."""
        old, move = self._move.old, self._move.move
        rows = [old.header, *(row for row in old.cells.rows if row > old.header and row not in move.rows)]
        loose: dict[int, dict[int, bytes]] = defaultdict(dict)
        for row in rows:
            for column, place in self._move.own.items():
                if old.cells.is_filled(row, column):
                    to = move.row(row)
                    loose[to][place] = self._own(row, column, (to, place))
        return loose
