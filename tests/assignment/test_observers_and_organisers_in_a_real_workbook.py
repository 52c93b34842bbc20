"""The commands and buttons on a file: what they leave on the sheets, in «Журнал», on the screen and as exit code."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.command import xlpy
from xlpy.actions import Stamp
from xlpy.buttons.deeds import DEEDS
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.merge import merged_rows
from xlpy.tables.raw import RawTable
from xlpy.workbook.closed import ClosedWorkbook

TODAY = "01.03.2021"
STAMP = Stamp(datetime(2021, 3, 1), "тест")


@pytest.fixture(scope="module")
def clean_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("duties") / "school"
    assert xlpy("demo", folder, "--classes", "4", "--clean").code == 0
    return folder / "vpr_workbook.xlsm"


@pytest.fixture
def book(clean_school: Path, tmp_path: Path) -> Path:
    """A workbook of one's own in a folder of its own."""
    return Path(shutil.copy(clean_school, tmp_path / clean_school.name))


def table_of(path: Path, sheet: schema.Sheet) -> Table:
    return read_tables(ClosedWorkbook(path).read_tables([sheet]))[sheet.key]


def emptied(path: Path) -> Path:
    """The book before its visits are planned."""
    opened = ClosedWorkbook(path)
    opened.write_table(schema.VISITS, [])
    opened.save()
    return path


def rules_broken(path: Path) -> list[tuple[str, str, str]]:
    findings = xlpy("check", path, "--today", TODAY, "--json").answer["findings"]
    about = {schema.VISITS.name, schema.SCHEDULE.name, schema.CONFLICTS.name, schema.OBSERVERS.name}
    return [(one["rule"], one["sheet"], one["cell"]) for one in findings if one["sheet"] in about]


def mended(path: Path, sheet: schema.Sheet, key: str, cell: object) -> None:
    """Put one value into a column of every row."""
    opened = ClosedWorkbook(path)
    raw = opened.read_tables([sheet])[sheet.key]
    at = {column.key: raw.captions.index(column.caption) for column in sheet.columns}
    rows = [{match: line[at[match]] for match in sheet.match} | {key: cell} for line in raw.values]
    opened.write_table(sheet, rows)  # type: ignore[arg-type]
    opened.save()


def test_a_first_plan_covers_every_room_and_breaks_no_rule(book: Path) -> None:
    before = rules_broken(emptied(book))
    ran = xlpy("observers", book, "--today", TODAY, "--json")
    assert (ran.code, ran.answer["uncovered"], ran.answer["written"]) == (0, [], True)
    assert len(ran.answer["visits"]) >= len(table_of(book, schema.SCHEDULE).frame)
    assert all(one["observers"] for one in ran.answer["visits"])
    assert table_of(book, schema.JOURNAL).frame["action"].iloc[-1] == "Назначить наблюдателей"
    assert [one for one in rules_broken(book) if one not in before] == []


def test_a_refusal_is_written_down_and_only_its_places_change(book: Path) -> None:
    first: dict[str, Any] = xlpy("observers", emptied(book), "--today", TODAY, "--json").answer
    name = max(first["loads"], key=first["loads"].__getitem__)
    ran = xlpy("observers", book, "--refused", name.upper(), "--today", TODAY)
    assert ran.code == 0, ran.err
    assert name in ran.out
    frame = table_of(book, schema.VISITS).frame
    assert name not in set(frame["observer"])
    reasons = table_of(book, schema.CONFLICTS).frame
    assert any(name == row["person"] and "отказ" in row["reason"] for _, row in reasons.iterrows())
    again = xlpy("observers", book, "--today", TODAY, "--json").answer
    places = {(one["date"], one["room"]): one["observers"] for one in first["visits"]}
    changed = [one for one in again["visits"] if places[one["date"], one["room"]] != one["observers"]]
    assert len(changed) == first["loads"][name]
    assert again["changes"] == []
    assert [rule for rule, sheet, _ in rules_broken(book) if sheet == schema.VISITS.name] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--refused", "Никто Никита"), "unknown_observer"),
        (("--class", "5А"), "refusal_of_whom"),
        (("--date", "14.04.2021"), "refusal_of_whom"),
    ],
)
def test_a_refusal_that_means_nothing_leaves_the_book_alone(book: Path, words: tuple[str, ...], code: str) -> None:
    before = book.read_bytes()
    ran = xlpy("observers", book, *words, "--json")
    assert (ran.code, ran.answer["error"]["code"]) == (2, code)
    assert book.read_bytes() == before


