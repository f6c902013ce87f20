"""How far the name of a registered person reaches to the right: the rest of the name, particles, initials, titles."""

from __future__ import annotations

import re

from audit_kit.privacy.forms import FAMILY, GIVEN, MIDDLE, NICK, PARTICLE, PARTICLES, NamedPerson
from audit_kit.privacy.lexicon import LOWER, Word
from audit_kit.privacy.mention import FEMALE_TITLES, MALE_TITLES, Mention
from audit_kit.privacy.nameletters import initial_end, initial_pair, initials_fit, is_initials, is_small_initial
from audit_kit.privacy.nearly import whose_cut_short, whose_double, whose_rest
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import ACTING, BEFORE_PERSON, SPEECH
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordlower import has_capitals
from audit_kit.privacy.wordsure import PREPOSITIONS

_JOINS = re.compile(r"[ \t\xa0]{1,3}|[ ]?\r?\n[ ]{0,3}|[-_.+]|\.[ ]|,[ ]?|[ ]?\(|\)[ ]?")
#: respect behind a name: "Nurcan hanım"; kinship: "Mizan Uncle"
_BEHIND_NAME = word_class("mentions.honorifics_behind")
_KIN_BEHIND = word_class("mentions.kin_behind")
#: "Yocheved bas Mendel": daughter of
_CHILD_OF = frozenset(["ben", "bas", "bat", "bar", "bin", "binti", "bint", "ibn"])
#: what is typed small and belongs to a name all the same
_GO_ON = PARTICLES | _BEHIND_NAME | _CHILD_OF | {"mc", "mac", "o"}
#: "will", "hope": beside another word they may be verbs
VERBS = word_class("wordlike.verbs")
#: "it was ray noble.", "about dawn price"
_BEFORE_A_WHOLE_NAME = frozenset(
    ["", "was", "is", "about", "of", "from", "at", "on", "says", "said", "and", "noted", "today"]
)
#: words of one mention; nobody has more names, and a cell may hold nothing else
MOST_NAMES = 8


def grow_right(reading: Reading, mention: Mention, people: tuple[NamedPerson, ...]) -> None:
    """Let the mention reach as far to the right as the words of its name, their initials and titles go."""
    while mention.last + 1 < len(reading.words) and len(mention.names) < MOST_NAMES:
        j = mention.last + 1
        if reading.words[mention.last].possessive:
            return
        if _take_double(reading, mention, j, people):
            continue
        if _ends_before(reading, mention, j):
            return
        for take in _STEPS:
            if take(reading, mention, j, people):
                break
        else:
            return


