"""Places named beside the word that says what they are: "the nail bar (Zusu Bubbles)", "a cafe called Sugar Rush".

A name with a word that is no English one is masked; one of ordinary words is asked about, unless it is said that the
place is called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import STREET_KINDS
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.cues import APPOSED
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.led_places import is_beyond_the_trade
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.trade import OF_THE_TRADE, RELATIONS
from audit_kit.privacy.wordlists import word_class

_ALSO_NAMES = word_class("led_places.also_names")
_OCCASIONS = word_class("unsure_places.occasions")
#: what is entered behind a field instead of a name: "Employer: Self Employed", "School: Not Known"
FORM_VALUES = word_class("apposed_places.form_values")
_ONE = r"[A-Z][a-z']+(?:-[A-Z][a-z']+)?"
_NAME = rf"(?P<name>{_ONE}(?: (?:& |and |of |on |the |n )?{_ONE}){{0,3}})"
#: "is called", or "a cafe called": but "the school called Social Care"
_CALLED = re.compile(
    rf" (?:(?:is|was|which is|that is) )?(?:called|named|known as|by the name of) [\"']?(?:[Tt]he )?{_NAME}"
)
_BRACKETED = re.compile(rf"(?: [a-z']+){{0,6}} \((?:[Tt]he )?{_NAME}(?=[,);:]| in\b| on\b| at\b| near\b)")
_BETWEEN_COMMAS = re.compile(rf", (?P<the>[Tt]he )?{_NAME}(?=[,.;]| in\b| on\b| near\b)")
#: "the school that he was then at, Quellmoor Heights, gave"
_FURTHER = re.compile(rf"(?: [a-z']+){{1,6}}, (?:[Tt]he )?{_NAME}(?=,)")
#: "GP is now Quellmoor Health"; "Dentist: Grinning Fox"
_SAID_TO_BE = re.compile(
    rf"(?: (?:is|was) now| (?:is|was) currently|:) (?:[Tt]he )?{_NAME}(?=[,.;\n]| and\b| on\b| at\b|$)"
)
#: "the alcohol service Shifting Sands", "staff of agency Shieldhawk"
_RIGHT_BEHIND = re.compile(rf" {_NAME}(?=[,.;:)]| (?!d[aeiou]l? )[a-z]|$)")
#: 'the nail bar "Lush Tips"'
_QUOTED = re.compile(rf",? \"(?:[Tt]he )?{_NAME},?\"")
_PATTERNS = (_CALLED, _BRACKETED, _BETWEEN_COMMAS, _RIGHT_BEHIND, _FURTHER, _SAID_TO_BE, _QUOTED)
#: behind the kind, where no job goes on: "a charity in Hoxton"
_GOES_ON = frozenset(["in", "on", "near", "by", "for", "where", "that", "which", "at", "and", "with", "of", "run"])
_BEFORE_KINDS = frozenset(["a", "an", "the", "his", "her", "their", "our"])
_ARTICLES = frozenset(["a", "an"])


def apposed_places(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """The name beside each kind of place; ``taken`` per word: what is named, kept or masked already."""
    for i in reading.cues:
        if reading.words[i].key not in APPOSED or not _is_a_kind(reading, i):
            continue
        yield from _before_its_kind(reading, taken, jobs, i)
        if reading.small:
            yield from _typed_small(reading, taken, i)
        for pattern in _PATTERNS:
            said = pattern is _CALLED
            if reading.words[i].key == "gp" and pattern is not _SAID_TO_BE:
                continue  # "the GP, Anna Bell, said"
            found = pattern.match(reading.text, reading.ends[i])
            if found is None:
                continue
            if said and not (_has_an_article(reading, i) or found[0].split()[0] in ("is", "was", "which", "that")):
                continue
            inside = reading.between(*found.span("name"))
            ends = _is_a_building(reading, inside) or (pattern is _SAID_TO_BE and len(inside) > 1)
            named = inside[:-1] if ends or _may_end_a_name(reading, inside) else inside
            if any(taken[k] for k in inside) or any(_is_no_place(reading, jobs, k) for k in named):
                continue
            if _is_somebody(reading, inside) or reading.lowers[inside[0]] in FORM_VALUES:
                continue
            strong = "&" in found["name"] or any(is_strong(reading.words[k]) for k in inside)
            shop = pattern is _BETWEEN_COMMAS and reading.words[inside[0]].possessive  # "a chemist, Tuxley's, who"
            if len(inside) == 1 and not said and ((pattern is _BETWEEN_COMMAS and not shop) or not strong):
                continue
            if pattern is _FURTHER and len(inside) == 1:
                continue
            if pattern is _RIGHT_BEHIND and not _is_none_of_the_trade(reading, inside):
                continue
            if strong or said or is_beyond_the_trade(reading, inside[0], inside[-1]):
                yield Span(*found.span("name"), PLACE, "recogniser:named place", RECOGNISER)
            elif pattern not in (_FURTHER, _SAID_TO_BE):
                why = "may be the name of a place where the family can be found"
                yield Span(*found.span("name"), PLACE, "recogniser:unsure place", DOUBT, 0.5, why)
            break


def _is_a_kind(reading: Reading, i: int) -> bool:
    """Typed small, in letters ("the PRU") or where a sentence begins ("Employer (...)")."""
    word = reading.words[i]
    return (
        word.shape == LOWER
        or word.shape == UPPER
        or (reading.starts_sentence(i) and reading.gap_after(i) in (" (", ": "))
    )


def _before_its_kind(reading: Reading, taken: list[bool], jobs: JobFinder, kind: int) -> Iterator[Span]:
    """Rising Tide, a small charity in Hoxton."""
    article = next((k for k in (kind - 1, kind - 2) if k > 0 and reading.lowers[k] in _BEFORE_KINDS), 0)
    if not article or reading.gap_before(article) != ", " or jobs.ending_at(kind):
        return
    if (
        reading.gap_after(kind) == " "
        and reading.lowers[kind + 1 : kind + 2]
        and reading.lowers[kind + 1] not in _GOES_ON
    ):
        return  # "Fatima, a nursery nurse"
    first = article
    while first > 0 and article - first < 3 and reading.words[first - 1].shape == CAPITAL and not taken[first - 1]:
        if first < article and reading.gap_before(first) != " ":
            break
        building = first == article and reading.words[first - 1].key in STREET_KINDS  # "at Beacon Court, a hostel"
        if (_is_no_place(reading, jobs, first - 1) or reading.words[first - 1].kept) and not building:
            break
        first -= 1
    inside = range(first, article)
    if not inside or _is_somebody(reading, inside) or (len(inside) == 1 and reading.starts_sentence(first)):
        return
    # "joined Ripple, the club for": where the kind is told, any word may be its name
    alone = reading.words[first].key not in OF_THE_TRADE and not reading.words[first].word_name
    if len(inside) > 1 or is_strong(reading.words[first]) or alone:
        yield Span(reading.starts[first], reading.ends[article - 1], PLACE, "recogniser:named place", RECOGNISER)


def _typed_small(reading: Reading, taken: list[bool], kind: int) -> Iterator[Span]:
    """Where nobody types capitals: "seen at the bookies (zenbet on well st)"."""
    j = kind + 1
    word = reading.word(j)
    if word is not None and reading.gap_before(j) == " (" and word.strange and not (taken[j] or word.ordinary):
        yield Span(reading.starts[j], reading.name_end(j), PLACE, "recogniser:named place", RECOGNISER)


def _has_an_article(reading: Reading, i: int) -> bool:
    """A cafe, a nail bar."""
    return bool(_ARTICLES.intersection(reading.lowers[max(0, i - 3) : i]))


def _is_none_of_the_trade(reading: Reading, inside: range) -> bool:
    """The alcohol service Shifting Sands: no word is what forms, schools and meetings write with a capital."""
    words = [reading.words[k] for k in inside if reading.words[k].shape == CAPITAL]
    return not any(word.kept or word.key in OF_THE_TRADE for word in words)


def _is_somebody(reading: Reading, inside: range) -> bool:
    """The shop (Ali); the nursery (Fatima Noor): somebody who works there."""
    first = reading.words[inside[0]]
    last = reading.words[inside[-1]]
    named = len(inside) == 1 or is_strong(last) or last.last_name or last.first_name  # and not "Golden Needle Tailors"
    return first.first_name and is_strong(first) and named and not (first.possessive or _is_a_building(reading, inside))


def _is_a_building(reading: Reading, inside: range) -> bool:
    """A hostel, Pelham Court, which: but "the school, Family Court, said"."""
    return len(inside) > 1 and reading.words[inside[-1]].key in STREET_KINDS and is_strong(reading.words[inside[0]])


def _may_end_a_name(reading: Reading, inside: range) -> bool:
    """The laundrette, Sudsy Stop, till it shut: two words, and the second stands in names as well."""
    return len(inside) > 1 and reading.words[inside[-1]].key in _ALSO_NAMES


def _is_no_place(reading: Reading, jobs: JobFinder, k: int) -> bool:
    word = reading.words[k]
    capital = word.shape == CAPITAL
    return capital and (word.title or word.key in _OCCASIONS or word.key in RELATIONS or bool(jobs.ending_at(k)))
