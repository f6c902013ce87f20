"""The texts of XML parts and of HTML: paragraphs and cells whole, attributes, comments, declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date, timedelta
from functools import lru_cache
from html.parser import HTMLParser

from lxml import etree
from lxml.etree import _Element

from audit_kit.office.plain_texts import decoded, paragraphs_of

#: elements whose texts belong together, whatever they are split into, and what each is called
_BLOCKS = {
    "p": "paragraph", "si": "shared text", "is": "cell", "comment": "comment", "text": "text", "c": "cell",
    "pt": "chart text", "rich": "text", "title": "title",
}  # fmt: skip
_BREAKS = frozenset(("tab", "br", "cr", "rPh", "noBreakHyphen", "ptab", "p", "tc", "row"))
_WORDS = frozenset(("t", "delText", "instrText", "delInstrText", "v", "f", "lpwstr"))
#: values that only ever are a cell, a size, a colour, an id or a switch
_NO_TEXT = re.compile(
    r"[A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?|-?[\d.]{1,8}|[0-9A-Fa-f]{6}|[0-9A-F]{8}|true|false|rId\d+|\{[0-9A-Fa-f-]{36}\}"
)
_SCHEMA = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org|www\.w3\.org|purl\.oclc\.org)/[\w/.#:-]*"
)
_ALL_ATTRIBUTES = etree.XPath("//@*", smart_strings=False)
_MOST_OF_ONE = 100_000
_LOCALS: dict[str, str] = {}
_MOST_LOCALS = 5_000
_FIRST_DAYS = (date(1899, 12, 30), date(1904, 1, 1))  # as Excel counts days, on Windows and in files of old Macs
_A_DAY = re.compile(r"[1-5]\d{4}(?:\.\d+)?")


def texts_of_xml(data: bytes, known: Set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Every text of an XML part that isn't known yet: (place within, text). What is not well-formed is read as far as
    it goes, and raw."""
    root = _parsed(data)
    if root is None or b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"")[:4096]:
        # no document, or one that declares things: the raw text is looked at besides
        yield from paragraphs_of(re.sub(r"<[^<>]{0,300}>", " ", decoded(data)))
        yield from paragraphs_of(decoded(data))
    if root is None:
        return
    counts: dict[str, int] = {}
    covered = 0  # how many of the next elements stand in a block that was read whole
    for element in root.getroottree().iter():
        kind = _local(element)
        covered = max(covered - 1, 0)
        if kind in _BLOCKS and len(element):
            if kind == "is" and covered:  # its cell was read
                continue
            counts[kind] = counts.get(kind, 0) + 1
            if (text := _whole(element)) and text not in known:
                yield _place_of(element, kind, counts[kind]), text
            covered = max(covered, sum(1 for _ in element.iter()))  # itself too: it is counted down at the next
            if kind == "c" and element.get("t", "n") == "n":
                yield from _as_days(element)
        elif not covered or not kind:
            texts = (element.text, element.tail)
            yield from (("", text) for text in texts if text and text not in known and not text.isspace())
    for value in set(_ALL_ATTRIBUTES(root)) - known:
        if not _says_nothing(value):
            yield "attribute", value


@lru_cache(maxsize=65_536)
def _says_nothing(value: str) -> bool:
    return bool(_NO_TEXT.fullmatch(value) or _SCHEMA.fullmatch(value))


def _parsed(data: bytes) -> _Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _local(element: _Element) -> str:
    """The element's name without its namespace; "" for a comment or an instruction."""
    tag = element.tag
    if tag.__class__ is not str:
        return ""
    local = _LOCALS.get(tag)
    if local is None:
        local = tag.rpartition("}")[2]
        if len(_LOCALS) < _MOST_LOCALS:
            _LOCALS[tag] = local
    return local


def _place_of(element: _Element, kind: str, number: int) -> str:
    reference = element.get("r" if kind == "c" else "ref", "")
    if re.fullmatch(r"[A-Z]{1,3}\d{1,7}", reference):
        return f"{_BLOCKS[kind]} {reference}"
    return f"{_BLOCKS[kind]} {number}"


def _whole(block: _Element) -> str:
    """A block's text as it is read: runs joined, breaks as spaces, the white space between tags left out."""
    pieces = list(block.itertext())
    if len(pieces) < 2:
        return "".join(pieces)[:_MOST_OF_ONE]
    pieces.clear()
    for element in block.iter():
        local = _local(element)
        if local in _BREAKS and element is not block:
            pieces.append(" ")
        text, tail = element.text, element.tail
        if text and isinstance(element.tag, str) and (local in _WORDS or not text.isspace()):
            pieces.append(text)
        if local in ("rPh", "f") or not isinstance(element.tag, str):
            pieces.append(" ")
        if tail and element is not block and not tail.isspace():
            pieces.append(tail)
    return "".join(pieces)[:_MOST_OF_ONE]


def _as_days(cell: _Element) -> Iterator[tuple[str, str]]:
    """A number that may be a day, as a day: a date of birth in a date cell is a number in the file."""
    value = next((each.text for each in cell if _local(each) == "v"), None) or ""
    if _A_DAY.fullmatch(value):
        for first in _FIRST_DAYS:
            yield _place_of(cell, "c", 0), (first + timedelta(days=int(float(value)))).isoformat()


class _Html(HTMLParser):
    """Collects the words of each block, attribute values and comments."""

    _WITHIN_A_LINE = frozenset(
        ("a", "abbr", "b", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u", "wbr", "code")
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for _, value in attrs if value]
        self._end_block(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end_block(tag)

    def handle_data(self, data: str) -> None:
        self._line.append(data)

    def handle_comment(self, data: str) -> None:
        self.texts.append(data)

    def handle_decl(self, decl: str) -> None:
        self.texts.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.texts.append(data)

    def handle_pi(self, data: str) -> None:
        self.texts.append(data)

    def _end_block(self, tag: str) -> None:
        if tag not in self._WITHIN_A_LINE:
            self.finish()

    def finish(self) -> None:
        if self._line:
            self.texts.append("".join(self._line))
            self._line = []


_NOT_SHOWN = frozenset(("head", "script", "style", "template", "noscript", "object", "svg", "select"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|mso-hide\s*:\s*all", re.IGNORECASE)


def shown_by_html(data: bytes) -> tuple[tuple[str, ...], bool]:
    """What a reader of a page sees, a line for each block; and whether something was hidden in it."""
    from lxml import html

    root = html.document_fromstring(decoded(data).encode() or b"<p>", parser=html.HTMLParser(encoding="utf-8"))
    hidden = False
    for element in list(root.iter()):
        unseen = not isinstance(element.tag, str) or element.get("hidden") is not None
        unseen = unseen or bool(_HIDDEN.search(element.get("style", "")))
        if (unseen or element.tag in _NOT_SHOWN) and element.getparent() is not None:
            hidden = hidden or unseen
            element.drop_tree()
    for element in root.iter():
        if element.tag not in _Html._WITHIN_A_LINE:
            element.text, element.tail = f"\n{element.text or ''}", f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return tuple(line for line in lines if line), hidden


def texts_of_html(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a page: each block whole, attribute values, comments."""
    reader = _Html()
    reader.feed(decoded(data))
    reader.close()
    reader.finish()
    for number, text in enumerate(reader.texts, start=1):
        yield f"text {number}", text
