"""Every table of the written report against plain loops over the rows that went into the workbook."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.analysis.made_school import CLASSES, Rows, make_rows
from tests.analysis.test_indicators_equal_plain_loops import cells_of, kind_of, mark_of, oracle, scale_of
from tests.documents.report.reading import captioned, named, task_tables, text_of, written

DASH = "—"
ZONES = ((570, 600, 630), (285, 300, 315))


def printed(number: Fraction | None, places: int = 1) -> str:
    """A number as a Russian document prints it; exact, for shares are ratios of counts."""
    if number is None:
        return DASH
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}".replace(".", ",").replace("-", "\u2212")


def share(part: int, whole: int) -> str:
    return printed(Fraction(100 * part, whole) if whole else None)


def of(rows: Rows, grade: int, subject: str) -> list[dict]:
    return [r for r in rows["results"] if str(r["school_class"])[0] == str(grade) and r["subject"] == subject]


def wrote(rows: Rows, grade: int, subject: str) -> list[dict]:
    return [r for r in of(rows, grade, subject) if kind_of(r) == "wrote"]


def works(rows: Rows) -> list[tuple[int, str]]:
    return sorted({(int(str(r["school_class"])[0]), str(r["subject"])) for r in rows["results"]})


def marks_of(rows: Rows, grade: int, subject: str) -> list[int] | None:
    scale = scale_of(rows, grade, subject)
    return None if scale is None else [mark_of(row, scale) for row in wrote(rows, grade, subject)]


@pytest.fixture(scope="module", params=[1, 2])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, Path]:
    rows = make_rows(CLASSES, seed=request.param)
    return rows, written(rows, tmp_path_factory.mktemp("report"))


def test_participation(made: tuple[Rows, Path]) -> None:
    rows, path = made
    expected = []
    sums = [0] * 6
    for grade, subject in works(rows):
        kinds = [kind_of(row) for row in of(rows, grade, subject)]
        whole, half, absent, empty = (kinds.count(kind) for kind in ("wrote", "unfinished", "absent", "empty"))
        counts = [len(kinds), whole + half, absent, empty, whole, half]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        expected.append(
            [str(grade), subject, *map(str, counts[:4]), share(counts[1], counts[1] + absent), *map(str, counts[4:])]
        )
    found = named(path, "Участие")
    assert found[:-1] == expected
    assert found[-1][2:] == [*map(str, sums[:4]), share(sums[1], sums[1] + sums[2]), *map(str, sums[4:])]


def mark_cells(marks: list[int] | None) -> list[str]:
    if marks is None:
        return [DASH] * 9
    n = len(marks)
    weights = {2: 16, 3: 36, 4: 64, 5: 100}
    return [
        str(n),
        *(str(marks.count(mark)) for mark in (2, 3, 4, 5)),
        share(sum(mark >= 3 for mark in marks), n),
        share(sum(mark >= 4 for mark in marks), n),
        printed(Fraction(sum(marks), n) if n else None, 2),
        printed(Fraction(sum(weights[mark] for mark in marks), n) if n else None),
    ]


def test_marks(made: tuple[Rows, Path]) -> None:
    rows, path = made
    found = named(path, "Отметки по параллелям")
    everything: list[int] = []
    for line, (grade, subject) in zip(found[:-1], works(rows), strict=True):
        marks = marks_of(rows, grade, subject)
        everything += marks or []
        name = subject if marks is not None else f"{subject} (шкала не задана)"
        assert line == [str(grade), name, *mark_cells(marks)]
    assert found[-1][2:] == mark_cells(everything)


def pairs(rows: Rows, grade: int, subject: str) -> list[tuple[int, int]] | None:
    scale = scale_of(rows, grade, subject)
    if scale is None:
        return None
    return [
        (mark_of(r, scale), int(r["journal_mark"]))
        for r in wrote(rows, grade, subject)
        if r["journal_mark"] in {2, 3, 4, 5}
    ]


def journal_cells(both: list[tuple[int, int]] | None) -> list[str]:
    if both is None:
        return [DASH] * 8
    counts = [sum(m < j for m, j in both), sum(m == j for m, j in both), sum(m > j for m, j in both)]
    cells = [cell for count in counts for cell in (str(count), share(count, len(both)))]
    return [str(len(both)), *cells, str(sum(abs(m - j) >= 2 for m, j in both))]


def test_comparison_with_the_journal(made: tuple[Rows, Path]) -> None:
    rows, path = made
    found = named(path, "Сравнение отметок")
    everything: list[tuple[int, int]] = []
    for line, (grade, subject) in zip(found[:-1], works(rows), strict=True):
        both = pairs(rows, grade, subject)
        everything += both or []
        assert line[2:] == journal_cells(both)
    assert found[-1][2:] == journal_cells(everything)
    crossed = named(path, "Отметка по журналу (строки)")
    for journal, line in zip((2, 3, 4, 5), crossed, strict=True):
        counts = [everything.count((mark, journal)) for mark in (2, 3, 4, 5)]
        assert line == [str(journal), *map(str, counts), str(sum(counts))]


def zone_words(points: int, possible: int, level: str) -> str:
    low, threshold, high = ZONES[0 if level == "Б" else 1]
    reached = Fraction(1000 * points, possible)
    if reached < low:
        return "недост."
    if reached < threshold:
        return "погр.−"
    return "погр.+" if reached <= high else "дост."


def points_at(papers: list[dict], number: int) -> list[int]:
    return [cell if isinstance(cell, int) else 0 for cell in (cells_of(row)[number - 1] for row in papers)]


def test_tasks_of_the_annex(made: tuple[Rows, Path]) -> None:
    rows, path = made
    found = task_tables(path)
    assert len(found) == len(works(rows))
    for grade, subject in works(rows):
        papers = wrote(rows, grade, subject)
        lines = found[f"{grade} класс, {subject} (N = {len(papers)})"]
        tasks = [t for t in rows["tasks"] if (t["grade"], t["subject"]) == (grade, subject)]
        for line, task in zip(lines, tasks, strict=True):
            most, points = int(str(task["max_points"])), points_at(papers, int(str(task["number"])))
            full, zero = points.count(most), points.count(0)
            zone = zone_words(sum(points), most * len(points), str(task["level"]))
            counts = f"{full}/{len(points) - full - zero}/{zero}"
            expected = [task["label"], task["level"], str(most), share(sum(points), most * len(points)), counts, zone]
            assert line == expected


def test_levels(made: tuple[Rows, Path]) -> None:
    rows, path = made
    expected = []
    for grade, subject in works(rows):
        papers = wrote(rows, grade, subject)
        tasks = [t for t in rows["tasks"] if (t["grade"], t["subject"]) == (grade, subject)]
        for level in ("Б", "П", "В"):
            members = [
                (sum(points_at(papers, int(str(t["number"])))), int(str(t["max_points"])) * len(papers))
                for t in tasks
                if t["level"] == level
            ]
            zones = [zone_words(*member, level) for member in members]
            total = (sum(p for p, _ in members), sum(m for _, m in members))
            counts = [str(zones.count(zone)) for zone in ("недост.", "погр.−", "погр.+", "дост.")]
            expected.append([str(grade), subject, str(len(papers)), level, str(len(members)), share(*total), counts])
    found = named(path, "Выполнение заданий по уровням")
    assert [[*line[:6], line[7:]] for line in found] == expected


def test_classes_of_the_annex(made: tuple[Rows, Path]) -> None:
    rows, path = made
    found = named(path, "Показатели классов")
    expected = {(c, s): figures for (_, c, s), figures in oracle(rows).items() if c}
    assert [(line[0], line[1]) for line in found] == sorted(expected)
    for line in found:
        figures = expected[line[0], line[1]]
        half = int(str(figures["unfinished"])) + int(str(figures["not_entered"]))
        assert line[2:5] == [str(figures["wrote"]), str(figures["absent"]), str(half)]
        if figures["n2"] is None:
            assert set(line[5:]) == {DASH}
            continue
        assert line[6:10] == [str(figures[f"n{mark}"]) for mark in (2, 3, 4, 5)]
        assert line[14:17] == [str(figures[key]) for key in ("lowered", "confirmed", "raised")]
        own = [r for r in rows["results"] if (r["school_class"], r["subject"]) == (line[0], line[1])]
        scale = scale_of(rows, int(line[0][0]), line[1])
        assert scale is not None
        assert line[5:14] == mark_cells([mark_of(r, scale) for r in own if kind_of(r) == "wrote"])


def test_points(made: tuple[Rows, Path]) -> None:
    rows, path = made
    for line, (grade, subject) in zip(named(path, "Первичные баллы"), works(rows), strict=True):
        totals = sorted(sum(c for c in cells_of(r) if isinstance(c, int)) for r in wrote(rows, grade, subject))
        n = len(totals)
        middle = Fraction(totals[(n - 1) // 2] + totals[n // 2], 2)
        words = "информативно" if n >= 50 else "приблизительно" if n >= 20 else "ограниченно: работ мало"
        assert line == [
            str(grade),
            subject,
            str(n),
            "11",
            str(totals[0]),
            printed(middle, 1 if middle.denominator > 1 else 0),
            printed(Fraction(sum(totals), n)),
            str(totals[-1]),
            words,
        ]


def test_skills(made: tuple[Rows, Path]) -> None:
    rows, path = made
    found = named(path, "Умения")
    assert found
    for grade, subject, skill, labels, n, percent, lacking, insufficient, deficit in found:
        tasks = [t for t in rows["tasks"] if (str(t["grade"]), t["subject"], t["skill"]) == (grade, subject, skill)]
        papers = wrote(rows, int(grade), subject)
        sums = [(sum(points_at(papers, int(str(t["number"])))), int(str(t["max_points"]))) for t in tasks]
        possible = sum(most for _, most in sums)
        needed = sum(most * (60 if t["level"] == "Б" else 30) for (_, most), t in zip(sums, tasks, strict=True))
        reached = Fraction(100 * sum(p for p, _ in sums), possible * len(papers))
        weak = sum(
            zone_words(p, m * len(papers), str(t["level"])) == "недост." for (p, m), t in zip(sums, tasks, strict=True)
        )
        assert labels == ", ".join(str(t["label"]) for t in tasks)
        assert (n, percent) == (str(len(papers)), printed(reached))
        assert lacking == printed(Fraction(needed, possible) - reached)
        assert insufficient == f"{weak}/{len(tasks)}"
        assert deficit == ("да" if len(tasks) >= 2 and 2 * weak > len(tasks) else "нет")


def test_statements_point_to_the_tables_that_hold_their_numbers(made: tuple[Rows, Path]) -> None:
    _, path = made
    captions = list(captioned(path))
    numbers = [int(number) for number in re.findall(r"\(таблица\s(\d+)", text_of(path))]
    assert numbers
    assert all(1 <= number <= len(captions) for number in numbers)
