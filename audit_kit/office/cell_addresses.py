"""Cell addresses: rows and columns as numbers, counted from 1, and as Excel writes them."""

from __future__ import annotations

import re
from functools import lru_cache

#: one address: whether the column is fixed, the column, whether the row is fixed, the row
CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")


@lru_cache(maxsize=65_536)
def at(address: str) -> tuple[int, int]:
    """Row and column of a cell, counted from 1: ``$C$6`` is (6, 3). ValueError for no address."""
    found = CELL.fullmatch(address)
    if found is None:
        raise ValueError("not a cell")
    return int(found[4]), column_of(found[2])


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """How a column counted from 1 is called: 28 is ``AB``."""
    called = ""
    while column:
        column, letter = divmod(column - 1, 26)
        called = chr(ord("A") + letter) + called
    return called


@lru_cache(maxsize=1024)
def column_of(called: str) -> int:
    """The column that is called so, counted from 1."""
    number = 0
    for letter in called:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """A cell's address: (6, 3) is ``C6``."""
    return f"{letters(column)}{row}"


def fixed(row: int, column: int) -> str:
    """A cell's address that no copying changes: (6, 3) is ``$C$6``."""
    return f"${letters(column)}${row}"


def cells_from_to(row1: int, row2: int, column1: int, column2: int) -> str:
    """A range's address, or a cell's: rows 6 to 9 of columns 2 and 3 are ``B6:C9``."""
    first, last = address(row1, column1), address(row2, column2)
    return first if first == last else f"{first}:{last}"
