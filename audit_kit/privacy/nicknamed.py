"""Names that only a quotation mark shows: "Tiny", "Uncle Tam", 'Smokey' whom nobody calls otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import STRANGER, Span
from audit_kit.privacy.telling import STATES
from audit_kit.privacy.wordlists import word_class

_QUOTED = re.compile(
    r"""["'](?<!\w.)(?P<name>(?:[A-Z][\w-]{0,15}|[a-z][\w-]{0,11}(?=["']))(?:[ ][A-Z][\w-]{0,15}){0,2})["'](?!\w)"""
)
#: the list goes on: ", and a Kofi Mensah"
_NEXT_NAME = re.compile(r",? (?:and |or |& )?(?:an? |one )?(?P<name>[A-Z][a-z]+)")
#: right before the quotation mark: who somebody is with, what somebody is called
_BEFORE = word_class("nicknamed.before")
#: what is said of somebody, who is called so and not named
_JUDGEMENTS = STATES | word_class("nicknamed.judgements")
_NEVER = word_class("nicknamed.never")


def _behind_a_name(reading: Reading, inside: range) -> bool:
    """ADU-POKU Samuel ("Sammz"): one word that is none of the trade's, behind a known name."""
    if len(inside) != 1 or inside[0] == 0:
        return False
    word, before = reading.words[inside[0]], reading.words[inside[0] - 1]
    return not (word.kept or word.ordinary) and before.first_name and before.capitalised and not before.ordinary


_BEGIN_A_TITLE = frozenset(["my", "our", "your", "the", "how", "what", "why", "when", "who", "where", "all", "about"])
_CALLED = frozenset(["call", "calls", "called", "calling", "named", "nicknamed", "aka", "alias"])
#: what somebody is said to be stands before these: an older male "ghost"
_PEOPLE = frozenset(["males", "lads", "men", "boys", "male", "lad", "boy", "man", "female", "nominal", "dealer"])
_KNOWN = frozenset(["known", "nicknamed", "himself", "herself", "saved", "named"])


def _small_but_called(reading: Reading, inside: range, before: str, earlier: list[str]) -> bool:
    """Known as "ghost", calls himself "tiny", w rico and "smalls"; but described as "absent" is a judgement."""
    if before == "as":
        return bool(earlier) and earlier[0].lower() in _KNOWN
    if before in ("by", "with", "and", "from", "to"):
        names = reading.words[max(0, inside[0] - 2) : inside[0]]
        return reading.small and any(word.first_name and not word.ordinary for word in names)
    if all(reading.lowers[i] in _JUDGEMENTS for i in inside):
        return False
    if before in _PEOPLE:
        return True
    return before in _CALLED or before == "w" or not all(reading.words[i].ordinary for i in inside)


def _listed(reading: Reading, inside: range) -> bool:
    """Remy ST-CLAIR, "Trigz": one word that nobody knows, next in a list behind a name."""
    if len(inside) != 1 or inside[0] == 0:
        return False
    word, before = reading.words[inside[0]], reading.words[inside[0] - 1]
    named = before.first_name or before.last_name or before.shape == UPPER
    return word.shape == CAPITAL and not (word.ordinary or word.kept or before.ordinary or before.kept) and named


def _stands_in_a_list(reading: Reading, found: re.Match[str], inside: range) -> bool:
    """Names: Imran, "Hammer", and a Kofi: also an ordinary word, between two names and commas."""
    if len(inside) != 1 or inside[0] == 0 or reading.words[inside[0]].shape != CAPITAL:
        return False
    before, behind = reading.words[inside[0] - 1], _NEXT_NAME.match(reading.text, found.end())
    following = reading.words[reading.between(*behind.span("name"))[0]] if behind else None
    named = following is not None and (following.first_name or not following.ordinary)
    return named and before.first_name and before.shape == CAPITAL and not (before.ordinary or before.kept)


def _between_names(reading: Reading, inside: range, taken: list[bool]) -> tuple[int, int] | None:
    """Kareem "Blacks" Dacosta: the words on either side, when both are capitalised and the last is no English word."""
    if not inside or inside[0] == 0 or inside[-1] + 1 >= len(reading.words):
        return None
    first, last = inside[0] - 1, inside[-1] + 1
    close = reading.gap_before(inside[0]) in (' "', " '") and reading.gap_before(last) in ('" ', "' ")
    one, other = reading.words[first], reading.words[last]
    named = one.shape == other.shape == CAPITAL and one.first_name and not (other.ordinary or other.kept)
    return (first, last) if close and named and not any(taken[i] for i in range(first, last + 1)) else None


def nicknames(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Quoted words that stand where only a person can: with "Tiny", known as "Ghost", his friend "Dre"."""
    for found in _QUOTED.finditer(reading.text):
        before = re.findall(r"[^\W\d_]+", reading.text[max(0, found.start() - 24) : found.start()])
        gap = reading.text[max(0, found.start() - 2) : found.start()]
        inside = reading.between(found.start(), found.end())
        bracketed = gap[-1:] == "(" and _behind_a_name(reading, inside)
        if bracketed and not any(taken[i] for i in inside):
            label = labels.of_stranger(tuple(reading.words[i].key for i in inside), "", frozenset())
            yield Span(found.start("name"), found.end("name"), label, "vote:nickname in brackets", STRANGER, 0.7)
            continue
        if (
            gap == ", "
            and (_listed(reading, inside) or _stands_in_a_list(reading, found, inside))
            and not any(taken[i] for i in inside)
        ):
            label = labels.of_stranger(tuple(reading.words[i].key for i in inside), "", frozenset())
            yield Span(found.start("name"), found.end("name"), label, "vote:nickname in a list", STRANGER, 0.7)
            continue
        between = _between_names(reading, inside, taken)
        if between:
            first, last = between
            keys = tuple(reading.words[i].key for i in (first, *inside, last))
            label = labels.of_stranger(keys, "", frozenset((reading.words[last].key,)))
            end = reading.name_end(last)
            yield Span(reading.starts[first], end, label, "vote:nickname between two names", STRANGER, 0.8)
            continue
        if (
            not before
            or (before[-1].lower() not in _BEFORE and before[-3:] != ["a", "k", "a"] and before[-2:] != ["n", "n"])
            or gap not in (", ", *(c + end for c in gap[:1] for end in " ("))
            or not inside
            or any(taken[i] for i in inside)
            or len(found["name"]) < 2
            or reading.lowers[inside[0]] in _BEGIN_A_TITLE  # a letter called "My Week"
            or all(reading.words[i].kept or reading.words[i].key in _NEVER for i in inside)
        ):
            continue
        if not found["name"][0].isupper() and not _small_but_called(reading, inside, before[-1].lower(), before[-2:-1]):
            continue
        keys = tuple(reading.words[i].key for i in inside)
        label = labels.of_stranger(keys, "", frozenset(keys))
        yield Span(found.start("name"), found.end("name"), label, "vote:nickname in quotation marks", STRANGER, 0.7)
