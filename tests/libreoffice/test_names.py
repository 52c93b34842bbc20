"""Defined names of a workbook and of one sheet, in Excel's grammar."""

from __future__ import annotations

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw

COVERS = (
    "Book.names",
    "Sheet.names",
    "Names.__call__",
    "Names.__len__",
    "Names.contains",
    "Names.snapshot",
    "Names.add",
    "Name.name",
    "Name.delete",
    "Name.refers_to",
    "Name.refers_to_range",
)


def test_a_name_of_the_book_is_added_read_changed_and_deleted(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets[0].name
    named = book.names.add("Список", f"={sheet}!$A$1:$B$5")
    assert raw.document.NamedRanges.getByName("Список").Content == f"${sheet}.$A$1:$B$5"
    assert named.refers_to == f"={sheet}!$A$1:$B$5"
    assert named.refers_to_range.address == "$A$1:$B$5"
    named.refers_to = f"={sheet}!$C$2"
    assert book.names["список"].refers_to_range == book.sheets[0]["C2"]
    named.name = "Перечень"
    assert raw.document.NamedRanges.ElementNames == ("Перечень",)
    assert book.names["Перечень"].name == "Перечень"
    named.delete()
    assert raw.document.NamedRanges.Count == 0
    assert "Перечень" not in book.names


def test_a_sheet_with_spaces_and_a_quote_in_its_name_is_quoted(book: xw.Book, raw: Raw) -> None:
    raw.sheet.Name = "План 'А' на 2026"
    named = book.names.add("Срок", "='План ''А'' на 2026'!$D$4")
    assert named.refers_to == "='План ''А'' на 2026'!$D$4"
    assert named.refers_to_range.sheet == book.sheets[0]
    area = raw.document.NamedRanges.getByName("Срок").ReferredCells.RangeAddress
    assert (area.StartRow, area.StartColumn) == (3, 3)


def test_names_of_a_sheet_hold_there_alone(book: xw.Book, raw: Raw) -> None:
    one = book.sheets[0]
    two = book.sheets.add("Второй", after=one)
    book.names.add("Общее", f"={one.name}!$A$1")
    two.names.add("Своё", "=Второй!$B$2")
    book.names.add("Второй!Ещё", "=Второй!$B$3")
    assert raw.document.Sheets.getByName("Второй").NamedRanges.ElementNames == ("Ещё", "Своё")
    assert [name.name for name in two.names] == ["Второй!Ещё", "Второй!Своё"]
    assert len(one.names) == 0
    assert {name.name for name in book.names} == {"Общее", "Второй!Ещё", "Второй!Своё"}
    assert book.names["Второй!Своё"].refers_to_range.address == "$B$2"
    assert "Общее" in book.names
    assert "Общее" not in two.names
    del two.names["Своё"]
    assert raw.document.Sheets.getByName("Второй").NamedRanges.ElementNames == ("Ещё",)


def test_names_are_counted_and_found_by_place(book: xw.Book) -> None:
    for name in ("бета", "Альфа", "вега"):
        book.names.add(name, f"={book.sheets[0].name}!$A$1")
    assert len(book.names) == book.names.count == 3
    assert [book.names[at].name for at in range(3)] == ["Альфа", "бета", "вега"]
    assert book.names(1).name == "Альфа"
    assert 2 in book.names
    assert 3 not in book.names
    with pytest.raises(KeyError):
        book.names["нет"]


def test_a_name_may_stand_for_a_number_or_a_formula(book: xw.Book, raw: Raw) -> None:
    named = book.names.add("Ставка", "=0.13")
    assert named.refers_to == "=0.13"
    raw.cell("A1").Formula = "=Ставка*100"
    assert raw.cell("A1").Value == 13
    with pytest.raises(ValueError, match="Ставка"):
        _ = named.refers_to_range


@pytest.mark.parametrize("name", ["A1", "с пробелом", "1а", ""])
def test_what_cannot_be_a_name_is_refused(book: xw.Book, raw: Raw, name: str) -> None:
    with pytest.raises(ValueError):
        book.names.add(name, f"={book.sheets[0].name}!$A$1")
    assert raw.document.NamedRanges.Count == 0
