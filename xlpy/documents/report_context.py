"""What the names of templates/report.docx stand for: the report of one workbook, ready to be filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import groupby

from xlpy.analysis.conclusions import draw_conclusions
from xlpy.analysis.overview import Analysis
from xlpy.analysis.tasks import weakest_skills
from xlpy.documents import report_rows as rows
from xlpy.documents.protocol_context import initials_first
from xlpy.documents.report_figures import Numbering, bar_figures, point_figures, task_figures
from xlpy.documents.report_words import recommendations, statement
from xlpy.tables.frames import Table
from xlpy.tables.normalise import class_order
from xlpy.tables.settings import Settings
from xlpy.words import report as words
from xlpy.words.grammar import day

_MOST_SKILLS = 15

Step = Callable[[], None]


def _order(settings: Settings) -> str:
    number, signed = settings.text("order_number"), settings.date("order_date")
    if number and signed:
        return words.ORDER.format(number=number, date=day(signed))
    return words.ORDER_NUMBER_ONLY.format(number=number) if number else words.NOT_SET


def _period(schedule: Table, settings: Settings) -> str:
    dates = schedule.frame["date"].dropna()
    days = sorted({moment.date() for moment in dates if isinstance(moment, datetime)})
    first = days[0] if days else settings.date("vpr_from")
    last = days[-1] if days else settings.date("vpr_to")
    if first is None or last is None:
        return words.NOT_SET
    return day(first) if first == last else words.PERIOD.format(first=day(first), last=day(last))


def _passport(analysis: Analysis, schedule: Table, settings: Settings, today: date) -> list[dict[str, str]]:
    totals = analysis.totals
    place = ", ".join(part for part in (settings.text("municipality"), settings.text("region")) if part)
    grades = sorted({row.grade for row in analysis.grades if row.grade is not None})
    classes = sorted({row.school_class for row in analysis.classes if row.school_class}, key=class_order)
    held = {
        "school": settings.text("school") or settings.text("school_short") or words.NOT_SET,
        "place": place or words.NOT_SET,
        "year": settings.text("year") or words.NO_YEAR,
        "order": _order(settings),
        "period": _period(schedule, settings),
        "grades": ", ".join(map(str, grades)) or words.NOTHING,
        "subjects": ", ".join(sorted({row.subject for row in analysis.classes})) or words.NOTHING,
        "works": str(len(analysis.grades)),
        "classes": str(len(classes)),
        "papers": f"{totals.wrote + totals.unfinished} / {totals.absent} / {totals.wrote}",
        "pupils": str(totals.pupils),
        "made": day(today),
    }
    return [{"name": words.PASSPORT[key], "text": text} for key, text in held.items()]


# Tables in the order of the template.
_TABLES = (
    "passport",
    "participation",
    "marks",
    "journal",
    "crossed",
    "levels",
    "distribution",
    "shares",
    "peaks",
    "skills",
    "advice",
    "classes",
)


def _table_numbers(analysis: Analysis) -> dict[str, int]:
    """Number of each table; one the report leaves out takes no number."""
    empty = {
        "levels": not analysis.levels,
        "distribution": not analysis.distributions,
        "shares": not any(share.at + share.below for share in analysis.shares),
        "peaks": not analysis.peaks,
        "skills": not analysis.skills,
        "crossed": not analysis.totals.comparison.total,
        "classes": not analysis.classes,
    }
    shown = [name for name in _TABLES if not empty.get(name, False)]
    return {name: shown.index(name) + 1 if name in shown else 0 for name in _TABLES}


def _task_tables(analysis: Analysis) -> list[dict[str, object]]:
    return [
        {
            "title": f"{words.GRADE.format(grade=grade)}, {subject}",
            "n": members[0].papers,
            "rows": rows.task_rows(members),
        }
        for (grade, subject), group in groupby(analysis.tasks, key=lambda task: (task.grade, task.subject))
        if (members := list(group))
    ]


def _signers(settings: Settings) -> list[dict[str, str]]:
    return [
        {"post": post, "name": initials_first(settings.text(key)) or words.SIGN_HERE}
        for key, post in words.POSTS.items()
        if key == "deputy" or (settings.text(key) and settings.text(key) != settings.text("deputy"))
    ]


def report_context(
    analysis: Analysis, tables: Mapping[str, Table], settings: Settings, today: date, step: Step
) -> dict[str, object]:
    """Return the names a template may use. `step` is called after each part that takes time."""
    numbers = _table_numbers(analysis)
    conclusions = draw_conclusions(analysis)
    statements = [statement(conclusion, analysis.totals, numbers) for conclusion in conclusions]
    numbering = Numbering()
    marks_figures, journal_figures = bar_figures(analysis, numbers, numbering)
    step()
    task_pictures = task_figures(analysis, numbering)
    step()
    point_pictures = point_figures(analysis, numbering)
    step()
    year = settings.text("year")
    weakest = weakest_skills(analysis.skills, _MOST_SKILLS)
    return {
        "school": settings.text("school") or settings.text("school_short") or words.SIGN_HERE,
        "municipality": settings.text("municipality"),
        "year": words.HEADING_YEAR.format(year=year) if year else words.HEADING_NO_YEAR,
        "director": initials_first(settings.text("director")) or words.SIGN_HERE,
        "made": day(today),
        "table": numbers,
        "passport": _passport(analysis, tables["schedule"], settings, today),
        "statements": statements,
        "participation": rows.participation_rows(analysis.grades),
        "participation_total": rows.participation_total(analysis.totals),
        "marks": rows.marks_rows(analysis.grades),
        "marks_total": rows.marks_row(analysis.totals.marks),
        "marks_figures": marks_figures,
        "journal": rows.journal_rows(analysis.grades),
        "journal_total": rows.comparison_row(analysis.totals.comparison),
        "journal_figures": journal_figures,
        "crossed": rows.crossed_rows(analysis.totals),
        "levels": rows.level_rows(analysis.levels),
        "distributions": rows.distribution_rows(analysis.distributions),
        "shares": rows.share_rows(analysis.shares),
        "peaks": rows.peak_rows(analysis.peaks),
        "skills": rows.skill_rows(weakest),
        "skills_known": bool(analysis.skills),
        "advice": recommendations(conclusions, statements),
        "limits": list(words.LIMITS),
        "small_groups": words.SMALL_GROUPS,
        "signers": _signers(settings),
        "classes": rows.class_rows(analysis.classes),
        "task_figures": task_pictures,
        "tasks": _task_tables(analysis),
        "point_figures": point_pictures,
    }
