"""The package written anew: parts that changed are compressed again, all others copied as they lie in the file."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from xlpy.workbook.package import Package, part_key

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_VERSION = 20
_UTF8 = 0x800
_LEVEL = 3
_NEW_YEAR_1980 = (1980, 1, 1, 0, 0, 0)


# A part to write: its bytes, or its bytes piece by piece.
Part = bytes | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    flags: int
    method: int
    moment: tuple[int, int, int, int, int, int]
    check: int
    size: int
    packed: bytearray | memoryview
    system: int
    external: int

    def stamp(self) -> tuple[int, int]:
        """Time and date as a zip file holds them."""
        year, month, day, hour, minute, second = self.moment
        return hour << 11 | minute << 5 | second // 2, max(year - 1980, 0) << 9 | month << 5 | day


def _kept(package: Package, member: zipfile.ZipInfo) -> _Entry:
    utf8 = member.flag_bits & _UTF8
    return _Entry(
        name=member.orig_filename.encode("utf-8" if utf8 else "cp437"),
        flags=utf8,
        method=member.compress_type,
        moment=member.date_time,
        check=member.CRC,
        size=member.file_size,
        packed=package.packed(member),
        system=member.create_system,
        external=member.external_attr,
    )


def _new(name: bytes, flags: int, part: Part, like: zipfile.ZipInfo | None) -> _Entry:
    stored = like is not None and like.compress_type == zipfile.ZIP_STORED
    packer = zlib.compressobj(0 if stored else _LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, size, check = bytearray(), 0, 0
    for piece in (part,) if isinstance(part, bytes) else part:
        size += len(piece)
        check = zlib.crc32(piece, check)
        packed += piece if stored else packer.compress(piece)
    if not stored:
        packed += packer.flush()
    return _Entry(
        name=name,
        flags=flags,
        method=zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED,
        moment=like.date_time if like is not None else _NEW_YEAR_1980,
        check=check,
        size=size,
        packed=packed,
        system=like.create_system if like is not None else 0,
        external=like.external_attr if like is not None else 0,
    )


def _entries(package: Package, changed: Mapping[str, Part | None]) -> Iterator[_Entry]:
    by_key = {part_key(name): part for name, part in changed.items()}
    for member in package.members:
        key = part_key(member.filename)
        if key not in by_key:
            yield _kept(package, member)
            continue
        part = by_key[key]
        if part is not None:
            kept = _kept(package, member)
            yield _new(kept.name, kept.flags, part, member)
    for name, part in sorted(changed.items()):
        if part is not None and part_key(name) not in package.index:
            yield _new(name.encode(), 0 if name.isascii() else _UTF8, part, None)


def zipped(entries: Iterable[_Entry]) -> bytes:
    """Lay entries out as a zip file. Our limits keep all of it within what needs no ZIP64."""
    out, directory = bytearray(), bytearray()
    count = 0
    for one in entries:
        clock, day = one.stamp()
        common = (one.flags, one.method, clock, day, one.check, len(one.packed), one.size, len(one.name), 0)
        directory += _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, one.system, _VERSION, *common, 0, 0, 0, one.external, len(out)
        )
        directory += one.name
        out += _LOCAL.pack(b"PK\x03\x04", _VERSION, *common)
        out += one.name
        out += one.packed
        count += 1
    start = len(out)
    out += directory
    out += _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return bytes(out)


def repacked(package: Package, changed: Mapping[str, Part | None]) -> bytes:
    """Return the package with some parts replaced (None: removed), every other part and the order as they were."""
    return zipped(_entries(package, changed))


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A package of a few parts, uncompressed: for a reader that wants a file and is to get only what was checked."""
    like = zipfile.ZipInfo("", _NEW_YEAR_1980)
    return zipped(_new(name.encode(), 0, part, like) for name, part in parts.items())
