"""How a value gets into a Word template: escaped, without characters XML forbids, in a sandbox.

Both routes of `documents.template` use this environment, so that they write the same text.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from docxtpl.listing import Listing
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

# What XML 1.0 cannot hold, but for the form feed: docxtpl makes a page break of it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RETURN = re.compile("\r\n?")
_PLAIN = frozenset({int, float, bool})


class NotCoveredError(Exception):
    """A value or a structure that only docxtpl itself can write."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to stand where the template names it: PNG or JPEG, its width, words for who cannot see it."""

    content: bytes
    width_mm: float
    description: str = ""


def clean_value(text: str) -> str:
    """Return text that XML can hold, with every line end as a line feed."""
    text = _ILLEGAL.sub("", text)
    return _RETURN.sub("\n", text) if "\r" in text else text


def written_value(value: object) -> object:
    """Return what the template writes for a value; nothing for None.

    NotCoveredError for a value that brings XML of its own (a picture, rich text).
    """
    if type(value) is str:
        return clean_value(value)
    if type(value) in _PLAIN:
        return value
    if value is None:
        return ""
    if isinstance(value, (Markup, Listing)):
        text = clean_value(value.__html__())
        if "<" in text:
            raise NotCoveredError("markup")
        return Markup(text)  # noqa: S704 - escaped already: it holds no "<"
    if isinstance(value, Picture) or hasattr(value, "__html__"):
        raise NotCoveredError(type(value).__name__)
    return clean_value(str(value))


def make_environment(written: Callable[[object], object]) -> ImmutableSandboxedEnvironment:
    """Return the environment all templates are compiled in: sandboxed, escaping, naming an unknown variable."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=written)
