"""Names known the world over. A vote among others: a gazetteer never masks alone."""

from __future__ import annotations

from audit_kit.privacy.nicknames import known_given_names
from audit_kit.privacy.wordlists import words_of


def is_first_name(key: str) -> bool:
    """Whether this squeezed word is a known first name."""
    return key in words_of("first_names.txt") or key in known_given_names()


def is_last_name(key: str) -> bool:
    """Whether this squeezed word is a known family name."""
    return key in words_of("last_names.txt")
