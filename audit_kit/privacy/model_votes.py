"""Votes of optional name models, counted with the votes of the rules: two mask, one is asked about.

A model never decides alone: it is sure of Gillick and MARAC too. Words of the trade, ordinary words, places and what the
rules have settled are not open to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, STRANGER, Span
from audit_kit.privacy.surroundings import after_place, describes_a_thing, is_a_thing, is_made_up, names_a_place
from audit_kit.privacy.words import LOWER, UPPER


@dataclass(frozen=True, slots=True)
class NameVote:
    """One model's opinion that a stretch of the folded text is a person's name."""

    start: int
    end: int
    source: str  # "spaCy"
    score: float


Voter = Callable[[str], Iterable[NameVote]]


def with_votes(
    spans: list[Span], reading: Reading, taken: list[bool], voters: tuple[Voter, ...], labels: LabelBook
) -> Iterator[Span]:
    """The spans of the rules, doubts confirmed by a model made sure, and what models alone have seen.

    ``taken``: per word, whether something certain or kept stands there.
    """
    votes = sorted((vote for voter in voters for vote in voter(reading.text)), key=lambda vote: vote.start)
    for span in spans:
        backing = [vote for vote in votes if vote.start < span.end and span.start < vote.end]
        if span.doubt and span.rule.startswith("vote:") and backing and not _follows_a_kept_name(span, reading, taken):
            yield _confirmed(span, backing, reading, labels)
        else:
            yield span
    covered = [(span.start, span.end) for span in spans]
    for stretch in _stretches(votes):
        if not any(start < stretch[-1].end and stretch[0].start < end for start, end in covered):
            yield from _by_models_alone(stretch, reading, taken, labels)


#: ranks and wards cut short, that models take for names
_CUT_SHORT = frozenset(("paeds", "gynae", "obs", "ortho", "sgt", "insp", "supt", "det", "snr", "jnr", "cllr"))


def _follows_a_kept_name(span: Span, reading: Reading, taken: list[bool]) -> bool:
    """Whether it may end the name of a place or service ("London Fields Lido"): one model does not make it somebody."""
    first = next((k for k in range(1, len(reading.words)) if reading.starts[k] == span.start), 0)
    return bool(
        first and taken[first - 1] and reading.gap_before(first) == " " and reading.words[first - 1].shape != LOWER
    )


def _confirmed(span: Span, backing: list[NameVote], reading: Reading, labels: LabelBook) -> Span:
    """A doubt of the rules that a model shares: two votes."""
    words = [k for k in range(len(reading.words)) if span.start <= reading.starts[k] < span.end]
    keys = tuple(reading.words[k].key for k in words if reading.words[k].key)
    telling = frozenset(reading.words[k].key for k in words if not reading.words[k].ordinary)
    sources = "+".join(dict.fromkeys(vote.source for vote in backing))
    label = labels.of_stranger(keys, "", telling) if keys else span.label
    return replace(
        span, label=label, rule=f"{span.rule}+{sources}", rank=STRANGER, doubt="", score=max(v.score for v in backing)
    )


def _stretches(votes: list[NameVote]) -> Iterator[list[NameVote]]:
    """Votes that overlap, together."""
    group: list[NameVote] = []
    for vote in votes:
        if group and vote.start >= max(each.end for each in group):
            yield group
            group = []
        group.append(vote)
    if group:
        yield group


def _by_models_alone(stretch: list[NameVote], reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """A name that no rule saw: masked when two models agree, or one and the lists of names; else a person is asked.

    Ordinary words are let go.
    """
    start, end = min(vote.start for vote in stretch), max(vote.end for vote in stretch)
    inside = [k for k in range(len(reading.words)) if start <= reading.starts[k] and reading.ends[k] <= end]
    names = [k for k in inside if not taken[k] and _nameable(reading, k)]
    if not names or len(names) < len([k for k in inside if len(reading.words[k].key) > 1]):
        return
    first, last = names[0], names[-1]
    if names_a_place(reading, last) or is_a_thing(reading, taken, first, last) or is_made_up(reading, first, last):
        return
    if describes_a_thing(reading, first, last) or after_place(reading, first):
        return
    sources = list(dict.fromkeys(vote.source for vote in stretch))
    keys = tuple(reading.words[k].key for k in names)
    rule, score = "vote:" + "+".join(sources), max(vote.score for vote in stretch)
    begin, finish = reading.starts[first], reading.name_end(last)
    known = any(reading.words[k].first_name or reading.words[k].last_name for k in names)
    if len(sources) > 1 or (known and not reading.starts_sentence(first)):
        rule += "" if len(sources) > 1 else "+known name"
        yield Span(begin, finish, labels.of_stranger(keys, "", frozenset(keys)), rule, STRANGER, score)
    else:
        why = f"may be somebody's name: so says {sources[0]}"
        yield Span(begin, finish, labels.new(), rule, DOUBT, score, why)


def _nameable(reading: Reading, k: int) -> bool:
    word = reading.words[k]
    return (
        not word.ordinary
        and not word.kept
        and word.key not in _CUT_SHORT
        and word.shape not in (LOWER, UPPER)
        and len(word.key) > 1
    )
