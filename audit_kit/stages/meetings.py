"""Who is invited to the multi-agency meeting, whether its chair is independent, and what the papers for it say.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "a multi-agency meeting scheduled with agency leads
and front-line staff to review the practice and agree findings and recommendations. This meeting will be independently
chaired by a member of CHSCB to ensure scrutiny, rigor and challenge of all partners."
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from audit_kit.domain.deadlines import Appointment
from audit_kit.domain.findings import DeepDive, Disagreement
from audit_kit.domain.letters import BriefCase, MeetingSlot
from audit_kit.domain.meeting import Meeting, Slot
from audit_kit.domain.progress import AuditProgress
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.stages.words import enumerated, lower_first

#: an agency that was only asked, or said that it did not know the family, has nothing to say about it
_NOT_PART_OF_IT = (AuditState.ASKED, AuditState.NO_INVOLVEMENT)
_KLOES_TOLD = 6


def invited(progress: Iterable[AuditProgress], cases: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The agencies that audited any of these cases, each with its own of them in the meeting's order."""
    found: dict[str, set[str]] = {}
    for one in progress:
        if one.audit.case in cases and one.state not in _NOT_PART_OF_IT:
            found.setdefault(one.audit.agency, set()).add(one.audit.case)
    return {agency: tuple(case for case in cases if case in found[agency]) for agency in sorted(found)}


def reasons(proposed: Iterable[DeepDive]) -> dict[str, str]:
    """Why each proposed case is proposed, in words."""
    return {each.case: enumerated(each.reasons) or "completes the number of cases" for each in proposed}


def own_slots(meeting: Meeting, cases: Sequence[str]) -> tuple[MeetingSlot, ...]:
    """The times of these cases, as a letter says them."""
    return tuple(MeetingSlot(slot.case, clock(slot.begins), clock(slot.ends)) for slot in _of(meeting, cases))


def appointments(meeting: Meeting, cases: Sequence[str]) -> tuple[Appointment, ...]:
    """The times of these cases as calendar entries: by reference only, and moved rather than doubled."""
    return tuple(
        Appointment(
            f"{meeting.session}/{slot.case}/meeting", meeting.moves,
            datetime.combine(meeting.day, slot.begins), datetime.combine(meeting.day, slot.ends),
            f"{meeting.session}: multi-agency meeting, case {slot.case}", meeting.place,
        )
        for slot in _of(meeting, cases)
    )  # fmt: skip


def brief_cases(
    meeting: Meeting,
    session: AuditSession,
    guests: Mapping[str, Sequence[str]],
    why: Mapping[str, str],
    apart: Sequence[Disagreement],
) -> tuple[BriefCase, ...]:
    """What the chair should know of each case: why it was chosen, who is there, where grades differ."""
    return tuple(
        BriefCase(
            slot.case,
            clock(slot.begins),
            clock(slot.ends),
            _capital(why.get(slot.case, "chosen by the team")),
            enumerated([_name(session, code) for code, cases in guests.items() if slot.case in cases]),
            tuple(_differs(each) for each in apart if each.case == slot.case)[:_KLOES_TOLD],
        )
        for slot in meeting.slots
    )


def clock(of: time) -> str:
    """A time as people read it: ``10:00``."""
    return f"{of:%H:%M}"


def _of(meeting: Meeting, cases: Sequence[str]) -> tuple[Slot, ...]:
    return tuple(slot for slot in meeting.slots if slot.case in cases)


def _differs(each: Disagreement) -> str:
    return (
        f"{each.kloe} {each.title}: {lower_first(each.type)} graded its own practice {each.ours}; the middle of its partners’ "
        f"grades for working together is {each.together}."
    )


def _name(session: AuditSession, code: str) -> str:
    agency = session.agency(code)
    return agency.name if agency else code


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
