"""Registered people by their initials: "F.A.", "TJ", "T's attendance"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple, Self

from audit_kit.privacy.forms import NamedPerson
from audit_kit.privacy.initials_in_pieces import initials_in_pieces
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, REGISTER_NAME, STRANGER, Span
from audit_kit.privacy.telling import STATES, is_in_a_state
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, RELATIONS, SPEECH
from audit_kit.privacy.vocabulary import is_clipped, is_listed
from audit_kit.privacy.wordlists import word_class

#: the look back stands behind the first letter: a pattern that begins with a letter is searched faster
_POINTED = re.compile(r"[A-Z](?<![\w.].)(?:(?:\.[ ]?|[ ]?-[ ]?|[ ])[A-Z]){1,4}(?:\.(?!\w)|(?![\w.]))")
_SMALL_POINTED = re.compile(r"[a-z]\.(?<![\w.]..)(?:[a-z]\.){1,3}(?!\w)")
#: only the two halves of the surname are parted: "MB-K" of Maud Bell-Kirby
_HALF_PARTED = re.compile(r"(?<![\w.-])(?:[A-Z]{2,3}-[A-Z]|[a-z]{2,3}-[a-z])(?![\w-])")
#: "K & M": two of the family by one letter each; but A & E, B & B
_TOGETHER = re.compile(r"(?<![\w.&+/-])([A-Z]) ?[&+] ?([A-Z])(?![\w&+/-])")
_COMMON_TOGETHER = frozenset(
    ["AE", "BB", "QA", "RR", "MS", "HS", "PL", "CA", "DV", "PC", "TC", "RV", "SB", "DT", "RE", "PP", "IT", "DA", "HM"]
)
_BY_THEMSELVES = re.compile(r" (?:alone|privately|separately|(?:by|for) (?:her|him)self|on (?:her|his|their) own)\b")
_NOT_BEFORE = word_class("initials.not_before")
_ARTICLES = frozenset(["the", "a", "an", "this", "that", "our", "her", "his", "their", "school", "class"])
_CONNECTING = frozenset(
    ["and", "or", "also", "then", "now", "who", "aged", "age", "to", "is", "was", "has", "had", "will"]
)
_ACTING = DOING - _CONNECTING
_BESIDE_SOMEBODY = BEFORE_PERSON | RELATIONS | {"and"}
#: "we heard from EB on the same day"
_BEHIND_SOMEBODY = frozenset(
    ["on", "at", "about", "that", "when", "before", "after", "again", "today", "yesterday", "re"]
)
_MEASURED = re.compile(r",? \(?\d{1,3}(?:\.\d+)? ?(?:kg|cm|st|yrs?|y/?o|mths|months|wks|weeks)\b")
_BEING = frozenset(["is", "was", "has", "had", "isn't", "wasn't", "hasn't", "hadn't"])
_WITH = frozenset(
    ["with", "saw", "see", "met", "from", "asked", "told", "that", "because", "when", "if", "where", "for", "about"]
)
_HAVING = frozenset(["has", "had", "have", "having", "saw", "found", "left", "kept", "heard"])
#: these are somebody's letters, behind which or before which nothing else need stand
_SIGNED = word_class("initials.signed")
_WHOSE = word_class("initials.whose")
_JOBS = frozenset(["SW", "HV", "TM", "TA", "CP", "SM", "FSW", "EP", "CN", "DS", "PC", "DC", "DI"])
#: behind somebody's initials
_JOBS_IN_LETTERS = frozenset(
    ["SW", "HV", "TM", "TA", "FSW", "EP", "SNN", "MW", "SENCO", "DSL", "DDSL", "IRO", "IDVA", "OT", "SALT", "GP", "PM", "DM", "SSW", "ASW", "CPN", "HT", "DHT"]
)  # fmt: skip
_DONE_TO_PEOPLE = word_class("wordlike.done_to_people")
_COMMON_PAIRS = word_class("initials.common_pairs")
#: words that are typed in capitals for weight
_GRAMMAR = word_class("lone_capitals.grammar")


class RegisteredLetters(NamedTuple):
    """Letters → the label of whom they stand for, compiled for one register."""

    known: dict[str, str]  # all initials
    without_surname: dict[str, str]
    singles: dict[str, str]

    @classmethod
    def of(cls, people: tuple[NamedPerson, ...]) -> Self:
        """The letters of these people."""
        without_surname = {p.initials[:2]: p.label for p in reversed(people) if len(p.initials) > 2}
        return cls(_known(people), without_surname, _single(people))


def initials_in(
    reading: Reading, people: tuple[NamedPerson, ...], letters: RegisteredLetters, keep: KeepWords
) -> Iterator[Span]:
    """Initials of registered people, with and without points; ``letters``: theirs."""
    known, without_surname, singles = letters
    spelt = reading.spells(2)
    for found in _POINTED.finditer(reading.text) if spelt else ():
        typed = "".join(c for c in found[0] if c.isalpha()).lower()
        label = known.get(typed) or known.get(typed[0] + typed[-1]) if len(typed) > 1 else ""
        if not label and found[0].count(".") > 1:
            label = without_surname.get(typed, "")  # "Y.D." of Yossel Dov Grünfeld
        if (
            label
            and ("." in found[0] or typed not in keep.words)
            and not (" " in found[0] and found[0][0] in "AI" and "." not in found[0] and "-" not in found[0])
        ):
            yield Span(found.start(), found.end(), label, "register:initials", REGISTER_NAME, 0.9)
    for found in _SMALL_POINTED.finditer(reading.text) if spelt else ():
        label = known.get(found[0].replace(".", ""))
        if label and found[0] not in ("e.g.", "i.e.", "a.m.", "p.m.", "n.b.", "a.k.", "d.o.", "o.b.", "c.c.", "b.d."):
            yield Span(found.start(), found.end(), label, "register:initials", REGISTER_NAME, 0.8)
    for found in _TOGETHER.finditer(reading.text) if "&" in reading.text or "+" in reading.text else ():
        if all(letter in singles for letter in (found[1].lower(), found[2].lower())) and found[1] != found[2]:
            for at in (1, 2) if found[1] + found[2] not in _COMMON_TOGETHER else ():
                yield Span(*found.span(at), singles[found[at].lower()], "register:initials", REGISTER_NAME, 0.7)
    for found in _HALF_PARTED.finditer(reading.text) if "-" in reading.gaps else ():
        if label := known.get(found[0].replace("-", "").lower()):
            yield Span(found.start(), found.end(), label, "register:initials", REGISTER_NAME, 0.9)
    yield from initials_in_pieces(reading, people)
    for i in reading.capitals:
        bare = reading.texts[i].removesuffix("'s")
        if len(bare) > 5 or reading.gap_before(i)[-1:] in (".", "'", "/", "-", "&") or _digit_beside(reading, i):
            continue
        label = known.get(bare.lower(), "") if len(bare) > 1 else singles.get(bare.lower(), "")
        if not label:
            continue
        start, end = reading.starts[i], reading.starts[i] + len(bare)
        if len(bare) == 1 or not _is_pair(bare.lower(), keep):
            # "TB" may be the child or the illness: only what it does tells
            if (
                _stands_for_somebody(reading, i, bare)
                if len(bare) == 1
                else _acts(reading, i) and not _is_a_job(reading, i, bare)
            ):
                end += len(bare) == 1 and _has_its_point(reading, i)
                yield Span(start, end, label, "register:initials", REGISTER_NAME, 0.8)
            elif len(bare) > 1 and (
                _may_act(reading, i) or _acts(reading, i) or _stands_alone(reading, i, bare) or _is_told_of(reading, i)
            ):
                why = "may be the initials of somebody of this family, or an abbreviation"
                yield Span(start, end, label, "register:initials", DOUBT, 0.5, why)
        else:
            yield Span(start, end, label, "register:initials", REGISTER_NAME, 0.8)


def strangers_in(reading: Reading, labels: LabelBook, taken: list[bool], keep: KeepWords) -> Iterator[Span]:
    """People in no register by their initials: "Actions: NC to visit". Those whom nobody has met yet are asked about."""
    by_initials = labels.by_initials()
    for i in reading.capitals:
        bare = reading.texts[i].removesuffix("'s")
        if not 2 <= len(bare) <= 3 or taken[i] or _digit_beside(reading, i):
            continue
        if not _is_pair(bare.lower(), keep):
            continue
        start, end = reading.starts[i], reading.starts[i] + len(bare)
        if label := by_initials.get(bare.lower()):
            yield Span(start, end, label, "vote:initials of somebody met", STRANGER, 0.7)
        elif (
            _acts(reading, i)
            or _is_listed_with_a_role(reading, i)
            or (len(bare) == 2 and _is_beside_a_job(reading, i))
            or (len(bare) == 2 and _may_be_somebody(reading, i, keep))
        ) and not (
            is_clipped(bare.lower())  # "YP said"
            or (is_listed(bare.lower()) and (reading.shouting or bare.lower() in _GRAMMAR))  # "NOT to be told"
        ):
            why = "may be somebody's initials"
            yield Span(start, end, labels.new(), "vote:initials of nobody met", DOUBT, 0.5, why)


def _acts(reading: Reading, i: int) -> bool:
    """Whether an abbreviation does what only people do: "TB to be seen", "told TB", "TB said", "TB's mother"."""
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    after = reading.lowers[i + 1 : i + 3] if reading.gap_after(i) == " " else []
    if reading.words[i].possessive:
        return bool(after) and after[0] in RELATIONS
    following = reading.word(i + 1)
    if following and following.capitalised and after:
        return False  # "told TA Miss Pollard"
    return (
        before
        in ("told", "asked", "by", "tell", "spoke", "met", "mum", "dad", "sibling", "child", "initials", "initialled")
        or after[:1]
        in (
            ["said"],
            ["says"],
            ["told"],
            ["tells"],
            ["asked"],
            ["cried"],
            ["wants"],
            ["feels"],
            ["lives"],
            ["went"],
            ["disclosed"],
        )
        or after == ["to", "be"]
        or (after[:1] == ["to"] and len(after) == 2 and _has_a_task(reading, i))
    )


def _is_a_job(reading: Reading, i: int, bare: str) -> bool:
    """SW to visit: who has that job, though somebody of the family has the same initials; but "SW's mother" is hers."""
    return bare in _JOBS and not reading.words[i].possessive


def _has_a_task(reading: Reading, i: int) -> bool:
    """Whether an action is given to these initials: "Actions: SF to safety plan", "2. MR to speak to the school"."""
    begins = (
        i == 0
        or reading.gap_before(i)[-2:] in (". ", ": ", "; ", "- ", ") ", "* ", ", ")
        or "\n" in reading.gap_before(i)
    )
    task = reading.words[i + 2]
    return begins and task.shape == LOWER and task.ordinary and not task.key.endswith(("ing", "ed"))


def _may_act(reading: Reading, i: int) -> bool:
    """Whether an abbreviation that is also somebody's initials does something: "TA failed to attend"."""
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    after = reading.lowers[i + 1] if i + 1 < len(reading.words) and reading.gap_after(i) == " " else ""
    return before not in _ARTICLES and after in _ACTING


