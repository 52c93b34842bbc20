"""Plans of observers and organisers as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlpy.assignment.duty import Change, DutyBar, Gap, Hindered
from xlpy.assignment.observers import ObserverPlan
from xlpy.assignment.organisers import OrganiserPlan, Standing
from xlpy.assignment.slots import Visit
from xlpy.words import duties as words
from xlpy.words.grammar import NBSP, counted, day, plural

_MOST_NAMED = 3


def summary_of_observers(plan: ObserverPlan) -> str:
    """Return one line: how many places are covered, between what the visits of one person lie, what has changed."""
    if not plan.need:
        return words.OBSERVERS_NONE
    if not plan.visits and not plan.past:
        return words.OBSERVERS_NOTHING
    missing, places = sum(gap.missing for gap in plan.gaps), _places(plan)
    said = words.OBSERVERS.format(full=places - missing, places=_of(places, words.OF_PLACES))
    said += _spread(plan.loads.values(), words.VISITS, words.OF_VISITS)
    if missing:
        said += words.OBSERVERS_GAPS.format(places=counted(missing, *words.PLACES))
    if plan.past:
        said += words.OBSERVERS_PAST.format(visits=counted(plan.past, *words.VISITS))
    if plan.left_out:
        said += words.LEFT_OUT.format(works=plan.left_out)
    if not plan.first:
        changed = counted(len(plan.changes), *words.VISITS)
        said += words.OBSERVERS_CHANGED.format(visits=changed) if plan.changes else words.OBSERVERS_SAME
    return said + ("" if plan.proven else words.UNPROVEN)


def _places(plan: ObserverPlan) -> int:
    return sum(max(plan.need, len(one.held)) for one in plan.visits)


def summary_of_organisers(plan: OrganiserPlan) -> str:
    """Return one line: how many works have an organiser, what the rooms of one person lie between, what is wrong."""
    if not plan.seats and not plan.past:
        return words.ORGANISERS_NOTHING
    full = sum(bool(one.names) for one in plan.seats)
    said = words.ORGANISERS.format(full=full, places=_of(len(plan.seats), words.OF_WORKS))
    said += _spread(plan.loads.values(), words.ROOMS, words.OF_ROOMS)
    empty = len(plan.seats) - full
    for count, sentence in (
        (empty, words.ORGANISERS_GAPS),
        (len(plan.breaches), words.ORGANISERS_BREACHES),
        (plan.past, words.ORGANISERS_PAST),
        (plan.left_out, words.LEFT_OUT),
    ):
        said += sentence.format(works=count) if count else ""
    changed = words.ORGANISERS_CHANGED.format(works=len(plan.changes))
    return said + (changed if plan.changes else words.ORGANISERS_SAME) + ("" if plan.proven else words.UNPROVEN)


def _of(count: int, forms: tuple[str, str, str]) -> str:
    return f"{count}{NBSP}{plural(count, *forms)}"


def _spread(loads: Iterable[int], forms: tuple[str, str, str], of_forms: tuple[str, str, str]) -> str:
    each = list(loads) or [0]
    if min(each) == max(each):
        return words.SPREAD_SAME.format(most=counted(max(each), *forms))
    return words.SPREAD.format(least=min(each), most=_of(max(each), of_forms))


def observer_lines(plan: ObserverPlan) -> tuple[str, ...]:
    """Return what is not covered and why, then what has changed and for whom; of a first plan only the former."""
    lines = [*_gap_lines(plan.gaps, "observers")]
    if plan.backdated and not plan.first:
        lines.append(words.BACKDATED.format(visits=counted(plan.backdated, *words.VISITS)))
    return (*lines, *_change_lines(plan.changes, is_first=plan.first))


def _change_lines(changes: Sequence[Change], *, is_first: bool) -> tuple[str, ...]:
    return () if is_first or not changes else (words.CHANGES_HEAD, *map(change_line, changes))


def organiser_lines(plan: OrganiserPlan, standing: Standing) -> tuple[str, ...]:
    """Return what stands against a rule, what is empty and why, then what has changed; of a first plan not the last."""
    lines = []
    if plan.breaches:
        lines.append(words.BREACHES_HEAD if standing is Standing.KEPT else words.BREACHES_LEFT)
        lines += [words.BREACH.format(where=where(one.visit), gone=_people(one.gone)) for one in plan.breaches]
    return (*lines, *_gap_lines(plan.gaps, "organisers"), *_change_lines(plan.changes, is_first=plan.first))


def where(visit: Visit) -> str:
    """Return when and where, and what is written there: «14.04.2026, урок 3, кабинет 12: 5А Математика»."""
    told = words.WHEN_ALL_DAY if visit.time.lesson is None else words.WHEN
    return words.WHERE.format(
        when=told.format(day=day(visit.time.day), lesson=visit.time.lesson),
        room=words.ROOM.format(room=visit.room) if visit.room else "",
        works="; ".join(words.WORK.format(school_class=c, subject=subject) for c, subject in visit.works),
    )


def change_line(change: Change) -> str:
    """Return what is new at a visit, with the reason of everyone who no longer goes."""
    sentence = words.REPLACED if change.gone and change.come else words.REMOVED if change.gone else words.ADDED
    return sentence.format(where=where(change.visit), gone=_people(change.gone), come="; ".join(change.come))


def _people(hindered: Iterable[Hindered]) -> str:
    return "; ".join(words.PERSON.format(person=one.person, reasons=reasons_of(one)) for one in hindered)


def reasons_of(hindered: Hindered) -> str:
    """Return why somebody cannot be there, as phrases."""
    return ", ".join(words.BARS[bar.value] for bar in hindered.bars)


def _gap_lines(gaps: Sequence[Gap], of: str) -> tuple[str, ...]:
    lines = [
        words.GAP.format(where=where(gap.visit), missing=gap.missing, why=_why(gap) or words.NOBODY[of]) for gap in gaps
    ]
    return (words.GAPS_HEAD, *lines, words.WHAT_TO_DO[of]) if lines else ()


def _why(gap: Gap) -> str:
    """The first reason of everyone, the people of each reason together."""
    people: dict[DutyBar, list[str]] = {}
    for one in (one for one in gap.hindered if one.bars):
        people.setdefault(one.bars[0], []).append(one.person)
    said = [
        words.GAP_REASON.format(reason=words.BARS[bar.value], names=_few(people[bar]))
        for bar in DutyBar
        if bar in people
    ]
    return "; ".join(said)


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    return shown if len(names) <= _MOST_NAMED else words.MANY.format(names=shown, count=len(names) - _MOST_NAMED)


def observers_dict(plan: ObserverPlan) -> dict[str, object]:
    """Return the plan as the command line prints it in JSON."""
    return {
        "need": plan.need,
        "visits": [{**_visit_dict(one.visit), "observers": list(one.names)} for one in plan.visits],
        "uncovered": [_gap_dict(gap) for gap in plan.gaps],
        "changes": [_change_dict(change) for change in plan.changes],
        "loads": dict(plan.loads),
        "past": plan.past,
        "left_out": plan.left_out,
        "first": plan.first,
        "proven": plan.proven,
    }


def organisers_dict(plan: OrganiserPlan) -> dict[str, object]:
    """Return the plan as the command line prints it in JSON."""
    return {
        "works": [{**_visit_dict(one.seat.visit), "organisers": list(one.names)} for one in plan.seats],
        "uncovered": [_gap_dict(gap) for gap in plan.gaps],
        "changes": [_change_dict(change) for change in plan.changes],
        "breaches": [{**_visit_dict(one.visit), "people": _people_dicts(one.gone)} for one in plan.breaches],
        "loads": dict(plan.loads),
        "past": plan.past,
        "left_out": plan.left_out,
        "first": plan.first,
        "proven": plan.proven,
    }


def _visit_dict(visit: Visit) -> dict[str, object]:
    return {
        "date": visit.time.day.isoformat(),
        "lesson": visit.time.lesson,
        "room": visit.room,
        "works": [{"class": school_class, "subject": subject} for school_class, subject in visit.works],
    }


def _people_dicts(hindered: Iterable[Hindered]) -> list[dict[str, object]]:
    return [{"person": one.person, "reasons": [bar.value for bar in one.bars]} for one in hindered]


def _gap_dict(gap: Gap) -> dict[str, object]:
    return {**_visit_dict(gap.visit), "missing": gap.missing, "excluded": _people_dicts(gap.hindered)}


def _change_dict(change: Change) -> dict[str, object]:
    return {**_visit_dict(change.visit), "gone": _people_dicts(change.gone), "come": list(change.come)}
