"""A layout on its way to a finished workbook: parts that change, sheets that go, names and marks that are added.

Whatever is not named here is taken over byte for byte: pictures, themes, header images, sensitivity labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from lxml import etree
from lxml.etree import _Element

from audit_kit.office.cell_addresses import at
from audit_kit.office.finished_sheets import FinishedSheet
from audit_kit.office.layout_book import REL_ID, RELATION, STYLES, TYPED, TYPES, WORKBOOK, BookLayout, rels_of, resolved
from audit_kit.office.layout_cells import SheetCells, fill_texts, filled
from audit_kit.office.layout_grid import MAIN, Growth, moved_drawing, moved_formula, regrow
from audit_kit.office.layout_looks import Looks, derived_look, look_of
from audit_kit.office.package_patch import Deflated, Package, deflated

CUSTOM = "docProps/custom.xml"
_APP, _CALC_CHAIN, _PRINTERS = "docProps/app.xml", "xl/calcChain.xml", "xl/printerSettings/"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WHERE_IT_WAS_SAVED = "{http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac}absPath"
_SETTER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # whose custom properties these are, by the standard: the user's


class Assembly:
    """The parts of a workbook while it is made from a layout."""

    def __init__(
        self, layout: BookLayout, leave_out: Iterable[str], finished: Mapping[str, FinishedSheet] | None = None
    ) -> None:
        """``leave_out``: the sheets that the workbook won't have; ``finished``: those that are taken over as they are."""
        self.layout = layout
        self._finished = finished or {}
        self._roots: dict[str, _Element] = {}
        self._new: set[str] = set()
        self._derived: dict[tuple[int, str, bool], int] = {}
        self._gone: set[str] = {_CALC_CHAIN}  # Excel makes it anew; the old one would point at the wrong cells
        self.workbook = self.xml(WORKBOOK)
        self._drop_sheets(frozenset(leave_out))
        self.parts = {tab: part for tab, part in layout.sheets.items() if part not in self._gone}
        self.sheets = {
            tab: SheetCells(self.xml(part), layout.strings)
            for tab, part in self.parts.items() if tab not in self._finished
        }  # fmt: skip
        self._forget_printers()

    def xml(self, part: str) -> _Element:
        """A part that is going to be changed."""
        if part not in self._roots:
            self._roots[part] = self.layout.xml(part)
        return self._roots[part]

    def put(self, part: str, root: _Element) -> None:
        """A part that the layout doesn't have."""
        self._new.add(part)
        self._roots[part] = root

    def has(self, part: str) -> bool:
        """Whether there is such a part, the layout's own or a new one."""
        return part in self._new or (part in self.layout.package.names and part not in self._gone)

    def _drop_sheets(self, tabs: frozenset[str]) -> None:
        for sheet in list(self.workbook.iter(f"{MAIN}sheet")):
            if sheet.get("name") in tabs:
                part = self.layout.sheets[sheet.get("name")]
                self._gone |= {part, rels_of(part)}
                sheet.getparent().remove(sheet)
                _without(self.xml(rels_of(WORKBOOK)), "Id", sheet.get(REL_ID))
        # what only the sheets that went had: their drawings and notes
        kept = set(self.layout.sheets.values()) - self._gone
        still = {target for part in (WORKBOOK, *kept) for target in self.layout.targets(part).values()}
        for part in self._gone - {_CALC_CHAIN}:
            self._gone |= {target for target in self.layout.targets(part).values() if target not in still}

    def _forget_printers(self) -> None:
        """Leave out what Windows keeps of the printer of whoever saved the layout: it may be called after a server or a room.

        Paper, margins and scale stand in the sheet itself, and stay.
        """
        for tab, part in self.parts.items():
            printers = {key: to for key, to in self.layout.targets(part).items() if to.startswith(_PRINTERS)}
            self._gone |= set(printers.values())
            for key in printers:
                _without(self.xml(rels_of(part)), "Id", key)
            for page in self.sheets[tab].root.iter(f"{MAIN}pageSetup") if tab in self.sheets else ():
                page.attrib.pop(REL_ID, None)

    # --- sheets ---------------------------------------------------------------------------------------

    def grow(self, growths: Mapping[str, Growth]) -> None:
        """Let the sheets grow, and everything that points at their cells."""
        for tab, sheet in self.sheets.items():
            if tab in growths:
                regrow(sheet.root, tab, growths)
                self.sheets[tab] = SheetCells(sheet.root, self.layout.strings)
        for tab in growths.keys() & self.parts.keys():
            for drawing in self._drawings_of(tab):
                moved_drawing(drawing, growths[tab])
        for name in self.workbook.iter(f"{MAIN}definedName"):
            name.text = moved_formula(name.text or "", "", growths)

    def fill_in(self, words: Mapping[str, str], on_sheets: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Fill in the ``{...}`` wherever a text of the layout still holds one: cells, text boxes, headers, messages.

        ``on_sheets``: sheet → the words that it has of its own. Before anything is written: what people wrote is theirs.
        """
        for tab, sheet in self.sheets.items():
            self._fill_sheet_in(sheet, {**words, **(on_sheets or {}).get(tab, {})})
        for tab in self.parts:
            for drawing in self._drawings_of(tab):
                fill_texts(drawing, words)

    def _fill_sheet_in(self, sheet: SheetCells, words: Mapping[str, str]) -> None:
        printed = {name: word.replace("&", "&&") for name, word in words.items()}  # as headers want it
        asking = self.layout.to_fill_in
        for cell in sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"):
            kind = cell.get("t")
            asked = asking.get((cell.findtext(f"{MAIN}v") or "").strip(), ()) if kind == "s" else ()
            if kind == "inlineStr" or not words.keys().isdisjoint(asked):
                sheet.fill(*at(cell.get("r")), words)
        for footer in sheet.root.iterfind(f"{MAIN}headerFooter/*"):
            footer.text = filled(footer.text or "", printed)
        for check in sheet.root.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation"):
            for name in ("prompt", "promptTitle", "error", "errorTitle"):
                if "{" in check.get(name, ""):
                    check.set(name, filled(check.get(name), words))

    def _drawings_of(self, tab: str) -> list[_Element]:
        targets = self.layout.targets(self.parts[tab]).values()
        return [self.xml(part) for part in targets if part.startswith("xl/drawings/drawing")]

    # --- names and marks ------------------------------------------------------------------------------

    def name(self, name: str, formula: str) -> None:
        """Define a name for the whole workbook, in place of the layout's own of that name."""
        section = self.workbook.find(f"{MAIN}definedNames")
        if section is None:
            section = etree.Element(f"{MAIN}definedNames")
            self.workbook.find(f"{MAIN}sheets").addnext(section)
        for other in self._named.pop(name.casefold(), ()):
            section.remove(other)
        new = etree.SubElement(section, f"{MAIN}definedName", name=name)
        new.text = formula
        self._named[name.casefold()] = [new]

    @cached_property
    def _named(self) -> dict[str, list[_Element]]:
        """The names that there are, by how they are compared: one of the workbook, others of single sheets."""
        found: dict[str, list[_Element]] = {}
        for each in self.workbook.iter(f"{MAIN}definedName"):
            found.setdefault(each.get("name", "").casefold(), []).append(each)
        return found

    def forget_names(self, names: Iterable[str]) -> None:
        """Leave out the names that bind the layout: before it grows, so that nobody works out where they would be."""
        forgotten = set(names)
        for name in list(self.workbook.iter(f"{MAIN}definedName")):
            if name.get("name") in forgotten:
                name.getparent().remove(name)

    def forget_lost_names(self) -> None:
        """Leave out the names of sheets that went and those that point nowhere any more."""
        before, now = list(self.layout.sheets), {tab: str(number) for number, tab in enumerate(self.parts)}
        for name in list(self.workbook.iter(f"{MAIN}definedName")):
            local = name.get("localSheetId")
            tab = before[int(local)] if local is not None else ""
            if "#REF!" in (name.text or "") or (tab and tab not in now):
                name.getparent().remove(name)
            elif tab:
                name.set("localSheetId", now[tab])

    def mark(self, marks: Mapping[str, str]) -> None:
        """Add custom properties; those that the layout has, such as a sensitivity label, stay."""
        if not self.has(CUSTOM):
            spaces = {None: _PROPERTIES, "vt": _VALUES[1:-1]}
            self.put(CUSTOM, etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=spaces))
            self.relate("", CUSTOM, f"{_RELATIONS}/custom-properties")
            self.declare(CUSTOM, "application/vnd.openxmlformats-officedocument.custom-properties+xml")
        root = self.xml(CUSTOM)
        number = max((int(each.get("pid", "1")) for each in root), default=1)
        for name, value in marks.items():
            number += 1
            each = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_SETTER, pid=str(number), name=name)
            etree.SubElement(each, f"{_VALUES}lpwstr").text = value

    def declare(self, part: str, kind: str) -> None:
        """Say what sort of part this is."""
        etree.SubElement(self.xml(TYPES), f"{TYPED}Override", PartName=f"/{part}", ContentType=kind)

    def declare_ending(self, ending: str, kind: str) -> None:
        """Say what sort of parts those with this ending are."""
        self.xml(TYPES).insert(0, etree.Element(f"{TYPED}Default", Extension=ending, ContentType=kind))

    def relate(self, part: str, target: str, kind: str) -> str:
        """Let a part ("" for the package) refer to another, and return by which id."""
        rels = rels_of(part) if part else "_rels/.rels"
        if not self.has(rels):
            self.put(rels, etree.Element(f"{RELATION}s", nsmap={None: RELATION[1:].partition("}")[0]}))
        root = self.xml(rels)
        ids = {rel.get("Id") for rel in root}
        new = next(name for n in range(1, len(ids) + 2) if (name := f"rId{n}") not in ids)
        etree.SubElement(root, RELATION, Id=new, Type=kind, Target=f"/{target}")
        return new

    # --- looks ----------------------------------------------------------------------------------------

    def dress_like(self, tab: str, row: int, column: int, sample: str, *, is_open: bool) -> None:
        """Give a cell the fill and border of a sample that the layout has under this name, and open or lock it."""
        cells = self.sheets[tab]
        wanted = cells.style(row, column), sample, is_open  # thousands of cells want one of a few
        if wanted not in self._derived:
            looks = self.xml(STYLES)
            self._derived[wanted] = derived_look(looks, wanted[0], look_of(self.layout, sample), is_open=is_open)
        cells.dress(row, column, self._derived[wanted])

    def take_looks(self, looks: Looks) -> None:
        """Have these looks from the start: so they have the same numbers in each workbook that has them."""
        self._roots[STYLES] = looks.xml()
        self._derived.update(looks.numbers)

    # --- the finished package -------------------------------------------------------------------------

    def package(self) -> Package:
        """The workbook, with nothing left of the texts of sheets and rows that went."""
        self._tidy_workbook()
        texts = self.xml("xl/sharedStrings.xml") if self.has("xl/sharedStrings.xml") else None
        if texts is not None:
            self._forget_unused(texts)
        for sheet in self.sheets.values():
            sheet.section("dimension").set("ref", f"A1:{sheet.last}")
        parts: dict[str, Deflated] = {}
        finished = {self.parts[tab]: sheet.packed for tab, sheet in self._finished.items()}
        for part in (*self.layout.package.names, *sorted(self._new)):
            if part not in self._gone and part not in parts:
                parts[part] = finished.get(part) or self._packed(part)
        return Package(parts)

    def as_finished(self, tab: str, package: Package, names: Mapping[str, str]) -> FinishedSheet:
        """A sheet of the package that this became, to be taken over by the next workbook that has the same."""
        return FinishedSheet(package.packed(self.parts[tab]), frozenset(_strings_of(self.sheets[tab])), names)

    def _packed(self, part: str) -> Deflated:
        if part in self._roots:
            return deflated(etree.tostring(self._roots[part], xml_declaration=True, encoding="UTF-8", standalone=True))
        return self.layout.package.packed(part)

    def _tidy_workbook(self) -> None:
        for part in self._gone:
            _without(self.xml(TYPES), "PartName", f"/{part}")
        rels = self.xml(rels_of(WORKBOOK))
        for rel in list(rels):
            if resolved(WORKBOOK, rel.get("Target")) in self._gone:
                rels.remove(rel)
        for view in self.workbook.iter(f"{MAIN}workbookView"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")
        for tab, sheet in self.sheets.items():
            for view in sheet.root.iterfind(f"{MAIN}sheetViews/{MAIN}sheetView"):
                view.attrib.pop("tabSelected", None)
                if tab == next(iter(self.parts)):
                    view.set("tabSelected", "1")
        if self.has(_APP):  # the list of sheets that it repeats would no longer be right
            for element in list(self.xml(_APP)):
                if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in ("TitlesOfParts", "HeadingPairs"):
                    self.xml(_APP).remove(element)
        for place in list(self.workbook.iter(_WHERE_IT_WAS_SAVED)):  # in a folder that may be called after somebody
            place.getparent().remove(place)
        calculation = self.workbook.find(f"{MAIN}calcPr")
        if calculation is not None:
            calculation.set("fullCalcOnLoad", "1")

    def _forget_unused(self, texts: _Element) -> None:
        used = {number for sheet in self.sheets.values() for number in _strings_of(sheet)}
        used |= {number for sheet in self._finished.values() for number in sheet.strings}
        for number, text in enumerate(texts.findall(f"{MAIN}si")):
            if number not in used:
                for part in list(text):
                    text.remove(part)
                etree.SubElement(text, f"{MAIN}t")


def _strings_of(sheet: SheetCells) -> Iterator[int]:
    """Which of the shared texts a sheet shows."""
    cells = sheet.root.iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c[@t='s']")
    return (int(cell.findtext(f"{MAIN}v") or -1) for cell in cells)


def _without(root: _Element, name: str, value: str | None) -> None:
    for element in list(root):
        if element.get(name) == value:
            root.remove(element)
