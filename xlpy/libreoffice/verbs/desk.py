"""One connection to a running LibreOffice and the UNO objects that the other side knows by number."""

from __future__ import annotations

from typing import Any

from .runtime import uno

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


def _resolved(resolver: Any, address: str) -> Any:
    """What lives at an address. UNO may hand out a bridge of this process that is just ending: then once more."""
    try:
        return resolver.resolve(address)
    except Exception as error:
        if not type(error).__name__.endswith("DisposedException"):
            raise
    return resolver.resolve(address)


class Desk:
    """A connection. Raises ConnectionError where nothing answers at `address`."""

    def __init__(self, address: str) -> None:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        try:
            self.context = _resolved(resolver, f"uno:{address};StarOffice.ComponentContext")
            self.manager = self.context.ServiceManager
            self.desktop = self.service("com.sun.star.frame.Desktop")
        except Exception as error:
            raise ConnectionError("silent") from error
        self._things: dict[int, Any] = {}
        self._documents: dict[str, int] = {}
        self._sheets: dict[int, _HeldSheet] = {}
        self._last = 0
        # What the office itself has no place for: the documents in the order in which they were activated where no
        # window tells, the calculation mode of documents to come, what we show in status bars.
        self.activated: list[int] = []
        self.is_calculating = True
        self.indicators: dict[int, dict[str, Any]] = {}
        # What the numbers in each number format of a document stand for: asking takes longer than reading a cell.
        self.format_kinds: dict[int, dict[int, str]] = {}

    def service(self, name: str) -> Any:
        """A service of the office."""
        return self.manager.createInstanceWithContext(name, self.context)

    def hold(self, thing: Any) -> int:
        """Keep a UNO object; return the number by which the other side names it."""
        self._last += 1
        self._things[self._last] = thing
        return self._last

    def hold_document(self, document: Any) -> int:
        """As `hold`; the same document has the same number however often it is found."""
        uid = document.RuntimeUID
        if uid not in self._documents:
            self._documents[uid] = self.hold(document)
        return self._documents[uid]

    def hold_sheet(self, book: int, sheet: Any) -> int:
        """As `hold`; the same sheet has the same number as long as it has its name."""
        name = sheet.getName()
        for number, held in self._sheets.items():
            if held.book == book and held.name == name and self._is_that_sheet(number, held):
                return number
        number = self.hold(sheet)
        self._sheets[number] = _HeldSheet(book, name, sheet.getDrawPage())
        return number

    def thing(self, number: int) -> Any:
        """The object of that number. Raises ConnectionError: "gone": a closed document, "sheet": a deleted one."""
        if number not in self._things:
            raise ConnectionError("gone")
        held = self._sheets.get(number)
        if held is not None and not self._is_that_sheet(number, held):
            raise ConnectionError("sheet")
        if held is not None and not _is_whole(self._things[number]):
            # Cells inserted or deleted at its edge, by the user too, move the object itself away from A1.
            self._things[number] = self._things[held.book].getSheets().getByName(held.name)
        return self._things[number]

    def _is_that_sheet(self, number: int, held: _HeldSheet) -> bool:
        """Whether a sheet is still the one that was held: UNO lets the object of a deleted sheet mean its neighbour.

        A sheet keeps its page of drawings as long as it lives, whatever its name and place.
        """
        sheet = self._things[number]
        name = sheet.getName()
        if name == held.name:
            return True
        if not name or sheet.getDrawPage() != held.page:
            return False
        held.name = name
        return True

    def document_of(self, sheet: int) -> Any:
        """The document that a sheet belongs to."""
        return self.thing(self._sheets[sheet].book)

    def is_in(self, sheet: int, book: int) -> bool:
        """Whether a sheet belongs to a document."""
        return self._sheets[sheet].book == book

    def documents(self) -> list[Any]:
        """The open spreadsheets, the first opened first."""
        found = []
        walk = self.desktop.getComponents().createEnumeration()
        while walk.hasMoreElements():
            one = walk.nextElement()
            if one.supportsService(_SPREADSHEET):
                found.append((int(one.RuntimeUID), one))
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def bring_forward(self, number: int) -> None:
        """Remember that a document is the one in front."""
        self.activated = [*(one for one in self.activated if one != number), number]

    def drop(self, number: int) -> None:
        """Forget a document that is gone, and its sheets."""
        for gone in [number, *(one for one, held in self._sheets.items() if held.book == number)]:
            self._things.pop(gone, None)
            self._sheets.pop(gone, None)
        self._documents = {uid: held for uid, held in self._documents.items() if held != number}
        self.indicators.pop(number, None)
        self.format_kinds.pop(number, None)
        self.activated = [one for one in self.activated if one != number]

    def loss(self, numbers: list[Any]) -> str:
        """What is gone after a verb failed: "gone" (the office or a document), "sheet", or "" where all is there.

        UNO says it in a dozen ways, some of which look like a mistake of ours: so the things themselves are asked.
        """
        try:
            self.desktop.getFrames()
        except Exception:  # noqa: BLE001 - UNO has no common base of its errors
            return "gone"
        for number in numbers:
            if number in self._documents.values() and not _answers(self._things[number].getURL):
                return "gone"
            held = self._sheets.get(number)
            if held is not None and not (held.book in self._things and _answers(self._things[held.book].getURL)):
                return "gone"
            if held is not None and not self._is_that_sheet(number, held):
                return "sheet"
        return ""


def _is_whole(sheet: Any) -> bool:
    area = sheet.getRangeAddress()
    return (area.StartRow, area.StartColumn, area.EndRow, area.EndColumn) == (0, 0, _LAST_ROW, _LAST_COLUMN)


class _HeldSheet:
    def __init__(self, book: int, name: str, page: Any) -> None:
        self.book, self.name, self.page = book, name, page


def _answers(question: Any) -> bool:
    try:
        question()
    except Exception:  # noqa: BLE001
        return False
    return True
