"""Rows for a workbook in which every kind of result stands: what people type, and what they should not have."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.workbook.builder.shipped_rows import shipped_rows
from xlpy.workbook.closed import ClosedWorkbook

YEAR = "2020/21"
Row = dict[str, Value]

WORKS = (("5А", "Математика"), ("5А", "Русский язык"), ("7Б", "Физика"), ("10А", "География"), ("5Б", "Математика"))
CLASSES = ("5А", "5Б", "7Б", "10А")
NBSP = "\u00a0"


def by_key(sheet: schema.Sheet) -> list[Row]:
    """Shipped rows of a sheet by column key."""
    return [{c.key: row.get(c.caption) for c in sheet.columns} for row in shipped_rows(sheet).rows]


def settings_rows(**values: Value) -> list[Row]:
    from xlpy.tables.settings import SETTINGS_ROWS

    return [
        {"parameter": one.caption, "setting": values.get(one.key, one.default), "note": one.help}
        for one in SETTINGS_ROWS
    ]


def maxima(year: str = YEAR) -> dict[tuple[int, str], list[int]]:
    found: dict[tuple[int, str], list[int]] = {}
    for row in by_key(schema.TASKS):
        if row["year"] == year:
            found.setdefault((int(row["grade"]), str(row["subject"])), []).append(int(row["max_points"]))  # type: ignore[arg-type]
    return found


def paper(code: str, school_class: str, subject: str, cells: Sequence[Value], **more: Value) -> Row:
    tasks = {f"task_{n}": cell for n, cell in enumerate(cells, start=1)}
    return {"code": code, "school_class": school_class, "subject": subject, **tasks, **more}


def full(subject: str, grade: int, share: float, rng: random.Random) -> list[Value]:
    return [sum(rng.random() < share for _ in range(most)) for most in maxima()[grade, subject]]


def odd_papers(rng: random.Random) -> list[Row]:
    """One paper for each thing that can stand in a row."""
    count = len(maxima()[5, "Математика"])
    good = full("Математика", 5, 0.6, rng)

    def with_first(cell: Value) -> list[Value]:
        return [cell, *good[1:]]

    cells: list[list[Value]] = [
        *(with_first(mark) for mark in ("X", "x", "Х", "х", f"X{NBSP}", " X ", "не пройд.", "Не пройдено", "не пройд")),
        *(with_first(junk) for junk in ("H", "Ч", "?", "*", "~", "1", "1 балл", "X?", "=1", -1, 0.5, "")),
        with_first(" "),
        with_first(NBSP),
        good[:-1],
        [None, *good[1:]],
        [*good, 1],
        [*good, "X"],
        [*good, " "],
        ["X"] * count,
        [0] * count,
        [],
        [" "],
        [99] * count,
        [None] * (schema.TASK_COUNT - 1) + [1],
    ]
    papers = [paper(f"5{n:04}", "5А", "Математика", row, variant=1, journal_mark=4) for n, row in enumerate(cells)]
    journals: tuple[Value, ...] = (
        2,
        3,
        4,
        5,
        "2",
        f"4{NBSP}",
        " 5",
        "нет отметки",
        "8",
        8,
        1,
        0,
        "*",
        "?",
        "ж",
        "н/а",
        None,
        3.5,
    )
    papers += [
        paper(f"51{n:03}", "5А", "Математика", good, variant=2, journal_mark=mark) for n, mark in enumerate(journals)
    ]
    variants: tuple[Value, ...] = ("отсутствовал", "Отсутствовал", f" отсутствовал{NBSP}", "отсутствовала", None, 7)
    papers += [paper(f"52{n:03}", "5А", "Математика", good, variant=text) for n, text in enumerate(variants)]
    classes = ("5", 5, f"5{NBSP}А", "5-А", "5 «А»", "05А", "0А", "12А", "А5", "без класса", "", "99", "10А")
    papers += [paper(f"53{n:03}", name, "Математика", good, journal_mark=3) for n, name in enumerate(classes)]
    subjects = ("математика", " Математика ", f"Русский{NBSP}язык", "Астрономия", "", "Литература", "Химия", "История")
    papers += [paper(f"54{n:03}", "5А", name, good, journal_mark=5) for n, name in enumerate(subjects)]
    return papers


def ordinary_papers(count: int, rng: random.Random) -> list[Row]:
    papers = []
    for n in range(count):
        school_class, subject = WORKS[n % len(WORKS)]
        grade = int(school_class[:-1])
        cells = full(subject, grade, rng.choice((0.3, 0.5, 0.7, 0.95)), rng)
        if rng.random() < 0.2:
            cells[rng.randrange(len(cells))] = rng.choice(("X", "не пройд.", None, "Х"))
        variant = "отсутствовал" if rng.random() < 0.1 else rng.choice((1, 2))
        if variant == "отсутствовал":
            cells = []
        code = f"{grade % 10}{n:04}"
        papers.append(paper(code, school_class, subject, cells, variant=variant, journal_mark=rng.choice((2, 3, 4, 5))))
    return papers


def scales() -> list[Row]:
    """The shipped scales with one missing, one double, one without a threshold, one without a maximum."""
    kept = []
    for row in by_key(schema.SCALES):
        if row["year"] != YEAR or row["grade"] not in {5, 6, 7, 10}:
            kept.append(row)
        elif row["grade"] == 10:
            continue
        elif (row["grade"], row["subject"]) == (5, "История"):
            kept += [row, row]
        elif (row["grade"], row["subject"]) == (5, "Русский язык"):
            kept.append({**row, "max_points": None})
        elif (row["grade"], row["subject"]) == (7, "Физика"):
            kept.append({**row, "mark_5_from": None})
        else:
            kept.append(row)
    return kept


def odd_school(ordinary: int = 200, seed: int = 1) -> dict[str, list[Row]]:
    """Rows by sheet key: an invented school with every kind of result."""
    rng = random.Random(seed)
    results = odd_papers(rng) + ordinary_papers(ordinary, rng)
    results.sort(key=lambda row: (str(row["school_class"]), str(row["subject"]), str(row["code"])))
    history = [full("История", 5, 0.8, rng) for _ in range(3)]
    results += [paper(f"57{n:03}", "5А", "История", cells, journal_mark=4) for n, cells in enumerate(history)]
    rechecks = [
        {key: value for key, value in row.items() if key not in {"variant", "journal_mark"}}
        | {"number": n, "sample": schema.SAMPLE_KINDS[n % 4], "first_points": 3}
        for n, row in enumerate(results[::2], start=1)
    ]
    day = datetime(2021, 4, 15)
    moment = datetime(2021, 4, 20, 9, 30)
    return {
        "settings": settings_rows(year="2020/2021", school_short="Школа № 0"),
        "classes": [{"school_class": name, "grade": int(name[:-1]), "pupils": 25} for name in CLASSES],
        "teachers": [{"teacher": "Вымыслова Анна Сергеевна", "subjects": "Математика", "roles": "эксперт"}],
        "participants": [
            {"code": row["code"], "school_class": row["school_class"], "takes_part": "да"} for row in results
        ],
        "schedule": [{"date": day, "school_class": c, "subject": s, "form": "бумажная"} for c, s in WORKS],
        "scales": scales(),
        "results": results,
        "rechecks": rechecks,
        "findings": [
            {"number": 1, "severity": "ошибка", "rule": "R1", "sheet": "Результаты", "cell": "E9", "message": "x"},
            {
                "number": 2,
                "severity": "предупреждение",
                "rule": "R2",
                "sheet": "Результаты",
                "cell": "F9",
                "message": "x",
            },
            {"number": 3, "severity": "ошибка", "rule": "R3", "sheet": "Учителя", "cell": "A2", "message": "x"},
        ],
        "journal": [
            {"moment": moment, "person": "тест", "action": "Проверить ввод", "outcome": "3 замечания", "file": ""}
        ],
    }


def fill(path: Path, rows: Mapping[str, Sequence[Row]]) -> Path:
    """Write the rows into the workbook as the program does."""
    book = ClosedWorkbook(path)
    for key, table in rows.items():
        book.write_table(next(sheet for sheet in schema.SHEETS if sheet.key == key), list(table))
    book.save()
    return path
