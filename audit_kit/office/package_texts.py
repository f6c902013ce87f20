"""Every text that a file holds, wherever it stands: what a name could hide in before the file leaves.

A package (Excel, Word, PowerPoint) is read part by part, known to us or not; packages in packages, mails and their
attachments likewise. Nothing here trusts a schema: a text is found because it is there, not because it is expected.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from audit_kit.office.mail_texts import mail_parts
from audit_kit.office.markup_texts import texts_of_html, texts_of_xml
from audit_kit.office.plain_cells import plain_cells
from audit_kit.office.plain_texts import texts_of_bytes, texts_of_lines, texts_of_picture, texts_of_plain
from audit_kit.office.read_before import ReadBefore

_MIB = 1024 * 1024
MOST_BYTES = 64 * _MIB  # of one file with everything that is packed in it, unpacked
MOST_PARTS = 2_000
MOST_DEPTH = 6  # packages in mails in packages
_PACKAGE = b"PK\x03\x04"
_LOCAL_HEADER = struct.Struct("<26xHH")  # of a part in a package: how long its name is, and what follows the name

_PROTECTED = "it opens only with a password"
_TOO_LARGE = "it is too large"
_TOO_DEEP = "it is packed too deep"
_DAMAGED = "it is damaged"

#: contents whose words can't be read reliably, by how they begin: to call them clean would be a guess
_UNREADABLE = {
    b"%PDF-": "the words of a PDF can't be read; ask for the Word document that it was made from",
    b"{\\rtf": "the words of an RTF file can't be read; save it as Word (.docx)",
    b"Rar!\x1a\x07": "it is packed in a way that can't be opened; unpack it",
    b"7z\xbc\xaf\x27\x1c": "it is packed in a way that can't be opened; unpack it",
    b"\x1f\x8b": "it is packed in a way that can't be opened; unpack it",
    b"BZh": "it is packed in a way that can't be opened; unpack it",
    b"\xfd7zXZ\0": "it is packed in a way that can't be opened; unpack it",
}
_OLD_OFFICE = "the words of an old Office file can't be read; save it as .docx, .xlsx or .pptx"
_SHOWN = "what a picture shows can't be read"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_MAIL_BEGINS = re.compile(
    # a line has one way only to be matched, CR and all: with two, forty of them would be tried in 2^40 ways
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?"
    rb"(?:MIME-Version|From|Received|Subject|X-Unsent):",
    re.IGNORECASE,
)  # fmt: skip
#: the parts of Office packages whose names may be shown: any other name may be somebody's
_KNOWN_PART = re.compile(
    r"(?:(?:xl|word|ppt|docProps|customXml|_rels|[a-z]+/_rels|(?:xl|word|ppt)/(?:worksheets|charts|drawings|tables|theme|"
    r"slides|notesSlides|slideLayouts|slideMasters|notesMasters|embeddings|media|externalLinks|pivotTables|pivotCache|"
    r"comments|threadedComments|persons|printerSettings|customXml|glossary)(?:/_rels)?)/)?"
    r"(?:\[Content_Types\]|workbook|sheet|sharedStrings|styles|theme|comments|commentsExtended|people|person|threadedComment|"
    r"document|header|footer|footnotes|endnotes|settings|fontTable|webSettings|numbering|core|app|custom|drawing|vmlDrawing|"
    r"chart|colors|style|slide|notesSlide|notesMaster|slideLayout|slideMaster|presentation|presProps|viewProps|tableStyles|"
    r"table|item|itemProps|image|oleObject|package|externalLink|calcChain|printerSettings|connections|pivotTable|"
    r"pivotCacheDefinition|pivotCacheRecords|vbaProject|thumbnail|stylesWithEffects|)"
    r"\d{0,4}(?:\.(?:xml|vml|bin|png|jpeg|jpg|gif|emf|xlsx|docx|pptx))?(?:\.rels)?"
)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One text and where it stands. ``place`` names parts by what they are, never by a name that somebody gave.

    With ``unread`` there is no text: it says why this place could not be looked into.
    """

    place: str
    text: str
    unread: str = ""


@dataclass
class _Budget:
    """What may still be unpacked of one file."""

    left: int = MOST_BYTES
    parts: int = MOST_PARTS


