"""Addresses, schools, nurseries and surgeries: those of the register in every short form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.domain.register import CaseRegister
from audit_kit.privacy import labels
from audit_kit.privacy.addresses import STREET_KINDS, TOWN
from audit_kit.privacy.folding import fold
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.spans import REGISTER_NUMBER, Span
from audit_kit.privacy.vocabulary import is_ordinary

#: between the words of an address, which may stand on two lines
_GAP = r"[ \n]{1,2}"
#: a home within a house, as it is abbreviated
_WITHIN = (
    r"(?:[Ff]lat|[Ff]lt|FLAT|FLT|[Aa]pt|[Rr]oom|ROOM|[Rr]m|RM|[Bb]ay|BAY|[Pp]itch|PITCH|[Pp]lot|PLOT|[Uu]nit|UNIT)"
)
_HOME_BEFORE = (
    r"(?:(?:Garden|Basement|Ground Floor|First Floor|Second Floor|Top Floor|Top|Upper|Lower|Rear|Front) (?:Flat|Maisonette),?[ ]{1,2})?"
    rf"(?:{_WITHIN}\.?[ ]{{0,2}}(?:\d{{1,4}}[A-Za-z]?|[A-Za-z]\b),?{_GAP}|(?:\d{{1,3}}|[A-Za-z])/)?"
)
_DOOR_BEFORE = rf"(?:\d{{1,4}}[A-Za-z]?,?{_GAP})?"
#: "Beaumont Lodge Rm 11"
_HOME_BEHIND = rf"(?:,?[ ]{{1,2}}{_WITHIN}[ ]{{0,2}}\d{{1,4}}[A-Za-z]?(?![A-Za-z0-9]))?"
#: "Larch Lane Caravan Site" is written "LARCH LN SITE"
_SITE = rf"(?:{_GAP}(?:(?:caravan|travell?ers?'?){_GAP})?site)?"
#: begin a name as well as they end one: "Park Road", "St John's Close"
_ALSO_FIRST = frozenset(["st", "saint", "park", "hill", "green", "common", "upper", "lower"])

_SCHOOL_END = r"Primary|Secondary|School|Sch|Academy|Acad|College|Infants?|Juniors?|High|Grammar|RC|R\.C\.|CofE|C of E|Catholic|Community|Church of England|Girls'?|Boys'?|Comprehensive|Nursery|Federation|Convent|Prim|Jnrs?|Jnr|Infs?|PRU|Pupil Referral Unit|Special|Prep"
_NURSERY_END = r"Nursery|Nurseries|Pre-?school|Day|Children'?s|Centre|Playgroup|School|Kindergarten|Montessori"
_SURGERY_END = r"Surgery|Practice|Medical|Health|Centre|Center|Group|Clinic|GP|Doctors"
_GENERIC = {
    "school": frozenset(["primary", "secondary", "school", "academy", "college", "infant", "infants", "junior", "juniors", "high", "grammar", "rc", "cofe", "catholic", "community", "preparatory", "prep", "senior", "foundation", "free", "studio", "sixth", "form", "girls", "boys", "comprehensive", "nursery", "roman", "church", "england", "federation", "special", "voluntary", "aided", "ce", "jewish", "convent", "pru", "pupil", "referral", "unit"]),
    "nursery": frozenset(["nursery", "preschool", "pre", "school", "day", "childrens", "centre", "playgroup", "kindergarten", "montessori", "early", "years"]),
    "surgery": frozenset(["surgery", "practice", "medical", "health", "centre", "center", "group", "clinic", "gp", "doctors", "the"]),
}  # fmt: skip


class RegisteredPlaces:
    """The addresses, schools, nurseries and surgeries of one register, compiled."""

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        patterns: dict[tuple[str, str, str], str] = {}
        for person in register.people:
            for pattern, telling in _address_patterns(person.address):
                patterns[(pattern, labels.ADDRESS, "register:address")] = _letters_of(telling)
            for typed, label, kind, ends in (
                (person.school, labels.SCHOOL, "school", _SCHOOL_END),
                (person.nursery, labels.NURSERY, "nursery", _NURSERY_END),
                (person.gp_practice, labels.SURGERY, "surgery", _SURGERY_END),
            ):
                for one in re.split(r"[;\n]", typed):
                    telling = _telling(one, kind)
                    for pattern in _place_patterns(telling, ends, keep):
                        patterns[(pattern, label, f"register:{kind}")] = _letters_of(telling[:1])
        self._patterns = [(re.compile(p), label, rule, letters) for (p, label, rule), letters in patterns.items()]

    def find(self, text: str) -> Iterator[Span]:
        """Every registered place in a folded text."""
        small = text.lower()
        for pattern, label, rule, letters in self._patterns:
            for found in pattern.finditer(text) if letters in small else ():
                yield Span(found.start(), found.end(), label, rule, REGISTER_NUMBER)


def _letters_of(words: list[str]) -> str:
    """Letters that every form of the place holds: most texts hold none, and are not searched (speed)."""
    kinds = STREET_KINDS.keys() | {"and"}
    pieces = [re.split(r"[^a-z]", w.lower())[0] for w in words if w.lower().rstrip(".") not in kinds]
    return max(pieces, key=len, default="")


def _address_patterns(address: str) -> Iterator[tuple[str, list[str]]]:
    """Number and street, the street alone, the name of a house; each with its abbreviations."""
    pieces = re.split(r"[,\n;]", fold(address).text)
    for number, piece in enumerate(pieces):
        words = re.findall(r"[A-Za-z0-9'.-]+", piece)
        if not words or (len(words) == 1 and words[0].lower() in ("london", "hackney")):
            continue
        flat = bool(re.fullmatch(r"(?i)(flat|apt|apartment|room|unit|bay|plot|pitch|caravan|trailer|chalet)", words[0]))
        numbers = [w for w in words if w[0].isdigit()]
        names = [
            w for w in words if not w[0].isdigit() and not re.fullmatch(r"(?i)(flat|apt|apartment|room|unit|no\.?)", w)
        ]
        if (
            flat
            and len(names) <= 1
            and (not names or names[0].lower() in ("bay", "plot", "pitch", "caravan", "trailer", "chalet"))
        ):
            continue
        if not names:
            continue
        if not number and len(pieces) > 1 and not numbers and names[-1].lower() not in STREET_KINDS:
            yield from ((pattern, names) for pattern in _house_patterns(names))
        yield from _street_patterns(numbers[-1] if numbers else "", names)


def _house_patterns(names: list[str]) -> Iterator[str]:
    """A house by its name, as it is written: "The Old Dairy". One ordinary word says too little."""
    telling = names[1:] if names[0].lower() == "the" else names
    if len(telling) > 1 or (telling and not is_ordinary(telling[0].lower())):
        spelled = r"[ ]{1,2}".join(f"(?:{re.escape(w)}|{re.escape(w.upper())})" for w in telling)
        yield rf"(?<!\w)(?:[Tt]he[ ])?{spelled}(?![A-Za-z])"


def _street_patterns(number: str, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    ends_in_kind = names[-1].lower() in STREET_KINDS and len(names) > 1
    for i in range(1, len(names) - 1):
        if names[i].lower() in STREET_KINDS and names[i].lower() not in _ALSO_FIRST:
            yield from _street_patterns(number, names[: i + 1])
            break
    spelled = _GAP.join(_street_word(w, last=i == len(names) - 1) for i, w in enumerate(names))
    if number:
        begin = rf"(?<![\w/.]){_HOME_BEFORE}(?:[Nn]o\.?[ ]?|[Nn]umber[ ])?{_any_case(number)}[ ]?,?[ ]{{0,2}}"
        yield rf"(?i:{begin}{spelled}{_SITE})(?![A-Za-z]){TOWN}", names
        if ends_in_kind:
            short = _GAP.join(_street_word(w, last=False) for w in names[:-1])
            yield rf"(?i:{begin}{short})(?![A-Za-z])", names[:-1]
    if ends_in_kind:
        common = all(is_ordinary(w.lower()) for w in names)
        if common and not number:
            # "Rose Cottage" with its capitals; "the rose cottage in the picture" stays
            capitals = _GAP.join(
                f"(?:{_capitals(STREET_KINDS[w.lower()])})" if w.lower() in STREET_KINDS else f"(?:{w}|{w.upper()})"
                for w in names
            )
            yield rf"(?<![\w/.]){_HOME_BEFORE}{_DOOR_BEFORE}{capitals}(?i:{_SITE})(?![A-Za-z]){_HOME_BEHIND}", names
        elif common:
            typed = _GAP.join(
                f"(?:{STREET_KINDS[w.lower()]})" if w.lower() in STREET_KINDS else re.escape(w) for w in names
            )
            yield rf"(?<!\w){typed}(?![A-Za-z])", names
        else:
            yield rf"(?i:(?<![\w/.]){_HOME_BEFORE}{_DOOR_BEFORE}{spelled}{_SITE})(?![A-Za-z]){_HOME_BEHIND}", names


def _capitals(kinds: str) -> str:
    return "|".join([*kinds.split("|"), *(k.upper() for k in kinds.split("|"))])


def _any_case(word: str) -> str:
    return "".join(re.escape(c) for c in word)


def _street_word(word: str, *, last: bool) -> str:
    kinds = STREET_KINDS.get(word.lower().rstrip("."))
    if kinds:
        return rf"(?:{kinds})\.?" if not last else rf"(?:{kinds})"
    bare = word.replace("'", "")
    return r"'?".join(re.escape(c) for c in [bare[:-1], bare[-1:]] if c)


def _telling(typed: str, kind: str) -> list[str]:
    """The words of a place's name that say which one it is."""
    telling: list[str] = re.findall(r"[A-Za-z0-9'.&-]+", fold(typed).text)
    while len(telling) > 1 and re.sub(r"[^a-z]", "", telling[-1].lower()) in _GENERIC[kind]:
        telling.pop()
    while len(telling) > 1 and telling[0].lower() in ("the", "a"):
        telling.pop(0)
    return telling


