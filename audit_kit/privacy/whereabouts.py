"""Places and firms that no head noun gives away, by the words that lead to them: "works for Tayyabs", "a flat on Kyverdale".

Streets without a number stand here too: "in Clarence Road", "the shop on Wick Road".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.cues import AT, HOMES, LESS_SURE_STREETS, OF_AREAS, PLAYS, STREETS, STREETS_ABROAD, VENUES, WORKS
from audit_kit.privacy.labels import ADDRESS, ORGANISATION, PLACE, SCHOOL
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.surroundings import is_a_town, is_made_up
from audit_kit.privacy.trade import OF_THE_TRADE, PLACE_NOUNS, RELATIONS
from audit_kit.privacy.vocabulary import is_like_a_word
from audit_kit.privacy.wordlists import word_class

#: what leads to a street; the area around a street ("the Albert Road area") stays
_TO_STREET = word_class("whereabouts.to_street")
_NO_STREET = frozenset(["area", "end", "office", "site", "branch"])
_UPPER_KIND = r"ROAD|RD|STREET|AVENUE|AVE|LANE|CLOSE|CRESCENT|GARDENS|GDNS|GROVE|TERRACE|MEWS|ESTATE|COURT|HOUSE"
#: as in police logs: "OF 89 NIGHTINGALE ROAD"
_UPPER_STREET = re.compile(
    rf"(?<![\w/.£-])(?:(?:FLAT|ROOM) \d{{1,4}}[A-Z]?,? )?\d{{1,4}}[A-Z]?,? (?:[A-Z']{{3,20}} ){{1,3}}?(?:{_UPPER_KIND})\b"
    rf"|\b[A-Z']{{4,20}} (?:RD|AVE|GDNS|CRES)\b"
    rf"|(?<= ON | IN | OF | AT )(?:[A-Z']{{3,20}} ){{1,2}}?(?:ROAD|STREET|AVENUE|LANE|CLOSE|CRESCENT|GARDENS|TERRACE|MEWS|ESTATE)\b"
)
#: a church or a school of which nothing else is said
#: the City's own schools, although the City itself stays
_CITY_SCHOOL = re.compile(
    r"\b(?:The )?City of London (?:Academy|School|Primary|College|Freemen)(?:(?:,| for)? [A-Z][a-z']+){0,3}"
)
#: "met Rudi @ Wick Arches"
_AT_SIGN = re.compile(r"(?<!\w)@ ?(?:the )?(?P<name>[A-Z][a-z']+(?: (?:& )?[A-Z][a-z']+){0,3})(?![\w@.]*@)")
#: whose church, school or hostel it is: "Father Tolan of St Zita's"
_OF_SAINTS = r"(?: (?i:hall|church|chapel|school|nursery|hostel|hospice|centre|parish|club|mission)\b)?"
_SAINTS = re.compile(
    rf"\b(?:St\.?|Saint) (?P<name>[A-Z][a-z]{{2,15}})(?:'s(?: (?!(?:Mum|Dad|On|In|At|He|She|They|The|Will|And|But|Mother|Father|Day|Eve)\b)[A-Z][a-z]{{2,}}){{0,3}}|')?(?! (?:Day|Eve|Cross|flag)|[\w-])(?: of [A-Z][a-z]+\b)?{_OF_SAINTS}"
)
_OUR_LADY = re.compile(
    r"\bOur Lady(?:'s)?(?: (?:of|and|&) (?:the )?(?:St\.? )?[A-Z][a-z]+(?:'s)?(?: [A-Z][a-z]+)?){0,2}(?: (?:Convent|High|School|Primary|Catholic|RC|Girls|Boys|Junior|Infant|Church|Hall|Parish)\b){0,3}"
)
#: "learns at Noor ul Islam"
_OF_FAITH = re.compile(
    r"\b(?:at|of|from|attends|joined|(?:go|goes|went|going) to) (?:the )?(?P<name>[A-Z][a-z]+(?:[ -](?:ul|ud|un|ur)[ -][A-Z][a-z]+)+)"
)
_LINKS_OF_FAITH = frozenset(["ul", "ud", "un", "ur"])
#: where nobody types capitals: "lives on ben jonson road"
_SMALL_STREET = re.compile(
    r"\b(?:on|in|off|at|of) (?P<street>(?:[a-z']{3,20} ){1,2}?(?:road|rd|street|avenue|ave|lane|close|crescent|gardens|gdns|terrace|grove|mews|estate|parade|st))\b"
)
#: how churches are named abroad: "Igreja do Monte Zelmo"
_CHURCH_ABROAD = re.compile(
    r"\b(?:Eglise|Iglesia|Igreja|Paroisse|Parroquia|Paroquia|Biserica|Kosciol|Parafia|Assemblee|Chiesa|Kilise|Kirche)(?: (?:[a-z]{1,5} |[dl]')*[A-Z][\w'-]+){1,5}"
)
_CHURCHES_ABROAD = frozenset(
    [
        "eglise",
        "iglesia",
        "igreja",
        "paroisse",
        "parroquia",
        "paroquia",
        "biserica",
        "kosciol",
        "parafia",
        "assemblee",
        "chiesa",
        "kilise",
        "kirche",
    ]
)
#: how streets are named abroad: "Rua das Acacias 210, Goiania", "Ataturk Caddesi No 5"
_STREET_ABROAD = re.compile(
    r"\b(?:(?:Rua|Avenida|Calle|Rue|Ulica|[Uu]l\.|Viale|Strada|Rruga|Jalan) (?:[a-z]{1,3} )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
    r"|[A-Z]\w+ (?:Sokak|Sokagi|Caddesi|Mahallesi))"
    r"(?:,? (?:[Nn]o\.?:? |[Nn]r\.? )?\d{1,4}[a-z]?\b)?(?:, [A-Z][\w-]+)?"
)
_GENERIC = word_class("whereabouts.generic_streets")
#: the ground itself belongs to the name: "Stag Lane site"
_GROUNDS = frozenset(["estate", "flats", "site", "rec", "cage", "pitch", "arches", "shops", "skatepark", "playground"])
#: "off tower st", where nobody types capitals
_SURE_KINDS = frozenset(["st", "rd", "ave", "gdns", "avenue", "crescent"])
_AIMED = word_class("venues.aimed")
_BELONGS = word_class("whereabouts.belongs")
_OCCASIONS = word_class("unsure_places.occasions")
_TRADE = word_class("institutions.trade") | word_class("institutions.generic") | word_class("venues.generic")


_NO_NAMES = RELATIONS | _OCCASIONS
_KINDS = _TRADE | VENUES


def whereabouts(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Streets without a number, and names that a preposition makes a place's or a firm's.

    ``taken`` per word: what is named or kept already.
    """
    yield from _typed_streets(reading, taken)
    abroad = any(reading.words[i].key in STREETS_ABROAD for i in reading.cues)
    for found in _STREET_ABROAD.finditer(reading.text) if abroad else ():
        if not any(taken[k] and not reading.words[k].kept for k in reading.between(*found.span())):
            yield Span(*found.span(), ADDRESS, "recogniser:street", RECOGNISER)
    for found in _CHURCH_ABROAD.finditer(reading.text) if reading.says(_CHURCHES_ABROAD) else ():
        if not any(taken[k] and not reading.words[k].kept for k in reading.between(*found.span())):
            yield Span(*found.span(), PLACE, "recogniser:named place", RECOGNISER)
    for found in _OUR_LADY.finditer(reading.text) if "Our Lady" in reading.text else ():
        if not any(taken[k] for k in reading.between(*found.span())):
            yield Span(*found.span(), PLACE, "recogniser:named place", RECOGNISER)
    for found in _SAINTS.finditer(reading.text) if "St" in reading.text or "Saint" in reading.text else ():
        if not any(taken[k] for k in reading.between(*found.span())):
            yield Span(*found.span(), PLACE, "recogniser:named place", RECOGNISER)
    for found in _OF_FAITH.finditer(reading.text) if reading.says(_LINKS_OF_FAITH) else ():
        if not any(taken[k] and not reading.words[k].kept for k in reading.between(*found.span("name"))):
            yield Span(*found.span("name"), PLACE, "recogniser:led to", RECOGNISER)
    for found in _CITY_SCHOOL.finditer(reading.text) if "City of London" in reading.text else ():
        yield Span(*found.span(), SCHOOL, "recogniser:school", RECOGNISER)
    for found in _AT_SIGN.finditer(reading.text) if "@" in reading.text else ():
        inside = reading.between(*found.span("name"))
        several = len(inside) > 1 or is_strong(reading.words[inside[0]])
        if several and not any(taken[k] or reading.words[k].key in _NO_NAMES for k in inside):
            yield Span(*found.span("name"), PLACE, "recogniser:led to", RECOGNISER)
    lowers, words = reading.lowers, reading.words
    for i in reading.cues:
        key = words[i].key
        if key in PLAYS:
            yield from _plays_for(reading, taken, i)
        if key in OF_AREAS:
            yield from _of_an_area(reading, taken, i)
        if key in STREETS or key in LESS_SURE_STREETS:
            yield from _street(reading, taken, i)
        elif key in AT:
            led = list(_led_to(reading, taken, i, PLACE, strong=True))
            yield from led or _who_belongs_there(reading, taken, i)
        elif key in HOMES:
            for j in (i + 1, i + 2):
                if lowers[j : j + 1] == ["on"]:
                    yield from _led_to(reading, taken, j, ADDRESS, strong=True)
        if key in WORKS:
            for j in (i + 1, i + 2, i + 3):
                if j < len(lowers) and lowers[j] in ("for", "at", "with"):
                    yield from _led_to(reading, taken, j, ORGANISATION, strong=False)


