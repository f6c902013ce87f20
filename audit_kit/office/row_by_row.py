"""A workbook that is only read, written row by row: of a list of thousands of rows never more than some are in memory.

For what is rewritten after each change. openpyxl and XlsxWriter hold every cell until the end, or put rows in plain text into
the system's temporary folder; the one takes 8 MiB to load besides. Text is never a formula. No clock: the same rows give the
same bytes.

Source: ECMA-376-1, sections 18.3.1 (sheets, and the order of what stands in one) and 18.8 (styles).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import IO

from audit_kit.office import colours
from audit_kit.office.cell_addresses import address, fixed, letters
from audit_kit.office.package_patch import CORE, core_properties, xml_text
from audit_kit.office.tool_layout import quoted

Value = str | int | date | datetime | None

_DAY_ZERO = datetime(1899, 12, 30)
_AT_ONCE = 200  # rows that are put together before they are compressed
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Look:
    """How cells look: the same value is one style of the workbook."""

    size: int = 11
    bold: bool = False
    colour: str = colours.TEXT
    ground: str = ""  # no fill when empty
    line: str = colours.RULE  # no line when empty
    all_round: bool = False  # the line, else below alone
    wraps: bool = True  # within its column, off the cell's edge; else it runs over to the right
    number_format: str = ""


@dataclass(frozen=True)
class PageSetUp:
    """How a sheet is printed, lying down and as wide as the page."""

    right_footer: str
    header_row: int = 0  # on every page, and always in sight with what is above it; 0: none
    filtered: bool = False  # whether the rows below it are a list to filter
    is_a3: bool = False
    one_page: bool = False  # also as high as the page, however many rows there are


class WrittenBook:
    """The workbook: sheets are written one after the other, in their order."""

    def __init__(self, title: str, author: str) -> None:
        self._stream = BytesIO()
        self._package = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_DEFLATED)
        self._core = core_properties(title=title, subject=title, author=author, keywords="")
        self._styles = _Styles()
        self._names: list[str] = []
        self._defined: list[str] = []

    @contextmanager
    def sheet(self, name: str, widths: Sequence[float], page: PageSetUp) -> Iterator[WrittenSheet]:
        """A sheet with columns of these widths, in characters: written while the block lasts."""
        self._names.append(name)
        with self._package.open(_entry(f"xl/worksheets/sheet{len(self._names)}.xml"), "w") as part:
            sheet = WrittenSheet(part, self._styles)
            part.write(_before_rows(widths, page, is_first=len(self._names) == 1).encode())
            yield sheet
            # a list with nothing in it has a row that says so
            last = max(sheet.row - 1, page.header_row + 1), len(widths)
            sheet.end(page, f"A{page.header_row}:{address(*last)}" if page.filtered else "")
        number, row = len(self._names) - 1, page.header_row
        if page.filtered:
            rows = f"{quoted(name)}!{fixed(row, 1)}:{fixed(*last)}"
            self._defined.append(_defined("_FilterDatabase", number, rows, ' hidden="1"'))
        if row:
            self._defined.append(_defined("Print_Titles", number, f"{quoted(name)}!${row}:${row}"))

    def to_bytes(self) -> bytes:
        """The finished file."""
        numbers = range(1, len(self._names) + 1)
        sheets = "".join(
            f'<sheet name="{_text(name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, name in zip(numbers, self._names, strict=True)
        )
        names = f"<definedNames>{''.join(self._defined)}</definedNames>" if self._defined else ""
        related = "".join(_related(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
        styles = len(self._names) + 1
        parts = {
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets>{names}</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
            f"{_related(styles, 'styles', 'styles.xml')}</Relationships>",
            "xl/styles.xml": self._styles.xml(),
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{_related(1, "officeDocument", "xl/workbook.xml")}'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="{CORE}"/></Relationships>',
            "[Content_Types].xml": _content_types(numbers),
        }
        for name, xml in parts.items():
            self._package.writestr(_entry(name), _HEAD + xml, zipfile.ZIP_DEFLATED)
        self._package.writestr(_entry(CORE), self._core, zipfile.ZIP_DEFLATED)
        self._package.close()
        return self._stream.getvalue()


class WrittenSheet:
    """One sheet, whose next row is ``row``, counted from 1."""

    def __init__(self, part: IO[bytes], styles: _Styles) -> None:
        self._part, self._styles = part, styles
        self._waiting: list[bytes] = []
        self._breaks: list[int] = []
        self.row = 1

    def add(self, cells: Sequence[tuple[Value, Look] | None], height: float = 0) -> None:
        """The next row, from its first column on; None leaves a column empty. ``height`` in points."""
        written = b"".join(self._cell(column, *cell) for column, cell in enumerate(cells, start=1) if cell is not None)
        high = b' ht="%.1f" customHeight="1"' % height if height else b""
        self._waiting.append(b'<row r="%d"%b>%b</row>' % (self.row, high, written))
        self.row += 1
        if len(self._waiting) >= _AT_ONCE:
            self._write_waiting()

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def new_page(self) -> None:
        """Begin a printed page with the next row."""
        self._breaks.append(self.row - 1)

    def end(self, page: PageSetUp, filtered: str) -> None:
        """What stands behind the rows. ``filtered``: the list's address, "" when there is none."""
        self._write_waiting()
        footer = "&amp;LOFFICIAL-SENSITIVE, page &amp;P of &amp;N&amp;R" + _text(page.right_footer.replace("&", "&&"))
        breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in self._breaks)
        count = len(self._breaks)
        self._part.write(
            "".join(
                (
                    "</sheetData>", f'<autoFilter ref="{filtered}"/>' if filtered else "",
                    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.7" header="0.3" footer="0.3"/>',
                    f'<pageSetup paperSize="{8 if page.is_a3 else 9}" orientation="landscape" fitToWidth="1" fitToHeight="{int(page.one_page)}"/>',
                    f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>",
                    f'<rowBreaks count="{count}" manualBreakCount="{count}">{breaks}</rowBreaks>' if breaks else "",
                    "</worksheet>",
                )
            ).encode()
        )  # fmt: skip

    def _write_waiting(self) -> None:
        self._part.write(b"".join(self._waiting))
        self._waiting.clear()

    def _cell(self, column: int, value: Value, look: Look) -> bytes:
        start = b'<c r="%b%d" s="%d"' % (letters(column).encode(), self.row, self._styles.number(look))
        if value is None or value == "":
            return start + b"/>"
        if isinstance(value, str):
            return b'%b t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % (start, xml_text(value))
        return b"%b><v>%b</v></c>" % (start, _number(value).encode())


