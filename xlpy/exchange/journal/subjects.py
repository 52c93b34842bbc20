"""Which subject of the book a caption or a cell of an e-journal certainly means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from xlpy.tables import schema
from xlpy.tables.normalise import clean_text, fold
from xlpy.words import journal as words

_BRACKETS = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]*)[)\]]$")
_SPELLINGS = {fold(spelling): subject for spelling, subject in words.SUBJECT_SPELLINGS.items()}
_BRACKETED = frozenset(fold(text) for text in words.SUBJECT_BRACKETS)
_OTHERS = frozenset(fold(subject) for subject in words.OTHER_SUBJECTS)
_WORD_BREAK = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")
_SHORTEST_FIRST, _SHORTEST = 3, 2


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of the book, and what people said another spelling means (folded spelling → subject)."""

    known: frozenset[str]
    said: dict[str, str] = field(default_factory=dict)

    def of(self, text: str) -> str | None:
        """Return the subject of the book that `text` certainly means, however it is spelled."""
        folded = fold(_WORD_BREAK.sub("", text))
        return self.said.get(folded) or next((s for s in self.known if s == _meant(folded, self._names())), None)

    def is_named(self, text: str) -> bool:
        """Whether the text is the subject's own name, or was said to mean it: no other spelling can contest it."""
        folded = fold(text)
        return folded in self.said or any(fold(name) == folded for name in self.known)

    def _names(self) -> frozenset[str]:
        return self.known | frozenset(schema.SUBJECTS)


def is_school_subject(text: str) -> bool:
    """Whether the text names a subject that schools teach, among those of the ВПР or not."""
    folded = fold(text)
    return folded in _OTHERS or _meant(folded, frozenset(schema.SUBJECTS)) is not None


@cache
def _meant(folded: str, names: frozenset[str]) -> str | None:
    plain = {fold(name): name for name in names}
    if folded in plain:
        return plain[folded]
    if folded in _SPELLINGS:
        return _SPELLINGS[folded]
    if folded in _OTHERS:
        return None
    bracketed = _BRACKETS.match(folded)
    if bracketed is not None:
        is_same = clean_text(bracketed[2]) in _BRACKETED
        return _meant(clean_text(bracketed[1]), names) if is_same else None
    return _shortened(folded, (*plain.items(), *((other, None) for other in sorted(_OTHERS))))


def _shortened(folded: str, names: Iterable[tuple[str, str | None]]) -> str | None:
    """The only subject whose words begin with the shortened ones, «рус. яз.»; a full stop must say that they are."""
    if "." not in folded:
        return None
    pieces = re.findall(r"[^\W\d_]+\.?", folded)
    if "".join(pieces) != re.sub(r"[\s\-]+", "", folded):
        return None
    found = [meant for name, meant in names if _begins(name.split(), pieces)]
    return found[0] if len(found) == 1 else None


def _begins(whole: list[str], pieces: list[str]) -> bool:
    """Whether pieces are the words or their beginnings; the last may lack its full stop, «рус.яз»."""
    if len(whole) != len(pieces):
        return False
    last = len(pieces) - 1
    return all(
        word.startswith(piece.rstrip(".")) and len(piece.rstrip(".")) >= (_SHORTEST_FIRST if at == 0 else _SHORTEST)
        if piece.endswith(".") or at == last
        else word == piece
        for at, (word, piece) in enumerate(zip(whole, pieces, strict=True))
    )


def meanings(
    written: Iterable[tuple[str, str]], subjects: Subjects
) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    """Return what (class, folded text) means, and which of them are unclear: two spellings of one subject in a class.

    The subject's own name, or what was said to mean it, is clear whatever stands beside it.
    """
    of_text: dict[str, str | None] = {}
    spellings: dict[tuple[str, str], dict[str, bool]] = {}
    for school_class, text in written:
        if text not in of_text:
            of_text[text] = subjects.of(text)
        subject = of_text[text]
        if subject is not None:
            spellings.setdefault((school_class, subject), {})[fold(text)] = subjects.is_named(text)
    clear: dict[tuple[str, str], str] = {}
    unclear: set[tuple[str, str]] = set()
    for (school_class, subject), folds in spellings.items():
        named = [folded for folded, is_own in folds.items() if is_own]
        chosen = named if len(named) == 1 else [*folds] if len(folds) == 1 else []
        clear |= {(school_class, folded): subject for folded in chosen}
        unclear |= {(school_class, folded) for folded in folds if folded not in chosen}
    return clear, unclear
