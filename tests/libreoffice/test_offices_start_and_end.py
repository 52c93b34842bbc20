"""An office of ours lives exactly as long as whoever asked for it: nothing of it stays, however that one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from xlpy.errors import HostError
from xlpy.libreoffice import apps, register
from xlpy.libreoffice.offices import Office, end_office, is_running, start_office
from xlpy.libreoffice.pipes import pipe_address, user_pipe
from xlpy.libreoffice.verbs.desk import Desk

COVERS = (
    "Apps.keys",
    "Apps.add",
    "Apps.cleanup",
    "App.pid",
    "App.activate",
    "App.quit",
    "App.kill",
    "App.version",
    "App.path",
    "App.visible",
    "App.books",
)
_ROOT = Path(__file__).resolve().parents[2]


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    # What has ended and waits for its parent to be told counts as ended.
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _gone(pid: int, profile: Path) -> bool:
    for _ in range(150):
        if not _is_alive(pid) and not profile.exists():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def one() -> Iterator[xw.App]:
    register()
    xw.engines["libreoffice"].activate()
    app = xw.App(visible=False, add_book=False)
    yield app
    app.kill()


def test_quitting_leaves_neither_process_nor_profile(one: xw.App) -> None:
    office = one.impl.office
    assert _is_alive(office.pid)
    assert office.profile.exists()
    one.quit()
    assert _gone(office.pid, office.profile)
    assert one not in list(xw.apps)


def test_killing_leaves_neither_process_nor_profile(one: xw.App) -> None:
    office = one.impl.office
    one.kill()
    assert _gone(office.pid, office.profile)


def test_the_process_number_is_that_of_the_office_itself(one: xw.App) -> None:
    assert "soffice.bin" in Path(f"/proc/{one.pid}/cmdline").read_text()
    assert one.pid in set(xw.apps.keys())
    assert xw.apps[one.pid] == one


def test_a_crashed_office_is_no_app_any_more_and_its_profile_goes(one: xw.App) -> None:
    office = one.impl.office
    os.kill(office.pid, signal.SIGKILL)
    assert _gone(office.pid, office.profile)
    assert one not in list(xw.apps)
    with pytest.raises(HostError) as caught:
        len(one.books)
    assert caught.value.code == "host_gone"


def test_two_offices_know_nothing_of_each_other(one: xw.App) -> None:
    two = xw.App(visible=False)
    try:
        assert two.pid != one.pid
        assert {one.pid, two.pid} <= set(xw.apps.keys())
        assert (len(one.books), len(two.books)) == (0, 1)
        assert xw.apps.active == two
        one.activate()
        assert xw.apps.active == one
    finally:
        two.quit()
    assert one in list(xw.apps)


def test_the_engine_is_registered_once_and_is_the_active_one_without_excel() -> None:
    register()
    register()
    assert [engine.name for engine in xw.engines].count("libreoffice") == 1
    assert xw.engines.active.name == "libreoffice"


def test_where_excel_is_the_engine_waits_to_be_asked() -> None:
    code = (
        "import xlwings as xw\n"
        "class Excel: name, type, apps = 'excel', 'desktop', ()\n"
        "excel = xw.Engine(impl=Excel()); xw.engines.add(excel); excel.activate()\n"
        "from xlpy.libreoffice import register; register()\n"
        "print(xw.engines.active.name, len(xw.engines))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["excel", "2"]


def test_the_version_is_one_that_xlwings_takes_for_a_modern_excel(one: xw.App) -> None:
    assert one.version.major == 16
    assert (Path(one.path) / "soffice.bin").exists()


def test_an_office_without_windows_says_that_it_cannot_show_any(one: xw.App) -> None:
    assert one.visible is False
    one.visible = False
    with pytest.raises(NotImplementedError, match="visible=True"):
        one.visible = True


def test_windows_where_there_is_no_screen_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    register()
    xw.engines["libreoffice"].activate()
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    before = len(xw.apps)
    with pytest.raises(HostError) as caught:
        xw.App()
    assert caught.value.code == "no_display"
    assert len(xw.apps) == before


_HOLD = """
import sys, time, xlwings as xw
from xlpy.libreoffice import register
register()
app = xw.App(visible=False)
print(app.pid, app.impl.office.profile, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_office_ends_with_a_python_that_is_ended(number: signal.Signals) -> None:
    python = subprocess.Popen(
        [sys.executable, "-c", _HOLD], cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert python.stdout is not None
    pid, profile = python.stdout.readline().split()
    assert _is_alive(int(pid))
    python.send_signal(number)
    python.wait()
    python.stdout.close()
    assert _gone(int(pid), Path(profile))


def test_the_office_ends_with_a_python_that_forgets_to_quit() -> None:
    code = _HOLD.replace("time.sleep(60)", "")
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    pid, profile = done.stdout.split()
    assert _gone(int(pid), Path(profile))


@pytest.fixture
def users(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A running office of a user that this test makes up, found by that user's pipe."""
    monkeypatch.setenv("LOGNAME", f"nobody-{os.getpid()}")
    register()
    xw.engines["libreoffice"].activate()
    office = start_office(visible=False)
    accept = f"{pipe_address(user_pipe())}"
    _listen_also(office, accept)
    yield office
    for app in [app for app in xw.apps if app.impl.office is None]:
        apps._apps.remove(app.impl)
    end_office(office)


def _listen_also(office: Office, address: str) -> None:
    """Let an office answer at a second pipe, as the user's one does."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation={office.profile.as_uri()}", f"--accept={address};"],
        check=True,
        timeout=60,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(900):
        try:
            Desk(address)
        except ConnectionError:
            time.sleep(0.05)
        else:
            return


def test_the_users_own_office_is_found_and_never_ended(users: Office) -> None:
    (theirs,) = [app for app in xw.apps if app.impl.office is None]
    assert theirs.pid == users.pid
    book = theirs.books.add()
    assert book in list(theirs.books)
    book.close()
    theirs.quit()
    assert is_running(users)
    assert theirs in list(xw.apps)
    theirs.kill()
    assert is_running(users)


def test_a_users_office_that_was_restarted_is_found_again(users: Office) -> None:
    (before,) = [app for app in xw.apps if app.impl.office is None]
    end_office(users)
    assert before not in list(xw.apps)
    with pytest.raises(HostError):
        len(before.books)
    again = start_office(visible=False)
    try:
        _listen_also(again, pipe_address(user_pipe()))
        (after,) = [app for app in xw.apps if app.impl.office is None]
        assert after.pid == again.pid != users.pid
    finally:
        end_office(again)
