"""A plan between schools as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.region.assign import Municipality
from xlpy.region.columns import Unit
from xlpy.region.distances import Distances, strangers
from xlpy.region.folder import Folder
from xlpy.region.school import School
from xlpy.words import region as words
from xlpy.words.grammar import decimal


def plan_lines(plan: Municipality) -> tuple[str, ...]:
    """Return what is said of one municipality's plan."""
    named = plan.name or words.MUNICIPALITY_NONE
    if len(plan.schools) < 2:
        return (words.ALONE.format(municipality=named, school=plan.schools[0].name),)
    lines = [
        words.SUMMARY.format(
            municipality=named,
            schools=words.schools(len(plan.schools)),
            filled=plan.filled,
            places=words.places(plan.places),
            load=words.load_range(plan.least, plan.most, papers=plan.unit is Unit.PAPERS),
        ),
        (words.PROVEN if plan.proven else words.NOT_PROVEN).format(municipality=named, digest=plan.digest),
        _ways_line(plan, named),
    ]
    if plan.new is not None:
        lines.append(words.CHANGED.format(municipality=named, count=plan.new))
    if plan.unit is Unit.MIXED:
        lines.append(words.MIXED_UNITS.format(municipality=named, mean=decimal(_mean(plan))))
    lines += [words.NO_EXPERTS.format(school=school.name) for school in plan.schools if not school.experts]
    return tuple(lines)


def _ways_line(plan: Municipality, named: str) -> str:
    if not plan.both_ways:
        said = words.ONE_WAY.format(municipality=named)
        return said if plan.fewest else f"{said} {words.NOT_WIDER}"
    if len(plan.schools) == 2:
        return words.TWO_SCHOOLS.format(municipality=named)
    pairs = "; ".join(words.PAIR.format(one=one, other=other) for one, other in plan.both_ways)
    said = words.BOTH_WAYS.format(municipality=named, pairs=pairs)
    return f"{said} {words.FEWEST}" if plan.fewest else said


def _mean(plan: Municipality) -> float:
    sizes = [one.pack.papers for one in plan.checked if one.pack.papers]
    return sum(sizes) / len(sizes) if sizes else 1.0


def distance_lines(distances: Distances | None, schools: Sequence[School]) -> tuple[str, ...]:
    """Return where the distances came from and what of them could not be used."""
    if distances is None:
        return (words.NO_DISTANCES,)
    lines = [words.DISTANCES_USED.format(file=distances.file)]
    unknown = strangers(distances, schools)
    if unknown:
        lines.append(words.UNKNOWN_SCHOOLS.format(file=distances.file, names="; ".join(unknown)))
    if distances.bad_lines:
        numbers = ", ".join(map(str, distances.bad_lines))
        lines.append(words.BAD_DISTANCES.format(file=distances.file, lines=numbers))
    return tuple(lines)


def folder_lines(folder: Folder) -> tuple[str, ...]:
    """Return which files were not read and which may hold something that was not understood."""
    refused = [words.REFUSED.format(file=one.file, why=one.why) for one in folder.refused]
    doubtful = [one for one in folder.read if one.school.doubts]
    return (*refused, *(words.DOUBTS.format(file=one.file, count=one.school.doubts) for one in doubtful))


def plan_dict(plan: Municipality) -> dict[str, object]:
    """Return the plan as the command line prints it in JSON."""
    return {
        "municipality": plan.name,
        "schools": [school.name for school in plan.schools],
        "places": plan.places,
        "filled": plan.filled,
        "proven": plan.proven,
        "digest": plan.digest,
        "both_ways": [list(pair) for pair in plan.both_ways],
        "fewest_both_ways": plan.fewest,
        "new": plan.new,
        "assignments": [
            {
                "school": one.school,
                "class": one.pack.school_class,
                "subject": one.pack.subject,
                "papers": one.pack.papers,
                "need": one.need,
                "checkers": [{"school": school, "checker": person} for school, person in one.checkers],
                "reason": one.reason or None,
            }
            for one in plan.checked
        ],
    }
