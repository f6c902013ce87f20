"""The package's own word lists, read once when first needed. The only files this package reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of one list in ``data/``, without comments and blank lines."""
    return tuple(_lines(name))


def _lines(name: str) -> Iterator[str]:
    text = (files("audit_kit.privacy") / "data" / name).read_text(encoding="utf-8")
    return (line for raw in text.splitlines() if (line := raw.partition("#")[0].strip()))


@lru_cache(maxsize=32)
def words_of(name: str) -> frozenset[str]:
    """All words of one list; several may stand on a line."""
    return frozenset(word for line in _lines(name) for word in line.split())


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(words.split())
        for name, _, words in (line.partition(": ") for line in lines_of("word_classes.txt"))
    }


def word_class(name: str) -> frozenset[str]:
    """One of the small classes of words, such as ``trade.titles``."""
    return _classes()[name]
