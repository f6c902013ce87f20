"""Where a registered school or practice is meant that is called as a district is, or by one ordinary word.

"Kingsland kept his seat", "(Y5, Kingsland)", "the surgery, Maple, shut": only a school or a practice does so or stands
so. Elsewhere the district or the word may be meant: "in Kingsland", "Kingsland estate" stay, anything else is asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.placeform import Form, Spelling, follow, lead
from audit_kit.privacy.wordlists import word_class


def _behind(heads: Iterable[str], gaps: Iterable[str]) -> str:
    """Any of these heads and gaps right before the words of a place."""
    return "(?:{})".format("|".join(rf"(?<=\b{head}{gap})" for head, gap in product(heads, gaps)))


def _not_behind(words: Iterable[str]) -> str:
    return "".join(rf"(?<!\b(?i:{word}) )" for word in sorted(words))


_KINDS = ("[Ss]chool", "[Nn]ursery", "[Ss]urgery", "[Pp]ractice", "GP", "[Pp]rimary", "[Ss]econdary", "[Aa]cademy", "[Cc]ollege", "[Dd]octors")  # fmt: skip
_YEARS = (rf"[Yy]{year}{number}" for year, number in product(("", "r", "r ", "ear "), (r"\d", r"\d\d")))
_CLASSES = (*_YEARS, "[Rr]eception", r"[Cc]lass \d[A-Z]", "[Pp]upil")
#: whose place of work or learning it can only be: "the receptionist at Kingsland", "lessons at"
_ITS_OWN = ("staff", "teachers", "teacher", "tutor", "mentor", "nurse", "receptionist", "pupils", "governors", "DSL", "SENCO", "[Hh]eadteacher", "lessons", "attendance")  # fmt: skip
#: "her aunt in Kingsland said", "the lady from Kingsland": what stands before a district
_LEADS_TO_A_DISTRICT = word_class("meant_places.leads_to_a_district")
_DOES = "|".join(sorted(word_class("meant_places.does")))
_DONE = "|".join(sorted(word_class("meant_places.done")))
_IT_DOES = rf"(?=(?: also| then| now| still| never| later)? (?:{_DOES}|(?:have|has|had)(?: not| never| also| since| now)? (?:{_DONE}))\b)"
_PLACES = "|".join(sorted(word_class("meant_places.places")))
#: "Kingsland kept his seat", "that Kingsland has offered": what must stand before the place, and what behind it
_DOING = (r"(?:^|(?<=[.!?:;,(] )|(?<=\n)|(?<=[a-z] ))" + _not_behind(_LEADS_TO_A_DISTRICT), _IT_DOES)
_LED_TO = "|".join(
    (
        _behind(("home",), (" and at ", " and then at ", ", then at ", " or at ")),
        _behind(_CLASSES, (", ", " at ", r" \(")),
        _behind(_ITS_OWN, (" of ", " at ", " from ")),
        _behind(_KINDS, (" called ", " named ")),
    )
)
_STANDING = (
    (rf"(?:{_LED_TO})", r"(?![A-Za-z-]|[ ][A-Z])"),
    (r"(?<=\bat )", r"(?=,? (?:and|then|but not|or)(?: then| also)? (?:at |in )?(?:\w+ )?home\b)"),
    (r"(?<![\w-])", r"(?=,? \(?[Yy](?:(?:ea)?r)? ?(?:1[0-3]|\d)\b(?! ?(?:old|o\b)))"),
    (_behind(_KINDS, (r" \(",)), r"(?=[),;])"),
    (_behind(_KINDS, (", ",)), r"(?=, (?![A-Z]))"),
)


def meant_forms(
    said: tuple[str, ...], spelling: Spelling, article: re.Pattern[str] | None = None, *, doing: bool = True
) -> Iterator[Form]:
    """Where it stands with a class, with its kind or with somebody's home, or is ``doing`` what only a school or a practice
    does; ``article``: goes with it where it stands."""
    for before, behind in (_DOING, *_STANDING) if doing else _STANDING:
        yield Form(said, spelling, lead(before, article), follow(rf"(?![A-Za-z]){behind}"))


def doubtful_forms(said: tuple[str, ...], spelling: Spelling, keys: list[str]) -> Iterator[Form]:
    """Where a district's name stands and neither the district nor the place is told; of a borough the council may be meant."""
    if not word_class("meant_places.boroughs").intersection(keys):
        before = r"(?<![\w-])(?<![,(] )(?<!\()" + _not_behind(
            {*_LEADS_TO_A_DISTRICT - {"at", "for", "with", "and"}, "the"}
        )
        no_place = rf"(?!(?:'s)? (?:{_PLACES}|[A-Z])|[ ]?[/&-]|, [A-Z]|[A-Za-z]| and [A-Z])"
        yield Form(said, spelling, lead(before), follow(no_place))


def longer_names(keys: list[str], keep: KeepWords) -> tuple[str, ...]:
    """What stands before them where a district's name goes on to the left: "seven " of "Seven Sisters"."""
    longer = (
        phrase[: -len(keys)] for phrase in _by_last_word(keep).get(keys[-1], ()) if list(phrase[-len(keys) :]) == keys
    )
    return tuple(" ".join(words) + " " for words in longer if words)


@lru_cache(maxsize=4)
def _by_last_word(keep: KeepWords) -> defaultdict[str, list[tuple[str, ...]]]:
    table: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in keep.phrases:
        table[phrase[-1]].append(phrase)
    return table
