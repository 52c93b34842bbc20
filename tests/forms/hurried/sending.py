"""Forms on their way back: saved by whatever program, laid into the folder, with what else lies there."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from tests.forms.hurried.filling import Copy, copy_of, filled, second_copy
from tests.forms.hurried.form import HELP, PROPERTIES, Form, has_line
from tests.forms.hurried.ledger import Entry
from tests.forms.hurried.oracle import Status
from tests.forms.hurried.post import Place, foreign_files, lock_beside, place_for, put
from tests.forms.hurried.saving import as_another, by_libreoffice, saved
from tests.forms.hurried.school import School, Work
from tests.forms.hurried.sheet import Grid
from xlpy.exchange.forms.form import FORMAT, Identity, Turn, number_of

Pack = tuple[Work, Turn]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back and what its teacher typed into it."""

    place: Place
    pack: Pack
    entries: tuple[Entry, ...]
    is_ready: bool
    names: tuple[str, ...]
    done: tuple[str, ...]
    is_known: Status


@dataclass(slots=True)
class Table:
    """A play being prepared. `to_convert`: by kind, what LibreOffice is to save, with its pack, folder and name."""

    rng: Random
    school: School
    folder: Path
    taken: set[str] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)
    missing: list[Pack] = field(default_factory=list)
    refused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    to_convert: dict[str, list[tuple[Copy, Pack, str, str]]] = field(default_factory=dict)


def send(table: Table, form: Form, data: bytes, pack: Pack, path: Path, kinds: Sequence[str]) -> None:
    """Let a form come back, in one file or in two."""
    rng = table.rng
    where = path.parent.name
    copies = [copy_of(form, data)]
    if rng.random() < 0.12:
        copies.append(second_copy(form, data, rng))
    for copy in copies:
        if kinds and rng.random() < 0.1 * len(kinds) + 0.05:
            table.to_convert.setdefault(rng.choice(kinds), []).append((copy, pack, where, path.name))
            continue
        how, name = place_for(rng, where, path.name, ".xlsx")
        _note_sent(table, copy, pack, put(table.folder, how, name, copy.data, table.taken), "")
        if how == "file" and rng.random() < 0.04:
            lock_beside(table.folder, table.sent[-1].place, rng)
            table.held.append(table.sent[-1].place.path)


def _note_sent(table: Table, copy: Copy, pack: Pack, place: Place, kind: str) -> None:
    form = copy.form
    known = {grid.name: _is_known(form, grid, kind) for grid in form.grids}
    entries = tuple(_as_saved(entry, known[entry.sheet], kind) for entry in copy.entries)
    best = min(known.values())
    sent = Sent(place, pack, entries, form.is_ready, tuple(form.names), tuple(form.done), best)
    table.sent.append(sent)


def _is_known(form: Form, grid: Grid, kind: str) -> Status:
    """Whether a sheet of the file still says which form it is, or the file says it."""
    if has_line(grid) or HELP in form.identity or (PROPERTIES in form.identity and kind in {"", "xlsx"}):
        return Status.CERTAIN
    # The line of another sheet, or what only some programs keep: the page does not say whether it counts.
    return Status.OPEN if form.identity or any(map(has_line, form.grids)) else Status.UNCERTAIN


def _as_saved(entry: Entry, known: Status, kind: str) -> Entry:
    """What saving makes of an entry: LibreOffice computes formulas, a file that is not known holds nothing certain."""
    status = Status.OPEN if kind and entry.why == "formula" else entry.status
    return replace(entry, status=max(status, known), why=entry.why if known is Status.CERTAIN else "identity")


def send_converted(table: Table, kind: str, folder: Path) -> None:
    """Let LibreOffice save what is waiting for it, and let that come back."""
    converted = table.to_convert.get(kind, [])
    datas = by_libreoffice([copy.data for copy, _, _, _ in converted], kind, folder / "LibreOffice")
    for (copy, pack, where, name), data in zip(converted, datas, strict=True):
        how, given = place_for(table.rng, where, name, f".{kind}")
        _note_sent(table, copy, pack, put(table.folder, how, given, data, table.taken), kind)
    shutil.rmtree(folder / "LibreOffice", ignore_errors=True)


def lay_strangers(table: Table, given: list[tuple[Path, Identity, bytes]]) -> None:
    """Forms of another school, another year, a newer program; files that are no forms."""
    for name in foreign_files(table.folder, table.school.book):
        table.refused[name] = ("FRM-01", "FRM-02")
    for code, said in (("FRM-03", "school"), ("FRM-04", "year"), ("FRM-05", "format")):
        _, identity, data = table.rng.choice(given)
        work = (identity.school_class, identity.subject)
        year = "2019/20" if said == "year" else identity.year
        number = number_of("Совсем другая школа", year, work, identity.turn, identity.version)
        newer = {"format": FORMAT + 1} if said == "format" else {"number": number, "year": year}
        name = f"чужая {said}.xlsx"
        typed = filled(table.school, identity, data, table.rng, None)
        (table.folder / name).write_bytes(as_another(saved(typed, data), **newer))
        table.refused[name] = (code, "FRM-03") if said == "year" else (code,)
