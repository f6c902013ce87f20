"""Many copies of one workbook: the parts that stay are copied as they are, already compressed.

A workbook is a zip of parts. ``Package`` keeps every part's compressed bytes; a copy costs only the parts
that change. ``SlottedPart`` is one part cut open at the places that differ from copy to copy, with what lies
between them compressed once. The same input always gives the same bytes: no clock, fixed order.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO

from audit_kit.errors import HeldUp
from audit_kit.office.stretches import LAST_BLOCK, CheckSum, compressed, stored

LONGEST_CELL = 32_767  # characters; Excel's own limit
CUT_HERE = " [cut here: longer than a cell can hold]"

_NEAR = 130  # bytes between two slots that are written along with them: to compress them alone saves nothing
_DOS_TIME, _DOS_DATE = 0, 0x0021  # 1 January 1980, the zip format's first day
CORE = "docProps/core.xml"  # title, author, language
_TYPES = "[Content_Types].xml"
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_CELL = re.compile(rb'<c r="([A-Z]{1,3}\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_ROW = re.compile(rb'<row r="(\d+)"[^>]*>')
_HEIGHT = re.compile(rb' ht="[\d.]+"')
_FIXED = b' customHeight="1"'
_STYLE = re.compile(rb' s="\d+"')
_FORMULA = re.compile(rb"<f\b.*?</f>", re.DOTALL)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

CellValue = str | int | float | date | None


@dataclass(frozen=True)
class Deflated:
    """One part, compressed."""

    data: bytes
    crc: int
    size: int


def deflated(part: bytes) -> Deflated:
    """One part compressed the ordinary way."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Deflated(packer.compress(part) + packer.flush(), zlib.crc32(part), len(part))


class Package:
    """The parts of a workbook, still compressed, in their order."""

    def __init__(self, parts: Mapping[str, Deflated]) -> None:
        self._parts = dict(parts)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Take a workbook of the kit's own apart.

        Raises HeldUp for what can't be patched safely: macros, a signature, a part that is there twice.
        Not for files that came in: those are opened by the gate alone.
        """
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            _refuse_unsafe(names)
            names.sort(key=lambda name: name != _TYPES)  # first, as programs that look at the head expect it
            return cls({name: deflated(archive.read(name)) for name in names})

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def part(self, name: str) -> bytes:
        """One part as it was before compression."""
        return zlib.decompress(self._parts[name].data, -15)

    def packed(self, name: str) -> Deflated:
        """One part as it stands in the package."""
        return self._parts[name]

    def with_parts(self, changed: Mapping[str, Deflated]) -> Package:
        """The same package with these parts in place of its own. Parts it does not have come last."""
        return Package({**self._parts, **changed})

    def to_bytes(self) -> bytes:
        """The zip file: all bytes follow from the parts alone."""
        written: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for name, part in self._parts.items():
            raw = name.encode()
            fields = struct.pack(
                "<HHHHHIIIHH", 20, 0, 8, _DOS_TIME, _DOS_DATE, part.crc, len(part.data), part.size, len(raw), 0
            )  # fmt: skip
            written += (b"PK\x03\x04", fields, raw, part.data)
            directory += (b"PK\x01\x02\x14\x00", fields, struct.pack("<HHHII", 0, 0, 0, 0, offset), raw)
            offset += 4 + len(fields) + len(raw) + len(part.data)
        listing = b"".join(directory)
        count = len(self._parts)
        end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), offset, 0)
        return b"".join((*written, listing, end))


def _refuse_unsafe(names: list[str]) -> None:
    said = [name.casefold() for name in names]  # Excel makes no difference either
    unsafe = {
        "it holds macros": any("vbaproject" in name for name in said),
        "it is signed": any(name.startswith("_xmlsignatures/") for name in said),
        "one of its parts is there twice": len(set(said)) < len(said),
    }
    reasons = [reason for reason, holds in unsafe.items() if holds]
    if reasons:
        raise HeldUp(
            f"This workbook can't serve as a template: {' and '.join(reasons)}.",
            not_happened="No copies were made.",
            next_step="Save it again in Excel as an ordinary .xlsx workbook.",
        )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stays, compressed, and the slots behind it, each with the few bytes that stand before the next one."""

    packed: bytes
    check_sum: CheckSum
    changing: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, stays: bytes, changing: Iterable[tuple[str, bytes]]) -> _Stretch:
        return cls(compressed(stays), CheckSum.of(stays), tuple(changing))


