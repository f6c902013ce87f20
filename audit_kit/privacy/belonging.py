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
_FAITH = "|".join(sorted(word_class("belonging.faith")))
_KINDS = "|".join(sorted(word_class("belonging.kinds")))
_STREET = "Road|Rd|Street|St|Avenue|Ave|Lane|Row|Parade|Yard|Way|Grove|Close|Mews|Terrace|Square|Gardens|Gdns|Broadway"
_AT_A_STREET = (
    rf"(?:, | on )(?:\d{{1,4}}[A-Za-z]? )?(?:[A-Z][a-z']+ ){{1,3}}(?:{_STREET})(?![\w'-]|[ ][A-Z])"
    r"| on the (?:Common|Green|Hill|Marsh|Hythe|Water)(?![\w'-]|[ ][A-Z])"
)
_BEHIND_A_PLACE = re.compile(
    rf" (?:{_FAITH}|{_KINDS}|Co-op|Housing Association|Youth|Women|Parents|Families)(?![\w'-])"
    rf"| & [A-Z][a-z']+(?![\w'-])| (?:EC|WC|NW|SE|SW|[ENW])\d{{1,2}}(?![\w/]| ?\d)|(?P<street>{_AT_A_STREET})"
)
_BEHIND_A_NAME = re.compile(rf" (?:{_FAITH})(?![\w'-])|(?P<street>{_AT_A_STREET})")


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
        yield span
