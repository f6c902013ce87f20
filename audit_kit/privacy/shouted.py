"""Names typed in capitals: "Jermaine ROACH" as the police write, and logs in which all is: "INSPECTOR FEARLESS", "JANE FOX (HV)"."""

from __future__ import annotations

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.jobs import RANKS, JobFinder
from audit_kit.privacy.lexicon import CAPITAL, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import DOING, SAYING_OR_DOING, SPEECH


def is_a_surname_in_capitals(reading: Reading, taken: list[bool], jobs: JobFinder, j: int) -> bool:
    """Jermaine ROACH, as the police write, whatever else the surname means."""
    before, word = reading.words[j - 1], reading.words[j]
    return (
        not reading.shouting
        and word.shape == UPPER
        and len(word.key) >= 4
        and before.shape == CAPITAL
        and (before.first_name or (is_strong(before) and is_strong(word) and len(word.key) > 4))  # "Tesfaldet BERHANU"
        and not (taken[j] or word.kept or jobs.ending_at(j))
        and reading.gap_before(j) == " "
    )


def is_called_in_capitals(reading: Reading, taken: list[bool], jobs: JobFinder, j: int) -> bool:
    """INSPECTOR FEARLESS: where all is in capitals, a word behind a rank or a job that is no verb."""
    word = reading.words[j]
    return (
        reading.shouting
        and word.shape == UPPER
        and len(word.key) >= 4
        and reading.gap_before(j) in (" ", ": ")
        and not (taken[j] or jobs.ending_at(j))
        and not (word.kept and not (_is_unknown(reading, j + 1) or reading.words[j - 1].title))
        and word.key not in SAYING_OR_DOING
        and not word.key.endswith(("ed", "ing"))
        and (word.key[-1] != "s" or word.key.endswith("ss") or reading.texts[j - 1] in RANKS)
    )


def _is_unknown(reading: Reading, j: int) -> bool:
    """Whether a word that is none stands there: the surname of "JUNE ADDO"."""
    return j < len(reading.words) and is_strong(reading.words[j]) and reading.gap_before(j) == " "


def ends_a_name_in_capitals(reading: Reading, taken: list[bool], j: int, *, announced: bool) -> bool:
    """JANE FOX (HV), DC GRANT SIMMS, where everything is in capitals: a surname that is a word."""
    if not reading.shouting or reading.words[j].kept or taken[j] or reading.gap_before(j) != " ":
        return False
    before, gap = reading.words[j - 1], reading.gap_after(j)
    if not before.first_name or not (is_strong(before) or announced):
        return False
    if gap == "-" and j + 1 < len(reading.words):
        return reading.words[j + 1].shape == UPPER and not reading.words[j + 1].kept  # OWEN PRICE-WATTS
    following = reading.lowers[j + 1 : j + 2] if gap == " " else []
    acts = bool(following) and (following[0] in SPEECH or following[0] in DOING or following[0] == "to")
    return gap.startswith(" (") or ((acts or gap[:1] in (",", ".", ";")) and reading.words[j].last_name)
