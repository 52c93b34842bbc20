"""`xlpy watch` as a person runs it: a line per run, the page beside the book, a clean end at Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT
from xlpy.watching import page_of


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a POSIX signal")
def test_a_line_per_save_and_a_clean_end(book: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "xlpy", "watch", book, "--today", "20.04.2021"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        book.touch()
        second = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert first[8:] == second[8:] != ""
    assert rest == ""
    assert page_of(book).name in said
    assert "Traceback" not in said
