"""How often Python looks for values that only hold each other, while many returns are worked on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def swept_seldom() -> Iterator[None]:
    """Let Python look for values that only hold each other more seldom than by itself.

    One return makes tens of thousands of small values that live on a while, and each look goes through them all: a
    twelfth of the time that a return takes.
    """
    before = gc.get_threshold()
    gc.set_threshold(20_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)
