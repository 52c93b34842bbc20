"""How cells move about: the part of Range that inserts, deletes, copies, fills, sorts and replaces them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.addresses import is_whole_columns, is_whole_rows
from xlpy.words.libreoffice import uncovered

# Letters of the office for what is pasted: text, numbers, dates, notes, formulas, looks.
_PASTED = {
    None: "SVDNFT",
    "all": "SVDNFT",
    "all_merging_conditional_formats": "SVDNFT",
    "all_using_source_theme": "SVDNFT",
    "comments": "N",
    "formats": "T",
    "formulas": "SVDF",
    "link": "SVDFT",
    "values": "SVD",
}
_OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}
_FILLS = {
    "fill_default": "auto",
    "fill_series": "auto",
    "fill_copy": "copy",
    "fill_days": "day",
    "fill_weekdays": "weekday",
    "fill_months": "month",
    "fill_years": "year",
    "linear_trend": "linear",
    "growth_trend": "growth",
}


class RangeEdits(base_classes.Range):
    """Members of Range that move contents about. Uses `sheet`, `area` and `shape` of the whole Range."""

    sheet: Any = None
    area: list[int]

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells; without `shift` the longer side decides. New cells look like those above or left of them."""
        del copy_origin
        self.sheet.call("insert_cells", self.area, self._way(shift, "DOWN", "RIGHT"))

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; without `shift` the longer side decides where others come from."""
        self.sheet.call("delete_cells", self.area, self._way(shift, "UP", "LEFT"))

    def _way(self, shift: str | None, upright: str, sideways: str) -> str:
        if shift is not None and shift.upper() not in {upright, sideways}:
            raise KeyError(shift)
        if is_whole_rows(self.area):
            return "ROWS"
        if is_whole_columns(self.area):
            return "COLUMNS"
        rows, columns = self.shape
        return shift.upper() if shift else sideways if rows > columns else upright

    def copy(self, destination: Any = None) -> None:
        """Copy to another range, as often as it goes into that; without one to the clipboard."""
        if destination is None:
            self.sheet.book.call("to_clipboard", self.sheet.key, self.area)
            return
        to = getattr(destination, "impl", destination)
        if to.sheet.book.key != self.sheet.book.key:
            to.copy_from(self)
            return
        rows, columns = to.shape
        fits = rows % self.shape[0] == 0 and columns % self.shape[1] == 0
        self.sheet.call("copy_cells", self.area, to.sheet.key, [*to.area[:2], *(to.shape if fits else self.shape)])

    def copy_from(
        self, source_range: Any, copy_type: str = "all", skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Take over everything, "formats", "formulas", a "link" or "values" of another range of the same office."""
        source = getattr(source_range, "impl", source_range)
        how = _pasting(copy_type, None, skip_blanks, transpose)
        ends = [[one.sheet.book.key, one.sheet.key, one.area] for one in (source, self)]
        self.sheet.book.app.call("copy_part", *ends, how)

    def move(self, destination: Any) -> None:
        """Move to the first cell of another range of the same workbook; formulas follow."""
        to = getattr(destination, "impl", destination)
        self.sheet.call("move_cells", self.area, to.sheet.key, *to.area[:2])

    def paste(
        self, paste: str | None = None, operation: str | None = None, skip_blanks: bool = False, transpose: bool = False
    ) -> None:
        """Paste the clipboard, or a part of what is in it."""
        how = _pasting(paste, operation, skip_blanks, transpose)
        self.sheet.book.call("paste", self.sheet.key, self.area, how)

    def autofill(self, destination: Any, type_: str) -> None:
        """Go on with this range's contents through the destination, which holds this range at one of its ends."""
        if type_ not in _FILLS:
            raise NotImplementedError(uncovered(f"Range.autofill(type_={type_!r})", "fill_default"))
        to = getattr(destination, "impl", destination).area
        r0, c0, r1, c1 = self.area
        rows, columns = self.shape
        if to[1] == c0 and to[3] == c1 and (to[0] == r0 or to[2] == r1):
            direction, count = ("TO_BOTTOM" if to[0] == r0 else "TO_TOP"), rows
        elif to[0] == r0 and to[2] == r1 and (to[1] == c0 or to[3] == c1):
            direction, count = ("TO_RIGHT" if to[1] == c0 else "TO_LEFT"), columns
        else:
            raise ValueError(destination)
        self.sheet.call("fill", to, direction, count, _FILLS[type_])

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows by columns counted from 1; empty cells come last either way."""
        pairs = [[key - 1, rising] for key, rising in zip(keys, ascending, strict=True)]
        self.sheet.call("sort_rows", self.area, pairs, has_headers)

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        """Keep of rows alike in these columns, counted from 1, the first; capitals make no difference."""
        rows = self.sheet.book.call("read_values", self.sheet.key, self.area)["rows"]
        seen: set[tuple[Any, ...]] = set()
        kept: list[list[int]] = []
        for number, row in enumerate(rows):
            what = tuple(one.lower() if isinstance(one, str) else one for one in (row[at - 1] for at in columns))
            if what in seen and not (has_headers and number == 0):
                continue
            if number or not has_headers:
                seen.add(what)
            if kept and kept[-1][1] == number - 1:
                kept[-1][1] = number
            else:
                kept.append([number, number])
        self.sheet.call("keep_rows", self.area, kept)

    def find(self, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Any:
        """The first cell that shows the text; * and ? stand for other characters, ~ in front takes them as they are."""
        how = {"backward": direction == "backward", "by_rows": order == "rows", "match_case": match_case}
        found = self.sheet.call("find_first", self.area, _pattern(text), {**how, "whole": whole})
        return self.sheet.range((found[0] + 1, found[1] + 1)) if found else None

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace in texts and formulas; wildcards as in `find`."""
        kept = new.replace("\\", "\\\\").replace("$", "\\$").replace("&", "\\&")
        self.sheet.call("replace_all", self.area, _pattern(old), kept, whole, match_case)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Any]:
        """Areas of blank, constant, calculated or visible cells in this range."""
        found = self.sheet.book.call("special_cells", self.sheet.key, self.area, cell_type, value_type or "")
        return [self.sheet.range((r0 + 1, c0 + 1, r1 - r0 + 1, c1 - c0 + 1)) for r0, c0, r1, c1 in found]


def _pasting(what: str | None, operation: str | None, skip_blanks: bool, transpose: bool) -> dict[str, Any]:
    if what not in _PASTED:
        raise NotImplementedError(uncovered(f"Range.paste(paste={what!r})", ", ".join(filter(None, _PASTED))))
    return {
        "flags": _PASTED[what],
        "operation": _OPERATIONS[operation],
        "skip_blanks": skip_blanks,
        "transpose": transpose,
        "link": what == "link",
    }


def _pattern(text: str) -> str:
    """Regular expression of a text in which * and ? are wildcards unless a ~ stands in front."""
    marks = re.finditer(r"~([*?~])|([*])|([?])|(.)", text, re.DOTALL)
    return "".join(".*" if one[2] else "." if one[3] else re.escape(one[1] or one[4]) for one in marks)
