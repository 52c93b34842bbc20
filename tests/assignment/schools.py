"""Small made-up schools for the tests of this room: builders, a strategy, and the rules read plainly once more."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from xlpy.assignment.assign import AssignmentResult, assign
from xlpy.tables import schema
from xlpy.tables.frames import Table, empty_table, read_table
from xlpy.tables.raw import Value
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import raw_table

Row = dict[str, Value]
Rows = dict[str, list[Row]]
Work = tuple[str, str]

TEACHERS = ("Алова Анна", "Бокова Белла", "Валов Виктор", "Гусев Глеб", "Дымова Дарья")
CLASSES = ("5А", "5Б", "6А")
SUBJECTS = ("Математика", "Физика", "Химия")
SHEETS = {sheet.key: sheet for sheet in schema.SHEETS}
EMPTY = {key: empty_table(sheet) for key, sheet in SHEETS.items()}
DAY = datetime(2021, 4, 12)


def day(number: int) -> datetime:
    return DAY + timedelta(days=number)


def teacher(name: str, subjects: str = "Математика", **more: Value) -> Row:
    return {"teacher": name, "subjects": subjects, "roles": "эксперт", **more}


def work(school_class: str, subject: str = "Математика", number: int = 0, **more: Value) -> Row:
    return {"date": day(number), "school_class": school_class, "subject": subject, **more}


def teaches(name: str, school_class: str, subject: str = "Математика", **more: Value) -> Row:
    return {"teacher": name, "school_class": school_class, "subject": subject, **more}


def papers(school_class: str, subject: str, count: int) -> list[Row]:
    return [
        {"code": f"{school_class}{n}", "school_class": school_class, "subject": subject, "variant": 1}
        for n in range(count)
    ]


def setting(parameter: str, value: Value) -> Row:
    return {"parameter": parameter, "setting": value}


def school(
    teachers: Sequence[Row], schedule: Sequence[Row], each: int = 1, limit: int | None = None, **sheets: list[Row]
) -> Rows:
    settings = [setting("Учебный год", "2020/21"), setting("Проверяющих на работу", each)]
    settings += [setting("Лимит работ на проверяющего", limit)] if limit is not None else []
    settings += sheets.pop("settings", [])
    return {"teachers": list(teachers), "schedule": list(schedule), "settings": settings, **sheets}


def read(rows: Mapping[str, Sequence[Row]]) -> tuple[dict[str, Table], Settings]:
    """Typed as from a workbook; sheets without rows are read once for all tests."""
    typed = {key: read_table(sheet, raw_table(sheet, rows[key])) for key, sheet in SHEETS.items() if rows.get(key)}
    tables = {**EMPTY, **typed}
    return tables, read_settings(tables["settings"])


def plan(rows: Mapping[str, Sequence[Row]]) -> AssignmentResult:
    return assign(*read(rows))


def checkers_of(result: AssignmentResult) -> dict[Work, tuple[str, ...]]:
    return {(p.school_class, p.subject): p.checkers for p in result.packs}


def setting_of(rows: Rows, parameter: str) -> Value:
    return next((row["setting"] for row in rows["settings"] if row["parameter"] == parameter), None)


def may_check(rows: Rows, name: str, of_work: Work) -> bool:
    """The rules of the issue, read from the rows as a person would."""
    school_class, subject = of_work
    person = next(row for row in rows["teachers"] if row["teacher"] == name)
    written = [row["date"] for row in rows["schedule"] if (row["school_class"], row["subject"]) == of_work]
    until = [row["check_until"] for row in rows["schedule"] if (row["school_class"], row["subject"]) == of_work]
    first, last = min(written), max(until)  # type: ignore[type-var]
    away = person.get("absent_from") is not None and not (
        person["absent_from"] > last or person["absent_to"] < first  # type: ignore[operator]
    )
    conflict = any(
        row["person"] == name and row["school_class"] == school_class and row.get("subject") in {None, subject}
        for row in rows.get("conflicts", [])
    )
    return not (
        away
        or conflict
        or _is_tied(rows, name, of_work)
        or subject not in str(person["subjects"]).split("; ")
        or any(row["teacher"] == name and row["school_class"] == school_class for row in rows.get("workload", []))
        or any(row["homeroom"] == name and row["school_class"] == school_class for row in rows.get("classes", []))
    )


def _is_tied(rows: Rows, name: str, of_work: Work) -> bool:
    """A child in the class, the work's own organiser, or no role of expert where others have it."""
    experts = [row["teacher"] for row in rows["teachers"] if "эксперт" in str(row["roles"]).split("; ")]
    organisers = [
        person
        for row in rows["schedule"]
        if (row["school_class"], row["subject"]) == of_work
        for person in str(row.get("organiser")).split("; ")
    ]
    parent = any(
        row["observer"] == name and of_work[0] in str(row["child_class"]).split("; ")
        for row in rows.get("observers", [])
    )
    return parent or name in organisers or (bool(experts) and name not in experts)


