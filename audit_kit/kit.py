"""One opened installation: configuration, folders, journal, vault, clock. What every act is given."""

from __future__ import annotations

import getpass
import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from audit_kit.config import Config, load
from audit_kit.destroying import PURGE, PURGE_ITEM, destroy
from audit_kit.domain.check_code import SECRET_BYTES
from audit_kit.domain.clock import Clock
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import OTHER_VERSION, AuditProgress, ConcernProgress, Event, EventKind, audits, concerns
from audit_kit.domain.references import AuditRef
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.session import AuditSession
from audit_kit.errors import AuditKitError, HeldUp, UsageProblem
from audit_kit.places import folders_for, journal_url, service_key_place
from audit_kit.store import inbox_mark, lock
from audit_kit.store.at_hand import AtHand
from audit_kit.store.disk import Disk
from audit_kit.store.folders import Folders, require_usable
from audit_kit.store.inbox import Inbox
from audit_kit.store.keys import open_keys
from audit_kit.store.ledger import Ledger
from audit_kit.store.prepared import packed, unpacked
from audit_kit.store.vault import Vault
from audit_kit.team_templates import TeamsTemplates

if TYPE_CHECKING:
    from audit_kit.store.journal import Item, Journal

#: the files of a decision that may leave, and an event for each that is held back
Gate = Callable[["Kit", tuple[Output, ...], tuple[Event, ...]], tuple[tuple[Output, ...], tuple[Event, ...]]]


