from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.documents.template.corpus import in_runs, of_paragraphs, saved, table
from tests.documents.template.oracle import members
from xlpy.documents.template import Template
from xlpy.errors import TemplateError
from xlpy.words.documents import TEMPLATE_CAUSES
from xlpy.words.errors import sentence
from xlpy.zipped import pack_member, write_package


def refused(path: Path, context: dict[str, object] | None = None) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        Template.load(path).render(context or {})
    assert caught.value.params.get("place") is None or "<" not in str(caught.value.params["place"])
    return caught.value


@pytest.mark.parametrize(
    ("paragraphs", "cause", "named"),
    [
        (["Школа: {{ shcool }}"], "unknown_name", ("shcool", "Школа: {{ shcool }}")),
        (["a", "{{ work.grade }}", "b"], "unknown_name", ("grade", "{{ work.grade }}")),
        (["{{ name|прописью }}"], "unknown_filter", ("прописью", "{{ name|прописью }}")),
        (["начало", "{% if name %}да", "конец"], "bad_tag", ()),
        (["{{ name }"], "bad_tag", ("{{ name }",)),
        (["{%p endfor %}"], "bad_tag", ("{% endfor %}",)),
        (["{% for x in name.items() %}{% endfor %}"], "unknown_name", ("items",)),
        (["{% for x in number %}{{ x }}{% endfor %}"], "failed", ("{% for x in number %}",)),
        (["{{ name / 2 }}"], "failed", ("{{ name / 2 }}",)),
        (["{% include 'other.docx' %}"], "failed", ()),
    ],
)
def test_the_name_or_tag_and_its_line_are_named(
    tmp_path: Path, paragraphs: list[str], cause: str, named: tuple[str, ...]
) -> None:
    path = tmp_path / "мой шаблон.docx"
    path.write_bytes(of_paragraphs(*paragraphs))
    error = refused(path, {"name": "x", "number": 1, "work": {}})
    assert (error.code, error.params["cause"]) == ("template_broken", cause)
    told = sentence(error)
    assert "мой шаблон.docx" in told
    assert all(part in told for part in named)


def test_a_name_in_a_header_or_a_property_is_named_with_its_line(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ name }}")
    document.sections[0].header.paragraphs[0].text = "Верх {{ heder }}"
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    assert refused(path, {"name": ""}).params["place"] == "Верх {{ heder }}"
    document.sections[0].header.paragraphs[0].text = ""
    document.core_properties.title = "{{ titel }}"
    path.write_bytes(saved(document))
    assert refused(path, {"name": ""}).params["name"] == "titel"


def test_a_header_that_docxtpl_itself_renders_is_named_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{% macro m() %}{% endmacro %}{{ name }}")
    document.sections[0].header.paragraphs[0].text = "Верх {{ heder }}"
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    assert not Template.load(path).is_fast
    assert refused(path, {"name": ""}).params["place"] == "Верх {{ heder }}"


def test_a_tag_split_over_runs_is_named_whole(tmp_path: Path) -> None:
    document = docx.Document()
    in_runs(document, "Итог {", "{ tot", "al }", "}")
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    error = refused(path)
    assert (error.params["name"], error.params["place"]) == ("total", "Итог {{ total }}")


def test_a_tag_that_opens_in_one_cell_and_closes_in_the_text_below_is_refused(tmp_path: Path) -> None:
    """Docxtpl writes such a document with text left out and says nothing."""
    document = docx.Document()
    table(document, [("{% if flag %}да", "b")])
    document.add_paragraph("важный текст{% endif %}")
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    assert not Template.load(path).is_fast
    assert refused(path, {"flag": False}).params["cause"] == "broken_xml"


GOOD = of_paragraphs("{{ name }}")


def packed(leave_out: str = "", **changed: bytes) -> bytes:
    named = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in changed.items()}
    parts = members(GOOD) | named
    return write_package(pack_member(name, content) for name, content in parts.items() if name != leave_out)


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty": bytes,
    "text": "это не Word".encode,
    "old .doc": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
    "truncated": lambda: GOOD[: len(GOOD) // 2],
    "bits changed": lambda: GOOD[:3000] + bytes(200) + GOOD[3200:],
    "not XML": lambda: packed(word__document_xml=b"<w:document"),
    "not a document": lambda: packed(word__document_xml=b"<x/>"),
    "no types": lambda: packed(leave_out="[Content_Types].xml"),
    "a bomb": lambda: packed(word__media__x_xml=bytes(130 * 1024 * 1024)),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_word_document_is_said_to_be_none(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(BROKEN[kind]())
    assert refused(path).params["cause"] == "not_docx"


def test_entities_of_a_document_type_are_not_unfolded(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    body = members(GOOD)["word/document.xml"].partition(b"?>")[2].replace(b"{{ name }}", b"&secret;")
    path.write_bytes(packed(word__document_xml=b'<!DOCTYPE x [<!ENTITY secret "SECRET">]>' + body))
    try:
        body = members(Template.load(path).render({"name": ""}))["word/document.xml"]
    except TemplateError as error:
        body = str(error).encode()
    assert b"SECRET" not in body


def test_a_workbook_and_a_folder_are_no_templates(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = tmp_path / "t.docx"
    Workbook().save(book)
    assert refused(book).params["cause"] == "not_docx"
    folder = tmp_path / "d.docx"
    folder.mkdir()
    assert refused(folder).params["cause"] == "not_docx"


def test_a_missing_template_is_named_with_its_path(tmp_path: Path) -> None:
    error = refused(tmp_path / "нет.docx")
    assert error.code == "template_missing"
    assert "нет.docx" in sentence(error)


def test_every_cause_has_words_that_can_be_said() -> None:
    for words in TEMPLATE_CAUSES.values():
        assert words.format(place="p", name="n")
