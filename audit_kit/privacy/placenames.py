"""Schools, nurseries and surgeries of the register by the words that tell them, in every short form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.addresses import STREET_KINDS
from audit_kit.privacy.folding import fold
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.meant_places import doubtful_forms, longer_names, meant_forms
from audit_kit.privacy.placeform import (
    ANY_THE,
    THE,
    Form,
    Spelling,
    cut_short,
    each_way,
    follow,
    in_any_case,
    lead,
    letters_said,
    ways_of_a_kind,
)
from audit_kit.privacy.vocabulary import is_ordinary
from audit_kit.privacy.wordlists import word_class

SCHOOL_END = r"Primary|Secondary|School|Sch|Academy|Acad|College|Infants?'?|Juniors?'?|High|Grammar|RC|R\.C\.|CofE|C of E|Catholic|Community|Church of England|Girls'?|Boys'?|Comprehensive|Nursery|Federation|Convent|Prim|Jnrs?|Jnr|Infs?|PRU|Coll|Pupil Referral Unit|Special|Preparatory|Prep|CE|Schl|Acdmy|Pri|Sixth Form|6th Form|6th|SF|HS|GS|PS|JMI"
NURSERY_END = r"Nursery|Nurseries|Pre-?school|Day|Children'?s|Centre|Playgroup|School|Kindergarten|Montessori|Nsy|Nurs|N'?sery|Pre-?sch|CC|Kindy|Sch|Schl|Ctr|Cntr|Center|Play ?group|Nrsry"
SURGERY_END = r"Surgery|Practice|Medical|Health|Centre|Center|Group|Clinic|GP|Doctors|HC|MC|H\.C\.|M\.C\.|Surg|Med|Hlth|Ctr|Cntr|Prac|Pract|Drs|Docs|Gp"
GENERIC = {
    "school": frozenset(["primary", "secondary", "school", "academy", "college", "infant", "infants", "junior", "juniors", "high", "grammar", "rc", "cofe", "catholic", "community", "preparatory", "prep", "senior", "foundation", "free", "studio", "sixth", "form", "girls", "boys", "comprehensive", "nursery", "roman", "church", "england", "federation", "special", "voluntary", "aided", "ce", "jewish", "convent", "pru", "pupil", "referral", "unit"]),
    "nursery": frozenset(["nursery", "preschool", "pre", "school", "day", "childrens", "centre", "playgroup", "kindergarten", "montessori", "early", "years"]),
    "surgery": frozenset(["surgery", "practice", "medical", "health", "centre", "center", "group", "clinic", "gp", "doctors", "the"]),
}  # fmt: skip


_TRADE = word_class("institutions.trade") | word_class("institutions.worship") | word_class("venues.generic")
_FOND_STEMS, _FOND_ENDS = (3, 4, 5), ("y", "ey", "ie", "ies")
#: end the name of a place in a building, and are left out when it is told
_BUILDINGS = frozenset(["house", "lodge", "cottage", "hall"])
#: begin a name, and say nothing without the next word
_NEVER_ALONE = frozenset(["st", "saint", "our", "al", "el", "beis", "bais", "de", "new", "old", "lady"])
_BEFORE_PLACES = "at in to from by of for attends attend attended attending school nursery surgery with left joined outside near rang phoned called told tell emailed visited"
#: "nursery rang (thimble barn, manager ...)": words that nobody writes as words there
_BETWEEN_STOPS = r"(?:^|(?<=[(\n\"])|(?<=[:;] )|(?<= - ))"
_SCHOOL_STAFF = ("DSL", "DDSL", "SENCO", "SENCo", "[Hh]eadteacher", "[Hh]ead teacher", "[Hh]ead of year", "[Tt]eacher")
_SAID = "(?:{})".format(
    "|".join(
        rf"(?<=\b{kind}{means})"
        for kind in ("[Ss]chool", "[Nn]ursery", "[Ss]urgery", "[Pp]ractice", "GP", *_SCHOOL_STAFF)
        for means in ((", ", " at ", " for ") if kind in _SCHOOL_STAFF else (": ", " - ", " is ", " was "))
    )
)
_LISTED = "(?:{})".format(
    "|".join(
        rf"(?<=\b(?i:{heading}): )"
        for heading in (
            "present",
            "apologies",
            "invited",
            "attending",
            "attended",
            "attendees",
            "absent",
            "cc",
            "copied to",
            "copies",
            "sent to",
            "circulation",
            "distribution",
            "contacted",
            "rang",
            "school",
            "nursery",
        )
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
            "tutor at",
            "teacher at",
            "teachers at",
            "staff at",
            "mentor at",
            "lessons at",
            "year at",
            "started at",
            "place at",
            "registered at",
            "registered at the",
            "registered with",
            "patient at",
        )
    )
)
#: "Mukhtar at comet till 3", "took him to comet."; but "at sunrise"
_AT = r"(?:(?<=\bat )|(?<=\battends )|(?<=\battended )|(?<=\battending )|(?<=\bstarted )|(?<=\bleft )|(?<=\bto )|(?<=\bfrom ))"
_STAYING = follow(
    r"(?=[.,;:)\n]|$| (?:till|til|until|today|now|this|on|for|from|and|but|since|as|so|he|she|they|every|all|full|part|again|next|last)\b)"
)
_AT_TIMES = word_class("placenames.at_times")
#: what only somebody does: "Daffodil now send a note home"
_SAYS_OR_DOES = "send|sends|sent|say|says|said|report|reports|reported|tell|tells|told|call|calls|called|ask|asks|asked|refer|refers|referred|note|notes|noted|hold|holds|held|did|have|has|had|were|was|is|are|and school"
#: the same of words typed small, of which "tiny steps are" is none
_ACTS = "|".join(
    [
        w
        for w in _SAYS_OR_DOES.split("|")
        if w not in ("did", "have", "has", "had", "were", "was", "is", "are", "note", "notes")
    ]
    + ["rang", "phoned", "emailed", "staff", "manager", "mgr", "teacher", "head"]
)
#: who and what is found in a school or a nursery alone
_OF_A_SCHOOL = "staff ?room|head ?teacher|teachers?|teaching assistant|pupils?|playground|classroom|DSL|DDSL|SENCO|SENCo|TA|office staff|key ?(?:person|worker)|manager|nursery nurse|receptionist|first aiders?|dinner lady|caretaker|school gates?"
#: "nursery Nightingale will send one"
_KIND_BEFORE = "|".join(
    rf"(?<=\b{kind} )" for kind in ("[Ss]chool", "[Nn]ursery", "[Ss]urgery", "[Pp]ractice", "[Aa]cademy", "[Cc]ollege")
)
#: what stands before the bare first word of a school's name
_WHERE = "(?:{}|{})".format(_SAID, "|".join(rf"(?<=\b(?i:{before}) )" for before in _BEFORE_PLACES.split()))

_ALONE = r"(?![A-Za-z-]|[ ][A-Z])"


def telling_words(typed: str, kind: str) -> list[str]:
    """The words of a place's name that say which one it is."""
    telling: list[str] = re.findall(r"[A-Za-z0-9'.&-]+", fold(typed).text)
    while len(telling) > 1 and re.sub(r"[^a-z]", "", telling[-1].lower()) in GENERIC[kind]:
        telling.pop()
    while len(telling) > 1 and telling[0].lower() in ("the", "a"):
        telling.pop(0)
    return telling