@dataclass
class Kit(TeamsTemplates):
    """An installation that is held by this process alone. Made by ``opened``."""

    #: what every file passes before it leaves (``acts.scanning.look_over``); put here as the acts are loaded
    gate: ClassVar[Gate]

    config: Config
    folders: Folders
    journal: Journal
    vault: Vault
    inbox: Inbox
    disk: Disk
    clock: Clock
    by: str = field(default_factory=lambda: _account())
    decided: dict[str, tuple[Output, ...]] = field(default_factory=dict)  # decisions to be written and closed
    close_together: bool = False  # whether that may wait for others
    told_unmarked: bool = False  # whether it was said that the inbox lacks its mark
    told_clock: bool = False  # whether it was said that the clock went back
    kept_alone: tuple[str, ...] = ()  # contents that a stopped run had sealed and not yet recorded
    _standing: tuple[int, tuple[AuditSession, ...]] | None = None  # the sessions, and how often one was changed before
    overview_in_hand: Any = None  # tracker, page, registers while another process makes them (``acts.overview``)
    concerns_so_far: tuple[int, tuple[ConcernProgress, ...]] = (0, ())  # after how many events; see ``concerns``

    # --- what stands in the store ---------------------------------------------------------------------

    def sessions(self) -> tuple[AuditSession, ...]:
        """Every audit session that stands, oldest first."""
        changes = self.vault.changes("sessions")
        if self._standing is None or self._standing[0] != changes:
            found = (self.vault.get(name, AuditSession) for name in self.vault.names("sessions"))
            self._standing = changes, tuple(session for session in found if session is not None)
        return self._standing[1]

    def session(self, ref: str) -> AuditSession:
        """The session of this reference. UsageProblem names those that stand when there is none."""
        session = self.vault.get(f"sessions/{ref}", AuditSession)
        if session is None:
            standing = ", ".join(name.removeprefix("sessions/") for name in self.vault.names("sessions"))
            raise UsageProblem(
                f"There is no audit session {ref} here; {f'those that stand: {standing}' if standing else 'there is none yet'}.",
                not_happened="Nothing was done.",
                next_step="Give one that stands, or begin one with: audit-kit plan new SESSION --theme THEME.",
            )
        return session

    def register_of(self, session: str, case: str, why: str) -> CaseRegister:
        """Who stands behind a case. Each opening is journalled with who and why; ``why`` is a code.

        HeldUp when nobody does: no paper about the case can then be without names for certain.
        """
        register = self.vault.get(f"register/{session}/{case}", CaseRegister)
        if register is None:
            raise HeldUp(
                f"The register has nobody for case {case} of {session}.",
                not_happened="Nothing about this case was written.",
                next_step="Drop the plan into the inbox again.",
            )
        self._note_opening(session, case, why)
        return register

    def _note_opening(self, session: str, case: str, why: str) -> None:
        """Journal an opening before anything is read out of it: a stop right after can't lose that line."""
        if (session, case, why) in self.openings:
            return
        opening = self.event(EventKind.REGISTER_OPENED, session, case, codes=(("why", why),))
        self.journal.noted(opening, self.clock.rehearsal is not None)
        self.openings.add((session, case, why))

    @cached_property
    def openings(self) -> set[tuple[str, str, str]]:
        """What was opened in this pass, or by this command: session, case and why. Each is journalled once."""
        return set()

    @cached_property
    def held_back(self) -> list[AuditKitError]:
        """What the gate had to say about files that were about to leave, for whoever runs this process."""
        return []

    @cached_property
    def not_up_to_date(self) -> set[str]:
        """Which of the papers that show where everything stands were open in another program when last written."""
        return set()

    @cached_property
    def searches(self) -> dict[str, Any]:
        """What the gate compiled from each session's register, while this process runs."""
        return {}

    @cached_property
    def looked_ahead(self) -> dict[tuple[str, str, bytes], Any]:
        """What workers found in files that are about to leave, by session, name and content, until they do."""
        return {}

    @cached_property
    def auditors(self) -> dict[str, Any]:
        """Who audits for each agency, by session, as its rosters were when this process last looked at them."""
        return {}

    @cached_property
    def nothing_to_do(self) -> dict[tuple[str, str], object]:
        """How a session stood when a look found nothing to do in it, by what was looked for and session."""
        return {}

    @cached_property
    def held_up(self) -> dict[str, object]:
        """Which received contents wait for something on our side, each with the templates as they were when it was tried."""
        return {}

    @cached_property
    def at_hand(self) -> AtHand:
        """Which received content is being worked on."""
        return AtHand(self.folders.store, self.disk)

    def progress(self, session: str = "") -> dict[AuditRef, AuditProgress]:
        """Where every audit stands, worked out from the journal; from what came since the last time, while it runs."""
        so_far, known = self._worked_out.get(session, (0, {}))
        if newer := self.journal.events(session, after=so_far):
            known = audits(newer, known)
            self._worked_out[session] = (so_far + len(newer), known)
        return dict(known)

    def concerns(self) -> tuple[ConcernProgress, ...]:
        """Where every concern of every session stands, worked out in the same way."""
        so_far, known = self.concerns_so_far
        if newer := self.journal.events(after=so_far):
            self.concerns_so_far = (so_far + len(newer), concerns(newer, known))
        return self.concerns_so_far[1]

    @cached_property
    def _worked_out(self) -> dict[str, tuple[int, dict[AuditRef, AuditProgress]]]:
        """How many events of a session were looked at, and where its audits stood after them."""
        return {}

    @cached_property
    def tool_secret(self) -> bytes:
        """What the check codes of audit tools are made with; made once, sealed under the service key."""
        secret = self.vault.get_bytes(_TOOL_SECRET)
        if secret is None:
            secret = secrets.token_bytes(SECRET_BYTES)
            self.vault.put_bytes(_TOOL_SECRET, secret)
        return secret

    def clock_went_back(self) -> str:
        """What to say when this computer's clock stands well before what the journal recorded last; "" when it doesn't.

        Not in a rehearsal, whose date is set on purpose.
        """
        newest = self.journal.newest()
        if self.clock.rehearsal is not None or newest is None or newest.at - self.clock.now() <= CLOCK_MAY_DIFFER:
            return ""
        return (
            f"This computer's clock says {self.clock.now().astimezone():%d %B %Y, %H:%M}, but the journal's last entry was made on "
            f"{newest.at.astimezone():%d %B %Y, %H:%M}: one of the two is wrong. Nothing is lost or out of order, but deadlines and "
            "reminders may be wrong. Have the clock set from the network."
        )

    # --- what happens -----------------------------------------------------------------------------------

    def event(self, kind: EventKind, session: str = "", case: str = "", agency: str = "", **more: object) -> Event:
        """An event of now, by whoever runs this process."""
        return Event(kind, self.clock.now(), session, case, agency, by=self.by, **more)  # type: ignore[arg-type]

    def carry_out(
        self,
        batch: str,
        events: Iterable[Event],
        outputs: Iterable[Output] = (),
        *,
        closes_item: str = "",
        reopens_items: Iterable[str] = (),
    ) -> None:
        """Bring about one decision: keep its files sealed, decide in one transaction, write them, close.

        A batch that was decided before is not decided again; stopped anywhere, the next run takes it up. A file in
        which the gate finds a name is held back, and the rest goes on: see ``held_back``.
        """
        from audit_kit.store.journal import OutputRecord

        if self.journal.is_decided(batch):
            return
        events = tuple(events)
        outputs, held = type(self).gate(self, tuple(outputs), events)
        if outputs:
            self.vault.put_bytes(_prepared(batch), packed(outputs))
        self.vault.make_durable()
        self.journal.decided(
            batch,
            (*events, *held),
            [OutputRecord(output.path, hashlib.sha256(output.data).hexdigest()) for output in outputs],
            closes_item=closes_item,
            reopens_items=reopens_items,
            rehearsal=self.clock.rehearsal is not None,
        )
        self._release(batch, outputs)

    def withdraw(self, path: str) -> None:
        """Take a paper that has had its day out of the outbox: a copy that was reviewed, a form that was answered.

        OSError is left to the next time: it may be open in Word or Excel.
        """
        self._finish_decided()  # a paper that is still to be written would come back
        with suppress(OSError):
            self.disk.remove(self.folders.outbox / path)

    def finish_open_batches(self) -> None:
        """Write what was decided by a run that was stopped, and drop what it prepared but never decided.

        HeldUp when what a decision writes is gone from the store: it may be an escalation, so the batch
        stays open and is told each time rather than forgotten.
        """
        for folder in (self.folders.store, self.folders.outbox):
            self.disk.remove_parts(folder)
        for left in self.folders.store.glob(f"{_WORKPLACE}*"):
            shutil.rmtree(left, ignore_errors=True)
        for batch in self.journal.open_batches():
            if batch.startswith((PURGE, PURGE_ITEM)):
                self.destroy(batch)
                continue
            data = self.vault.get_bytes(_prepared(batch))
            if data is None and self.journal.outputs(batch):
                raise HeldUp(
                    "An earlier run decided to write papers that are no longer in the store.",
                    where=f"store/{_prepared(batch)}.age",
                    not_happened="They were not written, and nothing else was begun.",
                    next_step="Put the store back from the newest backup, and run the command again.",
                )
            self._release(batch, unpacked(data) if data else ())
        for name in self.vault.names("prepared"):
            self.vault.forget(name)
        staged = {sha: self.journal.item(sha) for sha in self.vault.staged_shas()}
        self.kept_alone = tuple(sha for sha, item in staged.items() if item is None)
        for sha in self._worked_off([item for item in staged.values() if item and not item.open]):
            self.vault.unstage(sha)

    def destroy(self, batch: str) -> None:
        """Carry out a purge that was decided. A paper that is open in another program goes with the next command."""
        if destroy(batch, self.vault, self.journal, self.folders.outbox, self.withdraw):
            self.journal.closed(batch)

    def _worked_off(self, closed: list[Item]) -> Iterator[str]:
        """Of these the contents whose working copy a stopped run left, though they are decided and their original is filed.

        What was set aside for doubtful words, or as another version, keeps its: it is read again once a person has decided.
        """
        if not closed:
            return
        last = {event.item: event for event in self.journal.events() if event.kind not in DECIDES_NOTHING}
        for item in closed:
            event = last.get(item.sha)
            waits = event and (event.kind is EventKind.SET_ASIDE or event.code("code") in OTHER_VERSION)
            if not waits and self.vault.is_filed(item.sha):
                yield item.sha

    def _release(self, batch: str, outputs: tuple[Output, ...]) -> None:
        if not self.close_together or any(output.is_urgent for output in outputs):
            self._finish({batch: outputs})
            return
        self.decided[batch] = outputs
        if len(self.decided) >= _MOST_NOT_CLOSED:
            self._finish_decided()

    def _finish_decided(self) -> None:
        if self.decided:
            self._finish(self.decided)
            self.decided.clear()

    def _finish(self, decided: Mapping[str, tuple[Output, ...]]) -> None:
        """Act and close: write what these decisions write, record that it is in its place, drop what was kept to write it."""
        papers = (output for outputs in decided.values() for output in outputs)
        self.disk.write_all((self.folders.outbox / output.path, output.data) for output in papers)
        self.journal.closed(*decided)
        for batch, outputs in decided.items():
            if outputs:
                self.vault.forget(_prepared(batch))

    @contextmanager
    def closing_together(self) -> Iterator[None]:
        """Let the papers of decisions that are made in this block be written, and these closed, several at a time.

        What is urgent is written at once. Should the block end by an error or a kill, the next run writes the rest.
        """
        self.close_together = True
        try:
            yield
            self._finish_decided()
        finally:
            self.close_together = False
            self.decided.clear()


