"""What shows that a word typed small is the word and no name: an article, an adjective, a thing beside it, a verb's place.

"The rose", "bill payments", "care and mercy", "nobody can promise": each of these looks at what stands before the word or
behind it.
"""

from __future__ import annotations

from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.telling import KIN_CUT_SHORT, is_in_a_state
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, NAMING, RELATIONS, SPEECH
from audit_kit.privacy.wordhandled import ASKING, is_asked_about, is_likened_or_named
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordsure import AUXILIARY, OBJECTS, PREPOSITIONS
from audit_kit.privacy.wordtimes import CALENDAR, leads_to_somebody

DETERMINERS = word_class("wordlike.determiners") | word_class("wordsmall.before_a_thing")
_PRONOUNS = word_class("wordsmall.pronouns")
ABSTRACT = word_class("wordlike.abstract") | word_class("wordsmall.abstract")
ARTICLES = frozenset(
    ["a", "an", "the", "his", "her", "their", "my", "our", "its", "no", "every", "each", "some", "any"]
)
VERBS = word_class("wordlike.verbs")
_BEFORE_VERBS = AUXILIARY | word_class("wordsmall.before_verbs")
_BEFORE_BARE_VERBS = word_class("wordsmall.before_bare_verbs")
TIMES = CALENDAR | word_class("wordsmall.times")
#: before a name as well as before a word: they leave it open
_OPEN_BEFORE = BEFORE_PERSON | DOING | SPEECH | PREPOSITIONS | word_class("wordsmall.open_before")
#: "the way rose spoke", "the day sky left"
_MOMENTS = word_class("wordsmall.moments")
_NOUNS_TOO = frozenset(["phone", "text", "call", "ring", "sun", "love", "show", "help", "visit"])
MODIFYING = word_class("wordsmall.modifying")
_IN = word_class("wordsmall.in")
_BEFORE_TIMES = _IN | word_class("wordsmall.before_times")
NOT_KIN = word_class("wordsmall.not_kin")
_OF_SOMEBODY = word_class("wordsmall.of_somebody")
#: who can or should do something: a verb comes next
_SUBJECTS = word_class("wordsmall.subjects")
#: behind these "this" and "that" may stand alone: "until this hope had said nothing"
_BEFORE_THIS = frozenset(["before", "after", "since", "until", "during", "at", "about", "despite", "like"])
_HAD = (
    ["had"],
    ["was"],
    ["did"],
    ["never"],
    ["went"],
    ["said"],
    ["told"],
    ["came"],
    ["didn't"],
    ["wasn't"],
    ["hadn't"],
)
_WOULD = (["would"], ["could"], ["should"], ["had"], ["wouldn't"], ["couldn't"], ["hadn't"])
#: what children do, and what is hardly ever the plural of a thing behind another word
_OF_CHILDREN = word_class("wordsmall.of_children")
_OF_TIMES = word_class("wordsmall.of_times")
_MODALS = word_class("wordsmall.modals")
_INTENDING = word_class("wordsmall.intending")
_LEFT_TO = frozenset(["left", "leave", "leaves", "leaving", "down", "due", "thanks"])
#: nouns, though they end like what somebody is doing: "divine meeting"
_NOUNS_IN_ING = word_class("wordsmall.nouns_in_ing")
_PAST = word_class("wordsmall.past")
#: of lessons and papers: "new PE kit"
_LESSONS = frozenset(["PE", "DT", "RE", "IT", "ICT", "TV"])
_OBJECTS = frozenset(["him", "her", "his", "me", "us", "them", "my", "their"])


