"""Keep, record, clear: what has arrived is sealed in the store and known to the journal before the inbox is empty of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from audit_kit.acts.concerns import tell_of_too_large
from audit_kit.acts.setting_aside import may_be_tried_again
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.store import inbox_mark
from audit_kit.store.inbox import Arrival, Why
from audit_kit.store.journal import Codes, Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass

_MOST_AT_ONCE, _BYTES_AT_ONCE = 64, 8 * 1024 * 1024  # files that are kept and recorded together


#: what to do about what is not taken
_NEXT = {
    Why.FOLDER: "Move the files in it into the inbox itself.",
    Why.LINK: "Put the file itself in its place.",
    Why.SECOND_NAME: "Put a copy of that file in its place.",
    Why.OPEN: "It is taken once it is closed there.",
    Why.EMPTY: "Ask whoever sent it to send it again.",
    Why.TOO_LARGE: "Ask whoever sent it for the form alone, without pictures or scans, and take it out.",
}


def receive_arrivals(
    kit: Kit, done: Pass, stopping: Callable[[], bool], came: Callable[[Collection[str]], None] = lambda shas: None
) -> bool:
    """Keep, record, clear: after this, what came is in the store and the inbox is empty of it. Whether anything came.

    Many at a time, each step for all of them before the next begins: so the disk is waited for once a step. ``came``:
    is told the contents that are to be worked on, so many at a time, while the others are still kept.
    """
    taken: set[str] = set()
    # one look is one moment: that a name stands before another says nothing about which file came first
    at = kit.clock.now()
    for group in _taken(kit, done, stopping):
        came(_receive(kit, group, at, taken, done))
    if stopping():
        return bool(taken)
    taken |= _recorded_late(kit, at, done)
    _require_mark(kit, done)
    for odd in kit.inbox.odd():
        next_step = _NEXT.get(odd.why, "Look at it there.")
        done.say(
            f"The inbox holds {odd.why}. It was left there, and nothing in it was read. {next_step}", for_a_person=True
        )
        if odd.why is Why.TOO_LARGE:
            tell_of_too_large(kit, odd.path, done)
    return bool(taken)


def _taken(kit: Kit, done: Pass, stopping: Callable[[], bool]) -> Iterator[dict[Arrival, bytes]]:
    """What has settled, so many files at a time that they fit into memory whatever their size.

    What is asked to stop in the middle leaves them all in the inbox: of two versions that came in one look the next run
    then still knows that it can't tell which was first.
    """
    group: dict[Arrival, bytes] = {}
    for arrival in kit.inbox.settled(kit.clock.monotonic()):
        if stopping():
            return
        data = kit.inbox.take(arrival, kit.clock.monotonic())
        if data is not None:
            group[arrival] = data
        elif kit.inbox.still_arrives(arrival):
            done.say("One file in the inbox is still arriving, or open in Excel. It was left there.", for_a_person=True)
        if len(group) == _MOST_AT_ONCE or sum(map(len, group.values())) > _BYTES_AT_ONCE:
            yield group
            group = {}
    if group:
        yield group


def _receive(
    kit: Kit, group: dict[Arrival, bytes], at: datetime, taken: set[str], done: Pass
) -> Collection[str]:  # fmt: skip
    """Keep, record, clear these. ``at``: when they were seen; ``taken``: what came in this pass before, which grows."""
    new: dict[str, bytes] = {}
    once_more: dict[str, bytes] = {}
    came: dict[str, tuple[datetime, Codes]] = {}
    again: list[tuple[Item, Arrival]] = []
    for arrival, data in group.items():
        sha = kit.vault.digest(data)
        known = kit.journal.item(sha)
        if known is not None and not known.open and sha not in taken and may_be_tried_again(kit, sha):
            once_more[sha] = data
        if sha in taken or (known is not None and not known.open):
            again.append((known or Item(sha, kit.clock.now()), arrival))
        elif known is None:  # else it is the file that an earlier run recorded but could not clear
            # the reference alone: a name as it was sent may be a child's
            named = AuditRef.in_file_name(arrival.path.name)
            new[sha], came[sha] = data, (at, (("named", str(named)),) if named else ())
        taken.add(sha)
    kit.vault.stage((*new.values(), *once_more.values()))
    if new:
        kit.journal.received(came, kit.clock.rehearsal is not None)
    for known, arrival in again:
        sha = known.sha
        event = kit.event(EventKind.DUPLICATE, item=sha)  # V03
        # named after how the file looks, so that a stop before it was cleared does not note it twice
        batch = f"duplicate:{sha}:{known.turn}:{arrival.look[1]}:{arrival.look[2]}"
        kit.carry_out(batch, [event], reopens_items=[sha] if sha in once_more else ())
        what = (
            "It had been set aside, and is tried once more."
            if sha in once_more
            else "It was noted; nothing is done twice."
        )
        done.say(f"A file that was received before came again ({sha[:8]}). {what}")
    kit.inbox.clear(group)
    return new


def _recorded_late(kit: Kit, at: datetime, done: Pass) -> set[str]:
    """Record what a stopped run had sealed and not recorded, where its file is not in the inbox any more: it came all the same.

    Somebody has taken the file out since, or put another of its name in its place. That it came is known from its sealed
    copy alone: under what name it came is not.
    """
    late = {sha for sha in kit.kept_alone if kit.journal.item(sha) is None and _opens(kit, sha)}
    kit.kept_alone = ()
    if late:
        kit.journal.received(dict.fromkeys(sorted(late), (at, ())), kit.clock.rehearsal is not None)
        done.say(
            f"{len(late)} received file{'s were' if len(late) > 1 else ' was'} sealed when audit-kit was stopped, and "
            f"{'have' if len(late) > 1 else 'has'} left the inbox since. Nothing is lost: {'they are' if len(late) > 1 else 'it is'} "
            "worked on like any other.",
            for_a_person=True,
        )
    return late


def _opens(kit: Kit, sha: str) -> bool:
    """Whether this sealed copy is what its name says: what somebody else put there was never received."""
    try:
        return kit.vault.staged(sha) is not None
    except AuditKitError:
        return False


def _require_mark(kit: Kit, done: Pass) -> None:
    """Say once, while it lasts, that the inbox is not the folder that was set up: a share that is away looks empty."""
    marked = inbox_mark.is_marked(kit.folders.inbox, kit.folders.store)
    if not marked and not kit.told_unmarked:
        problem = AuditKitError(
            f"The inbox lacks its mark ({inbox_mark.NAME}): its share may be away, or its folder was made anew.",
            not_happened="What lies in it is taken all the same; that nothing more has come is not believed.",
            next_step="Connect the share. If this is the right folder, run audit-kit set-up --mark-inbox.",
        )
        done.say(problem.sentence(), for_a_person=True)
    kit.told_unmarked = not marked
