"""Names that are words (Will, Hope, Grace, May, Price): decided from what stands around them, or doubted.

A capital in the middle of a sentence is a name unless something makes it surely the word. At the start of a
sentence the neighbours decide; where they don't, a person is asked. A name with a capital is never left standing
in silence, unless what follows leaves no doubt: "Will the plan", "Hope this helps", "Summer 2017".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit_kit.privacy.forms import FAMILY, GIVEN, MONTH_CUT_SHORT, NICK
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.telling import AND_SIGNS, TO_BE_DONE, heads_a_file, is_given_something, is_in_a_state, says_who
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, HOUSEHOLD, NAMING, RELATIONS, SAYING_OR_DOING, SPEECH, TITLES
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordbare import begins_to_act
from audit_kit.privacy.wordhandled import is_a_heading, is_under_a_heading
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordlower import has_capitals, lower_case, worth_asking
from audit_kit.privacy.wordmostly import auxiliary_reading, small_or_adjective
from audit_kit.privacy.wordpointed import does_the_task, is_sent_on_an_errand, is_spoken_to
from audit_kit.privacy.wordsmall import NAME, OPEN, WORD, may_ask
from audit_kit.privacy.wordsure import (
    AUXILIARY,
    OBJECTS,
    PREPOSITIONS,
    ends_the_name_of_a_thing,
    in_a_title,
    is_abbreviated,
    is_bare_verb,
    may_begin,
    surely_the_word,
)
from audit_kit.privacy.wordtimes import CALENDAR, OWNED, TIME, time_or_person

MASK, KEEP, DOUBTFUL = "mask", "keep", "doubtful"

_GIVEN_OR_TOLD = word_class("wordlike.given_or_told")
_OBJECTS_OF_VERBS = word_class("wordlike.objects_of_verbs")
_ARTICLES = word_class("wordlike.articles")
_DETERMINERS = word_class("wordlike.determiners")
_NOT_AFTER_NAME = word_class("wordlike.not_after_name")
_WITH_PEOPLE = word_class("wordlike.with_people")
_PASSIVE = word_class("wordlike.passive")
_DONE_TO_PEOPLE = word_class("wordlike.done_to_people")
_ABSTRACT = word_class("wordlike.abstract")
_TASKS = word_class("trade.tasks")
_NOT_KIN = word_class("wordsmall.not_kin")
_VERBS = word_class("wordlike.verbs")
_ADVERBS = frozenset(
    [
        "again",
        "later",
        "often",
        "only",
        "herself",
        "himself",
        "too",
        "never",
        "always",
        "sometimes",
        "rarely",
        "usually",
        "then",
        "also",
    ]
)
_MORE_PREPOSITIONS = frozenset(
    ["behind", "under", "without", "off", "after", "before", "out", "up", "down", "back", "home"]
)
_NUMBERS = word_class("wordlike.numbers")
_TIME_UNITS = frozenset(["day", "days", "week", "weeks", "month", "months", "year", "years", "hours", "times"])
_NAME_OF = re.compile(
    r'" (?:as|for|is|was)(?: (?:his|her|their|a|the))?(?: (?:first|fore|given|family|last|middle))? ?(?:sur|fore)?name\b'
)
_PERSONAL = frozenset(["me", "us", "his", "her", "him", "himself", "herself", "them"])
_HANDLED = word_class("wordhandled.handled")
_AGE = re.compile(r"[ ](?:1\d|\d)(?:[,;.]|y| y)")
_NUMBERED = re.compile(r"[ ]\d{1,2}(?![\d/:,;.)]|[.]\d| y)|[ ]\d{1,2}[.,;)] ?(?:$|[A-Z])")
_COUNTED = word_class("wordlike.counted")
_NUMBER = re.compile(r" (?:no\.? )?\d")
_USER_NUMBER = re.compile(r"\d{2,4}(?![\d/.:-]\d)")
_STATES = frozenset(["is", "was", "has", "had"])
#: a surname too ("Mr He"), but at a sentence's start the word
_PRONOUNS = frozenset(["he", "she", "it", "we", "they"])
_STOPS = frozenset('.,!?;:\n()"')


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the points say: mask it, keep it, or ask."""

    says: str
    score: int

    @property
    def share(self) -> float:
        """The points as a score between 0 and 1."""
        return min(1.0, max(0.0, 0.5 + self.score / 10))


