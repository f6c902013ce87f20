"""The QA Sub Committee confirms the lessons and actions required: the drafts become the final papers.

Until then everything says DRAFT; from then on nothing does, every word of the author stays, and a change of the data is
told and changes nothing by itself.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from docx.oxml.ns import qn
from mini import RETURNED, SESSION, Mini, a_copy_of

from audit_kit import process
from audit_kit.acts.meetings import Arrangement
from audit_kit.demo.agencies import typed_into
from audit_kit.demo.reviewer import write_into
from audit_kit.domain.meeting_form import NO_AGENCY
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.sign_off import minute_ref
from audit_kit.domain.sign_off_form import CONFIRMED, MINUTE, REASON, sign_off_form
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.office.document import text_of
from audit_kit.office.word_package import opened

MEETING = date(2027, 1, 15)
MINUTE_REF = "QASC 14/01/2027, item 6"
REPORT, PLAN, BOOK = f"{SESSION}_report", f"{SESSION}_action-plan", f"{SESSION}_action-plan"


@pytest.fixture(scope="module")
def signed(drafted_once: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A session that was signed off, to be looked at only."""
    mini = a_copy_of(drafted_once, tmp_path_factory.mktemp("signed") / "kit")
    mini.said += sign_off(mini, reason="confirmed with two changes").sentences
    return mini


def sign_off(mini: Mini, minute: str = MINUTE_REF, reason: str = "confirmed as drafted"):
    with mini.on(MEETING) as kit:
        return process.sign_off(kit, SESSION, minute, reason)


def lying_there(mini: Mini, name: str) -> bytes:
    return (mini.outbox / "reports" / name).read_bytes()


def word(mini: Mini, name: str):
    return opened(lying_there(mini, name))


def everything_in(document) -> str:
    edges = [part for section in document.sections for part in (section.header, section.footer)]
    return text_of(document.element) + "".join(text_of(part._element) for part in edges)


def edit(mini: Mini, name: str, change) -> None:
    """What somebody does to a draft in Word."""
    document = word(mini, name)
    change(document)
    document.save(str(mini.outbox / "reports" / name))


def writes(section: str, words: str):
    return lambda document: write_into(document, section, words)


def form(mini: Mini, **answers: str) -> bytes:
    sent = (mini.outbox / "team" / f"{SESSION}_sign-off.xlsx").read_bytes()
    given = {CONFIRMED: "Yes", MINUTE: MINUTE_REF, REASON: "confirmed as drafted"}
    return typed_into(sent, sign_off_form(), {**given, **answers})


# --- before -------------------------------------------------------------------------------------------------------


def test_the_status_page_shows_meeting_draft_and_sign_off(drafted):
    def says() -> str:
        with drafted.on(date(2027, 1, 15)) as kit:
            process.write_overview(kit)
        return " ".join((drafted.outbox / "status.html").read_text(encoding="utf-8").split())

    assert "not arranged yet" in says() and "not confirmed yet" in says()
    with drafted.on(RETURNED) as kit:
        told = Arrangement(
            ("H1", "H2", "C1"), "2026-12-03", "10:00", "Room 102", "lay member", NO_AGENCY, True, "weak and strong"
        )
        process.arrange_meeting(kit, SESSION, told)
    sign_off(drafted)
    assert "arranged for 3 December 2026, cases H1, H2, C1" in says()
    assert "lessons and actions confirmed, signed off on 15 January 2027" in says()
    with drafted.on(date(2027, 1, 18)) as kit:  # a newer draft, as the data that changed would give
        kit.journal.noted(kit.event(EventKind.REPORT_WRITTEN, SESSION), rehearsal=False)
    assert "draft of 18 January 2027, not confirmed yet" in says()


