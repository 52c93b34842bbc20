from __future__ import annotations

import os
import subprocess
import sys

from tests.command import ROOT


def test_the_benchmark_of_regions_runs_when_it_is_small() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_region"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "XLPY_BENCH_QUICK": "1"},
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    assert "ratio" in ran.stdout
    assert "2 municipalities" in ran.stdout