def texts_of(name: str, data: bytes, before: ReadBefore | None = None) -> Iterator[PlacedText]:
    """Every text of a file, with its place: all parts, attributes, properties, part names, packed files.

    The runs of a paragraph, and of a cell, are one text. Of ``name`` only the ending counts. Parts that ``before``
    knows are passed over, and so are texts that it knows (some of those may come again). Nothing about the content is an error: what can't be looked into (protected, damaged,
    beyond the limits) is given as ``unread``.
    """
    yield from _texts(_ending(name), data, "", before or ReadBefore(), _Budget(), 0)


def _texts(
    ending: str, data: bytes, place: str, before: ReadBefore, budget: _Budget, depth: int
) -> Iterator[PlacedText]:  # fmt: skip
    """The texts of one file or part, by what its content is rather than by what it is called."""
    if depth > MOST_DEPTH:
        yield PlacedText(place, "", _TOO_DEEP)
    elif data[:4] in (_PACKAGE, b"PK\x05\x06"):
        before.note_package(data)
        yield from _texts_of_package(data, place, before, budget, depth)
    elif data.startswith(_OLE):
        from audit_kit.office.protect import is_protected  # what encrypts is large, and seldom needed here

        if is_protected(data):
            yield PlacedText(place, "", _PROTECTED)
        else:
            yield PlacedText(place, "", _OLD_OFFICE)
            yield from _placed(place, "", texts_of_bytes(data))
    elif unreadable := _unreadable(data):
        yield PlacedText(place, "", unreadable)
        yield from _placed(place, "", texts_of_bytes(data))
    elif data.startswith(_PICTURES):
        if not depth:
            yield PlacedText(place, "", _SHOWN)
        yield from _placed(place, "picture's details", texts_of_picture(data))
    elif ending == ".eml" or (ending not in _NEVER_MAIL and _MAIL_BEGINS.match(data[:20_000])):
        yield from _texts_of_mail(data, place, before, budget, depth)
    elif data.startswith(_FOLDED):  # its long lines are folded, in mid-word if need be
        yield from _placed(place, "", texts_of_lines(re.sub(rb"\r?\n[ \t]", b"", data)))
    elif ending in (".html", ".htm"):
        yield from _placed(place, "", texts_of_html(data))
    elif ending in (".xml", ".rels", ".vml") or _is_xml(data):
        cells, rest = plain_cells(before.without_known_pieces(data))
        yield from _placed(place, "", (each for each in cells if each[1] not in before.texts))
        # without its cells a sheet of one copy is mostly that of another
        if not cells or before.is_new(f"{ending} without cells", before.without_references(rest)):
            yield from _placed(place, "", texts_of_xml(rest, before.texts))
    elif ending in (".bin", ".emf", ".wmf") or b"\0\0\0" in data[:4096]:
        yield from _placed(place, "", texts_of_bytes(data))
    else:
        yield from _placed(place, "", texts_of_plain(data))


_FOLDED = (b"BEGIN:VCALENDAR", b"BEGIN:VCARD")
_NEVER_MAIL = frozenset((".xml", ".rels", ".vml", ".html", ".htm", ".bin"))


