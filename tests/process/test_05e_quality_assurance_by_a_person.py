"""On completion, the audits will be quality assured by the LSCB and returned if they are not sufficiently
robust, or comprehensive.

A person decides: on a page for each return, in a workbook for each case, moved into the inbox. What is marked there is
carried out once, by the same decisions as ``accept`` and ``send-back``.
"""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from everywhere import places_with
from mini import CHILD, RETURNED, SESSION, Mini, a_copy_of, good_answers
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.deciding import without_names
from audit_kit.demo.reviewer import marked
from audit_kit.domain.progress import EventKind
from audit_kit.domain.qa_form import page_of, read_page
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState
from audit_kit.office.document import text_of
from audit_kit.office.form_grid import grids_of
from audit_kit.office.safe_read import read_safely
from audit_kit.office.word_package import opened as opened_word

GP, HVSN = AuditRef(SESSION, "H1", "GP"), AuditRef(SESSION, "H1", "HVSN")
WORKBOOK = f"team/with-reviewer/{SESSION}_H1_qa.xlsx"
WHO = "Board QA officer"
BEFORE_DUE = date(2026, 11, 4)


@pytest.fixture(scope="module")
def reviewed(audited: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = a_copy_of(audited, tmp_path_factory.mktemp("reviewed") / "kit")
    for agency in ("GP", "HVSN"):
        mini.drop(f"{agency}.xlsx", mini.returned("H1", agency))
    mini.run()
    return mini


@pytest.fixture
def desk(reviewed: Mini, tmp_path: Path) -> Mini:
    return a_copy_of(reviewed, tmp_path / "kit")


def decided(desk: Mini, **pages: dict[str, str]):
    """The reviewer marks the workbook in the outbox and moves it into the inbox."""
    path = desk.outbox / WORKBOOK
    data = path.read_bytes()
    path.unlink()
    desk.drop("qa.xlsx", marked(data, pages))
    return desk.run()


def state(desk: Mini, agency: str = "GP") -> AuditState:
    return desk.progress("H1", agency).state


def page_texts(desk: Mini, agency: str) -> list[str]:
    sheet = load_workbook(desk.outbox / WORKBOOK)[agency]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


# --- a page for each return -------------------------------------------------------------------------------------------


def test_each_case_with_returns_to_review_has_a_workbook_with_a_page_a_return(desk):
    book = load_workbook(desk.outbox / WORKBOOK)

    assert book.sheetnames == ["Start", "HVSN", "GP", "Lists"]
    assert not (desk.outbox / f"team/with-reviewer/{SESSION}_H2_qa.xlsx").exists()


def test_a_page_shows_grades_the_other_agencies_what_is_pointed_out_and_the_history(desk):
    texts = page_texts(desk, "HVSN")

    assert "Good / Requires improvement" in texts
    assert "GP I/RI" in texts
    assert any(text.startswith("V32: it came 1 day after it was due") for text in texts)
    assert any("Grades two or more apart: N3 (GP)" in text for text in texts)
    assert any("tool issued (due 2026-11-05)" in text for text in texts)
    assert f"outbox/team/with-reviewer/{SESSION}_H1_HVSN_r1.xlsx" in texts


def test_no_page_names_anybody(desk):
    assert places_with(CHILD.split(), desk.outbox / "team/with-reviewer") == []


def test_the_workbook_is_left_alone_while_nothing_changes_and_comes_back_when_it_is_deleted(desk):
    path = desk.outbox / WORKBOOK
    before = path.stat().st_mtime_ns
    desk.run()
    assert path.stat().st_mtime_ns == before

    path.unlink()
    desk.run()
    assert path.exists()


def test_it_is_written_anew_when_another_return_of_the_case_is_decided_by_command(desk):
    with desk.on(RETURNED) as kit:
        process.accept(kit, HVSN)
    desk.run()

    book = load_workbook(desk.outbox / WORKBOOK)
    assert book.sheetnames == ["Start", "GP", "Lists"]
    assert "Health visiting and school nursing: accepted" in [cell.value for cell in book["Start"]["B"]]


def test_a_reopened_return_has_its_page_again_with_the_reason_names_taken_out_and_its_copy_on_file(desk):
    with desk.on(RETURNED) as kit:
        process.accept(kit, GP)
        process.reopen(kit, GP, f"somebody asked about {CHILD}")
    desk.run()

    texts = page_texts(desk, "GP")
    assert f"outbox/on-file/H1/{SESSION}_H1_GP_r1.xlsx" in texts
    assert any(text.endswith("somebody asked about Child H1") for text in texts)


def test_it_goes_when_nothing_is_left_to_review(desk):
    with desk.on(RETURNED) as kit:
        process.accept(kit, HVSN)
        process.accept(kit, GP)
    desk.run()

    assert not (desk.outbox / WORKBOOK).exists()


# --- accepted or sent back, with reasons --------------------------------------------------------------------------------


def test_what_is_accepted_goes_on_file_and_what_is_left_blank_stays_with_the_reviewer(desk):
    decided(desk, GP={"decision": "Accept", "who": WHO, "reason": "Clear and honest"})

    assert (state(desk, "GP"), state(desk, "HVSN")) == (AuditState.ACCEPTED, AuditState.WITH_REVIEWER)
    assert (desk.outbox / f"on-file/H1/{SESSION}_H1_GP_r1.xlsx").exists()
    with desk.on(RETURNED) as kit:
        assert process.history_of(kit, GP)[-1].why == f"{WHO}: Clear and honest"


def test_what_is_sent_back_opens_the_questions_that_were_marked_and_says_in_letter_and_cell_what_is_asked(desk):
    child = "7.1 What does the child say or show about their life?"
    decided(
        desk,
        GP={
            "decision": "Send back", "who": WHO, "reason": "Nearly there",
            "N6": "say which plan, and when it was reviewed", "other.1": (child, "say how you know"),
        },
    )  # fmt: skip

    assert state(desk) is AuditState.SENT_BACK
    letter = text_of(
        opened_word((desk.outbox / f"agencies/GP/{SESSION}_H1_GP_r2_letter.docx").read_bytes()).element.body
    )
    assert "look again at question N6 (Plan and drift) – say which plan, and when it was reviewed" in letter
    assert "say how you know" in letter
    assert "Nearly there" in letter
    assert WHO not in letter
    copy = load_workbook(desk.outbox / f"agencies/GP/{SESSION}_H1_GP_r2.xlsx")
    n6 = next(row for row in copy["Questions"].iter_rows() if row[0].value == "N6")
    assert [cell.protection.locked for cell in n6 if cell.fill.fgColor.rgb == "00FFF2B3"][:1] == [False]
    assert any(cell.comment and "say which plan" in cell.comment.text for cell in n6)


def test_both_pages_can_be_decided_at_once_each_by_an_event_of_its_own(desk):
    done = decided(
        desk,
        GP={"decision": "accept", "who": WHO},
        HVSN={"decision": "Send back", "who": WHO, "reason": "say what changed for the child"},
    )

    with desk.on(RETURNED) as kit:
        kinds = [event.kind for event in kit.journal.events(SESSION)]
    assert kinds.count(EventKind.ACCEPTED) == kinds.count(EventKind.SENT_BACK) == 1
    assert "1 accepted, 1 sent back" in " ".join(done.sentences)


# --- what can't be taken is said in words and comes back marked ---------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "row", "what"),
    [
        ({"decision.mark": "Accept"}, "who", "in which role"),
        ({"reason.mark": "fine"}, "decision", "choose Accept or Send back"),
        ({"decision.mark": "perhaps", "who.mark": WHO}, "decision", "from the list"),
        ({"decision.mark": "Send back", "who.mark": WHO}, "reason", "what the agency is asked"),
        ({"decision.mark": "Accept", "who.mark": WHO, "N6.mark": "say more"}, "decision", "you accept it and ask something"),
        ({"decision.mark": "Send back", "who.mark": WHO, "other.2.mark": "say more"}, "other.2", "which answer"),
        ({"decision.mark": "Send back", "who.mark": WHO, "other.2.what": "7.1 The child"}, "other.2", "asked to put right there"),
    ],
)  # fmt: skip
def test_a_half_filled_or_contradictory_page_decides_nothing(marks, row, what):
    page = read_page({f"GP.{ref}": text for ref, text in marks.items()}, "GP", {"7.1 The child": "voice.child"})

    assert what in page.problems[row]


