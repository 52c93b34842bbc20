"""Apps and App: the offices that we started and the user's running one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from xlpy.errors import HostError
from xlpy.libreoffice.bridge import Bridge, open_bridge
from xlpy.libreoffice.offices import Office, end_office, kill_office, start_office
from xlpy.libreoffice.pipes import pipe_address, user_pipe

# Book.caller() on other systems than Windows asks for a version of Excel that has its pipes.
_VERSION = "16.0"


class Apps(base_classes.Apps):
    """Offices of this process, and the user's one where it listens on its pipe; the last activated first."""

    own: list[App]
    users: App | None

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def _all(self) -> list[App]:
        global _users  # noqa: PLW0603 - one connection to the user's office for the life of the process
        if _users is None:
            try:
                _users = App(self.engine, open_bridge(pipe_address(user_pipe())), None)
            except HostError:
                return list(_own)
        return [*_own, _users]

    def keys(self) -> list[int]:
        """Process numbers."""
        return [app.pid for app in self._all()]

    def add(self, spec: Any = None, add_book: bool = True, xl: Any = None, visible: bool | None = None) -> App:
        """Start an office of our own."""
        del spec, xl
        office = start_office(visible=bool(visible))
        app = App(self.engine, office.bridge, office)
        _own.insert(0, app)
        if add_book:
            app.books.add()
        return app

    @staticmethod
    def cleanup() -> None:
        """Nothing is ever left over: every office of ours is ended with its process."""

    def __iter__(self) -> Iterator[App]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, pid: int) -> App:
        for app in self._all():
            if app.pid == pid:
                return app
        raise KeyError(pid)


_own: list[App] = []
_users: App | None = None


class App(base_classes.App):
    """One office. `office` is None for the user's own, which we never end."""

    engine = None

    def __init__(self, engine: Any, bridge: Bridge, office: Office | None) -> None:
        self.engine, self.bridge, self.office = engine, bridge, office

    @property
    def version(self) -> str:
        """The version of Excel whose behaviour this engine keeps."""
        return _VERSION

    @property
    def books(self) -> Any:
        """Its workbooks."""
        from xlpy.libreoffice.books import Books

        return Books(self)

    @property
    def pid(self) -> int:
        """Process number."""
        return self.office.process.pid if self.office else 0

    @property
    def visible(self) -> bool:
        """Whether it has windows."""
        return self.office is None

    def activate(self, steal_focus: bool = False) -> None:
        """Make it the first of the apps."""
        del steal_focus
        if self in _own:
            _own.remove(self)
            _own.insert(0, self)

    def quit(self) -> None:
        """End it, without saving."""
        if self.office is not None:
            end_office(self.office)
        if self in _own:
            _own.remove(self)

    def kill(self) -> None:
        """End it at once."""
        if self.office is not None:
            kill_office(self.office)
        if self in _own:
            _own.remove(self)
