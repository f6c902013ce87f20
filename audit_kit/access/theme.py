"""The colours of a file's theme, and drawn colours resolved with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from audit_kit.access.colour import BLACK, WHITE, Colour, from_hex, mixed, with_lightness
from audit_kit.access.figures import whole
from audit_kit.access.package import A, Element

#: Office's theme since 2013, for files that bring none
OFFICE: Mapping[str, Colour] = MappingProxyType(
    {
        name: Colour(*bytes.fromhex(text))
        for name, text in {
            "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
            "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
            "folHlink": "954F72",
        }.items()
    }
)  # fmt: skip

#: the names by which drawings call the theme's colours when no colour map says otherwise
USUAL_MAP: Mapping[str, str] = MappingProxyType({"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"})

_SYSTEM = MappingProxyType({"windowText": BLACK, "window": WHITE})
_PRESETS = MappingProxyType(
    {
        name: Colour(*bytes.fromhex(text))
        for name, text in {
            "black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "008000", "blue": "0000FF", "yellow": "FFFF00",
            "gray": "808080", "grey": "808080", "lime": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "orange": "FFA500",
            "navy": "000080", "maroon": "800000", "purple": "800080", "teal": "008080", "silver": "C0C0C0",
        }.items()
    }
)  # fmt: skip


def colours_of(theme: Element | None) -> Mapping[str, Colour]:
    """The twelve colours of a theme part by their names (dk1, lt1 ... folHlink); Office's own where it has none."""
    found = dict(OFFICE)
    scheme = None if theme is None else theme.find(f".//{A}clrScheme")
    for slot in () if scheme is None else scheme:
        for colour in slot:
            value = from_hex(colour.get("lastClr") or colour.get("val")) or _SYSTEM.get(colour.get("val", ""))
            if value is not None:
                found[slot.tag.removeprefix(A)] = value
    return MappingProxyType(found)


class Palette:
    """A theme's colours as one part sees them, through its colour map."""

    def __init__(self, theme: Mapping[str, Colour], names: Mapping[str, str] = USUAL_MAP) -> None:
        self.theme = theme
        self._names = {**USUAL_MAP, **names}

    def named(self, name: str) -> Colour | None:
        """The colour of a theme's name, such as tx1 or accent2; None when there is none."""
        return self.theme.get(self._names.get(name, name))

    def drawn(self, holder: Element | None, placeholder: Colour | None = None) -> Colour | None:
        """The colour that a fill or colour element holds, with its changes; None when it can't be told.

        ``placeholder``: what ``phClr`` stands for, in styles of a theme. One that lets things shine through
        can't be told.
        """
        for child in () if holder is None else holder:
            if child.tag.startswith(A) and child.tag.endswith("Clr"):
                return _changed(child, self._base(child, placeholder))
        return None

    def _base(self, colour: Element, placeholder: Colour | None) -> Colour | None:
        kind, value = colour.tag.removeprefix(A), colour.get("val", "")
        if kind == "srgbClr":
            return from_hex(value)
        if kind == "sysClr":
            return from_hex(colour.get("lastClr")) or _SYSTEM.get(value)
        if kind == "prstClr":
            return _PRESETS.get(value)
        if kind == "schemeClr":
            return placeholder if value == "phClr" else self.named(value)
        return None


def _changed(element: Element, colour: Colour | None) -> Colour | None:
    for change in element:
        if colour is None:
            return None
        kind = change.tag.removeprefix(A)
        share = whole(change.get("val"), 100_000) / 100_000
        if kind == "lumMod":
            colour = with_lightness(colour, share, 0)
        elif kind == "lumOff":
            colour = with_lightness(colour, 1, share)
        elif kind == "shade":
            colour = mixed(colour, BLACK, share)
        elif kind == "tint":
            colour = mixed(colour, WHITE, share)
        elif kind == "alpha" and share < 1:
            return None
    return colour