def test_until_then_every_paper_says_draft_in_its_name_its_header_and_its_properties(drafted):
    assert drafted.in_outbox("reports/*") == [
        f"reports/{PLAN}_DRAFT.docx", f"reports/{BOOK}_DRAFT.xlsx", f"reports/{REPORT}_DRAFT.docx",
        f"reports/{SESSION}_summary_DRAFT.docx",
    ]  # fmt: skip
    for name in (f"{REPORT}_DRAFT.docx", f"{PLAN}_DRAFT.docx"):
        document = word(drafted, name)
        assert document.core_properties.content_status == "DRAFT"
        assert "DRAFT" in document.sections[0].header.paragraphs[0].text
    book = openpyxl.load_workbook(io.BytesIO(lying_there(drafted, f"{BOOK}_DRAFT.xlsx")))
    assert (book.properties.contentStatus, book["Action plan"].oddHeader.right.text) == ("DRAFT", "DRAFT")


def test_nothing_is_signed_off_before_a_draft_is_written(mini):
    with pytest.raises(UsageProblem, match=r"No report of 2026-A2-NEG has been written yet\. Nothing was signed off"):
        sign_off(mini)


def test_a_minute_is_a_reference_and_names_nobody():
    assert minute_ref("  QASC 14/01/2027,  item 6 ") == MINUTE_REF
    assert minute_ref("the one of last week") == ""
    assert minute_ref("7" * 61) == ""


def test_without_a_minute_or_a_reason_nothing_is_signed_off(drafted):
    for minute, reason in (("", "why not"), (MINUTE_REF, " ")):
        with pytest.raises(UsageProblem, match="Nothing was signed off"):
            sign_off(drafted, minute, reason)

    assert len(drafted.in_outbox("reports/*_DRAFT.*")) == 4


# --- sign-off -----------------------------------------------------------------------------------------------------


def test_from_then_on_nothing_says_draft_and_the_minute_is_printed(signed):
    assert signed.said[0].startswith("2026-A2-NEG is signed off (minute QASC 14/01/2027, item 6).")
    assert signed.in_outbox("reports/*") == [
        f"reports/{PLAN}.docx", f"reports/{BOOK}.xlsx", f"reports/{REPORT}.docx", f"reports/{SESSION}_summary.docx",
    ]  # fmt: skip
    for name in (f"{REPORT}.docx", f"{PLAN}.docx"):
        document = word(signed, name)
        said = everything_in(document)
        assert "DRAFT" not in said
        assert f"Confirmed by the QA Sub Committee, minute {MINUTE_REF}. Written 6 November 2026" in said
        assert document.core_properties.content_status == "Final"
        assert list(document.comments) == []
    book = openpyxl.load_workbook(io.BytesIO(lying_there(signed, f"{BOOK}.xlsx")))
    assert book.properties.contentStatus == "Final"
    assert "DRAFT" not in str(book["Action plan"]["A2"].value) + str(book["Action plan"].oddHeader.right.text)


def test_a_final_report_asks_nobody_to_write_or_to_choose(signed):
    said = everything_in(word(signed, f"{REPORT}.docx"))
    assert "Write here" not in said
    assert "for the author" not in said
    assert "To make it SMART" not in everything_in(word(signed, f"{PLAN}.docx"))
    assert signed.said[1].startswith("Left out of the report, because nobody wrote there: The children")


def test_whatever_an_author_or_the_committee_changed_anywhere_stays(drafted):
    edit(drafted, f"{REPORT}_DRAFT.docx", writes("The children", "Two families in crowded homes."))
    edit(drafted, f"{REPORT}_DRAFT.docx", lambda document: document.add_paragraph("The chair asked for a seminar."))
    plan = word(drafted, f"{PLAN}_DRAFT.docx")
    cell = plan.tables[0].rows[1].cells[4]
    cell.paragraphs[0].runs[0].text = "Head of Safeguarding"
    plan.save(str(drafted.outbox / "reports" / f"{PLAN}_DRAFT.docx"))
    book = openpyxl.load_workbook(drafted.outbox / "reports" / f"{BOOK}_DRAFT.xlsx")
    book["Action plan"]["N4"] = "14 Jan 2027: owner named"
    book.save(drafted.outbox / "reports" / f"{BOOK}_DRAFT.xlsx")

    sign_off(drafted)

    said = everything_in(word(drafted, f"{REPORT}.docx"))
    assert "Two families in crowded homes." in said
    assert "The chair asked for a seminar." in said
    assert "Head of Safeguarding" in everything_in(word(drafted, f"{PLAN}.docx"))
    final = openpyxl.load_workbook(io.BytesIO(lying_there(drafted, f"{BOOK}.xlsx")))
    assert final["Action plan"]["N4"].value == "14 Jan 2027: owner named"


