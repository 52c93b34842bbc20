"""A sheet formatted down to its last row reads as the little table it is, and is written without being taken apart."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.workbook.door.books import members, part_of, write_book

ROOT = Path(__file__).resolve().parents[3]
LAST = 1_048_576
CHILD = """
import sys
from pathlib import Path
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook
book = ClosedWorkbook(Path(sys.argv[1]), copies=1)
print(len(book.read_tables([schema.TEACHERS])["teachers"].values))
if sys.argv[2] == "write":
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    book.save()
    print(len(book.read_tables([schema.TEACHERS])["teachers"].values))
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def formatted_to_the_end(path: Path) -> Path:
    write_book(path)
    part = part_of(path, "Учителя")
    parts = members(path)
    text = parts.pop(part)
    cut = text.index(b"</sheetData>")
    rows = b"".join(
        b'<row r="%d" spans="1:3" ht="15" customHeight="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (row, row, row)
        for row in range(5, LAST + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, member in parts.items():
            archive.writestr(name, member)
        archive.writestr(part, text[:cut] + rows + text[cut:])
    return path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read where Linux shows it")
@pytest.mark.parametrize(("what", "rows"), [("read", [3]), ("write", [3, 4])])
def test_a_million_empty_formatted_rows_fit_into_the_memory(tmp_path: Path, what: str, rows: list[int]) -> None:
    path = formatted_to_the_end(tmp_path / "book.xlsx")
    out = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), what], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    *found, memory = map(int, out)
    assert found == rows
    assert memory < 400 * 1024
