"""A form as the bytes of its file: parts that all forms share are deflated once, three are written for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlpy.exchange.forms.form import TeacherForm, identity_line, properties_of
from xlpy.exchange.forms.sheet_xml import sheet_xml
from xlpy.exchange.forms.shell import CUSTOM, SHEET, STRINGS, Shell, shell
from xlpy.exchange.forms.xml_text import escaped, plain
from xlpy.words import forms as words
from xlpy.zipped import FRESH, Member, pack_member, write_package

# The longest text that Excel reads in a document property.
_LONGEST_PROPERTY = 255
_MARK = re.compile("@@([a-z_-]+)@@")


@dataclass(frozen=True, slots=True)
class _Marked:
    """A part of the shell taken apart at its marks: what is fixed, and between it the names of what is not."""

    fixed: tuple[str, ...]
    names: tuple[str, ...]

    def filled(self, texts: Mapping[str, str]) -> bytes:
        """Return the part with these texts, escaped already, in place of the marks."""
        pieces = [self.fixed[0]]
        for name, after in zip(self.names, self.fixed[1:], strict=True):
            pieces += (texts[name], after)
        return "".join(pieces).encode()


@dataclass(frozen=True, slots=True)
class _Packed:
    """The shell ready to be filled."""

    shell: Shell
    members: tuple[Member, ...]
    strings: _Marked
    custom: _Marked


def form_bytes(form: TeacherForm) -> bytes:
    """Return the file of a form: the same form, the same bytes."""
    packed = _packed()
    texts = {name: escaped(text) for name, text in _texts(form).items()}
    properties = {name: plain(text[:_LONGEST_PROPERTY]) for name, text in properties_of(form.identity).items()}
    return write_package(
        (
            *packed.members,
            pack_member(CUSTOM, packed.custom.filled(properties), FRESH),
            pack_member(STRINGS, packed.strings.filled(texts), FRESH),
            pack_member(SHEET, sheet_xml(form, packed.shell).encode(), FRESH),
        )
    )


@lru_cache(maxsize=1)
def _packed() -> _Packed:
    made = shell()
    kept = {name: part for name, part in made.parts.items() if name not in {STRINGS, CUSTOM}}
    return _Packed(
        made,
        tuple(pack_member(name, part) for name, part in kept.items()),
        _marked(made.parts[STRINGS]),
        _marked(made.parts[CUSTOM]),
    )


def _marked(part: bytes) -> _Marked:
    pieces = _MARK.split(part.decode())
    return _Marked(tuple(pieces[::2]), tuple(pieces[1::2]))


def _texts(form: TeacherForm) -> dict[str, str]:
    """What the page of help says of this form, by the names of its marks."""
    identity = form.identity
    until = words.GIVE_BACK_UNTIL.format(until=form.until) if form.until else ""
    coordinator = words.GIVE_BACK_TO.format(coordinator=form.coordinator) if form.coordinator else ""
    return {
        "marks": words.MARKS_NOT_TAUGHT if form.takes_not_taught else words.MARKS,
        "giving_back": words.GIVE_BACK.format(until=until, coordinator=coordinator),
        "school": identity.school,
        "work": words.WORK.format(subject=identity.subject, school_class=identity.school_class),
        "year": identity.year,
        "turn": words.TURNS[identity.turn.value],
        "checker": identity.checker,
        "version": str(identity.version),
        "number": identity.number,
        "identity": identity_line(identity),
    }
