"""Which audit a received tool belongs to. Decided by what is inside it, never by its name.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": agencies complete "the CHSCB multi-agency
audit tools"; each belongs to one case and one agency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit_kit.domain.progress import AFTER_ACCEPTED, AFTER_NIL, EARLIER_ROUND, SECOND_VERSION, AuditProgress
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState

_OPEN = (AuditState.AWAITED, AuditState.SENT_BACK, AuditState.SET_ASIDE)


@dataclass(frozen=True)
class Matched:
    """The return belongs to this audit, whose next round it is."""

    progress: AuditProgress


@dataclass(frozen=True)
class Unmatched:
    """The return belongs to no audit that can take it; ``why`` is for the team and quotes nothing."""

    why: str
    next_step: str
    audit: AuditRef | None = None  # when it names one that exists but can't take it now
    code: str = "unmatched"


def match(
    audit: AuditRef | None,
    round_number: int,
    disagreements: tuple[str, ...],
    genuine: bool | None,
    audits: Mapping[AuditRef, AuditProgress],
    *,
    chosen: bool = False,
) -> Matched | Unmatched:
    """The audit that this return is about, or why there is none. Nothing is ever matched by guess.

    A return for an earlier round than the one awaited is kept and told, never used: it is never decided by
    a file's dates which of two is newer. ``genuine``: whether its check code is the one of this audit and round,
    None when it holds none. ``chosen``: it is the one that counts now, by what a person said or by what came before,
    so that it answers the round in which the audit is by now.
    """
    if disagreements:
        return Unmatched(
            f"It says in different places that it is for different audits. {' '.join(disagreements)}",
            "Ask the sender which case it is about, and to use the tool that was issued for it.",
            code="disagrees",
        )
    if audit is None:
        return Unmatched(
            "It does not say which case and agency it is for.",
            "Ask the sender to type the answers into the tool they were sent, and to return that.",
            code="no reference",
        )
    progress = audits.get(audit)
    if progress is None:
        return Unmatched(
            "It is for a case and agency that no session here has asked.",
            "Check with the sender which audit it belongs to; it may be from another board or an earlier year.",
            code="unknown reference",
        )
    if not genuine:
        return _not_genuine(audit, round_number, genuine)
    return _cannot_take(progress) or (None if chosen else _not_its_round(progress, round_number)) or Matched(progress)


def _cannot_take(progress: AuditProgress) -> Unmatched | None:
    """Why the audit as it stands can't take a return, None when it can. V04: a second one for the same round."""
    audit = progress.audit
    if progress.state is AuditState.ACCEPTED:
        return Unmatched(
            f"{audit} has already been accepted.",
            f"If this version counts instead, run audit-kit use-version {audit} --reason ...; it is then checked like any return.",
            audit,
            AFTER_ACCEPTED,
        )
    if progress.state is AuditState.NO_INVOLVEMENT:
        return Unmatched(
            f"{audit} was answered with no involvement.",
            f"If the agency was involved after all, run audit-kit use-version {audit} --reason ...: this return is then checked.",
            audit,
            AFTER_NIL,
        )
    if progress.state is AuditState.WITH_REVIEWER:
        return Unmatched(
            f"A return for {audit} is with the reviewer already, and this one says something else.",
            f"Ask the agency which of the two counts. If it is this one, run audit-kit use-version {audit} --reason ...",
            audit,
            SECOND_VERSION,
        )
    if progress.state not in _OPEN:
        return Unmatched(f"No tool was issued for {audit} yet.", "Run audit-kit issue first.", audit, "not issued")
    return None


def _not_its_round(progress: AuditProgress, round_number: int) -> Unmatched | None:
    """Why a return of this round is not the one that is awaited, None when it is."""
    audit = progress.audit
    if round_number < progress.round:
        return Unmatched(
            f"It is round {round_number} of {audit}, which is in round {progress.round} by now.",
            "Ask the agency to answer in the copy that was sent back to them last. If it says that this file is its answer, "
            f"run audit-kit use-version {audit} --reason ...",
            audit,
            EARLIER_ROUND,
        )
    if round_number > progress.round:
        return Unmatched(
            f"It is round {round_number} of {audit}, which is only in round {progress.round}.",
            "Compare it with what was sent to the agency before anything is done with it.",
            audit,
            "later round",
        )
    return None


def _not_genuine(audit: AuditRef, round_number: int, genuine: bool | None) -> Unmatched:
    """V01: the check code is missing or belongs to another tool, so the reference may not be believed."""
    what = (
        f"It says it is round {round_number} of {audit}, but the check code that every tool is issued with is gone from it."
        if genuine is None
        else f"It says it is round {round_number} of {audit}, but its check code is not the one that was issued for that."
    )
    return Unmatched(
        what,
        "Ask the agency, by telephone, whether it sent this file and for which case; then ask it to put its answers "
        "into the tool that was issued to it, and to return that.",
        audit,
        "V01 no check code" if genuine is None else "V01 other check code",
    )
