"""This information is escalated to the respective agencies for a response and assurance.

Response and assurance are recorded by a short form that lies beside each notice and comes back through the inbox:
the same steps as by command, each once, with what was said kept sealed.
"""

from __future__ import annotations

import email
from datetime import date

import pytest
from everywhere import places_with
from mini import RETURNED, SESSION, Mini
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.demo.agencies import typed_into
from audit_kit.domain.concern_form import AGENCY, BOARD, read_steps, steps_form, told_form
from audit_kit.domain.progress import EventKind, concerns
from audit_kit.domain.references import AuditRef
from audit_kit.domain.scales import CONCERN_KINDS, URGENCIES

AUDIT = AuditRef(SESSION, "H1", "GP")
TODAY = date(2026, 11, 6)
SECRET = "Frobisher"


def raised(mini: Mini) -> str:
    with mini.on(RETURNED) as kit:
        sentence = process.raise_concern(kit, AUDIT, CONCERN_KINDS[0], URGENCIES[1], "told by telephone")
    return sentence.split("(")[1].split(")")[0]


def row(verb: str, **fields: str) -> dict[str, str]:
    """One row as somebody fills it in who forgets nothing."""
    given = {"done": "Yes", "when": "2026-11-06", "who": "Named GP", "said": f"{SECRET} rang the family", "safe": "Yes"}
    return {f"step.{verb}.{name}": text for name, text in (given | fields).items()}


def form_of(mini: Mini, whose: str) -> bytes:
    reader = "head-of-agency" if whose == AGENCY else "board-manager"
    (path,) = mini.outbox.glob(f"urgent/*_{reader}_form.xlsx")
    return path.read_bytes()


def came_back(mini: Mini, whose: str, rows: dict[str, str], name: str = "form.xlsx"):
    mini.drop(name, typed_into(form_of(mini, whose), steps_form(whose), rows))
    return mini.run()


def stands_at(mini: Mini) -> str:
    with mini.on(RETURNED) as kit:
        return concerns(kit.journal.events())[0].state.value


def steps_recorded(mini: Mini) -> list[str]:
    kinds = (
        EventKind.CONCERN_ACKNOWLEDGED,
        EventKind.CONCERN_RESPONDED,
        EventKind.CONCERN_ASSURED,
        EventKind.CONCERN_PASSED_UP,
    )
    with mini.on(RETURNED) as kit:
        return [event.kind.value for event in kit.journal.events() if event.kind in kinds]


# --- the form goes out with the notice ----------------------------------------------------------------------------


def test_each_notice_has_its_form_beside_it_and_in_its_mail_draft(mini):
    raised(mini)

    for reader in ("head-of-agency", "board-manager"):
        (path,) = mini.outbox.glob(f"urgent/*_{reader}.eml")
        attached = [
            part.get_filename() for part in email.message_from_bytes(path.read_bytes()).walk() if part.get_filename()
        ]
        assert [name.rpartition(".")[2] for name in attached] == ["docx", "xlsx"]
        assert (mini.outbox / "urgent" / attached[1]).exists()


def test_only_the_boards_form_can_accept_the_assurance_or_pass_the_concern_up():
    assert [question.ref for question in steps_form(AGENCY).sheets[0].questions] == ["step.acknowledge", "step.respond"]
    assert [question.ref for question in steps_form(BOARD).sheets[0].questions][2:] == ["step.assure", "step.pass-up"]


# --- and is taken when it comes back ------------------------------------------------------------------------------


def test_the_agency_acknowledges_then_answers_and_the_board_is_assured(mini):
    raised(mini)

    came_back(mini, AGENCY, row("acknowledge", safe=""))
    assert stands_at(mini) == "acknowledged"

    came_back(mini, AGENCY, row("acknowledge", safe="") | row("respond"))
    assert stands_at(mini) == "response received"

    came_back(mini, BOARD, row("assure"))
    assert stands_at(mini) == "assurance accepted"
    assert steps_recorded(mini) == ["concern acknowledged", "response received", "assurance accepted"]


def test_an_agency_that_says_at_once_what_it_did_has_acknowledged_as_well(mini):
    raised(mini)

    came_back(mini, AGENCY, row("respond"))

    assert steps_recorded(mini) == ["concern acknowledged", "response received"]


