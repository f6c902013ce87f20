"""Registered people in a text: words that name them, joined into mentions, each with one label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.forms import FAMILY, GIVEN, KIN, MIDDLE, NICK, NOT_STRIPPED, PARTICLE, PARTICLES, NamedPerson
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.kinship import KIN_BEFORE_NAME, is_said_of_somebody
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL, LOWER, Word
from audit_kit.privacy.mention import FEMALE_TITLES, MALE_TITLES, Mention
from audit_kit.privacy.nameletters import (
    initial_end,
    initial_pair,
    initials_fit,
    is_initial_of_nobody,
    is_initials,
    is_small_initial,
)
from audit_kit.privacy.namesakes import widened
from audit_kit.privacy.naming import judged
from audit_kit.privacy.nearly import whose_cut_short, whose_first, whose_rest
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import Span
from audit_kit.privacy.trade import ACTING, BEFORE_PERSON, RELATIONS, SPEECH
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordlower import has_capitals
from audit_kit.privacy.wordsure import PREPOSITIONS
from audit_kit.privacy.wordtimes import DAYS

_JOINS = re.compile(r"[ \t\xa0]{1,3}|[ ]?\r?\n[ ]{0,3}|[-_.+]|\.[ ]|,[ ]?|[ ]?\(|\)[ ]?")
#: respect behind a name: "Nurcan hanım"; kinship: "Mizan Uncle"
_BEHIND_NAME = word_class("mentions.honorifics_behind")
_KIN_BEHIND = word_class("mentions.kin_behind")
#: "Yocheved bas Mendel": daughter of
_CHILD_OF = frozenset(["ben", "bas", "bat", "bar", "bin", "binti", "bint", "ibn"])
#: what is typed small and belongs to a name all the same, behind it and before it
_GO_ON = PARTICLES | _BEHIND_NAME | _CHILD_OF | {"mc", "mac", "o"}
_LEAD = RELATIONS | KIN_BEFORE_NAME
#: "will", "hope": beside another word they may be verbs
VERBS = word_class("wordlike.verbs")
#: "it was ray noble.", "about dawn price"
_BEFORE_A_WHOLE_NAME = frozenset(
    ["", "was", "is", "about", "of", "from", "at", "on", "says", "said", "and", "noted", "today"]
)
#: words of one mention; nobody has more names, and a cell may hold nothing else
MOST_NAMES = 8


def registered_mentions(
    reading: Reading, people: tuple[NamedPerson, ...], kept: list[bool], jobs: JobFinder, book: LabelBook
) -> Iterator[Span]:
    """Every stretch that names a registered person, and the doubtful ones.

    ``kept`` tells per word whether it stands in a phrase of the trade: "Hope House" is not Hope.
    """
    beyond = 0
    for i in [i for i, word in enumerate(reading.words) if word.parts]:
        if i < beyond or all(p.kind == PARTICLE for p in reading.words[i].parts):
            continue
        mention = _grown(reading, i, people)
        namesake = widened(reading, mention, people, jobs, book)
        span = namesake or judged(reading, mention, people)
        kept_whole = not mention.sure and all(kept[k] and reading.words[k].ordinary for k in mention.names)
        if span and (namesake or not kept_whole):
            yield span
        beyond = mention.last + 1


def _grown(reading: Reading, i: int, people: tuple[NamedPerson, ...]) -> Mention:
    word = reading.words[i]
    mention = Mention(
        i, i, reading.starts[i], reading.name_end(i), {p.person for p in word.parts}, [i], plural=word.plural
    )
    _grow_right(reading, mention, people)
    _grow_left(reading, mention, people)
    return mention


def _grow_right(reading: Reading, mention: Mention, people: tuple[NamedPerson, ...]) -> None:
    while mention.last + 1 < len(reading.words) and len(mention.names) < MOST_NAMES:
        if reading.words[mention.last].possessive:
            return
        j = mention.last + 1
        gap, word = reading.gap_before(j), reading.words[j]
        if (
            _is_no_name(reading, word, _GO_ON)
            or not _JOINS.fullmatch(gap)
            or (gap == ". " and len(reading.texts[mention.last]) > 2 and not reading.words[mention.last].title)
        ):
            return
        shared = mention.people & {p.person for p in word.parts}
        if word.key in ("mc", "mac", "o") and gap == " " and _cut_particle(reading, mention, j, people):
            mention.last, mention.end, mention.sure = j + 1, initial_end(reading, j + 1), True
            continue
        if word.title and not word.parts and (gap.strip() == "(" or (gap.strip() == "," and _ends_there(reading, j))):
            if not (word.key in FEMALE_TITLES or word.key in MALE_TITLES):
                return
            mention.title = word.key
            mention.last, mention.end = (
                j,
                reading.ends[j] + (1 if reading.text[reading.ends[j] : reading.ends[j] + 1] == ")" else 0),
            )
            continue
        if not word.parts and gap in (" ", "-") and _particle_inside(reading, mention, j):
            mention.last, mention.end, mention.sure = j + 1, reading.name_end(j + 1), True
            mention.names.append(j + 1)
            continue
        if shared and (_may_follow(reading, mention, j, gap) or _completes(reading, mention, j, people)):
            mention.people = shared
            mention.names.append(j)
            mention.last, mention.end = j, reading.name_end(j)
            mention.sure = (
                mention.sure or not word.ordinary or word.shape != LOWER or _completes(reading, mention, j, people)
            )
            continue
        rest, cut = _rest_behind(reading, mention, j, gap, people), False
        if not rest and gap == " " and len(word.key) < 4 and (reading.gap_after(j)[:1] == "." or not word.ordinary):
            rest = whose_cut_short(reading, mention, j, people)  # "Hania Sz." of a family Szulc
            cut = bool(rest)
        if rest:
            mention.people, mention.sure = rest, True
            mention.last, mention.end = j, initial_end(reading, j) if cut else reading.name_end(j)
            continue
        if (
            gap == " "
            and (word.key in _BEHIND_NAME or (word.key in _KIN_BEHIND and word.capitalised))
            and not word.parts
        ):
            mention.last, mention.end = j, reading.name_end(j)
            continue
        if gap == " " and _child_of(reading, j):
            mention.last, mention.end, mention.sure = j + 1, reading.name_end(j + 1), True
            continue
        pair = initial_pair(reading, j)
        if pair and gap == " " and {n for n in mention.people if pair <= people[n].family_halves}:
            mention.last, mention.end, mention.sure = j + 1, reading.name_end(j + 1), True
            continue
        following = reading.word(j + 1)
        if "," in gap and following is not None and following.key == reading.words[mention.last].key:
            return  # "M. Adeyemi, S. Adeyemi" are two
        if (
            (is_initials(reading, j) or (gap in (" ", ".", ". ") and is_small_initial(reading, mention, j)))
            and initials_fit(reading, mention, j, people, after=True)
            and gap.strip() in ("", ",", ".", "(", ")", "-")
        ):
            mention.last, mention.end = j, initial_end(reading, j)
            mention.sure = True
            continue
        return


def _is_no_name(reading: Reading, word: Word, going_on: frozenset[str]) -> bool:
    """Whether this is one of the ordinary words that stand around most names: no name goes on with it.

    Only the words in ``going_on`` may, and where nobody types capitals any word.
    """
    plain = word.ordinary and word.shape == LOWER and not (word.parts or word.title)
    return plain and not reading.small and len(word.key) > 1 and word.key not in going_on


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


def _particle_inside(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a particle typed apart leads to more of the same name: "alfie jay o hara", "Bridget Mc Donagh"."""
    following = reading.word(j + 1)
    return (
        reading.words[j].key in PARTICLES
        and following is not None
        and reading.gap_before(j + 1) in (" ", "-", "'")
        and any(p.person in mention.people and p.kind == FAMILY for p in following.parts)
    )


