"""A name that is a word, typed in small letters: it needs much to be taken for the name."""

from __future__ import annotations

from audit_kit.privacy.forms import GIVEN, NICK
from audit_kit.privacy.lexicon import CAPITAL, MIXED
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import DOING, RELATIONS, SPEECH
from audit_kit.privacy.vocabulary import is_listed
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordsure import AUXILIARY
from audit_kit.privacy.wordtimes import MONTHS

_DONE_TO = word_class("wordlower.done_to")
_PRONOUNS = frozenset(["i", "we", "they", "you", "he", "she", "it", "not", "no", "of"])
#: words that hardly anybody writes as words here
_RARELY = word_class("wordlower.rarely_words")
_TIMES = AUXILIARY | MONTHS
_VERBS = word_class("wordlike.verbs")
_DETERMINERS = word_class("wordlike.determiners")


def lower_case(reading: Reading, i: int, before: str, after: str) -> int:
    """Points for a lower-case word: somebody speaks, or a whole text without capitals."""
    score = -4 if has_capitals(reading) else -2
    if score == -2 and not is_listed(reading.words[i].key):
        score += 3  # where nobody types capitals, "lee" is more likely the man than the side away from the wind
    if score == -2 and before in _DONE_TO:
        score += 1  # "river bit skye", "saw mark crying"
    if after in SPEECH and before not in _DETERMINERS and reading.words[i].key not in _TIMES:
        score += 3
    if reading.words[i].possessive and before not in _DETERMINERS:
        score += 1 if after else 3  # "ok at patience's."
    if before in RELATIONS and before not in ("baby", "young", "family", "twin", "law"):
        score += 2
    if before in SPEECH and after in DOING:
        score += 4
    return score


def worth_asking(reading: Reading, i: int, before: str, score: int) -> bool:
    """Whether a registered name typed small is asked about: nothing says that it is the word.

    Where nobody types capitals every form of a registered name is; elsewhere only what is hardly a word and does something: "jay ain't here".
    """
    word = reading.words[i]
    named = any(p.kind in (GIVEN, NICK) and p.score >= 0.9 for p in word.parts)
    if not named or before in _DETERMINERS or before in _PRONOUNS or (before == "to" and word.key in _VERBS):
        return False
    if word.key in MONTHS:
        return score >= 0 and not has_capitals(reading)  # "spoke to dec"
    if not has_capitals(reading):
        return score >= -2
    return score >= -1 and (not is_listed(word.key) or word.key in _RARELY)


def has_capitals(reading: Reading) -> bool:
    """Whether the writer uses capitals at all."""
    if len(reading.words) <= 3:
        return any(w.shape in (CAPITAL, MIXED) and len(w.key) > 1 for w in reading.words)
    return not reading.small