def _street(reading: Reading, taken: list[bool], kind: int) -> Iterator[Span]:
    """Clarence Road, without a number, where a preposition, a bracket or a comma leads to it."""
    words, first = reading.words, kind
    if taken[kind] or _goes_on(reading, kind) or words[kind].shape == UPPER:
        return
    if words[kind].shape == LOWER and not (kind and words[kind - 1].shape == CAPITAL and is_strong(words[kind - 1])):
        return  # "of Plovermere way", and not "the Early way"
    while (
        first > 0
        and kind - first < 3
        and words[first - 1].shape == CAPITAL
        and not (taken[first - 1] or words[first - 1].title)
        and reading.gap_before(first) in (" ", ". ")
        and (not words[first - 1].possessive or first == kind)  # "Jerrold's Row"
    ):
        first -= 1
    if first == kind or (words[first].key in _GENERIC and first == kind - 1):
        return  # "New Road", but "New Quill Wharf"
    gap = reading.gap_before(first)
    before = (
        reading.lowers[first - 2 if first > 1 and reading.lowers[first - 1] == "the" else first - 1] if first else ""
    )
    if not ((gap == " " and before in _TO_STREET) or gap in (" (", ", ", ": ", " & ")):
        return
    if words[kind].key in STREETS or is_strong(words[first]) or words[first].last_name:
        first = _with_its_house(reading, taken, first) if gap == ", " else first
        yield Span(reading.starts[first], reading.name_end(kind), ADDRESS, "recogniser:street", RECOGNISER)


