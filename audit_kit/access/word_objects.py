"""Pictures and other objects in a Word document: described, and in line with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.access.objects import drawn, faults_of, numbered
from audit_kit.access.package import Element
from audit_kit.access.rules import Fault, fault
from audit_kit.access.word_looks import W
from audit_kit.access.words import says_nothing

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_WATERMARK = re.compile(r"(PowerPlusWaterMarkObject|WordPictureWatermark)", re.IGNORECASE)
_OLD_SHAPES = ("shape", "rect", "oval", "roundrect", "line", "polyline", "group")


def objects_in(paragraph: Element, place: str, kinds: dict[str, int], *, in_text: bool) -> Iterator[Fault]:
    """What is wrong with the objects of a paragraph. ``in_text``: not in a header or footer, where objects may float."""
    for element in paragraph.iter(f"{_WP}inline", f"{_WP}anchor"):
        one = drawn(element, element.find(f"{_WP}docPr"))
        where = f"{numbered(kinds, one.kind)}, {place}"
        yield from faults_of(one, where)
        if in_text and element.tag == f"{_WP}anchor" and not one.is_decorative:
            yield fault("object-floating", where)
    for holder in paragraph.iter(f"{W}pict", f"{W}object"):
        yield from _old_objects(holder, place, kinds, in_text)


def _old_objects(holder: Element, place: str, kinds: dict[str, int], in_text: bool) -> Iterator[Fault]:
    """Objects as Word drew them before 2010, and embedded ones to this day."""
    for shape in holder:
        name = str(shape.tag).removeprefix(_V)
        if name not in _OLD_SHAPES or shape.get(f"{_O}hr") in ("t", "true"):
            continue
        if _WATERMARK.search(shape.get("id", "") + shape.get(f"{_O}spid", "")):
            yield fault("watermark", place)
            continue
        style = shape.get("style", "").replace(" ", "").lower()
        if "visibility:hidden" in style or next(shape.iter(f"{W}txbxContent"), None) is not None:
            continue
        embedded = str(holder.tag) == f"{W}object"
        kind = "embedded object" if embedded else "picture" if shape.find(f"{_V}imagedata") is not None else "shape"
        where = f"{numbered(kinds, kind)}, {place}"
        described = shape.get("alt", "").strip()
        if not described:
            yield fault("alt-text-missing", where)
        elif says_nothing(described):
            yield fault("alt-text-unclear", where)
        if in_text and "position:absolute" in style:
            yield fault("object-floating", where)
