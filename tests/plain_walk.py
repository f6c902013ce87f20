"""What something takes of the processor, by what a plain walk takes of it at the same time.

Seconds alone would judge the machine, and what else it does. On a machine on which the walk takes 0.031 s, eight walks are a
quarter of a second.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from xml.parsers import expat

_TRIES = 8  # whatever else the machine does may fall into any one of them


def takes_at_most(walks: float, work: Callable[[], object]) -> bool:
    """Whether the work takes no more than so many plain walks, at best."""
    return any(_seconds(work) <= walks * _seconds(a_plain_walk) for _ in range(_TRIES))


def a_plain_walk() -> None:
    """100,000 elements, with as little done at each as can be."""
    seen: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if name in attributes:
            seen.append(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.Parse(b"<a>" + b'<b c="d">e</b>' * 100_000 + b"</a>", True)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()  # what others left behind is not its work
    began = time.process_time()
    work()
    return time.process_time() - began