def _leads_to_family(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a particle that the register doesn't have stands before a family name: "Nic Bhreaslain" for Breslin."""
    word = reading.words[j]
    kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
    particle = word.key in PARTICLES and word.shape == CAPITAL and not (word.parts or word.title)
    return particle and FAMILY in kinds and not reading.starts_sentence(j)


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


def _grow_left(reading: Reading, mention: Mention, people: tuple[NamedPerson, ...]) -> None:
    while mention.first > 0:
        j = mention.first - 1
        gap, word = reading.gap_before(mention.first), reading.words[j]
        if gap == "' " and reading.texts[j] == "R":
            mention.first, mention.start, mention.title, mention.sure = j, reading.starts[j], "reb", True  # R' Naftoli
            return
        if _is_no_name(reading, word, _LEAD) or gap not in (" ", ". ", ".", "  ", "-", "\n") or word.possessive:
            return
        beside = {p.person for p in word.parts if p.kind == PARTICLE} & mention.people
        small = len(reading.texts[j]) == 1 and reading.gap_before(j)[-1:] in ("", " ", "\n")
        small = small and (gap in (". ", ".") or (gap == " " and is_small_initial(reading, mention, j)))
        if (beside and (word.key not in KIN or word.capitalised)) or (
            (is_initials(reading, j) or small) and initials_fit(reading, mention, j, people, after=False)
        ):
            mention.people = beside or mention.people
            mention.first, mention.start = j, reading.starts[j]
            mention.sure = True
            continue
        if is_initial_of_nobody(reading, mention, j, gap):
            mention.first, mention.start, mention.plural = j, reading.starts[j], True
            return
        rest = whose_rest(reading, mention, j, people) if gap in (" ", "-") else set()
        rest = rest or (whose_first(reading, mention, j, people) if gap == " " else set())
        rest = rest or (whose_cut_short(reading, mention, j, people) if gap == ". " else set())
        if rest:
            mention.people, mention.sure = rest, True
            mention.first, mention.start = j, reading.starts[j]
            continue
        if gap == " " and len(word.key) > 1 and _leads_to_family(reading, mention, j):
            mention.first, mention.start, mention.sure = j, reading.starts[j], True
            continue
        if is_said_of_somebody(reading, j) and not word.parts and gap == " ":
            mention.title = word.key if word.title else ""
            return
        if word.key in KIN_BEFORE_NAME and (word.capitalised or not word.ordinary) and not word.parts and gap == " ":
            mention.first, mention.start, mention.sure = j, reading.starts[j], mention.sure or _calls(reading, mention)
            return
        if word.title and not word.parts and not _is_no_title(reading, mention, j):
            mention.first, mention.start, mention.title = j, reading.starts[j], word.key
            if j >= 2 and reading.texts[j - 1].lower() == "and" and reading.words[j - 2].title:
                mention.first, mention.start, mention.plural = j - 2, reading.starts[j - 2], True
            elif j >= 1 and reading.words[j - 1].title and reading.gap_before(j).strip() in ("&", "+", "/"):
                mention.first, mention.start, mention.plural = j - 1, reading.starts[j - 1], True
            mention.sure = mention.sure or word.shape != LOWER or word.key in ("mr", "mrs", "ms")
        return


def _calls(reading: Reading, mention: Mention) -> bool:
    """Whether "Mum" before the word makes it a name: "Mum Grace", and not "Mum will", "MUM WILL" or "rang Mum Monday"."""
    name = mention.names[0]
    return (
        reading.words[name].shape == CAPITAL
        and reading.words[name].key not in DAYS
        and not reading.starts_sentence(name)
    )


def _is_no_title(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a word that is sometimes a title stands before a lower-case word: "Father may", "Sister will"."""
    first = reading.words[mention.names[0]]
    return reading.words[j].key in NOT_STRIPPED and first.ordinary and first.shape == LOWER
