"""Teachers' forms as .xlsx files: what other rooms ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlpy.exchange.forms.form import TeacherForm
from xlpy.exchange.forms.package import form_bytes


def write_form(form: TeacherForm) -> bytes:
    """Return a form as the bytes of an .xlsx file: the same form, the same bytes."""
    return form_bytes(form)


def write_forms(forms: Iterable[TeacherForm]) -> Iterator[bytes]:
    """Return the file of each form in turn. The first of a process takes longer: it makes what all share."""
    return map(form_bytes, forms)
