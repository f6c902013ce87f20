"""Short extracts from returns, chosen so that many cases and agency types are heard before one is heard twice."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from audit_kit.domain.findings import Extract, Source, agency_type
from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.stages.disclosure import QUOTED, short_extract

MOST = 5
_SHORTEST = 4  # words: "as above" and "none" are no evidence
_FIRST_CHARACTERS, _SECOND_CHARACTERS = 170, 130
_COMMON = 4  # a word that stands in more key lines of enquiry than this tells none of them apart


def extracts_from(
    returns: Iterable[AnonymisedReturn], refs: Sequence[str], *, kloe: str = "", most: int = MOST
) -> tuple[Extract, ...]:
    """Up to ``most`` extracts of these answers."""
    found = [
        extract(each, each.answer(ref), kloe)
        for each in returns
        for ref in refs
        if len(each.answer(ref).split()) >= _SHORTEST
    ]
    return spread(found, most)


def source_of(each: AnonymisedReturn) -> Source:
    """The return, as something to rest on."""
    return Source(each.audit, each.round)


def extract(each: AnonymisedReturn, text: str, kloe: str) -> Extract:
    """One extract of one answer of this return."""
    return Extract(short_extract(text), agency_type(each.audit.agency), kloe, source_of(each))


def joined(each: AnonymisedReturn, first: str, link: str, second: str) -> str:
    """Two answers as one short text, "..." link "...": the second is what counts, "" when it is blank."""
    last = short_extract(each.answer(second), _SECOND_CHARACTERS)
    if not last:
        return ""
    opening = short_extract(each.answer(first), _FIRST_CHARACTERS)
    return f"{opening} {link}: {last[:1].lower()}{last[1:]}" if opening else last


def spread(extracts: Sequence[Extract], most: int) -> tuple[Extract, ...]:
    """The extracts from as many cases and types of agency as possible, in a steady order, nothing twice."""
    left, chosen = list({each.text.casefold(): each for each in reversed(extracts)}.values()), list[Extract]()
    cases: Counter[str] = Counter()
    types: Counter[str] = Counter()
    while left and len(chosen) < most:
        best = min(
            left, key=lambda each: (cases[each.source.audit.case] + types[each.type] + _gaps(each), _drawn(each))
        )
        left.remove(best)
        chosen.append(best)
        cases[best.source.audit.case] += 1
        types[best.type] += 1
    return tuple(chosen)


def _drawn(each: Extract) -> tuple[int, AuditRef]:
    """A steady lot: in order of reference the smaller area would always be heard first."""
    return zlib.crc32(f"{each.source.audit} {each.kloe}".encode()), each.source.audit


def _gaps(each: Extract) -> int:
    """What was said word for word leaves gaps; an extract without any reads better."""
    return 2 * each.text.count(QUOTED)


def kloe_of(text: str, theme: Theme) -> str:
    """The key line of enquiry that a free text speaks of most, "" when none stands out."""
    words = _stems(text)
    telling = _telling_words(theme)
    scores = {ref: sum(weights[word] for word in words & weights.keys()) for ref, weights in telling.items()}
    best = max(scores, key=lambda ref: scores[ref], default="")
    return best if best and scores[best] >= 1 else ""


@cache
def _telling_words(theme: Theme) -> dict[str, dict[str, float]]:
    """Words of each key line of enquiry, each weighing less the more of them it stands in."""
    of_each = {kloe.ref: _stems(_text_of(kloe)) for kloe in theme.kloes}
    spread_over = Counter(word for words in of_each.values() for word in words)
    return {
        ref: {word: 1 / spread_over[word] for word in words if spread_over[word] <= _COMMON}
        for ref, words in of_each.items()
    }


def _text_of(kloe: Kloe) -> str:
    return " ".join((kloe.title, kloe.title, kloe.question, *kloe.prompts))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[a-z]{5,30}", text.casefold()))
