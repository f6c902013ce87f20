"""Places that only the number behind them gives away: "Dads Together E5", "Lantern Stop, Room 214", "The Beeches, room 9".

A group puts its district behind its name, and who is placed in a hotel or a home has a room there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import STREET_KINDS
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.cues import BY_ANY_WORD
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.trade import OF_THE_TRADE, PLACE_NOUNS
from audit_kit.privacy.wordlists import word_class

_WORD = r"[A-Z][a-z][a-z']*"
#: without one of these no such place stands in a text
_A_DISTRICT = re.compile(r"[NSEW](?<=[a-z] [NSEW])[WE]?\d|C\d(?<=[a-z] [EW]C\d)")
_GROUP = re.compile(
    rf"(?<![\w'-])(?P<name>{_WORD}(?: (?:(?:of|and|for|the|on|&) )?{_WORD}){{0,3}}) (?:EC|WC|NW|SE|SW|[ENW])\d{{1,2}}(?![\w/]| ?\d)"
)
_ROOMS = frozenset(["room", "rm"])
_ROOM = re.compile(
    rf"(?<![\w'-])(?P<name>(?:The )?{_WORD}(?: (?:& )?{_WORD}){{0,2}}),? (?:[Rr]oom|Rm|rm) \d{{1,4}}[A-Za-z]?(?![\w/%]|[.:]\d)"
)
#: rooms of offices and wards: "Conference, Room 3"
_NO_HOTELS = (
    word_class("unsure_places.occasions")
    | word_class("institutions.generic")
    | word_class("wordtimes.days")
    | {"room", "rooms", "office", "ward", "clinic"}
) - word_class("led_places.also_names")
_WHY = "may be the name of a place where the family can be found"


def numbered_places(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """The place with its district or its room; ``taken`` per word: what is named, kept or masked already."""
    text = reading.text
    if not reading.numbered:
        return
    for found in _GROUP.finditer(text) if _A_DISTRICT.search(text) else ():
        yield from _group(reading, taken, found)
    for found in _ROOM.finditer(text) if reading.says(_ROOMS) else ():
        inside = reading.between(*found.span("name"))
        words = [reading.words[k] for k in inside if reading.texts[k] != "The"]
        alone = len(inside) == 1 and not is_strong(words[0])
        if words and not (alone or any(taken[k] for k in inside) or any(w.kept or w.key in _NO_HOTELS for w in words)):
            yield Span(*found.span(), PLACE, "recogniser:before a room", RECOGNISER)


def _group(reading: Reading, taken: list[bool], found: re.Match[str]) -> Iterator[Span]:
    """Two words and more of which one is none of the trade's are masked, others asked about; a street is left to the streets."""
    inside = reading.between(*found.span("name"))
    words = [reading.words[k] for k in inside]
    telling = [w for k, w in zip(inside, words, strict=True) if not (taken[k] or w.kept) and w.capitalised]
    end = words[-1].key
    if not telling or end in STREET_KINDS or end in PLACE_NOUNS - BY_ANY_WORD or any(w.title for w in words):
        return
    if len(words) == 1:
        if end in BY_ANY_WORD:
            yield Span(*found.span(), PLACE, "recogniser:unsure place", DOUBT, 0.5, _WHY)  # "Larder E8"
        return
    first = inside[0] + (reading.starts_sentence(inside[0]) and len(words) > 2)
    start = reading.starts[first]
    if any(is_strong(w) or w.key not in OF_THE_TRADE for w in telling) and not reading.starts_sentence(first):
        yield Span(start, found.end(), PLACE, "recogniser:with its district", RECOGNISER)
    else:
        yield Span(start, found.end(), PLACE, "recogniser:unsure place", DOUBT, 0.5, _WHY)
