"""`xlpy install` and `xlpy uninstall`: everything a button needs on this computer, for this user, and back again.

Run again, they change nothing. Nothing is written for other users, no port is opened, no security level is lowered.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from xlpy.disk import put_in_place, reason_of, write_beside
from xlpy.errors import DiskError, HostError, InputError
from xlpy.install import excel, launcher, profile, registry
from xlpy.install.keeping import Record, read_record, record_path, write_record
from xlpy.install.machine import Machine, System, boxed_profiles, profile_folder
from xlpy.install.profile import Step
from xlpy.install.running import is_running
from xlpy.libreoffice.interpreter import find_launcher
from xlpy.words.errors import WHY
from xlpy.words.install import WIDE_FOLDERS

T = TypeVar("T")


def install(machine: Machine, folder: Path, *, pipe: str) -> tuple[Step, ...]:
    """Set this user's computer up for workbooks in `folder`, LibreOffice listening on `pipe`. Returns what was done.

    Raises InputError where the folder is none or too wide to be trusted, HostError while LibreOffice runs, DiskError.
    """
    folder = _trustworthy(machine, folder)
    steps: tuple[Step, ...] = ()
    with_office = _office_is_here(machine)
    if with_office:
        _refuse_while_running(machine)
    written = _on_disk(
        launcher.launcher_path(machine), lambda: launcher.write_launcher(machine, launcher.packages_folder())
    )
    steps += (Step("launcher" if written else "launcher_already", {"path": str(launcher.launcher_path(machine))}),)
    steps += _prepare_office(machine, folder, pipe) if with_office else (Step("no_office", {}),)
    if boxed_profiles(machine):
        steps += (Step("boxed", {}),)
    return steps + _prepare_excel(machine, folder)


def uninstall(machine: Machine) -> tuple[Step, ...]:
    """Put everything back as it was before. Raises HostError while LibreOffice runs, InputError, DiskError."""
    record = read_record(machine)
    steps: tuple[Step, ...] = ()
    if record.settings or record.trusted:
        _refuse_while_running(machine)
        steps += _restore_office(machine, record)
    steps += _restore_excel(machine, record)
    files = (launcher.launcher_path(machine), launcher.log_path(machine), record_path(machine))
    there = [path for path in files if path.exists()]
    for path in there:
        _on_disk(path, path.unlink)
    _drop_empty(launcher.launcher_path(machine).parent)
    return (*steps, Step("uninstalled" if there else "not_installed", {}))


def _office_is_here(machine: Machine) -> bool:
    return find_launcher() is not None or (profile_folder(machine) / "user").is_dir()


def _trustworthy(machine: Machine, folder: Path) -> Path:
    """The folder, absolute. Trusting the home folder would trust everything that is ever downloaded."""
    absolute = folder.absolute()
    if not absolute.is_dir():
        raise InputError("no_such_folder", path=str(folder))
    home = machine.home.resolve()
    resolved = absolute.resolve()
    wide = {home, *home.parents, *(home / name for name in WIDE_FOLDERS)}
    if resolved in wide or resolved == resolved.parent:
        raise InputError("too_wide", path=str(folder))
    return absolute


def _refuse_while_running(machine: Machine) -> None:
    if is_running(profile_folder(machine)):
        raise HostError("office_running")


def _on_disk(path: Path, work: Callable[[], T]) -> T:
    try:
        return work()
    except OSError as error:
        raise DiskError("cannot_write", path=str(path), why=WHY[reason_of(error)]) from error


def _drop_empty(*folders: Path) -> None:
    """Remove folders of ours that nothing lies in any more."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _settings_file(machine: Machine) -> Path:
    return profile_folder(machine) / "user" / "registrymodifications.xcu"


def _write(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    put_in_place(write_beside(path, data, mode), path)


def addresses_of(folder: Path) -> tuple[str, ...]:
    """Addresses under which LibreOffice may open a workbook of this folder: as it is written, and without links."""
    both = dict.fromkeys((str(folder), str(folder.resolve())))
    return tuple(registry.address_of(path.rstrip("/\\")) + "/" for path in both)


def _prepare_office(machine: Machine, folder: Path, pipe: str) -> tuple[Step, ...]:
    path = _settings_file(machine)
    record = read_record(machine)
    made = not path.exists()
    source = registry.EMPTY if made else _on_disk(path, path.read_bytes)
    try:
        text, changed, steps = profile.prepare(source, record, addresses=addresses_of(folder), pipe=pipe)
    except ValueError as error:
        raise InputError("profile_broken", path=str(path)) from error
    if text == source and not made:
        return steps
    # The record first: killed between the two, uninstall finds settings that are not there and leaves them.
    _on_disk(
        record_path(machine), lambda: write_record(machine, replace(changed, made_profile=record.made_profile or made))
    )
    _on_disk(path, lambda: _write(path, text))
    return steps


def _restore_office(machine: Machine, record: Record) -> tuple[Step, ...]:
    path = _settings_file(machine)
    if not path.exists():
        return ()
    source = _on_disk(path, path.read_bytes)
    try:
        text, steps = profile.restore(source, record)
    except ValueError as error:
        raise InputError("profile_broken", path=str(path)) from error
    if record.made_profile and text == registry.EMPTY:
        _on_disk(path, path.unlink)
        _drop_empty(path.parent, path.parents[1])
    elif text != source:
        _on_disk(path, lambda: _write(path, text))
    return (*steps, Step("office_restored", {}))


def _prepare_excel(machine: Machine, folder: Path) -> tuple[Step, ...]:
    if machine.system is System.LINUX:
        return (Step("excel_not_here", {}),)
    if excel.excel_path(machine) is None:
        return (Step("no_excel", {}),)
    # Before, to see what the user had; after, for xlwings' installer may write the file anew.
    steps = write_conf(machine)
    added = excel.install_addin(machine, excel.run_xlwings(machine))
    write_conf(machine)
    return (*steps, Step("addin" if added else "addin_failed", {}), Step("excel_trust", {"folder": str(folder)}))


def write_conf(machine: Machine) -> tuple[Step, ...]:
    """Write our lines into the user's xlwings.conf and keep what stood there. Raises DiskError."""
    path, record = excel.conf_path(machine), read_record(machine)
    conf = _on_disk(path, lambda: excel.decoded(path.read_bytes())) if path.exists() else ""
    wanted = excel.wanted_lines(machine)
    now = excel.lines_of(conf, list(wanted))
    if now == wanted:
        return (Step("conf_already", {"path": str(path)}),)
    before = {key: old for key, (old, _) in record.excel.items()}
    kept = {key: (before.get(key, now[key]), line) for key, line in wanted.items()}
    _on_disk(record_path(machine), lambda: write_record(machine, replace(record, excel=kept)))
    _on_disk(path, lambda: _write(path, excel.encoded(excel.with_lines(conf, wanted))))
    return (Step("conf", {"path": str(path)}),)


def _restore_excel(machine: Machine, record: Record) -> tuple[Step, ...]:
    path = excel.conf_path(machine)
    if not record.excel or not path.exists():
        return ()
    conf = _on_disk(path, lambda: excel.decoded(path.read_bytes()))
    now = excel.lines_of(conf, list(record.excel))
    back = {key: old for key, (old, ours) in record.excel.items() if now[key] == ours}
    restored = excel.with_lines(conf, back)
    if restored:
        _on_disk(path, lambda: _write(path, excel.encoded(restored)))
    else:
        _on_disk(path, path.unlink)
    removed = excel.excel_path(machine) is None or excel.remove_addin(excel.run_xlwings(machine))
    return (Step("excel_restored" if removed else "addin_left", {}),)
