"""A name that is a thing which is counted ("rose", "angel", "hunter"): such a word has an article, and without one it is somebody."""

from __future__ import annotations

from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import DOING, SPEECH
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordsure import PREPOSITIONS

#: no ideas, materials, times, verbs or adjectives: these stand without an article too
_COUNTED = word_class("wordbare.counted")
#: not "by", "in", "on", "at": by hand, on foot, by river
_LEADING = frozenset(["about", "between", "for", "with", "from", "than", "without", "against", "behind"])
_WANTING = frozenset(
    ["want", "wants", "wanted", "have", "has", "had", "loves", "loved", "love", "need", "needs", "needed"]
)
_ASKING = frozenset(["does", "did", "let", "lets"])
_BEHIND = (
    PREPOSITIONS
    | word_class("wordhandled.afterwards")
    | word_class("wordsmall.modifying")
    | frozenset(["is", "was", "and"])
)
#: "rose coloured"
_LIKE = frozenset(["coloured", "shaped", "scented", "sized", "based", "patterned", "themed", "tinted"])
_OF_CHILDREN = word_class("wordsmall.of_children")


def is_counted(key: str) -> bool:
    """Whether the word is a thing of which there is one or more."""
    return key in _COUNTED


def stands_bare(reading: Reading, i: int, left: str, right: str) -> bool:
    """Whether the word at ``i`` is a counted thing without its article, where a thing or somebody must be meant."""
    if reading.words[i].key not in _COUNTED or reading.words[i].possessive:
        return False
    if left in SPEECH and right in _OF_CHILDREN:
        return True  # "Nan thinks rose lies"
    if left in _ASKING:
        return bool(right)  # "does rose have a bed", "let hunter see her"
    ends = not right and reading.gap_after(i)[:1] in (".", ",", ";", ")", "\n", "")
    if left in _LEADING or left in _WANTING:
        return ends or right in _BEHIND
    return not left and begins_to_act(reading, i, right)


def begins_to_act(reading: Reading, i: int, right: str) -> bool:
    """Whether a counted thing without its article begins a clause and does something: "angel has settled", "rose bites others"."""
    if reading.words[i].key not in _COUNTED or reading.words[i].possessive:
        return False
    begins = reading.starts_sentence(i) or reading.gap_before(i) in (", ", "; ", ": ")
    acts = right in SPEECH or right in DOING or right in _OF_CHILDREN or right in ("upstairs", "downstairs")
    acts = acts or (right.endswith("ed") and len(right) > 4 and not right.endswith("eed") and right not in _LIKE)
    return begins and acts and right not in ("and", "or", "also", "then", "now", "still", "never", "always")
