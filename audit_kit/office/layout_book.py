"""A workbook of the team's own as the layout of a form: its parts, its sheets and the names that bind it.

The layout is edited in Excel. What binds it are defined names (``questions_evidence`` is the cell of evidence in
the prototype row of the Questions sheet), never addresses: rows and columns may be moved about freely. A layout
that can't be copied safely is refused here, with the reason and the place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element

from audit_kit.errors import AuditKitError, HeldUp
from audit_kit.office.cell_addresses import at
from audit_kit.office.gate_names import WORKBOOK as RETURNED
from audit_kit.office.gate_reasons import Refused
from audit_kit.office.layout_cells import TOKEN
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import Deflated, Package

if TYPE_CHECKING:
    from audit_kit.office.finished_sheets import FinishedSheet

# LibreOffice writes them again when the rows stand before the columns, which Excel never does
_TITLES = "_xlnm.Print_Titles"
_TITLES_TWICE = "the rows and columns that a sheet repeats in print are set twice: save it once in Excel"
WORKBOOK, STRINGS, STYLES, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"
TYPED = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NAMED = re.compile(r"(?P<tab>'(?:[^']|'')+'|[^'!]+)!(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


@dataclass(frozen=True)
class NamedCells:
    """Where a defined name points: rows and columns counted from 1."""

    tab: str
    row: int
    column: int
    last_row: int


@dataclass(frozen=True, eq=False)
class BookLayout:
    """One layout, opened. ``file`` is how sentences call it."""

    file: str
    package: Package

    def xml(self, part: str) -> _Element:
        """A part, parsed anew: whoever asks may change it."""
        return etree.fromstring(self.package.part(part), _PARSER)

    def with_parts(self, changed: Mapping[str, Deflated]) -> BookLayout:
        """The same layout with these parts in place of its own."""
        other = BookLayout(self.file, self.package.with_parts(changed))
        if STRINGS not in changed:
            # read once: each workbook with pages is a layout of its own
            vars(other).update(strings=self.strings, to_fill_in=self.to_fill_in)
        return other

    @cached_property
    def finished(self) -> dict[object, FinishedSheet]:
        """Sheets of it that were finished, by all that they hang on (``finished_sheets``)."""
        return {}

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Sheet name → part, in the order of the tabs."""
        targets = self.targets(WORKBOOK)
        return {sheet.get("name"): targets[sheet.get(REL_ID)] for sheet in self.xml(WORKBOOK).iter(f"{MAIN}sheet")}

    @cached_property
    def names(self) -> Mapping[str, NamedCells]:
        """Defined name → where it points, for those of the whole workbook that point at cells."""
        found = {}
        for name in self.xml(WORKBOOK).iter(f"{MAIN}definedName"):
            match = _NAMED.fullmatch((name.text or "").strip())
            if match and name.get("localSheetId") is None:
                (row, column), (last_row, _) = at(match["first"]), at(match["last"] or match["first"])
                tab = match["tab"].strip("'").replace("''", "'")
                if tab in self.sheets:  # a program other than Excel may rename a sheet and leave its names behind
                    found[name.get("name")] = NamedCells(tab, row, column, last_row)
        return found

    def targets(self, part: str) -> Mapping[str, str]:
        """The parts that a part refers to: relationship id → part. Links that lead out of the file are left out."""
        if part not in self._targets:
            rels = rels_of(part)
            listed = self.xml(rels).iter(RELATION) if rels in self.package.names else ()
            self._targets[part] = {
                rel.get("Id"): resolved(part, rel.get("Target"))
                for rel in listed
                if rel.get("TargetMode") != "External"
            }
        return self._targets[part]

    @cached_property
    def _targets(self) -> dict[str, Mapping[str, str]]:
        """Part → what it refers to, of those that were asked for: it is asked of each sheet of each workbook."""
        return {}

    @cached_property
    def strings(self) -> tuple[_Element, ...]:
        """The texts that cells share, with whatever fonts stand in them."""
        return tuple(self.xml(STRINGS).findall(f"{MAIN}si")) if STRINGS in self.package.names else ()

    @cached_property
    def to_fill_in(self) -> Mapping[str, frozenset[str]]:
        """The number of such a text, as cells name it → the words that it asks for by ``{...}``; only of those that do."""
        asked = {str(number): TOKEN.findall("".join(text.itertext())) for number, text in enumerate(self.strings)}
        return {number: frozenset(words) for number, words in asked.items() if words}


def rels_of(part: str) -> str:
    """The part that lists what a part refers to."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def resolved(part: str, target: str) -> str:
    """The part that a relationship of this part means."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


