"""Differences and what is still awaited, as notes and lines in words: for the screen, «Замечания» and «Журнал»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from xlpy.exchange.forms.bookrows import Work, folded
from xlpy.exchange.forms.decide import Pack
from xlpy.exchange.forms.differences import Difference, Take
from xlpy.exchange.forms.form import FormTask, Turn, task_labels
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.second import PaperDiffers
from xlpy.exchange.forms.voice import Heard
from xlpy.tables import schema
from xlpy.tables.convert import as_text
from xlpy.tables.frames import Table
from xlpy.tables.raw import Value
from xlpy.words import form_differences as words

Tasks = Mapping[Work, Sequence[FormTask]]


def where_of(work: Work, turn: Turn) -> str:
    """A work and turn in words."""
    said = words.WHERE if turn is Turn.FIRST else words.WHERE_SECOND
    return said.format(school_class=work[0], subject=work[1])


def saved_text(saved: datetime | None) -> str:
    """When a form was saved, in words."""
    return words.SAVED_UNKNOWN if saved is None else words.SAVED.format(moment=f"{saved:%d.%m.%Y %H:%M}")


def value_text(value: Value) -> str:
    """A cell's value in words."""
    return words.EMPTY if value is None else as_text(value)


def labels_of(tasks: Sequence[FormTask]) -> dict[str, str]:
    """Column key → the label of its task."""
    return {task.key: label for task, label in zip(tasks, task_labels(tasks), strict=True)}


def place_text(difference: Difference, tasks: Tasks, results: Table) -> str:
    """Which paper and task a difference is about, and its cell of «Результаты»."""
    where, first = where_of(difference.work, difference.turn), difference.cells[0]
    if difference.is_of_form:
        return where
    cell = f"{results.sheet.name}!{results.cell(first.row, first.key)}"
    if len(difference.cells) > 1:
        return words.AT_ROW.format(where=where, code=first.code, cell=cell)
    if first.key == "variant":
        return words.AT_VARIANT.format(where=where, code=first.code, cell=cell)
    label = labels_of(tasks.get(folded(difference.work), ())).get(first.key, first.key)
    return words.AT_TASK.format(where=where, code=first.code, label=label, cell=cell)


def sides_of(difference: Difference) -> tuple[str, str]:
    """What the form and the workbook say, in words."""
    first = difference.cells[0]
    if len(difference.cells) == 1:
        return value_text(first.form), value_text(first.book)
    if difference.kind is FormCode.EMPTIED:
        return words.BLANK, words.CELLS_OF_FORM.format(count=len(difference.cells))
    forms = [cell.form for cell in difference.cells if cell.form is not None]
    books = [cell.book for cell in difference.cells if cell.book is not None]
    return _row_text(forms), _row_text(books)


def _row_text(values: Sequence[Value]) -> str:
    if schema.ABSENT in values:
        return words.ABSENT_ROW
    return words.POINTS_ROW.format(count=len(values)) if values else words.EMPTY


def note_of(difference: Difference, number: int, now: str, tasks: Tasks, results: Table) -> FormNote:
    """The note of a difference that stays open, under its number; `now`: who checks the work now."""
    form, book = sides_of(difference)
    newer = {Take.FORM: words.NEWER_FORM, Take.WORKBOOK: words.NEWER_WORKBOOK, None: words.NEWER_UNKNOWN}
    params = {
        "where": place_text(difference, tasks, results),
        "form": form,
        "book": words.IN_BOOK.format(book=book) if difference.said else book,
        "who": difference.form.checker or words.NOBODY,
        "saved": saved_text(difference.form.saved),
        "newer": newer[difference.newer],
        "said": _said(difference.said),
        "now": words.NOW.format(who=now) if now else "",
        "count": len(difference.cells),
        "mend": _mend(difference).format(ways=_ways(difference), number=number),
    }
    return FormNote(difference.kind, difference.form.file, difference.form.sheet, difference.at, params)


def _said(said: Sequence[Heard]) -> str:
    return words.BETWEEN.join(
        words.ONE_SAYS.format(value=value_text(one.meant), file=one.form.file, saved=saved_text(one.form.saved))
        for one in said
    )


def _mend(difference: Difference) -> str:
    if difference.kind is FormCode.FORMER_CHECKER:
        return words.MEND_FORMER
    return words.MEND_FORMS if difference.said else words.MEND


def notes_of_second(pack: Pack, tasks: Tasks) -> list[FormNote]:
    """Forms of a second check that say different things, and those of former checkers: nothing of them is taken."""
    where, notes = where_of(pack.work.name, pack.turn), []
    labels = labels_of(tasks.get(folded(pack.work.name), ()))
    for (code, key), said in sorted(pack.voice.apart.items() if pack.voice else ()):
        form = said[-1].form
        place = words.AT_TASK_ONLY.format(where=where, code=code, label=labels.get(key, key))
        params = {"where": place, "said": _said(said), "mend": words.MEND_FORMS_SECOND, "book": words.NOT_TAKEN}
        notes.append(FormNote(FormCode.FORMS_DIFFER, form.file, form.sheet, said[-1].cell, params))
    for voice in pack.former:
        count = sum(len(row) for row in voice.says.values())
        told: dict[str, object] = {
            "where": where,
            "who": voice.checker or words.NOBODY,
            "saved": saved_text(voice.newest.saved),
            "now": words.NOW.format(who=pack.checker) if pack.checker else "",
            "count": count,
            "mend": words.MEND_FORMER_SECOND,
        }
        if count:
            notes.append(FormNote(FormCode.FORMER_CHECKER, voice.newest.file, voice.newest.sheet, "", told))
    return notes


def _ways(difference: Difference) -> str:
    if difference.said:
        return words.WAYS["forms" if difference.newer is Take.FORM else "stay"]
    return words.WAYS["both" if difference.newer is None else "newer"]


def note_of_paper(work: Work, found: PaperDiffers) -> FormNote:
    """The note of a paper on which the two checks differ."""
    told = [
        words.TASK_APART.format(label=one.task.label, first=value_text(one.first), second=value_text(one.second.meant))
        for one in found.tasks
    ]
    first, second = found.totals or (0, 0)
    third = words.THIRD if found.needs_third else words.NO_THIRD if found.totals else words.THIRD_UNKNOWN
    params = {
        "where": words.AT_ROW.replace(" ({cell})", "").format(where=where_of(work, Turn.FIRST), code=found.code),
        "tasks": words.TASKS_APART.format(tasks=words.BETWEEN_TASKS.join(told)) if told else "",
        "third": third.format(first=first, second=second),
        "mend": words.MEND_THIRD if found.needs_third else words.MEND_TOGETHER,
    }
    return FormNote(FormCode.CHECKERS_DIFFER, found.at.form.file, found.at.form.sheet, found.at.cell, params)
