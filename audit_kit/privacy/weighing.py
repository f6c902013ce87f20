"""What the votes for a stranger are worth: enough to mask, worth asking about, or nothing."""

from __future__ import annotations

import re

from audit_kit.privacy.announced import AUNT, JOB, KIN, KIN_BEHIND, NAMED, SIGNED, TITLE, is_strong
from audit_kit.privacy.calling import is_called
from audit_kit.privacy.gazetteer import is_last_name
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.runs import Run, RunFinder, strong_words
from audit_kit.privacy.surroundings import after_place, describes_a_thing, is_a_thing, is_made_up
from audit_kit.privacy.vocabulary import is_like_a_word, is_ordinary, is_uncommon
from audit_kit.privacy.wordnames import is_used_as_a_name
from audit_kit.privacy.wordruns import has_a_surname

#: "ToR", "LoC", "DoLS"; but "McD"
_ENDS_IN_A_CAPITAL = re.compile(r"(?!Mc)[A-Z][a-z]{1,2}[A-Z]{1,2}s?")

BESIDE = "beside another name"
SHORT = "short for somebody met"
#: each of these is somebody saying that a name stands here
_ANNOUNCED = frozenset([JOB, "job behind it", NAMED, KIN, KIN_BEHIND, SIGNED, BESIDE])
#: with one more vote these are enough for a word that no list of names has
_OF_SOMEBODY = frozenset(
    [SHORT, "does or says something", "stands where people stand", "first name and surname", "reached by telephone"]
)


