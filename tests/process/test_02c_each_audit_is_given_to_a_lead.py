"""Each audit will be given to a lead in the agency to complete or allocate.

To whom it was given is recorded when the agency says so, on its involvement form or by telephone. The name is sealed.
"""

from __future__ import annotations

import email
from datetime import date
from email import policy

import pytest
from everywhere import places_with
from mini import ANSWERED, RETURNED, SESSION, Mini, good_answers
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.case_names import roster_kept
from audit_kit.acts.involvement import form_for
from audit_kit.demo import agencies
from audit_kit.domain.references import AuditRef
from audit_kit.errors import UsageProblem

AUDIT = AuditRef(SESSION, "H1", "GP")
AUDITOR = "Philippa Thistlewood-Grange"  # unmistakable: no other text in the project holds it


def auditors(mini: Mini) -> list[tuple[str, str]]:
    with mini.on(RETURNED) as kit:
        return [
            (one.name, one.role)
            for one in roster_kept(kit, SESSION, "H1")
            if one.part == "auditor" and one.agency == "GP"
        ]


def allocate(mini: Mini, name: str = AUDITOR, audit: AuditRef = AUDIT, role: str = "Named GP") -> str:
    with mini.on(RETURNED) as kit:
        said = process.allocate(kit, audit, name, role, "The practice manager rang.")
        process.write_overview(kit)
        return said


def test_it_is_recorded_before_the_return_and_the_name_is_sealed(mini):
    said = allocate(mini)

    assert said == f"{AUDIT} is allocated; the name is sealed."
    assert auditors(mini) == [(AUDITOR, "Named GP")]
    assert places_with((*AUDITOR.split(), "Thistlewood"), mini.folder) == []


def test_the_involvement_form_asks_for_it(mini):
    with mini.on(ANSWERED) as kit:
        session = kit.session(SESSION)
        sent = (mini.outbox / f"agencies/GP/{SESSION}_GP_involvement.xlsx").read_bytes()
        said = {
            "concern.any.answer": "No",
            "known.H1.known": "Yes",
            "known.H1.auditor": AUDITOR,
            "known.H1.auditor_role": "Named GP",
        }
        mini.drop("again.xlsx", agencies.typed_into(sent, form_for(session, "GP"), said))

    mini.run(ANSWERED)

    assert auditors(mini) == [(AUDITOR, "Named GP")]
    with mini.on(RETURNED) as kit:
        assert kit.progress(SESSION)[AUDIT].allocated
        assert not kit.progress(SESSION)[AuditRef(SESSION, "H2", "GP")].allocated


def test_a_form_that_comes_again_after_the_return_leaves_the_others_whom_it_named(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    mini.run(RETURNED)
    with mini.on(RETURNED) as kit:
        before = {one for one in roster_kept(kit, SESSION, "H1") if one.part != "auditor"}
    assert before

    test_the_involvement_form_asks_for_it(mini)

    with mini.on(RETURNED) as kit:
        assert {one for one in roster_kept(kit, SESSION, "H1") if one.part != "auditor"} == before


def test_it_shows_in_the_tracker_and_the_history_as_known(mini):
    allocate(mini)

    tracker = load_workbook(mini.outbox / "tracker.xlsx")
    known = {row[0]: row[2] for row in tracker["Audits"].iter_rows(min_row=5, values_only=True)}
    assert (known[str(AUDIT)], known[f"{SESSION}/H2/GP"]) == ("Known", None)
    with mini.on(RETURNED) as kit:
        last = process.history_of(kit, AUDIT)[-1]
    assert (last.what, last.why) == ("allocated to an auditor", "The practice manager rang.")


def test_the_same_allocation_is_recorded_once_and_another_takes_its_place(mini):
    allocate(mini)

    assert allocate(mini) == f"{AUDIT} was allocated to this person before. Nothing was changed."
    allocate(mini, "Cornelius Applegarth")
    assert auditors(mini) == [("Cornelius Applegarth", "Named GP")]


def test_somebody_with_a_part_in_the_casework_is_put_before_the_board_manager_at_once(mini):
    with mini.on(RETURNED) as kit:
        case_holder = good_answers(kit, "H1", "HVSN")["case_holder.name.answer"]
    mini.drop("return.xlsx", mini.returned("H1", "HVSN"))
    mini.run(RETURNED)

    said = allocate(mini, case_holder)

    assert "The independence of the auditor of" in said
    (path,) = mini.outbox.glob("team/*_H1_GP_r1_independence_allocation.eml")
    text = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
    assert "allocated to somebody who is named as case holder" in " ".join(text.split())
    with mini.on(RETURNED) as kit:
        assert "V11" in kit.progress(SESSION)[AUDIT].flags


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_is_nobody(mini, name):
    with pytest.raises(UsageProblem, match="allocated to somebody"):
        allocate(mini, name)


def test_what_awaits_nothing_is_not_allocated(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP"))
    mini.run(RETURNED)

    with pytest.raises(UsageProblem, match="it is with the reviewer"):
        allocate(mini)


def test_a_reminder_says_of_which_audits_nobody_is_known_to_do_them(mini):
    allocate(mini)

    mini.run(date(2026, 11, 10))

    (path,) = mini.outbox.glob("agencies/GP/*_reminder_*.eml")
    text = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
    lines = [line.strip() for line in text.splitlines() if "audit tool" in line]
    assert [line.endswith("we have not heard who does it") for line in lines] == [False, True, True]
