"""What is left of a case after its time: which cases were purged or may not be, and what went with them.

Worked out from the journal, so that a purge that was stopped finds the same again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from audit_kit.domain.progress import Event, EventKind


def purged_cases(events: Iterable[Event]) -> frozenset[str]:
    """The cases that were purged, such as ``2026-A2-NEG/H3``."""
    return frozenset(_case(event) for event in events if event.kind is EventKind.CASE_PURGED)


def held_cases(events: Iterable[Event]) -> frozenset[str]:
    """The cases that may not be purged, whatever their time: somebody said so, and nobody has lifted it."""
    held: set[str] = set()
    for event in events:
        if event.kind is EventKind.HOLD_PLACED:
            held.add(_case(event))
        elif event.kind is EventKind.HOLD_LIFTED:
            held.discard(_case(event))
    return frozenset(held)


def purged_sessions(events: Iterable[Event], cases: Iterable[str] = ()) -> frozenset[str]:
    """The sessions of which every case was purged. ``cases``: those of the plans, whether or not anything happened."""
    known = (*events,)
    left = {_case(event) for event in known if event.case} | set(cases)
    left -= purged_cases(known)
    alive = {case.partition("/")[0] for case in left}
    return frozenset({event.session for event in known if event.kind is EventKind.CASE_PURGED} - alive)


def destroyed_items(events: Iterable[Event], cases: Iterable[str] = ()) -> frozenset[str]:
    """The received contents that are gone for good: every case that they were about was purged.

    A plan, and whatever else was received for a whole session, is about all its cases.
    """
    known = (*events,)
    purged, whole = purged_cases(known), purged_sessions(known, cases)
    about = {event.item: [True] for event in known if event.kind is EventKind.ITEM_PURGED}
    for event in known:
        if event.item and event.session:
            gone = _case(event) in purged if event.case else event.session in whole
            about.setdefault(event.item, []).append(gone)
    return frozenset(item for item, gone in about.items() if all(gone))


def of_no_case(events: Iterable[Event], before: datetime) -> tuple[str, ...]:
    """The contents received before this moment that were never matched to any session, in the order they came."""
    known = (*events,)
    matched = {event.item for event in known if event.session or event.kind is EventKind.ITEM_PURGED}
    came = (event.item for event in known if event.kind is EventKind.RECEIVED and event.at < before)
    return tuple(item for item in dict.fromkeys(came) if item not in matched)


def destroyed_notes(events: Iterable[Event]) -> frozenset[str]:
    """The sealed reasons that go with their cases: those that nothing else refers to."""
    known = (*events,)
    purged = purged_cases(known)
    about: dict[str, list[bool]] = {}
    for event in known:
        if event.note:
            about.setdefault(event.note, []).append(_case(event) in purged)
    return frozenset(note for note, gone in about.items() if all(gone))


def _case(event: Event) -> str:
    return f"{event.session}/{event.case}"
