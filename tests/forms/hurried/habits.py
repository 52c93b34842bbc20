"""All habits in the order of a teacher's evening, and which of them a teacher has."""

from __future__ import annotations

from random import Random

from tests.forms.hurried import habits_book as book
from tests.forms.hurried import habits_cells as cells
from tests.forms.hurried import habits_columns as columns
from tests.forms.hurried import habits_rows as rows
from tests.forms.hurried.form import Form, Habit

# Of habits with the same word a form meets one: together they would turn points into those of another paper or task,
# and nothing on the form would tell. No rule can be asked to find that.
_CODES, _MARKS = "codes", "marks"
EVENING: tuple[tuple[Habit, str], ...] = (
    (cells.points_of_absent, ""),
    (cells.garbage, ""),
    (cells.variants, ""),
    (cells.over_maximum, ""),
    (cells.words, ""),
    (cells.dates, ""),
    (cells.formulas, ""),
    (cells.unfinished, ""),
    (rows.forgotten, ""),
    (cells.blanks, ""),
    (cells.spellings, ""),
    (book.say_ready, ""),
    (book.line_kept_within_words, ""),
    (book.sheet_twice, ""),
    (rows.row_twice, _CODES),
    (rows.pupil_of_another_class, ""),
    (rows.sort_rows, ""),
    (rows.sort_part, _CODES),
    (rows.codes_as_numbers, ""),
    (rows.names_for_codes, _CODES),
    (rows.names_for_both, _CODES),
    (rows.codes_spoilt, _CODES),
    (rows.code_of_another, _CODES),
    (rows.delete_papers, ""),
    (rows.insert_rows, ""),
    (rows.rows_on_top, ""),
    (cells.totals_below, ""),
    (columns.remarks, ""),
    (columns.delete_extra, ""),
    (columns.delete_again, _CODES),
    (columns.delete_task, ""),
    (columns.move_columns, ""),
    (columns.column_twice, ""),
    (columns.labels_as_numbers, ""),
    (columns.overtype_labels, ""),
    (columns.label_of_another, _MARKS),
    (columns.overtype_marks, _MARKS),
    (columns.heads_of_codes, _MARKS),
    (columns.head_destroyed, _MARKS),
    (columns.delete_marks, _MARKS),
    (columns.delete_labels, ""),
    (columns.show_marks, ""),
    (columns.merge_heads, ""),
    (columns.merge_points, ""),
    (columns.merge_with_remark, ""),
    (rows.delete_heads, ""),
    (book.paste_over, ""),
    (book.rename_sheet, ""),
    (book.own_sheet, ""),
    (book.drop_help, ""),
    (book.overtype_identity, ""),
    (book.new_book, ""),
)
_USUAL = (cells.spellings, book.say_ready)


def temperament(rng: Random) -> frozenset[Habit]:
    """The habits of one teacher."""
    known = [habit for habit, _ in EVENING]
    return frozenset(rng.sample(known, rng.randint(1, 8))) | {book.say_ready}


def hurry(form: Form, own: frozenset[Habit], rng: Random) -> None:
    """Do to a form what its teacher does, a few things out of character too."""
    met: set[str] = set()
    for habit, word in EVENING:
        chance = 0.9 if habit in _USUAL else 0.55 if habit in own else 0.015
        if rng.random() > chance or (word and word in met):
            continue
        if habit(form, rng):
            form.done.append(habit.__name__)
            met.add(word)