@contextmanager
def opened(config_file: Path, clock: Clock, doing: str, disk: Disk | None = None) -> Iterator[Kit]:
    """The installation of this configuration file, held by this process until the block ends.

    UsageProblem for everything about it that is not as it must be; AlreadyRunning when another process
    holds it. What a stopped run left open is finished first.
    """
    # what speaks to databases takes a quarter of a second to load: what needs no installation starts without it
    from audit_kit.store import lease
    from audit_kit.store.journal import Journal

    config = load(config_file)
    folders = folders_for(config_file, config)
    require_usable(folders)
    disk = disk or Disk()
    disk.never_made = frozenset((folders.inbox, folders.outbox, folders.store))
    place = service_key_place(config_file, config)
    keys = open_keys(folders.store, config.store.board_key, config.store.escrow_key, place)
    url = journal_url(folders, config)
    with lock.held(folders.store, doing), lease.held(url, folders.store, doing) as held:
        ledger = Ledger(folders.store / "originals" / "events.jsonl", disk)
        journal = Journal(url, disk.about_to, ledger, held)
        vault = Vault(folders.store, keys, disk)
        if not inbox_mark.was_marked(folders.store):  # set up before inboxes were marked
            inbox_mark.mark(folders.inbox, folders.store, disk)
        inbox = Inbox(folders.inbox, config.watch.settle_seconds, disk)
        kit = Kit(config, folders, journal, vault, inbox, disk, clock)
        try:
            kit.finish_open_batches()
            if killer := kit.at_hand.left_by_a_kill():
                journal.tried(killer)
            yield kit
        finally:
            journal.close()


CLOCK_MAY_DIFFER = timedelta(minutes=5)  # a clock that is set right from the network may go back by moments

#: what is said of a received content without settling it
DECIDES_NOTHING = (
    EventKind.RECEIVED, EventKind.DUPLICATE, EventKind.CLEANED, EventKind.CONCERN_RAISED, EventKind.CONCERN_UNKNOWN,
    EventKind.HELD_UP, EventKind.UNREADABLE, EventKind.CONCERN_REMINDED,
)  # fmt: skip

_TOOL_SECRET = "secrets/tool-codes"
_MOST_NOT_CLOSED = 16  # decisions that would be written by the next run after a kill
_WORKPLACE = "laying-out-"  # in which LibreOffice laid out a report when it was killed


def _prepared(batch: str) -> str:
    return f"prepared/{hashlib.sha256(batch.encode()).hexdigest()}"


def _account() -> str:
    """The account that runs the kit, for the journal: an account, not a person of any case."""
    try:
        return getpass.getuser()[:60]
    except (OSError, KeyError, ImportError):
        return "unknown account"
