from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.plan.anchors import parse_anchor, plan_rows, spans_of
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.raw import RawTable, Value
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import raw_table


def day(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - workbooks know no time zones


def school(year: str = "2023/24", works: tuple[str, ...] = (), **written: Value) -> tuple[Settings, Table]:
    captions = {"first": "ВПР с", "last": "ВПР по", "notice": "Дней на ознакомление", "off": "Нерабочие дни школы"}
    rows: list[dict[str, Value]] = [{"parameter": "Учебный год", "setting": year}]
    rows += [{"parameter": captions[key], "setting": value} for key, value in written.items()]
    schedule: list[dict[str, Value]] = [
        {"date": day(work), "school_class": "5А", "subject": "Физика"} for work in works
    ]
    tables = read_tables(
        {"settings": raw_table(schema.SETTINGS, rows), "schedule": raw_table(schema.SCHEDULE, schedule)}
    )
    return read_settings(tables["settings"]), tables["schedule"]


def spans(anchor: str, settings: Settings, schedule: Table) -> list[str]:
    parsed = parse_anchor(anchor)
    assert parsed is not None
    return [f"{first:%d.%m.%Y}-{last:%d.%m.%Y}" for first, last in spans_of(parsed, settings, schedule)]


SPRING = {"first": day("19.03.2024"), "last": day("17.05.2024")}


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ("ВПР с -45 … ВПР с -15", ["03.02.2024-04.03.2024"]),
        ("ВПР по +1 … ВПР по +20", ["18.05.2024-06.06.2024"]),
        ("ВПР с … ВПР по", ["19.03.2024-17.05.2024"]),
        ("ВПР с … ВПР по +10", ["19.03.2024-27.05.2024"]),
        ("месяц 06", ["01.06.2024-30.06.2024"]),
        ("месяц 01 … месяц 02", ["01.01.2024-29.02.2024"]),
        (
            "месяц 08 (прошлый год), месяц 01, месяц 03",
            ["01.08.2023-31.08.2023", "01.01.2024-31.01.2024", "01.03.2024-31.03.2024"],
        ),
        ("месяц 11", ["01.11.2023-30.11.2023"]),
        ("месяц 08", ["01.08.2024-31.08.2024"]),
        ("учебный год", ["01.09.2023-31.05.2024"]),
        ("по событию", []),
        ("внешний план", []),
    ],
)
def test_each_anchor_gives_its_days_for_the_spring_of_2024(anchor: str, expected: list[str]) -> None:
    assert spans(anchor, *school(**SPRING)) == expected


def test_february_ends_by_the_calendar_of_the_year() -> None:
    assert spans("месяц 02", *school("2022/23")) == ["01.02.2023-28.02.2023"]
    assert spans("месяц 02", *school("2023/24")) == ["01.02.2024-29.02.2024"]


def test_a_window_counted_over_the_29th_of_february_counts_that_day() -> None:
    leap = school(first=day("10.03.2024"))
    common = school("2022/23", first=day("10.03.2023"))
    assert spans("ВПР с -15", *leap) == ["24.02.2024-24.02.2024"]
    assert spans("ВПР с -15", *common) == ["23.02.2023-23.02.2023"]


def test_each_work_is_dated_in_working_days_with_the_school_s_own_days_off() -> None:
    # 29 and 30 April 2024 were days off by a moved weekend, 1 May and 9 May are holidays.
    works = school(works=("26.04.2024", "03.04.2024", "03.04.2024"), notice=3)
    assert spans("каждая работа +5", *works) == ["03.04.2024-10.04.2024", "26.04.2024-07.05.2024"]
    assert spans("каждая работа +дней на ознакомление", *works) == ["03.04.2024-08.04.2024", "26.04.2024-03.05.2024"]
    off = school(works=("03.04.2024",), off="04.04.2024; 05.04.2024")
    assert spans("каждая работа +1", *off) == ["03.04.2024-08.04.2024"]


def test_a_work_in_two_parts_is_counted_from_its_second_day() -> None:
    settings, _ = school()
    rows: list[dict[str, Value]] = [{"date": day("02.04.2024"), "second_date": day("04.04.2024")}]
    schedule = read_tables({"schedule": raw_table(schema.SCHEDULE, rows)})["schedule"]
    assert spans("каждая работа +1", settings, schedule) == ["04.04.2024-05.04.2024"]


