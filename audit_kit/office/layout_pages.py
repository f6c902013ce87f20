"""One sheet of a layout repeated: a page for each of several things, before anything in it grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from audit_kit.office.layout_book import REL_ID, RELATION, TYPED, TYPES, WORKBOOK, BookLayout, rels_of
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import deflated
from audit_kit.office.tool_layout import quoted

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


def keeps_from_repeating(layout: BookLayout, tab: str) -> str:
    """Why this sheet can't be repeated; "" when it can."""
    hung_on = [part for part in layout.targets(layout.sheets[tab]).values() if "printerSettings" not in part]
    return (
        "a picture, text box, note or link out hangs on this sheet, which is repeated; put it on Start"
        if hung_on
        else ""
    )


def with_pages(layout: BookLayout, tab: str, pages: Sequence[str]) -> BookLayout:
    """The layout with a copy of this sheet for each of ``pages`` (their names), behind the sheet itself.

    Names go on pointing at the sheet itself; what is printed on every page is said of each copy.
    """
    workbook, relations, types = layout.xml(WORKBOOK), layout.xml(rels_of(WORKBOOK)), layout.xml(TYPES)
    sheets = list(workbook.iter(f"{MAIN}sheet"))
    place = [sheet.get("name") for sheet in sheets].index(tab)
    root = layout.xml(layout.sheets[tab])
    for element in [each for each in root.iter() if each.get(REL_ID) is not None]:
        del element.attrib[REL_ID]
    sheet_xml = deflated(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    changed = {}
    free = max(int(sheet.get("sheetId")) for sheet in sheets) + 1
    behind = sheets[place]
    for number, page in enumerate(pages):
        part, key = f"xl/worksheets/page{number + 1}.xml", f"rIdPage{number + 1}"
        changed[part] = sheet_xml
        etree.SubElement(types, f"{TYPED}Override", PartName=f"/{part}", ContentType=_SHEET_TYPE)
        etree.SubElement(relations, RELATION, Id=key, Type=_SHEET_RELATION, Target=f"/{part}")
        sheet = deepcopy(sheets[place])
        sheet.set("name", page)
        sheet.set("sheetId", str(free + number))
        sheet.set(REL_ID, key)
        behind.addnext(sheet)
        behind = sheet
    for name in list(workbook.iter(f"{MAIN}definedName")):
        local = name.get("localSheetId")
        if local is None:
            continue
        if int(local) > place:
            name.set("localSheetId", str(int(local) + len(pages)))
        elif int(local) == place:
            _repeat_name(name, tab, pages, place)
    for part, written in ((WORKBOOK, workbook), (rels_of(WORKBOOK), relations), (TYPES, types)):
        changed[part] = deflated(etree.tostring(written, xml_declaration=True, encoding="UTF-8", standalone=True))
    return layout.with_parts(changed)


def _repeat_name(name: etree._Element, tab: str, pages: Sequence[str], place: int) -> None:
    """What is printed on every page, or the print area, for each copy."""
    for number, page in enumerate(pages, start=place + 1):
        copied = deepcopy(name)
        copied.set("localSheetId", str(number))
        copied.text = "".join(_renamed(name.text or "", tab, page))
        name.addnext(copied)


def _renamed(formula: str, tab: str, page: str) -> Iterator[str]:
    for called in (quoted(tab), tab):
        if f"{called}!" in formula:
            yield formula.replace(f"{called}!", f"{quoted(page)}!")
            return
    yield formula
