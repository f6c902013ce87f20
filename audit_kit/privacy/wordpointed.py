"""A name that is a word, with a capital, at which a sign, an errand or a call points: "cover = Dawn", "Dawn to ring", "21.10: Dawn you".

Other words that stand so say a thing, too ("4 = Hope", "Courage to speak", "Hope you are well"): they are left to the points.
"""

from __future__ import annotations

import re

from audit_kit.privacy.forms import GIVEN, NICK
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordtimes import CALENDAR

_VERBS = word_class("wordlike.verbs")
#: what no idea and no time of the day does
_ERRANDS = word_class("wordpointed.errands")
_YOU = frozenset(["you", "u", "your", "ur"])
#: said to somebody with the same words: "Trust you to know"
_DONE_TO_YOU = word_class("wordpointed.done_to_you")
#: behind a word, not behind a number or a grade
_EQUALS = re.compile(r"[A-Za-z)] ?= ?\Z")


def does_the_task(reading: Reading, i: int) -> bool:
    """Cover = Dawn."""
    word, ahead = reading.words[i], reading.text[max(0, reading.starts[i] - 6) : reading.starts[i]]
    called = any(part.kind in (GIVEN, NICK) and part.score >= 0.95 for part in word.parts)
    return called and word.key not in CALENDAR | _VERBS and _EQUALS.search(ahead) is not None


def is_sent_on_an_errand(reading: Reading, i: int) -> bool:
    """Dawn to ring every morning: the word behind "to" is what only somebody does."""
    return reading.words[i].key not in _VERBS and reading.lowers[i + 2] in _ERRANDS


def is_spoken_to(reading: Reading, i: int, after: str) -> bool:
    """Sat 02.41: Dawn you never ring."""
    begins = reading.gap_before(i)[-2:] == ": "
    return begins and after in _YOU and reading.words[i].key not in _VERBS | _DONE_TO_YOU
