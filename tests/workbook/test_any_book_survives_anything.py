"""Files of strangers, damaged or made to harm: a book or our own error comes of them, within little memory."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.office import convert
from tests.workbook.anybooks import (
    compound,
    members,
    old_book,
    packed,
    record,
    small_ods,
    small_xlsx,
    write_form_like,
)
from xlpy.errors import WorkbookError
from xlpy.workbook.anybook import read_any_book

MUTANTS = int(os.environ.get("XLPY_MUTANTS", "500"))
# The interpreter with lxml and zlib takes some 40 MB itself.
MEMORY = 300
PIECES = [
    *(b"<", b">", b'"', b"&", b"-1", b"\0", b"/>", b"<c>", b"<row>", b"<f>", b"&#0;", b"nan", b"1e999", b"A0"),
    *(b"99999999", b"XFD1048576", b"<![CDATA[", b"]]>", b"\xff\xff\xff\xff", b't="s"', b's="4"', b"<!--", b"xml:"),
]


def mutated(seed: random.Random, data: bytes) -> bytes:
    """The data with some bytes changed, cut out, put in or doubled."""
    mutant = bytearray(data)
    for _ in range(seed.choice((1, 1, 2, 5, 20))):
        at = seed.randrange(len(mutant) + 1)
        what = seed.randrange(5)
        if what == 0:
            mutant[at : at + 1] = bytes([seed.randrange(256)])
        elif what == 1:
            del mutant[at : at + seed.randrange(1, 60)]
        elif what == 2:
            mutant[at:at] = seed.choice(PIECES)
        elif what == 3:
            piece = seed.choice(PIECES)
            mutant[at : at + len(piece)] = piece
        else:
            other = seed.randrange(len(mutant) + 1)
            mutant[at:at] = mutant[other : other + seed.randrange(1, 200)]
    if seed.random() < 0.05:
        del mutant[seed.randrange(len(mutant) + 1) :]
    return bytes(mutant)


def mutant_of(seed: random.Random, data: bytes) -> bytes:
    """A damaged file: its bytes as they lie, or those of one of its parts."""
    if not data.startswith(b"PK") or seed.random() < 0.2:
        return mutated(seed, data)
    parts = members(data)
    name = seed.choice([*parts, *[one for one in parts if "sheet1" in one or "content" in one] * 8])
    return packed(parts | {name: mutated(seed, parts[name])})


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("seeds")
    source = write_form_like(folder / "форма.xlsx", papers=5, tasks=4)
    made = [convert([source], kind, folder / kind)[0].read_bytes() for kind in ("xls", "ods")]
    return [source.read_bytes(), *made]


@pytest.mark.parametrize("kind", range(3), ids=["xlsx", "xls", "ods"])
def test_a_damaged_file_gives_a_book_or_our_error(seeds: list[bytes], kind: int) -> None:
    outcomes = set()
    for number in range(MUTANTS // 3):
        data = mutant_of(random.Random(f"{kind} {number}"), seeds[kind])
        try:
            book = read_any_book(data, "форма")
        except WorkbookError as error:
            outcomes.add(error.code)
        else:
            outcomes.add("read")
            assert all(len(line) == len(sheet.values[0]) for sheet in book.sheets for line in sheet.values)
    assert {"read", "truncated"} <= outcomes


def filled(count: int, cell: bytes) -> bytes:
    rows = (
        b'<row r="%d">%b</row>'
        % (row, b"".join(cell.replace(b"#", b"%c%d" % (column, row)) for column in b"ABCDEFGHIJ"))
        for row in range(1, count // 10 + 1)
    )
    return b"".join(rows)


def bomb(kind: str) -> bytes:
    megabyte = 1024 * 1024
    if kind == "shared string shown often":
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        strings = b'<sst xmlns="%b"><si><t>%b</t></si></sst>' % (main, b"x" * (8 * megabyte))
        return small_xlsx(filled(100_000, b'<c r="#" t="s"><v>0</v></c>') + b"<!-- -->", strings=strings)
    if kind == "empty cells":
        return small_xlsx(filled(900_000, b'<c r="#"/>'))
    if kind == "many cells":
        return small_xlsx(filled(600_000, b'<c r="#"><v>1</v></c>'))
    if kind == "odd spelling":
        return small_xlsx(b"<!-- -->" + filled(300_000, b'<c r="#"><v>1</v></c>'))
    if kind == "many merged cells":
        tail = b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 600_000 + b"</mergeCells>"
        return small_xlsx(b'<row r="1"><c r="A1"><v>1</v></c></row>', tail)
    if kind == "deep":
        return small_xlsx(b"<a>" * 5_000_000)
    if kind == "repeated cells":
        cell = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
        return small_ods(b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-row>")
    if kind == "a row of many cells":
        return small_ods(b"<table:table-row>" + b"<table:table-cell/>" * 800_000 + b"</table:table-row>")
    if kind == "old strings":
        return old_book(b"", before=record(0xFC, struct.pack("<LL", 0xFFFFFFFF, 0xFFFFFFFF) + b"\1\0\0a" * 500))
    if kind == "old corners":
        corner = record(0x203, struct.pack("<HHHd", 65535, 255, 0, 1)) + record(0x203, struct.pack("<HHHd", 0, 0, 0, 1))
        return old_book(corner)
    return compound({"Workbook": b"", **{f"{number}": bytes(4096) for number in range(100)}})


BOMBS = [
    *("shared string shown often", "empty cells", "many cells", "odd spelling", "many merged cells", "deep"),
    *("repeated cells", "a row of many cells", "old strings", "old corners", "streams"),
]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is asked of Linux")
@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_takes_little_memory(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "форма"
    path.write_bytes(bomb(kind))
    program = """
import sys
from pathlib import Path
from xlpy.errors import WorkbookError
from xlpy.workbook.anybook import read_any_book
data = Path(sys.argv[1]).read_bytes()
try:
    read_any_book(data, "форма")
except WorkbookError as error:
    print(error.code, file=sys.stderr)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(int(peak.split()[1]) // 1024)
"""
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MEMORY


def test_a_declaration_of_another_size_than_what_comes_out_is_refused() -> None:
    data = bytearray(small_xlsx(b'<row r="1"><c r="A1"><v>1</v></c></row>'))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<L", data, at + 24, member.file_size - 1)
    with pytest.raises(WorkbookError):
        read_any_book(bytes(data), "форма")


def test_text_that_looks_like_prefixed_cells_takes_little_time() -> None:
    text = b":c " * 300_000
    data = small_xlsx(b'<row r="1"><c r="A1" t="inlineStr"><is><t>a:c b</t></is></c></row>' + b"<!-- -->")
    assert read_any_book(data, "форма").sheets[0].values == [["a:c b"]]
    data = small_xlsx(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c></row><!-- -->")
    with pytest.raises(WorkbookError):
        read_any_book(data, "форма")
