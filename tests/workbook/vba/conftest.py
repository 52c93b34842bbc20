"""The workbook as built, once for all tests of its macros."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlpy.workbook.builder.build import build_workbook


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("macros") / "vpr_workbook.xlsm"
    path.write_bytes(build_workbook())
    return path
