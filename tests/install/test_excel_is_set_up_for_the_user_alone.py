"""Excel's part of the set-up on a made-up Windows and macOS: the user's xlwings.conf, the add-in, and back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.install.recorder import recorder
from xlpy.install.doctor_excel import check_excel
from xlpy.install.excel import conf_path, excel_path, lines_of, wanted_lines, with_lines
from xlpy.install.installing import install, uninstall, write_conf
from xlpy.install.keeping import record_path
from xlpy.install.machine import Machine, System

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for Python is a shell script")


def windows(home: Path, python: Path | str = r"C:\Users\Анна\venv\python.exe", *, with_excel: bool = True) -> Machine:
    programs = home / "Program Files"
    if with_excel:
        office = programs / "Microsoft Office" / "root" / "Office16"
        office.mkdir(parents=True, exist_ok=True)
        (office / "EXCEL.EXE").touch()
    environ = {
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home / "Local"),
        "APPDATA": str(home / "Roaming"),
        "ProgramFiles": str(programs),
    }
    return Machine(System.WINDOWS, environ, Path(python))


@posix
def test_with_excel_the_add_in_is_installed_and_everything_goes_back(tmp_path: Path) -> None:
    told = recorder(tmp_path)
    machine = windows(tmp_path, told.program)
    folder = tmp_path / "ВПР"
    folder.mkdir()
    keys = [step.key for step in install(machine, folder, pipe="xlpy0")]
    assert told.next_start()[-2:] == ["addin", "install"]
    assert {"launcher", "conf", "addin", "excel_trust"} <= set(keys)
    assert (tmp_path / "Local" / "xlpy" / "xlpy-press.cmd").exists()
    conf = conf_path(machine).read_text("utf-8")
    assert conf == f'"INTERPRETER_WIN","{told.program}"\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\n'
    keys = [step.key for step in uninstall(machine)]
    assert told.next_start()[-2:] == ["addin", "remove"]
    assert "excel_restored" in keys
    assert not conf_path(machine).exists()
    assert not (tmp_path / "Local" / "xlpy").exists()


def test_without_excel_nothing_of_it_is_touched(tmp_path: Path) -> None:
    machine = windows(tmp_path, with_excel=False)
    folder = tmp_path / "ВПР"
    folder.mkdir()
    assert "no_excel" in [step.key for step in install(machine, folder, pipe="xlpy0")]
    assert not conf_path(machine).exists()


OWN = '"PYTHONPATH","D:\\mine"\n"interpreter_win","C:\\other\\python.exe"\n"SHOW CONSOLE","True"'


def test_the_user_s_own_lines_stay_and_come_back(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    conf = conf_path(machine)
    conf.parent.mkdir(parents=True)
    conf.write_text(OWN, encoding="utf-8")
    write_conf(machine)
    now = conf.read_text("utf-8")
    assert '"PYTHONPATH","D:\\mine"' in now
    assert '"SHOW CONSOLE","True"' in now
    assert lines_of(now, ["INTERPRETER_WIN"])["INTERPRETER_WIN"] == wanted_lines(machine)["INTERPRETER_WIN"]
    once = record_path(machine).read_bytes()
    write_conf(machine)
    assert (conf.read_text("utf-8"), record_path(machine).read_bytes()) == (now, once)
    excel = excel_path(machine)
    assert excel is not None
    excel.unlink()
    uninstall(machine)
    assert conf.read_text("utf-8").rstrip("\n") == OWN


def test_a_line_the_user_changed_since_stays(tmp_path: Path) -> None:
    machine = windows(tmp_path, with_excel=False)
    write_conf(machine)
    changed = conf_path(machine).read_text("utf-8").replace("False", "True")
    conf_path(machine).write_text(changed, encoding="utf-8")
    uninstall(machine)
    assert conf_path(machine).read_text("utf-8") == '"ADD_WORKBOOK_TO_PYTHONPATH","True"\n'


def test_doctor_sees_add_in_and_conf(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    excel = excel_path(machine)
    assert excel is not None
    assert {check.key: check.ok for check in check_excel(machine, excel)} == {
        "excel": True,
        "addin": False,
        "conf": False,
    }
    write_conf(machine)
    addin = tmp_path / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xlwings.xlam"
    addin.parent.mkdir(parents=True)
    addin.touch()
    assert all(check.ok for check in check_excel(machine, excel))


def test_on_macos_the_conf_lies_where_excel_s_box_lets_it_read(tmp_path: Path) -> None:
    machine = Machine(System.MACOS, {"HOME": str(tmp_path)}, Path("/usr/local/bin/python3"))
    write_conf(machine)
    conf = tmp_path / "Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
    assert conf.read_text("utf-8").startswith('"INTERPRETER_MAC","/usr/local/bin/python3"\n')


keys = st.sampled_from(["A", "B", "C D", "E"])
lines = st.lists(st.tuples(keys, st.sampled_from(["1", "x,y", ""])), unique_by=lambda pair: pair[0])


@given(before=lines, ours=lines)
def test_any_lines_come_in_and_out(before: list[tuple[str, str]], ours: list[tuple[str, str]]) -> None:
    conf = "".join(f'"{key}","{text}"\n' for key, text in before)
    wanted = {key: f'"{key}","{text}"' for key, text in ours}
    old = lines_of(conf, list(wanted))
    now = with_lines(conf, wanted)
    assert lines_of(now, list(wanted)) == wanted
    assert with_lines(now, old) == conf
