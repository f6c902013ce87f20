"""What a reviewer decided about doubtful phrases, applied to every later text of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit_kit.domain.masked import Decision
from audit_kit.privacy.folding import fold_word
from audit_kit.privacy.spans import PROTECTED, REGISTER_NAME, Span
from audit_kit.privacy.words import WordBook

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class Decided:
    """The decisions of one case. The last one about a phrase holds; capitals and accents do not matter."""

    def __init__(self, decisions: tuple[Decision, ...], book: WordBook) -> None:
        self._decisions = {fold_word(d.phrase).strip(): d for d in decisions}
        self._aliases = [
            (re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.I), decision.label)
            for phrase, decision in self._decisions.items()
            if decision.action == "replace" and decision.label and not _is_ordinary(phrase, book)
        ]

    def settled(self, spans: Iterable[Span], text: str) -> Iterable[Span]:
        """These spans, of which a doubt that has been decided is one no more."""
        return (self._settle(span, text) for span in spans) if self._decisions else spans

    def _settle(self, span: Span, text: str) -> Span:
        decision = self._decisions.get(fold_word(text[span.start : span.end])) if span.doubt else None
        if decision is None:
            return span
        if decision.action != "replace":
            return Span(span.start, span.end, "", "decision:keep", PROTECTED)
        return Span(span.start, span.end, decision.label or span.label, "decision:replace", REGISTER_NAME)

    def find(self, text: str) -> Iterator[Span]:
        """Phrases decided to be somebody, wherever they stand.

        An ordinary word ("Hope") is not among them: each sentence still speaks for itself, and only a
        doubt is settled by what was decided.
        """
        for pattern, label in self._aliases:
            for found in pattern.finditer(text):
                yield Span(found.start(), found.end(), label, "decision:replace", REGISTER_NAME)


def _is_ordinary(phrase: str, book: WordBook) -> bool:
    words = [book[word] for word in _WORD.findall(phrase)]
    return not words or all(word.ordinary for word in words)
