"""Slips on the sheets that rule the rest: settings, plan, scales, tasks. Never in a scale that this school uses."""

from __future__ import annotations

from collections.abc import Callable

from xlpy.demo.draft import Draft, Plant, Row, always, slip, typo
from xlpy.demo.layout import GRADES
from xlpy.demo.people import ORDER_DATE
from xlpy.demo.shipped_rows import YEAR, rows_by_key
from xlpy.demo.shipped_rows import work_of as shipped_work_of
from xlpy.tables import schema
from xlpy.tables.declare import Sheet
from xlpy.tables.raw import Value
from xlpy.tables.settings import GOALS, REPAIRS, SETTINGS_ROWS
from xlpy.words import demo as words

_OUT_OF_REACH = 99
_CAPTION = {one.key: one.caption for one in SETTINGS_ROWS}


def unknown_parameter(draft: Draft) -> None:
    """A parameter that the program does not know."""
    place = draft.append("settings", {"parameter": words.UNKNOWN_PARAMETER, "setting": schema.YES})
    draft.note("settings", place, "parameter", "SET-02")


def _setting(key: str, written: Value, rule: str) -> Plant:
    return slip("settings", "setting", rule, always(written), lambda row: row["parameter"] == _CAPTION[key])


def overdue(draft: Draft) -> None:
    """A measure that is not done though its days are past; of those whose days are counted from the works."""
    place = draft.pick("plan", lambda row: str(row["number"]) in {"3.2", "3.3", "3.4", "2.4"})
    if place is not None:
        draft.rows["plan"][place] |= {"status": schema.PLAN_STATUS[1], "done_on": None, "evidence": None}
        draft.note("plan", place, "ends", "PLN-03")


def _of_other_grades(sheet: Sheet) -> list[int]:
    """Places of this year's shipped rows for grades that no made-up school has."""
    rows = enumerate(rows_by_key(sheet))
    return [place for place, row in rows if row["year"] == YEAR and shipped_work_of(row)[0] not in GRADES]


def _take_over(draft: Draft, sheet: Sheet) -> None:
    """Let the school name every shipped row, so that places among its rows are rows of the sheet."""
    named = {tuple(row[key] for key in sheet.match): row for row in draft.rows.get(sheet.key, ())}
    keys = [{key: row[key] for key in sheet.match} for row in rows_by_key(sheet)]
    draft.rows[sheet.key] = [named.get(tuple(key.values()), key) for key in keys]


def _pick_shipped(draft: Draft, sheet: Sheet, places: list[int]) -> int:
    """Reserve a shipped row of a grade that the school does not have, its whole work with it."""
    if len(draft.rows.get(sheet.key, ())) < len(rows_by_key(sheet)):
        _take_over(draft, sheet)
    free = {place for place, _ in draft.free(sheet.key)}
    place = draft.random.choice([place for place in places if place in free])
    work = shipped_work_of(draft.rows[sheet.key][place])
    draft.reserve(sheet.key, lambda row: row["year"] == YEAR and shipped_work_of(dict(row)) == work)
    return place


def _over_scale(column: str, written: Callable[[Row], Value], rule: str) -> Plant:
    def plant(draft: Draft) -> None:
        place = _pick_shipped(draft, schema.SCALES, _of_other_grades(schema.SCALES))
        draft.write("scales", place, column, written(rows_by_key(schema.SCALES)[place]), rule)

    return plant


def scale_twice(draft: Draft) -> None:
    """A scale that stands on the sheet twice."""
    place = _pick_shipped(draft, schema.SCALES, _of_other_grades(schema.SCALES))
    again = rows_by_key(schema.SCALES)[place]
    draft.note("scales", draft.append("scales", again), "subject", "SCL-03")


def label_twice(draft: Draft) -> None:
    """A task called as the one before it."""
    rows = rows_by_key(schema.TASKS)
    followers = [place for place in _of_other_grades(schema.TASKS) if int(str(rows[place]["number"])) > 1]
    place = _pick_shipped(draft, schema.TASKS, followers)
    draft.write("tasks", place, "label", rows[place - 1]["label"], "TSK-04")


NORMS: tuple[Plant, ...] = (
    unknown_parameter,
    _setting("order_date", f"{ORDER_DATE:%d.%m.%Y}", "GEN-08"),
    _setting("recheck_share", words.UNFIT_SHARE, "SET-04"),
    _setting("goal_order", "; ".join((GOALS[0], typo(GOALS[-1]))), "SET-06"),
    _setting("repair_order", "; ".join((*REPAIRS, REPAIRS[0])), "SET-07"),
    slip("plan", "responsible", "PLN-01", always(None)),
    slip("plan", "evidence", "PLN-02", always(None)),
    slip("plan", "status", "GEN-04", always(words.UNKNOWN_PLAN_STATUS)),
    overdue,
    _over_scale("mark_4_from", lambda row: row["mark_3_from"], "SCL-02"),
    _over_scale("mark_5_from", always(_OUT_OF_REACH), "SCL-04"),
    _over_scale("max_points", lambda row: int(str(row["max_points"])) + 1, "TSK-02"),
    scale_twice,
    label_twice,
)
