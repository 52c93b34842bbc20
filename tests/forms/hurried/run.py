"""One seed from hand-out to second collecting, by the real command line on real files."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.command import Ran, xlpy
from tests.forms.hurried.comparing import Outcome, compare
from tests.forms.hurried.deciding import compare_checks, compare_decided
from tests.forms.hurried.findings import findings_of
from tests.forms.hurried.play import TODAY, Played, files_of, play
from tests.forms.hurried.school import copied, keep, kept, made_up_school, read_results, real_school


def made_school(folder: Path, source: Path | None, classes: int) -> Path:
    """Make the school once; returns the folder from which every seed takes its copy."""
    school = real_school(source, folder) if source else made_up_school(folder, classes)
    keep(school, folder)
    return folder


def run(made: Path, seed: int, kinds: Sequence[str] = ()) -> Outcome:
    """Play one seed and return what came of it."""
    folder = Path(tempfile.mkdtemp(prefix=f"seed{seed}-"))
    try:
        played = play(copied(kept(made), folder / "Школа"), folder, seed, kinds)
        return collected(played)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def collected(played: Played) -> Outcome:
    """Collect twice and compare, decide all differences and collect once more."""
    before, book = files_of(played), played.school.book
    first = _collect(played)
    if first.code not in {0, 1}:
        return Outcome(played.seed, len(played.sent), other=_told_wrong(played, first))
    once, held, notes = book.read_bytes(), read_results(book), findings_of(book)
    outcome = compare(played, notes, first.answer["foreign"])
    outcome.other += compare_checks(played, held, notes)
    runs = [first, _collect(played)]
    if book.read_bytes() != once:
        outcome.other.append("collected twice, the book is another")
    take = "form" if played.seed % 2 else "workbook"
    runs += [_collect(played, "--take", take), _collect(played)]
    outcome.other += compare_decided(played, take, held, read_results(book), findings_of(book))
    outcome.other += [fault for ran in runs for fault in _told_wrong(played, ran)]
    if files_of(played) != before:
        outcome.other.append("forms are not as they were")
    return outcome


def _collect(played: Played, *choice: str) -> Ran:
    return xlpy("collect", played.school.book, played.folder, *choice, "--today", TODAY, "--json")


def _told_wrong(played: Played, ran: Ran) -> list[str]:
    """A command that failed, or that told the name somebody typed."""
    if ran.code not in {0, 1}:
        return [f"collect ended with {ran.code}: {ran.out[-500:]} {ran.err[-500:]}"]
    kept = [path.read_text("utf-8") for path in played.school.book.parent.rglob("*.json")]
    names = [name for sent in played.sent for name in sent.names]
    return [f"a name is kept: {name}" for name in names if any(name in text for text in (ran.out, *kept))]
