"""A PowerPoint presentation, slide by slide; hidden slides are left out."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.access import about
from audit_kit.access.colour import contrast, needed, told
from audit_kit.access.objects import Drawn, drawn_in, faults_of, numbered
from audit_kit.access.package import A, Element, Package, R
from audit_kit.access.rules import Fault, fault
from audit_kit.access.slide_looks import P, SlideLooks, placeholder
from audit_kit.access.words import unclear_link

_DEFAULT_SECTIONS = frozenset(("", "default section", "untitled section"))
_BESIDE = frozenset(("ftr", "sldNum", "dt", "hdr"))  # what stands at the edge of every slide


def faults(package: Package, part: str) -> Iterator[Fault]:
    """Everything wrong in the presentation whose main part this is."""
    root = package.xml(part)
    relations = package.relations(part)
    listed = [] if root is None else list(root.iterfind(f"{P}sldIdLst/{P}sldId"))
    slides = [relations[each.get(f"{R}id", "")].target for each in listed if each.get(f"{R}id", "") in relations]
    roots = [(number, name, package.xml(name)) for number, name in enumerate(slides, start=1)]
    shown = [(number, name, slide) for number, name, slide in roots if slide is not None and slide.get("show") != "0"]
    yield from about.faults_of(
        package, any(each.get("lang") for _, _, slide in shown for each in slide.iter(f"{A}rPr"))
    )
    for each in () if root is None else root.iter():
        if (
            str(each.tag).rpartition("}")[2] == "section"
            and each.get("name", "").strip().casefold() in _DEFAULT_SECTIONS
        ):
            yield fault("section-name-default", f"section “{each.get('name', '')}”")
    titles: dict[str, int] = {}
    for number, name, slide in shown:
        yield from _title(slide, number, titles)
        yield from _of_slide(slide, f"slide {number}", SlideLooks(package, part, name))


def _title(slide: Element, number: int, titles: dict[str, int]) -> Iterator[Fault]:
    shapes = [each for each in slide.iter(f"{P}sp") if _is_title(each)]
    title = " ".join(" ".join(_text(each) for each in shapes).split())
    if not title:
        yield fault("slide-title-missing", f"slide {number}")
    elif title.casefold() in titles:
        yield fault("slide-title-duplicate", f"slides {titles[title.casefold()]} and {number}")
    else:
        titles[title.casefold()] = number


def _of_slide(slide: Element, place: str, looks: SlideLooks) -> Iterator[Fault]:
    tree = slide.find(f"{P}cSld/{P}spTree")
    objects = [] if tree is None else list(drawn_in(tree))
    kinds: dict[str, int] = {}
    for one in objects:
        where = f"{place}, {'title' if _is_title(one.element) else numbered(kinds, one.kind)}"
        yield from faults_of(one, where)
        if one.kind in ("video", "sound") and not _has_captions(one.element):
            yield fault("captions-missing", where)
        if one.kind == "table":
            yield from _table(one, where)
        yield from _text_faults(one.element, where, looks)
    yield from _order(objects, place, looks)


def _table(one: Drawn, place: str) -> Iterator[Fault]:
    table = next(one.element.iter(f"{A}tbl"), None)
    if table is None:
        return
    properties, rows = table.find(f"{A}tblPr"), list(table.iterfind(f"{A}tr"))
    if properties is None or properties.get("firstRow") not in ("1", "true"):
        yield fault("table-header-missing", place)
    if not one.description:
        yield fault("table-alt-text", place)
    for number, row in enumerate(rows, start=1):
        cells = list(row.iterfind(f"{A}tc"))
        for column, cell in enumerate(cells, start=1):
            if any(cell.get(name, "1") not in ("0", "1", "false") for name in ("gridSpan", "rowSpan")):
                yield fault("merged-cells", f"{place}, row {number}, cell {column}")
        if len(rows) > 1 and not any(_text(cell) for cell in cells):
            yield fault("table-blank-row", f"{place}, row {number}")


def _text_faults(shape: Element, place: str, looks: SlideLooks) -> Iterator[Fault]:
    links: dict[str, str] = {}
    for run in shape.iter(f"{A}r"):
        link = run.find(f"{A}rPr/{A}hlinkClick")
        if link is not None:
            links[link.get(f"{R}id", "")] = links.get(link.get(f"{R}id", ""), "") + (run.findtext(f"{A}t") or "")
    for text in links.values():
        if sentence := unclear_link(text):
            yield fault("link-text", place, sentence)
    if shape.tag != f"{P}sp" or not _text(shape):
        return
    grounds = looks.grounds(shape)
    for paragraph in shape.iter(f"{A}p"):
        for text, letters in looks.letters(shape, paragraph):
            least = needed(letters.points, letters.bold)
            for ground in grounds:
                if text.strip() and letters.colour is not None and contrast(letters.colour, ground) < least:
                    yield fault("contrast", place, told(letters.colour, ground, least))
                    return


def _order(objects: list[Drawn], place: str, looks: SlideLooks) -> Iterator[Fault]:
    """A title that is read after other things, or an object that stands above another and is read after it."""
    read = [one for one in objects if (one.text or one.description) and not _is_beside(one.element)]
    titles = [number for number, one in enumerate(read) if _is_title(one.element)]
    if titles and titles[0] > 0:
        yield fault("reading-order", place, "The title is not read first.")
        return
    # in a group, places are counted from the group's own corner
    alone = [one.element for one in read if one.kind != "line" and one.element.getparent().tag != f"{P}grpSp"]
    boxes = [box for element in alone if (box := looks.box(element)) is not None]
    for number, first in enumerate(boxes):
        for later in boxes[number + 1 :]:
            is_above, is_in_line = later[3] <= first[1], later[0] < first[2] and first[0] < later[2]
            if is_above and is_in_line:
                yield fault("reading-order", place, "What stands above is read after what stands below it.")
                return


def _has_captions(element: Element) -> bool:
    return any(str(each.tag).rpartition("}")[2] == "track" for each in element.iter())


def _is_title(shape: Element) -> bool:
    found = placeholder(shape)
    return found is not None and found.get("type") in ("title", "ctrTitle")


def _is_beside(shape: Element) -> bool:
    found = placeholder(shape)
    return found is not None and found.get("type") in _BESIDE


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{A}t")).strip()
