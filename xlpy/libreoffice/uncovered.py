"""What of xlwings the engine does not do: each such member says so in a sentence, whatever version of xlwings is there.

The classes of ours stand in a written list. A member that xlwings leaves abstract and our class does not have gets a
stand-in on our class: never on xlwings' own, which other engines share.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice import (
    apps,
    books,
    borders,
    filters,
    fonts,
    names,
    notes,
    pages,
    ranges,
    shapes,
    sheets,
    tableparts,
    tables,
    texts,
    validations,
)
from xlpy.words.libreoffice import uncovered

# Ours by the name that xlwings has for it; what older versions have no name for is passed over.
CLASSES: dict[str, tuple[type, ...]] = {
    "Apps": (apps.Apps,),
    "App": (apps.App,),
    "Books": (books.Books,),
    "Book": (books.Book,),
    "Sheets": (sheets.Sheets,),
    "Sheet": (sheets.Sheet,),
    "Range": (ranges.Range,),
    "DataValidation": (validations.DataValidation,),
    "AutoFilter": (filters.AutoFilter,),
    "Picture": (shapes.Picture,),
    "Collection": (shapes.Shapes, shapes.Pictures, tableparts.TableRows, tableparts.TableColumns, tables.Tables),
    "Pictures": (shapes.Pictures,),
    "Names": (names.BookNames, names.SheetNames),
    "Name": (names.Name,),
    "Shape": (shapes.Shape,),
    "Font": (fonts.Font,),
    "Border": (borders.Border,),
    "Borders": (borders.Borders,),
    "Characters": (texts.Characters,),
    "PageSetup": (pages.PageSetup,),
    "Note": (notes.Note,),
    "Table": (tables.Table,),
    "TableRow": (tableparts.TableRow,),
    "TableRows": (tableparts.TableRows,),
    "TableColumn": (tableparts.TableColumn,),
    "TableColumns": (tableparts.TableColumns,),
    "Tables": (tables.Tables,),
    "Charts": (pages.Charts,),
    "FreezePanes": (pages.FreezePanes,),
}
# What there is in the place of a member, as it is written in code.
INSTEAD = {
    # The office shows one row more than so many percent from below.
    "AutoFilter.apply_bottom_percent": "AutoFilter.apply_bottom_items",
    "Range.to_pdf": "Sheet.to_pdf, PageSetup.print_area",
    "Range.to_png": "Sheet.to_pdf, PageSetup.print_area",
    "Range.copy_picture": "Sheet.to_pdf, PageSetup.print_area",
    "Range.comment": "Range.note",
    "Range.add_comment": "Range.add_note",
    "Sheet.comments": "Sheet.notes",
    "Sheet.to_html": "Book.save('book.html')",
    "Table.table_style": "Range.color, Range.font, Range.borders",
}
# How xlwings says that a member is for the browser alone.
_LITE = "xlwings Lite"
_AWAITED = "get_"
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Abstract:
    """A member that xlwings leaves to its engines. The setter of a property is a member of its own.

    `is_lite`: only xlwings Lite, which runs in a browser, needs it.
    """

    owner: str
    name: str
    is_setter: bool
    is_async: bool
    is_lite: bool

    @property
    def title(self) -> str:
        """As it is written in code."""
        return f"{self.owner}.{self.name}"


def abstract_members(owner: str) -> Iterator[Abstract]:
    """The abstract members of a class of xlwings, in its order."""
    for name, member in vars(getattr(base_classes, owner)).items():
        if isinstance(member, property):
            parts = [(member.fget, False), (member.fset, True)]
        else:
            parts = [(getattr(member, "__func__", member), False)]
        for function, is_setter in parts:
            if inspect.isfunction(function) and _is_abstract(function):
                is_async = inspect.iscoroutinefunction(function)
                is_lite = is_async or any(_LITE in one for one in function.__code__.co_consts if isinstance(one, str))
                yield Abstract(owner, name, is_setter, is_async, is_lite)


def _is_abstract(function: Callable[..., Any]) -> bool:
    """Whether all it does is to raise NotImplementedError."""
    return function.__code__.co_names == ("NotImplementedError",)


def is_implemented(ours: type, member: Abstract) -> bool:
    """Whether a class of ours does it."""
    found = inspect.getattr_static(ours, member.name, _ABSENT)
    if isinstance(found, property):
        function = found.fset if member.is_setter else found.fget
        return function is not None and not _is_uncovered(function)
    function = getattr(found, "__func__", found)
    return found is not _ABSENT and not (inspect.isfunction(function) and _is_uncovered(function))


def _is_uncovered(function: Callable[..., Any]) -> bool:
    return _is_abstract(function) or hasattr(function, "says")


def complete() -> None:
    """Give our classes a stand-in for each member that they do not have. Done again, it changes nothing."""
    for owner, classes in CLASSES.items():
        if not hasattr(base_classes, owner):
            continue
        for ours in classes:
            for member in abstract_members(owner):
                if not is_implemented(ours, member):
                    _stand_in(ours, member)


def _stand_in(ours: type, member: Abstract) -> None:
    found = inspect.getattr_static(ours, member.name)
    says = uncovered(member.title, _instead(member))
    if member.is_setter:
        setattr(ours, member.name, property(found.fget, _raising(says), doc=found.__doc__))
    elif isinstance(found, property):
        setattr(ours, member.name, property(_raising(says), found.fset, doc=found.__doc__))
    else:
        setattr(ours, member.name, _awaited(says) if member.is_async else _raising(says))


def _instead(member: Abstract) -> str:
    if member.is_async and member.name.startswith(_AWAITED):
        plain = member.name.removeprefix(_AWAITED)
        return f"{member.owner}.{plain}" if hasattr(getattr(base_classes, member.owner), plain) else ""
    return INSTEAD.get(member.title, "")


def _raising(says: str) -> Callable[..., Any]:
    def raise_it(*_: object, **__: object) -> Any:
        raise NotImplementedError(says)

    raise_it.says = says  # type: ignore[attr-defined]
    return raise_it


def _awaited(says: str) -> Callable[..., Any]:
    async def raise_it(*_: object, **__: object) -> Any:
        raise NotImplementedError(says)

    raise_it.says = says  # type: ignore[attr-defined]
    return raise_it
