"""Houses by their name alone: "moved to Quillwater House", "put in Sunrise Lodge rm 11".

By a word that no list knows, by two words, with a room or as somewhere to stay for a while they are a home, and go. By an ordinary word
("Kestrel House") they may as well be a service whose name everybody may know: a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import named_houses
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.labels import ADDRESS
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.vocabulary import is_worked_out

#: right behind the name: "Sunrise Lodge rm 11", "Ferry House (temp accom)"
_ROOM = re.compile(r",? (?:rm|room|flat|unit|bed) ?\d{1,3}[A-Za-z]?\b", re.I)
_LODGED = re.compile(
    r" \((?:temp|TA\b|hostel|refuge|hotel|b&b|emergency|supported|shared|mother and baby|foster)", re.I
)


def houses(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Every such house; ``taken`` per word: what is named, kept or masked already."""
    for start, end in named_houses(reading.text):
        inside = reading.between(start, end)
        if any(taken[i] for i in inside):
            continue
        room = _ROOM.match(reading.text, end)
        telling = [word for word in (reading.words[i] for i in inside[:-1]) if word.shape == CAPITAL and not word.kept]
        known = len(telling) > 1 or any(is_strong(word) or is_worked_out(word.key) for word in telling)
        if known or room or _LODGED.match(reading.text, end):
            yield Span(start, room.end() if room else end, ADDRESS, "recogniser:named house", RECOGNISER)
        else:
            why = "may be where somebody lives"
            yield Span(start, end, ADDRESS, "recogniser:named house", DOUBT, 0.5, why)
