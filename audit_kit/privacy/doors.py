"""The number of a registered home beside its street, and a home by ordinary words typed small: "Nursery Road, 231", "82 falcon pt"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import STREET_KINDS, TOWN
from audit_kit.privacy.placeform import Form, Lead, Spelling, follow, in_any_case, lead, letters_said, ways_of_a_kind
from audit_kit.privacy.wordlists import word_class

#: "231: Nursery Road", "231 on Nursery Road"
_DOOR_BEFORE = re.compile(
    r"(?<![\w/.:£-])(?:#|no\.? ?|number )?(?P<number>\d{1,4}[a-z]?)(?:[.:/] ?|-|,? (?:on|in|at) )\Z"
    r"|(?<![\w£-])(?:#|no\.? ?|number )\Z",
    re.I,
)
_NOT_A_DOOR = rf"(?![\w/%]|[.:,]\d| ?(?:{'|'.join(sorted(word_class('doors.counted')))})\b)"
#: "Nursery Road, 231", "Nursery Road (231)", "Nursery Road no 231"
_DOOR_BEHIND = re.compile(
    rf",? (?:no\.? ?|number |#)?(?P<number>\d{{1,4}}[a-z]?){_NOT_A_DOOR}| \((?:no\.? ?|number )?(?P<bracketed>\d{{1,4}}[a-z]?)\)",
    re.I,
)
_NUMBER_LEADS = Lead(
    re.compile(
        r"(?<![\w/.:£-])(?:(?:fla?t|fl|f(?=\d)|apt|room|rm|unit)\.? {0,2}(?:no\.? ?)?(?:\d{1,4}[a-z]?|[a-z]\b)(?:,? | ?/ ?)(?:\d{1,4}[a-z]?,? )?"
        r"|(?:#|no\.? ?|number )?\d{1,4}[a-z]?,? )\Z"
    ),
    most=64,
)
#: also behind the house before it, or where a line or a bracket begins
_LED = r"(?:^|(?<=[\n(])|(?<=[,:] )|{})".format(
    "|".join(rf"(?<=\b{word} )" for word in sorted(word_class("doors.before_home")))
)
_TOWN_FOLLOWS = follow(f"(?![A-Za-z])(?i:{TOWN})")


def with_its_door(text: str, start: int, end: int, doors: frozenset[str]) -> tuple[int, int]:
    """The stretch with a number before or behind it that is the register's, and counts nothing."""
    before = _DOOR_BEFORE.search(text, max(0, start - 16), start)
    if before and (before["number"].lower() in doors if before["number"] else text[start].isdigit()):
        start = before.start()
    behind = _DOOR_BEHIND.match(text, end)
    if behind and (behind["number"] or behind["bracketed"]).lower() in doors:
        end = behind.end()
    return start, end


def small_forms(names: list[str]) -> Iterator[Form]:
    """A home by ordinary words typed small: behind a number, behind the house before it, where somebody is or goes."""
    said = letters_said(names)
    ways = (ways_of_a_kind(word.lower(), pointed=False) if word.lower() in STREET_KINDS else (word,) for word in names)
    spelling, small = Spelling(tuple(ways)), names[0][0].lower()
    yield in_any_case(said, spelling, _NUMBER_LEADS, _TOWN_FOLLOWS, small)
    if names[0].lower() != "the":
        yield in_any_case(said, spelling, lead(_LED), _TOWN_FOLLOWS, small)
