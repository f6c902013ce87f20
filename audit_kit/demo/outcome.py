"""What became of each planted fault and of each step after the audits: looked up in journal and outbox, never assumed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from audit_kit.acts.reporting import in_outbox, papers_of
from audit_kit.demo.committee import LEARNT, MINUTE, STEPS
from audit_kit.demo.faults import PLANTED
from audit_kit.demo.stage import Say, Stage
from audit_kit.domain.ladder import HEAD
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.states import AuditState
from audit_kit.kit import Kit
from audit_kit.office.document import text_of
from audit_kit.office.word_package import opened


def told(kit: Kit, stage: Stage, reported: date, say: Say) -> bool:
    """Tell what happened to each planted fault and each later step, and where to look. Gives whether all went as it must.

    ``reported``: the day of the report's draft, on which it is looked up who is late.
    """
    events = kit.journal.events()
    say("What became of the planted faults:")
    all_well = True
    for planted in PLANTED:
        became = _became(planted.audit, events, kit, stage.outbox, reported)
        all_well &= _line(planted.audit, planted.fault, planted.expected, *became, say)
    say("\nWhat the audits led to:")
    for step in STEPS:
        all_well &= _line(step.name, step.done, step.expected, *_led_to(step.name, events, kit, stage.outbox), say)
    late = [str(p.audit) for p in kit.progress().values() if p.is_late(reported)]
    say(f"\nLate on {reported:%d %B %Y}: {', '.join(late) or 'nothing'}.")
    say("Where to look:")
    for name, what in (
        ("outbox/status.html", "the session at a glance"),
        ("outbox/tracker.xlsx", "the same, to filter"),
        ("outbox/agencies", "letters, tools, send-back packs, receipts, each with its mail draft"),
        ("outbox/urgent", "escalation notices"),
        ("outbox/on-file", "pseudonymised copies of what was accepted"),
        ("outbox/reports", "the final report and action plan, and the plan's first review"),
        ("outbox/learning", "briefing, slides, seminar invitation, note on training"),
    ):
        say(f"  {stage.folder / name}  {what}")
    return all_well


def _line(name: str, done: str, expected: str, well: bool, where: str, say: Say) -> bool:
    say(f"  {name:<10} {done}")
    say(f"  {'':<10} -> {expected}: {'as it must' if well else 'NOT AS IT MUST'}. {where}")
    return well


def _became(planted: str, events: tuple[Event, ...], kit: Kit, outbox: Path, reported: date) -> tuple[bool, str]:
    """Whether it went as it must, and where that can be seen."""
    case, _, agency = planted.partition("/")
    own = [event for event in events if (event.case, event.agency) == (case, agency)]
    kinds = [event.kind for event in own]
    rules = next((event.code("rules") for event in own if event.kind is EventKind.SENT_BACK), "")
    folder = f"outbox/agencies/{agency}"
    team = outbox / "team"
    match planted:
        case "plan":
            marked = any(event.kind is EventKind.PLAN_RETURNED for event in events)
            return marked and any(event.kind is EventKind.SESSION_PLANNED for event in events), "the journal"
        case "H2/CAMHS":
            asked = {"V09", "V13", "V14", "V15", "V25"} <= set(rules.split())
            return asked and EventKind.ACCEPTED in kinds, f"{folder} ({rules})"
        case "H1/EDU-H":
            return "V11" in rules.split(), f"{folder} ({rules})"
        case "H1/HOM":
            drafts = list(team.glob("*_H1_HOM_r1_independence.eml"))
            return any(event.code("flags") == "V11" for event in own) and len(drafts) == 1, "outbox/team"
        case "C1/HVSN":
            first = [kind for kind in kinds if kind in (EventKind.CONCERN_RAISED, EventKind.SENT_BACK)][:2]
            notices = list((outbox / "urgent").glob("*_C1_HVSN_*.docx"))
            assured = EventKind.CONCERN_ASSURED in kinds and len(notices) == 2
            return first == [EventKind.CONCERN_RAISED, EventKind.SENT_BACK] and assured, "outbox/urgent"
        case "C2/EH-C":
            told = EventKind.CONCERN_UNKNOWN in kinds and "V00" in rules.split()
            up = EventKind.CONCERN_REMINDED in kinds and EventKind.CONCERN_PASSED_UP in kinds
            return told and up, f"outbox/urgent, {folder} ({rules})"
        case "H4/GP":
            unmatched = [event for event in events if event.code("code") == "disagrees"]
            return len(unmatched) == 1 and kinds.count(EventKind.ACCEPTED) == 1, "outbox/team/set-aside_*.docx"
        case "H2/GP":
            same = [event for event in events if event.kind is EventKind.DUPLICATE and not event.agency]
            return kinds.count(EventKind.ACCEPTED) == 1 and len(same) >= 1, "the journal"
        case "H3/HOM":
            return EventKind.DUPLICATE in kinds and kinds.count(EventKind.ACCEPTED) == 1, "the journal"
        case "H5/AMH":
            noted = any("V31" in event.code("flags").split() for event in own)
            return noted and EventKind.ACCEPTED in kinds, "outbox/tracker.xlsx"
        case "H5/PROB":
            return EventKind.NO_INVOLVEMENT in kinds and EventKind.ISSUED in kinds, "outbox/tracker.xlsx"
        case "C3/HOU-C":
            pointed_out = [event for event in own if event.code("flags") == "V07"]
            drafts = list(outbox.rglob("*_C3_HOU-C_r1_contact-told-by-CSC-C.eml"))
            nil = EventKind.NO_INVOLVEMENT in kinds and EventKind.ISSUED not in kinds
            return nil and len(pointed_out) == 1 and len(drafts) == 3, f"outbox/team, {folder}, outbox/agencies/CSC-C"
        case "H2/SMS" | "C2/MPS":
            progress = next(p for p in kit.progress().values() if (p.audit.case, p.audit.agency) == (case, agency))
            late, rungs = progress.is_late(reported), [one.rung.to for one in progress.chased]
            if agency == "MPS":
                return not late and progress.allocated, f"outbox/tracker.xlsx, {folder}"
            return late and HEAD in rungs, f"outbox/tracker.xlsx, {folder}"
        case "a picture":
            unreadable = [event for event in events if event.kind is EventKind.UNREADABLE]
            return len(unreadable) == 1 and bool(list(team.glob("set-aside_*.docx"))), "outbox/urgent, outbox/team"
    return False, "not looked up"


def _led_to(step: str, events: tuple[Event, ...], kit: Kit, outbox: Path) -> tuple[bool, str]:
    """Whether what must come of a step after the audits has come, and where that can be seen."""
    last = {event.kind: event for event in events}
    match step:
        case "meeting":
            arranged = last[EventKind.MEETING_ARRANGED]
            cases = arranged.code("cases").split()
            guests = {
                p.audit.agency
                for p in kit.progress(arranged.session).values()
                if p.audit.case in cases and p.state is not AuditState.NO_INVOLVEMENT
            }
            drafts = {path.parent.name for path in outbox.glob("agencies/*/*_meeting.eml")}
            brief = list(outbox.glob("team/*_meeting_chair.docx"))
            return len(cases) == 3 and drafts == guests and len(brief) == 1, "outbox/agencies, outbox/team"
        case "sign-off":
            report = in_outbox(kit, papers_of(last[EventKind.SIGNED_OFF].session)[0].final)
            said = text_of(opened(report).element) if report else ""
            left = list(outbox.glob("reports/*DRAFT*"))
            return not left and MINUTE in said and LEARNT in said, "outbox/reports"
        case "learning":
            written = last[EventKind.LEARNING_WRITTEN]
            agencies = kit.session(written.session).agencies
            drafts = {path.parent.name for path in outbox.glob("agencies/*/*_seminar.eml")}
            papers = {path.suffix for path in outbox.glob("learning/*")}
            well = drafts == {agency.code for agency in agencies} and {".docx", ".pptx", ".ics"} <= papers
            return well and bool(written.code("seminar")), "outbox/learning, outbox/agencies"
        case "follow-up":
            counted = last[EventKind.PLAN_REVIEWED].code("past their day and not done") == "1"
            asked = list(outbox.glob("agencies/*/*_actions-review.eml"))
            reviews = list(outbox.glob("reports/*_action-plan-review_*.docx"))
            return counted and len(reviews) == 1 and bool(asked), "outbox/reports, outbox/agencies"
    return False, "not looked up"
