"""One thing that is wrong with a template, told so that whoever edits it finds the place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TemplateFault:
    """One thing about a template. ``stops``: whether nothing can be made with it."""

    template: str
    name: str  # the field, with those it belongs to: "improvements.statement"; "" when it is no field
    where: str  # "table 2, row 3, cell 1"; in a workbook "Questions!H6", or "" when it is about the whole
    sentence: str
    stops: bool
    paragraph: int = 0  # in a Word template: the number of the paragraph, through all tables; 0 when it isn't known


def cell_address(row: int, column: int) -> str:
    """A cell's address, rows and columns counted from 1: (6, 28) is ``AB6``. Without loading a library of workbooks."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
