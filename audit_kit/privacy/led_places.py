"""What leads to a place so surely that nobody is asked: "a mentor from Seven Lanterns", "referred to Silver Thread".

Only for two words and more of which none is the trade's. What is said of an event ("from the Winter Concert") leads to none.
"""

from __future__ import annotations

import re

from audit_kit.privacy.addresses import STREET_KINDS
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.surroundings import is_a_town, is_made_up
from audit_kit.privacy.trade import OF_THE_TRADE
from audit_kit.privacy.wordlists import word_class

_LEADS_TO = frozenset(
    ["at", "from", "near", "outside", "opposite", "behind", "beside", "above", "attends", "attended", "joined", "through", "via"]
)  # fmt: skip
_MOVES = word_class("surroundings.moving") | word_class("led_places.sent_to")
_BELONGS = word_class("whereabouts.belongs") | word_class("led_places.works_with")
_STAYS = word_class("whereabouts.homes") | word_class("led_places.held_in")
#: "Sudsy Stop", "Push Off Enfield": words of the trade that stand in names as well
_ALSO_NAMES = word_class("led_places.also_names")
#: "a voucher for", "on the list for"
_FOR_IT = word_class("led_places.for_it")
_BEGIN_PLACES = word_class("led_places.begin_places")
#: "at the back of", "the pastor of"
_OF_PLACES = [[word] for word in sorted(word_class("led_places.of_places"))]
#: what goes on there is no place: "from the Winter Concert"
_EVENTS = word_class("led_places.events")
#: words of the trade with which the name of a place may begin all the same: "Seven Lanterns", "Second Harvest"
_BEGIN_NAMES = word_class("led_places.begin_names")
#: words of the trade with which it may end: "Jasmine Hall", and behind two words "Morning Rain Assembly"
_END_NAMES = word_class("led_places.end_names")
_END_LONG_NAMES = word_class("led_places.end_long_names")
_GROUPS = frozenset(["group", "groups", "circle"])
_FOR_PEOPLE = word_class("venues.for_people")
#: "the Village Hall", "the Waiting Rooms"
_ANY_HALL = word_class("led_places.any_hall")
#: the ground itself: "on Cobbler Steps", "in Cobbler's Yard"
GROUNDS = word_class("led_places.grounds")
#: what somebody likes, plays or watches
_OF_THINGS = word_class("strangers.of_things")
#: done by somebody or by a house: "booked through", "placed by"
_DONE = re.compile(r"[a-z]+ed|run|led|seen|given|held|taught|sent|put|brought|bought|made|lent|paid")


def is_surely_led_to(reading: Reading, first: int, last: int) -> bool:
    """Arrested at Lucky Spin, collected from the Copper Stones, Yasmin of Silver Thread: no word of the trade in it."""
    if _is_strong_behind_its_kind(reading, first, last):
        return True
    alone = first == last and reading.texts[first - 1 : first] == ["The"]  # "weekly at The Thicket"
    kind = reading.words[last].key
    if (kind in STREET_KINDS and kind not in GROUNDS) or is_made_up(reading, first, last):
        return False
    return is_beyond_the_trade(reading, first, last, alone=alone) and leads_to_a_place(reading, first, last)


def leads_to_a_place(reading: Reading, first: int, last: int) -> bool:
    """Whether what stands before the name ``first`` to ``last`` is said before places and houses."""
    before = first - 1
    if before > 0 and reading.lowers[before] == "the" and reading.gap_before(first) == " ":
        if reading.texts[before] == "The" and not reading.starts_sentence(before):
            # "and The Thimble Rooms"
            things = not _OF_THINGS.isdisjoint(reading.lowers[max(0, before - 3) : before])
            return (first < last and not things) or reading.lowers[before - 1] in _LEADS_TO
        before -= 1
    if before < 0 or reading.gap_before(before + 1) != " ":
        return False
    word, near = reading.lowers[before], reading.lowers[max(0, before - 3) : before]
    ground = reading.words[last].key in GROUNDS
    if word == "on":
        return ground and before + 1 == first
    if word == "in":
        return ground or not _STAYS.isdisjoint(near[-2:])
    if word == "to":  # "was signposted to one and to the Bluebell Thread"
        return not _MOVES.isdisjoint(reading.lowers[max(0, before - 6) : before])
    if word in ("with", "w"):
        return not _BELONGS.isdisjoint(near[-2:])
    if word == "for":
        return not _FOR_IT.isdisjoint(near[-1:])
    if word == "by":
        return any(map(_DONE.fullmatch, near[-1:]))
    return word in _LEADS_TO or (word == "of" and (near[-1:] in _OF_PLACES or _is_somebody(reading, before - 1)))


def is_beyond_the_trade(reading: Reading, first: int, last: int, *, alone: bool = False) -> bool:
    """Whether two words and more make the name, and none of them what forms, schools and meetings write with a capital."""
    inside = [k for k in range(first, last + 1) if reading.words[k].shape != LOWER]
    words = [reading.words[k] for k in inside if not is_a_town(reading, k)]
    if (last == first and not alone) or not words or words[-1].key in _EVENTS:
        return False
    if len(words) > 1 and words[0].key in _BEGIN_NAMES:
        words = words[1:]
    ends = len(words) > 1 and words[-1].key in _END_NAMES
    if ends and words[-2].key in _ANY_HALL:
        return False
    if len(words) > 2 and words[-1].key in _GROUPS and any(reading.words[k].key in _FOR_PEOPLE for k in inside):
        words = [word for word in words[:-1] if word.key not in _FOR_PEOPLE]  # "Horn Women's Tea Group"
    elif ends or (len(words) > 2 and words[-1].key in _END_LONG_NAMES):
        words = words[:1]  # what stands between says for whom it is: "Thistlemoor Community Rooms"
    words = [word for word in words if word.key not in _ALSO_NAMES]
    return (bool(words) or len(inside) > 2) and not any(word.kept or word.key in OF_THE_TRADE for word in words)


def _is_strong_behind_its_kind(reading: Reading, first: int, last: int) -> bool:
    """Café Zelmira, Hotel Quendle: a kind of place with its capital, and a word that no list knows."""
    return (
        last == first + 1
        and reading.words[first].key in _BEGIN_PLACES
        and is_strong(reading.words[last])
        and not reading.starts_sentence(first)
    )


def _is_somebody(reading: Reading, k: int) -> bool:
    """Yasmin of, Mrs Lane of: a person's name stands there."""
    word = reading.word(k) if k >= 0 else None
    named = word is not None and word.shape == CAPITAL and (is_strong(word) or bool(word.parts) or word.first_name)
    return named and reading.gap_after(k) == " "
