"""Apps and App: the offices that we started and the user's running one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from xlwings import base_classes

from xlpy.errors import HostError
from xlpy.libreoffice.bridge import Bridge, open_bridge
from xlpy.libreoffice.interpreter import program_folder
from xlpy.libreoffice.offices import Office, end_office, is_running, kill_office, start_office
from xlpy.libreoffice.pipes import listener, may_listen, pipe_address, user_pipe
from xlpy.words.libreoffice import uncovered

# Book.caller() on other systems than Windows asks for a version of Excel that has its pipes.
_VERSION = "16.0"
_CALCULATIONS = {True: "automatic", False: "manual"}
_BUTTONS = (None, "ok", "ok_cancel", "yes_no", "yes_no_cancel")


class Apps(base_classes.Apps):
    """Offices of this process, and the user's one where it listens on its pipe; the last activated first."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def _all(self) -> list[App]:
        for app in [one for one in _apps if not one.is_there()]:
            _apps.remove(app)
            app.forget()
        if not any(app.office is None for app in _apps) and may_listen(user_pipe()):
            with suppress(HostError):
                _apps.append(App(self.engine, open_bridge(pipe_address(user_pipe())), None))
        return list(_apps)

    def keys(self) -> list[int]:
        """Process numbers."""
        return [app.pid for app in self._all()]

    def add(self, spec: Any = None, add_book: bool | None = True, xl: Any = None, visible: bool | None = None) -> App:
        """Start an office of our own and make it the active one. `spec`: the path of its launcher, where not the usual.

        Without `visible` it has windows, as in xlwings. Raises HostError("no_display") where none can be shown.
        """
        del xl
        office = start_office(visible=visible is not False, launcher=Path(spec) if spec else None)
        app = adopt(self.engine, office)
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


_apps: list[App] = []


def adopt(engine: Any, office: Office) -> App:
    """An office of our own as the active app."""
    app = App(engine, office.bridge, office)
    _apps.insert(0, app)
    return app


