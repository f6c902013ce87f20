"""Addresses that are in no register: number and street, flats and house numbers by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.folding import holds_any
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.vocabulary import is_ordinary, is_uncommon
from audit_kit.privacy.wordlists import word_class

#: how the kinds of street and building are written
STREET_KINDS: dict[str, str] = {
    "road": r"Road|Rd", "street": r"Street|Str|St", "avenue": r"Avenue|Aven|Ave|Av", "lane": r"Lane|La|Ln", "close": r"Close|Clo|Cl",
    "court": r"Court|Crt|Ct", "gardens": r"Gardens|Garden|Gdns|Gdn", "drive": r"Drive|Drv|Dr", "place": r"Place|Pl", "square": r"Square|Sq",
    "terrace": r"Terrace|Terr|Ter|Tce", "crescent": r"Crescent|Cresc|Cres|Crs", "grove": r"Grove|Grv|Gve|Gr", "way": r"Way|Wy", "walk": r"Walk|Wlk|Wk",
    "mews": r"Mews|Mws", "hill": r"Hill|Hl", "alley": r"Alley|Aly", "fields": r"Fields|Flds", "vale": r"Vale", "steps": r"Steps", "rise": r"Rise", "row": r"Row", "house": r"House|Hse", "buildings": r"Buildings|Bldgs",
    "estate": r"Estate|Est", "mansions": r"Mansions|Mans", "park": r"Park|Pk", "green": r"Green|Grn", "passage": r"Passage|Psge",
    "tower": r"Tower|Twr", "towers": r"Towers", "point": r"Point|Pt", "lodge": r"Lodge|Ldg", "villas": r"Villas|Vls", "parade": r"Parade|Pde",
    "heights": r"Heights|Hts", "view": r"View", "yard": r"Yard|Yd", "wharf": r"Wharf|Whf", "common": r"Common", "cottage": r"Cottage|Cott",
    "cottages": r"Cottages", "broadway": r"Broadway|Bdwy", "north": r"North|N", "south": r"South|S", "east": r"East|E", "west": r"West|W",
    "upper": r"Upper|Upr|U\.", "lower": r"Lower|Lwr|L\.", "great": r"Great|Gt", "little": r"Little|Lt", "mount": r"Mount|Mt", "saint": r"Saint|St\.?", "st": r"Saint|St\.?", "vicarage": r"Vicarage|Vic", "rectory": r"Rectory", "barn": r"Barn", "farm": r"Farm", "manor": r"Manor", "bungalow": r"Bungalow", "chambers": r"Chambers",
    "quay": r"Quay", "reach": r"Reach", "path": r"Path", "gate": r"Gate", "circus": r"Circus", "site": r"Site", "apartments": r"Apartments|Apts",
    "rents": r"Rents", "sidings": r"Sidings", "maltings": r"Maltings",
}  # fmt: skip
_KIND = "|".join(
    sorted(
        {
            k
            for name, kinds in STREET_KINDS.items()
            if name
            not in (
                "north",
                "south",
                "east",
                "west",
                "upper",
                "lower",
                "great",
                "little",
                "mount",
                "fields",
                "vale",
                "saint",
                "st",
                "site",
                "path",
                "gate",
                "reach",
                "farm",
                "park",
                "common",
                "view",
                "point",
            )
            for k in kinds.split("|")
        },
        key=len,
        reverse=True,
    )
)
_FLAT = r"(?:(?:Flat|Flt|Apartment|Apt|Room|Rm|Unit|Bay|Arch|Plot|Pitch|Caravan|Trailer|Chalet|Mobile Home)\.?[ ]{0,2}(?:no\.?[ ]?)?(?:\d{1,4}[A-Za-z]?|[A-H]\b)|Ground floor flat|GFF)"
_NUMBER = r"(?:(?:No\.?|number)[ ]?)?\d{1,4}[A-Za-z]?(?:[ ]?[-/][ ]?\d{1,4}[A-Za-z]?)?"
TOWN = r"(?:(?:,?[ ]{1,2}London)?,?[ ]{1,2}(?:EC|WC|[ENW]|NW|SE|SW)\d{1,2}[A-Z]?(?![A-Za-z0-9])(?! ?\d[A-Za-z]{2}\b))?"
_STREET_WORD = r"(?:St\.?[ ]|(?:the|of)[ ])?[A-Z][A-Za-z']{1,20}"
#: with a number before, these are streets too: "104 Amhurst Pk"
_AT_WORK = "Arches|Works|Workshops|Studios|Mill|Business Park|Business Centre"  # "Unit 9, Pinmoor Works"
_GROUNDS = "Field|Fields|Meadow|Meadows|Farm|Site"  # "Bay 2, Thistle Field"
_NUMBERED_KINDS = f"{_KIND}|Park|Pk|Common|View|Point|{_AT_WORK}"
_KIND_WORDS = frozenset(
    kind + owns
    for kinds in f"{_NUMBERED_KINDS}|{_GROUNDS}".split("|")
    for kind in kinds.split(" ")[-1:]
    for owns in ("", "'s", "'S")
)
_HOUSE = r"(?:(?:The )?[A-Z][a-z']{2,20}(?: [A-Z][a-z']{2,20})? (?:House|Court|Lodge|Tower|Point|Mansions|Heights|Buildings),[ ])?"
_WORDED_FLAT = r"(?:(?:Garden|Basement|Ground Floor|First Floor|Second Floor|Third Floor|Top|Top Floor|Upper|Lower|Rear|Front|Studio) (?:[Ff]lat|[Mm]aisonette),?[ ])?"
_ADDRESS = re.compile(
    rf"(?<![\w/.£-])(?=[A-Zn\d]){_WORDED_FLAT}{_HOUSE}(?:{_FLAT},?[ ]{{1,2}})?{_NUMBER},?[ ]{{1,2}}{_STREET_WORD}(?:[ ]{_STREET_WORD}){{0,3}}?[ ](?:{_NUMBERED_KINDS})(?![A-Za-z]){TOWN}"
    rf"|(?<![\w/.£-])(?=[A-Z]){_FLAT},?[ ]{{1,2}}{_STREET_WORD}(?:[ ]{_STREET_WORD}){{0,3}}?[ ](?:{_KIND}|{_AT_WORK}|{_GROUNDS})(?![A-Za-z]){TOWN}"
)
#: leads to an address where its street is an ordinary word: "in luton, 8 vine st"
_LEADS = re.compile(r"(?:\b(?:at|in|of|to|from|on|near|address|lives|stays|staying|moved|unit|flat)|[,:;(]) $")
#: without one of these no such address stands in a text: most texts are spared the long form
_BEFORE_STREET = re.compile(r"\d[A-Za-z]?,?[ ]{1,2}(?:St\.?[ ]|(?:the|of)[ ])?[A-Z]")
_WITHOUT_NUMBER = ("GFF", "Ground floor", "Flat", "FLAT", "Flt", "Ap", "Room", "Rm", "Unit", "Bay", "Arch", "Plot", "Pitch", "Caravan", "Trailer", "Chalet", "Mobile")  # fmt: skip
#: the same as words, also with the letter of the flat typed to them
_FLATS = frozenset(
    home + door for home in word_class("addresses.flats") for door in ("", "no", "a", "b", "c", "d", "e", "f", "g", "h")
)
_LOWER_ADDRESS = re.compile(
    r"\d(?<![\w/.£-]\d)\d{0,3}[a-z]?,? (?P<street>[a-z']{3,20}(?: [a-z']{3,20})?) "
    r"(?:road|rd|street|avenue|ave|close|crescent|gardens|gdns|terrace|lane|ln|grove|mansions|mews|(?P<short>st|court|ct|walk|row|house|hse|drive|square|yard|wharf|quay|arches))\b"
)
#: "4 The Cedars", and a street without its number in front of a postcode
_THE_HOUSES = re.compile(
    rf"(?<![\w/.£-])\d{{1,4}}[A-Za-z]? The [A-Z][a-z]{{2,20}}s(?:, {_STREET_WORD}(?: {_STREET_WORD})?? (?:{_KIND}))?(?![A-Za-z])"
)
_POSTCODE_END = re.compile(r"\d[A-Z]{2}\b")
_BEFORE_POSTCODE = re.compile(
    rf"(?<![\w/.£-])(?:{_STREET_WORD})(?:[ ]{_STREET_WORD}){{0,2}}?[ ](?:{_KIND})(?=,? (?:London,? )?[A-Z]{{1,2}}\d[\dA-Z]? ?\d[A-Z]{{2}}\b)"
)
_NOT_STREETS = word_class("places.not_streets")
_MONTHS = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[ ](?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
#: "an EPDS score 17, Thorn Lane told"
_SCORED = re.compile(r"\bscored? $")
#: a home by its number alone: "Flat 42", "plot 9", "next door at no. 29"
_HOME = re.compile(
    r"(?<![\w-])(?=[FfAaPpCcTtMmNn])(?P<kind>[Ff]la?t|FLA?T|[Aa]partment|[Aa]pt\.?|[Pp]itch|[Pp]lot|[Cc]aravan|[Tt]railer|[Cc]halet|[Mm]aisonette|[Nn]o\.?|[Nn]umber)[ ]{1,2}(?:[Nn]o\.?[ ]?)?\d{1,4}[A-Za-z]?(?![\w%/]|[.,:]\d)"
    r"|(?<![\w-])(?=F)(?P<lettered>Flat|FLAT|Flt)[ ](?:[A-H](?![\w'&/-]|[ ][A-Z]))"
)
_HOMES = word_class("addresses.homes")
#: a room in a hostel or hotel: "Room 9, The Laurels", "Room 214 at the Portland"
_ROOM = re.compile(
    r"(?<![\w-])(?:[Rr]oom|Rm)[ ]\d{1,4}[A-Za-z]?(?:,? at the|, [Tt]he| at| of the|,) (?:[A-Z][a-z']{2,20} ?\b){1,3}"
)
_ROOMS = frozenset(["room", "rm"])
_NEXT_TO = re.compile(
    r"(?:\b(?:at|of|from|door|neighbours?|occupants?|residents?|lives?|living|house|opposite)(?: (?:at|of|in|from))? |\(|\b(?:gone|sent|posted|delivered|went|letters?) to )$",
    re.I,
)
_LODGED = re.compile(
    r"\b(?:hotel|hostel|B&B|placed|housed|moved|living|lives?|lived|stay(?:s|ed|ing)?|night staff|accommodat\w+)\b",
    re.I,
)
#: "the neighbour at 14b"
_DOOR = re.compile(
    r"\b(?:[Nn]eighbours?|[Nn]ext door|[Rr]esidents?|occupants?|tenants?)(?: upstairs| downstairs)?,? (?:at|from|of|in) (?:numbers? |nos?\.? )?(?P<number>(?!(?:19|20)\d\d\b)(?:(?:[Rr]oom|[Rr]m|[Ff]lat|[Bb]edsit|[Uu]nit|[Pp]lot|[Pp]itch) )?\d{1,4}[A-Za-z]?(?: (?:and|&) \d{1,4}[A-Za-z]?(?! (?:others?|more|of)\b))?)(?![\w%/:]|[.,]\d| (?:years?|weeks?|months?|days?|yrs?)\b| [A-Z])"
)
_BESIDE = word_class("addresses.beside")
#: "the lady at 12b", "the man in bedsit 6": a letter or the kind of home tells that no sum and no age stands there; a room may be one of an office
_SOMEBODYS_DOOR = re.compile(
    r"\b(?:lady|man|woman|couple|family|lodgers?) (?:at|from|in|of) (?P<number>[Bb]edsit \d{1,4}[A-Za-z]?|\d{1,4}[a-d])(?![\w%/:]|[.,]\d)"
)
_SOMEBODY = word_class("addresses.somebody")
#: the number of a door beside who lives behind it: "(Mrs Ottway, no. 31)", "the man opposite, at number 6"
_WHOSE_DOOR = re.compile(
    r"\b(?:(?:Mrs?|Ms|Miss|Dr)\.? [A-Z][\w'-]+|[Nn]eighbours?(?:(?:'s?)?,? [A-Z][\w'-]+){0,2}(?: [A-Z][\w'-]+)?|[Nn]eighbours?'s?|(?:[Nn]ext door|[Oo]pposite|[Uu]pstairs|[Dd]ownstairs)(?:'s)?)"
    r"(?:,| at| from| of|,? \() ?(?:at |from |of )?(?P<number>(?:[Nn]o\.?|[Nn]umber) ?\d{1,4}[A-Za-z]?|\d{1,4}[A-Da-d])(?![\w%/]|[.:,]\d)"
)
#: where nobody types the kind of street: "lives 22 zenbet"
_LIVES_AT = re.compile(
    r"\b(?:lives?|living|stays?|staying|moved|address)(?: is| at| to| on)? (?P<home>\d{1,4}[a-z]? (?P<street>[a-z]{4,20}))(?![\w'-])"
)
_LIVING = word_class("addresses.living")
_DOOR_LETTER = re.compile(r"\d[A-Da-d](?!\w)")
_NUMBER_SAID = re.compile(r"[Nn](?:o\.?|umber) {0,2}\d")
#: a street without a number, where somebody lives or is moved to
_HOUSED = word_class("addresses.housed")
_LIVES_ON = re.compile(
    r"\b(?:lives?|living|moved?|flat|house|home|address|property|staying|resides|squat|party)(?:: | (?:on|in|at|to) )"
    rf"(?P<street>(?:{_STREET_WORD})(?:[ ]{_STREET_WORD}){{0,2}}?[ ](?:{_KIND})(?![A-Za-z]|[ ](?:{_KIND})(?![A-Za-z])){TOWN})"
)

#: nobody lives in a district called so
_ALWAYS_STREETS = frozenset(["street", "road", "lane", "avenue", "market", "square"])

_HOUSES = ("House", "Lodge", "Hostel", "Hotel", "Mansions", "Heights", "Tower", "Villas", "Cottage", "Court", "Point")
#: "at Kestrel House": a hostel or a home by its name alone; or a service whose name everybody may know
_BY_NAME = re.compile(
    r"\b(?:at|in|from|to|near|outside|into|opposite|of|behind|by) (?P<name>(?:the )?(?:"
    r"(?!Crown|County|Family|Youth|High|Coroner|Magistrate|Supreme|Law|Food|Tennis)[A-Z][a-z']{2,20} ){1,2}(?:"
    rf"{'|'.join(_HOUSES)}|Towers))\b(?! [A-Z]| of [A-Z])"
)


def named_houses(text: str) -> Iterator[tuple[int, int]]:
    """Houses by their name alone, which only a person can tell from a service that everybody knows."""
    for found in _BY_NAME.finditer(text) if holds_any(text, _HOUSES) else ():
        yield found.span("name")


def unregistered_addresses(reading: Reading, keep: KeepWords) -> Iterator[tuple[int, int]]:
    """Number and street of anybody: "44 Cassland Road", "Flat 12, Penfold House", "Flat 42"."""
    text = reading.text
    lettered = reading.says(_FLATS) and holds_any(text, _WITHOUT_NUMBER)
    if (lettered or _BEFORE_STREET.search(text)) and not _KIND_WORDS.isdisjoint(reading.texts):
        for found in _ADDRESS.finditer(text):
            if not (_MONTHS.match(found[0]) or _SCORED.search(text, max(0, found.start() - 8), found.start())):
                yield found.span()
    if lettered or reading.numbered:
        yield from _numbered(reading)
    for found in _LIVES_ON.finditer(text) if reading.says(_HOUSED) else ():
        if not _is_a_district(found, keep):
            yield found.span("street")


def _is_a_district(found: re.Match[str], keep: KeepWords) -> bool:
    """Lives in Wood Green; but "lives in Mare Street" and "on Stamford Hill", though their names are kept."""
    words = tuple(found["street"].lower().split())
    inside = found.string.endswith(" in ", 0, found.start("street"))
    return inside and words in keep.phrases and words[-1] not in _ALWAYS_STREETS


def _numbered(reading: Reading) -> Iterator[tuple[int, int]]:
    """What is an address only with its number, or with the letter of a flat."""
    text = reading.text
    for found in _LOWER_ADDRESS.finditer(text):
        words = found["street"].split()
        if any(w in _NOT_STREETS for w in words):
            continue
        doubtful = found["short"] or is_ordinary(words[0])
        if not doubtful or _LEADS.search(text, max(0, found.start() - 12), found.start()):
            yield found.span()
    number_said = _NUMBER_SAID.search(text) is not None
    for found in _HOME.finditer(text) if number_said or reading.says(_HOMES) else ():
        by_number = (found["kind"] or "").lower().startswith("n")
        if not by_number or _NEXT_TO.search(text[max(0, found.start() - 24) : found.start()]):
            yield found.span()
    for found in _ROOM.finditer(text) if reading.says(_ROOMS) else ():
        if _LODGED.search(text, max(0, found.start() - 80), found.end() + 40):
            yield found.span()
    for found in _THE_HOUSES.finditer(text) if " The " in text else ():
        yield found.span()
    for found in _BEFORE_POSTCODE.finditer(text) if _POSTCODE_END.search(text) else ():
        yield found.span()
    for found in _LIVES_AT.finditer(text) if reading.says(_LIVING) else ():
        if not is_ordinary(found["street"]) and not is_uncommon(found["street"]):
            yield found.span("home")
    for found in _DOOR.finditer(text) if reading.says(_BESIDE) else ():
        yield found.span("number")
    for found in _SOMEBODYS_DOOR.finditer(text) if reading.says(_SOMEBODY) else ():
        yield found.span("number")
    for found in _WHOSE_DOOR.finditer(text) if number_said or _DOOR_LETTER.search(text) else ():
        yield found.span("number")
