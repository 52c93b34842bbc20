"""Whatever stands in the cells, every rule runs, every finding has its cell and its sentence."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.school import TODAY, Rows, memory_findings, spoilt
from xlpy.checks.findings import Severity, hint_of, message_of
from xlpy.tables import schema
from xlpy.tables.raw import Value

EARLIEST = datetime(1, 1, 1)
ODD = (
    "",
    " ",
    "X",
    "Х",
    "5Ж",
    "5a",
    "11",
    "100500",
    "=1+1",
    "{oops}",
    "31.02.2021",
    "16.03.2021",
    "не пройд.",
    ";;",
    "%s",
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(ODD),
    st.text(max_size=40),
    st.integers(0, 3_652_058).map(lambda days: EARLIEST + timedelta(days=days)),
)
SHEETS = {sheet.key: sheet for sheet in schema.SHEETS}
PLACES = st.sampled_from([(sheet.key, column.key) for sheet in schema.SHEETS for column in sheet.columns])


@st.composite
def spoilt_schools(draw: st.DrawFn) -> Rows:
    """The legal school with up to forty cells typed over and up to three rows of anything added."""
    rows = spoilt()
    for key, column in draw(st.lists(PLACES, min_size=1, max_size=40)):
        there = rows.setdefault(key, [])
        if there:
            there[draw(st.integers(0, len(there) - 1))][column] = draw(CELLS)
    for key in draw(st.lists(st.sampled_from(sorted(SHEETS)), max_size=3)):
        anything: dict[str, Value] = {column.key: draw(CELLS) for column in SHEETS[key].columns[:12]}
        rows.setdefault(key, []).append(anything)
    return rows


@settings(deadline=None, max_examples=50)
@given(spoilt_schools())
def test_any_cells_give_findings_in_order_each_with_a_cell_and_a_sentence(rows: Rows) -> None:
    findings = memory_findings(rows)
    order = {sheet.name: number for number, sheet in enumerate(schema.SHEETS)}
    assert [order[f.sheet] for f in findings] == sorted(order[f.sheet] for f in findings)
    assert len({(f.code, f.sheet, f.cell) for f in findings}) == len(findings)
    assert all(message_of(f) and hint_of(f) for f in findings)
    loud = {(f.sheet, f.cell) for f in findings if f.severity is not Severity.NOTICE}
    assert not [f for f in findings if f.severity is Severity.NOTICE and (f.sheet, f.cell) in loud]


def test_an_empty_workbook_is_missing_its_settings_and_nothing_else() -> None:
    findings = memory_findings({}, TODAY)
    assert {f.code for f in findings} == {"SET-01", "SET-05"}
