"""Which answers hang together: when one is asked for again, the others must be open too, or it can't be met.

Somebody else completes the audit: role, grade and declarations are theirs. A question is graded: its evidence and
reason belong to it. An agency was involved after all: everything that it left blank.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": audits are "returned if they are not
sufficiently robust, or comprehensive".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit_kit.domain.tool import AuditTool

_OF_THE_AUDITOR = ("auditor.", "declaration.", "conflict.", "lead.")
_GRADES = ("ours", "together")
_OF_A_GRADE = ("evidence", "why")


def follow_on(tool: AuditTool, ref: str, answers: Mapping[str, str]) -> Iterator[str]:
    """The answers that may have to change with this one. ``answers``: what the agency gave."""
    question, _, field = ref.rpartition(".")
    if question == "involvement.known":
        yield from (other for other in tool.answer_refs if not answers.get(other))
    elif question == "involvement.no_practitioner":  # naming one is the better answer
        yield from (other for other in _of_sheet(tool, "practitioners") if not answers.get(other))
    elif question in ("auditor.name", "auditor.role", "conflict.what"):
        yield from (other for other in _of_sheet(tool, "auditor") if other.startswith(_OF_THE_AUDITOR))
    elif field in _GRADES and tool.place(f"{question}.evidence"):
        yield from (other for part in _OF_A_GRADE if not answers.get(other := f"{question}.{part}"))


def _of_sheet(tool: AuditTool, sheet_id: str) -> Iterator[str]:
    sheet = tool.sheet(sheet_id)
    yield from (f"{question.ref}.{field.id}" for question in sheet.questions for field in sheet.fields)
