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
    by_session = {session.ref: _auditors(kit, session).get(audit.agency, ()) for session in kit.sessions()}
    own = by_session.pop(audit.session)
    mine = [case for case, name in own if case != audit.case and same_person(auditor, name)]
    others = sum(any(same_person(auditor, name) for _, name in named) for named in by_session.values())
    return AuditsDone(1 + len(mine), 1 + others)


def _auditors(kit: Kit, session: AuditSession) -> dict[str, tuple[tuple[str, str], ...]]:
    """Agency → case and name of its every auditor in a session. Its rosters are opened again only when one has changed."""
    changes = kit.vault.changes(f"roster/{session.ref}")
    known = kit.auditors.get(session.ref)
    if known is None or known[0] != changes:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for case in session.cases:
            for entry in roster_kept(kit, session.ref, case.ref):
                if entry.part == "auditor":
                    found[entry.agency] = (*found.get(entry.agency, ()), (case.ref, entry.name))
        known = kit.auditors[session.ref] = (changes, found)
    return known[1]
