"""Case specific actions are progressed by single agencies. The learning from audits will be fed back to staff.

With its receipt an agency gets its own actions as a list, and a note for the practitioners who were involved.
"""

from __future__ import annotations

import dataclasses
import email
import shutil
import subprocess
from email import policy
from pathlib import Path

import pytest
from builders import ROOT
from everywhere import places_with
from mini import CHILD, RETURNED, SESSION, Mini
from pypdf import PdfReader

from audit_kit import process
from audit_kit.demo.sample import sample_of
from audit_kit.domain.letters import PractitionerNote
from audit_kit.domain.references import AuditRef
from audit_kit.office import letters
from audit_kit.office.document import text_of
from audit_kit.office.word_package import opened

STEM = f"{SESSION}_H1_GP_r1"
AUDIT = AuditRef(SESSION, "H1", "GP")
ACTION = {"action.1.what": "Ring the school nurse before each review", "action.1.owner": "Named GP",
          "action.1.due": "2027-02-26", "action.1.measure": "Six of six reviews have her view",
          "action.1.outcome": "Missed meals are seen sooner"}  # fmt: skip


def accepted(mini: Mini, change: dict[str, str | None]) -> dict[str, str]:
    """What the agency got: name of each paper → its words."""
    mini.drop("return.xlsx", mini.returned("H1", "GP", change))
    mini.run()
    with mini.on(RETURNED) as kit:
        process.accept(kit, AUDIT)
    folder = mini.outbox / "agencies" / "GP"
    return {
        path.name.removeprefix(f"{STEM}_"): text_of(opened(path.read_bytes()).element)
        for path in folder.glob(f"{STEM}_*.docx")
    }


def test_the_receipt_says_what_to_keep_and_how_long_the_board_keeps_its_own(mini):
    receipt = accepted(mini, {})["receipt.docx"]

    assert "Keep your own copy securely on file" in receipt
    assert "for as long as your own retention schedule says" in receipt
    with mini.on(RETURNED) as kit:
        months = kit.config.retention.case_months
    assert ("We keep ours sealed until " if months else "We keep ours sealed for as long as") in receipt


def test_its_own_actions_come_as_a_list(mini):
    listed = accepted(mini, ACTION)["actions.docx"]

    for words in (
        "Ring the school nurse before each review",
        "Named GP",
        "26 February 2027",
        "Six of six reviews",
        "Missed meals",
    ):
        assert words in listed


def test_an_agency_that_set_no_action_gets_no_list(mini):
    none = {ref: None for ref in mini.good("H1", "GP") if ref.startswith("action.")}
    grades = {ref: "Good" for ref in mini.good("H1", "GP") if ref.endswith((".ours", ".together"))}

    assert "actions.docx" not in accepted(mini, {**none, **grades})


def test_the_practitioners_are_told_what_worked_what_could_and_what_will_be_done(mini):
    note = accepted(
        mini,
        {**ACTION, "strength.1.answer": "One doctor all year.", "improvement.1.answer": "The father was never asked."},
    )["note.docx"]

    assert "To the practitioners involved" in note
    for words in (
        "One doctor all year.",
        "The father was never asked.",
        "Ring the school nurse before each review (Named GP, 26 February 2027)",
    ):
        assert words in note
    assert "not at anybody’s performance" in note


def test_one_mail_carries_them_all(mini):
    accepted(mini, ACTION)

    (path,) = (mini.outbox / "agencies" / "GP").glob(f"{STEM}_receipt.eml")
    draft = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert [part.get_filename() for part in draft.iter_attachments()] == [
        f"{STEM}_receipt.docx", f"{STEM}_actions.docx", f"{STEM}_note.docx",
    ]  # fmt: skip


def test_nothing_of_the_family_or_of_another_agency_is_in_them(mini):
    unmistakable = "The zithers of the visiting team were never tuned."
    mini.drop("other.xlsx", mini.returned("H1", "HVSN", {"strength.1.answer": unmistakable}))
    papers = accepted(mini, {**ACTION, "improvement.1.answer": f"{CHILD} waited for an answer."})

    assert "waited for an answer" in papers["note.docx"]
    assert places_with((*CHILD.split(), "zithers"), mini.outbox / "agencies", ("restricted",)) == []


# --- how the note lies on its pages -----------------------------------------------------------------------


def pages_of(folder: Path, *notes: PractitionerNote) -> list[list[str]]:
    """The words of each page of each note, as LibreOffice lays it out."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    template = (ROOT / "templates" / "practitioner_note.docx").read_bytes()
    for number, note in enumerate(notes):
        (folder / f"{number}.docx").write_bytes(letters.practitioner_note(template, note))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return [[page.extract_text() for page in PdfReader(path).pages] for path in sorted(folder.glob("*.pdf"))]


@pytest.mark.office
def test_the_note_fits_one_page_or_what_comes_next_stands_together_on_the_second(tmp_path):
    line = "Daily life and voice: each child’s own words stood in the plan, and were read at the review."
    usual = dataclasses.replace(
        sample_of("practitioner_note.docx"),
        strengths=(line,) * 9, improvements=(line,) * 9, actions=(f"{line} (Named GP, 26 February 2027)",) * 3,
    )  # fmt: skip
    long = dataclasses.replace(usual, strengths=(line,) * 14, improvements=(line,) * 14)

    (only,), (first, second) = pages_of(tmp_path, usual, long)

    assert "To talk over in supervision" in only
    assert "Ring 020 7946 0100" in first  # whoever is worried need not turn the page
    headings = [text.strip() for text in second.splitlines() if text.strip()]
    assert headings[1] == "What your agency will do"  # after the running head
    assert "To talk over in supervision" in headings
