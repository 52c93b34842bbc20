from __future__ import annotations

import csv
import unicodedata
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.errors import ImportFileError
from xlpy.exchange.csv_folder import read_csv_files, read_csv_folder
from xlpy.tables import schema

TEACHERS = "ФИО;Предметы;Роли\nДроздов Иван Иванович;Математика; эксперт \n"


def day(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - workbooks know no time zones


def folder(tmp_path: Path, text: str, name: str = "Учителя.csv", encoding: str = "utf-8") -> Path:
    (tmp_path / name).write_bytes(text.encode(encoding))
    return tmp_path


def refused(path: Path) -> ImportFileError:
    with pytest.raises(ImportFileError) as caught:
        read_csv_folder(path)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_encoding_and_delimiter_is_recognised(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = TEACHERS.replace(";", delimiter)
    assert read_csv_folder(folder(tmp_path, text, encoding=encoding)) == {
        "teachers": [{"teacher": "Дроздов Иван Иванович", "subjects": "Математика", "roles": " эксперт "}]
    }


def test_commas_inside_quotes_and_lists_do_not_mislead(tmp_path: Path) -> None:
    text = 'ФИО,Предметы,Примечание\n"Дроздов, Иван","Физика; Химия; Биология","по ""А"", Б\nи В"\n'
    assert read_csv_folder(folder(tmp_path, text))["teachers"] == [
        {"teacher": "Дроздов, Иван", "subjects": "Физика; Химия; Биология", "note": 'по "А", Б\nи В'}
    ]


def test_the_delimiter_that_a_file_declares_is_taken(tmp_path: Path) -> None:
    text = "sep=|\r\nФИО|Предметы\r\nДроздов Иван Иванович|Физика\r\n"
    assert read_csv_folder(folder(tmp_path, text))["teachers"][0]["subjects"] == "Физика"


@pytest.mark.parametrize(
    "name", ["Учителя.CSV", "учителя.csv", "УЧИТЕЛЯ.csv", unicodedata.normalize("NFD", "Учителя.csv"), "Учителя.tsv"]
)
def test_a_file_belongs_to_the_sheet_of_its_name(tmp_path: Path, name: str) -> None:
    assert list(read_csv_folder(folder(tmp_path, TEACHERS, name))) == ["teachers"]


def test_a_name_of_several_words_may_have_underscores(tmp_path: Path) -> None:
    text = "Дата;Класс;Предмет;Наблюдатель\n15.03.2021;5А;Физика;Лукина Ольга\n"
    for name in ("Выходы наблюдателей.csv", "Выходы_наблюдателей.csv"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        assert read_csv_folder(tmp_path)["visits"][0]["observer"] == "Лукина Ольга"
        path.unlink()


def test_captions_are_found_whatever_their_case_spaces_quotes_and_order(tmp_path: Path) -> None:
    text = 'учебный  год;ПРЕДМЕТ;Параллель;"""3"" от";«4» от\n2020/21;Физика;7;4;8\n'
    assert read_csv_folder(folder(tmp_path, text, "Шкалы.csv"))["scales"] == [
        {"year": "2020/21", "subject": "Физика", "grade": 7, "mark_3_from": 4, "mark_4_from": 8}
    ]


def test_values_are_typed_only_where_they_are_certain(tmp_path: Path) -> None:
    text = (
        "Код;Класс;Предмет;Вариант;1;2;3;4;5;6;7;8;Отметка по журналу\n"
        "04001;4А;Математика;отсутствовал;2;1,5;X;х;не пройд.;01;=1+1;1 000;4\n"
    )
    (row,) = read_csv_folder(folder(tmp_path, text, "Результаты.csv"))["results"]
    assert row["code"] == "04001"
    assert row["variant"] == "отсутствовал"
    assert [row.get(f"task_{n}") for n in range(1, 9)] == [2, 1.5, "X", "х", "не пройд.", "01", "=1+1", "1 000"]
    assert row["journal_mark"] == 4


def test_dates_are_dates_only_in_the_spellings_that_mean_one_day(tmp_path: Path) -> None:
    text = "Дата;Класс;Предмет;Кабинет\n" + "".join(
        f"{written};5А;Физика;101\n"
        for written in ("15.03.2021", "1.4.2021", "2021-04-02", "31.02.2021", "03/04/2021", "15.03.21", "весной")
    )
    rows = read_csv_folder(folder(tmp_path, text, "График.csv"))["schedule"]
    assert [row["date"] for row in rows] == [
        day("15.03.2021"),
        day("01.04.2021"),
        day("02.04.2021"),
        "31.02.2021",
        "03/04/2021",
        "15.03.21",
        "весной",
    ]
    assert rows[0]["room"] == "101"


def test_settings_are_typed_by_their_parameter(tmp_path: Path) -> None:
    text = (
        "Параметр;Значение\nУчебный год;2020/21\nномер приказа;12\nПроверяющих на работу;2\nВПР с;15.03.2021\n"
        "Доля случайной перепроверки;0,2\nСвоё;7\nРегион;\n"
    )
    rows = read_csv_folder(folder(tmp_path, text, "Настройки.csv"))["settings"]
    assert [row.get("setting") for row in rows] == ["2020/21", "12", 2, day("15.03.2021"), 0.2, "7", None]


def test_what_the_workbook_calculates_is_not_taken_over(tmp_path: Path) -> None:
    text = "Код;Класс;Предмет;1;Балл;Отметка;Сравнение\n50001;5А;Физика;2;17;5;повысил\n"
    (row,) = read_csv_folder(folder(tmp_path, text, "Результаты.csv"))["results"]
    assert set(row) == {"code", "school_class", "subject", "task_1"}


def test_columns_of_the_school_s_own_are_named(tmp_path: Path) -> None:
    text = "ФИО;СНИЛС;Предметы;\nДроздов Иван Иванович;1;Физика;примечание\n"
    read = read_csv_files(folder(tmp_path, text))
    assert read.left_columns == {"Учителя.csv": ("СНИЛС", "(без заголовка)")}
    assert "СНИЛС" in read.notes()[0]
    assert set(read.rows["teachers"][0]) == {"teacher", "subjects"}


def test_files_that_belong_to_no_sheet_are_named(tmp_path: Path) -> None:
    (tmp_path / "Оценки.csv").write_text("а;б\n", "utf-8")
    (tmp_path / ".скрытый.csv").write_text("а;б\n", "utf-8")
    (tmp_path / "прочти.md").write_text("а;б\n", "utf-8")
    assert read_csv_files(folder(tmp_path, TEACHERS)).left_files == ("Оценки.csv",)


def test_missing_columns_are_fine_and_empty_lines_are_skipped(tmp_path: Path) -> None:
    text = "\n;;\nФИО\n\nДроздов Иван Иванович\n  \nЛукина Ольга\n"
    rows = read_csv_folder(folder(tmp_path, text))["teachers"]
    assert [row["teacher"] for row in rows] == ["Дроздов Иван Иванович", "Лукина Ольга"]


def test_a_missing_required_column_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    error = refused(folder(tmp_path, "Ф.И.О.;Предметы\nДроздов;Физика\n"))
    assert (error.code, error.params["column"]) == ("csv_no_column", "ФИО")
    (tmp_path / "Учителя.csv").unlink()
    error = refused(folder(tmp_path, "Учитель;Предмет;Класы\nДроздов;Физика;5А\n", "Нагрузка.csv"))
    assert "Класы" in str(error.params["near"])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("ФИО;Предметы\nДроздов;Физика;лишнее\n", "csv_ragged", 2),
        ("ФИО;МО;Предметы\nДроздов;;Физика\n\nЛукина;Физика\n", "csv_ragged", 4),
        ('ФИО;Предметы\n"Дроздов;Физика\nЛукина;Химия\n', "csv_broken", 2),
        ('ФИО;Предметы\nДроздов;"Физика\nи\nХимия"\nЛукина;"Химия"а\n', "csv_broken", 5),
    ],
)
def test_a_broken_line_is_named_by_its_number(tmp_path: Path, text: str, code: str, line: int) -> None:
    error = refused(folder(tmp_path, text))
    assert (error.code, error.params["line"]) == (code, line)


def test_lines_that_excel_saved_without_their_empty_tail_are_taken(tmp_path: Path) -> None:
    """Excel drops the delimiters of trailing empty cells for sixteen rows at a time."""
    full = [f"Учитель {n};учитель;Физика;да" for n in range(15)]
    short = [f"Учитель {n};учитель" for n in range(15, 40)]
    text = "\n".join(["ФИО;Должность;Предметы;Примечание", *full, *short])
    rows = read_csv_folder(folder(tmp_path, text))["teachers"]
    assert len(rows) == 40
    assert rows[39] == {"teacher": "Учитель 39", "post": "учитель"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "csv_empty"),
        ("\n \n", "csv_empty"),
        ("а;б\n1;2\n", "csv_no_column"),
        ("ФИО;ФИО\nа;б\n", "csv_column_twice"),
    ],
)
def test_a_file_without_a_usable_header_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert refused(folder(tmp_path, text)).code == code


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    assert refused(folder(tmp_path, TEACHERS, encoding="cp866")).code == "csv_encoding"


