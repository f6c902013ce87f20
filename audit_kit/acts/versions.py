"""Another version of a return that came before: kept beside the one that counts, told, and taken when a person says so.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": audits are quality assured and returned if they are not
robust; agencies correct what they sent, and which of two counts nobody but they can say.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit_kit.acts.case_names import roster_kept
from audit_kit.acts.reporting import told_of_sign_off
from audit_kit.acts.return_papers import reviewers_copy
from audit_kit.domain.progress import OTHER_VERSION, AuditProgress, Event, EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn, AuditReturn
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import UsageProblem
from audit_kit.kit import DECIDES_NOTHING, Kit
from audit_kit.stages.anonymise import roster_of

_MOST_NAMED = 8  # answers that a note names


def use_version(kit: Kit, audit: AuditRef, reason: str, file: str = "") -> str:
    """Let a version that was kept aside count: it is read again, checked like any return, and takes the other's place.

    It is taken as the answer to whatever round the audit is in by now. ``file``: the beginning of its fingerprint, as
    its note says; needed where several are kept. UsageProblem when none is, or it is not clear which.
    """
    sha = _chosen(kit, audit, file)
    before = kit.progress(audit.session)[audit]
    event = kit.event(
        EventKind.VERSION_CHOSEN, audit.session, audit.case, audit.agency, round=before.round, item=sha,
        note=kit.vault.keep_note(reason),
    )  # fmt: skip
    kit.carry_out(f"use-version:{audit}:{sha}:{before.since.isoformat()}", [event], reopens_items=[sha])
    if (other := _counting(kit, before)) is not None:
        kit.withdraw(reviewers_copy(other))
    return f"{audit}: the version {sha[:8]} counts now, and is read again.{told_of_sign_off(kit, audit.session)}"


def kept_aside(events: Iterable[Event]) -> dict[AuditRef, tuple[str, ...]]:
    """The SHA-256 of each version that is kept beside the one that counts, by its audit."""
    last: dict[str, Event] = {}
    for event in events:
        if event.item and event.kind not in DECIDES_NOTHING:
            last[event.item] = event
    found: dict[AuditRef, tuple[str, ...]] = {}
    for sha, event in last.items():
        if event.kind is EventKind.UNMATCHED and event.code("code") in OTHER_VERSION:
            audit = AuditRef(event.session, event.case, event.agency)
            found[audit] = (*found.get(audit, ()), sha)
    return found


def differences(
    kit: Kit, audit_return: AuditReturn, anonymised: AnonymisedReturn, tool: AuditTool, progress: AuditProgress
) -> str:
    """Which answers of a version differ from the one that counts, by their questions and never by what they say.

    "" when there is nothing to compare it with. Names are compared as those whom the return says it spoke to or is by.
    """
    other = _counting(kit, progress)
    if other is None:
        return ""
    changed = [ref for ref in tool.answer_refs if anonymised.answers.get(ref, "") != other.answers.get(ref, "")]
    words = list(dict.fromkeys(place.in_words() for ref in changed if (place := tool.place(ref))))
    audit = audit_return.audit
    named = {one for one in roster_kept(kit, audit.session, audit.case) if one.agency == audit.agency}
    if named != set(roster_of(audit_return, tool)):
        words.append("the people whom it names")
    if not words:
        return "Every answer is the same, but for names that stand in its texts."
    more = f" and {len(words) - _MOST_NAMED} more" if len(words) > _MOST_NAMED else ""
    return f"It differs in: {'; '.join(words[:_MOST_NAMED])}{more}."


def _counting(kit: Kit, progress: AuditProgress) -> AnonymisedReturn | None:
    """The return without names that counts now: of this round, or of the one before when a tool of the next is out."""
    for number in (progress.round, progress.round - 1):
        found = kit.vault.get(f"returns/{progress.audit.file_stem(number)}", AnonymisedReturn)
        if found is not None:
            return found
    return None


def _chosen(kit: Kit, audit: AuditRef, file: str) -> str:
    if audit not in kit.progress(audit.session):
        raise _unclear(f"No audit {audit} was asked for here.", f"See audit-kit status {audit.session}.")
    kept = kept_aside(kit.journal.events(audit.session)).get(audit, ())
    found = [sha for sha in kept if sha.startswith(file.strip().lower())]
    if not found:
        which = f" that begins with {file}" if file else ""
        raise _unclear(
            f"No other version of {audit}{which} is kept.",
            f"See the notes in outbox/team; {audit} may be in use with it already." if kept or file else
            "Ask the agency to send it, and drop it into the inbox.",
        )  # fmt: skip
    if len(found) > 1:
        names = ", ".join(sha[:8] for sha in found)
        raise _unclear(f"{len(found)} other versions of {audit} are kept: {names}.", "Say which, with --file.")
    if kit.vault.staged(found[0]) is None:
        raise _unclear(
            f"The working copy of {found[0][:8]} is gone; its original is sealed.",
            "Drop the file into the inbox again, then run this again.",
        )
    return found[0]


def _unclear(what: str, next_step: str) -> UsageProblem:
    return UsageProblem(what, not_happened="Nothing was changed.", next_step=next_step)