def _ends_before(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether the word at ``j``, or what stands before it, is in no name at all."""
    gap, word = reading.gaps[j], reading.words[j]
    return (
        is_no_name(reading, word, _GO_ON)
        or not _JOINS.fullmatch(gap)
        or (gap == ". " and len(reading.texts[mention.last]) > 2 and not reading.words[mention.last].title)
        or (_is_title_behind(reading, j) and not (word.key in FEMALE_TITLES or word.key in MALE_TITLES))
    )


def is_no_name(reading: Reading, word: Word, going_on: frozenset[str]) -> bool:
    """Whether this is one of the ordinary words that stand around most names: no name goes on with it.

    Only the words in ``going_on`` may, and where nobody types capitals any word.
    """
    plain = word.ordinary and word.shape == LOWER and not (word.parts or word.title)
    return plain and not reading.small and len(word.key) > 1 and word.key not in going_on


def _reach(mention: Mention, last: int, end: int, *, sure: bool) -> bool:
    mention.last, mention.end, mention.sure = last, end, mention.sure or sure
    return True


def _take_double(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Ajayi-ole: the other half of a double name, whatever word its slip has made of it."""
    double = whose_double(reading, j - 1, mention, people) if reading.gaps[j] == "-" else set()
    if double:
        mention.people = double
    return bool(double) and _reach(mention, j, reading.name_end(j), sure=True)


def _take_cut_particle(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Caoimhe Mc D: a particle with an initial."""
    particle = reading.words[j].key in ("mc", "mac", "o") and reading.gaps[j] == " "
    return (
        particle
        and _cut_particle(reading, mention, j, people)
        and _reach(mention, j + 1, initial_end(reading, j + 1), sure=True)
    )


def _take_title(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Adeyemi (Mrs)."""
    if not _is_title_behind(reading, j):
        return False
    mention.title = reading.words[j].key
    return _reach(mention, j, reading.ends[j] + reading.text.startswith(")", reading.ends[j]), sure=False)


def _take_particles(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Alfie jay o hara, Jan van der Berg: a particle or two and the family name behind them."""
    behind = _behind_particles(reading, mention, j) if reading.gaps[j] in (" ", "-") else 0
    if not behind:
        return False
    mention.names.append(behind)
    return _reach(mention, behind, reading.name_end(behind), sure=True)


def _take_name(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Folake Adeyemi: a further word of the same person's name."""
    word = reading.words[j]
    shared = mention.people & {p.person for p in word.parts}
    if not shared:
        return False
    completes = _completes(reading, mention, j, people)
    if not (completes or _may_follow(reading, mention, j, reading.gaps[j])):
        return False
    mention.people = shared
    mention.names.append(j)
    return _reach(mention, j, reading.name_end(j), sure=completes or not word.ordinary or word.shape != LOWER)


def _take_rest(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Melody Hains: what is nearly the rest of the name."""
    rest = _rest_behind(reading, mention, j, reading.gaps[j], people)
    if rest:
        mention.people = rest
    return bool(rest) and _reach(mention, j, reading.name_end(j), sure=True)


def _take_cut_rest(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Hania Sz., of a family Szulc."""
    word = reading.words[j]
    cut = reading.gaps[j] == " " and len(word.key) < 4 and (reading.gap_after(j)[:1] == "." or not word.ordinary)
    rest = whose_cut_short(reading, mention, j, people) if cut else set()
    if rest:
        mention.people = rest
    return bool(rest) and _reach(mention, j, initial_end(reading, j), sure=True)


def _take_respect(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Nurcan hanım, Mizan Uncle."""
    word = reading.words[j]
    said = word.key in _BEHIND_NAME or (word.key in _KIN_BEHIND and word.capitalised)
    return said and reading.gaps[j] == " " and not word.parts and _reach(mention, j, reading.name_end(j), sure=False)


def _take_father(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Yocheved bas Mendel."""
    child = reading.gaps[j] == " " and _child_of(reading, j)
    return child and _reach(mention, j + 1, reading.name_end(j + 1), sure=True)


def _take_initial_pair(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Folake A-M of Adeyemi-Mensah."""
    pair = initial_pair(reading, j) if reading.gaps[j] == " " else frozenset()
    return (
        bool(pair)
        and any(pair <= people[n].family_halves for n in mention.people)
        and _reach(mention, j + 1, reading.name_end(j + 1), sure=True)
    )


def _take_initials(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Folake A.; but "M. Adeyemi, S. Adeyemi" are two."""
    gap, following = reading.gaps[j], reading.word(j + 1)
    if "," in gap and following is not None and following.key == reading.words[mention.last].key:
        return False
    return (
        (is_initials(reading, j) or (gap in (" ", ".", ". ") and is_small_initial(reading, mention, j)))
        and initials_fit(reading, mention, j, people, after=True)
        and gap.strip() in ("", ",", ".", "(", ")", "-")
        and _reach(mention, j, initial_end(reading, j), sure=True)
    )


#: what a name goes on with, in the order in which it is looked for; each takes it, or says that it isn't there
_STEPS = (
    _take_cut_particle,
    _take_title,
    _take_particles,
    _take_name,
    _take_rest,
    _take_cut_rest,
    _take_respect,
    _take_father,
    _take_initial_pair,
    _take_initials,
)


def _rest_behind(reading: Reading, mention: Mention, j: int, gap: str, people: tuple[NamedPerson, ...]) -> set[int]:
    """Whose name the word behind nearly ends: "Melody Hains"; behind a comma only a first name after the surname."""
    if gap not in (" ", "-", ", "):
        return set()
    if gap == ", ":
        kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
        if not kinds <= {FAMILY, PARTICLE} or reading.words[j].shape == LOWER:
            return set()
    return whose_rest(reading, mention, j, people)


def _child_of(reading: Reading, j: int) -> bool:
    """Whether "ben" or "bas" and a father's name stand at ``j``."""
    following = reading.word(j + 1)
    return (
        reading.texts[j] in _CHILD_OF
        and following is not None
        and following.capitalised
        and reading.gap_before(j + 1) == " "
        and not following.kept
    )


def _behind_particles(reading: Reading, mention: Mention, j: int) -> int:
    """Where the family name stands to which a particle or two lead at ``j``; 0 if none does."""
    k = j
    while reading.word(k + 1) and reading.words[k].key in PARTICLES and reading.gap_before(k + 1) in (" ", "-", "'"):
        if any(p.person in mention.people and p.kind == FAMILY for p in reading.words[k].parts):
            return 0
        k += 1
    named = k > j and any(p.person in mention.people and p.kind == FAMILY for p in reading.words[k].parts)
    return k if named else 0


def _cut_particle(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Whether a particle stands before an initial: "Caoimhe Mc D"."""
    return (
        reading.word(j + 1) is not None
        and reading.gap_before(j + 1) in (" ", "'", "")
        and is_initials(reading, j + 1)
        and any(
            word.startswith(tuple(prefix + reading.texts[j + 1].lower() for prefix in ("mc", "mac", "o", "")))
            for n in mention.people
            for word in people[n].words[1:]
        )
    )


def _is_title_behind(reading: Reading, j: int) -> bool:
    """Whether a title stands in brackets behind the name, or behind a comma that ends it."""
    word, mark = reading.words[j], reading.gaps[j].strip()
    return word.title and not word.parts and (mark == "(" or (mark == "," and _ends_there(reading, j)))


def _ends_there(reading: Reading, j: int) -> bool:
    """Whether a title behind a comma closes the name ("Adeyemi, Mrs F"), and does not begin the next one."""
    following = reading.word(j + 1)
    return (
        following is None
        or reading.gap_before(j + 1) not in (" ", ". ")
        or (is_initials(reading, j + 1) and not reading.word(j + 2))
    )


def _may_follow(reading: Reading, mention: Mention, j: int, gap: str) -> bool:
    """Whether a further word of the same person's name continues this mention."""
    word, before = reading.words[j], reading.words[mention.last]
    if gap == ", " and not before.ordinary and reading.gap_after(j)[:1] in (",", ")", ".", ";", ""):
        ends_a_surname = all(p.kind == FAMILY for p in before.parts if p.person in mention.people)
        if ends_a_surname and any(p.kind == GIVEN and p.person in mention.people for p in word.parts):
            return True  # "promise (okwuosa, promise, dob"
    if word.ordinary and word.shape == LOWER and any(reading.words[k].shape != LOWER for k in mention.names):
        return False
    if word.shape == LOWER and word.ordinary and reading.words[mention.names[0]].ordinary:
        family = any(p.kind == FAMILY and p.person in mention.people for p in word.parts)
        speaks = reading.lowers[j + 1 : j + 2] and reading.lowers[j + 1] in SPEECH
        return gap == " " and family and bool(speaks or not has_capitals(reading))  # "dawn noble phoned"
    if word.shape == LOWER and word.ordinary:
        return True
    kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
    if "," in gap:
        # "ADEYEMI, Folake" is one name; "Folake Adeyemi, Fola" are two mentions
        return kinds <= {FAMILY, PARTICLE} and any(p.kind not in (FAMILY, PARTICLE) for p in word.parts)
    if "\n" in gap:
        return FAMILY in kinds or any(p.kind == FAMILY for p in word.parts)
    return True


def _completes(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> bool:
    """Whether two small words are one name: "anna may" of Anna-May, "dale long was there" where he does something."""
    first, last, gap = reading.words[j - 1], reading.words[j], reading.gap_before(j)
    if gap not in (" ", "-", ".", "_") or last.shape != LOWER or j - 1 not in mention.names:
        return False
    sharing = mention.people & {p.person for p in last.parts}
    if any((first.key, last.key) in people[n].doubles for n in sharing):
        return True
    if any(_is_spelt_out(reading, mention.first, j, people[n].words) for n in sharing):
        return True
    given = any(p.kind in (GIVEN, NICK, MIDDLE) and p.person in sharing for p in first.parts)
    family = any(p.kind == FAMILY and p.person in sharing for p in last.parts)
    if not (given and family):
        return False
    if gap in (".", "_"):
        return True  # "summer.price" is a user name
    behind = reading.lowers[j + 1] if j + 1 < len(reading.words) and reading.gap_after(j) == " " else ""
    acts = behind in SPEECH or behind in ACTING
    if first.shape != LOWER:
        return acts and not first.possessive  # "Tyrese grant was in"; "Tyrese grant application"
    led = reading.lowers[j - 2] if j > 1 and reading.gap_before(j - 1) == " " else ""
    ends = behind in PREPOSITIONS or behind in ("that", "about", "to", "who", "")
    stands = (led in BEFORE_PERSON or led in _BEFORE_A_WHOLE_NAME) and ends and not last.kept
    return (acts or stands) and first.key not in VERBS and last.key not in VERBS


def _is_spelt_out(reading: Reading, first: int, j: int, name: tuple[str, ...]) -> bool:
    """Whether all words of a name of three and more stand there in their order: "so mei lan", whatever each may mean."""
    behind = first + len(name)
    return (
        len(name) > 2
        and j < behind
        and tuple(word.key for word in reading.words[first:behind]) == name
        and all(gap == " " for gap in reading.gaps[first + 1 : behind])
    )
