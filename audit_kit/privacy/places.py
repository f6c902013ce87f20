"""Addresses, schools, nurseries and surgeries: those of the register in every short form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
    r"(?:[Ff]la?t|FLA?T|[Ff]l\.?|FL|[Aa]pt|[Rr]oom|ROOM|[Rr]m|RM|[Bb]ay|BAY|[Pp]itch|PITCH|[Pp]lot|PLOT|[Uu]nit|UNIT)"
)
_HOME_BEFORE = (
    r"(?:(?:Garden|Basement|Ground Floor|First Floor|Second Floor|Top Floor|Top|Upper|Lower|Rear|Front) (?:Flat|Maisonette),?[ ]{1,2})?"
    rf"(?:{_WITHIN}\.?[ ]{{0,2}}(?:\d{{1,4}}[A-Za-z]?|[A-Za-z]\b)(?:,?{_GAP}| ?/ ?)|(?:\d{{1,3}}|[A-Za-z])/)?"
)
_DOOR_BEFORE = rf"(?:\d{{1,4}}[A-Za-z]?,?{_GAP})?"
#: "Beaumont Lodge Rm 11"
_HOME_BEHIND = rf"(?:,?[ ]{{1,2}}{_WITHIN}[ ]{{0,2}}\d{{1,4}}[A-Za-z]?(?![A-Za-z0-9]))?"
#: "Larch Lane Caravan Site" is written "LARCH LN SITE"
_SITE = rf"(?:{_GAP}(?:(?:caravan|travell?ers?'?){_GAP})?site)?"
_LONGEST_BEFORE = 64
_HOME_LEADS = re.compile(rf"(?<![\w/.]){_HOME_BEFORE}\Z", re.I)
_DOOR_LEADS_AS_TYPED = re.compile(rf"(?<![\w/.]){_HOME_BEFORE}{_DOOR_BEFORE}\Z")
_DOOR_LEADS = re.compile(_DOOR_LEADS_AS_TYPED.pattern, re.I)
_TOWN_FOLLOWS = re.compile(rf"(?i:{_SITE})(?![A-Za-z]){TOWN}")
_HOME_FOLLOWS = re.compile(rf"(?i:{_SITE})(?![A-Za-z]){_HOME_BEHIND}")
#: begin a name as well as they end one: "Park Road", "St John's Close"
_ALSO_FIRST = frozenset(
    ["st", "saint", "park", "hill", "green", "common", "upper", "lower", "great", "little", "mount"]
)

_SCHOOL_END = r"Primary|Secondary|School|Sch|Academy|Acad|College|Infants?|Juniors?|High|Grammar|RC|R\.C\.|CofE|C of E|Catholic|Community|Church of England|Girls'?|Boys'?|Comprehensive|Nursery|Federation|Convent|Prim|Jnrs?|Jnr|Infs?|PRU|Coll|Pupil Referral Unit|Special|Prep"
_NURSERY_END = r"Nursery|Nurseries|Pre-?school|Day|Children'?s|Centre|Playgroup|School|Kindergarten|Montessori"
_SURGERY_END = r"Surgery|Practice|Medical|Health|Centre|Center|Group|Clinic|GP|Doctors"
_GENERIC = {
    "school": frozenset(["primary", "secondary", "school", "academy", "college", "infant", "infants", "junior", "juniors", "high", "grammar", "rc", "cofe", "catholic", "community", "preparatory", "prep", "senior", "foundation", "free", "studio", "sixth", "form", "girls", "boys", "comprehensive", "nursery", "roman", "church", "england", "federation", "special", "voluntary", "aided", "ce", "jewish", "convent", "pru", "pupil", "referral", "unit"]),
    "nursery": frozenset(["nursery", "preschool", "pre", "school", "day", "childrens", "centre", "playgroup", "kindergarten", "montessori", "early", "years"]),
    "surgery": frozenset(["surgery", "practice", "medical", "health", "centre", "center", "group", "clinic", "gp", "doctors", "the"]),
}  # fmt: skip


class _Form(NamedTuple):
    """One way of writing a registered place: its own words, and what must stand around them.

    What stands around is the same for every register and compiled once; the words are compiled for the first text that
    may hold them. Most of a small case's time once went into compiling.
    """

    said: str  # letters without which it stands in no text
    pattern: str
    before: re.Pattern[str] | None = None  # ends where the words begin
    behind: re.Pattern[str] | None = None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a text, with what belongs to it before and behind."""
        words, at = _compiled(self.pattern), 0
        while found := words.search(text, at):
            start, end = found.span()
            before = self.before.search(text, max(0, start - _LONGEST_BEFORE), start) if self.before else found
            behind = self.behind.match(text, end) if self.behind else found
            if before and behind:
                yield before.start(), behind.end()
            at = end if before and behind else start + 1


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class RegisteredPlaces:
    """The addresses, schools, nurseries and surgeries of one register, in every form."""

    def __init__(self, register: CaseRegister, keep: KeepWords) -> None:
        forms: dict[tuple[_Form, str, str], None] = {}
        for person in register.people:
            for form in _address_forms(person.address):
                forms[(form, labels.ADDRESS, "register:address")] = None
            for typed, label, kind, ends in (
                (person.school, labels.SCHOOL, "school", _SCHOOL_END),
                (person.nursery, labels.NURSERY, "nursery", _NURSERY_END),
                (person.gp_practice, labels.SURGERY, "surgery", _SURGERY_END),
            ):
                for one in re.split(r"[;\n]", typed):
                    for form in _place_forms(_telling(one, kind), ends, keep):
                        forms[(form, label, f"register:{kind}")] = None
        self._forms = tuple(forms)

    def find(self, text: str) -> Iterator[Span]:
        """Every registered place in a folded text."""
        small = text.lower()
        for form, label, rule in self._forms:
            if form.said in small:  # most texts name none of the places
                for start, end in form.spans(text):
                    yield Span(start, end, label, rule, REGISTER_NUMBER)


