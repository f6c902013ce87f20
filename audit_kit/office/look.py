"""How every workbook of the kit looks: colours, fonts, borders, row heights.

The colours keep WCAG 2.2: text at 4.5:1 or better on what it stands on, the border of an input at 3:1 or
better against both its fill and the page (``tests/office/test_tool_workbook.py`` works it out). A fill alone
never carries meaning: there is always a border and a word.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter

TEXT = "0B0C0C"
SECONDARY = "484949"
BRAND = "12436D"  # title and header row
LINK = "1A5A96"
ERROR = "B3261E"
SUCCESS = "0B6B44"
WHITE = "FFFFFF"
INPUT_FILL = "F2F7FC"
INPUT_BORDER = "5A6B7B"
RULE = "B8C2CC"  # between rows that are only read: an ornament
BAND = "E8EEF4"
ATTENTION_FILL = "FFF2B3"
ATTENTION_BORDER = "7A4B00"
URGENT_FILL = "FDECEA"
DONE_FILL = "E6F4EC"

FONT_NAME = "Arial"
SIZE = 12
LINE_POINTS = 15.6  # one line of Arial 12
HIGHEST_ROW = 409.0  # Excel's own limit, in points


@cache
def font(*, bold: bool = False, colour: str = TEXT, size: int = SIZE, underline: bool = False) -> Font:
    """Arial in the kit's sizes."""
    return Font(name=FONT_NAME, size=size, bold=bold, color=colour, underline="single" if underline else None)


@cache
def fill(colour: str) -> PatternFill:
    """A plain fill."""
    return PatternFill("solid", fgColor=colour)


@cache
def box(colour: str, style: str = "thin") -> Border:
    """The same line on all four sides."""
    side = Side(style=style, color=colour)
    return Border(left=side, right=side, top=side, bottom=side)


@cache
def under(colour: str = RULE) -> Border:
    """A line below, for rows that are only read."""
    return Border(bottom=Side(style="thin", color=colour))


#: the indent keeps a text off the border and off the column before it
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)
ONE_LINE = Alignment(wrap_text=False, vertical="center")
OPEN = Protection(locked=False)
DATE_FORMAT = "dd mmm yyyy"


@dataclass(frozen=True)
class Dress:
    """How a cell looks and whether it is open, as one value: most cells of a form share a few of these."""

    bold: bool = False
    colour: str = TEXT
    ground: str = ""  # no fill when empty
    line: str = RULE
    line_style: str = "thin"
    only_below: bool = False
    number_format: str = "@"
    is_open: bool = False


_worn: WeakKeyDictionary[Workbook, dict[Dress, StyleArray]] = WeakKeyDictionary()


def dress(cell: Cell, wanted: Dress) -> None:
    """Give a cell this look.

    openpyxl compares every font and border anew for each cell that it is set on, which was half the time of
    writing a form: so each look is set once a workbook and then taken over.
    """
    worn = _worn.setdefault(cell.parent.parent, {})
    if wanted not in worn:
        cell.font, cell.alignment = font(bold=wanted.bold, colour=wanted.colour), WRAPPED
        cell.border = under(wanted.line) if wanted.only_below else box(wanted.line, wanted.line_style)
        cell.number_format = wanted.number_format
        if wanted.ground:
            cell.fill = fill(wanted.ground)
        if wanted.is_open:
            cell.protection = OPEN
        worn[wanted] = copy(cell._style)
    cell._style = copy(worn[wanted])


def lines_needed(text: str, width: float) -> int:
    """How many lines this text takes in a column of ``width`` characters, on the safe side."""
    # a column is counted in digits; the indent and the cell's own edges take two, screens round letters up a little
    usable = max(10.0, (width - 2) * 9.7)
    return sum(_lines_of(paragraph, usable) for paragraph in text.split("\n"))


#: how wide Arial's letters are, in tenths of a digit; capitals are wider than digits, most small letters narrower
_TENTHS = bytes.maketrans(
    bytes(range(256)),
    bytes(
        {**dict.fromkeys(b" !,./:;I[]\\ft|", 5), **dict.fromkeys(b"'ijl", 4), **dict.fromkeys(b"\"()*-`r{}", 7),
         **dict.fromkeys(b"&ABEKPSVXYFTZ", 12), **dict.fromkeys(b"CDHNRUGOQw", 14), **dict.fromkeys(b"mMW%", 17),
         **dict.fromkeys(b"@", 19), **dict.fromkeys(b"ckvxyzs", 9)}.get(letter, 10)
        for letter in range(256)
    ),
)  # fmt: skip


def _width_of(text: str) -> int:
    return sum(text.encode("latin-1", "replace").translate(_TENTHS))


def _lines_of(paragraph: str, usable: float) -> int:
    """The lines of one paragraph, broken between words as Excel breaks them; a word that is too long is broken anywhere."""
    if _width_of(paragraph) <= usable:
        return 1
    lines, used = 1, 0.0
    for word in paragraph.split(" "):
        wide: float = _width_of(word)
        if used and used + wide > usable:
            lines, used = lines + 1, 0.0
        while wide > usable:
            lines, wide = lines + 1, wide - usable
        used += wide + 5
    return lines


def height_for(*texts_and_widths: tuple[str, float], least: float = 20.0) -> float:
    """The row height in points at which none of these texts is cut, up to Excel's highest row."""
    lines = max((lines_needed(text, width) for text, width in texts_and_widths), default=1)
    return min(HIGHEST_ROW, max(least, lines * LINE_POINTS + 5))


def pieces(text: str, width: float, lines: int) -> tuple[str, ...]:
    """The text cut, between words, into pieces that take at most so many lines. Joined again they are the text."""
    cut: list[str] = []
    rest = text
    while lines_needed(rest, width) > lines:
        at = _where_to_cut(rest, width, lines)
        cut.append(rest[:at])
        rest = rest[at:]
    return (*cut, rest)


def _where_to_cut(text: str, width: float, lines: int) -> int:
    """The last place after a space or line feed at which what stands before still fits; else in mid-word."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if lines_needed(text[:middle], width) <= lines else (low, middle - 1)
    after_space = max(text.rfind(" ", 0, low), text.rfind("\n", 0, low)) + 1
    return after_space or low


def set_default_font(book: Workbook) -> None:
    """Make Arial 12 the workbook's own font: the width of columns is counted in its digits."""
    normal = next(style for style in book._named_styles if style.name == "Normal")
    normal.font = font()
    book._fonts[0] = font()


def letter(column: int) -> str:
    """The letter of a column counted from 1."""
    return str(get_column_letter(column))
