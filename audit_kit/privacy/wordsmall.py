"""A registered name that is a word, typed small where others are typed with capitals: the grammar around it decides.

The register says that this person exists, so silence needs a reason: an article or an adjective before it ("the
rose"), a thing behind it ("bill payments"), another thing beside it ("care and mercy"). Without one a person
is asked, and what only people do ("bill is back", "told rose that") masks it.
"""

from __future__ import annotations

import re

from audit_kit.privacy.forms import FAMILY, GIVEN, NICK
from audit_kit.privacy.lexicon import LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.telling import KIN_CUT_SHORT, STATES, TO_BE_DONE, is_given_something, is_in_a_state, says_who
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, HOUSEHOLD, NAMING, RELATIONS, SPEECH
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordbare import is_counted, stands_bare
from audit_kit.privacy.wordhandled import (
    is_asked_about,
    is_handled,
    is_moved,
    is_out_or_missing,
    is_taken_somewhere,
    is_told_of,
)
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordshown import (
    ABSTRACT,
    ARTICLES,
    DETERMINERS,
    MODIFYING,
    NOT_KIN,
    TIMES,
    VERBS,
    has_an_object,
    is_a_times_own,
    is_shown_before,
    is_shown_behind,
    may_be_a_verb,
)
from audit_kit.privacy.wordsure import AUXILIARY

NAME, WORD, OPEN = "name", "word", "open"

_TASKS = word_class("trade.tasks")
_MEASURED = word_class("wordsmall.measured")
_TOLD = word_class("wordsmall.told")
_FELT = word_class("wordsmall.felt")
_CONNECTING = word_class("wordsmall.connecting")
_HARMS = word_class("wordsmall.harms")
_STATES = word_class("wordsmall.states")
_THERE_OR_THEN = frozenset(["at", "with", "today", "yesterday", "alone"])
_WANTED = frozenset(["need", "needs", "needed", "want", "wants", "wanted", "get", "have", "having"])
_GONE_WITH = frozenset(["in", "to", "with", "home", "back", "out", "her", "his", "him"])
#: behind a word for how somebody is: "happy with the plan"
_OF_A_MOOD = frozenset(["to", "with", "that", "about", "for", "and", "but", "as", "when"])
#: "try wisdom on 07700 900123"
_RUNG_ON = re.compile(r" (?:on|at|via) (?:\+44|0\d)")
#: "thank goodness", "oh mercy"
_EXCLAIMED = frozenset(["thank", "my", "oh", "good"])
_CALLED_UPON = frozenset(["goodness", "heaven", "heavens", "mercy", "gracious", "grace"])
_DONE_TO_THINGS = word_class("wordsmall.done_to_things")
_HANDLED = word_class("wordhandled.handled")
#: "gave rose earrings": whom, and then what
_GIVING = word_class("wordsmall.giving")
_PASSIVE = frozenset(["was", "were", "been", "being", "be", "is", "are"])
_DONE_TO_PEOPLE = word_class("wordlike.done_to_people")


def small_reading(reading: Reading, i: int) -> str:
    """Whether the small word at ``i`` is the name, the word, or may be either."""
    left = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    right = reading.lowers[i + 1] if i + 1 < len(reading.words) and reading.gap_after(i) == " " else ""
    if right in HOUSEHOLD and any(part.kind == FAMILY for part in reading.words[i].parts):
        return NAME
    if reading.words[i].key == "miles" and right in _MEASURED and left not in _TOLD:
        return WORD  # "lives miles away"
    if left in _EXCLAIMED and reading.words[i].key in _CALLED_UPON:
        return WORD
    if reading.words[i].key in STATES and right in _OF_A_MOOD and left not in _TOLD and left not in _HANDLED:
        return WORD  # "Mum happy to come"
    if _RUNG_ON.match(reading.text, reading.ends[i]):
        return NAME
    if says_who(reading, i) and left not in DETERMINERS and reading.words[i].key not in TIMES:
        return NAME
    if reading.words[i].key not in TIMES and is_handled(reading, i, left, right):
        return NAME
    if (left in _WANTED and right in TO_BE_DONE) or (left == "saw" and right in _THERE_OR_THEN):
        return NAME  # "we need hope seen today", "saw april at school"
    told_of = is_told_of(reading, i, left, right)
    if told_of or is_shown_before(reading, i, left):
        if told_of or _may_own(reading, i):
            return NAME if is_counted(reading.words[i].key) else OPEN
        return WORD
    if _is_told_before(reading, i, left, right):
        return NAME
    if is_moved(reading, i, left, right) and reading.words[i].key not in TIMES:
        return NAME
    if is_asked_about(reading, i, left):
        return NAME if is_counted(reading.words[i].key) else OPEN
    idea = reading.words[i].key in ABSTRACT and not reading.words[i].possessive
    if left in _FELT and idea and right not in DETERMINERS:
        return (
            OPEN if is_taken_somewhere(reading, i, right) or may_be_a_verb(reading, i + 1) else WORD
        )  # "took comfort in prayer"
    if is_shown_behind(reading, i, left, right):
        return OPEN if _may_be_given(reading, i, left) else WORD
    return NAME if _acts(reading, i, left, right) or stands_bare(reading, i, left, right) else OPEN


