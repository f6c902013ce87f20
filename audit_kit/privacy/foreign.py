"""Short stretches in another script within an English text: hardly ever anything but a name, so a person is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from audit_kit.privacy.labels import NAME
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, REGISTER_NAME, Span
from audit_kit.privacy.words import WordBook

_LETTER = r"[\u0370-\u1cff\u2d00-\u2dff\u3041-\ud7ff\uf900-\ufdff\ufe70-\ufefc\U00020000-\U0003ffff]"
#: letters and their marks, one word or several; "α" alone is a symbol, "а" within a Latin word a look-alike
_STRETCH = re.compile(rf"(?<![A-Za-z]){_LETTER}{{2,}}(?:[ ·'-]{_LETTER}{{1,}})*(?![A-Za-z])")
_LONGEST = 40  # characters; more is a sentence
_MOST_SHARE = 0.25  # of a text; beyond it the text itself is in another language


def in_other_scripts(reading: Reading, book: WordBook) -> Iterator[Span]:
    """Every stretch as long as a name; masked where it reads aloud as a registered one."""
    folded = reading.folded
    typed = folded.original
    if typed.isascii():
        return
    found = list(_STRETCH.finditer(typed))
    if sum(len(one[0]) for one in found) > _MOST_SHARE * len(typed):
        return
    for one in found:
        if len(one[0]) > _LONGEST:
            continue
        start, end = one.span()
        if folded.starts is not None and folded.ends is not None:
            start, end = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
        parts = book.in_other_script(one[0])
        if parts:
            label = book.people[parts[0].person].label
            yield Span(start, end, label, parts[0].rule, REGISTER_NAME, parts[0].score)
        else:
            yield Span(start, end, NAME, "recogniser:other script", DOUBT, 0.5, "may be a name in another script")
