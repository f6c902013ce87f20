"""Votes of optional name models, counted with the votes of the rules: two mask, one is asked about.

A model never decides alone: it is sure of Gillick and MARAC too. Words of the trade, places and what the rules have
settled are not open to it; an ordinary word only to two models, or to one that was measured to tell a name from the
word that it also is. Models are asked only about the stretches that hold a word on which they have a say: most hold none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import LOWER, UPPER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, STRANGER, Span
from audit_kit.privacy.surroundings import after_place, describes_a_thing, is_a_thing, is_made_up, names_a_place


@dataclass(frozen=True, slots=True)
class NameVote:
    """One model's opinion that a stretch of the folded text is a person's name."""

    start: int
    end: int
    source: str  # "spaCy"
    score: float
    tells_words: bool = False  # from a model that tells "jay came" from the bird, and needs no capital for it


class NoVotes(Exception):
    """The models gave no answer on a text: the rules go on alone, and ask about every word that models might have known."""


Voter = Callable[[str], Iterable[NameVote]]

_STRETCH = 480  # characters at a time: in longer ones a model was measured to find less
_MASK, _ASK = "mask", "ask"


@dataclass(frozen=True, slots=True)
class _Told:
    """Everything that the models told of one text: their votes, and for each word who takes it for a name."""

    votes: list[NameVote]
    of: dict[int, tuple[NameVote, ...]]


def with_votes(
    spans: list[Span], reading: Reading, taken: list[bool], voters: tuple[Voter, ...], labels: LabelBook
) -> Iterator[Span]:
    """The spans of the rules, doubts confirmed by a model made sure, and what models alone have seen.

    ``taken``: per word, whether something certain or kept stands there. Raises ``NoVotes``.
    """
    told = _told(reading, _asked_about(spans, reading, taken), voters)
    covered: list[Span] = []
    for span in spans:
        backing = [vote for vote in told.votes if vote.start < span.end and span.start < vote.end]
        if span.doubt and span.rule.startswith("vote:") and backing and not _follows_a_kept_name(span, reading, taken):
            span = _confirmed(span, backing, reading, labels, taken, told)
        covered.append(span)
        yield span
    for first, last in _runs_of_opinion(reading, _covered(taken, covered, reading), told):
        yield from _by_models_alone(first, last, reading, taken, labels, told)


def without_votes(spans: list[Span], reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """What is asked where the models gave no answer: the rules' doubts, and every word that a model alone may ask about."""
    yield from spans
    closed = _covered(taken, spans, reading)
    k = 0
    while k < len(closed):
        if closed[k] or not _nameable(reading, k):
            k += 1
            continue
        first = k
        while k + 1 < len(closed) and not closed[k + 1] and _nameable(reading, k + 1) and reading.gap_after(k) == " ":
            k += 1
        if not _is_no_person(first, k, reading, taken):
            why = "may be somebody's name: the name models gave no answer here"
            yield Span(reading.starts[first], reading.name_end(k), labels.new(), "vote:nobody", DOUBT, 0.3, why)
        k += 1


def _covered(taken: list[bool], spans: list[Span], reading: Reading) -> list[bool]:
    """Per word: whether it is taken, or begins in one of the spans."""
    covered = list(taken)
    for span in spans:
        for k in reading.between(span.start, span.end):
            covered[k] = True
    return covered


def _asked_about(spans: list[Span], reading: Reading, taken: list[bool]) -> list[int]:
    """The words on which a model has a say: those in doubt, and those that it may take for a name by itself."""
    doubts = [span for span in spans if span.doubt and span.rule.startswith("vote:")]
    sure = _covered(taken, [span for span in spans if not span.doubt], reading)
    return [
        k
        for k, word in enumerate(reading.words)
        if not sure[k]
        and (
            _nameable(reading, k)
            or _is_word_and_name(reading, k)
            or any(span.start <= reading.starts[k] < span.end for span in doubts)
        )
        and len(word.key) > 1
    ]


def _is_word_and_name(reading: Reading, k: int) -> bool:
    """An ordinary word with a capital where none is due, or one by which people are called in a text without capitals."""
    word = reading.words[k]
    if word.kept:
        return False
    if word.shape == LOWER:
        return (reading.small and not word.ordinary) or (word.first_name and (reading.small or not word.ordinary))
    return word.first_name or not reading.starts_sentence(k)


def _told(reading: Reading, asked: list[int], voters: tuple[Voter, ...]) -> _Told:
    votes: list[NameVote] = []
    for start, end in _stretches(reading, asked):
        for voter in voters:
            for vote in voter(reading.text[start:end]):
                votes.append(replace(vote, start=vote.start + start, end=vote.end + start))
    votes.sort(key=lambda vote: vote.start)
    of: dict[int, tuple[NameVote, ...]] = {}
    for vote in votes:
        for k in reading.between(vote.start, vote.end):
            of[k] = (*of.get(k, ()), vote)
    return _Told(votes, of)