def _place_patterns(telling: list[str], ends: str, keep: KeepWords) -> Iterator[str]:
    """The telling words of a place's name, with or without what kind of place it is."""
    if not telling:
        return
    spelled = r"(?:(?<![A-Za-z])The )?" + r"[ ,\-]{1,3}".join(_place_word(w) for w in telling)
    tail = rf"(?:'?s)?(?:[ ]{{1,2}}(?:{ends}))"
    keys = [re.sub(r"[^a-z]", "", w.lower()) for w in telling]
    place = tuple(keys) in keep.phrases or all(k in keep.words for k in keys)
    common = all(is_ordinary(k) or k in keep.words for k in keys)
    if place or (common and len(telling) == 1):
        yield rf"(?i:(?<!\w){spelled}{tail}{{1,5}})(?![A-Za-z])"
        if not place:
            # a capital where none is due: "since May Daffodil has sent a note", and not "Daffodil Day"
            yield rf"(?:{_WHERE}|(?<=[a-z,;] )){spelled}(?:'?s)?(?![A-Za-z])(?![ ][A-Z])"
            yield rf"(?:^|(?<=[.!?] )|(?<=\n)){spelled}(?=(?: now| then| also| still| only| never)? (?:{_SAYS_OR_DOES})\b)"
        else:
            # a place of that name stays; what is said to be the school or the practice doesn't
            yield rf"(?:{_SAID}|{_AS_A_PUPIL}){spelled}(?:'?s)?(?![A-Za-z])(?![ ][A-Z])"
            yield rf"(?<!\w){spelled} (?:Girls|Boys)'?(?![A-Za-z])"
    elif common:
        yield rf"(?<!\w){spelled}(?:'?s)?(?:[ ]{{1,2}}(?:{ends})){{0,5}}(?![A-Za-z])"
        first = re.escape(telling[0].rstrip("'s"))
        yield rf"(?<!\w)(?={first.upper()})(?i:{spelled}(?:'?s)?(?:[ ]{{1,2}}(?:{ends})){{0,5}})(?![A-Za-z])"
        # "clapham row sent miss a round", and not "in a row"
        small = rf"(?={first.lower()})(?i:{spelled}(?:[ ]{{1,2}}(?:{ends})){{0,5}})"
        yield rf"(?:{_WHERE}{small}(?![A-Za-z])|(?<!\w){small}(?= (?:{_SAYS_OR_DOES})\b))"
    else:
        yield rf"(?i:(?<!\w){spelled}(?:'?s)?)(?:[ ]{{1,2}}(?i:{ends})){{0,5}}(?![A-Za-z])"
        # the first word or two of a long name is what people say: "Mossbourne", "St Monica's"
        head = (
            telling[:2]
            if keys[0] in ("st", "saint", "our", "al", "el", "beis", "bais", "de", "new", "old", "lady")
            else telling[:1]
        )
        if len(head) < len(telling) and not all(
            is_ordinary(re.sub(r"[^a-z]", "", w.lower())) or w.lower() in keep.words for w in head
        ):
            short = r"[ ,\-]{1,3}".join(_place_word(w) for w in head)
            telling_head = (
                len(head) == 1 and len(head[0]) >= 7 and head[0].isalpha()
            )  # "kingsmead" in small letters too
            short = f"(?i:{short})" if telling_head else short
            yield rf"(?<!\w){short}(?:'?s)?(?:[ ]{{1,2}}(?:{ends})){{0,5}}(?![A-Za-z])"


