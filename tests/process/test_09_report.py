"""A report detailing systemic findings will be made available for the QA Sub Committee to consider further and
confirm the lessons and actions required."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from report_builder import (
    CASES,
    TEMPLATE,
    WEAK_PLANS,
    a_return,
    a_session,
    a_theme,
    content,
    demo_content,
    graded,
    returned,
    standing,
)

from audit_kit.demo.reviewer import write_into
from audit_kit.domain.findings import Heard
from audit_kit.domain.progress import ConcernProgress
from audit_kit.domain.report import ReportContent
from audit_kit.domain.session import Engagement
from audit_kit.domain.states import AuditState, ConcernState
from audit_kit.domain.text_document import Table
from audit_kit.errors import AuditKitError
from audit_kit.office.author_sections import author_sections
from audit_kit.office.document import text_of
from audit_kit.office.report_document import write_report
from audit_kit.office.template_check import check_template
from audit_kit.office.word_flow import let_flow
from audit_kit.office.word_package import opened
from audit_kit.office.word_templates import LEFT_OUT_OF_REPORT
from audit_kit.stages.action_plan import action_plan
from audit_kit.stages.analyse import analyse
from audit_kit.stages.report_sources import sources

GOLDEN = Path(__file__).parents[1] / "office" / "golden" / "report.txt"


@pytest.fixture(scope="module")
def report():
    return opened(write_report(TEMPLATE, content()))


def concern(state):
    raised = datetime(2026, 10, 1, tzinfo=UTC)
    return ConcernProgress("k", "2026-A2-NEG", "H1", "GP", state, raised, "now", "Unsafe practice", raised)


# -- what it says ------------------------------------------------------------------------------------------


#: what is counted there is how agencies worked, not what a child is like
OF_PRACTICE = ("recorded by at least one agency",)


@pytest.mark.parametrize("least_of_a_tier", [1, 2, 3])
def test_no_table_counts_one_or_two_children(least_of_a_tier):
    cases = {f"{area}{n}": ("GP", "CSC-H") for area, most in (("H", 5), ("C", 3)) for n in range(1, most + 1)}
    refs = list(cases)
    tiers = dict.fromkeys(refs, "Child protection") | dict.fromkeys(refs[:least_of_a_tier], "Step-down")
    told = {"identity.age_band": "2-4", "identity.disability": "Yes"}
    rare = {"identity.age_band": "16-17", "identity.disability": "No", "identity.poverty": "Yes"}
    returns = [a_return(ref, "GP", rare if ref in refs[:least_of_a_tier] else told) for ref in refs]

    said = content(returns, a_session(cases, tiers=tiers))
    written = opened(write_report(TEMPLATE, said))

    pairs = [
        (row.cells[0].text, row.cells[1].text) for table in written.tables for row in table.rows if len(row.cells) == 2
    ]
    assert [pair for pair in pairs if pair[1] in ("1", "2") and not pair[0].endswith(OF_PRACTICE)] == []
    shown = "3" if least_of_a_tier == 3 else "fewer than 3"
    for label in ("Help at selection: step-down", "Age: 11 to 17", "Poverty, debt or housing: answered yes"):
        assert (label, shown) in pairs


def test_it_speaks_of_cases_and_never_of_percentages(report):
    text = text_of(report.element)

    assert "Below good in all three cases." in text
    assert "%" not in text


def test_what_an_agency_wrote_arrives_as_text_without_its_exact_date(report):
    text = text_of(report.element)

    assert "The plan drifted while R&D <notes> grew To improve: re-set plans with {{ 7*7 }} in March 2026" in text
    assert "14 March" not in text


def test_neither_its_text_nor_its_comments_say_which_case_is_meant():
    draft = opened(write_report(TEMPLATE, demo_content()))

    said = "\n".join([text_of(draft.element), *(comment.text for comment in draft.comments)])
    assert re.findall(r"\b[HC]\d\b.{0,20}", said) == []


def test_what_stands_behind_it_is_in_a_paper_for_the_team_alone():
    analysis = analyse(a_session(CASES), a_theme(), returned(WEAK_PLANS), [], 3)
    plan = action_plan(analysis, a_session(CASES), board="The Board", written_on=date(2026, 11, 24), chain_head="9f")
    blocks = sources(analysis, plan).blocks
    told = {block.rows[0]: block.rows[1:] for block in blocks if isinstance(block, Table)}

    found = told["Ref", "Finding", "Returns (r2: sent back once)"]
    assert ("I1", "N6 Plan and drift") in {row[:2] for row in found}
    assert found[-1][2].splitlines()[0] == "C1: CSC-C, GP"
    assert {row[1] for row in told["In the report", "Case", "Score"]} <= {"C1", "H1", "H2"}


def test_agencies_that_have_not_answered_are_counted():
    progress = [standing("H1", "GP"), standing("H1", "CSC-H", AuditState.AWAITED)]

    made = content(progress=progress)

    assert (made.returns_total.asked, made.returns_total.returned, made.returns_total.awaited) == ("6", "1", "5")
    assert made.limits[-1] == "Five audits are missing, so some pictures are partial."


def test_escalated_concerns_are_counts_and_assurance_only():
    made = content(concerns=[concern(ConcernState.ASSURED), concern(ConcernState.RAISED)])

    assert made.concerns == (
        "Two concerns about immediate risk or unsafe practice were escalated to the agencies responsible while the audit was "
        "under way. A response has come for one, and assurance was accepted for one."
    )


def test_a_one_sided_report_says_so():
    made = content(returned(WEAK_PLANS))

    assert made.balance == (
        "This draft is one-sided: no good practice stood out over several cases. Look again before the committee does."
    )


def test_engagement_decisions_are_counted_without_saying_whose():
    engaged = tuple(
        Engagement("H1", "mother", decision, "", "lead") for decision in ("Yes", "Yes", "No", "Not appropriate")
    )

    assert content(session=a_session(CASES, engagement=engaged)).engagement == (
        "When cases were selected, leads advised that two people (children, parents or carers) could be asked for feedback. For "
        "one it was not appropriate, and one could not be asked; the reasons are on file."
    )


def test_what_families_said_is_counted_and_told_by_the_author():
    engaged = a_session(CASES, engagement=(Engagement("H1", "Mother", "Yes", "", "lead"),))
    few = Heard(invited=4, children=1, adults=1, declined=1, listened=(("Yes", 1), ("Sometimes", 1), ("No", 0)))
    more = replace(few, adults=2, listened=(("Yes", 2), ("Sometimes", 1), ("No", 0)))

    told, told_more = (content(session=engaged, heard=heard) for heard in (few, more))
    assert told.engagement.endswith(
        "Four were invited: two gave feedback (one child or young person and one parent or carer), one declined and none could "
        "not be reached."
    )
    assert told_more.engagement.endswith(
        "Asked whether services listened, two said yes, one said sometimes and none said no."
    )
    assert "What families told the Board themselves is collected case by case" in told.voice_note
    assert "invited" not in content(session=engaged).engagement


def test_recommendations_are_assurances_asked_of_agencies_by_a_month(report):
    asked = content().recommendations[0]

    assert (asked.ref, asked.asked_of, asked.by) == ("R1", "Children's social care and health", "June 2027")
    assert asked.assurance == "That a plan that has changed nothing in three months is stopped, reviewed and re-set."


def test_a_session_of_which_nothing_came_back_still_gives_a_draft():
    assert write_report(TEMPLATE, content(returns=()))


# -- how it is made ----------------------------------------------------------------------------------------


def test_the_template_asks_for_nothing_that_the_report_does_not_have_and_prints_all_of_it():
    assert check_template(TEMPLATE, ReportContent, name="audit_report.docx", may_be_left_out=LEFT_OUT_OF_REPORT) == ()


def test_a_name_that_the_report_does_not_have_is_told_with_the_nearest_one():
    document = opened(TEMPLATE)
    document.add_paragraph("{{ commitee_on }}")
    buffer = io.BytesIO()
    document.save(buffer)

    with pytest.raises(
        AuditKitError, match=r"asks for \*commitee_on\* in paragraph \d+ .*nearest thing we have is \*committee_on\*"
    ):
        write_report(buffer.getvalue(), content())


def test_headings_are_words_own_and_none_is_empty(report):
    headings = [paragraph.text for paragraph in report.paragraphs if paragraph.style.name == "Heading 1"]

    assert headings == [
        "Five key messages", "Why this theme", "How the audit was done", "The children", "Grades by key line of enquiry",
        "What worked well", "What must improve", "Voice of children and families", "Practitioners’ view",
        "Learning from the deep dives", "Equality and identity", "Escalated concerns", "Since the last audit",
        "Recommendations", "Action plan in short", "Training and dissemination",
    ]  # fmt: skip


def test_the_contents_are_filled_in_and_lead_to_the_headings(report):
    links = list(report.element.iter(qn("w:hyperlink")))
    bookmarks = {mark.get(qn("w:name")) for mark in report.element.iter(qn("w:bookmarkStart"))}

    assert [text_of(link) for link in links][:2] == ["1\tFive key messages", "2\tWhy this theme"]
    assert [text_of(link) for link in links][-1] == "D\tProvenance"
    assert {link.get(qn("w:anchor")) for link in links} <= bookmarks


def test_figures_and_tables_are_numbered_without_a_gap(report):
    captions = [paragraph.text for paragraph in report.paragraphs if paragraph.style.name == "Caption"]

    tables = [
        int(text.split(":")[0].split()[1]) for text in captions if text.startswith("Table ") and text[6].isdigit()
    ]
    assert tables == list(range(1, len(tables) + 1))


def test_word_asks_nothing_when_it_is_opened(report):
    assert report.settings.element.find(qn("w:updateFields")) is None


def test_every_table_repeats_its_header_and_keeps_its_rows_whole(report):
    first_rows = [table.rows[0]._tr for table in report.tables]

    assert all(row.trPr.find(qn("w:tblHeader")) is not None for row in first_rows)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for table in report.tables for row in table.rows)
    assert all(table._tbl.tblPr.find(qn("w:tblDescription")) is not None for table in report.tables)


def rows_held(table) -> list[bool]:
    """Of each row below the heading, whether it stays on the page of what follows it."""
    return [next(row._tr.iter(qn("w:keepNext")), None) is not None for row in table.rows[1:]]


def test_a_small_table_stays_whole_and_nothing_is_held_to_its_end_but_the_authors_section(report):
    after = {table: table._tbl.getnext() for table in report.tables if len(table.rows) <= 10}
    small = {table: rows_held(table) for table in after}

    assert sum(len(held) > 1 and all(held[:-1]) for held in small.values()) > 5
    ends = {(held[-1], after[table] is not None and after[table].tag == qn("w:sdt")) for table, held in small.items()}
    assert ends == {(True, True), (False, False)}


def test_a_long_table_may_go_over_a_page_but_not_near_its_ends():
    document = Document()
    table = document.add_table(14, 1)
    for row in table.rows:
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True

    let_flow(document)

    assert rows_held(table) == [True] * 2 + [False] * 8 + [True] * 2 + [False]


def test_what_the_committee_is_asked_stands_on_the_page_of_its_table(report):
    asked = next(each for each in report.paragraphs if each.text.startswith("The QA Sub Committee is asked to seek"))

    assert asked.paragraph_format.keep_with_next


def test_each_chart_has_its_numbers_in_words(report):
    charts = [frame.get("descr") for frame in report.element.iter(qn("wp:docPr"))]

    assert len(charts) == 3
    assert charts[1].endswith("N2 Child's daily life and voice: Good 6; N6 Plan and drift: Requires improvement 6.")


def test_the_authors_sections_are_titled_content_controls(report):
    titles = [control.get(qn("w:val")) for control in report.element.iter(qn("w:alias"))]

    assert titles[:3] == ["Five key messages", "The children", "Moderation"]
    assert len(titles) == len(set(titles))


def test_comments_tell_the_author_what_to_decide_and_where_to_look_up_what_extracts_are_from(report):
    notes = [comment.text for comment in report.comments]

    assert {comment.author for comment in report.comments} == {"audit_kit"}
    assert any(note.startswith("Which case this is stands in outbox/team") for note in notes)
    assert "Keep, shorten or drop these extracts. They come from a single case" in " ".join(notes)
    assert "⟦" not in text_of(report.element)


def test_thin_data_are_pointed_out():
    answers = {**WEAK_PLANS, **graded("N7", "Insufficient evidence on file")}
    some = [*returned(answers)[:2], *returned({**WEAK_PLANS, **graded("N7", "Good")})[2:]]

    note = content(some).grades_note
    assert "2 of 6 returns did not grade N7 (2 found insufficient evidence on file)." in note


def test_a_comment_at_the_finding_says_that_its_data_are_thin():
    blank = {**WEAK_PLANS, **graded("N6", "", "Requires improvement")}
    half = [*returned(WEAK_PLANS)[:4], *returned(blank)[4:]]
    notes = [comment.text for comment in opened(write_report(TEMPLATE, content(half))).comments]

    assert any("Thin: 2 of 6 returns did not grade N6 (2 left it blank)" in note for note in notes)


def test_a_finding_on_few_returns_says_so_to_its_author():
    few = [each for each in returned(WEAK_PLANS) if each.audit.agency == "GP"]

    assert "Thin: It rests on three returns only. Say so, or leave it out." in content(few).improvements[0].note


def test_the_provenance_says_which_returns_rounds_and_rules_a_finding_rests_on(report):
    returns = [
        a_return("H1", "GP", WEAK_PLANS, 2),
        a_return("H2", "GP", WEAK_PLANS),
        a_return("H2", "CSC-H", WEAK_PLANS),
    ]
    progress = [
        standing("H1", "GP", sent_back_times=1, flags=("V17",)), standing("H2", "GP", flags=("V17", "V34")), standing("H2", "CSC-H"),
    ]  # fmt: skip

    row = content(returns, progress=progress).provenance[0]

    assert (row.ref, row.title) == ("I1", "N6 Plan and drift")
    assert row.returns == "Children's social care 1, health 2, in two cases"
    assert (row.rounds, row.warnings) == ("3, 1 of them sent back before", "V17 in two, V34 in one")
    assert "ends with 9f3c1a77be02" in text_of(report.element)


def test_the_rules_that_are_named_there_are_explained_and_those_about_the_file_left_out():
    progress = [standing("H1", "GP", flags=("V17", "V30", "V32")), standing("H2", "GP", flags=("V34",))]

    said = content(progress=progress)

    assert said.provenance[-1].warnings == "V17 in one, V34 in one"
    assert (
        said.provenance_rules == "V17: grade and words don't agree. V34: own grade and working together are far apart."
    )


def test_the_appendix_says_types_of_agency(report):
    appendix = text_of(report.element).partition("Returns behind each finding")[2]
    assert "Children's social care 3, health 3, in three cases" in appendix
    assert not [ref for ref in ("H1", "H2", "C1", "CSC-H") if ref in appendix]


def test_what_became_of_earlier_actions_is_counted():
    asked = {**WEAK_PLANS, "forward.1.changed": "Under way", "forward.2.changed": "Done, and children notice it"}
    some = [*returned(WEAK_PLANS)[:5], a_return("C1", "GP", {**asked, "forward.3.changed": ""})]

    assert content(some).since_last_audit == (
        "Agencies were asked what became of three actions of earlier audits. They say: done, and children notice it: 1; under "
        "way: 1; not answered: 1."
    )
    assert content().since_last_audit == "No action of an earlier audit was asked about in this one."


def test_it_is_marked_as_a_draft_of_the_board(report):
    core = report.core_properties

    assert (core.author, core.content_status, core.language) == ("The Board", "DRAFT", "en-GB")
    assert "DRAFT" in report.sections[0].header.paragraphs[0].text
    assert report.sections[0].footer.paragraphs[0].text.startswith("OFFICIAL-SENSITIVE, page ")


def test_once_it_is_signed_off_nothing_says_draft_and_nothing_is_left_to_decide():
    final = opened(write_report(TEMPLATE, content(status="")))

    assert "DRAFT" not in text_of(final.element) + text_of(final.sections[0].header._element)
    assert list(final.comments) == []


def test_it_says_what_a_person_has_reviewed(report):
    said = "\n".join(line for line in text_of(report.element).split("\n") if line.strip())

    assert f"{said}\n" == GOLDEN.read_text(encoding="utf-8"), (
        "review the change, then write the new text to the golden file"
    )


def test_the_same_analysis_gives_the_same_bytes():
    assert write_report(TEMPLATE, content()) == write_report(TEMPLATE, content())


def test_only_what_word_documents_are_made_of_is_in_the_file():
    names = zipfile.ZipFile(io.BytesIO(write_report(TEMPLATE, content()))).namelist()

    assert [name for name in names if name.endswith((".bin", ".vml", ".jpeg", ".png"))] == []


# -- an author's words survive ----------------------------------------------------------------------------


def written_in(report, title, words):
    """The report after an author has written something in the section of this title."""
    document = opened(report)
    write_into(document, title, words)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_what_nobody_has_touched_is_written_anew():
    assert author_sections(write_report(TEMPLATE, content())) == {}


def test_what_an_author_wrote_is_kept_when_the_report_is_written_again():
    edited = written_in(write_report(TEMPLATE, content()), "The children", "Four families in crowded homes.")

    again = write_report(TEMPLATE, content(), author_sections(edited))

    assert "Four families in crowded homes." in text_of(opened(again).element)
    assert "what these families had in common" not in text_of(opened(again).element)
    assert author_sections(again)["children"].text == "Four families in crowded homes."


def test_where_the_data_say_something_else_by_now_a_comment_tells_the_author():
    edited = written_in(write_report(TEMPLATE, content()), "Five key messages", "Plans drift.")

    again = opened(write_report(TEMPLATE, content(), author_sections(edited)))

    notes = [comment.text for comment in again.comments]
    assert any(
        note.startswith("Kept as you wrote it. The data now say: Strongest: child's daily life") for note in notes
    )


def test_where_the_figures_beside_a_section_have_changed_a_comment_says_then_and_now():
    title = "N6 Plan and drift: what must improve"
    edited = written_in(write_report(TEMPLATE, content()), title, "Drift hurts.")
    better = [*returned(WEAK_PLANS)[:4], *returned(graded("N6", "Good"))[4:]]

    again = opened(write_report(TEMPLATE, content(better), author_sections(edited)))

    assert "Drift hurts." in text_of(again.element)
    told = next(comment.text for comment in again.comments if "The figures beside it have changed" in comment.text)
    assert "Then: “Below good in all three cases." in told
    assert "Now: “Below good in 2 of 3 cases." in told


def test_where_they_have_not_no_comment_is_made():
    edited = written_in(write_report(TEMPLATE, content()), "N6 Plan and drift: what must improve", "Drift hurts.")

    again = opened(write_report(TEMPLATE, content(), author_sections(edited)))

    assert not [comment for comment in again.comments if comment.text.startswith("Kept as you wrote it")]


def test_what_was_written_about_a_finding_that_is_gone_is_put_at_the_end():
    title = "N6 Plan and drift: what must improve"
    edited = written_in(write_report(TEMPLATE, content()), title, "Drift hurts.")

    again = write_report(TEMPLATE, content(returns=()), author_sections(edited))
    once_more = write_report(TEMPLATE, content(returns=()), author_sections(again))

    for report in (again, once_more):
        said = text_of(opened(report).element)
        assert said.strip().endswith(f"Written before, now without a place: {title}\nDrift hurts.\nEnd of report")


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_report_of_the_demo_session_opens_and_prints(tmp_path):
    (tmp_path / "report.docx").write_bytes(write_report(TEMPLATE, demo_content()))

    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "report.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    assert (tmp_path / "report.pdf").stat().st_size > 50_000
