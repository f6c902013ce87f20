"""Each audit will be given to a lead in the agency to complete or allocate. On completion, the audits will be
quality assured by the LSCB and returned if they are not sufficiently robust, or comprehensive."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from io import BytesIO

import pytest
from mini import RETURNED, SESSION, words_in_document
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from audit_kit import process
from audit_kit.demo import agencies
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.states import AuditState
from audit_kit.errors import UsageProblem
from audit_kit.office.forms import read_answers, tool_identity
from audit_kit.office.safe_read import read_safely


def kinds(mini) -> list[str]:
    with mini.on(RETURNED) as kit:
        return [event.kind.value for event in kit.journal.events()]


def test_a_good_return_goes_to_the_reviewer_and_leaves_the_inbox(mini):
    mini.drop("whatever it is called.xlsx", mini.returned("H1", "GP"))

    mini.run()

    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert [path.name for path in mini.inbox.iterdir() if path.name not in ("README.md", ".audit-kit-inbox")] == []


def test_an_incomplete_return_is_sent_back_with_everything_in_one_letter(mini):
    missing = {"N3.evidence": None, "N7.together": None, "voice.child.answer": None}
    mini.drop("return.xlsx", mini.returned("H1", "GP", missing))

    mini.run()

    letter = words_in_document(mini.outbox / f"agencies/GP/{SESSION}_H1_GP_r2_letter.docx")
    assert mini.progress("H1", "GP").state is AuditState.SENT_BACK
    assert "add evidence for your grade in question N3" in letter
    assert "choose one grade for working together in question N7" in letter
    assert "answer question 7.1" in letter


def test_the_copy_that_goes_back_keeps_their_answers_for_the_next_round(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N3.evidence": None}))

    mini.run()

    book = read_safely((mini.outbox / f"agencies/GP/{SESSION}_H1_GP_r2.xlsx").read_bytes())
    answers = read_answers(book, mini.tool("H1", "GP")).answers
    assert tool_identity(book).round == 2
    assert answers["N1.ours"] == mini.good("H1", "GP")["N1.ours"]
    assert "N3.evidence" not in answers


def test_what_was_sent_back_is_answered_in_the_next_round(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N3.evidence": None}))
    mini.run()

    mini.drop("return again.xlsx", mini.returned("H1", "GP", round_number=2))
    mini.run()

    assert (mini.progress("H1", "GP").state, mini.progress("H1", "GP").round) == (AuditState.WITH_REVIEWER, 2)


def test_a_tool_that_comes_back_blank_is_returned_with_one_sentence_and_can_still_be_filled_in(mini):
    blank = mini.returned("H1", "GP", dict.fromkeys(mini.good("H1", "GP")))
    mini.drop("return.xlsx", blank)

    done = mini.run()

    draft = message_from_bytes(
        (mini.outbox / f"agencies/GP/{SESSION}_H1_GP_r1_not-filled-in.eml").read_bytes(), policy=default
    )
    assert "nothing has been filled in" in draft.get_body().get_content()
    assert tool_identity(read_safely(next(draft.iter_attachments()).get_content())).round == 1
    assert mini.in_outbox("agencies/GP/*_H1_*letter.docx") == []
    assert mini.in_outbox("team/set-aside_*") == []
    assert f"{SESSION}/H1/GP: sent back, nothing has been filled in." in done.sentences
    assert (mini.progress("H1", "GP").state, mini.progress("H1", "GP").round) == (AuditState.SENT_BACK, 1)
    assert mini.progress("H1", "GP").rules == ("V05",)

    mini.drop("the one that was filled in.xlsx", mini.returned("H1", "GP"))
    mini.run()

    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER


def test_characters_that_are_taken_out_of_a_text_are_recorded_by_place_and_told(mini):
    book = load_workbook(BytesIO(mini.returned("H1", "GP")))
    row, column = next(
        (cell.row, cell.column) for line in book["Questions"] for cell in line
        if cell.value == mini.good("H1", "GP")["N1.why"]
    )  # fmt: skip
    book["Questions"].cell(row, column).value += " said\x8dtwice _x0007_over"
    saved = BytesIO()
    book.save(saved)
    mini.drop("return.xlsx", saved.getvalue())

    done = mini.run()

    with mini.on(RETURNED) as kit:
        (event,) = [event for event in kit.journal.events() if event.kind is EventKind.CLEANED]
        flags = kit.progress(SESSION)[AuditRef(SESSION, "H1", "GP")].flags
        kept = kit.vault.get(f"returns/{SESSION}_H1_GP_r1", AnonymisedReturn).answer("N1.why")
    place = f"sheet {book.sheetnames.index('Questions') + 1}, cell {get_column_letter(column)}{row}"
    assert (event.code("texts"), event.code("characters"), event.code("places")) == ("1", "2", place)
    assert any(f"were taken out of one text: {place}" in sentence for sentence in done.sentences)
    assert "V31" in flags
    assert kept.endswith(" saidtwice over")


def test_the_same_file_twice_is_one_return(mini):
    data = mini.returned("H1", "GP")
    mini.drop("a.xlsx", data)
    mini.drop("a - Copy.xlsx", data)
    mini.run()

    mini.drop("sent once more.xlsx", data)
    mini.run()

    assert kinds(mini).count("with the reviewer") == 1
    assert kinds(mini).count("duplicate") == 2


def test_the_same_answers_saved_by_another_program_are_one_return(mini):
    data = mini.returned("H1", "GP")
    mini.drop("a.xlsx", data)
    mini.run()

    mini.drop("b.xlsx", agencies.saved_again(data))
    mini.run()

    assert kinds(mini).count("with the reviewer") == 1
    assert kinds(mini).count("duplicate") == 1


def test_a_tool_that_names_two_audits_is_filed_under_neither(mini):
    mini.drop("return.xlsx", agencies.with_other_reference(mini.returned("H1", "GP"), "/H1/", "/H2/"))

    done = mini.run()

    assert done.for_a_person == 1
    assert {mini.progress(case, "GP").state for case in ("H1", "H2")} == {AuditState.AWAITED}
    assert len(mini.in_outbox("team/set-aside_*.docx")) == 1


@pytest.mark.parametrize(
    ("case_of_the_code", "said"),
    [
        ("H2", "its check code is not the one that was issued"),
        ("", "the check code that every tool is issued with is gone"),
    ],
)
def test_a_tool_whose_reference_was_changed_everywhere_goes_to_a_person(mini, case_of_the_code, said):
    data = mini.returned("H1", "GP", code_of=case_of_the_code)
    mini.drop("return.xlsx", data)

    mini.run()

    notes = [words_in_document(path) for path in (mini.outbox / "team").glob("set-aside_*.docx")]
    assert any(said in note for note in notes)
    assert mini.progress("H1", "GP").state is AuditState.AWAITED


def test_an_answer_to_an_earlier_round_is_kept_but_not_used(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N3.evidence": None}))
    mini.run()

    mini.drop(
        "old copy.xlsx", mini.returned("H1", "GP", {"N3.evidence": None, "N1.why": "because of what was recorded"})
    )
    mini.run()

    assert mini.progress("H1", "GP").state is AuditState.SENT_BACK
    assert kinds(mini).count("could not be matched") == 1


def test_a_nil_return_is_a_full_answer(mini):
    signed = {
        ref: text
        for ref, text in mini.good("H1", "GP").items()
        if ref.endswith(("auditor.name.answer", "auditor.role.answer", "lead.name.answer"))
    }
    nothing = dict.fromkeys(mini.good("H1", "GP"))
    nil = {**nothing, **signed, "concern.any.answer": "No", "involvement.known.answer": "No – never known to us"}

    mini.drop("nil.xlsx", mini.returned("H1", "GP", nil))
    mini.run()

    assert mini.progress("H1", "GP").state is AuditState.NO_INVOLVEMENT


def test_a_concern_in_an_incomplete_return_goes_out_before_it_is_sent_back(mini):
    at_risk = {
        "concern.any.answer": "Yes",
        "concern.what.answer": "hurt today",
        "concern.safe_now.answer": "No",
        "N3.evidence": None,
    }
    mini.drop("return.xlsx", mini.returned("H1", "GP", at_risk))

    mini.run()

    happened = kinds(mini)
    assert happened.index("concern raised") < happened.index("sent back")
    assert len(mini.in_outbox("urgent/*_H1_GP_*.docx")) == 2
    assert len(mini.in_outbox("urgent/*_H1_GP_*.eml")) == 2


def test_a_concern_goes_out_even_when_the_audit_cannot_be_matched(mini):
    at_risk = mini.returned("H1", "GP", {"concern.any.answer": "Yes"})
    mini.drop("return.xlsx", agencies.with_other_reference(at_risk, "/H1/", "/H2/"))

    mini.run()

    assert "concern raised" in kinds(mini)
    assert len(mini.in_outbox("urgent/unknown_*board-manager.eml")) == 1


def test_a_concern_goes_out_even_when_its_template_is_broken(mini):
    (mini.folder / "templates" / "escalation_notice.docx").write_bytes(b"no longer a document")
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "Yes"}))

    mini.run()

    assert "concern raised" in kinds(mini)
    assert len(mini.in_outbox("urgent/*.eml")) == 2


def test_the_same_concern_is_raised_once(mini):
    data = mini.returned("H1", "GP", {"concern.any.answer": "Yes"})
    mini.drop("a.xlsx", data)
    mini.run()
    mini.drop("b.xlsx", data)
    mini.run()

    assert kinds(mini).count("concern raised") == 1


def test_a_file_that_cannot_be_read_is_told_at_once_and_kept(mini):
    mini.drop("Zebedee.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(5000))

    done = mini.run()

    assert "could not be read" in kinds(mini)
    assert len(mini.in_outbox("urgent/unknown_*.eml")) == 1
    assert len(list(mini.store.glob("originals/intake/*.age"))) == 1
    assert not any("Zebedee" in sentence for sentence in done.sentences)


def test_one_bad_file_never_holds_up_the_rest(mini):
    mini.drop("a bad one.xlsx", b"PK\x03\x04" + bytes(3000))
    mini.drop("another.xlsx", b"%PDF-1.7 nothing")
    mini.drop("good.xlsx", mini.returned("H1", "GP"))

    mini.run()

    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER


def test_a_fault_of_the_kit_itself_lets_the_file_wait_and_goes_on(mini, monkeypatch):
    from audit_kit.acts import returns

    def fails(*_):
        raise ZeroDivisionError("text of an answer")

    monkeypatch.setattr(returns, "roster_of", fails)
    mini.drop("return.xlsx", mini.returned("H1", "GP"))

    done = mini.run()

    assert any("fault of its own" in sentence for sentence in done.sentences)
    assert not any("text of an answer" in sentence for sentence in done.sentences)
    assert len(list(mini.store.glob("faults/*.age"))) == 1
    assert mini.progress("H1", "GP").state is AuditState.AWAITED
    assert len(mini.in_outbox("team/waits_*.docx")) == 1

    monkeypatch.undo()
    mini.run()
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert mini.in_outbox("team/waits_*.docx") == []


def test_after_three_runs_in_which_the_kit_met_a_fault_of_its_own_a_person_looks_and_can_have_it_tried_again(
    mini, monkeypatch
):
    from audit_kit.acts import returns

    data = mini.returned("H1", "GP")
    mini.drop("return.xlsx", data)
    with monkeypatch.context() as broken:
        broken.setattr(returns, "roster_of", lambda *_: 1 / 0)
        said = [" ".join(mini.run().sentences) for _ in range(4)]
    assert ["Waits (" in one for one in said] == [True, True, False, False]
    assert ["Set aside (" in one for one in said] == [False, False, True, False]

    mini.drop("return.xlsx", data)
    mini.run()
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER


def test_a_return_that_a_broken_template_holds_up_waits_and_is_taken_up_by_itself(mini):
    letter = mini.folder / "templates" / "send_back_letter.docx"
    good = letter.read_bytes()
    letter.write_bytes(b"PK\x03\x04broken")
    mini.drop("return.xlsx", mini.returned("H2", "GP", {"N1.evidence": None}))

    done = mini.run()
    assert [
        sentence
        for sentence in done.sentences
        if "send_back_letter.docx" in sentence and "it need not be sent again" in sentence
    ]
    assert not any("Reminder" in sentence and "GP (H1, H2" in sentence for sentence in done.sentences)
    assert mini.progress("H2", "GP").state is AuditState.AWAITED
    (note,) = mini.in_outbox("team/waits_*.docx")
    assert "send_back_letter.docx" in words_in_document(mini.outbox / note)

    mini.run()
    assert kinds(mini).count("waits for something on our side") == 1  # told at every run, noted once

    letter.write_bytes(good)
    mini.run()
    assert mini.progress("H2", "GP").state is AuditState.SENT_BACK
    assert mini.in_outbox("team/waits_*.docx") == []


def test_the_service_tries_it_again_once_a_template_has_changed(mini):
    letter = mini.folder / "templates" / "send_back_letter.docx"
    good = letter.read_bytes()
    letter.write_bytes(b"PK\x03\x04broken")
    mini.drop("return.xlsx", mini.returned("H2", "GP", {"N1.evidence": None}))

    with mini.on(RETURNED) as kit:
        first, second = (process.work_through_inbox(kit, lambda seconds: None) for _ in range(2))
        assert [sum("Waits (" in sentence for sentence in done.sentences) for done in (first, second)] == [1, 0]
        letter.write_bytes(good)
        process.work_through_inbox(kit, lambda seconds: None)

    assert mini.progress("H2", "GP").state is AuditState.SENT_BACK


def test_a_concern_goes_out_of_a_return_that_is_held_up(mini):
    (mini.folder / "templates" / "send_back_letter.docx").write_bytes(b"PK\x03\x04broken")
    mini.drop("return.xlsx", mini.returned("H2", "GP", {"N1.evidence": None, "concern.any.answer": "Yes"}))

    mini.run()
    mini.run()

    assert kinds(mini).count("concern raised") == 1


def test_an_agency_whose_return_waits_for_us_is_not_chased(mini):
    (mini.folder / "templates" / "send_back_letter.docx").write_bytes(b"PK\x03\x04broken")
    for case in ("H1", "H2", "C1"):
        mini.drop(f"{case}.xlsx", mini.returned(case, "GP", {"N1.evidence": None}))

    done = mini.run()

    reminded = [sentence for sentence in done.sentences if sentence.startswith("Reminder")]
    assert len(reminded) == 1 and "HVSN" in reminded[0]


def test_what_was_set_aside_is_tried_again_when_it_is_dropped_again(mini):
    data = mini.returned("H1", "GP", code_of="H2")
    for _ in range(3):
        mini.drop("return.xlsx", data)
        said = mini.run().sentences
        assert any("Set aside (" in sentence for sentence in said)

    with mini.on(RETURNED) as kit:
        (item,) = [event.item for event in kit.journal.events() if event.kind is EventKind.RECEIVED][-1:]
        assert kit.journal.item(item).turn == 2


def test_but_not_what_can_not_be_read_whatever_is_done_about_it(mini):
    for _ in range(2):
        mini.drop("return.xlsx", b"%PDF-1.7" + bytes(2000))
        said = mini.run().sentences

    assert any("nothing is done twice" in sentence for sentence in said)
    assert kinds(mini).count("could not be read") == 1


def test_an_accepted_return_is_on_file_with_a_receipt(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    mini.run()

    with mini.on(RETURNED) as kit:
        process.accept(kit, AuditRef(SESSION, "H1", "GP"))

    assert mini.in_outbox("on-file/H1/*") == [f"on-file/H1/{SESSION}_H1_GP_r1.xlsx"]
    assert len(mini.in_outbox("agencies/GP/*_receipt.*")) == 2


def test_what_was_accepted_is_not_overwritten_by_another_file(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    mini.run()
    with mini.on(RETURNED) as kit:
        process.accept(kit, AuditRef(SESSION, "H1", "GP"))

    mini.drop("better.xlsx", mini.returned("H1", "GP", {"N1.why": "on reflection, another reason altogether"}))
    done = mini.run()

    assert mini.progress("H1", "GP").state is AuditState.ACCEPTED
    assert any("audit-kit use-version 2026-A2-NEG/H1/GP" in sentence for sentence in done.sentences)


def test_decisions_that_the_state_does_not_allow_are_refused_in_words(mini):
    with mini.on(RETURNED) as kit, pytest.raises(UsageProblem) as problem:
        process.accept(kit, AuditRef(SESSION, "H1", "GP"))

    assert "can't be accepted: it is awaited" in str(problem.value)


def test_more_time_moves_the_deadline_and_is_no_lateness(mini):
    with mini.on(RETURNED) as kit:
        audit = AuditRef(SESSION, "H1", "GP")
        assert kit.progress(SESSION)[audit].is_late(RETURNED)

        process.extend(kit, audit, RETURNED.replace(day=20), "the auditor was ill")

        assert not kit.progress(SESSION)[audit].is_late(RETURNED)


def test_a_reopened_audit_is_with_the_reviewer_again(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    mini.run()
    with mini.on(RETURNED) as kit:
        audit = AuditRef(SESSION, "H1", "GP")
        process.accept(kit, audit)
        process.reopen(kit, audit, "a grade was disputed")

        assert kit.progress(SESSION)[audit].state is AuditState.WITH_REVIEWER
        process.accept(kit, audit)
        assert kit.progress(SESSION)[audit].state is AuditState.ACCEPTED


def test_the_journal_stays_whole(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    mini.run()

    with mini.on(RETURNED) as kit:
        assert kit.journal.broken_at() is None
        assert EventKind.RECEIVED in [event.kind for event in kit.journal.events()]
