"""Taking names out of one case's texts: compiled once, called for every answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from audit_kit.domain.masked import Decision, Doubt, Masked, Replacement
from audit_kit.domain.register import CaseRegister
from audit_kit.privacy.addresses import unregistered_addresses
from audit_kit.privacy.agreed import agreed
from audit_kit.privacy.apposed_places import apposed_places
from audit_kit.privacy.authors import authors
from audit_kit.privacy.belonging import with_what_belongs
from audit_kit.privacy.births_behind import births_behind
from audit_kit.privacy.companies import firms, firms_of_two_names, law_firms, said_to_be_schools
from audit_kit.privacy.dates import BirthDates
from audit_kit.privacy.decided import Decided
from audit_kit.privacy.disguised import disguised_names, split_names
from audit_kit.privacy.families import whole_families
from audit_kit.privacy.family_places import FamilyPlaces
from audit_kit.privacy.folding import fold
from audit_kit.privacy.foreign import in_other_scripts
from audit_kit.privacy.houses import houses
from audit_kit.privacy.initials import RegisteredLetters, initials_in, strangers_in
from audit_kit.privacy.institutions import institutions, stronger_than_names
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.labels import ADDRESS, POSTCODE, LabelBook, Strangers
from audit_kit.privacy.led_streets import led_streets
from audit_kit.privacy.lone_capitals import lone_capitals
from audit_kit.privacy.mail_heads import surnames_first
from audit_kit.privacy.mentions import registered_mentions
from audit_kit.privacy.met import met_in_full
from audit_kit.privacy.model_votes import NoVotes, Voter, with_votes, without_votes
from audit_kit.privacy.nicknamed import nicknames
from audit_kit.privacy.numbered_places import numbered_places
from audit_kit.privacy.numbers import RegisteredNumbers, digit_runs
from audit_kit.privacy.phrases import kept_phrases
from audit_kit.privacy.reading import Reading, read
from audit_kit.privacy.recognisers import recognised
from audit_kit.privacy.shop_places import shop_places
from audit_kit.privacy.small_strangers import small_strangers
from audit_kit.privacy.smallnames import tasked_small
from audit_kit.privacy.spans import PROTECTED, RECOGNISER, Span, joined_up, without_overlaps
from audit_kit.privacy.staff_letters import staff_by_letters
from audit_kit.privacy.strangers import StrangerFinder
from audit_kit.privacy.town_groups import town_groups
from audit_kit.privacy.translated import told_meanings, translated_families
from audit_kit.privacy.unsure_numbers import unsure_numbers
from audit_kit.privacy.unsure_places import unsure_places
from audit_kit.privacy.usernames import UserNames
from audit_kit.privacy.venues import venues
from audit_kit.privacy.vocabulary import is_like_a_word
from audit_kit.privacy.whereabouts import whereabouts
from audit_kit.privacy.wordowned import owned_without_apostrophe
from audit_kit.privacy.words import WordBook


class CaseAnonymiser:
    """Replaces everything that identifies the people of one case.

    Make one per case and use it for all agencies' returns: strangers met in the first return keep
    their label in the second. Store ``strangers`` with the case and hand it in the next time.
    """

    _lists_are_read: ClassVar[bool] = False

    def __init__(
        self,
        register: CaseRegister,
        keep: KeepWords,
        decisions: tuple[Decision, ...],
        strangers: Strangers,
        voters: tuple[Voter, ...] = (),
        on: date | None = None,
        places: FamilyPlaces | None = None,
    ) -> None:
        self._voters = voters
        self.unanswered = 0  # texts on which the models gave no answer, and more is asked for it
        self._keep = keep
        self._book = WordBook(register, keep)
        self._letters = RegisteredLetters.of(self._book.people)
        self._labels = LabelBook(register, strangers)
        self._numbers = RegisteredNumbers(register)
        self._places, self._near_places = places or FamilyPlaces.of(register, keep)
        self._births = BirthDates(
            (person.dob for person in register.people if person.dob), on, city=register.case.startswith("C")
        )
        self._decided = Decided(decisions, self._book)
        if not CaseAnonymiser._lists_are_read:
            # now, once per process, and not with the first answer
            read("Load zqxvut", self._book)
            is_like_a_word("zequxavut")
            self.mask("")
            CaseAnonymiser._lists_are_read = True

    @classmethod
    def for_case(
        cls,
        register: CaseRegister,
        keep: KeepWords,
        decisions: tuple[Decision, ...] = (),
        strangers: Strangers | None = None,
        voters: tuple[Voter, ...] = (),
        on: date | None = None,
        places: FamilyPlaces | None = None,
    ) -> CaseAnonymiser:
        """Compile a register. A reviewer's decisions settle the phrases they were asked about.

        ``voters``: optional models, each a vote on who is named; without them more goes to review. ``on``: the day on
        which ages are counted, for dates of birth become ages in bands; without it they become none. ``places``: those of
        the register, where they are compiled already.
        """
        return cls(register, keep, decisions, strangers or Strangers.none(), voters, on, places)

    @property
    def strangers(self) -> Strangers:
        """The labels given so far to people who are not in the register."""
        return self._labels.strangers()

    def mask(self, text: str) -> Masked:
        """The text without what identifies people, why each piece went, and what only a person can decide.

        Masking the result again changes nothing. Labels that already stand in the text stay.
        """
        reading = read(text, self._book)
        numbered = self._numbered(reading)
        jobs, phrases = JobFinder(reading, _taken(reading, numbered)), list(kept_phrases(reading, self._keep))
        named = self._named(reading, jobs, phrases)
        certain = self._standing([*_labels_alone(numbered, named), *named], reading.text)
        found = [*certain, *self._unknown(reading, certain, jobs, phrases)]
        spans = self._standing(found, reading.text)
        people = [s for s in spans if not (s.doubt or s.label.startswith("["))]
        if births := list(births_behind(people, reading.text)):
            spans = without_overlaps([*spans, *births], reading.text)
        spans = joined_up(spans, reading.text, ADDRESS, POSTCODE)
        return _rewritten(text, [s for s in spans if s.rank != PROTECTED], reading)

    def mask_all(self, texts: Sequence[str]) -> tuple[Masked, ...]:
        """The same for the texts of one return or document: who is met in a later one is known in the earlier ones too."""
        before = self._labels.strangers().as_mapping()
        masked = list(self._each_masked(texts))
        met = [name.split() for name in self._labels.strangers().as_mapping() if name not in before]
        for number, text in enumerate(texts):
            small = fold(text).text.lower() if met else ""
            if any(all(word in small for word in name) for name in met):
                masked[number] = self.mask(text)
        return tuple(masked)

    def _each_masked(self, texts: Sequence[str]) -> Iterator[Masked]:
        """One by one. Short answers come again in the same words ("Social care"), which are masked anew only when somebody
        was met since, or models are asked."""
        again: dict[str, Masked] = {}
        for text in texts:
            masked = again.get(text)
            if masked is None:
                before = self._labels.size
                masked = again[text] = self.mask(text)
                if self._voters or self._labels.size != before:
                    again.clear()
            yield masked

    def registered_in(self, text: str) -> list[Span]:
        """What the register alone finds in a text, places in the text as typed: also inside an e-mail address or the name
        of a firm, which ``mask`` takes whole."""
        reading = read(text, self._book)
        numbered = [span for span in self._numbered(reading) if _is_registered(span) or span.rank == PROTECTED]
        jobs, phrases = JobFinder(reading, _taken(reading, numbered)), list(kept_phrases(reading, self._keep))
        named = self._named(reading, jobs, phrases)
        found = self._standing([*_labels_alone(numbered, named), *named], reading.text)
        at = reading.folded.original_span
        return [
            span._replace(start=start, end=end)
            for span in found
            if _is_registered(span)
            for start, end in (at(span.start, span.end),)
        ]

    def _standing(self, found: list[Span], text: str) -> list[Span]:
        """The spans that stand, each doubt settled that was decided."""
        return without_overlaps(self._decided.settled(found, text), text)

    def _numbered(self, reading: Reading) -> list[Span]:
        """The labels that must stay, and what numbers, codes and places give away."""
        text, runs = reading.text, list(digit_runs(reading.text)) if reading.numbered else []
        return [
            *(
                Span(start, end, text[start:end], "label", PROTECTED)
                for start, end in self._labels.protected(text, numbered=reading.numbered)
            ),
            *self._numbers.find(text, runs, words=reading.keys, numbered=reading.numbered),
            *self._births.find(text, reading.keys),
            *self._places.find(text),
            *self._near_places.find(reading),
            *recognised(reading, runs),
            *with_what_belongs(
                (
                    Span(start, end, ADDRESS, "recogniser:address", RECOGNISER)
                    for start, end in unregistered_addresses(reading, self._keep)
                ),
                text,
            ),
        ]

    def _named(self, reading: Reading, jobs: JobFinder, phrases: list[Span]) -> list[Span]:
        """The registered people, by every form of their names."""
        people = self._book.people
        return [
            *self._decided.find(reading.text),
            *stronger_than_names(reading, self._keep, [False] * len(reading.words)),
            *registered_mentions(reading, people, _taken(reading, phrases), jobs, self._labels),
            *initials_in(reading, people, self._letters, self._keep),
            *disguised_names(reading, self._book),
            *split_names(reading, self._book),
            *owned_without_apostrophe(reading, self._book),
            *in_other_scripts(reading, self._book),
            *translated_families(reading, people),
        ]

    def _unknown(self, reading: Reading, certain: list[Span], jobs: JobFinder, phrases: list[Span]) -> list[Span]:
        """Places and people that are in no register."""
        taken = _taken(reading, certain)
        places = [
            *institutions(reading, self._keep, taken),
            *said_to_be_schools(reading, self._keep, taken, whispering=reading.small),
            *firms(reading, self._keep),
            *law_firms(reading, taken),
            *venues(reading, self._keep, taken),
        ]
        taken = _taken(reading, [*places, *phrases], taken)
        apposed = list(apposed_places(reading, taken, jobs))
        led_to = [
            *numbered_places(reading, taken),
            *firms_of_two_names(reading, taken),
            *shop_places(reading, taken),
            *whereabouts(reading, taken),
            *led_streets(reading, taken),
            *town_groups(reading, taken),
        ]
        if led_to:
            taken = _taken(reading, [*apposed, *led_to], taken)
        housed = list(houses(reading, taken))
        nicknamed = [*nicknames(reading, taken, self._labels), *met_in_full(reading, taken, self._labels)]
        taken = _taken(reading, [*apposed, *housed, *nicknamed], taken) if nicknamed else taken
        strangers = agreed(list(StrangerFinder(reading, taken, jobs, self._labels).spans()), reading, self._labels)
        if self._voters:
            strangers = self._voted(strangers, reading, taken)
        written = [
            *authors(reading, self._keep, taken, self._labels),
            *surnames_first(reading, taken, self._labels),
            *whole_families(reading, taken, self._labels),
            *staff_by_letters(reading, taken, self._labels),
        ]
        initials = strangers_in(reading, self._labels, taken, self._keep)
        taken = _taken(reading, [*apposed, *housed, *strangers], taken)
        # behind the full names, so that "pgreenhalgh" gets the label of "HV Pat Greenhalgh"
        signed_in = UserNames(reading, taken, jobs, self._labels).spans()
        unsure = [
            *told_meanings(reading, taken),
            *unsure_places(reading, taken, jobs),
            *lone_capitals(reading, taken, jobs),
            *unsure_numbers(reading, taken),
            *tasked_small(reading, taken, jobs, self._labels),
            *small_strangers(reading, taken, self._labels),
        ]
        places += [*apposed, *led_to, *housed]
        found = [*places, *nicknamed, *strangers, *written, *signed_in, *initials, *unsure]
        return list(with_what_belongs(found, reading.text))

    def _voted(self, strangers: list[Span], reading: Reading, taken: list[bool]) -> list[Span]:
        """The strangers with the votes of the models; where they give no answer, more is asked and it is counted."""
        try:
            return list(with_votes(strangers, reading, taken, self._voters, self._labels))
        except NoVotes:
            self.unanswered += 1
            return list(without_votes(strangers, reading, taken, self._labels))


def _is_registered(span: Span) -> bool:
    return span.rule.startswith("register:")


def _labels_alone(numbered: list[Span], named: list[Span]) -> list[Span]:
    """Without the labels that are part of a name: "Uncle Will" is one person, though "Uncle" by itself is a label."""
    ends = {span.start: span.end for span in named if not span.doubt}
    starts = {span.end: span.start for span in named if not span.doubt}
    return [
        span
        for span in numbered
        if span.rank != PROTECTED
        or span.label[-1:].isdigit()
        or (ends.get(span.start, 0) <= span.end and starts.get(span.end, span.start) >= span.start)
    ]


def _taken(reading: Reading, spans: list[Span], before: list[bool] | None = None) -> list[bool]:
    """Per word: whether one of the spans covers it, wholly or in part, or it was taken ``before``."""
    taken = before.copy() if before else [False] * len(reading.words)
    for span in spans:
        if not span.doubt:
            first, behind = bisect_right(reading.ends, span.start), bisect_left(reading.starts, span.end)
            taken[first:behind] = [True] * (behind - first)
    return taken


def _rewritten(text: str, spans: list[Span], reading: Reading) -> Masked:
    """The masked text, with the offsets of every replacement and doubt."""
    parts: list[str] = []
    replacements, doubts, doubts_in_result = [], [], []
    position = length = 0
    for span in spans:
        start, end = reading.folded.original_span(span.start, span.end)
        start = max(start, position)
        if start >= end:
            continue
        kept = text[position:start]
        put = text[start:end] if span.doubt else span.label
        length += len(kept)
        if span.doubt:
            doubts.append(Doubt(start, end, span.doubt, span.label))
            doubts_in_result.append(Doubt(length, length + len(put), span.doubt, span.label))
        else:
            replacements.append(Replacement(start, end, span.label, span.rule, round(span.score, 2)))
        parts += [kept, put]
        length += len(put)
        position = end
    parts.append(text[position:])
    return Masked("".join(parts), tuple(replacements), tuple(doubts), tuple(doubts_in_result))
