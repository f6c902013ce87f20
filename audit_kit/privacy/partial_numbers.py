"""Parts of a registered number: "NHS no. ends 919", "mobile ...417", "614 207 xxxx"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from audit_kit.privacy.labels import NI_NUMBER, PHONE, UPN
from audit_kit.privacy.spans import REGISTER_NUMBER, Span

#: digits in groups, and the letter that ends a code
_DIGITS = re.compile(r"\d(?<![\w/]\d)(?<!\d\.\d)(?:[ \-]?\d){1,9}(?:[A-Za-z]\b)?(?![\d/]|[.:]\d)")
_SHORTEST = 3
#: so many digits in their order are no accident, whatever stands around them
_TELLING = 6
_SAID_TO_END = re.compile(
    r"(?:\bend(?:s|ed|ing)?(?: in| with| on)?:?|\blast (?:few|two|three|four|five|six|[2-6]) [^.;\n]{0,30}|\.{2,}|…|[xX*]{2,}) ?\Z",
    re.I,
)
_SAID_TO_BEGIN = re.compile(r"(?:\bbegin(?:s|ning)?|\bstart(?:s|ed|ing)?|\bfirst [^.;\n]{0,30})(?: with)?:? \Z", re.I)
_BREAKS_OFF = re.compile(r" ?(?:[xX?*_]{2,}|\.{2,}|…|\((?:rest|the rest|illegible)|- ?(?:rest|illegible))")
#: what is put for the digits that are left out: "07700 900 xxx"
_LEFT_OUT = re.compile(r" ?(?:[xX?*_]{2,}|[xX?*](?!\w))(?:[ -]?[xX?*_]{2,})*")
#: "JE 75 98 94"
_LETTERS_BEFORE = re.compile(r"(?<!\w)[A-Za-z]{1,2}[ -]?\Z")
#: the kind of number stands before it: then four digits tell
_LABELLED = re.compile(
    r"\b(?:NHS|NI|NINO|UPN|tel|phone|telephone|mob|mobile|number|no|nos|te?xts?|msgs?|messages?|calls?|called|rang|rung|texted|phoned|WhatsApps?)\b[.:]?[^\w\n]{0,3}(?:(?:no|number|is|from|on|to|by)\b[.:]? ?)?\(?\Z",
    re.I,
)
#: somebody rang or wrote from it: then three digits tell a telephone, and no amount or time follows "from" there
_RANG_FROM = re.compile(
    r"\b(?:te?xt(?:s|ed)?|rang|rings?|rung|phon(?:ed|es)|call(?:s|ed)?|messag(?:e|es|ed)|msgs?|WhatsApp(?:s|ed)?|voicemails?)\b[^.;:\n\d]{0,24} (?:from|off) \Z",
    re.I,
)
#: "from 628 families" counts
_NOTHING_COUNTED = re.compile(
    r"\s*(?:[.,;:)\"'\n]|$)| (?:and|at|to|but|again|saying|asking|when|while|with|on|this|last|she|he|they|mum|dad|today|twice)\b"
)


class PartialNumbers:
    """The beginnings and ends of one register's numbers."""

    def __init__(self, numbers: Mapping[str, tuple[str, str]]) -> None:
        """``numbers``: digits (and the letter behind them) → label and rule."""
        self._ends: dict[str, tuple[str, str]] = {}
        self._begins: dict[str, tuple[str, str]] = {}
        for number, named in numbers.items():
            for length in range(_SHORTEST, len(number)):
                self._ends.setdefault(number[-length:], named)
                self._begins.setdefault(number[:length], named)

    def find(self, text: str) -> Iterator[Span]:
        """Every part that the text says is one, or that is too long to be anything else."""
        if not self._ends:
            return
        for found in _DIGITS.finditer(text):
            start, end = found.span()
            digits = "".join(c for c in found[0].lower() if c.isalnum())
            ends, begins = self._ends.get(digits), self._begins.get(digits)
            named = ends or begins
            if named is None:
                continue
            before = text[max(0, start - 48) : start]
            said = (ends and _SAID_TO_END.search(before)) or (
                begins and (_SAID_TO_BEGIN.search(before) or _BREAKS_OFF.match(text, end))
            )
            labelled = len(digits) > _SHORTEST and _LABELLED.search(before)
            rang = ends and ends[0] == PHONE and _RANG_FROM.search(before) and _NOTHING_COUNTED.match(text, end)
            if said or labelled or rang or len(digits) >= _TELLING:
                left_out = _LEFT_OUT.match(text, end) if begins else None
                letters = _LETTERS_BEFORE.search(before) if begins and named[0] in (NI_NUMBER, UPN) else None
                start -= len(letters[0]) if letters else 0
                yield Span(start, left_out.end() if left_out else end, *named, REGISTER_NUMBER)
