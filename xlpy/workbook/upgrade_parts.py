"""The parts of a workbook being put together: what it holds, what is added, how parts point to each other."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from xlpy.workbook.package import Package, part_key
from xlpy.workbook.repack import repacked

_TYPES = "[Content_Types].xml"
_PACKAGE_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_EMPTY_RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@dataclass(frozen=True, slots=True)
class Relation:
    """How a part points to another: under which id, as what (a URI), to which part or outside address."""

    key: str
    uri: str
    target: str
    outside: bool

    @property
    def kind(self) -> str:
        """Last word of the URI: `drawing`, `table`."""
        return self.uri.rsplit("/", 1)[-1]


def rels_of(part: str) -> str:
    """Name of the part that holds another one's relations."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def relations_of(package: Package, part: str) -> tuple[Relation, ...]:
    """All relations of a part, outside ones too. Raises WorkbookError where they cannot be read."""
    rels, folder = rels_of(part), posixpath.dirname(part)
    if not package.has(rels):
        return ()
    found = []
    for node in package.parse(rels).iter(f"{_PACKAGE_REL}Relationship"):
        target, outside = str(node.get("Target", "")), node.get("TargetMode") == "External"
        if not outside:
            target = target.replace("\\", "/")
            whole = posixpath.normpath(posixpath.join(folder, target))
            target = target.lstrip("/") if target.startswith("/") else whole
        found.append(Relation(str(node.get("Id", "")), str(node.get("Type", "")), target, outside))
    return tuple(found)


def content_type(package: Package, part: str) -> str:
    """Content type of a part: its own, else that of its file ending."""
    ending = part.rsplit(".", 1)[-1].casefold()
    by_ending = ""
    for node in package.parse(_TYPES):
        if part_key(str(node.get("PartName", ""))) == part_key(part):
            return str(node.get("ContentType", ""))
        if str(node.get("Extension", "")).casefold() == ending:
            by_ending = str(node.get("ContentType", ""))
    return by_ending


class NewParts:
    """The new workbook's parts. Nothing of the package it starts from is changed before `data`."""

    def __init__(self, fresh: Package) -> None:
        self._fresh = fresh
        self._changed: dict[str, bytes | None] = {}
        self._types = fresh.parse(_TYPES)
        self._rels: dict[str, etree._Element] = {}
        self._names = {part_key(member.filename) for member in fresh.members}

    def read(self, part: str) -> bytes:
        """A part as it now stands."""
        changed = self._changed.get(part)
        return self._fresh.read(part) if changed is None else changed

    def put(self, part: str, data: bytes) -> None:
        """Replace a part that is there."""
        self._changed[part] = data

    def free_name(self, like: str) -> str:
        """A name that no part has yet, with the number of `like` counted on."""
        stem, dot, ending = like.rpartition(".")
        bare = re.sub(r"\d+$", "", stem)
        number = 1
        while part_key(f"{bare}{number}{dot}{ending}") in self._names:
            number += 1
        name = f"{bare}{number}{dot}{ending}"
        self._names.add(part_key(name))
        return name

    def add(self, part: str, data: bytes, kind: str) -> None:
        """Add a part under a name from `free_name`, with its content type."""
        self._changed[part] = data
        etree.SubElement(self._types, f"{_CONTENT}Override", PartName=f"/{part}", ContentType=kind)

    def relate(self, part: str, uri: str, target: str, *, outside: bool, key: str | None = None) -> str:
        """Let `part` point to `target` (a part, or an address outside); return the relation's id."""
        rels = self._relations(part)
        taken = {node.get("Id") for node in rels}
        number = len(rels) + 1
        while key is None or key in taken:
            key, number = f"rId{number}", number + 1
        shown = target if outside else "/" + target
        node = etree.SubElement(rels, f"{_PACKAGE_REL}Relationship", Id=key, Type=uri, Target=shown)
        if outside:
            node.set("TargetMode", "External")
        return key

    def _relations(self, part: str) -> etree._Element:
        if part not in self._rels:
            name = rels_of(part)
            there = self._fresh.has(name) and part_key(name) in self._fresh.index
            self._rels[part] = self._fresh.parse(name) if there else etree.fromstring(_EMPTY_RELS)
        return self._rels[part]

    def data(self) -> bytes:
        """The whole package."""
        changed = dict(self._changed)
        changed[_TYPES] = _xml(self._types)
        changed |= {rels_of(part): _xml(tree) for part, tree in self._rels.items()}
        return repacked(self._fresh, changed)


def _xml(tree: etree._Element) -> bytes:
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