def _is_told_of(reading: Reading, i: int) -> bool:
    """Whether an abbreviation that is also somebody's initials is what people are, or does what only they do behind "has": NA was upset."""
    near = reading.lowers[i + 1 : i + 4] if reading.gap_after(i) == " " else []
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    if before not in _ARTICLES and _MEASURED.match(reading.text, reading.ends[i]):
        return True  # "TA 17kg"
    if before in _ARTICLES or len(near) < 2 or near[0] not in _BEING:
        return before in _WITH and near[:1] == ["that"]  # "agreed with NA that"
    told = near[1:] if near[1] in ("not", "been", "also", "then", "still", "very", "being") else near[1:2]
    return any(word in _DONE_TO_PEOPLE or word in STATES for word in told) or is_in_a_state(reading, i + 1)


def _stands_alone(reading: Reading, i: int, bare: str) -> bool:
    """Whether an abbreviation that is also somebody's initials stands where people stand, and no noun behind it: agreed with HB."""
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    following = reading.word(i + 1)
    ends = reading.gap_after(i)[:1] in (".", ",", ";", ")", "") or following is None
    ends = ends or (reading.lowers[i + 1] in _BEHIND_SOMEBODY and bare not in _JOBS)
    return before in _WITH and (ends or (reading.gap_after(i) == " " and reading.lowers[i + 1] in _ACTING))


