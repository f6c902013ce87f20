"""Firms and schools that are known by what stands beside them: "Hadley Crowe LLP", "school: Our Lady of Good Counsel"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy import labels
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.folding import holds_any
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.lone_capitals import OF_THE_TRADE
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, NAMED_AFTER_SOMEBODY, RECOGNISER, Span
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import CAPITAL

_NAME = r"(?:[A-Z][\w'-]{1,20}(?:[ ](?:&|and)[ ]|[ ]))"
_FIRM = re.compile(
    rf"(?<![\w.])(?P<name>{_NAME}{{1,4}})(?P<form>CIC|CIO|Ltd|LTD|LLP|Limited|Lettings|Estates|Solicitors|Properties|[Pp]lc|PLC|Estate Agents|Chambers|& Co|& Partners|& Sons|and Partners|and Sons)\b"
)
#: where nobody types capitals: "a letter of quillock bray llp"
_SMALL_FIRM = re.compile(r"\b(?P<name>[a-z']{3,20}(?: (?:& |and )?[a-z']{3,20})?) (?:llp|ltd|plc)\b")
_FORMS = (
    "CIC",
    "CIO",
    "Ltd",
    "LTD",
    "LLP",
    "Limited",
    "Lettings",
    "Estate",
    "Solicitors",
    "Properties",
    "lc",
    "PLC",
    "Chambers",
    "& Co",
    "Partners",
    "Sons",
)
#: "school: Our Lady of Good Counsel"; "on roll at Millbrook"; "excluded from Hartley"
_PROPER = r"(?:St\.? )?[A-Z][a-z'-]{2,20}(?:(?: (?:of|the|and|&|de|la))? (?:St\.? )?[A-Z][a-z'-]{1,20}){0,5}(?: (?:RC|CE|CofE|C of E))?"
_SAID = re.compile(
    r"\b(?P<kind>[Ss]chool|[Nn]ursery|[Cc]ollege|[Pp]re-?school|[Pp]laygroup|GP|[Ss]urgery|GP [Pp]ractice|GP [Ss]urgery)(?: (?:is|was|called|named|now))?(?:: ?| - |, | )"
    rf"(?P<name>{_PROPER})"
)
_PUPIL_AT = re.compile(
    r"\b(?:pupil|student|roll|enrolled|place|registered|excluded|expelled|suspended|year \d{1,2}|Year \d{1,2}|Y\d{1,2}|yr \d{1,2}|[Rr]eception|[Nn]ursery class)(?: (?:at|from|in))[ ]"
    rf"(?P<name>{_PROPER})"
)
#: without one of these, in small letters, no text says that something is a school
_KINDS = ("school", "nursery", "college", "playgroup", "gp", "surgery")
#: where nobody types capitals: "excluded from st brendan's", "at busy bees nursery"
_SMALL_SAINT = re.compile(
    r"\b(?:at|from|to|of|attends|school|nursery|left|joined|school is|school was) (?P<name>st\.? [a-z]{3,14}(?:'?s)?)\b(?! (?:road|street|ward|centre))"
)
_SMALL = re.compile(
    r"(?:\b(?:at|from|attends|joined|left|to) |\()(?P<name>(?:(?!the |a |an |his |her |their |my |our )[a-z']{3,14} ){1,2}(?:nursery|primary|academy|surgery|infants|juniors|preschool))\b(?! (?:school place|place|age|setting|staff))"
)
_LABELS = {"n": labels.NURSERY, "p": labels.NURSERY, "g": labels.SURGERY, "s": labels.SCHOOL, "c": labels.SCHOOL}
_GENERIC = (
    word_class("institutions.generic") | word_class("institutions.trade") | word_class("institutions.never_first")
)


def firms(text: str, keep: KeepWords) -> Iterator[Span]:
    """Firms by their legal form or trade."""
    for found in _FIRM.finditer(text) if holds_any(text, _FORMS) else ():
        words = re.findall(r"[A-Za-z']+", found["name"])
        while words and (words[0].lower() in _GENERIC or words[0] in ("Landlord", "Solicitor", "Messrs", "Letter")):
            words.pop(0)
        if words and any(w.lower() not in keep.words and w.lower() not in _GENERIC for w in words):
            start = found.start() + found["name"].index(words[0])
            # "Hannah Chambers" may be a relative
            rank = RECOGNISER if found["form"] == "Chambers" else NAMED_AFTER_SOMEBODY
            yield Span(start, found.end(), labels.ORGANISATION, "recogniser:firm", rank)


def law_firms(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Eastlight Law, Quillon Legal: a word that no list knows, and what it does; but "Clare's Law" and "Family Law"."""
    if "Law" not in reading.text and "Legal" not in reading.text:
        return
    for i in [i for i, typed in enumerate(reading.texts) if i and typed in ("Law", "Legal")]:
        if reading.gap_before(i) != " ":
            continue
        name, following = reading.words[i - 1], reading.word(i + 1)
        goes_on = following is not None and reading.gap_after(i) == " " and following.capitalised
        if is_strong(name) and name.shape == CAPITAL and not (name.kept or name.possessive or taken[i - 1] or goes_on):
            yield Span(
                reading.starts[i - 1], reading.ends[i], labels.ORGANISATION, "recogniser:firm", NAMED_AFTER_SOMEBODY
            )