def test_the_board_passes_up_what_is_not_answered(mini):
    raised(mini)

    came_back(mini, BOARD, row("pass-up", said="no answer", safe=""))

    assert stands_at(mini) == "passed up a level"


def test_what_was_said_is_kept_sealed_with_its_step_and_stands_in_no_paper(mini):
    raised(mini)
    came_back(mini, AGENCY, row("respond"))
    with mini.on(RETURNED) as kit:
        process.write_overview(kit)
        (event,) = [event for event in kit.journal.events() if event.kind is EventKind.CONCERN_RESPONDED]
        assert kit.vault.note(event.note) == f"06 Nov 2026, Named GP: {SECRET} rang the family"

    assert places_with((SECRET,), mini.outbox) == []


def test_a_second_form_that_says_the_same_is_told_who_recorded_it_when(mini):
    raised(mini)
    came_back(mini, AGENCY, row("acknowledge"))

    again = came_back(mini, BOARD, row("acknowledge", said="they rang"))

    assert steps_recorded(mini) == ["concern acknowledged"]
    assert "“acknowledged” was recorded already, on" in " ".join(again.sentences)
    assert "Nothing was recorded twice" in " ".join(again.sentences)


def test_a_step_recorded_by_command_is_not_recorded_again_by_form(mini):
    key = raised(mini)
    with mini.on(RETURNED) as kit:
        process.record_concern(kit, "acknowledge", key, "the head rang")

    came_back(mini, AGENCY, row("acknowledge"))

    assert steps_recorded(mini) == ["concern acknowledged"]


# --- what can't be taken is answered in words ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "where", "what"),
    [
        (row("acknowledge", done=""), "step.acknowledge.done", "choose Yes"),
        (row("acknowledge", who=""), "step.acknowledge.who", "role"),
        (row("acknowledge", said=""), "step.acknowledge.said", "few words"),
        (row("acknowledge", when="last week"), "step.acknowledge.when", "one whole date"),
        (row("acknowledge", when="2026-12-24"), "step.acknowledge.when", "still to come"),
        (row("respond", safe=""), "step.respond.safe", "whether the child or adult is safe"),
        (row("respond", safe="maybe"), "step.respond.safe", "whether the child or adult is safe"),
        (row("assure", safe="Not known"), "step.assure.safe", "only once"),
        (row("assure") | row("pass-up"), "step.pass-up.done", "only one of these two"),
    ],
)
def test_a_half_filled_or_contradictory_row_is_asked_about(rows, where, what):
    read = read_steps(rows, steps_form(BOARD), TODAY)

    assert what in read.asked[where]


def test_a_half_filled_form_is_given_back_marked_and_nothing_is_recorded_from_it(mini):
    raised(mini)

    done = came_back(mini, AGENCY, row("acknowledge") | row("respond", safe=""))

    assert steps_recorded(mini) == []
    assert any("Nothing was recorded from it" in sentence for sentence in done.sentences)
    (marked,) = mini.outbox.glob("urgent/*_form-marked_*.xlsx")
    sheet = load_workbook(marked)["What happened"]
    assert [
        cell.comment.text
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.comment and "safe" in cell.comment.text
    ]
    (draft,) = mini.outbox.glob("urgent/*_form-marked_*.eml")
    assert "gp" in email.message_from_bytes(draft.read_bytes())["To"]
    assert places_with((SECRET,), mini.outbox) == []


def test_the_marked_form_completed_is_taken(mini):
    raised(mini)
    came_back(mini, AGENCY, row("respond", safe=""))
    (marked,) = mini.outbox.glob("urgent/*_form-marked_*.xlsx")

    mini.drop("again.xlsx", typed_into(marked.read_bytes(), steps_form(AGENCY), row("respond")))
    mini.run()

    assert stands_at(mini) == "response received"


def test_assurance_before_any_answer_is_refused_in_words(mini):
    raised(mini)

    came_back(mini, BOARD, row("assure"))

    assert stands_at(mini) == "raised"
    (marked,) = mini.outbox.glob("urgent/*_form-marked_*.xlsx")
    comments = [
        cell.comment.text
        for cells in load_workbook(marked)["What happened"].iter_rows()
        for cell in cells
        if cell.comment
    ]
    assert "this can't follow yet: the concern stands at “raised”" in comments


