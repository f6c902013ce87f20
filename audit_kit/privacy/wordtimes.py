"""Names that are days, months or seasons (Sunday, April, Summer): what stands beside them, or a person is asked.

A visit on Monday is no visit on the mother, although she is called so. So a day or a month is a person only where
the sentence says it: by a title, a relation, a verb of people right behind. Behind "on" or "until", beside a number or
another month it is the time. All else is asked about.
"""

from __future__ import annotations

import re

from audit_kit.privacy.lexicon import LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.telling import is_given_something, is_in_a_state, says_who
from audit_kit.privacy.trade import DOING, HOUSEHOLD, NAMING, RELATIONS, SPEECH, TITLES
from audit_kit.privacy.wordlists import word_class

NAME, TIME, OPEN = "name", "time", "open"

DAYS = word_class("wordtimes.days")
_WHOLE_MONTHS = word_class("wordtimes.months")
#: cut short they are as likely names of their own: Jan Kowalski, Dec for Declan
MONTHS = _WHOLE_MONTHS | word_class("wordtimes.months_cut_short")
SEASONS = word_class("wordtimes.seasons")
CALENDAR = DAYS | MONTHS | SEASONS
#: where the grammar leaves it open, these are asked about, the others left to the points for any name that is a word
_ASKED_ABOUT = DAYS | _WHOLE_MONTHS

_AGE = re.compile(r",? \(?(?:aged? )?(?:1\d|\d)(?:\)| ?y| months| mths| wks|, )")
_NUMBER_BEHIND = re.compile(r"[ ,'/-]{1,2}(?:\d{1,2}(?!\d)|(?:19|20)\d\d(?!\d)|\d\d[:.]?\d\d(?!\d))")
#: "3rd May", "17/May"; not the number that ends a label, or the sentence before
_NUMBER_BEFORE = re.compile(r"(?<![\w])(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?(?: of)?[ ./-]\Z")
_LABELLED = re.compile(r"(?:Sibling|Person|Child|Aunt|Uncle|Cousin) \d{1,2} \Z")
#: "Friday calls 101": no day does
_RINGS = re.compile(r" (?:calls?|called|rings?|rang|dials?|dialled) (?:999|101|111|112|0\d)(?!\d)")
#: what people own, and no time does
OWNED = RELATIONS | HOUSEHOLD | word_class("wordtimes.owned")
#: "last", "each", "early": only a time comes next
_BEFORE_A_TIME = word_class("wordtimes.before")
#: "since", "before": a time, or what somebody does
_SINCE = frozenset(["since", "before", "after", "until", "till", "til"])
#: prepositions before a time, and the words before them that lead to a person: "confided in April", "told by May"
_LEADING_TO_PEOPLE = {
    "on": word_class("wordtimes.on_somebody"),
    "in": word_class("wordtimes.in_somebody"),
    "for": word_class("wordtimes.for_somebody"),
    "from": word_class("surroundings.sent") | word_class("wordtimes.from_somebody"),
    "at": word_class("wordtimes.at_somebody"),
    "by": SPEECH | word_class("wordlike.done_to_people") | word_class("wordtimes.by_somebody"),
}
_ABOUT_SOMEBODY = SPEECH | word_class("wordtimes.about_somebody")
#: "booked for June", "a date for April", "for May and June"
_SET_FOR = word_class("wordtimes.set_for")
_AND_ANOTHER = frozenset(["and", "or"])
_TIMES_OF = word_class("wordtimes.times_of")
_OCCASIONS = word_class("wordtimes.occasions")
_MOVED = word_class("wordtimes.moved")
_SPOKE = word_class("wordtimes.spoke")
#: "DBS for May and her adult son Kelvin", but "in May and her son came"
_AND_KIN = re.compile(r" and (?:his|her|their) (?:[a-z]+ )?(?P<kin>[a-z]+)(?=[.,;)\n]|$| [A-Z])")
_CALLING = frozenset(["call", "calls", "called"])
_FOCUSING = frozenset(["only", "also", "never", "later", "then", "just", "first"])
_LATER = frozenset(["later", "earlier", "sooner", "more", "less"])
#: what days and months do too: they come, go, are
_PASSING = word_class("wordtimes.passing")
_DONE_TO_PEOPLE = word_class("wordlike.done_to_people")
_WITH_DAYS = word_class("wordtimes.with_people")
_WITH_MONTHS = (_WITH_DAYS | word_class("wordlike.with_people")) - {"by", "to", "about", "between", "and"}
_WHOSE = frozenset(["his", "her", "their", "my", "our", "the", "a"])
_JOINING = frozenset(["and", "or", "to", "until", "till", "til", "through", "&"])
_BESIDE = re.compile(r",? |[ ]?[-/&][ ]?")


