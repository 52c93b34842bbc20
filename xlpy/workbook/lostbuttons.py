"""Buttons that LibreOffice has saved and will not show again: it writes them otherwise than it reads them.

LibreOffice (7.4, and others by report) calls the shape of every form button «shape_0» in the legacy drawing, but
looks for «_x0000_s» and the number of its control; it writes the caption without the font by which it finds captions,
the macro without the «[0]!» by which it finds macros; and in a wide column it counts the right edge back from the next
one. Macro, caption and size are all there, so each is mended in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlpy.workbook.locks import lock_of, our_turn
from xlpy.workbook.package import Package, open_package
from xlpy.workbook.parts import SheetPart, relations, sheet_parts
from xlpy.workbook.repack import Part, repacked
from xlpy.workbook.saving import keep_copy, write_atomically

_SHAPE = re.compile(rb'<v:shape id="([^"]*)"(?:(?!</v:shape>).)*</v:shape>', re.DOTALL)
_WIDTH = re.compile(rb'style="[^"]*\bwidth:([\d.]+)pt')
_CAPTION = re.compile(rb"<v:textbox><div>([^<]*)</div></v:textbox>")
_WRITTEN = (
    rb'<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
    rb'<font face="Calibri" size="220" color="#000000">\1</font></div></v:textbox>'
)
_ANCHOR = re.compile(rb"<x:Anchor>\s*(\d+), (\d+), (\d+, \d+), \d+, -\d+, (\d+, \d+)\s*</x:Anchor>")
_CONTROL = re.compile(rb'<control\b[^>]*\bshapeId="(\d+)".*?</control>', re.DOTALL)
_EDGES = re.compile(
    rb"<from>(<xdr:col>\d+</xdr:col>)<xdr:colOff>(\d+)</xdr:colOff>(?P<between>.*?)"
    rb"<to><xdr:col>\d+</xdr:col><xdr:colOff>-\d+</xdr:colOff>",
    re.DOTALL,
)
_MACRO = re.compile(rb'(<x:FmlaMacro>|\bmacro=")(?=[A-Za-z])')
_OWN = rb"\1[0]!"
_TYPE = re.compile(rb'<v:shapetype id="([^"]*)"(?:(?!</v:shapetype>).)*</v:shapetype>', re.DOTALL)
_BUTTON = b'ObjectType="Button"'
_READ = b"_x0000_s"
# The number of the first shape where the sheet does not tell: as Excel counts them.
_FIRST = 1025
_PIXELS_PER_POINT = 96 / 72
_EMU_PER_POINT = 12700


def has_lost_buttons(package: Package) -> bool:
    """Whether a button of the workbook is one that LibreOffice will not show."""
    return any(_lost_drawings(package, sheet) for sheet in sheet_parts(package))


def restore_buttons(path: Path) -> bool:
    """Mend the buttons of a closed workbook, keeping a copy as ever; False where none was lost.

    Raises WorkbookError, LockedError, SaveError.
    """
    package = open_package(path)
    changed = with_buttons(package, sheet_parts(package), {})
    if not changed:
        return False
    with our_turn(path):
        held = lock_of(path)
        if held is not None:
            raise held
        keep_copy(path, datetime.now().astimezone())
        write_atomically(path, repacked(package, changed))
    return True


def with_buttons(package: Package, sheets: Sequence[SheetPart], changed: Mapping[str, Part | None]) -> dict[str, Part]:
    """Parts of sheets whose buttons every program shows again; none where all are shown.

    They are made from what is in `changed`, where it is, else from the package.
    """
    mended: dict[str, Part] = {}
    for sheet in sheets:
        for part in _lost_drawings(package, sheet):
            page = _whole(changed.get(sheet.part) or package.read(sheet.part))
            mended[part], mended[sheet.part] = _mended(package.read(part), page)
    return mended


def _lost_drawings(package: Package, sheet: SheetPart) -> list[str]:
    """Legacy drawings of a sheet in which a button is lost."""
    drawings = [part for kind, part in relations(package, sheet.part).values() if kind == "vmlDrawing"]
    return [
        part
        for part in drawings
        if package.has(part) and any(_is_lost(shape) for shape in _SHAPE.finditer(package.read(part)))
    ]


def _whole(part: Part) -> bytes:
    return part if isinstance(part, bytes) else b"".join(part)


def _is_lost(shape: re.Match[bytes]) -> bool:
    return _BUTTON in shape[0] and not shape[1].startswith(_READ)


def _mended(drawing: bytes, page: bytes) -> tuple[bytes, bytes]:
    """The legacy drawing and the sheet, with one number for each button in both."""
    buttons = [shape for shape in _SHAPE.finditer(drawing) if _BUTTON in shape[0]]
    numbers = _numbers(drawing, page, len(buttons))
    widths = {number: _width(button[0]) for number, button in zip(numbers, buttons, strict=True)}
    by_place = {button.start(): number for number, button in zip(numbers, buttons, strict=True)}

    def shape(found: re.Match[bytes]) -> bytes:
        return _shape(found, by_place[found.start()]) if _is_lost(found) else found[0]

    def control(found: re.Match[bytes]) -> bytes:
        return _control(found[0], widths.get(found[1]))

    return _without_repeats(_SHAPE.sub(shape, drawing)), _CONTROL.sub(control, page)


def _without_repeats(drawing: bytes) -> bytes:
    """LibreOffice writes the kind of shape before each shape; once is enough, and twice is against the rules."""
    seen: set[bytes] = set()

    def once(found: re.Match[bytes]) -> bytes:
        repeated = found[1] in seen
        seen.add(found[1])
        return b"" if repeated else found[0]

    return _TYPE.sub(once, drawing)


def _numbers(drawing: bytes, page: bytes, count: int) -> list[bytes]:
    """Numbers of the controls in the order of the buttons; free ones where the sheet has not as many."""
    told = list(dict.fromkeys(found[1] for found in _CONTROL.finditer(page)))
    if len(told) >= count:
        return told[:count]
    taken: Iterable[bytes] = {found[1].removeprefix(_READ) for found in _SHAPE.finditer(drawing)}
    free = (b"%d" % number for number in range(_FIRST, _FIRST + len(drawing)))
    return [number for number, _ in zip((one for one in free if one not in taken), range(count), strict=False)]


def _width(button: bytes) -> float | None:
    """Width in points, as the style tells it."""
    found = _WIDTH.search(button)
    return float(found[1]) if found else None


def _shape(found: re.Match[bytes], number: bytes) -> bytes:
    text = found[0].replace(found[1], _READ + number, 1)
    text = _MACRO.sub(_OWN, _CAPTION.sub(_WRITTEN, text))
    width = _width(text)
    if width is None:
        return text
    pixels = round(width * _PIXELS_PER_POINT)

    def anchor(edges: re.Match[bytes]) -> bytes:
        column, left, top, bottom = edges.groups()
        right = b"%s, %s, %s, %s, %d, %s" % (column, left, top, column, int(left) + pixels, bottom)
        return b"<x:Anchor>" + right + b"</x:Anchor>"

    return _ANCHOR.sub(anchor, text)


def _control(control: bytes, width: float | None) -> bytes:
    control = _MACRO.sub(_OWN, control)
    if width is None:
        return control
    wide = round(width * _EMU_PER_POINT)

    def edges(found: re.Match[bytes]) -> bytes:
        column, left, between = found[1], found[2], found["between"]
        start = b"<from>" + column + b"<xdr:colOff>" + left + b"</xdr:colOff>" + between
        return start + b"<to>" + column + b"<xdr:colOff>%d</xdr:colOff>" % (int(left) + wide)

    return _EDGES.sub(edges, control, count=1)
