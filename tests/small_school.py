"""A small made-up school, made once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import xlpy


@pytest.fixture(scope="session")
def small_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("watched") / "school"
    assert xlpy("demo", folder, "--classes", "3").code == 0
    return folder / "vpr_workbook.xlsm"


@pytest.fixture
def book(small_school: Path, tmp_path: Path) -> Path:
    """A workbook of one's own in a folder of its own."""
    return Path(shutil.copy(small_school, tmp_path / small_school.name))
