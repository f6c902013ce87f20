"""A report that its author drops into the inbox: looked through for the session's families, and given back if clean.

Its text is read by nobody else; what is found is said by place and rule, never by the word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit_kit.acts.reporting import changed_by_hand, kept_beside, papers_of, written_report
from audit_kit.acts.scanning_by_hand import found_by_hand
from audit_kit.acts.setting_aside import set_aside
from audit_kit.domain import outputs
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import is_session_ref
from audit_kit.domain.sign_off import is_signed_off
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass

_MOST_NAMED = 12


def take_report(kit: Kit, item: Item, data: bytes, place: str, done: Pass) -> None:
    """Scan a returned report for every session that stands; the outcome is told in outbox/team.

    With nothing found, the same file, but for a template attached to it, goes to outbox/reports: in the place of its session's draft when it was written
    from that, else as checked. Else a note says where the names stand, and the file stays sealed: its author has it
    and mends it.
    """
    from audit_kit.office.attached_template import without_attached_template

    data = without_attached_template(data)
    found = found_by_hand(kit, "report.docx", data, "scan of a returned report")
    lines = tuple(dict.fromkeys(found.sentences))
    event = kit.event(EventKind.SCANNED, item=item.sha, codes=(("files", "1"), ("with hits", str(int(bool(lines))))))
    if not lines:
        draft = _draft_place(kit, data)
        name = draft or outputs.report(f"report_{item.sha[:8]}_checked.docx")
        before = changed_by_hand(kit, draft) if draft else None
        beside = [kept_beside(draft, before)] if before not in (None, data) else []
        kit.vault.file_original(item.sha)
        kit.carry_out(f"item:{item.sha}:{item.turn}", [event], [*beside, Output(name, data)], closes_item=item.sha)
        kit.vault.unstage(item.sha)
        kept = f" What lay there is kept as outbox/{beside[0].path}." if beside else ""
        place = f"It is now the draft, outbox/{name}" if draft else f"It is in outbox/{name}"
        done.say(f"A report came back: no registered name or number was found. {place}.{kept}")
        return
    more = f"; and {len(lines) - _MOST_NAMED} more places" if len(lines) > _MOST_NAMED else ""
    kit.carry_out(f"scan:{item.sha}:{item.turn}", [event])
    set_aside(
        kit,
        item,
        AuditKitError(
            f"A report came back and was looked through: {'; '.join(lines[:_MOST_NAMED])}{more}.",
            where=place,
            not_happened="It was not given out.",
            next_step="Ask its author to put roles in these places and to drop it into the inbox again.",
        ),
        done,
        code="names in a report",
    )


def _draft_place(kit: Kit, report: bytes) -> str:
    """Where the draft lies from which this report was written; "" when that is not the newest, or is signed off."""
    from audit_kit.office.report_document import drawn_from

    session, _, mark = drawn_from(report).partition(" ")
    if not is_session_ref(session) or is_signed_off(kit.journal.events(session)):
        return ""
    written = written_report(kit, session)
    return papers_of(session)[0].draft if written is not None and written.mark == mark else ""
