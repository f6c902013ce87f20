"""The engagement form of a session: in outbox/team/engagement, and taken when it comes back through the inbox."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.engaging import engagement, invite, result_event
from audit_kit.acts.living_papers import Living, how_it_stands, write_living
from audit_kit.acts.small_forms import ENGAGEMENT, form_written
from audit_kit.acts.unmoved import look_at_what_moved
from audit_kit.domain import outputs
from audit_kit.domain.engagement import ASK_AFTER_ALL, EngagementProgress, FamilyRef
from audit_kit.domain.engagement_form import EngagementRow, RowRead, engagement_form, read_rows
from audit_kit.domain.progress import Event, EventKind
from audit_kit.domain.references import is_session_ref
from audit_kit.domain.session import AuditSession
from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.stages.words import sentence
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.safe_read import WorkbookText

#: what was chosen and dated in rows that could not be taken, and what must be changed there
_Marked = tuple[dict[str, str], dict[str, str]]
_NOT = "Nothing was recorded from it."
_FRESH = "Fill in the form in outbox/team/engagement, without adding or removing rows."


def place_of(session: str) -> str:
    """Where the engagement form of a session lies, below the outbox."""
    return outputs.for_team(f"engagement/{session}_engagement.xlsx")


def write_engagement_forms(kit: Kit, done: Pass | None = None) -> None:
    """Write the form of every session whose agencies were notified, when what it shows has changed."""

    def look(session: AuditSession) -> bool:
        wanted = session.engagement and kit.progress(session.ref)
        return not wanted or _write(kit, session, done) is Living.STANDS

    def lies_there(session: AuditSession) -> bool:
        return (kit.folders.outbox / place_of(session.ref)).exists()

    look_at_what_moved(kit, "engagement forms", look, lies_there)


def _write(kit: Kit, session: AuditSession, done: Pass | None) -> Living:
    standing = engagement(kit, session)
    marked: _Marked = kit.vault.get(f"engagement/{session.ref}", _Marked) or ({}, {})  # type: ignore[arg-type]
    advice = advised(kit, session)
    shown = [[str(one.ref), one.stands_at, str(one.result_on)] for one in standing.values()]
    shows = hashlib.sha256(json.dumps([shown, marked, advice]).encode()).hexdigest()

    def make() -> bytes:
        from audit_kit.office.laid_out_form import FormCover

        cover = FormCover(
            "engagement", "Engagement of children, parents and carers", kit.config.board.name, session.ref,
            {"audit_kit_session": session.ref},
        )  # fmt: skip
        lines = [f"{agency} on case {case} – who could be asked: {words}" for case, agency, words in advice]
        form, said = engagement_form(_rows(kit, standing)), {"advice": "\n".join(lines)}
        return form_written(kit, ENGAGEMENT, form, cover, said, *marked)

    def begun() -> None:
        if done is not None:
            done.say(
                f"{session.ref}: somebody has begun to fill in the engagement form in outbox/team/engagement. It was left "
                "as it is: move it into the inbox, and a new one is written.",
                for_a_person=True,
            )

    kept_as, place = f"papers/{session.ref}-engagement", place_of(session.ref)
    stands = how_it_stands(kit, kept_as, place, shows, begun)
    if stands is Living.DUE:
        write_living(kit, kept_as, place, shows, make())
    return stands


def _rows(kit: Kit, standing: dict[FamilyRef, EngagementProgress]) -> tuple[EngagementRow, ...]:
    """The rows of the form. Reasons and roles were typed into the plan: names in them are taken out."""
    rows = []
    for ref, one in standing.items():
        mask = anonymiser_of(
            kit, ref.session, ref.case, "engagement form", roster_kept(kit, ref.session, ref.case)
        ).mask
        decided = one.decided
        said = sentence(f"{decided.decision}: {decided.reason}") + (
            f" To ask: {decided.asked_by}." if decided.asked_by else ""
        )
        since = f" since {in_words(one.result_on)}" if one.result_on else ""
        words = mask(said).with_doubts_hidden()
        rows.append(EngagementRow(_key(ref), decided.who, f"{words}\nNow: {one.stands_at}{since}."))
    return tuple(rows)


def _key(ref: FamilyRef) -> str:
    return f"{ref.case}.F{ref.number}"


def keep_advice(kit: Kit, session: str, case: str, agency: str, text: str) -> None:
    """Keep whom an agency's involvement form says could be asked, names taken out."""
    if not text.strip():
        return
    mask = anonymiser_of(kit, session, case, "advice on engagement", roster_kept(kit, session, case)).mask
    known = kit.vault.get(f"advice/{session}/{case}", dict[str, str]) or {}
    kit.vault.put(f"advice/{session}/{case}", {**known, agency: mask(text).with_doubts_hidden()}, dict[str, str])


