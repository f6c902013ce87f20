"""What a person must look at: kept, with one plain note of what happened and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_kit.acts.papers import letterhead
from audit_kit.domain import outputs
from audit_kit.domain.letters import SetAsideNote
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import Refused


def set_aside(
    kit: Kit, item: Item, problem: AuditKitError, done: Pass, *, audit: AuditRef | None = None, code: str = "",
    kind: EventKind = EventKind.UNMATCHED, passive: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Set one received file aside for a person. It stays in the store; no audit's state changes."""
    note = SetAsideNote(
        head=letterhead(kit),
        reference=str(audit) if audit else "not known",
        item=item.sha[:8],
        received=f"{in_words(item.received.astimezone().date())}, {item.received.astimezone():%H:%M}",
        what=f"{problem.where}: {problem.what}" if problem.where else problem.what,
        not_happened=problem.not_happened,
        next_step=problem.next_step,
        passive=passive,
    )
    files = _note_file(kit, note, done)
    event = kit.event(
        kind,
        audit.session if audit else "",
        audit.case if audit else "",
        audit.agency if audit else "",
        item=item.sha,
        codes=(("code", code),) if code else (),
    )
    kit.vault.file_original(item.sha)
    kit.carry_out(
        f"aside:{item.sha}:{item.turn}",
        [event],
        files,
        closes_item=item.sha,
    )
    kit.vault.unstage(item.sha)
    done.say(f"Set aside ({item.sha[:8]}): {problem.sentence()}", for_a_person=True)


def _note_file(kit: Kit, note: SetAsideNote, done: Pass) -> list[Output]:
    """The note as a letter; none, and a sentence more, when its template can't be used."""
    from audit_kit.office import letters

    try:
        letter = letters.set_aside_note(kit.template("set_aside_note.docx"), note)
    except AuditKitError as problem:
        done.say(problem.sentence(), for_a_person=True)
        return []
    return [Output(outputs.for_team(f"set-aside_{note.item}.docx"), letter)]


def unreadable(kit: Kit, item: Item, refused: Refused, place: str, done: Pass) -> None:
    """V02: set aside what can't be read. The Board manager was told before: it may hold a concern."""
    problem = AuditKitError(
        refused.what,
        where=place,
        not_happened=refused.not_happened,
        next_step=f"Tell the sender: {refused.next_step}",
    )
    set_aside(kit, item, problem, done, code="unreadable")
