from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.template.corpus import COVERED, LEFT_TO_DOCXTPL, Sample, contexts
from tests.documents.template.oracle import docxtpl_s_own, members, rendered_parts
from xlpy.documents.template import Template

SAMPLES = (*COVERED, *LEFT_TO_DOCXTPL)
EXAMPLES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda sample: sample.name)
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, Path]:
    path = tmp_path_factory.mktemp("templates") / "t.docx"
    path.write_bytes(request.param.content)
    return request.param, path


def test_the_fast_route_takes_what_it_covers_and_nothing_else(template: tuple[Sample, Path]) -> None:
    sample, path = template
    assert Template.load(path).is_fast == sample.is_fast


@EXAMPLES
@given(context=contexts())
def test_body_edges_footnotes_and_properties_equal_docxtpl_s(
    template: tuple[Sample, Path], context: dict[str, object]
) -> None:
    _, path = template
    assert rendered_parts(Template.load(path).render(context)) == docxtpl_s_own(path.read_bytes(), context)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(context=contexts())
def test_every_other_member_is_the_template_s_own(template: tuple[Sample, Path], context: dict[str, object]) -> None:
    sample, path = template
    before, after = members(path.read_bytes()), members(Template.load(path).render(context))
    assert set(before) == set(after)
    rendered = ("word/document.xml", "word/header", "word/footer", "word/footnotes", "docProps/core.xml")
    same = {name for name in before if not name.startswith(rendered)}
    if sample.is_fast:
        assert {name: before[name] for name in same} == {name: after[name] for name in same}


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_templates_with_several_tables_and_loops_after_each_other_are_equal_too(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import docx

    from tests.documents.template.corpus import saved

    parts = data.draw(st.lists(st.sampled_from(COVERED), min_size=2, max_size=4, unique_by=lambda s: s.name))
    document = docx.Document()
    for sample in parts:
        sample.build(document)
    path = tmp_path_factory.mktemp("several") / "t.docx"
    path.write_bytes(saved(document))
    context = data.draw(contexts())
    loaded = Template.load(path)
    assert loaded.is_fast
    assert rendered_parts(loaded.render(context)) == docxtpl_s_own(path.read_bytes(), context)
