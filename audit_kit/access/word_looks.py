"""How Word text looks: colours, size and shading through defaults, table, paragraph and character styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from audit_kit.access.colour import BLACK, WHITE, Colour, from_hex, with_lightness
from audit_kit.access.figures import decimal, hexadecimal, whole
from audit_kit.access.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"heading ([1-9])", re.IGNORECASE)
_THEME_NAMES = MappingProxyType(
    {
        "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
        "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
    }
)  # fmt: skip
_HIGHLIGHTS = MappingProxyType(
    {
        name: from_hex(text)
        for name, text in {
            "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080",
            "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
            "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000",
            "white": "FFFFFF", "yellow": "FFFF00",
        }.items()
    }
)  # fmt: skip
_LONGEST_CHAIN = 50  # of styles based on each other: a hostile file may go round in a circle


@dataclass(frozen=True)
class TextLook:
    """How a piece of text looks. ``text`` None: automatic, which Word keeps readable by itself.

    ``grounds``: what is behind it, several for a pattern; empty for the page.
    """

    text: Colour | None = None
    points: float = 10.0
    bold: bool = False
    hidden: bool = False
    grounds: tuple[Colour, ...] = ()


class WordStyles:
    """The styles part of a document."""

    def __init__(self, root: Element | None, theme: Mapping[str, Colour]) -> None:
        self._theme = theme
        listed = [] if root is None else list(root.iterfind(f"{W}style"))
        self._styles = {each.get(f"{W}styleId", ""): each for each in listed}
        self._usual = {
            each.get(f"{W}type", ""): each.get(f"{W}styleId", "")
            for each in listed
            if each.get(f"{W}default") in ("1", "true")
        }
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._looks: dict[tuple[str, str], TextLook] = {}

    def heading_level(self, paragraph: Element) -> int:
        """The level of a heading from 1, 0 for other text."""
        direct = _found(paragraph, "pPr", "outlineLvl")
        if direct is not None:
            return _level(direct)
        for style in self._chain(self._style_of(paragraph, "pPr", "pStyle", "paragraph")):
            outline = _found(style, "pPr", "outlineLvl")
            if outline is not None:
                return _level(outline)
            name = style.find(f"{W}name")
            match = _HEADING_NAME.fullmatch("" if name is None else name.get(f"{W}val", ""))
            if match:
                return int(match[1])
        return 0

    def of_paragraph(self, paragraph: Element, around: TextLook) -> TextLook:
        """How text of this paragraph looks; ``around`` is how its table makes it look."""
        look = around
        for style in reversed(self._chain(self._style_of(paragraph, "pPr", "pStyle", "paragraph"))):
            look = self._shaded(self._with_run(look, style.find(f"{W}rPr")), _found(style, "pPr", "shd"))
        return self._shaded(look, _found(paragraph, "pPr", "shd"))

    def of_run(self, run: Element, paragraph: TextLook) -> TextLook:
        """How this run looks in a paragraph that looks so."""
        look = paragraph
        named = _found(run, "rPr", "rStyle")
        if named is not None:
            for style in reversed(self._chain(named.get(f"{W}val", ""))):
                look = self._with_run(look, style.find(f"{W}rPr"))
        return self._with_run(look, run.find(f"{W}rPr"))

    def of_page(self, background: Colour | None) -> TextLook:
        """How text looks of which nothing is said."""
        return self._with_run(TextLook(grounds=(background,) if background else ()), self._defaults)

    def in_cell(self, cell: Element, table: Element, parts: tuple[str, ...], around: TextLook) -> TextLook:
        """How text in a table's cell looks. ``parts``: those of the table's style that apply, weakest first."""
        look = around
        chain = self._chain(self._style_of(table, "tblPr", "tblStyle", "table"))
        for style in reversed(chain):
            look = self._shaded(self._with_run(look, style.find(f"{W}rPr")), _found(style, "tcPr", "shd"))
            look = self._shaded(look, _found(style, "pPr", "shd"))
        for part in parts:
            for style in reversed(chain):
                for special in style.iterfind(f"{W}tblStylePr"):
                    if special.get(f"{W}type") == part:
                        look = self._with_run(look, special.find(f"{W}rPr"))
                        look = self._shaded(look, _found(special, "tcPr", "shd"))
        return self._shaded(self._shaded(look, _found(table, "tblPr", "shd")), _found(cell, "tcPr", "shd"))

    def colour(self, element: Element | None, value: str = "val", theme: str = "theme") -> Colour | None:
        """The colour of an element's attributes; None for automatic. ``theme``: what its theme attributes begin with."""
        if element is None:
            return None
        name = element.get(f"{W}themeColor" if theme == "theme" else f"{W}{theme}")
        base = self._theme.get(_THEME_NAMES.get(name, name)) if name else None
        if base is None:
            return from_hex(element.get(f"{W}{value}"))
        tint, shade = element.get(f"{W}{theme}Tint"), element.get(f"{W}{theme}Shade")
        if tint:
            share = _share(tint)
            return with_lightness(base, share, 1 - share)
        return with_lightness(base, _share(shade), 0) if shade else base

    def _with_run(self, look: TextLook, properties: Element | None) -> TextLook:
        if properties is None:
            return look
        for element in properties:
            name = str(element.tag).removeprefix(W)
            if name == "color":
                look = replace(look, text=self.colour(element))
            elif name == "sz":
                look = replace(look, points=decimal(element.get(f"{W}val"), look.points * 2) / 2)
            elif name == "b":
                look = replace(look, bold=is_on(element))
            elif name in ("vanish", "webHidden"):
                look = replace(look, hidden=is_on(element) and name == "vanish")
            elif name == "shd":
                look = self._shaded(look, element)
        highlight = properties.find(f"{W}highlight")
        ground = None if highlight is None else _HIGHLIGHTS.get(highlight.get(f"{W}val", ""))
        return replace(look, grounds=(ground,)) if ground else look

    def _shaded(self, look: TextLook, shading: Element | None) -> TextLook:
        if shading is None:
            return look
        kind = shading.get(f"{W}val", "clear")
        fill = self.colour(shading, "fill", "themeFill")
        front = self.colour(shading, "color")
        if kind == "solid":
            return replace(look, grounds=(front or BLACK,))
        if kind in ("clear", "nil"):
            return replace(look, grounds=(fill,)) if fill else look
        return replace(look, grounds=(front or BLACK, fill or WHITE))

    def _style_of(self, element: Element, properties: str, named: str, kind: str) -> str:
        found = _found(element, properties, named)
        return self._usual.get(kind, "") if found is None else str(found.get(f"{W}val", ""))

    def _chain(self, name: str) -> list[Element]:
        """A style and those that it is based on, nearest first."""
        chain: list[Element] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            style = self._styles[name]
            chain.append(style)
            based = style.find(f"{W}basedOn")
            name = "" if based is None else based.get(f"{W}val", "")
        return chain


