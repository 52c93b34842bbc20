from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.region.municipality import MATHS, PHYSICS, Row, settings, write_book
from xlpy.tables.raw import Value

EXPERTS = {
    "СОШ № 1": ("=Алова Анна", "Бокова Белла"),
    "СОШ № 2": ("Валов Виктор", "Гусев Глеб"),
    "СОШ № 3": ("Дымова Дарья", "Ежов Егор"),
}


def rows_of(name: str, people: tuple[str, ...], **more: Value) -> dict[str, list[Row]]:
    classes = ("5А", "5Б")
    return {
        "settings": settings(name, **more),
        "teachers": [
            {"teacher": person, "subjects": f"{MATHS}; {PHYSICS}", "roles": "эксперт", "paper_limit": 4}
            for person in people
        ],
        "participants": [
            {
                "code": f"5{number:04}",
                "name": f"Ученик{number} Тайный",
                "school_class": classes[number % 2],
                "takes_part": "да",
            }
            for number in range(6)
        ],
        "schedule": [
            {"date": datetime(2021, 4, 12 + at), "school_class": c, "subject": s}
            for at, (c, s) in enumerate([("5А", MATHS), ("5Б", MATHS), ("5А", PHYSICS)])
        ],
    }


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three schools as workbooks, made once."""
    folder = tmp_path_factory.mktemp("municipality")
    for number, (name, people) in enumerate(EXPERTS.items(), start=1):
        write_book(folder / f"Школа {number}" / "vpr_workbook.xlsm", rows_of(name, people))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Their copies in a folder of one's own."""
    return Path(shutil.copytree(made, tmp_path / "книги"))
