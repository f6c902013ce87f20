"""Which agencies knew which family: the involvement form, and what it says when it is back.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The CHSCB Team will be responsible for
notifying agencies of cases to be audited and there will be an obligation on all agencies to review their
involvement with the case within a defined time period."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from audit_kit.acts.allocating import AUDITOR, recorded
from audit_kit.acts.cross_checks import contradict_nil_answers
from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.engagement_papers import keep_advice
from audit_kit.domain.involvement_form import involvement_form
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import AuditRef, is_session_ref, session_papers
from audit_kit.domain.returns import RosterEntry
from audit_kit.domain.scales import INVOLVED, INVOLVEMENT, chosen
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText


def form_for(session: AuditSession, agency: str) -> AuditTool:
    """The involvement form of an agency in a session."""
    return involvement_form(agency, tuple(case.ref for case in session.cases if agency in case.agencies))


def take_involvement(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned involvement form: who was involved, and a nil answer, which is worth as much.

    Rows left blank stay asked. Its concern, if it raises one, went out before this.
    """
    session, agency = _named(kit, book, place)
    cases = tuple(case.ref for case in session.cases if agency in case.agencies)
    read = answers_of(
        book,
        form_for(session, agency),
        f"The involvement form of {agency}",
        place,
        not_happened="No answer was taken from it.",
        next_step="Ask the agency to answer on a fresh form; it takes two minutes.",
    )
    said = {case: chosen(read.answers.get(f"known.{case}.known", ""), INVOLVEMENT) for case in cases}
    for too_late in _came_too_late(kit, session, agency, said):
        done.say(too_late, for_a_person=True)
    events = _events(kit, session, agency, item, said)
    allocated, files = _allocations(kit, session, agency, read.answers, said)
    for case in cases:
        keep_advice(kit, session.ref, case, agency, read.answers.get(f"known.{case}.engagement", ""))
    kit.vault.file_original(item.sha, session_papers(session.ref))
    kit.carry_out(f"item:{item.sha}:{item.turn}", [*events, *allocated], files, closes_item=item.sha)
    kit.vault.unstage(item.sha)
    for told in contradict_nil_answers(kit, session.ref, cases):
        done.say(told, for_a_person=True)
    involved = sum(answer == INVOLVED for answer in said.values())
    blank = sum(answer is None for answer in said.values())
    left = f", {blank} not answered yet" if blank else ""
    done.say(
        f"{session.ref} {agency}: involved in {involved}, not involved in {len(said) - involved - blank} of {len(said)} cases{left}.",
        for_a_person=blank > 0,
    )


def _events(kit: Kit, session: AuditSession, agency: str, item: Item, said: dict[str, str | None]) -> list[Event]:
    """What the form says about each case that is still only asked; later answers come with the tool."""
    progress = kit.progress(session.ref)
    events = []
    for case, answer in said.items():
        asked = progress.get(AuditRef(session.ref, case, agency))
        if answer is None or asked is None or asked.state is not AuditState.ASKED:
            continue
        kind = EventKind.INVOLVEMENT_YES if answer == INVOLVED else EventKind.NO_INVOLVEMENT
        events.append(kit.event(kind, session.ref, case, agency, round=1, item=item.sha))
    return events


def _came_too_late(kit: Kit, session: AuditSession, agency: str, said: Mapping[str, str | None]) -> Iterator[str]:
    """What the form says otherwise than what has been decided meanwhile: it changes nothing, and a person is told."""
    progress = kit.progress(session.ref)
    for case, answer in said.items():
        asked = progress.get(AuditRef(session.ref, case, agency))
        if answer is None or asked is None or asked.state is AuditState.ASKED:
            continue
        if asked.state is AuditState.NO_INVOLVEMENT and answer == INVOLVED:
            yield (
                f"{asked.audit}: the form says that the agency was involved, after it had answered with no involvement. Nothing "
                f"was changed; to send it the tool: audit-kit reopen {asked.audit} --reason ..."
            )
        elif asked.state is not AuditState.NO_INVOLVEMENT and answer != INVOLVED:
            yield (
                f"{asked.audit}: the form says that the agency was not involved, but its tool is out. Nothing was changed; ask "
                "the agency to say so in the tool, on its sheet Involvement: that is a full answer."
            )


def _allocations(
    kit: Kit, session: AuditSession, agency: str, answers: Mapping[str, str], said: Mapping[str, str | None]
) -> tuple[list[Event], list[Output]]:
    """Seal the names of those to whom the audits were given, before any return names them."""
    progress = kit.progress(session.ref)
    events: list[Event] = []
    files: list[Output] = []
    for case, answer in said.items():
        name = answers.get(f"known.{case}.auditor", "").strip()
        asked = progress.get(AuditRef(session.ref, case, agency))
        if name and asked is not None and answer == INVOLVED:
            role = answers.get(f"known.{case}.auditor_role", "").strip()
            more_events, more_files = recorded(kit, asked, RosterEntry(agency, name, role, AUDITOR))
            events += more_events
            files += more_files
    return events, files


def _named(kit: Kit, book: WorkbookText, place: str) -> tuple[AuditSession, str]:
    """The session and agency that the form names, in its properties or in its defined names."""
    from audit_kit.office.forms import mark_of

    ref, agency = mark_of(book, "audit_kit_session"), mark_of(book, "audit_kit_agency")
    session = kit.session(ref) if is_session_ref(ref) else None
    if session is None or session.agency(agency) is None:
        raise AuditKitError(
            "The involvement form names no agency or session that was asked.",
            where=place,
            not_happened="No answer was taken from it.",
            next_step="Ask the sender to answer on the form that came with their letter.",
        )
    return session, agency
