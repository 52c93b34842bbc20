from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.documents.template.corpus import columns_repeated, saved, table
from tests.documents.template.oracle import docxtpl_s_own, members, rendered_parts
from xlpy.documents.template import Template


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = docx.Document()
    columns_repeated(document)
    made = tmp_path_factory.mktemp("columns") / "t.docx"
    made.write_bytes(saved(document))
    return made


def context(columns: int) -> dict[str, object]:
    cells = [str(number) for number in range(columns)]
    return {"heads": cells, "rows": [{"name": "a", "cells": cells, "points": 1}]}


def grid_of(document: bytes) -> list[int]:
    body = etree.fromstring(members(document)["word/document.xml"])
    return [int(column.get(qn("w:w"), "0")) for column in body.iter(qn("w:gridCol"))]


@settings(max_examples=40, deadline=None)
@given(columns=st.integers(1, 60))
def test_other_columns_and_the_table_keep_their_width(path: Path, columns: int) -> None:
    before = grid_of(path.read_bytes())
    after = grid_of(Template.load(path).for_columns(columns).render(context(columns)))
    assert (after[0], after[-1], len(after)) == (before[0], before[-1], columns + 2)
    assert sum(after) == sum(before)
    assert max(after[1:-1]) - min(after[1:-1]) <= 1


@pytest.mark.parametrize("columns", [1, 5, 36])
def test_a_laid_out_template_gives_docxtpl_s_document(path: Path, columns: int) -> None:
    template = Template.load(path).for_columns(columns)
    assert template.is_fast
    expected = docxtpl_s_own(template.content, context(columns))
    assert rendered_parts(template.render(context(columns))) == expected


def test_no_columns_are_left_to_docxtpl(path: Path) -> None:
    document = Template.load(path).for_columns(0).render(context(0))
    assert rendered_parts(document) == docxtpl_s_own(path.read_bytes(), context(0))


def test_a_table_whose_rows_repeat_different_columns_is_left_as_it_is(tmp_path: Path) -> None:
    document = docx.Document()
    row = ("{%tc for head in heads %}", "{{ head }}", "{%tc endfor %}", "b")
    table(document, [row, ("b", *row[:3])])
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    template = Template.load(path)
    assert rendered_parts(template.for_columns(3).content) == rendered_parts(template.content)
