"""How verbs reach LibreOffice: in this process where `uno` fits its Python, else through a child in LibreOffice's own.

Only plain values cross: None, bool, int, float, str, lists, dicts. One `call` is one round trip.
"""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from xlpy.errors import HostError
from xlpy.libreoffice.interpreter import APART, fits_this_python, own_python

_CHILD = Path(__file__).parent / "verbs"
_END_SECONDS = 5


class Bridge(Protocol):
    """A connection to one office."""

    def call(self, verb: str, *arguments: object) -> Any:
        """Run a verb. Raises HostError("host_gone") where the office or document is gone, else the verb's error."""
        ...

    def close(self) -> None:
        """End the connection; the office goes on."""
        ...


def _lost(error: ConnectionError) -> HostError:
    return HostError("sheet_gone" if error.args[:1] == ("sheet",) else "host_gone")


class LocalBridge:
    """Verbs in this process. Raises HostError where nothing answers or `uno` is not to be had."""

    def __init__(self, address: str) -> None:
        try:
            from xlpy.libreoffice.verbs.desk import Desk
            from xlpy.libreoffice.verbs.table import perform
        except ImportError as error:
            raise HostError("no_uno") from error
        try:
            self._desk = Desk(address)
        except ConnectionError as error:
            raise HostError("host_silent") from error
        self._perform = perform

    def call(self, verb: str, *arguments: object) -> Any:
        """Run a verb."""
        try:
            return self._perform(self._desk, verb, list(arguments))
        except ConnectionError as error:
            raise _lost(error) from error

    def close(self) -> None:
        """Nothing to end: UNO closes with the process."""


class ChildBridge:
    """Verbs in a child process of LibreOffice's own Python. Raises HostError as `LocalBridge` does.

    The child reads a whole call before it answers and answers before it reads the next: neither ever waits for a
    pipe that the other does not empty. Its standard error is ours. It ends when its input does.
    """

    def __init__(self, address: str, python: Path | None = None) -> None:
        python = python or own_python()
        if python is None:
            raise HostError("no_uno")
        # The child must not see our packages: they are made for another Python.
        env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
        self._child = subprocess.Popen(
            [python, _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**env, "PYTHONIOENCODING": "utf-8:surrogatepass", "PYTHONDONTWRITEBYTECODE": "1"},
            encoding="utf-8",
            errors="surrogatepass",
            **APART,
        )
        self._turn = threading.Lock()
        try:
            self._exchange("", address)
        except ConnectionError as error:
            self.close()
            raise HostError("host_silent") from error
        except ImportError as error:
            self.close()
            raise HostError("no_uno") from error

    def _exchange(self, verb: str, *arguments: object) -> Any:
        # Made ready before anything is sent: what JSON does not know must not cut a line short.
        line = json.dumps([verb, list(arguments)], ensure_ascii=False) + "\n"
        with self._turn:
            try:
                answer = self._ask(line)
            except BaseException:
                # A call cut short (Ctrl+C, a child that died) would leave its answer to the next one.
                self._end()
                raise
        if "error" not in answer:
            return answer["ok"]
        kind, text = answer["error"]
        raise getattr(builtins, kind)(text)

    def _ask(self, line: str) -> dict[str, Any]:
        if self._child.stdin is None or self._child.stdout is None or self._child.stdin.closed:
            raise ConnectionError
        try:
            self._child.stdin.write(line)
            self._child.stdin.flush()
            answer = self._child.stdout.readline()
        except OSError as error:
            raise ConnectionError from error
        if not answer.endswith("\n"):
            raise ConnectionError
        return dict(json.loads(answer))

    def call(self, verb: str, *arguments: object) -> Any:
        """Run a verb in the child."""
        try:
            return self._exchange(verb, *arguments)
        except ConnectionError as error:
            raise _lost(error) from error

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            self._child.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def open_bridge(address: str) -> Bridge:
    """Connect to the office at a UNO address, in this process where that can be done."""
    return LocalBridge(address) if fits_this_python() else ChildBridge(address)


def batch(bridge: Bridge, calls: Sequence[tuple[str, list[object]]]) -> list[Any]:
    """Run several verbs in one round trip; their answers in order."""
    return list(bridge.call("batch", [list(call) for call in calls]))
