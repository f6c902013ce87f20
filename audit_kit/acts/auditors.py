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
    """Case and name of every auditor of an agency in a session."""
    return tuple(
        (case.ref, name)
        for case in session.cases
        for whose, name in _of_case(kit, session.ref, case.ref)
        if whose == agency
    )


def _of_case(kit: Kit, session: str, case: str) -> tuple[tuple[str, str], ...]:
    """Agency and name of every auditor of a case. Its roster is opened again only when it has changed."""
    stamp = kit.vault.as_of(f"roster/{session}/{case}")
    known = kit.auditors.get((session, case))
    if known is None or known[0] != stamp:
        roster = roster_kept(kit, session, case) if stamp else ()
        named = tuple((entry.agency, entry.name) for entry in roster if entry.part == "auditor")
        known = kit.auditors[session, case] = (stamp, named)
    return known[1]
