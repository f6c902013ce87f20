"""At the point of case selection agency leads will be asked to identify, where appropriate, which of the children,
young people, parents or carers can be engaged for feedback.

Whoever can be asked gets an invitation and a form for their age; what comes back is read like every answer: risk
first, names out, doubts to a person, the rest kept for the report.
"""

from __future__ import annotations

import email
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from everywhere import places_with
from mini import CHILD, PLANNED, RETURNED, SESSION, Mini, a_copy_of, a_plan, an_installation
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.engaging import engagement
from audit_kit.acts.feedback import voices
from audit_kit.acts.involvement import form_for
from audit_kit.acts.planning import form_for as plan_form_for
from audit_kit.acts.reporting import drawn
from audit_kit.demo.agencies import typed_into
from audit_kit.demo.reviewer import filled_in
from audit_kit.domain.engagement import FamilyRef
from audit_kit.domain.engagement_form import EngagementRow, engagement_form
from audit_kit.domain.feedback_form import FORMS, OLDER_CHILD, PARENT, YOUNG_CHILD, answers_in
from audit_kit.domain.progress import concerns
from audit_kit.errors import UsageProblem
from audit_kit.office.document import text_of
from audit_kit.office.word_form import read_word_form
from audit_kit.office.word_gate import inspect_word
from audit_kit.office.word_templates import word_faults
from audit_kit.stages.feedback import tells_of_risk

FOLDER = "team/engagement"
MOTHER = FamilyRef(SESSION, "H1", 1)
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A session in which H1's mother, child (9) and sibling can be asked, a father can't, and H2's child is three."""
    mini = an_installation(tmp_path_factory.mktemp("asked") / "kit")
    with mini.on(PLANNED) as kit:
        fresh, answers = a_plan(kit)
        answers = {ref: text for ref, text in answers.items() if not ref.startswith("engagement.")}
        rows = (
            ("H1", "Mother", "Yes", "asked to be heard", "health visitor"),
            ("H1", "Child", "Yes", "likes being asked", "nursery key person"),
            ("H1", "Father", "No", "an order forbids it", "social worker"),
            ("H2", "Child", "Yes", "likes drawing", "teaching assistant"),
            ("C1", "Child", "Not appropriate", "too unwell", "nurse"),
        )
        for number, row in enumerate(rows, start=1):
            answers |= {f"engagement.{number}.{field}": text for field, text in zip(
                ("case", "who", "decision", "reason", "asked_by"), row, strict=True)}  # fmt: skip
        children = {answers[f"person.{n}.case"]: n for n in range(1, 40) if answers.get(f"person.{n}.role") == "Child"}
        answers |= {f"person.{children['H1']}.dob": "2019-05-01", f"person.{children['H2']}.dob": "2014-05-01"}
        theme = kit.bank.theme("neglect")
        assert theme is not None
        mini.drop("plan.xlsx", typed_into(fresh, plan_form_for(kit, theme), answers))
        done = process.work_through_inbox(kit, lambda seconds: None)
        assert "stands" in " ".join(done.sentences), done.sentences
        process.notify(kit, SESSION)
    return mini


@pytest.fixture
def kit_asked(asked: Mini, tmp_path: Path) -> Mini:
    return a_copy_of(asked, tmp_path / "kit")


def form_of(mini: Mini, ref: FamilyRef, kind: str = PARENT.kind) -> bytes:
    return (mini.outbox / FOLDER / f"{ref.file_stem}_feedback_{kind}.docx").read_bytes()


def came_back(
    mini: Mini, words: dict[str, str], ticks: tuple[str, ...] = (), ref: FamilyRef = MOTHER, beside: str = ""
):
    mini.drop("feedback.docx", filled_in(form_of(mini, ref), words, ticks, beside))
    return mini.run()


def kept(mini: Mini, case: str = "H1") -> list[dict[str, str]]:
    with mini.on(RETURNED) as kit:
        return [dict(voice.answers) for voice in voices(kit, SESSION, case)]