def test_a_line_that_says_draft_loses_it_also_when_somebody_changed_the_line(drafted):
    def change(document) -> None:
        line = next(p for p in document.paragraphs if p.text.startswith("DRAFT, written"))
        line.add_run(", with the chair’s changes")

    edit(drafted, f"{REPORT}_DRAFT.docx", change)

    sign_off(drafted)

    said = everything_in(word(drafted, f"{REPORT}.docx"))
    assert "DRAFT" not in said
    assert "Written 6 November 2026, with the chair’s changes" in said


def test_a_draft_whose_controls_another_program_took_away_asks_nobody_to_write_either(drafted):
    def change(document) -> None:
        for control in list(document.element.iter(qn("w:sdt"))):
            for child in list(control.find(qn("w:sdtContent"))):
                control.addprevious(child)
            control.getparent().remove(control)

    edit(drafted, f"{REPORT}_DRAFT.docx", change)

    sign_off(drafted)

    assert "Write here" not in everything_in(word(drafted, f"{REPORT}.docx"))


def test_it_is_on_record_who_when_and_by_which_draft(signed):
    with signed.on(MEETING) as kit:
        event = kit.journal.events(SESSION)[-1]
        assert event.kind is EventKind.SIGNED_OFF
        assert event.code("draft")
        assert kit.vault.note(event.note) == "confirmed with two changes"


def test_signing_off_twice_says_so_and_changes_nothing(signed):
    before = lying_there(signed, f"{REPORT}.docx")

    with pytest.raises(
        UsageProblem, match=r"signed off already, on 15 January 2027 \(minute QASC 14/01/2027, item 6\)"
    ):
        sign_off(signed)

    assert lying_there(signed, f"{REPORT}.docx") == before


@pytest.mark.parametrize(
    ("left", "told"),
    [("comment", "still holds 1 comment by people"), ("change", "still holds 1 tracked change")],
)
def test_second_thoughts_hold_it_up(drafted, left, told):
    def change(document) -> None:
        paragraph = document.paragraphs[5]
        if left == "comment":
            document.add_comment(paragraph.runs, "Is this fair?", "The author", "A")
        else:
            inserted = paragraph._element.makeelement(qn("w:ins"), {qn("w:author"): "The author", qn("w:id"): "77"})
            inserted.append(paragraph.runs[0]._element)
            paragraph._element.append(inserted)

    edit(drafted, f"{REPORT}_DRAFT.docx", change)

    with pytest.raises(AuditKitError, match=told):
        sign_off(drafted)

    assert len(drafted.in_outbox("reports/*_DRAFT.*")) == 4


def test_a_report_that_comes_back_through_the_inbox_takes_the_drafts_place(drafted):
    at_home = drafted.outbox / "reports" / f"{REPORT}_DRAFT.docx"
    as_written = at_home.read_bytes()
    edit(drafted, f"{REPORT}_DRAFT.docx", writes("The children", "Two families in crowded homes."))
    edited = at_home.read_bytes()
    at_home.write_bytes(as_written)

    drafted.drop("report final v3.docx", edited)
    told = " ".join(drafted.run(MEETING).sentences)

    assert f"It is now the draft, outbox/reports/{REPORT}_DRAFT.docx." in told
    sign_off(drafted)
    assert "Two families in crowded homes." in everything_in(word(drafted, f"{REPORT}.docx"))


