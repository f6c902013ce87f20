"""A name that is a word, typed small, by what is done to it or where it stands in a list: "picked rose up", "a call from joy"."""

from __future__ import annotations

import re

from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import DOING, RELATIONS, SPEECH
from audit_kit.privacy.wordbare import is_counted
from audit_kit.privacy.wordlists import word_class

_ABSTRACT = word_class("wordlike.abstract") | word_class("wordsmall.abstract")
#: what is done to people and things: "took hunter to school"; to an idea hardly ever: "left hope with them"
_HANDLED = word_class("wordhandled.handled")
#: what is done to people alone: "asked joy about it"
_DONE_TO_PEOPLE = word_class("wordhandled.done_to_people")
_AFTERWARDS = word_class("wordhandled.afterwards")
_SENT = word_class("surroundings.sent") | word_class("wordhandled.sent")
_SPOKEN = word_class("wordhandled.spoken")
_FELT_FOR = word_class("wordhandled.felt_for")
_HEADINGS = word_class("wordhandled.headings")
#: the parts of minutes, person by person: "Mum. Seen twice.", "Dad: at work."
_ABOUT_KIN = re.compile(
    r"^(?:mum|mother|dad|father|gran|nan|grandmother|grandfather|sibs?|siblings?|child|baby|brother|sister|aunt|uncle)[.:] ",
    re.I | re.M,
)
#: "Seen at school: hope."
_SEEN_AT = re.compile(r"\b(?:[Ss]een|[Pp]resent|[Ss]poken to|[Vv]isited) (?:at|in|with|on) [a-z ]{2,14}: \Z")
_WHOSE = frozenset(["the", "his", "her", "their", "my", "our", "a"])
ASKING = frozenset(
    ["is", "was", "does", "did", "has", "had", "could", "can", "should", "will", "would", "isn't", "wasn't"]
)
_QUESTIONS = frozenset(["how", "why", "where", "when", "what", "who", "since"])
_LOOKS = frozenset(["look", "looks", "looked", "sounds"])
_GOES = frozenset(["go", "goes", "went", "going"])
_TOLD_SOMEBODY = frozenset(["told", "tells", "asked", "texted", "promised", "informed"])
_COULD = frozenset(["could", "would", "should", "can", "will", "had", "was", "is", "has", "did", "must"])
_AND_SO = frozenset(["and", "on", "at", "in", "was", "were", "to", "with", "from", ""])
_CALLS = frozenset(["call", "calls", "called", "calling"])
_BEFORE_A_ROOM = word_class("wordlike.determiners")
#: nouns, though they end like what somebody is doing: "divine meeting"
_NOUNS_IN_ING = word_class("wordsmall.nouns_in_ing")
_AWAY = frozenset(["off", "back", "out", "away", "home", "upstairs", "downstairs", "asleep", "alone"])
_DESTINATIONS = word_class("wordhandled.destinations")
_ROOMS = word_class("wordhandled.rooms")
_AT_TIMES = frozenset(["home", "weekends", "weekend", "night", "nights", "mondays", "fridays", "saturdays", "sundays"])
_BEEN = frozenset(["has", "had", "hasn't", "hadn't"])
_ONLY_PEOPLE_ARE = word_class("wordhandled.only_people_are")
_WERE = frozenset(["were", "are", "was", "both", "went", "came", "had", "have"])


def is_handled(reading: Reading, i: int, left: str, right: str) -> bool:
    """Whether the small word at ``i`` is somebody: nothing else is asked, fed, rung, spoken to, or heads a line."""
    if reading.gap_after(i) == ", " and reading.lowers[i + 1 : i + 2] == ["who"]:
        return True
    if is_before_somebody(reading, i):
        return True  # "angel and frankie were seen"
    if _is_addressed(reading, i, left, right):
        return True
    begins = reading.gap_after(i) == ", " and (reading.starts_sentence(i) or reading.gap_before(i) in (", ", ": "))
    if (begins or reading.gap_after(i) in (" & ", " + ")) and _is_somebody(reading, i + 1):
        return True  # "joy, farida and the baby", "joy & farida"
    if is_called_something(reading, i, left, right):
        return True
    if (
        reading.gap_before(i) == ", "
        and _is_somebody(reading, i - 1)
        and right in _AND_SO
        and reading.words[i].key not in _ABSTRACT
    ):
        return True  # "the tutor, farida, sky on screen"
    if left in _DONE_TO_PEOPLE and (not right or right in _AFTERWARDS):
        return True
    return (
        _is_reached(reading, i, left)
        or _is_one_of_a_household(reading, i, left, right)
        or is_under_a_heading(reading, i)
    )


def is_before_somebody(reading: Reading, i: int) -> bool:
    """Whether "and" (or "n", as in messages) and somebody registered stand right behind."""
    right = "".join(reading.lowers[i + 1 : i + 2]) if reading.gap_after(i) == " " else ""
    return right in ("and", "&", "n", "or", "nor") and _is_a_name(reading, i + 2)


def _is_addressed(reading: Reading, i: int, left: str, right: str) -> bool:
    """Well done rose!; thank you joy for coming; everyone calls him hunter."""
    further = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    ends = not right and reading.gap_after(i)[:1] in ("!", ",", ".", "?", ";", "")
    if (further, left) in (("well", "done"), ("thank", "you")):
        return ends or right == "for"
    return further in _CALLS and left in ("him", "her", "them", "himself", "herself") and (ends or right in _AFTERWARDS)