def parts_of_style(table: Element, row: int, column: int, rows: int, columns: int) -> tuple[str, ...]:
    """The parts of a table's style that a cell wears, weakest first. Source: ECMA-376 part 1, 17.7.6."""
    wanted = _wanted(table)
    parts = ["wholeTable"]
    first = wanted["firstRow"]
    if wanted["bandV"]:
        parts.append("band1Vert" if (column - int(wanted["firstColumn"])) % 2 == 0 else "band2Vert")
    if wanted["bandH"] and not (first and row == 0):
        parts.append("band1Horz" if (row - int(first)) % 2 == 0 else "band2Horz")
    parts += ["lastCol"] if wanted["lastColumn"] and column == columns - 1 else []
    parts += ["firstCol"] if wanted["firstColumn"] and column == 0 else []
    parts += ["lastRow"] if wanted["lastRow"] and row == rows - 1 else []
    parts += ["firstRow"] if first and row == 0 else []
    return tuple(parts)


def _wanted(table: Element) -> Mapping[str, bool]:
    look = _found(table, "tblPr", "tblLook")
    bits = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
    number = 0 if look is None else hexadecimal(look.get(f"{W}val"))

    def says(name: str, bit: int, otherwise: bool) -> bool:
        stated = None if look is None else look.get(f"{W}{name}")
        if stated is not None:
            return stated in ("1", "true")
        return bool(number & bit) if number else otherwise

    found = {name: says(name, bit, False) for name, bit in bits.items()}
    return {**found, "bandH": not says("noHBand", 0x200, True), "bandV": not says("noVBand", 0x400, True)}


def ground_told(look: TextLook) -> Iterator[Colour]:
    """What is behind the text: the page is white."""
    yield from look.grounds or (WHITE,)


def is_on(element: Element | None) -> bool:
    """Whether a switch stands and isn't turned off."""
    return element is not None and element.get(f"{W}val", "1") not in ("0", "false", "off")


def _found(element: Element, properties: str, name: str) -> Element | None:
    return element.find(f"{W}{properties}/{W}{name}")


def _level(outline: Element) -> int:
    level = whole(outline.get(f"{W}val"), 9)
    return level + 1 if 0 <= level < 9 else 0


def _share(text: str) -> float:
    return hexadecimal(text) / 255
