"""There will be an obligation on all agencies to review their involvement with the case. No audit should be
completed by the case holder or the line manager with casework responsibility.

Whichever return came first.
"""

from __future__ import annotations

import email
import json
from email import policy
from pathlib import Path

from mini import RETURNED, SESSION, Mini

from audit_kit import process
from audit_kit.acts.cross_checks import Said
from audit_kit.demo.faults import nil_return
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState
from audit_kit.stages.likeness import Sketch
from audit_kit.stages.reconcile import ContactTold

TOLD = {"chronology.1.shared_with": "Health visitor"}


def a_nil(mini: Mini) -> bytes:
    good = mini.good("H1", "HVSN")
    return mini.returned("H1", "HVSN", {**dict.fromkeys(good), **nil_return(good)})


def without_contact(mini: Mini) -> dict[str, str | None]:
    """The GP's good return with nothing in it about health visiting, which would tell of contact too."""
    fields = ("shared_with", "received_from", "shared_how", "event", "response")
    rows = (ref for ref in mini.good("H1", "GP") if ref.startswith("chronology.") and ref.endswith(fields))
    return {ref: "Weight and heights looked at." if ref.endswith(".event") else None for ref in rows}


def text_of(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    return message.get_body(("plain",)).get_content()


# --- involvement --------------------------------------------------------------------------------------------


def test_a_nil_return_that_a_later_chronology_contradicts_is_raised_with_both(mini):
    mini.drop("a.xlsx", a_nil(mini))
    mini.run()
    assert mini.progress("H1", "HVSN").state is AuditState.NO_INVOLVEMENT
    mini.drop("b.xlsx", mini.returned("H1", "GP", {**without_contact(mini), **TOLD}))

    done = mini.run()

    assert mini.progress("H1", "HVSN").flags == ("V07",)
    assert mini.in_outbox("**/*contact-told-by-GP.eml") == [
        f"agencies/GP/{SESSION}_H1_HVSN_r1_contact-told-by-GP.eml",
        f"agencies/HVSN/{SESSION}_H1_HVSN_r1_contact-told-by-GP.eml",
        f"team/{SESSION}_H1_HVSN_r1_contact-told-by-GP.eml",
    ]
    assert any("tells of contact" in sentence for sentence in done.sentences)
    assert "Another agency tells of contact (V07)" in (mini.outbox / "status.html").read_text(encoding="utf-8")


def test_and_a_nil_return_that_an_earlier_one_contradicts_goes_to_the_reviewer(mini):
    mini.drop("b.xlsx", mini.returned("H1", "GP", {**without_contact(mini), **TOLD}))
    mini.run()
    mini.drop("a.xlsx", a_nil(mini))
    mini.run()

    nil = mini.progress("H1", "HVSN")

    assert nil.state is AuditState.WITH_REVIEWER
    assert "V07" in nil.flags


def test_a_nil_return_that_nobody_contradicts_needs_no_reviewer(mini):
    mini.drop("b.xlsx", mini.returned("H1", "GP", without_contact(mini)))
    mini.run()
    mini.drop("a.xlsx", a_nil(mini))
    mini.run()

    nil = mini.progress("H1", "HVSN")

    assert nil.state is AuditState.NO_INVOLVEMENT
    assert "V07" not in nil.flags
    assert mini.in_outbox("**/*contact-told-by*") == []


# --- independence -------------------------------------------------------------------------------------------


def test_an_auditor_whom_a_later_return_names_as_a_worker_is_raised_with_the_board_manager(mini):
    mini.drop("a.xlsx", mini.returned("H1", "HVSN", {"auditor.name.answer": "Elizabeth Marchbanks"}))
    mini.run()
    mini.drop("b.xlsx", mini.returned("H1", "GP", {"case_holder.name.answer": "Marchbanks, Liz"}))
    mini.run()

    assert "V11" in mini.progress("H1", "HVSN").flags
    draft = text_of(mini.outbox / f"team/{SESSION}_H1_HVSN_r1_independence_GP.eml")
    assert "the auditor is named as case holder in the return of GP for this case" in draft
    assert "Marchbanks" not in draft


def test_and_one_whom_an_earlier_return_names_is_sent_back(mini):
    mini.drop("b.xlsx", mini.returned("H1", "GP", {"case_holder.name.answer": "Marchbanks, Liz"}))
    mini.run()
    mini.drop("a.xlsx", mini.returned("H1", "HVSN", {"auditor.name.answer": "Elizabeth Marchbanks"}))
    mini.run()

    sent_back = mini.progress("H1", "HVSN")

    assert sent_back.state is AuditState.SENT_BACK
    assert "V11" in sent_back.rules


def test_a_declared_conflict_reaches_the_board_manager_with_what_was_done_about_it(mini):
    said = "I line-managed the worker until May 2026; my deputy read the file and agreed each grade."
    mini.drop("a.xlsx", mini.returned("H1", "HVSN", {"declaration.b.answer": "No", "conflict.what.answer": said}))
    mini.run()

    draft = text_of(mini.outbox / f"team/{SESSION}_H1_HVSN_r1_independence.eml")

    assert "the auditor declares a conflict" in draft
    assert "my deputy read the file and agreed each grade" in " ".join(draft.split())


# --- risk in the wrong sheet ---------------------------------------------------------------------------------


def test_a_concern_typed_into_the_wrong_sheet_reaches_the_board_manager_at_once(mini):
    mini.drop(
        "a.xlsx", mini.returned("H1", "HVSN", {"voice.how.answer": "Reading this I think the baby is not safe now."})
    )

    done = mini.run()

    draft = text_of(mini.outbox / f"urgent/{SESSION}_H1_HVSN_r1_words-of-risk.eml")
    assert "question 7.2" in draft
    assert "baby" not in draft
    assert any(sentence.startswith("URGENT") for sentence in done.sentences)
    assert "V00" in mini.progress("H1", "HVSN").flags


# --- copied text --------------------------------------------------------------------------------------------


def test_text_copied_from_one_case_to_another_is_pointed_out(mini):
    copied = {"N1.evidence": mini.good("H1", "HVSN")["N1.evidence"]}
    mini.drop("a.xlsx", mini.returned("H1", "HVSN"))
    mini.run()
    mini.drop("b.xlsx", mini.returned("H2", "HVSN", copied))
    mini.run()

    assert "V20" in mini.progress("H2", "HVSN").flags
    assert "V20" not in mini.progress("H1", "HVSN").flags


# --- history ------------------------------------------------------------------------------------------------


def test_every_round_can_be_told_with_who_decided_what_and_why(mini):
    mini.drop("a.xlsx", mini.returned("H1", "HVSN", {"N1.evidence": None}))
    mini.run()
    mini.drop("b.xlsx", mini.returned("H1", "HVSN", round_number=2))
    mini.run()
    with mini.on(RETURNED) as kit:
        audit = AuditRef(SESSION, "H1", "HVSN")
        if kit.progress(SESSION)[audit].state is AuditState.WITH_REVIEWER:
            process.send_back(kit, audit, "Please say what changed.", ("voice.changed.answer",))
        lines = process.history_of(kit, audit)

    assert [(line.round, line.what) for line in lines if line.rules] == [(2, "sent back"), (3, "sent back")]
    assert lines[-1].why == "Please say what changed."
    assert next(line for line in lines if line.rules).rules == ("V14",)
    assert all(line.by for line in lines)
    assert json.dumps([line.in_words() for line in lines])
    assert EventKind.ISSUED.value in [line.what for line in lines]


# --- what is kept for comparing -----------------------------------------------------------------------------


def test_what_is_kept_for_comparing_goes_with_the_case(mini):
    mini.drop("a.xlsx", mini.returned("H1", "GP", TOLD))
    mini.run()
    kept = mini.store / "said" / SESSION / "H1.age"
    assert kept.exists()

    with mini.on(RETURNED) as kit:
        kit.vault.destroy_case(f"{SESSION}/H1")

    assert not kept.exists()


def test_what_an_earlier_version_kept_apart_still_counts(mini):
    mini.drop("b.xlsx", mini.returned("H1", "GP", {**without_contact(mini), **TOLD}))
    mini.run()
    with mini.on(RETURNED) as kit:
        said = kit.vault.get(f"said/{SESSION}/H1", Said)
        kit.vault.put(f"sketches/{SESSION}/H1", said.sketches, tuple[Sketch, ...])
        kit.vault.put(f"contacts/{SESSION}/H1", said.contacts, tuple[ContactTold, ...])
        kit.vault.remove(f"said/{SESSION}/H1")
    mini.drop("a.xlsx", a_nil(mini))
    mini.run()

    assert mini.progress("H1", "HVSN").state is AuditState.WITH_REVIEWER
