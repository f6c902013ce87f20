"""Clubs, hospitals, hotels, courts, prisons, shops and firms by the word that says what they are: "Pedro Youth Club".

They place a family as surely as an address does. What everybody is sent to (the keep list, the Board's agencies) stays, and
so does what only says of which kind a place is: "the Fracture Clinic", "Breakfast Club", "the Crown Court".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import STREET_KINDS
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.cues import BY_ANY_WORD, CHARITIES, PRISONS, VENUES
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.labels import ORGANISATION, PLACE
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import RECOGNISER, Span
from audit_kit.privacy.trade import DOING, OF_THE_TRADE, RELATIONS, SPEECH
from audit_kit.privacy.wordlists import word_class

_FIRMS = word_class("venues.firms")
#: "the Orthodox church" is any
_FAITHS = word_class("venues.faiths")
_GENERIC = word_class("venues.generic") | VENUES | word_class("institutions.trade") | _FAITHS
_OF_COURTS = frozenset(["crown", "county", "family", "youth", "magistrates", "magistrates'", "coroner's", "coroners"])
_FOR_PEOPLE = word_class("venues.for_people")
_FOR_CARE = frozenset(["care", "nursing", "residential", "children's", "childrens", "rest"])
_TO_WARD = frozenset(["on", "to", "from", "of", "in", "the", "at", "by"])
#: heads that name a place only behind certain words: "Fagus Court" is a building, and there are many
_ONLY_BEHIND = {
    "court": _OF_COURTS,
    "courts": _OF_COURTS,
    "carry": frozenset(["cash"]),
    "licence": frozenset(["off"]),
    "wash": frozenset(["car"]),
    "park": frozenset(["skate", "retail", "caravan", "trailer"]),
    "support": _FOR_PEOPLE,
    "trust": _FOR_PEOPLE,
    "project": _FOR_PEOPLE,
    "network": _FOR_PEOPLE,
    "circle": _FOR_PEOPLE,
    "collective": _FOR_PEOPLE,
    "initiative": _FOR_PEOPLE,
    "programme": _FOR_PEOPLE,
    "care": frozenset(["foster", "home", "domiciliary", "residential", "day"]),
    "home": _FOR_CARE,
    "homes": _FOR_CARE,
}
#: also right behind a word that no list knows: "Tidewell Trust"; but "NHS Trust", "the Troubled Families Programme"
_BY_A_STRANGE_WORD = frozenset(["trust", "project", "network", "collective", "initiative", "foundation"])
#: in capitals only: "Oakmere ABC"
_WITH_A_CAPITAL = word_class("venues.with_a_capital")
_LETTERS = word_class("venues.letters")
#: between a name and its kind typed small: "Silver Birches probation hostel"
_KINDS_BEFORE = word_class("venues.kinds_before")
_ANY_CHARITY = word_class("venues.any_charity")
_SHOPS = word_class("venues.shops")
_CLUBS = frozenset(["club", "clubs", "fc", "society"])
_CLUBS_AND_HUBS = _CLUBS | {"hub"}
_ANY_SCHOOLS = word_class("institutions.generic")
_ANY_KIND = _GENERIC | _ANY_SCHOOLS
_NEVER_FIRST = word_class("institutions.never_first")
_LINKS = frozenset(["of", "and", "the"])
_LONGEST = 6
_ORDINAL = re.compile(r"(?<!\d)\d{1,3}(?:st|nd|rd|th) $")
_NO_PRISON = word_class("venues.no_prison")
_PRISON_ENDS = word_class("venues.prison_ends")


def venues(reading: Reading, keep: KeepWords, taken: list[bool]) -> Iterator[Span]:
    """Every named place or firm of a text that is no school, nursery, surgery or house of worship."""
    for head in reading.cues:
        if taken[head] or reading.words[head].key not in VENUES:
            continue
        if reading.words[head].key in _LETTERS and reading.words[head].shape != UPPER and not reading.small:
            continue
        if reading.words[head].key in PRISONS:
            yield from _prison(reading, head, taken)
            continue
        if reading.words[head].key in _WITH_A_CAPITAL and reading.words[head].shape == LOWER:
            continue
        before = reading.lowers[head - 1] if head else ""
        behind = _ONLY_BEHIND.get(reading.words[head].key)
        if behind is not None and before not in behind and not _is_a_strange_name(reading, head):
            continue
        first = _first_word(reading, head, taken)
        if reading.words[head].key == "ward" and not (first and reading.lowers[first - 1] in _TO_WARD):
            continue  # "Paddy Ward"
        tells = _is_a_charity if reading.words[head].key in CHARITIES else _tells_which
        if first < head and tells(reading, first, head) and not _is_kept(reading, keep, first, head):
            label = ORGANISATION if reading.words[head].key in _FIRMS else PLACE
            last = _last_word(reading, head, taken)
            start = reading.starts[first]
            ordinal = _ORDINAL.search(reading.text, max(0, start - 6), start)  # "4th Clapton Scouts"
            start = ordinal.start() if ordinal else start
            yield Span(start, reading.name_end(last), label, "recogniser:named place", RECOGNISER)


def _is_a_strange_name(reading: Reading, head: int) -> bool:
    word = reading.words[head - 1] if head and reading.words[head].key in _BY_A_STRANGE_WORD else None
    return word is not None and word.shape == reading.words[head].shape == CAPITAL and is_strong(word) and not word.kept


def _prison(reading: Reading, head: int, taken: list[bool]) -> Iterator[Span]:
    """HMP Highpoint: which prison a parent is in."""
    last = head
    while (
        last + 1 < len(reading.words)
        and last - head < 2
        and reading.gap_before(last + 1) == " "
        and reading.words[last + 1].capitalised
        and not taken[last + 1]
        and _names_a_prison(reading.words[last + 1], second=last > head)
    ):
        last += 1
    if last > head and reading.words[head].shape == UPPER:
        yield Span(reading.starts[head], reading.name_end(last), PLACE, "recogniser:named place", RECOGNISER)


def _names_a_prison(word: Word, *, second: bool) -> bool:
    """Wormwood Scrubs; but "HMP Probation" is none, and to Pentonville men are sent from all over London."""
    if word.kept or word.key in _NO_PRISON:
        return False
    return not (second and word.ordinary) or word.key in _PRISON_ENDS


def _first_word(reading: Reading, head: int, taken: list[bool]) -> int:
    """The leftmost capitalised word that belongs to the name; ``head`` itself when there is none."""
    first, j = head, head - 1
    while j >= 0 and head - j <= _LONGEST and not taken[j]:
        word = reading.words[j]
        if reading.gap_before(j + 1) not in (" ", "-", " & ", "' ") or (
            word.possessive and not (_owns_the_place(reading, j) or _owns_the_shop(reading, j, head))
        ):
            break
        if word.key in _LINKS and first < head and word.shape == LOWER and reading.lowers[j + 1] not in ("the", "a"):
            j -= 1
            continue
        between = _GENERIC if reading.small else _KINDS_BEFORE if reading.words[head].shape == LOWER else ()
        if word.shape == LOWER and reading.lowers[j] in between and first == head == j + 1:
            j -= 1  # "millfield skate park", "Silver Birches probation hostel"
            continue
        small = reading.small and word.shape == LOWER and is_strong(word) and not word.first_name
        if not (word.capitalised or small) or word.key in _NEVER_FIRST or word.title:
            break
        if word.key in RELATIONS and word.key not in _GENERIC:
            break
        if word.shape == UPPER and reading.words[head].shape != UPPER and len(word.key) > 2:
            break  # "NHS clinic", "CAMHS Clinic"
        if reading.starts_sentence(j) and word.ordinary and _is_said_of(word.key):
            break
        first, j = j, j - 1
        if small:
            break
    while first < head and reading.words[first].key in ("the", "a", "an"):
        first += 1
    return first


def _owns_the_place(reading: Reading, j: int) -> bool:
    """Queen's Hospital, Ali's Cafe; but "Maria's hospital"."""
    return reading.words[j + 1].shape != LOWER


def _owns_the_shop(reading: Reading, j: int, head: int) -> bool:
    """Tuxley's launderette: a surname and a shop typed small."""
    word = reading.words[j]
    return (
        head == j + 1
        and word.shape == CAPITAL
        and is_strong(word)
        and not word.first_name
        and reading.words[head].key in _SHOPS
    )