@pytest.mark.parametrize("anchor", ["ВПР с -45 … ВПР с -15", "ВПР с … ВПР по", "каждая работа +5"])
def test_what_is_not_filled_in_yet_gives_no_dates(anchor: str) -> None:
    assert spans(anchor, *school()) == []


def test_an_unreadable_school_year_gives_no_months() -> None:
    assert spans("месяц 01", *school("весна")) == []
    assert spans("учебный год", *school("")) == []


def test_a_date_at_the_end_of_time_gives_no_dates() -> None:
    assert spans("ВПР с +30", *school(first=day("31.12.9999"))) == []


def test_a_window_typed_the_wrong_way_round_gives_no_dates() -> None:
    assert spans("ВПР с … ВПР по", *school(first=day("17.05.2024"), last=day("19.03.2024"))) == []


@pytest.mark.parametrize("text", ["впр  с −45 ... ВПР с -15", "ВПР с -45…ВПР с - 15", "BПP с –45 … ВПР c -15"])
def test_an_anchor_is_read_whatever_its_spaces_dots_minus_and_look_alikes(text: str) -> None:
    assert parse_anchor(text) == parse_anchor("ВПР с -45 … ВПР с -15")


@pytest.mark.parametrize(
    "text", ["", "когда-нибудь", "месяц 13", "месяц 00", "ВПР с 5", "ВПР с … ВПР по … месяц 01", "ВПР с +9999", "ВПР"]
)
def test_other_words_are_no_anchor(text: str) -> None:
    assert parse_anchor(text) is None


@given(
    year=st.integers(2000, 2098),
    first=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    length=st.integers(0, 120),
    before=st.integers(0, 300),
    after=st.integers(0, 300),
)
def test_in_any_year_and_any_window_a_span_starts_before_it_ends(
    year: int, first: date, length: int, before: int, after: int
) -> None:
    start = datetime.combine(first, datetime.min.time())
    settings, schedule = school(
        f"{year}/{(year + 1) % 100:02}", (f"{first:%d.%m.%Y}",), first=start, last=start + timedelta(length)
    )
    for text in (
        f"ВПР с -{before} … ВПР по +{after}",
        "ВПР с … ВПР по",
        "месяц 08 (прошлый год) … месяц 08",
        "месяц 09, месяц 02",
        "учебный год",
        "каждая работа +5",
    ):
        parsed = parse_anchor(text)
        assert parsed is not None
        found = spans_of(parsed, settings, schedule)
        assert found
        assert all(begin <= end for begin, end in found)
        assert list(found) == sorted(found)
    edge = spans(f"ВПР с -{before}", settings, schedule)
    assert edge == [f"{first - timedelta(before):%d.%m.%Y}-{first - timedelta(before):%d.%m.%Y}"]


def plan(*rows: dict[str, Value], anchors: list[Value] | None = None) -> RawTable:
    extra = {schema.ANCHOR_CAPTION: anchors or ["ВПР с … ВПР по"] * len(rows)}
    return raw_table(schema.PLAN, rows, extra)


def test_empty_dates_are_filled_and_spelled_out() -> None:
    rows = plan_rows(plan({"number": "2.4", "measure": "Наблюдатели"}), *school(**SPRING))
    assert rows == [
        {
            "number": "2.4",
            "due": "во все дни ВПР: 19.03.2024 – 17.05.2024",
            "starts": day("19.03.2024"),
            "ends": day("17.05.2024"),
        }
    ]


def test_several_dates_all_stand_in_the_due_cell() -> None:
    rows = plan_rows(plan({"number": "2.6"}, anchors=["месяц 08 (прошлый год), месяц 03"]), *school())
    assert "due" in rows[0]
    assert rows[0]["due"] == "01.08.2023 – 31.08.2023; 01.03.2024 – 31.03.2024"
    assert (rows[0]["starts"], rows[0]["ends"]) == (day("01.08.2023"), day("31.03.2024"))


def test_a_measure_without_a_date_of_its_own_says_on_what_it_hangs() -> None:
    assert plan_rows(plan({"number": "5.1"}, anchors=["по событию"]), *school()) == [
        {"number": "5.1", "due": "по событию"}
    ]


