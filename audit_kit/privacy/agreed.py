"""What one mention leaves open and another one says: votes for the same word are counted together, over the whole text.

"Ffion offered four sessions" at the start of a sentence says little, and so does "and trainee Ffion"; together they are two
votes. A word that is masked once is masked wherever it stands, also before.
"""

from __future__ import annotations

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span

#: these say where a person stands; that nobody knows a word, or that it owns something, is said of things too
_OF_PEOPLE = frozenset(["does or says something", "stands where people stand", "known name"])
_NO_VOTES = frozenset(["a word that nobody knows", "owns something", "alone in brackets"])


def agreed(spans: list[Span], reading: Reading, labels: LabelBook) -> list[Span]:
    """The spans, with those doubts made sure on which the mentions of one word agree."""
    votes: dict[tuple[str, ...], set[str]] = {}
    doubts = [span for span in spans if span.doubt and span.rule.startswith("vote:")]
    if not doubts:
        return spans
    keys = {id(span): _keys(span, reading) for span in doubts}
    for span in doubts:
        votes.setdefault(keys[id(span)], set()).update(span.rule.removeprefix("vote:").split("+"))
    settled = []
    for span in spans:
        key = keys.get(id(span), ())
        said = votes.get(key, set()) - _NO_VOTES
        if key and (_is_met(key, labels) or (len(said) > 1 and said & _OF_PEOPLE)):
            label = labels.of_stranger(key, "", frozenset(key))
            rule = "vote:" + "+".join(sorted(said) or ["met before"])
            span = span._replace(label=label, rule=rule, rank=STRANGER, doubt="", score=0.7)
        settled.append(span)
    return settled


def _keys(span: Span, reading: Reading) -> tuple[str, ...]:
    inside = reading.between(span.start, span.end)
    return tuple(reading.words[i].key for i in inside if not reading.words[i].ordinary and reading.words[i].key)


def _is_met(key: tuple[str, ...], labels: LabelBook) -> bool:
    return all(len(word) >= 4 and labels.has_met(word) for word in key)