def place_forms(telling: list[str], ends: str, keep: KeepWords) -> Iterator[Form]:
    """The telling words of a place's name, with or without what kind of place it is."""
    if not telling:
        return
    spelling = _spelling(telling)
    if len(telling) > 2 and telling[-1].lower() in _BUILDINGS:
        yield from place_forms(telling[:-1], ends, keep)  # "little finch" of Little Finch House
    if len(telling) > 1:
        yield from _fond_forms(telling, ends)
    keys = [re.sub(r"[^a-z]", "", w.lower()) for w in telling]
    town = _is_a_district(keys, keep)
    common = all(is_ordinary(k) or k in keep.words for k in keys)
    if town or (common and len(telling) == 1):
        yield from _forms_of_one_word(telling, spelling._replace(longer=longer_names(keys, keep)), ends, town=town)
    elif common:
        yield from _forms_of_common_words(telling, spelling, ends)
        yield from _forms_of_its_first_word(telling[0], ends, keep)
    else:
        yield in_any_case(letters_said(telling), spelling, lead(r"(?<!\w)", ANY_THE), _owned_or_of_a_kind(ends))
        yield from _forms_of_its_beginning(telling, ends, keep)


def _fond_forms(telling: list[str], ends: str) -> Iterator[Form]:
    """Its first word with a fond ending, and its last: "Stokey Wharf" of Stoke Newington Wharf School."""
    first, last = telling[0], telling[-1]
    if first.isalpha() and first.istitle() and len(first) >= 5 and last.isalpha() and last.lower() not in _TRADE:
        fond = each_way(tuple(first[:length] for length in _FOND_STEMS), _FOND_ENDS)
        behind = follow(rf"(?i:(?:'?s)?(?![a-z]){one_of(ends)}{{0,5}})(?![A-Za-z]|[ ][A-Z])")
        yield Form((last.lower(),), Spelling((fond, (last.capitalize(),)), " ", 1), lead(r"(?<![\w-])"), behind)


