"""What stands where a name stood, and the labels already given to people who are not in the register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from audit_kit.domain.register import ROLE_LABELS, CaseRegister
from audit_kit.privacy.folding import fold_word
from audit_kit.privacy.trade import TITLE_JOBS, job_labels

POSTCODE = "[postcode]"
PHONE = "[phone number]"
EMAIL = "[e-mail address]"
URL = "[web address]"
HANDLE = "[user name]"
ADDRESS = "[address]"
SCHOOL = "[school]"
NURSERY = "[nursery]"
SURGERY = "[GP practice]"
PLACE = "[named place]"
ORGANISATION = "[organisation]"
NHS_NUMBER = "[NHS number]"
UPN = "[UPN]"
NI_NUMBER = "[NI number]"
PASSPORT = "[passport number]"
PLATE = "[vehicle registration]"
REFERENCE = "[reference number]"
DATE_OF_BIRTH = "[date of birth]"
FAMILY_NAME = "[family name]"
FILE_NAME = "[file name]"
NAME = "[name]"

BRACKETED = (
    POSTCODE, PHONE, EMAIL, URL, HANDLE, ADDRESS, SCHOOL, NURSERY, SURGERY, PLACE, ORGANISATION, NHS_NUMBER, UPN, NI_NUMBER,
    PASSPORT, PLATE, REFERENCE, DATE_OF_BIRTH, FAMILY_NAME, FILE_NAME, NAME, "[role?]",
)  # fmt: skip

_WORD = re.compile(r"\w")
_PROFESSIONAL = "Professional: "
#: letters that are doubled in nothing else that returns write: no "AA", "CC", "DD", "SS", "TT"
_DOUBLED = frozenset("gjklwyz")
_NUMBERED = "|".join(sorted({re.escape(stem) for stem in ROLE_LABELS.values()}, key=len, reverse=True))
_GENERAL = rf"(?:Child [A-Z]\d{{1,2}}(?: \(\d+\))?|(?:{_NUMBERED})(?: \d{{1,2}})\b)"
_AGED = r"\[date of birth: age [\w -]{1,12}\]"


@dataclass(frozen=True)
class Strangers:
    """Labels already given in this case to people who are not in its register.

    ``given`` holds (name folded to plain lower-case letters, label). Store it with the case, sealed:
    the names are in it. A new anonymiser that starts from it gives the same people the same labels,
    so that one health visitor is one person across all agencies' returns.
    """

    given: tuple[tuple[str, str], ...] = ()

    @classmethod
    def none(cls) -> Strangers:
        """Nobody yet: the start of a case."""
        return cls()

    @classmethod
    def of(cls, labels: Mapping[str, str]) -> Strangers:
        """From name → label, as a person would write it down."""
        return cls(tuple((fold_word(name), label) for name, label in labels.items()))

    def as_mapping(self) -> dict[str, str]:
        """Folded name → label, in the order in which they were given."""
        return dict(self.given)


class LabelBook:
    """The labels of one case while it is being worked on: looks up strangers and gives new labels."""

    def __init__(self, register: CaseRegister, strangers: Strangers) -> None:
        self._given: dict[str, str] = strangers.as_mapping()
        self._taken = {label for label, _ in register.labelled()} | set(self._given.values())
        self._standing = tuple(map(as_folded, filter(None, self._taken)))
        self._without_jobs = tuple(label for label in self._standing if _PROFESSIONAL not in label)
        self._met: set[str] = set()
        self._beginning: dict[str, set[str]] = {}  # first letters → the first names that begin so
        self._counted = 0
        self._full: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._named = 0
        self._letters: dict[str, str] = {}
        self._lettered = 0

    def strangers(self) -> Strangers:
        """All labels given so far, to be stored."""
        return Strangers(tuple(self._given.items()))

    @property
    def size(self) -> tuple[int, int]:
        """How many names and labels there are: both only grow, and masking depends on nothing else that changes."""
        return len(self._given), len(self._taken)

    def known(self, name: str) -> str:
        """The label this name was given before, or ""."""
        return self._given.get(name, "")

    def remember(self, name: str, label: str) -> None:
        """Keep a label for this name; the first one given stays."""
        self._given.setdefault(name, label)
        self._taken.add(label)

    def new(self, role: str = "") -> str:
        """A label nobody has yet: "Professional: health visitor", then "Professional: health visitor 2"."""
        if role:
            stem = f"{_PROFESSIONAL}{role}"
            return next(
                label for n in range(1, 10_000) if (label := stem if n == 1 else f"{stem} {n}") not in self._taken
            )
        return next(label for n in range(1, 10_000) if (label := f"Person {n}") not in self._taken)

    def by_initials(self) -> dict[str, str]:
        """First letters of the strangers met so far → label: "NC" of Niamh Corrigan; what fits two is left out."""
        if len(self._given) == self._lettered:
            return self._letters
        found: dict[str, set[str]] = {}
        for name, label in self._given.items():
            parts = [part for part in name.split() if part]
            if parts and parts[0][0] in _DOUBLED:
                found.setdefault(parts[0][0] * 2, set()).add(label)  # "JJ" of Jerome
            for part in parts[1:-1]:
                found.setdefault(part, set()).add(label)  # as he is told to be called: Jerome "TJ" Marsh
            if len(parts) >= 2:
                for letters in {"".join(part[0] for part in parts), parts[0][0] + parts[-1][0]}:
                    found.setdefault(letters, set()).add(label)
        self._letters = {letters: labels.pop() for letters, labels in found.items() if len(labels) == 1}
        self._lettered = len(self._given)
        return self._letters

    def full_names(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """First word → the full names of strangers met that begin with it, longest first, each with its label."""
        if len(self._given) != self._named:
            found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
            for name in sorted(self._given, key=len, reverse=True):
                words = tuple(name.split())
                if len(words) > 1 and all(len(word) > 1 for word in words):
                    found.setdefault(words[0], []).append((words, self._given[name]))
            self._full, self._named = found, len(self._given)
        return self._full

    def has_met(self, word: str) -> bool:
        """Whether this word is part of the name of a stranger met before."""
        if len(self._given) != self._counted:
            for name in filter(None, islice(self._given, self._counted, None)):
                parts = name.split()
                self._met.update(parts)
                for length in range(3, len(parts[0])):
                    self._beginning.setdefault(parts[0][:length], set()).add(parts[0])
            self._counted = len(self._given)
        return word in self._met

    def long_for(self, word: str) -> str:
        """The first name of a stranger met before that is cut down to this word: Kezban of "kez"; "" of none or of two."""
        names = () if self.has_met(word) else self._beginning.get(word, ())
        return next(iter(names)) if len(names) == 1 else ""

    def of_stranger(self, name: tuple[str, ...], job: str, telling: frozenset[str]) -> str:
        """The label of this stranger: the one given before to the same name or its surname, or a new one.

        ``telling`` are the words of the name that are no ordinary words: only these lead from "Ms Okoro"
        back to "Jane Okoro".
        """
        full = " ".join(name)
        label = self._given.get(full) or self._by_word(name, telling)
        if not label:
            label = self.new(job)
        self.remember(full, label)
        return label

    def _by_word(self, name: tuple[str, ...], telling: frozenset[str]) -> str:
        known = {k: v for k, v in self._given.items() if self._same_person(name, tuple(k.split()), telling)}
        labels = set(known.values())
        return labels.pop() if len(labels) == 1 else ""

    @staticmethod
    def _same_person(name: tuple[str, ...], other: tuple[str, ...], telling: frozenset[str]) -> bool:
        if len(name) == 1 or len(other) == 1:
            return bool(set(name) & set(other) & telling)
        initialled = len(name[0]) == 1 or len(other[0]) == 1  # "O. Marsh" of Ottoline Marsh, though a marsh is a word
        return name[-1] == other[-1] and (name[-1] in telling or initialled) and name[0][0] == other[0][0]

    def protected(self, text: str, *, numbered: bool) -> Iterator[tuple[int, int]]:
        """Where a label already stands in a folded text; none of them is ever masked or doubted.

        ``numbered`` says whether a digit stands in it: nearly every label has one.
        """
        jobs, bracketed = _PROFESSIONAL in text, "[" in text
        for found in any_label(jobs=jobs, bracketed=bracketed).finditer(text) if jobs or bracketed or numbered else ():
            yield found.span()
        for label in self._standing if jobs else self._without_jobs:
            at = text.find(label)
            while at >= 0:
                end = at + len(label)
                if not (_WORD.match(text, end) or (at and _WORD.match(text, at - 1))):
                    yield at, end
                at = text.find(label, end)


@lru_cache(maxsize=4)
def any_label(*, jobs: bool, bracketed: bool) -> re.Pattern[str]:
    """A pattern of what can stand in brackets, and of every label that can be given to a stranger.

    Most of it are jobs and what stands in brackets: left out for a text that holds none of either.
    """
    every = [
        *([_AGED, *map(re.escape, BRACKETED)] if bracketed else ()),
        *([_professionals()] if jobs else ()),
        _GENERAL,
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(every)})(?!\w)")


@lru_cache(maxsize=1)
def _professionals() -> str:
    jobs = sorted({*job_labels(), *TITLE_JOBS.values()}, key=len, reverse=True)
    return rf"{_PROFESSIONAL}(?:{'|'.join(map(re.escape, jobs))})(?: \d{{1,3}})?"


def as_folded(label: str) -> str:
    """A label as it stands in a folded text: curly apostrophes made plain, capitals kept."""
    return label.replace("’", "'")
