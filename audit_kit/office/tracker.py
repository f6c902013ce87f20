"""The tracker: where every audit stands, as a workbook that is rewritten after each change.

Nothing is read back from it, so it isn't locked: the team may sort, filter and copy. Every sheet has its title
in A1 and no merged cell; a colour always stands beside its words; text is never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from audit_kit.domain.history import HistoryLine
from audit_kit.domain.ladder import Chased
from audit_kit.domain.overview import STATE_WORDS, TONE_WORDS, Overview, Tally, Tone, Year
from audit_kit.domain.references import AuditRef
from audit_kit.domain.tracker_words import SHEET
from audit_kit.office import colours, room
from audit_kit.office.row_by_row import Look, PageSetUp, Value, WrittenBook, WrittenSheet
from audit_kit.office.tracker_sheets import (
    BODY,
    BOLD,
    COLOURS,
    FAINT,
    HEADER_ROW,
    ONE_LINE,
    Column,
    begin,
    long_day,
    put_header,
    put_list,
    put_table,
    toned,
)
from audit_kit.office.tracker_wording import TrackerWords

__all__ = ("COLOURS", "write_tracker")


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
    book = WrittenBook("Tracker of audits", board)
    _put_glance(book, words, years, running, board)
    for one in running:
        _put_matrix(book, words, one)
    _put_audits(book, words, running)
    _put_to_do(book, words, running)
    _put_concerns(book, words, running)
    _put_rounds(book, words, rounds)
    return book.to_bytes()


# --- the sheets -------------------------------------------------------------------------------------------------


def _headings(words: TrackerWords, part: str, *named: str) -> list[str]:
    return [words.of(part, name) for name in named]


def _columns(words: TrackerWords, part: str, widths: Mapping[str, float]) -> list[Column]:
    return [Column(words.of(part, name), width) for name, width in widths.items()]


def _put_list(
    book: WrittenBook,
    words: TrackerWords,
    part: str,
    widths: Mapping[str, float],
    rows: Iterable[tuple[Sequence[Value], Tone]],
    toned_column: int,
) -> None:
    columns = _columns(words, part, widths)
    put_list(book, words.of(part, SHEET), words.of(part, "title"), words.of(part, "note"), columns, rows, toned_column)


_GLANCE_WIDTHS = (48, 22, 72, 42)
_AGENCIES_ON_A_PAGE = 30  # more would be printed too small to read
_SESSION, _SAID = (replace(ONE_LINE, size=size, bold=True) for size in (16, 14))


def _put_glance(
    book: WrittenBook, words: TrackerWords, years: tuple[Year, ...], overviews: Sequence[Overview], board: str
) -> None:
    part = "at a glance"
    with book.sheet(words.of(part, SHEET), _GLANCE_WIDTHS, PageSetUp(board)) as sheet:
        begin(sheet, words.of(part, "title"), (board, words.of(part, "note")))
        sheet.skip()
        for year in years:
            _put_year(sheet, words, year)
        for number, one in enumerate(overviews):
            sheet.skip(2 if number else 1)
            if number:
                sheet.new_page()
            _put_session(sheet, words, one)


def _put_year(sheet: WrittenSheet, words: TrackerWords, year: Year) -> None:
    """Every session of a year with its stage and its next date."""
    sheet.add([(year.words, _SAID)], 24)
    put_table(
        sheet, _GLANCE_WIDTHS, _headings(words, "at a glance", "session", "in", "where it stands", "next date"),
        [(f"{one.session}, {one.theme}", f"{one.whole.is_in} of {one.whole.audits}", one.stage, _next_date(words, one))
         for one in year.sessions],
    )  # fmt: skip
    sheet.skip()


def _next_date(words: TrackerWords, one: Overview) -> str:
    line = one.next_date
    return f"{line.what}: {long_day(line.day)}" if line else words.of("at a glance", "no next date")


def _put_session(sheet: WrittenSheet, words: TrackerWords, one: Overview) -> None:
    """One session: what is wrong, how many audits are where, its dates."""
    sheet.add([(f"{one.session}, {one.theme}", replace(_SESSION, colour=colours.BRAND))], 26)
    sheet.add([(f"{one.summary}, on {long_day(one.today)}", _SAID)], 24)
    short_of_time = words.of("at a glance", "too little time")
    for warning in one.warnings:
        sheet.add([(f"{short_of_time} {warning}", toned(Tone.LATE, ONE_LINE))])
    sheet.skip()
    if one.open_concerns:
        put_table(
            sheet, _GLANCE_WIDTHS,
            _headings(words, "at a glance", "concern", "concern state", "concern next", "concern command"),
            [(f"{line.about}: {line.kind}. {line.urgency}", line.state.value.capitalize(),
              f"{line.next.by(line.agency)}: {line.next.what}", line.next.command) for line in one.open_concerns],
            toned(Tone.URGENT),
        )  # fmt: skip
        sheet.skip()
    put_table(
        sheet, _GLANCE_WIDTHS, _headings(words, "at a glance", "state", "how many", "meaning"),
        [(name.capitalize(), count, STATE_WORDS[name]) for name, count in one.states],
    )  # fmt: skip
    sheet.skip()
    put_table(
        sheet, _GLANCE_WIDTHS, _headings(words, "at a glance", "date", "day", "when"),
        [(f"{line.what}{' (next)' if line.is_next else ''}", line.day, line.when) for line in one.dates],
    )  # fmt: skip


def _put_matrix(book: WrittenBook, words: TrackerWords, one: Overview) -> None:
    """Agency by case, the state in words in each cell; the key stands above, where it stays in sight."""
    part = "agency by case"
    cases = [Column(case.ref, 17) for case in one.cases]
    columns = [*_columns(words, part, {"agency": 34}), *cases, *_columns(words, part, {"in": 10, "late": 8})]
    key = 1 + len(TONE_WORDS)
    # the key's words stand in the columns of the cases, however few these are
    widths = [column.width if column in cases or not 0 < at < key else 17 for at, column in enumerate(columns)]
    widths += [17] * (key - len(widths))
    page = PageSetUp(one.session, HEADER_ROW, one_page=len(one.agencies) <= _AGENCIES_ON_A_PAGE)
    with book.sheet(one.session, widths, page) as sheet:
        begin(sheet, f"{one.session}: {words.of(part, 'title')}", (f"{one.summary}, on {long_day(one.today)}",))
        sheet.add([(words.of(part, "colours"), BOLD), *((meaning, toned(tone)) for tone, meaning in TONE_WORDS)], 52)
        put_header(sheet, columns)
        for agency in one.agencies:
            _put_agency(sheet, words, one, agency)
        texts: tuple[Value, ...] = (
            words.of(part, "all agencies"),
            *(_in(case) for case in one.cases),
            _in(one.whole),
            one.whole.late,
        )
        sheet.add([(text, BOLD) for text in texts], 26)


def _put_agency(sheet: WrittenSheet, words: TrackerWords, one: Overview, agency: Tally) -> None:
    name = f"{agency.name} ({agency.ref})"
    cells: list[tuple[Value, Look]] = [(name, BOLD)]
    texts = [(name, 34.0)]
    for case in one.cases:
        line = one.line(case.ref, agency.ref)
        if line is None:
            cells.append(("–", FAINT))
            continue
        text = f"{words.of('agency by case', 'concern open')} {line.words}" if line.concern_open else line.words
        cells.append((text, toned(Tone.URGENT if line.concern_open else line.tone, _BOXED)))
        texts.append((text, 16.0))
    late = toned(Tone.LATE) if agency.late else BODY
    sheet.add([*cells, (_in(agency), BODY), (agency.late, late)], room.height_for(*texts, least=26))


_BOXED = Look(all_round=True)


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


def _put_audits(book: WrittenBook, words: TrackerWords, overviews: Sequence[Overview]) -> None:
    known = words.of("audits", "auditor known")
    rows = (
        ((
            str(line.audit), line.agency, known if line.allocated else None, line.words, line.round or None, line.due,
            line.late_days if line.late else None, line.sent_back_times or None, line.received_on,
            _reminded(line.chased), " ".join(line.rules), " ".join(line.flags), line.open_doubts or None,
            line.next.by(""), line.next.what,
        ), line.tone)
        for one in overviews
        for line in one.audits
    )  # fmt: skip
    _put_list(book, words, "audits", _AUDIT_WIDTHS, rows, toned_column=4)


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


def _put_to_do(book: WrittenBook, words: TrackerWords, overviews: Sequence[Overview]) -> None:
    rows = (
        ((one.session, thing.by, thing.what, thing.about, thing.due, thing.since_days, thing.command), thing.tone)
        for one in overviews
        for thing in one.to_do
    )
    _put_list(book, words, "to do", _TO_DO_WIDTHS, rows, toned_column=2)


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


def _put_concerns(book: WrittenBook, words: TrackerWords, overviews: Sequence[Overview]) -> None:
    unknown = words.of("concerns", "not known")
    # a concern whose session nobody knows stands in every overview, but once in this list
    lines = {line.key: (one, line) for one in reversed(overviews) for line in reversed(one.concerns)}
    found = sorted(lines.values(), key=lambda pair: not pair[1].is_open)
    rows = (
        ((
            line.short_key, one.session if line.case else unknown, line.case or unknown,
            line.agency or unknown, line.kind, line.urgency, line.state.value.capitalize(),
            line.raised.astimezone().replace(tzinfo=None), line.days_open if line.is_open else None,
            f"{line.next.by(line.agency)}: {line.next.what}" if line.is_open else line.next.what,
            line.next.command,
        ), Tone.URGENT if line.is_open else Tone.DONE)
        for one, line in found
    )  # fmt: skip
    _put_list(book, words, "concerns", _CONCERN_WIDTHS, rows, toned_column=7)


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


def _put_rounds(book: WrittenBook, words: TrackerWords, rounds: Sequence[tuple[AuditRef, HistoryLine]]) -> None:
    listed = (
        ((
            str(audit), line.at.astimezone().replace(tzinfo=None, microsecond=0), line.round or None,
            line.what.capitalize(), " ".join(line.rules), " ".join(line.flags),
            date.fromisoformat(line.due) if line.due else None, line.chased, line.by,
        ), Tone.WAITING)
        for audit, line in rounds
    )  # fmt: skip
    _put_list(book, words, "rounds", _ROUND_WIDTHS, listed, toned_column=4)
