from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.protocol.made_up_school import (
    Row,
    paper,
    school,
    shipped_templates,
    tables_of,
    task_rows,
    text_of,
    write,
)
from xlpy.documents.files import distinct_names, safe_name, write_document
from xlpy.documents.protocol import works_without_papers, write_protocols
from xlpy.errors import LockedError, SaveError, TemplateError
from xlpy.words.errors import sentence

WORKS = [("5А", "Математика"), ("5Б", "Математика"), ("10А", "Физика"), ("5А", "Русский язык")]


def several() -> dict[str, object]:
    return school(
        schedule=[{"school_class": name, "subject": subject} for name, subject in WORKS],
        results=[paper("50001", school_class=name, subject=subject) for name, subject in WORKS[:3]],
        tasks=[*task_rows(), *task_rows(grade=10, subject="Физика")],
    )


def test_each_class_and_subject_with_papers_gets_a_file_in_the_school_s_order(tmp_path: Path) -> None:
    files = write(several(), tmp_path / "новая" / "папка")
    assert [path.name for path in files] == [
        "Протокол 5А Математика.docx",
        "Протокол 5Б Математика.docx",
        "Протокол 10А Физика.docx",
    ]
    assert all(path.exists() for path in files)


def test_a_work_without_papers_gets_no_empty_protocol_and_is_named() -> None:
    tables, _ = tables_of(several())
    assert works_without_papers(tables) == (("5А", "Русский язык"),)


def test_no_papers_at_all_write_nothing(tmp_path: Path) -> None:
    assert write(school(results=[]), tmp_path / "out") == []


def test_progress_is_told_for_each_document(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    tables, settings = tables_of(several())
    write_protocols(tables, settings, tmp_path, shipped_templates(), date(2021, 5, 20), lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_same_book_gives_the_same_bytes_and_leaves_nothing_else(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write(several(), tmp_path)}
    again = {path.name: path.read_bytes() for path in write(several(), tmp_path)}
    assert first == again
    assert sorted(first) == sorted(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("Родной (татарский) язык / литература", "Протокол 5А Родной (татарский) язык литература.docx"),
        ('..\\..\\C:*?"<>|', "Протокол 5А .. .. C.docx"),
        ("Ы" * 300, f"Протокол 5А {'Ы' * 89}.docx"),
    ],
)
def test_a_name_typed_anyhow_is_a_file_in_the_folder(tmp_path: Path, subject: str, name: str) -> None:
    rows: list[Row] = [{"school_class": "5А", "subject": subject}]
    (path,) = write(school(schedule=rows, results=[paper(subject=subject)]), tmp_path)
    assert path.parent == tmp_path
    assert path.name == name
    assert len(path.name.encode()) <= 255 - 25


def test_two_works_never_share_a_file(tmp_path: Path) -> None:
    subjects = ["Химия?", "химия", "Химия:"]
    rows = school(
        schedule=[{"school_class": "5А", "subject": subject} for subject in subjects],
        results=[paper(subject=subject) for subject in subjects],
    )
    files = write(rows, tmp_path)
    assert len({path.name.casefold() for path in files}) == 3 == len(list(tmp_path.iterdir()))


@given(st.lists(st.text(max_size=40), max_size=8))
def test_names_are_safe_distinct_and_stable(wanted: list[str]) -> None:
    names = distinct_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert name
        assert not set(name) & set('<>:"/\\|?*\0\n')
        assert not name.endswith((" ", "."))
        assert len(name.encode()) <= 210


@pytest.mark.parametrize("reserved", ["CON", "nul.x", "com1", "LPT9"])
def test_names_windows_keeps_for_itself_are_not_used(reserved: str) -> None:
    assert safe_name(reserved) == f"_{reserved}"


@pytest.mark.parametrize("lock", [".~lock.Протокол 5Б Математика.docx#", "~$отокол 5Б Математика.docx"])
def test_a_document_somebody_has_open_is_named_and_nothing_is_written(tmp_path: Path, lock: str) -> None:
    write(several(), tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / lock).touch()
    with pytest.raises(LockedError) as caught:
        write(several(), tmp_path)
    assert "Протокол 5Б Математика.docx" in sentence(caught.value)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir() if path.name != lock} == before


def test_a_broken_template_stops_before_the_first_document(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "protocol.docx").write_bytes(b"PK")
    with pytest.raises(TemplateError):
        write(several(), tmp_path / "out", templates)
    assert not (tmp_path / "out").exists()


def test_a_missing_template_is_said(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        write(several(), tmp_path / "out", tmp_path)
    assert caught.value.code == "template_missing"


def test_the_school_s_own_templates_folder_is_used(tmp_path: Path) -> None:
    from docx import Document

    templates = tmp_path / "мои шаблоны"
    templates.mkdir()
    document = Document()
    document.add_paragraph("Наш протокол: {{ school_class }}, {{ subject }}")
    document.save(templates / "protocol.docx")
    (path,) = write(school(), tmp_path / "out", templates)
    assert text_of(path).startswith("Наш протокол: 5А, Математика")


def test_what_cannot_be_written_leaves_the_old_document_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder.docx"
    path.mkdir()
    with pytest.raises(SaveError) as caught:
        write_document(path, b"new")
    assert "folder.docx" in sentence(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["folder.docx"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SaveError) as caught:
        write(school(), tmp_path / "file" / "out")
    assert sentence(caught.value)


def test_who_reads_a_document_while_it_is_replaced_reads_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_document(path, b"old")
    held = path.open("rb")
    write_document(path, b"new")
    with held:
        assert held.read() == b"old"
    assert path.read_bytes() == b"new"


def test_the_shipped_template_is_what_its_script_makes(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = shipped_templates() / "make_protocol.py"
    copied = tmp_path / "repo" / "templates"
    copied.mkdir(parents=True)
    shutil.copy(script, copied)
    subprocess.run(
        [sys.executable, str(copied / script.name)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(script.parent.parent)},
    )
    assert (copied / "protocol.docx").read_bytes() == (script.parent / "protocol.docx").read_bytes()
