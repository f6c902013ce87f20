"""Names that only a quotation mark shows: "Tiny", "Uncle Tam", 'Smokey' whom nobody calls otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span
from audit_kit.privacy.wordlists import word_class

_QUOTED = re.compile(
    r"""(?<!\w)["'](?P<name>(?:[A-Z][\w-]{0,15}|[a-z][\w-]{0,11}(?=["']))(?:[ ][A-Z][\w-]{0,15}){0,2})["'](?!\w)"""
)
#: right before the quotation mark: who somebody is with, what somebody is called
_BEFORE = word_class("nicknamed.before")
_NEVER = word_class("nicknamed.never")


def nicknames(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Quoted words that stand where only a person can: with "Tiny", known as "Ghost", his friend "Dre"."""
    for found in _QUOTED.finditer(reading.text):
        before = re.findall(r"[^\W\d_]+", reading.text[max(0, found.start() - 24) : found.start()])
        gap = reading.text[max(0, found.start() - 2) : found.start()]
        inside = reading.between(found.start(), found.end())
        if (
            not before
            or (before[-1].lower() not in _BEFORE and before[-3:] != ["a", "k", "a"])
            or gap not in (", ", *(c + end for c in gap[:1] for end in " ("))
            or not inside
            or any(taken[i] for i in inside)
            or all(reading.words[i].kept or reading.words[i].key in _NEVER for i in inside)
        ):
            continue
        if before[-1].lower() in ("by", "with", "and", "from", "to") and not found["name"][0].isupper():
            continue
        keys = tuple(reading.words[i].key for i in inside)
        label = labels.of_stranger(keys, "", frozenset(keys))
        yield Span(found.start("name"), found.end("name"), label, "vote:nickname in quotation marks", STRANGER, 0.7)
