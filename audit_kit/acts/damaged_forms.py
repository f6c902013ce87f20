"""A form that came back damaged: nothing is taken from it, and a person is told what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_kit.errors import AuditKitError

if TYPE_CHECKING:
    from audit_kit.office.forms import ReadAnswers


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