def test_a_blank_form_and_one_that_somebody_changed_record_nothing(mini):
    raised(mini)
    mini.drop("blank.xlsx", form_of(mini, AGENCY))
    other = load_workbook(next(mini.outbox.glob("urgent/*_head-of-agency_form.xlsx")))
    other.custom_doc_props["audit_kit_whose"].value = "board"
    other.save(mini.inbox / "forged.xlsx")

    done = mini.run()

    assert steps_recorded(mini) == []
    assert sum("Set aside" in sentence for sentence in done.sentences) == 2
    assert "the concern's clock runs on" in " ".join(done.sentences)


def test_an_answer_that_somebody_is_not_safe_reaches_the_board_manager_at_once(mini):
    raised(mini)

    done = came_back(mini, AGENCY, row("respond", safe="Not known", who=""))

    (draft,) = mini.outbox.glob("urgent/*_not-safe_*.eml")
    assert email.message_from_bytes(draft.read_bytes())["To"] == "board.manager@chscb.example.org"
    assert any(sentence.startswith("URGENT") and "not safe" in sentence for sentence in done.sentences)


# --- a new one, told by word of mouth -------------------------------------------------------------------------------

TOLD = {
    "told.audit.answer": str(AUDIT), "told.by.answer": "duty social worker", "concern.any.answer": "Yes",
    "concern.kind.answer": CONCERN_KINDS[3], "concern.urgency.answer": URGENCIES[2], "concern.what.answer": f"{SECRET} said so",
}  # fmt: skip


def told(mini: Mini, **changes: str):
    blank = (mini.outbox / "urgent/new-concern.xlsx").read_bytes()
    mini.drop("told.xlsx", typed_into(blank, told_form(), TOLD | changes))
    return mini.run()


def test_a_concern_told_by_word_of_mouth_is_raised_by_a_form_as_by_the_command(mini):
    done = told(mini)

    assert f"URGENT: a concern was raised about {AUDIT}" in " ".join(done.sentences)
    assert len(mini.in_outbox(f"urgent/{SESSION}_H1_GP_*_head-of-agency.eml")) == 1
    assert len(mini.in_outbox(f"urgent/{SESSION}_H1_GP_*_board-manager.eml")) == 1
    assert places_with((SECRET,), mini.outbox) == []
    with mini.on(RETURNED) as kit:
        (line,) = process.concern_lines(kit)
        assert kit.journal.open_items() == ()
    assert (line["Kind"], line["Urgency"]) == (CONCERN_KINDS[3], URGENCIES[2])


def test_one_about_nobody_that_we_know_reaches_the_board_manager_alone(mini):
    told(mini, **{"told.audit.answer": "the boy in Hackney"})

    assert len(mini.in_outbox("urgent/unknown_*_board-manager.eml")) == 1
    assert mini.in_outbox("urgent/*_head-of-agency.eml") == []


def test_the_blank_form_is_left_to_whoever_is_writing_in_it(mini):
    blank = mini.outbox / "urgent/new-concern.xlsx"
    blank.write_bytes(b"somebody is writing in it")

    raised(mini)
    with mini.on(RETURNED) as kit:
        process.write_overview(kit)

    assert blank.read_bytes() == b"somebody is writing in it"


# --- from the form that comes first --------------------------------------------------------------------------------


def test_a_concern_on_the_involvement_form_reaches_the_agencys_head_though_no_case_is_named(mini):
    from audit_kit.acts.involvement import form_for

    with mini.on(RETURNED) as kit:
        form = form_for(kit.session(SESSION), "GP")
    sent = (mini.outbox / f"agencies/GP/{SESSION}_GP_involvement.xlsx").read_bytes()
    mini.drop("involvement.xlsx", typed_into(sent, form, {"concern.any.answer": "Yes", "known.H1.known": "Yes"}))
    done = mini.run()

    assert f"URGENT: a concern was raised about {SESSION}/GP" in " ".join(done.sentences)
    assert len(mini.in_outbox(f"urgent/{SESSION}_GP_*_head-of-agency.eml")) == 1
