"""Numbers of cases, crimes, courts and files, known by the word in front of them: "CAD 4471", "Mosaic ID 88213"."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from audit_kit.privacy.labels import REFERENCE
from audit_kit.privacy.numbers import digits_of
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import NAMED_AFTER_SOMEBODY, RECOGNISER, Span
from audit_kit.privacy.vocabulary import is_ordinary
from audit_kit.privacy.wordlists import word_class

_KIT_REFERENCE = re.compile(r"20\d\d-A\d-[A-Z]{2,6}(?:[_/][\w/-]{1,40})?")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)?\d\d))?")
#: with at least two digits side by side near its beginning
_CODE = re.compile(
    r"[A-Za-z0-9](?<=(?<![A-Za-z0-9/])(?=[A-Za-z0-9/.\-]{0,12}\d{2}).)[A-Za-z0-9]{0,15}(?:[/.\-][A-Za-z0-9]{1,14}){0,4}(?![\w/])"
)
#: typed in groups: "Mosaic no. 812 5504", "ZC 24 C 00381"
_GROUPS = re.compile(
    r"(?<![\w/.-])(?P<letters>[A-Z]{1,3}[ ])?(?P<number>[A-Z]\d{3}[ ]\d{3,5}(?![ ]?\d)|(?(letters)\d{4,8}(?![ ]?\d)|(?!))|\d{2,4}(?:[ ](?:\d{2,5}|[A-Z]{1,2}(?=[ ]\d)))+)(?![\w%/]|[.:]\d)"
)
#: without this no number in groups stands in a text: most texts are spared the long form
_IN_GROUPS = re.compile(r"[A-Z]\d{3} \d|\d (?:\d\d|[A-Z]{1,2} \d)|[A-Z] \d{4}")
_NUMBERED = re.compile(r"(?:\b(?:no|nos|num|number|ref|reference|id|a/c|acct?|account)\b\.?|[:#])[ :#]{0,2}$", re.I)
#: "ref given over the phone 2024-18856"
_TOLD = re.compile(
    r"\b[Rr]ef(?:erence)?(?: number| no\.?)?(?: [a-z]+){1,5}:? (?P<code>(?!(?:19|20)\d\d-\d\d\b)[A-Z]{0,4}\d{2,}[/-]?\d{3,}(?:[/-]\d+)?)(?![\w/-])"
)
#: a booking by letters and digits, a flight, who interpreted by telephone
_BOOKED = re.compile(
    r"\b(?:[Bb]ooking|BOOKING|[Rr]eservation|RESERVATION|[Vv]oucher|VOUCHER|[Cc]onfirmation|CONFIRMATION|PNR)(?: (?:[Rr]ef(?:erence)?|REF(?:ERENCE)?|no|NO|[Cc]ode|CODE|[Nn]umber|NUMBER)\b\.?)?:? (?P<code>(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{5,13})\b"
    r"|\b(?:[Ff]lights?|FLIGHTS?|[Aa]irline|AIRLINE|[Bb]oarding|BOARDING|[Ll]uggage|LUGGAGE)(?: (?:tags?|TAGS?|no\.?|NO\.?|[Nn]umber|NUMBER|pass|PASS|code))?:? (?P<flight>[A-Z]{2} ?\d{2,4})\b"
    r"|\b(?:[Ll]anguage ?[Ll]ine|[Ii]nterp(?:reter)?|[Ii]nterpreting)[^.;\n\d]{0,20}?\b(?:op(?:erator)?|interp(?:reter)?|code|no|id|ID|number)\b\.? (?P<operator>(?!(?:19|20)\d\d\b)\d{3,7})(?![\w/%:]|[.,]\d)"
)
_BOOKINGS = frozenset(
    [
        "booking",
        "reservation",
        "voucher",
        "confirmation",
        "pnr",
        "flight",
        "flights",
        "airline",
        "boarding",
        "luggage",
        "language",
        "languageline",
        "interp",
        "interpreter",
        "interpreting",
    ]
)
_NAMED = re.compile(r"/[A-Za-z]{2,}/")
_TELLS = re.compile(r"\b[Rr]ef(?:erence)?\b [a-z]")
_BEFORE = re.compile(r"[A-Za-z]+(?:'s)?|[^A-Za-z]+")
#: the stop behind a number and a word typed right behind it: "4611208/23.CPS"
_NEXT_SENTENCE = re.compile(r"\.[A-Za-z]+$")
_KINDS = word_class("references.kinds")
#: may stand between the kind and the number: "Mosaic ID no. 88213"
#: "Oyster 0412 8831 2209": the rest of a number of which one group stands behind its kind
_MORE_GROUPS = re.compile(r"(?:[ -](?!(?:19|20)\d\d\b)\d{3,5}){1,4}(?: \d)?(?![\w/]|[.:,]\d)")
_LETTERS_BEFORE = re.compile(r"(?<![\w/-])(?P<letters>[A-Z]{2,6}|[a-z]{2,5})(?:-[A-Z]{1,3})? $")
#: say what their own number is, and who has it
_OTHER_NUMBERS = word_class("jobs.ranks") | {"NHS", "UPN", "DOB", "NINO", "NI", "EDD", "TEL", "PH", "MOB", "FAX", "GP"}
_BETWEEN = word_class("references.between")
#: what may stand next to the number; "s" of "the case's"
_NEXT_TO_IT = _KINDS | _BETWEEN | {"s"}
_TIGHT = frozenset(" :#.-=(/")
#: need no "no." before a number in groups
_SYSTEMS = frozenset(
    ["mosaic", "rio", "lcs", "ics", "emis", "systmone", "mrn", "urn", "liquidlogic", "carefirst", "passport"]
)
#: two or three digits tell with these, and a time may stand behind
_SHORT = frozenset(["ext", "extension", "extn", "cad", "cris", "incident", "log"])


def is_kit_reference(text: str, start: int) -> bool:
    """Whether a reference of the audit itself stands there: 2026-A2-NEG/H3/MPS."""
    return _KIT_REFERENCE.match(text, start) is not None


def is_years(code: str) -> bool:
    """Whether this is a year or two: 2017, 2017/18."""
    return _YEARS.fullmatch(code) is not None


def references(reading: Reading) -> Iterator[Span]:
    """Every number behind a word that says what it numbers."""
    for found in _BOOKED.finditer(reading.text) if reading.numbered and reading.says(_BOOKINGS) else ():
        yield Span(*found.span(found.lastgroup or 0), REFERENCE, "recogniser:reference", RECOGNISER)
    if not reading.says(_KINDS):
        return
    text = reading.text
    for found in _CODE.finditer(text):
        start, end = found.span()
        kind = _kind_before(text, start)
        lettered = None if kind else _LETTERS_BEFORE.search(text, max(0, start - 12), start)
        system = _LETTERS_BEFORE.search(text, max(0, start - 12), start) if kind in _SYSTEMS else None
        if system and _kind_before(text, system.start()):
            start = system.start()  # "ref LCS 774120": what stands behind a reference is all of it
        if lettered and not _is_a_word(lettered["letters"]):  # "ref LEG 22/3017"
            start = lettered.start()
            kind = _kind_before(text, start)
        if kind and _is_reference(found[0], kind, text, found.start(), end):
            groups = _MORE_GROUPS.match(text, end) if found[0].isdigit() and kind not in _SHORT else None
            end = groups.end() if groups else found.start() + len(_NEXT_SENTENCE.sub("", found[0]).rstrip(" .-/"))
            # "ref FN/Ade/0088" goes whole, although a registered name stands inside
            rank = NAMED_AFTER_SOMEBODY if _NAMED.search(text, start, end) else RECOGNISER
            yield Span(start, end, REFERENCE, "recogniser:reference", rank)
    for found in _TOLD.finditer(text) if _TELLS.search(text) else ():
        yield Span(*found.span("code"), REFERENCE, "recogniser:reference", RECOGNISER)
    for found in _GROUPS.finditer(text) if _IN_GROUPS.search(text) else ():
        start = found.start("number") if is_a_kind(found["letters"]) else found.start()
        kind = _kind_before(text, start)
        numbered = kind in _SYSTEMS or _NUMBERED.search(text, max(0, start - 12), start)
        if kind and kind not in _SHORT and numbered and len(digits_of(found[0])) >= 5:
            yield Span(start, found.end(), REFERENCE, "recogniser:reference", RECOGNISER)


def _is_a_word(letters: str) -> bool:
    """Whether these letters are a word, or say what another number is."""
    return letters.upper() in _OTHER_NUMBERS or (letters.islower() and is_ordinary(letters))


def is_a_kind(letters: str | None) -> bool:
    """Whether these letters say what a number numbers: the "ID" of "Mosaic ID 88213"."""
    return letters is not None and (letters.strip().lower() in _KINDS or letters.strip().lower() in _BETWEEN)


def _kind_before(text: str, start: int) -> str:
    """The word that says what the number at ``start`` numbers, or ""."""
    before = text[max(0, start - 60) : start]
    nearest = before.rstrip(" :#.-=(/")
    nearest = nearest[len(nearest.rstrip(string.ascii_letters)) :].lower()
    if nearest not in _NEXT_TO_IT:
        return ""
    pieces: list[str] = _BEFORE.findall(before)
    passed = 0
    for piece in reversed(pieces):
        if not piece[0].isalpha():
            if len(piece) > 4 or not _TIGHT.issuperset(piece):
                return ""
            continue
        word = piece.lower().removesuffix("'s")
        if word in _KINDS:
            return word
        if word not in _BETWEEN or passed == 3:
            return ""
        passed += 1
    return ""


_DAY_OR_TIME = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{1,2}[.:]\d{2}(?:hrs?|[ap]m)?")


def _is_reference(code: str, kind: str, text: str, start: int, end: int) -> bool:
    digits = digits_of(code)
    return not (
        len(digits) < (3 if kind in _SHORT else 4)
        or code in ("999", "101", "111")
        or is_years(code)
        or is_kit_reference(text, start)
        or _DAY_OR_TIME.fullmatch(code)
        or (len(digits) < 4 and text[end : end + 1] == "%")
    )
