"""Registered names in disguise: letter by letter (F o l a k e), digits and signs for letters (T3mi, W!ll), written backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit_kit.privacy.folding import holds_any, squeeze
from audit_kit.privacy.forms import PARTICLE
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, REGISTER_NAME, Span
from audit_kit.privacy.vocabulary import is_ordinary
from audit_kit.privacy.words import WordBook, digits_as_letters

_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:(?:[ ]{1,2}|[ ]?[.\-_*|~/·•][ ]?)[^\W\d_](?![^\W\d_])){2,60}")
#: one word of such a stretch: two spaces part it from the next
_SPACED_WORD = re.compile(r"[^\W\d_](?:(?: |[ ]?[.\-_*|~/·•][ ]?)[^\W\d_])+")
_WITH_DIGITS = re.compile(
    r"(?<![^\W_])(?=[A-Za-z]{0,24}[013457]{1,2}[A-Za-z])[A-Za-z]{1,24}[0-9]{1,2}[A-Za-z][A-Za-z0-9]{0,24}(?![^\W_])"
)
#: "W!ll", "$ky", "Gr@ce": a sign for a letter, and no stop or address
_WITH_SIGNS = re.compile(r"(?<![\w@.!$])(?:[A-Za-z]{1,12}[!@$][A-Za-z]{1,12}|\$[A-Za-z]{2,12})(?![\w@.!$]\w|[\w@$])")
#: a digit between two letters, without which there is none of them: it is found faster
_DIGIT_INSIDE = re.compile(r"[013457](?<=[A-Za-z].)[013457]?[A-Za-z]")
#: a digit for the last letter: "Nnamd1"
_LAST_DIGIT = re.compile(r"[013457](?<=[A-Za-z][a-z][a-z].)(?![\w@])")
_LETTERS_BEFORE = re.compile(r"(?<![^\W_])[A-Za-z0-9]{3,24}\Z")
_MARKED_UP = re.compile(r"(?<![^\W_])[^\W\d_]{1,20}(?:[*_~|^\\]{1,3}[^\W\d_]{1,20}){1,6}(?![^\W_])")
#: "Voy-check", as somebody hears a name
_SYLLABLES = re.compile(r"(?<![\w-])[A-Z][a-z]{1,6}(?:-[A-Za-z]?[a-z]{1,6}){1,4}(?![\w-])")
#: "#findblerta", "folakepassport.pdf", "temi2014.jpg"
_TAG = re.compile(
    r"#[A-Za-z][A-Za-z0-9_]{4,40}(?:-[A-Za-z]{2,20})?|(?<![\w@./-])[A-Za-z][A-Za-z0-9]{4,40}(?=(?:[ _-][\w-]{0,30})?\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|pptx?|msg|eml|mp4|mov|mp3|heic|zip|txt|rtf)\b)",
    re.I,
)
_HAS_TAG = re.compile(r"#|\.[A-Za-z][a-z0-9]{2}")
#: where a name may be cut in two
_CUTS = frozenset([" ", "\n", "\r\n", "- ", " -", " \n", "-"])
_BACKWARDS = "\u202e"


def disguised_names(reading: Reading, book: WordBook) -> Iterator[Span]:
    """Names that no reader of whole words would find."""
    text = reading.text
    for found in _SPACED.finditer(text) if reading.spells(3) else ():
        yield from _inside_run(found, book)
    for found in _WITH_DIGITS.finditer(text) if reading.numbered and _DIGIT_INSIDE.search(text) else ():
        for key in digits_as_letters(found[0].lower()):
            yield from _whole(found, key, book, "register:digits for letters")
    for found in _LAST_DIGIT.finditer(text) if reading.numbered else ():
        yield from _ended_by_a_digit(found, book)
    for found in _WITH_SIGNS.finditer(text) if holds_any(text, "!@$") else ():
        for key in digits_as_letters(found[0].lower()):
            yield from _whole(found, key, book, "register:digits for letters")
    for found in _SYLLABLES.finditer(text) if "-" in reading.gaps else ():
        yield from _said_slowly(found, book)
    for found in _MARKED_UP.finditer(text) if holds_any(text, "*_~|^\\") else ():
        key = squeeze(found[0])
        if not any(book[part].parts for part in re.split(r"[*_~|^\\]+", found[0])):
            yield from _whole(found, key, book, "register:letters apart")
    for found in _TAG.finditer(text) if _HAS_TAG.search(text) else ():
        yield from _hidden_in(found, book)
    if _BACKWARDS in reading.folded.original:
        for i, word in enumerate(reading.texts):
            parts = book.exact(squeeze(word)[::-1])
            if parts:
                yield Span(
                    reading.starts[i],
                    reading.ends[i],
                    book.people[parts[0].person].label,
                    "register:backwards",
                    REGISTER_NAME,
                    0.9,
                )


def split_names(reading: Reading, book: WordBook) -> Iterator[Span]:
    """A name cut in two by a space or a line end: "Ade yemi"."""
    for i, (first, second) in enumerate(pairwise(reading.words)):
        if first.ordinary and second.ordinary:
            if first.key == second.key:
                yield from _by_syllables(reading, book, i)
            elif first.shape == second.shape == CAPITAL:
                yield from _by_two_words(reading, book, i)
            continue
        if (first.parts and second.parts) or reading.gap_before(i + 1) not in _CUTS:
            continue
        if len(first.key) + len(second.key) == 4:
            yield from _by_syllables(reading, book, i)
            continue
        if (second.ordinary and second.shape == LOWER and len(second.key) < 5) or len(first.key) + len(second.key) < 5:
            continue
        parts = book.exact(first.key + second.key) or book.joined(first.key + second.key)
        if parts and (first.shape == CAPITAL or not first.ordinary):
            yield Span(
                reading.starts[i],
                reading.name_end(i + 1),
                book.people[parts[0].person].label,
                "register:cut in two",
                REGISTER_NAME,
                0.9,
            )


def _by_two_words(reading: Reading, book: WordBook, i: int) -> Iterator[Span]:
    """A name made of two words and typed as two, before more of it: "Thank God Obi"; by themselves they are words."""
    parts = book.exact(reading.words[i].key + reading.words[i + 1].key)
    surname = reading.word(i + 2)
    people = {p.person for p in surname.parts} & {p.person for p in parts} if surname and parts else set()
    if people and reading.gap_before(i + 1) == reading.gap_before(i + 2) == " ":
        label = book.people[min(people)].label
        yield Span(reading.starts[i], reading.name_end(i + 2), label, "register:cut in two", REGISTER_NAME, 0.9)


def _by_syllables(reading: Reading, book: WordBook, i: int) -> Iterator[Span]:
    """A short name by its two syllables: "Ni ni", "Jo-jo"; but "no no" stays whatever somebody is called."""
    first, second = reading.words[i], reading.words[i + 1]
    if len(first.key) < 2 or reading.gap_before(i + 1) not in (" ", "-") or first.parts:
        return
    if first.key != second.key and first.shape != CAPITAL:
        return
    parts = book.exact(first.key + second.key)
    said = first.ordinary and second.ordinary and first.shape == LOWER
    if parts and not said and parts[0].score >= 0.95 and parts[0].kind != PARTICLE:
        label = book.people[parts[0].person].label
        yield Span(reading.starts[i], reading.name_end(i + 1), label, "register:cut in two", REGISTER_NAME, 0.9)


def _hidden_in(found: re.Match[str], book: WordBook) -> Iterator[Span]:
    """A registered name with other words stuck to it: five letters or more, so that "ana" in "banana" is none."""
    letters = squeeze(found[0])
    for length in range(len(letters), 4, -1):
        for start in range(len(letters) - length + 1):
            parts = book.exact(letters[start : start + length])
            if parts and parts[0].score >= 0.95 and parts[0].kind != PARTICLE:
                label = book.people[parts[0].person].label
                yield Span(found.start(), found.end(), label, "register:inside a longer word", REGISTER_NAME, 0.85)
                return
    for length in (4, 3) if not is_ordinary(letters) else ():
        for short, rest in ((letters[:length], letters[length:]), (letters[-length:], letters[:-length])):
            parts = book.exact(short) if rest and _is_of_words(rest) else ()
            if parts and parts[0].score >= 0.95 and parts[0].kind != PARTICLE:
                label = book.people[parts[0].person].label
                sure = not is_ordinary(short) or rest.endswith("for")
                doubt = "" if sure else f"may be the name of {label} in a longer word"
                rank = REGISTER_NAME if sure else DOUBT
                yield Span(*found.span(), label, "register:inside a longer word", rank, 0.7 if sure else 0.5, doubt)
                return


def _is_of_words(letters: str) -> bool:
    """Whether the rest of a tag or a file's name is a word or two: the "justicefor" of "#justiceforeze"."""
    return is_ordinary(letters) or any(
        is_ordinary(letters[:cut]) and is_ordinary(letters[cut:]) for cut in range(3, len(letters) - 2)
    )


