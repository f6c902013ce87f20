"""What is written because of a return: the send-back pack and the pseudonymised reading copy."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from audit_kit.acts.calendars import agency_calendar, deadline_attached
from audit_kit.acts.mailing import mail_draft
from audit_kit.acts.papers import (
    asked_agency,
    compiled_tool,
    in_working_days,
    layout_of,
    letterhead,
    tool_cover,
    tool_of,
    tool_words,
)
from audit_kit.domain import outputs
from audit_kit.domain.letters import RequestLine, SendBackLetter
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import Event
from audit_kit.domain.queries import Query
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.tool import AuditTool
from audit_kit.domain.working_days import in_words
from audit_kit.kit import Kit
from audit_kit.stages.words import plural
from audit_kit.team_templates import TOOL_LAYOUT


def send_back_pack(
    kit: Kit, session: AuditSession, anonymised: AnonymisedReturn, queries: tuple[Query, ...], sent_back: Event,
    also_said: str = "",
) -> list[Output]:  # fmt: skip
    """The letter, the copy with their answers kept and the weak cells marked, the agency's deadlines and the mail draft.

    ``sent_back``: the event that is about to say so, with the new round. Their own file is never re-saved: the copy is built anew from the anonymised answers.
    """
    from audit_kit.office import letters
    from audit_kit.office.tool_workbook import send_back_copy

    audit, agency = anonymised.audit, asked_agency(session, anonymised.audit.agency)
    tool = tool_of(kit, session, audit)
    due = in_working_days(kit, kit.config.calendar.send_back_days)
    round_number, calendar = sent_back.round, agency_calendar(kit, session, audit.agency, [sent_back])
    stem = audit.file_stem(round_number)
    weak = {place.sheet.id for query in queries if (place := tool.place_about(query.answer_ref))}
    letter = letters.send_back_letter(
        kit.template("send_back_letter.docx"),
        SendBackLetter(
            head=letterhead(kit),
            audit=str(audit),
            case=audit.case,
            agency=agency.name,
            lead=agency.lead.name,
            strong=_strong_sheets(tool, anonymised, weak),
            requests=tuple(RequestLine(query.request, query.reason) for query in queries),
            next_round=round_number,
            due=due,
            names_stood_in_it=anonymised.replaced > 0,
            also_said=also_said,
        ),
    )
    copy = send_back_copy(
        layout_of(kit, TOOL_LAYOUT),
        tool,
        tool_words(kit, session, audit),
        tool_cover(kit, session, audit, round_number, due),
        anonymised.answers,
        tuple((query.answer_ref, query.request) for query in queries if query.answer_ref),
    )
    draft = mail_draft(
        kit, "sent back", (agency.lead.email,), ((f"{stem}_letter.docx", letter), (f"{stem}.xlsx", copy), *deadline_attached(kit, session, sent_back)),
        audit=str(audit), due=in_words(due), things=plural(len(queries), "thing"),
    )  # fmt: skip
    return [
        Output(outputs.for_agency(audit.agency, f"{stem}_letter.docx"), letter),
        Output(outputs.for_agency(audit.agency, f"{stem}.xlsx"), copy),
        Output(outputs.for_agency(audit.agency, f"{stem}.eml"), draft),
        *calendar,
    ]


def blank_pack(kit: Kit, session: AuditSession, sent_back: Event, due: date) -> list[Output]:
    """What an agency gets that returned its tool with nothing filled in: one sentence, and the tool once more.

    The round stays the same: if the filled-in tool was left behind by mistake, it can still be sent.
    """
    audit = AuditRef(sent_back.session, sent_back.case, sent_back.agency)
    agency, stem = asked_agency(session, audit.agency), audit.file_stem(sent_back.round)
    tool = compiled_tool(kit, session, audit).personalise(tool_cover(kit, session, audit, sent_back.round, due))
    calendar = agency_calendar(kit, session, audit.agency, [sent_back])
    draft = mail_draft(
        kit, "nothing filled in", (agency.lead.email,), ((f"{stem}.xlsx", tool), *deadline_attached(kit, session, sent_back)),
        audit=str(audit), case=audit.case, due=in_words(due),
    )  # fmt: skip
    return [
        Output(outputs.for_agency(audit.agency, f"{stem}.xlsx"), tool),
        Output(outputs.for_agency(audit.agency, f"{stem}_not-filled-in.eml"), draft),
        *calendar,
    ]


def more_time_draft(kit: Kit, session: AuditSession, extended: Event, until: date) -> list[Output]:
    """The mail that tells an agency of its new day, as a calendar file. The reason stays with the Board."""
    audit = AuditRef(extended.session, extended.case, extended.agency)
    calendar = agency_calendar(kit, session, audit.agency, [extended])
    to = (asked_agency(session, audit.agency).lead.email,)
    draft = mail_draft(
        kit, "more time", to, deadline_attached(kit, session, extended), audit=str(audit), due=in_words(until)
    )
    name = f"{audit.file_stem(extended.round)}_more-time_{until.isoformat()}.eml"
    return [Output(outputs.for_agency(audit.agency, name), draft), *calendar]


def reviewers_copy(anonymised: AnonymisedReturn) -> str:
    """Where the copy lies that the reviewer reads, until it is decided."""
    return outputs.for_team(f"with-reviewer/{anonymised.audit.file_stem(anonymised.round)}.xlsx")


def reading_copy(
    kit: Kit, session: AuditSession, anonymised: AnonymisedReturn, folder: str, made: bytes | None = None
) -> Output:
    """The pseudonymised copy, rebuilt from values, in a folder of the outbox.

    The reviewer's copy and the one on file are the same bytes, built once and kept sealed in between. ``made``: the same
    as a worker wrote it.
    """
    stem = anonymised.audit.file_stem(anonymised.round)
    name = f"copies/{stem}_{_digest(anonymised)}"
    data = kit.vault.get_bytes(name)
    if data is None:
        data = made or _rebuilt(kit, session, anonymised)
        kit.vault.put_bytes(name, data)
    return Output(f"{folder.rstrip('/')}/{stem}.xlsx", data)


def _rebuilt(kit: Kit, session: AuditSession, anonymised: AnonymisedReturn) -> bytes:
    from audit_kit.office.tool_workbook import on_file_copy

    audit = anonymised.audit
    cover = tool_cover(kit, session, audit, anonymised.round, session.dates.due)
    return on_file_copy(tool_of(kit, session, audit), tool_words(kit, session, audit), cover, anonymised.answers)


def _digest(anonymised: AnonymisedReturn) -> str:
    return hashlib.sha256(json.dumps(sorted(anonymised.answers.items())).encode()).hexdigest()[:16]


def _strong_sheets(tool: AuditTool, anonymised: AnonymisedReturn, weak: set[str]) -> tuple[str, ...]:
    """Sheets that were filled in and about which nothing is asked, for the thanks in the letter."""
    answered = {place.sheet.id for ref in anonymised.answers if (place := tool.place(ref))}
    worth_thanks = ("chronology", "questions", "voice", "findings", "actions")
    return tuple(
        sheet.title
        for sheet in tool.sheets
        if sheet.id in worth_thanks and sheet.id in answered and sheet.id not in weak
    )