def is_shown_before(reading: Reading, i: int, left: str) -> bool:
    """The rose, of great mercy, a stamp cutter, before summer, care and mercy."""
    key = reading.words[i].key
    if reading.gap_before(i) == "-" and len(reading.texts[i - 1]) <= 4:
        return True  # "x-ray", "pre-dawn"
    if (
        left
        and i > 1
        and reading.lowers[i - 2] in ARTICLES
        and left not in _MOMENTS
        and (left not in RELATIONS or left in NOT_KIN)
        and reading.gap_before(i - 1) == " "
    ):
        return reading.words[i - 1].shape == LOWER and reading.words[i - 1].ordinary  # "a promised rose"
    if not left:
        # "£40 cash"; "hope, grace or will"
        gap, beside = reading.gap_before(i), reading.word(i - 1)
        after = reading.lowers[i + 1 : i + 2]
        listed = gap == ", " and beside is not None and (_is_a_thing(reading, i - 1) or after == ["or"])
        return (
            gap.strip(" ,(")[-1:] in ("£", "%") or gap.strip()[-1:].isdigit() or (listed and after in (["and"], ["or"]))
        )
    if reading.texts[i - 1] in _LESSONS:
        return True
    if left == "of" and i > 1 and reading.lowers[i - 2] in _OF_SOMEBODY:
        return False
    if left in ("is", "was", "be") and i > 1 and reading.lowers[i - 2] == "there" and key in ABSTRACT:
        return True
    if left in ("is", "was", "does", "has") and reading.starts_sentence(i - 1):
        return False  # "Is rose safe?"
    if left in ("poor", "little", "young", "both") and not (i > 1 and reading.lowers[i - 2] in DETERMINERS):
        return False  # "little rose was quiet"
    if left in ("this", "that") and i > 1 and reading.lowers[i - 2] in _BEFORE_THIS:
        return reading.lowers[i + 1 : i + 2] not in _HAD  # "before this era had told nobody"
    if left in DETERMINERS or left in _PRONOUNS or reading.words[i - 1].possessive:
        return True
    if left in _NOUNS_TOO and i > 1 and reading.lowers[i - 2] in DETERMINERS:
        return True  # "the phone bill"
    would = reading.lowers[i + 1 : i + 2] in _WOULD
    behind = "".join(reading.lowers[i + 1 : i + 2])
    would = would or is_asked_about(reading, i, left) or (left in ("and", "&") and behind in _PAST)
    if key in VERBS and not would and (left in _BEFORE_VERBS or (left.endswith("s") and left not in _OPEN_BEFORE)):
        return True
    if _is_done_by_somebody(reading, i, left):
        return True
    if key in TIMES and left in _BEFORE_TIMES:
        return not leads_to_somebody(reading, i)
    if left in _IN and key in ABSTRACT:
        return not (leads_to_somebody(reading, i) or is_likened_or_named(reading, i, left))
    if left in ("and", "or", "nor", "&") and i > 1 and reading.gap_before(i - 1) == " ":
        right = reading.lowers[i + 1 : i + 2] if reading.gap_after(i) == " " else []
        acts = bool(right) and (right[0] in DOING or right[0] in SPEECH) and right[0] not in ("and", "or")
        return _is_a_thing(reading, i - 2) and not acts
    return left not in _MOMENTS and _is_a_thing(reading, i - 1) and not _is_done_by_a_subject(reading, i - 1)


def is_shown_behind(reading: Reading, i: int, left: str, right: str) -> bool:
    """Bill payments, faith schools, hope to see, joy and laughter, rose of Sharon."""
    word = reading.words[i]
    if not right or word.possessive:
        return word.possessive and word.key in TIMES and is_a_times_own(reading, i)
    led = left in PREPOSITIONS or left in ASKING or left in BEFORE_PERSON or left in ("about", "for", "of", "told")
    if right == "to" and word.key != "hope" and word.key in VERBS and not left:
        return False  # "Actions: mark to ring"
    if right == "of" or (word.key in VERBS and not led and (right in OBJECTS or right in ("for", "up", "off"))):
        return True  # "hope that", but "told by mark that"
    if right in ("and", "or") and i + 2 < len(reading.words) and reading.gap_after(i + 1) == " ":
        beside = i + 3 if reading.lowers[i + 2] in ARTICLES and i + 3 < len(reading.words) else i + 2
        return _is_a_thing(reading, beside)
    if left in _BEFORE_BARE_VERBS:
        return False  # "does faith know", "let rose sleep"
    following = reading.words[i + 1]
    return (
        following.shape == LOWER
        and following.ordinary
        and len(following.key) > 2
        and not following.parts
        and not (right in DOING or right in SPEECH or right in PREPOSITIONS or right in OBJECTS or right in MODIFYING)
        and not (right.endswith(("ed", "ly", "ing")) and len(right) > 5 and right not in _NOUNS_IN_ING)
        and not (is_in_a_state(reading, i) or has_an_object(reading, i + 1) or may_be_a_verb(reading, i + 1))
    )