def _may_be_given(reading: Reading, i: int, left: str) -> bool:
    """They gave rose earrings; mum bought bill sweets: to somebody, or a thing of two words."""
    given = left in _GIVING and not reading.words[i].possessive
    return given and (i < 2 or reading.lowers[i - 2] not in _PASSIVE)


def _may_own(reading: Reading, i: int) -> bool:
    """Whether something may be somebody's: "all of angel's things". No article leads to it, and times own things, too."""
    word = reading.words[i]
    led = any(before in ARTICLES for before in reading.lowers[max(0, i - 2) : i])
    return word.possessive and not led and not (word.key in TIMES and is_a_times_own(reading, i))


def may_ask(reading: Reading, i: int) -> bool:
    """Whether the word is what somebody is called; a surname that everybody writes as a word only where people stand."""
    word = reading.words[i]
    stands = i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in BEFORE_PERSON
    return any(p.score >= 0.95 and (p.kind in (GIVEN, NICK) or stands or not is_listed(word.key)) for p in word.parts)


def _is_told_before(reading: Reading, i: int, left: str, right: str) -> bool:
    """Stepbro hunter; mum rose is out; told rose that; mum and sky."""
    if (left in RELATIONS or left in KIN_CUT_SHORT or left in NAMING) and left not in NOT_KIN:
        return reading.words[i].key not in VERBS or right in AUXILIARY or says_who(reading, i)
    if left in _TOLD:
        return True
    if reading.gap_before(i) == ", " and reading.gap_after(i)[:1] == "," and reading.lowers[i - 1] in RELATIONS:
        return True  # "his father, bill, came"
    if left not in ("and", "&") or i < 2 or reading.gap_before(i - 1) != " ":
        return False
    beside = reading.words[i - 2]
    if beside.parts and beside.ordinary and beside.shape == LOWER:
        two_things = beside.key in ABSTRACT and reading.words[i].key in ABSTRACT
        return not (two_things or is_shown_before(reading, i - 2, "".join(reading.lowers[max(0, i - 3) : i - 2])))
    return beside.parts != () or (reading.lowers[i - 2] in RELATIONS and reading.lowers[i - 2] not in NOT_KIN)


def _acts(reading: Reading, i: int, left: str, right: str) -> bool:
    """Whether the word does, is or owns what only people do, are or own."""
    word = reading.words[i]
    if word.possessive:
        return bool(right) or reading.gap_after(i)[:1] in (".", ",", ";", "")
    if not right:
        return False
    if is_in_a_state(reading, i) or is_given_something(reading, i):
        return True
    if right == "to" and not left and word.key not in VERBS:
        return reading.gap_after(i + 1) == " " and "".join(reading.lowers[i + 2 : i + 3]) in _TASKS  # "faith to ring"
    if is_out_or_missing(reading, i, right):
        return True
    if right in SPEECH:
        return right not in _DONE_TO_THINGS or word.key not in ABSTRACT or has_an_object(reading, i + 1)
    if right in _CONNECTING:
        return False
    verb = i + 1
    beyond = reading.lowers[verb + 1] if verb + 1 < len(reading.words) and reading.gap_after(verb) == " " else ""
    if right in _STATES:
        done = (
            beyond.endswith(("ed", "en"))
            and beyond not in MODIFYING
            and (beyond not in _DONE_TO_PEOPLE or word.key in VERBS)
        )
        return word.key not in ABSTRACT and not (done or beyond in _DONE_TO_THINGS or beyond == "seen")
    if right in DOING:
        return word.key not in ABSTRACT or beyond in _GONE_WITH
    if right in _HARMS and not left and beyond in DETERMINERS:
        return True  # "nick smashed the telly"
    return right.endswith(("ed", "s")) and has_an_object(reading, verb)
