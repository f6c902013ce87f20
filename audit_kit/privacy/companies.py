"""Firms and schools that are known by what stands beside them: "Hadley Crowe LLP", "school: Our Lady of Good Counsel"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy import labels
from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.apposed_places import FORM_VALUES
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.led_places import leads_to_a_place
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, NAMED_AFTER_SOMEBODY, RECOGNISER, Span
from audit_kit.privacy.trade import OF_THE_TRADE, RELATIONS
from audit_kit.privacy.wordlists import word_class

_NAME = r"(?:[A-Z][\w'-]{1,20}(?:[ ](?:&|and)[ ]|[ ]))"
_FIRM = re.compile(
    rf"(?<![\w.])(?P<name>(?:[A-Z] ?& ?[A-Z] )?{_NAME}{{1,4}})(?P<form>CIC|CIO|Ltd|LTD|LLP|Limited|Lettings|Estates|Solicitors|Properties|[Pp]lc|PLC|Estate Agents|Chambers|& Co|& Partners|& Sons|and Partners|and Sons)\b"
)
#: where nobody types capitals: "a letter of quillock bray llp"
_SMALL_FIRM = re.compile(r"\b(?P<name>[a-z']{3,20}(?: (?:& |and )?[a-z']{3,20})?) (?:llp|ltd|plc)\b")
_FORMS = word_class("companies.forms")
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
#: without one of these no text says that something is a school, or that somebody goes to one
_KINDS = frozenset(["school", "nursery", "college", "preschool", "playgroup", "gp", "surgery"])
_PUPILS = word_class("companies.pupils")
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
_PAIR = re.compile(r"(?<![\w'])[A-Z][a-z]{2,15} (?:&|and) [A-Z][a-z]{2,15}(?![\w'])")
#: "his solicitors, Quillon and Marsh, wrote"
_LAWYERS = re.compile(
    r"\b(?:[Ss]olicitors?|[Ll]awyers?)(?:,| at| from| is| are|:|,? of) (?P<firm>[A-Z][\w'-]+(?:, [A-Z][\w'-]+)? (?:and|&) [A-Z][\w'-]+)(?=[,.;)\n]| (?:had|have|has|wrote|rang|sent|say|said)\b)"
)
_TO_FIRM = frozenset(["at", "for", "of", "in", "outside", "near", "opposite"])
_TRADE = word_class("institutions.trade") | word_class("institutions.generic") | word_class("venues.generic")
_NO_FIRMS = RELATIONS | _TRADE


def firms(reading: Reading, keep: KeepWords) -> Iterator[Span]:
    """Firms by their legal form or trade."""
    for found in _FIRM.finditer(reading.text) if reading.says(_FORMS) else ():
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
    for pattern, needed in ((_SAID, _KINDS), (_PUPIL_AT, _PUPILS)):
        for found in pattern.finditer(text) if reading.says(needed) else ():
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
            entered = pattern is _SAID and reading.lowers[inside[0]] in FORM_VALUES
            if not telling or entered or any(taken[i] for i in inside) or reading.words[inside[0]].title:
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


def firms_of_two_names(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Colbeck & Shah, Lotus & Pearl; ``taken`` per word: what is named or kept already."""
    yield from _two_names(reading, taken)
    yield from _word_and_name(reading, taken)


def _two_names(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Colbeck & Shah: two surnames, and nobody's first name; of lawyers also with "and"."""
    for found in _LAWYERS.finditer(reading.text) if "olicitor" in reading.text or "awyer" in reading.text else ():
        if not any(reading.words[k].title for k in reading.between(*found.span("firm"))):
            yield Span(*found.span("firm"), labels.ORGANISATION, "recogniser:firm", RECOGNISER)
    for found in _PAIR.finditer(reading.text) if "&" in reading.text else ():
        inside = list(reading.between(*found.span()))
        pair = [reading.words[k] for k in inside]
        if all(is_strong(w) and not w.first_name and not w.kept for w in pair) and not any(taken[k] for k in inside):
            yield Span(*found.span(), labels.ORGANISATION, "recogniser:firm", RECOGNISER)


def _word_and_name(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Lotus & Pearl, Slaughter & May: a word and a name that is one, set off by commas or behind what leads to a firm."""
    for found in _PAIR.finditer(reading.text) if "&" in reading.text else ():
        inside = list(reading.between(*found.span()))
        if len(inside) != 2 or any(taken[k] or reading.words[k].key in _NO_FIRMS for k in inside):
            continue
        first, second = (reading.words[k] for k in inside)
        before = reading.lowers[inside[0] - 1] if inside[0] else ""
        set_off = reading.gap_before(inside[0]) == ", " and reading.gap_after(inside[-1])[:1] in (",", ".")
        led = reading.gap_before(inside[0]) == " " and before in _TO_FIRM
        if (set_off or led) and "olicitor" in reading.text[max(0, found.start() - 60) : found.start()]:
            yield Span(*found.span(), labels.ORGANISATION, "recogniser:firm", RECOGNISER)
            continue
        if not (set_off or led) or not second.word_name:
            if reading.starts_sentence(inside[0]) or any(w.kept or w.key in OF_THE_TRADE for w in (first, second)):
                continue
            if leads_to_a_place(reading, inside[0], inside[1]):
                yield Span(
                    *found.span(), labels.ORGANISATION, "recogniser:firm", RECOGNISER
                )  # "a mentor from Anvil & Rise"
                continue
            why = "may be the name of a firm"
            yield Span(*found.span(), labels.ORGANISATION, "recogniser:unsure place", DOUBT, 0.5, why)
            continue
        if first.ordinary and not (first.kept or first.word_name) and second.word_name and (set_off or led):
            yield Span(*found.span(), labels.ORGANISATION, "recogniser:firm", RECOGNISER)
