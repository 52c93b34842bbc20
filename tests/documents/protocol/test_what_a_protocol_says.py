from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.protocol.made_up_school import (
    paper,
    scale_row,
    school,
    settings_rows,
    table_of,
    tables_of,
    task_rows,
    text_of,
    write,
)
from xlpy.documents.protocol import protocol_context, works_without_papers
from xlpy.documents.protocol_context import Protocol, initials_first, protocols_of
from xlpy.tables.raw import Value
from xlpy.words.documents import PROTOCOL_NOTES

TODAY = date(2021, 5, 20)


def protocol(**sheets: object) -> Protocol:
    tables, setting = tables_of(school(**sheets))  # type: ignore[arg-type]
    (one,) = protocols_of(tables, setting, TODAY)
    return one


def test_a_row_holds_code_variant_points_by_task_total_mark_and_journal_mark(tmp_path: Path) -> None:
    (path,) = write(school(results=[paper("50001", (1, 1, 2, 1, 0))]), tmp_path)
    head, maxima, row = table_of(path)
    assert head == ["№", "Код", "Вариант", "1", "2", "3", "4К1", "4К2", "Балл", "Отметка", "Отметка по журналу"]
    assert maxima == ["Наибольший балл", "1", "1", "2", "2", "3", "9", "", ""]
    assert row == ["1", "50001", "1", "1", "1", "2", "1", "0", "5", "4", "4"]


def test_the_document_names_school_order_class_subject_day_and_who_signs(tmp_path: Path) -> None:
    (path,) = write(school(), tmp_path)
    text = text_of(path)
    for part in (
        "Снеговский муниципальный округ",
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 7 города Снегова»",
        "Основание: приказ от 12.02.2021 № 48-О",
        "УТВЕРЖДАЮ",
        "О.\u00a0И.\u00a0Северова",
        "по предмету «Математика» в 5А классе",
        "20.05.2021 №",
        "Дата проведения: 15.04.2021. Форма: бумажная. Заданий: 5. Наибольший балл: 9.",
        "Участников: 5; выполняли работу: 5; отсутствовали: 0; введены не полностью: 0; не введены: 0.",
        "И.\u00a0О.\u00a0Лугова",
        "А.\u00a0П.\u00a0Горина",
    ):
        assert part in text


def test_rows_stand_in_order_of_code_whatever_their_order_in_the_book() -> None:
    made = protocol(results=[paper(code) for code in ("50004", "50001", "50003")])
    assert [(one.number, one.code) for one in made.papers] == [(1, "50001"), (2, "50003"), (3, "50004")]


@pytest.mark.parametrize(
    ("points", "cells", "total", "mark", "note"),
    [
        ((1, "X", 2, 2, 3), ("1", "X", "2", "2", "3"), "8", "5", "not_attempted"),
        ((1, "x", 2, 2, 3), ("1", "X", "2", "2", "3"), "8", "5", "not_attempted"),
        ((1, "не пройд.", 2, 2, 3), ("1", "–", "2", "2", "3"), "8", "5", "not_taught"),
        ((1, 1, None, None, None), ("1", "1", "", "", ""), "не всё", "", "unfinished"),
        ((1, 1, "?", 2, 3), ("1", "1", "?", "2", "3"), "проверьте", "", "unreadable"),
        ((0, 0, 0, 0, 0), ("0", "0", "0", "0", "0"), "0", "2", None),
        ((1, 1, 2, 2, 9), ("1", "1", "2", "2", "9"), "15", "проверьте", "check_it"),
    ],
)
def test_what_is_typed_is_shown_as_it_counts(
    points: tuple[Value, ...], cells: tuple[str, ...], total: str, mark: str, note: str | None
) -> None:
    made = protocol(results=[paper("50001", points)])
    assert made.papers[0].cells == cells
    assert (made.papers[0].points, made.papers[0].mark) == (total, mark)
    assert (PROTOCOL_NOTES[note] in made.notes) if note else not made.notes


def test_an_absent_pupil_s_row_says_so_and_holds_no_points() -> None:
    made = protocol(results=[paper(), paper("50002", (None,) * 5, variant="отсутствовал", journal_mark=None)])
    row = made.papers[1]
    assert (row.variant, row.cells, row.points, row.mark) == ("отсутствовал", ("",) * 5, "", "")
    assert (made.counts.wrote, made.counts.absent) == (1, 1)


def test_a_missing_scale_is_said_once_under_the_table(tmp_path: Path) -> None:
    (path,) = write(school(scales=[]), tmp_path)
    assert text_of(path).count(PROTOCOL_NOTES["no_scale"]) == 1
    assert {row[-2] for row in table_of(path)[2:]} == {""}
    assert table_of(path)[1][-3] == "9"


