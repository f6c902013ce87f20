"""Somebody whom the case has met before, by the same full name: the same person, whatever the words mean."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span


def met_in_full(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Every full name of a stranger met before ("Quill Harrow"): two words and more, each with a capital.

    A single word is left to the votes: "Harrow" is a town too.
    """
    known, last = labels.full_names(), -1
    for i in [i for i, word in enumerate(reading.words) if word.key in known] if known else ():
        there = (name for name in known[reading.words[i].key] if _stands_there(reading, taken, i, name[0]))
        words, label = next(there, ((), "")) if i > last else ((), "")
        if words:
            last = i + len(words) - 1
            titled = i > 0 and reading.words[i - 1].title and reading.gap_before(i) in (" ", ". ") and not taken[i - 1]
            start, end = reading.starts[i - titled], reading.name_end(last)
            yield Span(start, end, label, "vote:full name of somebody met", STRANGER, 0.9)


def _stands_there(reading: Reading, taken: list[bool], first: int, name: tuple[str, ...]) -> bool:
    places = range(first, first + len(name))
    return (
        places.stop <= len(reading.words)
        and all(reading.words[k].key == part for k, part in zip(places, name, strict=True))
        and all(reading.words[k].shape != LOWER and not taken[k] for k in places)
        and all(reading.gap_before(k) in (" ", "-", "  ", "\n") for k in places[1:])
    )
