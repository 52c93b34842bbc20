"""What came of handing out, in lines for a person: who gets what, what is to be fetched, what could not be made.

The command line and the button both say it so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.exchange.forms.hand_out import Refused, Why
from xlpy.handed.outcome import Dealt, Fate, HandedOut, Hindered, TakenBack
from xlpy.tables.normalise import fold
from xlpy.words import handing_out as words
from xlpy.words.errors import sentence
from xlpy.words.grammar import counted

if TYPE_CHECKING:
    from xlpy.exchange.forms.form import Identity


def lines_of(handed: HandedOut) -> list[str]:
    """Return what came of it, the forms to give first."""
    return [
        *_given(handed),
        *_fetched(handed),
        *trouble_lines(handed),
        *([words.NEXT] if handed.made else []),
    ]


def trouble_lines(handed: HandedOut) -> list[str]:
    """Return what could not be done, and why."""
    unrecorded = [words.UNRECORDED.format(why=handed.unrecorded)] if handed.unrecorded else []
    if _is_nobody_assigned(handed):
        return [words.NONE_ASSIGNED, *unrecorded]
    return [*_hindered(handed.hindered), *_unread(handed), *_refused(handed.refused), *unrecorded]


def _is_nobody_assigned(handed: HandedOut) -> bool:
    return not handed.dealt and bool(handed.refused) and all(one.why is Why.NO_CHECKER for one in handed.refused)


def _given(handed: HandedOut) -> Iterator[str]:
    made, same = handed.made, len(handed.dealt) - len(handed.made)
    if not made:
        if same:
            yield words.ALL_SAME.format(forms=counted(same, *words.FORMS), folder=handed.folder)
        return
    yield words.HAND.format(folder=handed.folder)
    of_person: dict[str, list[Dealt]] = {}
    for dealt in made:
        of_person.setdefault(dealt.form.identity.checker, []).append(dealt)
    for person in sorted(of_person, key=lambda name: (fold(name), name)):
        mine = of_person[person]
        folder = mine[0].path.parent.name
        yield words.PERSON.format(person=person, forms=counted(len(mine), *words.FORMS), folder=folder)
        for dealt in mine:
            yield from _form(dealt, handed.folder)
    if same:
        yield words.SAME.format(forms=counted(same, *words.FORMS))


def _form(dealt: Dealt, folder: Path) -> Iterator[str]:
    form = dealt.form
    what = words.WHAT[dealt.fate.value].format(version=form.identity.version)
    until = words.UNTIL.format(until=form.until) if form.until else ""
    yield words.FORM.format(file=dealt.path.name, what=what, papers=counted(len(form.rows), *words.PAPERS), until=until)
    if dealt.changes:
        said = ", ".join(words.CHANGES[c.value].format(count=n, former=dealt.former) for c, n in dealt.changes)
        yield words.WHY_NEW.format(changes=said)
    if dealt.carried:
        yield words.CARRIED.format(cells=counted(dealt.carried, *words.CELLS))
    if dealt.left and dealt.fate is not Fate.PASSED_ON:
        yield words.LEFT.format(places=counted(dealt.left, *words.PLACES))
    if dealt.why and dealt.retired is not None:
        yield words.OLD_UNREAD.format(why=dealt.why)
    if dealt.retired is not None and dealt.fate is Fate.RENEWED:
        yield words.RETIRED_IS.format(path=_within(dealt.retired, folder))


def _within(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def work_of(identity: Identity) -> str:
    """«5А Математика», of the second turn with that beside it."""
    turn = words.TURNS[identity.turn.value]
    return words.WORK.format(school_class=identity.school_class, subject=identity.subject, turn=turn)


def _fetched(handed: HandedOut) -> Iterator[str]:
    """Forms that people hold and should not fill any more: passed to somebody else, or nobody's."""
    passed = [dealt for dealt in handed.dealt if dealt.fate is Fate.PASSED_ON]
    if passed or handed.taken_back:
        yield words.TAKEN
    for dealt in passed:
        yield _passed(dealt, handed.folder)
    for taken in handed.taken_back:
        yield _taken(taken, handed.folder)


def _passed(dealt: Dealt, folder: Path) -> str:
    identity = dealt.form.identity
    typed = words.FORMER_TYPED.format(cells=counted(dealt.left, *words.CELLS)) if dealt.left else ""
    path = "" if dealt.retired is None else _within(dealt.retired, folder)
    return words.FORMER.format(
        person=dealt.former, work=work_of(identity), now=identity.checker, typed=typed, path=path
    )


def _taken(taken: TakenBack, folder: Path) -> str:
    typed = words.TAKEN_TYPED.format(cells=counted(taken.typed, *words.CELLS)) if taken.typed else ""
    return words.TAKEN_BACK.format(
        person=taken.identity.checker, work=work_of(taken.identity), typed=typed, path=_within(taken.retired, folder)
    )


def _hindered(hindered: Sequence[Hindered]) -> Iterator[str]:
    """Forms that are open, each with who has it; those the disk refused, once for each reason."""
    unwritten: dict[str, list[Hindered]] = {}
    held = [one for one in hindered if one.error.code in {"locked", "document_locked"}]
    for one in held:
        line = words.HELD if one.error.code == "locked" else words.HELD_HERE
        yield line.format(**{**one.error.params, "work": work_of(one.identity), "person": one.identity.checker})
    for one in hindered:
        if one not in held:
            unwritten.setdefault(str(one.error.params.get("why") or sentence(one.error)), []).append(one)
    for why, ones in unwritten.items():
        works = _listed(work_of(one.identity) for one in ones)
        yield words.NOT_WRITTEN.format(count=len(ones), works=works, why=why)


def _unread(handed: HandedOut) -> Iterator[str]:
    for dealt in handed.unread:
        yield words.KEPT_UNREAD.format(file=_within(dealt.path, handed.folder), why=dealt.why)


def _refused(refused: Sequence[Refused]) -> Iterator[str]:
    """Works without a form, once for each reason."""
    for why in Why:
        ones = [one for one in refused if one.why is why]
        if ones:
            year = next((one.params["year"] for one in ones if "year" in one.params), "")
            yield words.REFUSED[why.value].format(works=_listed(_refused_work(one) for one in ones), year=year)


def _refused_work(one: Refused) -> str:
    work = words.WORK.format(school_class=one.work[0], subject=one.work[1], turn=words.TURNS[one.turn.value])
    return words.WORK_AND_CELLS.format(work=work, **one.params) if "cells" in one.params else work


def _listed(works: Iterable[str]) -> str:
    shown = list(works)
    more = len(shown) - words.WORKS_SHOWN
    return "; ".join(shown[: words.WORKS_SHOWN]) + (words.MORE_WORKS.format(count=more) if more > 0 else "")
