"""One play: forms handed out by the real command, filled by hurried teachers, come back in every way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.command import xlpy
from tests.forms.hurried.filling import filled
from tests.forms.hurried.habits import temperament
from tests.forms.hurried.post import contents
from tests.forms.hurried.saving import identity_of
from tests.forms.hurried.school import School, Work
from tests.forms.hurried.sending import Pack, Sent, Table, lay_strangers, send, send_converted
from xlpy.exchange.forms.form import Identity
from xlpy.tables import schema

TODAY = "2021-04-02"


@dataclass(frozen=True, slots=True)
class Played:
    """All that lies in the folder before collecting. `typed`: what the coordinator typed into the book already."""

    seed: int
    school: School
    folder: Path
    sent: tuple[Sent, ...]
    missing: tuple[Pack, ...]
    refused: Mapping[str, tuple[str, ...]]
    held: tuple[str, ...]
    typed: Mapping[tuple[Work, str, str], object]


def handed_out(school: School, out: Path) -> list[tuple[Path, Identity, bytes]]:
    """Hand the forms out by the command line; returns them with their identities."""
    ran = xlpy("forms", school.book, "--out", out, "--today", TODAY, "--json")
    if ran.code == 2:
        raise AssertionError(f"forms: {ran.out} {ran.err}")
    files = [(path, path.read_bytes()) for path in sorted(out.rglob("*.xlsx"))]
    known = [(path, identity_of(data), data) for path, data in files]
    return [(path, identity, data) for path, identity, data in known if identity is not None]


def play(school: School, folder: Path, seed: int, kinds: Sequence[str] = ()) -> Played:
    """Hand out and let everything come back. `kinds`: as what LibreOffice saves some of the forms."""
    rng = Random(seed)
    given = handed_out(school, folder / "Выдано")
    is_in_place = bool(rng.getrandbits(1))
    table = Table(rng, school, folder / ("Выдано" if is_in_place else "Сдано"))
    table.folder.mkdir(exist_ok=True)
    manners = {checker: temperament(Random(f"{seed}/{checker}")) for checker in _checkers(given)}
    lost = set(rng.sample(range(len(given)), min(len(given) // 6, rng.randint(1, 3))))
    for at, (path, identity, data) in enumerate(given):
        pack = ((identity.school_class, identity.subject), identity.turn)
        if is_in_place:
            path.unlink()
        if at in lost:
            table.missing.append(pack)
            continue
        form = filled(school, identity, data, Random(f"{seed}/{at}"), manners[identity.checker])
        send(table, form, data, pack, path, kinds)
    for kind in kinds:
        send_converted(table, kind, folder)
    lay_strangers(table, given)
    typed = _type_into_book(table)
    return Played(
        seed,
        school,
        table.folder,
        tuple(table.sent),
        tuple(table.missing),
        table.refused,
        tuple(table.held),
        typed,
    )


def _checkers(given: list[tuple[Path, Identity, bytes]]) -> list[str]:
    return sorted({identity.checker for _, identity, _ in given})


def _type_into_book(table: Table) -> dict[tuple[Work, str, str], object]:
    """The coordinator typed a few papers into the book himself, some as the forms say, some otherwise."""
    from xlpy.exchange.packet_match import rows_with
    from xlpy.workbook.closed import ClosedWorkbook

    book = ClosedWorkbook(table.school.book)
    raw = book.read_tables([schema.RESULTS])["results"]
    typed: dict[tuple[Work, str, str], object] = {}
    edits: dict[tuple[int, str], object] = {}
    for row in table.rng.sample(range(len(raw.values)), 12):
        code, school_class, subject = (str(cell) for cell in raw.values[row][:3])
        work = (school_class, subject)
        for key, task in table.rng.sample(sorted(table.school.tasks[work].items()), 2):
            truth = table.school.truth[work][code].get(key)
            value = truth if isinstance(truth, int) and table.rng.random() < 0.5 else table.rng.randint(0, task.maximum)
            typed[work, code, key] = edits[raw.first_row + row, key] = value
    book.write_table(schema.RESULTS, rows_with(raw, edits))
    book.save()
    return typed


def files_of(played: Played) -> Mapping[str, bytes]:
    """Every file of the folder that the play laid there."""
    return contents(played.folder)