def _said_slowly(found: re.Match[str], book: WordBook) -> Iterator[Span]:
    """A name in syllables, written as it sounds: asked about where none of them is a short form of it."""
    letters, halves = squeeze(found[0]), [book.exact(squeeze(half)) for half in found[0].split("-")]
    if any(part.score >= 0.95 for half in halves for part in half) or len(letters) < 5 or is_ordinary(letters):
        return
    parts = book.sounding(letters)
    if parts and parts[0].kind != PARTICLE:
        label = book.people[parts[0].person].label
        doubt = "" if any(halves) else f"may be the name of {label}, as it sounds"
        rank = DOUBT if doubt else REGISTER_NAME
        yield Span(*found.span(), label, "register:sound", rank, 0.5 if doubt else 0.7, doubt)


def _ended_by_a_digit(found: re.Match[str], book: WordBook) -> Iterator[Span]:
    """Nnamd1, Fadum0: a name with a digit for its last letter, and not a name with a number."""
    word = _LETTERS_BEFORE.search(found.string, max(0, found.start() - 24), found.end())
    for key in digits_as_letters(word[0].lower()) if word else ():
        parts = book.exact(key) or book.joined(key)
        if word and parts and parts[0].score >= 0.95 and all(p.score < 0.95 for p in book.exact(key[:-1])):
            label = book.people[parts[0].person].label
            yield Span(*word.span(), label, "register:digits for letters", REGISTER_NAME, 0.85)
            return


