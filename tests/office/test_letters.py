"""The letters of a session: everything of the model is in them, in words, and nothing else."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from audit_kit.demo.sample import sample_of
from audit_kit.domain.letters import (
    AcceptanceReceipt,
    AgencyActionLine,
    AgencyActions,
    CaseLine,
    EscalationNotice,
    IdentitySlip,
    Letterhead,
    NotificationLetter,
    PractitionerNote,
    RequestLine,
    SendBackLetter,
    SetAsideNote,
    SlipCase,
    SlipPerson,
)
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError
from audit_kit.office import letters
from audit_kit.office.document import roots, text_of
from audit_kit.office.word_templates import word_faults

FOLDER = Path(__file__).parents[2] / "templates"
EVIL = "R&D <b>bold</b> {{ head.board }} {% if %} =1+1 😀 مرحبا Ŵyn “quoted”"

HEAD = Letterhead(
    board="City & Hackney Safeguarding Children Board",
    board_short="CHSCB",
    board_email="audit@chscb.example.org",
    urgent_phone="020 7946 0100",
    manager="The Board Manager",
    legal_basis="section 16H of the Children Act 2004",
    written_on=date(2026, 11, 24),
    chain_head="3f9a0c11d2e4",
)
NOTIFICATION = NotificationLetter(
    head=HEAD,
    session="2026-A2-NEG",
    theme="Neglect",
    why_chosen="Two reviews found that neglect was seen late.",
    agency="Health visiting and school nursing",
    agency_code="HVSN",
    lead="The Named Nurse",
    cases=(CaseLine("H1", "Hackney", "child and siblings"), CaseLine("C2", "City of London", "mother")),
    window_start=date(2025, 11, 1),
    window_end=date(2026, 10, 31),
    involvement_due=date(2026, 12, 1),
    due=date(2026, 12, 23),
    involvement_check=True,
)
SLIP = IdentitySlip(
    board=HEAD.board,
    session="2026-A2-NEG",
    agency="Health visiting and school nursing",
    agency_code="HVSN",
    number="2026-A2-NEG/HVSN/1",
    destroy_after=date(2027, 3, 23),
    urgent_phone=HEAD.urgent_phone,
    chain_head=HEAD.chain_head,
    cases=(
        SlipCase(
            "H1",
            (
                SlipPerson(
                    "Child", "Invented Name", "Invy", "3 April 2012", "NHS 999", "1 Sample Road", "Sample School"
                ),
                SlipPerson("Mother", "Another Name", "", "", "", "", ""),
            ),
        ),
        SlipCase("C2", (SlipPerson("Child", "Third Name", "", "4 May 2013", "", "", ""),)),
    ),
)
SEND_BACK = SendBackLetter(
    head=HEAD,
    audit="2026-A2-NEG/H3/HVSN",
    case="H3",
    agency="Health visiting and school nursing",
    lead="The Named Nurse",
    strong=("Chronology", "Voice of the child"),
    requests=(
        RequestLine("add evidence for your grade in question N6", "A grade stands on evidence."),
        RequestLine("say whether there was contact between 3 March and 14 July", ""),
    ),
    next_round=2,
    due=date(2026, 12, 1),
    names_stood_in_it=True,
    also_said="The chronology shows real care.\nWho agreed to close?",
)
NOTICE = EscalationNotice(
    head=HEAD,
    reference="2026-A2-NEG/H3/HVSN",
    case="H3",
    agency="Health visiting and school nursing",
    addressed_to="Head of agency",
    kind="Risk to the child",
    urgency="Same day",
    received="Tuesday 24 November 2026, 10:42",
    child_safe_now="Not known",
    situation="A completed audit tool raises a concern",
    acknowledge_by="today",
)
NOTE = SetAsideNote(
    head=HEAD,
    reference="not known",
    item="ab12cd34",
    received="24 November 2026, 10:42",
    what="The workbook has a password.",
    not_happened="Nothing in it has been read.",
    next_step="Ask the sender to take the password off.",
    passive=("comments on sheet 3", "a hidden sheet"),
)
RECEIPT = AcceptanceReceipt(
    head=HEAD,
    audit="2026-A2-NEG/H3/HVSN",
    case="H3",
    agency="Health visiting and school nursing",
    lead="The Named Nurse",
    round=2,
    accepted_on=date(2026, 12, 3),
    item="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    kept="until Sunday 11 March 2029",
)
ACTIONS = AgencyActions(
    head=HEAD,
    audit="2026-A2-NEG/H3/HVSN",
    case="H3",
    agency="Health visiting and school nursing",
    lead="The Named Nurse",
    accepted_on=date(2026, 12, 3),
    actions=(
        AgencyActionLine(1, "Ask for the contingency in every plan", "Children wait less long", "Head of Health Visiting", "26 February 2027", "18 of 20 plans have one"),
        AgencyActionLine(2, "Offer a joint visit with housing", "The child has a dry room", "Team Manager", "15 January 2027", "Visit recorded, child's view noted"),
    ),
)  # fmt: skip
PRACTITIONERS = PractitionerNote(
    head=HEAD,
    audit="2026-A2-NEG/H3/HVSN",
    case="H3",
    agency="Health visiting and school nursing",
    lead="The Named Nurse",
    theme="Neglect",
    strengths=("The same health visitor all year.", "Working together: the visiting pattern changed within two days."),
    improvements=("The father was never spoken to.",),
    actions=("Ask for the contingency in every plan (Head of Health Visiting, 26 February 2027)",),
)
WRITERS = {
    "notification_letter.docx": (letters.notification_letter, NOTIFICATION),
    "identity_slip.docx": (letters.identity_slip, SLIP),
    "send_back_letter.docx": (letters.send_back_letter, SEND_BACK),
    "escalation_notice.docx": (letters.escalation_notice, NOTICE),
    "set_aside_note.docx": (letters.set_aside_note, NOTE),
    "acceptance_receipt.docx": (letters.acceptance_receipt, RECEIPT),
    "agency_actions.docx": (letters.agency_actions, ACTIONS),
    "practitioner_note.docx": (letters.practitioner_note, PRACTITIONERS),
}
EVERY = pytest.mark.parametrize("name", WRITERS)


def template(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def written(name: str, **changes) -> bytes:
    write, letter = WRITERS[name]
    return write(template(name), dataclasses.replace(letter, **changes))


def read(data: bytes):
    return Document(io.BytesIO(data))


def words(data: bytes) -> str:
    """All that a reader sees: body, headers, footers."""
    return "\n".join(text_of(root) for root in roots(read(data)))


def texts_in(value) -> list[str]:
    """Every text of a model, its rows' included."""
    if dataclasses.is_dataclass(value):
        return [text for field in dataclasses.fields(value) for text in texts_in(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [text for each in value for text in texts_in(each)]
    return [value] if isinstance(value, str) else []


def changed_template(name: str, old: str, new: str) -> bytes:
    document = read(template(name))
    for root in roots(document):
        for node in root.iter(qn("w:t")):
            node.text = (node.text or "").replace(old, new)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@EVERY
def test_every_text_of_the_model_is_in_the_letter(name):
    shown = words(written(name))

    lowered = shown.casefold()  # a sentence may begin with one of them
    assert [text for text in texts_in(WRITERS[name][1]) if text.casefold() not in lowered] == []


@EVERY
def test_no_placeholder_and_no_empty_paragraph_is_left(name):
    document = read(written(name))

    assert "{" not in words(written(name))
    assert [p for p in document.element.body.iter(qn("w:p")) if not text_of(p).strip()] == []


@EVERY
def test_the_same_letter_is_the_same_bytes_whenever_it_is_written(name):
    first = written(name)

    assert written(name) == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@EVERY
def test_the_board_is_the_author_and_the_language_is_british(name):
    document = read(written(name))

    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.language) == (HEAD.board, HEAD.board, "en-GB")
    assert properties.title
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}


