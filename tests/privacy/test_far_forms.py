"""Registered people in other scripts, in other languages' forms of their name, letter by letter, and misread."""

from __future__ import annotations

from pathlib import Path

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords


def _mentions():
    """Registered name, text, and where the mention stands."""
    lines = (Path(__file__).parent / "far_forms.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            name, _, marked = line.partition(" | ")
            before, _, rest = marked.partition("[[")
            mention, _, after = rest.partition("]]")
            yield name, before + mention + after, (len(before), len(before) + len(mention))


def _is_seen(name, text, at):
    masked = CaseAnonymiser.for_case(CaseRegister("H1", (Person("mother", name),)), KeepWords.standard()).mask(text)
    left = {i for i in range(*at) if text[i].isalnum()}
    for found in (*masked.replacements, *masked.doubts):
        left -= set(range(found.start, found.end))
    return not left


def test_there_are_sixty_far_forms():
    assert len(list(_mentions())) >= 60


def test_nine_of_ten_far_forms_are_masked_or_asked_about():
    missed = [(name, text) for name, text, at in _mentions() if not _is_seen(name, text, at)]

    assert 1 - len(missed) / len(list(_mentions())) >= 0.9, missed
