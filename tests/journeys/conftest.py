"""One made-up school for all journeys: made once by the command line, copied by tests that change it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Ran, xlpy


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """Folder of `xlpy demo` in its default size, and what the command said."""
    folder = tmp_path_factory.mktemp("demo") / "school"
    return folder, xlpy("demo", folder, "--json")


@pytest.fixture(scope="session")
def school(made: tuple[Path, Ran]) -> Path:
    """The demo's folder; tests that write take `own_school`."""
    return made[0]


@pytest.fixture
def own_school(school: Path, tmp_path: Path) -> Callable[[], Path]:
    """Return a fresh copy of the demo's folder."""

    def copy() -> Path:
        return Path(shutil.copytree(school, tmp_path / "school"))

    return copy
