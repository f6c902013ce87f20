"""A defined time period: what is due when stands in the calendars of the agency and of the Board's team."""

from __future__ import annotations

import email
from datetime import date
from email import policy

from everywhere import places_with
from icalendar import Calendar
from mini import ANSWERED, CHILD, RETURNED, SESSION, Mini

from audit_kit import process
from audit_kit.domain.references import AuditRef
from audit_kit.office.package_texts import texts_of

DUE = date(2026, 11, 5)


def entries(data: bytes) -> dict[str, tuple[date, int, str]]:
    """uid → day, sequence and title."""
    return {
        str(one["UID"]): (one.decoded("DTSTART"), int(one["SEQUENCE"]), str(one["SUMMARY"]))
        for one in Calendar.from_ical(data).walk("VEVENT")
    }


def of_agency(mini: Mini, code: str) -> dict[str, tuple[date, int, str]]:
    return entries((mini.outbox / f"agencies/{code}/{SESSION}_{code}_deadlines.ics").read_bytes())


def uid(*parts: str) -> str:
    return "/".join((SESSION, *parts, "chscb.example.org@audit-kit"))


def test_an_agency_gets_its_own_deadlines_and_nobody_elses(mini):
    assert of_agency(mini, "GP") == {
        uid(case, "GP"): (DUE, 1, f"{SESSION}/{case}/GP: audit tool due") for case in ("H1", "H2", "C1")
    }


def test_each_comes_with_the_mail_draft_that_it_is_about(mini):
    draft = email.message_from_bytes(
        (mini.outbox / f"agencies/GP/{SESSION}_H1_GP_r1.eml").read_bytes(), policy=policy.default
    )

    (calendar,) = (part for part in draft.iter_attachments() if part.get_content_type() == "text/calendar")
    assert calendar.get_filename() == f"{SESSION}_H1_GP_r1_deadline.ics"
    assert entries(calendar.get_payload(decode=True)) == {uid("H1", "GP"): (DUE, 1, f"{SESSION}/H1/GP: audit tool due")}


def test_a_day_that_moves_keeps_its_identity_and_counts_on(mini):
    with mini.on(RETURNED) as kit:
        process.extend(kit, AuditRef(SESSION, "H1", "GP"), date(2026, 11, 20), "The auditor is ill.")
    assert of_agency(mini, "GP")[uid("H1", "GP")][:2] == (date(2026, 11, 20), 2)
    with mini.on(RETURNED) as kit:
        process.extend(kit, AuditRef(SESSION, "H1", "GP"), date(2026, 11, 27), "Still ill.")

    moved = of_agency(mini, "GP")

    assert moved[uid("H1", "GP")][:2] == (date(2026, 11, 27), 3)
    assert moved[uid("H2", "GP")][:2] == (DUE, 1)
    assert mini.in_outbox("agencies/GP/*_more-time_2026-11-27.eml")


def test_what_is_sent_back_is_due_anew(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N6.evidence": None}))

    mini.run(RETURNED)

    assert of_agency(mini, "GP")[uid("H1", "GP")] == (
        date(2026, 11, 13), 2, f"{SESSION}/H1/GP: audit tool due, round 2",
    )  # fmt: skip


def test_the_involvement_form_is_one_deadline(mini):
    draft = email.message_from_bytes(
        (mini.outbox / f"agencies/GP/{SESSION}_GP_notification.eml").read_bytes(), policy=policy.default
    )

    (calendar,) = (part for part in draft.iter_attachments() if part.get_content_type() == "text/calendar")
    assert list(entries(calendar.get_payload(decode=True)).values()) == [
        (ANSWERED, 0, f"{SESSION} GP: involvement form due")
    ]


def test_the_team_has_the_whole_calendar_and_days_of_their_own(mini):
    with mini.on(RETURNED) as kit:
        process.extend(kit, AuditRef(SESSION, "H1", "GP"), date(2026, 11, 20), "The auditor is ill.")
        process.write_overview(kit)

    found = entries((mini.outbox / "team/calendar.ics").read_bytes())

    assert [title.partition(": ")[2] for _, _, title in found.values()] == [
        "Letters and identity slips go out", "Involvement forms are due", "Audit tools go out", "Audit tools are due",
        "Multi-agency meeting", "QA Sub Committee", "Executive", "Board", "audit tool due",
    ]  # fmt: skip
    assert found[uid("qa_committee")][0] == date(2027, 1, 14)


def test_each_deadline_is_a_whole_day_in_london(mini):
    calendar = Calendar.from_ical((mini.outbox / f"agencies/GP/{SESSION}_GP_deadlines.ics").read_bytes())

    assert calendar["X-WR-TIMEZONE"] == "Europe/London"
    first = calendar.walk("VEVENT")[0]
    assert (first.decoded("DTEND") - first.decoded("DTSTART")).days == 1
    assert not isinstance(first.decoded("DTSTART"), type(calendar.walk("VEVENT")[0].decoded("DTSTAMP")))


def test_no_calendar_names_anybody(mini):
    mini.run(RETURNED)
    roster = tuple(mini.good(case, "GP")["auditor.name.answer"] for case in ("H1", "H2", "C1"))

    assert places_with((*CHILD.split(), *roster), mini.outbox, ("restricted",)) == []


def test_a_name_that_a_calendar_file_breaks_over_two_lines_is_found_all_the_same():
    folded = f"BEGIN:VCALENDAR\r\nSUMMARY:{'x' * 60} Xanthip\r\n pe Quarrel\r\n monger\r\nEND:VCALENDAR\r\n".encode()

    assert any(CHILD in placed.text for placed in texts_of("team.ics", folded))
