"""What stands before or behind a name and says that one is coming: a title, a job, kinship, the end of a letter."""

from __future__ import annotations

import re

from audit_kit.privacy.calling import is_called
from audit_kit.privacy.jobs import RANKS, JobFinder
from audit_kit.privacy.lexicon import CAPITAL, LOWER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import (
    FIELDS,
    GREETINGS,
    NAMING,
    OF_THE_TRADE,
    RELATIONS,
    SAYING_OR_DOING,
    TITLE_JOBS,
    TITLES,
    WORD_TITLES,
)
from audit_kit.privacy.vocabulary import is_listed, is_uncommon
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordnames import may_be_a_name, may_be_a_small_name

_AFTER_TITLE = re.compile(r"\.?[ ]{1,2}|\.")
#: "Kind regards,", "Yours sincerely", "Thanks": a name comes next
_SIGNING = word_class("announced.signing")
_AFTER_SIGNING = re.compile(r"[,.]?[ ]?\r?\n\s{0,8}|,[ ]{1,2}|[ ]?[-:][ ]")
_OF_SOMEBODY = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "my",
        "our",
        "who",
        "is",
        "mum's",
        "dad's",
        "mother's",
        "father's",
        "family",
    ]
)

_WHERE_AND_WHEN = frozenset(
    ["there", "here", "then", "now", "this", "last", "that", "year", "term", "time", "at", "the", "day"]
)

#: their stop ends no sentence: "Bro. Alphonso"
_CUT_TITLES = frozenset(["bro", "sis"])
_ACTS = SAYING_OR_DOING - {"and", "or"}

#: "Uncle Bling", "Tita Baby": with a capital any word behind it is what somebody is called
_AUNTS = word_class("mentions.kin_before") & word_class("announced.aunts")
_PET_NAMES = frozenset(["baby", "boy", "girl", "star", "junior"])
AUNT = "called aunt or uncle"
TITLE, JOB = "title before it", "job before it"
NAMED, KIN, SIGNED, KIN_BEHIND = (
    "announced as a name",
    "kinship or friendship before it",
    "signs the letter",
    "kinship behind it",
)


def is_strong(word: Word) -> bool:
    """A word that is no English word and none of the trade's."""
    return not word.ordinary and len(word.key) >= 2