def _is_said_of(key: str) -> bool:
    """Whether a word at the start of a sentence is a verb or a report, and no part of the name behind it."""
    return key in DOING or key in SPEECH or key.endswith(("ed", "ing"))


def _tells_which(reading: Reading, first: int, head: int) -> bool:
    kind = reading.words[head]
    if kind.key in ("court", "courts") and reading.words[head - 1].key == "crown":
        head -= 1  # "the Crown Court" says no more than "the court"; but "Crown Nails"
    telling = [k for k in range(first, head) if reading.words[k].key not in _GENERIC and len(reading.words[k].key) > 1]
    if any(is_strong(reading.words[k]) and (reading.small or reading.words[k].shape != LOWER) for k in telling):
        return True
    named = [k for k in telling if reading.words[k].capitalised and reading.lowers[k] not in _LINKS]
    by_two = (
        len(named) > 1 and kind.key in BY_ANY_WORD and not reading.starts_sentence(first)
    )  # "Silver Birches hostel"
    if not named or (kind.shape == LOWER and not by_two and not any(reading.words[k].kept for k in named)):
        return False
    if any(reading.words[k].key in STREET_KINDS for k in named) and len(named) > 1:
        return True  # "Manor Gardens Centre"
    if (
        kind.key in ("centre", "center")
        and head - first > 1
        and _is_more_than_a_kind(reading, first, head, anywhere=True)
    ):
        return True  # "Bluebird Contact Centre", as a heading too
    if kind.key in BY_ANY_WORD or (kind.key in _ONLY_BEHIND and reading.lowers[head - 1] in _FOR_PEOPLE):
        begins = reading.starts_sentence(first) and reading.gap_before(first) != " ("  # "Leyla (Horn Women's Project)"
        return not begins or any(reading.words[k].kept for k in named)
    if kind.key in _CLUBS_AND_HUBS and _is_more_than_a_kind(reading, first, head):
        return True
    return kind.key not in _FIRMS and any(reading.words[k].kept and _is_a_town(reading, k) for k in named)


