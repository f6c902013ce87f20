"""The package: the parts by name, what they are declared as, and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit_kit.office import gate_limits as limits
from audit_kit.office import gate_zip
from audit_kit.office.gate_names import HYPERLINK, WORKBOOK, PackageLists
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_xml import Budget, walk

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types|"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships|"
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relationship:
    """One part's pointer to another; ``target`` is a part's name, or "" for a hyperlink."""

    key: str
    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """A container whose parts are all on the allow-list and all present."""

    data: bytes = field(repr=False)
    parts: Mapping[str, gate_zip.Entry]
    relationships: Mapping[str, tuple[Relationship, ...]]  # by the part that refers, "" for the package

    def xml(self, name: str) -> bytes:
        """The unpacked XML part of this name."""
        return gate_zip.unpack(self.data, self.parts[name], limits.XML_PART_BYTES)

    def only(self, owner: str, kind: str) -> str | None:
        """The one part of this kind that ``owner`` refers to, None if there is none. Refuses two."""
        targets = {each.target for each in self.relationships.get(owner, ()) if each.kind == kind}
        if len(targets) > 1:
            raise Refused(Reason.ODD, "relationship stands twice")
        return targets.pop() if targets else None


def open_package(data: bytes, budget: Budget, lists: PackageLists = WORKBOOK) -> Package:
    """The package of these bytes; refuses parts, types and relationships that aren't on the lists."""
    parts = {entry.name: entry for entry in gate_zip.entries(data) if not _is_folder(entry)}
    _check_sizes(parts)
    for name in parts:
        lists.kind_of_part(name)
    if CONTENT_TYPES not in parts or "_rels/.rels" not in parts:
        raise Refused(Reason.ODD, "package without types or relationships")
    unlinked = Package(data, parts, {})
    walk(unlinked.xml(CONTENT_TYPES), budget, _ContentTypes(lists))
    found: dict[str, tuple[Relationship, ...]] = {}
    for name in parts:
        if name.endswith(".rels"):
            owner = _owner_of(name)
            if owner and owner not in parts:
                raise Refused(Reason.ODD, "relationships of a part that is not there")
            reader = _Relationships(owner, parts, lists)
            walk(unlinked.xml(name), budget, reader)
            found[owner] = tuple(reader.found.values())
    return Package(data, parts, found)


def is_xml(name: str) -> bool:
    """Whether a part is XML that must hold to the rules. Excel's .vml is HTML of a sort; no reader opens it."""
    return name.lower().endswith((".xml", ".rels"))


def _is_folder(entry: gate_zip.Entry) -> bool:
    if entry.name.endswith("/"):
        if entry.size:
            raise Refused(Reason.ODD, "zip: folder with content")
        return True
    return False


def _check_sizes(parts: Mapping[str, gate_zip.Entry]) -> None:
    xml = [entry for name, entry in parts.items() if is_xml(name)]
    other = sum(entry.size for name, entry in parts.items() if not is_xml(name))
    if (
        sum(entry.size for entry in xml) > limits.XML_BYTES
        or sum(entry.packed for entry in xml) > limits.XML_PACKED_BYTES
        or other > limits.OTHER_BYTES
    ):
        raise Refused(Reason.TOO_LARGE, "package too large unpacked")


def _owner_of(rels_name: str) -> str:
    """The part whose relationships these are: ``xl/_rels/workbook.xml.rels`` → ``xl/workbook.xml``."""
    folder, _, name = rels_name.rpartition("/")
    return posixpath.join(folder.removesuffix("_rels").removesuffix("/"), name.removesuffix(".rels"))


class _FlatList:
    """A root and the lines in it, without text: content types and relationships."""

    root: str

    def __init__(self) -> None:
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > 2 or (name == self.root) != (self._depth == 1):
            raise Refused(Reason.ODD, "package: element")
        if self._depth == 2:
            self.line(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1

    def text(self, chars: str) -> None:
        pass

    def line(self, name: str, attributes: Mapping[str, str]) -> None:
        raise NotImplementedError


class _ContentTypes(_FlatList):
    """Refuses active types. Which parts there are is decided by their names, not by this list."""

    root = f"{_TYPES}Types"

    def __init__(self, lists: PackageLists) -> None:
        super().__init__()
        self._lists = lists

    def line(self, name: str, attributes: Mapping[str, str]) -> None:
        part = attributes.get("PartName", "").removeprefix("/").lower()
        self._lists.check_content_type(part, attributes.get("ContentType", ""))


class _Relationships(_FlatList):
    root = f"{_RELS}Relationships"

    def __init__(self, owner: str, parts: Mapping[str, gate_zip.Entry], lists: PackageLists) -> None:
        super().__init__()
        self._lists = lists
        self._folder = posixpath.dirname(owner)
        self._parts = parts
        self.found: dict[str, Relationship] = {}

    def line(self, name: str, attributes: Mapping[str, str]) -> None:
        key = attributes.get("Id", "")
        if not key or key in self.found:
            raise Refused(Reason.ODD, "relationship without its own id")
        self.found[key] = self._relationship(key, attributes)

    def _relationship(self, key: str, attributes: Mapping[str, str]) -> Relationship:
        kind = self._lists.kind_of_relationship(attributes.get("Type", ""))
        outside = attributes.get("TargetMode", "Internal") != "Internal"
        if kind == HYPERLINK or (outside and kind in self._lists.outside):
            return Relationship(key, kind, "")
        if outside:
            raise Refused(Reason.EXTERNAL_LINKS, "relationship leads outside")
        stated = attributes.get("Target", "")
        target = posixpath.normpath(posixpath.join("/", self._folder, stated)).lstrip("/")
        if target not in self._parts:
            raise Refused(Reason.ODD, "relationship to a part that is not there")
        return Relationship(key, kind, target)