def announced(reading: Reading, jobs: JobFinder, i: int, *, shouting: bool) -> tuple[str, str, bool]:
    """What stands before a name at ``i``: (job, vote, may the name be an ordinary word)."""
    j = i - 1
    if j < 0:
        return "", "", False
    gap, before = reading.gap_before(i), reading.words[j]
    text = reading.texts[j]
    if _is_title(reading, i, shouting=shouting):
        job = TITLE_JOBS.get(before.key, "") or jobs.before(j)
        return job, TITLE, not (before.key in WORD_TITLES and text.islower())
    if text == "R" and gap == "' ":
        return TITLE_JOBS["rabbi"], TITLE, False
    label = jobs.before(i)
    if not label and gap == " " and reading.lowers[j] in ("is", "was") and is_strong(reading.words[i]):
        label = jobs.ending_at(j - 1) if reading.words[i].first_name else ""  # "midwife is dorcas"
    if not label and gap == ", " and reading.gap_after(i)[:1] == ",":
        label = _job_further_left(reading, jobs, i)
    if label:
        ranked = label == "police officer" and text[0].isupper()
        # "Inspector, Public Protection"; "DC Pell is the OIC. Crime report"
        sure = ranked and "," not in gap and ("." not in gap or text in RANKS)
        plain = "," not in gap and "." not in gap
        # "DJ Lockyer": no English word, though it ends as one does
        sure = sure or (text.isupper() and gap == " " and _only_by_its_ending(reading.words[i]))
        surname = plain and _strong_behind(reading, i)
        plain_name = plain and reading.words[i].first_name and text.islower()
        pointed = plain and initial_and_word(reading, i)
        rare = gap == " " and text.islower() and _only_rarely_a_word(reading.words[i])  # "supervised by Winsome"
        small = reading.small and gap == " " and may_be_a_small_name(reading, i)
        plain_name = plain_name or (gap == " " and text.islower() and _acts_as_somebody(reading, i))
        return label, JOB, sure or surname or plain_name or pointed or rare or small or may_be_a_name(reading, i)
    if before.key in FIELDS and gap in (": ", ":", " : ", ":  ") and _is_a_field(reading, i):
        return "", NAMED, _strong_behind(reading, i)
    if is_called(reading, i):
        return "", NAMED, True
    owned = gap == ", " and before.key == "name" and j > 0 and reading.words[j - 1].possessive  # "her aunt's name, Zel"
    if owned or (before.key in NAMING and gap in (" ", ' "', " '", ": ")):
        return "", NAMED, reading.words[i].first_name
    if is_an_aunts(reading, i):
        return "", AUNT, True
    if before.key == "by" and gap == " " and _only_rarely_a_word(reading.words[i]) and _strong_behind(reading, i):
        return "", NAMED, True  # "saved to file by Winsome Zelhaver"
    if before.key in RELATIONS and not before.possessive and gap in (" ", ", ", " - ", ": ", " (", ' "', " '", " = "):
        plain_name = reading.words[i].first_name and gap == " " and text.islower()
        small = reading.small and gap == " " and may_be_a_small_name(reading, i)
        rare = gap in (" ", " = ") and text.islower() and _only_rarely_a_word(reading.words[i])  # "his mate Spud"
        return "", KIN, plain_name or small or rare or may_be_a_name(reading, i)
    if _is_kin_elsewhere(reading, i):
        return "", KIN, False
    if _is_greeted(reading, i):
        return "", NAMED, reading.words[i].word_name or (reading.small and reading.words[i].first_name)
    ends = reading.small and gap == " " and i + 1 == len(reading.words) and reading.words[i].first_name  # "thanks sal"
    if before.key in _SIGNING and (ends or _AFTER_SIGNING.fullmatch(gap)):
        return "", SIGNED, _strong_behind(reading, i) or reading.words[i].first_name
    return "", "", False


def is_an_aunts(reading: Reading, i: int) -> bool:
    """Uncle Bling, Tita Baby: kinship with a capital, and an ordinary word with one that is none of the trade's."""
    word = reading.words[i]
    if not is_written_as_an_aunts(reading, i):
        return False
    if word.key in _PET_NAMES:
        return True
    acts = word.key in SAYING_OR_DOING or word.key.endswith(("ed", "ing"))
    return word.ordinary and not (word.kept or word.title or acts or word.key in OF_THE_TRADE)


def is_written_as_an_aunts(reading: Reading, i: int) -> bool:
    """Whether kinship with a capital stands before a capitalised word: "Auntie Tsehainesh"."""
    before = reading.word(i - 1) if i else None
    kin = before is not None and before.key in _AUNTS and before.shape == CAPITAL and not before.possessive
    return kin and reading.words[i].shape == CAPITAL and reading.gap_before(i) == " "


def _is_a_field(reading: Reading, i: int) -> bool:
    """From: Yocasta; Cc: J Adeyinka; From: Winsome Adeyinka, a first name that is a word and a surname that is none."""
    word = reading.words[i]
    named = word.shape == CAPITAL and not word.kept and (len(word.key) == 1 or is_uncommon(word.key) or word.word_name)
    return is_strong(word) or (named and _strong_behind(reading, i) and reading.gap_after(i) == " ")


def _acts_as_somebody(reading: Reading, i: int) -> bool:
    """His mentor Biggs sees him: behind a job typed small a capitalised word that does something, and is none of the trade's."""
    word = reading.words[i]
    following = reading.lowers[i + 1] if i + 1 < len(reading.lowers) and reading.gap_after(i) == " " else ""
    plain = word.shape == CAPITAL and not (word.kept or word.possessive or word.key in OF_THE_TRADE)
    return plain and len(word.key) > 2 and following in _ACTS


