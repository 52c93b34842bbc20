"""Which columns people chose: written after --columns, answered to a question, or remembered for the same header."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlpy.errors import InputError
from xlpy.exchange.journal.captions import Role, key_of
from xlpy.tables.normalise import clean_text, fold
from xlpy.words import journal as words

_ROLE_OF = {key_of(shown): Role(key) for key, shown in words.ROLES.items()}
_HEADERS, _VERSION = "headers", "version"
_FORMAT = 1
# Bytes: a thousand headers.
LARGEST_MEMORY = 5_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands for which role: a caption, or a class, subject or period itself. `subjects`: by folded spelling."""

    columns: Mapping[Role, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)

    def over(self, earlier: Choice) -> Choice:
        """This choice, and what it leaves open from the one before."""
        return Choice({**earlier.columns, **self.columns}, {**earlier.subjects, **self.subjects})

    def with_column(self, role: Role, said: str) -> Choice:
        """This choice with one more answer."""
        return Choice({**self.columns, role: said}, self.subjects)


def parse_choice(text: str, subjects: frozenset[str]) -> Choice:
    """Return what «Ученик=ФИО;Математика=Алгебра» says; `subjects` are those of the book. Raises InputError."""
    columns: dict[Role, str] = {}
    named: dict[str, str] = {}
    by_fold = {fold(subject): subject for subject in subjects}
    for part in text.split(";"):
        left, sign, right = (clean_text(piece) for piece in part.partition("="))
        if not left and not sign:
            continue
        role, subject = _ROLE_OF.get(key_of(left)), by_fold.get(fold(left))
        if not sign or not right or (role is None and subject is None):
            raise InputError("journal_columns", part=clean_text(part), roles=", ".join(words.ROLES.values()))
        if role is not None:
            columns[role] = right
        elif subject is not None:
            named[fold(right)] = subject
    return Choice(columns, named)


def read_memory(data: bytes) -> dict[str, Choice]:
    """Return the remembered choices by digest of the header; what cannot be read is forgotten."""
    try:
        stored = json.loads(data) if len(data) <= LARGEST_MEMORY else None
    except (ValueError, RecursionError):
        return {}
    headers = stored.get(_HEADERS) if isinstance(stored, dict) and stored.get(_VERSION) == _FORMAT else None
    if not isinstance(headers, dict):
        return {}
    return {digest: _choice(one) for digest, one in headers.items() if isinstance(one, dict)}


def _choice(stored: Mapping[str, object]) -> Choice:
    columns = {role: said for role in Role if isinstance(said := stored.get(words.ROLES[role.value]), str) and said}
    named = stored.get(words.SUBJECTS_KEY)
    pairs = named.items() if isinstance(named, dict) else ()
    return Choice(columns, {fold(str(spelling)): str(subject) for spelling, subject in pairs})


def remembered(memory: Mapping[str, Choice], digests: Iterable[str]) -> Choice:
    """Return what was chosen for these headers; where two of them say different things, nothing is remembered of it."""
    found = [memory[digest] for digest in sorted(set(digests)) if digest in memory]
    columns: dict[Role, str] = {}
    for role in Role:
        said = {one.columns[role] for one in found if role in one.columns}
        if len(said) == 1:
            columns[role] = said.pop()
    named: dict[str, str] = {}
    for one in found:
        named |= one.subjects
    return Choice(columns, named)


def write_memory(memory: Mapping[str, Choice]) -> bytes:
    """Return the file that `read_memory` reads: captions only, headers as digests, so that no name can be in it."""
    headers = {
        digest: {words.ROLES[role.value]: one.columns[role] for role in Role if role in one.columns}
        | ({words.SUBJECTS_KEY: dict(sorted(one.subjects.items()))} if one.subjects else {})
        for digest, one in sorted(memory.items())
    }
    return json.dumps({_VERSION: _FORMAT, _HEADERS: headers}, ensure_ascii=False, indent=1).encode()