def test_such_a_page_comes_back_with_its_marks_kept_and_the_cells_marked(desk):
    done = decided(desk, GP={"decision": "Accept", "reason": "Clear"}, HVSN={"decision": "Accept", "who": WHO})

    assert (state(desk, "GP"), state(desk, "HVSN")) == (AuditState.WITH_REVIEWER, AuditState.ACCEPTED)
    assert any("Who decides – say in which role you decide" in sentence for sentence in done.sentences)
    sheet = load_workbook(desk.outbox / WORKBOOK)["GP"]
    assert [cell.value for cell in sheet["F"] if cell.value in ("Accept", "Clear")] == ["Accept", "Clear"]
    assert [cell.comment.text for cell in sheet["F"] if cell.comment] == [
        "say in which role you decide, such as Board QA officer"
    ]

    decided(desk, GP={"who": WHO})
    assert state(desk, "GP") is AuditState.ACCEPTED


def test_a_name_in_what_the_agency_is_asked_is_replaced_and_a_word_in_doubt_stops_the_page(desk):
    decided(
        desk,
        GP={"decision": "Send back", "who": WHO, "reason": f"say what {CHILD} said"},
        HVSN={"decision": "Send back", "who": WHO, "N6": "say what was seen on Thimble"},
    )

    assert (state(desk, "GP"), state(desk, "HVSN")) == (AuditState.SENT_BACK, AuditState.WITH_REVIEWER)
    assert places_with(CHILD.split(), desk.outbox) == []
    assert [cell.comment.text for cell in load_workbook(desk.outbox / WORKBOOK)["HVSN"]["F"] if cell.comment] == [
        "a word here may be somebody's name: say it with roles"
    ]