@EVERY
def test_a_letter_carries_no_picture_of_itself_and_saves_none(name):
    package = zipfile.ZipFile(io.BytesIO(written(name)))

    assert [entry for entry in package.namelist() if "thumbnail" in entry or "customXml" in entry] == []
    assert b"savePreviewPicture" not in package.read("word/settings.xml")


@EVERY
def test_pages_are_marked_and_numbered(name):
    for section in read(written(name)).sections:
        for footer in (section.first_page_footer, section.footer):
            fields = "".join(node.text for node in footer._element.iter(qn("w:instrText")))
            assert fields.split() == ["PAGE", "NUMPAGES"]
            assert text_of(footer._element).strip().startswith("OFFICIAL-SENSITIVE")
            assert "page 1 of 1" in text_of(footer._element)


@EVERY
def test_headings_bullets_and_tables_have_styles_of_their_own(name):
    document = read(written(name))

    in_cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    styles = [paragraph.style.name for paragraph in (*document.paragraphs, *in_cells)]
    assert "Title" in styles
    assert "Heading 1" in styles
    assert {table.style.name for table in document.tables} <= {"Board Table"}


@EVERY
def test_rows_do_not_split_and_header_rows_repeat(name):
    for table in read(written(name)).tables:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@EVERY
def test_every_letter_shows_the_chain_head(name):
    assert HEAD.chain_head in words(written(name))


