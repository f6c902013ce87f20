"""Where a name that is a word is surely the word: "Will the plan", "Hope this helps", "May 2017", "Hope House"."""

from __future__ import annotations

from audit_kit.privacy.forms import FAMILY
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.telling import GENERATIONS
from audit_kit.privacy.trade import (
    BEFORE_PERSON,
    DOING,
    HOUSEHOLD,
    LOWER_PLACE_NOUNS,
    NAMING,
    PLACE_NOUNS,
    RELATIONS,
    SAYING_OR_DOING,
    SPEECH,
)
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordtimes import CALENDAR

AUXILIARY = frozenset(["will", "may", "can", "might"])
OBJECTS = word_class("wordlike.objects")
PREPOSITIONS = frozenset(["at", "in", "on", "with", "by", "and", "near", "from"])
_SMALL = word_class("wordlike.small_words")
_VERBS = word_class("wordlike.verbs")
#: behind "you" and no name: "You have"
_OF_YOU = frozenset(["are", "were", "have", "need", "must", "should", "could", "would", "do", "did", "want", "know"])
_ORDERED = word_class("wordlike.ordered")
_MODIFYING = word_class("wordsmall.modifying")
_ADVERBS = frozenset(["also", "then", "now", "never", "always", "still", "not", "only"])
_LOWER_PLACES = LOWER_PLACE_NOUNS - {
    "market",
    "high",
    "council",
    "borough",
    "ward",
    "prison",
    "hospital",
    "hostel",
    "refuge",
}
_BETWEEN = PREPOSITIONS | SPEECH | DOING | frozenset(["to", "that", "this", "the", "her", "his", "a", "for"])
_PAST = word_class("wordsmall.past")
_RATINGS = frozenset(["amber", "green"])
_RATED = frozenset(["scored", "rated", "graded", "flagged", "coded", "rag", "brag"])
COLOURS = frozenset(
    ["red", "blue", "green", "yellow", "pink", "purple", "orange", "white", "black", "brown", "grey", "navy", "beige"]
)
_MODALS = AUXILIARY | {"should", "could", "would", "must"}
_THINGS = frozenset(["operation", "op", "project", "new", "team", "campaign", "saint", "st"])


def surely_the_word(reading: Reading, i: int, before: str, after: str) -> bool:
    """Whether the capitalised word at ``i`` can't be the person here."""
    word = reading.words[i]
    if word.possessive or not after:
        return False
    if _is_of_something(reading, i, after) or (word.key in _RATINGS and before in _RATED):
        return True
    if _names_a_place(reading, i) or _is_one_of_a_kind(reading, i, before, after):
        return True
    if reading.gap_after(i) == "-" and reading.words[i + 1].ordinary and not reading.words[i + 1].parts:
        dash = is_a_dash(reading, reading.ends[i]) or after in RELATIONS
        return reading.words[i + 1].shape == LOWER and not dash
    return may_begin(reading, i) and (
        _begins_a_question(reading, i, after) or _begins_a_phrase(reading, i, after) or _describes(reading, i, after)
    )


def is_a_dash(reading: Reading, at: int) -> bool:
    """Whether what was folded to a hyphen was typed as a dash, which makes no compound: "Hope\u2013seen today"."""
    start, _ = reading.folded.original_span(at, at + 1)
    return reading.folded.original[start : start + 1] in "\u2013\u2014"


def _is_one_of_a_kind(reading: Reading, i: int, before: str, after: str) -> bool:
    """The Pope was on television, no Price agreed: a surname alone has no article, though "the Price file" has."""
    word = reading.words[i]
    family = bool(word.parts) and all(part.kind == FAMILY for part in word.parts)
    return (
        family and not word.plural and before in ("the", "a", "an", "no", "any") and (after in DOING or after in SPEECH)
    )


def _is_of_something(reading: Reading, i: int, after: str) -> bool:
    """Bill of Rights, Rock of Ages: capitals on both sides of "of", and nobody's name behind it."""
    beyond = reading.word(i + 2)
    return (
        after == "of"
        and beyond is not None
        and reading.gap_before(i + 2) == " "
        and beyond.shape == CAPITAL
        and beyond.ordinary
        and not (beyond.parts or beyond.first_name or beyond.last_name)
    )


def _describes(reading: Reading, i: int, after: str) -> bool:
    """Bright red; Precious time was lost: the word tells of what comes behind it."""
    if after in COLOURS:
        return True
    thing, beyond = reading.words[i + 1], reading.lowers[i + 2] if i + 2 < len(reading.words) else ""
    return (
        (beyond in ("is", "was", "were", "are") or (after[-1:] == "s" and beyond in _MODALS))  # "Moss walls should"
        and reading.gap_after(i + 1) == " "
        and thing.shape == LOWER
        and thing.ordinary
        and len(thing.key) > 2
        and after not in GENERATIONS
        and after not in _MODIFYING
        and not (after in RELATIONS or after in DOING or after in SPEECH or after in PREPOSITIONS or after in OBJECTS)
        and not after.endswith(("ed", "ly", "ing"))
    )


