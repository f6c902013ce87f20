"""Registered names and numbers in finished files: compiled once for a session, asked about every file that leaves.

This is the second of two mechanisms. The first rewrites what agencies typed and looks for everything that might be a
name; this one looks at files as they will be read, and only for what is certainly registered. Far forms (by ear,
with a typing error, initials) are left out here: in the kit's own wording, font names and numbers they hit ordinary words.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import ascii_letters, ascii_lowercase, digits
from typing import TYPE_CHECKING

from audit_kit.acts.kept_words import kept_words
from audit_kit.domain.register import ROLE_LABELS, CaseRegister, Person
from audit_kit.office.package_texts import PlacedText, texts_of
from audit_kit.office.read_before import ReadBefore
from audit_kit.privacy.dates import BirthDates
from audit_kit.privacy.folding import fold, squeeze
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.vocabulary import is_listed

if TYPE_CHECKING:
    from audit_kit.privacy.residual import Residual, ResidualScan

_WORD = re.compile(r"[^\W\d_]+")
_NOT_CODE = re.compile(r"[^a-z0-9]+")
_LETTERS_ALONE = bytes(letter if letter in ascii_letters.encode() else ord(" ") for letter in range(256))
_NO_CODE = bytes(set(range(256)) - set((ascii_lowercase + digits).encode()))
_DIGIT = re.compile(r"\d")
#: fingerprints that the kit writes: letters in them are no words
_FINGERPRINT = re.compile(
    r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)(?:[0-9a-f]{8}|[0-9a-f]{10}|[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{64})\b"
)
#: parts in which programs write to programs: names of fonts sound like somebody, and nobody judges bytes
_MACHINERY = re.compile(
    r"\b(?:theme|thumbnail|styles|fontTable|webSettings|settings|numbering|image)\b|\d\.(?:jpe?g|png|gif|emf)|\.rels|"
    r"\[Content_Types\]|theme\d|picture's details|bytes as text|attribute$|its name$"
)
_MAIL_MACHINERY = re.compile(r"(?:MIME-Version|Content-[A-Za-z-]+|X-Unsent|Message-ID|Received): ")
_NAME_RULES = frozenset(
    f"register:{rule}"
    for rule in ("name", "alias", "joined", "spelling", "backwards", "cut in two", "letters apart", "name that is a word")
)  # fmt: skip
_FAR_RULES = frozenset(
    f"register:{rule}"
    for rule in (
        "sound", "typing error", "nickname", "short form", "initials", "digits for letters", "other script",
        "other language", "lost letters", "title and initial", "name beside an unknown one",
    )
)  # fmt: skip
#: what a relative is called, by everybody: no name, although an alias may hold it ("Aunt Bea")
_CALLED = frozenset(
    ["aunt", "aunty", "auntie", "uncle", "nan", "nana", "nanny", "gran", "granny", "grandma", "grandad", "grandpa", "mum", "mummy", "dad", "daddy", "baby", "unborn", "child", "big", "little", "old", "young", "mr", "mrs", "ms", "miss", "dr", "sir", "mother", "father", "sister", "brother", "the", "of", "and", "de", "da", "van", "von", "al", "el", "bin", "ben"]
) | frozenset(word for label in ROLE_LABELS.values() for word in label.lower().split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A registered name or number in a file. Never holds the word. ``unread``: a place nobody could look into."""

    place: str
    rule: str
    case: str
    label: str = ""
    certain: bool = True
    unread: str = ""


@dataclass(frozen=True)
class Sought:
    """Whom a session's files must not name. Values: they can be handed to another process."""

    registers: tuple[CaseRegister, ...]
    kept: tuple[str, ...]  # what this Board keeps beside the trade's own words
    staff: tuple[str, ...]
    references: tuple[str, ...]

    def search(self) -> NameSearch:
        """The same, compiled."""
        return NameSearch(self.registers, kept_words(self.kept), self.staff, self.references)


@lru_cache(maxsize=2)
def search_of(packed: bytes) -> NameSearch:
    """What looks for those who stand in a packed ``Sought``, in a process that is given many files of one session."""
    sought: Sought = pickle.loads(packed)  # noqa: S301 - packed by this kit's own process, and come through its own pipe
    return sought.search()


