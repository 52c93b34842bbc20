"""Words of the engine for LibreOffice: what of xlwings it does not cover."""

from __future__ import annotations

# Who holds a file whose lock names nobody.
SOMEONE = "кто-то ещё"

NO_FOLDER = "папки {folder} нет"
REFUSED = "LibreOffice отказался ({why})"

# How an office shows a logical value, in English and in Russian.
LOGICAL_SHOWN = ("TRUE", "FALSE", "ИСТИНА", "ЛОЖЬ")

_UNCOVERED = "{member}: в LibreOffice этого нет."
_INSTEAD = " Вместо этого: {instead}."


def uncovered(member: str, instead: str = "") -> str:
    """The sentence of a NotImplementedError: the member as it is written in code, and what there is instead of it."""
    return _UNCOVERED.format(member=member) + (_INSTEAD.format(instead=instead) if instead else "")
