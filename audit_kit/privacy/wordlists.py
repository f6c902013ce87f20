"""The package's own word lists, read once when first needed. The only files this package reads."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of one list in ``data/``, without comments and blank lines."""
    text = (files("audit_kit.privacy") / "data" / name).read_text(encoding="utf-8")
    return tuple(line for raw in text.splitlines() if (line := raw.partition("#")[0].strip()))


@lru_cache(maxsize=32)
def words_of(name: str) -> frozenset[str]:
    """All words of one list; several may stand on a line."""
    return frozenset(word for line in lines_of(name) for word in line.split())
