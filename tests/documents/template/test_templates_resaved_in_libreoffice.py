"""A school without Word edits its templates in LibreOffice Writer: what that saves must still fill."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from tests.documents.template.corpus import (
    cells_of_a_choice,
    columns_repeated,
    edges,
    nested,
    paragraphs,
    rows_repeated,
    saved,
    simple,
    split_over_runs,
)
from tests.documents.template.oracle import docxtpl_s_own, members, rendered_parts, text_of
from tests.office import convert
from xlpy.documents.template import Template

BUILDERS = (simple, paragraphs, rows_repeated, columns_repeated, cells_of_a_choice, nested, edges, split_over_runs)
CONTEXT: dict[str, object] = {
    "title": "Итог & <всё>",
    "name": "Имя\nв две строки",
    "number": 7,
    "flag": True,
    "span": 1,
    "heads": ["1", "2К1", "3"],
    "rows": [{"name": "a & b", "points": 2, "cells": ["x", "y", "z"]}, {"name": "c", "points": 0, "cells": [1, 2, 3]}],
    "groups": [{"name": "г", "rows": ["р", "с"]}, {"name": "пустая", "rows": []}],
}


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    folder = tmp_path_factory.mktemp("writer")
    files = []
    for build in BUILDERS:
        document = docx.Document()
        build(document)
        path = folder / f"{build.__name__}.docx"
        path.write_bytes(saved(document))
        files.append(path)
    made = convert(files, "docx:Office Open XML Text", folder / "out")
    return {file.stem: (file, again) for file, again in zip(files, made, strict=True)}


@pytest.mark.parametrize("name", [build.__name__ for build in BUILDERS])
def test_a_resaved_template_says_what_it_said(resaved: dict[str, tuple[Path, Path]], name: str) -> None:
    before, after = resaved[name]
    template = Template.load(after)
    assert template.is_fast
    document = template.render(CONTEXT)
    assert text_of(document) == text_of(Template.load(before).render(CONTEXT))
    assert rendered_parts(document) == docxtpl_s_own(template.content, CONTEXT)
    assert len(members(document)) == len(set(names(document)))


def names(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return package.namelist()


def test_core_properties_saved_by_libreoffice_are_filled_and_stand_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{% macro m() %}{% endmacro %}{{ name }}")
    document.core_properties.title = "{{ title }}"
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    template = Template.load(convert([path], "docx:Office Open XML Text", tmp_path / "out")[0])
    filled = template.render(CONTEXT)
    assert names(filled).count("docProps/core.xml") == 1
    assert docx.Document(io.BytesIO(filled)).core_properties.title == CONTEXT["title"]
