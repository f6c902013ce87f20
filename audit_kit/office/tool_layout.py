"""Where everything stands in an audit tool: rows and columns, and how an answer is found again.

Each answer sheet has a title (A1), its introduction (from A2), a hidden row with the fields' ids, a header
row, and one row a question; the last column, hidden, holds the questions' references. Where the hidden row
and column cross stands ``audit_kit:<sheet id>``. So an answer is found by reference and field whatever was
renamed, inserted or sorted.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from audit_kit.domain.tool import Sheet
from audit_kit.office.cell_addresses import letters

MARK = "audit_kit:"
WORDS_MARK = "audit_kit_words:"  # before the fingerprints of a sheet's own wording, in the hidden row
MARK_ON_FILE = "Pseudonymised copy on file"
START, GUIDANCE, LISTS, META = "Start", "Guidance", "Lists", "_meta"
CHECK_CODE, PRINTED_REFERENCE = "Check code", "Audit reference"  # the labels beside them on the Start sheet
LEADING_HEADINGS = {
    "number": "No.",
    "wording": "Question",
    "status": "Status",
    "asked": "What we ask",
    "guidance": "Guidance",
}
INTRO_CHARACTERS = 150  # a line of the introduction, which runs over the columns to its right


@dataclass(frozen=True)
class SheetPlan:
    """One answer sheet with its rows and columns, all counted from 1."""

    sheet: Sheet
    id_row: int  # the hidden row with the fields' ids
    header_row: int
    id_column: int  # the hidden column with the questions' references
    columns: Mapping[str, int]  # what stands before the answers ("number", "status"), and each field → its column
    widths: Mapping[str, float]  # the same → width in characters

    def row(self, question_ref: str) -> int:
        """The row of this question."""
        return self._rows[question_ref]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {question.ref: row for row, question in enumerate(self.sheet.questions, start=self.header_row + 1)}

    @property
    def first_row(self) -> int:
        """The row of the first question."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """The row of the last question."""
        return self.header_row + len(self.sheet.questions)

    @property
    def leading(self) -> tuple[str, ...]:
        """What stands before the answers: "number", "wording", "status", "asked", "guidance"."""
        fields = {field.id for field in self.sheet.fields}
        return tuple(name for name in self.columns if name not in fields)

    def column(self, name: str) -> int:
        """The column of a leading cell (``status``) or of a field, by its id."""
        return self.columns[name]

    def address(self, question_ref: str, field_id: str) -> str:
        """The cell of an answer: ``D7``."""
        return f"{letters(self.column(field_id))}{self.row(question_ref)}"

    def status_address(self, question_ref: str) -> str:
        """The cell that says how far this question is."""
        return f"{letters(self.column('status'))}{self.row(question_ref)}"

    def range_of(self, name: str) -> str:
        """One column from its heading to the row below the last question, with the sheet's name: for formulas.

        Both ends are locked cells. If an end could be cut and pasted elsewhere, the range would follow it.
        """
        letter = letters(self.id_column if name == "ids" else self.column(name))
        return f"{quoted(self.sheet.title)}!${letter}${self.header_row}:${letter}${self.last_row + 1}"


def answer_name(question_ref: str) -> str:
    """The defined name of a question's row of answers: ``ans_N6``. Excel calls a file damaged whose names hold a hyphen."""
    return "ans_" + re.sub(r"[^A-Za-z0-9_]", "_", question_ref)


def quoted(tab: str) -> str:
    """A sheet's name as formulas and links want it."""
    return "'" + tab.replace("'", "''") + "'"


@lru_cache(maxsize=256)
def intro_lines(intro: str) -> tuple[str, ...]:
    """An introduction as lines that end with a sentence where that is possible."""
    lines: list[str] = []
    for sentence in re.split(r"(?<=[.?!]) ", intro):
        joined = f"{lines[-1]} {sentence}" if lines else sentence
        if lines and len(joined) <= INTRO_CHARACTERS:
            lines[-1] = joined
        else:
            lines += textwrap.wrap(sentence, INTRO_CHARACTERS)
    return tuple(lines)


def own_wording(sheet: Sheet) -> frozenset[str]:
    """Every text that the kit itself writes on this sheet, but for the words of the status column."""
    words = {sheet.title, *intro_lines(sheet.intro), *LEADING_HEADINGS.values(), MARK + sheet.id}
    words |= {column.heading for column in sheet.fields} | {column.id for column in sheet.fields}
    for question in sheet.questions:
        words |= {question.ref, question.number, question.wording, question.hint}
        words.add(f"{GUIDANCE} {question.number}")
    return frozenset(word.strip() for word in words if word.strip())


def fingerprints(texts: Iterable[str]) -> str:
    """What stands in the hidden row: by it, a form's own words are known again after they were improved."""
    return WORDS_MARK + " ".join(sorted({fingerprint(text) for text in texts if text.strip()}))


def fingerprint(text: str) -> str:
    """A few characters by which a text of the form's own is known again after its wording was improved."""
    return hashlib.sha256(text.strip().encode(errors="replace")).hexdigest()[:10]
