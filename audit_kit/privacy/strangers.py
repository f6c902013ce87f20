"""People who are not in the register (staff, neighbours, other children), found by votes that explain themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit_kit.privacy.jobs import RANKS, JobFinder
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, STRANGER, Span
from audit_kit.privacy.surroundings import (
    after_place,
    describes_a_thing,
    is_a_thing,
    is_made_up,
    mostly_capitals,
    names_a_place,
    no_capitals,
)
from audit_kit.privacy.trade import (
    BEFORE_PERSON,
    DOING,
    FIELDS,
    HOUSEHOLD,
    NAMING,
    RELATIONS,
    SPEECH,
    TITLE_JOBS,
    TITLES,
    WORD_TITLES,
)
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import CAPITAL, LOWER, UPPER, Word

_PARTICLES = word_class("strangers.particles")
_SAINTS = ("st", "saint")
_AFTER_TITLE = re.compile(r"\.?[ ]{1,2}|\.")
_VERBS = DOING - frozenset(
    ["and", "or", "also", "then", "now", "never", "always", "still", "who", "whose", "aged", "age"]
)
_IN_NAME = re.compile(r"[ ]{1,2}|-|\.[ ]?|'|[ ]?\r?\n")


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that read as one name, from the first to the last index."""

    first: int
    last: int


