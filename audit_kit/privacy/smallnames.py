"""What ends a name where nobody types capitals: a surname that no list knows, one that is a word, an initial."""

from __future__ import annotations

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import ACTING, SPEECH
from audit_kit.privacy.vocabulary import is_uncommon
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import LOWER

#: behind a name typed small these are words: "told dylan off", "karen late"
_GOES_ON = frozenset(["re", "from", "at", "and", "w", "for", "to", "about", "on", "in"])
_NO_SURNAMES = word_class("smallnames.no_surnames")


def is_a_small_surname(reading: Reading, taken: list[bool], jobs: JobFinder, j: int, *, announced: bool) -> bool:
    """A word that no list knows, behind "sw tendai"."""
    word = reading.words[j]
    return (
        word.shape == LOWER
        and is_strong(word)
        and len(word.key) >= 4
        and not (is_uncommon(word.key) or word.kept or taken[j] or jobs.ending_at(j))
        and reading.words[j - 1].first_name
        and reading.gap_before(j) == " "
        and (announced or reading.gap_after(j)[:1] in (".", ",", ";", ")", "") or reading.gap_after(j) == " (")
    )


def is_a_word_for_a_surname(reading: Reading, taken: list[bool], jobs: JobFinder, j: int, *, announced: bool) -> bool:
    """The second word of "dylan frost.", a surname that is a word."""
    word, before = reading.words[j], reading.words[j - 1]
    following = "".join(reading.lowers[j + 1 : j + 2]) if reading.gap_after(j) == " " else ""
    gap = reading.gap_after(j)
    ends = gap[:1] in (".", ",", ";", "(", ")", "") or gap.startswith((" (", " - "))
    ends = ends or (announced and following in _GOES_ON)  # "tc from dc orla finch re the phone"
    return (
        word.shape == before.shape == LOWER
        and word.last_name
        and before.first_name
        and is_strong(before)
        and len(word.key) >= 4
        and not (word.kept or taken[j] or jobs.ending_at(j) or word.key in _NO_SURNAMES)
        and reading.gap_before(j) == " "
        and (ends or following in SPEECH or following in ACTING)
    )


def is_a_last_small_initial(reading: Reading, taken: list[bool], j: int) -> bool:
    """The last letter of "hv simone t"."""
    return (
        len(reading.words[j].key) == 1
        and reading.words[j].key not in ("a", "i", "s")
        and reading.gap_before(j) == " "
        and not taken[j]
    )
