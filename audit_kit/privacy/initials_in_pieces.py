"""Registered people by letters that stand with more: a title ("Mrs A"), an apostrophe ("K O'R"), halves ("the F-Ps"), points ("Ch. M."), a compound ("W/giorgis")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit_kit.privacy.distances import slips_between
from audit_kit.privacy.forms import NamedPerson
from audit_kit.privacy.labels import FAMILY_NAME
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import REGISTER_NAME, Span

#: names cut to their first letters, as in minutes and Hebrew or Polish papers: "Ch. M.", "Fol. Ad."
_CUT = re.compile(r"[A-Z](?<![\w.].)[a-z]{1,3}\.[ ]?(?:[A-Z][a-z]{0,3}\.[ ]?){1,3}")
_SHORTEST_REST, _LONG_REST = 4, 6
_TWO_HALVES = re.compile(r"(?<![\w.-])([A-Z])-([A-Z])(?P<plural>s(?!\w))?(?![\w-])")
_ADULT_TITLES = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "mx": "", "dr": ""}


def initials_in_pieces(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """Every such stretch that fits somebody registered."""
    yield from _halves(reading, people)
    yield from _with_an_apostrophe(reading, people)
    yield from _titled(reading, people)
    yield from _cut_short(reading, people)
    yield from _compounds(reading, people)


def _cut_short(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """First letters of a registered person's names, each with its point."""
    for found in _CUT.finditer(reading.text) if reading.text.count(".") > 1 else ():
        pieces = [piece.lower() for piece in re.findall(r"[A-Za-z]+", found[0])]
        for person in people:
            rest = iter(person.words)
            if all(any(word.startswith(piece) for word in rest) for piece in pieces) and person.words[0].startswith(
                pieces[0]
            ):
                end = found.start() + len(found[0].rstrip())
                yield Span(found.start(), end, person.label, "register:initials", REGISTER_NAME, 0.85)
                break


def _compounds(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """W/giorgis for Woldegiorgis, G/mariam for Gebre Mariam, as Ethiopian and Eritrean names are written."""
    for i in reading.singles if "/" in reading.gaps else ():
        rest = reading.lowers[i + 1].removesuffix("'s") if i + 1 < len(reading.lowers) else ""
        if reading.gap_after(i) != "/" or len(rest) < _SHORTEST_REST or reading.gap_before(i)[-1:] == "/":
            continue
        called = [person for person in people if _is_compound_of(person, reading.lowers[i], rest)]
        if called:
            label = called[0].label if len(called) == 1 else FAMILY_NAME
            yield Span(reading.starts[i], reading.name_end(i + 1), label, "register:initials", REGISTER_NAME + 1, 0.9)


def _is_compound_of(person: NamedPerson, letter: str, rest: str) -> bool:
    """Whether a name begins with the letter and ends with the rest, in one word or in two, also spelt a letter off."""
    ends = [word[2:] for word in person.words if word[0] == letter]
    ends += [second for first, second in pairwise(person.words) if first[0] == letter]
    off = int(len(rest) >= _LONG_REST)
    return any(
        slips_between()(rest, end[-length:], score_cutoff=off) <= off
        for end in ends
        for length in range(len(rest) - off, len(rest) + off + 1)
        if len(end) >= length
    )


def _with_an_apostrophe(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """Mrs O'R, K O'R of a family O'Rourke."""
    for i in reading.singles:
        typed = reading.texts[i]
        before = reading.lowers[i - 1].rstrip(".") if i and reading.gap_before(i) in (" ", ". ") else ""
        if len(typed) != 3 or not typed[0].isupper() or not typed[2].isupper():
            continue
        called = [p for p in people if any(word.startswith((typed[0] + typed[2]).lower()) for word in p.family)]
        if before not in _ADULT_TITLES:
            called = [p for p in called if before in p.given_initials]
        if called:
            label = called[0].label if len(called) == 1 else FAMILY_NAME
            yield Span(reading.starts[i - 1], reading.ends[i], label, "register:title and initial", REGISTER_NAME, 0.8)


def _halves(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """A double name by the letters of its halves: "the F-Ps", "the F-P family"."""
    for found in _TWO_HALVES.finditer(reading.text) if "-" in reading.gaps else ():
        called = [p for p in people if any(found[1].lower() + found[2].lower() == a[0] + b[0] for a, b in p.doubles)]
        if called:
            label = called[0].label if len(called) == 1 and not found["plural"] else FAMILY_NAME
            yield Span(*found.span(), label, "register:initials", REGISTER_NAME, 0.8)


def _titled(reading: Reading, people: tuple[NamedPerson, ...]) -> Iterator[Span]:
    """Mrs A: the registered adults whose surname, or else whose first name, begins so."""
    for i in reading.capitals:
        title, letter = reading.lowers[i - 1] if i else "", reading.lowers[i][:1]
        if len(reading.words[i].key) != 1 or title not in _ADULT_TITLES or reading.gap_before(i) not in (" ", ". "):
            continue
        following = reading.word(i + 1)
        named = following and (following.parts or (following.capitalised and not following.ordinary))
        if named and reading.gap_after(i) in (" ", ". "):
            continue
        gender = _ADULT_TITLES[title]
        adults = [
            p
            for p in people
            if p.role not in ("subject_child", "sibling", "unborn")
            and (not p.gender or not gender or p.gender == gender)
        ]
        found = [p for p in adults if letter in p.family_initials] or [p for p in adults if letter in p.given_initials]
        if found:
            label = found[0].label if len(found) == 1 else FAMILY_NAME
            yield Span(
                reading.starts[i - 1], reading.starts[i] + 1, label, "register:title and initial", REGISTER_NAME, 0.8
            )
