"""Places that only their capitals and the words before them give away: "at Little Acorns", "a group from Cardinal Pole".

Every word of such a name may be an ordinary one, and an event or a service stands there too ("at Options Evening"); so
these are asked about and never masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.cues import AT, GROUPS, LED_FROM, LED_TO, LEFT, UNSURE
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, Span
from audit_kit.privacy.surroundings import is_made_up
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import CAPITAL

#: what everybody is asked to: "at the Core Group", "at Options Evening"
_OCCASIONS = word_class("unsure_places.occasions")
_KINDS = word_class("venues.generic")
_FIRMS = word_class("venues.firms")
_WHY = "may be the name of a place where the family can be found"
_NAMES = re.compile(r" (?:the )?(?P<name>[A-Z][a-z']{2,}(?: (?:& )?[A-Z][a-z']{2,}){1,3})")
_NAME = re.compile(r" (?P<name>[A-Z][a-z]{3,})\b")


def unsure_places(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """A doubt for each; ``taken`` per word: what is named, kept or masked already."""
    yield from _led_to(reading, taken, jobs)
    yield from _groups(reading, taken, jobs)


def _groups(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """Bright Futures Project, Cedar Residential: which group it is, or a programme that everybody knows."""
    for head in reading.cues:
        if reading.words[head].key not in GROUPS or reading.words[head].shape != CAPITAL or taken[head]:
            continue
        first = head
        while first > 0 and head - first < 4 and reading.gap_before(first) == " " and not taken[first - 1]:
            if _is_no_place(reading, jobs, first - 1) or reading.words[first - 1].kept:
                break
            first -= 1
        telling = [k for k in range(first, head) if reading.words[k].key not in _KINDS]
        if telling and not reading.starts_sentence(first) and (len(telling) > 1 or reading.words[head].key in _FIRMS):
            yield Span(reading.starts[first], reading.ends[head], PLACE, "recogniser:unsure place", DOUBT, 0.5, _WHY)


def _led_to(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """Little Acorns, Cardinal Pole, behind words that lead to a place."""
    for i in reading.cues:
        leads = _last_leading_word(reading, i) if reading.words[i].key in UNSURE else -1
        if leads < 0:
            continue
        one_is_enough = reading.words[i].key in LEFT
        found = _NAMES.match(reading.text, reading.ends[leads])
        found = found or (_NAME.match(reading.text, reading.ends[leads]) if one_is_enough else None)
        if found is None:
            continue
        start, end = found.span("name")
        inside = reading.between(start, end)
        if not any(taken[k] or _is_no_place(reading, jobs, k) for k in inside) and _may_tell(reading, inside):
            yield Span(start, end, PLACE, "recogniser:unsure place", DOUBT, 0.5, _WHY)


def _last_leading_word(reading: Reading, i: int) -> int:
    """Where "at", "a group from" or "way to" ends; -1 where the word at ``i`` leads to no place.

    "To" and "from" lead to services as well: only people who are from there, what somebody left and a way there count.
    """
    key, behind = reading.words[i].key, "".join(reading.lowers[i + 1 : i + 2])
    if key in AT or key == "near":
        return i
    led = (key in LED_FROM and behind == "from") or (key in LED_TO and behind == "to")
    return i + 1 if led or (key in LEFT and behind in ("from", "at")) else -1


def _may_tell(reading: Reading, inside: range) -> bool:
    """Whether the words may be a name: alone, or beside a town, only a word that is no English one."""
    words = [reading.words[k] for k in inside]
    if words[-1].possessive or is_made_up(reading, inside[0], inside[-1]):
        return False
    return any(is_strong(word) for word in words) or (len(words) > 1 and not any(word.kept for word in words))


def _is_no_place(reading: Reading, jobs: JobFinder, k: int) -> bool:
    word = reading.words[k]
    return (
        word.shape != CAPITAL
        or word.title
        or word.key in _OCCASIONS
        or word.key in RELATIONS
        or bool(jobs.ending_at(k))
    )
