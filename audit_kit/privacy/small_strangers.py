"""Somebody typed small where others have their capitals: "seen by yasmin twice", "told temitope balogun, duty sw", "pc dhillon".

A first name that is no word of English is hardly ever anything else, so one sign more is enough to mask it. Behind a title or
a job typed small a word that nobody knows is a name, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.announced import JOB, KIN, TITLE, is_strong
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import LOWER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span
from audit_kit.privacy.trade import BEFORE_PERSON, RELATIONS, SAYING_OR_DOING, TITLE_JOBS, WORD_TITLES
from audit_kit.privacy.trade import jobs as jobs_of
from audit_kit.privacy.vocabulary import is_like_a_word, is_listed, is_uncommon
from audit_kit.privacy.wordlists import word_class

_SHORTEST = 4
_JOBS = word_class("jobs.typed_small")
#: kinship in the family's own language, and what is hardly anybody's name where it is typed small
_NO_NAMES = word_class("mentions.kin_before") | word_class("small_strangers.no_names")
#: behind "if" and "as" a slip may stand as well as a name
_LEADS_TO_PEOPLE = (BEFORE_PERSON | {"cc", "attn"}) - {
    "if",
    "as",
    "where",
    "but",
    "while",
    "that",
    "when",
    "via",
    "per",
    "and",
    "send",
}
_ARTICLES = frozenset(["the", "a", "an"])
_NO_VERBS = frozenset(["and", "or", "still", "never", "also", "then", "now", "always", "age", "aged"])


def small_strangers(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Each of them; ``taken`` per word: what is named, kept or masked already."""
    if reading.small or reading.shouting:
        return
    last = -1
    for i in [
        i
        for i, word in enumerate(reading.words)
        if word.shape == LOWER and (word.first_name or word.last_name or word.strange) and _may_name(word)
    ]:
        if i <= last or (taken[i] and not reading.words[i].kept):
            continue
        last = i + _has_a_surname(reading, taken, i)
        job, why = _announced(reading, i)
        if not why and reading.words[i].first_name and not reading.words[i].kept:
            why = _sign(reading, i, last)
        if why:
            keys = tuple(reading.words[k].key for k in range(i, last + 1))
            label = labels.of_stranger(keys, job, frozenset(keys))
            start, end = reading.starts[i - (why == TITLE)], reading.name_end(last)
            yield Span(start, end, label, f"vote:known name+{why.removesuffix(' before it')}", STRANGER, 0.8)


def _may_name(word: Word) -> bool:
    """A name of the lists that is no word, a surname that is a place too, or what no list knows and no slip makes a word of."""
    if len(word.key) < _SHORTEST or (word.ordinary and not (word.kept and word.last_name)):
        return False
    if is_uncommon(word.key) or is_listed(word.key) or word.key in _NO_NAMES:
        return False
    return word.first_name or (
        (word.last_name or (word.strange and not word.key.endswith(("ed", "ing")))) and not is_like_a_word(word.key)
    )


def _announced(reading: Reading, i: int) -> tuple[str, str]:
    """The job and what stands before: "dr pereira", "pc dhillon"."""
    before = reading.word(i - 1) if i else None
    if before is None or reading.gap_before(i) not in (" ", ". "):
        return "", ""
    if before.title and before.key not in WORD_TITLES:
        return TITLE_JOBS.get(before.key, ""), TITLE
    if reading.gap_before(i) == " " and before.shape == LOWER and before.key in _JOBS and not reading.words[i].kept:
        return _label(before.key), JOB
    return "", ""


def _label(job: str) -> str:
    """What the label of a job cut short says."""
    return next((label for words, label, _ in jobs_of().get(job, ()) if words == (job,)), "")


def _sign(reading: Reading, i: int, last: int) -> str:
    """What else tells that a known first name is somebody here."""
    if last > i:
        return "first name and surname"
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    if before in _ARTICLES:
        return ""  # "the maggid said": what he is
    if reading.words[i].possessive:
        return "owns something"
    if before in RELATIONS:
        return KIN
    if before in _LEADS_TO_PEOPLE:
        return "stands where people stand"
    following = reading.lowers[i + 1] if i + 1 < len(reading.lowers) and reading.gap_after(i) == " " else ""
    acts = following in SAYING_OR_DOING and following not in _NO_VERBS
    return "does or says something" if acts else ""


def _has_a_surname(reading: Reading, taken: list[bool], i: int) -> int:
    """1 where a surname typed small stands behind, joined by a space or a line: "temitope balogun", "osei-bonsu"; else 0."""
    surname = reading.word(i + 1)
    known = (
        surname is not None
        and surname.shape == LOWER
        and (surname.last_name or surname.first_name)
        and is_strong(surname)
        and len(surname.key) >= _SHORTEST
        and not (taken[i + 1] or is_uncommon(surname.key))
    )
    return int(known and reading.gap_after(i) in (" ", "-"))
