"""Staff by a letter or two, or by a rank with a stroke: "Sgt M said", "Typed by jmw", "Chaperone S/N Bisi"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import NAMED_AFTER_SOMEBODY, RECOGNISER, STRANGER, Span
from audit_kit.privacy.vocabulary import is_clipped, is_listed

#: not "PS A letter follows", nor "the DC I met"
_RANKED = re.compile(r"\b(?:PC|DC|DS|DI|PS|PCSO|Sgt|Sergeant|Insp|Inspector)\.? [B-HJ-W](?![\w&'/+-]|\.\w| ?\d)")
_RANKS = frozenset(["pc", "dc", "ds", "di", "ps", "pcso", "sgt", "sergeant", "insp", "inspector"])
#: the letters of whoever wrote it, typed small
_TYPED_BY = re.compile(
    r"\b(?:[Tt]yped|[Dd]ictated|[Tt]ranscribed|[Ll]ogged|[Ee]ntered|[Ii]nput|[Cc]hecked|[Cc]ountersigned|[Ss]igned(?: off)?)(?: up)? by:? (?P<letters>[a-z]{2,3})(?=[.,;)\n]|$)"
)
_WRITING = frozenset(
    ["typed", "dictated", "transcribed", "logged", "entered", "input", "checked", "countersigned", "signed"]
)
#: "S/N Bisi": jobs that are written with a stroke
_STROKE = re.compile(
    r"\b(?:S/N|SN/|S/Nurse|St/N|H/V|M/W|S/W|C/N|HCA/N|Ch/N|S/M|W/M|H/T|D/H) (?P<name>[A-Z][a-z]{2,14}(?: [A-Z][a-z]{2,14})?)(?![\w-])"
)
#: "Adunola Dada (SW)": a surname that is a word of kinship or a town as well
_BEFORE_A_JOB = re.compile(
    r"(?P<name>[A-Z][a-z]{2,14} [A-Z][a-z]{2,14}) \((?:SW|HV|CPN|IRO|DSL|SENCO|FSW|EWO|YOT|[Ss]ocial worker|[Hh]ealth visitor|[Mm]idwife|[Ss]chool nurse|[Cc]hair|[Ss]olicitor)\b"
)


def staff_by_letters(reading: Reading, taken: list[bool], labels: LabelBook) -> Iterator[Span]:
    """Each of them; ``taken`` per word: what is named, kept or masked already."""
    text = reading.text
    for found in _RANKED.finditer(text) if reading.says(_RANKS) else ():
        inside = reading.between(*found.span())
        if not taken[inside[0]]:
            # though a registered name begins with the letter
            yield _somebody(found.span(), reading, inside, labels, "police officer")._replace(rank=NAMED_AFTER_SOMEBODY)
    for found in _TYPED_BY.finditer(text) if reading.says(_WRITING) else ():
        letters, inside = found["letters"], reading.between(*found.span("letters"))
        if not (is_listed(letters) or is_clipped(letters) or any(taken[i] for i in inside)):
            yield Span(*found.span("letters"), labels.new(), "recogniser:letters of a writer", RECOGNISER)
    for found in _STROKE.finditer(text) if "/" in text else ():
        inside = reading.between(*found.span("name"))
        names = [i for i in inside if reading.words[i].shape == CAPITAL and not (taken[i] or reading.words[i].kept)]
        if len(names) == len(inside):
            yield _somebody(found.span(), reading, inside, labels)
    for found in _BEFORE_A_JOB.finditer(text) if " (" in text else ():
        inside = reading.between(*found.span("name"))
        if len(inside) == 2 and not (taken[inside[0]] or taken[inside[1]]):
            first, surname = (reading.words[i] for i in inside)
            if surname.kept and is_strong(first) and not first.kept:
                yield _somebody(found.span("name"), reading, inside, labels)


def _somebody(at: tuple[int, int], reading: Reading, inside: range, labels: LabelBook, job: str = "") -> Span:
    keys = tuple(reading.words[i].key for i in inside)
    return Span(*at, labels.of_stranger(keys, job, frozenset(keys)), "vote:title", STRANGER, 0.8)