# --- invitations ------------------------------------------------------------------------------------------------------


def test_who_can_be_asked_gets_an_invitation_and_a_form_for_their_age_and_nobody_else_does(asked):
    names = [Path(path).name for path in asked.in_outbox(f"{FOLDER}/*.docx")]

    assert names == [
        f"{SESSION}_H1_F1_feedback_parent.docx", f"{SESSION}_H1_F1_invitation_parent.docx",
        f"{SESSION}_H1_F2_feedback_young-child.docx", f"{SESSION}_H1_F2_invitation_child.docx",
        f"{SESSION}_H2_F1_feedback_older-child.docx", f"{SESSION}_H2_F1_invitation_child.docx",
    ]  # fmt: skip


def test_a_draft_to_whoever_asks_holds_both_and_has_no_address(asked):
    draft = email.message_from_bytes((asked.outbox / FOLDER / f"{SESSION}_H1_F1_invitation.eml").read_bytes())

    assert draft["To"] is None
    assert [part.get_filename() for part in draft.walk() if part.get_filename()] == [
        f"{SESSION}_H1_F1_invitation_parent.docx", f"{SESSION}_H1_F1_feedback_parent.docx",
    ]  # fmt: skip


def test_no_paper_names_anybody_or_says_what_the_audit_is_about(asked):
    assert places_with((*CHILD.split(), "Neglect", "neglect"), asked.outbox / FOLDER) == []


def test_an_invitation_says_that_they_may_say_no_and_when_it_cannot_be_kept_to_ourselves(asked):
    for name in ("F1_invitation_parent", "F2_invitation_child"):
        words = text_of(Document(str(asked.outbox / FOLDER / f"{SESSION}_H1_{name}.docx")).element.body)
        assert "say" in words and "no" in words
        assert "your name" in words
        assert "999" in words


def test_nobody_is_invited_twice(kit_asked):
    with kit_asked.on(PLANNED) as kit:
        before = [event.kind.value for event in kit.journal.events(SESSION)].count("invitation for feedback written")
        process.notify(kit, SESSION)
        after = [event.kind.value for event in kit.journal.events(SESSION)].count("invitation for feedback written")

    assert (before, after) == (3, 3)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.kind)
def test_each_form_has_a_box_for_every_question_and_a_template_without_one_is_refused(form):
    template = (TEMPLATES / form.template).read_bytes()
    assert word_faults(form.template, template) == ()

    document = Document(io.BytesIO(template))
    next(tag for tag in document.element.body.iter(qn("w:tag")) if tag.get(qn("w:val")) == "change").set(
        qn("w:val"), "x"
    )
    saved = io.BytesIO()
    document.save(saved)
    assert [
        "no content control whose tag is *change*" in fault.sentence
        for fault in word_faults(form.template, saved.getvalue())
    ] == [True]


def test_the_faces_of_the_youngest_have_words_for_those_who_cannot_see_them():
    document = Document(str(TEMPLATES / YOUNG_CHILD.template))

    shown = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert shown == ["A smiling face", "A face with a straight mouth", "A sad face", "A face with a closed mouth"]


# --- what comes back --------------------------------------------------------------------------------------------------


def test_what_was_ticked_and_written_is_kept_without_names(kit_asked):
    came_back(kit_asked, {"helped": f"The nurse listened to {CHILD}."}, ("listened.2", "safe.1"))

    assert kept(kit_asked) == [{"helped": "The nurse listened to Child H1.", "listened": "Sometimes", "safe": "Yes"}]
    assert places_with(CHILD.split(), kit_asked.outbox) == []
    words = text_of(Document(str(kit_asked.outbox / FOLDER / f"{SESSION}_H1_what-the-family-says.docx")).element.body)
    assert "What helped the family" in words and "The nurse listened to Child H1." in words