def _may_be_somebody(reading: Reading, i: int, keep: KeepWords) -> bool:
    """Two letters that do something, sign, are a pupil's, or stand beside others: "Approved JT", "pupil AB", "KM and TR"."""
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    if _may_act(reading, i) or before in _SIGNED or before in _WHOSE:
        return True
    pairs = (
        (i - 2, before),
        (i + 2, reading.lowers[i + 1] if reading.gap_after(i) == " " and i + 2 < len(reading.words) else ""),
    )
    return any(
        link == "and"
        and k >= 0
        and len(reading.texts[k]) == 2
        and reading.texts[k].isupper()
        and _is_pair(reading.lowers[k], keep)
        for k, link in pairs
    )


def _is_listed_with_a_role(reading: Reading, i: int) -> bool:
    """YB (nursery), in a list of those who came."""
    led = reading.gap_before(i) == " " and i > 0 and reading.lowers[i - 1] in ("to", "and", "with", "from", "by", "for")
    return reading.gap_after(i) == " (" and (led or reading.gap_before(i) in (", ", "; ", ": ", "\n"))


def _is_beside_a_job(reading: Reading, i: int) -> bool:
    """PG HV; discussed with AD (TM): the letters of a job right behind those of a name, and a sentence or "with" before."""
    if (
        _is_a_job_in_letters(reading, i)
        or not _is_a_job_in_letters(reading, i + 1)
        or reading.gap_after(i) not in (" ", " (")
    ):
        return False
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    return before in _WITH | {"by", "to", "and"} or reading.starts_sentence(i) or reading.gap_before(i) == ", "


