"""What the finders hand in: stretches of text that identify somebody, or may."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """One stretch of the folded text. The higher rank wins where two overlap; then the longer."""

    start: int
    end: int
    label: str
    rule: str
    rank: int
    score: float = 1.0
    doubt: str = ""  # a sentence when a person must decide; "" when it is masked


PROTECTED = 100
ON_THE_NET = 95  # e-mail, web address, user name: whole, whatever number, place or name stands inside
REGISTER_NUMBER = 90
NAMED_AFTER_SOMEBODY = 85  # a firm: whole, although a registered surname stands inside
REGISTER_NAME = 80
RECOGNISER = 60
STRANGER = 40
COLLAR = 35  # gives way to the name behind it
DOUBT = 10
KEPT = 5


def without_overlaps(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans that stand, in the order of the text.

    A stretch that pokes out of a stronger one keeps its free part when that still says something,
    so a surname behind an overlapping match is not left standing.
    """
    taken: list[Span] = []
    starts: list[int] = []  # of ``taken``, which stays sorted: a cell of nothing but names holds thousands
    for span in sorted(spans, key=lambda s: (-s.rank, bool(s.doubt), -(s.end - s.start), s.start)):
        first = max(0, bisect_right(starts, span.start) - 1)
        free = _free_part(span, taken[first : bisect_left(starts, span.end)], text)
        if free:
            at = bisect_left(starts, free.start)
            starts.insert(at, free.start)
            taken.insert(at, free)
    return taken


_BETWEEN = re.compile(r"[ ,.\n]{0,4}(?:(?:London|Hackney|City of London)[ ,.\n]{1,4})?")


def joined_up(spans: list[Span], text: str, label: str, tail: str) -> list[Span]:
    """Neighbours with this label made one, with the postcode (``tail``) behind: "Flat 6, Kinder House, London E9 5AB"."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if (
            before
            and before.label == label
            and span.label in (label, tail)
            and _BETWEEN.fullmatch(text, before.end, span.start)
            and not (before.doubt or span.doubt)
        ):
            joined[-1] = before._replace(end=span.end)
        else:
            joined.append(span)
    return joined


def _free_part(span: Span, taken: list[Span], text: str) -> Span | None:
    """What the stronger spans leave of this one at its ends; None when they sit in it or cover it."""
    start, end = span.start, span.end
    for other in taken:
        if other.start < end and start < other.end:
            beside_label = other.rank == PROTECTED
            if (span.doubt and not beside_label) or (start < other.start and other.end < end):
                return None
            if other.start <= start:
                start = other.end
            else:
                end = other.start
    if start == span.start and end == span.end:
        return span
    free = text[start:end]
    start, end = start + len(free) - len(free.lstrip()), end - len(free) + len(free.rstrip())
    return span._replace(start=start, end=end) if end - start >= 3 else None