@dataclass
class Best:
    """The best plan there is, found by trying everything: most places, then fewest packs with nobody, then Σ load²."""

    places: int
    bare: int
    squares: int
    wanted: int
    eligible: dict[Work, list[str]] = field(default_factory=dict)


def pins_of(rows: Rows) -> dict[Work, list[str]]:
    return {
        (str(row["school_class"]), str(row["subject"])): [str(row["checker"])]
        for row in rows.get("checkers", [])
        if row.get("pinned") == "да"
    }


def weights_of(rows: Rows) -> Counter[Work]:
    if setting_of(rows, "Единица нагрузки") == "работы":
        return Counter((str(r["school_class"]), str(r["subject"])) for r in rows["results"])
    return Counter({(str(r["school_class"]), str(r["subject"])): 1 for r in rows["schedule"]})


def best_plan(rows: Rows, only: frozenset[Work] | None = None) -> Best:
    """Every plan is tried: loads reachable after each pack, with the places filled and the packs left with nobody."""
    names = [str(row["teacher"]) for row in rows["teachers"]]
    weights, pins, need = weights_of(rows), pins_of(rows), int(setting_of(rows, "Проверяющих на работу"))  # type: ignore[arg-type]
    base = [sum(weights[w] for w, people in pins.items() if name in people) for name in names]
    limits = [
        own if (own := row.get("paper_limit")) is not None else setting_of(rows, "Лимит работ на проверяющего")
        for row in rows["teachers"]
    ]
    works = sorted({(str(r["school_class"]), str(r["subject"])) for r in rows["schedule"]} - set(pins))
    works = [w for w in works if only is None or w in only]
    states = {(tuple(base), 0, 0)}
    eligible = {}
    for of_work in works:
        suited = [n for n, name in enumerate(names) if may_check(rows, name, of_work)]
        eligible[of_work] = [names[n] for n in suited if _fits(base[n] + weights[of_work], limits[n])]
        groups = [g for size in range(need + 1) for g in itertools.combinations(suited, size)]
        states = {
            (loads, places + len(group), bare + (not group))
            for before, places, bare in states
            for group in groups
            if (loads := _loaded(before, group, weights[of_work], limits)) is not None
        }
    places, bare, squares = min((-p, b, sum(one * one for one in loads)) for loads, p, b in states)
    return Best(-places, bare, squares, need * len(works), eligible)


def _fits(load: int, limit: Value) -> bool:
    return limit is None or load <= limit  # type: ignore[operator]


def _loaded(
    before: tuple[int, ...], group: tuple[int, ...], weight: int, limits: list[Value]
) -> tuple[int, ...] | None:
    loads = list(before)
    for person in group:
        loads[person] += weight
        if weight and not _fits(loads[person], limits[person]):
            return None
    return tuple(loads)