def _with_its_house(reading: Reading, taken: list[bool], street: int) -> int:
    """Where the name of a house before its street begins: "at The Old Forge, Pinmoor Lane", "(Mountain of Dew Assembly, Pinmoor Lane"; else the street itself."""
    first = street
    while first > 0 and street - first < 5 and not taken[first - 1]:
        word, apart = reading.words[first - 1], first < street and reading.gap_before(first) != " "
        of = first > 1 and word.key == "of" and first < street and reading.words[first - 2].shape == CAPITAL
        if not (word.shape == CAPITAL or of) or apart or word.title:
            break
        first -= 1
    led = first > 0 and (
        (
            reading.gap_before(first) == " "
            and (reading.lowers[first - 1] in _TO_STREET or reading.lowers[first - 1] == "the")
        )
        or (reading.gap_before(first) == " (" and street - first > 1)
    )
    return first if led or reading.lowers[first] == "the" else street


def _of_an_area(reading: Reading, taken: list[bool], head: int) -> Iterator[Span]:
    """The Frampton Park boys, on Trowbridge estate: a word that is none, and a place; but "the Kowalczyk boys" are a family.

    An estate or a playground by an ordinary word ("the Nightingale estate") is asked about.
    """
    words, first = reading.words, head
    while first > 0 and head - first < 3 and words[first - 1].shape == CAPITAL and not taken[first - 1]:
        if reading.gap_before(first) != " " or words[first - 1].key in RELATIONS or words[first - 1].possessive:
            break
        first -= 1
    if first == head or words[head].shape != LOWER:
        return
    ground = words[head].key in _GROUNDS
    place = ground or words[head - 1].key in PLACE_NOUNS
    end = reading.ends[head if ground else head - 1]
    if place and any(is_strong(words[k]) and not words[k].kept for k in range(first, head)):
        yield Span(reading.starts[first], end, PLACE, "recogniser:named place", RECOGNISER)
    elif (
        ground
        and not reading.starts_sentence(first)
        and OF_THE_TRADE.isdisjoint(words[k].key for k in range(first, head))
    ):
        why = "may be the name of a place where the family can be found"
        yield Span(reading.starts[first], end, PLACE, "recogniser:unsure place", DOUBT, 0.5, why)


