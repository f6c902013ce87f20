"""What comes of the audits in the demo: the meeting, the committee's sign-off, what is passed on, what is followed up."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.disseminating import seminar_of
from audit_kit.acts.meetings import form_of as meeting_form_of
from audit_kit.acts.reporting import papers_of
from audit_kit.demo.agencies import typed_into
from audit_kit.demo.reviewer import write_into
from audit_kit.demo.stage import Say, Stage
from audit_kit.domain.actions import COLUMNS, IMPACT, RAG
from audit_kit.domain.meeting_form import CHAIR, CHAIR_AGENCY, MEMBER, NO_AGENCY, PLACE, REASON, START
from audit_kit.domain.scales import YES
from audit_kit.kit import Kit

MINUTE = "QASC 14/01/2027, item 6"
_WAIT_TO_BE_CLOSED = 5  # actions that are done since the committee last met
LEARNT = (
    "In all three cases the plan was busy and the child's day stayed the same until one person read the whole history."
)


@dataclass(frozen=True)
class Step:
    """One thing that the audits lead to: what is done, and what must come of it."""

    name: str
    done: str
    expected: str


STEPS = (
    Step(
        "meeting", "the form is filled in: three cases, a lay member in the chair",
        "each agency invited for its own cases alone; the chair has a brief",
    ),
    Step(
        "sign-off", f"the committee confirms lessons and actions ({MINUTE})",
        "no draft left; the minute and what the author wrote stand in the report",
    ),
    Step(
        "learning", "the lessons are passed on, with a seminar",
        "briefing and slides to be released; every agency invited, training asked",
    ),
    Step(
        "follow-up", "progress is kept in the plan's workbook; one action is late",
        "the review counts it; who owes actions is asked about its own",
    ),
)  # fmt: skip


def arrange_the_meeting(stage: Stage, kit: Kit, session: str, say: Say) -> None:
    """The team leaves the three proposed cases chosen, says when, where and who chairs, and drops the form."""
    form = process.write_meeting_form(kit, session)
    answers = {
        START: "10:00", PLACE: "Room 102", CHAIR: "Lay member of the Board", CHAIR_AGENCY: NO_AGENCY, MEMBER: YES,
        REASON: "Two where plans drifted, and one where somebody turned it round.",
    }  # fmt: skip
    stage.drop("meeting.xlsx", typed_into(form.data, meeting_form_of(kit.session(session)), answers))
    stage.receive(kit, say)


def sign_off(stage: Stage, kit: Kit, session: str, say: Say) -> None:
    """The author writes into the draft what the meeting brought, the committee confirms, the team records its minute."""
    path = stage.outbox / papers_of(session)[0].draft
    document = Document(str(path))
    write_into(document, "Deep dives", LEARNT)
    document.save(str(path))
    for sentence in process.sign_off(kit, session, MINUTE, "Confirmed as drafted.").sentences:
        say(sentence)


def pass_it_on(kit: Kit, session: str, say: Say) -> None:
    """Briefing, slides, a lunch-time seminar, and the question to those who plan training."""
    seminar = seminar_of(kit, "2027-02-10", "12:30", "online, the link follows")
    done = process.disseminate(kit, session, "Asked for by the committee.", seminar)
    say(
        f"Wrote briefing, slides, training note and the seminar's invitations ({len(done.files)} files: outbox/learning)."
    )


def follow_up(stage: Stage, kit: Kit, session: str, say: Say) -> None:
    """Three months on: what was due is done but for one action, and the committee and the agencies hear of it."""
    path = stage.outbox / papers_of(session)[2].final
    path.write_bytes(_kept_up(path.read_bytes(), kit))
    for sentence in process.follow_up(kit, session, "For the committee in April.").told:
        say(f"{sentence}\n")


def _kept_up(workbook: bytes, kit: Kit) -> bytes:
    """The plan's workbook as the team kept it: of what was due by today one action is late, the others are done.

    The committee closed most of those in March; the newest wait for it.
    """
    columns = {field: number for number, (_, field) in enumerate(COLUMNS, start=1)}
    book, today = load_workbook(BytesIO(workbook)), kit.clock.today()
    sheet = book.worksheets[0]
    dues = {row: sheet.cell(row, columns["due"]).value for row in range(4, sheet.max_row + 1)}
    late, *done = sorted((row for row, due in dues.items() if due and due.date() < today), key=lambda row: dues[row])
    said = {late: {"rag": RAG[3]}}
    for row in done:
        said[row] = {"rag": RAG[0], "impact": IMPACT[1], "evidence_received": "Sample seen by the QA officer."}
    for row in done[:-_WAIT_TO_BE_CLOSED]:
        said[row]["closed_by"] = "QASC 11/03/2027, item 4"
    for row, fields in said.items():
        for field, text in fields.items():
            sheet.cell(row, columns[field]).value = text
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