@st.composite
def schools(draw: st.DrawFn, unit: str = "пачки", pins: int = 2) -> Rows:
    """At most six packs and five teachers, with everything that can stand between them."""
    names = TEACHERS[: draw(st.sampled_from([5, 4, 3, 2, 1]))]
    works = draw(
        st.lists(
            st.sampled_from(list(itertools.product(CLASSES, SUBJECTS))),
            min_size=draw(st.sampled_from([4, 1])),
            max_size=6,
            unique=True,
        )
    )
    some = st.sampled_from(names)
    limit = st.none() | st.integers(1, 4 if unit == "пачки" else 30)
    people = [
        teacher(
            name,
            draw(st.sampled_from(["; ".join(SUBJECTS), "Математика", "Физика; Химия", "Химия; Математика"])),
            paper_limit=draw(st.sampled_from([None, None, draw(limit), 0])),
            **draw(_absence()),
        )
        for name in names
    ]
    pairs = st.tuples(some, st.sampled_from(CLASSES))
    loads = [
        teaches(name, school_class, "История", until=draw(st.sampled_from([None, day(-60), day(60)])))
        for name, school_class in draw(st.lists(pairs, max_size=4, unique=True))
    ]
    conflicts: list[Row] = [
        {"person": name, "school_class": c, "subject": draw(st.sampled_from([None, *SUBJECTS]))}
        for name, c in draw(st.lists(pairs, max_size=2, unique=True))
    ]
    pinned: list[Row] = [
        {"school_class": c, "subject": s, "checker": draw(some), "pinned": draw(st.sampled_from(["да", "нет"]))}
        for c, s in draw(st.lists(st.sampled_from(works), max_size=pins, unique=True))
    ]
    schedule = []
    for c, s in works:
        start = draw(st.integers(0, 20))
        schedule.append(work(c, s, start, check_until=day(start + draw(st.integers(0, 3)))))
    return school(
        people,
        schedule,
        draw(st.integers(1, 2)),
        draw(limit),
        workload=loads,
        conflicts=conflicts,
        checkers=pinned,
        classes=[
            {"school_class": c, "grade": int(c[0]), "homeroom": draw(st.sampled_from([None, *names]))} for c in CLASSES
        ],
        results=[row for c, s in works for row in papers(c, s, draw(st.integers(0, 12)))],
        settings=[setting("Единица нагрузки", unit)],
    )


@st.composite
def _absence(draw: st.DrawFn) -> dict[str, Value]:
    if draw(st.sampled_from([False, False, True])) is False:
        return {}
    start = draw(st.integers(0, 20))
    return {"absent_from": day(start), "absent_to": day(start + draw(st.integers(0, 4)))}


def as_day(moment: Value) -> date:
    assert isinstance(moment, datetime)
    return moment.date()


@st.composite
def tied_schools(draw: st.DrawFn, pins: int = 2) -> Rows:
    """As `schools`, and besides: organisers, two rows of a work, teachers' children, roles, reasons of conflicts."""
    rows = draw(schools(pins=pins))
    some = st.sampled_from([str(row["teacher"]) for row in rows["teachers"]])
    for row in rows["teachers"]:
        row["roles"] = draw(st.sampled_from(["эксперт", "эксперт; организатор", "организатор"]))
    for row in rows["schedule"]:
        row["organiser"] = draw(st.none() | some | st.lists(some, min_size=2, max_size=2).map("; ".join))
    rows["schedule"] += [
        {**row, "organiser": draw(some), "date": row["date"], "check_until": row["check_until"]}
        for row in draw(st.lists(st.sampled_from(rows["schedule"]), max_size=1))
    ]
    for row in rows["conflicts"]:
        row["reason"] = draw(st.sampled_from([None, "племянник учится в классе", "спор с отцом ученика"]))
    rows["observers"] = [
        {"observer": name, "child_class": draw(st.sampled_from([None, *CLASSES, "; ".join(CLASSES[:2])]))}
        for name in draw(st.lists(some, max_size=2, unique=True))
    ]
    rows["settings"].append(setting("Разные проверяющие у класса", draw(st.sampled_from(["нет", "нет", "да"]))))
    return rows