def forms_in_doubt(telling: list[str], keep: KeepWords) -> Iterator[Form]:
    """The same of a place that is called as a district is, where either may be meant."""
    keys = [re.sub(r"[^a-z]", "", w.lower()) for w in telling]
    if telling and _is_a_district(keys, keep):
        yield from doubtful_forms(
            letters_said(telling), _spelling(telling)._replace(longer=longer_names(keys, keep)), keys
        )


def _is_a_district(keys: list[str], keep: KeepWords) -> bool:
    return tuple(keys) in keep.phrases or all(key in keep.words for key in keys)


def _forms_of_one_word(telling: list[str], spelling: Spelling, ends: str, *, town: bool) -> Iterator[Form]:
    """A place called by one ordinary word, or as a town is: only with its kind, or where a place is meant."""
    said, kinds = letters_said(telling), follow(rf"(?i:(?:(?:'?s)?{one_of(ends)}){{1,5}})(?![A-Za-z]| Street\b)")
    yield in_any_case(said, spelling._replace(longer=()), lead(r"(?<!\w)", ANY_THE), kinds)
    alone = follow(r"(?:'?s)?(?![A-Za-z])(?![ ][A-Z])")
    yield from meant_forms(said, spelling, THE)
    if town:
        # a place of that name stays; what is said to be the school or the practice doesn't
        yield Form(said, spelling, lead(rf"(?:{_SAID}|{_AS_A_PUPIL})", THE), alone)
        yield Form(said, spelling, lead(r"(?<!\w)", THE), follow(r" (?:Girls|Boys)'?(?![A-Za-z])"))
    else:
        # a capital where none is due: "since May Daffodil has sent a note", and not "Daffodil Day"
        yield Form(said, spelling, lead(rf"(?:{_WHERE}|(?<=[a-z,;] ))", THE), alone)
        yield Form(said, spelling, lead(_LISTED, THE), follow(r"(?=[.,;\n]|$)"))  # "Apologies: Daffodil."
        acts = follow(rf"(?=(?: now| then| also| still| only| never)? (?:{_SAYS_OR_DOES})\b)")
        yield Form(said, spelling, lead(r"(?:^|(?<=[.!?] )|(?<=\n))", THE), acts)
        yield _at_the_head_of_an_entry(said, spelling, THE)
        # "School run. kingfisher say he is late"
        small = follow(rf"(?= (?:{_ACTS})\b)")
        yield in_any_case(said, spelling, lead(r"(?:^|(?<=[.!?] )|(?<=\n))"), small, telling[0].lower())
        if len(telling) == 1 and telling[0].lower() not in _AT_TIMES:
            yield in_any_case(said, spelling, lead(_AT), _STAYING, telling[0].lower())
        rung = lead(
            r"(?:(?<=\brang )|(?<=\bring )|(?<=\btell )|(?<=\btold )|(?<=\bphoned )|(?<=\bemailed )|(?<=\bchase ))"
        )
        yield in_any_case(said, spelling, rung, follow(r"(?![A-Za-z])"), telling[0].lower())
        yield Form(said, spelling, lead(r"(?<![\w-])", THE), follow(rf"(?= (?:{_OF_A_SCHOOL})\b)"))


