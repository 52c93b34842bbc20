"""One connection to a running LibreOffice and the UNO objects that the other side knows by number."""

from __future__ import annotations

from typing import Any

from .runtime import uno


class Desk:
    """A connection. Raises ConnectionError where nothing answers at `address`."""

    def __init__(self, address: str) -> None:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        try:
            self.context = resolver.resolve(f"uno:{address};StarOffice.ComponentContext")
            self.manager = self.context.ServiceManager
            self.desktop = self.service("com.sun.star.frame.Desktop")
        except Exception as error:
            raise ConnectionError("silent") from error
        self._things: dict[int, Any] = {}
        self._documents: dict[str, int] = {}
        self._last = 0

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

    def thing(self, number: int) -> Any:
        """The object of that number."""
        return self._things[number]

    def drop(self, number: int) -> None:
        """Forget an object that is gone."""
        self._things.pop(number, None)
        self._documents = {uid: held for uid, held in self._documents.items() if held != number}
