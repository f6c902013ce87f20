"""The findings will also be reported through to the Executive and Board: one page, from the report and the plan."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from builders import ROOT
from docx.oxml.ns import qn
from mini import SESSION, Mini
from pypdf import PdfReader
from report_builder import CASES, a_return, a_session, content, graded, returned, standing

from audit_kit import process
from audit_kit.demo.reviewer import write_into
from audit_kit.demo.sample import sample_of
from audit_kit.domain.report import ActionLine
from audit_kit.domain.states import AuditState
from audit_kit.office.document import text_of
from audit_kit.office.summary_document import write_summary
from audit_kit.office.word_package import opened
from audit_kit.stages.summary import board_summary

MEETING = date(2027, 1, 15)
REPORT, PLAN, PAGE = (f"{SESSION}_{name}" for name in ("report", "action-plan", "summary"))
DATES = a_session(CASES).dates
TEMPLATE = (ROOT / "templates" / "board_summary.docx").read_bytes()
WEAK = graded("N6", "Requires improvement", why="The plan drifted")


def read(mini: Mini, name: str):
    return opened((mini.outbox / "reports" / name).read_bytes())


def words_of(document) -> str:
    edges = [part for section in document.sections for part in (section.header, section.footer)]
    return "\n".join((text_of(document.element), *(text_of(part._element) for part in edges)))


def change(mini: Mini, name: str, how) -> None:
    document = read(mini, name)
    how(document)
    document.save(str(mini.outbox / "reports" / name))


def sign_off(mini: Mini) -> None:
    with mini.on(MEETING) as kit:
        process.sign_off(kit, SESSION, "QASC 14/01/2027, item 6", "confirmed as drafted")


# --- what it says -----------------------------------------------------------------------------------------


def test_each_finding_that_must_improve_is_a_risk_with_the_assurance_to_ask_for():
    said = board_summary(content(returned(WEAK)), DATES)

    (risk,) = [line for line in said.risks if line.risk.startswith("Plan and drift")]
    assert risk.risk == "Plan and drift: below good in all three cases"
    assert re.match(r"Ask .+ to assure you by \w+ 2027 that ", risk.decision)


def test_what_stands_in_the_way_of_the_plan_and_of_the_picture_is_to_be_decided_too():
    whole = content(returned(WEAK))
    progress = [standing(case, agency) for case, agencies in CASES.items() for agency in agencies]
    partly = content(
        [a_return("H1", "GP", WEAK)], progress=[*progress[:-1], standing("C1", "GP", AuditState.AWAITED)]
    )  # fmt: skip
    named = [replace(line, owner="Head of Safeguarding") for line in whole.actions]

    risks = [line.risk for line in board_summary(whole, DATES).risks]

    assert any(re.match("Nobody owns A1.* yet", risk) for risk in risks)
    assert not any("Nobody owns" in line.risk for line in board_summary(whole, DATES, actions=named).risks)
    assert not any("had not come in" in risk for risk in risks)
    assert "One audit of 6 had not come in" in [line.risk for line in board_summary(partly, DATES).risks]


def test_a_concern_is_told_of_and_none_is_not():
    calm = content(returned(WEAK))
    told = replace(calm, concerns="One concern about unsafe practice was escalated. No response has been recorded yet.")

    assert not any("concern" in line.risk.lower() for line in board_summary(calm, DATES).risks)
    assert any("One concern" in line.risk for line in board_summary(told, DATES).risks)


def test_it_has_five_messages_at_most_and_tells_of_the_actions_that_it_has_no_room_for():
    actions = [ActionLine(f"A{n}", "Do it.", "Head of Service", "July 2027") for n in range(1, 8)]

    said = board_summary(content(returned(WEAK)), DATES, messages=[f"Message {n}" for n in range(9)], actions=actions)

    assert (len(said.key_messages), len(said.actions)) == (5, 4)
    assert said.actions_more == "Three more actions of this kind are in the action plan."


@pytest.mark.office
def test_it_is_one_page(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    sample = sample_of("board_summary.docx")
    full = replace(
        sample,
        actions=(*sample.actions, sample.actions[0])[:4],
        actions_more="Three more actions of this kind are in the action plan.",
    )
    (tmp_path / "page.docx").write_bytes(write_summary(TEMPLATE, full))

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "page.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert len(PdfReader(tmp_path / "page.pdf").pages) == 1


# --- as a draft and as the final paper --------------------------------------------------------------------


def test_it_is_a_draft_with_the_others_and_names_no_case(drafted):
    page = read(drafted, f"{PAGE}_DRAFT.docx")

    assert page.core_properties.content_status == "DRAFT"
    assert "DRAFT" in page.sections[0].header.paragraphs[0].text
    assert not re.search(r"\b[HC]\d\b", words_of(page))


def test_once_confirmed_it_says_what_the_committee_left_in_report_and_plan(drafted):
    change(
        drafted,
        f"{REPORT}_DRAFT.docx",
        lambda document: write_into(document, "Five key messages", "Start with the child."),
    )
    place = drafted.outbox / "reports" / f"{PLAN}_DRAFT.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(place.read_bytes()))
    sheet = book["Action plan"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    row = next(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, heads["Stream"]).value == "System")
    sheet.cell(row, heads["Owner (agency and role)"], "Head of Safeguarding, social care")
    book.save(place)

    sign_off(drafted)

    said = words_of(read(drafted, f"{PAGE}.docx"))
    assert "DRAFT" not in said
    assert "Confirmed by the QA Sub Committee, minute QASC 14/01/2027, item 6" in said
    assert "Start with the child." in said
    assert "Head of Safeguarding, social care" in said
    assert not (drafted.outbox / "reports" / f"{PAGE}_DRAFT.docx").exists()


def test_what_somebody_wrote_into_the_page_itself_stays(drafted):
    def add(document) -> None:
        document.element.body.findall(qn("w:p"))[-1].addnext(document.add_paragraph("Asked for by the chair.")._p)

    change(drafted, f"{PAGE}_DRAFT.docx", add)

    sign_off(drafted)

    said = words_of(read(drafted, f"{PAGE}.docx"))
    assert "Asked for by the chair." in said and "DRAFT" not in said


def test_a_page_that_is_away_is_written_anew(drafted):
    (drafted.outbox / "reports" / f"{PAGE}_DRAFT.docx").unlink()

    sign_off(drafted)

    assert "What is asked of you" in words_of(read(drafted, f"{PAGE}.docx"))