def _forms_of_common_words(telling: list[str], spelling: Spelling, ends: str) -> Iterator[Form]:
    """A place called by several ordinary words: with its capitals, or where it is led to or does something."""
    said, joined, inside = letters_said(telling), "".join(telling), lead(r"(?<!\w)")
    kinds = follow(rf"(?i:{one_of(ends)}{{1,5}})(?![A-Za-z])")
    if len(telling) == 2 and joined.isalpha():
        # "hilltop school" of Hill Top School
        yield in_any_case((joined.lower(),), Spelling.of(joined), inside, kinds)
    yield Form(said, spelling, lead(r"(?<!\w)", THE), _owned_or_of_a_kind(ends))
    yield from _forms_half_in_capitals(telling, spelling, ends)
    first = telling[0].rstrip("'s")
    yield in_any_case(said, spelling, inside, _owned_or_of_a_kind(ends), first.upper())
    # "clapham row sent miss a round", and not "in a row"
    yield in_any_case(said, spelling, lead(rf"(?:{_WHERE}|{_BETWEEN_STOPS})"), _perhaps_of_a_kind(ends), first.lower())
    acts = follow(rf"(?i:{one_of(ends)}{{0,5}})(?= (?:{_ACTS}|{_OF_A_SCHOOL}|who)\b)")
    yield in_any_case(said, spelling, inside, acts, first.lower())
    if len(telling) > 1:
        # "button moon nursery": its words and its kind
        yield in_any_case(said, spelling, inside, kinds, first.lower())
    last = telling[-1].lower()
    if len(last) >= 5 and last.isalpha() and not (last in STREET_KINDS or last in _TRADE or last in _BUILDINGS):
        # "otters nursery" of Little Otters Nursery
        yield in_any_case((last,), Spelling.of(last), lead(r"(?<![\w-])"), kinds)


def _perhaps_of_a_kind(ends: str) -> re.Pattern[str]:
    return follow(rf"(?i:{one_of(ends)}{{0,5}})(?![A-Za-z])")


def _owned_or_of_a_kind(ends: str) -> re.Pattern[str]:
    return follow(rf"(?i:(?:'?s)?(?![a-z]){one_of(ends)}{{0,5}})(?![A-Za-z])")


def _forms_half_in_capitals(telling: list[str], spelling: Spelling, ends: str) -> Iterator[Form]:
    """The first word with its capital: "at Quarry fields", "Quarry staff room" of Quarry Fields School."""
    first = telling[0]
    if not (first.isalpha() and len(first) >= 5):
        return
    inside = lead(rf"(?:{_WHERE}|(?<=[a-z,;] ))")
    acts = follow(rf"(?i:{one_of(ends)}{{0,5}})(?= (?:{_ACTS})\b)")
    capital = first.capitalize()
    yield in_any_case(letters_said(telling), spelling, inside, _perhaps_of_a_kind(ends), capital)
    yield in_any_case(letters_said(telling), spelling, lead(r"(?<![\w-])"), acts, capital)


def _forms_of_its_first_word(first: str, ends: str, keep: KeepWords) -> Iterator[Form]:
    """An ordinary first word with its capital, before who is there or what only somebody does: "Quarry teachers", "Quarry rang"."""
    low = first.lower()
    if not (first.isalpha() and len(first) >= 5) or low in STREET_KINDS or low in _NEVER_ALONE or low in keep.words:
        return
    if low in _TRADE:
        return  # "Health rang"
    said, capital = letters_said([first]), first.capitalize()
    alone = Spelling.of(capital)
    whose = follow(rf"(?:(?i:{one_of(ends)}){{1,5}}(?![A-Za-z])|(?= (?:{_OF_A_SCHOOL}|rang|phoned|emailed)\b))")
    yield Form(said, alone, lead(r"(?<![\w-])"), whose, capital)
    kinds = follow(rf"(?i:{one_of(ends)}){{1,5}}(?![A-Za-z])")
    yield in_any_case(said, alone, lead(_WHERE), kinds, low)  # "at comet nursery"
    yield Form(said, alone, lead(rf"(?:{_KIND_BEFORE})"), follow(_ALONE), capital)
    # not by what it does: "Velvet changed colour"
    yield from meant_forms(said, alone, doing=False)
    yield _at_the_head_of_an_entry(said, alone)


