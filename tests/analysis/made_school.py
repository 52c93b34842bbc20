"""A small made-up school for the tests of figures: every kind of row, nobody's name."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import MemoryWorkbook

YEAR = "2020/21"
Rows = dict[str, list[dict[str, Value]]]
LEVELS = ("Б", "Б", "П", "Б", "В", "П")


def works(school_class: str) -> tuple[str, ...]:
    return ("Математика", "Русский язык") if school_class[0] in "45" else ("История", "Физика")


def task_rows(grade: int, subject: str, maxima: Sequence[int], levels: Sequence[str | None]) -> list[dict[str, Value]]:
    return [
        {
            "year": YEAR,
            "grade": grade,
            "subject": subject,
            "number": number,
            "label": f"{number}К1" if number == 2 else str(number),
            "max_points": most,
            "level": level,
            "skill": f"Умение {(number + 1) // 2} ({subject})" if level else None,
        }
        for number, (most, level) in enumerate(zip(maxima, levels, strict=True), start=1)
    ]


def paper(rng: random.Random, code: int, school_class: str, subject: str, maxima: Sequence[int]) -> dict[str, Value]:
    kind = rng.random()
    row: dict[str, Value] = {"code": f"{code}", "school_class": school_class, "subject": subject}
    if kind < 0.1:
        return row | {"variant": "отсутствовал"}
    if kind < 0.13:
        return row
    ability = rng.random()
    cells: list[Value] = [
        "X" if rng.random() < 0.08 else sum(rng.random() < ability for _ in range(most)) for most in maxima
    ]
    if kind < 0.17:
        cells[-1] = None
    if kind > 0.97:
        cells[0] = "?"
    journal: Value = rng.choice([2, 3, 3, 4, 4, 5, "нет отметки", None])
    points = {f"task_{n}": cell for n, cell in enumerate(cells, start=1)}
    return row | {"variant": rng.choice([1, 2]), "journal_mark": journal} | points


def make_rows(
    classes: Mapping[str, int],
    *,
    seed: int = 1,
    with_scales: bool = True,
    with_levels: bool = True,
    maxima: Sequence[int] = (1, 2, 2, 1, 3, 2),
) -> Rows:
    """Rows by sheet key for `classes` (name → pupils); the last subject of the last grade never has a scale."""
    rng = random.Random(seed)
    rows: Rows = {
        "settings": [
            {"parameter": "Школа (полное)", "setting": "МБОУ «Школа-пример»"},
            {"parameter": "Учебный год", "setting": YEAR},
            {"parameter": "Директор", "setting": "Светлова Анна Игоревна"},
            {"parameter": "Заместитель директора", "setting": "Полянская Вера Олеговна"},
            {"parameter": "Координатор ВПР", "setting": "Озёров Пётр Ильич"},
            {"parameter": "Номер приказа", "setting": "45-о"},
            {"parameter": "Дата приказа", "setting": "01.03.2021"},
        ],
        "results": [],
        "schedule": [],
        "tasks": [],
        "scales": [],
        "participants": [],
        "classes": [],
    }
    known: set[tuple[int, str]] = set()
    unscaled = {(int(name[0]), works(name)[-1]) for name in classes if name[0] == max(classes)[0]}
    for at, (name, pupils) in enumerate(classes.items()):
        grade = int(name[0])
        codes = [grade * 10_000 + 100 * at + n for n in range(1, pupils + 1)]
        rows["classes"].append({"school_class": name, "grade": grade, "pupils": pupils})
        rows["participants"] += [{"code": f"{code}", "school_class": name} for code in codes]
        for day, subject in enumerate(works(name), start=15):
            rows["schedule"].append({"date": f"{day}.03.2021", "school_class": name, "subject": subject})
            rows["results"] += [paper(rng, code, name, subject, maxima) for code in codes]
            if (grade, subject) in known:
                continue
            known.add((grade, subject))
            levels = LEVELS if with_levels else (None,) * len(maxima)
            rows["tasks"] += task_rows(grade, subject, maxima, levels[: len(maxima)])
            if with_scales and (grade, subject) not in unscaled:
                marks = {"mark_3_from": 3, "mark_4_from": 6, "mark_5_from": 9}
                rows["scales"].append(
                    {"year": YEAR, "grade": grade, "subject": subject, "max_points": sum(maxima)} | marks
                )
    return rows


def read(rows: Mapping[str, Sequence[Mapping[str, Value]]]) -> tuple[dict[str, Table], Settings]:
    """Typed tables and settings, as an action gets them."""
    tables = read_tables(MemoryWorkbook.filled(rows).read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


CLASSES = {"4А": 27, "4Б": 30, "5А": 12, "5Б": 9, "8А": 25}
