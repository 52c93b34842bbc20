"""Fixtures of the tests of forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.forms.handed import HandingSchool


@pytest.fixture
def school(tmp_path: Path) -> HandingSchool:
    """The small school that hands out, its folder of forms still empty."""
    from tests.forms.handed import HandingSchool

    return HandingSchool(tmp_path)
