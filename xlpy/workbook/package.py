"""The file as a package of parts: opened with guards against what is not a workbook, and against bombs.

Limits: real filled workbooks unpack 3 to 20 times; a part of many empty rows may reach a few hundred. So a large
part may be at most 200 times its packed size, and all together at most 512 MB.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import WorkbookError
from xlpy.words.errors import COPIES_FOLDER, TOO_LARGE, WHY

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEGABYTE = 1024 * 1024
TOTAL_LIMIT = 512 * _MEGABYTE
RATIO_LIMIT = 200
RATIO_FROM = 16 * _MEGABYTE
PARTS_LIMIT = 10_000
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\x00!\x00D\x00O\x00C\x00T|\x00<\x00!\x00D\x00O\x00C\x00T", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook file in memory: `data` its bytes, `members` its entries in order."""

    path: Path
    data: bytes
    members: tuple[zipfile.ZipInfo, ...]

    def read(self, name: str) -> bytes:
        """Return the bytes of a part. Raises WorkbookError where it cannot be unpacked or declares a DTD."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                part = archive.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise WorkbookError("bad_part", path=self.path.name, part=name, copies=COPIES_FOLDER) from None
        if _DOCTYPE.search(part[:4096]):
            raise WorkbookError("has_doctype", path=self.path.name)
        return part

    def has(self, name: str) -> bool:
        """Whether the package holds this part."""
        return any(member.filename == name for member in self.members)

    def parse(self, name: str) -> _Element:
        """Return a part as an XML tree, without DTD, entities or network."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError:
            raise WorkbookError("bad_part", path=self.path.name, part=name, copies=COPIES_FOLDER) from None


def open_package(path: Path) -> Package:
    """Read a workbook file whole. Raises WorkbookError with what is wrong with it; nothing is unpacked yet."""
    name = path.name
    if path.is_dir():
        raise WorkbookError("is_folder", path=name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise WorkbookError("not_found", path=str(path)) from None
    except OSError:
        raise WorkbookError("not_readable", path=name, why=WHY["other"]) from None
    if not data:
        raise WorkbookError("empty_file", path=name, copies=COPIES_FOLDER)
    if data.startswith(_OLE):
        raise WorkbookError("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_format", path=name)
    if not data.startswith(b"PK"):
        raise WorkbookError("not_a_workbook", path=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = tuple(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise WorkbookError("truncated", path=name, copies=COPIES_FOLDER) from None
    _refuse_bombs(name, members)
    package = Package(path, data, members)
    if not package.has("xl/workbook.xml"):
        raise WorkbookError("other_format" if package.has("mimetype") else "not_a_workbook", path=name)
    return package


def _refuse_bombs(name: str, members: tuple[zipfile.ZipInfo, ...]) -> None:
    if len(members) > PARTS_LIMIT:
        raise WorkbookError("too_large", path=name, what=TOO_LARGE["parts"].format(limit=PARTS_LIMIT))
    if sum(member.file_size for member in members) > TOTAL_LIMIT:
        limit = TOTAL_LIMIT // _MEGABYTE
        raise WorkbookError("too_large", path=name, what=TOO_LARGE["total"].format(limit=limit))
    for member in members:
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > RATIO_FROM and ratio > RATIO_LIMIT:
            what = TOO_LARGE["ratio"].format(part=member.filename, ratio=ratio)
            raise WorkbookError("too_large", path=name, what=what)


def repacked(package: Package, changed: dict[str, bytes | None]) -> bytes:
    """Return the package with some parts replaced (None: removed), every other part and the order as they were."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package.data)) as old,
        zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=3) as new,
    ):
        for member in package.members:
            part = changed[member.filename] if member.filename in changed else old.read(member)
            if part is not None:
                info = zipfile.ZipInfo(member.filename, member.date_time)
                info.compress_type, info.external_attr = member.compress_type, member.external_attr
                new.writestr(info, part)
        known = {member.filename for member in package.members}
        for name in sorted(set(changed) - known):
            added = changed[name]
            if added is not None:
                new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), added, zipfile.ZIP_DEFLATED)
    return out.getvalue()
