"""The journal's events, and what is worked out from them: where every audit and every concern stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from audit_kit.domain.ladder import LEAD, Chased, Rung
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState, ConcernState


class EventKind(StrEnum):
    """Everything the journal can say. Codes only: never a name, never free text, never a file name."""

    SESSION_PLANNED = "session planned"
    PLAN_RETURNED = "plan returned with problems"
    ASKED = "asked"
    INVOLVEMENT_YES = "involvement confirmed"
    ALLOCATED = "allocated to an auditor"
    NO_INVOLVEMENT = "no involvement"
    ISSUED = "tool issued"
    RECEIVED = "received"
    DUPLICATE = "duplicate"
    CLEANED = "characters taken out of its texts"
    EARLIER_VERSION = "earlier version kept"
    UNREADABLE = "could not be read"
    UNMATCHED = "could not be matched"
    VERSION_CHOSEN = "another version chosen"
    HELD_UP = "waits for something on our side"
    CONCERN_RAISED = "concern raised"
    CONCERN_UNKNOWN = "risk question unanswered"
    CONCERN_ACKNOWLEDGED = "concern acknowledged"
    CONCERN_RESPONDED = "response received"
    CONCERN_ASSURED = "assurance accepted"
    CONCERN_PASSED_UP = "concern passed up a level"
    CONCERN_REMINDED = "concern chased: its clock ran out"
    CONCERN_FORM_RETURNED = "concern form given back unfinished"
    CONCERN_NOT_SAFE = "a concern's answer says that somebody is not safe"
    REMINDED = "reminded"
    SENT_BACK = "sent back"
    SET_ASIDE = "set aside"
    WITH_REVIEWER = "with the reviewer"
    ACCEPTED = "accepted"
    QA_TAKEN = "quality assurance workbook taken"
    REOPENED = "reopened"
    EXTENDED = "extended"
    FAMILY_INVITED = "invitation for feedback written"
    ENGAGEMENT_RECORDED = "engagement recorded"
    FEEDBACK_RECEIVED = "feedback received"
    FEEDBACK_KEPT = "feedback kept without names"
    DOUBTS_DECIDED = "doubtful words decided"
    DOUBTS_SHOWN = "doubtful words shown"
    REPORT_WRITTEN = "report written"
    SIGNED_OFF = "lessons and actions confirmed"
    PLAN_REVIEWED = "action plan followed up"
    LEARNING_WRITTEN = "briefing, slides and training note written"
    MEETING_ARRANGED = "multi-agency meeting arranged"
    REGISTER_OPENED = "register opened"
    PASSWORD_SHOWN = "password shown"
    ORIGINAL_OPENED = "original opened"
    BACKED_UP = "backed up"
    RESTORED = "restored from a backup"
    FLAGGED = "pointed out because of another return"
    CASE_PURGED = "case purged"
    ITEM_PURGED = "received file of no case purged"
    HOLD_PLACED = "not to be purged"
    HOLD_LIFTED = "may be purged again"
    HELD_BACK = "held back: a name stood in it"
    SCANNED = "scanned by hand"
    DOCUMENT_ANONYMISED = "document anonymised"


#: why a return is kept beside the one that counts, until somebody says that it counts instead
SECOND_VERSION, AFTER_ACCEPTED, AFTER_NIL, EARLIER_ROUND = (
    "second version",
    "already accepted",
    "already nil",
    "earlier round",
)
OTHER_VERSION = (SECOND_VERSION, AFTER_ACCEPTED, AFTER_NIL, EARLIER_ROUND)


@dataclass(frozen=True, slots=True)  # all of them are kept in memory
class Event:
    """One line of the journal. ``item`` is the SHA-256 of the received file it is about, if any.

    ``codes`` holds further facts as codes (``due`` → ISO date, ``rules`` → ``V14 V15``); ``note`` is the
    SHA-256 of a sealed note, since a person's reason may name a child.
    """

    kind: EventKind
    at: datetime  # UTC
    session: str = ""
    case: str = ""
    agency: str = ""
    round: int = 0
    item: str = ""
    by: str = "service"
    codes: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def code(self, name: str) -> str:
        """The further fact of this name, "" if there is none."""
        return dict(self.codes).get(name, "")


@dataclass(frozen=True, slots=True)
class AuditProgress:
    """Where one single-agency audit stands, worked out from its events."""

    audit: AuditRef
    state: AuditState
    round: int
    due: date | None
    since: datetime
    item: str = ""  # the return that counts now
    sent_back_times: int = 0
    rules: tuple[str, ...] = ()  # of the queries of the newest return
    open_doubts: int = 0
    received_on: date | None = None
    involved: bool = False  # the agency said so on its involvement form
    flags: tuple[str, ...] = ()  # rules that warn the reviewer of the newest return
    due_set: date | None = None  # the day on which this due date was given
    due_moves: int = 0  # how often another due date took the place of an earlier one
    chased: tuple[Chased, ...] = ()  # every reminder of this audit, oldest first
    allocated: bool = False  # the agency has said who does it

    @property
    def is_owed(self) -> bool:
        """Whether the agency owes an answer. One that said it was involved owes nothing until its tool goes out."""
        asked = self.state is AuditState.ASKED and not self.involved
        return asked or self.state in (AuditState.AWAITED, AuditState.SENT_BACK)

    def is_late(self, today: date) -> bool:
        """Whether the answer is overdue. Worked out, never stored; a sent-back return is due anew."""
        return self.is_owed and self.due is not None and today > self.due


@dataclass(frozen=True)
class ConcernProgress:
    """Where one escalated concern stands."""

    key: str
    session: str
    case: str
    agency: str
    state: ConcernState
    raised: datetime
    urgency: str
    kind: str
    since: datetime  # when the last step was recorded: the clock runs from here
    level: int = 0  # how often it was passed up: 0 the head of the agency, 1 the Executive, 2 the independent chair
    reminded: int = 0  # how often the clock had run out when this step was last chased
    #: not of a risk question left blank or a file that can't be read: the Board's team follows those up
    agency_told: bool = True

    @property
    def digest(self) -> str:
        """What its key is made of: the hash of what raised it."""
        return self.key.rpartition(":")[2]

    @property
    def short_key(self) -> str:
        """What commands, notices and file names call it: the first characters of the hash."""
        return self.digest[:8] if len(self.digest) == 64 else self.digest

    @property
    def about(self) -> str:
        """Whose it is, by reference: ``2026-A2-NEG H3 MPS``; "" while nobody knows."""
        return " ".join(part for part in (self.session, self.case, self.agency) if part)

    @property
    def is_open(self) -> bool:
        """Whether assurance is still awaited."""
        return self.state is not ConcernState.ASSURED

    @property
    def is_with_agency(self) -> bool:
        """Whether the head of the agency must act. A blank risk question is no notice to the agency: the team rings."""
        waits = self.state in (ConcernState.RAISED, ConcernState.ACKNOWLEDGED)
        return bool(self.agency) and self.agency_told and waits and self.level == 0


_STATE_AFTER = {
    EventKind.ASKED: AuditState.ASKED,
    EventKind.ISSUED: AuditState.AWAITED,
    EventKind.NO_INVOLVEMENT: AuditState.NO_INVOLVEMENT,
    EventKind.SENT_BACK: AuditState.SENT_BACK,
    EventKind.SET_ASIDE: AuditState.SET_ASIDE,
    EventKind.WITH_REVIEWER: AuditState.WITH_REVIEWER,
    EventKind.REOPENED: AuditState.WITH_REVIEWER,
    EventKind.VERSION_CHOSEN: AuditState.SET_ASIDE,  # until it is read again
    EventKind.ACCEPTED: AuditState.ACCEPTED,
}


_CHANGES_NO_STATE = (
    EventKind.EXTENDED, EventKind.INVOLVEMENT_YES, EventKind.ALLOCATED, EventKind.FLAGGED, EventKind.REMINDED,
)  # fmt: skip


def audits(
    events: Iterable[Event], before: Mapping[AuditRef, AuditProgress] | None = None
) -> dict[AuditRef, AuditProgress]:
    """Every audit that was ever asked for, with where it stands now, in the order of asking.

    ``before``: what came of the events before these.
    """
    found: dict[AuditRef, AuditProgress] = dict(before or {})
    for event in events:
        if event.agency and event.case and (event.kind in _STATE_AFTER or event.kind in _CHANGES_NO_STATE):
            ref = AuditRef(event.session, event.case, event.agency)
            found[ref] = _after(found.get(ref), ref, event)
    return found


def _after(before: AuditProgress | None, ref: AuditRef, event: Event) -> AuditProgress:
    """The progress of one audit after one more event."""
    due = _day(event.code("due"))
    if before is None:
        before = AuditProgress(ref, AuditState.ASKED, event.round, due, event.at, due_set=event.at.date())
    elif due and due != before.due:
        before = replace(before, due=due, due_set=event.at.date(), due_moves=before.due_moves + 1)
    if event.kind is EventKind.EXTENDED:  # more time, but the state did not begin anew
        return before
    if event.kind is EventKind.ALLOCATED:
        return replace(before, allocated=True)
    if event.kind is EventKind.REMINDED:
        return replace(before, chased=(*before.chased, _chased(event, before.due)))
    if event.kind is EventKind.FLAGGED:  # another return says something about this one
        flags = (*before.flags, *event.code("flags").split())
        return replace(before, flags=tuple(dict.fromkeys(flags)))
    after = replace(before, state=_STATE_AFTER.get(event.kind, before.state), since=event.at)
    if event.kind is EventKind.INVOLVEMENT_YES:
        return replace(after, involved=True)
    answered = event.kind in (
        EventKind.SENT_BACK, EventKind.SET_ASIDE, EventKind.WITH_REVIEWER, EventKind.VERSION_CHOSEN,
    )  # fmt: skip
    if answered and event.item:
        after = replace(
            after,
            item=event.item,
            rules=tuple(event.code("rules").split()),
            flags=tuple(event.code("flags").split()),
            open_doubts=int(event.code("doubts") or 0),
            # a later decision about the same return does not make it arrive again
            received_on=before.received_on if event.item == before.item else event.at.date(),
        )
    if event.kind is EventKind.SENT_BACK:
        after = replace(after, sent_back_times=before.sent_back_times + 1)
    # a sent-back tool is awaited in the next round; every other event names the round it is about
    return replace(after, round=max(event.round, before.round))


def _chased(event: Event, due: date | None) -> Chased:
    """What a reminder's event says. Those of journals before 0.3 name no rung: they went to late agencies' leads."""
    rung = Rung(int(event.code("rung") or 1), event.code("to") or LEAD)
    return Chased(rung, _day(event.code("was due")) or due, event.at.date())


def _day(code: str) -> date | None:
    return date.fromisoformat(code) if code else None


#: agency head, Executive, independent chair
HIGHEST_LEVEL = 2

_CONCERN_STARTS = {
    EventKind.CONCERN_RAISED: "",
    EventKind.CONCERN_UNKNOWN: "Risk question unanswered",
    EventKind.UNREADABLE: "A file that could not be read",
}
_CONCERN_AFTER = {
    EventKind.CONCERN_ACKNOWLEDGED: ConcernState.ACKNOWLEDGED,
    EventKind.CONCERN_RESPONDED: ConcernState.RESPONDED,
    EventKind.CONCERN_ASSURED: ConcernState.ASSURED,
    EventKind.CONCERN_PASSED_UP: ConcernState.PASSED_UP,
}


def concerns(events: Iterable[Event], before: Iterable[ConcernProgress] = ()) -> tuple[ConcernProgress, ...]:
    """Every concern, with where it stands now, oldest first.

    An unanswered risk question and a file that can't be read stand among them until somebody says that they
    were followed up: nobody knows yet that there is no risk. ``before``: what came of the events before these.
    """
    found = {one.key: one for one in before}
    for event in events:
        key = event.code("key")
        if event.kind in _CONCERN_STARTS:
            found.setdefault(
                key,
                ConcernProgress(
                    key=key,
                    session=event.session,
                    case=event.case,
                    agency=event.agency,
                    state=ConcernState.RAISED,
                    raised=event.at,
                    urgency=event.code("urgency"),
                    kind=_CONCERN_STARTS[event.kind] or event.code("kind"),
                    since=event.at,
                    agency_told=event.kind is EventKind.CONCERN_RAISED,
                ),
            )
        elif event.kind is EventKind.CONCERN_REMINDED and key in found:
            found[key] = replace(found[key], reminded=int(event.code("number") or 1))
        elif event.kind in _CONCERN_AFTER and key in found:
            up = event.kind is EventKind.CONCERN_PASSED_UP
            found[key] = replace(
                found[key], state=_CONCERN_AFTER[event.kind], since=event.at, reminded=0,
                level=min(found[key].level + up, HIGHEST_LEVEL),
            )  # fmt: skip
    return tuple(found.values())
