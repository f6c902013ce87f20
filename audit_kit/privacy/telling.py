"""What stands behind a word and tells that it is somebody: kinship, an age, a school year, how they are."""

from __future__ import annotations

import re

from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import RELATIONS, SAYING_OR_DOING
from audit_kit.privacy.wordlists import word_class

#: kinship as it is cut short in notes: "bro", "mo", "MGM"
KIN_CUT_SHORT = word_class("telling.kin_cut_short")
STATES = word_class("telling.states")
_VERBS = word_class("wordlike.verbs")
#: "Icy just back from work", "Royal still asleep"
_ABOUT = frozenset(["re", "ref", "subject", "family", "case", "about", "fw", "fwd"])
AND_SIGNS = frozenset([" & ", " + ", "&", "+", "/", " / "])
#: where somebody stands: "Hope at the gate with a bag"
_STANDS_THERE = re.compile(
    r" (?:at the (?:door|front door|back door|gates?|table|sink|bus stop)|upstairs|downstairs)\b"
)
#: how often a pupil was there: "Summer in 4 days of 5"
_ATTENDS = re.compile(
    r" (?:in|off|out|absent|late)(?: for)? \d{1,2} (?:days?|sessions?|mornings?|lessons?) (?:out )?of \d"
)
_ALIVE = frozenset(["alive", "dead", "missing", "gone"])
_LATELY = frozenset(["just", "still", "now", "only", "already"])
_BACK = frozenset(["back", "home", "out", "in", "gone", "off", "away", "here", "there"])
_FROM_SOMEWHERE = frozenset(["alone", "at", "from", "in", "home", "with", "to", "on", "by"])
#: "Grace to be seen alone"
TO_BE_DONE = word_class("telling.to_be_done")
#: a date of birth in brackets: "Royal (5 May 2016)", "Jade (3/4/12)"
_BORN = re.compile(r" \((?:b\.? ?|born )?\d{1,2}(?:st|nd|rd|th)?[ ./-](?:\d{1,2}|[A-Za-z]{3,9})[ ./-]'?\d{2,4}\)")
_NOT_DONE = frozenset(["seen", "in", "at", "home", "told", "spoken", "informed", "weighed", "interviewed"])
GENERATIONS = frozenset(["senior", "snr", "junior", "jnr", "jr"])
_IN_A_STATE = word_class("telling.in_a_state")
_OFFERED = frozenset(["offered", "given", "shown", "sent", "promised", "told", "asked", "lent", "taught"])
_WHOSE = frozenset(["the", "a", "an", "his", "her", "their", "my", "our", "mum's", "dad's"])
_IS = frozenset(["is", "was", "isn't", "wasn't", "being"])
_GOES_ON = frozenset(["who", "of", "to", "and", "in", "with", "from", "at"])
_YEARS = frozenset(["yr", "yrs", "year", "years", "y", "aged", "age"])
_AGE = re.compile(r",? \(?(?:aged? )?(?:1\d|\d)(?:[,;.)]|\)| ?y| months| mths| wks| weeks)")


def says_who(reading: Reading, i: int) -> bool:
    """Faith (PGM); Mercy, his stepmother; Jade (9); hunter yr 7; Melody, mother of two."""
    gap, near = reading.gap_after(i), reading.lowers[i + 1 : i + 5]
    if _AGE.match(reading.text, reading.ends[i], reading.ends[i] + 16) or _BORN.match(reading.text, reading.ends[i]):
        return True
    if not near:
        return False
    if gap == " " and near[0] in ("here", "speaking") and reading.starts_sentence(i):
        return reading.gap_after(i + 1)[:1] in (",", ".", ";", '"')  # "Rose here, can you ring me"
    if gap == " " and near[0] in GENERATIONS:
        return True  # "Banks senior"
    if gap == " (":
        return _is_kin(near[0]) or (near[0] in _WHOSE and any(_is_kin(word) for word in near[1:3]))
    if gap == ", ":
        return _is_in_apposition(reading, i)
    behind = reading.gap_after(i + 1)
    if gap == " " and near[0] == "born":
        return behind.strip()[:1].isdigit() or near[1:2] in (["in"], ["on"], ["at"])
    return gap == " " and near[0] in _YEARS and behind.strip()[:1].isdigit()


