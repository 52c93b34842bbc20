"""The child: reads calls as lines of JSON from standard input and answers in such. Started by `bridge.ChildBridge`.

A call is [verb, arguments], the first one ["", [address of the office]].
An answer is {"ok": …} or {"error": [kind, text]}.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

if __name__ == "__main__" and not __package__:
    # LibreOffice's Python is given this folder alone: neither our package nor its dependencies are there.
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    __package__ = "verbs"

# Kinds that the other side makes anew; what is narrower stands first.
_KINDS = (
    PermissionError,
    FileNotFoundError,
    ConnectionError,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    NotImplementedError,
    TypeError,
    ImportError,
)


def _error(error: BaseException) -> dict[str, Any]:
    kind = next((one.__name__ for one in _KINDS if isinstance(error, one)), "RuntimeError")
    return {"error": [kind, str(error.args[0]) if error.args else ""]}


class _Office:
    """The verbs, once the first call has said where the office is."""

    def __init__(self) -> None:
        self._desk: Any = None

    def answer(self, verb: str, arguments: list[Any]) -> dict[str, Any]:
        """What goes back for one call."""
        try:
            from verbs.desk import Desk  # type: ignore[import-not-found,unused-ignore]
            from verbs.table import perform  # type: ignore[import-not-found,unused-ignore]

            if self._desk is None:
                self._desk = Desk(*arguments)
                return {"ok": None}
            return {"ok": perform(self._desk, verb, arguments)}
        except Exception as error:  # noqa: BLE001 - whatever it is, the other side is told
            return _error(error)


def main() -> None:
    """Serve until standard input ends."""
    # Whatever a library prints must not stand between the answers.
    answers = io.open(  # noqa: SIM115 - open as long as the process
        os.dup(1), "w", encoding="utf-8", errors="surrogatepass", newline="\n"
    )
    try:
        os.dup2(2, 1)
    except OSError:
        # A program without a console has no standard error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    office = _Office()
    for line in sys.stdin:
        answer = json.dumps(office.answer(*json.loads(line)), ensure_ascii=False)
        answers.write(answer + "\n")
        answers.flush()


main()
