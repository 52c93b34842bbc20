"""A real LibreOffice for the tests: converts and recalculates files with a profile of its own, which it leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

_SECONDS = 240


def convert(files: Iterable[Path], kind: str, out: Path) -> list[Path]:
    """Let LibreOffice in its default settings open each file and save it as `kind` into `out`.

    `kind` is a file ending («pdf», «xlsx») or an ending with a filter («xlsm:Calc MS Excel 2007 VBA XML»).
    LibreOffice computes formulas without a cached value when it loads a file. One start serves all files.
    """
    files = list(files)
    out.mkdir(parents=True, exist_ok=True)
    profile = Path(tempfile.mkdtemp(prefix="office-"))
    try:
        subprocess.run(
            [
                shutil.which("soffice") or "soffice",
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                kind,
                "--outdir",
                str(out),
                *map(str, files),
            ],
            check=True,
            timeout=_SECONDS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
        )
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    made = [out / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    missing = [file.name for file in made if not file.exists()]
    if missing:
        raise FileNotFoundError(f"LibreOffice did not make {', '.join(missing)}")
    return made


def resaved(file: Path, out: Path) -> Path:
    """The workbook as LibreOffice saves it after computing it anew, macros kept."""
    return convert([file], "xlsm:Calc MS Excel 2007 VBA XML", out)[0]