def _stretches(reading: Reading, asked: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of whole sentences, where there are any, that hold a word which is asked about."""
    text, start, rest = reading.text, 0, [reading.starts[k] for k in asked]
    while rest and start < len(text):
        end = len(text)
        if end - start > _STRETCH:
            window = text[start : start + _STRETCH]
            at = max(window.rfind("\n"), window.rfind(". ") + 1)
            at = at if at > _STRETCH // 3 else window.rfind(" ")
            end = start + (at if at > 0 else _STRETCH)
        if rest[0] < end:
            yield start, end
            rest = [at for at in rest if at >= end]
        start = end


#: ranks and wards cut short, that models take for names
_CUT_SHORT = frozenset(("paeds", "gynae", "obs", "ortho", "sgt", "insp", "supt", "det", "snr", "jnr", "cllr"))


def _follows_a_kept_name(span: Span, reading: Reading, taken: list[bool]) -> bool:
    """Whether it may end the name of a place or service ("London Fields Lido"): one model does not make it somebody."""
    first = next((k for k in range(1, len(reading.words)) if reading.starts[k] == span.start), 0)
    return bool(
        first and taken[first - 1] and reading.gap_before(first) == " " and reading.words[first - 1].shape != LOWER
    )


def _confirmed(
    span: Span, backing: list[NameVote], reading: Reading, labels: LabelBook, taken: list[bool], told: _Told
) -> Span:
    """A doubt of the rules that a model shares: two votes. With it goes what two models take for part of the same name."""
    words = list(reading.between(span.start, span.end))
    for step, at in ((-1, words[0] - 1), (1, words[-1] + 1)) if words else ():
        while (
            0 <= at < len(taken)
            and not taken[at]
            and reading.gap_before(at + (step < 0)) in (" ", "-")
            and len(_sources(told, at)) > 1
            and _open(reading.words[at])
            and reading.words[at].capitalised
        ):
            words.append(at)
            at += step
    words.sort()
    keys = tuple(reading.words[k].key for k in words if reading.words[k].key)
    telling = frozenset(reading.words[k].key for k in words if not reading.words[k].ordinary)
    sources = "+".join(dict.fromkeys(vote.source for vote in backing))
    label = labels.of_stranger(keys, "", telling) if keys else span.label
    return span._replace(
        start=min(span.start, reading.starts[words[0]]) if words else span.start,
        end=max(span.end, reading.name_end(words[-1])) if words else span.end,
        label=label,
        rule=f"{span.rule}+{sources}",
        rank=STRANGER,
        doubt="",
        score=max(v.score for v in backing),
    )


def _sources(told: _Told, k: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(vote.source for vote in told.of.get(k, ())))


def _open(word: Word) -> bool:
    """Whether a model has a say on this word at all."""
    return not word.kept and word.key not in _CUT_SHORT and len(word.key) > 1


def _runs_of_opinion(reading: Reading, closed: list[bool], told: _Told) -> Iterator[tuple[int, int]]:
    """Words side by side that models take for a name and that are open to them."""
    run: list[int] = []
    for k in sorted(told.of):
        if closed[k] or not _opinion(reading, k, told, closed):
            continue
        if run and (k != run[-1] + 1 or reading.gap_before(k).strip(" -\n'")):
            yield run[0], run[-1]
            run = []
        run.append(k)
    if run:
        yield run[0], run[-1]


def _opinion(reading: Reading, k: int, told: _Told, closed: list[bool]) -> str:
    """What the votes on one word come to: mask it, ask about it, or nothing."""
    word, votes = reading.words[k], told.of[k]
    if not _open(word):
        return ""
    known = word.first_name or word.last_name
    if len(_sources(told, k)) > 1:
        if word.shape == LOWER:
            return _ASK if word.first_name or not word.ordinary else ""
        if word.shape == UPPER and len(word.key) < 3:
            return ""
        if word.ordinary and reading.starts_sentence(k):
            return _ASK  # "Grace was in short supply"
        return _MASK if known or word.shape != UPPER else _ASK
    if _nameable(reading, k) and all(_nameable(reading, j) or closed[j] for j in _voted_with(reading, votes[0])):
        return _MASK if known and not reading.starts_sentence(k) else _ASK
    small = reading.small and word.shape == LOWER and not word.ordinary
    return _ASK if (word.first_name or small) and any(vote.tells_words for vote in votes) else ""


def _voted_with(reading: Reading, vote: NameVote) -> list[int]:
    """All the words of one vote: a name in which an ordinary word stands is as likely that of a service."""
    return [j for j in reading.between(vote.start, vote.end) if len(reading.words[j].key) > 1]


def _is_no_person(first: int, last: int, reading: Reading, taken: list[bool]) -> bool:
    """Whether these words name a place, a thing or a product."""
    return (
        names_a_place(reading, last)
        or is_a_thing(reading, taken, first, last)
        or is_made_up(reading, first, last)
        or describes_a_thing(reading, first, last)
        or after_place(reading, first)
    )


def _by_models_alone(
    first: int, last: int, reading: Reading, taken: list[bool], labels: LabelBook, told: _Told
) -> Iterator[Span]:
    """A name that no rule saw: masked when two models agree, or one and the lists of names; else a person is asked."""
    words = range(first, last + 1)
    agreed = all(len(_sources(told, k)) > 1 for k in words)
    if names_a_place(reading, last) if agreed else _is_no_person(first, last, reading, taken):
        return
    sources = list(dict.fromkeys(source for k in words for source in _sources(told, k)))
    rule, score = "vote:" + "+".join(sources), max(vote.score for k in words for vote in told.of[k])
    begin, finish = reading.starts[first], reading.name_end(last)
    if any(_opinion(reading, k, told, taken) == _MASK for k in words):
        keys = tuple(reading.words[k].key for k in words)
        telling = frozenset(reading.words[k].key for k in words if not reading.words[k].ordinary)
        rule += "" if len(sources) > 1 else "+known name"
        yield Span(begin, finish, labels.of_stranger(keys, "", telling), rule, STRANGER, score)
    else:
        why = f"may be somebody's name: so says {' and '.join(sources)}"
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
