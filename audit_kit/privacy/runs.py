"""Words that read as one name, from the first to the last: "Tunde Balogun-Shaw", "D. Castellane", "al-Rahman"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.jobs import RANKS, JobFinder
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.shouted import ends_a_name_in_capitals, is_a_surname_in_capitals, is_called_in_capitals
from audit_kit.privacy.smallnames import is_a_last_small_initial, is_a_small_surname, is_a_word_for_a_surname
from audit_kit.privacy.surroundings import names_a_place
from audit_kit.privacy.trade import DOING, OF_THE_TRADE, RELATIONS, SAYING_OR_DOING, SPEECH
from audit_kit.privacy.vocabulary import is_clipped, is_like_a_word, is_listed, is_of_medicine, is_uncommon
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordnames import is_used_as_a_name, may_be_a_name, may_be_a_small_name
from audit_kit.privacy.wordruns import (
    acts,
    comes_surname_first,
    ends_on_the_next_line,
    has_a_surname,
    is_called_again,
    leads_small,
    owner_of_what_follows,
    owns_something_small,
    stands_before_a_surname,
)

_PARTICLES = word_class("strangers.particles")
_STREETS = word_class("runs.streets")
_CLIPPED_KIN = frozenset(
    ["Fa", "fa", "mo", "mo's", "MGM", "MGF", "PGM", "PGF", "mgm", "mgf", "pgm", "pgf", "Sibs", "sibs", "Sib", "sib"]
)
_IN_NAME = re.compile(r"[ ]{1,2}|-|\.[ ]?|'|[ ]?\r?\n")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that read as one name, from the first to the last index."""

    first: int
    last: int


