"""How a workbook that openpyxl writes looks: fonts, fills, borders. Their colours: ``colours``."""

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

from audit_kit.office.colours import FONT_NAME, RULE, SIZE, TEXT


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


def set_default_font(book: Workbook) -> None:
    """Make Arial 12 the workbook's own font: the width of columns is counted in its digits."""
    normal = next(style for style in book._named_styles if style.name == "Normal")
    normal.font = font()
    book._fonts[0] = font()


def letter(column: int) -> str:
    """The letter of a column counted from 1."""
    return str(get_column_letter(column))
