"""A packet holds codes and tasks of those who wrote, and nothing by which a pupil or a judgement could be known."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from tests.checks.school import (
    BIOLOGY,
    MATHS,
    PUPILS,
    Change,
    add,
    both,
    copy,
    drop,
    put,
    setting,
    spoilt,
    two_years_later,
    write_book,
)
from tests.command import xlpy
from tests.exchange.packets import CLASS, ROWS, a_school, form_of, typed, untyped
from xlpy import packets
from xlpy.errors import InputError
from xlpy.exchange.packet_form import FormTask, digest_of, task_captions
from xlpy.exchange.packet_write import write_form
from xlpy.tables import schema
from xlpy.words import cli

COORDINATOR = "Орлова Елена Игоревна"
PRIVATE = [*PUPILS.values(), "Ученик", "anna@school.ru", "mailto:"]


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def grid(data: bytes, sheet: str = "Работы") -> list[list[object]]:
    return [list(line) for line in load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)]


def about(data: bytes) -> dict[object, object]:
    return {line[0]: line[1] for line in grid(data, "Пояснение") if line[0]}


def test_codes_variants_and_tasks_with_their_maxima_stand_there() -> None:
    rows = grid(write_form(form_of(a_school())))
    assert rows[2:] == [
        ["Код", "Вариант", "1 · 2", "2.1 · 2", "2.2 · 1"],
        ["50004", 1, None, None, None],
        ["50005", 2, None, None, None],
        ["50006", 1, None, None, None],
    ]


def test_those_who_were_absent_stay_out() -> None:
    codes = [line[0] for line in grid(write_form(form_of(a_school(), "5А", MATHS)))[3:]]
    assert codes == ["50001", "50002"]


def test_no_name_no_mark_and_no_points_are_in_any_part() -> None:
    school = a_school(
        *(put("results", row, task_1=2.0, task_2=2.0, task_3=1.0, journal_mark=5.0) for row in ROWS),
        setting("coordinator", COORDINATOR),
        setting("smtp_sender", "anna@school.ru"),
        setting("deputy", "Ученик Первый"),
    )
    data = write_form(form_of(school))
    for name, text in parts(data).items():
        assert not [word for word in PRIVATE if word in text], name
    assert [line[2:] for line in grid(data)[3:]] == [[None] * 3] * 3
    assert about(data)["Вернуть: координатор ВПР"] == COORDINATOR
    assert not re.search("<(?:dc:creator|cp:lastModifiedBy)>[^<]", parts(data)["docProps/core.xml"])


def test_the_page_of_its_own_says_whose_what_and_until_when() -> None:
    data = write_form(form_of(a_school(setting("fis_login", "edu111"), setting("coordinator", COORDINATOR))))
    said = about(data)
    assert said["Чьи работы"] == "Школа-пример"
    assert [said[key] for key in ("Учебный год", "Класс", "Предмет", "Работ")] == ["2020/21", CLASS, MATHS, "3"]
    assert said["Проверить до"] == "22.03.2021"
    assert said["Логин ФИС ОКО"] == "edu111"
    assert said["Отпечаток списка кодов"] == digest_of(ROWS.values())
    assert said["Проверил(и)"] is None
    assert len([line for line in said if re.match(r"\d\. ", str(line))]) == 4


def test_the_day_of_checking_is_counted_where_the_schedule_has_none() -> None:
    school = a_school(put("schedule", 4, check_until=None), setting("check_days", 3))
    assert form_of(school).about["until"] == "22.03.2021"
    assert form_of(a_school(put("schedule", 4, check_until=datetime(2021, 4, 9)))).about["until"] == "09.04.2021"
    assert form_of(a_school(drop("schedule", 4))).about["until"] == ""


def test_the_schemas_of_office_find_no_error(tmp_path: Path) -> None:
    file = tmp_path / "п.xlsx"
    file.write_bytes(write_form(form_of(a_school())))
    result = OpenXmlValidator(max_errors=0).validate(str(file))
    assert result.is_valid, [str(error) for error in result.errors]


def test_the_same_papers_give_the_same_bytes() -> None:
    assert write_form(form_of(a_school())) == write_form(form_of(a_school()))


FORMULA_LIKE: list[Change] = [
    put("tasks", 4, label="=HYPERLINK(1)"),
    put("tasks", 5, label="+1"),
    put("results", 19, code="=1+1"),
    put("results", 20, code="@SUM"),
    put("results", 21, variant="-2+3"),
    setting("school_short", "=cmd|' /C calc'!A0"),
    setting("coordinator", "http://example.org"),
]


def test_text_never_becomes_a_formula_or_a_link() -> None:
    data = write_form(form_of(a_school(*FORMULA_LIKE)))
    book = load_workbook(BytesIO(data))
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert not [name for name, text in parts(data).items() if "<f>" in text or "<hyperlink" in text]
    rows = grid(data)
    assert rows[2][2:4] == ["=HYPERLINK(1) · 2", "+1 · 2"]
    assert [line[0] for line in rows[3:]] == ["50006", "=1+1", "@SUM"]
    assert about(data)["Чьи работы"] == "=cmd|' /C calc'!A0"


def rules(data: bytes) -> dict[str, str]:
    found = load_workbook(BytesIO(data))["Работы"].data_validations.dataValidation
    return {str(rule.sqref): str(rule.formula1) for rule in found}


def test_every_cell_has_its_limit() -> None:
    found = rules(write_form(form_of(a_school())))
    assert set(found) == {"B4:B6", "C4:C6", "D4:D6", "E4:E6"}
    assert "C4<=2" in found["C4:C6"]
    assert "E4<=1" in found["E4:E6"]
    assert all("НЕ ПРОЙД." in rule and len(rule) <= 255 for cell, rule in found.items() if cell[0] != "B")


def test_a_year_that_knows_no_untaught_topics_does_not_offer_them() -> None:
    data = write_form(form_of(a_school(two_years_later)))
    assert not [name for name, text in parts(data).items() if re.search("не пройд", text, re.IGNORECASE)]


def test_it_is_laid_out_to_be_printed() -> None:
    page = load_workbook(BytesIO(write_form(form_of(a_school()))))["Работы"]
    assert page.freeze_panes == "C4"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.print_title_rows == "$3:$3"


def test_two_tasks_of_one_name_can_be_told_apart() -> None:
    tasks = [FormTask(1, "1", 2), FormTask(2, "1", 2), FormTask(3, "1", 1)]
    assert len(set(task_captions(tasks))) == 3


REFUSED: list[tuple[Change, str]] = [
    (drop("results", 19, 20, 21), "packet_no_rows"),
    (both(*(put("results", row, variant=schema.ABSENT) for row in ROWS)), "packet_all_absent"),
    (drop("tasks", 4, 5, 6), "packet_no_tasks"),
    (put("tasks", 5, max_points=None), "packet_no_tasks"),
    (put("tasks", 5, number=1.0), "packet_no_tasks"),
    (put("tasks", 5, number=99.0), "packet_no_tasks"),
    (copy("results", 19), "packet_code_twice"),
    (both(setting("school", None), setting("school_short", None)), "packet_no_school"),
]


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_what_cannot_be_sent_says_why(change: Change, code: str) -> None:
    made, refused = packets.plan_packets(a_school(change), [(CLASS, MATHS)])
    assert not made
    assert [error.code for _, error in refused] == [code]


def test_points_already_typed_are_counted() -> None:
    made, _ = packets.plan_packets(
        a_school(put("results", 19, task_2="X")), [(CLASS, MATHS), ("5А", BIOLOGY), ("5А", MATHS)]
    )
    assert [(packet.typed, packet.papers) for packet in made] == [(1, 3), (3, 3), (2, 2)]


def test_works_given_to_another_school_are_found() -> None:
    outside = f" {schema.EXTERNAL_CHECKER.upper()}"
    school = a_school(
        put("checkers", 6, checker=outside),
        put("checkers", 3, second_checker=outside),
        add("checkers", checker=outside),
    )
    assert packets.works_elsewhere(school) == (("5А", BIOLOGY), (CLASS, MATHS))
    with pytest.raises(InputError) as refused:
        packets.works_elsewhere(a_school())
    assert refused.value.code == "packet_none_external"


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    planned, _ = packets.plan_packets(a_school(), [(CLASS, MATHS)])
    first = packets.write_packets(planned, tmp_path)[0].path
    assert packets.write_packets(planned, tmp_path)[0].path == first
    typed(first, first.read_bytes(), {"C4": 2})
    filled = first.read_bytes()
    second = packets.write_packets(planned, tmp_path)[0].path
    assert second != first
    assert first.read_bytes() == filled
    assert len(list(tmp_path.iterdir())) == 2


def test_a_name_that_no_disk_takes_is_made_safe(tmp_path: Path) -> None:
    strange = 'А/Б: "язык"?'
    school = a_school(
        *(put("results", row, subject=strange) for row in ROWS),
        *(put("tasks", row, subject=strange) for row in (4, 5, 6)),
    )
    planned, refused = packets.plan_packets(school, [(CLASS, strange)])
    assert not refused
    path = packets.write_packets(planned, tmp_path)[0].path
    assert path.parent == tmp_path
    assert not re.search(r'[<>:"/\\|?*]', path.name)


def test_the_command_names_what_it_wrote_and_what_it_could_not(tmp_path: Path) -> None:
    outside = {"checker": schema.EXTERNAL_CHECKER}
    rows = spoilt(untyped(*ROWS), put("checkers", 6, **outside), put("checkers", 2, **outside), drop("tasks", 2, 3))
    book = write_book(tmp_path / "vpr_workbook.xlsm", rows)
    ran = xlpy("packet-out", book, "--external", "--json")
    assert ran.code == 1
    made = ran.answer["packets"]
    assert [(one["class"], one["papers"], one["typed"], one["until"]) for one in made] == [(CLASS, 3, 0, "22.03.2021")]
    assert Path(made[0]["file"]).parent == tmp_path / cli.DOCUMENTS_FOLDER
    assert [(one["class"], one["code"]) for one in ran.answer["refused"]] == [("4А", "packet_no_tasks")]


def test_a_packet_whose_points_are_all_there_is_warned_of(tmp_path: Path) -> None:
    book = write_book(tmp_path / "vpr_workbook.xlsm", spoilt())
    ran = xlpy("packet-out", book, "--class", "5Б", "--subject", "математика")
    assert ran.code == 0
    assert "Внимание" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--class", "5Б"),
        ("--subject", MATHS),
        ("--external", "--class", "5Б"),
        ("--class", "9Я", "--subject", MATHS),
    ],
)
def test_a_work_that_is_not_named_whole_is_asked_for(words: tuple[str, ...], tmp_path: Path) -> None:
    ran = xlpy("packet-out", write_book(tmp_path / "b.xlsm", spoilt()), *words)
    assert ran.code == 2
    assert not ran.out
    assert ran.err.count("\n") == 1
