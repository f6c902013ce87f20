"""Calendar files say what was meant in any program, however long a title is and whatever stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from audit_kit.domain.deadlines import Appointment, Deadline
from audit_kit.office.calendar_file import write_appointments, write_calendar

WRITTEN = datetime(2026, 10, 8, 11, 12, 13, tzinfo=UTC)
TEXTS = (
    "Audit tool due",
    "A; B, C \\ D \\n E: F",
    "Two\nlines",
    "Two\r\nlines",
    "é東🙂–" * 60,
    "\\" * 100,
    "x" * 73 + "\\;" * 50,
    "END:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:somebody@example.org",
)


def entry_of(data: bytes):
    (entry,) = Calendar.from_ical(data).walk("VEVENT")
    return entry


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_it_was_meant_and_adds_nothing_of_its_own(text):
    data = write_calendar([Deadline("S/H1/GP", 3, date(2026, 11, 5), text, text)], "S GP", "a@board.example", WRITTEN)

    entry = entry_of(data)
    assert str(entry["SUMMARY"]) == str(entry["DESCRIPTION"]) == text.replace("\r\n", "\n")
    assert sorted(entry) == sorted(
        ("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CLASS", "TRANSP")
    )
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (date(2026, 11, 5), date(2026, 11, 6))
    assert (str(entry["UID"]), int(entry["SEQUENCE"])) == ("S/H1/GP/board.example@audit-kit", 3)


@pytest.mark.parametrize("text", TEXTS)
def test_no_line_is_longer_than_the_standard_allows_and_none_is_cut_within_a_letter(text):
    data = write_calendar([Deadline("S/H1/GP", 0, date(2026, 11, 5), text)], "S GP", "a@board.example", WRITTEN)

    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode().isprintable() for line in lines)
    assert all((len(line) - len(line.rstrip(b"\\"))) % 2 == 0 for line in lines)  # nor between a mark and what it marks


def test_control_characters_are_left_out():
    data = write_calendar([Deadline("S/H1/GP", 0, date(2026, 11, 5), "a\x00b\x07\rc")], "S", "a@board.example", WRITTEN)

    assert str(entry_of(data)["SUMMARY"]) == "a b  c"


def test_an_appointment_says_its_hours_in_london_with_the_zones_rules():
    one = Appointment("S/meeting", 2, datetime(2026, 7, 1, 12, 30), datetime(2026, 7, 1, 14), "Meeting", "Room 1, Hall")

    data = write_appointments([one], "S", "a@board.example", WRITTEN)

    entry = entry_of(data)
    assert entry.decoded("DTSTART").astimezone(UTC) == datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    assert entry.decoded("DTEND").astimezone(UTC) == datetime(2026, 7, 1, 13, tzinfo=UTC)
    assert (str(entry["LOCATION"]), "TRANSP" in entry) == ("Room 1, Hall", False)
    assert len(Calendar.from_ical(data).walk("VTIMEZONE")) == 1