def _letters_said(words: list[str]) -> str:
    """Letters that stand in every way of writing these words, in lower case; "" when there are none.

    From the first word that has no abbreviation; an apostrophe before its last letter comes and goes.
    """
    for word in words:
        low = word.lower().rstrip(".")
        if low not in STREET_KINDS and low not in ("and", "&"):
            letters = max(re.split(r"[^a-z0-9]+", re.sub(r"'?s'?$|.$", "", low)), key=len)
            return letters[:3] if _may_be_cut(low.replace("'", "")) else letters
    return ""


def _address_forms(address: str) -> Iterator[_Form]:
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
            yield from _house_forms(names)
        yield from _street_forms(numbers[-1] if numbers else "", names)


def _house_forms(names: list[str]) -> Iterator[_Form]:
    """A house by its name, as it is written: "The Old Dairy". One ordinary word says too little."""
    telling = names[1:] if names[0].lower() == "the" else names
    if len(telling) > 1 or (telling and not is_ordinary(telling[0].lower())):
        spelled = r"[ ]{1,2}".join(f"(?:{re.escape(w)}|{re.escape(w.upper())})" for w in telling)
        yield _Form(_letters_said(telling), rf"(?<!\w)(?:[Tt]he[ ])?{spelled}(?![A-Za-z])")


def _street_forms(number: str, names: list[str]) -> Iterator[_Form]:
    ends_in_kind = names[-1].lower() in STREET_KINDS and len(names) > 1
    for i in range(1, len(names) - 1):
        if names[i].lower() in STREET_KINDS and names[i].lower() not in _ALSO_FIRST:
            yield from _street_forms(number, names[: i + 1])
            break
    said = _letters_said(names)
    spelled = _GAP.join(_street_word(w, last=i == len(names) - 1) for i, w in enumerate(names))
    if number:
        begin = rf"(?:[Nn]o\.?[ ]?|[Nn]umber[ ])?{_any_case(number)}[ ]?,?[ ]{{0,2}}"
        yield _Form(said, rf"(?i:{begin}{spelled})(?![A-Za-z])", _HOME_LEADS, _TOWN_FOLLOWS)
        if ends_in_kind:
            short = _GAP.join(_street_word(w, last=False) for w in names[:-1])
            yield _Form(said, rf"(?i:{begin}{short})(?![A-Za-z])", _HOME_LEADS)
    if ends_in_kind:
        common = all(is_ordinary(w.lower()) for w in names)
        if common and not number:
            # "Rose Cottage" with its capitals; "the rose cottage in the picture" stays
            capitals = _GAP.join(
                f"(?:{_capitals(STREET_KINDS[w.lower()])})" if w.lower() in STREET_KINDS else f"(?:{w}|{w.upper()})"
                for w in names
            )
            yield _Form(said, rf"{capitals}(?![A-Za-z])", _DOOR_LEADS_AS_TYPED, _HOME_FOLLOWS)
        elif common:
            typed = _GAP.join(
                f"(?:{STREET_KINDS[w.lower()]})" if w.lower() in STREET_KINDS else re.escape(w) for w in names
            )
            yield _Form(said, rf"(?<!\w){typed}(?![A-Za-z])")
        else:
            yield _Form(said, rf"(?i:{spelled})(?![A-Za-z])", _DOOR_LEADS, _HOME_FOLLOWS)


def _capitals(kinds: str) -> str:
    return "|".join([*kinds.split("|"), *(k.upper() for k in kinds.split("|"))])


def _any_case(word: str) -> str:
    return "".join(re.escape(c) for c in word)


def _street_word(word: str, *, last: bool) -> str:
    kinds = STREET_KINDS.get(word.lower().rstrip("."))
    if kinds:
        return rf"(?:{kinds})\.?" if not last else rf"(?:{kinds})"
    bare = word.replace("'", "")
    return _or_cut_short(bare, r"'?".join(re.escape(c) for c in [bare[:-1], bare[-1:]] if c))