def time_or_person(reading: Reading, i: int) -> str:
    """Whether the day, month or season at ``i`` is somebody's NAME, a TIME, or OPEN; "" where the usual points decide."""
    word = reading.words[i]
    found = _read(reading, i)
    if word.shape == LOWER:
        return found if found == TIME else ""
    if word.key in _ASKED_ABOUT:
        return found or OPEN
    return found


def _read(reading: Reading, i: int) -> str:
    before = reading.lowers[i - 1] if i and reading.gap_before(i) in (" ", "-", "\n") else ""
    after = reading.lowers[i + 1] if i + 1 < len(reading.words) and reading.gap_after(i) in (" ", "-") else ""
    if before in TITLES:
        return NAME
    if before == "me" and i > 1 and reading.lowers[i - 2] in _CALLING:
        return OPEN if reading.words[i].key in DAYS else NAME  # "call me June", but "call me Monday"
    numbered = _beside_a_number(reading, i) or _beside_another(reading, i, before)
    if numbered:
        return numbered
    if reading.words[i].possessive:
        return TIME if before in _BEFORE_A_TIME else NAME if after in OWNED else ""
    found = _by_what_leads_to_it(reading, i, before, after) or _by_what_it_does(reading, i, before, after)
    if found == TIME and before in ("by", "for") and _is_beside_somebody(reading, i):
        return OPEN  # "shared by April and Temi"
    return found or (NAME if _is_beside_somebody(reading, i) else "")


def _is_beside_somebody(reading: Reading, i: int) -> bool:
    """April and Temi; May & Temi; Mum, June, Temi and the baby: in a row with somebody registered."""
    gap = reading.gap_after(i)
    joined = gap == " " and reading.lowers[i + 1 : i + 2] in (["and"], ["n"], ["or"])
    k = i + 2 if joined else i + 1 if gap in (", ", " & ", " + ", "/", "&") else -1
    beside = reading.word(k) if k > 0 else None
    led = i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in _BEFORE_A_TIME
    return beside is not None and bool(beside.parts) and not (beside.ordinary or led)


def leads_to_somebody(reading: Reading, i: int) -> bool:
    """Whether what stands before leads to people and not to a time: "told by autumn", "a call from june"."""
    further = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    left = reading.lowers[i - 1]
    if left == "about":
        return further in _ABOUT_SOMEBODY
    if left in _SINCE:
        return _acts(reading, i, "".join(reading.lowers[i + 1 : i + 2]))
    return left in _LEADING_TO_PEOPLE and further in _LEADING_TO_PEOPLE[left]


def _beside_a_number(reading: Reading, i: int) -> str:
    """May 2017, 3rd May, Monday 14:00; April (4) is somebody."""
    if _AGE.match(reading.text, reading.ends[i]):
        return OPEN if reading.words[i].key in DAYS else NAME
    if _NUMBER_BEHIND.match(reading.text, reading.ends[i]):
        return TIME
    ahead = reading.text[max(0, reading.starts[i] - 12) : reading.starts[i]]
    return TIME if _NUMBER_BEFORE.search(ahead) and not _LABELLED.search(ahead) else ""


def _beside_another(reading: Reading, i: int, before: str) -> str:
    """Monday to Friday; from April or May; but "April and June were seen", who are two children, is open."""
    for step in (1, -1):
        k = i + step
        if not 0 <= k < len(reading.words):
            continue
        gap = reading.gaps[max(i, k)]
        if reading.lowers[k] in _JOINING and gap == " ":
            k += step
            gap = reading.gaps[max(i + step, k)] if 0 <= k < len(reading.words) else ""
        other = reading.word(k)
        if other is None or other.key not in CALENDAR or not _BESIDE.fullmatch(gap) or other.possessive:
            continue
        first = min(i, k)
        ahead = reading.lowers[first - 1] if first else ""
        led = ahead in _BEFORE_A_TIME or ahead in _LEADING_TO_PEOPLE or ahead in _SINCE or ahead == "between"
        to = reading.lowers[min(i, k) + 1] in ("to", "until", "till", "til", "through")
        return TIME if not other.parts or led or to or other.key == reading.words[i].key else OPEN
    return ""


