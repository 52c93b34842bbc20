"""Charts of the report with a bar for each work: shares of marks, comparison with the journal."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlpy.analysis.indicators import Indicators
from xlpy.documents.figure_style import (
    DPI,
    EDGE,
    INCH,
    JOURNAL_FILLS,
    MARK_FILLS,
    WIDTH_MM,
    Fill,
    legend_keys,
    png,
    row_label,
    style,
)
from xlpy.words import report as words
from xlpy.words.grammar import decimal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST_LABELLED = 5.0
_ROW_MM, _FRAME_MM = 6.2, 26.0


def _stacked(axes: Axes, labels: Sequence[str], shares: Sequence[Sequence[float]], fills: Sequence[Fill]) -> None:
    """Horizontal bars of 100 %, first label on top; each part as large as `_LEAST_LABELLED` carries its number."""
    places = range(len(labels))
    left = [0.0] * len(labels)
    for part, (color, hatch) in enumerate(fills):
        widths = [row[part] for row in shares]
        axes.barh(places, widths, left=left, height=0.72, color=color, hatch=hatch, edgecolor=EDGE, linewidth=0.4)
        for place, width in enumerate(widths):
            if width >= _LEAST_LABELLED:
                axes.text(
                    left[place] + width / 2,
                    place,
                    decimal(width, 0),
                    ha="center",
                    va="center",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.9},
                )
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_yticks(list(places), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _bars(
    rows: Sequence[tuple[str, Sequence[int]]],
    fills: Sequence[Fill],
    names: Sequence[str],
    legend: str,
    axis: str,
) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(style()):
        height = _FRAME_MM + _ROW_MM * len(rows)
        figure = Figure(figsize=(WIDTH_MM / INCH, height / INCH), dpi=DPI, layout="constrained")
        axes = figure.add_subplot()
        shares = [[100 * count / sum(counts) for count in counts] for _, counts in rows]
        _stacked(axes, [label for label, _ in rows], shares, fills)
        axes.set_xlabel(axis)
        figure.legend(
            handles=legend_keys(names, fills), title=legend, loc="outside upper center", ncols=len(names), frameon=False
        )
        return png(figure)


def marks_figure(rows: Sequence[Indicators]) -> bytes:
    """Return stacked bars of marks 2–5; rows without a mark are left out."""
    bars = [
        (row_label(row.grade, row.subject, row.marks.total), row.marks.counts)
        for row in rows
        if row.marks and row.marks.total
    ]
    return _bars(bars, MARK_FILLS, words.MARKS_PARTS, words.MARKS_LEGEND, words.MARKS_AXIS)


def journal_figure(rows: Sequence[Indicators]) -> bytes:
    """Return stacked bars of lowered, confirmed, raised; rows without a work that has both marks are left out."""
    bars = [
        (row_label(row.grade, row.subject, both.total), (both.lowered, both.confirmed, both.raised))
        for row in rows
        if (both := row.comparison) and both.total
    ]
    return _bars(bars, JOURNAL_FILLS, words.JOURNAL_PARTS, words.JOURNAL_LEGEND, words.JOURNAL_AXIS)
