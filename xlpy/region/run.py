"""The whole of it for one folder: books read, plan made, files written. Books of schools are never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlpy.assignment.goals import Order
from xlpy.documents.files import make_folder, refuse_open, write_document
from xlpy.errors import InputError
from xlpy.region.assign import Municipality, by_municipality, plan_region
from xlpy.region.columns import Placement
from xlpy.region.distances import find_file, read_distances
from xlpy.region.earlier import read_earlier
from xlpy.region.folder import Refused, read_folder
from xlpy.region.results import file_names, school_file, summary_file
from xlpy.region.school import School
from xlpy.region.telling import distance_lines, folder_lines, plan_dict, plan_lines
from xlpy.words import region as words

Advance = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What a run left: plans, what is to be told, files (the summary last), books that were not read."""

    plans: tuple[Municipality, ...]
    lines: tuple[str, ...]
    files: tuple[Path, ...]
    refused: tuple[Refused, ...]

    @property
    def complete(self) -> bool:
        """Whether every book was read and every pack has its people."""
        return not self.refused and all(plan.filled == plan.places for plan in self.plans)

    def answer(self) -> dict[str, object]:
        """The run as JSON shows it."""
        return {
            "municipalities": [plan_dict(plan) for plan in self.plans],
            "refused": [{"file": one.file, "code": one.code, "message": one.why} for one in self.refused],
            "notes": list(self.lines),
            "files": [str(path) for path in self.files],
        }


def run(folder: Path, near: Path | None, out: Path | None, order: Order, today: date, advance: Advance) -> Done:
    """Plan the checking between the schools of a folder and write the results. Raises InputError, DiskError."""
    file = find_file(folder, near)
    distances = None if file is None else read_distances(file)
    found = read_folder(folder, lambda done, total: advance("read", done, total))
    schools = [one.school for one in found.read]
    if len(schools) < 2:
        why = " ".join(folder_lines(found))
        raise InputError("no_pair_of_schools", path=str(folder), count=len(schools), why=why)
    target = folder / words.RESULTS_FOLDER if out is None else out
    if target.exists() and not target.is_dir():
        raise InputError("not_folder", path=str(target))
    groups = by_municipality(schools)
    names = file_names([(name, school.name) for name, group in groups.items() for school in group])
    before, forgotten = _before(target, groups, names)
    plans = plan_region(groups, distances, before, order, lambda done, total: advance("plan", done, total))
    notes = (*(line for plan in plans for line in plan_lines(plan)), *distance_lines(distances, schools))
    lines = (*notes, *folder_lines(found), *forgotten)
    files = _write(target, plans, names, lines, today, lambda done, total: advance("write", done, total))
    return Done(plans, lines, files, found.refused)


def _before(
    target: Path, groups: Mapping[str, tuple[School, ...]], names: Mapping[tuple[str, str], str]
) -> tuple[dict[str, frozenset[Placement]], tuple[str, ...]]:
    before: dict[str, frozenset[Placement]] = {}
    forgotten: list[str] = []
    for name, schools in groups.items():
        placements: set[Placement] = set()
        for school in schools:
            file = names[name, school.name]
            read = read_earlier(target / file, school.name)
            placements |= read or frozenset()
            forgotten += [words.FORGOTTEN.format(file=file)] if read is None else []
        before[name] = frozenset(placements)
    return before, tuple(forgotten)


def _write(
    target: Path,
    plans: tuple[Municipality, ...],
    names: Mapping[tuple[str, str], str],
    lines: tuple[str, ...],
    today: date,
    advance: Callable[[int, int], None],
) -> tuple[Path, ...]:
    schools = [(plan, school.name) for plan in plans for school in plan.schools]
    paths = [target / names[plan.name, school] for plan, school in schools]
    summary = target / words.SUMMARY_FILE
    make_folder(target)
    refuse_open([*paths, summary])
    for number, (path, (plan, school)) in enumerate(zip(paths, schools, strict=True)):
        advance(number, len(paths))
        write_document(path, school_file(plan, school, today))
    write_document(summary, summary_file(plans, lines, today))
    advance(len(paths), len(paths))
    return (*paths, summary)
