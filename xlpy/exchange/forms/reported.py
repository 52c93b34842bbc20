"""All that is said of forms as rows of «Замечания»: the notes, and what the workbook's rules find in taken cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xlpy.checks.findings import Finding, Severity, severity_word, to_marks
from xlpy.exchange.forms.notes import FormCode, FormNote, mark_of
from xlpy.exchange.forms.weigh import Origins
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.raw import CellMark
from xlpy.words import collecting as words

# Of more files than these one sentence tells, with the first names.
FEW = 3


def reported(notes: Sequence[FormNote], findings: Iterable[CellMark], foreign: Sequence[str]) -> tuple[CellMark, ...]:
    """Return the rows, the gravest first, each file's in the order of the file."""
    schools = [note.file for note in notes if note.code is FormCode.OTHER_SCHOOL]
    is_many = len(schools) > FEW
    marks = [mark_of(note) for note in notes if not (is_many and note.code is FormCode.OTHER_SCHOOL)]
    if is_many:
        marks.append(_many(FormCode.OTHER_SCHOOL, Severity.ERROR, schools, words.OTHER_MANY, words.OTHER_MEND))
    if len(foreign) > FEW:
        marks.append(_many(FormCode.NOT_A_FORM, Severity.NOTICE, foreign, words.FOREIGN_MANY, words.FOREIGN_MEND))
    else:
        marks += [mark_of(FormNote(FormCode.NOT_A_FORM, name)) for name in foreign]
    said = {(mark.rule, mark.sheet, mark.cell) for mark in marks}
    marks += [mark for mark in findings if (mark.rule, mark.sheet, mark.cell) not in said]
    return tuple(sorted(marks, key=lambda mark: (schema.SEVERITIES.index(mark.severity), mark.sheet)))


def _many(code: FormCode, severity: Severity, files: Sequence[str], wrong: str, mend: str) -> CellMark:
    names = words.BETWEEN_NAMES.join(files[:FEW]) + words.AND_MORE.format(count=len(files) - FEW)
    said = wrong.format(count=len(files), names=names)
    return CellMark(severity_word(severity), code.value, files[0], "", said, mend)


def found_in_forms(results: Table, origins: Origins, find: Callable[[], Sequence[Finding]]) -> tuple[CellMark, ...]:
    """Return what the workbook's rules find in cells that came from forms, at the form's cell. `find` runs them."""
    if not origins:
        return ()
    places = {results.cell(row, key): heard for (row, key), heard in origins.items()}
    ours = [one for one in find() if one.sheet == results.sheet.name and one.cell in places]
    return tuple(
        CellMark(
            mark.severity,
            mark.rule,
            places[mark.cell].form.file,
            f"{places[mark.cell].form.sheet}!{places[mark.cell].cell}",
            mark.message,
            mark.hint,
        )
        for mark in to_marks(ours)
    )


def mark_dict(mark: CellMark) -> dict[str, str]:
    """A row as the command line prints it in JSON."""
    severity = list(Severity)[schema.SEVERITIES.index(mark.severity)]
    return {
        "rule": mark.rule,
        "severity": severity.value,
        "file": mark.sheet,
        "cell": mark.cell,
        "message": mark.message,
        "hint": mark.hint,
    }


def count_by_severity(marks: Iterable[CellMark]) -> Mapping[str, int]:
    """How many rows there are of each severity, by its name in JSON."""
    found = {severity.value: 0 for severity in Severity}
    for mark in marks:
        found[list(Severity)[schema.SEVERITIES.index(mark.severity)].value] += 1
    return found
