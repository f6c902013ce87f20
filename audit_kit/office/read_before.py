"""What need not be read again in a file of which only some parts, or some cells, differ from one that was looked through."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from audit_kit.domain.base64_lines import in_base64
from audit_kit.office.stretches import CheckSum, stretches_of, unpacked_alone

_MOST_REMEMBERED = 200_000
_MOST_ATTACHED = 4  # packages that a mail may carry right after they were looked through
_MOST_STRETCHES = 5_000
_MOST_SHORT = 1_000
_MOST_OF_SHORT = 10_000  # bytes that it may hold
_SHORT = 200  # bytes of a stretch, compressed: to unpack it is as quick as to remember it
_PACKAGE_IN_BASE64 = b"UEsDB"  # how a package begins
_LINE_END, _BLANK_LINE = b"\r\n", b"\r\n\r\n"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"
_LISTED = re.compile(rb"(?=<(?:conditionalFormatting|dataValidation|definedName) )")
_LISTED_ENDS = (b"</conditionalFormatting>", b"</dataValidation>", b"</definedName>")
_AUDIT = re.compile(rb"(20\d\d-A\d-[A-Z]{2,8}([/_])[A-Z]\d{1,3}\2[A-Z0-9-]{2,12})")
_CASES = (re.compile(rb"case ([A-Z]\d{1,3})\b"), re.compile(rb">([A-Z]\d{1,3})\b"))
_CODE = re.compile(rb"\b[A-Z2-7]{5}(?:-[A-Z2-7]{5}){3}\b")


@dataclass
class ReadBefore:
    """What need not be read again: parts by their content, and texts. For files of which only some parts differ."""

    #: of audits and cases: what differs in nothing else says the same
    references: frozenset[bytes] = frozenset()
    #: whether what looks like a check code says nothing: it differs in every tool
    is_code: Callable[[str], bool] = lambda code: False
    texts: set[str] = field(default_factory=set)
    _clean: set[bytes] = field(default_factory=set)
    _met: set[bytes] = field(default_factory=set)
    _clean_attached: deque[bytes] = field(default_factory=lambda: deque(maxlen=_MOST_ATTACHED))
    _met_attached: list[bytes] = field(default_factory=list)
    _clean_pieces: set[bytes] = field(default_factory=set)
    _met_pieces: set[bytes] = field(default_factory=set)
    #: of each stretch its edges and the check sum of the whole
    _clean_stretches: dict[bytes, tuple[bytes, CheckSum]] = field(default_factory=dict)
    _met_stretches: dict[bytes, tuple[bytes, CheckSum]] = field(default_factory=dict)
    _short_ones: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)

    def is_new(self, kind: str, content: bytes) -> bool:
        """Whether this content was not confirmed before; it is remembered until ``confirm`` or ``forget``.

        ``kind``: how it would be read, since the same bytes may say something else when they are read otherwise.
        """
        digest = self._digest(kind, content)
        if digest in self._clean:
            return False
        self._met.add(digest)
        return True

    def is_new_package(self, data: bytes) -> bool:
        """The same for a whole package; for a while it is known as well where a mail carries it."""
        if not self.is_new("package", data):
            return False
        self._met_attached.append(in_base64(data))
        return True

    @staticmethod
    def _digest(kind: str, content: bytes) -> bytes:
        return hashlib.sha256(content).digest() + kind.encode()

    def without_references(self, content: bytes) -> bytes:
        """The same without references and check codes: they stand in every copy of a tool and in its draft."""
        for pattern in (_AUDIT, *_CASES):
            content = pattern.sub(self._unless_given, content)
        return _CODE.sub(lambda found: b"" if self.is_code(found[0].decode()) else found[0], content)

    def _unless_given(self, found: re.Match[bytes]) -> bytes:
        return b"" if found[1].replace(b"_", b"/") in self.references else found[0]

    def without_known_attachments(self, mail: bytes) -> bytes:
        """A mail without the attached packages that were confirmed before, by themselves, as they go out.

        A draft carries a tool that was looked through a moment ago; decoding it line by line is nearly all the cost.
        Nothing when what is left differs from a confirmed mail in references alone.
        """
        says, left = [], []
        for piece in mail.split(_BLANK_LINE):
            if piece.startswith(_PACKAGE_IN_BASE64) and self._is_attached(piece):
                continue
            left.append(piece)
            in_base64 = len(piece) > _SHORT and not piece.translate(None, _BASE64)
            says.append(piece if in_base64 else self.without_references(piece))
        return _BLANK_LINE.join(left) if self.is_new(".eml", _BLANK_LINE.join(says)) else b""

    def _is_attached(self, piece: bytes) -> bool:
        """Whether this is a confirmed package in base64, but for its last line's end."""
        whole = len(piece) + len(_LINE_END)
        return any(len(one) == whole and one.startswith(piece) for one in self._clean_attached)

    def without_known_stretches(self, kind: str, packed: bytes, size: int, crc: int) -> bytes | None:
        """What a compressed part of this size and check sum holds, without what lies within confirmed stretches of it.

        Nothing when it differs from a confirmed one in references alone. None when it has to be unpacked as a whole:
        it isn't made of stretches, or is not what it is said to be.
        """
        stretches = stretches_of(packed)
        if len(stretches) == 1:
            return None
        met: dict[bytes, tuple[bytes, CheckSum]] = {}
        says, pieces, so_far, left = [], [], 0, size
        for stretch in stretches:
            if len(stretch) <= _SHORT:
                content, says_the_same = self._short(stretch)
                so_far, left = zlib.crc32(content, so_far), left - len(content)
            else:
                says_the_same = self._digest(kind, stretch)
                known = self._clean_stretches.get(says_the_same)
                if known is None:
                    alone = unpacked_alone(stretch, left)
                    if alone is None:
                        return None
                    content, check_sum = alone, CheckSum.of(alone)
                    met[says_the_same] = _edges_of(content), check_sum
                    says_the_same = self.without_references(content)
                else:
                    content, check_sum = known
                so_far, left = check_sum.after(so_far), left - check_sum.size
            pieces.append(content)
            says.append(says_the_same)
        if left or so_far != crc:
            return None
        self._met_stretches |= met
        return b"".join(pieces) if self.is_new(f"stretches{kind}", b"\0".join(says)) else b""

    def _short(self, stretch: bytes) -> tuple[bytes, bytes]:
        """What a short stretch holds, and the same without references; the same ones come again and again."""
        found = self._short_ones.get(stretch)
        if found is None:
            content = unpacked_alone(stretch, _MOST_OF_SHORT) or b""
            found = content, self.without_references(content)
            if len(self._short_ones) >= _MOST_SHORT:
                self._short_ones.clear()
            self._short_ones[stretch] = found
        return found

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
        if len(self._clean_stretches) >= _MOST_STRETCHES:
            self._clean_stretches.clear()
        self._clean |= self._met
        self._clean_attached += self._met_attached
        self._clean_pieces |= self._met_pieces
        self._clean_stretches |= self._met_stretches
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
