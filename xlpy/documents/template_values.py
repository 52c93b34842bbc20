"""How a value gets into a Word template: escaped, without characters XML forbids, in a sandbox.

Both routes of `documents.template` use this environment, so that they write the same text.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docxtpl.listing import Listing
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

# What XML 1.0 cannot hold, but for the form feed, of which docxtpl makes a page break.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# In a Listing docxtpl makes a new paragraph of the bell, too.
_ILLEGAL_IN_LISTING = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BARE_MARKUP = re.compile("<|&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);)")
_RETURN = re.compile("\r\n?")
_PLAIN = frozenset({int, float, bool})
_HARMLESS = frozenset({str, int, float, bool, type(None)})


class NotCoveredError(Exception):
    """A value or a structure that only docxtpl itself can write."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to stand where the template names it: PNG or JPEG, its width, words for who cannot see it."""

    content: bytes
    width_mm: float
    description: str = ""


def _with_line_feeds(text: str) -> str:
    return _RETURN.sub("\n", text) if "\r" in text else text


def clean_value(text: str) -> str:
    """Return text that XML can hold, with every line end as a line feed."""
    if text.isprintable():
        return text
    return _with_line_feeds(_ILLEGAL.sub("", text))


def clean_listing(text: str) -> str:
    """Return the text of a Listing as `clean_value` does, with the bells that part its paragraphs."""
    return _with_line_feeds(_ILLEGAL_IN_LISTING.sub("", text))


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
        text = clean_listing(value.__html__()) if isinstance(value, Listing) else clean_value(value)
        if _BARE_MARKUP.search(text):
            raise NotCoveredError("markup")
        return Markup(text)  # noqa: S704 - escaped already: it holds neither "<" nor a bare "&"
    if isinstance(value, Picture) or hasattr(value, "__html__"):
        raise NotCoveredError(type(value).__name__)
    return clean_value(str(value))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which need not look twice at an attribute that is plain text or a number."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        if type(value) in _HARMLESS and not attr.startswith("_"):
            return True
        return super().is_safe_attribute(obj, attr, value)


def make_environment(written: Callable[[object], object]) -> ImmutableSandboxedEnvironment:
    """Return the environment all templates are compiled in: sandboxed, escaping, naming an unknown variable."""

    @pass_context
    def at_run_time(_names: Context, value: object) -> object:
        if type(value) is str and value.isprintable():
            return value
        # Needing the context keeps Jinja from writing constants while it compiles, where a value that is not
        # covered could not be sent to docxtpl.
        return written(value)

    return _Sandbox(autoescape=True, undefined=StrictUndefined, finalize=at_run_time)
