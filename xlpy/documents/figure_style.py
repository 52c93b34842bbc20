"""How every figure of the report looks: colours and hatches, letters, the PNG it becomes.

Works with matplotlib's own objects and no global state, so there is nothing left to close.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlpy.words import report as words

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

Fill = tuple[str, str]

WIDTH_MM = 176.0
INCH = 25.4
DPI = 200
# Size of the letters; a figure is drawn as wide as it is printed, so they keep it.
POINTS = 9.0
# Okabe and Ito's colours, told apart with every kind of colour vision; hatches tell them apart in black and white.
ORANGE, YELLOW, SKY, BLUE, GREEN = "#E69F00", "#F0E442", "#56B4E9", "#0072B2", "#009E73"
VERMILION, GREY, EDGE = "#D55E00", "#BBBBBB", "#333333"
MARK_FILLS: tuple[Fill, ...] = ((VERMILION, "////"), (YELLOW, "...."), (SKY, ""), (BLUE, "xxxx"))
JOURNAL_FILLS: tuple[Fill, ...] = ((ORANGE, "////"), (GREY, ""), (GREEN, "...."))
LEVEL_FILLS: tuple[Fill, ...] = ((SKY, ""), (ORANGE, "////"), (VERMILION, "xxxx"), (GREY, "...."))
_LONGEST_SUBJECT = 24


def style() -> Any:
    """Return the settings of matplotlib under which every figure is made."""
    return {
        "font.family": "DejaVu Sans",
        "font.size": POINTS,
        "axes.titlesize": POINTS,
        "axes.labelsize": POINTS,
        "xtick.labelsize": POINTS,
        "ytick.labelsize": POINTS,
        "legend.fontsize": POINTS,
        "hatch.linewidth": 0.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.6,
        # Labels are what people typed: a dollar sign in them is no formula.
        "text.parse_math": False,
    }


def png(figure: Figure) -> bytes:
    """Return the drawn figure: the same bytes for the same numbers."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.image import imsave

    canvas = FigureCanvasAgg(figure)
    # `savefig` would draw twice. Without the library's name and version the same numbers give the same bytes.
    with warnings.catch_warnings():
        # A letter the font lacks is drawn as a box; the tables hold the name itself.
        warnings.filterwarnings("ignore", message="Glyph")
        canvas.draw()
    out = io.BytesIO()
    anonymous: Any = {"Software": None}
    imsave(out, canvas.buffer_rgba(), format="png", dpi=DPI, metadata=anonymous)
    return out.getvalue()


def legend_keys(names: Sequence[str], fills: Sequence[Fill]) -> list[Patch]:
    """Return the entries of a legend."""
    from matplotlib.patches import Patch

    return [
        Patch(facecolor=color, hatch=hatch, edgecolor=EDGE, linewidth=0.4, label=name)
        for name, (color, hatch) in zip(names, fills, strict=True)
    ]


def short(text: str, most: int) -> str:
    """Return text that takes no more room than `most` letters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def row_label(grade: int | None, subject: str, count: int) -> str:
    """Return what stands beside a bar: grade, subject and N."""
    return words.FIGURE_ROW.format(grade=grade, subject=short(subject, _LONGEST_SUBJECT), count=count)


def panel_title(subject: str, count: int) -> str:
    """Return what stands over a panel: subject and N."""
    return words.FIGURE_TITLE.format(subject=short(subject, _LONGEST_SUBJECT), count=count)
