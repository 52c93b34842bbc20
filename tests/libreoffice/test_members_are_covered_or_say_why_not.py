"""Every member of xlwings is done and tested, or raises NotImplementedError with a sentence that names it."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Iterator
from functools import partial

import pytest
import xlwings as xw
from xlwings import base_classes

from tests.libreoffice.conftest import since
from tests.libreoffice.members import DOCUMENT, claimed_members, document
from xlpy.libreoffice import register
from xlpy.libreoffice.uncovered import CLASSES, INSTEAD, Abstract, abstract_members, complete, is_implemented

register()
complete()


def _uncovered() -> Iterator[tuple[type, Abstract]]:
    for owner, classes in CLASSES.items():
        for one in abstract_members(owner) if hasattr(base_classes, owner) else ():
            yield from ((ours, one) for ours in classes if not is_implemented(ours, one))


UNCOVERED = list(_uncovered())


@pytest.mark.parametrize(("ours", "member"), UNCOVERED, ids=[f"{c.__name__}.{m.name}" for c, m in UNCOVERED])
def test_what_is_not_done_says_so_by_name(ours: type, member: Abstract) -> None:
    thing = object.__new__(ours)
    found = inspect.getattr_static(ours, member.name)
    if member.is_setter:
        use = partial(setattr, thing, member.name, None)
    elif isinstance(found, property):
        use = partial(getattr, thing, member.name)
    else:
        use = getattr(thing, member.name)
    with pytest.raises(NotImplementedError, match=rf"^{re.escape(member.title)}: .+\.$"):
        asyncio.run(use()) if member.is_async else use()


def test_some_members_are_not_done() -> None:
    assert len(UNCOVERED) > 10


@pytest.mark.parametrize("title", sorted(claimed_members()))
def test_what_a_test_claims_to_hold_is_done(title: str) -> None:
    owner, name = title.split(".")
    classes = CLASSES[owner]
    if not any(hasattr(ours, name) for ours in classes):
        pytest.skip(f"xlwings {xw.__version__} has no {title}")
    member = Abstract(owner, name, is_setter=False, is_async=False, is_lite=False)
    assert all(is_implemented(ours, member) for ours in classes)


def test_xlwings_own_classes_stay_as_they_are() -> None:
    with pytest.raises(NotImplementedError) as caught:
        _ = base_classes.Table().table_style
    assert caught.value.args == ()


@since("0.37.8")
def test_what_stands_in_the_place_of_a_member_is_there() -> None:
    assert INSTEAD
    for instead in INSTEAD.values():
        titles = re.findall(r"\b([A-Z]\w+)\.(\w+)", instead)
        assert titles
        for owner, name in titles:
            assert hasattr(getattr(xw.main, owner), name), instead


def test_pivot_tables_are_refused_by_a_sentence(sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError, match=r"Sheet\.pivot_tables: "):
        _ = sheet.impl.pivot_tables


def test_the_document_says_what_is_so() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    if f"xlwings {xw.__version__};" not in text:
        pytest.skip(f"the document is about another xlwings than {xw.__version__}")
    assert text == document(), "python -m tests.libreoffice.members"