def _goes_on(reading: Reading, kind: int) -> bool:
    """Whether more than a street is named: "the Albert Road area", "Well Street Surgery"."""
    following = reading.word(kind + 1)
    return (
        following is not None
        and reading.gap_after(kind) == " "
        and (following.shape == CAPITAL or following.key in _NO_STREET)
    )


def _typed_streets(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Streets where everything is in capitals, or nothing is."""
    text = reading.text
    patterns: list[tuple[re.Pattern[str], int | str]] = []
    if any(reading.words[i].shape == UPPER for i in reading.cues):
        patterns.append((_UPPER_STREET, 0))
    if reading.small or any(reading.words[i].key in STREETS and reading.words[i].shape == LOWER for i in reading.cues):
        patterns.append((_SMALL_STREET, "street"))
    for pattern, group in patterns:
        for found in pattern.finditer(text):
            inside = list(reading.between(*found.span(group)))
            names = [k for k in inside[:-1] if reading.words[k].key not in _GENERIC and len(reading.words[k].key) > 1]
            if not names or any(taken[k] for k in inside):
                continue
            if group == 0 or is_strong(reading.words[names[0]]):
                yield Span(*found.span(group), ADDRESS, "recogniser:street", RECOGNISER)
            elif reading.lowers[inside[-1]] in _SURE_KINDS and len(names) == len(inside) - 1:
                why = "may be where somebody lives"
                yield Span(*found.span(group), ADDRESS, "recogniser:unsure place", DOUBT, 0.5, why)


def _plays_for(reading: Reading, taken: list[bool], i: int) -> Iterator[Span]:
    """Plays for Lower Clapton Badgers: a team, also where a town is the only word that is a name."""
    if reading.lowers[i + 1 : i + 2] not in (["for"], ["with"], ["w"]):
        return
    last = first = i + 2
    while last < len(reading.words) and last - first < 4 and reading.words[last].shape == CAPITAL:
        if (taken[last] and reading.words[last].parts) or (last > first and reading.gap_before(last) != " "):
            break
        if len(reading.words[last].key) == 1:
            break  # "Quarry Wanderers U12"
        last += 1
    last += 2 * (last == first + 1 and _is_joined_by_of(reading, taken, last))  # "football with Owls of Quennel"
    named = [reading.words[k] for k in range(first, last)]
    if len(named) > 1 and not (all(word.kept for word in named) or named[-1].first_name or all(taken[first:last])):
        yield Span(reading.starts[first], reading.name_end(last - 1), ORGANISATION, "recogniser:led to", RECOGNISER)


def _is_joined_by_of(reading: Reading, taken: list[bool], k: int) -> bool:
    beyond = reading.word(k + 1)
    return (
        beyond is not None
        and reading.lowers[k] == "of"
        and beyond.shape == CAPITAL
        and reading.gap_before(k) == reading.gap_before(k + 1) == " "
        and not taken[k + 1]
    )


def _led_to(reading: Reading, taken: list[bool], i: int, label: str, *, strong: bool) -> Iterator[Span]:
    """The capitalised words behind a preposition, when they are no person, no town and none of the trade's."""
    if _AIMED.intersection(reading.lowers[max(0, i - 2) : i]):
        return  # "shouted at Jamal"
    first = i + 1
    if reading.lowers[first : first + 1] == ["the"]:
        first += 1
    if first >= len(reading.words) or reading.gap_before(i + 1) != " " or reading.gap_before(first) != " ":
        return
    if reading.small and reading.words[first].shape == LOWER:
        word = reading.words[first]
        if strong:
            if word.strange and not (taken[first] or word.first_name or is_like_a_word(word.key)):
                why = "may be the name of a place where the family can be found"
                at = reading.starts[first], reading.name_end(first)
                yield Span(*at, label, "recogniser:unsure place", DOUBT, 0.5, why)
            return
        if is_strong(word) and not (word.first_name or taken[first]):
            yield Span(reading.starts[first], reading.name_end(first), label, "recogniser:led to", RECOGNISER)
        return
    last = first - 1
    while last + 1 < len(reading.words) and last - first < 3 and _continues(reading, taken, first, last + 1):
        last += 1
    if _is_of_a_town(reading, taken, first, last):
        yield Span(reading.starts[first], reading.ends[last + 2], label, "recogniser:led to", RECOGNISER)
        return
    if last < first or not _is_no_person(reading, first, last) or is_made_up(reading, first, last):
        return
    inside = [reading.words[k] for k in range(first, last + 1)]
    telling = [w for w in inside if not w.kept and w.key not in _TRADE]
    if any(is_strong(w) for w in telling) or (telling and not strong and len(inside) > 1):
        the = first > 1 and reading.texts[first - 1] == "The" and reading.gap_before(first) == " "
        yield Span(reading.starts[first - the], reading.ends[last], label, "recogniser:led to", RECOGNISER)


def _is_of_a_town(reading: Reading, taken: list[bool], first: int, last: int) -> bool:
    """Worked at Raj of Wapping: a word that no list knows, and a town behind "of"."""
    town = last + 2
    return (
        first <= last
        and town < len(reading.words)
        and reading.lowers[last + 1] == "of"
        and reading.gap_after(last) == reading.gap_before(town) == " "
        and is_strong(reading.words[last])
        and is_a_town(reading, town)
        and not taken[last]
    )


def _who_belongs_there(reading: Reading, taken: list[bool], i: int) -> Iterator[Span]:
    """On roll at Orchard, a volunteer at Kids Corner: who is there is known there, whatever the words mean."""
    if reading.lowers[i] != "at" or not i or reading.lowers[i - 1] not in _BELONGS:
        return
    the = reading.lowers[i + 1 : i + 2] == ["the"]
    first = i + 1 + the
    last = first - 1
    while last + 1 < len(reading.words) and last - first < 3 and _names_it(reading, taken, last + 1):
        if last >= first and reading.gap_before(last + 1) not in (" ", " & ", "-"):
            break
        last += 1
    inside = [reading.words[k] for k in range(first, last + 1)]
    if not inside or reading.gap_before(first) != " " or (inside[0].first_name and is_strong(inside[0])):
        return
    if (the and len(inside) == 1) or inside[-1].possessive or all(word.key in _KINDS for word in inside):
        return  # "worked at the Crib", "staying at Mum's", "lives at Hostel"
    yield Span(reading.starts[first], reading.ends[last], PLACE, "recogniser:led to", RECOGNISER)


def _names_it(reading: Reading, taken: list[bool], k: int) -> bool:
    word = reading.words[k]
    plain = word.shape == CAPITAL and len(word.key) > 2 and not (word.kept or word.title or taken[k])
    return plain and word.key not in _OCCASIONS and word.key not in RELATIONS


def _continues(reading: Reading, taken: list[bool], first: int, k: int) -> bool:
    word = reading.words[k]
    if taken[k] or word.title or word.key in RELATIONS or word.shape in (LOWER, UPPER) or len(word.key) == 1:
        return False  # the last for "the Treehouse N16"
    return k == first or reading.gap_before(k) in (" ", " & ", "-", "'")


def _is_no_person(reading: Reading, first: int, last: int) -> bool:
    """Costcutter, Tayyabs, Latham & Crewe; but Maria, and "at Aunty Noreen's"."""
    words = [reading.words[k] for k in range(first, last + 1)]
    if words[0].shape != CAPITAL:
        return False
    if words[0].possessive or (last > first and words[-1].possessive and words[0].first_name):
        return False
    return not (words[0].first_name and last == first)
