"""Where LibreOffice's Python is another one than ours, verbs run in a child of it: as fast to fail, as faithful."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xlpy.errors import HostError
from xlpy.libreoffice.bridge import ChildBridge, LocalBridge, batch, open_bridge
from xlpy.libreoffice.interpreter import fits_this_python, own_python
from xlpy.libreoffice.offices import Office, end_office, start_office

_ROOT = Path(__file__).resolve().parents[2]
_AREA = [0, 0, 1, 1]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    one = start_office(visible=False)
    yield one
    end_office(one)


@pytest.fixture
def child(office: Office) -> Iterator[ChildBridge]:
    bridge = ChildBridge(office.address)
    yield bridge
    bridge.close()


@pytest.fixture
def sheet(child: ChildBridge) -> Iterator[tuple[int, int]]:
    book = child.call("new_document", True)
    yield book, child.call("sheet_at", book, 0)
    if child._child.poll() is None:
        child.call("close_document", book)


def _process(child: ChildBridge) -> subprocess.Popen[str]:
    return child._child


def test_what_is_written_comes_back(child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, cells = sheet
    rows = [["Ёлка «№ 5» \u2028 \U0001f393 \n", 1.5], ["", -1e300]]
    child.call("write_values", cells, _AREA, rows)
    assert [list(row) for row in child.call("read_values", book, cells, _AREA)["rows"]] == rows


def test_a_sheet_of_a_hundred_thousand_cells_crosses(child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, cells = sheet
    rows = [[f"Строка {r} столбец {c} " * 3 if c % 2 else float(r * c) for c in range(40)] for r in range(2500)]
    area = [0, 0, 2499, 39]
    child.call("write_values", cells, area, rows)
    assert [list(row) for row in child.call("read_values", book, cells, area)["rows"]] == rows


def test_errors_cross_with_their_kind(child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, _ = sheet
    for verb, arguments, kind in (
        ("sheet_called", (book, "нет"), KeyError),
        ("sheet_at", (book, 99), IndexError),
        ("open_document", ("/нет/такого.xlsx", False, True, "", False), FileNotFoundError),
        ("save_document_as", (book, "/книга.docx", ""), ValueError),
        ("no_such_verb", (), KeyError),
        ("sheet_at", (), TypeError),
    ):
        with pytest.raises(kind):
            child.call(verb, *arguments)
    assert child.call("sheet_names", book)


def test_both_ways_answer_alike(office: Office, child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, cells = sheet
    child.call("write_values", cells, _AREA, [["а", 1.0], [2.0, ""]])
    if not fits_this_python():
        pytest.fail("the machine of these tests has a Python that fits LibreOffice's")
    local = LocalBridge(office.address)
    there = local.call("documents")[-1]
    seen = local.call("read_values", there, local.call("sheet_at", there, 0), _AREA)
    through = child.call("read_values", book, cells, _AREA)
    assert [list(row) for row in seen["rows"]] == through["rows"]


def test_several_verbs_are_one_round_trip(child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, cells = sheet
    names, index = batch(child, [("sheet_names", [book]), ("sheet_index", [cells])])
    assert (len(names), index) == (1, 0)


def test_what_cannot_cross_is_refused_and_the_child_goes_on(child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, cells = sheet
    with pytest.raises(TypeError):
        child.call("write_values", cells, _AREA, [[object(), 1], [2, 3]])
    assert child.call("sheet_names", book)


def test_threads_do_not_get_each_others_answers(child: ChildBridge, sheet: tuple[int, int]) -> None:
    book, _ = sheet
    wrong: list[Any] = []

    def ask(verb: str, *arguments: Any) -> None:
        expected = child.call(verb, *arguments)
        wrong.extend(answer for answer in (child.call(verb, *arguments) for _ in range(100)) if answer != expected)

    threads = [threading.Thread(target=ask, args=one) for one in (("sheet_names", book), ("documents",), ("status",))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.usefixtures("sheet")
def test_a_child_that_crashes_is_named_and_nothing_hangs(child: ChildBridge) -> None:
    os.kill(_process(child).pid, signal.SIGKILL)
    for _ in range(2):
        with pytest.raises(HostError) as caught:
            child.call("documents")
        assert caught.value.code == "host_gone"
    assert _process(child).returncode is not None


def test_an_office_that_is_gone_is_named(office: Office) -> None:
    del office
    other = start_office(visible=False, connect=ChildBridge)
    child = other.bridge
    os.kill(other.pid, signal.SIGKILL)
    try:
        for _ in range(1000):
            if not Path(f"/proc/{other.pid}/exe").exists():
                break
            time.sleep(0.01)
        with pytest.raises(HostError) as caught:
            child.call("documents")
        assert caught.value.code == "host_gone"
    finally:
        end_office(other)


def test_where_nothing_listens_it_says_so_and_leaves_no_child() -> None:
    with pytest.raises(HostError) as caught:
        ChildBridge("pipe,name=nobodylistenshere;urp")
    assert caught.value.code == "host_silent"


def test_a_python_without_uno_says_so(tmp_path: Path) -> None:
    python = tmp_path / "python-without-uno"
    python.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.modules[\'uno\'] = None\n'
        'import runpy; runpy.run_path(sys.argv[1], run_name=\'__main__\')" "$@"\n'
    )
    python.chmod(0o755)
    with pytest.raises(HostError) as caught:
        ChildBridge("pipe,name=nobodylistenshere;urp", python)
    assert caught.value.code == "no_uno"


def test_the_child_ends_with_us() -> None:
    code = (
        "import time\n"
        "from xlpy.libreoffice.bridge import ChildBridge\n"
        "from xlpy.libreoffice.offices import start_office\n"
        "office = start_office(visible=False, connect=ChildBridge)\n"
        "print(office.bridge._child.pid, flush=True); time.sleep(60)\n"
    )
    python = subprocess.Popen([sys.executable, "-c", code], cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    assert python.stdout is not None
    pid = int(python.stdout.readline())
    python.kill()
    python.wait()
    python.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]:
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")


def _starts(name: str) -> str | None:
    """The path of a Python of that version that does start: pyenv has names for those that do not, too."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{name.removeprefix('python')}.*/bin/python"))
    for path in [shutil.which(name), *map(str, kept)]:
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return path
    return None


def test_another_minor_version_of_python_works_through_the_child() -> None:
    """Nothing but xlwings' side runs in it, and that needs no package of ours beyond the standard library."""
    others = [found for name in ("python3.12", "python3.13", "python3.14") if (found := _starts(name))]
    if not others:
        pytest.skip("no second minor version of Python on this machine")
    code = (
        "from xlpy.libreoffice.bridge import ChildBridge, open_bridge\n"
        "from xlpy.libreoffice.offices import start_office, end_office\n"
        "office = start_office(visible=False)\n"
        "book = office.bridge.call('new_document', True)\n"
        "print(type(office.bridge).__name__, *office.bridge.call('sheet_names', book))\n"
        "end_office(office)\n"
    )
    for name in others:
        done = subprocess.run([name, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=False)
        assert done.stdout.split() == ["ChildBridge", "Sheet1"], done.stderr


def test_ours_is_used_where_it_fits() -> None:
    version = subprocess.run(
        [own_python() or "", "-c", "import sys; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert fits_this_python() == (version.stdout.split() == [str(part) for part in sys.version_info[:2]])
    assert callable(open_bridge)
