"""`python -m tests.forms.hurried --seeds 50 [--school FOLDER]`: hurried teachers over many seeds, with a table.

`--school` is a folder of CSV files with filled «Результаты» (or XLPY_REAL_SCHOOL); without one, the demo's school.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.forms.hurried.comparing import Outcome
from tests.forms.hurried.run import made_school, run

_KINDS = ("", "xlsx", "", "ods", "", "xls")
_HEAD = "seed forms certain uncertain  open lost invented guessed unnamed other seconds  LibreOffice"


def _row(outcome: Outcome, kind: str, seconds: float) -> str:
    faults = (len(getattr(outcome, name)) for name in ("lost", "invented", "guessed", "unnamed", "other"))
    lost, invented, guessed, unnamed, other = faults
    return (
        f"{outcome.seed:4} {outcome.forms:5} {outcome.certain:7} {outcome.uncertain:9} {outcome.opened:5}"
        f" {lost:4} {invented:8} {guessed:7} {unnamed:7} {other:5} {seconds:7.1f}  {kind or '-'}"
    )


def _one(school: Path, seed: int, kind: str) -> tuple[Outcome, str, float]:
    started = time.monotonic()
    outcome = run(school, seed, (kind,) if kind else ())
    return outcome, kind, time.monotonic() - started


def main() -> int:
    """Play every seed; 1 where anything was lost, invented, guessed or left unnamed."""
    said = argparse.ArgumentParser(prog="python -m tests.forms.hurried", description=__doc__)
    said.add_argument("--seeds", type=int, default=50)
    said.add_argument("--first", type=int, default=1)
    said.add_argument("--school", type=Path, default=os.environ.get("XLPY_REAL_SCHOOL"))
    said.add_argument("--classes", type=int, default=3)
    said.add_argument("--processes", type=int, default=2)
    said.add_argument("--no-office", action="store_true")
    said.add_argument("--shown", type=int, default=5)
    wish = said.parse_args()
    seeds = range(wish.first, wish.first + wish.seeds)
    kinds = ["" if wish.no_office else _KINDS[seed % len(_KINDS)] for seed in seeds]
    faults = 0
    with tempfile.TemporaryDirectory(prefix="hurried-") as folder:
        made = made_school(Path(folder) / "school", wish.school and Path(wish.school), wish.classes)
        print(_HEAD)
        with ProcessPoolExecutor(wish.processes) as pool:
            for outcome, kind, seconds in pool.map(_one, [made] * len(seeds), seeds, kinds):
                print(_row(outcome, kind, seconds), flush=True)
                for line in outcome.shortly[: wish.shown]:
                    print(f"     {line}", flush=True)
                faults += len(outcome.faults)
    print(f"{len(seeds)} seeds, faults: {faults}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
