"""The tracker: where every audit stands, as a workbook that is rewritten after each change.

Nothing is read back from it, so it isn't locked: the team may sort, filter and copy. Every sheet has its title
in A1 and no merged cell; a colour always stands beside its words; text is never a formula.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.domain.overview import STATE_WORDS, TONE_WORDS, Overview, Tally, Tone
from audit_kit.office import look

_SIZE = 11
_NOTE = "Worked out from the journal and rewritten after each change: anything typed here is lost."
_EPOCH = datetime(2000, 1, 1)

#: fill and text of each tone; the text keeps 4.5:1 on its fill (tests/office/test_tracker.py)
COLOURS = {
    Tone.URGENT: (look.ERROR, look.WHITE),
    Tone.LATE: (look.URGENT_FILL, look.ERROR),
    Tone.OURS: (look.ATTENTION_FILL, look.TEXT),
    Tone.BACK: ("F3E8F7", "5B2A78"),
    Tone.WAITING: (look.WHITE, look.TEXT),
    Tone.DONE: (look.DONE_FILL, "095537"),
    Tone.QUIET: ("F1F3F5", look.SECONDARY),
}


@dataclass(frozen=True)
class _Column:
    heading: str
    width: float


Value = str | int | date | datetime | None


def write_tracker(overviews: tuple[Overview, ...], board: str) -> bytes:
    """The tracker of these sessions. The same overviews give the same bytes, so that nothing is saved for nothing."""
    book = Workbook()
    book.remove(book.active)
    look.set_default_font(book)
    running = sorted(overviews, key=lambda one: one.is_finished)  # those that need somebody come first
    _add_glance(book, running, board)
    for one in running:
        _add_matrix(book, one)
    _add_audits(book, running)
    _add_to_do(book, running)
    _add_concerns(book, running)
    properties = book.properties
    properties.title, properties.creator, properties.language = "Tracker of audits", board, "en-GB"
    properties.lastModifiedBy, properties.created = board, _EPOCH
    saved = BytesIO()
    book.save(saved)
    return _same_bytes(saved.getvalue())


# --- the sheets -------------------------------------------------------------------------------------------------


def _add_glance(book: Workbook, overviews: Sequence[Overview], board: str) -> None:
    sheet = _sheet(book, "At a glance", "Where the audits stand", (board, _NOTE))
    _widths(sheet, (48, 22, 72, 42))
    row = 5
    for one in overviews:
        if row > 5:
            sheet.row_breaks.append(Break(id=row - 1))
        row = _glance_of(sheet, row, one)
    _page(sheet, None, board)


def _glance_of(sheet: Worksheet, row: int, one: Overview) -> int:
    """One session from this row on; the row after it."""
    heading = _put(sheet, row, 1, f"{one.session}, {one.theme}", plain=True)
    heading.font = look.font(bold=True, size=16, colour=look.BRAND)
    said = _put(sheet, row + 1, 1, f"{one.summary}, on {_day(one.today)}", plain=True)
    said.font = look.font(bold=True, size=14)
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 26, 24
    open_concerns = one.open_concerns
    if open_concerns:
        row = _table(
            sheet, row + 3, ("Concern open", "State", "What happens next", "Record it with"),
            [(f"{line.about}: {line.kind}. {line.urgency}", line.state.value.capitalize(),
              f"{line.next.by(line.agency)}: {line.next.what}", line.next.command) for line in open_concerns],
            [Tone.URGENT] * len(open_concerns),
        )  # fmt: skip
    else:
        row += 2
    row = _table(
        sheet, row + 1, ("State of the audits", "How many", "What it means"),
        [(name.capitalize(), count, STATE_WORDS[name]) for name, count in one.states],
    )  # fmt: skip
    return 2 + _table(
        sheet, row + 1, ("Date", "Day", "When"),
        [(f"{line.what}{' (next)' if line.is_next else ''}", line.day, line.when) for line in one.dates],
    )  # fmt: skip


def _add_matrix(book: Workbook, one: Overview) -> None:
    """Agency by case, the state in words in each cell; the key stands above, where it stays in sight."""
    summary = f"{one.summary}, on {_day(one.today)}"
    sheet = _sheet(book, one.session, f"{one.session}: agency by case", (summary,))
    cases = [_Column(case.ref, 17) for case in one.cases]
    _header(sheet, 4, [_Column("Agency", 34), *cases, _Column("In", 10), _Column("Late", 8)])
    _put(sheet, 3, 1, "What the colours mean").font = look.font(bold=True, size=_SIZE)
    for column, (tone, words) in enumerate(TONE_WORDS, start=2):
        _tone(_put(sheet, 3, column, words), tone)
        sheet.column_dimensions[look.letter(column)].width = 17
    sheet.row_dimensions[3].height = 52
    for row, agency in enumerate(one.agencies, start=5):
        _matrix_row(sheet, row, one, agency)
    last = 5 + len(one.agencies)
    for column, words in enumerate(
        ("In, of all agencies", *(_in(case) for case in one.cases), _in(one.whole)), start=1
    ):
        _put(sheet, last, column, words).font = look.font(bold=True, size=_SIZE)
    _put(sheet, last, len(one.cases) + 3, one.whole.late).font = look.font(bold=True, size=_SIZE)
    sheet.row_dimensions[last].height = 26
    sheet.freeze_panes = "B5"
    _page(sheet, 4, one.session)


def _matrix_row(sheet: Worksheet, row: int, one: Overview, agency: Tally) -> None:
    name = _put(sheet, row, 1, f"{agency.name} ({agency.ref})")
    name.font = look.font(bold=True, size=_SIZE)
    texts = [(str(name.value), 34.0)]
    for column, case in enumerate(one.cases, start=2):
        line = one.line(case.ref, agency.ref)
        if line is None:
            _put(sheet, row, column, "–").font = look.font(colour=look.SECONDARY, size=_SIZE)
            continue
        text = f"Concern open. {line.words}" if line.concern_open else line.words
        cell = _put(sheet, row, column, text)
        _tone(cell, Tone.URGENT if line.concern_open else line.tone)
        cell.border = look.box(look.RULE)
        texts.append((text, 16.0))
    _in_and_late(sheet, row, len(one.cases) + 2, agency)
    sheet.row_dimensions[row].height = look.height_for(*texts, least=26)


def _in_and_late(sheet: Worksheet, row: int, column: int, tally: Tally) -> None:
    _put(sheet, row, column, _in(tally))
    late = _put(sheet, row, column + 1, tally.late)
    if tally.late:
        _tone(late, Tone.LATE)


def _in(tally: Tally) -> str:
    return f"{tally.is_in} of {tally.audits}"


_AUDIT_COLUMNS = (
    _Column("Audit", 25), _Column("Agency", 30), _Column("Where it stands", 28), _Column("Round", 9),
    _Column("Due", 14), _Column("Late, working days", 10), _Column("Sent back, times", 10), _Column("Received", 14),
    _Column("Rules of the queries", 14), _Column("For the reviewer", 14), _Column("Words in doubt", 9),
    _Column("Who acts next", 18), _Column("What happens next", 38),
)  # fmt: skip


def _add_audits(book: Workbook, overviews: Sequence[Overview]) -> None:
    sheet = _sheet(book, "Audits", "Every audit", ("One row an audit. Rules such as V15: audit-kit explain V15.",))
    rows = [
        (
            str(line.audit), line.agency, line.words, line.round or None, line.due,
            line.late_days if line.late else None, line.sent_back_times or None, line.received_on,
            " ".join(line.rules), " ".join(line.flags), line.open_doubts or None,
            line.next.by(""), line.next.what,
        )
        for one in overviews
        for line in one.audits
    ]  # fmt: skip
    tones = [line.tone for one in overviews for line in one.audits]
    _list(sheet, _AUDIT_COLUMNS, rows, tones, toned_column=3)


_TO_DO_COLUMNS = (
    _Column("Session", 16), _Column("Who must act", 34), _Column("What", 44), _Column("About", 40),
    _Column("Due", 14), _Column("Waiting or late, days", 12), _Column("Command", 46),
)  # fmt: skip


def _add_to_do(book: Workbook, overviews: Sequence[Overview]) -> None:
    sheet = _sheet(book, "To do", "Who must act next", ("Most urgent first. Commands are typed as they stand.",))
    things = [(one, thing) for one in overviews for thing in one.to_do]
    rows = [
        (one.session, thing.by, thing.what, thing.about, thing.due, thing.since_days, thing.command)
        for one, thing in things
    ]
    _list(sheet, _TO_DO_COLUMNS, rows, [thing.tone for _, thing in things], toned_column=2)


_CONCERN_COLUMNS = (
    _Column("Concern", 14), _Column("Session", 16), _Column("Case", 12), _Column("Agency", 32), _Column("Kind", 26),
    _Column("Urgency", 24), _Column("State", 20), _Column("Raised", 19), _Column("Days open", 9),
    _Column("What happens next", 34), _Column("Command", 42),
)  # fmt: skip


def _add_concerns(book: Workbook, overviews: Sequence[Overview]) -> None:
    sheet = _sheet(book, "Concerns", "Concerns that were escalated", ("By reference only: details by telephone.",))
    # a concern whose session nobody knows stands in every overview, but once in this list
    lines = {line.key: (one, line) for one in reversed(overviews) for line in reversed(one.concerns)}
    found = sorted(lines.values(), key=lambda pair: not pair[1].is_open)
    rows = [
        (
            line.short_key, one.session if line.case else "Not known", line.case or "Not known",
            line.agency or "Not known", line.kind, line.urgency, line.state.value.capitalize(),
            line.raised.astimezone().replace(tzinfo=None), line.days_open if line.is_open else None,
            f"{line.next.by(line.agency)}: {line.next.what}" if line.is_open else line.next.what,
            line.next.command,
        )
        for one, line in found
    ]  # fmt: skip
    _list(sheet, _CONCERN_COLUMNS, rows, [Tone.URGENT if c.is_open else Tone.DONE for _, c in found], toned_column=7)


# --- how a sheet is made ------------------------------------------------------------------------------------------


def _sheet(book: Workbook, name: str, title: str, lines: Iterable[str]) -> Worksheet:
    sheet = book.create_sheet(name)
    sheet.sheet_view.showGridLines = False
    _put(sheet, 1, 1, title, plain=True).font = look.font(bold=True, size=18, colour=look.BRAND)
    sheet.row_dimensions[1].height = 30
    for row, line in enumerate(lines, start=2):
        _put(sheet, row, 1, line, plain=True).font = look.font(colour=look.SECONDARY)
        sheet.row_dimensions[row].height = 19
    return sheet


def _list(
    sheet: Worksheet,
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Value]],
    tones: Sequence[Tone],
    toned_column: int,
) -> None:
    """A table to filter and sort, its header frozen and on every printed page."""
    _header(sheet, 4, columns)
    for number, (values, tone) in enumerate(zip(rows, tones, strict=True), start=5):
        cells = [_put(sheet, number, column, value) for column, value in enumerate(values, start=1)]
        _tone(cells[toned_column - 1], tone)
        texts = [
            (str(value), column.width) for value, column in zip(values, columns, strict=True) if isinstance(value, str)
        ]
        sheet.row_dimensions[number].height = look.height_for(*texts)
    if not rows:
        _put(sheet, 5, 1, "None", plain=True)
    sheet.auto_filter.ref = f"A4:{look.letter(len(columns))}{max(5, 4 + len(rows))}"
    sheet.freeze_panes = "B5"
    _page(sheet, 4, str(sheet["A1"].value))


def _table(
    sheet: Worksheet, row: int, headings: Sequence[str], rows: Sequence[Sequence[Value]], tones: Sequence[Tone] = ()
) -> int:
    """A small table in the sheet's first columns; the row after it."""
    for column, heading in enumerate(headings, start=1):
        _heading(sheet, row, column, heading)
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            cell = _put(sheet, row + number, column, value)
            if tones and column == 1:
                _tone(cell, tones[number - 1])
        texts = [(str(value), sheet.column_dimensions[look.letter(c)].width) for c, value in enumerate(values, start=1)]
        sheet.row_dimensions[row + number].height = look.height_for(*texts)
    return row + len(rows) + 1