def is_in_a_state(reading: Reading, i: int) -> bool:
    """Where notes leave the verb out: "Jade pregnant by", "faith tearful today", "Poppy in tears", "Ruby not seen"."""
    near = reading.lowers[i + 1 : i + 3]
    if not near or reading.gap_after(i) != " " or reading.words[i].possessive:
        return False
    if _ATTENDS.match(reading.text, reading.ends[i], reading.ends[i] + 40):
        return True
    if len(near) == 2 and near[0] in ("in", "not", "v", "very", "so", "too") and reading.gap_after(i + 1) == " ":
        return near[1] in (_IN_A_STATE if near[0] == "in" else STATES) or (near[0] == "not" and near[1] in _NOT_DONE)
    if near[0] == "been" and len(near) == 2 and reading.gap_after(i + 1) == " ":
        return near[1] in STATES or near[1] in ("well", "ill")  # "Jun been ill"
    if near[0] in _ALIVE or _STANDS_THERE.match(reading.text, reading.ends[i]):
        return reading.words[i].shape == CAPITAL and reading.starts_sentence(i)  # "Grace alive"; "keeps hope alive"
    return near[0] in STATES or _is_somewhere(reading, i, near)


def _is_somewhere(reading: Reading, i: int, near: list[str]) -> bool:
    """Icy just back from work; Royal back at his nan's."""
    if len(near) < 2 or reading.gap_after(i + 1) != " " or reading.words[i].key in _VERBS:
        return False
    if near[0] in _LATELY:
        return near[1] in _BACK or near[1] in STATES or near[1].endswith(("ed", "ing"))
    return near[0] in _BACK - {"in", "off", "there"} and near[1] in _FROM_SOMEWHERE


def is_given_something(reading: Reading, i: int) -> bool:
    """Hope was sent the minutes; but "hope was given to them"."""
    near = reading.lowers[i + 1 : i + 4]
    return (
        len(near) == 3
        and near[0] in _IS
        and near[1] in _OFFERED
        and (near[2] in _WHOSE or near[2] in ("that", "some", "what", "why", "about"))
        and reading.gaps[i + 1 : i + 4] == [" ", " ", " "]
    )


def heads_a_file(reading: Reading, i: int) -> bool:
    """Re: hardy / bishop: two registered names behind a colon, which is how a letter says whom it is about."""
    for other in (i - 1, i + 1):
        first, beside = min(i, other), reading.word(other) if other >= 0 else None
        if beside is None or not beside.parts or beside.shape != LOWER or reading.words[i].key == beside.key:
            continue
        if reading.gaps[max(i, other)] in AND_SIGNS and reading.gap_before(first).rstrip(" ").endswith(":"):
            return first > 0 and reading.lowers[first - 1] in _ABOUT
    return False


def _is_kin(word: str) -> bool:
    return word in RELATIONS or word in KIN_CUT_SHORT


def _is_in_apposition(reading: Reading, i: int) -> bool:
    """Whether kinship stands behind the comma and closes there: ", her sister," and not ", her sister said"."""
    first = i + 1
    if reading.lowers[first] in _WHOSE:
        first += 1
    for k in range(first, min(first + 3, len(reading.words))):
        if k > i + 1 and reading.gap_before(k) not in (" ", "-"):
            return False
        if _is_kin(reading.lowers[k]) and not reading.words[k].possessive:
            following = "".join(reading.lowers[k + 1 : k + 2])
            if following and _is_kin(following) and reading.gap_after(k) == " ":
                continue  # "the older sister"
            closes = reading.gap_after(k)[:1] in (",", ".", ";", ")", "") or following in _GOES_ON
            return closes and (first > i + 1 or following not in SAYING_OR_DOING)
    return False
