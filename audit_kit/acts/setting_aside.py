"""What a person must look at: kept, with one plain note of what happened and what to do next."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit_kit.acts.papers import letterhead
from audit_kit.domain import outputs
from audit_kit.domain.letters import SetAsideNote
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import OTHER_VERSION, EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, HeldUp
from audit_kit.kit import DECIDES_NOTHING, Kit
from audit_kit.store.journal import Item

UNREADABLE, PROTECTED, DEADLY = "unreadable", "protected", "stopped three times"  # why it was set aside

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import Refused


def set_aside(
    kit: Kit, item: Item, problem: AuditKitError, done: Pass, *, audit: AuditRef | None = None, code: str = "",
    kind: EventKind = EventKind.UNMATCHED, passive: tuple[str, ...] = (), perhaps: str = "",
) -> None:  # fmt: skip
    """Set one received file aside for a person. It stays in the store; no audit's state changes.

    ``perhaps``: whose it may be, in words, for the note alone.
    """
    note = _note(kit, item, problem, str(audit) if audit else perhaps, passive)
    files = _note_file(kit, note, f"set-aside_{item.sha[:8]}.docx", done)
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
    if code not in OTHER_VERSION:  # that is read again when somebody says that it counts
        kit.vault.unstage(item.sha)
    done.say(f"Set aside ({item.sha[:8]}): {problem.sentence()}", for_a_person=True)


def hold_up(kit: Kit, item: Item, problem: HeldUp, done: Pass, audit: AuditRef | None = None) -> None:
    """Let a received file wait, open, for what is wrong on our side. A note says so once for each cause.

    Nothing is concluded from it, and it is tried again by the next run, or once a template has changed. The agency that
    it names as its sender is not chased meanwhile.
    """
    waits = HeldUp(
        problem.what, where=problem.where, not_happened=_WAITS, next_step=f"{problem.next_step} {_BY_ITSELF}"
    )
    cause = hashlib.sha256(problem.what.encode()).hexdigest()[:16]
    batch = f"held:{item.sha}:{item.turn}:{cause}"
    if not kit.journal.is_decided(batch):
        whose = (audit.session, audit.case, audit.agency) if audit else ()
        files = _note_file(kit, _note(kit, item, waits, str(audit) if audit else ""), _waiting_note(item), done)
        kit.carry_out(batch, [kit.event(EventKind.HELD_UP, *whose, item=item.sha)], files)
    kit.held_up[item.sha] = kit.templates_as_they_are()
    done.say(f"Waits ({item.sha[:8]}): {waits.sentence()}", for_a_person=True)


def still_held_up(kit: Kit, item: Item) -> bool:
    """Whether this file was tried in vain by this process, and no template has changed since."""
    return item.sha in kit.held_up and kit.held_up[item.sha] == kit.templates_as_they_are()


def goes_on(kit: Kit, item: Item) -> None:
    """Take the note away that a file waits: it is settled."""
    kit.held_up.pop(item.sha, None)
    kit.withdraw(outputs.for_team(_waiting_note(item)))


_WAITS = "Nothing was concluded from it: the file is kept, and waits."
_BY_ITSELF = (
    "It is then taken up by itself, by the next audit-kit process or by audit-kit watch; it need not be sent again."
)


def _waiting_note(item: Item) -> str:
    return f"waits_{item.sha[:8]}.docx"


def _note(kit: Kit, item: Item, problem: AuditKitError, whose: str, passive: tuple[str, ...] = ()) -> SetAsideNote:
    return SetAsideNote(
        head=letterhead(kit),
        reference=whose or "not known",
        item=item.sha[:8],
        received=f"{in_words(item.received.astimezone().date())}, {item.received.astimezone():%H:%M}",
        what=f"{problem.where}: {problem.what}" if problem.where else problem.what,
        not_happened=problem.not_happened,
        next_step=problem.next_step,
        passive=passive,
    )


def _note_file(kit: Kit, note: SetAsideNote, name: str, done: Pass) -> list[Output]:
    """The note as a letter; none, and a sentence more, when its template can't be used."""
    from audit_kit.office import letters

    try:
        letter = letters.set_aside_note(kit.template("set_aside_note.docx"), note)
    except AuditKitError as problem:
        done.say(problem.sentence(), for_a_person=True)
        return []
    return [Output(outputs.for_team(name), letter)]


def unreadable(kit: Kit, item: Item, refused: Refused, place: str, done: Pass) -> None:
    """V02: set aside what can't be read. The Board manager was told before: it may hold a concern."""
    from audit_kit.office.gate_reasons import Reason

    problem = AuditKitError(
        refused.what,
        where=place,
        not_happened=refused.not_happened,
        next_step=f"Tell the sender: {refused.next_step}",
    )
    code = PROTECTED if refused.reason is Reason.PASSWORD else UNREADABLE
    set_aside(kit, item, problem, done, code=code, perhaps=_whose_it_may_be(kit, item))


def _whose_it_may_be(kit: Kit, item: Item) -> str:
    """Whose a file is that can't be read, as the notice to the Board manager has it; "" when nobody knows."""
    told = next(
        (one for one in kit.journal.events() if one.item == item.sha and one.kind is EventKind.UNREADABLE), None
    )
    if told and told.case:
        return f"{AuditRef(told.session, told.case, told.agency)}, by its check code"
    named = told.code("named") if told else ""
    return f"not known; it was called like the return of {named}, which proves nothing" if named else ""


def may_be_tried_again(kit: Kit, sha: str) -> bool:
    """Whether this content was set aside for something that may be mended by now: then dropping it again is no repeat.

    Not what can't be read, whatever is done about it, nor what killed the kit.
    """
    own = [event for event in kit.journal.events() if event.item == sha and event.kind not in DECIDES_NOTHING]
    return bool(own) and own[-1].kind is EventKind.UNMATCHED and own[-1].code("code") not in (UNREADABLE, DEADLY)
