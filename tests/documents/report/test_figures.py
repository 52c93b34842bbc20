"""Figures: their printed size and letters, the same bytes every time, nothing told by colour alone."""

from __future__ import annotations

import struct

import pytest

from tests.analysis.made_school import CLASSES, make_rows, read
from xlpy.analysis.overview import Analysis, analyse
from xlpy.documents.figure_panels import points_figure, tasks_figure
from xlpy.documents.figure_style import JOURNAL_FILLS, LEVEL_FILLS, MARK_FILLS, POINTS, WIDTH_MM
from xlpy.documents.figures import journal_figure, marks_figure


def draw(found: Analysis) -> list[bytes]:
    tasks = [t for t in found.tasks if (t.grade, t.subject) == (4, "Математика")]
    return [
        marks_figure(found.grades),
        journal_figure(found.grades),
        tasks_figure([tasks, tasks, tasks]),
        points_figure(found.distributions),
    ]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(*read(make_rows(CLASSES)))


@pytest.fixture(scope="module")
def drawn(analysis: Analysis) -> list[bytes]:
    return draw(analysis)


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_figures_are_as_wide_as_they_are_printed_so_that_letters_keep_their_size(
    drawn: list[bytes],
) -> None:
    for picture in drawn:
        width, height = size(picture)
        assert abs(width - WIDTH_MM / 25.4 * 200) <= 1
        assert height < 257 / 25.4 * 200
    assert POINTS >= 9


def test_the_same_numbers_give_the_same_bytes(analysis: Analysis, drawn: list[bytes]) -> None:
    assert draw(analysis) == drawn


def test_figures_carry_no_name_and_no_version_of_a_program(drawn: list[bytes]) -> None:
    for picture in drawn:
        assert b"tEXt" not in picture
        assert b"matplotlib" not in picture.lower()


def test_neighbours_differ_in_hatch_as_well_as_in_colour() -> None:
    for fills in (MARK_FILLS, JOURNAL_FILLS, LEVEL_FILLS):
        assert len({hatch for _, hatch in fills}) == len(fills) == len({color for color, _ in fills})