_BEFORE_PLACES = (
    "at in to from by of for attends attend attended attending school nursery surgery with left joined outside near"
)
_SCHOOL_STAFF = ("DSL", "DDSL", "SENCO", "SENCo", "[Hh]eadteacher", "[Hh]ead teacher", "[Hh]ead of year", "[Tt]eacher")
_SAID = "(?:{})".format(
    "|".join(
        rf"(?<=\b{kind}{means})"
        for kind in ("[Ss]chool", "[Nn]ursery", "[Ss]urgery", "[Pp]ractice", "GP", *_SCHOOL_STAFF)
        for means in ((", ", " at ", " for ") if kind in _SCHOOL_STAFF else (": ", " - ", " is ", " was "))
    )
)
_AS_A_PUPIL = "(?:{})".format(
    "|".join(
        rf"(?<=\b{before} )"
        for before in (
            "attends",
            "attended",
            "attending",
            "excluded from",
            "enrolled at",
            "pupil at",
            "head of",
            "joined",
        )
    )
)
#: what only somebody does: "Daffodil now send a note home"
_SAYS_OR_DOES = "send|sends|sent|say|says|said|report|reports|reported|tell|tells|told|call|calls|called|ask|asks|asked|refer|refers|referred|note|notes|noted|hold|holds|held|did|have|has|had|were|was|is|are|and school"
#: what stands before the bare first word of a school's name
_WHERE = "(?:{}|{})".format(_SAID, "|".join(rf"(?<=\b(?i:{before}) )" for before in _BEFORE_PLACES.split()))


def _place_word(word: str) -> str:
    low = word.lower().rstrip(".")
    if low in ("st", "saint"):
        return r"(?:Saint|St)\.?"
    if low in ("and", "&"):
        return r"(?:and|&|\+)"
    if low in STREET_KINDS and low not in ("st", "saint", "way"):
        return rf"(?:{STREET_KINDS[low]})\.?"  # "Haverstock Pk" of Haverstock Park School
    bare = re.sub(r"'s$|s'$", "", word)
    return re.escape(bare).replace("'", "'?") + (r"'?s?'?" if bare != word else r"'?")
