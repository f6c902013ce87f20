"""The audit tool: which sheets it has, what is asked on each, and how every answer is called.

One value of ``AuditTool`` drives everything: the workbook is written from it, returns are read by it, the
checks walk over it, and letters take their wording from it. An answer is known by its reference alone,
``question.field`` (``N6.evidence``), never by a cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from audit_kit.domain.thresholds import STANDARD, Thresholds


class Kind(StrEnum):
    """What sort of answer a field takes."""

    TEXT = "text"  # a line
    LONG = "long"  # a narrative
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    NAME = "name"  # a person's name, asked for to prove independence; sealed, never carried on


class Layout(StrEnum):
    """How a sheet is laid out."""

    FORM = "form"  # one row a question, one answer, a reason if blank
    GRID = "grid"  # one row a question, several fields
    TABLE = "table"  # numbered rows to be filled as needed


@dataclass(frozen=True)
class Field:
    """One column of answers. ``required`` is what completeness asks for; see ``stages.check``."""

    id: str
    heading: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    hint: str = ""  # 255 characters at most: shown while the cell is chosen
    width: int = 30  # in characters of Arial 12


@dataclass(frozen=True)
class Question:
    """One row. In a FORM the question itself says what sort of answer it takes."""

    ref: str  # "N6", "involvement.known", "chronology.7"
    number: str  # as shown: "N6", "2.1", "7"
    wording: str = ""
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    hint: str = ""
    guidance: str = ""  # the long form, on the Guidance sheet
    required: bool = False


def _outline(question: Question) -> Question:
    hint, guidance = ("there is one" if text else "" for text in (question.hint, question.guidance))
    return replace(question, number="", wording="", hint=hint, guidance=guidance)


@dataclass(frozen=True)
class Sheet:
    """One sheet of the tool."""

    id: str
    title: str  # also the tab, so at most 31 characters
    intro: str
    layout: Layout
    questions: tuple[Question, ...]
    fields: tuple[Field, ...]

    def outline(self) -> Sheet:
        """The same columns and sorts of rows, without words; in a form each row stays, for others speak of it."""
        rows = [_outline(question) for question in self.questions]
        if self.layout is not Layout.FORM:
            rows = list({replace(row, ref=""): row for row in reversed(rows)}.values())
        return replace(self, intro="", questions=tuple(rows))

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place for an answer by its reference, in reading order."""
        return {
            f"{question.ref}.{field.id}": Place(self, question, field)
            for question in self.questions for field in self.fields
        }  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where an answer stands, in the reader's words."""

    sheet: Sheet
    question: Question
    field: Field

    @property
    def kind(self) -> Kind:
        """The sort of answer expected here: the question's in a form's answer column, else the field's."""
        own = self.sheet.layout is Layout.FORM and self.field.id == "answer"
        return self.question.kind if own else self.field.kind

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to choose from, empty when anything may be typed."""
        own = self.sheet.layout is Layout.FORM and self.field.id == "answer"
        return self.question.choices if own else self.field.choices

    def question_in_words(self) -> str:
        """The whole question, or the whole row of a table: "question N6 (Plan and drift)"; "Chronology, row 3"."""
        if self.sheet.layout is Layout.TABLE:
            return f"{self.sheet.title}, row {self.question.number}"
        return f"question {self.question.number} ({self.question.wording})"

    def in_words(self) -> str:
        """How people are told: "N6 Plan and drift, evidence"; "2.1 Did you know the family?"."""
        heading = self.field.heading[:1].lower() + self.field.heading[1:]
        return (
            self.question_in_words() if self.sheet.layout is Layout.FORM else f"{self.question_in_words()}, {heading}"
        )


@dataclass(frozen=True)
class AuditTool:
    """The tool of one theme for one area and one agency."""

    theme: str
    area: str
    agency: str
    sheets: tuple[Sheet, ...]
    thresholds: Thresholds = STANDARD  # by which the status column asks and warns, as the checks do

    def __hash__(self) -> int:
        """Of what tells most tools apart: to hash a thousand questions each time takes longer than what is looked up by it."""
        return hash((self.theme, self.area, self.agency, len(self.sheets)))

    def sheet(self, sheet_id: str) -> Sheet:
        """The sheet of this id; KeyError when the tool has none."""
        return {sheet.id: sheet for sheet in self.sheets}[sheet_id]

    def outline(self) -> AuditTool:
        """The same rows and columns without words of their own: what hangs on those alone is one for many agencies."""
        return replace(self, area="", agency="", sheets=tuple(sheet.outline() for sheet in self.sheets))

    def place(self, answer_ref: str) -> Place | None:
        """Where the answer of this reference stands, if the tool asks for it."""
        return self._places.get(answer_ref)

    def place_about(self, ref: str) -> Place | None:
        """Where an answer stands, or the first answer of a question when the reference is a whole question's."""
        return self.place(ref) or self._first_places.get(ref)

    @cached_property
    def _first_places(self) -> dict[str, Place]:
        """Each question's first place, by the question's reference."""
        return {ref.rpartition(".")[0]: self._places[ref] for ref in reversed(self.answer_refs)}

    @cached_property
    def answer_refs(self) -> tuple[str, ...]:
        """Every answer's reference, in reading order."""
        return tuple(answer_ref for sheet in self.sheets for answer_ref in sheet.places)

    @cached_property
    def _places(self) -> dict[str, Place]:
        """Every place of every sheet: each rule asks for hundreds. Of two by one reference the first counts."""
        return {ref: place for sheet in reversed(self.sheets) for ref, place in sheet.places.items()}
