"""What stands around a word that might be a name: places, things, lines in capitals, texts without any."""

from __future__ import annotations

import re

from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import (
    ACTING,
    BEFORE_PLACE,
    HOUSEHOLD,
    LOWER_PLACE_NOUNS,
    PLACE_NOUNS,
    RELATIONS,
    SAYING_OR_DOING,
    SPEECH,
)
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordlists import word_class

#: "the Gibbs model", "Barlow test": somebody's method, and nobody in this family
_EPONYMS = word_class("surroundings.eponyms")
_THEIRS = HOUSEHOLD | {"wife", "husband", "friend", "friends", "death", "birth", "widow", "carer"}
_OF_PEOPLE = SAYING_OR_DOING | HOUSEHOLD | RELATIONS
_SENT = word_class("surroundings.sent")
_MOVING = word_class("surroundings.moving")
_LIKE_PLACES = word_class("runs.surnames_like_places")
_OF_THINGS = word_class("strangers.of_things")
_CITIES = word_class("surroundings.cities")
_SENT_TO = word_class("surroundings.sent_to") | _MOVING
#: "PPNs", "ChildView", "SpR": put together from abbreviations; but not McCarthy, DeSilva
_PUT_TOGETHER = re.compile(
    r"[A-Z]{2,}[a-z]{1,8}|(?!Ma?c[A-Z]|D[eiaou][A-Z]|O'|L[aeo][A-Z]|V[ao]n[A-Z]|Fitz|Abd)[A-Z][a-z]{1,9}[A-Z]\w{0,9}"
)
_NATIONS = ("ish", "ian", "ese", "can", "ic", "ist", "im")
#: endings of ordinary words that hardly any name has
_WORDY = re.compile(
    r"[a-z]{3,12}(?:tion|tions|ment|ments|ness|ology|ologist|ologists|ification|keeper|keepers|metic|icity|ability|ism|ising|izing|time|room|work)"
)


def names_a_place(reading: Reading, last: int) -> bool:
    """Long Acre Court, Ferry Lane: whether the word behind says that this is no person."""
    j = last + 1
    if j >= len(reading.words) or reading.gap_before(j) != " " or reading.words[last].possessive:
        return False
    noun = reading.words[j]
    if _is_surname(reading, last, j):
        return False
    if (noun.key in PLACE_NOUNS and noun.capitalised) or noun.key in LOWER_PLACE_NOUNS or noun.key in _EPONYMS:
        return True
    if noun.key in ("review", "report", "enquiry", "case") and last and reading.lowers[last - 1] == "the":
        return not reading.words[last].first_name  # "the Pelka review"
    beyond = reading.word(j + 1)  # "Marlborough Family Service"
    return (
        noun.shape == beyond.shape == CAPITAL
        and noun.ordinary
        and reading.gap_before(j + 1) == " "
        and beyond.key in PLACE_NOUNS
        if beyond
        else False
    )


def _is_surname(reading: Reading, last: int, j: int) -> bool:
    """Paddy Ward (17): somebody does something or has an age, and nothing leads to a place."""
    first, noun = reading.words[last], reading.words[j]
    if noun.key not in _LIKE_PLACES or noun.shape != CAPITAL or not first.first_name or first.ordinary:
        return False
    before = reading.lowers[last - 1] if last and reading.gap_before(last) == " " else ""
    if before in BEFORE_PLACE or before in ("the", "on"):
        return False
    gap, following = reading.gap_after(j), reading.lowers[j + 1] if j + 1 < len(reading.lowers) else ""
    return gap.startswith(" (") or (
        gap == " " and (following in SPEECH or (following in ACTING and following not in ("is", "was")))
    )


def after_place(reading: Reading, first: int) -> bool:
    """Whether the word before calls for a place more than for a person: in, at, from."""
    if not first or reading.gap_before(first) != " " or sent_by(reading, first):
        return False
    return reading.lowers[first - 1] in BEFORE_PLACE or travels_to(reading, first)


def sent_by(reading: Reading, first: int) -> bool:
    """Whether something comes from somebody or is theirs: "advice from Tahira", "the family of Zozan"."""
    if first < 2:
        return False
    before, led = reading.lowers[first - 2], reading.lowers[first - 1]
    return (led == "from" and before in _SENT) or (led == "of" and before in _THEIRS)


def travels_to(reading: Reading, first: int) -> bool:
    """Whether somebody goes there: "travelling to Galway", "rang from Gdynia"."""
    if not first or reading.gap_before(first) != " ":
        return False
    if reading.lowers[first - 1] == "from":
        return not sent_by(reading, first)
    return reading.lowers[first - 1] == "to" and any(
        w in _MOVING for w in reading.lowers[max(0, first - 4) : first - 1]
    )


def is_a_city(reading: Reading, i: int) -> bool:
    """Whether a city by a name of people is meant: "sent to Preston", "his aunt in Bolton", "from Derry"; but "gave it to Preston"."""
    if reading.lowers[i] not in _CITIES or not i or reading.gap_before(i) != " " or reading.words[i].shape != CAPITAL:
        return False
    before = reading.lowers[i - 1]
    if before in ("in", "near", "around"):
        return True
    if before == "from":
        return not sent_by(reading, i)
    return before == "to" and not _SENT_TO.isdisjoint(reading.lowers[max(0, i - 4) : i - 1])


def is_a_thing(reading: Reading, taken: list[bool], first: int, last: int) -> bool:
    """What somebody likes, plays or watches; an operation; a town before its postcode."""
    j = last + 1
    if j < len(reading.words) and taken[j] and reading.words[j].shape == UPPER:
        return reading.text[reading.ends[j] : reading.ends[j] + 1].isdigit()
    return any(word in _OF_THINGS for word in reading.lowers[max(0, first - 3) : first])


def is_a_town(reading: Reading, i: int) -> bool:
    """Whether a town that is kept stands there: it says which "Otters" are meant. No word of English, language or faith."""
    word = reading.word(i) if i >= 0 else None
    return (
        word is not None
        and word.kept
        and word.shape == CAPITAL
        and word.key not in PLACE_NOUNS
        and not (is_listed(word.key) or word.key.endswith(_NATIONS))
    )


def is_made_up(reading: Reading, first: int, last: int) -> bool:
    """Whether each word is put together from abbreviations, or has the ending of an ordinary word."""
    words = reading.texts[first : last + 1]
    return all(_PUT_TOGETHER.fullmatch(w) or _WORDY.fullmatch(w.lower()) for w in words)


def describes_a_thing(reading: Reading, first: int, last: int) -> bool:
    """The Metropolitan notification, the Kassala road: an article before, a thing behind."""
    j = last + 1
    if not first or j >= len(reading.words) or reading.lowers[first - 1] not in ("the", "a", "an"):
        return False
    thing = reading.words[j]
    return (
        reading.gap_before(first) == reading.gap_before(j) == " "
        and thing.shape == LOWER
        and thing.ordinary
        and thing.key not in _OF_PEOPLE
    )
