"""Streets by ordinary words and without a number, after what people do in a street: "stopped on Ropery Walk", "off Tallow Rise".

"on" alone leads to no street ("feedback on Sponsored Walk"): a deed stands before it, or what only streets have, a corner.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.cues import LESS_SURE_STREETS, STREETS_BY_DEED
from audit_kit.privacy.labels import ADDRESS
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import RECOGNISER, Span
from audit_kit.privacy.trade import OF_THE_TRADE
from audit_kit.privacy.wordlists import word_class

_DEEDS = word_class("led_streets.deeds")
_CORNERS = frozenset(["corner", "junction", "end", "top", "bottom", "middle"])
#: no street: "seen on Charity Walk", "found on Practice Hill"
_EVENTS = word_class("led_streets.events")
#: "on the High Walk"; but "on Old Lantern Walk"
_GENERIC = word_class("whereabouts.generic_streets")
#: alone behind "in" or "on": what has a name of its own, and is no walk or drive for a charity
_IN_ITSELF = frozenset(["yard", "row", "court", "lanes", "passage", "square"])
#: words of the trade or of the map that name such a yard as well: "Well Yard", "Green Lanes"
_ALSO_NAMES = word_class("led_streets.also_names")
_OF_COURTS = word_class("led_streets.of_courts")
#: so many words between the deed and where it was done: "stopped with two others on"
_REACH = 5


_KINDS = STREETS_BY_DEED | LESS_SURE_STREETS | _IN_ITSELF


def led_streets(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """``taken`` per word: what is named or kept already."""
    for kind in reading.cues:
        if reading.words[kind].key in _KINDS and not taken[kind]:
            yield from _street_ending_at(reading, taken, kind)


def _street_ending_at(reading: Reading, taken: list[bool], kind: int) -> Iterator[Span]:
    words, first = reading.words, kind
    if words[kind].shape != CAPITAL or _goes_on(reading, kind):
        return
    while first and kind - first < 3 and reading.gap_before(first) == " " and _may_name_it(reading, taken, first - 1):
        first -= 1
    inside = words[first:kind]
    named = any(word.key not in _GENERIC for word in inside)
    somebody = any(word.first_name and not word.ordinary for word in inside)
    if named and (words[kind].key in _IN_ITSELF or not somebody) and _is_led_to(reading, first, kind):
        yield Span(reading.starts[first], reading.name_end(kind), ADDRESS, "recogniser:street", RECOGNISER)


def _may_name_it(reading: Reading, taken: list[bool], k: int) -> bool:
    word = reading.words[k]
    if word.shape == CAPITAL and word.key in _ALSO_NAMES and not taken[k]:
        return True
    plain = word.shape == CAPITAL and len(word.key) > 2 and not (word.kept or word.title or word.possessive or taken[k])
    return plain and word.key not in _EVENTS and (word.key in _GENERIC or word.key not in OF_THE_TRADE)


def _goes_on(reading: Reading, kind: int) -> bool:
    """More than a street is named: "on Copper Hill Day", "off Nettle Row Primary"."""
    following = reading.word(kind + 1)
    return following is not None and reading.gap_after(kind) in (" ", "-") and following.capitalised


def _is_led_to(reading: Reading, first: int, kind: int) -> bool:
    """Stopped on, lives down, seen at the corner of; in Lantern Yard, but not "in Family Court"."""
    if first < 2 or reading.gap_before(first) != " ":
        return False
    before, near = reading.lowers[first - 1], reading.lowers[max(0, first - 1 - _REACH) : first - 1]
    if before == "of":
        return near[-1] in _CORNERS
    if reading.words[kind].key in _IN_ITSELF and before in ("in", "on", "off", "down"):
        return reading.lowers[kind - 1] not in _OF_COURTS
    done = any(word in _DEEDS for word in near)
    return done and before in ("on", "off", "down", "along", "up", "in", "near", "about", "around")
