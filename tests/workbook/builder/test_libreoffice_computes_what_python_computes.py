"""The filled workbook in a real LibreOffice: every formula computes, and every mark is the one Python gives."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook
from pyopenvba import ExcelFile

from tests.office import resaved
from tests.workbook.builder.sample import YEAR, fill, odd_school
from xlpy.analysis.scoring import score_papers
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.words import panel
from xlpy.workbook.builder.vba import MODULE, macro_name, module_source
from xlpy.workbook.closed import ClosedWorkbook

ORDINARY = 250


@pytest.fixture(scope="module")
def filled(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "filled.xlsm"
    shutil.copy(built, path)
    return fill(path, odd_school(ORDINARY))


@pytest.fixture(scope="module")
def opened(filled: Path) -> Path:
    """The filled workbook as LibreOffice computes and saves it."""
    return resaved(filled, filled.parent / "opened")


@pytest.fixture(scope="module")
def shown(opened: Path) -> Any:
    return load_workbook(opened, data_only=True)


@pytest.fixture(scope="module")
def tables(filled: Path) -> dict[str, Table]:
    return read_tables(ClosedWorkbook(filled).read_tables(schema.SHEETS))


def shown_instead(number: float, note: str) -> object:
    return note if math.isnan(number) else number


def expected(scored: pd.DataFrame) -> pd.DataFrame:
    """What the sheet should show for each paper, by column key."""
    points = [shown_instead(p, note) for p, note in zip(scored["points"], scored["points_note"], strict=True)]
    marks = [shown_instead(m, note) for m, note in zip(scored["mark"], scored["mark_note"], strict=True)]
    columns = {"points": points, "mark": marks, "comparison": scored["comparison"], "second_points": points}
    return pd.DataFrame(columns, index=scored.index)


@pytest.mark.parametrize(
    ("sheet", "keys"),
    [(schema.RESULTS, ("points", "mark", "comparison")), (schema.RECHECKS, ("second_points",))],
    ids=["results", "rechecks"],
)
def test_every_total_mark_and_comparison_is_python_s(
    shown: Any, tables: dict[str, Table], sheet: schema.Sheet, keys: tuple[str, ...]
) -> None:
    table = tables[sheet.key]
    wanted = expected(score_papers(table, tables["tasks"], tables["scales"], YEAR))
    page = shown[sheet.name]
    wrong = [
        (table.cell(row, key), page[table.cell(row, key)].value, wanted.at[row, key])
        for row in wanted.index
        for key in keys
        if (page[table.cell(row, key)].value or "") != (wanted.at[row, key] or "")
    ]
    assert not wrong
    kinds = {type(value) if isinstance(value, float) else value for key in keys for value in wanted[key]}
    if sheet is schema.RESULTS:
        assert kinds == {
            *(float, "", schema.CHECK_IT, schema.UNFINISHED, schema.NO_TASKS, schema.NO_SCALE),
            *(schema.LOWERED, schema.CONFIRMED, schema.RAISED),
        }
        assert set(wanted["mark"]) >= {2.0, 3.0, 4.0, 5.0}


def test_no_formula_of_the_workbook_is_an_error(filled: Path, shown: Any) -> None:
    written = load_workbook(filled)
    formulas = [cell for page in written for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 4 * len(odd_school(ORDINARY)["rechecks"])
    assert {cell.parent.title for cell in formulas} >= {schema.PANEL_NAME, schema.LISTS_NAME, schema.RESULTS.name}
    broken = [(c.parent.title, c.coordinate) for c in formulas if shown[c.parent.title][c.coordinate].data_type == "e"]
    assert not broken


def test_the_panel_counts_what_the_workbook_holds(shown: Any, tables: dict[str, Table]) -> None:
    page = shown[schema.PANEL_NAME]
    lines = {row[1]: row[2:4] for row in page.iter_rows(min_col=1, max_col=4, values_only=True) if row[1]}
    rows = len(tables["results"].frame)
    wanted = expected(score_papers(tables["results"], tables["tasks"], tables["scales"], YEAR))
    assert lines[panel.STATE["settings"]] == (YEAR, panel.READY)
    assert lines[panel.STATE["rows"]] == (rows, panel.READY)
    assert lines[panel.STATE["unfinished"]] == ((wanted["points"] == schema.UNFINISHED).sum(), panel.GOING)
    suspect = (wanted[["points", "mark"]] == schema.CHECK_IT).to_numpy().sum()
    assert lines[panel.STATE["suspect"]] == (suspect, panel.ATTENTION)
    assert lines[panel.STATE["errors"]] == (2, panel.ATTENTION)
    assert lines[panel.STATE["plan"]] == (f"0{panel.OF}26", panel.NONE)


def test_a_chosen_work_shows_its_labels_maxima_rows_and_count(
    built: Path, tmp_path: Path, tables: dict[str, Table]
) -> None:
    path = tmp_path / "chosen.xlsm"
    rows = odd_school(ORDINARY)
    shutil.copy(built, path)
    fill(path, rows)
    chosen = {"B3": "7Б", "C3": "Физика"}
    type_into(path, schema.RESULTS, chosen)
    page = load_workbook(resaved(path, tmp_path / "opened"), data_only=True)[schema.RESULTS.name]
    tasks = tables["tasks"].frame
    work = tasks[(tasks["year"] == YEAR) & (tasks["grade"] == 7) & (tasks["subject"] == "Физика")].sort_values("number")
    labels = [
        f"{label}{panel.RESULTS_TASK}{most:g}" for label, most in zip(work["label"], work["max_points"], strict=True)
    ]
    line = [page.cell(5, at).value or "" for at in range(5, 5 + schema.TASK_COUNT)]
    assert line == labels + [""] * (schema.TASK_COUNT - len(labels))
    frame = tables["results"].frame
    here = frame[(frame["school_class"] == "7Б") & (frame["subject"] == "Физика")]
    wanted = expected(score_papers(tables["results"], tables["tasks"], tables["scales"], YEAR)).loc[here.index]
    typed = sum(isinstance(points, float) for points in wanted["points"]) + (here["variant"] == schema.ABSENT).sum()
    assert page["A4"].value == f"{panel.RESULTS_LINK}{here.index[0]}"
    assert page["A5"].value == f"{panel.RESULTS_DONE}{typed}{panel.OF}{len(here)}"


def type_into(path: Path, sheet: schema.Sheet, cells: dict[str, str]) -> None:
    """Put text into cells that no table holds."""
    number = [schema.PANEL_NAME, *(one.name for one in schema.SHEETS)].index(sheet.name) + 1
    part = f"xl/worksheets/sheet{number}.xml"
    with ZipFile(path) as package:
        members = [(info, package.read(info.filename)) for info in package.infolist()]
    with ZipFile(path, "w") as package:
        for info, member in members:
            xml = member.decode() if info.filename == part else ""
            for place, text in cells.items():
                before, found, after = xml.partition(f'<c r="{place}"')
                if found:
                    attributes, _, rest = after.partition("/>")
                    xml = f'{before}{found}{attributes} t="inlineStr"><is><t>{text}</t></is></c>{rest}'
            package.writestr(info, xml.encode() if info.filename == part else member)


def test_libreoffice_keeps_macros_buttons_tables_and_validations(filled: Path, opened: Path) -> None:
    with ExcelFile(opened) as workbook:
        assert module_source().strip().splitlines()[-1] in workbook.get_module(MODULE)
    with ZipFile(opened) as package:
        controls = b"".join(
            package.read(n) for n in package.namelist() if n.startswith(("xl/drawings", "xl/ctrlProps"))
        )
    assert all(macro_name(action).encode() in controls for action in panel.BUTTONS)
    before, after = load_workbook(filled), load_workbook(opened)
    for sheet in schema.SHEETS:
        old, new = before[sheet.name], after[sheet.name]
        assert {t.displayName: t.ref for t in new.tables.values()} == {
            t.displayName: t.ref for t in old.tables.values()
        }
        assert first_cells(new) >= first_cells(old)


def first_cells(page: Any) -> set[str]:
    """First cells of the ranges that have a rule. LibreOffice ends a range some rows past the last one in use."""
    ranges = [place for rule in page.data_validations.dataValidation for place in str(rule.sqref).split() if rule.type]
    return {place.partition(":")[0] for place in ranges}
