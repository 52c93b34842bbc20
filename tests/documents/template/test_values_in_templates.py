from __future__ import annotations

from pathlib import Path

import pytest
from docxtpl import Listing, RichText, RichTextParagraph
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from tests.documents.template.corpus import contexts, of_paragraphs, png, simple
from tests.documents.template.oracle import docxtpl_s_own, members, rendered_parts, text_of
from xlpy.documents.template import Picture, Template
from xlpy.errors import TemplateError


@pytest.fixture(scope="module")
def one_value(tmp_path_factory: pytest.TempPathFactory) -> Template:
    path = tmp_path_factory.mktemp("value") / "t.docx"
    path.write_bytes(of_paragraphs("[{{ value }}]"))
    return Template.load(path)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("A & B < C > \"D\" 'E'", "A & B < C > \"D\" 'E'"),
        ("&amp; <w:p/>", "&amp; <w:p/>"),
        ("{{ name }} {% if %} {# #}", "{{ name }} {% if %} {# #}"),
        ("=1+1", "=1+1"),
        (None, ""),
        (0, "0"),
        (2.5, "2.5"),
        (False, "False"),
        ("a\nb", "a|b"),
        ("a\r\nb\rc", "a|b|c"),
        ("a\tb", "a→b"),
        ("a\x00b\x0b\x1b\ufffe\ud800c", "abc"),
        ("колокол\a", "колокол"),
        (Listing("a & b\nc"), "a & b|c"),
        (Markup("a &amp; b"), "a & b"),
        ("👩‍🎓 漢字 Ё", "👩‍🎓 漢字 Ё"),
    ],
)
def test_a_value_stands_in_the_document_as_it_is(one_value: Template, value: object, written: str) -> None:
    assert text_of(one_value.render({"value": value})) == f"[{written}]"


@pytest.mark.parametrize("value", ["{_{ a", "a }_}", "{_% a", "a %_}", "a_} {_b", "{ } _"])
def test_docxtpl_s_way_to_write_a_tag_that_is_none_is_kept(one_value: Template, value: str) -> None:
    context = {"value": value}
    assert rendered_parts(one_value.render(context)) == docxtpl_s_own(one_value.content, context)


def test_a_page_break_parts_the_paragraph(one_value: Template) -> None:
    assert text_of(one_value.render({"value": "a\fb"})) == "[a\n¶\nb]"


def test_a_bell_in_a_listing_parts_the_paragraph(one_value: Template) -> None:
    assert text_of(one_value.render({"value": Listing("a\ab")})) == "[a\nb]"


@settings(max_examples=60, deadline=None)
@given(value=st.text(max_size=30))
def test_any_text_gives_a_document_that_can_be_read(one_value: Template, value: str) -> None:
    for name, part in members(one_value.render({"value": value})).items():
        if name.endswith(".xml"):
            etree.fromstring(part)


@pytest.mark.parametrize(
    "value", [RichText("важно & <нужно>", bold=True), Listing("a\nb\tc\ad"), Markup("a &#8470; b")]
)
def test_docxtpl_s_own_kinds_of_text_are_written_as_docxtpl_does(tmp_path: Path, value: object) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("{{ value }}" if isinstance(value, Listing) else "{{r value }}"))
    context = {"value": value}
    assert rendered_parts(Template.load(path).render(context)) == docxtpl_s_own(path.read_bytes(), context)


def test_rich_paragraphs_are_written_as_docxtpl_does(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("{{p value }}", "конец"))
    context = {"value": RichTextParagraph(RichText("абзац"), parastyle="Heading 1")}
    assert rendered_parts(Template.load(path).render(context)) == docxtpl_s_own(path.read_bytes(), context)


@pytest.mark.parametrize("tag", ["{{ '<w:br'|safe }}", "{{ amp|safe }}", "{{ value|safe }}", "{{ nbsp|safe }}"])
def test_markup_that_is_not_xml_is_refused_and_never_written(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs(tag))
    template = Template.load(path)
    with pytest.raises(TemplateError) as caught:
        template.render({"value": "<b", "amp": "a & b", "nbsp": "a&nbsp;b"})
    assert caught.value.params["cause"] == "broken_xml"


def test_markup_that_is_xml_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("{{ 'a</w:t><w:br/><w:t>b'|safe }}"))
    assert text_of(Template.load(path).render({})) == "a|b"


def test_a_picture_stands_where_its_name_does_with_words_for_who_cannot_see_it(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("до {{ figure }} после"))
    picture = Picture(png(), width_mm=30, description='Рисунок 1 & "отметки"')
    document = Template.load(path).render({"figure": picture})
    body = etree.fromstring(members(document)["word/document.xml"])
    words = body.xpath("//*[local-name()='docPr']/@descr")
    assert words == ['Рисунок 1 & "отметки"']
    assert [name for name in members(document) if name.startswith("word/media/")] == ["word/media/image1.png"]
    assert text_of(document) == "до  после"


def test_a_value_stays_what_it_was(one_value: Template) -> None:
    rows = [{"name": "a"}]
    one_value.render({"value": rows})
    assert rows == [{"name": "a"}]


@settings(max_examples=10, deadline=None)
@given(context=contexts())
def test_the_same_values_give_the_same_bytes(
    context: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    import docx

    from tests.documents.template.corpus import saved

    document = docx.Document()
    simple(document)
    path = tmp_path_factory.mktemp("same") / "t.docx"
    path.write_bytes(saved(document))
    assert Template.load(path).render(context) == Template.load(path).render(dict(context))


def test_pictures_give_the_same_bytes_too(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("{{ figure }}"))
    first, second = (Template.load(path).render({"figure": Picture(png(), 30, "Рисунок")}) for _ in range(2))
    assert first == second


def test_footnotes_are_filled_once_however_many_sections_there_are(tmp_path: Path) -> None:
    """Docxtpl fills them once per section: the second time it reads the values as tags."""
    import docx

    from tests.documents.template.corpus import footnotes, saved

    document = docx.Document()
    footnotes(document)
    document.add_section()
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    context = {"name": "{{ rows }}", "number": 1, "rows": []}
    for value in (1, Markup("<w:br/>")):
        filled = Template.load(path).render(context | {"number": value})
        assert text_of(filled, "word/footnotes.xml") == "{{ rows }}: "


def test_a_long_title_is_cut_at_the_length_word_allows(tmp_path: Path) -> None:
    import docx

    from tests.documents.template.corpus import saved

    document = docx.Document()
    document.core_properties.title = "{{ title }}"
    path = tmp_path / "t.docx"
    path.write_bytes(saved(document))
    core = etree.fromstring(members(Template.load(path).render({"title": "я & " * 100}))["docProps/core.xml"])
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == ("я & " * 100)[:255]


def test_an_edited_file_is_another_template(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("было"))
    before = Template.load(path)
    path.write_bytes(of_paragraphs("стало"))
    after = Template.load(path)
    assert (text_of(before.render({})), text_of(after.render({}))) == ("было", "стало")
    assert before.digest != after.digest
