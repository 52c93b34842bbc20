"""The oracle of the play: what it calls certain, and that it sees a point lost, invented or left without a finding."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.command import xlpy
from tests.forms.hurried.comparing import compare
from tests.forms.hurried.findings import Note, findings_of
from tests.forms.hurried.ledger import ledger
from tests.forms.hurried.oracle import Status, judge_columns, judge_rows
from tests.forms.hurried.play import TODAY, Played, play
from tests.forms.hurried.run import made_school
from tests.forms.hurried.school import School, copied, kept
from tests.forms.hurried.sheet import AGAIN, CODE, VARIANT, Cell, Grid, Kind, Meant, Row, merge
from xlpy.tables import schema

ROLES = (CODE, VARIANT, "task_1", "task_2", AGAIN)
CODES = ("50001", "50002", "50003")


def grid() -> Grid:
    """Three papers of two tasks, all typed."""
    heads = [Row(kind, [Cell(role, role) for role in ROLES]) for kind in (Kind.MARKS, Kind.LABELS)]
    return Grid("Работы", [*heads, *(paper(code) for code in CODES)], list(ROLES))


def paper(code: str) -> Row:
    typed = [Cell(1, 1, Meant(code, key, 1)) for key in (VARIANT, "task_1", "task_2")]
    return Row(Kind.PAPER, [Cell(code, code), *typed, Cell(code, code)])


def say(sheet: Grid, row: int, column: int, says: object) -> None:
    """Make a cell say this, or nothing that is known."""
    sheet.rows[row].cells[column].value = says or "?"
    sheet.rows[row].cells[column].says = says


def column(sheet: Grid, at: int) -> Status:
    return judge_columns(sheet)[at].status


def row(sheet: Grid, at: int) -> Status:
    return judge_rows(sheet, judge_columns(sheet))[id(sheet.rows[at])].status


def statuses(sheet: Grid) -> dict[tuple[str, str], Status]:
    return {(one.meant.code, one.meant.key): one.status for one in ledger([sheet], Status.CERTAIN)}


@pytest.mark.parametrize(
    ("mark", "label", "status"),
    [
        ("task_1", "task_1", Status.CERTAIN),
        ("task_1", None, Status.CERTAIN),
        (None, "task_1", Status.CERTAIN),
        (None, None, Status.UNCERTAIN),
        ("task_1", "task_2", Status.UNCERTAIN),
        ("task_2", None, Status.UNCERTAIN),
    ],
)
def test_a_column_is_certain_by_its_mark_or_its_label_where_no_other_claims_it(
    mark: str | None, label: str | None, status: Status
) -> None:
    sheet = grid()
    say(sheet, 0, 2, mark)
    say(sheet, 1, 2, label)
    assert column(sheet, 2) is status


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ("50001", "50001", Status.CERTAIN),
        ("50001", None, Status.CERTAIN),
        (None, "50001", Status.CERTAIN),
        (None, None, Status.UNCERTAIN),
        ("50001", "50002", Status.UNCERTAIN),
        (None, "50002", Status.UNCERTAIN),
    ],
)
def test_a_row_is_certain_by_its_left_code_or_by_the_right_one_that_is_unused(
    left: str | None, right: str | None, status: Status
) -> None:
    sheet = grid()
    say(sheet, 2, 0, left)
    say(sheet, 2, 4, right)
    assert row(sheet, 2) is status


def test_a_code_that_stands_twice_is_certain_where_the_rows_are_equal() -> None:
    sheet = grid()
    sheet.rows.append(paper("50001"))
    assert row(sheet, 2) is row(sheet, 5) is Status.CERTAIN
    say(sheet, 5, 2, 2)
    assert row(sheet, 2) is row(sheet, 5) is Status.UNCERTAIN


def test_points_of_one_absent_are_in_doubt_with_the_absence() -> None:
    sheet = grid()
    say(sheet, 2, 1, schema.ABSENT)
    assert {status for (code, _), status in statuses(sheet).items() if code == "50001"} == {Status.UNCERTAIN}


def test_merged_points_are_in_doubt_and_the_rest_is_not() -> None:
    sheet = grid()
    merge([sheet.rows[2].cells[2], sheet.rows[2].cells[3]])
    doubtful = {place for place, status in statuses(sheet).items() if status is Status.UNCERTAIN}
    assert doubtful == {("50001", "task_1"), ("50001", "task_2")}


def test_a_play_that_deceives_the_rule_is_refused() -> None:
    """Points moved to another paper while both codes stay: no rule can find that, so no play may do it."""
    sheet = grid()
    one, other = sheet.rows[2].cells, sheet.rows[3].cells
    one[2], other[2] = other[2], one[2]
    with pytest.raises(AssertionError, match="deceives"):
        ledger([sheet], Status.CERTAIN)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("judged")
    made = made_school(folder / "made", None, 2)
    one = play(copied(kept(made), folder / "Школа"), folder, 12)
    assert xlpy("collect", one.school.book, one.folder, "--today", TODAY).code in {0, 1}
    return one


@pytest.fixture
def spoilt(played: Played, tmp_path: Path) -> Played:
    """The play with a workbook of one's own to change."""
    book = Path(shutil.copy(played.school.book, tmp_path / played.school.book.name))
    return replace(played, school=replace(played.school, book=book))


def type_over(school: School, value: object) -> None:
    """Type this over the first points of the book that a teacher meant as 1."""
    from xlpy.exchange.packet_match import rows_with
    from xlpy.workbook.closed import ClosedWorkbook

    book = ClosedWorkbook(school.book)
    raw = book.read_tables([schema.RESULTS])["results"]
    at = raw.captions.index("2")
    line = next(number for number, cells in enumerate(raw.values) if cells[at] == 1)
    book.write_table(schema.RESULTS, rows_with(raw, {(raw.first_row + line, "task_2"): value}))
    book.save()


def foreign() -> list[str]:
    return ["Расписание.xlsx", "vpr_workbook копия.xlsm"]


def test_what_was_collected_is_without_fault(played: Played) -> None:
    assert compare(played, findings_of(played.school.book), foreign()).faults == []


def test_a_point_that_is_missing_is_seen(spoilt: Played) -> None:
    type_over(spoilt.school, None)
    assert len(compare(spoilt, findings_of(spoilt.school.book), foreign()).lost) == 1


def test_a_point_that_nobody_meant_is_seen(spoilt: Played) -> None:
    type_over(spoilt.school, 49)
    assert len(compare(spoilt, findings_of(spoilt.school.book), foreign()).invented) == 1


def test_a_doubt_without_a_finding_is_seen(played: Played) -> None:
    outcome = compare(played, [], foreign())
    assert outcome.unnamed
    assert outcome.other


def test_a_name_that_is_told_is_seen(played: Played) -> None:
    sent = replace(played.sent[0], names=("Берёзкин 555",))
    told = Note("FRM-20", "форма.xlsx", "Работы", "B9", "«Берёзкин 555» — не код.")
    outcome = compare(replace(played, sent=(sent, *played.sent[1:])), [told], foreign())
    assert "a name is told: Берёзкин 555" in outcome.other
