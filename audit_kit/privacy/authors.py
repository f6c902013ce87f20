"""Who wrote a line, by the user name or the initials in front of it: "12/09 09:14 RHOLLOWAY: late", "1. MV: weight up"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.labels import HANDLE, LabelBook
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, STRANGER, Span
from audit_kit.privacy.vocabulary import is_ordinary, is_uncommon

#: behind a date or a time, and before a colon
_LOGGED = re.compile(
    r"\d\d?(?:[:.]\d{2}(?: ?[ap]m)?|[/.]\d{1,2}(?:[/.]\d{2,4})?),? (?:- )?(?P<user>[A-Za-z][A-Za-z._]{3,19}\d{0,3}): "
)
#: "1. MV: weight up"
_SPEAKER = re.compile(r"(?:^|\n|[.;] |\d[.)] ?|[-*•] )(?P<who>[A-Z]{2,3}): ?(?=[a-z\"'])")


def authors(reading: Reading, keep: KeepWords, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """User names of log lines, and initials that speak; whose initials nobody has met is asked about."""
    text = reading.text
    if ":" in text:
        for found in _LOGGED.finditer(text) if reading.numbered else ():
            key = found["user"].lower()
            if not (is_ordinary(key) or is_uncommon(key) or key in keep.words or _any_taken(reading, taken, found)):
                yield Span(*found.span("user"), HANDLE, "recogniser:author of a line", RECOGNISER)
        known = labels.by_initials()
        speaks = any(reading.gap_after(i)[:1] == ":" for i in reading.capitals)
        for found in _SPEAKER.finditer(text) if speaks else ():
            key = found["who"].lower()
            if key in keep.words or any(taken[i] for i in reading.between(*found.span("who"))):
                continue
            if label := known.get(key):
                yield Span(*found.span("who"), label, "vote:initials of somebody met", STRANGER, 0.7)
            elif not is_ordinary(key):
                why = "may be somebody's initials"
                yield Span(*found.span("who"), labels.new(), "vote:initials of nobody met", DOUBT, 0.5, why)


def _any_taken(reading: Reading, taken: list[bool], found: re.Match[str]) -> bool:
    return any(taken[i] for i in reading.between(*found.span("user")))
