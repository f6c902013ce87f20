"""What belongs to somebody whose name is a word, typed without its apostrophe: "graces bedroom", "Marks mum"."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.lexicon import CAPITAL, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import REGISTER_NAME, Span
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import WordBook

_OWNED = (RELATIONS - {"man", "boy", "girl", "male", "female"}) | word_class("wordowned.owned")
_BETWEEN = frozenset(
    ["only", "own", "new", "old", "older", "younger", "first", "best", "trusted", "key", "social", "class"]
)
_VERBS = word_class("wordlike.verbs")
_LEADING = frozenset(["in", "at", "to", "from", "with", "by", "for", "on", "about", "into"])
_NOT_BEFORE = word_class("wordlike.determiners") | frozenset(
    ["of", "two", "three", "four", "several", "many", "all", "s"]
)


def owned_without_apostrophe(reading: Reading, book: WordBook) -> Iterator[Span]:
    """The name, where something of a person follows it and nothing before it makes it a plural."""
    for i, word in [(i, word) for i, word in enumerate(reading.lowers) if word[-1] == "s"]:
        people = book.owner_without_apostrophe(word)
        if not people or reading.words[i].shape == UPPER or reading.words[i].possessive:
            continue
        before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
        # "Hopes mum will come" leaves out who hopes
        verb = word[:-1] in _VERBS and before not in _LEADING and (before or word == "hopes")
        if before in _NOT_BEFORE or verb:
            continue  # "she hopes mum will come"
        if _owns(reading, i):
            label = book.people[people[0].person].label
            yield Span(
                reading.starts[i], reading.ends[i], f"{label}'s", "register:name that is a word", REGISTER_NAME, 0.8
            )


def _owns(reading: Reading, i: int) -> bool:
    for k in range(i + 1, min(i + 4, len(reading.words))):
        if reading.gap_before(k) != " " and not (k == i + 1 and reading.gap_before(k) == "' "):
            return False  # "Graces' bedroom" is one girl's too
        if reading.lowers[k] in _OWNED and (reading.words[k].shape != CAPITAL or reading.lowers[k] in ("mum", "dad")):
            return True  # a capital may begin a label that stands there already
        if reading.lowers[k] not in _BETWEEN:
            return False
    return False