class SlottedPart:
    """One part that differs from copy to copy only in named places.

    ``slots``: key → (first byte, byte after the last) in ``part``. Slots named in ``often`` are cut out once
    and for all, and the stretches between them compressed; touching any other slot compresses the part anew.
    """

    def __init__(self, part: bytes, slots: Mapping[str, tuple[int, int]], often: Iterable[str] = ()) -> None:
        self._part = part
        self._slots = dict(sorted(slots.items(), key=lambda item: item[1]))
        self._often = frozenset(often)

    def original(self, key: str) -> bytes:
        """What stands in this slot as long as nothing else is put there."""
        first, end = self._slots[key]
        return self._part[first:end]

    @property
    def keys(self) -> tuple[str, ...]:
        """All slots, in the order in which they stand."""
        return tuple(self._slots)

    def filled(self, values: Mapping[str, bytes]) -> Deflated:
        """The part with these slots replaced; the others stay as they are."""
        if values.keys() <= self._often:
            return self._joined(values)
        return deflated(self._replaced(values))

    @cached_property
    def _fixed(self) -> tuple[_Stretch, ...]:
        """The part as stretches that stay, each with what changes behind it. A sheet with answers needs none."""
        stretches, position, stays = [], 0, b""
        changing: list[tuple[str, bytes]] = []
        for key, (first, end) in self._slots.items():
            if key in self._often:
                between = self._part[position:first]
                if changing and len(between) <= _NEAR:
                    changing[-1] = (changing[-1][0], between)
                else:
                    stretches.append(_Stretch.of(stays, changing))
                    stays, changing = between, []
                changing.append((key, b""))
                position = end
        last = self._part[position:]
        stretches += (_Stretch.of(stays, changing), _Stretch.of(last, []))
        return tuple(stretches)

    def _joined(self, values: Mapping[str, bytes]) -> Deflated:
        data: list[bytes] = []
        crc = size = 0
        for stretch in self._fixed:
            pieces: list[bytes] = []
            for key, behind in stretch.changing:
                pieces += (values[key] if key in values else self.original(key), behind)
            changed = b"".join(pieces)
            data += (stretch.packed, stored(changed))
            crc = zlib.crc32(changed, stretch.check_sum.after(crc))
            size += stretch.check_sum.size + len(changed)
        return Deflated(b"".join((*data, LAST_BLOCK)), crc, size)

    def _replaced(self, values: Mapping[str, bytes]) -> bytes:
        pieces: list[bytes] = []
        position = 0
        for key, (first, end) in self._slots.items():
            if key in values:
                pieces += (self._part[position:first], values[key])
                position = end
        return b"".join((*pieces, self._part[position:]))


def cell_slots(sheet: bytes) -> dict[str, tuple[int, int]]:
    """Every cell of a sheet's XML: address → where it stands. Cells with neither value nor style have none."""
    return {found[1].decode(): found.span() for found in _CELL.finditer(sheet)}


def row_slots(sheet: bytes) -> dict[int, tuple[int, int]]:
    """The start of every row of a sheet's XML: number → where it stands."""
    return {int(found[1]): found.span() for found in _ROW.finditer(sheet)}


def row_with_height(row: bytes, points: float) -> bytes:
    """The start of a row that is this high to begin with, and grows with what is typed."""
    return _HEIGHT.sub(b' ht="%.1f"' % points, row).replace(_FIXED, b"")


def row_height(row: bytes) -> float:
    """How high a row is to begin with, in points; 0 where it doesn't say."""
    found = _HEIGHT.search(row)
    return float(found[0].split(b'"')[1]) if found else 0.0


def token_slots(part: bytes, tokens: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Where each of these words stands in a part: the second place of a word is called ``word 2``, and so on."""
    places = {}
    for token in tokens:
        for number, found in enumerate(re.finditer(re.escape(token.encode()), part), start=1):
            places[token if number == 1 else f"{token} {number}"] = found.span()
    return places


def cell_with(cell: bytes, value: CellValue) -> bytes:
    """The cell holding another value, its style and formula kept.

    Text stays text whatever it begins with; a date or number is written as such; None empties the cell. In a
    formula's cell the value is the remembered result, shown until the formula is worked out again. ValueError for anything but one whole cell.
    """
    found = _CELL.fullmatch(cell)
    if found is None:
        raise ValueError("not one cell")
    style = _STYLE.search(found[2])
    formula = _FORMULA.search(found[3] or b"")
    start = b'<c r="' + found[1] + b'"' + (style[0] if style else b"")
    kept = formula[0] if formula else b""
    if isinstance(value, date):
        value = (value - _EXCEL_DAY_ZERO).days
    if value is None or value == "":
        if kept:
            return start + b' t="str">' + kept + b"<v></v></c>"
        return start + b"/>"
    if isinstance(value, str):
        if kept:
            return start + b' t="str">' + kept + b"<v>" + xml_text(value) + b"</v></c>"
        return text_cell(start, value)
    return start + b">" + kept + b"<v>" + repr(value).encode() + b"</v></c>"


def text_cell(start: bytes, text: str) -> bytes:
    """A whole cell that holds this text, whatever it begins with. ``start``: ``<c r="B7" s="4"``; "" leaves it empty."""
    if not text:
        return start + b"/>"
    return start + b' t="inlineStr"><is><t xml:space="preserve">' + xml_text(text) + b"</t></is></c>"


def core_properties(*, title: str, subject: str, author: str, keywords: str) -> bytes:
    """The part with a document's own properties, in British English. Without dates: equal copies stay equal."""
    texts = {
        "dc:title": title,
        "dc:subject": subject,
        "dc:creator": author,
        "cp:lastModifiedBy": author,
        "cp:keywords": keywords,
        "dc:language": "en-GB",
    }
    inner = b"".join(b"<%b>%b</%b>" % (tag.encode(), xml_text(text), tag.encode()) for tag, text in texts.items())
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/">' + inner + b"</cp:coreProperties>"
    )


def xml_text(text: str) -> bytes:
    """Text as it may stand in a part.

    Characters that XML forbids become U+FFFD, line ends become line feeds, and what Excel would take for one
    of its own escapes (``_x000A_``) is escaped, so that it is read back as typed. What is longer than a cell
    can hold is cut, and says so.
    """
    return (
        cell_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").encode()
    )


def cell_text(text: str) -> str:
    """Text as a library that writes cells wants it: what would be read as Excel's own escape is escaped."""
    plain = plain_text(text)
    return _EXCEL_ESCAPE.sub("_x005F_", plain) if "_x" in plain else plain


def plain_text(text: str) -> str:
    """Text without what a cell can't hold: forbidden characters, carriage returns, too great a length."""
    if text.isprintable() and len(text) <= LONGEST_CELL:  # most are one line of nothing else
        return text
    plain = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(plain) > LONGEST_CELL:
        plain = plain[: LONGEST_CELL - len(CUT_HERE)] + CUT_HERE
    return plain
