"""Names in translation: 'her name there is "Freedom", that is what Natsnet means', "Thauany of the Angels" for dos Anjos.

Where a text says that a registered name means something, the words with a capital near it may be the name itself. Nobody but
a reader can tell, so they are asked about; what stands behind a first name as a family's name is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.forms import NamedPerson
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, REGISTER_NAME, Span
from audit_kit.privacy.trade import OF_THE_TRADE

_MEANS = frozenset(["means", "meaning", "meant", "translates", "translated", "translation", "literally"])
#: how far from "means" the translation may stand
_WITHIN = 14
_STOP = re.compile(r"[.!?\n]")
_QUOTES = ('"', "'")
_MEANT_BY_ANYBODY = frozenset(["well", "business", "that", "this", "them", "harm", "nothing", "everything", "trouble"])
_WHY = "may be a registered name in translation"


def told_meanings(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """A doubt for each ordinary word with a capital where a registered name is said to mean something."""
    if not reading.says(_MEANS):
        return
    for i in [i for i, low in enumerate(reading.lowers) if low in _MEANS]:
        if not _is_said_of_a_name(reading, i):
            continue
        for k in _in_its_sentence(reading, i):
            if not taken[k] and (_may_translate(reading, k) or _is_said_to_be_meant(reading, i, k)):
                yield Span(reading.starts[k], reading.name_end(k), PLACE, "register:other language", DOUBT, 0.5, _WHY)


def _in_its_sentence(reading: Reading, i: int) -> range:
    """The words of the sentence around this one, as far as a translation may stand."""
    first = last = i
    while first > 0 and i - first < _WITHIN and _STOP.search(reading.gap_before(first)) is None:
        first -= 1
    while last + 1 < len(reading.words) and last - i < _WITHIN and _STOP.search(reading.gap_after(last)) is None:
        last += 1
    return range(first, last + 1)


def _is_said_of_a_name(reading: Reading, means: int) -> bool:
    """What Natsnet means, Natsnet (it means, a translation of Natsnet; but "this means Natsnet", "Natsnet means to come"."""
    if reading.lowers[means + 1 : means + 2] in (["of"], ["for"]):
        return any(word.parts for word in reading.words[means + 2 : means + 4])
    before = reading.lowers[means - 1 : means]
    said_of_more = before in (["this"], ["that"], ["which"]) or reading.lowers[means + 1 : means + 2] == ["to"]
    return not said_of_more and any(word.parts for word in reading.words[max(0, means - 2) : means])


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
