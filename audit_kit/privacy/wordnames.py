"""A stranger's first name that is also a word: "with Willow and Amber", "Jade rang"; but "Willow class", "rated Amber"."""

from __future__ import annotations

from audit_kit.privacy.lexicon import CAPITAL, LOWER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import DOING, GREETINGS, RELATIONS, SPEECH
from audit_kit.privacy.wordlike import MASK, evidence
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordsure import AUXILIARY
from audit_kit.privacy.wordtimes import MONTHS, SEASONS

_GROUPS = word_class("wordnames.groups")
_NAMES = word_class("names.words")
_VERBS = word_class("wordlike.verbs")
_VERBS_OR_MONTHS = AUXILIARY | MONTHS
_TIMES = _VERBS_OR_MONTHS | SEASONS
_ABSTRACT = word_class("wordlike.abstract")
#: "Hope expressed", "Faith noted" are no people
_SAID = SPEECH - word_class("wordlike.passive") - {"noted", "observed", "recorded", "raised", "requested", "described"}
_WORKERS = frozenset(("worker", "tutor", "teacher", "mentor", "nurse", "keyworker", "advocate", "coach", "midwife"))
_OF_MARKS = frozenset(("seen", "noted", "visible", "found", "observed", "present", "on", "to"))
#: beside these a colour is a rating
_COLOURS = frozenset(("red", "green", "rag", "brag", "amber"))


def is_used_as_a_name(reading: Reading, i: int) -> bool:
    """Whether the sentence calls somebody by this word; where it leaves that open, nobody is asked.

    A registered name that is a word is asked about; of a stranger's the benefit would not pay for the questions.
    """
    word = reading.words[i]
    if not word.word_name or names_a_group(reading, i) or _is_a_rating(reading, i):
        return False
    if word.key == "mark" and reading.lowers[i + 1 : i + 2] and reading.lowers[i + 1] in _OF_MARKS:
        return False  # "Mark seen on his arm"
    if _is_told_of(reading, i):
        return True
    verdict = evidence(reading, i)
    if verdict.says != MASK and not _stands_beside_a_name(reading, i):
        return False
    following = reading.word(i + 1)
    after = reading.lowers[i + 1] if following and reading.gap_after(i) == " " else ""
    acts = after in SPEECH or (after in DOING and after not in ("and", "or"))
    if word.key in _VERBS_OR_MONTHS:
        return after in SPEECH
    if word.key in SEASONS or word.kept:
        return (acts and not reading.starts_sentence(i)) or _stands_beside_a_name(reading, i)
    if _stands_beside_a_name(reading, i) and word.key not in _ABSTRACT:
        return True
    if reading.starts_sentence(i):
        return verdict.score >= 3 and acts and (word.key not in _ABSTRACT or after in _SAID)
    if word.key in _ABSTRACT and not acts and verdict.score < 5:
        return False  # "There is Hope in the room"
    return not (_ends_a_title(reading, i) or _begins_a_title(reading, i))


def _is_told_of(reading: Reading, i: int) -> bool:
    """Then she got Faith, who took it; Miles, her youth worker; but "Hope, her worker said, has gone"."""
    key, near = reading.words[i].key, reading.lowers[i + 1 : i + 5]
    if (
        reading.gap_after(i) != ", "
        or key in MONTHS
        or key in SEASONS
        or (key in _ABSTRACT and reading.starts_sentence(i))
    ):
        return False
    works_or_related = any(word in RELATIONS or word in _WORKERS for word in near[1:])
    return near[:1] == ["who"] or (near[:1] in (["his"], ["her"], ["their"]) and works_or_related)


def may_be_a_name(reading: Reading, i: int) -> bool:
    """Whether the word at ``i`` is somebody's name where the sentence calls for one: behind a job or kinship."""
    word = reading.words[i]
    if not word.word_name or word.key in _TIMES or names_a_group(reading, i):
        return False
    gap, following = reading.gap_after(i), reading.word(i + 1)
    if gap == " " and following is not None and following.shape == LOWER and reading.gap_before(i) == ", ":
        # "the worker, Joy, said"; but "to the worker, Hope project" is open
        return following.key in SPEECH or following.key in DOING
    return not _begins_a_title(reading, i)


def may_be_a_small_name(reading: Reading, i: int) -> bool:
    """The same where nobody types capitals: a surname that is no word, a verb or a stop comes next."""
    word, gap = reading.words[i], reading.gap_after(i)
    verb = word.key in _VERBS and not (i and reading.lowers[i - 1] in GREETINGS)
    if word.shape != LOWER or word.key not in _NAMES or verb or word.key in _TIMES:
        return False  # "sue" is a verb, but not in "dear sue,"
    following = reading.word(i + 1)
    if gap != " " or following is None:
        return gap[:1] in ("", ".", ",", ";", ")")
    return following.key in SPEECH or (not following.ordinary and (following.last_name or not following.first_name))


def names_a_group(reading: Reading, i: int) -> bool:
    """Willow class, Ruby ward, team Amber."""
    before = reading.lowers[i - 1] if i and reading.gap_before(i) == " " else ""
    after = reading.lowers[i + 1] if i + 1 < len(reading.words) and reading.gap_after(i) == " " else ""
    return before in _GROUPS or after in _GROUPS


def _is_a_rating(reading: Reading, i: int) -> bool:
    near = reading.lowers[max(0, i - 4) : i] + reading.lowers[i + 1 : i + 4]
    return reading.words[i].key in _COLOURS and any(word in _COLOURS for word in near)


def _begins_a_title(reading: Reading, i: int) -> bool:
    """Rich Tea: a capitalised word behind that is nobody's surname."""
    following = reading.word(i + 1)
    return (
        following is not None
        and reading.gap_after(i) == " "
        and following.shape == CAPITAL
        and len(following.key) > 1
        and following.ordinary
        and not (following.last_name or following.word_name)
    )


def _stands_beside_a_name(reading: Reading, i: int) -> bool:
    """Jade and Summer; Chanel and Amber; Saffron, Esme and others."""
    following = reading.word(i + 1)
    if following is not None and reading.gap_after(i) == ", " and _is_a_first_name(following):
        return True
    if i < 2 or reading.lowers[i - 1] != "and" or reading.gap_before(i) != " " or reading.gap_before(i - 1) != " ":
        return False
    return _is_a_first_name(reading.words[i - 2])


def _is_a_first_name(word: Word) -> bool:
    by_word = word.word_name and not (word.key in _ABSTRACT or word.key in _TIMES)
    return word.shape == CAPITAL and not word.kept and (by_word or (word.first_name and not word.ordinary))


def _ends_a_title(reading: Reading, i: int) -> bool:
    """The Tree of Hope, Early Dawn: a capitalised word before that is nobody's name and no kinship."""
    before = reading.words[i - 1]
    if reading.gap_before(i) != " " or before.shape == LOWER:
        return reading.lowers[i - 1] == "of" and reading.words[max(0, i - 2)].shape == CAPITAL
    return (
        before.ordinary
        and not (before.first_name or before.last_name or before.title or before.key in RELATIONS)
        and not reading.starts_sentence(i - 1)
    )
