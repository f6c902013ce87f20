"""Who is called by a word because the sentence says so: "known as Titch", "goes by Spider", "a lad they call Smalls"."""

from __future__ import annotations

from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.wordlists import word_class

#: behind these any word is what somebody is called: "Liban aka Scar"
ALIASES = frozenset(["aka", "alias", "nicknamed"])
_SAID = frozenset(["known", "referred", "saved"])
_GOES = frozenset(["goes", "went", "going", "go"])
_MAY = frozenset(["may", "might", "could", "must", "to"])
_CALL = frozenset(["call", "calls", "called", "calling", "named"])
_PEOPLE = RELATIONS | word_class("calling.people")
#: "a thing known as Grooming", "a course called Respect"
_NEVER = word_class("unsure_places.occasions") | word_class("unsure_places.papers")


def is_called(reading: Reading, i: int) -> bool:
    """Whether the sentence says that somebody is called by the one capitalised word at ``i``, whatever it means."""
    word, following, near = reading.words[i], reading.word(i + 1), reading.lowers[max(0, i - 4) : i]
    if word.shape != CAPITAL or len(word.key) < 3 or word.kept or not near or reading.gap_before(i) not in (" ", ' "'):
        return False
    if (following is not None and following.capitalised and reading.gap_after(i) == " ") or word.key in _NEVER:
        return False  # "known as Early Help"
    if near[-1] in ALIASES:
        return True
    if near[-1] == "as":
        return _SAID.intersection(near[-4:-1]) != frozenset()
    if near[-1] == "by":
        return near[-2:-1] != [] and near[-2] in _GOES
    if near[-1] in ("is", "was"):
        return near[-2:-1] in (["name"], ["nickname"])
    if near[-1] == "be":
        return near[-3:-2] in (["name"], ["nickname"]) and near[-2] in _MAY  # "his name may be Fox"
    return near[-1] in _CALL and not _PEOPLE.isdisjoint(near[:-1])