def _at_the_head_of_an_entry(said: tuple[str, ...], spelling: Spelling, article: re.Pattern[str] | None = None) -> Form:
    """As in a log: "09.45 Daffodil: key person rang"."""
    heads = lead(r"(?:^|(?<=\n)|(?<=\d )|(?<=\d\. )|(?<= - )|(?<=[.!?] )|(?<=T/C ))", article)
    return Form(said, spelling, heads, follow(r"(?=: | - )"))


def _forms_of_its_beginning(telling: list[str], ends: str, keep: KeepWords) -> Iterator[Form]:
    """The first word or two of a long name, which is what people say: "Mossbourne", "St Monica's"."""
    led = re.sub(r"[^a-z]", "", telling[0].lower()) in _NEVER_ALONE
    head = telling[:2] if led else telling[:1]
    keys = [re.sub(r"[^a-z]", "", w.lower()) for w in head]
    ordinary = all(is_ordinary(k) or w.lower() in keep.words for k, w in zip(keys, head, strict=True))
    if len(head) == len(telling):
        return
    if ordinary:
        yield from _forms_of_its_first_word(head[0], ends, keep)
        return
    behind = follow(rf"(?:'?s)?(?![A-Za-z]){one_of(ends)}{{0,5}}(?![A-Za-z])")
    small_too = len(head) == 1 and len(head[0]) >= 7 and head[0].isalpha()  # "kingsmead" in small letters too
    made = in_any_case if small_too else Form
    yield made(letters_said(head), _spelling(head), lead(r"(?<!\w)"), behind)


def _spelling(words: list[str]) -> Spelling:
    return Spelling(tuple(map(_ways_of, words)), " ,-\n", 3)


def one_of(ends: str) -> str:
    """A space and a word that says what sort of place it is."""
    return rf"(?:[ \n]{{1,2}}(?:{ends}))"


def _ways_of(word: str) -> tuple[str, ...]:
    """How one word of a place's name is written."""
    low = word.lower().rstrip(".")
    if low in ("st", "saint"):
        return ("Saint.", "Saint", "St.", "St")
    if low in ("and", "&"):
        return ("and", "&", "+")
    if low in STREET_KINDS and low != "way":
        return ways_of_a_kind(low, pointed=True)  # "Haverstock Pk" of Haverstock Park School
    bare = re.sub(r"'s$|s'$", "", word)
    stem, owned = bare, bare != word
    if not owned and len(word) > 5 and word.endswith("s") and not word.endswith("ss"):
        stem, owned = bare[:-1], True  # "minnow nursery" of Minnows
    apostrophe = ("'", "")
    inside = [piece for letters in stem.split("'") for piece in (apostrophe, (letters,))][1:]
    ending = (apostrophe, ("s", ""), apostrophe) if owned else (apostrophe,)
    return (*each_way(*inside, *ending), *cut_short(bare))


def again_forms(telling: list[str]) -> Iterator[Form]:
    """One word of a place of several that a text has told whole: "the Barn", "at Thimble"."""
    if len(telling) < 2 or not telling[-1].isalpha() or len(telling[-1]) < 4:
        return
    last, first, alone = f"the {telling[-1].capitalize()}", telling[0].capitalize(), follow(rf"(?:'s)?{_ALONE}")
    yield Form((last.lower(),), Spelling.of(last), lead(r"(?<!\w)"), alone, last)
    if telling[0].isalpha() and len(telling[0]) >= 5:
        yield Form((first.lower(),), Spelling.of(first), lead(_WHERE), alone, first)
