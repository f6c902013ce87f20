"""Sheets that are the same in several tools: finished once, and taken over as they are.

Two agencies are asked some questions of their own on one sheet; the other ten are the same to the last byte, and so are
those of a copy that goes back on which nothing is asked. What such a sheet hangs on is its key, all of it: another word,
row or formula anywhere, and the sheet is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from audit_kit.domain.tool import AuditTool
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_cells import TOKEN, SheetCells
from audit_kit.office.layout_grid import Growth
from audit_kit.office.package_patch import Deflated
from audit_kit.office.tool_formulas import status_formula
from audit_kit.office.tool_layout import SheetPlan

if TYPE_CHECKING:
    from audit_kit.office.tool_answers import SentBack

_MOST = 96  # of one layout, a few kilobytes each: those of all agencies' tools


@dataclass(frozen=True)
class FinishedSheet:
    """One sheet as it stands in the finished workbook."""

    packed: Deflated
    strings: frozenset[int]  # which of the layout's shared texts it shows
    names: Mapping[str, str]  # the workbook's names that point at it → where


def key_of(
    layout: BookLayout,
    tab: str,
    written: object,
    growths: Mapping[str, Growth],
    words: Mapping[str, str],
    left_out: tuple[str, ...],
) -> object:
    """Everything that a sheet hangs on, but for the layout itself and notes on it. ``written``: what is written on it."""
    shown, named = _words_on(layout, tab), _tabs_on(layout, tab)
    return (
        tab,
        written,
        tuple((other, growths[other]) for other in sorted(named & growths.keys())),
        tuple((word, words[word]) for word in sorted(shown & words.keys())),
        left_out,
    )


def answers_written(form: AuditTool, plans: Mapping[str, SheetPlan], plan: SheetPlan, back: SentBack | None) -> object:
    """What is written on an answer sheet, fresh or where a copy that goes back asks nothing."""
    counts = back is None or back.still_counts
    formulas = "\n".join(status_formula(form, plans, plan, question) for question in plan.sheet.questions if counts)
    return (
        plan.sheet,
        hashlib.sha256(formulas.encode()).digest(),  # they are long
        back and (back.opened, back.always_open, counts),
    )


@lru_cache(maxsize=64)
def _tabs_on(layout: BookLayout, tab: str) -> frozenset[str]:
    """The sheets of which a sheet of the layout may speak in its formulas, checks and links, itself among them."""
    text = unescape(layout.package.part(layout.sheets[tab]).decode()).replace("'", "")
    named = {other: other.replace("'", "") for other in layout.sheets}
    return frozenset(other for other, name in named.items() if other == tab or f"{name}!" in text or f"{name}:" in text)


@lru_cache(maxsize=64)
def _words_on(layout: BookLayout, tab: str) -> frozenset[str]:
    """The ``{...}`` that stand anywhere on a sheet of the layout."""
    root = layout.xml(layout.sheets[tab])
    texts = (etree.tostring(root, encoding="unicode"), *SheetCells(root, layout.strings).texts())
    return frozenset(found for text in texts for found in TOKEN.findall(text))


def known(layout: BookLayout, keys: Mapping[str, object]) -> dict[str, FinishedSheet]:
    """Sheet → how it stands finished, for those that were."""
    return {tab: layout.finished[key] for tab, key in keys.items() if key in layout.finished}


def remember(layout: BookLayout, key: object, sheet: FinishedSheet) -> None:
    """Take this sheet over the next time."""
    while len(layout.finished) >= _MOST:
        del layout.finished[next(iter(layout.finished))]
    layout.finished[key] = sheet
