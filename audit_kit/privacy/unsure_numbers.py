"""Numbers that may give somebody away and that no form tells: "still lives over the road at 52", "the mum in room 21",
"exhibit JW/01", "their ref 88 4410", a date of birth with a slip in it.

A number that is no amount, age, time, date, grade or count of something is asked about where a door or a file may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.labels import ADDRESS, REFERENCE
from audit_kit.privacy.numbers import digits_of, has_digit
from audit_kit.privacy.spans import DOUBT, Span

#: 1 to 999, perhaps with a letter, and behind it no unit: "at 52.", "at 14b with his gran"
_DOOR = re.compile(
    r"\d(?<![\w.,:/£$€+-]\d)\d{0,2}[A-Za-z]?(?=[.,;:)\n](?!\d)|\s*$"
    r"| (?:and|with|since|when|but|who|where|until|says|said|told|has|had|is|was|on|to|by|now|again|so|because)\b)"
)
#: who is at home there; the number may be an age too ("living at 16"), or a time ("home at 7")
_AT_HOME = re.compile(
    r"\b(?:liv(?:es?|ed|ing)|stay(?:s|ed|ing)|moved|(?P<door>neighbours?|tenants?|occupiers?|opposite|next door"
    r"|(?:over|across|down|up) the road|same (?:street|road|block|estate)))\b[^.;\n\d]{0,40}? (?:at|from) (?:no\.? ?|number |#)?$"
)
#: a visit: "10.15 arrived 112", "knocked on 31"
_VISITED = re.compile(
    r"\b(?:arrived(?: outside)?|visited|knocked(?: on| at)?|called (?:at|to)|entered|searched|doors? (?:of|at)|back (?:at|to)) (?:no\.? ?|number |#)?$"
)
_ROOM = re.compile(r"\b[Rr](?:oo)?m (?:no\.? ?|number )?\d{1,3}[A-Za-z]?(?![\w:%]|[.]\d)")
_LODGED = re.compile(
    r"\b(?:hotel|hostel|B&B|bed and breakfast|refuge|temporary accommodation|TA|HMO|house share|shared house|travelodge|premier inn|guest house)\b",
    re.I,
)
_AGES = 25  # up to here "lives at 16", "left at 7" may tell of an age or of a time

#: letters, a stroke and digits: "exhibit JW/01"
_EXHIBIT = re.compile(
    r"\b(?:[Ee]xhibits?|[Ii]tems?|[Bb]ag|[Ss]eal|[Dd]isc|DVD|[Bb]undle)(?: (?:ref|no|number)\.?)? (?P<code>[A-Z]{2,4}[/-]?\d{2,4})\b"
)


def unsure_numbers(text: str) -> Iterator[Span]:
    """A doubt for each; what a recogniser knows is stronger."""
    if not has_digit(text):
        return
    for found in _DOOR.finditer(text):
        before = text[max(0, found.start() - 75) : found.start()]
        home = _AT_HOME.search(before) or _VISITED.search(before)
        if home and (int(digits_of(found[0])) > _AGES or not found[0].isdigit() or home.groupdict().get("door")):
            yield _doubt(*found.span(), ADDRESS, "may be the number of somebody's home")
    if "oom " in text or "Rm " in text or "rm " in text:
        for found in _ROOM.finditer(text) if _LODGED.search(text) else ():
            yield _doubt(*found.span(), ADDRESS, "may be the room where somebody lives")
    for found in _EXHIBIT.finditer(text):
        yield _doubt(*found.span("code"), REFERENCE, "may hold somebody's initials, or lead to a file")


def _doubt(start: int, end: int, label: str, why: str) -> Span:
    return Span(start, end, label, "recogniser:unsure number", DOUBT, 0.4, why)
