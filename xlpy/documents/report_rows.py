"""Rows of the report's tables as they are printed: decimal commas, dashes where there is nothing, N beside rates."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.analysis.boundaries import ThresholdPeak, ThresholdShare
from xlpy.analysis.distribution import PointsDistribution, SampleSize, sample_size
from xlpy.analysis.indicators import Comparison, Indicators, Marks, mean_mark, pass_rate, quality_rate, sou
from xlpy.analysis.overview import Totals
from xlpy.analysis.tasks import LevelFigures, SkillFigures, TaskFigures, Zone
from xlpy.words import report as words
from xlpy.words.grammar import ABSENT_VALUE, decimal

Row = dict[str, str]


def rate(share: float | None) -> str:
    """Write a share as per cent without the sign, which stands in the table's head."""
    return decimal(None if share is None else share * 100)


def _number(number: float | None) -> str:
    """Write a point value: whole numbers plainly, halves with a comma."""
    if number is None:
        return ABSENT_VALUE
    return str(int(number)) if float(number).is_integer() else decimal(number)


def _grade(grade: int | None) -> str:
    return ABSENT_VALUE if grade is None else str(grade)


def _counted(wrote: int, absent: int, unfinished: int, empty: int) -> Row:
    present = wrote + unfinished
    return {
        "rows": str(present + absent + empty),
        "present": str(present),
        "absent": str(absent),
        "empty": str(empty),
        "share": rate(present / (present + absent) if present + absent else None),
        "counted": str(wrote),
        "unfinished": str(unfinished),
    }


def participation_rows(rows: Sequence[Indicators]) -> list[Row]:
    """Return who wrote, by grade and subject."""
    return [
        {"grade": _grade(row.grade), "subject": row.subject}
        | _counted(row.wrote, row.absent, row.unfinished, row.empty)
        for row in rows
    ]


def participation_total(totals: Totals) -> Row:
    """Return who wrote in the whole school."""
    return _counted(totals.wrote, totals.absent, totals.unfinished, totals.empty)


def marks_row(marks: Marks | None) -> Row:
    """Return the cells of one row of marks; dashes without a scale."""
    if marks is None:
        return dict.fromkeys(("n", "n2", "n3", "n4", "n5", "passed", "quality", "mean", "sou"), ABSENT_VALUE)
    return {
        "n": str(marks.total),
        "n2": str(marks.n2),
        "n3": str(marks.n3),
        "n4": str(marks.n4),
        "n5": str(marks.n5),
        "passed": rate(pass_rate(marks)),
        "quality": rate(quality_rate(marks)),
        "mean": decimal(mean_mark(marks), 2),
        "sou": rate(sou(marks)),
    }


def _subject(row: Indicators) -> str:
    return row.subject if row.marks is not None else words.SUBJECT_NO_SCALE.format(subject=row.subject)


def marks_rows(rows: Sequence[Indicators]) -> list[Row]:
    """Return marks by grade and subject."""
    return [{"grade": _grade(row.grade), "subject": _subject(row)} | marks_row(row.marks) for row in rows]


def comparison_row(both: Comparison | None) -> Row:
    """Return the cells of one row of the comparison with the journal; dashes without a scale."""
    if both is None:
        keys = ("n", "lowered", "lowered_share", "confirmed", "confirmed_share", "raised", "raised_share", "wide")
        return dict.fromkeys(keys, ABSENT_VALUE)
    shares = [count / both.total if both.total else None for count in (both.lowered, both.confirmed, both.raised)]
    return {
        "n": str(both.total),
        "lowered": str(both.lowered),
        "lowered_share": rate(shares[0]),
        "confirmed": str(both.confirmed),
        "confirmed_share": rate(shares[1]),
        "raised": str(both.raised),
        "raised_share": rate(shares[2]),
        "wide": str(both.wide),
    }


def journal_rows(rows: Sequence[Indicators]) -> list[Row]:
    """Return the comparison with the journal by grade and subject."""
    return [{"grade": _grade(row.grade), "subject": _subject(row)} | comparison_row(row.comparison) for row in rows]


def crossed_rows(totals: Totals) -> list[Row]:
    """Return journal marks (rows) against marks of the check works (columns), the whole school."""
    return [
        {"journal": str(mark), "n2": str(row[0]), "n3": str(row[1]), "n4": str(row[2]), "n5": str(row[3])}
        | {"n": str(sum(row))}
        for mark, row in zip((2, 3, 4, 5), totals.crossed, strict=True)
    ]


