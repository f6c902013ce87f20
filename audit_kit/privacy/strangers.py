"""People who are not in the register (staff, neighbours, other children), found by votes that explain themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from audit_kit.privacy.announced import (
    AUNT,
    JOB,
    KIN,
    KIN_BEHIND,
    NAMED,
    TITLE,
    announced,
    is_an_aunts,
    is_strong,
    is_written_as_an_aunts,
    kin_behind,
)
from audit_kit.privacy.extents import COLLAR_BEHIND, EPITHETS, extent, with_title
from audit_kit.privacy.jobs import ANYBODY, JobFinder
from audit_kit.privacy.kinship import KIN_BEFORE_NAME, WHOSE
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.runs import Run, RunFinder, strong_words
from audit_kit.privacy.spans import DOUBT, RECOGNISER, STRANGER, Span
from audit_kit.privacy.surroundings import is_a_city, names_a_place, sent_by, travels_to
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, HOUSEHOLD, SPEECH
from audit_kit.privacy.weighing import BESIDE, SHORT, Weighing
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordruns import has_a_surname, is_a_small_initial, owner_of_what_follows
from audit_kit.privacy.wordsure import COLOURS

_ENDS_A_LINE = ("\n", "\r", ";", "<")
_SAINTS = ("st", "saint", "san", "santa", "sao", "sainte")
_TASKS = [[word] for word in sorted(word_class("trade.tasks"))]
_AGENCIES = word_class("strangers.agencies")
_NO_TASKS = word_class("wordlike.determiners") | frozenset(["school", "bed", "work", "home", "date", "mum", "dad"])
#: "through Quenlowa on 020 7946 0321"
_REACHED = re.compile(r" (?:on|at|via) (?:\+?44|0\d)")
_DONE_TO_THINGS = word_class("strangers.done_to_things") | word_class("wordlike.passive")
_VERBS = DOING - frozenset(
    ["and", "or", "also", "then", "now", "never", "always", "still", "who", "whose", "aged", "age"]
)


class StrangerFinder:
    """Looks through one reading for names that the register does not hold."""

    def __init__(self, reading: Reading, taken: list[bool], jobs: JobFinder, labels: LabelBook) -> None:
        self.reading = reading
        self.taken = taken  # per word: already named, numbered, kept or a label
        self.labels = labels
        self.words = reading.words
        self.jobs = jobs
        self.runs = RunFinder(reading, taken, jobs, labels)
        self.shouting, self.whispering = self.runs.shouting, self.runs.whispering
        self.weighing = Weighing(reading, taken, self.runs, labels)
        self._ended = -1  # the last word of the stranger before

    def spans(self) -> Iterator[Span]:
        """The strangers and the doubts, in the order of the text."""
        beyond = 0
        for i in self._likely():
            if i >= beyond and not self.taken[i]:
                for span, last in self._at(i):
                    yield span
                    beyond = max(beyond, last + 1)

    def _likely(self) -> Iterable[int]:
        """Where a name may begin: a lower-case word is one only behind a title, or where nobody types capitals."""
        if self.whispering:
            return range(len(self.words))
        return [
            i
            for i, word in enumerate(self.words)
            if word.shape != LOWER
            or (i and self.words[i - 1].title)
            or (word.first_name and is_strong(word) and self.jobs.typed_small(i))
        ]

    # -- the votes ---------------------------------------------------------------------------------

    def _at(self, i: int) -> Iterator[tuple[Span, int]]:
        if i + 1 < len(self.words) and is_an_aunts(self.reading, i + 1):
            return  # the name is told with the word behind: "Tita Baby"
        job, why, ordinary = announced(self.reading, self.jobs, i, shouting=self.shouting)
        if not why and self._goes_on(i):
            why = BESIDE
        run = self.runs.run_from(
            i,
            ordinary_first=ordinary,
            announced=bool(why),
            titled=why.startswith("title")
            or why == AUNT
            or self.jobs.typed_small(i)
            or (self.whispering and (why in (KIN, NAMED) or is_a_small_initial(self.reading, i))),
        )
        if run is None:
            if (why == TITLE and self.runs.is_initial(i) and not self.words[i].ordinary) or (
                why == JOB and self._signs_by_initials(i)
            ):
                yield self._masked(Run(i, i), job if job != ANYBODY else "", [why])
            return
        if why == NAMED and run.first == run.last and self._first_name_comes_last(run.last):
            run = Run(run.first, run.last + 1)
        if (not why or why == KIN) and names_a_place(self.reading, run.last):
            return
        if not why and (self._is_a_saints(i) or self._is_of_a_colour(i)):
            return  # a church, a school or a street; a thing
        if run.first == run.last and (is_a_city(self.reading, i) or self._is_kin_told_in_brackets(i)):
            return
        after = self.jobs.after(run.last)
        votes = [why] if why else []
        if after:
            votes.append("job behind it")
        if kin_behind(self.reading, run.last):
            votes.append(KIN_BEHIND)
        votes += self._own_votes(run)
        job = job or after
        job = "" if job == ANYBODY else job
        if self.weighing.is_enough(run, votes):
            self._ended = run.last
            yield self._masked(run, job, votes)
        elif self.weighing.is_worth_asking(run, votes) or self.weighing.is_known_to_nobody(run):
            yield self._doubted(run, votes or ["a word that nobody knows"])

    def _is_a_saints(self, i: int) -> bool:
        """St Olave, the Feast of San Juan; but St-Hilaire is a surname."""
        lowers, gap = self.reading.lowers, self.reading.gap_before
        saint = lowers[i] in _SAINTS and i + 1 < len(lowers) and gap(i + 1) != "-"
        return saint or (i > 0 and lowers[i - 1] in _SAINTS and gap(i) != "-")

    def _is_kin_told_in_brackets(self, i: int) -> bool:
        """Bobby (Szamet), a grandmother in the family's language, and her registered name behind."""
        following = self.reading.word(i + 1)
        named = following is not None and self.reading.gap_after(i) == " (" and bool(following.parts)
        return named and self.words[i].key in KIN_BEFORE_NAME

    def _is_of_a_colour(self, i: int) -> bool:
        """A grey Zelmo Classic: clothes, cars and phones, by whoever makes them."""
        coloured = i > 0 and self.reading.lowers[i - 1] in COLOURS and self.words[i - 1].shape == LOWER
        return coloured and self.reading.gap_before(i) == " "

    def _first_name_comes_last(self, last: int) -> bool:
        """To: Quansah, Efua, and nothing else on the line."""
        following = self.reading.word(last + 1)
        if following is None or self.taken[last + 1] or self.reading.gap_before(last + 1) != ", ":
            return False
        ends = last + 2 == len(self.words) or self.reading.gap_after(last + 1).lstrip(" ")[:1] in _ENDS_A_LINE
        return ends and following.first_name and following.shape == CAPITAL

    def _goes_on(self, i: int) -> bool:
        """Whether this is the next of several names: "T. Vasquez/Hobbs", "Bev and Marlon", "ismail and hamza"."""
        gap, last, word = self.reading.gap_before(i), i - 1, self.words[i]
        if self.whispering and gap == ", " and last == self._ended and word.first_name and is_strong(word):
            return True
        if gap.strip() not in ("/", "&", "+"):
            if i < 2 or self.reading.lowers[i - 1] not in ("and", "or") or gap != " ":
                return False
            last = i - 2
            if not (word.first_name or (self.whispering and has_a_surname(self.reading, i))):
                return False
        named = last == self._ended or (self.taken[last] and any(p.score >= 0.95 for p in self.words[last].parts))
        return named and (is_strong(word) or word.word_name) and (word.shape == CAPITAL or self.whispering)

    def _own_votes(self, run: Run) -> list[str]:
        """What the words and their neighbours say by themselves."""
        strong = strong_words(self.reading, run)
        votes = [*self._by_their_looks(run, strong), *self._by_what_follows(run, strong)]
        if self._is_alone_in_brackets(run):
            votes.append("alone in brackets")
        if strong and all(self._is_met(w.key) for w in strong):
            votes.append("met before")
        elif run.first == run.last and strong and self.labels.long_for(strong[0].key):
            votes.append(SHORT)
        owner = owner_of_what_follows(self.reading, run.last)
        if owner and "known name" not in votes:
            votes.append("known name")
        if (self.words[run.last].possessive and strong) or owner:
            votes.append("owns something")
        if strong and self._comes_from_an_agency(run):
            votes.append("comes from an agency")
        if strong and _REACHED.match(self.reading.text, self.reading.ends[run.last]):
            votes.append("reached by telephone")
        if self._stands_where_people_stand(run.first):
            votes.append("stands where people stand")
        return votes

    def _by_their_looks(self, run: Run, strong: list[Word]) -> Iterator[str]:
        if not strong:
            return
        inside = [self.words[k] for k in range(run.first, run.last + 1)]
        if any(w.first_name or w.last_name for w in strong):
            yield "known name"
        if len([w for w in inside if len(w.key) > 1]) >= 2:
            yield "first name and surname" if any(w.first_name for w in inside) else "two capitalised words"
        if any(len(w.key) == 1 for w in inside):
            yield "initial"
        if not (self.reading.starts_sentence(run.first) or self.shouting or self.whispering):
            yield "capital inside a sentence"

    def _by_what_follows(self, run: Run, strong: list[Word]) -> Iterator[str]:
        following = self.reading.word(run.last + 1)
        if not (following and following.key) or self.words[run.last].possessive:
            return
        if self.reading.gap_after(run.last) != " ":
            return
        typed = self.reading.lowers[run.last + 1]
        did = run.last > run.first and self._did(run.last + 1)
        if typed in SPEECH or typed in _VERBS or self._has_a_task(run.last + 1) or did:
            yield "does or says something"
        if typed in HOUSEHOLD and following.shape != CAPITAL and strong:
            yield "household of that name"

    def _is_alone_in_brackets(self, run: Run) -> bool:
        start, end = self.reading.starts[run.first], self.reading.ends[run.last]
        return self.reading.text[max(0, start - 1) : start] == "(" and self.reading.text[end : end + 1] == ")"

    def _comes_from_an_agency(self, run: Run) -> bool:
        """Keely from Bluebell."""
        following = self.reading.lowers[run.last + 1 : run.last + 2]
        return following == ["from"] and self.reading.gap_after(run.last) == " " and self._is_agency(run.last + 2)

    def _stands_where_people_stand(self, first: int) -> bool:
        """Told big Deano, w/ Tanisha, advice from Tahira."""
        reading, spaced = self.reading, self.reading.gap_before(first) == " "
        before = reading.lowers[first - 1] if first else ""
        if before in EPITHETS and first > 1:
            before = reading.lowers[first - 2]
        small = self.whispering and self.words[first].first_name and (before in ("from", "w", "n") or before in SPEECH)
        return (
            (before in BEFORE_PERSON and spaced and not travels_to(reading, first))
            or sent_by(reading, first)
            or (before == "w" and reading.gap_before(first).strip() == "/")
            or self._is_behind_an_agency(first)
            or (small and spaced)
        )

    def _is_behind_an_agency(self, first: int) -> bool:
        """YJS: Curtley to see."""
        before = self.reading.word(first - 1) if first else None
        return before is not None and before.kept and before.shape == UPPER and self.reading.gap_before(first) == ": "

    def _is_met(self, key: str) -> bool:
        """Whether this case has met the word: "kyle", and "kyles" where nobody types an apostrophe."""
        return self.labels.has_met(key) or (self.whispering and key[-1:] == "s" and self.labels.has_met(key[:-1]))

    def _is_agency(self, j: int) -> bool:
        """Whether an agency, a place or a capital stands there: "Keely from Bluebell", "curtis from young hackney"."""
        word, beyond = self.reading.word(j), self.reading.word(j + 1)
        if word is None:
            return False
        named = beyond is not None and beyond.kept and self.reading.gap_before(j + 1) == " "
        return word.kept or word.capitalised or word.key in _AGENCIES or named

    def _has_a_task(self, j: int) -> bool:
        """Whether "to" and a task stand there: "Kwame to call back", "Dee to chase housing"."""
        if self.reading.lowers[j] != "to" or j + 1 >= len(self.words):
            return False
        # where nobody types capitals only names known to the lists come so far: "kofi to chair"
        task = self.words[j + 1]
        small = self.whispering and task.ordinary and task.key not in _NO_TASKS and not task.key.endswith(("ing", "ed"))
        return [task.key] in _TASKS or small

    def _did(self, j: int) -> bool:
        """Whether a word at ``j`` says what somebody did: "Yocasta Quell refused"; but "Ferrous Xanthate prescribed"."""
        word = self.words[j]
        return word.shape == LOWER and word.ordinary and word.key.endswith("ed") and word.key not in _DONE_TO_THINGS

    def _signs_by_initials(self, i: int) -> bool:
        """Logged LW; key worker: AB."""
        text = self.reading.texts[i]
        return (
            2 <= len(text) <= 3
            and text.isupper()
            and not (self.words[i].kept or self.taken[i] or self.jobs.ending_at(i) or self.shouting)
            and self.reading.gap_before(i) in (" ", ": ", " - ")
            and (self.reading.gap_after(i)[:1] in ("", ".", ",", ";", ")", "\n") or self.reading.gap_after(i) == " - ")
        )

    # -- labels ------------------------------------------------------------------------------------

    def _masked(self, run: Run, job: str, votes: list[str]) -> tuple[Span, int]:
        start, end = extent(self.reading, run)
        keys = [self.words[k].key for k in range(run.first, run.last)]
        keys.append(owner_of_what_follows(self.reading, run.last) or self.words[run.last].key)
        name = (
            tuple(self.labels.long_for(key) or key for key in keys if key)
            if SHORT in votes
            else tuple(filter(None, keys))
        )
        label = self.labels.of_stranger(
            name,
            job,
            frozenset(w.key for w in strong_words(self.reading, run)) | self._met_word(run),
        )
        start = with_title(self.reading, self.taken, self.jobs, run.first, start, votes)
        whole = AUNT in votes or self._is_an_aunt_by_name(run.first, votes) or self.weighing.is_a_whole_family(run)
        start = self.reading.starts[run.first - 1] if whole else start
        collar = COLLAR_BEHIND.match(self.reading.text, end) if JOB in votes else None
        end = collar.end() if collar else end
        said = votes or ["used as a name"]
        rule = "vote:" + "+".join(v.removesuffix(" before it").removesuffix(" behind it") for v in said)
        # "PC 4417NI Harding" is one person, though the number in the middle is a reference by itself
        numbered = any(c.isdigit() for c in self.reading.text[start:end])
        rank = RECOGNISER + 1 if numbered else STRANGER
        return Span(start, end, label, rule, rank, min(1.0, 0.5 + 0.15 * len(votes))), run.last

    def _is_an_aunt_by_name(self, first: int, votes: list[str]) -> bool:
        """Auntie Tsehainesh, Ciocia Halszka: with its capital and nobody's, the kinship is part of the name."""
        whose = self.reading.lowers[first - 2] in WHOSE or self.words[first - 2].possessive if first > 1 else False
        return KIN in votes and is_written_as_an_aunts(self.reading, first) and not whose

    def _met_word(self, run: Run) -> frozenset[str]:
        """A word that stands alone as the name of somebody met: it leads back to the same person."""
        key = self.words[run.first].key
        return frozenset([key] if run.first == run.last and self.labels.has_met(key) else ())

    def _doubted(self, run: Run, votes: list[str]) -> tuple[Span, int]:
        start, end = extent(self.reading, run)
        why = f"may be somebody's name: {', '.join(votes)}"
        return Span(start, end, self.labels.new(), "vote:" + "+".join(votes), DOUBT, 0.5, why), run.last