def test_a_folder_without_a_file_of_ours_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "no_csv"
    assert refused(tmp_path / "нет").code == "no_folder"


def test_two_files_for_one_sheet_are_refused(tmp_path: Path) -> None:
    folder(tmp_path, TEACHERS, "учителя.tsv")
    assert refused(folder(tmp_path, TEACHERS)).code == "csv_twice"


def test_more_lines_than_the_sheet_holds_are_refused(tmp_path: Path) -> None:
    text = "ФИО\n" + "Дроздов\n" * (schema.TEACHERS.capacity + 1)
    assert refused(folder(tmp_path, text)).code == "csv_too_long"


def test_a_cell_longer_than_a_workbook_holds_is_refused(tmp_path: Path) -> None:
    assert refused(folder(tmp_path, f"ФИО\n{'а' * 32_768}\n")).code == "csv_broken"
    assert refused(folder(tmp_path, f"ФИО\n{'а' * 200_000}\n")).code == "csv_broken"


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=20)


@given(
    st.lists(st.tuples(_TEXT, _TEXT, _TEXT), min_size=1, max_size=8),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("ФИО", "Должность", "МО"), *written])
    path = folder(tmp_path_factory.mktemp("csv"), out.getvalue(), encoding=encoding)
    rows = read_csv_folder(path)["teachers"]
    expected = [
        {key: text for key, text in zip(("teacher", "post", "department"), line, strict=True) if not _blank(text)}
        for line in written
        if any(cell.strip() for cell in line)
    ]
    assert rows == expected


def _blank(text: str) -> bool:
    from xlpy.tables.normalise import clean_text

    return not clean_text(text)
