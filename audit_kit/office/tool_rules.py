"""The lists that answer cells offer, each under its defined name, and how long a cell's message may be."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from audit_kit.domain.tool import AuditTool
from audit_kit.office.cell_addresses import at, letters

LONGEST_MESSAGE, LONGEST_TITLE = 255, 32


def joined_cells(addresses: list[str]) -> list[str]:
    """The same cells, those below each other as one range."""
    columns: dict[str, list[int]] = defaultdict(list)
    for address in addresses:
        row, column = at(address)
        columns[letters(column)].append(row)
    joined = []
    for letter, rows in columns.items():
        first = last = rows[0]
        for row in (*rows[1:], 0):
            if row == last + 1:
                last = row
                continue
            joined.append(f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}")
            first = last = row
    return joined


@lru_cache(maxsize=64)
def lists_of(tool: AuditTool) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every list of choices that a form offers, once, with its defined name."""
    places = (tool.place(ref) for ref in tool.answer_refs)
    choices = dict.fromkeys(place.choices for place in places if place and place.choices)
    return tuple((list_name(each), each) for each in choices)


@lru_cache(maxsize=256)
def list_name(choices: tuple[str, ...]) -> str:
    """The defined name of a list, made of its words: ``list_Yes_No``."""
    words = "_".join("".join(c for c in choice if c.isalnum() and c.isascii()) for choice in choices)
    return f"list_{len(choices)}_{words}"[:80]