def evil(value):
    """The same model with something hostile in each of its texts."""
    if dataclasses.is_dataclass(value):
        return dataclasses.replace(value, **{f.name: evil(getattr(value, f.name)) for f in dataclasses.fields(value)})
    if isinstance(value, tuple):
        return tuple(evil(each) for each in value)
    return f"{value} {EVIL}" if isinstance(value, str) and value else value


@EVERY
def test_text_stays_text_whatever_it_looks_like(name):
    write, letter = WRITERS[name]

    shown = words(write(template(name), evil(dataclasses.replace(letter))))

    assert shown.count(EVIL) + shown.count(EVIL.lower()) >= len([text for text in texts_in(letter) if text])
    assert "<b>" in shown


# -- dates, conditions, readers ------------------------------------------------------------------------------


def test_dates_are_words_and_days_to_meet_name_their_weekday():
    shown = words(written("notification_letter.docx"))

    assert "1 November 2025 to 31 October 2026" in shown
    assert in_words(NOTIFICATION.due) == "Wednesday 23 December 2026"
    assert "Wednesday 23 December 2026" in shown
    assert "Tuesday 1 December 2026" in shown
    assert "2026-12" not in shown


def test_without_an_involvement_check_the_letter_asks_for_the_tool_alone():
    shown = words(written("notification_letter.docx", involvement_check=False))

    assert "Tell us by" not in shown
    assert "Complete the audit tool by Wednesday 23 December 2026" in shown
    assert "a nil return takes two minutes and is as important as a full one" in shown


def test_the_notification_says_consent_independence_and_whom_to_ring():
    shown = words(written("notification_letter.docx"))

    for sentence in (
        "neither holds nor supervises the case",
        "Consent is not needed",
        "under section 16H of the Children Act 2004",
        "An identity slip comes separately",
        "don’t wait for the form: ring 020 7946 0100",
    ):
        assert sentence in shown


def test_the_slip_has_one_table_a_case_and_a_dash_for_what_is_not_known():
    document = read(written("identity_slip.docx"))

    first, second = document.tables
    assert [len(first.rows), len(second.rows)] == [3, 2]
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Case H1", "Case C2"]
    assert [cell.text for cell in first.rows[2].cells] == ["Mother", "Another Name", "–", "–", "–", "–"]
    assert "RESTRICTED" in document.sections[0].footer.paragraphs[0].text


def test_a_case_is_named_again_on_each_page_of_its_people():
    (table, _) = read(written("identity_slip.docx")).tables

    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert table.cell(0, 0).text == "H1: role"
    assert repeated == [True, False, False]


@EVERY
def test_no_two_tables_touch_since_word_would_make_them_one(name):
    body = read(written(name)).element.body

    assert [table for table in body.findall(qn("w:tbl")) if table.getnext().tag == qn("w:tbl")] == []


def test_the_slip_says_neither_theme_nor_finding():
    shown = words(written("identity_slip.docx"))

    assert "Neglect" not in shown
    assert "Destroy after Tuesday 23 March 2027" in shown


def test_each_request_is_a_bullet_and_its_reason_follows_if_there_is_one():
    paragraphs = read(written("send_back_letter.docx")).paragraphs

    after = [(paragraph.style.name, paragraph.text) for paragraph in paragraphs]
    start = after.index(("Heading 1", "You need to:"))
    assert after[start + 1 : start + 4] == [
        ("List Bullet", SEND_BACK.requests[0].request),
        ("Reason", "Why we ask: A grade stands on evidence."),
        ("List Bullet", SEND_BACK.requests[1].request),
    ]


def test_a_bare_send_back_letter_thanks_gracefully_and_reminds_of_nothing():
    shown = words(
        written(
            "send_back_letter.docx", strong=(), also_said="", names_stood_in_it=False, requests=SEND_BACK.requests[:1]
        )
    )

    assert "Thank you for your audit of case H3" in shown
    for absent in ("strong", "reviewer adds", "gentle reminder"):
        assert absent not in shown
    assert (
        "Nothing else needs changing. Only the yellow cells in the attached copy are open, and the Immediate concern"
        in shown
    )


def test_a_send_back_letter_without_requests_has_no_empty_list():
    shown = words(written("send_back_letter.docx", requests=()))

    assert "You need to" not in shown
    assert "The chronology shows real care." in shown


@pytest.mark.parametrize(
    ("reader", "asked"),
    [("Head of agency", "Tell us what was done"), ("Board manager", "Obtain the agency’s assurance")],
)
@pytest.mark.parametrize(
    "situation",
    [
        "A completed audit tool raises a concern",
        "The question about immediate risk was left unanswered",
        "A file came that could not be read, so nobody knows yet whether it raises a concern",
    ],
)
def test_a_notice_says_to_each_reader_what_has_to_happen_in_each_situation(reader, asked, situation):
    data = written("escalation_notice.docx", addressed_to=reader, situation=situation)

    shown, steps = words(data), read(data).tables[0]
    assert f"{situation}." in shown
    assert asked in shown
    assert [row.cells[0].text for row in steps.rows] == ["Step", "1 Acknowledge", "2 Response", "3 Assurance"]
    assert [row.cells[2].text for row in steps.rows][1:3] == ["Today", "Same day"]
    assert "telephone or secure channel only" in shown


