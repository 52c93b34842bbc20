"""Real workbook files for the tests of the door, and a look into them that does not go through the door."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import xlsxwriter

from xlpy.tables import schema
from xlpy.tables.declare import Role, Sheet
from xlpy.tables.formulas import formula_for
from xlpy.tables.raw import Value

Rows = Sequence[Mapping[str, Value]]

TEACHERS: Rows = [
    {"teacher": "Берёзкина Анна Львовна", "subjects": "Химия", "absent_from": datetime(2021, 3, 1)},
    {"teacher": "Дубов Илья Олегович", "subjects": "Физика; Математика", "paper_limit": 40},
    {"teacher": "Клёнова Вера Павловна", "email": "klenova@example.org"},
]
RESULTS: Rows = [
    {
        "code": f"5{number:04d}",
        "school_class": "5А",
        "subject": "Математика",
        "variant": 1 + number % 2,
        **{f"task_{task}": (number + task) % 3 for task in range(1, 15)},
        "journal_mark": 2 + number % 4,
    }
    for number in range(1, 13)
]
FILLED: Mapping[str, Rows] = {"teachers": TEACHERS, "results": RESULTS}


def write_book(
    path: Path,
    rows: Mapping[str, Rows] = FILLED,
    extra: Callable[[xlsxwriter.Workbook], None] | None = None,
    sheets: Sequence[Sheet] = schema.SHEETS,
    captions: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """A workbook of the contract as XlsxWriter saves it; `captions` adds columns of the user's own by sheet key."""
    with xlsxwriter.Workbook(path) as book:
        date = book.add_format({"num_format": "dd.mm.yyyy"})
        styled = book.add_format({"bg_color": "#FFF2CC", "border": 1})
        for sheet in sheets:
            tab = book.add_worksheet(sheet.name)
            body = rows.get(sheet.key, ())
            heads = [column.caption for column in sheet.columns] + list((captions or {}).get(sheet.key, ()))
            top = sheet.header_row - 1
            tab.add_table(
                top,
                0,
                top + max(len(body), 1),
                len(heads) - 1,
                {"name": sheet.table_name, "columns": [{"header": head} for head in heads]},
            )
            for number, row in enumerate(body):
                for at, column in enumerate(sheet.columns):
                    place = top + 1 + number, at
                    value = row.get(column.key)
                    if column.role is Role.CALCULATED:
                        tab.write_formula(*place, "=" + formula_for(sheet, column.key, place[0] + 1), None, "")
                    elif isinstance(value, datetime):
                        tab.write_datetime(*place, value, date)
                    elif isinstance(value, str):
                        tab.write_string(*place, value, styled)
                    elif value is not None:
                        tab.write(*place, value, styled)
        if extra is not None:
            extra(book)
    return path


@cache
def shipped_bytes() -> bytes:
    """The empty workbook as the builder makes it."""
    from xlpy.workbook.builder.build import build_workbook

    return build_workbook()


def members(file: Path | bytes) -> dict[str, bytes]:
    """Uncompressed bytes of each part, in order."""
    with zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(path: Path, changed: Mapping[str, bytes | None], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Rewrite a file with some parts replaced, added or (None) removed."""
    parts = members(path) | dict(changed)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, part in parts.items():
            if part is not None:
                archive.writestr(name, part)
    return path


def part_of(file: Path | bytes, sheet: str) -> str:
    """Name of the part that holds a sheet."""
    parts = members(file)
    book, rels = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    tag = next(one for one in re.findall(r"<sheet [^>]*>", book) if f'name="{sheet}"' in one)
    key = re.search(r'r:id="([^"]*)"', tag)[1]
    node = next(one for one in re.findall(r"<Relationship [^>]*>", rels) if f'Id="{key}"' in one)
    return "xl/" + re.search(r'Target="/?(?:xl/)?([^"]*)"', node)[1]


def edit(path: Path, part: str, *changes: tuple[str, str]) -> Path:
    """Replace pieces of a part's text, each of which must be there."""
    text = members(path)[part].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return with_members(path, {part: text.encode()})


def cells(xml: bytes) -> dict[str, str]:
    """Address → XML of each cell of a sheet."""
    found = re.findall(r'(<c [^>]*?r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>))', xml.decode(), re.DOTALL)
    return {place: cell for cell, place in found}


def uncached(cell: str) -> str:
    """A formula cell without its cached value; any other as it is."""
    if "<f" not in cell:
        return cell
    cell = re.sub(r"<v[^>]*?/>|<v[^>]*>[^<]*</v>", "", cell)
    return re.sub(r'^(<c [^>]*?) t="[a-z]+"', r"\1", cell)


def differences(before: Path | bytes, after: Path | bytes) -> dict[str, set[str]]:
    """Part → cells that differ, apart from cached values of formulas; other parts that differ have an empty set."""
    old, new = members(before), members(after)
    assert list(new) == [name for name in old if name in new]
    found: dict[str, set[str]] = {}
    for name in old:
        if name not in new:
            found[name] = {"removed"}
        elif name.startswith("xl/worksheets/sheet"):
            was, now = cells(old[name]), cells(new[name])
            places = {
                at
                for at in was.keys() | now.keys()
                if now.get(at, "") not in {was.get(at, ""), uncached(was.get(at, ""))}
            }
            if places or shell(old[name]) != shell(new[name]):
                found[name] = places
        elif old[name] != new[name]:
            found[name] = set()
    return found


def shell(xml: bytes) -> str:
    """A sheet without its cells: what stands around them, and the opening tags of the rows that hold cells."""
    return re.sub(r"<c [^>]*?(?:/>|>.*?</c>)", "", xml.decode(), flags=re.DOTALL)


def captions_of(sheet: Sheet, keys: Iterable[str]) -> list[str]:
    """Captions of some columns."""
    return [sheet.column(key).caption for key in keys]