def test_a_report_from_an_earlier_draft_is_not_signed_off_in_the_place_of_the_newest(drafted):
    old = lying_there(drafted, f"{REPORT}_DRAFT.docx")
    another_return(drafted)
    with drafted.on(MEETING) as kit:
        process.write_report(kit, SESSION)
    (drafted.outbox / "reports" / f"{REPORT}_DRAFT.docx").write_bytes(old)

    with pytest.raises(AuditKitError, match="was written from other data than the newest draft"):
        sign_off(drafted)


def test_a_draft_that_is_gone_is_asked_for(drafted):
    (drafted.outbox / "reports" / f"{PLAN}_DRAFT.docx").unlink()

    with pytest.raises(AuditKitError, match=r"is not in its place\. Nothing was signed off"):
        sign_off(drafted)


def test_a_name_in_a_draft_holds_all_of_it_up(drafted):
    from mini import CHILD

    edit(drafted, f"{REPORT}_DRAFT.docx", writes("The children", f"It was {CHILD} who spoke first."))

    with pytest.raises(AuditKitError, match="A name stands in one of the drafts"):
        sign_off(drafted)

    with drafted.on(MEETING) as kit:
        assert kit.journal.events(SESSION)[-1].kind is not EventKind.SIGNED_OFF
    assert len(drafted.in_outbox("reports/*_DRAFT.*")) == 4


# --- by a form in the inbox ---------------------------------------------------------------------------------------


def test_the_form_in_the_inbox_does_the_same(drafted):
    drafted.drop("signed.xlsx", form(drafted))
    done = drafted.run(MEETING)

    assert f"{SESSION} is signed off (minute {MINUTE_REF})." in " ".join(done.sentences)
    assert drafted.in_outbox("reports/*.docx") == [
        f"reports/{name}.docx" for name in (PLAN, REPORT, f"{SESSION}_summary")
    ]
    assert drafted.in_outbox("team/*sign-off*") == []


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({CONFIRMED: "No"}, "does not say Yes to its first question"),
        ({CONFIRMED: ""}, "does not say Yes to its first question"),
        ({MINUTE: "last week"}, "The minute is not given as a reference"),
        ({REASON: ""}, "A sign-off has a reason"),
    ],
)
def test_a_form_that_is_not_filled_in_signs_nothing_off(drafted, answers, told):
    drafted.drop("signed.xlsx", form(drafted, **answers))
    done = drafted.run(MEETING)

    assert told in " ".join(done.sentences)
    assert len(drafted.in_outbox("reports/*_DRAFT.*")) == 4


def test_a_form_of_an_earlier_draft_signs_nothing_off(drafted):
    old = form(drafted)
    another_return(drafted)
    with drafted.on(MEETING) as kit:
        process.write_report(kit, SESSION)
    drafted.drop("signed.xlsx", old)

    assert "is for an earlier draft of 2026-A2-NEG" in " ".join(drafted.run(MEETING).sentences)


# --- when the data change -----------------------------------------------------------------------------------------


def another_return(mini: Mini) -> str:
    mini.drop("late.xlsx", mini.returned("H1", "GP"))
    mini.run()
    with mini.on(RETURNED) as kit:
        return process.accept(kit, AuditRef(SESSION, "H1", "GP"), "robust")


def test_data_that_changed_before_it_are_told_and_the_papers_say_what_the_committee_saw(drafted):
    another_return(drafted)

    signed = sign_off(drafted)

    assert signed.for_a_person
    assert "Now counted: H1/GP r1." in signed.sentences[-1]
    assert "Two returns with involvement are counted here" in everything_in(word(drafted, f"{REPORT}.docx"))


