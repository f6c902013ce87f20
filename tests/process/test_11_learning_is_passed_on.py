"""The outcomes of each audit will be disseminated through the CHSCB website / specific briefing newsletters and defined
lunch-time seminars as appropriate.

Public, so with nothing of a case: no number, no extract, no agency; and only once the lessons are confirmed.
"""

from __future__ import annotations

import email
import re
from datetime import date
from io import BytesIO

import pytest
from icalendar import Calendar
from mini import CHILD, SESSION, Mini
from openpyxl import load_workbook
from pptx import Presentation
from promises import words_of

from audit_kit import process
from audit_kit.access import check
from audit_kit.acts.disseminating import seminar_of
from audit_kit.demo.agencies import typed_into
from audit_kit.demo.sample import sample_of
from audit_kit.domain.learning_form import DAY, PLACE, REASON, START, learning_form
from audit_kit.domain.progress import EventKind
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.office.slides import write_slides
from audit_kit.store.folders import shipped

AFTER = date(2027, 1, 18)
WHY = "asked for by the committee"


@pytest.fixture(scope="module")
def told(signed_off: Mini) -> Mini:
    """Everything was written, with a seminar; to be looked at only."""
    with signed_off.on(AFTER) as kit:
        seminar = seminar_of(kit, "2027-02-10", "12:30", "online")
        signed_off.said += process.disseminate(kit, SESSION, WHY, seminar).told
    return signed_off


def words(mini: Mini, name: str) -> str:
    return " ".join(words_of(mini.outbox / "learning" / name).split())


def test_while_the_lessons_are_not_confirmed_nothing_is_passed_on(drafted: Mini):
    with drafted.on(AFTER) as kit, pytest.raises(UsageProblem, match="not confirmed yet"):
        process.disseminate(kit, SESSION, WHY)

    assert drafted.in_outbox("learning/*") == []


def test_a_briefing_says_what_to_keep_what_to_change_and_what_to_ask_oneself(told):
    said = words(told, f"{SESSION}_briefing.docx")

    for heading in ("Ask yourself, and ask in supervision", "Where to get help", "What the Board will do"):
        assert heading in said


def test_the_briefing_and_the_slides_hold_no_count_no_reference_and_no_agency(told):
    agencies = ("GP practices", "Health visiting", "Homerton", "HVSN")
    for name in (f"{SESSION}_briefing.docx", f"{SESSION}_seminar-slides.pptx", f"{SESSION}_seminar.docx"):
        said = words(told, name)
        assert re.findall(r"\b[HC]\d\b|\b\d+ of \d+\b|\b\d+ returns?\b", said) == [], name
        assert [agency for agency in agencies if agency in said] == [], name


def test_the_slides_are_filled_in_and_can_be_read_by_everybody(told):
    path = told.outbox / "learning" / f"{SESSION}_seminar-slides.pptx"
    slides = Presentation(path).slides

    assert slides[0].shapes.title.text == "Neglect: what we learnt"
    assert "{{" not in words_of(path)
    assert check(path) == ()


def test_a_line_of_the_slides_is_repeated_for_each_point():
    made = write_slides(
        (shipped("templates") / "seminar_slides.pptx").read_bytes(), sample_of("briefing.docx"), "s", "s", "The Board", AFTER
    )  # fmt: skip

    asked = [p.text for p in Presentation(BytesIO(made)).slides[4].placeholders[1].text_frame.paragraphs]
    assert asked == [
        "Was the family’s history pulled together, and was it used?",
        "Was there one plan, and did it change things in time?",
    ]


def test_what_must_change_is_told_apart_from_what_good_looks_like(told):
    slides = Presentation(told.outbox / "learning" / f"{SESSION}_seminar-slides.pptx").slides

    points = [one.text for one in slides[3].placeholders[1].text_frame.paragraphs]
    assert points
    assert all(". What good looks like: " in point for point in points)