def advised(kit: Kit, session: AuditSession) -> tuple[tuple[str, str, str], ...]:
    """(case, agency, whom it says could be asked), as the involvement forms said, names taken out."""
    found = (
        (case.ref, kit.vault.get(f"advice/{session.ref}/{case.ref}", dict[str, str]) or {}) for case in session.cases
    )
    return tuple((case, agency, words) for case, said in found for agency, words in sorted(said.items()))


def take_engagement(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned engagement form: each row that is new is recorded once; what is unfinished comes back marked.

    AuditKitError for a form of no session that stands here, or one that came back damaged: nothing is recorded from it.
    """
    from audit_kit.office.forms import mark_of

    ref = mark_of(book, "audit_kit_session")
    session = kit.session(ref) if is_session_ref(ref) else None
    if session is None:
        raise AuditKitError(
            "The engagement form names no session that stands here.",
            where=place,
            not_happened=_NOT,
            next_step=_FRESH,
        )
    standing = engagement(kit, session)
    rows = tuple(EngagementRow(_key(one), "", "") for one in standing)
    read = answers_of(
        book,
        engagement_form(rows),
        "The engagement form",
        place,
        not_happened=_NOT,
        next_step=_FRESH,
        formulas_too=True,
    )
    events: list[Event] = []
    marked: _Marked = ({}, {})
    for row in read_rows(read.answers, rows, kit.clock.today()):
        case, _, number = row.key.partition(".F")
        one = standing[FamilyRef(ref, case, int(number))]
        if row.result and row.result == one.result and one.result_on:
            done.say(f"{one.ref}: “{one.result}” was recorded already, on {in_words(one.result_on)}, by {one.by}. Nothing was recorded twice.")  # fmt: skip
        elif row.asked:
            _mark(marked, row, read.answers, engagement_form(rows))
        else:
            events.append(result_event(kit, one, row.result, row.said, item.sha))
    kit.vault.put(f"engagement/{ref}", marked, _Marked)  # type: ignore[arg-type]
    kit.vault.file_original(item.sha)
    closing = events or [kit.event(EventKind.DUPLICATE, ref, item=item.sha)]
    kit.carry_out(f"item:{item.sha}:{item.turn}", closing, closes_item=item.sha)
    kit.vault.unstage(item.sha)
    if any(event.code("result") == ASK_AFTER_ALL for event in events):
        invite(kit, session)
    left = (
        f" {len(marked[1])} cells need changing: the form comes back marked, without your words." if marked[1] else ""
    )
    done.say(f"{ref}: the engagement form was taken; {len(events)} recorded.{left}", for_a_person=bool(marked[1]))


def _mark(marked: _Marked, row: RowRead, answers: Mapping[str, str], form: AuditTool) -> None:
    """Note what comes back: choices and dates as they were, and what must be changed. Words stay sealed."""
    kept, asked = marked
    for field in form.sheets[0].fields:
        ref = f"{row.key}.{field.id}"
        typed, plain = answers.get(ref, ""), field.kind in (Kind.CHOICE, Kind.DATE)
        if typed and plain:
            kept[ref] = typed
        if field.id in row.asked:
            asked[ref] = row.asked[field.id]
        elif typed and not plain:
            asked[ref] = "please write this once more: your words were kept sealed and are repeated nowhere"
