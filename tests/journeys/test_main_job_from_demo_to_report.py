"""The main job as the issue of the product states it: one command, and everything a coordinator needs lies there."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.command import Ran, xlpy
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.workbook.closed import ClosedWorkbook

BOOK = "vpr_workbook.xlsm"


def tables_of(book: Path) -> dict[str, Table]:
    return read_tables(ClosedWorkbook(book).read_tables(schema.SHEETS))


def text_of(document: Path) -> str:
    with zipfile.ZipFile(document) as package:
        parts = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", " ", " ".join(parts))


def test_demo_leaves_the_book_the_truth_and_the_documents(made: tuple[Path, Ran]) -> None:
    folder, ran = made
    assert ran.code == 0, ran.err
    works = {(c, s) for c, s in tables_of(folder / BOOK)["schedule"].frame[["school_class", "subject"]].to_numpy()}
    assert json.loads((folder / "truth.json").read_text("utf-8"))
    assert len(ran.answer["protocols"]) == len(works)
    assert all(Path(path).exists() for path in [*ran.answer["protocols"], ran.answer["report"], ran.answer["book"]])


def test_demo_does_not_touch_a_folder_that_holds_a_book(school: Path) -> None:
    before = (school / BOOK).read_bytes()
    ran = xlpy("demo", school)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert (school / BOOK).read_bytes() == before


def test_check_finds_in_the_demo_what_the_truth_says_and_nothing_else_above_a_notice(
    own_school: Callable[[], Path],
) -> None:
    folder = own_school()
    truth = {(t["sheet"], t["cell"], t["rule"]) for t in json.loads((folder / "truth.json").read_text("utf-8"))}
    ran = xlpy("check", folder / BOOK, "--json")
    found = [(f["sheet"], f["cell"], f["rule"], f["severity"]) for f in ran.answer["findings"]]
    assert ran.code == 1
    assert {f[:3] for f in found if f[3] != "notice"} <= truth
    assert truth <= {f[:3] for f in found}
    assert ran.answer["errors"] == sum(f[3] == "error" for f in found) > 0


def test_check_puts_its_findings_on_their_sheet(own_school: Callable[[], Path]) -> None:
    book = own_school() / BOOK
    answer = xlpy("check", book, "--json").answer
    rows = tables_of(book)["findings"].frame
    assert list(rows["rule"]) == [f["rule"] for f in answer["findings"]]
    assert list(rows["cell"]) == [f["cell"] for f in answer["findings"]]
    assert xlpy("check", book, "--json").answer["findings"] == answer["findings"]


def test_a_book_that_is_open_elsewhere_is_checked_but_not_written(own_school: Callable[[], Path]) -> None:
    book = own_school() / BOOK
    before = book.read_bytes()
    book.with_name(f".~lock.{BOOK}#").write_text("Анна Берёзкина,anna,pc-12,01.04.2021 10:00,file:///x;", "utf-8")
    ran = xlpy("check", book)
    assert ran.code == 2
    assert "Анна Берёзкина" in ran.err
    assert "RES-" in ran.out
    assert book.read_bytes() == before


def test_assignment_names_for_every_work_checkers_who_do_not_teach_the_class(own_school: Callable[[], Path]) -> None:
    book = own_school() / BOOK
    ran = xlpy("assign", book, "--json")
    tables = tables_of(book)
    teaching = set(tables["workload"].frame[["teacher", "school_class"]].itertuples(index=False, name=None))
    works = set(tables["schedule"].frame[["school_class", "subject"]].itertuples(index=False, name=None))
    pinned = tables["checkers"].frame.query("pinned == @schema.YES")
    kept = set(pinned[["school_class", "subject"]].itertuples(index=False, name=None))
    assert ran.answer["status"] == "optimal"
    # The dirty school misspells two names where it says who works with whom: that is said, not passed over.
    assert {"WRK-01", "CLS-03"} <= {doubt["rule"] for doubt in ran.answer["doubts"]}
    assert ran.code == 0
    assert {(a["class"], a["subject"]) for a in ran.answer["assignments"]} == works
    for one in ran.answer["assignments"]:
        assert one["checkers"]
        if (one["class"], one["subject"]) not in kept:
            assert not {(t, one["class"]) for t in one["checkers"]} & teaching


def test_figures_of_the_report_are_rates_of_the_marks_they_stand_beside(
    own_school: Callable[[], Path], tmp_path: Path
) -> None:
    ran = xlpy("report", own_school() / BOOK, "--out", tmp_path / "out", "--json")
    assert ran.code == 0
    assert [Path(f).parent for f in ran.answer["files"]] == [tmp_path / "out"]
    rows = ran.answer["indicators"]
    assert {r["class"] is None for r in rows} == {True, False}
    for row in rows:
        marks = [row[f"n{mark}"] for mark in (2, 3, 4, 5)]
        if marks[0] is None:
            assert row["mean_mark"] is row["sou"] is row["pass_rate"] is None
            continue
        assert sum(marks) <= row["wrote"]
        if sum(marks):
            total = sum(m * n for m, n in zip((2, 3, 4, 5), marks, strict=True))
            assert row["mean_mark"] == pytest.approx(total / sum(marks))
            assert row["quality_rate"] == pytest.approx((marks[2] + marks[3]) / sum(marks))
        assert row["lowered"] + row["confirmed"] + row["raised"] <= sum(marks)


def test_no_pupil_is_named_and_no_code_stands_in_the_report(made: tuple[Path, Ran]) -> None:
    folder, ran = made
    people = tables_of(folder / BOOK)["participants"].frame
    names = {name for name in people["pupil"] if name}
    assert len(names) > 100
    for path in [*ran.answer["protocols"], ran.answer["report"]]:
        text = text_of(Path(path))
        assert not [name for name in names if name in text]
    report = set(re.findall(r"\b\d{5}\b", text_of(Path(ran.answer["report"]))))
    assert not report & set(people["code"])


def test_every_file_made_is_what_office_programs_expect(made: tuple[Path, Ran]) -> None:
    validator = OpenXmlValidator()
    paths = [*made[1].answer["protocols"][::10], made[1].answer["report"], made[1].answer["book"]]
    for path in paths:
        result = validator.validate(path)
        assert result.is_valid, (path, [str(error) for error in result.errors][:5])


def test_a_clean_school_has_nothing_above_a_notice(tmp_path: Path) -> None:
    assert xlpy("demo", tmp_path / "s", "--clean", "--classes", "6", "--seed", "7").code == 0
    ran = xlpy("check", tmp_path / "s" / BOOK, "--json")
    assert (ran.code, ran.answer["errors"], ran.answer["warnings"]) == (0, 0, 0)
