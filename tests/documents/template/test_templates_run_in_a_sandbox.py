from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.template.corpus import of_paragraphs
from xlpy.documents.template import Template
from xlpy.errors import TemplateError


class Person:
    """Something with a class, globals and a method, as contexts hold."""

    name = "x"

    def tell(self) -> str:
        """Say the name."""
        return self.name


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ person.tell.__globals__ }}",
        "{{ person.__init__.__globals__['os'] }}",
        "{{ '{0.__class__}'.format(person) }}",
        "{{ rows.append(1) }}",
        "{{ rows.clear() }}",
        "{{ names.update({'a': 1}) }}",
        "{{ range(10000000000)|list }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__['os'].popen('id') }}",
        "{% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}",
    ],
)
def test_a_tag_reaches_nothing_but_its_values(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs(tag))
    rows, names = [1], {"b": 2}
    with pytest.raises(TemplateError) as caught:
        Template.load(path).render({"person": Person(), "rows": rows, "names": names})
    assert caught.value.params["cause"] in {"forbidden", "failed", "unknown_name"}
    assert (rows, names) == ([1], {"b": 2})


def test_the_route_through_docxtpl_is_a_sandbox_too(tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(of_paragraphs("{% macro m() %}{% endmacro %}{{ ''.__class__ }}"))
    template = Template.load(path)
    assert not template.is_fast
    with pytest.raises(TemplateError) as caught:
        template.render({})
    assert caught.value.params["cause"] == "forbidden"
