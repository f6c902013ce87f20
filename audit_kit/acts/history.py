"""The history of one audit, with the reasons that people gave unsealed."""

from __future__ import annotations

from audit_kit.domain.history import HistoryLine, history
from audit_kit.domain.references import AuditRef
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit


def history_of(kit: Kit, audit: AuditRef) -> tuple[HistoryLine, ...]:
    """Every round of this audit: who decided what, when and why. UsageProblem when it was never asked for."""
    lines = history(kit.journal.events(audit.session), audit, kit.vault.note)
    if not lines:
        raise UsageProblem(
            f"No audit {audit} was asked for here.",
            not_happened="Nothing was changed.",
            next_step=f"See audit-kit status {audit.session} for those that were.",
        )
    return lines
