"""What need not be read again in a file of which only some parts, or some cells, differ from one that was looked through."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from audit_kit.domain.base64_lines import in_base64
from audit_kit.office.stretches import CheckSum, end_of_stretch, unpacked_alone

_MOST_REMEMBERED = 200_000
_MOST_ATTACHED = 4  # packages that a mail may carry right after they were looked through
_MOST_STRETCHES = 3 * 1024 * 1024  # bytes of the stretches that are remembered, compressed
_BEGINS = 32  # bytes by which a stretch is looked up before it is compared
_MOST_SHORT = 1_000
_MOST_OF_SHORT = 10_000  # bytes that it may hold
_SHORT = 200  # bytes of a stretch, compressed: to unpack it is as quick as to remember it
_LINE_END, _BLANK_LINE = b"\r\n", b"\r\n\r\n"
_PACKAGE = _BLANK_LINE + b"UEsDB"  # how one begins in a mail
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"
_LISTED = re.compile(rb"(?=<(?:conditionalFormatting|dataValidation|definedName) )")
_LISTED_ENDS = (b"</conditionalFormatting>", b"</dataValidation>", b"</definedName>")
_AUDIT = re.compile(rb"(20\d\d-A\d-[A-Z]{2,8}([/_])[A-Z]\d{1,3}\2[A-Z0-9-]{2,12})")
_CASES = (re.compile(rb"case ([A-Z]\d{1,3})\b"), re.compile(rb">([A-Z]\d{1,3})\b"))
_CODE = re.compile(rb"\b[A-Z2-7]{5}(?:-[A-Z2-7]{5}){3}\b")
_IN_A_CODE = re.compile(rb"-[A-Z2-7]{5}-")  # looked for first: it begins with a byte that is found at once


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch that was unpacked by itself."""

    packed: bytes
    new: bytes  # what has to be read of it
    says: bytes  # a digest of what it says, but for references
    check_sum: CheckSum