def test_a_second_workbook_is_told_that_it_was_already_decided_by_whom_and_when(desk):
    data = (desk.outbox / WORKBOOK).read_bytes()
    desk.drop("one.xlsx", marked(data, {"GP": {"decision": "Accept", "who": WHO}}))
    desk.run()

    desk.drop("two.xlsx", marked(data, {"GP": {"decision": "Send back", "who": WHO, "reason": "no"}}))
    done = desk.run()

    assert state(desk) is AuditState.ACCEPTED
    assert any(
        f"{GP}: it was already decided: accepted on" in sentence and ", by " in sentence for sentence in done.sentences
    )


def test_a_mark_on_a_return_that_has_changed_since_is_not_taken(desk):
    data = (desk.outbox / WORKBOOK).read_bytes()
    with desk.on(RETURNED) as kit:
        process.accept(kit, GP)
        process.reopen(kit, GP, "a colleague asked")

    desk.drop("late.xlsx", marked(data, {"GP": {"decision": "Accept", "who": WHO}}))
    done = desk.run()

    assert state(desk) is AuditState.WITH_REVIEWER
    assert any("it has changed since the workbook was written" in sentence for sentence in done.sentences)


def test_a_workbook_in_which_somebody_has_begun_to_mark_is_never_written_over(desk):
    path = desk.outbox / WORKBOOK
    begun = marked(path.read_bytes(), {"GP": {"reason": "I am thinking"}})
    path.write_bytes(begun)
    with desk.on(RETURNED) as kit:
        process.accept(kit, HVSN)

    first, again = desk.run(), desk.run()

    assert path.read_bytes() == begun
    assert [
        sum("somebody has begun to mark" in sentence for sentence in done.sentences) for done in (first, again)
    ] == [1, 0]