def is_a_times_own(reading: Reading, i: int) -> bool:
    """Summer's day, a dawn's light; but "autumn's rabbit" is somebody's."""
    thing = "".join(reading.lowers[i + 1 : i + 2]) if reading.gap_after(i) == " " else ""
    if not thing:
        return reading.lowers[i - 1 : i] not in (["is"], ["was"])  # "the bed was summer's"
    return thing in _OF_TIMES or reading.lowers[i - 1 : i] in (["a"], ["the"], ["this"], ["last"])


def _is_a_thing(reading: Reading, k: int) -> bool:
    """A small ordinary word that leads to no person: an adjective, or the first half of "stamp cutter"."""
    word, typed = reading.words[k], reading.lowers[k]
    return (
        (word.shape == LOWER or (word.shape == CAPITAL and reading.starts_sentence(k)))
        and word.ordinary
        and len(word.key) > 2
        and not word.parts
        and not (typed in _OPEN_BEFORE or typed in RELATIONS or typed in KIN_CUT_SHORT or typed in NAMING)
        and not (typed.endswith(("ly", "ed", "ing")) and len(typed) > 5)
    )


def _is_done_by_a_subject(reading: Reading, k: int) -> bool:
    """Whether the small word at ``k`` is what somebody does to the next: "Mum loves", "she calls", "who minds"."""
    if k < 1 or reading.gap_before(k) != " " or not reading.lowers[k].endswith("s"):
        return False
    subject, typed = reading.words[k - 1], reading.lowers[k - 1]
    if subject.possessive or typed in ARTICLES:
        return False
    named = (subject.shape == CAPITAL and bool(subject.parts) and not subject.ordinary) or typed in RELATIONS
    return named or typed in ("he", "she", "who", "it", "nobody", "everybody", "school", "nursery")


def _is_done_by_somebody(reading: Reading, i: int, left: str) -> bool:
    """Nobody can promise, they should not rush, told to hang up, down to chance: a verb, or what things are left to."""
    before = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    if left == "to":
        return before in _INTENDING or (reading.words[i].key in ABSTRACT and before in _LEFT_TO)
    if left == "not":
        left, before = before, reading.lowers[i - 3] if i > 2 and reading.gap_before(i - 2) == " " else ""
    return left in _MODALS and before in _SUBJECTS


def may_be_a_verb(reading: Reading, j: int) -> bool:
    """Draws a house, bites others, lies, and not "payments"."""
    beyond = reading.lowers[j + 1] if j + 1 < len(reading.words) and reading.gap_after(j) == " " else ""
    if reading.lowers[j] in _OF_CHILDREN or (reading.lowers[j].endswith("s") and beyond.endswith("ly")):
        return True
    return reading.lowers[j].endswith("s") and beyond in (
        "the",
        "a",
        "an",
        "every",
        "all",
        "well",
        "alone",
        "up",
        "out",
    )


def has_an_object(reading: Reading, verb: int) -> bool:
    """Kicked him, hid her phone; but "ivy covers the wall"."""
    beyond = reading.lowers[verb + 1] if verb + 1 < len(reading.words) and reading.gap_after(verb) == " " else ""
    return beyond in _OBJECTS