class RunFinder:
    """Puts the names of one reading together, word by word."""

    def __init__(self, reading: Reading, taken: list[bool], jobs: JobFinder, labels: LabelBook) -> None:
        self._has_met = labels.has_met
        self._long_for = labels.long_for
        self.reading = reading
        self.taken = taken  # per word: already named, numbered, kept or a label
        self.words = reading.words
        self.shouting = reading.shouting
        self.whispering = reading.small
        self.jobs = jobs
        # "Mo" is the mother in notes that clip the family so, and somebody in all others
        self._clips_kin = "mo" in reading.lowers and bool(_CLIPPED_KIN.intersection(reading.texts))

    def is_initial(self, i: int) -> bool:
        """Whether one or two capital letters at ``i`` may stand for a first name."""
        text = self.reading.texts[i]
        return (
            not self.taken[i]
            and len(text) <= 2
            and text.isupper()
            and text.isalpha()
            and not self.jobs.ending_at(i)
            and (len(text) == 1 or not self.words[i].kept)
        )

    def run_from(self, i: int, *, ordinary_first: bool, announced: bool, titled: bool) -> Run | None:
        """The name that begins at ``i``; an ordinary first word only where the sentence calls for a name."""
        j, names = i, 0
        ordinary_first = (
            ordinary_first
            or self._known_with_surname(i)
            or self._is_double(i)
            or self.words[i].shape == UPPER
            or is_used_as_a_name(self.reading, i)
            or (self.words[i].word_name and self._has_a_job_in_brackets(i))
            or self.is_met_again(i)
        )
        while j < len(self.words) and j - i < 5 and self._joins(i, j):
            word = self.words[j]
            if self._goes_before(i, j, titled=titled):
                j += 1
                continue
            if names and self._is_a_small_half(j):
                j += 1
                continue
            closing = self._closing_words(j, names, announced=announced)
            if closing:
                names, j = names + 1, j + closing
                break
            called = (
                announced
                and ordinary_first
                and (is_called_in_capitals(self.reading, self.taken, self.jobs, j) or self._called_small(j))
            )
            if j == i and (called or self._met_again_small(j)):
                names, j = 1, j + 1
                continue
            if names and self._ends_in_a_title(j):
                names, j = names + 1, j + 1
                continue
            half = bool(names) and self.reading.gap_before(j) == "-"  # "mr and mrs osei-bonsu"
            surname = titled and (half or not names) and j - i < 2 and self._typed_surname(j) and not self.taken[j]
            if not self._nameable(j) and not surname:
                if word.key in _PARTICLES and j > i and self._nameable(j + 1):
                    j += 1
                    continue
                break
            small = (
                (self.whispering or titled) and word.shape == LOWER and is_strong(word) and is_strong(self.words[j - 1])
            )
            if (
                names
                and self.reading.gap_before(j) == "-"
                and (small or (word.shape == CAPITAL and self.words[j - 1].capitalised))
            ):
                j += 1  # Moss-Lane, whatever either half means
                continue
            if (
                word.kept
                and not (titled and self._comes_first(i, j) and (word.shape == CAPITAL or self.shouting))
                and not self._kept_as_name(j, names, announced=announced)
            ):
                break
            if not (word.kept or surname) and word.ordinary:
                first = ordinary_first or (j > i and self._has_met(word.key))
                if not (self._ordinary_may_follow(j, announced=announced) if names else first):
                    break
            if "\n" in (self.reading.gap_before(j) if j > i else "") and not is_strong(word):
                break
            names += 1
            j += 1
        return Run(i, j - 1) if names else None

    def _is_a_small_half(self, j: int) -> bool:
        """The second half of Min-jun, Mei-lin."""
        word, before = self.words[j], self.words[j - 1]
        half = word.shape == LOWER and not (word.ordinary or self.taken[j]) and 2 <= len(word.key) <= 6
        return half and self.reading.gap_before(j) == "-" and before.shape == CAPITAL and not before.kept

    def _has_a_job_in_brackets(self, i: int) -> bool:
        """Grace (student midwife): a name that is a word, also where a sentence begins."""
        return self.reading.gap_after(i) == " (" and bool(self.jobs.after(i))

    def _joins(self, i: int, j: int) -> bool:
        """Whether the word at ``j`` may belong to the name that begins at ``i``, by what stands between."""
        gap = self.reading.gap_before(j)
        return j == i or (
            not self.words[j - 1].possessive
            and _IN_NAME.fullmatch(gap) is not None
            and not ("." in gap and self._ends_in_a_stop(j - 1))
        )

    def _ends_in_a_stop(self, k: int) -> bool:
        """Whether the stop behind the word ends a sentence: no initial, and no name cut to "Th."; "DOB NN. Neglect"."""
        text = self.reading.texts[k]
        return len(text) > 2 or (len(text) == 2 and text.isupper())

    def _ends_in_a_title(self, j: int) -> bool:
        """Whether a title that is a surname too ends a name: Sheikh of "Ikram Sheikh", and not of "Hannah, Sheikh Bilal"."""
        word, before = self.words[j], self.words[j - 1]
        following = self.reading.word(j + 1)
        alone = following is None or not following.capitalised or self.reading.gap_after(j) != " "
        return (
            word.title
            and word.last_name
            and word.shape == before.shape == CAPITAL
            and before.first_name
            and not self.taken[j]
            and self.reading.gap_before(j) == " "
            and alone
        )

    def _comes_first(self, i: int, j: int) -> bool:
        """Whether only a particle stands before: Costa of "Ms Da Costa"."""
        return j == i or (j == i + 1 and self.words[i].key in _PARTICLES)

    def _goes_before(self, i: int, j: int, *, titled: bool) -> bool:
        """Whether an initial stands at ``j``, or, behind a title, a small one or a particle: "MR VAN DEN BERG"."""
        if self.is_initial(j):
            article = j == i and self.reading.texts[j] in ("A", "I") and not self.reading.gap_after(j).startswith(".")
            if not article:
                return True
        if not titled:
            return False
        if self.words[j].key in _PARTICLES:
            following = self.reading.word(j + 1)
            return self._nameable(j + 2 if following is not None and following.key in _PARTICLES else j + 1)
        return j == i and self.whispering and leads_small(self.reading, j) and not self.taken[j + 1]

    def _closing_words(self, j: int, names: int, *, announced: bool) -> int:
        """How many words from ``j`` on end a name that has begun: a surname in capitals, or a word typed small; 0 if none."""
        if not names:
            return 0
        if ends_on_the_next_line(self.reading, j):
            return 0 if self.taken[j] else 1
        if is_a_surname_in_capitals(self.reading, self.taken, self.jobs, j) or ends_a_name_in_capitals(
            self.reading, self.taken, j, announced=announced
        ):
            return 2 if self.reading.gap_after(j) == "-" else 1
        if not self.whispering:
            return 0
        known = self.reading, self.taken, self.jobs, j
        small = names == 1 and (
            is_a_small_surname(*known, announced=announced) or is_a_word_for_a_surname(*known, announced=announced)
        )
        return 1 if small or is_a_last_small_initial(self.reading, self.taken, j) else 0

    def is_met_again(self, i: int) -> bool:
        """Whether a word by which this case has met a stranger is used as a name again: "asked Blessing whether"."""
        word = self.words[i]
        return self._met_again_small(i) or (
            word.ordinary and word.shape == CAPITAL and self._has_met(word.key) and is_called_again(self.reading, i)
        )

    def _met_again_small(self, i: int) -> bool:
        owns = self.whispering and not self.taken[i] and owns_something_small(self.reading, i)
        return owns and self._has_met(self.words[i].key)

    def _nameable(self, i: int) -> bool:
        """Whether the word at ``i`` may begin or continue a name by its own looks."""
        if i >= len(self.words) or self.taken[i] or self.jobs.ending_at(i):
            return False
        word = self.words[i]
        if word.key == "mo" and self._clips_kin:
            return False
        if self.whispering and word.shape == LOWER:
            met = self._has_met(word.key) or (word.key[-1:] == "s" and self._has_met(word.key[:-1]))
            known = (
                met or word.first_name or word.last_name or self._long_for(word.key) or has_a_surname(self.reading, i)
            )
            return is_strong(word) and (bool(known) or bool(owner_of_what_follows(self.reading, i)))  # "kyles sister"
        return word.capitalised and (
            word.shape != UPPER or self._reads_in_capitals(i) or comes_surname_first(self.reading, i)
        )

    def _reads_in_capitals(self, i: int) -> bool:
        word = self.words[i]
        behind_first = i > 0 and self.words[i - 1].first_name and self.reading.gap_before(i) in (" ", "-")
        longest = 3 if behind_first else 5
        if self.shouting and stands_before_a_surname(self.reading, i):
            return True
        return is_strong(word) and (
            word.first_name
            or word.last_name
            or (len(word.key) >= longest and self.shouting)
            or (len(word.key) >= 5 and self._has_met(word.key))
        )

    def _typed_surname(self, j: int) -> bool:
        """A word that is none, or only by its ending: "miss pickering"."""
        word = self.words[j]
        if is_strong(word):
            named = word.shape != LOWER or word.first_name or word.last_name or self._has_met(word.key)
            titled = any(w.title for w in self.words[max(0, j - 2) : j])
            if titled:
                return named or not is_of_medicine(word.key)  # "dr haematologist"
            ranked = j > 0 and self.reading.texts[j - 1].upper() in RANKS and not word.key.endswith("ed")
            return named or ranked or not is_like_a_word(word.key)  # "hv notif sent" names nobody
        following = "".join(self.reading.lowers[j + 1 : j + 2]) if self.reading.gap_after(j) == " " else ""
        acts = following in SPEECH or following in DOING  # "pc hobbs attended"
        ordinary = is_listed(word.key) or is_clipped(word.key)
        return word.shape == LOWER and not ordinary and (word.last_name or acts)

    def _called_small(self, j: int) -> bool:
        """Where nobody types capitals: "yot worker dean fletcher", "nanny pearl"."""
        return self.whispering and not self.taken[j] and may_be_a_small_name(self.reading, j)

    def _is_double(self, i: int) -> bool:
        """Mercy-Ann, Hope-Marie: two first names with a hyphen, whatever the first means."""
        second = self.reading.word(i + 1)
        double = second is not None and self.reading.gap_before(i + 1) == "-" and second.first_name
        return double and self.words[i].first_name and self.words[i].shape == CAPITAL and is_strong(self.words[i + 1])

    def _known_with_surname(self, i: int) -> bool:
        """A first name that is a word, with a surname that is none: Jade Mortimer, Hyacinth Dacosta; a rare word as well,
        where a line or a part of it begins: "Tel note / Winsome Carty"."""
        j = i + 1
        rare = j < len(self.words) and self.words[j].last_name and is_uncommon(self.words[i].key)
        begins = rare and self.reading.starts_sentence(i) and self.words[i].key not in OF_THE_TRADE
        return (
            j < len(self.words)
            and (self.words[i].first_name or begins)
            and self.words[i].shape == CAPITAL
            and ((self.words[j].shape == CAPITAL and is_strong(self.words[j])) or self.is_last_initial(j))
            and not self.taken[j]
            and self.reading.gap_before(j) == " "
            and not self.words[i].possessive
        )

    def _kept_as_name(self, j: int, names: int, *, announced: bool) -> bool:
        """A town or an agency that is part of a name here: Paris Okonjo, Emma Bradford, D. Camden."""
        word, half = self.words[j], self.reading.word(j + 1)
        if word.shape != CAPITAL or word.key in RELATIONS:
            return False
        if half is not None and self.reading.gap_after(j) == "-" and half.shape == CAPITAL and is_strong(half):
            return bool(names) or word.first_name or word.last_name  # "Fenella Guthrie-Obeng", though Guthrie is a test
        if not names:
            if announced and may_be_a_name(self.reading, j):
                return True
            again = self.reading.starts_sentence(j) and self.is_met_again(j)  # "Will also wrote"
            met = word.first_name and (again or self._known_with_surname(j))
            return met or is_used_as_a_name(self.reading, j)
        before = self.words[j - 1]
        if half is not None and self._stands_between_names(j):
            return True
        # "Liz Harcourt": a surname is never left standing because a town is called so too
        surname = word.last_name or not names_a_place(self.reading, j)
        # "Mr Dean Camden": the title says that Dean is one; "Yocasta Camden wrote": the verb says it of both
        given = (before.first_name and (announced or is_strong(before))) or (
            is_strong(before) and acts(self.reading, j + 1)
        )
        return surname and given and self.reading.gap_before(j) == " "

    def _stands_between_names(self, j: int) -> bool:
        """Thu of "Pham Thu Huong": a short kept word between two names that are none."""
        before, behind = self.words[j - 1], self.words[j + 1]
        gaps = (self.reading.gap_before(j), self.reading.gap_after(j))
        known = all(
            w.shape == CAPITAL and is_strong(w) and (w.first_name or w.last_name) and not w.kept
            for w in (before, behind)
        )
        return known and len(self.words[j].key) <= 4 and gaps == (" ", " ") and not self.taken[j + 1]

    def is_last_initial(self, j: int) -> bool:
        """Poppy L."""
        return self.is_initial(j) and len(self.reading.texts[j]) == 1 and self.reading.texts[j] not in "AI"

    def _ordinary_may_follow(self, j: int, *, announced: bool) -> bool:
        """A surname that is a word: Marcia Bright, Tom Ash; or half of one: Moss-Lane."""
        word, before = self.words[j], self.words[j - 1]
        if word.key in _STREETS and word.shape == CAPITAL and not announced:
            return False  # Albert Road, Florence Street
        # "Yocasta Quell": neither is in any list, and the second only a rare word
        rare = word.shape == before.shape == CAPITAL and not (before.ordinary or is_listed(word.key))
        known = (
            word.last_name or before.first_name or rare or (announced and not before.ordinary and word.shape == CAPITAL)
        )
        return (
            self.reading.gap_before(j) in (" ", "-", "  ")
            and not self.shouting
            and known
            and (word.shape == CAPITAL or word.key not in SAYING_OR_DOING)
        )


def strong_words(reading: Reading, run: Run) -> list[Word]:
    """The words of a run that are no English words."""
    return [reading.words[k] for k in range(run.first, run.last + 1) if is_strong(reading.words[k])]