def _by_what_leads_to_it(reading: Reading, i: int, before: str, after: str) -> str:
    """On Monday, the end of April, moved to Friday; but "a letter from April" and "spoke to May"."""
    further = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    acts = _acts(reading, i, after)
    if before in _BEFORE_A_TIME or after in _OCCASIONS:
        return TIME
    if before in _SINCE:
        return NAME if acts else OPEN if after in _PASSING and after not in _JOINING else TIME
    if before == "for" and further not in _SET_FOR and _is_joined_with_kin(reading, i):
        return NAME
    if before == "for" and not (further in _SET_FOR or after in _AND_ANOTHER or reading.words[i].key in DAYS):
        return OPEN  # "a letter about the plan for April": somebody's, or the month's
    if before in _LEADING_TO_PEOPLE:
        return OPEN if further in _LEADING_TO_PEOPLE[before] else TIME
    if before == "of":
        return TIME if further in _TIMES_OF else OPEN
    if before == "than":
        return TIME if further in _LATER else OPEN
    if before == "to":
        near = reading.lowers[max(0, i - 4) : i - 1]
        return NAME if further in _SPOKE else TIME if any(word in _MOVED for word in near) else OPEN
    return ""


def _by_what_it_does(reading: Reading, i: int, before: str, after: str) -> str:
    """His aunt, May, came; April told the nurse; May was seen; "with Sunday"."""
    day = reading.words[i].key in DAYS
    if says_who(reading, i) or is_given_something(reading, i) or (not day and is_in_a_state(reading, i)):
        return NAME
    acts = _acts(reading, i, after) or _RINGS.match(reading.text, reading.ends[i]) is not None
    if _is_announced(reading, i, acts=acts):
        return NAME
    if acts or before in (_WITH_DAYS if day else _WITH_MONTHS):
        return NAME
    beside = reading.word(i - 2)
    if before == "and" and beside is not None and beside.parts and not beside.ordinary:
        return NAME
    return ""


def _is_announced(reading: Reading, i: int, *, acts: bool) -> bool:
    """Her aunt May; Mum, June, came; a boy named Friday. "Rang Mum Monday" and "Mum called Friday" are open."""
    before, gap = reading.lowers[i - 1] if i else "", reading.gap_before(i)
    if before in NAMING and gap == " ":
        return before != "called" or reading.words[i].key not in DAYS
    if before not in RELATIONS or gap not in (" ", ", ", " ("):
        return False
    if reading.words[i].key not in DAYS:
        return gap != ", " or reading.gap_after(i)[:1] == ","
    closes = reading.gap_after(i)[:1] == {", ": ",", " (": ")"}.get(gap, "-")
    return closes or (gap == " " and acts and i > 1 and reading.lowers[i - 2] in _WHOSE)


def _is_joined_with_kin(reading: Reading, i: int) -> bool:
    """May and her adult son: what a time doesn't have."""
    found = _AND_KIN.match(reading.text, reading.ends[i], reading.ends[i] + 50)
    return found is not None and found["kin"] in RELATIONS


def _acts(reading: Reading, i: int, after: str) -> bool:
    """Whether what stands behind is what only people do, or what is done to people alone."""
    if after in _FOCUSING and reading.gap_after(i) == " ":
        after, i = "".join(reading.lowers[i + 2 : i + 3]), i + 1  # "but May only told the school"
        return after in SPEECH and reading.words[i + 1].shape == LOWER
    if after in SPEECH or (after in DOING and after not in _PASSING):
        return reading.words[i + 1].shape == reading.words[i].shape or reading.words[i + 1].shape == LOWER
    near = reading.lowers[i + 1 : i + 6] if reading.gap_after(i) == " " else []
    if len(near) > 1 and near[0] in ("is", "was"):
        owned = near[2:] if near[1] in _WHOSE and reading.words[i].key not in DAYS else []
        # "May was seen", "May is her nail bar name"
        return near[1] in _DONE_TO_PEOPLE or any(word in RELATIONS or word in NAMING for word in owned)
    return near[:2] in (["has", "been"], ["had", "been"]) and len(near) > 2 and near[2] in _DONE_TO_PEOPLE