def is_called_something(reading: Reading, i: int, left: str, right: str) -> bool:
    """She calls rose a nuisance; he called joy "madam"; they call hope names."""
    quoted = reading.gap_after(i).endswith(' "')
    return left in _CALLS and (quoted or right in ("a", "an", "names", "by", "her", "his"))


def _is_a_name(reading: Reading, k: int) -> bool:
    """Whether the word at ``k`` is somebody registered, and nothing else."""
    return _is_somebody(reading, k) and reading.gap_before(k) == " "


def _is_somebody(reading: Reading, k: int) -> bool:
    beside = reading.word(k)
    return beside is not None and bool(beside.parts) and not beside.ordinary


def is_moved(reading: Reading, i: int, left: str, right: str) -> bool:
    """Picked rose up; took hunter to school: what is no idea, and has no article."""
    return left in _HANDLED and right in _AFTERWARDS and reading.words[i].key not in _ABSTRACT


def _is_reached(reading: Reading, i: int, left: str) -> bool:
    """A call from joy; spoke to hope; letter to grace."""
    if left not in ("from", "to", "with", "at") or i < 2 or reading.gap_before(i - 1) != " ":
        return False
    further = reading.lowers[i - 2]
    if left == "to" and further in _FELT_FOR and is_counted(reading.words[i].key):
        return True  # "kind to wren"; "good to hope"
    if further in _SPOKEN:  # "spoke with joy" may say how
        return left != "from" and not (left == "with" and reading.words[i].key in _ABSTRACT)
    return left != "at" and further in _SENT


def _is_one_of_a_household(reading: Reading, i: int, left: str, right: str) -> bool:
    """The baby and hope were asleep; Mum, joy and the baby were in."""
    if left == "and" and i > 2 and reading.lowers[i - 2] in RELATIONS and reading.lowers[i - 3] in _WHOSE:
        return right in _WERE or right in SPEECH
    if reading.gap_before(i) != ", " or right != "and" or i + 3 >= len(reading.words):
        return False
    near = reading.lowers[i + 2 : i + 4]
    kin = near[0] in RELATIONS or (near[0] in _WHOSE and near[1] in RELATIONS)
    return reading.lowers[i - 1] in RELATIONS and kin


def is_under_a_heading(reading: Reading, i: int) -> bool:
    """Seen: hope. Not seen: joy, rose."""
    if not i or reading.gap_before(i) != ": ":
        return False
    if reading.lowers[i - 1] not in _HEADINGS and not _SEEN_AT.search(
        reading.text, max(0, reading.starts[i] - 24), reading.starts[i]
    ):
        return False
    following = "".join(reading.lowers[i + 1 : i + 2]) if reading.gap_after(i) == " " else ""
    return reading.gap_after(i)[:1] in (".", ",", ";", "\n", "") or following in ("and", "&") or following in DOING


def is_a_heading(reading: Reading, i: int) -> bool:
    """Whether the word is all that stands before the first stop of a line, as kin do elsewhere: "Mum. Seen. / Rose. Seen."."""
    start, stop = reading.starts[i], reading.gap_after(i)[:1]
    begins = start == 0 or reading.text[start - 1] == "\n"
    return begins and stop in (".", ":") and _ABOUT_KIN.search(reading.text) is not None


def is_taken_somewhere(reading: Reading, i: int, right: str) -> bool:
    """Took hope off the list, has joy sleeping on the floor, took grace to hospital, says faith wets the bed: no idea does."""
    beyond = "".join(reading.lowers[i + 2 : i + 3])
    if right == "to":
        return beyond in _DESTINATIONS
    if right == "in":
        return beyond in _BEFORE_A_ROOM and "".join(reading.lowers[i + 3 : i + 4]) in _ROOMS
    if right in ("at", "on"):
        return beyond in _AT_TIMES
    going_on = right.endswith("ing") and len(right) > 5 and right not in _NOUNS_IN_ING
    return right in _AWAY or going_on


def is_out_or_missing(reading: Reading, i: int, right: str) -> bool:
    """Peace was out, hope is tearful, chance hasn't been missing: what no idea is."""
    near = reading.lowers[i + 2 : i + 4] if reading.gap_after(i + 1) == " " else []
    if right in _BEEN and near[:1] == ["been"]:
        near = near[1:]
    elif right not in ("is", "was", "isn't", "wasn't"):
        return False
    return bool(near) and near[0] in _ONLY_PEOPLE_ARE


def is_told_of(reading: Reading, i: int, left: str, right: str) -> bool:
    """It's hope, she rings; told her faith could stay."""
    further = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    if left in ("it's", "that's") and reading.gap_after(i)[:1] == ",":
        return True
    return further in _TOLD_SOMEBODY and left in ("her", "him", "them", "me", "us") and right in _COULD


def is_asked_about(reading: Reading, i: int, left: str) -> bool:
    """Is rose safe?; how is sky doing?; could mark stay?: who is meant stands behind the verb."""
    if left not in ASKING:
        return False
    further = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    stop = re.search(r"[.?!\n]", reading.text[reading.ends[i] : reading.ends[i] + 80])
    return (reading.starts_sentence(i - 1) or further in _QUESTIONS) and stop is not None and stop[0] == "?"


def is_likened_or_named(reading: Reading, i: int, left: str) -> bool:
    """She looks like hope; he goes by promise now."""
    further = reading.lowers[i - 2] if i > 1 and reading.gap_before(i - 1) == " " else ""
    return further in {"like": _LOOKS, "by": _GOES}.get(left, ())
