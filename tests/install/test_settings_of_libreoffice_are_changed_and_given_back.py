"""The user's settings of LibreOffice: ours come in, ours go out, every other byte stays, no level is lowered."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.install.keeping import Record
from xlpy.install.profile import FORBIDDEN, LEVEL, PIPE, TRUSTED, pipe_setting, prepare, restore, trusted_in, value_in
from xlpy.install.registry import EMPTY, Key, address_of, list_value, one_value, put, settings_in, take, text_of
from xlpy.words.install import SHORTCUTS

FOLDER = "file:///home/a/%D0%92%D0%9F%D0%A0/"
OTHER = "file:///home/a/other/"
PIPE_NAME = "xlpy0123"
KEYS = [f"{shown[-1]}_SHIFT_MOD1" for shown in SHORTCUTS.values()]
HEAD = EMPTY.decode().removesuffix("</oor:items>\n")
OWN = """\
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="A" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="sn"><value>О&amp;О &lt;Ко&gt;</value></prop></item>"""

paths = st.text(st.characters(blacklist_characters="/\0", blacklist_categories=("Cs",)), min_size=1, max_size=20).map(
    lambda name: address_of(f"/{name}") + "/"
)


def settings(*more: str) -> bytes:
    return (HEAD + "".join(f"{line}\n" for line in (OWN, *more)) + "</oor:items>\n").encode()


def item(group: str, text: str) -> str:
    return f'<item oor:path="{group}">{text}</item>'


def trusting(*addresses: str) -> str:
    return item(TRUSTED.path, list_value(TRUSTED.name, list(addresses)))


CASES = {
    "a new profile": EMPTY,
    "a used one": settings(),
    "folders trusted already": settings(trusting(OTHER, "file:///srv/общая/")),
    "an empty list of folders": settings(
        item(TRUSTED.path, '<prop oor:name="SecureURL" oor:op="fuse"><value/></prop>')
    ),
    "a pipe of the user's": settings(item(PIPE.path, one_value(PIPE.name, "socket,host=localhost,port=2002;urp;"))),
    "two settings in one item": settings(
        item(PIPE.path, one_value("Other", "1") + one_value(PIPE.name, "pipe,name=x;urp;"))
    ),
    "a low level": settings(item(LEVEL.path, one_value(LEVEL.name, "0"))),
    "a tab and no new line at the end": settings().replace(b"\n", b"\r\n").rstrip(),
}


@pytest.mark.parametrize("source", CASES.values(), ids=CASES)
def test_what_is_needed_comes_in_once_and_goes_out_without_a_trace(source: bytes) -> None:
    ready, record, _ = prepare(source, Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    assert FOLDER in trusted_in(ready)
    assert set(trusted_in(ready)) == {FOLDER, *trusted_in(source)}
    assert value_in(ready, PIPE) == "pipe,name=xlpy0123;urp;"
    assert {key.name for key in settings_in(ready)} >= set(KEYS)
    assert value_in(ready, LEVEL) == value_in(source, LEVEL)
    ET.fromstring(ready)
    again, same, _ = prepare(ready, record, addresses=[FOLDER], pipe=PIPE_NAME)
    assert (again, same) == (ready, record)
    back, steps = restore(ready, record)
    assert back == source
    assert steps == ()


def test_what_the_user_has_changed_since_stays() -> None:
    ready, record, _ = prepare(settings(), Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    mine = one_value(PIPE.name, "socket,host=localhost,port=1;urp;")
    changed = put(put(ready, PIPE, mine), TRUSTED, list_value(TRUSTED.name, [FOLDER, OTHER]))
    back, steps = restore(changed, record)
    assert text_of(back, PIPE) == mine
    assert trusted_in(back) == (OTHER,)
    assert [(step.key, step.params["name"]) for step in steps] == [("left", PIPE.name)]


def test_a_second_folder_is_added_and_both_go_out() -> None:
    source = settings(trusting(OTHER))
    ready, record, _ = prepare(source, Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    ready, record, _ = prepare(ready, record, addresses=["file:///second/"], pipe=PIPE_NAME)
    assert trusted_in(ready) == (OTHER, FOLDER, "file:///second/")
    assert restore(ready, record)[0] == source


def test_a_folder_trusted_by_the_user_before_stays_trusted_after() -> None:
    source = settings(trusting(FOLDER.rstrip("/")))
    ready, record, steps = prepare(source, Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    assert steps[0].key == "trusted_already"
    assert trusted_in(ready) == (FOLDER.rstrip("/"),)
    assert restore(ready, record)[0] == source


def test_a_key_of_the_user_s_own_is_left_and_told() -> None:
    group = next(
        key.path for key in settings_in(prepare(EMPTY, Record(), addresses=[], pipe="x")[0]) if key.name in KEYS
    )
    own = Key(group, KEYS[0])
    source = put(settings(), own, f'<node oor:name="{own.name}" oor:op="replace"><prop oor:name="Command"/></node>')
    ready, record, steps = prepare(source, Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    assert text_of(ready, own) == text_of(source, own)
    assert [step.key for step in steps if step.key.startswith("keys")] == ["keys_taken"]
    assert restore(ready, record)[0] == source


def test_a_low_level_and_forbidden_macros_are_told_and_left() -> None:
    source = put(put(EMPTY, LEVEL, one_value(LEVEL.name, "1")), FORBIDDEN, one_value(FORBIDDEN.name, "true"))
    ready, _, steps = prepare(source, Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    assert {"level_low", "macros_forbidden"} <= {step.key for step in steps}
    assert (value_in(ready, LEVEL), value_in(ready, FORBIDDEN)) == ("1", "true")


def test_libreoffice_is_told_a_pipe_and_never_a_port() -> None:
    ready, _, _ = prepare(settings(), Record(), addresses=[FOLDER], pipe=PIPE_NAME)
    assert pipe_setting(PIPE_NAME) == "pipe,name=xlpy0123;urp;"
    assert b"socket" not in ready
    assert b"port=" not in ready


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"not xml",
        b"<oor:items xmlns:oor='x'>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><oor:items xmlns:oor="x">&b;</oor:items>',
        b"<other/>",
    ],
)
def test_a_file_that_is_none_is_refused_whole(source: bytes) -> None:
    with pytest.raises(ValueError, match="registry"):
        prepare(source, Record(), addresses=[FOLDER], pipe=PIPE_NAME)


@given(before=st.lists(paths, unique=True, max_size=4), ours=st.lists(paths, unique=True, min_size=1, max_size=3))
def test_any_folders_come_in_and_out(before: list[str], ours: list[str]) -> None:
    source = settings(trusting(*before)) if before else settings()
    ready, record, _ = prepare(source, Record(), addresses=ours, pipe=PIPE_NAME)
    assert set(trusted_in(ready)) == {*before, *ours}
    assert restore(ready, record)[0] == source


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.text(max_size=9).map(lambda text: text.replace("\0", "")))
def test_settings_put_and_taken_leave_the_rest(names: list[str], text: str) -> None:
    printable = "".join(letter for letter in text if letter.isprintable())
    source = settings()
    for name in names:
        source = put(source, Key("/a/b", name), one_value(name, printable))
        assert value_in(source, Key("/a/b", name)) == printable
    for name in names:
        source = take(source, Key("/a/b", name))
    assert source == settings()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/home/a/Школа", "file:///home/a/%D0%A8%D0%BA%D0%BE%D0%BB%D0%B0"),
        ("/home/a/it's (1) #2; 100%", "file:///home/a/it's%20(1)%20%232%3B%20100%25"),
        (r"C:\ВПР\a b", "file:///C:/%D0%92%D0%9F%D0%A0/a%20b"),
        (r"\\server\общая", "file://server/%D0%BE%D0%B1%D1%89%D0%B0%D1%8F"),
    ],
)
def test_addresses_are_spelled_as_libreoffice_spells_them(path: str, address: str) -> None:
    assert address_of(path) == address
