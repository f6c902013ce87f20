"""Names in translation: 'her name there is "Freedom", that is what Natsnet means', "Thauany of the Angels" for dos Anjos.

Where a text says that a registered name means something, the words with a capital near it may be the name itself. Nobody but
a reader can tell, so they are asked about; what stands behind a first name as a family's name is masked.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.forms import NamedPerson
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, REGISTER_NAME, Span
from audit_kit.privacy.trade import OF_THE_TRADE

_MEANS = frozenset(["means", "meaning", "meant", "translates", "translated", "translation", "literally"])
#: how far from "means" the name stands, and how far from it its translation
_NAME_WITHIN, _WITHIN = 4, 14
_QUOTES = ('"', "'")
_MEANT_BY_ANYBODY = frozenset(["well", "business", "that", "this", "them", "harm", "nothing", "everything", "trouble"])
_WHY = "may be a registered name in translation"


def told_meanings(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """A doubt for each ordinary word with a capital where a registered name is said to mean something."""
    if not reading.says(_MEANS):
        return
    for i in [i for i, low in enumerate(reading.lowers) if low in _MEANS]:
        near = range(max(0, i - _NAME_WITHIN), min(len(reading.words), i + _NAME_WITHIN + 1))
        if not any(reading.words[k].parts and (taken[k] or reading.words[k].shape == CAPITAL) for k in near):
            continue
        for k in range(max(0, i - _WITHIN), min(len(reading.words), i + _WITHIN)):
            if not taken[k] and (_may_translate(reading, k) or _is_said_to_be_meant(reading, i, k)):
                yield Span(reading.starts[k], reading.name_end(k), PLACE, "register:other language", DOUBT, 0.5, _WHY)


def _may_translate(reading: Reading, k: int) -> bool:
    """A word in quotation marks by itself, or with a capital that nothing makes due."""
    word = reading.words[k]
    if len(word.key) < 3 or word.title or word.kept:
        return False
    quoted = reading.gap_before(k)[-1:] in _QUOTES and reading.gap_after(k)[:1] in _QUOTES
    capital = word.shape == CAPITAL and word.ordinary and word.key not in OF_THE_TRADE
    return quoted or (capital and not reading.starts_sentence(k))


def _is_said_to_be_meant(reading: Reading, means: int, k: int) -> bool:
    """Zvirblis means sparrow, Natsnet means the freedom; but "Zvirblis means well"."""
    article = reading.lowers[means + 1 : means + 2] in (["a"], ["the"])
    if k != means + 1 + article or not means or not reading.words[means - 1].parts:
        return False
    ends = reading.gap_after(k).strip()[:1] not in ("", "'", "-") or k + 1 == len(reading.words)
    ends = ends or reading.lowers[k + 1 : k + 2] == ["in"]
    return ends and len(reading.words[k].key) > 3 and reading.lowers[k] not in _MEANT_BY_ANYBODY


def translated_families(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """Thauany of the Angels: a registered first name, and behind "of the" an ordinary word that no school or team is called by."""
    for i in reading.proper:
        last, word = i + 3, reading.words[i]
        if not word.parts or reading.lowers[i + 1 : last] != ["of", "the"] or last >= len(reading.words):
            continue
        named, spaced = reading.words[last], all(reading.gap_before(k) == " " for k in range(i + 1, last + 1))
        plain = named.shape == CAPITAL and named.ordinary and not named.kept and named.key not in OF_THE_TRADE
        called = [person for person in people if word.key in person.given and len(person.family) > 0]
        if spaced and plain and called and not named.parts:
            start, end = reading.starts[i], reading.name_end(last)
            yield Span(start, end, called[0].label, "register:other language", REGISTER_NAME + 1, 0.8)
