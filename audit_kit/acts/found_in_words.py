"""What was found in a file, and where, in words: never the word that stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from audit_kit.acts.name_search import Found

_MOST_NAMED = 5  # places that one sentence names


def all_in_words(found: tuple[Found, ...]) -> str:
    """What stands where, in words, without the word itself."""
    lines = list(dict.fromkeys(line_of(one) for one in found))
    more = f" and in {len(lines) - _MOST_NAMED} more places" if len(lines) > _MOST_NAMED else ""
    return "; ".join(lines[:_MOST_NAMED]) + more


def line_of(one: Found) -> str:
    """One thing that was found: what it is, of whom, by which rule and where."""
    if one.unread:
        return f"{in_words(one.place)} could not be looked into: {one.unread}" if one.place else one.unread
    whose = f"of case {one.case}" if one.case else "of this session"
    # the label of a person ("Mother") helps to find the place; that of a number only repeats the rule
    label = f", {one.label}" if one.label and not one.label.startswith("[") else ""
    kind = "a registered name or number" if one.certain else "what may be a registered name"
    return f"{kind} {whose} ({one.rule}{label}) stands in {in_words(one.place) or 'its text'}"


def place_line(place: str, certain: bool, cases: Mapping[str, Mapping[str, None]]) -> str:
    """One place and everybody who may be meant there: case → who of it."""
    who = "; ".join(f"{case}: {', '.join(labels)}" for case, labels in cases.items() if case)
    kind = "a registered name or number" if certain else "what may be a registered name"
    return f"{as_sentence(in_words(place) or 'its text')}: {kind} ({who})"


def as_sentence(words: str) -> str:
    """The words with a capital to begin with."""
    return f"{words[:1].upper()}{words[1:]}"


#: parts of a package as people know them; what is not here is named as it is
_PARTS = (
    (re.compile(r"word/document\d*\.xml(?:, )?"), ""),
    (re.compile(r"word/(header|footer)\d*\.xml"), r"the \1"),
    (re.compile(r"word/(footnotes|endnotes)\.xml"), r"the \1"),
    (re.compile(r"(?:word|xl)/(?:comments|threadedComments)[^,]*"), "a comment"),
    (re.compile(r"docProps/[a-z]+\.xml"), "the file's properties"),
    (re.compile(r"xl/worksheets/sheet(\d+)\.xml"), r"sheet \1"),
    (re.compile(r"xl/sharedStrings\.xml"), "the workbook's texts"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), r"slide \1"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), r"the notes of slide \1"),
    (re.compile(r"(?:word|xl|ppt)/charts/[^,]*"), "a chart"),
    (re.compile(r"(?:word|ppt)/embeddings/[^,]*"), "a chart's workbook"),
)


def in_words(place: str) -> str:
    """A place in a package as its reader knows it: "sheet 2, cell B4", "the notes of slide 3"."""
    for pattern, words in _PARTS:
        place = pattern.sub(words, place)
    return place.strip(", ")
