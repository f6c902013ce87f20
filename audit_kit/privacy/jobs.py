"""Where the jobs stand in a text, and which name they belong to: "HV Marcia Bright", "Tom Ashdown (CAFCASS)"."""

from __future__ import annotations

import re

from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import jobs
from audit_kit.privacy.wordlists import word_class

RANKS = word_class("jobs.ranks")
#: what stands before anybody's name, whatever their job: "seen by", "handed over to"
ANYBODY = "person"
COLLAR = re.compile(r"[ ]{1,2}\d{2,6}[A-Z]{0,2}[ ]{0,2}")
#: between the words of one job; but "WARD 0110, SISTER IN CHARGE" is no ward sister
_WITHIN = re.compile(r"\s{1,3}|[ ]?[-/&.'][ ]?")
_COLLAR_DIGITS = re.compile(r"[ ]{1,2}\d{2,6}[ ]?")
_AFTER_JOB = re.compile(r"[ ]{1,2}|[ ]?[:,\-][ ]{0,2}|[ ]?\(|\.[ ]|[ ]?\"|[ ]'|[ ]-[ ]")
_BEFORE_JOB = re.compile(r"[ ]?[,\-(/][ ]?|[ ]{1,2}|\.?,[ ]|\.?[ ]\(|[ ]-[ ]")
_BETWEEN = frozenset(
    (
        "the",
        "a",
        "an",
        "from",
        "from the",
        "his",
        "her",
        "their",
        "my",
        "our",
        "is the",
        "is a",
        "is his",
        "is her",
        "the new",
        "the family's",
    )
)


_TYPED_SMALL = word_class("jobs.typed_small")


class JobFinder:
    """The jobs of one reading, by their first and their last word."""

    def __init__(self, reading: Reading, taken: list[bool]) -> None:
        self._reading = reading
        self._ends: dict[int, tuple[int, str]] = {}
        self._starts: dict[int, str] = {}
        whispering = reading.small  # "hv linda" is the health visitor
        table, texts, lowers = jobs(), reading.texts, reading.lowers
        beyond = 0
        for i in [i for i, lower in enumerate(lowers) if lower in table]:
            if i < beyond or taken[i]:
                continue
            for words, label, short in table[lowers[i]]:
                j = i + len(words)
                together = tuple(lowers[i:j]) == words and all(map(_WITHIN.fullmatch, reading.gaps[i + 1 : j]))
                if together and (
                    not short
                    or texts[i].isupper()
                    or (
                        words[0] in _TYPED_SMALL
                        and (whispering or reading.starts_sentence(i) or self._leads_to_a_name(j))
                    )
                ):
                    self._ends[j - 1] = (i, label)
                    self._starts[i] = label
                    beyond = j
                    break

    def _leads_to_a_name(self, j: int) -> bool:
        """Whether a capitalised word follows that is none of English: "typed by pc Ogunleye", "hv 2217CN Ogunleye"."""
        word = self._reading.word(j)
        if word is None or word.kept:
            return False
        gap = self._reading.gap_before(j)
        return (gap == " " and word.shape == CAPITAL and not word.ordinary) or (
            word.capitalised and _COLLAR_DIGITS.fullmatch(gap) is not None
        )

    def ending_at(self, i: int) -> str:
        """The job whose last word is ``i``, or ""."""
        return self._ends[i][1] if i in self._ends else ""

    def before(self, i: int) -> str:
        """The job written right before the word ``i``, perhaps with a collar number between."""
        j = self.rank_before(i)
        return self._ends[j][1] if j >= 0 else ""

    def typed_small(self, i: int) -> bool:
        """Whether an abbreviated job in small letters stands right before: "sw marsha aware"."""
        return (
            i - 1 in self._ends and self._reading.lowers[i - 1] in _TYPED_SMALL and self._reading.gap_before(i) == " "
        )

    def rank_before(self, i: int) -> int:
        """The last word of the job right before the word ``i``, or -1."""
        if i - 1 in self._ends:
            gap = self._reading.gap_before(i)
            return i - 1 if _AFTER_JOB.fullmatch(gap) or COLLAR.fullmatch(gap) else -1
        if i - 2 in self._ends and len(self._reading.texts[i - 1]) <= 2 and self._reading.texts[i - 1].isupper():
            # the letters behind a collar number read as a word: "PC 4417NI Harding"
            number = _COLLAR_DIGITS.fullmatch(self._reading.gap_before(i - 1))
            return i - 2 if number and self._reading.gap_before(i) in (" ", ", ") else -1
        return -1

    def after(self, last: int) -> str:
        """The job written right behind the word ``last``: in brackets, after a comma, "from CAMHS"."""
        reading, j = self._reading, last + 1
        beside = j in self._starts and _BEFORE_JOB.fullmatch(reading.gap_before(j))
        if beside and (reading.gap_before(j).strip() or reading.texts[j].isupper()):
            return self._starts[j]
        for skip in (1, 2):
            if j + skip in self._starts and " ".join(reading.texts[j : j + skip]).lower() in _BETWEEN:
                between = reading.texts[j].lower()
                if reading.gap_before(j).strip() in (",", "-", "(") or between in ("from", "is"):
                    return self._starts[j + skip]
        return ""
