"""For every rule one change that breaks it and the nearest one that is legal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.checks.school import (
    BIOLOGY,
    ERROR_CELL,
    GUEST,
    IVANOVA,
    KUZNETSOV,
    MATHS,
    NEW_FORMULA,
    ORLOVA,
    PARENT,
    PETROV,
    PLAIN_NUMBER,
    SIDOROVA,
    SMIRNOVA,
    SOKOLOV,
    TODAY,
    TWO_YEARS,
    Change,
    Raw,
    add,
    both,
    copy,
    day,
    drop,
    put,
    setting,
    setting_row,
    two_years_later,
)


@dataclass(frozen=True)
class Case:
    """`wrong` changes make rule `code` strike at `at` («Лист!A1») and no other above a notice; `legal` ones do not.

    `also` names codes that rightly come with it: one change, two things wrong.
    """

    code: str
    at: str
    wrong: tuple[Change, ...]
    legal: tuple[Change, ...]
    also: frozenset[str] = frozenset()
    raw: Mapping[str, Raw] = field(default_factory=dict)
    today: date = TODAY


def case(code: str, at: str, wrong: Change, legal: Change, **more: object) -> Case:
    """One change against one."""
    return Case(code, at, (wrong,), (legal,), **more)  # type: ignore[arg-type]


def nothing(_rows: object) -> None:
    """Leave the legal school as it is."""


NEW_TASK = {"year": "2020/21", "grade": 5.0, "subject": MATHS, "number": 4.0, "label": "3", "max_points": 1.0}
BOTH_SUBJECTS = put("teachers", 5, subjects="Биология; Математика")
MEASURE = {"number": "1.3", "measure": "Провести собрание", "responsible": ORLOVA}

READING = (
    case("GEN-01", "План!C2", put("plan", 2, measure=None), put("plan", 2, outcome=None)),
    case("GEN-02", "График!E2", put("schedule", 2, second_date="во вторник"), put("schedule", 2, second_date=None)),
    case("GEN-03", "Классы!D3", put("classes", 3, pupils=61.0), put("classes", 3, pupils=3.0)),
    case("GEN-04", "График!I2", put("schedule", 2, video="наверное"), put("schedule", 2, video="нет")),
    case("GEN-05", "Классы!A3", put("classes", 3, school_class="5a"), put("classes", 3, school_class="5А")),
    case("GEN-06", "Классы!F3", nothing, nothing, raw={"Классы": Raw("F3", *ERROR_CELL)}),
    case("GEN-07", "Наблюдатели!A4", copy("observers", 2), copy("observers", 2, observer="Гостева Юна Яковлевна")),
    case("GEN-08", "График!J2", put("schedule", 2, check_until="19.03.2021"), put("schedule", 2, check_until=None)),
    case("GEN-09", "Классы!C3", put("classes", 3, fis_number="2"), put("classes", 3, fis_number=2.0)),
    case("GEN-10", "Классы!D3", nothing, nothing, raw={"Классы": Raw("D3", *NEW_FORMULA)}),
)

SCHOOL = (
    case("SET-01", f"Настройки!B{setting_row('year')}", setting("year", None), setting("year", "2020/2021")),
    case(
        "SET-02",
        f"Настройки!A{setting_row('seed')}",
        put("settings", setting_row("seed"), parameter="Зерно выбора"),
        put("settings", setting_row("seed"), parameter=" зерно  выборки"),
    ),
    case(
        "SET-03",
        f"Настройки!B{setting_row('vpr_to')}",
        setting("vpr_to", day("14.03")),
        setting("vpr_to", day("18.03")),
    ),
    case("SET-04", f"Настройки!B{setting_row('copies')}", setting("copies", 0.0), setting("copies", 1.0)),
    case(
        "SET-05", f"Настройки!B{setting_row('vpr_from')}", setting("vpr_from", None), setting("vpr_from", day("16.03"))
    ),
    case(
        "SET-06",
        f"Настройки!B{setting_row('goal_order')}",
        setting("goal_order", "равномерность; прежние планы"),
        setting("goal_order", "Прежний план;равномерность"),
    ),
    case(
        "SET-07",
        f"Настройки!B{setting_row('repair_order')}",
        setting("repair_order", "второй предмет; сверх лимита; второй  предмет"),
        setting("repair_order", "второй предмет; сверх лимита"),
    ),
    case("PLN-01", "План!G2", put("plan", 2, responsible=None), put("plan", 2, responsible="директор")),
    case("PLN-02", "План!K2", put("plan", 2, evidence=None), put("plan", 3, status="в работе")),
    case(
        "PLN-03",
        "План!F3",
        put("plan", 3, ends=day("31.03"), starts=None),
        put("plan", 3, ends=day("01.04"), starts=None),
    ),
    case("PLN-04", "План!F2", put("plan", 2, ends=day("31.01")), put("plan", 2, ends=day("01.02"))),
    case("PLN-05", "План!F4", add("plan", **MEASURE), add("plan", **MEASURE, due="в течение года")),
    case(
        "TCH-01",
        "Учителя!A9",
        add("teachers", teacher="Орлова Евгения Ивановна"),
        add("teachers", teacher="Орлова Жанна Ивановна"),
    ),
    case("TCH-02", "Учителя!D2", put("teachers", 2, subjects="Матиматика"), put("teachers", 8, subjects="Музыка")),
    case(
        "TCH-03", "Учителя!I3", put("teachers", 3, absent_to=day("31.03")), put("teachers", 3, absent_to=day("01.04"))
    ),
    case("TCH-04", "Учителя!E2", put("teachers", 2, email="anna.school.ru"), put("teachers", 2, email=None)),
    case("TCH-05", "Учителя!A2", drop("teachers", *range(2, 9)), put("teachers", 8, subjects=None, roles=None)),
    case(
        "CLS-01",
        "Классы!B5",
        add("classes", school_class="6А", grade=5.0, homeroom=ORLOVA),
        add("classes", school_class="6А", grade=6.0, homeroom=ORLOVA),
    ),
    case("CLS-02", "Классы!E3", put("classes", 3, homeroom=None), put("classes", 3, homeroom=ORLOVA)),
    case(
        "CLS-03",
        "Классы!E3",
        put("classes", 3, homeroom="Иванова Анна"),
        put("classes", 3, homeroom="Иванова  анна петровна"),
    ),
    case("CLS-04", "Классы!D3", put("classes", 3, pupils=4.0), put("classes", 3, pupils=None)),
    case("CLS-05", "Классы!A3", drop("workload", 2, 4), drop("workload", 7)),
    case("CLS-06", "Классы!C3", put("classes", 3, fis_number=1.0), put("classes", 3, fis_number=50.0)),
    case(
        "WRK-01",
        "Нагрузка!A2",
        put("workload", 2, teacher="Иванова Анна Петрова"),
        put("workload", 8, teacher="соколов федор львович"),
    ),
    case(
        "WRK-02",
        "Нагрузка!C2",
        put("workload", 2, school_class="5Ж"),
        add("workload", teacher=SOKOLOV, subject="Музыка", school_class="9Б"),
    ),
    case("WRK-03", "Нагрузка!B2", put("workload", 2, subject="Математка"), put("workload", 7, subject="Музыка")),
    case(
        "WRK-04",
        "Нагрузка!B9",
        add("workload", teacher=IVANOVA, subject="Физика", school_class="5А"),
        add("workload", teacher=SMIRNOVA, subject=MATHS, school_class="4А"),
    ),
    case(
        "WRK-05",
        "Нагрузка!E7",
        put("workload", 7, until=day("31.08.2020")),
        put("workload", 7, until=day("01.09.2020")),
    ),
    case(
        "PRT-01",
        "Участники!A5",
        put("participants", 5, code="5001"),
        both(
            add("classes", school_class="10А", grade=10.0, homeroom=ORLOVA),
            add("participants", code="1001", school_class="10А"),
            add("workload", teacher=SOKOLOV, subject="Музыка", school_class="10А"),
        ),
    ),
    case(
        "PRT-02",
        "Участники!A11",
        add("participants", code="40009", school_class="5А"),
        both(add("participants", code="50009", school_class="5А", takes_part="нет"), put("classes", 3, pupils=4.0)),
    ),
    case(
        "PRT-03",
        "Участники!A6",
        put("participants", 6, code="50001"),
        both(add("participants", code="50007", school_class="5А", takes_part="выбыл"), put("classes", 3, pupils=4.0)),
    ),
    case(
        "PRT-04", "Участники!C5", put("participants", 5, school_class="5Ж"), put("participants", 5, school_class=" 5 а")
    ),
    case(
        "PRT-05",
        "Участники!B6",
        put("participants", 6, pupil="Ученик  четвертый"),
        put("participants", 8, pupil="Ученик Четвёртый"),
    ),
    case(
        "PRT-06",
        "Участники!E5",
        put("participants", 5, electives="Физкультура"),
        put("participants", 5, electives="Физика"),
    ),
    case(
        "PRT-07", "Участники!C5", put("participants", 5, school_class="5Б"), put("participants", 5, school_class="5A")
    ),
)

WORKS_AND_SCALES = (
    case("SCH-01", "График!B2", put("schedule", 2, school_class="4Ж"), put("schedule", 2, school_class="4 «А»")),
    case("SCH-02", "График!C3", put("schedule", 3, subject="Математика-5"), put("schedule", 3, subject="математика ")),
    case(
        "SCH-03",
        "График!E2",
        put("schedule", 2, second_date=day("01.09")),
        both(setting("vpr_to", day("31.08")), put("schedule", 2, second_date=day("31.08"))),
    ),
    case(
        "SCH-04",
        "График!E2",
        put("schedule", 2, second_date=day("20.03")),
        put("schedule", 2, second_date=day("19.03")),
    ),
    case(
        "SCH-05",
        "График!A5",
        put("schedule", 3, second_date=day("18.03")),
        put("schedule", 3, second_date=day("19.03")),
    ),
    case("SCH-06", "График!G4", put("schedule", 4, room=21.0), put("schedule", 4, room=21.0, lesson=3.0)),
    case(
        "SCH-07",
        "График!H4",
        both(put("schedule", 3, organiser=SOKOLOV), put("schedule", 4, organiser=SOKOLOV)),
        both(put("schedule", 3, organiser=SOKOLOV), put("schedule", 4, organiser=SOKOLOV, lesson=3.0)),
    ),
    case("SCH-08", "График!H3", put("schedule", 3, organiser=IVANOVA), put("schedule", 3, organiser=SIDOROVA)),
    case("SCH-09", "График!H3", put("schedule", 3, organiser="Орлов Егор Ильич"), put("schedule", 3, organiser=None)),
    case(
        "SCH-10",
        "График!J2",
        put("results", 7, variant=None, task_1=None, task_2=None),
        put("results", 7, variant="отсутствовал", task_1=None, task_2=None),
    ),
    case(
        "SCH-11",
        "График!L2",
        put("schedule", 2, uploaded=None),
        put("schedule", 2, uploaded=None, upload_until=day("01.04")),
    ),
    case(
        "SCH-12",
        "График!K2",
        put("schedule", 2, upload_until=day("15.03")),
        put("schedule", 2, upload_until=day("16.03")),
    ),
    case("SCH-13", "График!B4", drop("participants", 8, 9, 10), put("participants", 8, pupil=None)),
    case("SCH-14", "График!C3", drop("workload", 2), drop("workload", 7)),
    case(
        "SCH-15",
        "График!E2",
        put("schedule", 2, second_date=day("24.05")),
        put("schedule", 2, second_date=day("21.05")),
    ),
    case(
        "SCH-16",
        "График!C7",
        copy("schedule", 2, date=day("19.03"), check_until=None, upload_until=None),
        put("schedule", 2, second_date=day("19.03")),
    ),
    case(
        "SCH-17",
        "График!C5",
        both(put("teachers", 4, roles="организатор"), put("teachers", 5, roles="организатор")),
        both(*(put("teachers", row, roles=None) for row in range(2, 9))),
        also=frozenset({"CHK-12"}),
    ),
    case("SCL-01", "График!C3", drop("scales", 3), put("scales", 3, max_points=None)),
    case("SCL-02", "Шкалы!G3", put("scales", 3, mark_5_from=3.0), put("scales", 3, mark_5_from=5.0)),
    case("SCL-03", "Шкалы!C5", copy("scales", 3), copy("scales", 3, year="2021/22")),
    case("SCL-04", "Шкалы!G3", put("scales", 3, mark_5_from=6.0), put("scales", 3, mark_5_from=5.0)),
    case("SCL-05", "Шкалы!C5", copy("scales", 3, subject="Биолгия"), copy("scales", 3, subject="Родной язык")),
    case("TSK-01", "График!C2", drop("tasks", 2, 3), put("tasks", 2, level=None, skill=None)),
    case("TSK-02", "Шкалы!D3", put("tasks", 6, max_points=2.0), put("tasks", 6, max_points=1.0)),
    case("TSK-03", "Задания!D6", put("tasks", 6, number=4.0), put("tasks", 6, number=3.0)),
    case("TSK-04", "Задания!E6", put("tasks", 6, label="2.1"), put("tasks", 6, label="2.3")),
    case(
        "TSK-05",
        "Задания!C10",
        add("tasks", **NEW_TASK | {"subject": "Биолгия", "number": 1.0}),
        add("tasks", **NEW_TASK | {"subject": "Родной язык", "number": 1.0}),
    ),
)

ENTRY = (
    case("RES-01", "Результаты!A10", put("results", 10, code="50009"), put("results", 10, code=" 50001")),
    case("RES-02", "Результаты!B10", put("results", 10, school_class="5Б"), put("results", 10, school_class="5A")),
    case("RES-03", "Результаты!A11", put("results", 11, code="50001"), put("results", 11, code="50002 ")),
    case("RES-04", "Результаты!C10", put("results", 10, subject="Физика"), put("results", 10, subject="БИОЛОГИЯ")),
    case("RES-05", "Результаты!E13", put("results", 13, task_1=3.0), put("results", 13, task_1=2.0)),
    case("RES-06", "Результаты!E13", put("results", 13, task_1="да"), put("results", 13, task_1="Х")),
    case("RES-07", "Результаты!E13", put("results", 13, task_1=1.5), put("results", 13, task_1=0.0)),
    case("RES-08", "Результаты!F13", put("results", 13, task_2=None), put("results", 13, task_2="X")),
    case("RES-09", "Результаты!D15", put("results", 15, task_1=1.0), put("results", 15, task_1=" ")),
    case("RES-10", "Результаты!H13", put("results", 13, task_4=0.0), put("results", 13, task_4="  ")),
    case("RES-11", "Результаты!G10", put("results", 10, task_2="X"), put("results", 10, task_2="X", task_3=0.0)),
    case("RES-12", "Результаты!AO13", nothing, nothing, raw={"Результаты": Raw("AO13", *PLAIN_NUMBER)}),
    case(
        "RES-13",
        "Результаты!AQ13",
        put("results", 13, journal_mark="н/а"),
        put("results", 13, journal_mark="нет отметки"),
    ),
    case("RES-14", "Результаты!D13", put("results", 13, variant=None), put("results", 13, variant=1.0)),
    case("RES-15", "Результаты!E13", put("results", 13, task_1="х"), put("results", 13, task_1="X")),
    case(
        "RES-17",
        "Результаты!F20",
        two_years_later,
        both(two_years_later, put("results", 20, task_2="X")),
        today=TODAY + TWO_YEARS,
    ),
    case("RES-18", "График!C2", drop("results", 7), both(drop("results", 7), put("participants", 2, takes_part="нет"))),
    case("RES-19", "Результаты!A7", put("participants", 2, takes_part="нет"), put("participants", 2, takes_part="да")),
    case("RES-20", "Результаты!C10", put("results", 10, subject="Биалогия-1"), put("results", 10, subject="биология")),
    case("RES-21", "Результаты!B10", put("results", 10, school_class="5Ж"), put("results", 10, school_class="5а")),
    case(
        "RES-22",
        "Результаты!A12",
        both(put("participants", 5, electives=BIOLOGY), put("participants", 6, electives=BIOLOGY)),
        both(*(put("participants", row, electives=BIOLOGY) for row in (5, 6, 7))),
    ),
)

PEOPLE = (
    case(
        "CHK-01",
        "Проверяющие!D4",
        put("checkers", 4, checker=SIDOROVA),
        put("checkers", 4, checker="петров борис ильич"),
    ),
    case(
        "CHK-02",
        "Проверяющие!D2",
        put("workload", 8, teacher=ORLOVA, school_class="4А", until=day("31.12.2020")),
        put("workload", 8, teacher=ORLOVA, school_class="5А"),
    ),
    case("CHK-03", "Проверяющие!D2", put("checkers", 2, checker=SMIRNOVA), put("classes", 3, homeroom=ORLOVA)),
    case(
        "CHK-04",
        "Проверяющие!D2",
        add("conflicts", person=ORLOVA, school_class="4А"),
        add("conflicts", person=ORLOVA, school_class="4А", subject=BIOLOGY),
    ),
    case(
        "CHK-05",
        "Проверяющие!D4",
        put("teachers", 3, absent_from=day("22.03")),
        put("teachers", 3, absent_from=day("23.03")),
    ),
    case("CHK-06", "Проверяющие!D6", put("teachers", 2, paper_limit=0.0), put("teachers", 2, paper_limit=1.0)),
    case(
        "CHK-07",
        "Проверяющие!D2",
        put("checkers", 2, checker="Орлова Е. И."),
        put("checkers", 2, checker="орлова елена игоревна"),
    ),
    case(
        "CHK-08",
        "Проверяющие!D4",
        put("checkers", 4, checker=KUZNETSOV),
        both(put("checkers", 4, checker=KUZNETSOV), BOTH_SUBJECTS),
    ),
    case(
        "CHK-09",
        "Проверяющие!E4",
        put("checkers", 4, second_checker=PETROV),
        both(put("checkers", 4, second_checker=KUZNETSOV), BOTH_SUBJECTS),
    ),
    case(
        "CHK-10",
        "Проверяющие!D4",
        put("checkers", 4, checker=None),
        put("checkers", 4, checker=None, second_checker=PETROV),
    ),
    case(
        "CHK-11",
        "Проверяющие!B7",
        add("checkers", school_class="4А", subject=BIOLOGY, checker=ORLOVA),
        put("checkers", 2, school_class="4 а"),
    ),
    case(
        "CHK-12",
        "Проверяющие!D4",
        put("teachers", 3, roles="организатор"),
        put("teachers", 3, roles="организатор; эксперт"),
    ),
    case(
        "CHK-13",
        "Проверяющие!D2",
        add("conflicts", person=ORLOVA, school_class="4А", reason="племянница учится в классе"),
        add("conflicts", person=ORLOVA, school_class="5А", reason="племянница учится в классе"),
    ),
    case(
        "CHK-14",
        "Проверяющие!D2",
        put("schedule", 2, organiser=ORLOVA),
        put("schedule", 2, organiser=PETROV),
    ),
    case(
        "CHK-15",
        "Проверяющие!D4",
        put("checkers", 4, checker=KUZNETSOV, pinned="да"),
        both(put("checkers", 4, checker=KUZNETSOV, pinned="да"), BOTH_SUBJECTS),
    ),
    case(
        "CHK-16",
        "Учителя!G2",
        both(put("checkers", 6, pinned="да"), put("teachers", 2, paper_limit=0.0)),
        both(put("checkers", 6, pinned="да"), put("teachers", 2, paper_limit=1.0)),
    ),
    case("RCH-01", "Перепроверка!AR2", put("rechecks", 2, rechecker=IVANOVA), put("rechecks", 2, rechecker=SIDOROVA)),
    case("RCH-02", "Перепроверка!B2", put("rechecks", 2, code="50009"), put("rechecks", 2, code="50005")),
    case("RCH-03", "Перепроверка!G2", put("rechecks", 2, task_1=3.0), put("rechecks", 2, task_1=0.0)),
    case("RCH-04", "Перепроверка!AR2", put("rechecks", 2, rechecker=PETROV), put("rechecks", 2, rechecker=SOKOLOV)),
    case(
        "RCH-05",
        "Перепроверка!AR2",
        put("rechecks", 2, rechecker="Орлов Егор Ильич"),
        put("rechecks", 2, rechecker=None),
    ),
    case(
        "RCH-06",
        "Перепроверка!AR2",
        put("conflicts", 2, subject=MATHS, reason="спор с отцом ученика"),
        put("conflicts", 2, reason=None),
    ),
    case("RCH-07", "Перепроверка!AQ2", nothing, nothing, raw={"Перепроверка": Raw("AQ2", *PLAIN_NUMBER)}),
    case("RCH-08", "Перепроверка!AR2", put("conflicts", 2, subject=MATHS), put("conflicts", 2, subject="Физика")),
    case(
        "RCH-09",
        "Перепроверка!AR2",
        put("schedule", 4, organiser=ORLOVA, lesson=3.0),
        put("schedule", 6, organiser=ORLOVA, lesson=4.0),
    ),
    case(
        "OBS-01",
        "Выходы наблюдателей!F2",
        put("observers", 2, child_class="5А; 4А"),
        put("observers", 2, child_class="5А; 5Б"),
    ),
    case(
        "OBS-02",
        "Выходы наблюдателей!F2",
        put("visits", 2, observer="Наблюдаева Зоя"),
        put("visits", 2, observer="наблюдаева зоя яновна"),
    ),
    case(
        "OBS-03", "Наблюдатели!A4", add("observers", observer=ORLOVA), add("observers", observer="Орлова Ева Ильинична")
    ),
    case(
        "OBS-04",
        "Выходы наблюдателей!A2",
        put("observers", 2, free_from=day("17.03")),
        put("observers", 2, free_from=day("16.03")),
    ),
    case(
        "OBS-05",
        "Выходы наблюдателей!A2",
        put("visits", 2, date=day("17.03")),
        put("visits", 2, date=day("17.03"), stage="подготовка материалов"),
    ),
    case(
        "OBS-06",
        "Выходы наблюдателей!F3",
        add("conflicts", person=GUEST, school_class="5А"),
        add("conflicts", person=GUEST, school_class="5А", subject=BIOLOGY),
    ),
    case(
        "OBS-07",
        "Наблюдатели!F2",
        put("observers", 2, free_to=day("28.02")),
        put("observers", 2, free_from=day("16.03"), free_to=day("16.03")),
        also=frozenset({"OBS-04"}),
    ),
    case("CNF-01", "Конфликты!A2", put("conflicts", 2, person="Орлова"), put("conflicts", 2, person=PARENT)),
    case("CNF-02", "Конфликты!B2", put("conflicts", 2, school_class="5Ж"), put("conflicts", 2, school_class="5 А")),
    case(
        "CNF-03",
        "Конфликты!C2",
        put("conflicts", 2, subject="Ботаника"),
        put("conflicts", 2, person=GUEST, subject=None),
    ),
)

CASES: tuple[Case, ...] = READING + SCHOOL + WORKS_AND_SCALES + ENTRY + PEOPLE