def _may_be_cut(word: str) -> bool:
    return len(word) >= 7 and word.isalpha()


def _or_cut_short(word: str, spelled: str) -> str:
    """A long word may be cut short with a point: "Card. Wolsey"."""
    if not _may_be_cut(word):
        return spelled
    return rf"(?:{spelled}|{word[:3]}(?:{word[3]}{word[4]}?)?\.)"


def _telling(typed: str, kind: str) -> list[str]:
    """The words of a place's name that say which one it is."""
    telling: list[str] = re.findall(r"[A-Za-z0-9'.&-]+", fold(typed).text)
    while len(telling) > 1 and re.sub(r"[^a-z]", "", telling[-1].lower()) in _GENERIC[kind]:
        telling.pop()
    while len(telling) > 1 and telling[0].lower() in ("the", "a"):
        telling.pop(0)
    return telling


def _place_forms(telling: list[str], ends: str, keep: KeepWords) -> Iterator[_Form]:
    """The telling words of a place's name, with or without what kind of place it is."""
    if not telling:
        return
    spelled = r"(?:(?<![A-Za-z])The )?" + r"[ ,\-]{1,3}".join(_place_word(w) for w in telling)
    said = _letters_said(telling)
    keys = [re.sub(r"[^a-z]", "", w.lower()) for w in telling]
    place = tuple(keys) in keep.phrases or all(k in keep.words for k in keys)
    common = all(is_ordinary(k) or k in keep.words for k in keys)
    if place or (common and len(telling) == 1):
        yield _Form(
            said, rf"(?i:(?<!\w){spelled})", behind=_follow(rf"(?i:(?:(?:'?s)?{_one_of(ends)}){{1,5}})(?![A-Za-z])")
        )
        if not place:
            # a capital where none is due: "since May Daffodil has sent a note", and not "Daffodil Day"
            alone = rf"{spelled}(?:'?s)?(?![A-Za-z])(?![ ][A-Z])"
            yield _Form(said, alone, _lead(rf"(?:{_WHERE}|(?<=[a-z,;] ))"))
            acts = _follow(rf"(?=(?: now| then| also| still| only| never)? (?:{_SAYS_OR_DOES})\b)")
            yield _Form(said, spelled, _lead(r"(?:^|(?<=[.!?] )|(?<=\n))"), acts)
        else:
            # a place of that name stays; what is said to be the school or the practice doesn't
            alone = rf"{spelled}(?:'?s)?(?![A-Za-z])(?![ ][A-Z])"
            yield _Form(said, alone, _lead(rf"(?:{_SAID}|{_AS_A_PUPIL})"))
            yield _Form(said, rf"(?<!\w){spelled} (?:Girls|Boys)'?(?![A-Za-z])")
    elif common:
        as_typed, any_case = (_follow(rf"{way}{_one_of(ends)}{{0,5}})(?![A-Za-z])") for way in ("(?:", "(?i:"))
        yield _Form(said, rf"(?<!\w){spelled}(?:'?s)?(?![A-Za-z])", behind=as_typed)
        first = re.escape(telling[0].rstrip("'s"))
        yield _Form(said, rf"(?<!\w)(?={first.upper()})(?i:{spelled}(?:'?s)?)(?![A-Za-z])", behind=any_case)
        # "clapham row sent miss a round", and not "in a row"
        small = rf"(?={first.lower()})(?i:{spelled})(?![A-Za-z])"
        yield _Form(said, small, _lead(_WHERE), any_case)
        acts = _follow(rf"(?i:{_one_of(ends)}{{0,5}})(?= (?:{_SAYS_OR_DOES})\b)")
        yield _Form(said, rf"(?<!\w){small}", behind=acts)
    else:
        any_case = _follow(rf"(?i:{_one_of(ends)}{{0,5}})(?![A-Za-z])")
        yield _Form(said, rf"(?i:(?<!\w){spelled}(?:'?s)?)(?![A-Za-z])", behind=any_case)
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
            as_typed = _follow(rf"{_one_of(ends)}{{0,5}}(?![A-Za-z])")
            yield _Form(_letters_said(head), rf"(?<!\w){short}(?:'?s)?(?![A-Za-z])", behind=as_typed)


def _one_of(ends: str) -> str:
    """A space and a word that says what sort of place it is."""
    return rf"(?:[ ]{{1,2}}(?:{ends}))"


@lru_cache(maxsize=32)
def _lead(pattern: str) -> re.Pattern[str]:
    """What stands right before the words of a place, compiled once."""
    return re.compile(rf"{pattern}\Z")


@lru_cache(maxsize=32)
def _follow(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


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
    spelled = re.escape(bare).replace("'", "'?") + (r"'?s?'?" if bare != word else r"'?")
    return _or_cut_short(bare, spelled)
