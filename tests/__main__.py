"""`python3 tests`: sets up what the tests need and runs every check that CI runs.

Needs Python 3.11 or newer and nothing else. Makes a virtual environment beside the checkout's files (.venv-test),
installs the project into it, and, where it may (root on a Debian-like system), LibreOffice and what looks at its
windows. Where it may not, it names what is missing and stops. Arguments are handed to pytest.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv-test"
PACKAGES = {"soffice": ("libreoffice-calc", "libreoffice-writer")}


def _say(sentence: str) -> None:
    print(f"== {sentence}", flush=True)


def _run(*command: str) -> None:
    _say(" ".join(command).replace(str(ROOT) + os.sep, ""))
    subprocess.run(command, cwd=ROOT, check=True)


def _ensure_office() -> None:
    missing = sorted({package for program, found in PACKAGES.items() if not shutil.which(program) for package in found})
    if not missing:
        return
    may_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if not may_install:
        sys.exit(
            "Тестам нужны программы, которых на этом компьютере нет. Установите их и повторите:\n"
            f"  Debian, Ubuntu, ALT: {' '.join(missing)}\n"
            "  Windows, macOS: LibreOffice с libreoffice.org (soffice должен быть в PATH)"
        )
    _say(f"apt-get install {' '.join(missing)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *missing], check=True, env=quiet, stdout=subprocess.DEVNULL)


def _python() -> Path:
    folder = HOME / ("Scripts" if os.name == "nt" else "bin")
    return folder / ("python.exe" if os.name == "nt" else "python")


def _ensure_python() -> None:
    """Make the environment anew only when pyproject.toml changed."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    stamp = HOME / "made-for"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - what runs this file is whatever the machine calls python3
        sys.exit(f"Нужен Python 3.11 или новее, а это {sys.version.split()[0]}.")
    _say("virtual environment .venv-test")
    venv.EnvBuilder(with_pip=True, clear=True).create(HOME)
    _run(str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]")
    stamp.write_text(wanted)


def main(arguments: list[str]) -> int:
    """Set up, then lint, types, architecture and tests; the first failure ends it."""
    _ensure_python()
    _ensure_office()
    python = str(_python())
    tools = _python().parent
    try:
        if not arguments:
            _run(python, "-m", "ruff", "check", ".")
            _run(python, "-m", "ruff", "format", "--check", ".")
            _run(python, "-m", "mypy")
            _run(str(tools / "lint-imports"))
        _run(python, "-m", "pytest", *(arguments or ("-n", "auto", "--dist", "loadfile")))
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
