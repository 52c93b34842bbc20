"""What the report's tables and figures show, and where they stop."""

from __future__ import annotations

import pytest

from tests.analysis.made_school import make_rows, read
from tests.documents.report.reading import TODAY
from xlpy.analysis.boundaries import ThresholdShare
from xlpy.analysis.overview import analyse
from xlpy.documents.report_context import report_context
from xlpy.documents.report_rows import share_rows
from xlpy.words import report as words

QUARTILES = (0.83, 0.90, 0.96, 1.00)


@pytest.mark.parametrize(
    ("at", "below", "share"),
    [
        (82, 18, "82,0"),
        (100, 0, "100,0"),
        (0, 20, "0,0"),
        (20, 0, "100,0"),
        (19, 0, words.FEW_DATA),
        (0, 0, words.FEW_DATA),
    ],
)
def test_the_share_at_a_threshold_is_a_number_from_twenty_works_on_and_never_a_place(
    at: int, below: int, share: str
) -> None:
    (row,) = share_rows([ThresholdShare(3, below, at, QUARTILES)])
    assert row == {"mark": "3", "below": str(below), "at": str(at), "share": share, "quartiles": "83 / 90 / 96 / 100"}


def many_works() -> dict[str, list[dict]]:
    """32 works: more than one figure of bars can hold, each with 20 papers or 19."""
    rows: dict[str, list[dict]] = make_rows({"4А": 0})
    subjects = [f"Предмет {n:02}" for n in range(32)]
    for n, subject in enumerate(subjects):
        rows["tasks"] += [
            {
                "year": "2020/21",
                "grade": 4,
                "subject": subject,
                "number": k,
                "label": f"{k}",
                "max_points": 1,
                "level": "Б",
                "skill": f"у{k}",
            }
            for k in (1, 2)
        ]
        rows["scales"].append(
            {
                "year": "2020/21",
                "grade": 4,
                "subject": subject,
                "max_points": 2,
                "mark_3_from": 1,
                "mark_4_from": 2,
                "mark_5_from": 2,
            }
        )
        rows["results"] += [
            {
                "code": f"4{n:02}{k:02}",
                "school_class": "4А",
                "subject": subject,
                "task_1": 0,
                "task_2": 1,
                "journal_mark": 3,
            }
            for k in range(20 if n % 2 else 19)
        ]
    return rows


def test_figures_are_parted_and_skills_end_at_fifteen() -> None:
    tables, settings = read(many_works())
    context = report_context(analyse(tables, settings), tables, settings, TODAY, lambda: None)
    assert [len(context[key]) for key in ("marks_figures", "journal_figures", "task_figures")] == [2, 2, 4]  # type: ignore[arg-type]
    assert len(context["point_figures"]) == 2  # type: ignore[arg-type]
    assert len(context["skills"]) == 15  # type: ignore[arg-type]
