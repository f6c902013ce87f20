"""The CHSCB Team will be responsible for notifying agencies of cases to be audited and there will be an obligation on all
agencies to review their involvement with the case within a defined time period.

Letter, identity slip and a form of two minutes: who is meant stands in the slip alone, which opens with the agency's own
password; and what the form says counts once.
"""

from __future__ import annotations

import email
import io
from email import policy

import pytest
from docx import Document
from everywhere import places_with
from mini import ANSWERED, CHILD, CODES, PLANNED, RETURNED, SESSION, Mini

from audit_kit import process
from audit_kit.acts.involvement import form_for
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.demo.agencies import typed_into
from audit_kit.domain.scales import NEVER_KNOWN
from audit_kit.domain.states import AuditState
from audit_kit.domain.working_days import add_working_days
from audit_kit.office.document import text_of
from audit_kit.office.protect import unprotect


@pytest.fixture(scope="module")
def slips(audited: Mini) -> dict[str, bytes]:
    """The protected identity slip of each agency."""
    return {
        code: (audited.outbox / f"agencies/{code}/restricted/{SESSION}_{code}_identity-slip.docx").read_bytes()
        for code in CODES
    }


@pytest.fixture(scope="module")
def passwords(audited: Mini) -> dict[str, str]:
    with audited.on(RETURNED) as kit:
        return {whose: password_for(kit, SESSION, whose) for whose in (*CODES, TEAM)}


def involvement(mini: Mini, agency: str, **known: str) -> bytes:
    """The form as the agency answers it: case → whether it knew the family."""
    with mini.on(RETURNED) as kit:
        form = form_for(kit.session(SESSION), agency)
    sent = (mini.outbox / f"agencies/{agency}/{SESSION}_{agency}_involvement.xlsx").read_bytes()
    return typed_into(
        sent, form, {"concern.any.answer": "No", **{f"known.{case}.known": said for case, said in known.items()}}
    )


# --- who is meant ------------------------------------------------------------------------------------------------


def test_no_letter_form_or_draft_says_who_the_families_are(audited):
    assert places_with(CHILD.split(), audited.outbox / "agencies") == []


def test_each_slip_opens_with_its_agencys_own_password_and_with_no_other(slips, passwords):
    for code, slip in slips.items():
        opened = {whose for whose, password in passwords.items() if unprotect(slip, password) is not None}
        assert opened == {code}
    assert len(set(passwords.values())) == len(passwords)


def test_the_slip_names_the_child_by_the_reference_of_the_letter_and_no_theme(slips, passwords):
    slip = unprotect(slips["GP"], passwords["GP"])
    assert slip is not None

    document = Document(io.BytesIO(slip))
    words = text_of(document.element.body)
    assert CHILD in words and "Case H1" in words
    assert "neglect" not in words.casefold()


def test_the_slip_has_a_draft_of_its_own_whose_subject_says_nothing(audited):
    draft = email.message_from_bytes(
        (audited.outbox / f"agencies/GP/restricted/{SESSION}_GP_identity-slip.eml").read_bytes(),
        policy=policy.default,
    )

    assert draft["Subject"] == f"{SESSION} GP – separate file"
    assert [part.get_filename() for part in draft.walk() if part.get_filename()] == [f"{SESSION}_GP_identity-slip.docx"]


def test_each_showing_of_a_password_is_journalled_with_the_account(mini):
    with mini.on(RETURNED) as kit:
        process.show_password(kit, SESSION, "GP")
        shown = [event for event in kit.journal.events() if event.kind.value == "password shown"]

    assert [(event.session, event.agency, bool(event.by)) for event in shown] == [(SESSION, "GP", True)]


# --- within a defined time -----------------------------------------------------------------------------------------


def test_an_agency_has_five_working_days_for_the_involvement_form(audited):
    with audited.on(RETURNED) as kit:
        session, days = kit.session(SESSION), kit.config.calendar.involvement_days

    assert days == 5
    assert session.dates.involvement_due == add_working_days(PLANNED, days, ())
    letter = Document(str(audited.outbox / f"agencies/GP/{SESSION}_GP_notification.docx"))
    assert "by Thursday 8 October 2026" in text_of(letter.element.body)


# --- what the form says --------------------------------------------------------------------------------------------


def test_an_answer_that_comes_when_the_tool_is_out_is_not_lost_silently(mini):
    with mini.on(ANSWERED) as kit:
        before = {audit.case for audit, one in kit.progress(SESSION).items() if one.state is AuditState.AWAITED}
    assert before == {"H1", "H2", "C1"}

    mini.drop("late.xlsx", involvement(mini, "GP", H1=NEVER_KNOWN))
    done = mini.run()

    assert mini.progress("H1", "GP").state is AuditState.AWAITED
    assert any("H1" in sentence and "tool is out" in sentence for sentence in done.sentences)


def test_a_form_that_says_the_same_again_changes_nothing_and_asks_nobody(mini):
    mini.drop("again.xlsx", involvement(mini, "GP", H1="Yes", H2="Yes", C1="Yes"))
    done = mini.run()

    assert not any("tool is out" in sentence for sentence in done.sentences)
    assert mini.progress("H1", "GP").state is AuditState.AWAITED


def test_a_form_of_an_agency_that_was_never_asked_is_set_aside_in_words(mini):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(involvement(mini, "GP", H1="Yes")))
    book.custom_doc_props["audit_kit_agency"].value = "NHS"
    book.defined_names["audit_kit_agency"].attr_text = '"NHS"'
    book.save(mini.inbox / "stranger.xlsx")

    done = mini.run()

    assert any("names no agency or session that was asked" in sentence for sentence in done.sentences)