def _is_greeted(reading: Reading, i: int) -> bool:
    """Hi Mo, further to your call; but "Dear Colleague," is no name."""
    return (
        reading.lowers[i - 1] in GREETINGS
        and reading.gap_before(i) == " "
        and reading.gap_after(i)[:1] in (",", "\n")
        and (reading.words[i].shape == CAPITAL or (reading.small and reading.words[i].first_name))
    )


def _job_further_left(reading: Reading, jobs: JobFinder, i: int) -> str:
    """Her worker there, Shler, came; his teacher this year, Bola: the job before what tells where and when."""
    k = i - 1
    while k > 0 and i - k < 4 and reading.lowers[k] in _WHERE_AND_WHEN and reading.gap_before(k) == " ":
        k -= 1
    return jobs.ending_at(k) if k < i - 1 else ""


def _is_kin_elsewhere(reading: Reading, i: int) -> bool:
    """Her brother in Leeds, Zelko, offered; but "her aunt in Ghana, near Accra": whose kin it is, where, and a name by itself."""
    if i < 4 or reading.gap_before(i) != ", " or reading.gap_after(i)[:1] != ",":
        return False
    whose, kin, led, town = reading.lowers[i - 4 : i]
    spaced = all(reading.gap_before(k) == " " for k in range(i - 3, i))
    where = led in ("in", "from", "near") and reading.words[i - 1].shape == CAPITAL and town not in RELATIONS
    return spaced and where and kin in RELATIONS and whose in _OF_SOMEBODY


def _is_title(reading: Reading, i: int, *, shouting: bool) -> bool:
    before, text = reading.words[i - 1], reading.texts[i - 1]
    if reading.gap_before(i - 1)[-1:].isdigit():
        return False  # the end of a postcode: "E5 0DR"
    if before.key not in TITLES or not _AFTER_TITLE.fullmatch(reading.gap_before(i)):
        return False
    stopped = reading.starts_sentence(i) and before.key not in _CUT_TITLES
    proper = text[0].isupper() and not (before.key in WORD_TITLES and stopped)
    word = reading.words[i]
    surname = is_strong(word) or (word.last_name and not is_listed(word.key))  # "miss pickering"
    return proper or before.key not in WORD_TITLES or ((text == "miss" or shouting) and surname)


def _only_by_its_ending(word: Word) -> bool:
    return word.shape == CAPITAL and not word.kept and len(word.key) >= 5 and not is_listed(word.key)


def initial_and_word(reading: Reading, i: int) -> bool:
    """G. Nettles: an initial with its point, and a capitalised word behind."""
    following = reading.word(i + 1)
    return (
        following is not None
        and len(reading.texts[i]) == 1
        and reading.texts[i].isupper()
        and reading.gap_before(i + 1) in (". ", ".")
        and following.shape == CAPITAL
        and len(following.key) > 2
        and not following.kept
    )


def _only_rarely_a_word(word: Word) -> bool:
    return word.shape == CAPITAL and is_uncommon(word.key) and not word.kept


def _strong_behind(reading: Reading, i: int) -> bool:
    """Whether a surname that is no English word follows: "IRO Hyacinth Dacosta"."""
    following = reading.word(i + 1)
    return (
        following is not None
        and reading.gap_before(i + 1) in (" ", "-")
        and following.capitalised
        and is_strong(following)
        and not reading.words[i].kept
    )


def kin_behind(reading: Reading, last: int) -> bool:
    """Whether kinship or friendship is said behind the name: "Gjergj, a cousin", "Keisha (friend)"."""
    j = last + 1
    if j >= len(reading.words):
        return False
    gap = reading.gap_before(j)
    if gap.strip() == "(":
        near = reading.lowers[j : j + 3]
        return any(w in RELATIONS for w in near[:1]) or (
            bool(near) and near[0] in _OF_SOMEBODY and any(w in RELATIONS for w in near[1:])
        )
    if gap.strip() not in (",", "-") or reading.words[j].shape != LOWER:
        return False
    near = reading.lowers[j : j + 4]
    return near[0] in _OF_SOMEBODY and any(w in RELATIONS for w in near[1:])
