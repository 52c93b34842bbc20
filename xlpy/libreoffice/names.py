"""Names and Name: defined names of a workbook and of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlpy.libreoffice.formulas import to_excel, to_office

if TYPE_CHECKING:
    from xlpy.libreoffice.books import Book
    from xlpy.libreoffice.sheets import Sheet


class _Names(base_classes.Names):
    """What both collections share. A member is (sheet name or empty, name, content), found anew at each call."""

    book: Book

    def listed(self) -> list[list[str]]:
        """[sheet name or empty, name, content], by name."""
        raise NotImplementedError

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    def __len__(self) -> int:
        return len(self.listed())

    def __call__(self, name_or_index: str | int) -> Name:
        found = self.listed()
        if isinstance(name_or_index, str):
            return self._named(found, name_or_index)
        if not 1 <= name_or_index <= len(found):
            raise KeyError(name_or_index)
        return self._made(found[name_or_index - 1])

    def _named(self, found: list[list[str]], wanted: str) -> Name:
        sheet, _, name = wanted.rpartition("!")
        # Of two with the same name that of the workbook stands first, as in Excel.
        for one in sorted(found, key=lambda one: one[0] != ""):
            if one[1].lower() == name.lower() and (not sheet or _bare(sheet) == one[0].lower()):
                return self._made(one)
        raise KeyError(wanted)

    def _made(self, one: list[str]) -> Name:
        return Name(self.book, self.book.sheets(one[0]) if one[0] else None, one[1])

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is a name of that name or place."""
        try:
            self(name_or_index)
        except KeyError:
            return False
        return True

    def snapshot(self) -> list[tuple[str, Name]]:
        """(name, Name) of all."""
        names = [self._made(one) for one in self.listed()]
        return [(one.name, one) for one in names]


class BookNames(_Names):
    """All names of a workbook, those of its sheets too."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def listed(self) -> list[list[str]]:
        """[sheet name or empty, name, content], by name."""
        return list(self.book.call("names_of_book"))

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name of the workbook; one like `Sheet!name` for that sheet alone."""
        sheet_name, _, bare = name.rpartition("!")
        sheet = self.book.sheets(_bare(sheet_name)) if sheet_name else None
        self.book.call("add_name", sheet and sheet.key, bare, _content(refers_to))
        return Name(self.book, sheet, bare)


class SheetNames(_Names):
    """The names that hold on one sheet alone."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet

    def listed(self) -> list[list[str]]:
        """[sheet name, name, content], by name."""
        return list(self.book.call("names_of_sheet", self.sheet.key))

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name for this sheet."""
        bare = name.rpartition("!")[2]
        self.book.call("add_name", self.sheet.key, bare, _content(refers_to))
        return Name(self.book, self.sheet, bare)


class Name(base_classes.Name):
    """One defined name. `sheet` is None for one of the whole workbook."""

    def __init__(self, book: Book, sheet: Sheet | None, name: str) -> None:
        self.book, self.sheet, self._name = book, sheet, name

    def _call(self, verb: str, *arguments: object) -> Any:
        return self.book.call(verb, self.sheet and self.sheet.key, self._name, *arguments)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    def delete(self) -> None:
        """Take it away."""
        self._call("delete_name")

    @property
    def name(self) -> str:
        """The name; that of a sheet with the sheet in front, as Excel has it."""
        return f"{_quoted(self.sheet.name)}!{self._name}" if self.sheet else self._name

    @name.setter
    def name(self, value: str) -> None:
        bare = value.rpartition("!")[2]
        self._call("rename_name", bare)
        self._name = bare

    @property
    def refers_to(self) -> str:
        """What it stands for, with an equals sign in front, in Excel's grammar."""
        return str(to_excel("=" + self._call("name_content")))

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._call("set_name_content", _content(value))

    @property
    def refers_to_range(self) -> Any:
        """The range it stands for. Raises ValueError where it stands for something else."""
        from xlpy.libreoffice.ranges import Range
        from xlpy.libreoffice.sheets import Sheet

        sheet, *area = self._call("name_area")
        return Range(Sheet(self.book, sheet), *area)


def _content(refers_to: str) -> str:
    return str(to_office(refers_to if refers_to.startswith("=") else "=" + refers_to)).removeprefix("=")


def _bare(sheet: str) -> str:
    """Sheet name without its quotes, in small letters."""
    return (sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet).lower()


def _quoted(sheet: str) -> str:
    return sheet if sheet.isidentifier() else "'" + sheet.replace("'", "''") + "'"