class _Styles:
    """The looks that were used, and their parts; each is numbered as it is first met."""

    def __init__(self) -> None:
        self._numbers: dict[Look, int] = {}
        self._fonts = {_font(colours.SIZE, False, colours.TEXT): 0}
        self._fills = {_fill("none"): 0, _fill("gray125"): 1}  # these two are everywhere
        self._borders = {_border("", False): 0}
        self._formats = {"": 0}
        self._written = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']

    def number(self, look: Look) -> int:
        """The style's number, as cells name it."""
        if look not in self._numbers:
            self._numbers[look] = len(self._written)
            self._written.append(self._style(look))
        return self._numbers[look]

    def _style(self, look: Look) -> str:
        font = _numbered(self._fonts, _font(look.size, look.bold, look.colour))
        fill = _numbered(self._fills, _fill("solid", look.ground)) if look.ground else 0
        border = _numbered(self._borders, _border(look.line, look.all_round))
        known = self._formats.setdefault(look.number_format, 163 + len(self._formats))  # from 164 on they are our own
        placed = 'horizontal="left" vertical="center" wrapText="1" indent="1"' if look.wraps else 'vertical="center"'
        return (
            f'<xf numFmtId="{known}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
            f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment {placed}/></xf>'
        )

    def xml(self) -> str:
        """The part of the package."""
        formats = [f'<numFmt numFmtId="{n}" formatCode="{_text(code)}"/>' for code, n in self._formats.items() if code]
        return (
            f'<styleSheet xmlns="{_MAIN}">{_several("numFmts", formats) if formats else ""}{_several("fonts", self._fonts)}'
            f"{_several('fills', self._fills)}{_several('borders', self._borders)}"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f"{_several('cellXfs', self._written)}"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def _numbered(known: dict[str, int], xml: str) -> int:
    return known.setdefault(xml, len(known))


def _several(name: str, inner: Sequence[str] | dict[str, int]) -> str:
    return f'<{name} count="{len(inner)}">{"".join(inner)}</{name}>'


def _font(size: int, bold: bool, colour: str) -> str:
    return f'<font>{"<b/>" if bold else ""}<sz val="{size}"/><color rgb="FF{colour}"/><name val="{colours.FONT_NAME}"/><family val="2"/></font>'


def _fill(pattern: str, colour: str = "") -> str:
    inner = f'<fgColor rgb="FF{colour}"/>' if colour else ""
    return f'<fill><patternFill patternType="{pattern}">{inner}</patternFill></fill>'


def _border(colour: str, all_round: bool) -> str:
    line = f' style="thin"><color rgb="FF{colour}"/>' if colour else ">"
    sides = {side: line if all_round or side == "bottom" else ">" for side in ("left", "right", "top", "bottom")}
    return f"<border>{''.join(f'<{side}{drawn}</{side}>' for side, drawn in sides.items())}<diagonal/></border>"


def _before_rows(widths: Sequence[float], page: PageSetUp, *, is_first: bool) -> str:
    row = page.header_row
    frozen = (
        f'<pane xSplit="1" ySplit="{row}" topLeftCell="B{row + 1}" activePane="bottomRight" state="frozen"/>'
        '<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight"/>' if row else ""
    )  # fmt: skip
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    selected = ' tabSelected="1"' if is_first else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        f'<sheetView showGridLines="0"{selected} workbookViewId="0">{frozen}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def _defined(name: str, sheet: int, refers_to: str, hidden: str = "") -> str:
    return f'<definedName name="_xlnm.{name}" localSheetId="{sheet}"{hidden}>{_text(refers_to)}</definedName>'


def _related(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _content_types(sheets: Sequence[int]) -> str:
    parts = {
        "/xl/workbook.xml": f"{_SHEETS}.sheet.main+xml",
        "/xl/styles.xml": f"{_SHEETS}.styles+xml",
        f"/{CORE}": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/xl/worksheets/sheet{n}.xml": f"{_SHEETS}.worksheet+xml" for n in sheets},
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # of 1980: no clock
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _text(text: str) -> str:
    return xml_text(text).decode()


def _number(value: int | date | datetime) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return repr((value.replace(microsecond=0) - _DAY_ZERO).total_seconds() / 86_400)
    return str((value - _DAY_ZERO.date()).days)