def _is_a_job_in_letters(reading: Reading, i: int) -> bool:
    """Whether the letters of a job stand there by themselves."""
    return i < len(reading.texts) and reading.texts[i] in _JOBS_IN_LETTERS


def _digit_beside(reading: Reading, i: int) -> bool:
    start, end = reading.starts[i], reading.ends[i]
    return (
        reading.text[max(0, start - 1) : start].isdigit()
        or reading.text[end : end + 1].isdigit()
        or reading.text[end : end + 1] in ("&", "/")
    )


def _is_pair(letters: str, keep: KeepWords) -> bool:
    return letters not in keep.words and letters not in _COMMON_PAIRS


def _known(people: tuple[NamedPerson, ...]) -> dict[str, str]:
    """All initials and first-and-last initials → label; what fits two people stands for the first."""
    known: dict[str, str] = {}
    for person in people:
        for short in person.short_forms:
            known.setdefault(short, person.label)
        if len(person.initials) > 1:
            first, rest = person.initials[0], person.initials[1:]
            known.setdefault(person.initials, person.label)
            known.setdefault(first + rest[-1], person.label)
            # a middle name is left out, or half of a double one: S.C.G. of Shanice Precious Campbell-Grant
            for count in range(2, min(len(rest), 5)):
                for letters in combinations(rest, count):
                    known.setdefault(first + "".join(letters), person.label)
    for person in people:  # by an alias: AF of Precious Fashola, called Ade
        for letters in product(sorted(person.given_initials), sorted(person.family_initials)):
            known.setdefault("".join(letters), person.label)
    return known


def _single(people: tuple[NamedPerson, ...]) -> dict[str, str]:
    """The initial of a first name → label; the subject child before everybody else."""
    single: dict[str, str] = {}
    for person in sorted(people, key=lambda p: p.role != "subject_child"):
        if person.given and person.role != "professional":
            single.setdefault(person.given[0][0], person.label)
    return single


def _has_its_point(reading: Reading, i: int) -> bool:
    """Whether the point behind a letter ends no sentence: "V. came"."""
    following = reading.word(i + 1)
    return reading.gap_after(i) == ". " and following is not None and following.shape == LOWER


def _is_named(reading: Reading, k: int) -> bool:
    """Whether the word at ``k`` is somebody registered, and nothing else."""
    word = reading.word(k) if k >= 0 else None
    return word is not None and bool(word.parts) and not word.ordinary


def _stands_for_somebody(reading: Reading, i: int, letter: str) -> bool:
    """A single capital is a person when it owns, says or does something, or stands where people stand."""
    if i and reading.gap_before(i) == ", " and reading.lowers[i - 1] in RELATIONS and letter not in "AI":
        return not reading.gap_after(i).startswith(" ")  # "dad, D, was asked"
    before = reading.texts[i - 1].lower() if i and reading.gap_before(i) == " " else ""
    after = reading.texts[i + 1].lower() if i + 1 < len(reading.words) and reading.gap_after(i) == " " else ""
    if _has_its_point(reading, i):
        after = reading.lowers[i + 1]  # "she said V. came on Sunday"
    if before in _NOT_BEFORE or letter == "I":
        return False
    if letter != "A" and (
        (after == "and" and _is_named(reading, i + 2)) or (before == "and" and _is_named(reading, i - 2))
    ):
        return True  # "to take K and Noemi"
    if before in _HAVING and after.endswith("ing") and letter != "A":
        return True  # "has P sleeping in her trailer"
    if letter != "A" and _BY_THEMSELVES.match(reading.text, reading.ends[i]):
        return True  # "spoke to K on his own"
    possessive = reading.words[i].possessive
    if after == "to" and i + 2 < len(reading.words) and _has_a_task(reading, i) and letter != "A":
        return True  # "Agreed safe space. K to see counsellor"
    if letter == "A":
        return possessive and bool(after) and after not in ("and", "in", "at")
    if possessive:
        return True
    return (
        after in SPEECH
        or (after in DOING and after not in ("and", "or"))
        or (
            before in _BESIDE_SOMEBODY
            and (
                before in ("mum", "dad", "told", "asked", "with", "sibling", "brother", "sister")
                or after in ("and", "to", "at", "in", "on", "with", "")
            )
        )
    )
