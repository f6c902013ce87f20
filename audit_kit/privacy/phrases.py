"""Where the trade's phrases stand in a text: "Signs of Safety", "Section 47", "Hope House"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import KEPT, Span
from audit_kit.privacy.vocabulary import is_like_a_word

_LONGEST_LAW = 8
_LINKS = frozenset(["of", "and", "the", "against", "to", "for", "in", "on"])


@lru_cache(maxsize=64)
def _by_first_word(phrases: frozenset[tuple[str, ...]]) -> dict[str, list[tuple[list[str], str]]]:
    """First word → the phrases that begin with it, the longest first: their words, and the number behind them or ""."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {
        first: [
            ([w for w in phrase if not w.isdigit()], phrase[-1] if phrase[-1].isdigit() else "")
            for phrase in sorted(found, key=len, reverse=True)
        ]
        for first, found in table.items()
    }


def kept_phrases(reading: Reading, keep: KeepWords) -> Iterator[Span]:
    """Every kept phrase of two or more words that stands with a capital, and every law by its name."""
    table = _by_first_word(keep.phrases)
    texts, lowers = reading.texts, reading.lowers
    for i in [i for i, lower in enumerate(lowers) if lower in table]:
        for words, number in table[lowers[i]]:
            j = i + len(words)
            if j <= len(texts) and lowers[i:j] == words and any(t[0].isupper() for t in texts[i:j]):
                if number and not _stands_behind(reading, j - 1, number):
                    continue  # "Ward 4" stays, and nobody called Ward
                yield Span(reading.starts[i], reading.ends[j - 1], "", "kept phrase", KEPT)
                break
    yield from _laws(reading)


def _laws(reading: Reading) -> Iterator[Span]:
    """Child Abduction Act, Offences Against the Person Act: words with a capital before "Act", of which none names anybody."""
    for act in [i for i, typed in enumerate(reading.texts) if typed == "Act"] if "Act" in reading.text else ():
        first = k = act
        while k > 0 and act - k < _LONGEST_LAW and reading.gap_before(k) == " ":
            word, k = reading.words[k - 1], k - 1
            plain = word.ordinary or is_like_a_word(word.key)
            capital = word.shape == CAPITAL and plain and not (word.parts or word.first_name or word.possessive)
            if not capital and not (first < act and reading.lowers[k] in _LINKS):
                break
            first = k if capital else first
        if first < act:
            yield Span(reading.starts[first], reading.ends[act], "", "kept phrase", KEPT)


def _stands_behind(reading: Reading, last: int, number: str) -> bool:
    """Whether the number of a phrase stands behind its words: "Section 47"."""
    behind = reading.gap_after(last).lstrip(" \xa0-")
    return behind.startswith(number) and not behind[len(number) : len(number) + 1].isdigit()
