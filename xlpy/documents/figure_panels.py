"""Charts of the report with a panel for each work: tasks with their thresholds, points with those of marks."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

from xlpy.analysis.distribution import PointsDistribution
from xlpy.analysis.tasks import TaskFigures
from xlpy.documents.figure_style import (
    DPI,
    EDGE,
    INCH,
    LEVEL_FILLS,
    SKY,
    VERMILION,
    WIDTH_MM,
    Fill,
    legend_keys,
    panel_title,
    png,
    short,
    style,
)
from xlpy.tables import schema
from xlpy.words import report as words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch


@dataclass(frozen=True, slots=True)
class _Layout:
    """Panels in a row, and millimetres: height of a panel and of its tick labels, room of the legend above all."""

    columns: int
    panel_mm: float
    labels_mm: float
    head_mm: float


_TASKS = _Layout(columns=2, panel_mm=39.0, labels_mm=12.0, head_mm=12.0)
_POINTS = _Layout(columns=3, panel_mm=37.0, labels_mm=7.0, head_mm=8.0)
# Millimetres: axis name below, left edge, title of a panel, space to its right.
_FOOT_MM, _SIDE_MM, _TITLE_MM, _GAP_MM = 5.0, 15.0, 6.0, 9.0
_LEAST_SLOTS = 12
_LONGEST_TASK = 8
_DASHES = (0, (4, 2))
_SHORT_DASHES = (0, (3, 2))


def _panels(count: int, layout: _Layout) -> tuple[Figure, list[Axes]]:
    """A figure of `count` panels, placed by millimetres: a layout engine would measure every letter first."""
    from matplotlib.figure import Figure

    lines = -(-count // layout.columns)
    height = layout.head_mm + layout.panel_mm * lines + _FOOT_MM
    figure = Figure(figsize=(WIDTH_MM / INCH, height / INCH), dpi=DPI)
    step = (WIDTH_MM - _SIDE_MM) / layout.columns
    places = [(at % layout.columns, at // layout.columns) for at in range(count)]
    return figure, [
        figure.add_axes(
            (
                (_SIDE_MM + column * step) / WIDTH_MM,
                1 - (layout.head_mm + (line + 1) * layout.panel_mm - layout.labels_mm) / height,
                (step - _GAP_MM) / WIDTH_MM,
                (layout.panel_mm - layout.labels_mm - _TITLE_MM) / height,
            )
        )
        for column, line in places
    ]


def _name_axes(figure: Figure, upright: str, level: str) -> None:
    """The names of the axes of all panels, once."""
    figure.text(1.5 / WIDTH_MM, 0.5, upright, rotation=90, va="center", ha="left")
    figure.text(0.5, 0.005, level, va="bottom", ha="center")


def _columns(axes: Axes, heights: Mapping[int, float], width: float, fill: Fill) -> None:
    """Vertical bars as one outline: a patch for each bar would cost most of the figure's time."""
    edges: list[float] = []
    steps: list[float] = []
    for place, height in heights.items():
        edges += [place - width / 2, place + width / 2]
        steps += [height, 0.0]
    if edges:
        color, hatch = fill
        axes.stairs(steps[:-1], edges, fill=True, facecolor=color, edgecolor=EDGE, linewidth=0.4, hatch=hatch)


def _task_panel(axes: Axes, tasks: Sequence[TaskFigures]) -> None:
    for kind, fill in zip((*schema.LEVELS, ""), LEVEL_FILLS, strict=True):
        shares = {place: 100 * (task.share or 0.0) for place, task in enumerate(tasks) if task.level == kind}
        _columns(axes, shares, 0.8, fill)
    axes.axhline(60, color="black", linewidth=0.8, linestyle="-")
    axes.axhline(30, color="black", linewidth=0.8, linestyle=_DASHES)
    axes.set_ylim(0, 100)
    axes.set_xlim(-0.6, max(len(tasks), _LEAST_SLOTS) - 0.4)
    axes.set_yticks([0, 30, 60, 100])
    axes.set_xticks(range(len(tasks)), [short(task.label, _LONGEST_TASK) for task in tasks], rotation=90)
    axes.tick_params(axis="x", length=0, pad=1)
    axes.set_title(panel_title(tasks[0].subject, tasks[0].papers), loc="left")


def tasks_figure(works: Sequence[Sequence[TaskFigures]]) -> bytes:
    """Return a panel of bars for each work: share of points by task, with the two thresholds."""
    import matplotlib as mpl
    from matplotlib.lines import Line2D

    with mpl.rc_context(style()):
        figure, panels = _panels(len(works), _TASKS)
        for axes, tasks in zip(panels, works, strict=True):
            _task_panel(axes, tasks)
        _name_axes(figure, words.TASKS_AXIS, words.TASKS)
        used = {task.level for tasks in works for task in tasks}
        shown = [kind in used for kind in (*schema.LEVELS, "")]
        names = list(compress(words.LEVEL_NAMES, shown))
        handles: list[Patch | Line2D] = [*legend_keys(names, list(compress(LEVEL_FILLS, shown)))]
        styles: tuple[Any, Any] = ("-", _DASHES)
        handles += [
            Line2D([], [], color="black", linewidth=0.8, linestyle=style, label=name)
            for style, name in zip(styles, words.THRESHOLD_LINES, strict=True)
        ]
        figure.legend(handles=handles, loc="upper center", ncols=4 if len(handles) <= 4 else 3, frameon=False)
        return png(figure)


def _points_panel(axes: Axes, work: PointsDistribution) -> None:
    from matplotlib.ticker import MaxNLocator

    _columns(axes, dict(enumerate(work.counts)), 0.85, (SKY, ""))
    for threshold in work.thresholds or ():
        axes.axvline(threshold - 0.5, color=VERMILION, linewidth=1.2, linestyle=_SHORT_DASHES)
    axes.set_xlim(-0.7, len(work.counts) - 0.3)
    axes.set_ylim(0, 1.08 * max(work.counts))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.set_title(panel_title(work.subject, work.papers), loc="left")


def points_figure(works: Sequence[PointsDistribution]) -> bytes:
    """Return a histogram of primary points for each work, with the thresholds of marks where there is a scale."""
    import matplotlib as mpl
    from matplotlib.lines import Line2D

    with mpl.rc_context(style()):
        figure, panels = _panels(len(works), _POINTS)
        for axes, work in zip(panels, works, strict=True):
            _points_panel(axes, work)
        _name_axes(figure, words.PAPERS_AXIS, words.POINTS_AXIS)
        if any(work.thresholds for work in works):
            line = Line2D([], [], color=VERMILION, linewidth=1.2, linestyle=_SHORT_DASHES, label=words.MARK_LINES)
            figure.legend(handles=[line], loc="upper center", frameon=False)
        return png(figure)