def _is_a_charity(reading: Reading, first: int, head: int) -> bool:
    """Plain Words Literacy, Zelhaven Family Mediation; but "Young Carers", "Peer Mentoring"."""
    inside = [reading.words[k] for k in range(first, head) if reading.words[k].shape != LOWER]
    telling = [w for w in inside if not (w.kept or w.key in OF_THE_TRADE or w.key in _ANY_CHARITY)]
    if reading.words[head].shape != CAPITAL or not telling:
        return False
    return any(map(is_strong, telling)) or (len(inside) > 1 and not reading.starts_sentence(first))


def _is_more_than_a_kind(reading: Reading, first: int, head: int, *, anywhere: bool = False) -> bool:
    """Crossbow Boxing Club: of which kind it is says another word, so this one says which it is."""
    word = reading.words[first]
    return (
        head - first > 1
        and reading.words[head - 1].key in _GENERIC
        and word.key not in _ANY_KIND
        and word.shape == reading.words[head].shape == CAPITAL
        and not (word.kept or (reading.starts_sentence(first) and not anywhere))
    )


def _is_a_town(reading: Reading, k: int) -> bool:
    """A kept word that says where, and no language, faith or agency: "Hackney Wick FC", but "Polish Club"."""
    word = reading.words[k]
    return word.shape == CAPITAL and not word.key.endswith(("ish", "ian", "ese", "can", "ic", "ist", "im"))


def _is_kept(reading: Reading, keep: KeepWords, first: int, head: int) -> bool:
    """Whether the keep list names this place, from any of its words on: "The Royal London Hospital"."""
    words = tuple(reading.lowers[first : head + 1])
    return any(words[k:] in keep.phrases and _GENERIC.issuperset(words[:k]) for k in range(len(words) - 1)) or any(
        words[:k] in keep.phrases and all(w in _GENERIC for w in words[k:]) and len(words) - k < 2 and k > 2
        for k in range(2, len(words))
    )


def _last_word(reading: Reading, head: int, taken: list[bool]) -> int:
    """Celestial Church of Christ, Premier Inn Hackney, Mill Lane Literacy Van."""
    last, words = head, reading.words
    goes_on = words[head].key in CHARITIES and head + 1 < len(words) and reading.gap_after(head) == " "
    if goes_on and words[head + 1].shape == CAPITAL and not taken[head + 1] and reading.gap_after(head + 1) != "-":
        return head + 1
    if (
        head + 2 < len(words)
        and reading.lowers[head + 1] == "of"
        and words[head + 2].shape == words[head].shape != LOWER
        and not taken[head + 2]
        and reading.gap_before(head + 1) == reading.gap_before(head + 2) == " "
    ):
        last = head + 2
    return last
