"""A form that came back damaged: nothing is taken from it, and a person is told what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError

if TYPE_CHECKING:
    from audit_kit.office.forms import ReadAnswers
    from audit_kit.office.safe_read import WorkbookText


def answers_of(
    book: WorkbookText,
    form: AuditTool,
    called: str,
    place: str,
    *,
    not_happened: str,
    next_step: str,
    formulas_too: bool = False,
) -> ReadAnswers:
    """What was answered on a form, when each answer stands in its certain place.

    AuditKitError when it does not, or when there is none at all; see ``refuse_damaged`` for what else is given.
    """
    from audit_kit.office.forms import read_answers

    try:
        read = read_answers(book, form)
    except AuditKitError:  # which speaks of an agency's return
        raise AuditKitError(
            f"{called} came back without an answer.", where=place, not_happened=not_happened, next_step=next_step
        ) from None
    refuse_damaged(
        read, called, place, not_happened=not_happened, next_step=next_step, formulas_too=formulas_too
    )  # fmt: skip
    return read


def refuse_damaged(
    read: ReadAnswers, called: str, place: str, *, not_happened: str, next_step: str, formulas_too: bool = False
) -> None:
    """AuditKitError when an answer of this form stands in no certain place, or is there twice and differs.

    ``called``: how a message begins that speaks of the form, such as "The planning workbook". ``formulas_too``: also
    when a formula stands among its answers, which says something else on every computer.
    """
    wrong = list(read.damage)
    if formulas_too and read.formulas and not wrong:
        wrong.append("A formula stands where words are asked for.")
    if wrong:
        raise AuditKitError(
            f"{called} came back damaged: {' '.join(wrong)}",
            where=place,
            not_happened=not_happened,
            next_step=next_step,
        )
