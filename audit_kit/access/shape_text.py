"""Text in a shape that floats on a sheet: can it be made out in front of the shape's own colour?"""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.access.colour import Colour, contrast, needed, told
from audit_kit.access.figures import whole
from audit_kit.access.package import A, Element
from audit_kit.access.rules import Fault, fault
from audit_kit.access.theme import Palette

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_USUAL_SIZE = 1_100  # hundredths of a point


def faults_of(shape: Element, palette: Palette, place: str) -> Iterator[Fault]:
    """The first piece of a shape's text that stands out too little. What lies behind a shape without fill is not guessed."""
    ground = _ground(shape, palette)
    usual = palette.drawn(shape.find(f"{_XDR}style/{A}fontRef")) or palette.named("tx1")
    for run in shape.iter(f"{A}r") if ground else ():
        properties = run.find(f"{A}rPr")
        own = None if properties is None else properties.find(f"{A}solidFill")
        colour = usual if own is None else palette.drawn(own)
        size = whole(None if properties is None else properties.get("sz"), _USUAL_SIZE) / 100
        least = needed(size, properties is not None and properties.get("b") in ("1", "true"))
        is_shown = bool((run.findtext(f"{A}t") or "").strip())
        if is_shown and ground and colour and contrast(colour, ground) < least:
            yield fault("contrast", place, told(colour, ground, least))
            return


def _ground(shape: Element, palette: Palette) -> Colour | None:
    properties = shape.find(f"{_XDR}spPr")
    if properties is not None:
        if properties.find(f"{A}solidFill") is not None:
            return palette.drawn(properties.find(f"{A}solidFill"))
        if any(properties.find(f"{A}{name}") is not None for name in ("noFill", "gradFill", "blipFill", "pattFill")):
            return None
    reference = shape.find(f"{_XDR}style/{A}fillRef")
    return palette.drawn(reference) if reference is not None and reference.get("idx", "0") != "0" else None
