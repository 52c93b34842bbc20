"""Workbooks that lie in letters and archives: taken out in memory, under limits, nothing written to disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value

from xlpy.errors import InputError, WorkbookError, XlpyError
from xlpy.words.errors import COPIES_FOLDER, TOO_LARGE

_MEGABYTE = 1024 * 1024
FILE_LIMIT = 32 * _MEGABYTE
# All that one container may give; members of an archive; how often one packed byte may be unpacked.
TOTAL_LIMIT, MEMBERS_LIMIT, RATIO_LIMIT = 128 * _MEGABYTE, 2_000, 200
_RATIO_FROM = _MEGABYTE
_DEPTH_LIMIT = 3
_HEAD = 8
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_LETTER = re.compile(
    rb"(?:(?:From |[Rr]eturn-[Pp]ath:|[Rr]eceived:|[Dd]elivered-[Tt]o:|MIME-[Vv]ersion:|Date:|Subject:|To:|From:|"
    rb"Message-I[Dd]:|Content-Type:|X-[\w-]+:))"
)
_CONTENT_TYPES, _END = b"[Content_Types].xml", 22
# What only a document of an office program has among its members.
_DOCUMENT = {"[content_types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    NotImplementedError,
    EOFError,
    IndexError,
    RuntimeError,
    OverflowError,
)
_BROKEN_LETTER = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
Inside = tuple[str, bytes | XlpyError]


def is_bookish(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook or an archive."""
    return head.startswith((_ZIP, _OLE))


def is_letter(head: bytes) -> bool:
    """Whether a file that begins so may be a letter."""
    return _LETTER.match(head) is not None


def is_other_archive(head: bytes) -> bool:
    """Whether a file that begins so is an archive that cannot be read here."""
    return head.startswith(_OTHER_ARCHIVES)


def too_large(name: str, what: str, **limit: object) -> WorkbookError:
    """The error for a file, or one in a container, that is past a limit."""
    return WorkbookError("too_large", path=name, what=TOO_LARGE[what].format(**limit))


def inside(name: str, data: bytes, depth: int = 0) -> list[Inside] | None:
    """Return the workbooks in a letter or archive, each by its name in it; None where `data` is no container.

    One that cannot be had comes as its error. Raises nothing.
    """
    if depth >= _DEPTH_LIMIT:
        return None
    if data.startswith(_ZIP):
        archive = _archive(data)
        return None if archive is None else list(_flat(_members(name, archive), depth))
    return list(_flat(_attachments(data), depth)) if is_letter(data[: _HEAD * 8]) else None


def _flat(found: Iterator[Inside], depth: int) -> Iterator[Inside]:
    """Containers in containers are opened too, down to a few."""
    left = TOTAL_LIMIT
    for name, data in found:
        if isinstance(data, XlpyError):
            yield name, data
            continue
        left -= len(data)
        if left < 0:
            yield name, too_large(name, "total", limit=TOTAL_LIMIT // _MEGABYTE)
            return
        within = inside(name, data, depth + 1)
        if within is None:
            if is_bookish(data):
                yield name, data
            elif is_other_archive(data):
                yield name, InputError("other_archive", path=name)
        else:
            yield from ((f"{name} → {one}", held) for one, held in within)


def _archive(data: bytes) -> zipfile.ZipFile | None:
    """The archive, None where it is none, is damaged, or is itself a document."""
    # Most files are forms: the directory at their end need not be taken apart for that.
    if data[-_END:].startswith(b"PK\x05\x06") and _CONTENT_TYPES in data[int.from_bytes(data[-6:-2], "little") :]:
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN_ZIP:
        return None
    names = {member.filename.replace("\\", "/").lower() for member in archive.infolist()}
    return None if names & _DOCUMENT else archive


def _shown(member: zipfile.ZipInfo) -> str:
    """Name of a member: archives of Windows hold it in the code page of DOS."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for codec in ("utf-8", "cp866"):
        try:
            return raw.decode(codec).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename


def _members(name: str, archive: zipfile.ZipFile) -> Iterator[Inside]:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > MEMBERS_LIMIT:
        yield name, too_large(name, "parts", limit=MEMBERS_LIMIT)
        return
    for member in sorted(members, key=_shown):
        shown = _shown(member)
        if not is_passed_over(shown):
            yield shown, _member(archive, member, shown)


def is_passed_over(name: str) -> bool:
    """Whether a file of this name, with its folders by «/», is a lock, hidden, or put there by the system."""
    *folders, file = name.split("/")
    return (
        any(folder.startswith(".") or folder == "__MACOSX" for folder in folders)
        or file.startswith((".", "~$"))
        or file.casefold() in {"thumbs.db", "desktop.ini"}
    )


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: str) -> bytes | XlpyError:
    if member.flag_bits & 0x1:
        return WorkbookError("encrypted", path=shown)
    if member.file_size > FILE_LIMIT:
        return too_large(shown, "file", limit=FILE_LIMIT // _MEGABYTE)
    ratio = member.file_size // max(member.compress_size, 1)
    if member.file_size > _RATIO_FROM and ratio > RATIO_LIMIT:
        return too_large(shown, "ratio", part=shown, ratio=ratio)
    try:
        with archive.open(member) as file:
            head = file.read(_HEAD * 8)
            if not (is_bookish(head) or is_letter(head) or is_other_archive(head)):
                return head
            # zipfile gives no more than the directory says, and checks the sum.
            return head + file.read()
    except _BROKEN_ZIP:
        return WorkbookError("truncated", path=shown, copies=COPIES_FOLDER)


def _attachments(data: bytes) -> Iterator[Inside]:
    try:
        parts = list(message_from_bytes(data).walk())
    except _BROKEN_LETTER:
        return
    for number, part in enumerate(parts[:MEMBERS_LIMIT], 1):
        if part.is_multipart() or (part.get_content_maintype() == "text" and not _file_name(part)):
            continue
        try:
            payload = part.get_payload(decode=True)
        except _BROKEN_LETTER:
            continue
        if isinstance(payload, bytes) and payload:
            yield _file_name(part) or str(number), payload


def _file_name(part: Message) -> str:
    """Name of an attachment, as its sender saw it; "" where it has none."""
    try:
        given = part.get_param("filename", None, "content-disposition") or part.get_param("name", None, "content-type")
        if given is None:
            return ""
        return (
            str(make_header(decode_header(collapse_rfc2231_value(given).strip()))).replace("\\", "/").rpartition("/")[2]
        )
    except _BROKEN_LETTER:
        return ""
