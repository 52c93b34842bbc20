"""Colours between xlwings (tuples, hex text, integers in Excel's blue-green-red order) and the office (0xRRGGBB)."""

from __future__ import annotations

from typing import Any

from xlwings import utils


def to_office(colour: Any) -> int:
    """A colour as xlwings takes it → 0xRRGGBB. ValueError for what is none."""
    if isinstance(colour, str):
        colour = utils.hex_to_rgb(colour)  # type: ignore[no-untyped-call]
    if isinstance(colour, int):
        colour = utils.int_to_rgb(colour)  # type: ignore[no-untyped-call]
    red, green, blue = (int(part) for part in colour)
    if not all(0 <= part <= 255 for part in (red, green, blue)):
        raise ValueError(colour)
    return red << 16 | green << 8 | blue


def to_tuple(colour: int | None) -> tuple[int, int, int] | None:
    """0xRRGGBB → (red, green, blue); None for none or «automatic»."""
    if colour is None or colour < 0:
        return None
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255
