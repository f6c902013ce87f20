"""Deadlines as an ``.ics`` file that any calendar program takes in: whole days, Europe/London.

Source: RFC 5545. A deadline lasts a whole day, which is the same date in every timezone and in summer time; the file
names Europe/London for programs that ask.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from audit_kit.domain.deadlines import Appointment, Deadline

_MAKER = "-//audit_kit//deadlines of multi-agency case audits//EN"
_LONDON = ZoneInfo("Europe/London")
_DOMAIN = "audit-kit"  # a uid must be unique in the world; references of two boards may be alike


def write_calendar(deadlines: Iterable[Deadline], name: str, board: str, written: datetime) -> bytes:
    """The file with these entries. Taken in again, an entry of the same uid is changed, never doubled.

    ``board``: its e-mail address, so that two boards' entries can't be taken for one another; ``written``: in UTC.
    """
    calendar = _empty(name)
    for one in deadlines:
        calendar.add_component(_entry(one, board, written))
    return bytes(calendar.to_ical())


def write_appointments(appointments: Iterable[Appointment], name: str, board: str, written: datetime) -> bytes:
    """The same for some hours of a day, Europe/London. Source: RFC 5545, 3.6.5: the zone's own rules come with it."""
    calendar = _empty(name)
    for one in appointments:
        entry = _begun(one.uid, one.sequence, board, written)
        entry.add("dtstart", one.begins.replace(tzinfo=_LONDON))
        entry.add("dtend", one.ends.replace(tzinfo=_LONDON))
        entry.add("summary", one.title)
        entry.add("location", one.place)
        entry.add("class", "CONFIDENTIAL")
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _empty(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/London")
    return calendar


def _begun(uid: str, sequence: int, board: str, written: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{uid}/{board.partition('@')[2] or board}@{_DOMAIN}")
    entry.add("dtstamp", written.astimezone(UTC).replace(microsecond=0))
    entry.add("sequence", sequence)
    return entry


def _entry(one: Deadline, board: str, written: datetime) -> Event:
    entry = _begun(one.uid, one.sequence, board, written)
    entry.add("dtstart", one.day)
    entry.add("dtend", one.day + timedelta(days=1))
    entry.add("summary", one.title)
    if one.text:
        entry.add("description", one.text)
    entry.add("transp", "TRANSPARENT")  # a deadline doesn't make anybody busy
    entry.add("class", "CONFIDENTIAL")
    return entry
