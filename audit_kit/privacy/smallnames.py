"""What ends a name where nobody types capitals: a surname that no list knows, one that is a word, an initial."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, Span
from audit_kit.privacy.trade import ACTING, SPEECH
from audit_kit.privacy.vocabulary import is_clipped, is_like_a_word, is_uncommon
from audit_kit.privacy.wordlists import word_class

#: behind a name typed small these are words: "told dylan off", "karen late"
_GOES_ON = frozenset(["re", "from", "at", "and", "w", "for", "to", "about", "on", "in"])
_TASKS = word_class("trade.tasks")
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


def tasked_small(reading: Reading, taken: list[bool], jobs: JobFinder, labels: LabelBook) -> Iterator[Span]:
    """Somebody by a short name typed small, who is given a task: "WellComm done, ros to chase". A doubt for each."""
    for i, to in enumerate(reading.lowers[1:-1]):
        if to != "to" or reading.lowers[i + 2] not in _TASKS:
            continue
        word, gap = reading.words[i], reading.gap_before(i)
        begins = i == 0 or gap[-2:] in (", ", ". ", ": ", "; ", "- ") or gap.endswith("\n")
        if not begins or word.shape != LOWER or not 3 <= len(word.key) <= 8 or reading.gap_after(i) != " ":
            continue
        known = (
            word.ordinary or word.kept or taken[i] or jobs.ending_at(i) or is_clipped(word.key) or is_uncommon(word.key)
        )
        if not known and (word.first_name or not is_like_a_word(word.key)):
            why = "may be somebody's name: given a task"
            yield Span(reading.starts[i], reading.name_end(i), labels.new(), "vote:given a task", DOUBT, 0.5, why)


def is_a_last_small_initial(reading: Reading, taken: list[bool], j: int) -> bool:
    """The last letter of "hv simone t"."""
    return (
        len(reading.words[j].key) == 1
        and reading.words[j].key not in ("a", "i", "s")
        and reading.gap_before(j) == " "
        and not taken[j]
    )
