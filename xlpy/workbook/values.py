"""Values of sheets by calamine, which is given only what the scan has checked and nothing of the file itself.

Calamine lays a sheet out as a full grid and ends the whole process where the memory for it is missing, so no unseen
cell may reach it; what it calls an error or panics at is a damaged part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlpy.workbook.repack import stored

if TYPE_CHECKING:
    from xlpy.workbook.scan import SheetScan

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
Grid = list[list[Any]]
# Calamine sets memory aside for as many strings as the part says it holds.
_STRINGS = re.compile(rb"""sst(?<=[<:]sst)\b((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
_COUNTS = re.compile(rb"""\s(?:count|uniqueCount)\s*=\s*(?:"[^"]*"|'[^']*')""")


class UnreadableError(Exception):
    """The value reader refuses; carries the index of the sheet, None where it refuses the whole."""


def _relations(targets: Mapping[str, str]) -> bytes:
    nodes = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{nodes}</Relationships>'.encode()


def _without_counts(strings: bytes) -> bytes:
    return _STRINGS.sub(lambda tag: b"sst" + _COUNTS.sub(b"", tag[1]) + b">", strings)


def _small_book(scans: list[SheetScan], strings: bytes | None, styles: bytes | None, dates_from_1904: bool) -> bytes:
    """A workbook of these sheets and nothing else."""
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(scans)))
    epoch = '<workbookPr date1904="1"/>' if dates_from_1904 else ""
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"xl/workbook.xml": "officeDocument"}),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}<sheets>{sheets}</sheets></workbook>'.encode()
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"worksheets/s{n}.xml": "worksheet" for n in range(len(scans))}
            | ({"sharedStrings.xml": "sharedStrings"} if strings else {})
            | ({"styles.xml": "styles"} if styles else {})
        ),
    }
    parts |= {"xl/sharedStrings.xml": _without_counts(strings)} if strings else {}
    parts |= {"xl/styles.xml": styles} if styles else {}
    head = f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
    for number, scan in enumerate(scans):
        parts[f"xl/worksheets/s{number}.xml"] = b"".join((head, *scan.rows, b"</sheetData></worksheet>"))
        scan.rows.clear()
    return stored(parts)


def read_grids(
    scans: list[SheetScan], strings: bytes | None, styles: bytes | None, *, dates_from_1904: bool
) -> list[Grid]:
    """Return the values of the sheets from A1 on; their rows are used up. Raises UnreadableError."""
    from python_calamine import CalamineError, CalamineWorkbook

    at: int | None = None
    grids: list[Grid] = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(_small_book(scans, strings, styles, dates_from_1904)))
        for at in range(len(scans)):
            grids.append(book.get_sheet_by_name(f"s{at}").to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError):
        raise UnreadableError(at) from None
    except BaseException as error:
        # A panic of the reader comes as an exception outside of Exception, of a class that it does not export.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(at) from None
    return grids
