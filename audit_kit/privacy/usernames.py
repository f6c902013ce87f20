"""User names of staff typed into a text: "SW pgreenhalgh to visit", "0915 twatmore3 - call", "(r.osgood)".

An initial and a surname without anything between are read as that person, so that "pgreenhalgh" has the label of
"Pat Greenhalgh". What no list knows needs a job, a time or a task beside it, and must not look like a clipped or
misspelt word ("SW asslt"). Once it is clear in one place it is known in the whole case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.gazetteer import is_first_name, is_last_name
from audit_kit.privacy.jobs import ANYBODY, RANKS, JobFinder
from audit_kit.privacy.labels import HANDLE, LabelBook
from audit_kit.privacy.lexicon import LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import RECOGNISER, STRANGER, Span
from audit_kit.privacy.trade import DOING, SPEECH
from audit_kit.privacy.vocabulary import is_like_a_word, is_ordinary
from audit_kit.privacy.wordlists import word_class

_VERBS = DOING - frozenset(
    ["and", "or", "also", "then", "now", "never", "always", "still", "who", "whose", "aged", "age"]
)
_NO_TASKS = word_class("wordlike.determiners") | frozenset(["school", "bed", "work", "home", "date", "be"])
_DIGITS = re.compile(r"\d{1,4}(?![\w@])")
#: all that stands before a user name at the head of a line: "mon 10/03/25 0915 ", "17:05 - "
_STAMP = re.compile(
    r"[-*• ]{0,4}(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?\d[\d/.: ]{2,24}(?:hrs|h|am|pm)?[ ,:-]{1,4}(?:[A-Z]{2,6}/)?",
    re.I,
)
_DOTTED = re.compile(
    r"(?<![\w@./:-])(?P<first>[a-z]{1,12})[._](?P<last>[a-z]{3,18}|(?<=[a-z]{3}[._])[a-z])(?P<number>\d{0,4})(?![\w@]|\.\w)"
)
_JOINED = re.compile(r"[._](?<=[a-z].)[a-z]{3}")
#: what is written so and is nobody: "e.coli"
_NOBODY = word_class("usernames.nobody")
_WRITTEN_BY = word_class("usernames.written_by")
#: where nobody else than a person comes next
_TOLD = word_class("usernames.told")
_AGENCIES = word_class("strangers.agencies")
_TASKED = word_class("usernames.tasked")


#: letters of the shortest user name
_SHORTEST = 5


class UserNames:
    """Looks through one reading for names that somebody signs in with."""

    def __init__(self, reading: Reading, taken: list[bool], jobs: JobFinder, labels: LabelBook) -> None:
        self._reading = reading
        self._taken = taken
        self._jobs = jobs
        self._labels = labels

    def spans(self) -> list[Span]:
        """Every user name; one that is clear in one place is found in all."""
        reading, found = self._reading, list(self._dotted())
        strange = [
            i
            for i, word in enumerate(reading.words)
            if word.strange and not (word.ordinary or word.parts or self._taken[i] or self._is_joined(i))
        ]
        sure = {reading.words[i].key for i in strange if self._is_sure(i)}
        for i in strange:
            key = reading.words[i].key
            if key in sure or self._labels.known(key):
                found.append(self._masked(i, key))
        return found

    def _masked(self, i: int, key: str) -> Span:
        label = self._labels.known(key) or self._label(key, self._job_before(i))
        self._labels.remember(key, label)
        rank = i > 0 and self._reading.gap_before(i) == " " and self._reading.texts[i - 1].upper() in RANKS
        start, end = self._reading.starts[i - rank], self._reading.name_end(i)
        number = _DIGITS.match(self._reading.text, end)
        return Span(start, number.end() if number else end, label, "recogniser:user name", RECOGNISER)

    def _job_before(self, i: int) -> str:
        job = self._jobs.before(i)
        return "" if job == ANYBODY else job

    def _label(self, key: str, job: str) -> str:
        """The label of the person whose initial and surname it is; where it is neither and no job says who, "[user name]"."""
        cut = next((n for n in (1, 2) if self._is_surname(key[n:])), 0)
        if cut:
            return self._labels.of_stranger((key[0], key[cut:]), job, frozenset([key[cut:]]))
        return self._labels.of_stranger((key,), job, frozenset([key])) if job else HANDLE

    def _is_surname(self, key: str) -> bool:
        return len(key) >= 4 and (self._labels.has_met(key) or is_last_name(key))

    def _is_sure(self, i: int) -> bool:
        """Whether this word is a user name by itself, or because of what stands beside it."""
        reading, word = self._reading, self._reading.words[i]
        key = word.key
        rest = key[1:]
        strong = not is_ordinary(rest)
        if strong and len(rest) >= 4 and self._labels.has_met(rest):
            return True
        if strong and len(rest) >= 5 and is_last_name(rest) and not is_last_name(key):
            return True
        numbered = _DIGITS.match(reading.text, reading.ends[i]) is not None
        if word.shape == UPPER and self._heads_a_line(i) and not reading.gap_after(i).startswith("\n"):
            return not is_like_a_word(key) or len(key) == _SHORTEST
        if word.shape != LOWER or not (numbered or self._stands_where_staff_stand(i)):
            return False
        surname = (len(rest) >= 4 and is_last_name(rest)) or (
            len(key) > 4 and is_last_name(key[:-1]) and key[-1] != "s"
        )
        return surname or not is_like_a_word(key)

    def _is_joined(self, i: int) -> bool:
        """Whether the word is part of an address on the net, or has letters and digits before it."""
        before, behind = self._reading.gap_before(i)[-1:], self._reading.gap_after(i)[:1]
        if before == "/" and i and self._reading.words[i - 1].shape == UPPER:
            before = ""  # "DUTY/KHANR"
        return before in ("@", "_", "/", "#", ".", "'") or before.isdigit() or behind in ("@", "_", "'")

    def _stands_where_staff_stand(self, i: int) -> bool:
        """Behind a job, a time at the head of a line or "typed by"; before a task, a job in brackets or "allocated"."""
        reading = self._reading
        gap, behind = reading.gap_before(i), reading.gap_after(i)
        before = reading.lowers[i - 1] if i and gap in (" ", ": ") else ""
        following = reading.lowers[i + 1] if i + 1 < len(reading.words) else ""
        if gap == " " and before in _TOLD:
            return True
        alone = reading.starts_sentence(i) and (i + 1 == len(reading.words) or behind[:1] == "\n")
        if alone and behind.strip(" .\n") == "":
            return True  # signed at the end
        if before in _WRITTEN_BY or (gap in (" ", ": ", " (", "/", ", ") and self._jobs.before(i)):
            return True
        if behind == " (" and (following in _TASKED or self._jobs.after(i)):
            return True
        if behind == " " and (following in _TASKED or self._acts(i)):
            return True
        if not self._heads_a_line(i):
            return False
        return behind.strip() in ("-", ":") or following in SPEECH or following in DOING

    def _heads_a_line(self, i: int) -> bool:
        """Whether nothing but a day and a time stand before it on its line: "04/06 1500 TPASQUE Office visit"."""
        start = self._reading.starts[i]
        head = self._reading.text.rfind("\n", 0, start) + 1
        return start - head <= 40 and _STAMP.fullmatch(self._reading.text, head, start) is not None

    def _acts(self, i: int) -> bool:
        """Whether the word begins a sentence and does something: "zquelvar will visit", "12.10: zquelvar rang"."""
        reading, following = self._reading, self._reading.lowers[i + 1 : i + 3]
        if not (reading.starts_sentence(i) or reading.gap_before(i)[:1] in (",", ";")) or len(following) < 2:
            return False
        if following[0] == "from" and following[1] in _AGENCIES:
            return True  # "debbo from housing"
        told = following[0] in ("will", "to") and reading.words[i + 2].ordinary and following[1] not in _NO_TASKS
        return told or following[0] in SPEECH or following[0] in _VERBS

    def _dotted(self) -> Iterator[Span]:
        """r.osgood, (g.castle3), rosa_kettley: no sentence joins letters so."""
        reading = self._reading
        text = reading.text
        for found in _DOTTED.finditer(text) if _JOINED.search(text) else ():
            first, last = found["first"], found["last"]
            if last in _NOBODY or not self._are_two_names(first, last, numbered=bool(found["number"]), text=found[0]):
                continue
            inside = list(reading.between(*found.span()))
            if any(self._taken[i] for i in inside):
                continue
            label = self._labels.of_stranger((first, last), self._job_before(inside[0]), frozenset([last]))
            yield Span(*found.span(), label, "recogniser:user name", STRANGER + 1)

    def _are_two_names(self, first: str, last: str, *, numbered: bool, text: str) -> bool:
        if len(last) == 1:
            return is_first_name(first) and not is_ordinary(first)  # "pritpal.k"
        if len(first) == 1:
            return numbered or not is_ordinary(last) or is_last_name(last)
        known = is_first_name(first) and (is_last_name(last) or not is_ordinary(last))
        return known and not (is_ordinary(first) and "." in text and not numbered)