def test_the_notes_say_once_how_to_go_about_it_and_of_each_point_what_got_in_the_way(told):
    slides = Presentation(told.outbox / "learning" / f"{SESSION}_seminar-slides.pptx").slides

    first, *each = [one.text for one in slides[3].notes_slide.notes_text_frame.paragraphs]
    titles = [one.text.partition(". ")[0] for one in slides[3].placeholders[1].text_frame.paragraphs]
    assert first.startswith("What is written is what good looks like.")
    assert [note.partition(": ")[0] for note in each] == titles


def test_a_slide_that_asks_for_what_does_not_exist_is_told_by_its_number():
    presentation = Presentation(shipped("templates") / "seminar_slides.pptx")
    presentation.slides[2].shapes.title.text = "{{ strength.titel }}"
    buffer = BytesIO()
    presentation.save(buffer)

    with pytest.raises(AuditKitError, match=r"slide 3, asks for strength\.titel"):
        write_slides(buffer.getvalue(), sample_of("briefing.docx"), "s.pptx", "s", "The Board", AFTER)


@pytest.mark.parametrize("typed", ["{{ Theme }}", "{{ theme }", "{theme}", "{{ strengths[0].title }}", "theme }}"])
def test_what_looks_like_a_field_and_is_none_is_never_shown_to_a_seminar(typed):
    presentation = Presentation(shipped("templates") / "seminar_slides.pptx")
    presentation.slides[2].shapes.title.text = typed
    buffer = BytesIO()
    presentation.save(buffer)

    with pytest.raises(AuditKitError, match="slide 3: nothing fills in"):
        write_slides(buffer.getvalue(), sample_of("briefing.docx"), "s.pptx", "s", "The Board", AFTER)


def test_a_field_in_a_table_or_in_a_group_is_filled_in_too():
    presentation = Presentation(shipped("templates") / "seminar_slides.pptx")
    shapes = presentation.slides[0].shapes
    shapes.add_table(1, 1, 0, 0, 100, 100).table.cell(0, 0).text = "Of {{ theme }}"
    shapes.add_group_shape().shapes.add_textbox(0, 0, 100, 100).text_frame.text = "On {{ theme }}"
    buffer = BytesIO()
    presentation.save(buffer)
    sample = sample_of("briefing.docx")

    made = write_slides(buffer.getvalue(), sample, "s.pptx", "s", "The Board", AFTER)

    *_, table, group = Presentation(BytesIO(made)).slides[0].shapes
    assert table.table.cell(0, 0).text == f"Of {sample.theme}"
    assert group.shapes[0].text_frame.text == f"On {sample.theme}"


def test_every_agency_gets_a_draft_that_invites_to_the_seminar_with_a_calendar_file(told):
    with told.on(AFTER) as kit:
        codes = [agency.code for agency in kit.session(SESSION).agencies]

    assert told.in_outbox("agencies/*/*_seminar.eml") == sorted(
        f"agencies/{code}/{SESSION}_{code}_seminar.eml" for code in codes
    )
    draft = email.message_from_bytes((told.outbox / f"agencies/GP/{SESSION}_GP_seminar.eml").read_bytes())
    assert [part.get_filename() for part in draft.walk() if part.get_filename()] == [
        f"{SESSION}_seminar.docx", f"{SESSION}_seminar.ics",
    ]  # fmt: skip
    entry = Calendar.from_ical((told.outbox / f"learning/{SESSION}_seminar.ics").read_bytes()).walk("VEVENT")[0]
    assert entry["dtstart"].dt.isoformat() == "2027-02-10T12:30:00+00:00"


def test_two_people_are_asked_to_look_before_anything_goes_out(told):
    draft = (told.outbox / f"learning/{SESSION}_briefing.eml").read_bytes().decode()

    assert any("two people read it" in sentence for sentence in told.said)
    assert "two people read it" in draft.replace("=\r\n", "")


@pytest.mark.parametrize(
    ("on", "at", "place", "why"),
    [
        ("2027-02-10", "", "online", "time can't be read"),
        ("soon", "12:30", "", "no whole date. The seminar's place"),
        ("2026-02-10", "12:30", "online", "is past"),
    ],
)
def test_a_seminar_with_something_left_out_is_not_announced(told, on, at, place, why):
    with told.on(AFTER) as kit, pytest.raises(UsageProblem, match=why):
        seminar_of(kit, on, at, place)


