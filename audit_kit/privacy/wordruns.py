"""Words that are ordinary and yet part of somebody's name, by the line, the surname or the stop beside them."""

from __future__ import annotations

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.gazetteer import is_first_name
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import DOING, HOUSEHOLD, RELATIONS, SPEECH
from audit_kit.privacy.vocabulary import is_like_a_word, is_ordinary
from audit_kit.privacy.wordlike import evidence
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordnames import names_a_group
from audit_kit.privacy.wordsure import AUXILIARY
from audit_kit.privacy.wordtimes import MONTHS

_NAMES = word_class("names.words")
_ADVERBS = frozenset(("also", "then", "later", "again", "since", "first"))
#: what somebody has: people and a few things
_OWNED = RELATIONS | HOUSEHOLD | word_class("wordruns.owned")
_ABSTRACT = word_class("wordlike.abstract")
_RARELY = word_class("wordlower.rarely_words")
_PASSIVE = word_class("wordlike.passive") | {"noted", "observed", "recorded", "raised", "requested", "reported"}
_SAID = SPEECH - _PASSIVE
_VERBS = word_class("wordlike.verbs") | AUXILIARY | MONTHS


def stands_before_a_surname(reading: Reading, i: int) -> bool:
    """GODWIN TETTEH, where all is in capitals: a first name that is a word and no verb, before a known surname."""
    word, surname = reading.words[i], reading.word(i + 1)
    return (
        surname is not None
        and word.first_name
        and word.key not in _VERBS
        and is_strong(surname)
        and surname.last_name
        and not (word.kept or surname.kept or word.possessive)
        and reading.gap_before(i + 1) == " "
    )


def owns_something_small(reading: Reading, i: int) -> bool:
    """Where nobody types capitals: "comfort's notes are the best", "hazel from the hub came"."""
    word = reading.words[i]
    if word.shape != LOWER or word.key not in _NAMES:
        return False
    led = reading.lowers[i - 1] in ("w", "with", "told", "asked", "rang") if i else False
    goes_on = reading.gap_after(i) == " " and reading.lowers[i + 1 : i + 2] == ["from"]
    return word.possessive or (word.key in _RARELY and (led or goes_on or acts(reading, i + 1)))


def owner_of_what_follows(reading: Reading, i: int) -> str:
    """Whose something is, where apostrophe or capital are missing: "Kamils parents", "okonjo's sister"; "" where nobody's."""
    word, stem = reading.words[i], reading.words[i].key[:-1]
    owned = reading.lowers[i + 1] if reading.gap_after(i) == " " and i + 1 < len(reading.words) else ""
    if owned not in _OWNED or word.ordinary:
        return ""
    if word.possessive:
        return word.key if word.strange and owned in RELATIONS and not is_like_a_word(word.key) else ""
    first_name = len(stem) >= 4 and is_first_name(stem) and not is_ordinary(stem)
    return stem if first_name and word.key[-1] == "s" and word.shape != UPPER and not word.first_name else ""


def acts(reading: Reading, j: int) -> bool:
    """Whether the word at ``j`` says what somebody does: wrote, signed."""
    word = reading.word(j) if j < len(reading.words) and reading.gap_before(j) == " " else None
    return word is not None and word.shape == LOWER and (word.key in SPEECH or word.key.endswith("ed"))


def leads_small(reading: Reading, j: int) -> bool:
    """Where nobody types capitals: the initial of "rn m castillo"."""
    following = reading.word(j + 1)
    return (
        following is not None
        and len(reading.words[j].key) == 1
        and reading.words[j].key not in ("a", "i", "s")
        and reading.gap_before(j + 1) in (" ", ". ")
        and is_strong(following)
    )


def has_a_surname(reading: Reading, i: int) -> bool:
    """Where nobody types capitals: whether a known surname follows a word that no list knows: "down as nikolk petrov"."""
    word, surname = reading.words[i], reading.word(i + 1)
    beside = surname is not None and reading.gap_before(i + 1) == " " and not word.possessive
    return beside and word.strange and surname is not None and surname.last_name and is_strong(surname)


def is_called_again(reading: Reading, i: int) -> bool:
    """Whether a word by which somebody was met is a name here: "asked Blessing whether"; at the start, "Will also wrote"."""
    if names_a_group(reading, i):
        return False
    if reading.gap_before(i) == "; " and reading.lowers[i] not in _ABSTRACT:
        return True  # a capital behind it says something
    if not reading.starts_sentence(i):
        return evidence(reading, i).score >= 4
    near = reading.lowers[i + 1 : i + 3]
    does = near[:1] and (near[0] in _SAID or (acts(reading, i + 1) and near[0] not in _PASSIVE))
    if does and reading.gap_after(i) == " " and reading.lowers[i] not in _ABSTRACT:
        return True  # "Prior described it", "Strand closed the case", of Helga Prior and Hilary Strand
    return len(near) == 2 and near[0] in _ADVERBS and near[1] in SPEECH and reading.gaps[i + 1 : i + 3] == [" ", " "]


def ends_on_the_next_line(reading: Reading, j: int) -> bool:
    """Dr Crispin / Vane, told us: a surname that is a word, behind a title and a first name and the end of a line."""
    if j < 2 or reading.gap_before(j) not in ("\n", " \n", "\r\n") or reading.words[j].shape != CAPITAL:
        return False
    before, gap, following = reading.words[j - 1], reading.gap_after(j), "".join(reading.lowers[j + 1 : j + 2])
    named = before.first_name and is_strong(before) and reading.words[j - 2].title and not reading.words[j].kept
    return named and (gap[:1] in (",", ")") or (gap == " " and (following in SPEECH or following in DOING)))


def is_a_small_initial(reading: Reading, i: int) -> bool:
    """Where nobody types capitals: the initial of "t. ravenscroft", with its point and a word behind that is none."""
    surname = reading.word(i + 1)
    return (
        surname is not None
        and len(reading.texts[i]) == 1
        and reading.gap_after(i) in (". ", ".")
        and reading.gap_before(i)[-1:] not in (".", "'")  # "e.g. kosher"
        and surname.shape == LOWER
        and len(surname.key) >= 4
        and is_strong(surname)
        and not surname.kept
        and (surname.last_name or not surname.first_name)  # "plan b. kasia rang"
    )


def comes_surname_first(reading: Reading, i: int) -> bool:
    """As the police write: "associates BAILEY Reece, ADU-POKU Samuel"."""
    j = i + 1
    while j < len(reading.words) and reading.gap_before(j) == "-" and reading.words[j].shape == UPPER:
        j += 1
    return (
        j < len(reading.words)
        and len(reading.words[i].key) >= 3
        and reading.gap_before(j) in (" ", ", ")
        and reading.words[j].shape == CAPITAL
        and reading.words[j].first_name
        and is_strong(reading.words[j])
        and not reading.words[i].kept
    )
