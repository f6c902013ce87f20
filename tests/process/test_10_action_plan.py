"""Each audit will feed into the current action plan; with clearly identified outcomes and actions. The QA Sub
Committee will monitor progress of these plans."""

import dataclasses
import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from report_builder import a_return, a_session, a_theme, graded

from audit_kit.domain.actions import COLUMNS, ActionPlan
from audit_kit.office.action_plan_document import write_action_plan_document
from audit_kit.office.action_plan_workbook import write_action_plan_workbook
from audit_kit.office.document import text_of
from audit_kit.office.template_check import check_template
from audit_kit.office.word_package import opened
from audit_kit.office.word_templates import LEFT_OUT_OF_PLAN
from audit_kit.stages.action_plan import action_plan
from audit_kit.stages.analyse import analyse

TEMPLATE = (Path(__file__).parents[2] / "templates" / "action_plan.docx").read_bytes()
CASES = {"H1": ("CSC-H", "GP"), "H2": ("CSC-H", "GP")}
SMART = {
    "question": "N6",
    "what": "Sample 20 plans each quarter for a dated outcome",
    "owner": "Named GP",
    "due": "26 Feb 2027",
    "measure": "18 of 20 plans by March",
    "outcome": "Children see change in their own time",
}


def the_plan(*actions, agency="GP", cases=("H1",)):
    session = a_session(CASES, names={"GP": "GP practices"})
    answers = graded("N6", "Requires improvement", improve="Supervision should be booked ahead")
    answers |= {f"action.{n}.{field}": text for n, row in enumerate(actions, start=1) for field, text in row.items()}
    weak = graded("N6", "Requires improvement", improve="Supervision should be booked ahead")
    returns = [
        a_return(case, code, answers if (code == agency and case in cases) else weak)
        for case, codes in CASES.items()
        for code in codes
    ]
    analysis = analyse(session, a_theme(), returns, (), 3)
    return action_plan(analysis, session, board="The Board", written_on=date(2026, 11, 24), chain_head="3f9a0c77de21")


def cells(plan):
    book = openpyxl.load_workbook(io.BytesIO(write_action_plan_workbook(plan)))
    return book, book["Action plan"]


def test_a_finding_over_several_cases_becomes_an_action_for_the_committee_to_complete():
    action = the_plan().system[0]

    assert (action.ref, action.findings, action.owner, action.due) == (
        "A1", "I1", "QA Sub Committee to name one", date(2027, 6, 8),
    )  # fmt: skip
    assert action.outcome == "For children, plan and drift is good in each case. clear, mostly on time"
    assert action.measure.endswith("Baseline: good or better in 0 of 2 cases.")
    assert action.reaudit == "N6: Was there one plan that changed things in the child's timescale?"


def test_an_agencys_own_action_is_taken_over_as_it_stands():
    action = the_plan(SMART).single_agency[0]

    assert (action.action, action.owner, action.due, action.findings) == (
        "Sample 20 plans each quarter for a dated outcome", "GP practices: Named GP", date(2027, 2, 26), "I1",
    )  # fmt: skip


def test_the_same_action_of_one_agency_for_two_cases_is_one_line():
    assert len(the_plan(SMART, cases=("H1", "H2")).single_agency) == 1


def test_an_action_about_one_family_stays_with_the_agency_as_a_case_action():
    plan = the_plan({**SMART, "what": "Offer the mother a joint visit before 14 March 2027"})

    assert [(a.action, a.cases) for a in plan.case] == [("Offer the mother a joint visit before March 2027", ("H1",))]


def test_no_plan_says_which_case_an_action_is_about():
    plan = the_plan({**SMART, "what": "Offer the mother a joint visit before 14 March 2027"})

    word = text_of(opened(write_action_plan_document(TEMPLATE, plan)).element)
    sheet = openpyxl.load_workbook(io.BytesIO(write_action_plan_workbook(plan))).active
    typed = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "Offer the mother" in word
    assert "Offer the mother" in typed
    assert "H1" not in word + typed


def test_a_smart_action_has_no_hints():
    assert the_plan(SMART).single_agency[0].warnings == ()


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (
            {"what": "Consider whether plans are dated"},
            "begin with what will be done, not with considering or reminding",
        ),
        ({"what": "E-mail all staff about plans"}, "an e-mail alone changes little: say what will be different"),
        ({"owner": ""}, "name one owner by role"),
        ({"owner": "Named GP / practice manager"}, "name one owner, not several"),
        ({"due": "spring"}, "give a whole date"),
        ({"due": "1 Dec 2027"}, "bring the date within 6 months"),
        ({"measure": "Better plans"}, "give a number or a state that can be seen"),
        ({"outcome": "Compliance improves"}, "say what will be different for children"),
    ],
)
def test_what_is_missing_to_be_smart_is_a_hint_and_refuses_nothing(change, hint):
    assert the_plan({**SMART, **change}).single_agency[0].warnings == (hint,)