def test_the_shipped_words_of_a_measure_stay_before_its_dates() -> None:
    rows = plan_rows(plan({"number": "2.4", "due": "во все дни ВПР"}), *school(**SPRING))
    assert rows[0]["due"] == "во все дни ВПР: 19.03.2024 – 17.05.2024"
    assert plan_rows(plan({"number": "2.4", "due": "во все дни ВПР"}), *school()) == [{"number": "2.4"}]


def test_computed_dates_follow_when_the_window_moves() -> None:
    first = plan_rows(plan({"number": "2.4"}), *school(**SPRING))
    moved = plan_rows(plan(first[0]), *school(first=day("20.03.2024"), last=day("17.05.2024")))
    assert moved[0]["starts"] == day("20.03.2024")
    assert moved[0]["due"] == "во все дни ВПР: 20.03.2024 – 17.05.2024"


@pytest.mark.parametrize(
    "change",
    [
        {"starts": day("01.03.2024")},
        {"ends": day("31.03.2024")},
        {"ends": None},
        {"due": "весь март"},
        {"due": "не позже: 19.03.2024 – 17.05.2024"},
        {"due": "во все дни ВПР"},
        {"due": None},
        {"starts": "в начале марта"},
    ],
)
def test_what_a_person_changed_is_not_touched_again(change: dict[str, Value]) -> None:
    first = plan_rows(plan({"number": "2.4"}), *school(**SPRING))
    edited = {**first[0], **change}
    assert plan_rows(plan(edited), *school(first=day("20.03.2024"), last=day("17.05.2024"))) == [{"number": "2.4"}]


def test_due_words_of_a_person_stay_while_empty_dates_are_filled() -> None:
    rows = plan_rows(plan({"number": "2.4", "due": "в дни работ"}), *school(**SPRING))
    assert "due" not in rows[0]
    assert rows[0]["starts"] == day("19.03.2024")


def test_a_formula_or_an_error_in_a_date_cell_is_somebody_s_own() -> None:
    raw = plan({"number": "1"}, {"number": "2"})
    starts = raw.captions.index("Начало")
    held = RawTable(raw.sheet, raw.captions, 2, 1, raw.values, {starts: frozenset({2})}, {(3, starts): "#REF!"})
    assert plan_rows(held, *school(**SPRING)) == [{"number": "1"}, {"number": "2"}]


def test_every_row_stays_in_its_place_even_without_a_number() -> None:
    raw = plan({"number": "1"}, {"note": "своя строка"}, {"number": "1"}, anchors=["", None, "что-то своё"])
    assert plan_rows(raw, *school(**SPRING)) == [{"number": "1"}, {"number": None}, {"number": "1"}]


def test_without_the_column_the_shipped_anchor_counts_while_the_measure_is_the_shipped_one() -> None:
    shipped = "Привлечь родителей независимыми общественными наблюдателями по графику выхода"
    raw = raw_table(schema.PLAN, [{"number": "2.4", "measure": shipped}, {"number": "2.4", "measure": "Своё"}])
    rows = plan_rows(raw, *school(**SPRING))
    assert rows[0]["starts"] == day("19.03.2024")
    assert rows[1] == {"number": "2.4"}


def test_a_long_list_of_dates_keeps_its_first_and_last() -> None:
    works = tuple(f"{number:02}.{month:02}.2024" for month in (4, 5) for number in range(1, 29))
    first = plan_rows(plan({"number": "4.4"}, anchors=["каждая работа +1"]), *school(works=works))
    text = str(first[0]["due"])
    assert "01.04.2024 – 02.04.2024; " in text
    assert text.endswith(" – 29.05.2024")
    assert "; …; " in text
    again = plan_rows(plan(first[0], anchors=["каждая работа +1"]), *school(works=works[1:]))
    assert again[0]["starts"] == day("02.04.2024")


def test_the_plan_that_travels_with_the_program_has_an_anchor_in_every_row() -> None:
    import csv
    from importlib.resources import files

    text = files("xlpy.tables").joinpath("data", "plan.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert len(rows) == 26
    assert all(parse_anchor(row[schema.ANCHOR_CAPTION]) is not None for row in rows)
