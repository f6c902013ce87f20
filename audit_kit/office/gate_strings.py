"""Cell texts in XML: what may stand in one, and how long each shared text is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.reader_child import clean, unescape

# Excel's own namespace, and that of "Strict Open XML Spreadsheet"
MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main|",
    "http://purl.oclc.org/ooxml/spreadsheetml/main|",
)

# what may stand in what, in a text; formatting of a stretch (rPr) holds only itself
INSIDE: Mapping[str, frozenset[str]] = {
    "text": frozenset(("t", "r", "rPh", "phoneticPr")),
    "r": frozenset(("t", "rPr")),
    "rPh": frozenset(("t",)),
    "rPr": frozenset(("format",)),
}

_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")


def main_names(*locals_: str) -> Mapping[str, str]:
    """``namespace|local`` → ``local`` for these names of Excel's own namespaces."""
    return {f"{space}{local}": local for space in MAIN for local in locals_}


def check_length(text: str) -> None:
    """Refuse a text beyond what Excel allows in one cell, its escapes (``_x000D_``) counted as one each."""
    if len(text) > limits.CELL_CHARS and len(_ESCAPE.sub("?", text)) > limits.CELL_CHARS:
        raise Refused(Reason.TEXT_TOO_LONG, "text of a cell")


def is_blank(text: str) -> bool:
    """Whether nothing is left of a text once it is decoded and cleaned, as the reader will do."""
    # what begins with a letter or a digit keeps it, whatever follows: nearly every text
    return not text[:1].isalnum() and not clean(unescape(text)).strip()


def check_count(attributes: Mapping[str, str]) -> None:
    """Refuse a stated count for which a reader would reserve a great deal of memory."""
    for key in ("count", "uniqueCount"):
        stated = attributes.get(key)
        if stated is not None and not (stated.isdecimal() and len(stated) < 10 and int(stated) <= limits.COUNT):
            raise Refused(Reason.ODD, "stated count")


_NAMES = main_names("sst", "si", "t", "r", "rPh", "phoneticPr", "rPr")
_CHILDREN: Mapping[str, frozenset[str]] = {**INSIDE, "": frozenset(("sst",)), "sst": frozenset(("text",))}


class SharedStrings:
    """``lengths``: how many characters each shared text has, 0 if it is blank. In the order of the part."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._path = [""]
        self._text: list[str] = []
        self._plain = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        kind = _NAMES.get(name)
        parent = self._path[-1]
        if kind == "si":
            kind = "text"
            self._text, self._plain = [], 0
        elif kind is None and parent in ("rPr", "format", "phoneticPr") and name.startswith(MAIN):
            kind = "format"
        elif kind == "sst":
            check_count(attributes)
        if kind is None or kind not in _CHILDREN.get(parent, ()):
            raise Refused(Reason.ODD, "shared texts: element")
        if parent == "text" and kind in ("t", "r"):
            self._plain += kind == "t"
            if self._plain and (kind == "r" or self._plain > 1):
                raise Refused(Reason.ODD, "shared texts: two texts in one")
        self._path.append(kind)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._path.pop() == "text":
            text = "".join(self._text)
            check_length(text)
            self.lengths.append(0 if is_blank(text) else len(text))

    def text(self, chars: str) -> None:
        """Some text."""
        if self._path[-1] == "t" and self._path[-2] != "rPh":
            self._text.append(chars)