#: what is done with benefits, orders and plans: "PIP was refused", "CIN is ending"
_DONE_TO_PLANS = word_class("wordlike.done_to_plans")
_WAS = frozenset(["was", "is", "were", "are", "has", "had", "been"])
_NOT_YET = (["not"], ["being"], ["been"], ["then"], ["now"], ["also"], ["still"], ["recently"], ["later"])
_STEPPED = frozenset(["down", "up", "escalate", "escalated", "stepped", "step", "subject", "open", "opened", "moved"])
_WANTED_OF_PLANS = frozenset(
    ["claim", "claims", "application", "plan", "plans", "form", "forms", "award", "appeal", "assessment"]
)
_OF_AUXILIARIES = {NAME: Verdict(MASK, 4), OPEN: Verdict(DOUBTFUL, 0), WORD: Verdict(KEEP, -9)}


def evidence(reading: Reading, i: int) -> Verdict:
    """Whether the word at ``i`` is used as a name here: points for, points against."""
    word = reading.words[i]
    before, after = _neighbours(reading, i)
    told = time_or_person(reading, i) if word.key in CALENDAR else ""
    if told == TIME or (word.key in _PRONOUNS and may_begin(reading, i) and before not in TITLES):
        return Verdict(KEEP, -9)
    if word.kept and word.parts and _is_the_trades(reading, i, after):
        return Verdict(KEEP, -9)
    if word.shape == LOWER:
        if word.key in _COUNTED and _NUMBER.match(reading.text, reading.ends[i]):
            return Verdict(KEEP, -9)  # "is at page 4"
        if reading.gap_before(i) == "_" or reading.gap_after(i)[:1] == "_":
            return Verdict(MASK, 5)  # "temi_glen.png"
        if _USER_NUMBER.match(reading.gap_after(i)) and word.parts and word.key not in CALENDAR | AUXILIARY:
            return Verdict(MASK, 4)  # "from user rose07"
        if heads_a_file(reading, i):
            return Verdict(MASK, 4)
        if word.key in AUXILIARY:
            return _OF_AUXILIARIES[auxiliary_reading(reading, i)]
        small = small_or_adjective(reading, i) if word.parts else OPEN
        if small == NAME:
            return Verdict(MASK, 4)
        if small == WORD and has_capitals(reading):
            return Verdict(KEEP, -9)
        score = _from_the_left(reading, i, before) + _from_the_right(reading, i, after)
        score += lower_case(reading, i, before, after)
        if score >= (3 if has_capitals(reading) else 1):
            return Verdict(MASK, score)
        asked = worth_asking(reading, i, before, score) or (small == OPEN and may_ask(reading, i))
        return Verdict(DOUBTFUL if asked else KEEP, score)
    if after in HOUSEHOLD and reading.words[i + 1].shape == LOWER and any(p.kind == FAMILY for p in word.parts):
        return Verdict(MASK, 5)  # "the Stone family"
    if surely_the_word(reading, i, before, after):
        return Verdict(KEEP, -9)
    if told != NAME and word.parts and all(part.rule == MONTH_CUT_SHORT for part in word.parts):
        return Verdict(KEEP, -9)
    if told:
        return Verdict(MASK, 4) if told == NAME else Verdict(DOUBTFUL, 0)
    if is_abbreviated(reading, i) and word.kept and len(word.key) <= 4 and not (word.possessive or is_listed(word.key)):
        # "HO ref": an abbreviation first, though somebody is called Ho
        if _is_done_or_stepped(reading, i, after):
            return Verdict(KEEP, -9)
        score = _from_the_left(reading, i, before) + _from_the_right(reading, i, after)
        return Verdict(MASK if score >= 2 else KEEP, score)
    if word.shape == UPPER and len(word.key) > 1 and _capitals_around(reading, i):
        return _in_capitals(reading, i, before, after)
    if may_begin(reading, i):
        score = _from_the_left(reading, i, before) + _from_the_right(reading, i, after)
        score += _alone(reading, i) if not after else 2 if begins_to_act(reading, i, after) else 0
    else:
        score = 3 + _inside(reading, i, before, after)
    score += 2 if word.possessive else 0
    return Verdict(MASK if score >= 2 else DOUBTFUL, score)


