"""Deadlines as an ``.ics`` file that any calendar program takes in: whole days, Europe/London.

Written line by line: the library takes ten times as long and five megabytes, whenever tools go out. It says
when summer time begins and ends, where that counts.

Source: RFC 5545. A deadline lasts a whole day, which is the same date in every timezone and in summer time; the file
names Europe/London for programs that ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from audit_kit.domain.deadlines import Appointment, Deadline

_MAKER = "-//audit_kit//deadlines of multi-agency case audits//EN"
_ZONE = "Europe/London"
_DOMAIN = "audit-kit"  # a uid must be unique in the world; references of two boards may be alike
_LONGEST = 74  # bytes of a line: the standard has 75
_MEANS_SOMETHING = str.maketrans(
    {"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"} | {code: " " for code in range(32) if code != ord("\n")}
)


def write_calendar(deadlines: Iterable[Deadline], name: str, board: str, written: datetime) -> bytes:
    """The file with these entries. Taken in again, an entry of the same uid is changed, never doubled.

    ``board``: its e-mail address, so that two boards' entries can't be taken for one another; ``written``: in UTC.
    """
    return _calendar(name, b"", (line for one in deadlines for line in _deadline(one, board, written)))


def write_appointments(appointments: Iterable[Appointment], name: str, board: str, written: datetime) -> bytes:
    """The same for some hours of a day, Europe/London. Source: RFC 5545, 3.6.5: the zone's own rules come with it."""
    from icalendar import Timezone

    zone = bytes(Timezone.from_tzid(_ZONE).to_ical())
    return _calendar(name, zone, (line for one in appointments for line in _appointment(one, board, written)))


def _calendar(name: str, zone: bytes, entries: Iterable[str]) -> bytes:
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        _text("X-WR-CALNAME", name), f"X-WR-TIMEZONE:{_ZONE}",
    )  # fmt: skip
    return b"".join((_lines(head), zone, _lines(entries), _lines(("END:VCALENDAR",))))


def _deadline(one: Deadline, board: str, written: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield _text("SUMMARY", one.title)
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield from _known_by(one.uid, one.sequence, board, written)
    if one.text:
        yield _text("DESCRIPTION", one.text)
    yield "TRANSP:TRANSPARENT"  # a deadline doesn't make anybody busy
    yield "END:VEVENT"


def _appointment(one: Appointment, board: str, written: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield _text("SUMMARY", one.title)
    yield f"DTSTART;TZID={_ZONE}:{one.begins:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={_ZONE}:{one.ends:%Y%m%dT%H%M%S}"
    yield from _known_by(one.uid, one.sequence, board, written)
    yield _text("LOCATION", one.place)
    yield "END:VEVENT"


def _known_by(uid: str, sequence: int, board: str, written: datetime) -> Iterator[str]:
    """As what an entry is known again, how often it has moved, and that nobody else is shown it."""
    yield f"DTSTAMP:{written.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield _text("UID", f"{uid}/{board.partition('@')[2] or board}@{_DOMAIN}")
    yield f"SEQUENCE:{sequence}"
    yield "CLASS:CONFIDENTIAL"


def _text(name: str, value: str) -> str:
    """A line with a text; what would mean something to a calendar is marked, and no text can begin a line of its own."""
    return f"{name}:{value.replace(chr(13) + chr(10), chr(10)).translate(_MEANS_SOMETHING)}"


def _lines(lines: Iterable[str]) -> bytes:
    return b"".join(piece for line in lines for piece in (_folded(line.encode(errors="replace")), b"\r\n"))


def _folded(line: bytes) -> bytes:
    """A line as several, none of them too long; never within a letter, or between a mark and what it marks."""
    pieces = []
    while len(line) > _LONGEST:
        end = _LONGEST
        while line[end] & 0xC0 == 0x80:
            end -= 1
        before = line[:end]
        end -= (len(before) - len(before.rstrip(b"\\"))) % 2  # an odd one marks what follows
        pieces.append(line[:end])
        line = line[end:]
    return b"\r\n ".join((*pieces, line))