class StrangerFinder:
    """Looks through one reading for names that the register does not hold."""

    def __init__(self, reading: Reading, taken: list[bool], jobs: JobFinder, labels: LabelBook) -> None:
        self.reading = reading
        self.taken = taken  # per word: already named, numbered, kept or a label
        self.labels = labels
        self.words = reading.words
        self.shouting = mostly_capitals(reading)
        self.whispering = no_capitals(reading)
        self.jobs = jobs

    def spans(self) -> Iterator[Span]:
        """The strangers and the doubts, in the order of the text."""
        i = 0
        while i < len(self.words):
            step = 1
            # a lower-case word is a name only behind a title, or where nobody types capitals
            likely = self.words[i].shape != LOWER or self.whispering or (i and self.words[i - 1].title)
            if likely and not self.taken[i]:
                for span, last in self._at(i):
                    yield span
                    step = max(step, last - i + 1)
            i += step

    # -- what stands where -------------------------------------------------------------------------

    def _strong(self, word: Word) -> bool:
        """A word that is no English word and none of the trade's."""
        return not word.ordinary and len(word.key) >= 2

    def _nameable(self, i: int) -> bool:
        """Whether the word at ``i`` may begin or continue a name by its own looks."""
        if i >= len(self.words) or self.taken[i] or self.jobs.ending_at(i):
            return False
        word = self.words[i]
        if self.whispering:
            return self._strong(word) and (word.first_name or word.last_name)
        return word.capitalised and (word.shape != UPPER or self._reads_in_capitals(i))

    def _reads_in_capitals(self, i: int) -> bool:
        word = self.words[i]
        return self._strong(word) and (word.first_name or word.last_name or (len(word.key) >= 5 and self.shouting))

    def _is_initial(self, i: int) -> bool:
        text = self.reading.texts[i]
        return (
            not self.taken[i]
            and len(text) <= 2
            and text.isupper()
            and text.isalpha()
            and (len(text) == 1 or not self.words[i].kept)
        )

    def _run_from(self, i: int, *, ordinary_first: bool, announced: bool, titled: bool) -> _Run | None:
        """The name that begins at ``i``; an ordinary first word only where the sentence calls for a name."""
        j, names = i, 0
        while j < len(self.words) and j - i < 5:
            if j > i and (self.words[j - 1].possessive or not _IN_NAME.fullmatch(self.reading.gap_before(j))):
                break
            if j > i and "." in self.reading.gap_before(j) and len(self.reading.texts[j - 1]) > 2:
                break
            word = self.words[j]
            if self._is_initial(j) and not (
                j == i and self.reading.texts[j] in ("A", "I") and not self.reading.gap_after(j).startswith(".")
            ):
                j += 1
                continue
            if not self._nameable(j) and not (titled and j == i and self._strong(word) and not self.taken[j]):
                if word.key in _PARTICLES and j > i and j + 1 < len(self.words) and self._nameable(j + 1):
                    j += 1
                    continue
                break
            if word.kept or (
                word.ordinary
                and not (ordinary_first if not names else self._ordinary_may_follow(j, announced=announced))
            ):
                break
            if "\n" in (self.reading.gap_before(j) if j > i else "") and not self._strong(word):
                break
            names += 1
            j += 1
        return _Run(i, j - 1) if names else None

    def _ordinary_may_follow(self, j: int, *, announced: bool) -> bool:
        """A surname that is a word: Marcia Bright, Tom Ash."""
        word, before = self.words[j], self.words[j - 1]
        known = word.last_name or before.first_name or (announced and not before.ordinary and word.shape == CAPITAL)
        return (
            self.reading.gap_before(j) in (" ", "-", "  ")
            and not self.shouting
            and known
            and word.key not in SPEECH | DOING
        )

    # -- the votes ---------------------------------------------------------------------------------

    def _at(self, i: int) -> Iterator[tuple[Span, int]]:
        job, why, ordinary = self._announced(i)
        run = self._run_from(i, ordinary_first=ordinary, announced=bool(why), titled=why.startswith("title"))
        if run is None:
            if why.startswith("title") and self._is_initial(i):
                yield self._masked(_Run(i, i), job, [why])
            return
        if not why and names_a_place(self.reading, run.last):
            return
        if not why and (self.reading.lowers[i] in _SAINTS or (i and self.reading.lowers[i - 1] in _SAINTS)):
            return  # a church, a school or a street
        after = self.jobs.after(run.last)
        votes = [why] if why else []
        if after:
            votes.append("job behind it")
        votes += self._own_votes(run)
        job = job or after
        if self._enough(run, votes):
            yield self._masked(run, job, votes)
        elif self._worth_asking(run, votes):
            yield self._doubted(run, votes)

    def _announced(self, i: int) -> tuple[str, str, bool]:
        """What stands before a name: (job, vote, may the name be an ordinary word)."""
        j = i - 1
        if j < 0:
            return "", "", False
        gap, before = self.reading.gap_before(i), self.words[j]
        text = self.reading.texts[j]
        proper = text[0].isupper() and not (before.key in WORD_TITLES and self.reading.starts_sentence(i))
        if (
            before.key in TITLES
            and _AFTER_TITLE.fullmatch(gap)
            and (
                proper
                or before.key not in WORD_TITLES
                or ((text == "miss" or self.shouting) and self._strong(self.words[i]))
            )
        ):
            job = TITLE_JOBS.get(before.key, "") or self._job_before_title(j)
            return job, "title before it", not (before.key in WORD_TITLES and text.islower())
        label = self.jobs.before(i)
        if label:
            sure = label == "police officer" and text[0].isupper()
            return (
                label,
                "job before it",
                sure or ("," not in gap and "." not in gap and self.words[i].first_name and text.islower()),
            )
        if before.key in FIELDS and gap in (": ", ":", " : ", ":  ") and self._strong(self.words[i]):
            return "", "announced as a name", False
        if before.key in NAMING and gap in (" ", ' "', " '", ": "):
            return "", "announced as a name", self.words[i].first_name
        if before.key in RELATIONS and not before.possessive and gap in (" ", ", ", " - ", ": ", " (", ' "', " '"):
            return "", "kinship or friendship before it", self.words[i].first_name and gap == " " and text.islower()
        return "", "", False

    def _job_before_title(self, j: int) -> str:
        """The job in front of the title: class teacher, Miss Farrugia."""
        return self.jobs.before(j)

    def _own_votes(self, run: _Run) -> list[str]:
        """What the words and their neighbours say by themselves."""
        reading, votes = self.reading, []
        inside = [self.words[k] for k in range(run.first, run.last + 1)]
        strong = [w for w in inside if self._strong(w)]
        if any(w.first_name or w.last_name for w in strong):
            votes.append("known name")
        if len([w for w in inside if len(w.key) > 1]) >= 2 and strong:
            votes.append("first name and surname" if any(w.first_name for w in inside) else "two capitalised words")
        if any(len(w.key) == 1 for w in inside) and strong:
            votes.append("initial")
        if strong and not reading.starts_sentence(run.first) and not self.shouting and not self.whispering:
            votes.append("capital inside a sentence")
        following = self.words[run.last + 1].key if run.last + 1 < len(self.words) else ""
        typed = reading.texts[run.last + 1].lower() if following else ""
        if (
            following
            and reading.gap_after(run.last) == " "
            and (typed in SPEECH or typed in _VERBS)
            and not self.words[run.last].possessive
        ):
            votes.append("does or says something")
        if typed in HOUSEHOLD and strong and not self.words[run.last].possessive and reading.gap_after(run.last) == " ":
            votes.append("household of that name")
        end = reading.ends[run.last]
        if (
            reading.text[max(0, reading.starts[run.first] - 1) : reading.starts[run.first]] == "("
            and reading.text[end : end + 1] == ")"
        ):
            votes.append("alone in brackets")
        if strong and all(self.labels.has_met(w.key) for w in strong):
            votes.append("met before")
        if self.words[run.last].possessive and strong:
            votes.append("owns something")
        before = reading.texts[run.first - 1].lower() if run.first else ""
        if before in BEFORE_PERSON and reading.gap_before(run.first) == " ":
            votes.append("stands where people stand")
        return votes

    def _enough(self, run: _Run, votes: list[str]) -> bool:
        word = self.words[run.first]
        said = set(votes)
        if "title before it" in said:
            return True
        known = "known name" in said
        announced = said & {"job before it", "announced as a name", "kinship or friendship before it", "job behind it"}
        strong = any(self._strong(self.words[k]) for k in range(run.first, run.last + 1))
        if not strong:
            # an ordinary word that is also a name needs somebody to say so
            return (
                bool(announced)
                and (word.first_name or "job before it" in said)
                and (self.words[run.last].shape != LOWER)
            )
        if announced and (
            known
            or "capital inside a sentence" in said
            or not self.reading.starts_sentence(run.first)
            or self.words[run.first].capitalised
        ):
            return True
        if "met before" in said and len(said) > 1:
            return True
        if self.whispering:
            return bool(said & {"first name and surname", "met before"})
        if (
            known
            and after_place(self.reading, run.first)
            and len(said - {"known name", "capital inside a sentence", "owns something"}) == 0
        ):
            return any(self.words[k].first_name and not self.words[k].last_name for k in range(run.first, run.last + 1))
        if known and self.reading.starts_sentence(run.first):
            return bool(
                word.first_name
                or said
                & {"does or says something", "first name and surname", "owns something", "initial", "alone in brackets"}
            )
        return len(said - {"owns something"}) >= 2 and (
            known or bool(said & {"does or says something", "stands where people stand", "first name and surname"})
        )

    def _worth_asking(self, run: _Run, votes: list[str]) -> bool:
        """One vote for a word that nobody knows: a person looks. Places and abbreviations are let go."""
        if not votes or self.whispering or self.shouting:
            return False
        strong = [self.words[k] for k in range(run.first, run.last + 1) if self._strong(self.words[k])]
        if not strong or all(w.shape == UPPER for w in strong) or max(len(w.key) for w in strong) < 3:
            return False
        if is_a_thing(self.reading, self.taken, run.first, run.last) or is_made_up(self.reading, run.first, run.last):
            return False
        if set(votes) == {"capital inside a sentence"} and describes_a_thing(self.reading, run.first, run.last):
            return False
        if after_place(self.reading, run.first) and not set(votes) & {"known name", "does or says something"}:
            return False
        return bool(
            set(votes) & {"capital inside a sentence", "does or says something", "known name", "two capitalised words"}
        )

    # -- labels ------------------------------------------------------------------------------------

    def _extent(self, run: _Run) -> tuple[int, int]:
        end = self.reading.name_end(run.last)
        if (
            len(self.reading.texts[run.last]) == 1
            and self.reading.text[end : end + 1] == "."
            and self.reading.text[end + 1 : end + 2] not in ("", "\n")
        ):
            following = self.reading.texts[run.last + 1] if run.last + 1 < len(self.words) else ""
            end += 0 if following[:1].isupper() else 1
        return self.reading.starts[run.first], end

    def _masked(self, run: _Run, job: str, votes: list[str]) -> tuple[Span, int]:
        start, end = self._extent(run)
        name = tuple(self.words[k].key for k in range(run.first, run.last + 1) if self.words[k].key)
        label = self.labels.of_stranger(
            name,
            job,
            frozenset(self.words[k].key for k in range(run.first, run.last + 1) if self._strong(self.words[k])),
        )
        start = self._with_title(run.first, start, votes)
        rule = "vote:" + "+".join(v.removesuffix(" before it").removesuffix(" behind it") for v in votes)
        return Span(start, end, label, rule, STRANGER, min(1.0, 0.5 + 0.15 * len(votes))), run.last

    def _with_title(self, first: int, start: int, votes: list[str]) -> int:
        """The title or rank goes with the name: "Dr Okonjo" and "PC 1187 Pell" are replaced whole."""
        j = first - 1
        if "title before it" in votes:
            start = self.reading.starts[j]
            if j >= 2 and self.reading.texts[j - 1] in ("and",) and self.words[j - 2].key in TITLES:
                start = self.reading.starts[j - 2]
        elif j >= 0 and "job before it" in votes and self.reading.texts[j] in RANKS:
            start = self.reading.starts[j]
        return start

    def _doubted(self, run: _Run, votes: list[str]) -> tuple[Span, int]:
        start, end = self._extent(run)
        why = f"may be somebody's name: {', '.join(votes)}"
        return Span(start, end, self.labels.new(), "vote:" + "+".join(votes), DOUBT, 0.5, why), run.last
