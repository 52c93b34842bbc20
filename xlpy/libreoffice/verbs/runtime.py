"""Where `uno` comes from, and its structures by name without its import hook."""

from __future__ import annotations

import builtins
import os
import sys
from typing import Any

# uno.py lies here on Debian, ALT and their kin; elsewhere the child runs in LibreOffice's own Python, which has it.
SYSTEM_PLACES = ("/usr/lib/python3/dist-packages", "/usr/lib64/libreoffice/program", "/usr/lib/libreoffice/program")


def _import_uno() -> Any:
    # uno replaces builtins.__import__, which spoils the tracebacks of every later ImportError: put it back.
    before = builtins.__import__
    try:
        import uno
    except ImportError:
        places = [place for place in SYSTEM_PLACES if os.path.exists(os.path.join(place, "uno.py"))]
        if not places:
            raise
        sys.path.append(places[0])
        import uno
    finally:
        builtins.__import__ = before
    return uno


uno: Any = _import_uno()


def struct(name: str, **fields: Any) -> Any:
    """A UNO structure: `struct("table.CellAddress", Sheet=0)`."""
    made = uno.createUnoStruct("com.sun.star." + name)
    for field, content in fields.items():
        setattr(made, field, content)
    return made


def enum(name: str, value: str) -> Any:
    """A UNO enum's member: `enum("sheet.CellInsertMode", "DOWN")`."""
    return uno.Enum("com.sun.star." + name, value)


def properties(**named: Any) -> tuple[Any, ...]:
    """Arguments of a load or store as UNO wants them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=content) for name, content in named.items())


def to_url(path: str) -> str:
    """File URL of a path of this system."""
    return str(uno.systemPathToFileUrl(os.path.abspath(path)))


def to_path(url: str) -> str:
    """Path of a file URL."""
    return str(uno.fileUrlToSystemPath(url))
