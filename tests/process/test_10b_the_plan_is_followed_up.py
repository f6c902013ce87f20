"""The QA Sub Committee will monitor progress of these plans.

Progress is kept in the plan's own workbook; what is late is worked out, what concerns one case stays with its agency.
"""

from __future__ import annotations

import email
import io
from datetime import date
from email import policy

import openpyxl
import pytest
from mini import CHILD, SESSION, Mini
from promises import words_of

from audit_kit import process
from audit_kit.acts.papers import letterhead
from audit_kit.domain.actions import CASE, COLUMNS, RAG, SINGLE_AGENCY, SYSTEM
from audit_kit.domain.follow_up import Followed
from audit_kit.domain.progress import EventKind
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.stages.follow_up import next_review, open_of, review

REVIEW = date(2027, 4, 12)
BOOK = f"reports/{SESSION}_action-plan.xlsx"
PAPER = f"reports/{SESSION}_action-plan-review_2027-04-12.docx"
COLUMN = {field: number for number, (_, field) in enumerate(COLUMNS, start=1)}


def typed(data: bytes, changes: dict[str, dict[str, object]]) -> bytes:
    """The workbook after somebody typed these columns of these actions, and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Action plan"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(4, sheet.max_row + 1)}
    for ref, columns in changes.items():
        for field, value in columns.items():
            sheet.cell(rows[ref], COLUMN[field]).value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def an_action(ref: str = "A1", **changed: object) -> Followed:
    usual = {
        "ref": ref, "stream": SINGLE_AGENCY, "action": "Sample 20 plans", "owner": "GP practices: Named GP",
        "due": date(2027, 3, 1), "rag": RAG[4], "impact": "", "closed_by": "",
    }  # fmt: skip
    return Followed(**{**usual, **changed})  # type: ignore[arg-type]


@pytest.fixture
def plan(signed_off_anew: Mini) -> Mini:
    return signed_off_anew


def follow_up(mini: Mini) -> tuple[str, ...]:
    with mini.on(REVIEW) as kit:
        return process.follow_up(kit, SESSION, "for the committee in April").told


# -- how it stands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "late"),
    [
        ({}, True),
        ({"rag": RAG[1]}, True),  # green, and still past its day
        ({"rag": RAG[0]}, False),
        ({"closed_by": "QASC 8/4/2027, item 2"}, False),
        ({"due": date(2027, 4, 12)}, False),
        ({"due": None}, False),
    ],
)
def test_what_is_late_is_worked_out_whatever_its_colour(changed, late):
    assert an_action(**changed).is_overdue(REVIEW) is late


def test_the_review_lists_what_is_late_what_is_at_risk_and_what_is_to_be_closed(plan):
    with plan.on(REVIEW) as kit:
        paper = review(
            kit.session(SESSION),
            [
                an_action("A1"), an_action("A2", due=date(2027, 6, 1), rag=RAG[2]), an_action("A3", rag=RAG[0]),
                an_action("A4", due=None, stream=SYSTEM), an_action("A5", stream=CASE), an_action("A6", closed_by="minute 3"),
            ],
            letterhead(kit), REVIEW,
        )  # fmt: skip

    assert [line.ref for line in paper.overdue] == ["A1"]
    assert [line.ref for line in paper.at_risk] == ["A2"]
    assert [line.ref for line in paper.to_close] == ["A3"]
    assert paper.undated == "A4"
    assert [row.value for row in paper.counts] == ["6", "2", "2", "3", "0", "1 (0)"]


def test_the_next_review_is_three_six_and_twelve_months_after_the_committee(plan):
    with plan.on(REVIEW) as kit:
        session = kit.session(SESSION)

    assert [next_review(session, day) for day in (date(2027, 1, 20), REVIEW, date(2027, 8, 1), date(2028, 2, 1))] == [
        "April 2027", "April 2027", "January 2028", "",
    ]  # fmt: skip


# -- the command and the inbox -----------------------------------------------------------------------------


def test_progress_typed_into_the_plans_workbook_is_what_the_committee_is_told(plan):
    path = plan.outbox / BOOK
    first = openpyxl.load_workbook(path)["Action plan"].cell(4, 1).value
    path.write_bytes(typed(path.read_bytes(), {first: {"rag": RAG[0], "owner": "Head of Safeguarding"}}))

    (sentence,) = follow_up(plan)

    assert "done and evidenced, or closed: 1" in sentence
    assert "Head of Safeguarding" in words_of(plan.outbox / PAPER)


def test_a_copy_that_is_dropped_into_the_inbox_does_the_same(plan):
    plan.drop("plan.xlsx", typed((plan.outbox / BOOK).read_bytes(), {}))

    plan.run(REVIEW)

    assert plan.in_outbox("reports/*review*") == [PAPER]
    assert any(f"The action plan of {SESSION} stands so" in sentence for sentence in plan.said)


def test_each_agency_that_owes_actions_is_asked_about_its_own(plan):
    follow_up(plan)

    (path,) = plan.in_outbox("agencies/*/*_actions-review.eml")
    draft = email.message_from_bytes((plan.outbox / path).read_bytes(), policy=policy.default)
    assert (draft["X-Unsent"], draft["Subject"]) == ("1", f"{SESSION} HVSN – how are your actions going?")


def test_an_agency_is_asked_about_nothing_that_is_done_or_anothers(plan):
    with plan.on(REVIEW) as kit:
        agency = kit.session(SESSION).agency("GP")

    mine = [an_action("A1", owner=f"{agency.name}: Named GP"), an_action("A2", owner=f"{agency.name}: x", rag=RAG[0])]
    assert [one.ref for one in open_of(agency, [*mine, an_action("A3", owner="Police: Inspector")])] == ["A1"]


def test_before_sign_off_there_is_nothing_to_follow_up(drafted):
    with drafted.on(REVIEW) as kit, pytest.raises(UsageProblem, match="not signed off"):
        process.follow_up(kit, SESSION)


def test_a_workbook_that_is_away_is_told_and_nothing_is_written(plan):
    (plan.outbox / BOOK).unlink()

    with plan.on(REVIEW) as kit, pytest.raises(AuditKitError, match="not in its place"):
        process.follow_up(kit, SESSION)

    assert plan.in_outbox("reports/*review*") == []


def test_a_workbook_without_its_headings_is_told(plan):
    path = plan.outbox / BOOK
    book = openpyxl.load_workbook(path)
    book["Action plan"].cell(3, COLUMN["rag"]).value = "Colour"
    book.save(path)

    with plan.on(REVIEW) as kit, pytest.raises(AuditKitError, match="headings are not found"):
        process.follow_up(kit, SESSION)


def test_a_name_that_somebody_typed_into_the_plan_holds_the_review_back(plan):
    path = plan.outbox / BOOK
    first = openpyxl.load_workbook(path)["Action plan"].cell(4, 1).value
    path.write_bytes(typed(path.read_bytes(), {first: {"owner": CHILD, "rag": RAG[0]}}))

    follow_up(plan)

    assert plan.in_outbox("reports/*review*") == []


def test_that_the_plan_was_followed_up_stands_in_the_journal(plan):
    follow_up(plan)

    with plan.on(REVIEW) as kit:
        (event,) = (event for event in kit.journal.events(SESSION) if event.kind is EventKind.PLAN_REVIEWED)
        assert kit.vault.note(event.note) == "for the committee in April"
    assert event.code("actions on the plan").isdigit()
    assert event.by