def _texts_of_package(
    data: bytes, place: str, before: ReadBefore, budget: _Budget, depth: int
) -> Iterator[PlacedText]:  # fmt: skip
    """A package's own words (part names, comments) and all its parts."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        yield PlacedText(place, "", _DAMAGED)
        yield from _placed(place, "", texts_of_bytes(data[:MOST_BYTES]))
        return
    with package:
        yield from _placed(place, "archive comment", texts_of_plain(package.comment))
        for number, info in enumerate(package.infolist(), start=1):
            budget.parts -= 1
            if budget.parts < 0:
                yield PlacedText(place, "", "it has too many parts")
                return
            part = _joined(place, _part_in_words(info.filename, number))
            if info.filename not in before.texts:
                yield PlacedText(_joined(part, "its name"), info.filename)
            if info.comment:
                yield from _placed(part, "its comment", texts_of_plain(info.comment))
            packed = _packed(data, info)
            content: bytes | str | None = _unpacked_in_part(packed, info, before, budget)
            if content is None:
                # by its compressed bytes: of many copies most parts are the same to the last byte
                if not before.is_new(f"{info.compress_type}{_ending(info.filename)}", packed):
                    continue
                content = _unpacked(package, data, packed, info, budget)
            if isinstance(content, str):
                yield PlacedText(part, "", content)
            elif content and before.is_new(_ending(info.filename), before.without_references(content)):
                yield from _texts(_ending(info.filename), content, part, before, budget, depth + 1)


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """One part as it stands in the package, still compressed."""
    head = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(head) < _LOCAL_HEADER.size:
        return head
    start = info.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(head))
    return data[start : start + info.compress_size]


def _unpacked_in_part(packed: bytes, info: zipfile.ZipInfo, before: ReadBefore, budget: _Budget) -> bytes | None:
    """What may be new in a part that was put together from stretches; None for any other part."""
    if info.flag_bits & 0x1 or info.compress_type != zipfile.ZIP_DEFLATED or info.file_size > budget.left:
        return None
    content = before.without_known_stretches(_ending(info.filename), packed, info.file_size, info.CRC)
    if content is not None:
        budget.left -= info.file_size
    return content


def _unpacked(
    package: zipfile.ZipFile, data: bytes, packed: bytes, info: zipfile.ZipInfo, budget: _Budget
) -> bytes | str:  # fmt: skip
    """The content of one part, or why there is none."""
    if info.flag_bits & 0x1:
        return _PROTECTED
    content = _inflated(data, packed, info) if info.file_size <= budget.left else None
    if content is not None:
        budget.left -= len(content)
        return content
    try:
        with package.open(info) as part:
            content = part.read(budget.left + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return _DAMAGED
    if len(content) > budget.left:
        return _TOO_LARGE
    budget.left -= len(content)
    return content


def _inflated(data: bytes, packed: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """What a part holds that stands there as nearly all do, and is whole; None for any other, which ``zipfile`` judges.

    For a small part ``zipfile`` takes longer to find its way than to inflate it.
    """
    if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits or not info.orig_filename.isascii():
        return None
    begins, name = info.header_offset, info.orig_filename.encode()
    named = begins + _LOCAL_HEADER.size
    if named > len(data) or not data.startswith(_PACKAGE, begins):
        return None
    length, _ = _LOCAL_HEADER.unpack_from(data, begins)
    if data[named : named + length] != name:
        return None
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = inflater.decompress(packed, info.file_size + 1)
    except zlib.error:
        return None
    return content if len(content) == info.file_size and zlib.crc32(content) == info.CRC else None


def _texts_of_mail(
    data: bytes, place: str, before: ReadBefore, budget: _Budget, depth: int
) -> Iterator[PlacedText]:  # fmt: skip
    """A mail's headers, its bodies and its attachments."""
    new = before.without_known_attachments(data)
    for part in mail_parts(new) if new else ():
        budget.parts -= 1
        budget.left -= len(part.content)
        where = _joined(place, part.place)
        if budget.parts < 0 or budget.left < 0:
            yield PlacedText(where, "", _TOO_LARGE)
            return
        for text in part.headers:
            yield PlacedText(_joined(where, "its headers"), text)
        ending = _ending(part.name) or part.ending
        if part.content and (part.content.startswith(_PACKAGE) or before.is_new(ending, part.content)):
            yield from _texts(ending, part.content, where, before, budget, depth + 1)


def _placed(place: str, where: str, texts: Iterable[tuple[str, str]]) -> Iterator[PlacedText]:
    for within, text in texts:
        if text and not text.isspace():
            yield PlacedText(_joined(_joined(place, where), within), text)


def _joined(place: str, within: str) -> str:
    return f"{place}, {within}" if place and within else place or within


@lru_cache(maxsize=1024)
def _part_in_words(name: str, number: int) -> str:
    """How a part is called in messages: by its name only when that is one that every package has."""
    return name if _KNOWN_PART.fullmatch(name) else f"part {number}"


@lru_cache(maxsize=1024)
def _ending(name: str) -> str:
    found = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return found[0].lower() if found else ""


def _unreadable(data: bytes) -> str:
    """Why the words of this content can't be read, by how it begins; a PDF may have some bytes before it."""
    if b"%PDF-" in data[:1024]:
        return _UNREADABLE[b"%PDF-"]
    return next((why for begin, why in _UNREADABLE.items() if data.startswith(begin)), "")


def _is_xml(data: bytes) -> bool:
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    return start.startswith(b"<?xml")