def test_a_refusal_for_a_day_without_works_says_so(book: Path) -> None:
    name = table_of(book, schema.OBSERVERS).frame["observer"].iloc[0]
    ran = xlpy("observers", book, "--refused", name, "--date", "01.01.2021", "--today", TODAY, "--json")
    assert (ran.code, ran.answer["error"]["code"]) == (2, "nothing_refused")


def test_rooms_that_nobody_observes_are_told_with_exit_1_and_stand_as_rows_without_a_name(book: Path) -> None:
    mended(emptied(book), schema.OBSERVERS, "free_to", datetime(2021, 1, 1))
    ran = xlpy("observers", book, "--today", TODAY)
    assert ran.code == 1
    assert "этот день не среди доступных" in ran.out
    assert set(table_of(book, schema.VISITS).frame["observer"]) == {""}


def test_organisers_fill_the_empty_cells_and_nothing_else_changes(book: Path) -> None:
    mended(book, schema.SCHEDULE, "organiser", None)
    raw = ClosedWorkbook(book).read_tables([schema.SCHEDULE])["schedule"]
    ran = xlpy("organisers", book, "--today", TODAY, "--json")
    assert (ran.code, ran.answer["uncovered"], ran.answer["breaches"]) == (0, [], [])
    after = ClosedWorkbook(book).read_tables([schema.SCHEDULE])["schedule"]
    at = raw.captions.index("Организатор")
    assert all(line[at] for line in after.values)
    assert [line[:at] + line[at + 1 :] for line in after.values] == [line[:at] + line[at + 1 :] for line in raw.values]
    assert table_of(book, schema.JOURNAL).frame["action"].iloc[-1] == "Назначить организаторов"
    assert [rule for rule, *_ in rules_broken(book) if rule in {"SCH-07", "SCH-08", "SCH-09"}] == []


def test_organisers_against_a_rule_are_named_with_exit_1_and_replaced_when_asked(book: Path) -> None:
    name = table_of(book, schema.TEACHERS).frame["teacher"].iloc[0]
    mended(book, schema.SCHEDULE, "organiser", name)
    stays = xlpy("organisers", book, "--today", TODAY, "--json")
    assert stays.code == 1
    assert stays.answer["breaches"]
    assert set(table_of(book, schema.SCHEDULE).frame["organiser"]) == {name}
    replaced = xlpy("organisers", book, "--replace", "--today", TODAY, "--json")
    assert (replaced.code, replaced.answer["breaches"]) == (0, [])
    assert len(set(table_of(book, schema.SCHEDULE).frame["organiser"])) > 1


@pytest.mark.parametrize(("action", "sheet"), [("observers", schema.VISITS), ("organisers", schema.SCHEDULE)])
def test_a_button_does_what_the_command_does(book: Path, tmp_path: Path, action: str, sheet: schema.Sheet) -> None:
    mended(emptied(book), schema.SCHEDULE, "organiser", None)
    twin = tmp_path / "twin.xlsm"
    twin.write_bytes(book.read_bytes())
    outcome = DEEDS[action](ClosedWorkbook(book), book, STAMP, lambda *_: None)
    assert xlpy(action, twin, "--today", TODAY).code == 0
    assert outcome.place == sheet.name
    assert table_of(book, sheet).frame.equals(table_of(twin, sheet).frame)


def test_a_key_that_a_formula_of_the_user_gives_stays_a_formula() -> None:
    sheet = schema.SCHEDULE
    day = datetime(2021, 4, 12)
    line = [day, "5А", "Математика", *[None] * (len(sheet.columns) - 3)]
    raw = RawTable(sheet.name, tuple(c.caption for c in sheet.columns), 2, 1, [line], {0: frozenset({2})})
    row = {"date": day, "school_class": "5А", "subject": "Математика", "organiser": "Ежова Ева"}
    (merged,) = merged_rows(sheet, raw, [row])
    assert (merged.old, sorted(merged.named)) == (0, [1, 2, 7])
    (moved,) = merged_rows(sheet, raw, [row | {"school_class": "5-а"}])
    assert (moved.old, sorted(moved.named)) == (0, [1, 2, 7])