def test_a_set_aside_note_leaves_out_what_there_is_nothing_to_say_about():
    shown = words(written("set_aside_note.docx", not_happened="", next_step="", passive=()))

    for absent in ("What has not happened", "What to do next", "What else the file holds"):
        assert absent not in shown


def test_a_receipt_says_what_remains_with_the_agency():
    shown = words(written("acceptance_receipt.docx"))

    for sentence in ("Keep your own copy securely", "yours to progress", "Feed the learning back to your staff"):
        assert sentence in shown
    assert "3 December 2026" in shown


# -- the contract between a template and its model -----------------------------------------------------------


@EVERY
def test_the_templates_ask_for_exactly_their_fields(name):
    assert word_faults(name, template(name)) == ()


def test_a_misspelt_field_is_told_with_its_place_and_the_nearest_name():
    broken = changed_template("acceptance_receipt.docx", "{{ accepted_on }}", "{{ acepted_on }}")

    asked, forgotten = word_faults("acceptance_receipt.docx", broken)
    assert asked.sentence == (
        "The template acceptance_receipt.docx asks for *acepted_on* in paragraph 5 (“Accepted on\t{{ acepted_on }}”); "
        "the nearest thing we have is *accepted_on*."
    )
    assert "never prints *accepted_on*" in forgotten.sentence
    with pytest.raises(AuditKitError, match="asks for \\*acepted_on\\*") as told:
        letters.acceptance_receipt(broken, RECEIPT)
    assert told.value.not_happened == "Nothing was written."


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("notification_letter.docx", "{{ case.subjects }}", "the family", "never prints *cases.subjects*"),
        (
            "identity_slip.docx",
            "{{ person.role }}",
            "{{ person.role }}{{ person.shoes }}",
            "asks for *cases.people.shoes*",
        ),
        ("set_aside_note.docx", "{{ what }}", "{{ what.__class__ }} {{ what }}", "what.__class__"),
        ("set_aside_note.docx", "{{ what }}", "{{ what }} {{ ''.__class__ }}", "reaches for more than the fields"),
    ],
)
def test_each_fault_is_told_once(name, old, new, told):
    (fault,) = word_faults(name, changed_template(name, old, new))

    assert told in fault.sentence


def test_both_ends_of_a_loop_that_does_not_close_are_told_with_their_places():
    opens, mistyped = word_faults(
        "set_aside_note.docx", changed_template("set_aside_note.docx", "{%p endfor %}", "{%p endfo %}")
    )

    assert "this loop or condition is never closed: {%p for thing in passive %}" in opens.sentence
    assert "was never opened: {%p endfo %}" in mistyped.sentence
    assert 0 < opens.paragraph < mistyped.paragraph


def test_what_is_no_word_file_is_the_one_fault():
    (fault,) = word_faults("set_aside_note.docx", b"no document at all")

    assert "will not open as a Word document" in fault.sentence


@EVERY
def test_a_letter_that_was_written_is_no_template(name):
    (fault,) = word_faults(name, written(name))

    assert "a document that the kit wrote" in fault.sentence
    with pytest.raises(AuditKitError, match="a document that the kit wrote, not a template"):
        write, letter = WRITERS[name]
        write(written(name), letter)


@EVERY
def test_an_example_fills_every_template(name):
    example = letters.example_of(letters.TEMPLATES[name].model)

    write, _ = WRITERS[name]
    shown = words(write(template(name), example))

    assert f"[{'board' if name == 'identity_slip.docx' else 'manager'}]" in shown


# -- as LibreOffice lays them out ------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_each_letter_opens_in_libreoffice_on_one_page(tmp_path):
    for name in WRITERS:
        (tmp_path / name).write_bytes(written(name))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", *WRITERS],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )

    for name in WRITERS:
        pdf = (tmp_path / name).with_suffix(".pdf").read_bytes()
        assert pdf.count(b"/Type/Page") - pdf.count(b"/Type/Pages") == 1, name


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_review_of_many_actions_breaks_no_reference(tmp_path):
    review = sample_of("plan_review.docx")
    line = dataclasses.replace(review.overdue[0], ref="A1000")
    (tmp_path / "review.docx").write_bytes(
        letters.plan_review(template("plan_review.docx"), dataclasses.replace(review, overdue=(line,)))
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "review.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip

    assert "A1000" in PdfReader(tmp_path / "review.pdf").pages[0].extract_text()
