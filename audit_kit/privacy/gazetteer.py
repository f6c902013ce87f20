"""Names known the world over. A vote among others: a gazetteer never masks alone."""

from __future__ import annotations

from audit_kit.privacy.nicknames import known_given_names
from audit_kit.privacy.wordlists import words_of


def is_first_name(key: str) -> bool:
    """Whether this squeezed word is a known first name."""
    return key in words_of("first_names.txt") or key in words_of("more_first_names.txt") or key in known_given_names()


def is_last_name(key: str) -> bool:
    """Whether this squeezed word is a known family name."""
    return key in words_of("last_names.txt") or key in words_of("more_last_names.txt")


def is_somebody_else(key: str) -> bool:
    """Whether this squeezed word is so common a name that it is no misspelling of another one: Marta beside Maria.

    The rarer names are left out: most are near to a common one, and a registered name must not slip through by them.
    """
    return key in words_of("first_names.txt") or key in known_given_names() or key in words_of("last_names.txt")