@dataclass
class ReadBefore:
    """What need not be read again: parts by their content, and texts. For files of which only some parts differ."""

    #: of audits and cases: what differs in nothing else says the same
    references: frozenset[bytes] = frozenset()
    #: whether what looks like a check code says nothing: it differs in every tool
    is_code: Callable[[str], bool] = lambda code: False
    texts: set[str] = field(default_factory=set)
    _clean: set[object] = field(default_factory=set)
    _met: set[object] = field(default_factory=set)
    _clean_attached: deque[bytes] = field(default_factory=lambda: deque(maxlen=_MOST_ATTACHED))
    _met_attached: list[bytes] = field(default_factory=list)
    _clean_pieces: set[bytes] = field(default_factory=set)
    _met_pieces: set[bytes] = field(default_factory=set)
    #: by how it would be read and by how it begins
    _clean_stretches: dict[tuple[str, bytes], _Stretch] = field(default_factory=dict)
    _met_stretches: list[tuple[str, _Stretch]] = field(default_factory=list)
    _bytes_of_stretches: int = 0
    _short_ones: dict[bytes, _Stretch] = field(default_factory=dict)

    def is_new(self, kind: str, content: bytes) -> bool:
        """Whether this content was not confirmed before; it is remembered until ``confirm`` or ``forget``.

        ``kind``: how it would be read, since the same bytes may say something else when they are read otherwise.
        """
        return self._is_new(self._digest(kind, content))

    def _is_new(self, what: object) -> bool:
        if what in self._clean:
            return False
        self._met.add(what)
        return True

    def note_package(self, data: bytes) -> None:
        """Once this whole package is confirmed it is known as well, for a while, where a mail carries it."""
        self._met_attached.append(in_base64(data))

    @staticmethod
    def _digest(kind: str, content: bytes) -> bytes:
        return hashlib.sha256(content).digest() + kind.encode()

    def without_references(self, content: bytes) -> bytes:
        """The same without references and check codes: they stand in every copy of a tool and in its draft."""
        for pattern in (_AUDIT, *_CASES):
            content = pattern.sub(self._unless_given, content)
        if not _IN_A_CODE.search(content):
            return content
        return _CODE.sub(lambda found: b"" if self.is_code(found[0].decode()) else found[0], content)

    def _unless_given(self, found: re.Match[bytes]) -> bytes:
        return b"" if found[1].replace(b"_", b"/") in self.references else found[0]

    def without_known_attachments(self, mail: bytes) -> bytes:
        """A mail without the attached packages that were confirmed before, by themselves, as they go out.

        A draft carries a tool that was looked through a moment ago; decoding it line by line is nearly all the cost.
        Nothing when what is left differs from a confirmed mail in references alone.
        """
        left, at = [], 0
        while (begins := mail.find(_PACKAGE, at)) >= 0:
            begins += len(_BLANK_LINE)
            left.append(mail[at:begins])
            at = begins + self._length_of_attached(mail, begins)
        new = b"".join((*left, mail[at:]))
        says = _BLANK_LINE.join(
            piece if len(piece) > _SHORT and not piece.translate(None, _BASE64) else self.without_references(piece)
            for piece in new.split(_BLANK_LINE)
        )
        return new if self.is_new(".eml", says) else b""

    def _length_of_attached(self, mail: bytes, begins: int) -> int:
        """How long the confirmed package is that stands here and is all that this part of the mail holds; 0 for none."""
        lengths = (len(one) for one in self._clean_attached if mail.startswith(one, begins))
        return next((length for length in lengths if mail.startswith(_LINE_END, begins + length)), 0)

    def without_known_stretches(self, kind: str, packed: bytes, size: int, crc: int) -> bytes | None:
        """What a compressed part of this size and check sum holds, without what lies within confirmed stretches of it.

        Nothing when it differs from a confirmed one in references alone. None when it has to be unpacked as a whole:
        it isn't made of stretches, or is not what it is said to be.
        """
        found = self._stretches_of(kind, packed, size)
        if found is None:
            return None
        stretches, fresh = found
        so_far = 0
        for stretch in stretches:
            so_far = stretch.check_sum.after(so_far)
        if so_far != crc or sum(stretch.check_sum.size for stretch in stretches) != size:
            return None
        self._met_stretches += ((kind, stretch) for stretch in fresh)
        says = (kind, *(stretch.says for stretch in stretches))
        return b"".join(stretch.new for stretch in stretches) if self._is_new(says) else b""

    def _stretches_of(self, kind: str, packed: bytes, most: int) -> tuple[list[_Stretch], list[_Stretch]] | None:
        """The stretches of a part, and those of them that are not confirmed; None when one can't be unpacked by itself.

        A confirmed one is compared as it is; where it ends the next begins.
        """
        stretches: list[_Stretch] = []
        fresh: list[_Stretch] = []
        at = 0
        while at < len(packed):
            stretch = self._clean_stretches.get((kind, packed[at : at + _BEGINS]))
            if stretch is None or not packed.startswith(stretch.packed, at):
                end = end_of_stretch(packed, at)
                if (at, end) == (0, len(packed)):  # it was compressed as a whole
                    return None
                stretch = self._unpacked(kind, packed[at:end], most)
                if stretch is None:
                    return None
                if len(stretch.packed) > _SHORT:
                    fresh.append(stretch)
            stretches.append(stretch)
            at += len(stretch.packed)
            most -= stretch.check_sum.size
        return stretches, fresh

    def _unpacked(self, kind: str, packed: bytes, most: int) -> _Stretch | None:
        """A stretch that isn't confirmed, or is so short that to unpack it is as quick; the same short ones come again."""
        known = self._short_ones.get(packed)
        if known is not None:
            return known
        short = len(packed) <= _SHORT
        content = unpacked_alone(packed, _MOST_OF_SHORT if short else max(most, 0))
        if content is None:
            return None
        says = self._digest(kind, self.without_references(content))
        stretch = _Stretch(packed, content, says, CheckSum.of(content))
        if short:
            if len(self._short_ones) >= _MOST_SHORT:
                self._short_ones.clear()
            self._short_ones[packed] = stretch
        return stretch

    def without_known_pieces(self, part: bytes) -> bytes:
        """A part of a workbook without the cells, lists, formats and names that were confirmed before, where they stood.

        Of a tool that goes out a hundred times a few cells differ; parsing all the others is nearly all the cost.
        Any other part stays as it is.
        """
        if b"<sheetData" not in part and b"<definedNames" not in part:
            return part
        first, cells, listed = _in_pieces(part)
        if cells:
            first = b"<c ".join((first, *self._new(cells[:-1]), cells[-1]))
        return b"".join((first, *self._new(listed, _LISTED_ENDS)))

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
        if self._bytes_of_stretches >= _MOST_STRETCHES:
            self._clean_stretches.clear()
            self._bytes_of_stretches = 0
        self._clean |= self._met
        self._clean_attached += self._met_attached
        self._clean_pieces |= self._met_pieces
        for kind, stretch in self._met_stretches:
            self._clean_stretches[kind, stretch.packed[:_BEGINS]] = replace(stretch, new=_edges_of(stretch.new))
            self._bytes_of_stretches += len(stretch.packed)
        self.forget()

    def forget(self) -> None:
        """Something was found: what was met will be read again."""
        self._met.clear()
        self._met_attached.clear()
        self._met_pieces.clear()
        self._met_stretches.clear()


def _in_pieces(part: bytes) -> tuple[bytes, list[bytes], list[bytes]]:
    """What stands before the first cell, the cells, and the formats, rules and names after the last one.

    What follows a cell stands behind it: with the last of a row goes one row's end and the next one's start.
    """
    first, *cells = part.split(b"<c ")
    before, *listed = _LISTED.split(cells.pop() if cells else first)
    return (first, [*cells, before], listed) if b"<c " in part else (before, [], listed)


def _edges_of(content: bytes) -> bytes:
    """A stretch without the cells, formats, rules and names that lie wholly within it: what may go on in its neighbours."""
    first, cells, listed = _in_pieces(content)
    if cells:
        first = b"<c ".join((first, cells[-1]))
    return b"".join((first, *(piece for piece in listed[:-1] if not piece.endswith(_LISTED_ENDS)), *listed[-1:]))
