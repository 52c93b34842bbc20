"""Files of a folder that may be forms: found in its folders, in letters and archives, one after another."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from xlpy.disk import TEMPORARY, reason_of
from xlpy.errors import InputError, LockedError, XlpyError
from xlpy.words.errors import WHY
from xlpy.workbook.containers import (
    FILE_LIMIT,
    inside,
    is_bookish,
    is_letter,
    is_other_archive,
    is_passed_over,
    too_large,
)
from xlpy.workbook.locks import lock_of

_HEAD = 512
# A folder of forms holds hundreds of files, a whole disk hundreds of thousands.
_ENTRIES_LIMIT = 30_000
_WITHIN = "{container} → {name}"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a form. `name` is relative to the folder, as people see it; `path` is the file on disk.

    Of a file that by its first bytes is no workbook `data` are only these. `held_by` says who has it open; what is
    read is its saved state.
    """

    name: str
    path: Path
    data: bytes
    held_by: LockedError | None = None


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file or folder that could not be read, and why."""

    name: str
    error: XlpyError


Found = FoundFile | UnreadFile


def found_files(folder: Path) -> Iterator[Found]:
    """Return every file below `folder` in sorted order, one that cannot be read as UnreadFile.

    Workbooks in letters and archives come each on its own. Locks, our temporary files and what is hidden are passed
    over; a link that leads back is not followed. Where the folder itself is gone meanwhile, the last one says so:
    UnreadFile with the code `folder_gone`.
    Raises InputError where there is no such folder, or it cannot be listed.
    """
    root = _for_system(folder)
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            raise InputError("not_folder", path=str(folder))
        first = _Folder("", _listed(root))
        # A link to a folder that this one lies in would lead through the whole disk.
        seen = {_place_of(one) for one in (root.resolve(), *root.resolve().parents)}
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR}:
            raise InputError("no_forms_folder", path=str(folder)) from None
        raise _unread(str(folder), error) from None
    except ValueError:
        raise InputError("no_forms_folder", path=str(folder)) from None
    return _walk(root, first, seen)


def _for_system(folder: Path) -> Path:
    r"""The folder as Windows takes it when paths grow past 260 characters: with \\?\ before."""
    text = os.path.abspath(folder)  # noqa: PTH100
    if os.name != "nt" or text.startswith("\\\\?\\"):
        return folder
    return Path("\\\\?\\UNC" + text[1:] if text.startswith("\\\\") else "\\\\?\\" + text)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda one: one.name)


def _unread(name: str, error: OSError) -> InputError:
    if error.errno in {errno.ENAMETOOLONG, errno.ELOOP}:
        return InputError("path_too_long" if error.errno == errno.ENAMETOOLONG else "file_gone", path=name)
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return InputError("file_gone", path=name)
    return InputError("not_readable", path=name, why=WHY[reason_of(error)])


def _shown(name: str) -> str:
    """A name that can be printed, whatever bytes the disk holds for it."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


@dataclass(slots=True)
class _Folder:
    """A folder to walk: its entries, and its name before theirs."""

    prefix: str
    entries: list[os.DirEntry[str]]


def _walk(root: Path, first: _Folder, seen: set[tuple[int, int]]) -> Iterator[Found]:
    left = _ENTRIES_LIMIT
    waiting = [first]
    while waiting:
        here = waiting.pop()
        inner: list[_Folder] = []
        names = {entry.name for entry in here.entries}
        left -= len(names)
        if left < 0:
            yield UnreadFile(here.prefix or _shown(root.name), InputError("too_many_files", limit=_ENTRIES_LIMIT))
            return
        for entry in here.entries:
            if is_passed_over(entry.name) or entry.name.endswith(TEMPORARY):
                continue
            name = here.prefix + _shown(entry.name)
            try:
                if entry.is_dir():
                    inner.extend(_entered(entry, name, seen))
                else:
                    yield from _read(entry, name, names)
            except OSError as error:
                if not root.is_dir():
                    yield UnreadFile(_shown(root.name), InputError("folder_gone", path=_shown(str(root))))
                    return
                yield UnreadFile(name, _unread(name, error))
        waiting.extend(reversed(inner))


def _entered(entry: os.DirEntry[str], name: str, seen: set[tuple[int, int]]) -> Iterator[_Folder]:
    """The folder opened, unless it was walked already: a link may lead back to where it lies."""
    place = _place_of(Path(entry.path))
    if place not in seen:
        seen.add(place)
        yield _Folder(f"{name}/", _listed(Path(entry.path)))


def _place_of(folder: Path) -> tuple[int, int]:
    held = folder.stat()
    return held.st_dev, held.st_ino


def _read(entry: os.DirEntry[str], name: str, names: Collection[str]) -> Iterator[Found]:
    """Yield a file, or the workbooks in it. Raises OSError."""
    held = entry.stat()
    if not stat.S_ISREG(held.st_mode):
        return
    path = Path(entry.path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if is_other_archive(head):
            yield UnreadFile(name, InputError("other_archive", path=name))
            return
        if not is_bookish(head) and not is_letter(head):
            yield FoundFile(name, path, head)
            return
        if held.st_size > FILE_LIMIT:
            yield UnreadFile(name, too_large(name, "file", limit=FILE_LIMIT // (1024 * 1024)))
            return
        data = head + file.read(FILE_LIMIT + 1 - len(head))
    within = inside(name, data)
    if within:
        yield from (_inner(path, name, one, one_data) for one, one_data in within)
        return
    yield FoundFile(name, path, data, _holder(entry, path, names))


def _inner(path: Path, container: str, name: str, data: bytes | XlpyError) -> Found:
    shown = _WITHIN.format(container=container, name=_shown(name))
    return UnreadFile(shown, data) if isinstance(data, XlpyError) else FoundFile(shown, path, data)


def _holder(entry: os.DirEntry[str], path: Path, names: Collection[str]) -> LockedError | None:
    """Who has the file open; the disk is asked only where a lock may be."""
    if entry.is_symlink() or f"~${entry.name}" in names or f".~lock.{entry.name}#" in names:
        return lock_of(path)
    return None
