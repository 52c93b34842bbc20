"""How a range looks: the part of Range about fonts, colours, borders, alignment, number formats, notes, links."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes


class RangeLooks(base_classes.Range):
    """Members of Range that change no content. Uses `sheet` and `area` of the whole Range."""

    sheet: Any = None
    area: list[int]
