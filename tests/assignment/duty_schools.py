"""Small schools for observers and organisers: builders, strategies, and every plan there is, tried one by one."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from hypothesis import strategies as st

from tests.assignment.schools import SHEETS, Row, Rows, day, read, setting
from xlpy.assignment.observers import ObserverPlan, plan_observers
from xlpy.assignment.organisers import OrganiserPlan, Standing, plan_organisers
from xlpy.tables.raw import RawTable, Value
from xlpy.workbook.memory import MemoryWorkbook, raw_table

BEFORE = date(2021, 1, 1)
PEOPLE = ("Ежова Ева", "Жуков Жан", "Зимина Зоя", "Исаев Илья")
STAGE = "проведение"
# A place of the plan: (day, lesson, room or class) and what is written there.
Key = tuple[date, int | None, str]
Work = tuple[str, str]


def observer(name: str, child: str = "", start: datetime | None = None, end: datetime | None = None) -> Row:
    return {"observer": name, "child_class": child, "free_from": start, "free_to": end}


def sitting(
    school_class: str, subject: str = "Математика", number: int = 0, lesson: int | None = 2, **more: Value
) -> Row:
    return {"date": day(number), "school_class": school_class, "subject": subject, "lesson": lesson, **more}


def visit(school_class: str, name: str, number: int = 0, subject: str = "Математика", **more: Value) -> Row:
    return {
        "date": day(number),
        "school_class": school_class,
        "subject": subject,
        "stage": STAGE,
        "observer": name,
        **more,
    }


def conflict(person: str, school_class: str, subject: str | None = None) -> Row:
    return {"person": person, "school_class": school_class, "subject": subject}


def observing(schedule: Sequence[Row], observers: Sequence[Row], each: int = 1, **sheets: list[Row]) -> Rows:
    settings = [setting("Учебный год", "2020/21"), setting("Наблюдателей на кабинет", each)]
    return {"schedule": list(schedule), "observers": list(observers), "settings": settings, **sheets}


def raw_visits(rows: Rows, own: Sequence[Value] | None = None) -> RawTable:
    """«Выходы наблюдателей» as written, with a column of the user's own where `own` is given."""
    return raw_table(SHEETS["visits"], rows.get("visits", []), None if own is None else {"Своё": own})


def observers_of(rows: Rows, today: date = BEFORE, own: Sequence[Value] | None = None) -> ObserverPlan:
    tables, settings = read(rows)
    return plan_observers(tables, settings, raw_visits(rows, own), today)


def written_rows(rows: Rows, plan: ObserverPlan, own: Sequence[Value] | None = None) -> list[Row]:
    """What «Выходы наблюдателей» holds once a plan is written; «Своё» is the user's column where `own` is given."""
    book = MemoryWorkbook({"visits": raw_visits(rows, own)})
    book.write_table(SHEETS["visits"], plan.rows)
    keys = [column.key for column in SHEETS["visits"].columns] + (["own"] if own is not None else [])
    return [dict(zip(keys, line, strict=True)) for line in book.tables["visits"].values]


def organisers_of(rows: Rows, standing: Standing = Standing.KEPT, today: date = BEFORE) -> OrganiserPlan:
    return plan_organisers(read(rows)[0], standing, today)


def days_of(row: Row) -> list[date]:
    return [moment.date() for moment in (row["date"], row.get("second_date")) if isinstance(moment, datetime)]


def at_once(one: tuple[date, int | None], other: tuple[date, int | None]) -> bool:
    return one[0] == other[0] and (one[1] is None or other[1] is None or one[1] == other[1])


def visits_of(rows: Rows) -> dict[Key, list[Work]]:
    """Every place and time of «График», with what is written there."""
    found: dict[Key, list[Work]] = {}
    for row in rows["schedule"]:
        for moment in days_of(row):
            key = (moment, row["lesson"], str(row.get("room") or row["school_class"]))
            found.setdefault(key, []).append((str(row["school_class"]), str(row["subject"])))  # type: ignore[arg-type]
    return found


def may_observe(rows: Rows, person: Row, key: Key, works: Sequence[Work]) -> bool:
    """The rules as a person would read them from the sheets."""
    name, children = person["observer"], str(person["child_class"] or "").split("; ")
    start, end = person["free_from"], person["free_to"]
    declared = {(row["person"], row["school_class"], row["subject"]) for row in rows.get("conflicts", [])}
    return not (
        any(school_class in children for school_class, _ in works)
        or any((name, c, s) in declared or (name, c, None) in declared for c, s in works)
        or name in {row["teacher"] for row in rows.get("teachers", [])}
        or (start is not None and start.date() > key[0])  # type: ignore[union-attr]
        or (end is not None and end.date() < key[0])  # type: ignore[union-attr]
    )