def _is_done_or_stepped(reading: Reading, i: int, after: str) -> bool:
    """PIP was refused, step down to CiN: what is done with benefits and plans, and not with people."""
    beyond = reading.lowers[i + 2 : i + 4] if reading.gap_after(i) == " " else []
    done = after in _WAS and any(word in _DONE_TO_PLANS for word in beyond[: 1 + (beyond[:1] in _NOT_YET)])
    stepped = i > 1 and reading.lowers[i - 1] in ("to", "from", "as") and reading.lowers[i - 2] in _STEPPED
    return done or stepped or after in _WANTED_OF_PLANS


def _is_the_trades(reading: Reading, i: int, after: str) -> bool:
    """A kept word as the trade uses it, where somebody is called so: "on Ward 5", "Ward round notes", "Rose Ward" for Edward."""
    word, following = reading.words[i], reading.word(i + 1)
    reached = i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in BEFORE_PERSON
    if _NUMBERED.match(reading.text, reading.ends[i]) and not reached:
        return True
    if all(part.rule == "register:nickname" for part in word.parts):
        return i > 0 and reading.gap_before(i) == " " and reading.words[i - 1].shape == CAPITAL
    thing = after and following is not None and following.shape == LOWER and following.ordinary and len(after) > 2
    acts = after in SPEECH or after in DOING or after in HOUSEHOLD or after in PREPOSITIONS or after.endswith("ed")
    alone = all(part.kind == FAMILY for part in word.parts) and may_begin(reading, i)
    if word.possessive and (word.key in CALENDAR or after in OWNED):
        return False  # "May's voice was hoarse": no month's, no ward's
    return bool(thing and alone and not (acts or is_in_a_state(reading, i) or after in RELATIONS))


def _neighbours(reading: Reading, i: int) -> tuple[str, str]:
    """The words before and after in the same sentence, lower case; "" at its ends."""
    before = reading.texts[i - 1].lower() if i and not reading.starts_sentence(i) else ""
    if i and reading.gap_before(i) == " (" and reading.texts[i - 1].lower() in RELATIONS:
        before = reading.texts[i - 1].lower()
    goes_on = i + 1 < len(reading.words) and not _STOPS & set(reading.gap_after(i)) and reading.gap_after(i) != " - "
    after = reading.lowers[i + 1] if goes_on else ""
    return before, after


def _inside(reading: Reading, i: int, before: str, after: str) -> int:
    """In the middle of a sentence: what speaks against the name that its capital announces."""
    score = max(0, _from_the_left(reading, i, before))
    if before in _ARTICLES and not reading.words[i].possessive:
        score += 3 if reading.words[i].plural else -3 if after not in SPEECH else -1
    if in_a_title(reading, i) and before not in TITLES:
        score -= 4
    if after not in SAYING_OR_DOING and ends_the_name_of_a_thing(reading, i):
        score -= 2
    if after == "and" and _is_one_more_thing(reading, i + 2) and before not in TITLES:
        score -= 2  # "likes Drama, Art and Music"
    if (
        reading.words[i].kept
        and reading.words[i].parts
        and all(p.kind == FAMILY for p in reading.words[i].parts)
        and after not in SAYING_OR_DOING
    ):
        score -= 2  # a surname that is one of the trade's own words, or a town
    return score


def _is_one_more_thing(reading: Reading, k: int) -> bool:
    """A capitalised word that is nobody's name and no kinship."""
    word = reading.word(k)
    return (
        word is not None
        and word.shape == CAPITAL
        and word.ordinary
        and not (word.parts or word.first_name or word.last_name or word.title or word.key in RELATIONS)
    )