def test_that_it_was_written_stands_in_the_journal(told):
    with told.on(AFTER) as kit:
        events = [event for event in kit.journal.events(SESSION) if event.kind is EventKind.LEARNING_WRITTEN]

        assert [kit.vault.note(event.note) for event in events] == [WHY]

    assert [event.code("seminar") for event in events] == ["2027-02-10"]
    assert all(event.by for event in events)


def test_without_a_reason_nothing_is_passed_on(signed_off_anew: Mini):
    with signed_off_anew.on(AFTER) as kit, pytest.raises(UsageProblem, match=r"has a reason\. Nothing was written"):
        process.disseminate(kit, SESSION, " ")

    assert signed_off_anew.in_outbox("learning/*") == []


# -- by a form in the inbox --------------------------------------------------------------------------------


def form(mini: Mini, **answers: str) -> bytes:
    sent = (mini.outbox / "team" / f"{SESSION}_learning.xlsx").read_bytes()
    given = {DAY: "10 February 2027", START: "12.30", PLACE: "online", REASON: WHY}
    return typed_into(sent, learning_form(), {**given, **answers})


def test_the_form_that_the_sign_off_leaves_does_the_same_as_the_command(signed_off_anew: Mini, told: Mini):
    mini = signed_off_anew
    mini.drop("pass it on.xlsx", form(mini))

    done = mini.run(AFTER)

    assert mini.in_outbox("learning/*") == told.in_outbox("learning/*")
    assert mini.in_outbox("agencies/*/*_seminar.eml") == told.in_outbox("agencies/*/*_seminar.eml")
    with mini.on(AFTER) as kit:
        (event,) = (event for event in kit.journal.events(SESSION) if event.kind is EventKind.LEARNING_WRITTEN)
        assert (event.code("seminar"), kit.vault.note(event.note)) == ("2027-02-10", WHY)
        assert kit.vault.is_filed(event.item)
    assert any("drafts for passing the lessons on: outbox/learning" in sentence for sentence in done.sentences)
    assert list(mini.inbox.glob("*.xlsx")) == []


def test_a_form_that_leaves_something_out_is_set_aside_with_all_that_is_missing(signed_off_anew: Mini):
    mini = signed_off_anew
    mini.drop("pass it on.xlsx", form(mini, **{START: "noon", PLACE: ""}))

    done = mini.run(AFTER)

    assert any(
        "time can't be read. The seminar's place is not given. Nothing was written." in one for one in done.sentences
    )
    assert mini.in_outbox("learning/*") == []


def test_a_form_of_another_board_passes_nothing_on(signed_off_anew: Mini):
    mini = signed_off_anew
    book = load_workbook(BytesIO(form(mini)))
    for one in book.custom_doc_props.props:
        if one.name == "audit_kit_code":
            one.value = "0" * 16
    del book.defined_names["audit_kit_code"]
    book.save(mini.inbox / "theirs.xlsx")

    done = mini.run(AFTER)

    assert any("is none that the kit wrote" in sentence for sentence in done.sentences)
    assert mini.in_outbox("learning/*") == []


def test_no_name_of_the_family_stands_in_any_of_it(told):
    for path in told.in_outbox("learning/*"):
        assert CHILD.split()[0] not in words_of(told.outbox / path), path


def test_what_somebody_changed_by_hand_is_kept_beside_the_new_one(signed_off_anew: Mini):
    mini = signed_off_anew
    with mini.on(AFTER) as kit:
        process.disseminate(kit, SESSION, WHY)
        lying = mini.outbox / "learning" / f"{SESSION}_training.docx"
        changed = (mini.outbox / "learning" / f"{SESSION}_briefing.docx").read_bytes()
        lying.write_bytes(changed)
        process.disseminate(kit, SESSION, WHY)

    (kept,) = mini.in_outbox("learning/*_training_earlier-*.docx")
    assert (mini.outbox / kept).read_bytes() == changed