def standing_of(rows: Rows) -> dict[Key, set[str]]:
    """Who stands at each visit in rows that may change."""
    found: dict[Key, set[str]] = {key: set() for key in visits_of(rows)}
    for row in rows.get("visits", []):
        for key, works in visits_of(rows).items():
            if (row["school_class"], row["subject"]) in works and row["date"].date() == key[0]:  # type: ignore[union-attr]
                found[key].add(str(row["observer"]))
    return found


def every_plan(rows: Rows, need: int) -> Iterator[dict[Key, tuple[str, ...]]]:
    """Every way to send observers so that nobody is where they must not be, or in two places at once."""
    visits = visits_of(rows)
    offers = []
    for key, works in visits.items():
        names = [str(person["observer"]) for person in rows["observers"] if may_observe(rows, person, key, works)]
        offers.append([group for size in range(need + 1) for group in itertools.combinations(names, size)])
    for groups in itertools.product(*offers):
        plan = dict(zip(visits, groups, strict=True))
        if not any(
            set(one) & set(other)
            for (first, one), (second, other) in itertools.combinations(plan.items(), 2)
            if at_once(first[:2], second[:2])
        ):
            yield plan


def worth_of(plan: dict[Key, tuple[str, ...]], standing: dict[Key, set[str]]) -> tuple[int, int, int, int]:
    """(places filled, visits with somebody, changes, sum of squared loads) of a plan."""
    loads = Counter(name for names in plan.values() for name in names)
    return (
        sum(map(len, plan.values())),
        sum(bool(names) for names in plan.values()),
        sum(name not in standing[key] for key, names in plan.items() for name in names),
        sum(load * load for load in loads.values()),
    )


def rank(worth: tuple[int, int, int, int], *, planned: bool) -> tuple[int, ...]:
    """By what a plan is better: fullness and breadth, then changes and evenness, or evenness alone for a first plan."""
    filled, broad, changes, squares = worth
    return (-filled, -broad, changes, squares) if planned else (-filled, -broad, squares)


@st.composite
def observed_schools(draw: st.DrawFn, whole_days: bool = True) -> Rows:
    """At most four works and four observers, with everything that can stand between them, and a plan that stands."""
    classes, subjects = ("5А", "5Б", "6А"), ("Математика", "Физика")
    works = draw(st.lists(st.sampled_from(list(itertools.product(classes, subjects))), max_size=4, unique=True))
    lessons = st.sampled_from([2, 2, 3, None] if whole_days else [2, 2, 3])
    schedule = [
        sitting(
            c,
            s,
            draw(st.integers(0, 1)),
            draw(lessons),
            room=draw(st.sampled_from([None, None, "12", "14"])),
            second_date=draw(st.sampled_from([None, None, None, day(2)])) if len(works) < 4 else None,
        )
        for c, s in works
    ]
    names = PEOPLE[: draw(st.integers(1, 4 if len(works) < 4 else 3))]
    limits = st.sampled_from([None, None, None, day(0), day(1)])
    people = [
        observer(name, draw(st.sampled_from(["", "", "5А", "5Б; 6А"])), draw(limits), draw(limits)) for name in names
    ]
    visits = (
        [
            visit(str(row["school_class"]), draw(st.sampled_from(names)), subject=str(row["subject"]), date=row["date"])
            for row in draw(st.lists(st.sampled_from(schedule), max_size=4))
            if schedule
        ]
        if schedule and draw(st.booleans())
        else []
    )
    conflicts = [
        conflict(name, c, s)
        for name, c, s in draw(
            st.lists(
                st.tuples(st.sampled_from(names), st.sampled_from(classes), st.sampled_from([None, "Физика"])),
                max_size=1,
            )
        )
    ]
    return observing(schedule, people, draw(st.integers(1, 2)), visits=visits, conflicts=conflicts)


def keeper(name: str, roles: str = "организатор", **more: Value) -> Row:
    return {"teacher": name, "roles": roles, **more}


def kept(teachers: Sequence[Row], schedule: Sequence[Row], **sheets: list[Row]) -> Rows:
    return {
        "teachers": list(teachers),
        "schedule": list(schedule),
        "settings": [setting("Учебный год", "2020/21")],
        **sheets,
    }


def lesson_of(name: str, school_class: str, subject: str = "Математика", **more: Value) -> Row:
    return {"teacher": name, "school_class": school_class, "subject": subject, **more}


