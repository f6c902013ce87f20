"""What the sheets that are drawn here have in common: title, headings, page and protection."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from audit_kit.office import look


def write_title(sheet: Worksheet, title: str, intro_lines: tuple[str, ...]) -> None:
    """The title in A1 and the introduction below it, line by line: it runs over the cells to its right."""
    sheet["A1"] = title
    sheet["A1"].font = look.font(bold=True, size=18, colour=look.BRAND)
    sheet["A1"].alignment = look.ONE_LINE
    sheet.row_dimensions[1].height = 30
    for number, line in enumerate(intro_lines, start=2):
        cell = sheet.cell(number, 1, line)
        cell.font = look.font(colour=look.SECONDARY)
        cell.alignment = look.ONE_LINE
        sheet.row_dimensions[number].height = 19


def write_heading(sheet: Worksheet, row: int, column: int, heading: str) -> None:
    """One cell of a header row."""
    cell = sheet.cell(row, column, heading)
    cell.font = look.font(bold=True, colour=look.WHITE)
    cell.fill = look.fill(look.BRAND)
    cell.border = look.box(look.BRAND)
    cell.alignment = look.MIDDLE


def set_page(
    sheet: Worksheet,
    header_row: int | None,
    pages_wide: int = 1,
    reference: str = "Audit @@audit@@, round @@round@@",
) -> None:
    """A4 lying down, the header row on every page, the marking and the reference in the footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    if pages_wide > 1:  # the pages of one question follow each other
        sheet.print_title_cols, sheet.page_setup.pageOrder = "A:C", "overThenDown"
    sheet.oddFooter.left.text = "OFFICIAL-SENSITIVE, page &P of &N"
    sheet.oddFooter.right.text = reference


def protect(sheet: Worksheet) -> None:
    """Locked without a password; rows and columns may be sized and formatted."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = False  # False: not forbidden
    sheet.protection.formatColumns = False
