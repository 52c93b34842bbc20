"""Teachers in a hurry, played over seeds: all habits of people at once, by the real command line on real files.

More seeds, and a real school: python -m tests.forms.hurried --seeds 50 --school FOLDER.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.forms.hurried.run import made_school, run

SEEDS = (2, 9)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_school(tmp_path_factory.mktemp("hurried") / "Школа", None, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_certain_point_is_in_the_book_and_every_other_is_a_finding(school: Path, seed: int) -> None:
    outcome = run(school, seed)
    assert outcome.faults == []
    assert outcome.certain > 1000
    assert outcome.uncertain > 0


def test_forms_saved_by_libreoffice_are_collected_as_well(school: Path) -> None:
    """As .xlsx of its own, as .ods and as .xls."""
    outcome = run(school, 4, ("xlsx", "ods", "xls"))
    assert outcome.faults == []
    assert outcome.certain > 1000


@pytest.mark.skipif("XLPY_REAL_SCHOOL" not in os.environ, reason="XLPY_REAL_SCHOOL names no folder of CSV files")
def test_a_real_school_loses_nothing_either(tmp_path: Path) -> None:
    made = made_school(tmp_path / "Школа", Path(os.environ["XLPY_REAL_SCHOOL"]), 0)
    assert run(made, 1).faults == []
