"""The tracker's titles and headings, as they stand in the team's text file: read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from audit_kit.domain.tracker_words import SHEET, TRACKER_WORDS
from audit_kit.errors import AuditKitError
from audit_kit.office.plain_template import text_of
from audit_kit.office.template_fault import TemplateFault

TEMPLATE = "tracker_words.txt"
_LONGEST_NAME = 31  # of a sheet, in Excel
_NOT_IN_NAMES = re.compile(r"[:/\\?*\[\]]|^'|'$|\d{4}-A\d")  # nor what a session's own sheet may be called
_PART = re.compile(r"\[(.+)\]\s*")


@dataclass(frozen=True)
class TrackerWords:
    """What people read, by part and word."""

    words: Mapping[tuple[str, str], str]

    def of(self, part: str, word: str) -> str:
        """One title or heading."""
        return self.words[part, word]


@dataclass(frozen=True)
class _Line:
    part: str
    word: str
    said: str
    number: int  # counted from 1


def tracker_words(template: bytes, own: bytes) -> TrackerWords:
    """Every word as the team has it; where that is missing or has a fault, as ``own``, audit-kit's, has it."""
    return TrackerWords({**_usable(own), **_usable(template)})


def tracker_word_faults(template: bytes) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with the words, each with its line."""
    return tuple(fault for _, fault in _faults(template))


def refuse_faulty(template: bytes) -> None:
    """AuditKitError with everything that is wrong with the words."""
    if faults := tracker_word_faults(template):
        raise AuditKitError(
            "\n".join(fault.sentence for fault in faults),
            not_happened="No tracker was shown.",
            next_step="Change it, save it, and run: audit-kit templates check.",
        )


@lru_cache(maxsize=8)
def _usable(template: bytes) -> Mapping[tuple[str, str], str]:
    faulty = {line for line, _ in _faults(template)}
    lines = [line for line in _lines(template) if line not in faulty]
    return {(line.part, line.word): line.said for line in lines}


def _faults(template: bytes) -> Iterator[tuple[_Line | None, TemplateFault]]:
    seen: dict[tuple[str, str], _Line] = {}
    names: set[str] = set()
    for line in _lines(template):
        for what in _wrong_with(line, (line.part, line.word) in seen, names):
            yield line, _fault(f", line {line.number}: {what}", line)
        seen.setdefault((line.part, line.word), line)
        if line.word == SHEET:
            names.add(line.said.casefold())
    for part, words in TRACKER_WORDS.items():
        for word in words:
            if (part, word) not in seen:
                yield (
                    None,
                    _fault(f": [{part}] {word} is missing. Until it is back, audit-kit's own word is used.", None),
                )


def _wrong_with(line: _Line, again: bool, names: set[str]) -> Iterator[str]:
    if line.part not in TRACKER_WORDS:
        yield f"[{line.part}] is no part of the tracker.{_nearest(line.part, tuple(TRACKER_WORDS), '[{}]')}"
        return
    if line.word not in TRACKER_WORDS[line.part]:
        yield f"{line.word} is no word of [{line.part}].{_nearest(line.word, TRACKER_WORDS[line.part], '{}')}"
        return
    if again:
        yield f"{line.word} stands twice in [{line.part}]."
    if not line.said:
        yield f"{line.word} says nothing."
    if line.word != SHEET:
        return
    if len(line.said) > _LONGEST_NAME or _NOT_IN_NAMES.search(line.said):
        yield f"No sheet can be called {line.said}."
    if line.said.casefold() in names:
        yield f"Two sheets would be called {line.said}."


def _nearest(word: str, known: tuple[str, ...], shown: str) -> str:
    near = get_close_matches(word, known, 1)
    return f" The nearest is {shown.format(near[0])}." if near else ""


def _fault(what: str, line: _Line | None) -> TemplateFault:
    where = f"line {line.number}" if line else ""
    return TemplateFault(TEMPLATE, line.word if line else "", where, f"The template {TEMPLATE}{what}", stops=False)


@lru_cache(maxsize=8)
def _lines(template: bytes) -> tuple[_Line, ...]:
    part, lines = "", []
    for number, text in enumerate(text_of(template).splitlines(), start=1):
        if found := _PART.fullmatch(text):
            part = " ".join(found[1].split())
        elif text.strip() and not text.startswith("#"):
            word, _, said = text.partition("=")
            lines.append(_Line(part, " ".join(word.split()), said.strip(), number))
    return tuple(lines)
