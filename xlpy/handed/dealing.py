"""One form put into its folder, renewed, passed to another person, or taken back.

A form on the disk is never written over. The old version is moved aside whole, and only then takes the next one its
place: whoever typed meanwhile finds all of it there, and stopped at any point nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from xlpy.errors import SaveError
from xlpy.exchange.forms.form import Identity, TeacherForm
from xlpy.exchange.forms.standing import Carried, carried_from, says_the_same, typed_cells
from xlpy.exchange.forms.versions import Issued, at_version, changes_of, issued_as, pack_of
from xlpy.exchange.forms.write import write_form
from xlpy.handed.looks import Look, State, opened
from xlpy.handed.moves import forget_empty, move_aside, move_back, put, refused
from xlpy.handed.outcome import Dealt, Fate, TakenBack
from xlpy.handed.shelf import Shelf
from xlpy.tables.normalise import fold
from xlpy.tables.raw import PlainBook
from xlpy.workbook.anybook import read_any_book
from xlpy.workbook.locks import lock_of

_TRIES = 5


@dataclass(frozen=True, slots=True)
class _Written:
    form: TeacherForm
    data: bytes
    left: int


def deal(form: TeacherForm, shelf: Shelf) -> Dealt:
    """Put a form into its folder, or leave it there where it has not changed.

    Raises LockedError where somebody has the one to be replaced open, SaveError where the disk refuses.
    """
    issued = shelf.issued_of(form)
    if issued is None:
        return _make(form, Fate.NEW, shelf)
    look = shelf.look(issued)
    if look.state is State.GONE:
        issued = shelf.moved(issued)
        look = shelf.look(issued)
    if look.state is State.GONE:
        return _make_again(form, issued, shelf)
    if look.identity is not None and look.identity.version > issued.identity.version:
        # The run that made it was killed before it could write the record.
        issued = Issued(look.identity, issued.file)
    if _is_unchanged(form, issued, look):
        shelf.issued[pack_of(form.identity)] = _known(form, issued)
        return Dealt(_at(form, issued.identity.version, shelf), shelf.folder / issued.file, Fate.SAME, why=look.why)
    return _renew(form, issued, look, shelf)


def _at(form: TeacherForm, version: int, shelf: Shelf) -> TeacherForm:
    return at_version(form, shelf.school, version)


def _is_unchanged(form: TeacherForm, issued: Issued, look: Look) -> bool:
    """Whether a form that lies there says all that it should. One that cannot be read is believed the record."""
    if look.identity is not None and look.identity.version != issued.identity.version:
        return False
    if issued.content:
        return issued.content == form.content
    if look.identity is None or look.book is None or fold(look.identity.checker) != fold(form.identity.checker):
        return False
    fresh = write_form(replace(form, identity=look.identity))
    return fresh == look.data or says_the_same(look.book, read_any_book(fresh, issued.file))


def _known(form: TeacherForm, issued: Issued) -> Issued:
    """What the record says of a form that stays; where it was lost, what is known again."""
    if issued.content:
        return issued
    fresh = replace(form, identity=issued.identity)
    return issued_as(fresh, write_form(fresh), issued.file)


def _make(form: TeacherForm, fate: Fate, shelf: Shelf, carried: Carried | None = None) -> Dealt:
    """Write a form where none lies."""
    filled = form if carried is None else replace(form, typed=carried.typed)
    data = write_form(filled)
    path = put(data, lambda: shelf.place_for(form))
    shelf.issued[pack_of(form.identity)] = issued_as(filled, data, shelf.relative(path))
    return Dealt(filled, path, fate, carried=len(filled.typed))


def _make_again(form: TeacherForm, issued: Issued, shelf: Shelf) -> Dealt:
    """Write a form whose earlier version is not there: what its person typed before is taken from what was kept."""
    pack = pack_of(form.identity)
    is_same = bool(issued.file) and issued.content == form.content
    versions = [issued.identity.version, *(found.identity.version for found in shelf.found(pack))]
    version = issued.identity.version if is_same else max(versions) + 1
    next_one = _at(form, version, shelf)
    made = _make(next_one, Fate.AGAIN, shelf, _kept_of(next_one, shelf))
    changes = changes_of(issued, form) if issued.content != form.content else ()
    return replace(made, changes=changes, former=issued.identity.checker)


def _kept_of(form: TeacherForm, shelf: Shelf) -> Carried:
    """What the same person typed into the newest form of this pack that lies anywhere in the folder."""
    for found in shelf.found(pack_of(form.identity)):
        if fold(found.identity.checker) == fold(form.identity.checker):
            source = Issued(found.identity, found.file)
            look = shelf.look(source)
            if look.book is not None:
                return carried_from([look.book], form, source)
    return Carried()


def _renew(form: TeacherForm, issued: Issued, look: Look, shelf: Shelf) -> Dealt:
    """Put the next version in place of a form that is moved aside."""
    old = shelf.folder / issued.file
    held = lock_of(old)
    if held is not None:
        raise held
    standing = look.identity or issued.identity
    former = issued.identity.checker or standing.checker
    is_theirs = fold(former) == fold(form.identity.checker)
    next_one = _at(form, max(issued.identity.version, standing.version) + 1, shelf)
    retired = shelf.retired_place(issued, standing)

    def written(seen: Look) -> _Written:
        carried = _typed_in(seen, issued, next_one, shelf) if is_theirs else _kept_of(next_one, shelf)
        filled = replace(next_one, typed=carried.typed)
        left = carried.left if is_theirs else _count(seen)
        return _Written(filled, write_form(filled), left)

    def place() -> Path:
        return old if is_theirs and not old.exists() else shelf.place_for(next_one)

    made, path = _replace(old, retired, look, written, place)
    forget_empty(old.parent)
    shelf.issued[pack_of(form.identity)] = issued_as(made.form, made.data, shelf.relative(path))
    fate = Fate.RENEWED if is_theirs else Fate.PASSED_ON
    changes = changes_of(issued, form)
    return Dealt(made.form, path, fate, changes, len(made.form.typed), made.left, former, retired, look.why)


def _typed_in(look: Look, issued: Issued, form: TeacherForm, shelf: Shelf) -> Carried:
    """What is typed in the form that is replaced and in copies of it that lie elsewhere in the folder.

    A form that is as it was written holds what it was given.
    """
    standing = look.identity or issued.identity
    books = [book for book in (_book_of(look, issued), *_copies(standing, issued, shelf)) if book is not None]
    is_known = standing.version == issued.identity.version
    return carried_from(books, form, issued if is_known else Issued(standing, issued.file))


def _book_of(look: Look, issued: Issued) -> PlainBook | None:
    if look.state is not State.INTACT:
        return look.book
    return opened(look.data, issued.file).book if issued.carried else None


def _copies(standing: Identity, issued: Issued, shelf: Shelf) -> Iterator[PlainBook | None]:
    """Copies of the same version, sent back by its person and put beside: they would miss their points."""
    for found in shelf.found(pack_of(standing)):
        is_copy = found.file != issued.file and not found.is_retired and found.identity.version == standing.version
        if is_copy and fold(found.identity.checker) == fold(issued.identity.checker or standing.checker):
            yield shelf.look(Issued(found.identity, found.file)).book


def _count(look: Look) -> int:
    book = look.book or (opened(look.data, "").book if look.data else None)
    return 0 if book is None else typed_cells(book)


def take_back(issued: Issued, shelf: Shelf) -> TakenBack | None:
    """Move aside a form that is nobody's any more; None where none lies there. Raises LockedError, SaveError."""
    pack = pack_of(issued.identity)
    look = shelf.look(issued)
    if look.state is State.GONE:
        issued = shelf.moved(issued)
        look = shelf.look(issued)
    if look.state is State.GONE:
        shelf.issued[pack] = replace(issued, file="")
        return None
    old = shelf.folder / issued.file
    held = lock_of(old)
    if held is not None:
        raise held
    retired = shelf.retired_place(issued, look.identity or issued.identity)
    move_aside(old, retired)
    forget_empty(old.parent)
    shelf.issued[pack] = replace(issued, file="")
    return TakenBack(issued.identity, retired, _count(look))


def _replace(
    old: Path, retired: Path, look: Look, written: Callable[[Look], _Written], place: Callable[[], Path]
) -> tuple[_Written, Path]:
    """Move the old form aside and put the new one into its place. Raises LockedError, SaveError, the old one back."""
    made = written(look)
    move_aside(old, retired)
    try:
        data = retired.read_bytes()
        if data != look.data:
            # Somebody saved between our look and the move: what they typed counts.
            made = written(opened(data, retired.name))
        return made, put(made.data, place)
    except OSError as error:
        move_back(retired, old)
        raise refused(old, error) from error
    except SaveError:
        move_back(retired, old)
        raise
