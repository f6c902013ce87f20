"""Opening what is filed, with a private key and a reason, and the list of everything that was ever opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audit_kit.acts.reasons import require_reason
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit
from audit_kit.store.synced import is_synced

_NOTHING = "Nothing was opened."
_OPENINGS = (
    EventKind.REGISTER_OPENED, EventKind.PASSWORD_SHOWN, EventKind.DOUBTS_SHOWN, EventKind.ORIGINAL_OPENED, EventKind.SCANNED,
    EventKind.DOCUMENT_ANONYMISED, EventKind.BACKED_UP, EventKind.RESTORED, EventKind.CASE_PURGED, EventKind.HOLD_PLACED, EventKind.HOLD_LIFTED,
)  # fmt: skip

#: why the kit opens a register for its own eyes, whenever a file comes or leaves: to find names, and show them to nobody.
#: Any other reason counts as a person's, also one that is not known here.
_LOOK_THROUGHS = frozenset({"scan of what leaves", "scan of a returned report", "anonymise"})


@dataclass(frozen=True)
class Access:
    """One line of the access log: what was opened, about what, when, by which account, and why (a code).

    ``by_itself``: whether the kit only looked through it for names that must not leave. ``by`` is then its account's.
    """

    at: str
    by: str
    what: str
    about: str
    why: str
    by_itself: bool


def open_original(kit: Kit, audit: AuditRef, key_file: Path, to: Path, reason: str) -> Path:
    """Write the newest original return of an audit, as the agency sent it, where a person says. It is journalled.

    ``key_file`` holds the Board's or the escrow's private key. UsageProblem when there is no such original, when the key
    does not open it, or when it would be written into one of the kit's own folders or into a synced one.
    """
    require_reason(reason, "Opening an original", _NOTHING)
    for own in (kit.folders.inbox, kit.folders.outbox, kit.folders.store):
        if to.resolve() == own or own in to.resolve().parents or is_synced(to.resolve()):
            raise UsageProblem(
                "An original may not lie in the inbox, the outbox, the store or a folder that is synced to other places.",
                not_happened=_NOTHING,
                next_step="Name a folder of your own on this computer with --to, and delete the file when you are done.",
            )
    progress = kit.progress(audit.session).get(audit)
    case = f"{audit.session}/{audit.case}"
    path = kit.vault.original(progress.item, case) if progress and progress.item else None
    if progress is None or path is None or not path.exists():
        raise UsageProblem(
            f"No original of {audit} is filed.",
            not_happened=_NOTHING,
            next_step=f"See audit-kit status {audit.session} for what came back.",
        )
    data = kit.vault.open_original(progress.item, case, _private_key(key_file))
    event = kit.event(
        EventKind.ORIGINAL_OPENED, audit.session, audit.case, audit.agency, item=progress.item,
        note=kit.vault.keep_note(reason),
    )  # fmt: skip
    kit.journal.noted(event, kit.clock.rehearsal is not None)
    written = to / f"{audit.file_stem(progress.round)}_original.xlsx"
    kit.disk.write(written, data)
    return written


def _private_key(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        raise UsageProblem(
            "The key file can't be read.", not_happened=_NOTHING, next_step="Name the Board's private key with --key."
        ) from None


def access_log(kit: Kit, session: str = "") -> tuple[Access, ...]:
    """Every opening that the journal knows, oldest first; of one session if it is named. UsageProblem for an unknown one."""
    if session:
        kit.session(session)
    return tuple(
        Access(
            event.at.astimezone().isoformat(timespec="minutes"),
            event.by,
            event.kind.value,
            "/".join(part for part in (event.session, event.case, event.agency) if part),
            event.code("why") or ("reason kept sealed" if event.note else ""),
            event.kind is EventKind.REGISTER_OPENED and event.code("why") in _LOOK_THROUGHS,
        )
        for event in kit.journal.events(session)
        if event.kind in _OPENINGS
    )


def look_throughs(lines: Iterable[Access]) -> str:
    """How often the kit looked through registers by itself, for what and when last, in one sentence; "" if never."""
    own = [line for line in lines if line.by_itself]
    if not own:
        return ""
    each = ", ".join(f"{why} {count}" for why, count in sorted(Counter(line.why for line in own).items()))
    times = "once" if len(own) == 1 else f"{len(own)} times"
    return f"The kit itself looked through registers {times}, and showed them to nobody ({each}); last at {own[-1].at}."