@lru_cache(maxsize=8)
def read_layout(data: bytes, file: str) -> BookLayout:
    """The layout in these bytes.

    HeldUp, with every reason at once, for what can't be copied safely: macros, a signature, parts or names
    that are there twice, data from elsewhere, a table or pivot table, or a file that the kit wrote.
    """
    try:
        layout = BookLayout(file, Package.read(data))
        if WORKBOOK not in layout.package.names:
            raise KeyError(WORKBOOK)
        reasons = _reasons_against(layout)
    except AuditKitError as problem:
        raise refused(file, [problem.what]) from None
    except Exception:  # zipfile, lxml and a missing part each have errors of their own
        raise refused(file, ["it will not open as an Excel workbook"]) from None
    if reasons:
        raise refused(file, reasons)
    return layout


def refused(file: str, reasons: list[str]) -> HeldUp:
    """The problem with a layout that can't be used, with everything that is wrong with it."""
    many = "One thing" if len(reasons) == 1 else f"{len(reasons)} things"
    return HeldUp(
        f"{many} in the template {file} must change first:\n" + "\n".join(f"  {reason}" for reason in reasons) + "\n",
        not_happened="Nothing was written.",
        next_step="Change it in Excel, save it as .xlsx, and run: audit-kit templates check.",
    )


_FOREIGN = {
    "xl/externalLinks/": "it takes data from other files (Data, Edit Links): break those links",
    "xl/connections.xml": "it has a connection to data elsewhere: take it out",
    "xl/pivotTables/": "it has a pivot table, which keeps a hidden copy of its data: take it out",
    "xl/tables/": "it has an Excel table, whose rows can't grow safely: convert it to a range",
    "xl/revisions/": "it keeps a log of changes: stop sharing it",
    "xl/ctrlProps/": "it has form controls, which can't be copied safely: take them out",
    "xl/embeddings/": "a file is embedded in it: take it out",
    "xl/webextensions/": "it asks Excel for an add-in: take it out",
}


def _reasons_against_workbook(layout: BookLayout, root: _Element) -> Iterator[str]:
    kinds = layout.xml(TYPES).iter(f"{TYPED}Override")
    if _KIND not in (kind.get("ContentType") for kind in kinds if kind.get("PartName") == f"/{WORKBOOK}"):
        yield "inside it is no ordinary workbook but one for macros or a template of Excel's own, which Excel does not open as .xlsx"
    tabs = [sheet.get("name", "").casefold() for sheet in root.iter(f"{MAIN}sheet")]
    if len(set(tabs)) < len(tabs):
        yield "two of its sheets have the same name"
    locks = root.iter(f"{MAIN}workbookProtection")
    if any(lock.get(name) for lock in locks for name in ("workbookPassword", "workbookHashValue")):
        yield "the workbook is protected with a password (Review, Protect Workbook): use none"


def _may_come_back(part: str) -> bool:
    """Whether a returned workbook may hold this part."""
    try:
        RETURNED.kind_of_part(part)
    except Refused:
        return False
    return True


def _reasons_against(layout: BookLayout) -> list[str]:
    names = layout.package.names
    reasons = [why for start, why in _FOREIGN.items() if any(name.startswith(start) for name in names)]
    if not reasons and any(not _may_come_back(name) for name in names):
        reasons.append(
            "it holds something for which a return would be refused: build it anew from the shipped template"
        )
    root, sheets = layout.xml(WORKBOOK), [layout.xml(part) for part in layout.sheets.values()]
    if root.prefix or any(sheet.prefix for sheet in sheets):
        reasons.append("it was saved by a program that writes workbooks in a way of its own: save it once in Excel")
    if any(sheet.find(f"{MAIN}scenarios") is not None for sheet in sheets):
        # LibreOffice makes a sheet of each, with names that stand twice (tests/office/test_every_feature_is_kept.py)
        reasons.append(
            "it has scenarios (Data, What-If Analysis), after which a return may not be readable: delete them"
        )
    reasons += _reasons_against_workbook(layout, root)
    seen: set[tuple[str, str]] = set()
    for name in root.iter(f"{MAIN}definedName"):
        key = (name.get("name", "").casefold(), name.get("localSheetId", ""))
        if key in seen:
            reasons.append(_TITLES_TWICE if name.get("name") == _TITLES else f"the name {name.get('name')} is defined twice (Formulas, Name Manager)")  # fmt: skip
        seen.add(key)
        if name.get("name") == "audit_kit_form":
            reasons.append("it is a workbook that the kit wrote, not a template: put the template itself back")
    return reasons
