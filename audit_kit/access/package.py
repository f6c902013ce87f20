"""An Office file as a package of XML parts, read safely: files may be hostile.

Nothing is fetched, no entity is resolved, a document type is refused, and what is unpacked is bounded.
Standard library and lxml alone.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from lxml import etree

Element = Any  # lxml has no types of its own

_MOST_PARTS = 10_000
_MOST_FILE_BYTES = 256 * 2**20
_MOST_PART_BYTES = 64 * 2**20
_MOST_XML_BYTES = 128 * 2**20  # of all parts that are read together
#: a tree takes some 120 bytes for each of these, however few bytes they are in the file: a million filled cells fit
_MOST_ELEMENTS, _MOST_ATTRIBUTES = 3_000_000, 6_000_000

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

#: Strict Open XML says the same under other names
_STRICT = MappingProxyType(
    {
        b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
        b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/presentationml/main": b"http://schemas.openxmlformats.org/presentationml/2006/main",
        b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    }
)

_TOO_LARGE = "It is too large to be looked through."


class Unreadable(Exception):
    """The file can't be looked through. Its text is a sentence that quotes nothing of the file."""


@dataclass(frozen=True)
class Relation:
    """Where a part points: ``kind`` is the last word of its type, such as "hyperlink"."""

    kind: str
    target: str  # the part's name, or the address when it lies outside
    outside: bool


class Package:
    """The parts of one file. Unreadable for what is no whole Office file or too large."""

    def __init__(self, data: bytes) -> None:
        if len(data) > _MOST_FILE_BYTES:
            raise Unreadable(_TOO_LARGE)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise Unreadable("It is no Word, Excel or PowerPoint file, or not all of it is there.") from None
        names = self._zip.namelist()
        if len(names) > _MOST_PARTS or len({name.lower() for name in names}) != len(names):
            raise Unreadable("It is not built as Office programs build files.")
        self._names = {name.lower(): name for name in names}
        self._left = _MOST_XML_BYTES
        self._elements, self._attributes = _MOST_ELEMENTS, _MOST_ATTRIBUTES
        self._read: dict[str, Element | None] = {}

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._names

    def xml(self, part: str) -> Element | None:
        """The root of a part, alternatives resolved; None when there is no such part."""
        if part not in self._read:
            self._read[part] = self._parsed(part)
        return self._read[part]

    def relations(self, part: str) -> dict[str, Relation]:
        """Where a part points, by the id that it uses; "" is the package itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for each in () if root is None else root.iterfind(f"{_RELS}Relationship"):
            outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts of this kind that a part points at, in the order of the file."""
        every = self.relations(part).values()
        return tuple(each.target for each in every if each.kind == kind and not each.outside)

    def only(self, part: str, kind: str) -> Element | None:
        """The root of the first part of this kind that a part points at; None when there is none."""
        found = self.related(part, kind)
        return self.xml(found[0]) if found else None

    def _parsed(self, part: str) -> Element | None:
        name = self._names.get(part.lower())
        if name is None:
            return None
        data = self._bytes(name)
        # by the marks that each must have: never fewer than there are
        self._elements -= data.count(b"<") - data.count(b"</")
        self._attributes -= data.count(b"=")
        if min(self._elements, self._attributes) < 0:
            raise Unreadable(_TOO_LARGE)
        return _parse(data)

    def _bytes(self, name: str) -> bytes:
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            raise Unreadable("A part of it is locked with a password.")
        most = min(_MOST_PART_BYTES, self._left)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise Unreadable("A part of it is damaged.") from None
        if len(data) > most:
            raise Unreadable(_TOO_LARGE)
        self._left -= len(data)
        return data


def _parse(data: bytes) -> Element:
    for strict, usual in _STRICT.items():
        if strict in data:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("A part of it is no well-formed XML.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("It holds a document type, as no Office program writes one.")
    _resolve_alternatives(root)
    return root


def _resolve_alternatives(root: Element) -> None:
    """Keep the first choice where a file offers several for the same thing: Office shows one of them."""
    for offer in list(root.iter(f"{MC}AlternateContent")):
        parent = offer.getparent()
        choice = offer.find(f"{MC}Choice")
        kept = choice if choice is not None else offer.find(f"{MC}Fallback")
        if parent is None:
            continue
        at = parent.index(offer)
        for number, child in enumerate(list(kept) if kept is not None else ()):
            parent.insert(at + number, child)
        parent.remove(offer)


_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_locked(data: bytes) -> bool:
    """Whether this is an Office file under a password or rights management: a compound file that holds one encrypted."""
    return data.startswith(_COMPOUND) and any(
        name.encode("utf-16-le") in data for name in ("EncryptedPackage", "DRMContent", "\x09DRMContent")
    )


def is_old(data: bytes) -> bool:
    """Whether this is a compound file, as Office wrote before 2007."""
    return data.startswith(_COMPOUND)
