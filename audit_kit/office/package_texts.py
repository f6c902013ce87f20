"""Every text that a file holds, wherever it stands: what a name could hide in before the file leaves.

A package (Excel, Word, PowerPoint) is read part by part, known to us or not; packages in packages, mails and their
attachments likewise. Nothing here trusts a schema: a text is found because it is there, not because it is expected.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zipfile
import zlib
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from audit_kit.office.mail_texts import mail_parts
from audit_kit.office.markup_texts import texts_of_html, texts_of_xml
from audit_kit.office.plain_texts import texts_of_bytes, texts_of_picture, texts_of_plain
from audit_kit.office.protect import is_protected

_MIB = 1024 * 1024
MOST_BYTES = 64 * _MIB  # of one file with everything that is packed in it, unpacked
MOST_PARTS = 2_000
MOST_DEPTH = 6  # packages in mails in packages
_MOST_REMEMBERED = 200_000
_PACKAGE = b"PK\x03\x04"
_WHOLE = "package"  # the kind of a whole package: it is read as one whatever its name ends in
_BASE64 = re.compile(rb"(?<=\n\r\n)(?:[A-Za-z0-9+/]{76}\r\n){20,}[A-Za-z0-9+/=]{0,76}\r\n")
_LISTED = re.compile(rb"(?=<(?:conditionalFormatting|dataValidation|definedName) )")
_LISTED_ENDS = (b"</conditionalFormatting>", b"</dataValidation>", b"</definedName>")
_REFERENCE = re.compile(rb"20\d\d-A\d-[A-Z]{2,8}/[A-Z]\d{1,3}/[A-Z0-9-]{2,12}")
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
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,40}?"
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
class ReadBefore:
    """What need not be read again: parts by their content, and texts. For files of which only some parts differ."""

    references: frozenset[bytes] = frozenset()  # of audits: parts that differ in nothing else say the same
    texts: set[str] = field(default_factory=set)
    _clean: set[bytes] = field(default_factory=set)
    _met: set[bytes] = field(default_factory=set)
    _clean_pieces: set[bytes] = field(default_factory=set)
    _met_pieces: set[bytes] = field(default_factory=set)

    def is_new(self, kind: str, content: bytes) -> bool:
        """Whether this content was not confirmed before; it is remembered until ``confirm`` or ``forget``.

        ``kind``: how it would be read, since the same bytes may say something else when they are read otherwise.
        """
        digest = hashlib.sha256(content).digest() + kind.encode()
        if digest in self._clean:
            return False
        self._met.add(digest)
        return True

    def without_references(self, part: bytes) -> bytes:
        """A part without the references of audits: each stands in the margin of every sheet of a tool."""
        return _REFERENCE.sub(lambda found: b"" if found[0] in self.references else found[0], part)

    def without_known_attachments(self, mail: bytes) -> bytes:
        """A mail without the attached packages that were confirmed before, by themselves, as they go out.

        A draft carries a tool that was looked through a moment ago; decoding it line by line is nearly all the cost.
        """

        def emptied(found: re.Match[bytes]) -> bytes:
            content = a2b_base64(found[0])
            known = content.startswith(_PACKAGE) and hashlib.sha256(content).digest() + _WHOLE.encode() in self._clean
            return b"" if known else found[0]

        return _BASE64.sub(emptied, mail)

    def without_known_pieces(self, part: bytes) -> bytes:
        """A part of a workbook without the cells, lists, formats and names that were confirmed before, where they stood.

        Of a tool that goes out a hundred times a few cells differ; parsing all the others is nearly all the cost.
        Any other part stays as it is.
        """
        if b"<sheetData" not in part and b"<definedNames" not in part:
            return part
        # what follows the last cell of a row stands behind that cell: with it goes one row's end and the next one's start
        first, *cells = part.split(b"<c ")
        behind, *listed = _LISTED.split(cells.pop() if cells else first)
        if cells:
            behind = b"<c ".join((first, *self._new(cells), behind))
        return b"".join((behind, *self._new(listed, _LISTED_ENDS)))

    def _new(self, pieces: list[bytes], whole: tuple[bytes, ...] = (b"",)) -> list[bytes]:
        """The pieces that were not confirmed, and those that hold more than one whole element: they keep the rest in order."""
        new = [piece for piece in pieces if piece not in self._clean_pieces or not piece.endswith(whole)]
        self._met_pieces.update(new)
        return new

    def remember(self, text: str) -> None:
        """Nothing is in this text: it need not be given again."""
        if len(self.texts) >= _MOST_REMEMBERED:
            self.texts.clear()
        self.texts.add(text)

    def confirm(self) -> None:
        """Nothing was found in what was met: it need not be read again."""
        if len(self._clean_pieces) >= _MOST_REMEMBERED:
            self._clean_pieces.clear()
        self._clean |= self._met
        self._clean_pieces |= self._met_pieces
        self.forget()

    def forget(self) -> None:
        """Something was found: what was met will be read again."""
        self._met.clear()
        self._met_pieces.clear()


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
        if before.is_new(_WHOLE, data):
            yield from _texts_of_package(data, place, before, budget, depth)
    elif data.startswith(_OLE):
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
        yield from _placed(place, "", texts_of_plain(re.sub(rb"\r?\n[ \t]", b"", data)))
    elif ending in (".html", ".htm"):
        yield from _placed(place, "", texts_of_html(data))
    elif ending in (".xml", ".rels", ".vml") or _is_xml(data):
        yield from _placed(place, "", texts_of_xml(before.without_known_pieces(data), before.texts))
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
            yield PlacedText(_joined(part, "its name"), info.filename)
            yield from _placed(part, "its comment", texts_of_plain(info.comment))
            # by its compressed bytes: of many copies most parts are the same to the last byte
            if not before.is_new(f"{info.compress_type}{_ending(info.filename)}", _packed(data, info)):
                continue
            content = _unpacked(package, info, budget)
            if isinstance(content, str):
                yield PlacedText(part, "", content)
            elif before.is_new(_ending(info.filename), before.without_references(content)):
                yield from _texts(_ending(info.filename), content, part, before, budget, depth + 1)


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """One part as it stands in the package, still compressed."""
    head = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(head) < _LOCAL_HEADER.size:
        return head
    start = info.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(head))
    return data[start : start + info.compress_size]


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes | str:
    """The content of one part, or why there is none."""
    if info.flag_bits & 0x1:
        return _PROTECTED
    try:
        with package.open(info) as part:
            content = part.read(budget.left + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return _DAMAGED
    if len(content) > budget.left:
        return _TOO_LARGE
    budget.left -= len(content)
    return content


def _texts_of_mail(
    data: bytes, place: str, before: ReadBefore, budget: _Budget, depth: int
) -> Iterator[PlacedText]:  # fmt: skip
    """A mail's headers, its bodies and its attachments."""
    for part in mail_parts(before.without_known_attachments(data)):
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


def _placed(place: str, where: str, texts: Iterator[tuple[str, str]]) -> Iterator[PlacedText]:
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
