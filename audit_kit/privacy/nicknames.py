"""Short and pet forms, in both directions, and the same name in other languages.

Source of the table: written for this project (``data/nicknames.txt``, ``data/cross_language.txt``).
"""

from __future__ import annotations

from functools import lru_cache

from audit_kit.privacy.folding import squeeze
from audit_kit.privacy.wordlists import lines_of


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[tuple[bool, frozenset[str]], ...]]:
    """Name → the lines it stands on: (is it the full name of that line, everything on the line)."""
    table: dict[str, list[tuple[bool, frozenset[str]]]] = {}
    for line in lines_of("nicknames.txt"):
        full, _, short = line.partition(":")
        full_names = [squeeze(name) for name in full.split()]
        names = frozenset(full_names) | {squeeze(name) for name in short.split()}
        for name in names:
            table.setdefault(name, []).append((name in full_names, names))
    return {name: tuple(lines) for name, lines in table.items()}


@lru_cache(maxsize=1)
def _languages() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in lines_of("cross_language.txt"):
        names = frozenset(squeeze(name) for name in line.split())
        for name in names:
            table[name] = table.get(name, frozenset()) | names
    return table


@lru_cache(maxsize=1)
def known_given_names() -> frozenset[str]:
    """Every name of both tables: a vote that a word is a first name."""
    return frozenset(name for name in (*_groups(), *_languages()) if len(name) > 2)


@lru_cache(maxsize=4096)
def other_forms(name: str) -> frozenset[str]:
    """What a person with this squeezed given name may also be called, itself not among them.

    From a full name to its short forms; from a short form to its full names and their other short
    forms, since the register may hold "Gosia" and the text "Małgorzata" or "Małgosia".
    """
    return (table_forms(name) | set(pet_endings(name))) - {name}


def table_forms(name: str) -> frozenset[str]:
    """Those of them that stand in the table."""
    lines = _groups().get(name, ())
    full = [names for is_full, names in lines if is_full]
    # Ali is a name of its own; that Alexander may be called Ali says nothing about him
    return frozenset().union(*(full or [names for _, names in lines]))


@lru_cache(maxsize=4096)
def foreign_forms(name: str) -> frozenset[str]:
    """The same given name in other languages: Yitzchok, Isaac, İshak."""
    known = set(_languages().get(name, ()))
    for form in other_forms(name):
        known |= _languages().get(form, frozenset())
    return frozenset(known) - {name} - other_forms(name)


@lru_cache(maxsize=4096)
def pet_endings(name: str) -> tuple[str, ...]:
    """Forms made by rule from any name: Tom-my, Dav-ie, Moishe-le, Chaya-la, Jan-ek, Anusia, Rosita, Pedrinho."""
    if len(name) < 4:
        return ()
    stem = name.rstrip("aeiouy") or name
    small = [f"{stem}{i}{name[-1]}" for i in ("it", "inh")] if name[-1] in "ao" else []
    return tuple({stem + "y", stem + "ie", name + "le", name + "la", stem + "ele", stem + "ek", stem + "ka", *small})
