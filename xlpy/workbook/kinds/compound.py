"""Streams of an OLE compound file, the container of old and of encrypted workbooks: no length in it is trusted."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xHH10xLL4xLLLLL")
_ENTRY = struct.Struct("<64sHBx12x36xLQ")
_DIFAT_IN_HEADER, _DIFAT_AT = 109, 76
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_STREAM, _ROOT = 2, 5
_ENTRIES_LIMIT = 10_000
_MINI_SHIFT = 6


class BrokenCompoundError(Exception):
    """The container is damaged or cut off."""


@dataclass(frozen=True, slots=True)
class _Chains:
    """Chains of sectors of one size in `data`, which begins `offset` bytes before its first sector."""

    data: bytes
    size: int
    offset: int
    table: tuple[int, ...]

    def read(self, start: int, length: int | None = None) -> bytes:
        """Bytes of a chain, cut to `length`. Raises BrokenCompoundError for a chain that loops or is torn."""
        pieces = []
        sector, left = start, len(self.table)
        while sector not in {_END, _FREE}:
            at = self.offset + sector * self.size
            if left == 0 or sector >= len(self.table) or at >= len(self.data):
                raise BrokenCompoundError
            pieces.append(self.data[at : at + self.size])
            sector, left = self.table[sector], left - 1
            if length is not None and len(pieces) * self.size >= length:
                break
        whole = b"".join(pieces)
        if length is not None and len(whole) < length:
            raise BrokenCompoundError
        return whole if length is None else whole[:length]


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file: where each stream lies by its name, unread; `big` and `small` are its two kinds of chains."""

    places: Mapping[str, tuple[int, int]]
    cutoff: int
    big: _Chains
    small: _Chains

    def read(self, name: str) -> bytes:
        """Bytes of a stream. Raises BrokenCompoundError."""
        start, length = self.places[name]
        return (self.big if length >= self.cutoff else self.small).read(start, length) if length else b""


def compound_of(data: bytes) -> Compound:
    """The compound file in `data`. Raises BrokenCompoundError."""
    try:
        return _compound(data)
    except (struct.error, ValueError, OverflowError):
        raise BrokenCompoundError from None


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}L", raw[: len(raw) // 4 * 4])


def _compound(data: bytes) -> Compound:
    shift, mini_shift, _, directory, cutoff, mini_start, _, difat, _ = _HEADER.unpack_from(data)
    if not data.startswith(SIGNATURE) or shift not in {9, 12} or mini_shift != _MINI_SHIFT:
        raise BrokenCompoundError
    size = 1 << shift
    big = _Chains(data, size, size, _fat(data, size, difat))
    entries = big.read(directory)
    found: dict[str, tuple[int, int]] = {}
    root = (_END, 0)
    for at in range(0, min(len(entries) - _ENTRY.size + 1, _ENTRIES_LIMIT * _ENTRY.size), _ENTRY.size):
        name, length, kind, start, stream_size = _ENTRY.unpack_from(entries, at)
        # The upper half of the size may be rubbish in files of old programs.
        place = start, stream_size & 0xFFFFFFFF
        if kind == _ROOT:
            root = place
        elif kind == _STREAM:
            found.setdefault(name[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace"), place)
    table = _numbers(big.read(mini_start)) if mini_start not in {_END, _FREE} else ()
    return Compound(found, cutoff, big, _Chains(big.read(*root) if root[1] else b"", 1 << _MINI_SHIFT, 0, table))


def _fat(data: bytes, size: int, difat: int) -> tuple[int, ...]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from(f"<{_DIFAT_IN_HEADER}L", data, _DIFAT_AT))
    left = len(data) // size
    while difat not in {_END, _FREE}:
        more = _numbers(data[size * (difat + 1) : size * (difat + 2)])
        if not more or left == 0:
            raise BrokenCompoundError
        sectors.extend(more[:-1])
        difat, left = more[-1], left - 1
    table: list[int] = []
    for sector in sectors:
        if sector not in {_END, _FREE}:
            table.extend(_numbers(data[size * (sector + 1) : size * (sector + 2)]))
            if len(table) > len(data) // size * 2 + size:
                break
    return tuple(table)