def test_missing_tasks_are_said_and_what_is_typed_still_shown() -> None:
    made = protocol(tasks=[], results=[paper("50001", (1, 2))])
    assert [(task.label, task.maximum) for task in made.tasks] == [("1", "—"), ("2", "—")]
    assert (made.papers[0].cells, made.papers[0].points) == (("1", "2"), "")
    assert PROTOCOL_NOTES["no_tasks"] in made.notes


def test_points_past_the_last_task_are_shown_for_they_must_be_mended() -> None:
    made = protocol(results=[paper("50001", (1, 1, 2, 2, 3, 1))])
    assert made.tasks[-1].label == "6"
    assert made.papers[0].points == "проверьте"


def test_tasks_of_another_year_or_grade_are_not_taken() -> None:
    others = [*task_rows(), *task_rows(year="2019/20"), *task_rows(grade=6), *task_rows(subject="Физика")]
    assert len(protocol(tasks=others).tasks) == 5
    assert protocol(scales=[scale_row(year="2019/20", max_points=99)]).maximum == "9"


def test_both_days_of_a_work_in_two_parts_are_named() -> None:
    day: dict[str, Value] = {"school_class": "5А", "subject": "Математика"}
    parts = datetime(2021, 4, 15), datetime(2021, 4, 20)
    assert protocol(schedule=[day | {"date": parts[0], "second_date": parts[1]}]).held_on == "15.04.2021, 20.04.2021"
    rows = [day | {"date": parts[1], "form": "бумажная"}, day | {"date": parts[0], "form": "компьютерная"}]
    both = protocol(schedule=rows)
    assert (both.held_on, both.form) == ("15.04.2021, 20.04.2021", "бумажная, компьютерная")


def test_two_checkers_sign_and_a_missing_one_leaves_a_line(tmp_path: Path) -> None:
    row: dict[str, Value] = {"school_class": "5А", "subject": "Математика", "checker": "Лугова Инна Олеговна"}
    made = protocol(checkers=[row | {"second_checker": "Озёрная Яна Львовна"}])
    assert [signer.name.replace("\u00a0", " ") for signer in made.signers] == [
        "И. О. Лугова",
        "Я. Л. Озёрная",
        "А. П. Горина",
    ]
    unnamed = school(checkers=[], settings=settings_rows(Проверяющих_на_работу=2, Заместитель_директора=None))
    (path,) = write(unnamed, tmp_path)
    assert text_of(path).count("_________________________") >= 3
    assert text_of(path).count("Второй проверяющий") == 1


def test_what_the_book_does_not_say_leaves_no_trace(tmp_path: Path) -> None:
    bare = settings_rows(
        Муниципалитет=None, Номер_приказа=None, Дата_приказа=None, Директор=None, **{"Школа_(полное)": None}
    )
    (path,) = write(school(settings=bare), tmp_path)
    text = text_of(path)
    assert "Основание" not in text
    assert "None" not in text
    assert "МБОУ СШ № 7" in text


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("Зимина Дарья Олеговна", "Д. О. Зимина"),
        ("Ким Лев", "Л. Ким"),
        (" Алиева  Севда Ариф кызы ", "С. А. к. Алиева"),
        ("Сова", "Сова"),
        ("", ""),
    ],
)
def test_a_signature_has_the_initials_first(name: str, signed: str) -> None:
    assert initials_first(name).replace("\u00a0", " ") == signed


cells = st.sampled_from([0, 1, "X", "x", "не пройд.", None, "?"])
papers_typed = st.lists(
    st.tuples(st.lists(cells, min_size=5, max_size=5), st.sampled_from([None, 1, "отсутствовал"])), max_size=5
)


@settings(max_examples=30, deadline=None)
@given(typed=papers_typed)
def test_every_participant_is_counted_once(typed: list[tuple[list[Value], Value]]) -> None:
    rows = [paper(f"5000{n}", points, variant=variant) for n, (points, variant) in enumerate(typed, start=1)]
    tables, setting = tables_of(school(results=rows))
    made = protocols_of(tables, setting, TODAY)
    anything = any(variant or any(cell is not None for cell in points) for points, variant in typed)
    assert len(made) == int(anything)
    assert (works_without_papers(tables) == ()) == anything
    for one in made:
        counts = one.counts
        assert counts.participants == 5 == counts.wrote + counts.absent + counts.not_typed
        assert counts.absent == sum(variant == "отсутствовал" for _, variant in typed)
        assert counts.unfinished <= counts.wrote
        assert len(one.papers) == len(rows)
        assert {len(row.cells) for row in one.papers} == {len(one.tasks)}
        assert set(protocol_context(one)) >= {"school", "papers", "signers"}
