"""A second, slow reading of the rules by which the workbook scores a paper, compared with the vectorised one."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables.test_frames_keep_every_cell_s_address import raw
from xlpy.analysis.scoring import score_papers
from xlpy.tables import schema
from xlpy.tables.frames import read_tables
from xlpy.tables.raw import Value

YEAR = "2020/21"
TASKS: list[dict[str, Value]] = [
    {"year": YEAR, "grade": 5, "subject": "Математика", "number": n, "label": str(n), "max_points": 2}
    for n in (1, 2, 3)
] + [{"year": "2019/20", "grade": 5, "subject": "Математика", "number": 4, "label": "4", "max_points": 2}]
SCALE = {
    "year": YEAR,
    "grade": 5,
    "subject": "Математика",
    "max_points": 6,
    "mark_3_from": 2,
    "mark_4_from": 4,
    "mark_5_from": 5,
}

CELLS = st.sampled_from([None, 0, 1, 2, 9, -1, 0.5, "X", "х", "X ", "не пройд.", "H", "2", " ", "?"])
PAPERS = st.fixed_dictionaries(
    {
        "school_class": st.sampled_from(["5А", "5A", "6А", "без класса"]),
        "subject": st.sampled_from(["Математика", "математика ", "Физика"]),
        "variant": st.sampled_from([None, 1, "отсутствовал", "Отсутствовал"]),
        "cells": st.lists(CELLS, min_size=5, max_size=5),
        "journal_mark": st.sampled_from([None, 2, 3, "4", "5\u00a0", "8", "нет отметки"]),
    }
)


def plainly(paper: dict[str, object], scales: list[dict[str, Value]]) -> tuple[object, object, str]:
    """(points or note, mark or note, comparison) by the rules as a person would read them."""
    typed = [c for c in paper["cells"] if c is not None and str(c).strip()]  # type: ignore[attr-defined]
    if str(paper["variant"]).lower() == "отсутствовал" or not typed:
        return "", "", ""
    school_class = str(paper["school_class"])
    if not school_class[0].isdigit():
        return schema.CHECK_IT, "", ""
    known = school_class.startswith("5") and str(paper["subject"]).strip().lower() == "математика"
    if not known:
        return schema.NO_TASKS, "", ""
    legal = all(
        (isinstance(c, (int, float)) and c >= 0) or str(c).strip().lower() in {"x", "х", "не пройд."} for c in typed
    )
    if not legal or any(c is not None and str(c).strip() for c in paper["cells"][3:]):  # type: ignore[index]
        return schema.CHECK_IT, "", ""
    if len(typed) < 3:
        return schema.UNFINISHED, "", ""
    points = sum(c for c in typed if isinstance(c, (int, float)))
    if len(scales) != 1 or scales[0]["mark_4_from"] is None:
        return points, schema.NO_SCALE, ""
    if points > 6:
        return points, schema.CHECK_IT, ""
    mark = 2 + (points >= 2) + (points >= 4) + (points >= 5)
    journal = str(paper["journal_mark"]).strip()
    if journal not in {"2", "3", "4", "5"}:
        return points, mark, ""
    gap = mark - int(journal)
    return points, mark, schema.LOWERED if gap < 0 else schema.RAISED if gap else schema.CONFIRMED


@settings(max_examples=80, deadline=None)
@given(
    st.lists(PAPERS, min_size=1, max_size=8),
    st.sampled_from([[], [SCALE], [SCALE, SCALE], [{**SCALE, "mark_4_from": None}]]),
)
def test_every_paper_scores_as_a_person_would_score_it(papers: list[dict], scales: list[dict[str, Value]]) -> None:
    rows = [
        {key: value for key, value in paper.items() if key != "cells"}
        | {"code": f"5{n:04}"}
        | {f"task_{i}": cell for i, cell in enumerate(paper["cells"], start=1)}
        for n, paper in enumerate(papers)
    ]
    tables = read_tables(
        {"results": raw("results", rows, first_row=7), "tasks": raw("tasks", TASKS), "scales": raw("scales", scales)}
    )
    scored = score_papers(tables["results"], tables["tasks"], tables["scales"], YEAR)
    for paper, (_, row) in zip(papers, scored.iterrows(), strict=True):
        points = row["points_note"] if math.isnan(row["points"]) else row["points"]
        mark = row["mark_note"] if math.isnan(row["mark"]) else row["mark"]
        assert (points, mark, row["comparison"]) == plainly(paper, scales), paper