def test_what_is_written_beside_the_boxes_is_kept_as_well(kit_asked):
    came_back(kit_asked, {"helped": "All of it."}, beside="And thank you for asking.")

    assert kept(kit_asked)[0]["beside"] == "And thank you for asking."


def test_the_prompt_in_a_box_is_no_answer_and_a_blank_form_is_told_in_words(kit_asked):
    kit_asked.drop("blank.docx", form_of(kit_asked, MOTHER))
    done = kit_asked.run()

    assert kept(kit_asked) == []
    assert any("Nothing is filled in in the feedback form" in sentence for sentence in done.sentences)


def test_two_ticks_for_one_question_are_told_as_two():
    assert answers_in(OLDER_CHILD, {}, {"listened.1", "listened.3"}) == (("listened", "Yes and No (both ticked)"),)


def test_words_in_doubt_wait_for_a_person_and_the_decision_lets_them_through(kit_asked):
    from audit_kit.acts.passwords import TEAM, password_for
    from audit_kit.domain.review_form import review_form
    from audit_kit.office.protect import unprotect

    came_back(kit_asked, {"helped": "We met in Larch Barn."})
    assert kept(kit_asked) == []
    path = kit_asked.outbox / f"team/restricted/{SESSION}_H1_review.xlsx"
    with kit_asked.on(RETURNED) as kit:
        workbook = unprotect(path.read_bytes(), password_for(kit, SESSION, TEAM))
    assert workbook is not None
    kit_asked.drop("review.xlsx", typed_into(workbook, review_form("H1", 1, ()), {"doubt.1.action": "Keep"}))
    kit_asked.run()

    assert kept(kit_asked) == [{"helped": "We met in Larch Barn."}]


def test_the_same_form_again_counts_once_and_another_from_the_same_person_is_kept_beside_it(kit_asked):
    came_back(kit_asked, {"helped": "The nurse."})
    came_back(kit_asked, {"helped": "The nurse."})
    done = came_back(kit_asked, {"helped": "The school."})

    assert sorted(one["helped"] for one in kept(kit_asked)) == ["The nurse.", "The school."]
    assert any("It is not the first from this person" in sentence for sentence in done.sentences)


def test_a_form_whose_reference_was_changed_is_set_aside(kit_asked):
    data = filled_in(form_of(kit_asked, MOTHER), {"helped": "The nurse."})
    kit_asked.drop("other.docx", data_with(data, b">H1<", b">H2<"))
    done = kit_asked.run()

    assert kept(kit_asked) == kept(kit_asked, "H2") == []
    assert any("does not say for certain whose it is" in sentence for sentence in done.sentences)


def data_with(data: bytes, old: bytes, new: bytes) -> bytes:
    import zipfile

    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == "docProps/custom.xml" else content)
    return changed.getvalue()


# --- risk first -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ticked", "words", "risk"),
    [
        ({"safe.3"}, "", True),
        ({"safe.2"}, "", True),
        ({"safe.1"}, "The nurse listened.", False),
        (set(), "He hits me when he drinks", True),
        (set(), "I’m scared to go home", True),
        (set(), "I want to die", True),
        (set(), "we are not safe", True),
        (set(), "Nobody was hurt and I felt safe with her.", False),
    ],
)
def test_a_tick_or_words_that_somebody_is_not_safe_are_never_left_lying(ticked, words, risk):
    assert tells_of_risk(ticked, (words,)) is risk


def test_the_board_manager_is_told_in_the_same_pass_even_if_nobody_knows_whose_form_it_is(kit_asked):
    data = filled_in(form_of(kit_asked, MOTHER), {"helped": "He hits me."})
    kit_asked.drop("known.docx", data)
    kit_asked.drop("unknown.docx", data_with(data, b"audit_kit_code", b"something_else"))
    kit_asked.run()

    assert len(kit_asked.in_outbox("urgent/*_board-manager.eml")) == 2
    assert kit_asked.in_outbox("urgent/*_head-of-agency.eml") == []
    with kit_asked.on(RETURNED) as kit:
        assert {one.case for one in concerns(kit.journal.events())} == {"H1"}


