"""What belongs to the name of a place and stands behind it: its kind typed small, its district, its street.

"the Hazel Thicket unit", "Golden Ladder E9", "Thistle House, Mill Road", "St Botwin's on the Green".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit_kit.privacy.labels import ADDRESS, NURSERY, ORGANISATION, PLACE, SCHOOL, SURGERY
from audit_kit.privacy.spans import RECOGNISER, Span
from audit_kit.privacy.wordlists import word_class

_PLACES = frozenset([ADDRESS, NURSERY, ORGANISATION, PLACE, SCHOOL, SURGERY])
_DISTRICTS = "|".join(word.title() for word in sorted(word_class("belonging.districts")))
_FAITH = "|".join(sorted(word_class("belonging.faith")))
_KINDS = "|".join(sorted(word_class("belonging.kinds")))
#: "the Zelmi evening maktab"
_WHEN = "(?:(?:evening|weekend|after-school|Saturday|Sunday|women's|boys'|girls') )?"
_STREET = "Road|Rd|Street|St|Avenue|Ave|Lane|Row|Parade|Yard|Way|Grove|Close|Mews|Terrace|Square|Gardens|Gdns|Broadway"
_AT_A_STREET = (
    rf"(?:, | on )(?:\d{{1,4}}[A-Za-z]? )?(?:[A-Z][a-z']+ ){{1,3}}(?:{_STREET})(?![\w'-]|[ ][A-Z])"
    r"| on the (?:Common|Green|Hill|Marsh|Hythe|Water)(?![\w'-]|[ ][A-Z])"
)
_BEHIND_A_PLACE = re.compile(
    rf" (?:{_WHEN}(?:{_FAITH})|{_KINDS}|Co-op|Housing Association|Youth|Women|Parents|Families|Refuge|Hostel|Lodge|Arts|Gym|Football|{_DISTRICTS})(?![\w'-])"
    r"|,? (?:[Rr]oom|Rm) \d{1,4}[A-Za-z]?(?![\w/%]|[.:]\d)| im\.? [A-Z]\w+(?: [A-Z]\w+)?"
    rf"| & [A-Z][a-z']+(?![\w'-]| (?:{_STREET})\b)| (?:EC|WC|NW|SE|SW|[ENW])\d{{1,2}}(?![\w/]| ?\d)|(?P<street>{_AT_A_STREET})"
)
#: a home's district, and nothing more of the sentence behind it: "12 Quellmoor Road, Bow."
_BEHIND_A_HOME = re.compile(rf",? (?:{_DISTRICTS}|London)(?= ?(?:[.,;)\n]|$))")
#: "Quellmoor Estate, block C, no 12"
_WITHIN_A_HOME = re.compile(r", (?:[Bb]lock|[Bb]lk) [A-Z0-9]{1,2}(?:, (?:[Nn]o\.?|[Ff]lat) ?\d{1,3}[A-Za-z]?)?(?!\w)")
#: what stands in the street: "outside Morley's on Quellmoor Parade"
_IN_ITS_STREET = re.compile(
    r"\b(?:at|outside|near|opposite|inside|behind|by) (?:the )?(?P<what>[A-Z][a-z']+(?: [A-Z][a-z']+)?) (?:on|in) \Z"
)
_BEHIND_A_NAME = re.compile(rf" {_WHEN}(?:{_FAITH})(?![\w'-])|(?P<street>{_AT_A_STREET})")


def with_what_belongs(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """The same spans with all that stands behind and belongs to them; a place beside its street is in no doubt."""
    for span in spans:
        pattern = _BEHIND_A_PLACE if span.label in _PLACES else _BEHIND_A_NAME
        while behind := pattern.match(text, span.end):
            if behind["street"] and span.doubt and span.label not in _PLACES:
                break  # somebody may live there, and where he lives goes by itself
            span = span._replace(end=behind.end())
            if behind["street"] and span.doubt:
                span = span._replace(rule="recogniser:beside its street", rank=RECOGNISER, doubt="")
        if span.label == ADDRESS and not span.doubt:
            span = _with_its_district(span, text)
        yield span


def _with_its_district(span: Span, text: str) -> Span:
    """A home or a street with the district behind it and the shop before it."""
    behind = _BEHIND_A_HOME.match(text, span.end)
    before = _IN_ITS_STREET.search(text, max(0, span.start - 50), span.start)
    if within := _WITHIN_A_HOME.match(text, span.end):
        return span._replace(end=within.end())
    return span._replace(start=before.start("what") if before else span.start, end=behind.end() if behind else span.end)
