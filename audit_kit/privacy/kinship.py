"""A word of kinship before a name: part of it ("Aunt Bea"), the same as the label, or said of somebody else.

"Her sister Kemi" may be anybody's sister: where the label doesn't say the same, the word stays as typed, and the label
stands behind it. Where it does, one of the two is enough: "his mother Hodan" is his Mother, and no "mother Mother".
"""

from __future__ import annotations

from audit_kit.privacy.lexicon import LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.wordlists import word_class

#: "Mother Florentina", "Bubby Breindel": a word of kinship or respect that is written as part of the name
KIN_BEFORE_NAME = word_class("mentions.kin_before")
_SAME = {
    same: label
    for label, words in (
        ("mother", "kinship.mother"),
        ("father", "kinship.father"),
        ("grandmother", "kinship.grandmother"),
        ("grandfather", "kinship.grandfather"),
        ("aunt", "kinship.aunt"),
        ("stepmother", "kinship.stepmother"),
        ("stepfather", "kinship.stepfather"),
    )
    for same in word_class(words)
}
WHOSE = frozenset(["his", "her", "their", "my", "our", "your", "the", "a", "an", "this", "that", "both"])


def is_said_of_somebody(reading: Reading, j: int) -> bool:
    """Whether the word at ``j`` is kinship and says whose: "her sister", "Mum's aunt", "elder brother"; not "Aunt Bea"."""
    word = reading.words[j]
    if word.key not in RELATIONS and word.key not in KIN_BEFORE_NAME:
        return False
    whose = (
        j > 0 and reading.gap_before(j) == " " and (reading.lowers[j - 1] in WHOSE or reading.words[j - 1].possessive)
    )
    return whose or (word.shape == LOWER and word.ordinary)


def start_with_kinship(reading: Reading, first: int, label: str) -> int:
    """Where the stretch begins that the label stands for: at the kinship before the name where both say the same."""
    *before, last = label.lower().split()
    at = first - len(before) - 1
    if at < 0 or _SAME.get(reading.lowers[first - 1], reading.lowers[first - 1]) != last:
        return reading.starts[first]
    apart = any(reading.gap_before(k) != " " for k in range(at + 1, first + 1))
    return reading.starts[first if apart or reading.lowers[at : first - 1] != before else at]