# --- the words of Word and of LibreOffice -----------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_form_saved_by_libreoffice_says_the_same(asked, tmp_path):
    data = filled_in(form_of(asked, MOTHER), {"helped": "The nurse."}, ("listened.1",))
    (tmp_path / "form.docx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(tmp_path / "form.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    seen = inspect_word((tmp_path / "out/form.docx").read_bytes())
    own = read_word_form(inspect_word(form_of(asked, MOTHER)))
    read = read_word_form(seen).as_answers_to(own)
    assert read is not None
    assert (seen.form, read.ticked) == ("feedback", {"listened.1"})
    assert {tag: text for tag, text in read.typed.items() if text} == {"helped": "The nurse."}


def test_a_form_whose_boxes_were_taken_away_is_set_aside_in_words(kit_asked):
    document = Document(io.BytesIO(filled_in(form_of(kit_asked, MOTHER), {"helped": "The nurse."})))
    box = (
        next(tag for tag in document.element.body.iter(qn("w:tag")) if tag.get(qn("w:val")) == "harder")
        .getparent()
        .getparent()
    )
    box.getparent().remove(box)
    document.save(kit_asked.inbox / "cut.docx")

    done = kit_asked.run()

    assert kept(kit_asked) == []
    assert any("came back with its boxes changed" in sentence for sentence in done.sentences)


def test_a_decision_stands_with_what_came_of_it(kit_asked):
    came_back(kit_asked, {"helped": "The nurse."})

    with kit_asked.on(RETURNED) as kit:
        stands = {str(ref): one.stands_at for ref, one in engagement(kit, kit.session(SESSION)).items()}
    assert stands == {
        f"{SESSION}/H1/F1": "Gave feedback", f"{SESSION}/H1/F2": "Invitation written", f"{SESSION}/H1/F3": "Not asked",
        f"{SESSION}/H2/F1": "Invitation written", f"{SESSION}/C1/F1": "Not asked",
    }  # fmt: skip


# --- what came of it, by form and by command --------------------------------------------------------------------------


def engagement_sheet(mini: Mini) -> bytes:
    with mini.on(RETURNED) as kit:
        process.write_engagement_forms(kit)
    return (mini.outbox / FOLDER / f"{SESSION}_engagement.xlsx").read_bytes()


def said_in_form(mini: Mini, rows: dict[str, str]):
    with mini.on(RETURNED) as kit:
        keys = [EngagementRow(f"{ref.case}.F{ref.number}", "", "") for ref in engagement(kit, kit.session(SESSION))]
    mini.drop("engagement.xlsx", typed_into(engagement_sheet(mini), engagement_form(keys), rows))
    return mini.run()


def stands(mini: Mini) -> dict[str, str]:
    with mini.on(RETURNED) as kit:
        return {
            f"{ref.case}/F{ref.number}": one.stands_at for ref, one in engagement(kit, kit.session(SESSION)).items()
        }


DECLINED = {
    "H1.F1.result": "Declined",
    "H1.F1.when": "2026-11-05",
    "H1.F1.who": "health visitor",
    "H1.F1.why": f"{CHILD} is ill",
}


def test_the_form_shows_every_decision_why_and_where_it_stands_without_a_name(kit_asked):
    rows = [
        [str(cell.value) for cell in row]
        for row in load_workbook(io.BytesIO(engagement_sheet(kit_asked)))["Engagement"].iter_rows()
    ]
    shown = {row[0].strip(): row[3] for row in rows if " F" in row[0]}

    assert list(shown) == ["H1 F1", "H1 F2", "H1 F3", "H2 F1", "C1 F1"]
    assert shown["H1 F1"] == "Yes: asked to be heard. To ask: health visitor.\nNow: Invitation written."
    assert shown["H1 F3"].startswith("No: an order forbids it")
    assert places_with(CHILD.split(), kit_asked.outbox / FOLDER) == []


def test_a_result_is_recorded_once_with_its_reason_kept_sealed(kit_asked):
    first, again = said_in_form(kit_asked, DECLINED), said_in_form(kit_asked, DECLINED | {"H1.F1.why": "said so again"})

    assert stands(kit_asked)["H1/F1"] == "Declined"
    assert "1 recorded" in " ".join(first.sentences)
    assert "“Declined” was recorded already" in " ".join(again.sentences)
    assert places_with(CHILD.split(), kit_asked.outbox) == []
    with kit_asked.on(RETURNED) as kit:
        (event,) = [event for event in kit.journal.events(SESSION) if event.kind.value == "engagement recorded"]
        assert kit.vault.note(event.note) == f"05 Nov 2026, health visitor: {CHILD} is ill"


@pytest.mark.parametrize("missing", ["result", "who", "why"])
def test_a_half_filled_row_records_nothing_and_comes_back_marked_without_its_words(kit_asked, missing):
    done = said_in_form(kit_asked, DECLINED | {f"H1.F1.{missing}": ""})

    assert stands(kit_asked)["H1/F1"] == "Invitation written"
    assert any("comes back marked" in sentence for sentence in done.sentences)
    sheet = load_workbook(io.BytesIO(engagement_sheet(kit_asked)))["Engagement"]
    assert any(cell.comment for row in sheet.iter_rows() for cell in row)
    assert places_with(CHILD.split(), kit_asked.outbox) == []


def test_who_can_be_asked_after_all_is_invited(kit_asked):
    with kit_asked.on(RETURNED) as kit:
        process.record_engagement(kit, FamilyRef(SESSION, "H1", 3), "can be asked after all", "the order ended")

    assert kit_asked.in_outbox(f"{FOLDER}/{SESSION}_H1_F3_feedback_*.docx") != []
    assert stands(kit_asked)["H1/F3"] == "Can be asked after all"


def test_the_command_says_what_stands_already_and_what_can_be_recorded(kit_asked):
    with kit_asked.on(RETURNED) as kit:
        process.record_engagement(kit, MOTHER, "Declined", "told the nurse")
        with pytest.raises(UsageProblem, match="Nothing was recorded twice"):
            process.record_engagement(kit, MOTHER, "Declined", "told the nurse")
        with pytest.raises(UsageProblem, match="A result is one of: Agreed, Gave feedback"):
            process.record_engagement(kit, MOTHER, "perhaps", "told the nurse")
        with pytest.raises(UsageProblem, match="There is no decision"):
            process.record_engagement(kit, FamilyRef(SESSION, "H1", 9), "Declined", "told the nurse")


def test_whom_an_agency_would_ask_stands_on_the_form_with_names_taken_out(kit_asked):
    with kit_asked.on(RETURNED) as kit:
        form = form_for(kit.session(SESSION), "GP")
    sent = (kit_asked.outbox / f"agencies/GP/{SESSION}_GP_involvement.xlsx").read_bytes()
    said = {"concern.any.answer": "No", "known.H1.known": "Yes", "known.H1.engagement": f"{CHILD} and the mother"}
    kit_asked.drop("involvement.xlsx", typed_into(sent, form, said))
    kit_asked.run()

    start = [str(cell.value) for cell in load_workbook(io.BytesIO(engagement_sheet(kit_asked)))["Start"]["B"]]
    assert "GP on case H1 – who could be asked: Child H1 and the mother" in start


def test_what_came_of_asking_is_counted_for_the_report(kit_asked):

    came_back(kit_asked, {"helped": "The nurse."}, ("listened.1",))

    with kit_asked.on(RETURNED) as kit:
        said = drawn(kit, kit.session(SESSION)).content.engagement
    assert said.endswith(
        "Three were invited: one gave feedback (one parent or carer), none declined and none could not be reached."
    )
