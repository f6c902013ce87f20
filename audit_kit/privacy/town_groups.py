"""Groups and firms by a town and ordinary words, set off or led to: "brought by Hackney Baby Cupboard", "(Ola Bell, London
Travellers' Voice)", "in the City, Harrow Bright Services, leaves early"."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.labels import ORGANISATION
from audit_kit.privacy.led_places import leads_to_a_place
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import RECOGNISER, Span
from audit_kit.privacy.surroundings import is_a_town
from audit_kit.privacy.trade import OF_THE_TRADE
from audit_kit.privacy.wordlists import word_class

_LONGEST = 5
_FOR_PEOPLE = word_class("shop_places.for_people")
#: what a council, a court or a season calls its own: "Hackney Local Plan", "London Spring Marathon"
_NO_GROUPS = word_class("town_groups.no_groups") | (word_class("unsure_places.papers") - {"voice"})


def town_groups(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Each of them; ``taken`` per word: what is named, kept or masked already."""
    for town, word in enumerate(reading.words):
        if not (word.kept and word.shape == CAPITAL) or taken[town] or reading.gap_after(town) != " ":
            continue
        last = town
        while last + 1 < len(reading.words) and last - town < _LONGEST and _may_name_it(reading, taken, last + 1):
            last += 1
        if (
            last - town < 2
            or word.key in _FOR_PEOPLE
            or not is_a_town(reading, town)
            or not _is_a_group(reading, town + 1, last)
        ):
            continue
        if _is_set_off(reading, town, last) or leads_to_a_place(reading, town, last):
            yield Span(reading.starts[town], reading.name_end(last), ORGANISATION, "recogniser:led to", RECOGNISER)


def _may_name_it(reading: Reading, taken: list[bool], k: int) -> bool:
    word = reading.words[k]
    named = word.parts or (word.title and not word.kept)
    return (
        reading.gap_before(k) in (" ", "' ") and word.shape == CAPITAL and len(word.key) > 1 and not (taken[k] or named)
    )


def _is_a_group(reading: Reading, first: int, last: int) -> bool:
    """At least one word is none of the trade's or says for whom the group is, and none is a paper, an event or somebody."""
    words = [reading.words[k] for k in range(first, last + 1)]
    telling = [word for word in words if word.key in _FOR_PEOPLE or not (word.kept or word.key in OF_THE_TRADE)]
    return bool(telling) and not any(
        word.key in _NO_GROUPS or (word.first_name and not word.ordinary) for word in words
    )


def _is_set_off(reading: Reading, first: int, last: int) -> bool:
    """Between commas or brackets."""
    return reading.gap_before(first) in (", ", " (") and reading.gap_after(last)[:1] in (",", ")")
