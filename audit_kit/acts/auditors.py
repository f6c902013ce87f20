"""How often somebody audits: in a session, and over the sessions whose cases are still kept.

Nothing is kept for it beyond the sealed rosters of the cases, which go when their cases are purged.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "in order to maintain independent scrutiny".
"""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.acts.case_names import roster_kept
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import AuditSession
from audit_kit.kit import Kit
from audit_kit.stages.rules_independence import same_person


@dataclass(frozen=True)
class AuditsDone:
    """What one auditor does for an agency, the audit on the desk counted."""

    audits: int  # in this session
    sessions: int


def audits_done(kit: Kit, audit: AuditRef, auditor: str) -> AuditsDone:
    """How many audits of this session, and how many sessions, have this auditor of the audit's agency."""
    standing = kit.sessions()
    own = next(session for session in standing if session.ref == audit.session)
    mine = [
        case for case, name in _auditors(kit, own, audit.agency) if case != audit.case and same_person(auditor, name)
    ]
    others = sum(
        any(same_person(auditor, name) for _, name in _auditors(kit, session, audit.agency))
        for session in standing
        if session.ref != audit.session
    )
    return AuditsDone(1 + len(mine), 1 + others)


def _auditors(kit: Kit, session: AuditSession, agency: str) -> tuple[tuple[str, str], ...]:
    """Case and name of every auditor of an agency in a session. Opened again only when a roster has changed."""
    stamp = tuple(kit.vault.as_of(f"roster/{session.ref}/{case.ref}") for case in session.cases)
    known = kit.auditors.get(session.ref)
    if known is None or known[0] != stamp:
        named = tuple(
            (case.ref, entry.agency, entry.name)
            for case in session.cases
            for entry in roster_kept(kit, session.ref, case.ref)
            if entry.part == "auditor"
        )
        known = kit.auditors[session.ref] = (stamp, named)
    return tuple((case, name) for case, whose, name in known[1] if whose == agency)
