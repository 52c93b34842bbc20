"""`python3 tests`: sets up what the tests need and runs every check that CI runs.

Needs Python 3.11 or newer and nothing else. Makes a virtual environment beside the checkout's files (.venv-test),
installs the project into it, and, where it may (root on a Debian-like system), LibreOffice and what looks at its
windows. Where it may not, it names what is missing and stops. Arguments are handed to pytest.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv-test"
FLOOR = HOME / "floor"
# Program by which a Debian package is seen to be there: LibreOffice, a virtual screen, a hand to click, an eye to look.
PACKAGES = {
    "soffice": ("libreoffice-calc", "libreoffice-writer"),
    "Xvfb": ("xvfb",),
    "xdotool": ("xdotool",),
    "import": ("imagemagick",),
    "pdftotext": ("poppler-utils",),
}
# It has no program: it is there where the Python it is made for can import it.
UNO, UNO_PYTHON = "python3-uno", "/usr/bin/python3"
RUSSIAN = "libreoffice-l10n-ru"


def _say(sentence: str) -> None:
    print(f"== {sentence}", flush=True)


def _run(*command: str) -> None:
    _say(" ".join(command).replace(str(ROOT) + os.sep, ""))
    subprocess.run(command, cwd=ROOT, check=True)


def _missing_packages() -> list[str]:
    missing = {package for program, found in PACKAGES.items() if not shutil.which(program) for package in found}
    if sys.platform == "linux":
        missing |= set() if _imports_uno() else {UNO}
        missing |= set() if _speaks_russian() else {RUSSIAN}
    else:
        # Screens and clicks are Linux' alone; the tests that need them are skipped elsewhere.
        missing &= set(PACKAGES["soffice"])
    return sorted(missing)


def _speaks_russian() -> bool:
    """Whether LibreOffice has its Russian words: an office of a school has, and one in Russian is tested."""
    soffice = shutil.which("soffice")
    return bool(soffice) and Path(soffice).resolve().with_name("resource").joinpath("ru").is_dir()


def _imports_uno() -> bool:
    """Whether the system's Python has it, or LibreOffice brings a Python of its own."""
    soffice = shutil.which("soffice")
    own = Path(soffice).resolve().with_name("python") if soffice else Path()
    pythons = [str(path) for path in (own, Path(UNO_PYTHON)) if path.is_file()]
    tries = (
        subprocess.run([python, "-c", "import uno"], check=False, capture_output=True, env={}) for python in pythons
    )
    return any(ran.returncode == 0 for ran in tries)


def _ensure_office() -> None:
    missing = _missing_packages()
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


def _ensure_floor() -> str:
    """Put the oldest xlwings that pyproject.toml allows beside the environment; return its version."""
    found = re.search(r'"xlwings>=([\d.]+)', (ROOT / "pyproject.toml").read_text("utf-8"))
    if found is None:
        sys.exit("pyproject.toml: xlwings>=…")
    if not (FLOOR / f"xlwings-{found[1]}.dist-info").exists():
        shutil.rmtree(FLOOR, ignore_errors=True)
        pip = (str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
        _run(*pip, "--target", str(FLOOR), f"xlwings=={found[1]}")
    return found[1]


def _run_floor() -> None:
    """The engine's tests once more, with the oldest xlwings and with verbs in a child of LibreOffice's own Python."""
    version = _ensure_floor()
    _say(f"tests/libreoffice, xlwings {version}, child of LibreOffice's Python")
    chosen = {"PYTHONPATH": str(FLOOR), "XLPY_TEST_XLWINGS": version, "XLPY_TEST_BRIDGE": "child"}
    command = (str(_python()), "-m", "pytest", "tests/libreoffice", "-n", "auto", "--dist", "loadfile")
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **chosen})


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
        if not arguments:
            _run_floor()
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
