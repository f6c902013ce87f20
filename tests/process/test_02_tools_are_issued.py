"""The CHSCB Team will be responsible for notifying agencies of cases to be audited and there will be an
obligation on all agencies to review their involvement with the case within a defined time period."""

from __future__ import annotations

import email

from mini import ANSWERED, CASES, CODES, PLANNED, SESSION

from audit_kit import process
from audit_kit.domain.states import AuditState
from audit_kit.office.document import text_of
from audit_kit.office.forms import tool_identity
from audit_kit.office.protect import is_protected
from audit_kit.office.safe_read import read_safely
from audit_kit.office.word_package import opened


def test_each_agency_gets_a_letter_a_form_and_a_protected_slip_each_with_a_mail_draft(mini):
    for code in CODES:
        assert mini.in_outbox(f"agencies/{code}/*_notification.*") == [
            f"agencies/{code}/{SESSION}_{code}_notification.docx",
            f"agencies/{code}/{SESSION}_{code}_notification.eml",
        ]
        assert mini.in_outbox(f"agencies/{code}/*_involvement.xlsx") == [
            f"agencies/{code}/{SESSION}_{code}_involvement.xlsx"
        ]
        slip = (mini.outbox / f"agencies/{code}/restricted/{SESSION}_{code}_identity-slip.docx").read_bytes()
        assert is_protected(slip)


def test_each_agency_gets_one_tool_for_each_case_named_by_reference_only(mini):
    tools = mini.in_outbox("agencies/*/*_r1.xlsx")

    assert tools == sorted(f"agencies/{code}/{SESSION}_{case}_{code}_r1.xlsx" for code in CODES for case in CASES)


def test_a_tool_says_inside_which_audit_it_is_for(mini):
    tool = (mini.outbox / f"agencies/GP/{SESSION}_H2_GP_r1.xlsx").read_bytes()

    identity = tool_identity(read_safely(tool))

    assert (str(identity.audit), identity.round, identity.disagreements) == (f"{SESSION}/H2/GP", 1, ())


def test_the_review_period_and_the_deadline_are_filled_in(mini):
    tool = read_safely((mini.outbox / f"agencies/GP/{SESSION}_H2_GP_r1.xlsx").read_bytes())

    start = {cell.text for cell in tool.sheets[0].cells.values()}

    assert {"2025-10-01", "2026-09-30", "2026-11-05"} <= start


def test_a_mail_draft_is_unsent_and_carries_the_tool_and_its_deadline(mini):
    draft = email.message_from_bytes((mini.outbox / f"agencies/GP/{SESSION}_H2_GP_r1.eml").read_bytes())

    assert draft["X-Unsent"] == "1"
    assert [part.get_filename() for part in draft.walk() if part.get_filename()] == [
        f"{SESSION}_H2_GP_r1.xlsx",
        f"{SESSION}_H2_GP_r1_deadline.ics",
    ]


def test_notifying_and_issuing_twice_writes_nothing_twice(mini):
    with mini.on(ANSWERED) as kit:
        before = len(kit.journal.events())

        assert process.notify(kit, SESSION) == ()
        assert process.issue(kit, SESSION).tools == 0
        assert len(kit.journal.events()) == before


def test_after_issuing_every_audit_is_awaited_until_the_deadline(mini):
    with mini.on(PLANNED) as kit:
        progress = kit.progress(SESSION).values()

    assert {one.state for one in progress} == {AuditState.AWAITED}
    assert {one.due.isoformat() for one in progress} == {"2026-11-05"}


def test_the_letter_says_that_consent_is_not_needed_and_on_what_basis_the_board_asks(mini):
    """Consent is not required for this activity as it is a quality assurance process."""
    letter = (mini.outbox / f"agencies/GP/{SESSION}_GP_notification.docx").read_bytes()

    words = text_of(opened(letter).element)
    assert "Consent is not needed, because the audit checks whether systems and processes protect children." in words
    assert "section 16H of the Children Act 2004" in words
