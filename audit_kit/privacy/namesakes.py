"""A registered name beside an unknown one: a relative with the family's surname, or a stranger with the child's first name."""

from __future__ import annotations

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.forms import FAMILY, GIVEN, MIDDLE, NICK, PARTICLES, NamedPerson
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL, LOWER, MIXED
from audit_kit.privacy.mention import Mention
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import REGISTER_NAME, Span
from audit_kit.privacy.vocabulary import is_like_a_word
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordsure import AUXILIARY
from audit_kit.privacy.wordtimes import MONTHS

_VERBS_OR_MONTHS = word_class("wordlike.verbs") | AUXILIARY | MONTHS
_BEFORE_MONTHS = frozenset(
    ["in", "since", "by", "until", "till", "from", "during", "of", "last", "this", "next", "early", "late", "and", "to"]
)


def widened(
    reading: Reading, mention: Mention, people: tuple[NamedPerson, ...], jobs: JobFinder, book: LabelBook
) -> Span | None:
    """The mention together with the unknown name beside it; None when there is none.

    "Joanne Adeyemi" is a relative who gets a label of her own. "Temi Okonkwo, health visitor" is not the
    child Temi Adeyemi; but "Temi Okonkwo" without job or title may be the child under another surname,
    and keeps the child's label.
    """
    if any(reading.words[k].ordinary for k in mention.names) and not mention.sure and len(mention.names) == 1:
        return None
    first, last = _with_what_stands_beside(reading, mention)
    if (first, last) == (mention.first, mention.last):
        return None
    start, end = min(mention.start, reading.starts[first]), max(mention.end, reading.name_end(last))
    mention.first, mention.last = first, last
    job = jobs.before(first) or jobs.after(last)
    called = _called_outright(reading, mention)
    if len(called) == 1 and not job and not mention.title:
        label = people[min(called)].label
        return Span(start, end, label, "register:name beside an unknown one", REGISTER_NAME, 0.8)
    keys = tuple(reading.words[k].key for k in range(first, last + 1) if len(reading.words[k].key) > 1)
    telling = frozenset(k for k in keys if not any(k == reading.words[n].key for n in mention.names))
    label = book.of_stranger(keys, job, telling)
    return Span(start, end, label, "vote:unknown name beside a registered one", REGISTER_NAME, 0.8)


def _with_what_stands_beside(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The first and the last word of the mention and of the unknown names on either side."""
    kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
    first, last, only_family = mention.first, mention.last, kinds <= {FAMILY}
    if (
        only_family
        and not mention.title
        and not mention.plural
        and first > 0
        and reading.gap_before(first) in (" ", "-")
        and (_unknown(reading, first - 1, sentence_start=False) or _is_called_by_a_word(reading, first - 1))
    ):
        first -= 1
    while (
        last + 1 < len(reading.words)
        and not reading.words[last].possessive
        and (
            _unknown(reading, last + 1, sentence_start=True)
            or (not only_family and _led_by_particle(reading, last + 1))
        )
    ):
        gap = reading.gap_before(last + 1)
        if gap != "-" and not (gap == " " and not only_family and FAMILY not in kinds and last - mention.last < 2):
            break
        last += 1 if _unknown(reading, last + 1, sentence_start=True) else 2
    if last > mention.last and _goes_on_in_irish(reading, last):
        last += 2
    if last == mention.last and not only_family and FAMILY not in kinds:
        small = last
        while small - last < 2 and reading.word(small + 1) and reading.gap_before(small + 1) == " ":
            if not _unknown_small(reading, mention, small + 1, further=small > last):
                break
            small += 1
        last = small if small > last and _ends_the_name(reading, small) else last
    return first, last


def _goes_on_in_irish(reading: Reading, k: int) -> bool:
    """Pádraig Mac an Bhaird: the article belongs to the surname."""
    surname = reading.word(k + 2)
    return (
        reading.words[k].key in ("mac", "nic", "mhic")
        and reading.lowers[k + 1 : k + 2] in (["an"], ["na"])
        and surname is not None
        and surname.shape in (CAPITAL, MIXED)
        and reading.gaps[k + 1 : k + 3] == [" ", " "]
    )


def _unknown_small(reading: Reading, mention: Mention, i: int, *, further: bool) -> bool:
    """A surname that no list knows behind a name typed small, where the name ends: "re ilhan dirshe, dob 3/4/15"."""
    word, before = reading.words[i], reading.words[mention.names[-1]]
    if word.shape != LOWER or before.shape != LOWER or before.ordinary or word.parts or not is_strong(word):
        return False
    surname = len(word.key) > 3 and (word.last_name or (word.strange and (further or not is_like_a_word(word.key))))
    return surname and not word.kept


def _ends_the_name(reading: Reading, i: int) -> bool:
    return (
        reading.gap_after(i)[:1] in (".", ",", ";", ")", "\n", "")
        or reading.gap_after(i).startswith((" (", " -"))
        or reading.lowers[i + 1 : i + 2] == ["dob"]
    )


def _called_outright(reading: Reading, mention: Mention) -> set[int]:
    """Those of the mention's people whose own first name stands there, and no pet form that others have too."""
    return mention.people & {
        p.person
        for k in mention.names
        for p in reading.words[k].parts
        if p.score >= 0.95 and p.kind in (GIVEN, NICK, MIDDLE) and p.rule != "register:nickname"
    }


def _is_called_by_a_word(reading: Reading, i: int) -> bool:
    """Jewel Adeyemi; but "Hope Adeyemi is well" and "Will Adeyemi come?" begin with a verb."""
    word = reading.words[i]
    verb = reading.starts_sentence(i) and word.key in _VERBS_OR_MONTHS
    if word.key in MONTHS and word.first_name and word.shape == CAPITAL and not word.parts:
        led = i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in _BEFORE_MONTHS
        return not (led or reading.starts_sentence(i)) or reading.gap_before(i)[-1:] == '"'  # "Jan Okafor" for Jean
    return word.word_name and not (verb or word.parts or word.kept or word.possessive)


def _led_by_particle(reading: Reading, i: int) -> bool:
    """Whether a particle leads to an unknown surname: "Brid Ni Bhrolchain", under a name that the register doesn't have."""
    particle = reading.words[i]
    return (
        particle.key in PARTICLES
        and particle.capitalised
        and i + 1 < len(reading.words)
        and reading.gap_before(i + 1) in (" ", "'")
        and _unknown(reading, i + 1, sentence_start=True)
    )


def _unknown(reading: Reading, i: int, *, sentence_start: bool) -> bool:
    word = reading.words[i]
    if word.parts or word.ordinary or word.title or len(word.key) < 3 or word.shape not in (CAPITAL, MIXED):
        return False
    return sentence_start or word.first_name or not reading.starts_sentence(i)
