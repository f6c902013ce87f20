"""Places that only their capitals and the words before them give away: "at Little Acorns", "a group from Cardinal Pole".

Every word of such a name may be an ordinary one, and an event or a service stands there too ("at Options Evening"); so
these are asked about and never masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, Span
from audit_kit.privacy.surroundings import is_made_up
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import CAPITAL

#: what everybody is asked to: "at the Core Group", "at Options Evening"
_OCCASIONS = word_class("unsure_places.occasions")
_NAME = r"(?:[Tt]he )?(?P<name>[A-Z][a-z']{2,}(?: (?:& )?[A-Z][a-z']{2,}){1,3})"
#: "to" and "from" lead to services as well: only behind people who are from there, and behind a way
_LED = re.compile(
    r"\b(?:(?:[Aa]t|[Oo]utside|[Oo]pposite|[Nn]ear|[Aa]ttends|[Aa]ttending)"
    r"|(?:group|groups|gang|boys|girls|lads|males|youths|men|kids|pupils|friends|others|missing|absconded) from"
    r"|(?:way|walk|walks|walked|cycled|ran|linked) to) " + _NAME
)
#: a home or a unit: one word is enough, if it is no English one
_LEFT = re.compile(
    r"\b(?:[Mm]issing|[Aa]bsconded|[Dd]ischarged|[Pp]laced|[Pp]lacement) (?:from|at) (?P<name>[A-Z][a-z]{3,})\b"
)


def unsure_places(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """A doubt for each; ``taken`` per word: what is named, kept or masked already."""
    for pattern in (_LED, _LEFT):
        for found in pattern.finditer(reading.text):
            start, end = found.span("name")
            inside = list(reading.between(start, end))
            if any(taken[k] or _is_no_place(reading, jobs, k) for k in inside):
                continue
            strong = any(is_strong(reading.words[k]) for k in inside)
            if not strong and (pattern is _LEFT or any(reading.words[k].kept for k in inside)):
                continue
            if is_made_up(reading, inside[0], inside[-1]) or reading.words[inside[-1]].possessive:
                continue
            why = "may be the name of a place where the family can be found"
            yield Span(start, end, PLACE, "recogniser:unsure place", DOUBT, 0.5, why)


def _is_no_place(reading: Reading, jobs: JobFinder, k: int) -> bool:
    word = reading.words[k]
    return (
        word.shape != CAPITAL
        or word.title
        or word.key in _OCCASIONS
        or word.key in RELATIONS
        or bool(jobs.ending_at(k))
    )