def _header(sheet: Worksheet, row: int, columns: Sequence[_Column]) -> None:
    for number, column in enumerate(columns, start=1):
        _heading(sheet, row, number, column.heading)
    _widths(sheet, [column.width for column in columns])
    sheet.row_dimensions[row].height = max(look.height_for((column.heading, column.width - 3)) for column in columns)


def _heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = _put(sheet, row, column, text)
    cell.font, cell.fill = look.font(bold=True, colour=look.WHITE, size=_SIZE), look.fill(look.BRAND)
    cell.border, cell.alignment = look.box(look.BRAND), look.MIDDLE


def _put(sheet: Worksheet, row: int, column: int, value: Value, *, plain: bool = False) -> Cell:
    """One cell. Text stays text whatever it begins with; ``plain``: one line that runs over to the right."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # a leading "=" would else become a formula
    else:
        cell.value = value
    if isinstance(value, datetime):
        cell.number_format = f"{look.DATE_FORMAT} hh:mm"
    elif isinstance(value, date):
        cell.number_format = look.DATE_FORMAT
    cell.font = look.font(size=_SIZE)
    cell.alignment = look.ONE_LINE if plain else look.MIDDLE
    if not plain:
        cell.border = look.under()
    return cell


def _tone(cell: Cell, tone: Tone) -> None:
    ground, text = COLOURS[tone]
    cell.fill, cell.font = look.fill(ground), look.font(bold=tone in (Tone.URGENT, Tone.LATE), colour=text, size=_SIZE)


def _widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[look.letter(number)].width = width


def _page(sheet: Worksheet, header_row: int | None, reference: str) -> None:
    """A4 lying down, one page wide, the header row on every page, the marking in the footer."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.oddFooter.left.text = "OFFICIAL-SENSITIVE, page &P of &N"
    sheet.oddFooter.right.text = reference.replace("&", "&&")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _same_bytes(data: bytes) -> bytes:
    """The package without the moment of saving, which Excel does not need."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return saved.getvalue()
