"""`xlpy install`, `uninstall`, `doctor` as a user runs them, in a home of their own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.command import Ran, xlpy
from tests.desktop import quiet_profile
from xlpy.install.doctor import PACKAGES
from xlpy.words.install import CHECKS, STEPS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="LibreOffice on Linux")

ROOT = Path(__file__).resolve().parents[2]


class User:
    """A user with a home folder, and a book in a folder there."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "Школа 'весна'"
        self.folder.mkdir(parents=True)
        self.book = self.folder / "vpr_workbook.xlsm"
        shutil.copy(ROOT / "vpr_workbook.xlsm", self.book)
        self.settings = home / ".config" / "libreoffice" / "4" / "user" / "registrymodifications.xcu"

    def __call__(self, *words: object) -> Ran:
        """Run a command in this home."""
        return xlpy(*words, home=self.home, script="import os\nos.environ.pop('XDG_DATA_HOME', None)")

    def checks(self, *words: object) -> dict[str, bool]:
        """Which links hold."""
        return {one["key"]: one["ok"] for one in self("doctor", *words, "--json").answer["checks"]}

    def files(self) -> dict[str, bytes]:
        """Every file of the home."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file() and ".cache" not in path.parts
        }


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return User(tmp_path / "home")


def test_a_bare_computer_is_red_an_installed_one_green_and_back(user: User) -> None:
    before = user.files()
    red = user("doctor", user.book, "--json")
    assert red.code == 1
    assert {one["key"] for one in red.answer["checks"] if not one["ok"]} == {"launcher", "profile"}
    assert all(one["todo"] for one in red.answer["checks"] if not one["ok"])
    installed = user("install", user.book)
    assert installed.code == 0, installed.err
    green = user("doctor", user.book, "--json")
    assert green.answer["ok"], green.out
    assert green.code == 0
    assert user("uninstall").code == 0
    assert user.files() == before


def test_running_install_again_changes_no_byte(user: User) -> None:
    user("install", user.folder)
    once = user.files()
    keys = [step["key"] for step in user("install", user.folder, "--json").answer["steps"]]
    assert user.files() == once
    assert {"launcher_already", "trusted_already", "pipe_already"} <= set(keys)


def test_settings_that_were_there_come_back_to_the_byte(user: User) -> None:
    user.settings.parent.mkdir(parents=True)
    own = quiet_profile(MacroSecurityLevel=("/org.openoffice.Office.Common/Security/Scripting", "3"))
    user.settings.write_bytes(own)
    user("install", user.folder)
    assert user.settings.read_bytes() != own
    assert b'MacroSecurityLevel" oor:op="fuse"><value>3<' in user.settings.read_bytes()
    user("uninstall")
    assert user.settings.read_bytes() == own


def test_only_the_folder_of_the_book_is_trusted(user: User) -> None:
    user("install", user.book)
    other = user.home / "other"
    other.mkdir()
    shutil.copy(user.book, other / "book.xlsm")
    assert user.checks(user.book)["trusted"]
    assert not user.checks(other / "book.xlsm")["trusted"]
    beside = user.home / "Школа 'весна' 2"
    beside.mkdir()
    shutil.copy(user.book, beside / "book.xlsm")
    assert not user.checks(beside / "book.xlsm")["trusted"]


@pytest.mark.parametrize("folder", ["", "Downloads", "Загрузки", "..", "/"])
def test_a_folder_that_holds_everything_is_not_trusted(user: User, folder: str) -> None:
    for name in ("Downloads", "Загрузки"):
        (user.home / name).mkdir()
    refused = user("install", user.home / folder, "--json")
    assert (refused.code, refused.answer["error"]["code"]) == (2, "too_wide")
    assert not user.settings.exists()


def test_a_folder_that_is_none_is_named(user: User) -> None:
    refused = user("install", user.home / "нет такой", "--json")
    assert (refused.code, refused.answer["error"]["code"]) == (2, "no_such_folder")


def test_broken_settings_are_refused_and_left(user: User) -> None:
    user.settings.parent.mkdir(parents=True)
    user.settings.write_bytes(b"<oor:items>")
    assert user("install", user.folder, "--json").answer["error"]["code"] == "profile_broken"
    assert user.settings.read_bytes() == b"<oor:items>"


def test_each_broken_link_is_red_with_what_to_do(user: User) -> None:
    user("install", user.folder)
    launcher = user.home / ".local/share/xlpy/xlpy-press"
    launcher.write_text(launcher.read_text("utf-8").replace("python=", "python=/gone", 1), encoding="utf-8")
    (user.folder / "~$vpr_workbook.xlsm").write_bytes(b"\x04Anna")
    user.settings.write_text(
        user.settings.read_text("utf-8").replace("pipe,name=", "pipe,name=other"), encoding="utf-8"
    )
    ran = user("doctor", user.book, "--json")
    red = {one["key"]: one["todo"] for one in ran.answer["checks"] if not one["ok"]}
    assert set(red) == {"launcher_python", "lock", "pipe"}
    assert all(red.values())
    assert ran.code == 1
    assert not user.checks(user.home / "none.xlsm")["book"]


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_red(user: User) -> None:
    user.folder.chmod(0o555)
    try:
        assert not user.checks(user.book)["folder"]
    finally:
        user.folder.chmod(0o755)


def test_a_broken_book_is_red(user: User) -> None:
    user.book.write_bytes(user.book.read_bytes()[:5000])
    assert not user.checks(user.book)["book_reads"]


def test_a_boxed_libreoffice_is_told_of(user: User) -> None:
    (user.home / ".var/app/org.libreoffice.LibreOffice/config/libreoffice/4").mkdir(parents=True)
    assert "boxed" in {step["key"] for step in user("install", user.folder, "--json").answer["steps"]}
    assert not user.checks()["boxed"]


def test_every_dependency_is_looked_for() -> None:
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {one.partition(">")[0].partition("=")[0].partition("[")[0].strip() for one in wanted}
    assert names == set(PACKAGES)


def test_every_red_link_says_what_to_do_and_every_sentence_can_be_said() -> None:
    for good, bad, todo in CHECKS.values():
        assert bool(bad) == bool(todo)
        assert good or bad
    assert all(STEPS.values())
