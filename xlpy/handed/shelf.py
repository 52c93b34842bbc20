"""The folder of handed-out forms as it lies on the disk: what its record says, what is really there, moves within it.

Nothing in it is ever deleted or written over: what is replaced is moved aside under a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.disk import reason_of
from xlpy.documents.files import make_folder, safe_name, write_document
from xlpy.errors import InputError, LockedError, SaveError
from xlpy.exchange.forms.form import Identity
from xlpy.exchange.forms.versions import (
    LARGEST_RECORD,
    Issued,
    Pack,
    Record,
    bytes_digest,
    is_of_school,
    pack_of,
    read_record,
    record_bytes,
)
from xlpy.handed.looks import FoundForm, Look, State, form_in, opened
from xlpy.tables.normalise import fold
from xlpy.words import handing_out as words
from xlpy.words.errors import WHY, sentence
from xlpy.workbook.formfiles import FoundFile, found_files
from xlpy.workbook.locks import our_turn

if TYPE_CHECKING:
    from xlpy.exchange.forms.form import TeacherForm

ENDING = ".xlsx"
# Seconds: a hundred forms on a slow share take this long.
PATIENCE = 30.0


@contextmanager
def turn_at(folder: Path, seconds: float = PATIENCE) -> Iterator[None]:
    """Keep other commands of ours from handing out into the folder meanwhile; `seconds` is how long to wait for them.

    Raises LockedError, SaveError.
    """
    make_folder(folder)
    try:
        with our_turn(folder / words.RECORD, seconds):
            yield
    except LockedError as error:
        if error.code != "busy":
            raise
        raise LockedError("forms_busy", **error.params | {"path": str(folder)}) from None
    except SaveError as error:
        if error.code != "cannot_save":
            raise
        raise SaveError("cannot_write", path=str(folder), why=error.params["why"]) from None


class Shelf:
    """What is known of the folder. Without a record, the forms themselves say what they are."""

    def __init__(self, folder: Path, school_keys: Sequence[str]) -> None:
        self.folder = folder
        self.school = school_keys[0]
        self._school_keys = tuple(school_keys)
        self._found: dict[Pack, list[FoundForm]] | None = None
        self._before, record = self._read()
        forms = () if record is None else record.forms
        own = [issued for issued in forms if is_of_school(issued.identity, self._school_keys)]
        self.issued = {pack_of(one.identity): one for one in sorted(own, key=lambda one: one.identity.version)}
        self._strangers = [issued for issued in forms if issued not in own]
        self._people = {fold(person): (person, held) for person, held in (record.people if record else {}).items()}
        if record is None:
            self._adopt()

    def _read(self) -> tuple[bytes, Record | None]:
        path = self.folder / words.RECORD
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST_RECORD else b""
        except OSError:
            return b"", None
        return data, read_record(data, words.RECORD)

    def _adopt(self) -> None:
        """Take the newest form of each pack that lies in the folder for the one handed out last."""
        for pack in self._all():
            self._adopt_one(pack)

    def _adopt_one(self, pack: Pack) -> None:
        forms = self.found(pack)
        standing = next((form for form in forms if not form.is_retired), None)
        if standing is not None:
            self.issued[pack] = Issued(standing.identity, standing.file)
            self._settle(standing.identity.checker, standing.file)
        elif forms:
            self.issued[pack] = Issued(forms[0].identity, "")

    def issued_of(self, form: TeacherForm) -> Issued | None:
        """Return what was handed out last of a pack; a form that the record lacks says it itself."""
        pack = pack_of(form.identity)
        if pack not in self.issued and self._wanted_place(form).exists():
            self._adopt_one(pack)
        return self.issued.get(pack)

    def moved(self, issued: Issued) -> Issued:
        """Return a form that is not where it was put as it lies elsewhere in the folder, or else unchanged."""
        for form in self.found(pack_of(issued.identity)):
            if not form.is_retired and form.identity.version >= issued.identity.version:
                self._settle(form.identity.checker, form.file)
                is_it = form.identity.version == issued.identity.version
                return replace(issued, file=form.file) if is_it else Issued(form.identity, form.file)
        return issued

    def _settle(self, person: str, file: str) -> None:
        """Remember the folder in which a person's form lies, unless they have another that is still there."""
        parts = file.split("/")
        held = self._people.get(fold(person))
        if person and len(parts) == 2 and (held is None or not (self.folder / held[1]).is_dir()):
            self._people[fold(person)] = person, parts[0]

    def _all(self) -> dict[Pack, list[FoundForm]]:
        """All forms of this school in the folder by pack, newest first; read once."""
        if self._found is None:
            found: dict[Pack, list[FoundForm]] = {}
            for file in found_files(self.folder) if self.folder.is_dir() else ():
                form = form_in(file) if isinstance(file, FoundFile) else None
                if form is not None and is_of_school(form.identity, self._school_keys):
                    found.setdefault(pack_of(form.identity), []).append(form)
            for forms in found.values():
                forms.sort(key=lambda form: (-form.identity.version, form.is_retired, form.file))
            self._found = found
        return self._found

    def found(self, pack: Pack) -> Sequence[FoundForm]:
        """Return the forms of a pack that lie anywhere in the folder, newest first, those moved aside last."""
        return self._all().get(pack, ())

    def look(self, issued: Issued) -> Look:
        """Return what lies where a form was put."""
        if not issued.file:
            return Look(State.GONE)
        try:
            data = (self.folder / issued.file).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return Look(State.GONE)
        except OSError as error:
            unread = InputError("not_readable", path=issued.file, why=WHY[reason_of(error)])
            return Look(State.UNREADABLE, why=sentence(unread))
        if bytes_digest(data) == issued.digest:
            return Look(State.INTACT, data, issued.identity)
        look = opened(data, issued.file)
        if look.state is State.UNREADABLE:
            return look
        is_it = (
            look.identity is not None
            and pack_of(look.identity) == pack_of(issued.identity)
            and is_of_school(look.identity, self._school_keys)
        )
        return look if is_it else Look(State.GONE)

    def place_for(self, form: TeacherForm) -> Path:
        """Return where a form is to be put: a name in its person's folder that nothing has yet."""
        wanted = self._wanted_place(form)
        return _free(wanted.parent, wanted.stem)

    def _wanted_place(self, form: TeacherForm) -> Path:
        name = safe_name(words.FILES_OF_TURN[form.identity.turn.value].format(**_work(form.identity)))
        return self.folder / self._folder_of(form.identity.checker) / f"{name}{ENDING}"

    def _folder_of(self, person: str) -> str:
        """The folder of a person: the one they have, else one by their name that is nobody else's."""
        if fold(person) not in self._people:
            held = {folder.casefold() for _, folder in self._people.values()} | {words.RETIRED.casefold()}
            wanted = safe_name(person)
            name, number = wanted, 2
            while name.casefold() in held or (self.folder / name).is_file():
                name, number = f"{wanted} ({number})", number + 1
            self._people[fold(person)] = person, name
        return self._people[fold(person)][1]

    def retired_place(self, issued: Issued, identity: Identity) -> Path:
        """Return where a form that is replaced is moved: its version is in the name."""
        path = Path(issued.file)
        folder = self.folder / words.RETIRED / (path.parts[0] if len(path.parts) > 1 else "")
        name = words.RETIRED_FILE.format(name=path.stem, version=identity.version)
        return _free(folder, safe_name(name), path.suffix or ENDING)

    def relative(self, path: Path) -> str:
        """Path of a file within the folder, as the record keeps it."""
        return path.relative_to(self.folder).as_posix()

    def write_record(self) -> None:
        """Put the record into the folder unless it is there as it is. Raises SaveError."""
        people = dict(self._people.values())
        data = record_bytes(Record(people, (*self.issued.values(), *self._strangers)), words.RECORD_ABOUT)
        if data != self._before:
            write_document(self.folder / words.RECORD, data)
            self._before = data


def _work(identity: Identity) -> dict[str, str]:
    return {"school_class": identity.school_class, "subject": identity.subject}


def _free(folder: Path, name: str, ending: str = ENDING) -> Path:
    """The first of «name», «name (2)» that nothing has in a folder."""
    path, number = folder / f"{name}{ending}", 2
    while path.exists() or path.is_symlink():
        path, number = folder / f"{name} ({number}){ending}", number + 1
    return path
