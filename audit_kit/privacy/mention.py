"""A run of words that name the same registered person, while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.privacy.wordlists import word_class

FEMALE_TITLES = word_class("mentions.female_titles")
MALE_TITLES = frozenset(["mr", "sir", "lord", "mstr", "master", "bay", "pan", "reb"])


@dataclass(slots=True)
class Mention:
    """A run of words that name the same person, while it is being put together."""

    first: int  # index of the first word
    last: int
    start: int
    end: int
    people: set[int]
    names: list[int]  # indexes of the words that are name parts
    sure: bool = False
    title: str = ""
    plural: bool = False
