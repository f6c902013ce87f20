"""How far a stranger's name goes: with the title, the rank and the number that belong to it, "Big" Dave and St-Hilaire."""

from __future__ import annotations

import re

from audit_kit.privacy.announced import JOB, TITLE
from audit_kit.privacy.jobs import RANKS, JobFinder
from audit_kit.privacy.lexicon import CAPITAL
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.runs import Run
from audit_kit.privacy.trade import TITLES
from audit_kit.privacy.wordlists import word_class

#: written as part of the name: "Coach Bryn"
_WORN = word_class("strangers.worn_titles")
#: "PC Obafemi 448CN"
COLLAR_BEHIND = re.compile(r",? \d{2,5} ?[A-Z]{2}(?!\w)")
_GLUED = re.compile(r"\d{1,4}(?!\w)")
_PARTICLES = word_class("strangers.particles")
_BEGIN_PLACES = word_class("led_places.begin_places")
EPITHETS = frozenset(
    [
        "big",
        "little",
        "lil",
        "young",
        "old",
        "skinny",
        "fat",
        "baby",
        "crazy",
        "mad",
        "tall",
        "irish",
        "scottish",
        "welsh",
    ]
)


def extent(reading: Reading, run: Run) -> tuple[int, int]:
    """Where the name begins and ends, with the point of its last initial, its digits and its saint: "NightFury77", "St-Hilaire"."""
    end = reading.name_end(run.last)
    if (
        len(reading.texts[run.last]) == 1
        and reading.text[end : end + 1] == "."
        and reading.text[end + 1 : end + 2] not in ("", "\n")
    ):
        following = reading.texts[run.last + 1] if run.last + 1 < len(reading.words) else ""
        end += 0 if following[:1].isupper() else 1
    digits = _GLUED.match(reading.text, end)
    end = digits.end() if digits else end  # "NightFury77"
    first = run.first
    if first and reading.gap_before(first) == "-" and reading.lowers[first - 1] in _PARTICLES:
        first -= 1  # St-Hilaire
    return reading.starts[first], end


def with_title(reading: Reading, taken: list[bool], jobs: JobFinder, first: int, start: int, votes: list[str]) -> int:
    """The title or rank goes with the name: "Dr Okonjo" and "PC 1187 Pell" are replaced whole."""
    j = first - 1
    if TITLE in votes:
        start = reading.starts[j]
        if j >= 2 and reading.texts[j - 1] in ("and",) and reading.words[j - 2].key in TITLES:
            start = reading.starts[j - 2]
        elif j >= 1 and reading.gap_before(j).strip() in ("&", "/", "+") and reading.words[j - 1].key in TITLES:
            start = reading.starts[j - 1]
    elif j >= 0 and JOB in votes:
        j = jobs.rank_before(first)
        if reading.gap_before(first) == " " and reading.words[j].shape == CAPITAL and reading.lowers[j] in _WORN:
            start = reading.starts[j]  # "Coach Bryn", "Elder Amponsah"
        while j >= 0 and (reading.texts[j] in RANKS or (reading.small and reading.texts[j].upper() in RANKS)):
            start = reading.starts[j]
            j = j - 1 if reading.gap_before(j) == " " else -1
    return _with_epithet(reading, taken, first, start)


def _begins_a_place(reading: Reading, j: int) -> bool:
    """Mount Zelmira, Corner Zelmira: half of a place's name is left standing nowhere."""
    return reading.lowers[j] in _BEGIN_PLACES and reading.words[j].shape == CAPITAL and not reading.starts_sentence(j)


def _with_epithet(reading: Reading, taken: list[bool], first: int, start: int) -> int:
    """Big Dave, Lil G."""
    j = first - 1
    worn = j > 0 and (reading.lowers[j] in EPITHETS or _begins_a_place(reading, j)) and not taken[j]
    worn = worn and (reading.words[j].shape == CAPITAL or reading.small)
    return reading.starts[j] if worn and reading.gap_before(first) == " " else start
