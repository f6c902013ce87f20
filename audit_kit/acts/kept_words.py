"""What no anonymising takes away: the trade's own words, the Board's agencies, what reviewers keep in every case."""

from __future__ import annotations

from functools import lru_cache

from audit_kit.kit import Kit
from audit_kit.privacy.keep import KeepWords

#: where the phrases lie that a reviewer decided to keep in every case
KEPT_EVERYWHERE = "kept/everywhere"


def keep_words(kit: Kit) -> KeepWords:
    """The trade's own words, the Board's agencies and what reviewers keep everywhere: no anonymising takes them away."""
    return kept_words(kept_by_the_board(kit))


def kept_by_the_board(kit: Kit) -> tuple[str, ...]:
    """The words that this Board keeps beside the trade's own."""
    names = [named.name for agency in kit.config.agencies for named in agency.names]
    areas = [area.name for area in kit.config.areas.values()]
    kept = kit.vault.get(KEPT_EVERYWHERE, tuple[str, ...]) or ()
    codes = (agency.code for agency in kit.config.agencies)
    return (*names, *codes, *areas, kit.config.board.name, *kept)


@lru_cache(maxsize=4)
def kept_words(kept: tuple[str, ...]) -> KeepWords:
    """The trade's own words and these, sorted out once."""
    return KeepWords.standard(kept)