def test_a_copy_saved_into_the_inbox_while_the_first_stays_where_it_is_counts_as_taken(desk):
    path = desk.outbox / WORKBOOK
    path.write_bytes(marked(path.read_bytes(), {"GP": {"decision": "Accept", "who": WHO}}))
    desk.drop("qa.xlsx", path.read_bytes())

    desk.run()

    assert load_workbook(path).sheetnames == ["Start", "HVSN", "Lists"]


def test_a_formula_and_a_damaged_workbook_decide_nothing(desk):
    data = (desk.outbox / WORKBOOK).read_bytes()
    book = load_workbook(BytesIO(marked(data, {"GP": {"who": WHO}})))
    row = next(cell.row for cell in book["GP"]["A"] if cell.value == "Decision")
    book["GP"].cell(row, 6).value = '="Accept"'
    book.save(desk.inbox / "formula.xlsx")
    twice = load_workbook(BytesIO(marked(data, {"GP": {"decision": "Accept", "who": WHO}})))
    twice.copy_worksheet(twice["GP"])
    twice.save(desk.inbox / "twice.xlsx")

    done = desk.run()

    assert state(desk) is AuditState.WITH_REVIEWER
    assert any("a formula is no decision" in sentence for sentence in done.sentences)
    (told,) = (sentence for sentence in done.sentences if "came back damaged" in sentence)
    assert "The sheet GP is there 2 times. No decision was taken from it" in told


# --- a person, unless the Board decided otherwise -----------------------------------------------------------------------


def test_by_default_no_clean_return_is_accepted_without_a_person(desk):
    with desk.on(RETURNED) as kit:
        assert kit.config.quality.accept_without_reviewer is False
        kinds = {event.kind for event in kit.journal.events(SESSION)}
    assert EventKind.ACCEPTED not in kinds


@pytest.mark.parametrize(("flagged", "after"), [(False, AuditState.ACCEPTED), (True, AuditState.WITH_REVIEWER)])
def test_if_the_board_says_so_one_with_nothing_pointed_out_is_accepted_unseen(mini, flagged, after):
    text = mini.config.read_text(encoding="utf-8")
    mini.config.write_text(
        text.replace("accept_without_reviewer: false", "accept_without_reviewer: true"), encoding="utf-8"
    )
    hours = {"involvement.hours.answer": "0.2"} if flagged else {}

    mini.drop("return.xlsx", mini.returned("H1", "GP", in_roles(mini) | hours))
    mini.run(BEFORE_DUE)

    assert mini.progress("H1", "GP").state is after
    assert bool(mini.in_outbox("agencies/GP/*_r1_receipt.docx")) is not flagged


def in_roles(mini: Mini) -> dict[str, str]:
    """The answers of a good return with roles for the names in them: a name that was replaced is pointed out (V30)."""
    with mini.on(RETURNED) as kit:
        answers = good_answers(kit, "H1", "GP")
        masked = {
            ref: without_names(kit, GP, text, hide_doubts=True) for ref, text in answers.items() if len(text) > 30
        }
    return {ref: text.replace("[", "the ").replace("]", "") for ref, text in masked.items()}


def test_the_marks_are_read_from_the_version_that_the_page_was_written_from(desk):
    (page,) = [
        page for page in grids_of(read_safely((desk.outbox / WORKBOOK).read_bytes())) if page.startswith("qa:GP:")
    ]
    progress = desk.progress("H1", "GP")

    parts = (str(progress.audit), str(progress.round), progress.item, progress.since.isoformat(), *progress.flags)
    assert page_of(page) == ("GP", hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16])
