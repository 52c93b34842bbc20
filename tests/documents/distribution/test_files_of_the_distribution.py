"""Where the documents lie, what stops them, and how their pages look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openxml_audit import OpenXmlValidator

from tests.documents.distribution.placed_school import (
    dealt,
    of_shipped,
    school,
    settings_rows,
    small,
    text_of,
    write,
)
from tests.office import convert
from xlpy.documents.distribution import TEMPLATES, MadeDistribution, NoProof, ProofLines
from xlpy.documents.template import Template
from xlpy.errors import LockedError, TemplateError, WorkbookError
from xlpy.words import distribution as words
from xlpy.words.errors import sentence

PROTOCOL = "Протокол распределения работ 2020-21.docx"
VISITS = "График выхода общественных наблюдателей 2020-21.docx"
TASK = "Задание Лугова Инна Олеговна.docx"
SCRIPTS = {
    "distribution.docx": "make_distribution.py",
    "visits.docx": "make_visits.py",
    "task_sheet.docx": "make_task_sheet.py",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeDistribution:
    """A school with two checkers for each work, some short, a proof of its plan."""
    checkers = dealt(3)
    checkers[1] |= {"second_checker": None, "explanation": "Нужно 2, назначен 1; больше подходящих учителей нет"}
    rows = school(checkers=checkers, settings=settings_rows(Проверяющих_на_работу=2))
    proof = ProofLines("0f" * 32, ("Равномерность: 31, доказано.",))
    return write(rows, tmp_path_factory.mktemp("made"), proof=proof)


def test_the_documents_lie_in_folders_of_their_own(tmp_path: Path) -> None:
    files = write(small(), tmp_path).files
    folder = tmp_path / words.FOLDER
    assert files == (folder / PROTOCOL, folder / VISITS, folder / words.TASKS_FOLDER / TASK)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(files)


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = write(small(), tmp_path / "a"), write(small(), tmp_path / "b")
    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in again.files]


def test_progress_is_told_for_each_document(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write(small(), tmp_path, advance=lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_names_that_no_disk_takes_become_files_of_their_own(tmp_path: Path) -> None:
    rows = small()
    names = ["../../Лугова", "лугова?", "Лугова:", "CON"]
    rows["checkers"] = [rows["checkers"][0] | {"checker": name} for name in names]
    tasks = write(rows, tmp_path).tasks
    assert len({path.name.casefold() for path in tasks}) == 4
    assert {path.parent for path in tasks} == {tmp_path / words.FOLDER / words.TASKS_FOLDER}
    assert all(path.is_file() for path in tasks)


def test_nobody_assigned_and_nobody_to_visit_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        write(small(checkers=[], visits=[]), tmp_path)
    assert caught.value.code == "not_assigned"
    assert sentence(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_rows_without_people_are_nobody_assigned(tmp_path: Path) -> None:
    rows = small(visits=[])
    with pytest.raises(WorkbookError):
        write({**rows, "checkers": [rows["checkers"][0] | {"checker": None}]}, tmp_path)


def test_each_half_is_written_without_the_other(tmp_path: Path) -> None:
    observers_only = write(small(checkers=[]), tmp_path / "a")
    assert (observers_only.protocol, observers_only.tasks) == (None, ())
    assert [path.name for path in observers_only.files] == [VISITS]
    checkers_only = write(small(visits=[]), tmp_path / "b")
    assert checkers_only.visits is None
    assert [path.name for path in checkers_only.files] == [PROTOCOL, TASK]


def test_task_sheets_of_an_earlier_plan_are_named_and_left(tmp_path: Path) -> None:
    write(small(), tmp_path)
    rows = small()
    rows["checkers"] = [rows["checkers"][0] | {"checker": "Ясень Глеб Ильич"}]
    again = write(rows, tmp_path)
    assert [path.name for path in again.left] == [TASK]
    assert again.left[0].is_file()
    assert TASK in " ".join(words.made_lines(protocol=True, visits=True, tasks=1, left=[TASK]))


@pytest.mark.parametrize("name", [PROTOCOL, VISITS])
def test_a_document_somebody_has_open_is_named_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    files = write(small(), tmp_path).files
    (files[0].parent / f".~lock.{name}#").touch()
    before = [path.stat().st_mtime_ns for path in files]
    with pytest.raises(LockedError) as caught:
        write(small(), tmp_path)
    assert name in sentence(caught.value)
    assert [path.stat().st_mtime_ns for path in files] == before


@pytest.mark.parametrize("broken", TEMPLATES)
def test_a_broken_template_stops_before_the_first_document(tmp_path: Path, broken: str) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / broken).write_bytes(b"PK")
    with pytest.raises(TemplateError) as caught:
        write(small(), tmp_path / "out", templates=lambda name: own if name == broken else of_shipped(name))
    assert broken in sentence(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("template", "text", "said"),
    [
        ("distribution.docx", "{% for row in rows %}{{ row.school_class }}{% endfor %} {{ school_short }}", "5А"),
        ("visits.docx", "{% for visit in visits %}{{ visit.observer }}{% endfor %}", "Ручьёв Лев Ильич"),
        ("task_sheet.docx", "{% for pack in packs %}{{ pack.codes|join(' ') }}{% endfor %}", "50001 50002 50003"),
    ],
)
def test_the_school_s_own_template_wins(tmp_path: Path, template: str, text: str, said: str) -> None:
    own = tmp_path / "шаблоны"
    own.mkdir()
    document = Document()
    document.add_paragraph(text)
    document.save(str(own / template))
    files = write(small(), tmp_path / "out", templates=lambda name: own if name == template else of_shipped(name)).files
    assert text_of(files[TEMPLATES.index(template)]).strip() == said


@pytest.mark.parametrize("template", TEMPLATES)
def test_shipped_templates_are_what_their_scripts_make(tmp_path: Path, template: str) -> None:
    script = of_shipped(template) / SCRIPTS[template]
    copied = tmp_path / "repo" / "templates"
    copied.mkdir(parents=True)
    shutil.copy(script, copied)
    root = str(script.parent.parent)
    subprocess.run([sys.executable, copied / script.name], check=True, env={**os.environ, "PYTHONPATH": root})
    assert (copied / template).read_bytes() == (script.parent / template).read_bytes()


@pytest.mark.parametrize("template", TEMPLATES)
def test_shipped_templates_are_sound_and_covered_by_the_fast_route(template: str) -> None:
    path = of_shipped(template) / template
    assert not OpenXmlValidator().validate(str(path)).errors
    assert Template.load(path).is_fast


def test_documents_pass_the_audit(made: MadeDistribution) -> None:
    for path in made.files[:5]:
        assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


@pytest.mark.parametrize("proof", [NoProof.ABSENT, NoProof.CHANGED])
def test_a_bare_school_passes_the_audit(tmp_path: Path, proof: NoProof) -> None:
    for path in write(small(results=[], participants=[]), tmp_path, proof=proof).files:
        assert not OpenXmlValidator().validate(str(path)).errors


def test_margins_are_those_of_the_standard_and_tables_stay_within_them(made: MadeDistribution) -> None:
    for path in made.files[:3]:
        document = Document(str(path))
        (section,) = document.sections
        margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert all(abs(found - Mm(wanted)) < Mm(0.1) for found, wanted in zip(margins, (20, 10, 20, 20), strict=True))
        room = section.page_width - section.left_margin - section.right_margin
        for table in document.tables:
            widths = [int(column.get(qn("w:w"))) * 635 for column in table._tbl.tblGrid]
            assert sum(widths) <= room + Mm(0.5)


def test_heads_are_repeated_and_no_row_is_split(made: MadeDistribution) -> None:
    for path in made.files[:2]:
        for table in Document(str(path)).tables:
            properties = [row._tr.trPr for row in table.rows]
            assert all(one.find(qn("w:cantSplit")) is not None for one in properties)
            if table.style is not None and table.style.name == "Table Grid":
                repeated = [one.find(qn("w:tblHeader")) is not None for one in properties]
                assert repeated == [True, *[False] * (len(repeated) - 1)]


@pytest.fixture(scope="module")
def printed(made: MadeDistribution) -> dict[str, list[str]]:
    """Text of the pages LibreOffice prints of the protocol, the schedule and the longest task sheet."""
    longest = max(made.tasks, key=lambda path: len(text_of(path)))
    files = [*made.files[:2], longest]
    folder = made.folder / "pdf"
    pages: dict[str, list[str]] = {}
    for key, pdf in zip(("protocol", "visits", "task"), convert(files, "pdf", folder), strict=True):
        run = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
        pages[key] = run.stdout.split("\f")[:-1]
    return pages


def test_pages_after_the_first_are_numbered_and_repeat_the_head(printed: dict[str, list[str]]) -> None:
    for pages in printed.values():
        assert [page.strip().splitlines()[0].strip() for page in pages[1:]] == [
            str(n) for n in range(2, len(pages) + 1)
        ]
    assert len(printed["protocol"]) > 1
    assert all("Наблюдатель" in page for page in printed["visits"])


def test_lines_to_sign_never_stand_alone(printed: dict[str, list[str]]) -> None:
    last = next(page for page in printed["protocol"] if "Координатор ВПР" in page)
    assert "Доказательство расчёта" in last
    assert last.count("(подпись)") == words.MEMBERS + 2


def test_a_pack_is_not_torn_between_pages(printed: dict[str, list[str]]) -> None:
    """Each page of a task sheet begins with a pack's heading, not with codes."""
    for page in printed["task"][1:]:
        assert "проверить с" in page.strip().splitlines()[1] or "проверить с" in page.strip().splitlines()[2]
