"""Who does an audit, recorded when the agency says so, before any return names them.

The name is sealed in the case's roster; the journal and every paper say only that it is known.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "Each audit will be given to a lead in the agency to
complete or allocate. No audit should be completed by the case holder or the line manager with casework responsibility".
"""

from __future__ import annotations

from audit_kit.acts.case_names import roster_kept
from audit_kit.acts.cross_papers import conflict_draft
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress, Event, EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import RosterEntry
from audit_kit.domain.states import AuditState
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.rules_independence import IN_THE_CASE, same_person

AUDITOR = "auditor"
_OPEN = (AuditState.ASKED, AuditState.AWAITED, AuditState.SENT_BACK)


def allocate(kit: Kit, audit: AuditRef, name: str, role: str = "", reason: str = "") -> str:
    """Record by hand to whom an agency gave an audit; no name is repeated. Gives what happened, in a sentence or two.

    UsageProblem for a blank name and for an audit of which nothing is awaited.
    """
    progress = kit.progress(audit.session).get(audit)
    if progress is None or progress.state not in _OPEN:
        raise UsageProblem(
            f"{audit} awaits nothing that could be allocated" + (f": it is {progress.state}." if progress else "."),
            not_happened="Nothing was recorded.",
            next_step=f"See audit-kit status {audit.session} for the audits that are awaited.",
        )
    if not name.strip():
        raise UsageProblem(
            "An audit is allocated to somebody.",
            not_happened="Nothing was recorded.",
            next_step="Give the name with --to.",
        )
    entry = RosterEntry(audit.agency, name.strip(), role.strip(), AUDITOR)
    events, files = recorded(kit, progress, entry, kit.vault.keep_note(reason))
    if not events:
        return f"{audit} was allocated to this person before. Nothing was changed."
    kit.carry_out(f"allocate:{audit}:{events[0].at.isoformat()}", events, files)
    return f"{audit} is allocated; the name is sealed." + (f" {_question(audit)}" if files else "")


def recorded(kit: Kit, progress: AuditProgress, entry: RosterEntry, note: str = "") -> tuple[list[Event], list[Output]]:
    """Seal who does this audit, and give what is to be journalled and written because of it; nothing when it was known.

    Who has a part in the casework by what any agency has said is put before the Board manager at once, before the work
    is done for nothing; the check of the return looks again.
    """
    audit = progress.audit
    roster = roster_kept(kit, audit.session, audit.case)
    if entry in roster and progress.allocated:  # sealed but not journalled: a run was stopped in between
        return [], []
    others = tuple(one for one in roster if (one.agency, one.part) != (entry.agency, AUDITOR))
    kit.vault.put(f"roster/{audit.session}/{audit.case}", (*others, entry), tuple[RosterEntry, ...])
    about = (audit.session, audit.case, audit.agency)
    events = [kit.event(EventKind.ALLOCATED, *about, round=progress.round, note=note)]
    parts = dict.fromkeys(one.part for one in others if one.part in IN_THE_CASE and same_person(entry.name, one.name))
    if not parts:
        return events, []
    events.append(kit.event(EventKind.FLAGGED, *about, round=progress.round, codes=(("flags", "V11"),)))
    says = tuple(f"the audit was allocated to somebody who is named as {part} for this case" for part in parts)
    step = "independence: allocated"
    return events, [conflict_draft(kit, audit, progress.round, says, "", "allocation", next_step=step)]


def _question(audit: AuditRef) -> str:
    return (
        f"The independence of the auditor of {audit} is in question: a draft for the Board manager is in outbox/team."
    )
