"""A template that is plain text, in whatever letters its editor saved it."""

from __future__ import annotations


def text_of(template: bytes) -> str:
    """The text: UTF-8, or what an editor writes that knows Windows' letters alone."""
    try:
        return template.decode("utf-8-sig")
    except UnicodeDecodeError:
        return template.decode("cp1252", "replace")
