"""Numbers that may give somebody away and that no form tells: "still lives over the road at 52", "the mum in room 21",
"22 Osgood", "exhibit JW/01", "he is dripgod_e8".

A number that is no amount, age, time, date, grade or count of something is asked about where a door or a file may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import STREET_KINDS
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.labels import ADDRESS, HANDLE, REFERENCE
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.vocabulary import is_ordinary

#: 1 to 999, perhaps with a letter, and behind it no unit: "at 52.", "at 14b with his gran"
_DOOR = re.compile(
    r"(?P<number>\d(?<![\w.,:/£$€+-]\d)\d{0,2})[A-Za-z]?(?=[.,;:)\n](?!\d)|\s*$"
    r"| (?:and|with|since|when|but|who|where|until|says|said|told|has|had|is|was|on|to|by|now|again|so|because)\b)"
)
#: who is at home there; the number may be an age too ("living at 16"), or a time ("home at 7")
_AT_HOME = re.compile(
    r"\b(?:liv(?:es?|ed|ing)|stay(?:s|ed|ing)|moved|(?P<door>neighbours?|tenants?|occupiers?|opposite|next door"
    r"|(?:over|across|down|up) the road|same (?:street|road|block|estate)))\b[^.;\n\d]{0,40}? (?:at|from) (?:no\.? ?|number |#)?$"
)
#: a visit: "10.15 arrived 112", "knocked on 31"; a door with a letter: "the father is at 81A"
_VISITED = re.compile(
    r"\b(?:arrived(?: outside)?|visited|knocked(?: on| at)?|called (?:at|to)|entered|searched|doors? (?:of|at)|back (?:at|to)) (?:no\.? ?|number |#)?$"
)
#: the wrong door beside the right one: "14 Weaver Street, not 41"
_NOT_THIS_DOOR = re.compile(r"[nN](?:ot|OT)(?: at| number| no\.?)? (?P<number>\d{1,3}[A-Za-z]?)(?![\w/%]|[.,:]\d)")
_RIGHT_DOOR = re.compile(
    rf"\d[A-Za-z]? (?:[A-Z][a-z']+ ){{1,2}}(?:{'|'.join(k for kinds in STREET_KINDS.values() for k in kinds.split('|'))}),? \(?(?:and |but )?\Z"
)
#: "past Miss Quell at 63"
_BESIDE_SOMEBODY = re.compile(r"\b(?:Mrs?|Miss|Ms)\.? [A-Z][\w'-]+,? at (?:no\.? ?|number )?$")
_LETTERED = re.compile(r"\b(?:at|from|to|outside) $")
_ROOM = re.compile(r"\b[Rr](?:oo)?m (?:no\.? ?|number )?\d{1,3}[A-Za-z]?(?![\w:%]|[.]\d)")
_LODGER = re.compile(
    r"\b(?:mum|dad|mother|father|family|woman|man|lady|couple|residents?|neighbours?|tenant) (?:in|from|of) $"
)
_LODGED = re.compile(
    r"\b(?:hotel|hostel|B&B|bed and breakfast|refuge|temporary accommodation|TA|HMO|house share|shared house|travelodge|premier inn|guest house)\b",
    re.I,
)
_AGES = 25  # up to here "lives at 16", "left at 7" may tell of an age or of a time
#: a street without its kind: "gave 7 Mabley", "to his flat, 11 Canal Bank, Ancoats"
_BEFORE_A_NAME = re.compile(r"\d(?<![\w.,:/£$€+-]\d)\d{0,2}[A-Za-z]? (?=[A-Z][a-z]{2})")
_LEADS_HOME = re.compile(
    r"(?:\b(?:address|lives?|living|lived|at|to|from|flat|home|house|outside|near|on|gave)(?: (?:is|as|was|at|to))?[ :,]{1,3}|[\"(])$"
)
_HOME_LEADS = re.compile(r"\b(?:address|lives?|living|lived|flat|at)(?: (?:is|as|was|at))?[ :,]{1,3}$")
#: letters, a stroke and digits: "exhibit JW/01", which are the initials of an officer
_EXHIBIT = re.compile(r"\b(?:[Ee]xhibits?|EXHIBITS?)(?: (?:ref|no|number)\.?)?:? (?P<code>[A-Z]{2,4}[/-]\d{2,4})\b")
#: the same with one digit, or of a bag or a disc: it may be a number of the store
_FILE = re.compile(
    r"\b(?:[Ee]xhibits?|EXHIBITS?|[Ii]tems?|[Bb]ag|[Ss]eal|[Dd]isc|DVD|[Bb]undle)(?: (?:ref|no|number)\.?)?:? (?P<code>[A-Z]{2,4}(?:[/-]?\d{2,4}|[/-]\d))\b"
)
_FILED = frozenset(["exhibit", "exhibits", "item", "items", "bag", "seal", "disc", "dvd", "bundle"])
_STROKE = re.compile(r"\d(?<=[A-Z].|[/-].)\d|\d(?<=[A-Z][/-].)")
#: without one of these no user name stands in a text: most texts are spared the long form
_GLUED = re.compile(r"[_\d](?:(?<=[a-z][_\d])|(?<=[a-z]-\d))")
#: "xo.lils07", "dripgod_e8": small letters, and a line or digits
_SIGNED_IN = re.compile(
    r"(?<![\w@./-])[a-z][a-z.]*[a-z](?:_[a-z\d_]*[a-z\d]|-?\d{2,4}|\.[a-z]{1,9}\d{1,4}[a-z]{0,6})(?![\w@-]|\.\w)"
)


def unsure_numbers(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """A doubt for each; ``taken`` per word: what is named, kept or masked already."""
    text = reading.text
    if not (reading.numbered or "_" in text):
        return
    if _GLUED.search(text):
        yield from _user_names(text)
    for found in _DOOR.finditer(text):
        before = text[max(0, found.start() - 75) : found.start()]
        home = _AT_HOME.search(before) or _VISITED.search(before) or _BESIDE_SOMEBODY.search(before)
        lettered = not found[0].isdigit()
        far = int(found["number"]) > _AGES  # in the digits of any script
        if (home and (far or lettered or home.groupdict().get("door"))) or (
            lettered and far and _LETTERED.search(before)
        ):
            yield _doubt(*found.span(), ADDRESS, "may be the number of somebody's home")
    for found in _NOT_THIS_DOOR.finditer(text) if reading.numbered else ():
        if _RIGHT_DOOR.search(text, max(0, found.start() - 40), found.start()):
            yield Span(*found.span("number"), ADDRESS, "recogniser:address", RECOGNISER)
    yield from _before_a_name(reading, taken)
    if "oom " in text or "Rm " in text or "rm " in text:
        lodged = _LODGED.search(text) is not None
        for found in _ROOM.finditer(text):
            if lodged or _LODGER.search(text, max(0, found.start() - 20), found.start()):
                yield _doubt(*found.span(), ADDRESS, "may be the room where somebody lives")
    filed = reading.says(_FILED) and _STROKE.search(text)
    for found in _EXHIBIT.finditer(text) if filed else ():
        yield Span(*found.span("code"), REFERENCE, "recogniser:exhibit", RECOGNISER)
    for found in _FILE.finditer(text) if filed else ():
        yield _doubt(*found.span("code"), REFERENCE, "may hold somebody's initials, or lead to a file")


def _before_a_name(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """A number and a word that no list knows, or two capitalised words and a comma."""
    text, words = reading.text, reading.words
    for found in _BEFORE_A_NAME.finditer(text):
        inside = reading.between(found.end(), found.end() + 1)
        if not inside or not _LEADS_HOME.search(text, max(0, found.start() - 20), found.start()):
            continue
        first = last = inside[0]
        while last + 1 < len(words) and last - first < 2 and _may_be_street(reading, taken, last + 1):
            if reading.gap_before(last + 1) not in (" ", ", "):
                break
            last += 1
        known = is_strong(words[first]) and not words[first].first_name
        if not _may_be_street(reading, taken, first) or not (known or last > first):
            continue
        start, end = found.start(), reading.name_end(last)
        if known and _HOME_LEADS.search(text, max(0, start - 20), start):
            yield Span(start, end, ADDRESS, "recogniser:address", RECOGNISER)
        else:
            yield _doubt(start, end, ADDRESS, "may be where somebody lives")


def _may_be_street(reading: Reading, taken: list[bool], k: int) -> bool:
    word = reading.words[k]
    return word.shape == CAPITAL and not (taken[k] or word.kept or word.title or word.key in RELATIONS)


def _user_names(text: str) -> Iterator[Span]:
    for found in _SIGNED_IN.finditer(text):
        letters = re.split(r"[_\d.]", found[0].removeprefix("covid"))
        joined = "_" in found[0] and not all(is_ordinary(part) for part in letters if len(part) > 1)
        if joined or (len(letters[0]) > 3 and not is_ordinary(letters[0])) or (len(letters) > 2 and "." in found[0]):
            yield _doubt(*found.span(), HANDLE, "may be the name that somebody signs in with")


def _doubt(start: int, end: int, label: str, why: str) -> Span:
    return Span(start, end, label, "recogniser:unsure number", DOUBT, 0.4, why)
