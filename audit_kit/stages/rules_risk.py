"""Words of immediate risk that stand outside the sheet for it. Read before anything is decided about the return.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns about immediate risk are escalated
"if during the course of an audit" they are raised, wherever they are written.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.domain.queries import Level, Query
from audit_kit.domain.tool import Kind
from audit_kit.stages.rules import Desk
from audit_kit.stages.words_of_risk import words_of_risk


def risk_told_elsewhere(desk: Desk) -> Iterator[Query]:
    """V00: words of danger in these days, in any narrative but the concern sheet's, which is read on its own."""
    for ref, place in desk.answered:
        is_narrative = place.sheet.id != "concern" and place.kind in (Kind.LONG, Kind.TEXT)
        if is_narrative and words_of_risk(desk.answer(ref)):
            yield desk.query(
                "V00", Level.FAST_LANE, ref, f"words of immediate risk may stand in {place.in_words()}: read it first"
            )  # fmt: skip