class NameSearch:
    """The registers of a session's cases, compiled. Made once in a process: it remembers what it found clean.

    ``references``: those of the session's audits and cases. A part that differs from a clean one in nothing
    else is clean.
    """

    def __init__(
        self,
        registers: Iterable[CaseRegister],
        keep: KeepWords,
        staff: Iterable[str] = (),
        references: Iterable[str] = (),
    ) -> None:
        self._registers, self._keep = tuple(registers), keep
        people = tuple(person for register in self._registers for person in register.people)
        self._words = frozenset(word for person in people for word in _name_words(person))
        hints = self._words | frozenset(word for person in people for word in _place_words(person))
        self._hints = frozenset(word for word in hints if not self._plain(word))
        self._as_written = frozenset(word.capitalize() for word in hints - self._hints)
        codes = sorted({code for person in people for code in _codes_of(person)})
        self._numbers = tuple(code for code in codes if _DIGIT.search(code))
        self._long_words = tuple(code for code in codes if not _DIGIT.search(code))
        self._births = BirthDates(person.dob for person in people if person.dob)
        self._staff = _staff_pattern(staff, people)
        # weakly: if each held the other, the megabytes of a session whose turn is over would stay, session by session
        asked = weakref.proxy(self)
        self._before = ReadBefore(
            frozenset(ref.encode() for ref in references if not any(self._hits(ref))),
            lru_cache(maxsize=64)(lambda code: not any(asked._hits(code))),  # it stands in a tool in several places
        )

    def in_file(self, name: str, data: bytes, cases: frozenset[str]) -> tuple[Found, ...]:
        """What certainly stands in a file that is about these cases, and the places that can't be looked into.

        A name of a case that the file is not about counts too, unless it is an ordinary word.
        """
        found: dict[Found, None] = {}
        suspected = False
        all_placed = list(texts_of(name, data, self._before))
        dates_only = self._hold_at_most_dates(placed.text for placed in all_placed)
        for placed in all_placed:
            if placed.unread:
                found[Found(placed.place, "", "", unread=placed.unread)] = None
            elif placed.text not in self._before.texts:
                hits = list(self._hits(placed.text, dates_only=dates_only))
                suspected = suspected or bool(hits)
                if not hits:
                    self._before.remember(placed.text)
                for rule, word_like in hits:
                    found |= dict.fromkeys(self._whose(placed, rule, word_like, cases))
        if found or suspected:
            self._before.forget()
        else:
            self._before.confirm()
        return tuple(found)

    def by_hand(self, name: str, data: bytes, own: frozenset[str] = frozenset()) -> tuple[Found, ...]:
        """Everything that is or may be registered, far forms too: for a person who looks at each place.

        ``own``: fingerprints of texts that the kit wrote; in them only what is certain counts.
        """
        found: dict[Found, None] = {}
        for placed in texts_of(name, data):
            if placed.unread:
                found[Found(placed.place, "", "", unread=placed.unread)] = None
                continue
            text = self._without_known(placed.text)
            if not self._all.find(text):
                continue
            for case, scan in self._each.items():
                for hit in scan.find(text):
                    certain = hit.certain and self._counts(text, hit)
                    if not certain and (_is_machinery(placed) or fingerprint(placed.text) in own):
                        continue
                    found[Found(placed.place, hit.rule.removeprefix("register:"), case, hit.label, certain)] = None
        return tuple(found)

    @cached_property
    def _all(self) -> ResidualScan:
        """All registers as one. Made when a text may hold somebody: with the lists of names it takes twenty megabytes."""
        people = tuple(person for register in self._registers for person in register.people)
        return self._scan(CaseRegister("", people))

    @cached_property
    def _each(self) -> dict[str, ResidualScan]:
        return {register.case: self._scan(register) for register in self._registers}

    def _scan(self, register: CaseRegister) -> ResidualScan:
        from audit_kit.privacy.residual import ResidualScan  # with all that finds names: most files never need it

        return ResidualScan(register, self._keep)

    def _hits(self, text: str, *, dates_only: bool = False) -> Iterator[tuple[str, bool]]:
        """The rule of each certain hit, and whether it is an ordinary word as well. ``dates_only``: as far as is known."""
        if not (self._may_hold_a_date(text) if dates_only else self._may_hold_one(text)):
            return
        text = self._without_known(text)
        for hit in self._all.find(text):
            if hit.certain and self._counts(text, hit):
                yield hit.rule, self._is_word(text, hit)

    def _whose(self, placed: PlacedText, rule: str, word_like: bool, cases: frozenset[str]) -> Iterator[Found]:
        """Of which cases it is: what no single register says is only what several families' names make together."""
        text = self._without_known(placed.text)
        owners = [
            case for case, scan in self._each.items()
            if any(hit.certain and hit.rule == rule and self._counts(text, hit) for hit in scan.find(text))
        ]  # fmt: skip
        for case in owners:
            if not word_like or not cases or case in cases:
                yield Found(placed.place, rule.removeprefix("register:"), case)

    def _counts(self, text: str, hit: Residual) -> bool:
        """Whether a hit is certain enough to stop a file: a number, a place, or a name letter by letter."""
        if hit.rule in _FAR_RULES:
            return False
        if hit.rule not in _NAME_RULES:
            return True
        words = [(word, squeeze(word)) for word in _WORD.findall(text[hit.start : hit.end])]
        named = [word for word, key in words if key in self._words]
        if not named:
            # letters apart, two names in one: none of its words is a whole name
            return not any(key in _CALLED for _, key in words) and hit.rule in (
                "register:letters apart", "register:joined", "register:cut in two",
            )  # fmt: skip
        # a short name, or one that is a word, only as names are written
        return any(
            (word[:1].isupper() and not (word.isupper() and self._plain(word))) or not self._plain(word)
            for word in named
        )

    def _is_word(self, text: str, hit: Residual) -> bool:
        """Whether all that names somebody here is an ordinary word as well."""
        words = [word for word in _WORD.findall(text[hit.start : hit.end]) if squeeze(word) in self._words]
        return hit.rule in _NAME_RULES and bool(words) and all(self._plain(word) for word in words)

    @staticmethod
    def _plain(word: str) -> bool:
        return len(word) <= 3 or is_listed(squeeze(word))

    def _may_hold_one(self, text: str) -> bool:
        """Whether it is worth reading this text with all its context: most of what we write is not."""
        plain = text if text.isascii() else fold(text).text
        return self._may_hold_a_name_or_number(plain, _as_code(plain.lower())) or self._may_hold_a_date(plain)

    def _may_hold_a_name_or_number(self, plain: str, compact: str) -> bool:
        return (
            not self._hints.isdisjoint(_words_of(plain.lower()))
            or not self._as_written.isdisjoint(_words_of(plain))
            or any(word in compact for word in self._long_words)
            or (_DIGIT.search(plain) is not None and any(code in compact for code in self._numbers))
        )

    def _may_hold_a_date(self, text: str) -> bool:
        plain = text if text.isascii() else fold(text).text
        return _DIGIT.search(plain) is not None and next(self._births.find(plain), None) is not None

    def _hold_at_most_dates(self, texts: Iterable[str]) -> bool:
        """Whether none of a file's texts may hold a name or a number: asked of all at once, in a fraction of the time."""
        plain = [text if text.isascii() else fold(text).text for text in texts]
        if any("\0" in text for text in plain):  # what stands between them must stand in none
            return False
        return not self._may_hold_a_name_or_number(
            "\0".join(plain), "\0".join(_as_code(text.lower()) for text in plain)
        )

    def _without_known(self, text: str) -> str:
        """The text without fingerprints, and without the professionals whom the paperwork addresses by name."""
        text = _FINGERPRINT.sub(" ", text)
        return self._staff.sub(" ", text) if self._staff else text


