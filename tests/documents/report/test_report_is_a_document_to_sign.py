"""The report as its reader meets it: names nobody, stands in every situation, prints well, opens without complaint."""

from __future__ import annotations

import re
import runpy
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from tests.analysis.made_school import CLASSES, Rows, make_rows
from tests.documents.report.reading import TEMPLATES, captioned, silent, text_of, written
from tests.office import convert
from xlpy.documents.template import Template
from xlpy.errors import LockedError, TemplateError


def no_journal() -> Rows:
    rows = make_rows(CLASSES)
    for row in rows["results"]:
        row["journal_mark"] = None
    return rows


SCHOOLS = {
    "whole": lambda: make_rows(CLASSES),
    "one class": lambda: make_rows({"5А": 12}),
    "one pupil": lambda: make_rows({"5А": 1}),
    "no scale": lambda: make_rows(CLASSES, with_scales=False),
    "no levels and skills": lambda: make_rows(CLASSES, with_levels=False),
    "no journal": no_journal,
    "nothing": dict,
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {name: written(make(), tmp_path_factory.mktemp("report")) for name, make in SCHOOLS.items()}


@pytest.mark.parametrize("name", SCHOOLS)
def test_the_package_has_no_error(reports: dict[str, Path], name: str) -> None:
    found = OpenXmlValidator().validate(str(reports[name]))
    assert not found.errors, [str(error) for error in found.errors]


@pytest.mark.parametrize("name", SCHOOLS)
def test_tables_and_figures_are_numbered_without_gaps(reports: dict[str, Path], name: str) -> None:
    text = text_of(reports[name])
    for word in ("Таблица", "Рисунок"):
        numbers = [int(n) for n in re.findall(rf"^{word} (\d+) —", text, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))
    assert not re.search(r"\{\{|\{%|None|nan", text)


@pytest.mark.parametrize("name", SCHOOLS)
def test_it_says_what_it_cannot_say_and_to_whom_it_goes(reports: dict[str, Path], name: str) -> None:
    text = text_of(reports[name])
    assert "Результаты ВПР нельзя использовать для оценки работы учителей" in text
    assert "№ 02-86" in text
    assert "групп меньше 5" in text
    assert "УТВЕРЖДАЮ" in text


@pytest.mark.parametrize("name", SCHOOLS)
def test_head_rows_repeat_and_no_row_splits(reports: dict[str, Path], name: str) -> None:
    document = Document(str(reports[name]))
    for table in document.tables:
        rows = table._tbl.tr_lst
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        if table.style is not None and table.style.name == "Table Grid":
            assert rows[0].trPr.find(qn("w:tblHeader")) is not None


def test_no_work_of_a_grade_without_a_scale_gets_a_mark(reports: dict[str, Path]) -> None:
    text = text_of(reports["whole"])
    assert "Физика (шкала не задана)" in text
    assert "Работ без шкалы: 1 из 6 (8\u00a0класс: Физика)." in text
    assert "Работ без шкалы: 6 из 6" in text_of(reports["no scale"])


def test_missing_levels_journal_and_rows_are_said(reports: dict[str, Path]) -> None:
    assert "уровень не задан" in text_of(reports["no levels and skills"])
    assert "Работ, у которых есть обе отметки, нет" in text_of(reports["no journal"])
    assert "нет ни одной работы" in text_of(reports["nothing"])
    assert "ограниченно: работ мало" in text_of(reports["one class"])


def test_no_pupil_and_no_teacher_is_in_it(tmp_path: Path) -> None:
    rows = make_rows(CLASSES)
    for row in rows["participants"]:
        row["pupil"] = f"Ученикова Майя {row['code']}"
    rows["teachers"] = [{"teacher": "Учителева Инна Петровна", "subjects": "Математика"}]
    rows["workload"] = [{"teacher": "Учителева Инна Петровна", "subject": "Математика", "school_class": "4А"}]
    rows["checkers"] = [{"school_class": "4А", "subject": "Математика", "checker": "Учителева Инна Петровна"}]
    with zipfile.ZipFile(written(rows, tmp_path)) as package:
        whole = " ".join(
            re.sub("<[^>]+>", " ", package.read(n).decode()) for n in package.namelist() if n.endswith(".xml")
        )
    assert "Учениково" not in whole
    assert "Ученикова" not in whole
    assert "Учителева" not in whole
    assert not {str(row["code"]) for row in rows["participants"]} & set(re.findall(r"\d{5}", whole))
    assert "В.\u00a0О.\u00a0Полянская" in whole


def test_classes_stand_by_grade_and_letter_whatever_their_results(reports: dict[str, Path]) -> None:
    classes = [row[0] for row in captioned(reports["whole"])["Показатели классов"][1:]]
    assert classes == sorted(classes)


def test_the_same_workbook_gives_the_same_bytes(reports: dict[str, Path], tmp_path: Path) -> None:
    assert written(make_rows(CLASSES), tmp_path).read_bytes() == reports["whole"].read_bytes()


def test_pictures_have_words_for_who_cannot_see_them(reports: dict[str, Path]) -> None:
    pictures = list(Document(str(reports["whole"])).element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 7
    assert all(len(picture.get("descr")) > 30 for picture in pictures)
    assert len({picture.get("id") for picture in pictures}) == len(pictures)


def test_no_window_or_global_figure_is_left_behind(reports: dict[str, Path]) -> None:
    assert reports
    # xlwings, where another test has loaded it, brings pyplot along; no figure may be in its care.
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []


def test_progress_is_told_to_the_end_and_the_name_says_the_year(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = written(make_rows({"5А": 3}), tmp_path / "new" / "folder", lambda done, total: told.append((done, total)))
    assert told == [(n, 6) for n in range(1, 7)]
    assert path.name == "Справка ВПР 2020-21.docx"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_open_document_is_named_and_left_alone(tmp_path: Path) -> None:
    path = written(make_rows({"5А": 3}), tmp_path)
    before = path.read_bytes()
    path.with_name(f".~lock.{path.name}#").write_text("кто-то")
    with pytest.raises(LockedError):
        written(make_rows({"5А": 5}), tmp_path)
    assert path.read_bytes() == before


def test_without_a_template_nothing_is_written(tmp_path: Path) -> None:
    from tests.analysis.made_school import read
    from tests.documents.report.reading import TODAY
    from xlpy.documents.report import write_report

    tables, settings = read(make_rows({"5А": 3}))
    with pytest.raises(TemplateError):
        write_report(tables, settings, tmp_path / "out", tmp_path, TODAY, silent)
    assert not (tmp_path / "out").exists()


def test_words_of_the_user_never_become_markup_or_formulas(tmp_path: Path) -> None:
    rows = make_rows({"5А": 30})
    for sheet in ("results", "schedule", "tasks", "scales"):
        for row in rows[sheet]:
            if row["subject"] == "Математика":
                row["subject"] = "<w:t>{{ school }}</w:t> & $x_1$"
    rows["tasks"][0]["skill"] = "=1+1 \x07 {% if %}"
    path = written(rows, tmp_path)
    assert not OpenXmlValidator().validate(str(path)).errors
    assert "<w:t>{{ school }}</w:t> & $x_1$" in text_of(path)


def test_the_shipped_template_is_what_its_script_makes() -> None:
    # Run, not imported: an import would leave compiled files among the templates.
    made = runpy.run_path(str(TEMPLATES / "make_report.py"))["make"]()
    assert made == (TEMPLATES / "report.docx").read_bytes()


def test_the_template_asks_for_nothing_the_program_does_not_give(reports: dict[str, Path]) -> None:
    assert all(path.stat().st_size > 20_000 for path in reports.values())
    assert Template.load(TEMPLATES / "report.docx").digest


def test_libreoffice_prints_it_on_pages_of_a4(reports: dict[str, Path], tmp_path: Path) -> None:
    pdf = convert([reports["whole"]], "pdf", tmp_path)[0].read_bytes()
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert 6 <= len(boxes) <= 16
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}