def _alone(reading: Reading, i: int) -> int:
    """No word of the same sentence follows: "Grace, as her aunts call her", "(Grace)", "Will: I was there"."""
    gap_before, gap_after = reading.gap_before(i), reading.gap_after(i)
    if is_under_a_heading(reading, i) or is_a_heading(reading, i) or does_the_task(reading, i):
        return 4
    if gap_after[:1] == ":" and gap_after.strip(" :")[:1] in ('"', "'"):
        return 4
    stretch = reading.text[reading.ends[i] : reading.ends[i] + 8].lower()
    if stretch.startswith((" (dob", " (born", " (age")):
        return 4
    if gap_before[-1:] == '"' and gap_after[:1] == '"':
        if _NAME_OF.match(reading.text, reading.ends[i]):
            return 4  # 'has taken "Man" for his first name'
        return 2 if gap_before[-2:] == '("' or (i and reading.lowers[i - 1] in NAMING) else 1
    if gap_after == " - ":
        return 0 if reading.words[i].key in _ABSTRACT else 2  # "Rose - bruise to arm"
    return 2 if gap_after[:1] == "," or gap_before[-1:] in ("(", '"') else 0


def _from_the_left(reading: Reading, i: int, before: str) -> int:
    if not before:
        return 0
    if before in TITLES:
        return 5
    if before in RELATIONS or before in NAMING:
        return {" ": 3, ", ": 2, " (": 2}.get(reading.gap_before(i), 0)
    if before in _DETERMINERS:
        return -5 if reading.words[i].possessive else -3
    if before == "and" and i >= 2 and reading.words[i - 2].parts and not reading.words[i - 2].ordinary:
        return 3
    return 2 if before in _WITH_PEOPLE else 1 if before in BEFORE_PERSON else 0


def _from_the_right(reading: Reading, i: int, after: str) -> int:
    """What follows the word, at the start of a sentence or where nobody types capitals."""
    word = reading.words[i]
    stretch = reading.text[reading.ends[i] : reading.ends[i] + 8]
    if (stretch.startswith(" (") and stretch[2:3].isdigit()) or _AGE.match(stretch):
        return 3  # an age: "Jade (4)", "Skye 16, known to"
    if says_who(reading, i) or is_in_a_state(reading, i) or is_given_something(reading, i):
        return 3
    if reading.gap_after(i) in AND_SIGNS and i + 1 < len(reading.words):
        beside = reading.words[i + 1]
        kin = beside.key in RELATIONS and word.key not in _VERBS
        alike = beside.parts and beside.shape == word.shape and beside.key not in AUXILIARY
        return 3 if alike or kin else 0  # "Rose + Sky", "Rose & mum"
    if not after or word.possessive:
        return 0
    if (
        (after in _NUMBERS or after.isdigit())
        and reading.lowers[i + 2 : i + 3]
        and reading.lowers[i + 2] in _TIME_UNITS
    ):
        return 3 if reading.starts_sentence(i) and word.key not in CALENDAR else 0  # "Dawn eleven days without"
    if after in SPEECH:
        return 4
    told = i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in _GIVEN_OR_TOLD
    if told and (after == "to" or after in _DETERMINERS):
        return 1  # "told Dawn to leave", "gave Gift a book"
    if after == "been" and reading.gap_before(i) == " " and i and reading.lowers[i - 1] in ("has", "had", "have"):
        return 2
    if (
        after == "to"
        and i + 2 < len(reading.words)
        and (reading.lowers[i + 2] in _TASKS or reading.lowers[i + 2] == "be")
    ):
        if is_sent_on_an_errand(reading, i):
            return 3
        seen = reading.lowers[i + 2] == "be" and reading.lowers[i + 3 : i + 4] and reading.lowers[i + 3] in TO_BE_DONE
        return (
            3 if word.key not in _ABSTRACT or (seen and word.key not in _VERBS) else 1
        )  # an action of the minutes: "Mat to be seen alone", "Grace to ring"
    if is_spoken_to(reading, i, after):
        return 3
    if after in OBJECTS or after in _NOT_AFTER_NAME:
        return -4
    if after in ("and", "or") and i + 2 < len(reading.words):
        return _joined_with(reading, i)
    return _by_verb(reading, i, after)