def _words_of(text: str) -> list[str]:
    """Its words, of letters alone; of plain ASCII, as nearly all are, in a fifth of the time that the pattern takes."""
    return text.encode().translate(_LETTERS_ALONE).decode().split() if text.isascii() else _WORD.findall(text)


def _as_code(folded: str) -> str:
    """Its small letters and digits without anything between them."""
    return folded.encode().translate(None, _NO_CODE).decode() if folded.isascii() else _NOT_CODE.sub("", folded)


def fingerprint(text: str) -> str:
    """What a text of a file is known by, however its white space is saved."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]


def _is_machinery(placed: PlacedText) -> bool:
    return bool(_MACHINERY.search(placed.place) or _MAIL_MACHINERY.match(placed.text))


def _name_words(person: Person) -> Iterator[str]:
    for name in (person.name, *person.aliases):
        for word in _WORD.findall(fold(name).text):
            key = squeeze(word)
            if len(key) >= 2 and key not in _CALLED:
                yield key


def _place_words(person: Person) -> Iterator[str]:
    """The words that tell a place from others; all of them when each is an ordinary word."""
    for place in (person.address, person.school, person.nursery, person.gp_practice):
        words = [squeeze(word) for word in _WORD.findall(fold(place).text) if len(word) >= 4]
        yield from [word for word in words if not is_listed(word)] or words


def _codes_of(person: Person) -> Iterator[str]:
    """What gives a person away whatever stands between its letters: numbers, codes, addresses, long names."""
    numbers = (
        person.nhs_number,
        person.upn,
        person.ni_number,
        person.postcode,
        *person.emails,
        *person.other_identifiers,
    )
    for typed in numbers:
        yield from (code for code in (_NOT_CODE.sub("", fold(typed).text.lower()),) if len(code) >= 4)
    # the last digits are the same in every way of writing a telephone number
    yield from (digits[-8:] for phone in person.phones if len(digits := re.sub(r"\D", "", phone)) >= 8)
    yield from (word for word in _name_words(person) if len(word) >= 6 and word.isascii())


def _staff_pattern(staff: Iterable[str], people: tuple[Person, ...]) -> re.Pattern[str] | None:
    """Professionals by their whole names and addresses; not one who is called like somebody of a family."""
    families = {squeeze(name) for person in people for name in (person.name, *person.aliases)}
    known = sorted({one.strip() for one in staff if len(one.split()) > 1 or "@" in one}, key=len, reverse=True)
    told = [re.escape(one) for one in known if squeeze(one) not in families]
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", re.IGNORECASE) if told else None
