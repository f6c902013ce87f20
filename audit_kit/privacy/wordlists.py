"""The package's own word lists, read once when first needed. The only files this package reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of one list in ``data/``, without comments and blank lines."""
    return tuple(_lines(name))


def _lines(name: str) -> Iterator[str]:
    text = (files("audit_kit.privacy") / "data" / name).read_text(encoding="utf-8")
    return (line for raw in text.splitlines() if (line := raw.partition("#")[0].strip()))


class Words:
    """Some ten thousand words, to ask whether one is among them. A set of them would take ten times the memory."""

    def __init__(self, words: Iterable[str]) -> None:
        alike: dict[str, list[str]] = {}
        for word in words:
            alike.setdefault(word[:3], []).append(word)
        self._alike = {start: "\n".join(("", *same, "")) for start, same in alike.items()}

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and f"\n{word}\n" in self._alike.get(word[:3], "")

    def beginning_like(self, word: str) -> list[str]:
        """The words that share its first three letters."""
        return self._alike.get(word[:3], "").split()

    def __iter__(self) -> Iterator[str]:
        return (word for same in self._alike.values() for word in same.split())


@lru_cache(maxsize=32)
def words_of(name: str) -> Words:
    """All words of one list; several may stand on a line."""
    return Words(word for line in _lines(name) for word in line.split())


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(words.split())
        for name, _, words in (line.partition(": ") for line in lines_of("word_classes.txt"))
    }


def word_class(name: str) -> frozenset[str]:
    """One of the small classes of words, such as ``trade.titles``."""
    return _classes()[name]