def class_rows(rows: Sequence[Indicators]) -> list[Row]:
    """Return the annex: every class and subject, by class in the order of the school."""
    found = []
    for row in rows:
        both = comparison_row(row.comparison)
        found.append(
            {"school_class": row.school_class or "", "subject": row.subject, "wrote": str(row.wrote)}
            | {"absent": str(row.absent), "unfinished": str(row.unfinished + row.empty)}
            | marks_row(row.marks)
            | {key: both[key] for key in ("lowered", "confirmed", "raised", "wide")}
        )
    return found


def _zone(row: LevelFigures) -> str:
    if not row.level:
        return words.LEVEL_NOT_SET
    return words.ZONES[row.zone.value] if row.zone else ABSENT_VALUE


def level_rows(rows: Sequence[LevelFigures]) -> list[Row]:
    """Return tasks by level of each work, with how many tasks stand in each zone."""
    return [
        {
            "grade": str(row.grade),
            "subject": row.subject,
            "level": row.level or ABSENT_VALUE,
            "n": str(row.papers),
            "tasks": str(row.tasks),
            "share": rate(row.share),
            "zone": _zone(row),
        }
        | {zone.value: str(row.zones[zone]) if row.level else ABSENT_VALUE for zone in Zone}
        for row in rows
    ]


def skill_rows(rows: Sequence[SkillFigures]) -> list[Row]:
    """Return skills with their tasks, share and shortfall in percentage points."""
    return [
        {
            "grade": str(row.grade),
            "subject": row.subject,
            "skill": row.skill,
            "labels": ", ".join(row.labels),
            "n": str(row.papers),
            "share": rate(row.share),
            "lacking": rate(row.lacking),
            "insufficient": f"{row.insufficient}/{row.levelled}" if row.levelled else ABSENT_VALUE,
            "deficit": words.DEFICIT[row.is_deficit],
        }
        for row in rows
    ]


def distribution_rows(rows: Sequence[PointsDistribution]) -> list[Row]:
    """Return the distribution of primary points of each work in numbers, with what its size lets it say."""
    return [
        {
            "grade": str(row.grade),
            "subject": row.subject,
            "n": str(row.papers),
            "maximum": _number(row.max_points),
            "lowest": _number(row.lowest),
            "median": _number(row.median),
            "mean": decimal(row.mean),
            "highest": _number(row.highest),
            "size": words.SIZES[row.size.value],
        }
        for row in rows
    ]


def _probability(value: float | None) -> str:
    return words.LESS_THAN_THOUSANDTH if value is not None and value < 0.001 else decimal(value, 3)


def peak_rows(rows: Sequence[ThresholdPeak]) -> list[Row]:
    """Return papers around the thresholds of each work that is large enough."""
    return [
        {
            "grade": str(row.grade),
            "subject": row.subject,
            "n": str(row.papers),
            "below": str(row.below),
            "at": str(row.at),
            "above": str(row.above),
            "excess": decimal(row.excess),
            "adjusted": _probability(row.adjusted),
            "words": words.PEAK["few" if row.adjusted is None else "look" if row.needs_look else "none"],
        }
        for row in rows
    ]


def share_rows(rows: Sequence[ThresholdShare]) -> list[Row]:
    """Return papers at and just below the thresholds over all works, beside the reference region.

    The school's share stands there as a number of its own; where it stands among others is not said.
    """
    return [
        {
            "mark": str(row.mark),
            "below": str(row.below),
            "at": str(row.at),
            "share": words.FEW_DATA if sample_size(row.at + row.below) is SampleSize.LIMITED else rate(row.share),
            "quartiles": " / ".join(decimal(100 * value, 0) for value in row.reference),
        }
        for row in rows
    ]


def task_rows(rows: Sequence[TaskFigures]) -> list[Row]:
    """Return the tasks of one work."""
    return [
        {
            "label": row.label,
            "level": row.level or ABSENT_VALUE,
            "maximum": str(row.max_points),
            "share": rate(row.share),
            "counts": f"{row.full}/{row.partial}/{row.zero}",
            "zone": words.ZONES_SHORT[row.zone.value] if row.zone else words.NO_ZONE_SHORT,
        }
        for row in rows
    ]
