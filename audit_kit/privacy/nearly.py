"""A word beside a registered name that is nearly the rest of it: "Mellody Hains" for Melody Haines, "Haines, Coral" for Corale.

Such a word may be an ordinary one, or somebody else's name: only beside the first half does it tell.
"""

from __future__ import annotations

from audit_kit.privacy.distances import slips_between
from audit_kit.privacy.forms import FAMILY, GIVEN, NICK, PARTICLES, NamedPerson
from audit_kit.privacy.gazetteer import is_somebody_else
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.mention import Mention
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.sounds import sound_of
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordtimes import MONTHS


def whose_rest(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> set[int]:
    """Those of the mention's people of whose name the word at ``j`` is nearly a further part."""
    word = reading.words[j]
    hyphened = j > mention.last and reading.gap_before(j) == "-" and word.shape == reading.words[mention.last].shape
    # "jubel mia" of Miah, both typed small and neither a word
    small = word.shape == LOWER and not (word.ordinary or reading.words[mention.names[-1]].ordinary)
    small = small and reading.words[mention.names[-1]].shape == LOWER
    if word.shape == LOWER and not (reading.small or hyphened or small):
        return set()  # most words
    if len(word.key) < 3 or word.title or word.key in RELATIONS:
        return set()
    if not hyphened and (word.kept or word.key in MONTHS or not _typed_alike(reading, mention, j)):
        return set()  # "Kelly-May" of Kelly-Mae, though "Kelly May" may tell of the month
    said = {reading.words[k].key for k in mention.names}
    return {n for n in mention.people if any(_is_near(part, word.key) for part in people[n].words if part not in said)}


def whose_double(reading: Reading, j: int, mention: Mention, people: tuple[NamedPerson, ...]) -> set[int]:
    """Whose double name the words at ``j`` and behind its hyphen nearly are: "Ajayi-ole", "pryce-lloyds bag"."""
    first, second = reading.words[j].key, reading.words[j + 1].key
    doubles = ((n, double) for n in mention.people for double in people[n].doubles)
    return {n for n, double in doubles if _is_half(double[0], first) and _is_half(double[1], second)}


def _is_half(part: str, typed: str) -> bool:
    """Whether a half was typed so: as it is, with a letter lost, an s or an initial stuck to it, or nearly."""
    stuck = len(typed) == len(part) + 1 and (typed[:-1] == part or typed[1:] == part)
    return part == typed or stuck or (len(part) > 2 and part[1:] == typed) or _is_near(part, typed)


def whose_first(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> set[int]:
    """Whose first name the word at ``j`` nearly is, before a family name of others: "Milion Habte" of Million and his father."""
    word = reading.words[j]
    kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
    if word.shape != CAPITAL or FAMILY not in kinds or word.kept or word.title or word.key in MONTHS:
        return set()
    if word.parts:
        called = {p.person for p in word.parts if p.kind in (GIVEN, NICK)}
        return set() if reading.starts_sentence(j) and is_listed(word.key) else called
    if len(word.key) < 5 or is_somebody_else(word.key) or word.key in RELATIONS or is_listed(word.key):
        return set()
    return {n for n, person in enumerate(people) if any(_is_near(given, word.key) for given in person.given)}


def whose_cut_short(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...]) -> set[int]:
    """Those of whose name the word at ``j`` is the beginning, before its point: "Ng. Thi Hoa"."""
    word = reading.words[j]
    if not 2 <= len(word.key) <= 4 or word.shape not in (CAPITAL, UPPER) or word.title:
        return set()
    if word.kept and word.shape == UPPER:
        return set()
    said = {reading.words[k].key for k in mention.names}
    return {
        n
        for n in mention.people
        if any(p.startswith(word.key) and p != word.key and p not in said for p in people[n].words)
    }


def _typed_alike(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether the word has a capital as the name has; small words only where nobody types capitals."""
    shape, beside = reading.words[j].shape, reading.words[mention.names[-1]]
    if shape == LOWER:
        word = reading.words[j]
        return (reading.small or not word.ordinary) and beside.shape == LOWER and not beside.ordinary
    if shape == UPPER:
        return beside.shape == UPPER or not beside.ordinary
    return shape == CAPITAL and (
        len(mention.names) > 1 or not (beside.ordinary and reading.starts_sentence(mention.first))
    )


def _is_near(part: str, typed: str) -> bool:
    if part == typed or part in PARTICLES or len(part) < 3:
        return False
    if part[0] != typed[0]:
        return len(part) >= 4 and part[1:] == typed[1:]  # "Äoan" for Đoan, misread
    distance = slips_between()

    allowed = 1 if min(len(part), len(typed)) < 6 else 2
    return distance(part, typed, score_cutoff=allowed) <= allowed or (
        len(part) >= 5 and sound_of(part) == sound_of(typed)
    )
