"""At a terminal the program asks what the file does not tell, once; elsewhere it says what to name."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.checks.school import MATHS, spoilt, write_book
from tests.journal.exports import CLASSES, MARKS, NAMES, TODAY, Grid, in_journal, named
from tests.journal.test_files_of_each_kind import csv_text
from xlpy import commands, journal_commands
from xlpy.errors import InputError
from xlpy.tables import schema
from xlpy.words.errors import sentence
from xlpy.workbook.closed import ClosedWorkbook

Printed = pytest.CaptureFixture[str]
MEMORY = "Журнал — столбцы.json"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "vpr_workbook.xlsm", spoilt(named))


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A terminal on stdin, and the hand that types there."""
    ours, theirs = pytest.importorskip("pty", reason="needs a terminal of POSIX").openpty()
    with os.fdopen(theirs, "r", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        yield lambda text: os.write(ours, text.encode()) and None
    os.close(ours)


def with_periods(head: tuple[str, ...] = ("Кто", "Класс", "Предмет", "1 четверть", "2 четверть", "год")) -> Grid:
    rows: Grid = [list(head)]
    for (code, subject), mark in MARKS.items():
        rows.append([NAMES[code], CLASSES[code], subject, 2, in_journal(mark), 5])
    return rows


def export(folder: Path, grid: Grid, name: str = "отметки.csv") -> Path:
    path = folder / name
    path.write_bytes(csv_text(grid, ";").encode("cp1251"))
    return path


def run(book: Path, file: Path, columns: str = "", *, yes: bool = False, as_json: bool = False) -> int:
    show = commands.print_json if as_json else commands.print_words
    return journal_commands.journal(book, file, columns or None, yes, False, TODAY, show)


def held(book: Path) -> dict[tuple[str, str], object]:
    raw = ClosedWorkbook(book).read_tables([schema.RESULTS])["results"]
    keys = [column.key for column in schema.RESULTS.columns]
    rows = [dict(zip(keys, line, strict=False)) for line in raw.values]
    return {
        (str(row["code"]), str(row["subject"])): row["journal_mark"]
        for row in rows
        if row["journal_mark"] not in (None, "")
    }


def test_questions_are_asked_answered_and_not_asked_again(book: Path, typing, capsys: Printed) -> None:
    file = export(book.parent, with_periods())
    typing("7\n1\n\nда\n")
    assert run(book, file) == 0
    said = capsys.readouterr().out
    assert "В каком столбце ученик" in said
    assert "  1. Кто" in said
    assert "Такого ответа нет" in said
    assert "  2. 2 четверть (отметок: 15)" in said
    assert "Ответ [2]: " in said
    assert said.endswith("Записать? (да/нет) Записано отметок: 15.\n")
    assert held(book) == MARKS

    second = export(book.parent, [with_periods()[0], *with_periods()[:0:-1]], "ещё.csv")
    assert run(book, second) == 0
    said = capsys.readouterr().out
    assert "В каком" not in said
    assert "Столбцы взяты как в прошлый раз" in said
    assert "уже стоят 15" in said


def test_what_is_remembered_holds_no_name_and_no_header(book: Path) -> None:
    assert run(book, export(book.parent, with_periods()), "Ученик=Кто;Отметка=2 четверть") == 1
    text = (book.parent / "Документы" / MEMORY).read_text("utf-8")
    (stored,) = json.loads(text)["headers"].values()
    assert stored == {"Ученик": "Кто", "Отметка": "2 четверть"}
    assert not [name for name in NAMES.values() if name.split()[0] in text]


def test_without_a_yes_nothing_is_written(book: Path, typing, capsys: Printed) -> None:
    file, before = export(book.parent, with_periods()), book.read_bytes()
    typing("нет\n")
    assert run(book, file, "Ученик=Кто;Отметка=год") == 1
    assert capsys.readouterr().out.endswith("Ничего не записано.\n")
    assert book.read_bytes() == before


def test_where_nobody_can_be_asked_nothing_is_written_without_yes(book: Path, capsys: Printed) -> None:
    file, before = export(book.parent, with_periods()), book.read_bytes()
    assert run(book, file, "Ученик=Кто;Отметка=2 четв.") == 1
    assert "добавьте --yes" in capsys.readouterr().out
    assert book.read_bytes() == before
    assert run(book, file, yes=True) == 0
    assert held(book) == MARKS


@pytest.mark.parametrize(
    ("head", "columns", "said"),
    [
        (
            ("Кто", "Класс", "Предмет", "1 четверть", "2 четверть", "год"),
            "",
            (
                "не понять, в каком столбце ученик. "
                "Есть: «Кто», «Класс», «Предмет», «1 четверть», «2 четверть», «год». "
                'Назовите: --columns "Ученик=Кто".'
            ),
        ),
        (
            ("ФИО", "Класс", "Предмет", "1 четверть", "2 четверть", "год"),
            "",
            (
                "не понять, какую отметку взять. Есть: «1 четверть», «2 четверть», «год». "
                'Назовите: --columns "Отметка=2 четверть".'
            ),
        ),
        (
            ("ФИО", "Где", "Предмет", "1 четверть", "2 четверть", "год"),
            "",
            'не понять, в каком столбце класс (или какой это класс). Есть: «Где». Назовите: --columns "Класс=Где".',
        ),
        (
            ("ФИО", "Класс", "Предмет", "1 четверть", "2 четверть", "год"),
            "Отметка=4 четверть",
            "нет столбца «4 четверть». Есть: «ФИО», «Класс», «Предмет», «1 четверть», «2 четверть», «год».",
        ),
    ],
)
def test_one_sentence_says_which_columns_there_are(book: Path, head: tuple[str, ...], columns: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        run(book, export(book.parent, with_periods(head)), columns)
    assert sentence(caught.value) == f"В файле отметки.csv {said}"
    assert not (book.parent / "Документы" / MEMORY).exists()


@pytest.mark.parametrize("columns", ["Ученик", "Ученик=", "Кабинет=5", "=5А", "Ученик=ФИО;Чепуха"])
def test_a_choice_that_cannot_be_read_is_refused(book: Path, columns: str) -> None:
    with pytest.raises(InputError) as caught:
        run(book, export(book.parent, with_periods()), columns)
    assert caught.value.code == "journal_columns"


def test_a_class_said_of_one_file_is_not_remembered_for_the_next(book: Path) -> None:
    grid: Grid = [["ФИО", "Оценка"], *[[NAMES[code], MARKS[code, MATHS]] for code in NAMES if CLASSES[code] == "5Б"]]
    file = export(book.parent, grid)
    assert run(book, file, "Класс=5Б;Предмет=Математика", yes=True) == 0
    with pytest.raises(InputError) as caught:
        run(book, file)
    assert caught.value.code == "journal_unclear"


def test_the_end_of_typing_is_no_answer(book: Path, typing) -> None:
    typing("\x04")
    with pytest.raises(InputError) as caught:
        run(book, export(book.parent, with_periods()))
    assert caught.value.code == "journal_no_answer"


def test_json_is_one_object_and_asks_nothing(book: Path, typing, capsys: Printed) -> None:
    del typing
    assert run(book, export(book.parent, with_periods()), "Ученик=Кто;Отметка=2 четверть", as_json=True) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["new"], answer["written"], answer["period"]) == (15, False, "2 четверть")
    assert answer["works"][0] == {
        "class": "4А",
        "subject": MATHS,
        "new": 3,
        "changed": 0,
        "same": 0,
        "without": [],
    }


def test_what_people_see(book: Path, capsys: Printed) -> None:
    grid = with_periods(("ФИО", "Класс", "Предмет", "1 четверть", "3 четверть", "Средний балл"))
    grid[1][4], grid[2][4], grid[3][0] = "4,25", "зачёт", "Никто Никто Никтович"
    assert run(book, export(book.parent, grid), "Отметка=III четв.") == 1
    assert capsys.readouterr().out.splitlines() == [
        "Столбцы: Ученик — «ФИО»; Класс — «Класс»; Предмет — «Предмет»; Отметка — «3 четверть».",
        "4А, Математика: в файле нет отметки 3 (40001, 40002, 40003)",
        "5А, Биология: новых 3",
        "5А, Математика: новых 3",
        "5Б, Биология: новых 3",
        "5Б, Математика: новых 3",
        "  предупреждение: отметки!E4 — 4А: «Никто Никто Никтович» — такого участника в классе нет (отметок: 1).",
        "    → Если это участник ВПР, сверьте ФИО и класс на листе «Участники».",
        "  предупреждение: отметки!E3 — 4А, Математика: «зачёт» — не отметка (их 1).",
        "    → Нужно 2, 3, 4, 5 или «н/а».",
        (
            "  предупреждение: отметки!E2 — 4А, Математика: «4,25» — средний балл, а не отметка (их 1). "
            "Программа его не округляет."
        ),
        "    → Выгрузите из журнала отметки за период.",
        "Всего: новых отметок 12, отличаются 0, уже стоят 0.",
        "Ничего не записано. Чтобы записать, добавьте --yes.",
    ]
