"""A whole family by its surname with -es behind it, which looks like the plural of a word: "the Connorses", "the Marxes"."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.gazetteer import is_last_name
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span
from audit_kit.privacy.vocabulary import is_listed

_HISSES = ("ses", "xes", "zes", "ches", "shes")


def whole_families(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Each of them with its article, unless the plural is a word: "the Foxes" may be a class."""
    for i in reading.proper:
        word = reading.words[i]
        if not word.key.endswith(_HISSES) or taken[i] or word.kept or word.shape != CAPITAL or not i:
            continue
        one, led = word.key[:-2], reading.lowers[i - 1] == "the" and reading.gap_before(i) == " "
        if led and is_last_name(one) and not (is_listed(word.key) or is_listed(one)):
            label = labels.of_stranger((one,), "", frozenset([one]))
            yield Span(reading.starts[i - 1], reading.name_end(i), label, "vote:household of that name", STRANGER, 0.8)