def _whole(found: re.Match[str], key: str, book: WordBook, rule: str) -> Iterator[Span]:
    parts = book.exact(key) or book.joined(key)
    if parts and len(key) >= 4:
        yield Span(found.start(), found.end(), book.people[parts[0].person].label, rule, REGISTER_NAME, 0.85)


def _with_slips(found: re.Match[str], book: WordBook) -> Iterator[Span]:
    """W r u b e l of Wróbel; with the rest of the name, two spaces away, whatever its slips."""
    words = list(_SPACED_WORD.finditer(found[0]))
    spelt = ["".join(filter(str.isalpha, word[0])).capitalize() for word in words]
    named = [parts[0].person for word in spelt if len(word) >= 4 and (parts := book[word].parts)]
    if named and len(words) <= 3:
        start, end = found.start() + words[0].start(), found.start() + words[-1].end()
        yield Span(start, end, book.people[named[0]].label, "register:letters apart", REGISTER_NAME, 0.8)


def _inside_run(found: re.Match[str], book: WordBook) -> Iterator[Span]:
    """Names among single letters: the longest that begins at each place."""
    places = [k for k, c in enumerate(found[0]) if c.isalpha()]
    letters = "".join(found[0][k] for k in places).lower()
    yield from _with_slips(found, book)
    i = 0
    while i < len(letters) - 2:
        for j in range(min(len(letters), i + 24), i + 2, -1):
            parts = book.exact(letters[i:j]) or book.joined(letters[i:j])
            if (parts and j - i >= 4) or (parts and j - i == len(letters)):
                yield Span(
                    found.start() + places[i],
                    found.start() + places[j - 1] + 1,
                    book.people[parts[0].person].label,
                    "register:letters apart",
                    REGISTER_NAME,
                    0.85,
                )
                i = j - 1
                break
        i += 1