def may_begin(reading: Reading, i: int) -> bool:
    """Whether the capital says nothing: the start of a sentence, of a quotation, or behind a dash."""
    return reading.starts_sentence(i) or reading.gap_before(i).endswith((" - ", " '", "- ", " -"))


def in_a_title(reading: Reading, i: int) -> bool:
    """Whether capitals stand around that are no names: "Operation Hope", "the Summer Reading Challenge"."""
    j = i + 1
    if j < len(reading.words) and reading.gap_before(j) == " " and not reading.words[i].possessive:
        follower = reading.words[j]
        if (
            follower.shape == CAPITAL
            and len(follower.key) > 1
            and follower.ordinary
            and not (follower.parts or follower.first_name or follower.last_name)
            and follower.key not in RELATIONS
        ):
            return True
    return (
        i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in _THINGS and reading.texts[i - 1].istitle()
    )


def _names_a_place(reading: Reading, i: int) -> bool:
    """Hope House, Marsh Lane, Grace Baptist Church."""
    for j in (i + 1, i + 2):
        if j >= len(reading.words) or reading.gap_before(j) != " ":
            return False
        if j == i + 1 and reading.lowers[j] in _LOWER_PLACES:
            return True  # "Angel tube"
        if not reading.words[j].capitalised or reading.lowers[j] in _BETWEEN:
            return False  # "ROSE TO HOSPITAL"
        if reading.words[j].key in PLACE_NOUNS and reading.words[j].key != "of":
            return True
    return False


def _begins_a_question(reading: Reading, i: int, after: str) -> bool:
    """Will the plan ...? Will discuss. Will Mum come?"""
    if reading.words[i].key not in AUXILIARY:
        return False
    if after in OBJECTS:
        return after != "to"
    if after in _ADVERBS and i + 2 < len(reading.words):
        return is_bare_verb(reading, i + 2)
    if reading.words[i + 1].shape == LOWER:
        acts = after in SAYING_OR_DOING or after in PREPOSITIONS or after in _PAST
        return not acts and is_bare_verb(reading, i + 1)  # "May found it first" is no question
    stop = reading.text.find("?", reading.ends[i], reading.ends[i] + 200)
    return stop > 0 and "." not in reading.text[reading.ends[i] : stop]


def is_bare_verb(reading: Reading, j: int) -> bool:
    """Whether the word may follow "will" as a verb: "discuss", and not "clapped", "sits", "sitting"."""
    key = reading.words[j].key
    return reading.words[j].ordinary and (key.endswith("ss") or not key.endswith(("s", "ed", "ing")))


def _begins_a_phrase(reading: Reading, i: int, after: str) -> bool:
    """Hope this helps. Mark the date. Hope that. An assessment. My mother."""
    key = reading.words[i].key
    if key in _SMALL:
        if key == "you" and (after in AUXILIARY or after in _OF_YOU):
            return True
        return after not in SPEECH and (after not in DOING or key == "so")
    if after == "based" and reading.lowers[i + 2 : i + 3] not in (["in"], ["at"]):
        return True  # "Faith based support"
    if after in ("of", "that") and key not in AUXILIARY:
        return True
    if key in _VERBS:
        return after in OBJECTS and after not in ("to", "not", "mum", "dad", "all", "both")
    dated = reading.gap_after(i + 1).strip()[:1].isdigit()
    return key in CALENDAR and after in _ORDERED and not dated  # "June born 2012"


def is_abbreviated(reading: Reading, i: int) -> bool:
    """EHCP, EHCp: more capitals than a name begins with."""
    word = reading.words[i]
    return word.shape == UPPER or (word.shape == CAPITAL and not reading.texts[i][1:].islower() and len(word.key) > 1)


def ends_the_name_of_a_thing(reading: Reading, i: int) -> bool:
    """A Kettle Bishop crisp: a thing that is sold, with its capital, and nobody's title or kinship before the word."""
    before = reading.word(i - 1)
    return (
        before is not None
        and not reading.starts_sentence(i - 1)
        and reading.gap_before(i) == " "
        and not before.possessive
        and before.shape == CAPITAL
        and is_listed(before.key)
        and not (before.parts or before.first_name or before.title or before.key in RELATIONS)
        and before.key not in BEFORE_PERSON | HOUSEHOLD | NAMING
    )
