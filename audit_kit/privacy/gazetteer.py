"""Names known the world over. A vote among others: a gazetteer never masks alone."""

from __future__ import annotations

from functools import lru_cache

from audit_kit.privacy.nicknames import known_given_names
from audit_kit.privacy.wordlists import words_of


@lru_cache(maxsize=1)
def known_names() -> tuple[frozenset[str], ...]:
    """First names by the tables and the two lists, family names by the two lists: fetched at once, for every word asks."""
    files = ("first_names.txt", "more_first_names.txt", "last_names.txt", "more_last_names.txt")
    return (known_given_names(), *map(words_of, files))


def is_first_name(key: str) -> bool:
    """Whether this squeezed word is a known first name."""
    given, first, more_first, _, _ = known_names()
    return key in first or key in more_first or key in given


def is_last_name(key: str) -> bool:
    """Whether this squeezed word is a known family name."""
    *_, last, more_last = known_names()
    return key in last or key in more_last


def is_somebody_else(key: str) -> bool:
    """Whether this squeezed word is so common a name that it is no misspelling of another one: Marta beside Maria.

    The rarer names are left out: most are near to a common one, and a registered name must not slip through by them.
    """
    given, first, _, last, _ = known_names()
    return key in first or key in given or key in last
