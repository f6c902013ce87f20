"""Texts that say nothing by themselves: a link's text, a file's name as a description."""

from __future__ import annotations

import re

_EMPTY_WORDS = frozenset(
    (
        "click", "click here", "click me", "click this", "follow this link", "go", "go here", "here", "info",
        "learn more", "link", "link here", "more", "more info", "read more", "read this", "see here", "see more",
        "this", "this document", "this link", "this page", "this site", "url", "web site", "webpage", "website",
    )
)  # fmt: skip
_ADDRESS = re.compile(r"(?:(?:https?|ftp|file)://|www\.)\S+", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S[^.\n]{0,120}\.(?:png|jpe?g|gif|bmp|tiff?|svg|emf|wmf|webp|heic|pdf|docx?|xlsx?|pptx?)", re.IGNORECASE
)
_NO_DESCRIPTION = frozenset(
    ("name of file", "image", "picture", "photo", "graphic", "logo", "chart", "diagram", "shape")
)


def unclear_link(text: str) -> str:
    """What is wrong with this text of a link, as a sentence; "" when it can stand alone. A mail address may."""
    plain = " ".join(text.split()).strip(" .:!>»→").casefold()
    if not plain:
        return "The link has no text."
    if plain in _EMPTY_WORDS:
        return "The link's text could stand for any link."
    if _ADDRESS.fullmatch(" ".join(text.split())):
        return "The link's text is an address."
    return ""


def says_nothing(description: str) -> bool:
    """Whether a description is only the name of a file, or a word that some program put there."""
    return bool(_FILE_NAME.fullmatch(description.strip())) or description.strip().casefold() in _NO_DESCRIPTION
