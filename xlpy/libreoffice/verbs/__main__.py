"""The child: reads calls as JSON lines from standard input and answers in JSON lines. Started by `bridge.ChildBridge`.

First line: the address of the office. Each further line: [verb, arguments]; answer: {"ok": …} or {"error": [kind, text]}.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

if __name__ == "__main__" and not __package__:
    # LibreOffice's Python is given this folder alone: neither our package nor its dependencies are there.
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    __package__ = "verbs"  # noqa: A001

from verbs.desk import Desk  # type: ignore[import-not-found,unused-ignore]
from verbs.table import perform  # type: ignore[import-not-found,unused-ignore]


def _answer(content: Any) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


def _error(error: BaseException) -> dict[str, Any]:
    kinds = (PermissionError, FileNotFoundError, ConnectionError, KeyError, IndexError, ValueError, OSError)
    kind = next(
        (one.__name__ for one in (*kinds, NotImplementedError, TypeError) if isinstance(error, one)), "RuntimeError"
    )
    return {"error": [kind, str(error.args[0]) if error.args else ""]}


def main() -> None:
    """Serve until standard input ends."""
    desk: Any = None
    for line in sys.stdin:
        call = json.loads(line)
        try:
            if desk is None:
                desk = Desk(call)
                _answer({"ok": None})
            else:
                _answer({"ok": perform(desk, *call)})
        except Exception as error:
            _answer(_error(error))


main()
