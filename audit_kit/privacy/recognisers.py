"""Numbers and addresses that identify somebody by their form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy import labels
from audit_kit.privacy.spans import RECOGNISER, Span

_PATTERNS = (
    (labels.EMAIL, "recogniser:e-mail", re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    (labels.POSTCODE, "recogniser:postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", re.I)),
    (
        labels.PHONE,
        "recogniser:phone",
        re.compile(r"(?<![\w+])(?:\+44|0044|0)[ ().-]{0,3}(?:\d[ ().-]{0,2}){9,10}(?!\d)"),
    ),
    (labels.NHS_NUMBER, "recogniser:NHS number", re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")),
)


def recognised(text: str) -> Iterator[Span]:
    """Every stretch of a folded text that a recogniser knows."""
    for label, rule, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Span(found.start(), found.end(), label, rule, RECOGNISER)