def _may_name_one(reading: Reading, i: int) -> bool:
    """Nursery: Acorns; excluded from Harbour; but "School: Informed", "Nursery: Good"."""
    word = reading.words[i]
    return word.shape == CAPITAL and word.key not in OF_THE_TRADE and not word.key.endswith(("ed", "ing"))


def said_to_be_schools(reading: Reading, keep: KeepWords, taken: list[bool], *, whispering: bool) -> Iterator[Span]:
    """Schools, nurseries and surgeries without a head noun of their own, where the sentence says what they are."""
    text = reading.text
    patterns = (_SAID, _PUPIL_AT) if holds_any(reading.lower, _KINDS) else (_PUPIL_AT,)
    for pattern in patterns:
        for found in pattern.finditer(text):
            if pattern is _SAID and text[found.start("name") - 1] == " " and text[found.start("name") - 2] not in ":-,":
                continue
            start, end = found.span("name")
            inside = list(reading.between(start, end))
            telling = [
                i
                for i in inside
                if not (reading.words[i].kept or reading.lowers[i] in _GENERIC or reading.words[i].key in OF_THE_TRADE)
            ]  # "a place at Breakfast Club"
            plain = all(reading.words[i].ordinary for i in telling)
            if not telling or any(taken[i] for i in inside) or reading.words[inside[0]].title:
                continue
            if plain and len(inside) < 2:
                if (pattern is _PUPIL_AT or text[start - 2 : start] == ": ") and _may_name_one(reading, inside[0]):
                    why = "may be the name of a place where the family can be found"
                    yield Span(
                        start, reading.name_end(inside[0]), labels.PLACE, "recogniser:unsure place", DOUBT, 0.5, why
                    )
                continue
            if tuple(reading.lowers[i] for i in inside) in keep.phrases or (
                is_strong(reading.words[inside[0]])
                and reading.words[inside[0]].first_name
                and pattern is _SAID
                and len(inside) == 2
            ):
                continue
            label = _LABELS[found["kind"][0].lower()] if pattern is _SAID else labels.SCHOOL
            yield Span(start, end, label, "recogniser:said to be one", RECOGNISER)
    for found in _SMALL_SAINT.finditer(text) if " st" in text else ():
        if found["name"].split()[-1].removesuffix("'s") not in keep.words:
            yield Span(*found.span("name"), labels.SCHOOL, "recogniser:school", RECOGNISER)
    if whispering:
        for found in _SMALL_FIRM.finditer(text) if " l" in text or " plc" in text else ():
            inside = [i for i in reading.between(*found.span("name")) if is_strong(reading.words[i])]
            if inside and not any(taken[i] for i in inside):
                yield Span(reading.starts[inside[0]], found.end(), labels.ORGANISATION, "recogniser:firm", RECOGNISER)
        for found in _SMALL.finditer(text):
            if not any(word in _GENERIC for word in found["name"].split()[:-1]):
                yield Span(*found.span("name"), labels.SCHOOL, "recogniser:school", RECOGNISER)