def _joined_with(reading: Reading, i: int) -> int:
    word, follower = reading.words[i], reading.words[i + 2]
    if word.key not in _VERBS and follower.key in RELATIONS and follower.key not in _NOT_KIN:
        return 3  # "Hope and mum came in"
    if follower.parts and follower.shape == word.shape and follower.key not in AUXILIARY:
        return 3
    return -2 if follower.shape == LOWER and follower.ordinary and follower.key not in RELATIONS else 0


def _by_verb(reading: Reading, i: int, after: str) -> int:
    """Somebody does something: "Dawn locks the door"; but "Hope was expressed"."""
    word, start = reading.words[i], reading.starts_sentence(i)
    beyond = reading.lowers[i + 2] if i + 2 < len(reading.words) and reading.gap_before(i + 2) == " " else ""
    passive = after in _STATES and (beyond in _PASSIVE or beyond.endswith("ed")) and beyond not in _DONE_TO_PEOPLE
    if start and passive and word.key in _ABSTRACT:
        return 0
    if after in DOING or (after == "is" and reading.gap_after(i) == " "):
        return 3
    lower = reading.words[i + 1].shape == LOWER
    if after in _HANDLED and beyond in _PERSONAL and lower:
        return 1 if word.key in _ABSTRACT else 3  # "Cherry found her"; "Hope left them"
    if after.endswith(("s", "ed")) and len(after) > 4 and lower:
        if beyond in _OBJECTS_OF_VERBS or beyond in _PERSONAL:
            return 3  # "Dawn locks the door", "Grace called him"
        if start and after.endswith("ed") and word.key not in _ABSTRACT:
            return 2  # "Precious handed over her phone"
        return 0
    plain = start and word.shape == CAPITAL and word.key not in _ABSTRACT | _VERBS | CALENDAR | AUXILIARY
    if after in PREPOSITIONS or after in _MORE_PREPOSITIONS:
        return (
            2 if plain and after != "and" and any(p.kind in (GIVEN, NICK) for p in word.parts) else 0
        )  # "Rose with nan"
    if after in _ADVERBS and plain and _goes_on_small(reading, i):
        return 3  # "Rose again missed school"
    return -2 if start and lower and reading.words[i + 1].ordinary else 0


def _goes_on_small(reading: Reading, i: int) -> bool:
    """Whether small words follow, as they do behind a name and not in a title."""
    return all(word.shape == LOWER for word in reading.words[i + 1 : i + 3])


def _capitals_around(reading: Reading, i: int) -> bool:
    """Whether a word beside this one is typed in capitals too and is no abbreviation."""
    beside = [reading.words[k] for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(reading.words)]
    return any(w.shape == UPPER and len(w.key) > 1 and w.ordinary and not w.parts for w in beside) and not any(
        w.shape == LOWER for w in beside[1:3]
    )


def _in_capitals(reading: Reading, i: int, before: str, after: str) -> Verdict:
    """In a line of capitals the neighbours alone decide, as they do of a small word among capitals."""
    if reading.words[i].key in AUXILIARY and reading.words[i].parts:
        return _OF_AUXILIARIES[auxiliary_reading(reading, i)]
    if reading.words[i].parts and small_or_adjective(reading, i) == NAME:
        return Verdict(MASK, 4)
    if reading.words[i].key in AUXILIARY and after and not reading.words[i + 1].parts and is_bare_verb(reading, i + 1):
        return Verdict(KEEP, -4)  # MUM WILL ATTEND
    score = _from_the_left(reading, i, before) + _from_the_right(reading, i, after)
    beside = (i - 2 if before in ("and", "with") else -1, i + 2 if after == "and" else -1)
    named = any(0 <= k < len(reading.words) and reading.words[k].parts for k in beside)
    score += 1 if named or not (before or after) else 0
    score += 2 if reading.words[i].possessive else 0
    common = (reading.words[i].key in AUXILIARY or before in _DETERMINERS) and not reading.words[i].plural
    return Verdict(MASK if score >= 2 else KEEP if score <= -1 and common else DOUBTFUL, score)
