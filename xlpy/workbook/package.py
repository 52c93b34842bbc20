"""The file as a package of parts: opened with guards against what is not a workbook, and against bombs.

Limits: real filled workbooks unpack 3 to 20 times; a part of many empty rows may reach a few hundred. So a large
part may be at most 200 times its packed size, and all together at most 512 MB. What the directory of the file says
about sizes is checked against the bytes that really come out.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import WorkbookError
from xlpy.words.errors import COPIES_FOLDER, TOO_LARGE, WHY

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_EXCEL = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_MEGABYTE = 1024 * 1024
_WINDOW = 2 * _MEGABYTE
FILE_LIMIT = 256 * _MEGABYTE
TOTAL_LIMIT = 512 * _MEGABYTE
RATIO_LIMIT = 200
RATIO_FROM = 16 * _MEGABYTE
PARTS_LIMIT = 10_000
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_IS_ENCRYPTED = 0x1
_DOCTYPE = b"<!DOCTYPE"
_BROKEN = (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, EOFError, IndexError)


def part_key(name: str) -> str:
    """Name by which a part is found: the standard compares names without case, some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook file in memory: `data` its bytes, `members` its entries in order, `index` the same by part key."""

    path: Path
    data: bytes
    members: tuple[zipfile.ZipInfo, ...]
    index: Mapping[str, zipfile.ZipInfo]

    def has(self, name: str) -> bool:
        """Whether the package holds this part."""
        return part_key(name) in self.index

    def size(self, name: str) -> int:
        """Unpacked size of a part as the file's directory states it; `chunks` holds the part to it."""
        return self.index[part_key(name)].file_size

    def broken(self, name: str) -> WorkbookError:
        """The error for a part that cannot be read."""
        return WorkbookError("bad_part", path=self.path.name, part=name, copies=COPIES_FOLDER)

    def packed(self, member: zipfile.ZipInfo) -> memoryview:
        """Return the bytes of a member as they lie in the file, still compressed. Raises WorkbookError."""
        start = member.header_offset
        header = self.data[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise self.broken(member.filename)
        _, name, extra = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size + name + extra
        packed = memoryview(self.data)[start : start + member.compress_size]
        if len(packed) != member.compress_size:
            raise self.broken(member.filename)
        return packed

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes piece by piece, never more of them than its size. Raises WorkbookError.

        Nothing but the bytes that were promised comes out: more, fewer or others are an error.
        """
        member = self.index.get(part_key(name))
        if member is None:
            raise self.broken(name)
        if member.flag_bits & _IS_ENCRYPTED:
            raise WorkbookError("encrypted", path=self.path.name)
        size, check = 0, 0
        try:
            for piece in _unpacked(self.packed(member), member.compress_type):
                size += len(piece)
                check = zlib.crc32(piece, check)
                if size > member.file_size:
                    break
                yield piece
        except zlib.error:
            raise self.broken(name) from None
        if size != member.file_size or check != member.CRC:
            raise self.broken(name)

    def read(self, name: str) -> bytes:
        """Return a part as UTF-8. Raises WorkbookError where it cannot be unpacked or declares a DTD."""
        part = as_utf8(b"".join(self.chunks(name)))
        if part is None:
            raise self.broken(name)
        self.refuse_doctype(part)
        return part

    def refuse_doctype(self, part: bytes) -> None:
        """Raise WorkbookError where XML declares a DTD, and with it perhaps entities."""
        if _DOCTYPE in part:
            raise WorkbookError("has_doctype", path=self.path.name)

    def parse(self, name: str) -> _Element:
        """Return a part as an XML tree, without DTD, entities or network."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError):
            raise self.broken(name) from None


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _WINDOW):
            yield bytes(packed[start : start + _WINDOW])
        return
    if method != zipfile.ZIP_DEFLATED:
        raise zlib.error(method)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _WINDOW // 8):
        left: bytes | memoryview = packed[start : start + _WINDOW // 8]
        while left:
            piece = inflater.decompress(left, _WINDOW)
            if piece:
                yield piece
            left = inflater.unconsumed_tail
            if inflater.eof:
                return
    yield inflater.flush()
    if not inflater.eof:
        raise zlib.error(method)


def as_utf8(part: bytes) -> bytes | None:
    """Return an XML part in UTF-8; None for an encoding that the standard does not allow."""
    start = part[:200]
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or start[:2] in {b"<\0", b"\0<"}:
        codec = "utf-16" if start[0] >= 0xFE else ("utf-16-le" if start[1] == 0 else "utf-16-be")
        try:
            text = part.decode(codec)
        except UnicodeDecodeError:
            return None
        head, mark, rest = text.partition("?>")
        return (rest if mark and head.lstrip("\ufeff").startswith("<?xml") else text).encode("utf-8", "replace")
    if start.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        said = start.partition(b"?>")[0].lower()
        if b"encoding" in said and not any(known in said for known in (b"utf-8", b"utf8", b"us-ascii")):
            return None
    return part


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise WorkbookError("is_folder", path=path.name)
    try:
        if path.exists() and not path.is_file():
            raise WorkbookError("not_a_workbook", path=path.name)
        if path.stat().st_size > FILE_LIMIT:
            what = TOO_LARGE["file"].format(limit=FILE_LIMIT // _MEGABYTE)
            raise WorkbookError("too_large", path=path.name, what=what)
        data = path.read_bytes()
    except FileNotFoundError:
        raise WorkbookError("not_found", path=str(path)) from None
    except PermissionError:
        raise WorkbookError("not_readable", path=path.name, why=WHY["permission"]) from None
    except (OSError, ValueError):
        raise WorkbookError("not_readable", path=path.name, why=WHY["other"]) from None
    if not data:
        raise WorkbookError("empty_file", path=path.name, copies=COPIES_FOLDER)
    return data


def open_package(path: Path) -> Package:
    """Read a workbook file whole. Raises WorkbookError with what is wrong with it; nothing is unpacked yet."""
    return package_of(_bytes_of(path), path)


def package_of(data: bytes, path: Path) -> Package:
    """The package that `data` holds; `path` names it in messages. Raises WorkbookError as `open_package`."""
    name = path.name
    if data.startswith(_OLE):
        raise WorkbookError(_kind_of_ole(data), path=name)
    package = zip_package(data, path)
    index = package.index
    if "xl/workbook.xml" not in index:
        raise WorkbookError(
            "other_format" if {"mimetype", "xl/workbook.bin"} & set(index) else "not_a_workbook", path=name
        )
    if part_key("[Content_Types].xml") not in index:
        raise WorkbookError("truncated", path=name, copies=COPIES_FOLDER)
    return package


def zip_package(data: bytes, path: Path) -> Package:
    """The package of any kind of document; `path` names it in messages. Raises WorkbookError for what is no zip."""
    name = path.name
    if not data.startswith(b"PK"):
        raise WorkbookError("not_a_workbook", path=name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = tuple(archive.infolist())
    except _BROKEN:
        raise WorkbookError("truncated", path=name, copies=COPIES_FOLDER) from None
    _refuse_bombs(name, members)
    index: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        key = part_key(member.filename)
        if key in index:
            raise WorkbookError("part_twice", path=name, part=member.filename, copies=COPIES_FOLDER)
        index[key] = member
    return Package(path, data, members, index)


def _kind_of_ole(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "encrypted"
    return "old_format" if any(stream in data for stream in _OLD_EXCEL) else "not_a_workbook"


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
