"""Built twice, the workbook is the same; the file at the top of the checkout is what the source makes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openxml_audit import OpenXmlValidator

from xlpy.shipped import WORKBOOK, shipped
from xlpy.workbook.builder.build import build_workbook


def parts(data: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def test_two_builds_have_the_same_parts_in_the_same_order(built: Path) -> None:
    assert parts(build_workbook()) == parts(built.read_bytes())


def test_the_committed_workbook_is_what_the_source_makes(built: Path) -> None:
    committed, made = parts(shipped(WORKBOOK).read_bytes()), parts(built.read_bytes())
    assert [name for name, _ in committed] == [name for name, _ in made]
    different = [name for (name, old), (_, new) in zip(committed, made, strict=True) if old != new]
    assert not different, "run «xlpy build»"


def test_the_schemas_of_office_find_no_error(built: Path) -> None:
    result = OpenXmlValidator(max_errors=0).validate(str(built))
    assert result.is_valid, [str(error) for error in result.errors]