class Weighing:
    """Judges the runs of one reading by their votes."""

    def __init__(self, reading: Reading, taken: list[bool], runs: RunFinder, labels: LabelBook) -> None:
        self.reading = reading
        self.words = reading.words
        self.taken = taken
        self.runs = runs
        self.labels = labels
        self.shouting, self.whispering = runs.shouting, runs.whispering

    def is_enough(self, run: Run, votes: list[str]) -> bool:
        """Whether the votes mask the run, without anybody being asked."""
        word = self.words[run.first]
        said = set(votes)
        if TITLE in said:
            return True
        if _ENDS_IN_A_CAPITAL.fullmatch(self.reading.texts[run.last]):
            return False
        called = bool(said & _ANNOUNCED)
        if not strong_words(self.reading, run):
            # an ordinary word that is also a name needs somebody to say so
            small = self.words[run.last].shape == LOWER and not self.whispering
            rare = is_uncommon(word.key) and word.shape == CAPITAL and KIN in said  # "his mate Spud"
            rare = rare or (NAMED in said and is_called(self.reading, run.first))  # "aka Scar"
            if AUNT in said:
                return True
            if called and (word.first_name or word.word_name or rare or JOB in said) and not small:
                return True
            with_initial = word.first_name and run.last > run.first and self.runs.is_last_initial(run.last)
            again = (
                run.last > run.first
                and self.runs.is_initial(run.first)
                and self.labels.has_met(self.words[run.last].key)
            )
            acts = "does or says something" in said or self.reading.lowers[run.last + 1 : run.last + 2] == ["who"]
            if with_initial and (acts or not self.reading.starts_sentence(run.first)):
                return True  # "C. Stamp", "Poppy L", "Poppy L who sits there"
            return again or is_used_as_a_name(self.reading, run.first) or self.runs.is_met_again(run.first)
        if called and (
            "known name" in said or not self.reading.starts_sentence(run.first) or self.words[run.first].capitalised
        ):
            return True
        # a surname that no word is, of somebody whom this case has met: also where nothing else is said of it
        if "met before" in said and (len(said) > 1 or all(len(w.key) >= 5 for w in strong_words(self.reading, run))):
            return True
        if self.whispering:
            if said >= {"known name", "owns something"} or (SHORT in said and len(said) > 1):
                return True  # "kamils mum", "okonjo's sister", "actions: kez to visit"
            if "two capitalised words" in said and has_a_surname(self.reading, run.first):
                return True  # "down as nikolk petrov"
            return bool(said & {"first name and surname", "met before"}) or (
                word.first_name
                and bool(
                    said
                    & {
                        "stands where people stand",
                        "does or says something",
                        "owns something",
                        "comes from an agency",
                        "initial",
                    }
                )
            )
        return self._speak_for_themselves(run, said)

    def _speak_for_themselves(self, run: Run, said: set[str]) -> bool:
        """Whether what the words are, and where they stand, is enough without anybody announcing a name."""
        word, known = self.words[run.first], "known name" in said
        at_start = self.reading.starts_sentence(run.first)
        if self._initial_and_surname(run) or self.is_a_whole_family(run):
            return True
        if self._is_abbreviation(run):
            # "a TESS worker", "and HENRY": an abbreviation that happens to be somebody's name
            said = said - {"capital inside a sentence", "alone in brackets"}
            said -= self._said_of_things(run)
        if (
            known
            and after_place(self.reading, run.first)
            and not said - {"known name", "capital inside a sentence", "owns something"}
        ):
            return any(self.words[k].first_name and not self.words[k].last_name for k in range(run.first, run.last + 1))
        if not known and "reached by telephone" not in said and after_place(self.reading, run.first):
            return False
        if known and at_start:
            return bool(
                (
                    word.first_name
                    and not self._is_abbreviation(run)
                    and not (run.first == run.last and is_uncommon(word.key))
                )
                or said
                & {"does or says something", "first name and surname", "owns something", "initial", "alone in brackets"}
            )
        if "two capitalised words" in said and not at_start and not after_place(self.reading, run.first):
            words = strong_words(self.reading, run)
            if (
                len(words) > 1
                and all(w.shape == CAPITAL for w in words)
                and not is_made_up(self.reading, run.first, run.last)
            ):
                return True
        return len(said - {"owns something"}) >= 2 and (known or bool(said & _OF_SOMEBODY))

    def _is_abbreviation(self, run: Run) -> bool:
        """A short word in capitals, alone, where others are typed in small letters."""
        word = self.words[run.first]
        return word.shape == UPPER and run.first == run.last and len(word.key) < 6 and not self.shouting

    def _said_of_things(self, run: Run) -> set[str]:
        """Votes that an abbreviation gets as well: "and HENRY", "HENRY was offered"."""
        lowers, said = self.reading.lowers, set()
        if lowers[run.first - 1 : run.first] == ["and"]:
            said.add("stands where people stand")
        if lowers[run.last + 1 : run.last + 2] in (["is"], ["was"], ["has"], ["had"], ["will"], ["and"], ["or"]):
            said.add("does or says something")
        return said

    def is_a_whole_family(self, run: Run) -> bool:
        """The Kowalczyks, the Connorses; a name that no list knows is one also where it only explains: "(the Fenoughtys)"."""
        word, before = self.words[run.last], self.reading.lowers[run.first - 1] if run.first else ""
        ones = [word.key[:-1], *([word.key[:-2]] if word.key.endswith(("ses", "xes", "zes", "ches", "shes")) else [])]
        return (
            run.first == run.last
            and before == "the"
            and word.shape == CAPITAL
            and word.key.endswith("s")
            and not word.possessive
            and not (word.first_name or any(map(is_ordinary, ones)))
            and (
                any(map(is_last_name, ones))
                or (len(word.key) > 6 and (not is_like_a_word(ones[0]) or self._explains(run)))
            )
        )

    def _explains(self, run: Run) -> bool:
        """Plot 5 (the Fenoughtys), next door (8a, the Fenoughtys), or whose something is: "the Fenoughtys' bin"."""
        before, behind = self.reading.gap_before(run.first - 1), self.reading.gap_after(run.last)
        return behind[:2] == "' " or (before in (" (", ", ") and behind[:1] == ")")

    def _initial_and_surname(self, run: Run) -> bool:
        """D. Castellane: an initial with its point, then a word that is no English word."""
        return (
            run.last > run.first
            and self.runs.is_initial(run.first)
            and self.reading.gap_after(run.first) in (". ", ".")
            and is_strong(self.words[run.last])
            and self.words[run.last].shape == CAPITAL
            and len(self.words[run.last].key) > 2
        )

    def is_worth_asking(self, run: Run, votes: list[str]) -> bool:
        """One vote for a word that nobody knows: a person looks. Places and abbreviations are let go."""
        if self.whispering or self.shouting:
            # capitals say nothing here: a known first name that is no English word is asked about
            word = self.words[run.first]
            known = word.first_name and is_strong(word) and len(word.key) >= 4
            last = self.words[run.last]
            surname = "initial" in votes and ("known name" in votes or last.strange)  # "sign k. okonkwo"
            return (known or surname) and not after_place(self.reading, run.first)
        if not votes or _ENDS_IN_A_CAPITAL.fullmatch(self.reading.texts[run.last]):
            return False
        strong = strong_words(self.reading, run)
        if not strong or all(w.shape == UPPER for w in strong) or max(len(w.key) for w in strong) < 3:
            return False
        if is_a_thing(self.reading, self.taken, run.first, run.last) or is_made_up(self.reading, run.first, run.last):
            return False
        if set(votes) == {"capital inside a sentence"} and (
            describes_a_thing(self.reading, run.first, run.last) or self._belongs_to_a_place(run.first)
        ):
            return False
        if after_place(self.reading, run.first) and not set(votes) & {"known name", "does or says something"}:
            return False
        return bool(
            set(votes) & {"capital inside a sentence", "does or says something", "known name", "two capitalised words"}
        )

    def _belongs_to_a_place(self, first: int) -> bool:
        """London Fields Lido: the word before is kept and has a capital too."""
        before = self.reading.word(first - 1) if first else None
        return before is not None and before.kept and before.shape == CAPITAL and self.reading.gap_before(first) == " "

    def is_known_to_nobody(self, run: Run) -> bool:
        """A capitalised word at the start of a sentence or in a list that is neither English nor the trade's."""
        if self.whispering or self.shouting or after_place(self.reading, run.first):
            return False
        inside = [self.words[k] for k in range(run.first, run.last + 1)]
        if any(w.shape != CAPITAL or len(w.key) < 4 or not is_strong(w) or is_uncommon(w.key) for w in inside):
            return False
        if len(inside) == 1 and len(inside[0].key) > 5 and is_like_a_word(inside[0].key):
            return False  # "Positve screen"
        return not (
            is_a_thing(self.reading, self.taken, run.first, run.last)
            or is_made_up(self.reading, run.first, run.last)
            or describes_a_thing(self.reading, run.first, run.last)
        )
