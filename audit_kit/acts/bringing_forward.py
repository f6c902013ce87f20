"""An agency's open actions from the last session, kept for the one tool that asks about them."""

from __future__ import annotations

from collections.abc import Iterable

from audit_kit.domain.brought_forward import MOST_ACTIONS, BroughtForward, OpenAction
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.kit import Kit
from audit_kit.stages.disclosure import without_references


def keep_open_actions(kit: Kit, session: AuditSession, audits: Iterable[AuditRef]) -> None:
    """Settle, before the first tool of an agency is written, what it is asked again and in which tool.

    Settled once: a tool is read back by the questions it went out with, whatever happens meanwhile.
    """
    for audit in audits:
        if kit.vault.get(_name(session.ref, audit.agency), BroughtForward) is None:
            kept = BroughtForward(audit.case, _open_actions(kit, session, audit.agency))
            kit.vault.put(_name(session.ref, audit.agency), kept, BroughtForward)


def open_actions(kit: Kit, audit: AuditRef) -> tuple[OpenAction, ...]:
    """What the tool of this audit asks about last time's actions; nothing in all but one tool of an agency."""
    kept = kit.vault.get(_name(audit.session, audit.agency), BroughtForward)
    return kept.actions if kept is not None and kept.case == audit.case else ()


def _name(session: str, agency: str) -> str:
    return f"forward/{session}/{agency}"


def _open_actions(kit: Kit, session: AuditSession, agency: str) -> tuple[OpenAction, ...]:
    """Of the last session before this one in which the agency's returns were accepted."""
    before = [one for one in kit.sessions() if one.dates.window_end < session.dates.window_end]
    for earlier in sorted(before, key=lambda one: one.dates.window_end, reverse=True):
        accepted = _accepted(kit, earlier, agency)
        if accepted:
            return _of_session(kit, earlier, agency, accepted)
    return ()


def _accepted(kit: Kit, session: AuditSession, agency: str) -> list[AnonymisedReturn]:
    found = (
        kit.vault.get(f"returns/{audit.file_stem(progress.round)}", AnonymisedReturn)
        for audit, progress in kit.progress(session.ref).items()
        if audit.agency == agency and progress.state is AuditState.ACCEPTED
    )
    return [one for one in found if one is not None]


def _of_session(
    kit: Kit, session: AuditSession, agency: str, accepted: list[AnonymisedReturn]
) -> tuple[OpenAction, ...]:
    """Those taken on then, and those that had come forward and are still open; each once, none about one family."""
    from audit_kit.stages.action_plan import is_about_one_family

    actions = [
        OpenAction(
            session.ref, *(without_references(row.get(field, "")) for field in ("what", "owner", "due", "measure"))
        )
        for one in accepted
        for row in one.rows("action")
        if row.get("what") and not is_about_one_family(row["what"])
    ]
    kept = kit.vault.get(_name(session.ref, agency), BroughtForward)
    if kept is not None:
        answers = next((one.answers for one in accepted if one.audit.case == kept.case), {})
        actions = [*kept.still_open(answers), *actions]
    once = {" ".join(action.what.casefold().split()): action for action in actions}
    return tuple(once.values())[:MOST_ACTIONS]
