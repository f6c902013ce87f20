"""Who is written to, surname first: "To: Quellmoor, A; DC Hale"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span
from audit_kit.privacy.trade import OF_THE_TRADE

_HEAD = re.compile(r"^[ \t>]*(?:To|TO|Cc|CC|cc|Bcc|BCC|From|FROM|Sent to|Copied to): ?(?P<who>[^\n]+)", re.M)
#: the comma may also part two people: "Quellmoor, A" ends at the next sign
_SURNAME_FIRST = re.compile(
    r"(?:(?<=[:;,>] )|(?<=[:;,>]))(?P<surname>[A-Z][a-z'-]{2,}(?:-[A-Z][a-z]+)?|[A-Z][A-Z'-]{2,}), ?[A-Z]\.?(?:[ .]?[A-Z]\.?)?(?=[ \t]*(?:[;,<(]|$))",
    re.M,
)


def surnames_first(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Each surname with its initial; ``taken`` per word: what is named, kept or masked already."""
    if ":" not in reading.text:
        return
    for head in _HEAD.finditer(reading.text):
        for found in _SURNAME_FIRST.finditer(reading.text, *head.span("who")):
            inside = reading.between(*found.span("surname"))
            words = [reading.words[k] for k in inside]
            if any(taken[k] for k in inside) or any(word.kept or word.key in OF_THE_TRADE for word in words):
                continue
            keys = tuple(word.key for word in words)
            label = labels.of_stranger(keys, "", frozenset(keys))
            yield Span(*found.span(), label, "vote:surname and initial", STRANGER, 0.9)
