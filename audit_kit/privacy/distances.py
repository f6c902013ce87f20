"""How many slips of typing lie between two words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=1)
def slips_between() -> Callable[..., int]:
    """What counts letters lost, added, changed or swapped; with ``score_cutoff`` no further than that.

    Fetched where words are compared and not with the module: it takes three megabytes, and seldom anything is. An import
    in each of those places would take longer than to compare.
    """
    from rapidfuzz.distance import OSA

    return OSA.distance
