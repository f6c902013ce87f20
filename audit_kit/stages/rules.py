"""What every rule is given, and how a rule says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from audit_kit.domain.dates import read_date
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.returns import AuditReturn, RosterEntry
from audit_kit.domain.scales import INVOLVED, JUDGED, chosen
from audit_kit.domain.thresholds import Thresholds
from audit_kit.domain.tool import AuditTool, Place, Question


@dataclass(frozen=True)
class LikeText:
    """A text of another return that may be a copy of one in this."""

    case: str
    agency: str
    text: str


@dataclass(frozen=True)
class Desk:
    """A return on the desk: the return itself and what it is checked against."""

    audit_return: AuditReturn
    tool: AuditTool
    window_start: date
    window_end: date
    today: date
    thresholds: Thresholds = field(default_factory=Thresholds)
    roster: tuple[RosterEntry, ...] = ()  # everyone named in other returns for this case
    audits_by_this_auditor: int = 1  # in this session, this one counted
    sessions_of_this_auditor: int = 1  # of those whose cases are still kept, this one counted
    due: date | None = None  # of this round
    received: date | None = None
    in_roles: str = ""  # its texts with roles for names: a return may call a sibling by name
    like_texts: tuple[tuple[str, LikeText], ...] = ()  # answer reference → what it may be a copy of
    contact_told_by: tuple[str, ...] = ()  # agencies whose chronology tells of contact with this one
    #: the answers without spaces around them: rules ask for thousands
    _typed: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _rows: dict[str, tuple[tuple[Question, dict[str, str]], ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )  # what many rules ask for is looked up once
    _chosen: dict[str, str | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._typed.update((ref, text.strip()) for ref, text in self.audit_return.answers.items())

    @cached_property
    def _begun(self) -> frozenset[str]:
        """The questions and rows in which something was typed: of a table's hundred rows some ten."""
        return frozenset(ref.rpartition(".")[0] for ref, text in self._typed.items() if text)

    def answer(self, ref: str) -> str:
        """The answer as typed, without spaces around it."""
        return self._typed.get(ref) or self._typed.get(f"{ref}.answer", "")

    @cached_property
    def answered(self) -> tuple[tuple[str, Place], ...]:
        """Reference and place of whatever was typed, as it stands in the return: of a tool's thousand places some hundred."""
        places = ((ref, self.tool.place(ref)) for ref, text in self._typed.items() if text)
        return tuple((ref, place) for ref, place in places if place is not None)

    def choice(self, ref: str) -> str | None:
        """The word that was chosen, None when blank or no word of the list."""
        if ref not in self._chosen:
            place = self.place_of(ref)
            self._chosen[ref] = chosen(self.answer(ref), place.choices) if place else None
        return self._chosen[ref]

    def explained(self, question_ref: str) -> bool:
        """Whether the agency said why the answer is blank: that is a valid answer."""
        return bool(self.answer(f"{question_ref}.blank"))

    def place_of(self, ref: str) -> Place | None:
        """Where the answer stands; a form question's own reference means its answer."""
        return self.tool.place(ref) or self.tool.place(f"{ref}.answer")

    def words_for(self, ref: str) -> str:
        """The place of an answer in the reader's words."""
        place = self.place_of(ref)
        return place.in_words() if place else "the whole return"

    @cached_property
    def involved(self) -> bool:
        """Whether the agency says that it knew the family in the review period, or answers as if it had.

        A return that leaves 2.1 blank and tells of events is asked everything at once, not 2.1 alone and the
        rest in the next round.
        """
        known = self.choice("involvement.known")
        return known == INVOLVED or (known is None and self.tells_of_involvement)

    @cached_property
    def tells_of_involvement(self) -> bool:
        """Whether there is an event in the review period, or a grade."""
        days = (read_date(row["date"]) for _, row in self.rows("chronology"))
        graded = any(self.choice(f"{kloe.ref}.ours") in JUDGED for kloe in self.kloes)
        return graded or any(day and self.window_start <= day <= self.window_end for day in days)

    @property
    def kloes(self) -> tuple[Question, ...]:
        """The key lines of enquiry that this tool asks."""
        return self.tool.sheet("questions").questions

    @cached_property
    def all_graded(self) -> bool:
        """Whether an agency that was involved graded every question, or said why one has no grade.

        What is unusual about the grades as a whole is seen only then.
        """
        grades = [(kloe.ref, self.answer(f"{kloe.ref}.ours")) for kloe in self.kloes]
        return self.involved and all(
            self.choice(f"{ref}.ours") if typed else self.explained(ref) for ref, typed in grades
        )

    @cached_property
    def narratives(self) -> dict[str, str]:
        """The texts that argue for the grades: answer reference → text."""
        refs = (f"{kloe.ref}.{field}" for kloe in self.kloes for field in ("evidence", "why", "good", "improve"))
        return {ref: text for ref in refs if (text := self.answer(ref))}

    def rows(self, sheet_id: str) -> tuple[tuple[Question, dict[str, str]], ...]:
        """The filled rows of a table sheet: its row and field id → text."""
        if sheet_id not in self._rows:
            self._rows[sheet_id] = tuple(self._filled(sheet_id))
        return self._rows[sheet_id]

    def _filled(self, sheet_id: str) -> Iterator[tuple[Question, dict[str, str]]]:
        sheet = self.tool.sheet(sheet_id)
        for question in sheet.questions:
            if question.ref in self._begun:
                row = {field.id: self.answer(f"{question.ref}.{field.id}") for field in sheet.fields}
                if any(row.values()):
                    yield question, row

    def query(self, rule: str, level: Level, ref: str, request: str, reason: str = "") -> Query:
        """A result of a rule about the answer of this reference ("" for the whole return)."""
        full_ref = ref if self.tool.place(ref) or not ref else f"{ref}.answer"
        return Query(rule, level, full_ref, self.words_for(ref), request, reason)


Rule = Callable[[Desk], Iterator[Query]]