class App(base_classes.App):
    """One office. `office` is None for the user's own, which we never end."""

    engine: Any = None

    def __init__(self, engine: Any, bridge: Bridge, office: Office | None) -> None:
        self.engine, self.bridge, self.office = engine, bridge, office
        self._pid = office.pid if office else listener(user_pipe()) or 0
        self._display_alerts = True

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this office."""
        return self.bridge.call(verb, *arguments)

    def is_there(self) -> bool:
        """Whether it still answers."""
        if self.office is not None:
            return is_running(self.office)
        try:
            self.bridge.call("ping")
        except HostError:
            return False
        return True

    def forget(self) -> None:
        """Let go of an office that is gone."""
        if self.office is not None:
            kill_office(self.office)
        else:
            self.bridge.close()

    @property
    def api(self) -> Any:
        """Nothing native is handed out: UNO objects may live in another process."""
        return None

    @property
    def hides_documents(self) -> bool:
        """Whether new documents are to have no window. In an office without a screen they have one that nobody sees."""
        return self.office is not None and self.office.has_windows and not self.visible

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
        """Process number of the office itself; 0 for the user's where the system does not tell it."""
        return self._pid

    @property
    def path(self) -> str:
        """Folder of LibreOffice's programs."""
        return str(program_folder() or "")

    @property
    def startup_path(self) -> str:
        """Folder of the user's own macros in Python: what is nearest to XLSTART."""
        return str(self.call("startup_path"))

    @property
    def hwnd(self) -> None:
        """None, as everywhere but on Windows: LibreOffice tells the number of a window to its own process only."""
        return

    @property
    def visible(self) -> bool:
        """Whether it has windows and shows them."""
        if self.office is not None and not self.office.has_windows:
            return False
        return len(self.books) == 0 or bool(self.call("windows_visible"))

    @visible.setter
    def visible(self, visible: bool) -> None:
        if self.office is not None and not self.office.has_windows:
            if visible:
                raise NotImplementedError(uncovered("App.visible = True", "xw.App(visible=True)"))
            return
        self.call("show_windows", bool(visible))

    def activate(self, steal_focus: bool = False) -> None:
        """Make it the first of the apps."""
        if self in _apps:
            _apps.remove(self)
            _apps.insert(0, self)
        if steal_focus and self.visible and len(self.books):
            self.call("activate_document", self.books.active.key)

    def quit(self) -> None:
        """End it, without saving. The user's own office is only let go."""
        self._leave(end_office)

    def kill(self) -> None:
        """End it at once. The user's own office is only let go."""
        self._leave(kill_office)

    def _leave(self, end: Any) -> None:
        if self.office is not None:
            end(self.office)
        else:
            self.bridge.close()
        if self in _apps:
            _apps.remove(self)

    @property
    def selection(self) -> Any:
        """What is selected in the active workbook, of several areas the first; None where it is no cell."""
        from xlpy.libreoffice.ranges import Range
        from xlpy.libreoffice.sheets import Sheet

        if not len(self.books):
            return None
        book = self.books.active
        found = book.call("selection")
        return Range(Sheet(book, found[0]), *found[1:]) if found else None

    @property
    def screen_updating(self) -> bool:
        """Whether windows paint what changes."""
        return bool(self.call("paints"))

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.call("set_paints", bool(value))

    @property
    def display_alerts(self) -> bool:
        """As it was set. No call of ours ever makes LibreOffice ask anything, whatever stands here."""
        return self._display_alerts

    @display_alerts.setter
    def display_alerts(self, value: bool) -> None:
        self._display_alerts = bool(value)

    @property
    def enable_events(self) -> bool:
        """Always: LibreOffice cannot be told to hold back the events of a document."""
        return True

    @enable_events.setter
    def enable_events(self, value: bool) -> None:
        if not value:
            raise NotImplementedError(uncovered("App.enable_events = False"))

    @property
    def interactive(self) -> bool:
        """Whether keyboard and mouse reach the workbooks."""
        return bool(self.call("takes_input"))

    @interactive.setter
    def interactive(self, value: bool) -> None:
        self.call("set_takes_input", bool(value))

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`."""
        return _CALCULATIONS[bool(self.call("calculates"))]

    @calculation.setter
    def calculation(self, value: str) -> None:
        if value == "semiautomatic":
            raise NotImplementedError(uncovered('App.calculation = "semiautomatic"', '"automatic", "manual"'))
        if value not in _CALCULATIONS.values():
            raise ValueError(value)
        self.call("set_calculates", value == "automatic")

    def calculate(self) -> None:
        """Compute what waits for it in all workbooks."""
        self.call("calculate")

    def run(self, macro: str, args: list[Any]) -> Any:
        """Run a macro: `Module.Sub`, `Sub`, or with the workbook in front: `'book.xlsm'!Module.Sub`.

        Raises HostError("no_macro") where there is none. See `running` for what a macro with an error answers.
        """
        from xlpy.libreoffice.running import run_macro

        return run_macro(self, macro, args)

    @property
    def status_bar(self) -> str | bool:
        """The sentence of ours in the status bar; False where LibreOffice has it."""
        return self.call("status") or False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        for book in self.books:
            if value is False or value is None:
                book.call("end_status")
            else:
                book.call("set_status", str(value))

    @property
    def cut_copy_mode(self) -> None:
        """None: LibreOffice keeps no frame around what was copied."""
        return

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        if value:
            raise ValueError(value)

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any) -> str:
        """Show a box and wait for the answer. Raises HostError("no_display") where nobody could see it."""
        del callback
        if buttons not in _BUTTONS:
            raise ValueError(buttons)
        if not self.visible or not len(self.books):
            raise HostError("no_display")
        return str(self.call("ask", prompt or "", title or "", buttons or "ok", mode == "critical"))