def may_keep(rows: Rows, person: Row, row: Row, *, by_role: bool) -> bool:
    """The rules of an organiser as a person would read them from the sheets."""
    name, school_class, subject = person["teacher"], row["school_class"], row["subject"]
    start, end = person.get("absent_from"), person.get("absent_to")
    away = (start or end) and any(
        (start is None or start.date() <= moment) and (end is None or moment <= end.date())  # type: ignore[union-attr]
        for moment in days_of(row)
    )
    roles = [str(one.get("roles") or "") for one in rows["teachers"]]
    has_role = not any("организатор" in role for role in roles) or "организатор" in str(person.get("roles") or "")
    return not (
        away
        or (by_role and not has_role)
        or any(
            (one["teacher"], one["school_class"]) == (name, school_class)
            and one["subject"] in {subject, "начальные классы"}
            for one in rows.get("workload", [])
        )
        or any((c["person"], c["school_class"]) == (name, school_class) for c in rows.get("conflicts", []))
        or any(
            (c["school_class"], c["subject"]) == (school_class, subject)
            and name in {c.get("checker"), c.get("second_checker")}
            for c in rows.get("checkers", [])
        )
    )


def dislike(rows: Rows, name: str, row: Row) -> int:
    """How little someone is wanted in a room."""
    school_class = row["school_class"]
    if any(one["school_class"] == school_class and one["homeroom"] == name for one in rows.get("classes", [])):
        return 2
    return int(any((one["teacher"], one["school_class"]) == (name, school_class) for one in rows.get("workload", [])))


def clash(one: Row, other: Row) -> bool:
    return any(
        at_once((first, one["lesson"]), (second, other["lesson"]))  # type: ignore[arg-type]
        for first in days_of(one)
        for second in days_of(other)
    )


def every_duty(rows: Rows, open_rows: Sequence[int]) -> Iterator[dict[int, str]]:
    """Every way to give the rows of «График» that are `open_rows` an organiser, or none; the others keep theirs."""
    schedule = rows["schedule"]
    fixed = {at: str(row["organiser"]) for at, row in enumerate(schedule) if at not in open_rows and row["organiser"]}
    offers = [
        [
            "",
            *(
                str(person["teacher"])
                for person in rows["teachers"]
                if may_keep(rows, person, schedule[at], by_role=person["teacher"] != schedule[at]["organiser"])
            ),
        ]
        for at in open_rows
    ]
    for names in itertools.product(*offers):
        plan = dict(zip(open_rows, names, strict=True))
        taken = [(at, name) for at, name in {**fixed, **plan}.items() if name]
        if not any(
            one == other and clash(schedule[first], schedule[second]) and {first, second} & {*open_rows}
            for (first, one), (second, other) in itertools.combinations(taken, 2)
        ):
            yield plan


def duty_worth(rows: Rows, plan: dict[int, str]) -> tuple[int, int, int, int]:
    """(rows filled, changes, sum of squared loads, dislikes) of a plan of some rows, the others as they stand."""
    schedule = rows["schedule"]
    load = Counter(str(row["organiser"]) for at, row in enumerate(schedule) if at not in plan and row["organiser"])
    load.update(name for name in plan.values() if name)
    known = {str(person["teacher"]) for person in rows["teachers"]}
    return (
        sum(bool(name) for name in plan.values()),
        sum(bool(name) and name != schedule[at]["organiser"] for at, name in plan.items()),
        sum(count * count for name, count in load.items() if name in known),
        sum(dislike(rows, name, schedule[at]) for at, name in plan.items() if name),
    )


@st.composite
def kept_schools(draw: st.DrawFn) -> Rows:
    """At most four works in rooms of their own and four teachers, some standing already."""
    names = PEOPLE[: draw(st.integers(1, 4))]
    works = draw(
        st.lists(
            st.sampled_from(list(itertools.product(("4А", "5А", "5Б"), ("Математика", "Физика")))),
            max_size=4,
            unique=True,
        )
    )
    some, no_one = st.sampled_from(names), [None, None]
    schedule = [
        sitting(
            c,
            s,
            draw(st.integers(0, 1)),
            draw(st.sampled_from([2, 2, 3, None])),
            room=f"{number}",
            second_date=draw(st.sampled_from([None, None, day(1), day(2)])),
            organiser=draw(st.sampled_from([*no_one, draw(some)])),
        )
        for number, (c, s) in enumerate(works)
    ]
    classes = st.sampled_from(["4А", "5А", "5Б"])
    ties = st.lists(st.tuples(some, classes, st.sampled_from(["Математика", "Физика", "История"])), max_size=3)
    away = st.sampled_from([{}, {}, {"absent_from": day(0), "absent_to": day(0)}, {"absent_from": day(2)}])
    return kept(
        [
            keeper(name, draw(st.sampled_from(["организатор", "организатор", "эксперт"])), **draw(away))
            for name in names
        ],
        schedule,
        workload=[lesson_of(*tie) for tie in draw(ties)],
        conflicts=[conflict(name, c) for name, c in draw(st.lists(st.tuples(some, classes), max_size=1))],
        classes=[{"school_class": c, "homeroom": draw(st.sampled_from([*no_one, *names]))} for c in ("4А", "5А", "5Б")],
        checkers=[
            {"school_class": c, "subject": s, "checker": name}
            for name, c, s in draw(st.lists(st.tuples(some, classes, st.just("Физика")), max_size=1))
        ],
    )