def test_after_it_a_draft_of_the_same_data_is_not_written_again(signed):
    with signed.on(MEETING) as kit, pytest.raises(UsageProblem, match="nothing that its report rests on has changed"):
        process.write_report(kit, SESSION)


def test_after_it_a_change_of_data_gives_a_new_draft_beside_the_final_papers(drafted):
    edit(drafted, f"{REPORT}_DRAFT.docx", writes("The children", "Two families in crowded homes."))
    sign_off(drafted)
    before = lying_there(drafted, f"{REPORT}.docx")

    assert f"The report of {SESSION} is signed off and stays as it is" in another_return(drafted)
    with drafted.on(MEETING) as kit:
        told = process.write_report(kit, SESSION).told

    assert "was signed off on 15 January 2027" in told[0]
    assert "Now counted: H1/GP r1. The final papers were left as they are." in told[0]
    assert lying_there(drafted, f"{REPORT}.docx") == before
    assert "Two families in crowded homes." in everything_in(word(drafted, f"{REPORT}_DRAFT.docx"))


def test_a_second_sign_off_keeps_the_final_papers_of_the_first(drafted):
    sign_off(drafted)
    before = lying_there(drafted, f"{REPORT}.docx")
    another_return(drafted)
    with drafted.on(MEETING) as kit:
        process.write_report(kit, SESSION)

    signed = sign_off(drafted, "QASC 11/03/2027, item 2", "confirmed anew")

    kept = [path.read_bytes() for path in (drafted.outbox / "reports").glob(f"{REPORT}_earlier-*.docx")]
    assert kept == [before]
    assert any("The final version of before is kept" in sentence for sentence in signed.sentences)


def test_a_draft_changed_outside_the_titled_sections_is_kept_beside_the_new_one(drafted):
    edit(drafted, f"{REPORT}_DRAFT.docx", lambda document: document.add_paragraph("The chair asked for a seminar."))

    with drafted.on(MEETING) as kit:
        told = process.write_report(kit, SESSION).told

    assert len(told) == 1
    kept = next((drafted.outbox / "reports").glob(f"{REPORT}_DRAFT_earlier-*.docx"))
    assert "The chair asked for a seminar." in text_of(opened(kept.read_bytes()).element)


@pytest.mark.parametrize("left", ["comment", "picture"])
def test_a_draft_with_what_its_sections_cannot_keep_is_kept_beside_the_new_one(drafted, left):
    def change(document) -> None:
        if left == "comment":
            document.add_comment(document.paragraphs[5].runs, "Is this fair?", "The author", "A")
        else:
            writes("The children", "As in the picture.")(document)
            words = next(p for p in document.element.iter(qn("w:p")) if "As in the picture." in text_of(p))
            words.append(words.makeelement(qn("w:r"), {}))
            words[-1].append(words.makeelement(qn("w:drawing"), {}))

    edit(drafted, f"{REPORT}_DRAFT.docx", change)

    with drafted.on(MEETING) as kit:
        assert len(process.write_report(kit, SESSION).told) == 1

    assert len(list((drafted.outbox / "reports").glob(f"{REPORT}_DRAFT_earlier-*.docx"))) == 1


def test_a_draft_changed_in_its_titled_sections_alone_is_not_kept_twice(drafted):
    edit(drafted, f"{REPORT}_DRAFT.docx", writes("The children", "Two families in crowded homes."))

    with drafted.on(MEETING) as kit:
        assert process.write_report(kit, SESSION).told == ()


def test_a_final_workbook_is_the_teams_own_file_part_for_part(drafted_once, signed):
    draft = lying_there(drafted_once, f"{BOOK}_DRAFT.xlsx")

    with (
        zipfile.ZipFile(io.BytesIO(draft)) as before,
        zipfile.ZipFile(io.BytesIO(lying_there(signed, f"{BOOK}.xlsx"))) as after,
    ):
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert before.namelist() == after.namelist()
    assert set(changed) <= {"docProps/core.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}
