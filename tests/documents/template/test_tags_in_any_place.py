"""Tags fall anywhere when people edit in Word: in other runs, paragraphs and cells than their partners."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.documents.template.corpus import contexts, saved
from tests.documents.template.oracle import docxtpl_s_own, rendered_parts
from xlpy.documents.template import Template
from xlpy.errors import TemplateError

leaves = st.sampled_from(["{{ name }}", "{{ number }}", "текст", "{{ rows|length }}", "{# нет #}"])


def block(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.one_of(
        inner.map(lambda body: ["{% if flag %}", *body, "{% endif %}"]),
        inner.map(lambda body: ["{% for row in rows %}", *body, "{{ row.name }}", "{% endfor %}"]),
        st.tuples(inner, inner).map(lambda two: ["{% if flag %}", *two[0], "{% else %}", *two[1], "{% endif %}"]),
    )


tokens = st.recursive(
    st.lists(leaves, max_size=3),
    lambda inner: st.lists(st.one_of(block(inner), leaves.map(lambda leaf: [leaf])), max_size=3).map(
        lambda parts: [token for part in parts for token in part]
    ),
    max_leaves=8,
)
# Where a piece of text goes: into the run before it, a new run, a new paragraph, a new cell, a new row.
PLACES = ("same run", "run", "paragraph", "cell", "row", "own paragraph", "own row")


def laid_out(pieces: list[tuple[str, str]]) -> bytes:
    document = docx.Document()
    table = document.add_table(1, 2)
    cell_number = 0
    paragraph = document.add_paragraph()
    run = paragraph.add_run()
    for piece, place in pieces:
        text = piece
        if place in {"paragraph", "own paragraph"}:
            paragraph = document.add_paragraph()
        elif place in {"cell", "row", "own row"}:
            if place != "cell" or cell_number > 1:
                table.add_row()
                cell_number = 0
            paragraph = table.rows[-1].cells[cell_number].paragraphs[0]
            cell_number += 1
        if place != "same run":
            run = paragraph.add_run()
        if piece.startswith("{%") and place.startswith("own"):
            text = piece.replace("{%", "{%p" if place == "own paragraph" else "{%tr", 1)
        run.text += text
        run.bold = place == "run"
    return saved(document)


def filled(path: Path, context: dict[str, object]) -> tuple[bytes | str, bool | None]:
    """The document, or why there is none; and whether the fast route takes the template, None where it is none."""
    is_fast = None
    try:
        template = Template.load(path)
        is_fast = template.is_fast
        return template.render(context), is_fast
    except TemplateError as error:
        return str(error.params["cause"]), is_fast


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_document_is_docxtpl_s_own_or_the_template_is_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pieces = [(token, data.draw(st.sampled_from(PLACES))) for token in data.draw(tokens)]
    path = Path(tmp_path_factory.mktemp("any")) / "t.docx"
    path.write_bytes(laid_out(pieces))
    context = data.draw(contexts())
    outcome, is_fast = filled(path, context)
    event(f"fast: {is_fast}, {outcome if isinstance(outcome, str) else 'filled'}")
    if isinstance(outcome, bytes):
        assert rendered_parts(outcome) == docxtpl_s_own(path.read_bytes(), context)
    elif is_fast is None:
        assert outcome in {"bad_tag", "unknown_filter"}
    else:
        assert outcome in ({"unknown_name"} if is_fast else {"unknown_name", "broken_xml"})
