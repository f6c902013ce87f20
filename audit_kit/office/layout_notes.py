"""Notes on the cells of a workbook, added to whatever notes and drawings it has already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree
from lxml.etree import _Element

from audit_kit.office.cell_addresses import at
from audit_kit.office.layout_book import REL_ID
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import cell_text

if TYPE_CHECKING:
    from audit_kit.office.layout_parts import Assembly

Note = tuple[str, str, str]  # cell, text, author
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VML, _OFFICE, _EXCEL = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:office:excel"  # fmt: skip
_WIDE, _HIGH = 5, 9  # how many columns and rows a note lies over


def add_notes(assembly: Assembly, tab: str, notes: Sequence[Note]) -> None:
    """Put these notes on a sheet. A cell that has a note already keeps it: these come on the cells that have none."""
    part = assembly.parts[tab]
    comments = _comments_of(assembly, part)
    drawing = _drawing_of(assembly, tab, part)
    authors, listed = comments.find(f"{MAIN}authors"), comments.find(f"{MAIN}commentList")
    assert authors is not None and listed is not None
    taken = {comment.get("ref") for comment in listed}
    for number, (cell, text, author) in enumerate(notes, start=1):
        if cell in taken:
            continue
        comment = etree.SubElement(listed, f"{MAIN}comment", ref=cell, authorId=str(_author(authors, author)))
        run = etree.SubElement(etree.SubElement(comment, f"{MAIN}text"), f"{MAIN}t")
        run.text = cell_text(text)
        run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        drawing.append(_shape(cell, f"audit_kit_{len(drawing)}_{number}"))


def _author(authors: _Element, author: str) -> int:
    for number, known in enumerate(authors):
        if known.text == author:
            return number
    etree.SubElement(authors, f"{MAIN}author").text = author
    return len(authors) - 1


def _comments_of(assembly: Assembly, part: str) -> _Element:
    for target in assembly.layout.targets(part).values():
        if target.startswith("xl/comments") and assembly.has(target):
            return assembly.xml(target)
    name = _free(assembly, "xl/comments{}.xml")
    root = etree.Element(f"{MAIN}comments", nsmap={None: MAIN[1:-1]})
    etree.SubElement(root, f"{MAIN}authors")
    etree.SubElement(root, f"{MAIN}commentList")
    assembly.put(name, root)
    assembly.declare(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")
    assembly.relate(part, name, f"{_RELATIONS}/comments")
    return root


def _drawing_of(assembly: Assembly, tab: str, part: str) -> _Element:
    """The old kind of drawing in which notes are drawn; the one for header images is another."""
    sheet = assembly.sheets[tab].root
    legacy = sheet.find(f"{MAIN}legacyDrawing")
    if legacy is not None:
        return assembly.xml(assembly.layout.targets(part)[legacy.get(REL_ID)])
    name = _free(assembly, "xl/drawings/vmlDrawingNotes{}.vml")
    root = etree.Element("xml", nsmap={"v": _VML, "o": _OFFICE, "x": _EXCEL})
    kind = etree.SubElement(
        root,
        f"{{{_VML}}}shapetype",
        {"id": "_x0000_t202", "coordsize": "21600,21600", "path": "m,l,21600r21600,l21600,xe"},
    )
    kind.set(f"{{{_OFFICE}}}spt", "202")
    assembly.put(name, root)
    if not any(default.get("Extension") == "vml" for default in assembly.xml("[Content_Types].xml")):
        assembly.declare_ending("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    assembly.sheets[tab].add("legacyDrawing").set(REL_ID, assembly.relate(part, name, f"{_RELATIONS}/vmlDrawing"))
    return root


def _free(assembly: Assembly, pattern: str) -> str:
    return next(name for n in range(1, 10_000) if not assembly.has(name := pattern.format(n)))


def _shape(cell: str, name: str) -> _Element:
    row, column = at(cell)
    shape = etree.Element(
        f"{{{_VML}}}shape",
        {"id": name, "type": "#_x0000_t202", "style": "position:absolute;visibility:hidden", "fillcolor": "#ffffe1"},
        nsmap={"v": _VML, "x": _EXCEL},
    )
    etree.SubElement(shape, f"{{{_VML}}}fill", color2="#ffffe1")
    data = etree.SubElement(shape, f"{{{_EXCEL}}}ClientData", ObjectType="Note")
    etree.SubElement(data, f"{{{_EXCEL}}}MoveWithCells")
    etree.SubElement(data, f"{{{_EXCEL}}}SizeWithCells")
    anchor = (column, 15, row, 2, column + _WIDE, 15, row + _HIGH, 4)
    etree.SubElement(data, f"{{{_EXCEL}}}Anchor").text = ", ".join(map(str, anchor))
    etree.SubElement(data, f"{{{_EXCEL}}}AutoFill").text = "False"
    etree.SubElement(data, f"{{{_EXCEL}}}Row").text = str(row - 1)
    etree.SubElement(data, f"{{{_EXCEL}}}Column").text = str(column - 1)
    return shape