# -- the workbook ------------------------------------------------------------------------------------------


def test_the_workbook_has_every_column_of_the_plan():
    _, sheet = cells(the_plan(SMART))

    assert [cell.value for cell in sheet[3]] == [heading for heading, _ in COLUMNS]


@pytest.mark.parametrize("text", ["=1+1", "+44 20 7946 0100", "-seen at home", "@once", '=HYPERLINK("x")'])
def test_text_stays_text_whatever_it_begins_with(text):
    plan = the_plan({**SMART, "measure": text})
    _, sheet = cells(plan)
    cell = sheet.cell(3 + len(plan.actions), [field for _, field in COLUMNS].index("measure") + 1)

    assert (cell.value, cell.data_type) == (text, "s")


def test_dates_are_dates_and_can_be_sorted():
    plan = the_plan(SMART)
    _, sheet = cells(plan)

    assert sheet.cell(3 + len(plan.actions), 11).is_date


def test_status_stream_and_impact_are_chosen_from_lists():
    book, sheet = cells(the_plan(SMART))

    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "=list_stream", "=list_rag", "=list_impact", "=list_area",
    }  # fmt: skip
    assert {"list_stream", "list_rag", "list_impact", "list_area"} <= set(book.defined_names)


def test_the_header_stays_in_view_and_on_each_printed_page():
    _, sheet = cells(the_plan(SMART))

    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == ("B4", "$3:$3", "landscape")
    assert sheet.oddFooter.left.text == "OFFICIAL-SENSITIVE, page &P of &N"


def test_no_printed_page_cuts_the_title_off():
    """Twenty columns take two pages side by side: a title in the first column would be cut at its edge on the second."""
    _, sheet = cells(the_plan(SMART))

    assert sheet.print_area.startswith("'Action plan'!$A$3:")
    assert sheet.oddHeader.left.text.startswith("Action plan")


def test_the_same_plan_gives_the_same_workbook():
    assert write_action_plan_workbook(the_plan(SMART)) == write_action_plan_workbook(the_plan(SMART))


# -- the document ------------------------------------------------------------------------------------------


def test_the_document_lies_on_its_side_and_repeats_its_headers():
    document = opened(write_action_plan_document(TEMPLATE, the_plan(SMART)))

    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


def test_each_table_says_what_it_holds_and_keeps_its_rows_whole():
    document = opened(write_action_plan_document(TEMPLATE, the_plan(SMART)))

    assert len(document.tables) == 2
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_final_plan_asks_nobody_to_make_an_action_smart():
    final = dataclasses.replace(the_plan({**SMART, "owner": ""}), status="", confirmed="Confirmed, minute 6")
    said = text_of(opened(write_action_plan_document(TEMPLATE, final)).element)

    assert "To make it SMART" not in said
    assert "Confirmed, minute 6. Written 24 November 2026." in said


def test_the_document_shows_hints_beside_the_action():
    document = opened(write_action_plan_document(TEMPLATE, the_plan({**SMART, "owner": ""})))

    assert "[To make it SMART: name one owner by role]" in text_of(document.element)


def test_a_stream_without_actions_has_no_empty_heading():
    text = text_of(opened(write_action_plan_document(TEMPLATE, the_plan())).element)

    assert "System actions" in text
    assert "Case actions" not in text


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_both_files_open_and_print(tmp_path):
    plan = the_plan(SMART, {**SMART, "what": "Offer the mother a joint visit"})
    (tmp_path / "plan.docx").write_bytes(write_action_plan_document(TEMPLATE, plan))
    (tmp_path / "sheet.xlsx").write_bytes(write_action_plan_workbook(plan))

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / name) for name in ("plan.docx", "sheet.xlsx")]
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert all((tmp_path / name).stat().st_size > 10_000 for name in ("plan.pdf", "sheet.pdf"))


def test_the_template_fits_the_plan():
    assert check_template(TEMPLATE, ActionPlan, name="action_plan.docx", may_be_left_out=LEFT_OUT_OF_PLAN) == ()
