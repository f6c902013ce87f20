"""The tracker: where every audit stands, as a workbook that is rewritten after each change.

Nothing is read back from it, so it isn't locked: the team may sort, filter and copy. Every sheet has its title
in A1 and no merged cell; a colour always stands beside its words; text is never a formula.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.history import HistoryLine
from audit_kit.domain.ladder import Chased
from audit_kit.domain.overview import STATE_WORDS, TONE_WORDS, Overview, Tally, Tone, Year
from audit_kit.domain.references import AuditRef
from audit_kit.domain.tracker_words import SHEET
from audit_kit.office import look, room
from audit_kit.office.in_memory import saved_workbook
from audit_kit.office.tracker_sheets import (
    COLOURS,
    SIZE,
    Alike,
    Column,
    begin,
    header_at,
    list_of,
    long_day,
    put,
    same_bytes,
    set_page,
    set_widths,
    table_at,
    tone_cell,
)
from audit_kit.office.tracker_wording import TrackerWords

__all__ = ("COLOURS", "write_tracker")

_EPOCH = datetime(2000, 1, 1)


def write_tracker(
    words: TrackerWords,
    years: tuple[Year, ...],
    board: str,
    rounds: Sequence[tuple[AuditRef, HistoryLine]] = (),
) -> bytes:
    """The tracker of these sessions. The same values give the same bytes, so that nothing is saved for nothing.

    ``words``: its titles and headings, the team's; ``rounds``: what was decided about each audit, without the reasons that people gave: these may name somebody.
    """
    # those that need somebody come first
    running = sorted((one for year in years for one in year.sessions), key=lambda one: one.is_finished)
    filling: dict[str, Callable[[Worksheet], None]] = {
        words.of("at a glance", SHEET): partial(_fill_glance, words=words, years=years, overviews=running, board=board),
        **{one.session: partial(_fill_matrix, words=words, one=one) for one in running},
        words.of("audits", SHEET): partial(_fill_audits, words=words, overviews=running),
        words.of("to do", SHEET): partial(_fill_to_do, words=words, overviews=running),
        words.of("concerns", SHEET): partial(_fill_concerns, words=words, overviews=running),
        words.of("rounds", SHEET): partial(_fill_rounds, words=words, rounds=rounds),
    }
    book = Workbook()
    book.remove(book.active)
    look.set_default_font(book)
    for name in filling:
        book.create_sheet(name)

    properties = book.properties
    properties.title, properties.creator, properties.language = "Tracker of audits", board, "en-GB"
    properties.lastModifiedBy, properties.created = board, _EPOCH
    return same_bytes(saved_workbook(book, filling))


# --- the sheets -------------------------------------------------------------------------------------------------


def _headings(words: TrackerWords, part: str, *named: str) -> list[str]:
    return [words.of(part, name) for name in named]


def _columns(words: TrackerWords, part: str, widths: Mapping[str, float]) -> list[Column]:
    return [Column(words.of(part, name), width) for name, width in widths.items()]


def _begin(sheet: Worksheet, words: TrackerWords, part: str, *before: str) -> None:
    begin(sheet, words.of(part, "title"), (*before, words.of(part, "note")))


def _fill_glance(
    sheet: Worksheet, words: TrackerWords, years: tuple[Year, ...], overviews: Sequence[Overview], board: str
) -> None:
    _begin(sheet, words, "at a glance", board)
    set_widths(sheet, (48, 22, 72, 42))
    row = _years_of(sheet, 5, words, years)
    for number, one in enumerate(overviews):
        if number:
            sheet.row_breaks.append(Break(id=row - 1))
        row = _glance_of(sheet, row, words, one)
    set_page(sheet, None, board)


def _years_of(sheet: Worksheet, row: int, words: TrackerWords, years: tuple[Year, ...]) -> int:
    """Every session with its stage and its next date, year by year; the row after it."""
    for year in years:
        put(sheet, row, 1, year.words, plain=True).font = look.font(bold=True, size=14)
        sheet.row_dimensions[row].height = 24
        row = 1 + table_at(
            sheet, row + 1, _headings(words, "at a glance", "session", "in", "where it stands", "next date"),
            [(f"{one.session}, {one.theme}", f"{one.whole.is_in} of {one.whole.audits}", one.stage, _next_date(words, one))
             for one in year.sessions],
        )  # fmt: skip
    return row + 1


def _next_date(words: TrackerWords, one: Overview) -> str:
    line = one.next_date
    return f"{line.what}: {long_day(line.day)}" if line else words.of("at a glance", "no next date")


def _glance_of(sheet: Worksheet, row: int, words: TrackerWords, one: Overview) -> int:
    """One session from this row on; the row after it."""
    heading = put(sheet, row, 1, f"{one.session}, {one.theme}", plain=True)
    heading.font = look.font(bold=True, size=16, colour=look.BRAND)
    said = put(sheet, row + 1, 1, f"{one.summary}, on {long_day(one.today)}", plain=True)
    said.font = look.font(bold=True, size=14)
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 26, 24
    short_of_time = words.of("at a glance", "too little time")
    for warning in one.warnings:
        row += 1
        tone_cell(put(sheet, row + 1, 1, f"{short_of_time} {warning}", plain=True), Tone.LATE)
    open_concerns = one.open_concerns
    if open_concerns:
        row = table_at(
            sheet, row + 3,
            _headings(words, "at a glance", "concern", "concern state", "concern next", "concern command"),
            [(f"{line.about}: {line.kind}. {line.urgency}", line.state.value.capitalize(),
              f"{line.next.by(line.agency)}: {line.next.what}", line.next.command) for line in open_concerns],
            [Tone.URGENT] * len(open_concerns),
        )  # fmt: skip
    else:
        row += 2
    row = table_at(
        sheet, row + 1, _headings(words, "at a glance", "state", "how many", "meaning"),
        [(name.capitalize(), count, STATE_WORDS[name]) for name, count in one.states],
    )  # fmt: skip
    return 2 + table_at(
        sheet, row + 1, _headings(words, "at a glance", "date", "day", "when"),
        [(f"{line.what}{' (next)' if line.is_next else ''}", line.day, line.when) for line in one.dates],
    )  # fmt: skip


def _fill_matrix(sheet: Worksheet, words: TrackerWords, one: Overview) -> None:
    """Agency by case, the state in words in each cell; the key stands above, where it stays in sight."""
    summary = f"{one.summary}, on {long_day(one.today)}"
    part = "agency by case"
    begin(sheet, f"{one.session}: {words.of(part, 'title')}", (summary,))
    cases = [Column(case.ref, 17) for case in one.cases]
    header_at(sheet, 4, [*_columns(words, part, {"agency": 34}), *cases, *_columns(words, part, {"in": 10, "late": 8})])
    put(sheet, 3, 1, words.of(part, "colours")).font = look.font(bold=True, size=SIZE)
    for column, (tone, meaning) in enumerate(TONE_WORDS, start=2):
        tone_cell(put(sheet, 3, column, meaning), tone)
        sheet.column_dimensions[look.letter(column)].width = 17
    sheet.row_dimensions[3].height = 52
    alike = Alike(sheet)
    for row, agency in enumerate(one.agencies, start=5):
        _matrix_row(sheet, row, words, one, agency, alike)
    last = 5 + len(one.agencies)
    for column, said in enumerate(
        (words.of(part, "all agencies"), *(_in(case) for case in one.cases), _in(one.whole)), start=1
    ):
        put(sheet, last, column, said).font = look.font(bold=True, size=SIZE)
    put(sheet, last, len(one.cases) + 3, one.whole.late).font = look.font(bold=True, size=SIZE)
    sheet.row_dimensions[last].height = 26
    sheet.freeze_panes = "B5"
    set_page(sheet, 4, one.session)


def _matrix_row(sheet: Worksheet, row: int, words: TrackerWords, one: Overview, agency: Tally, alike: Alike) -> None:
    name = put(sheet, row, 1, f"{agency.name} ({agency.ref})")
    name.font = look.font(bold=True, size=SIZE)
    texts = [(str(name.value), 34.0)]
    for column, case in enumerate(one.cases, start=2):
        line = one.line(case.ref, agency.ref)
        if line is None:
            put(sheet, row, column, "–").font = look.font(colour=look.SECONDARY, size=SIZE)
            continue
        text = f"{words.of('agency by case', 'concern open')} {line.words}" if line.concern_open else line.words
        tone = Tone.URGENT if line.concern_open else line.tone
        alike.put(row, column, text, tone, partial(_toned_box, tone=tone))
        texts.append((text, 16.0))
    _in_and_late(sheet, row, len(one.cases) + 2, agency)
    sheet.row_dimensions[row].height = room.height_for(*texts, least=26)


def _toned_box(cell: Cell, tone: Tone) -> None:
    tone_cell(cell, tone)
    cell.border = look.box(look.RULE)


def _in_and_late(sheet: Worksheet, row: int, column: int, tally: Tally) -> None:
    put(sheet, row, column, _in(tally))
    late = put(sheet, row, column + 1, tally.late)
    if tally.late:
        tone_cell(late, Tone.LATE)


def _in(tally: Tally) -> str:
    return f"{tally.is_in} of {tally.audits}"


_AUDIT_WIDTHS: Mapping[str, float] = {
    "audit": 25,
    "agency": 30,
    "auditor": 10,
    "where it stands": 28,
    "round": 9,
    "due": 14,
    "late": 10,
    "sent back": 10,
    "received": 14,
    "reminded": 38,
    "rules": 14,
    "flags": 14,
    "doubts": 9,
    "who": 18,
    "next": 38,
}


def _fill_audits(sheet: Worksheet, words: TrackerWords, overviews: Sequence[Overview]) -> None:
    _begin(sheet, words, "audits")
    known = words.of("audits", "auditor known")
    rows = [
        (
            str(line.audit), line.agency, known if line.allocated else None, line.words, line.round or None, line.due,
            line.late_days if line.late else None, line.sent_back_times or None, line.received_on,
            _reminded(line.chased), " ".join(line.rules), " ".join(line.flags), line.open_doubts or None,
            line.next.by(""), line.next.what,
        )
        for one in overviews
        for line in one.audits
    ]  # fmt: skip
    tones = [line.tone for one in overviews for line in one.audits]
    list_of(sheet, _columns(words, "audits", _AUDIT_WIDTHS), rows, tones, toned_column=4)


def _reminded(chased: tuple[Chased, ...]) -> str:
    """How often, and the last time: ``3 times; last 10 Nov 2026, the agency lead, 3 working days after it was due``."""
    if not chased:
        return ""
    times = "Once" if len(chased) == 1 else f"{len(chased)} times; last"
    return f"{times} {chased[-1].in_words()}"


_TO_DO_WIDTHS: Mapping[str, float] = {
    "session": 16,
    "who": 34,
    "what": 44,
    "about": 40,
    "due": 14,
    "waiting": 12,
    "command": 46,
}


def _fill_to_do(sheet: Worksheet, words: TrackerWords, overviews: Sequence[Overview]) -> None:
    _begin(sheet, words, "to do")
    things = [(one, thing) for one in overviews for thing in one.to_do]
    rows = [
        (one.session, thing.by, thing.what, thing.about, thing.due, thing.since_days, thing.command)
        for one, thing in things
    ]
    list_of(sheet, _columns(words, "to do", _TO_DO_WIDTHS), rows, [thing.tone for _, thing in things], toned_column=2)


_CONCERN_WIDTHS: Mapping[str, float] = {
    "concern": 14,
    "session": 16,
    "case": 12,
    "agency": 32,
    "kind": 26,
    "urgency": 24,
    "state": 20,
    "raised": 19,
    "days open": 9,
    "next": 34,
    "command": 42,
}


def _fill_concerns(sheet: Worksheet, words: TrackerWords, overviews: Sequence[Overview]) -> None:
    _begin(sheet, words, "concerns")
    unknown = words.of("concerns", "not known")
    # a concern whose session nobody knows stands in every overview, but once in this list
    lines = {line.key: (one, line) for one in reversed(overviews) for line in reversed(one.concerns)}
    found = sorted(lines.values(), key=lambda pair: not pair[1].is_open)
    rows = [
        (
            line.short_key, one.session if line.case else unknown, line.case or unknown,
            line.agency or unknown, line.kind, line.urgency, line.state.value.capitalize(),
            line.raised.astimezone().replace(tzinfo=None), line.days_open if line.is_open else None,
            f"{line.next.by(line.agency)}: {line.next.what}" if line.is_open else line.next.what,
            line.next.command,
        )
        for one, line in found
    ]  # fmt: skip
    list_of(
        sheet,
        _columns(words, "concerns", _CONCERN_WIDTHS),
        rows,
        [Tone.URGENT if c.is_open else Tone.DONE for _, c in found],
        toned_column=7,
    )


_ROUND_WIDTHS: Mapping[str, float] = {
    "audit": 25,
    "when": 19,
    "round": 9,
    "what": 30,
    "rules": 22,
    "flags": 16,
    "due": 16,
    "reminded": 46,
    "by": 18,
}


def _fill_rounds(sheet: Worksheet, words: TrackerWords, rounds: Sequence[tuple[AuditRef, HistoryLine]]) -> None:
    _begin(sheet, words, "rounds")
    rows = [
        (
            str(audit), line.at.astimezone().replace(tzinfo=None, microsecond=0), line.round or None,
            line.what.capitalize(), " ".join(line.rules), " ".join(line.flags),
            date.fromisoformat(line.due) if line.due else None, line.chased, line.by,
        )
        for audit, line in rounds
    ]  # fmt: skip
    list_of(sheet, _columns(words, "rounds", _ROUND_WIDTHS), rows, [Tone.WAITING] * len(rows), toned_column=4)
