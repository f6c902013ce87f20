"""Places by whose or what they are: "over Zelda's Tyres", "by the Quendle cages", "refer to Quendle Polish Mums".

An owner and what is sold behind a word for where a flat is; a name before its kind typed small; a name before those for whom
a group is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.labels import ORGANISATION, PLACE
from audit_kit.privacy.led_places import is_beyond_the_trade
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import RECOGNISER, Span
from audit_kit.privacy.trade import OF_THE_TRADE, RELATIONS
from audit_kit.privacy.wordlists import word_class

#: where a flat or somebody is: "above", "next to", "opposite"
_BESIDE = re.compile(
    r"\b(?:above|below|beneath|underneath|behind|beside|opposite|outside|near|next (?:door )?to|(?:flat|room|rooms|lives?|living|bedsit|upstairs) over) (?:the )?"
    r"(?P<name>[A-Z][a-z'-]+'s? (?:[A-Z][a-z]+ & )?[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)(?![\w'-])"
)
_BESIDE_WORDS = frozenset(
    ["above", "below", "beneath", "underneath", "behind", "beside", "opposite", "outside", "near", "next", "over"]
)
#: what has a kind typed small behind its name, where something leads to it
_KINDS = word_class("shop_places.kinds")
_LEADS_TO = word_class("shop_places.leads_to")
#: for whom a group is: "Polish Mums"
_FOR_PEOPLE = word_class("shop_places.for_people")
_KINDS_OR_PEOPLE = _KINDS | _FOR_PEOPLE
_LONGEST = 4
#: no shop: "behind Clare's Law", "outside Zelda's Christmas"
_NO_GOODS = word_class("shop_places.no_goods") | OF_THE_TRADE | RELATIONS


def shop_places(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Each of them; ``taken`` per word: what is named, kept or masked already."""
    if reading.says(_BESIDE_WORDS) and "'s" in reading.text:
        yield from _by_their_owner(reading, taken)
    for i, key in enumerate(reading.lowers) if reading.says(_KINDS_OR_PEOPLE) else ():
        if key in _KINDS and reading.words[i].shape == LOWER:
            yield from _by_a_small_kind(reading, taken, i)
        elif key in _FOR_PEOPLE and reading.words[i].shape == CAPITAL:
            yield from _for_people(reading, taken, i)


def _by_their_owner(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Above Zelda's Tyres: whoever owns the shop, the shop says where the flat is."""
    for found in _BESIDE.finditer(reading.text):
        inside = reading.between(*found.span("name"))
        owner, goods = reading.words[inside[0]], [reading.words[k] for k in inside[1:]]
        if any(taken[k] for k in inside) or owner.kept or owner.key in RELATIONS or not owner.possessive:
            continue
        if not any(word.kept or word.title or word.first_name or word.key in _NO_GOODS for word in goods):
            yield Span(*found.span("name"), ORGANISATION, "recogniser:led to", RECOGNISER)


def _by_a_small_kind(reading: Reading, taken: list[bool], kind: int) -> Iterator[Span]:
    """By the Quendle cages, in the Silver Palm kitchen; but "the Contact kitchen", "the Hackney garages"."""
    first = kind
    while first > 0 and kind - first < 2 and reading.gap_before(first) == " ":
        word = reading.words[first - 1]
        titled = word.title and first < kind  # "the Silver Bay kitchen"
        if word.shape != CAPITAL or taken[first - 1] or titled or word.possessive or word.key in RELATIONS:
            break
        first -= 1
    the = first > 0 and reading.lowers[first - 1] == "the"
    led = first - 1 - the
    if first == kind or led < 0 or reading.lowers[led] not in _LEADS_TO:
        return
    if reading.gap_before(led + 1) != " " or reading.gap_before(first) != " ":
        return
    words = reading.words[first:kind]
    named = the and any(is_strong(word) and not (word.kept or word.key in OF_THE_TRADE) for word in words)
    if named or (len(words) > 1 and is_beyond_the_trade(reading, first, kind - 1)):
        yield Span(reading.starts[first], reading.ends[kind], PLACE, "recogniser:led to", RECOGNISER)


def _for_people(reading: Reading, taken: list[bool], last: int) -> Iterator[Span]:
    """Quendle Polish Mums: a word that no list knows, and for whom; "Young Mums" and "Polish Mums" are any."""
    first = last
    while first > 0 and last - first < _LONGEST and reading.gap_before(first) == " ":
        word = reading.words[first - 1]
        if word.shape != CAPITAL or word.title or word.possessive or (taken[first - 1] and not word.kept):
            break
        first -= 1
    while first < last and (reading.words[first].key in OF_THE_TRADE or reading.words[first].kept):
        first += 1
    if first == last or not is_strong(reading.words[first]) or reading.words[first].first_name:
        return
    if not reading.starts_sentence(first) or last - first > 1:
        yield Span(reading.starts[first], reading.name_end(last), ORGANISATION, "recogniser:led to", RECOGNISER)
