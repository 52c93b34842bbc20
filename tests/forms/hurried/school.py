"""The school of the play: its filled «Результаты» as the truth, and the same workbook with all that taken out."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from xlpy import actions, books
from xlpy.actions import Stamp
from xlpy.tables import schema

STAMP = Stamp(datetime(2021, 4, 1, 12, 0), "Завуч")
_KEPT = "school.pickle"
KEYS = ("variant", *schema.TASK_KEYS)
Work = tuple[str, str]
Papers = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Task:
    """A task by the workbook."""

    label: str
    maximum: int


@dataclass(frozen=True, slots=True)
class School:
    """A workbook nobody has typed points into, and what ought to come there: values by code and column key."""

    book: Path
    truth: Mapping[Work, Papers]
    tasks: Mapping[Work, Mapping[str, Task]]
    checkers: Mapping[Work, tuple[str, str]]
    year: str

    def codes(self, work: Work) -> tuple[str, ...]:
        """The codes of a work's papers."""
        return tuple(self.truth[work])


def real_school(source: Path, folder: Path) -> School:
    """The school whose CSV files lie in `source`."""
    from xlpy.workbook.closed import ClosedWorkbook

    path = books.create(folder, source, STAMP).path
    book = ClosedWorkbook(path)
    actions.prepare(book, STAMP)
    return _emptied(path)


def made_up_school(folder: Path, classes: int, seed: int = 7) -> School:
    """The demo's school without a slip."""
    from xlpy.demo.fill import fill_book
    from xlpy.demo.school import make_school
    from xlpy.workbook.closed import ClosedWorkbook

    path = books.create(folder, None, STAMP).path
    book = ClosedWorkbook(path)
    fill_book(book, make_school(classes, seed))
    actions.prepare(book, STAMP)
    return _emptied(path)


def _emptied(path: Path) -> School:
    """Take points, variants and absences out of a filled book and give every work its checkers."""
    from xlpy.exchange.packet_match import rows_with
    from xlpy.workbook.closed import ClosedWorkbook

    truth = read_results(path)
    book = ClosedWorkbook(path)
    raw = book.read_tables([schema.RESULTS])["results"]
    rows = range(raw.first_row, raw.first_row + len(raw.values))
    book.write_table(schema.RESULTS, rows_with(raw, {(row, key): None for row in rows for key in KEYS}))
    book.save()
    actions.write_assignment(book, actions.assign(book), STAMP)
    _give_second_checkers(path)
    year = _year(path)
    return School(path, truth, _tasks(path, tuple(truth), year), _checkers(path), year)


def _give_second_checkers(path: Path) -> None:
    """Every fifth work is checked twice."""
    from xlpy.workbook.closed import ClosedWorkbook

    first = _checkers(path)
    people = sorted({checker for checker, _ in first.values()})
    rows = []
    for at, (work, (checker, _)) in enumerate(first.items()):
        second = next((person for person in [*people[at % len(people) :], *people] if person != checker), "")
        row = dict(zip(("school_class", "subject"), work, strict=True))
        rows.append(row | ({"second_checker": second} if at % 5 == 2 and second else {}))
    book = ClosedWorkbook(path)
    book.write_table(schema.CHECKERS, rows)
    book.save()


def keep(school: School, folder: Path) -> None:
    """Remember the school beside its workbook, so that every play takes a copy of it."""
    (folder / _KEPT).write_bytes(pickle.dumps(school))


def kept(folder: Path) -> School:
    """The school that was made in a folder."""
    school: School = pickle.loads((folder / _KEPT).read_bytes())
    return school


def copied(school: School, folder: Path) -> School:
    """The school once more, in a folder of its own."""
    folder.mkdir(parents=True)
    book = Path(shutil.copy(school.book, folder / school.book.name))
    return School(book, school.truth, school.tasks, school.checkers, school.year)


def _sheet(path: Path, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def _records(path: Path, name: str) -> list[dict[str, object]]:
    """Rows of a sheet by caption, read by calamine alone."""
    rows = _sheet(path, name)
    head = next(at for at, row in enumerate(rows) if "Класс" in row or "Параметр" in row or "Параллель" in row)
    captions = [str(caption) for caption in rows[head]]
    return [dict(zip(captions, row, strict=True)) for row in rows[head + 1 :] if any(cell != "" for cell in row)]


def plain(value: object) -> object:
    """A cell as the play compares it: whole numbers as int, nothing as None."""
    if value == "" or value is None:
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_results(path: Path) -> dict[Work, dict[str, dict[str, object]]]:
    """What a workbook holds: by work, code and key; only cells that hold something."""
    captions = {"Вариант": "variant", **{str(n): key for n, key in enumerate(schema.TASK_KEYS, start=1)}}
    works: dict[Work, dict[str, dict[str, object]]] = {}
    for row in _records(path, "Результаты"):
        held = {key: plain(row[caption]) for caption, key in captions.items()}
        paper = {key: value for key, value in held.items() if value is not None}
        works.setdefault((str(row["Класс"]), str(row["Предмет"])), {})[str(row["Код"])] = paper
    return works


def _year(path: Path) -> str:
    return next(str(row["Значение"]) for row in _records(path, "Настройки") if row["Параметр"] == "Учебный год")


def _tasks(path: Path, works: tuple[Work, ...], year: str) -> dict[Work, dict[str, Task]]:
    by_grade: dict[tuple[int, str], dict[str, Task]] = {}
    for row in _records(path, "Задания"):
        if row["Учебный год"] == year and row["Задание"] != "":
            tasks = by_grade.setdefault((int(row["Параллель"]), str(row["Предмет"])), {})  # type: ignore[call-overload]
            tasks[f"task_{int(row['№'])}"] = Task(str(plain(row["Задание"])), int(row["Макс. балл"]))  # type: ignore[call-overload]
    return {work: by_grade.get((int(work[0][:-1]), work[1]), {}) for work in works}


def _checkers(path: Path) -> dict[Work, tuple[str, str]]:
    return {
        (str(row["Класс"]), str(row["Предмет"])): (str(row["Проверяющий"]), str(row["Второй проверяющий"]))
        for row in _records(path, "Проверяющие")
    }
