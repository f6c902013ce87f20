"""How a cell looks: its colours through theme, tint, index, named style and table style resolved to numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit_kit.access.cells import S
from audit_kit.access.colour import BLACK, INDEXED, WHITE, Colour, from_hex, tinted
from audit_kit.access.figures import decimal, whole
from audit_kit.access.number_formats import BUILT_IN
from audit_kit.access.package import Element

#: the order in which a spreadsheet counts a theme's colours: light before dark
_THEME_ORDER = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True)
class Look:
    """How a cell looks. ``text`` None: as its table or the window has it; ``grounds`` empty: no fill.

    A gradient or pattern has several grounds, of which the worst counts.
    """

    text: Colour | None = None
    points: float = 11.0
    bold: bool = False
    grounds: tuple[Colour, ...] = ()
    lines: tuple[Colour | None, ...] = (None, None, None, None)  # left, right, top, bottom
    locked: bool = True
    number_format: str = ""
    ground_unknown: bool = False


@dataclass(frozen=True)
class Change:
    """What a conditional format or table style changes; None or empty where it leaves things as they are."""

    text: Colour | None = None
    grounds: tuple[Colour, ...] = ()
    bold: bool | None = None
    lines: tuple[Colour | None, ...] = ()
    colour_only: bool = False  # nothing but colours of text, fill and lines

    def on(self, look: Look) -> Look:
        """The look with this change."""
        bold = look.bold if self.bold is None else self.bold
        lines = tuple(new or old for new, old in zip(self.lines, look.lines, strict=True)) if self.lines else look.lines
        return replace(
            look, text=self.text or look.text, grounds=self.grounds or look.grounds, bold=bold, lines=lines
        )  # fmt: skip


class Styles:
    """The styles part of a workbook."""

    def __init__(self, root: Element | None, theme: Mapping[str, Colour]) -> None:
        self._root, self._theme = root, theme
        own = None if root is None else root.find(f"{S}colors/{S}indexedColors")
        listed = [] if own is None else [from_hex(each.get("rgb")) for each in own]
        self._indexed = tuple(each or BLACK for each in listed) or INDEXED
        self._fonts, self._fills = self._all("fonts"), self._all("fills")
        self._borders, self._formats = self._all("borders"), self._number_formats()
        self.looks = tuple(self._look(xf) for xf in self._all("cellXfs")) or (Look(),)
        self.changes = tuple(self.change_of(dxf) for dxf in self._all("dxfs"))
        self.usual_text = self.looks[0].text

    def look(self, style: int) -> Look:
        """The look of this style; of the first one when there is none such, as Excel does it."""
        return self.looks[style] if 0 <= style < len(self.looks) else self.looks[0]

    def change(self, number: int) -> Change | None:
        """The change of this number, None when there is none such."""
        return self.changes[number] if 0 <= number < len(self.changes) else None

    def theme_colour(self, name: str, tint: float = 0.0) -> Colour:
        """A colour of the theme, as table styles name it."""
        return tinted(self._theme[name], tint)

    def table_style(self, name: str) -> Mapping[str, Change] | None:
        """The changes of a table style that the workbook brings, by part ("headerRow"); None when it brings none."""
        for style in self._all("tableStyles"):
            if style.get("name") == name:
                return {
                    each.get("type", ""): change
                    for each in style.iterfind(f"{S}tableStyleElement")
                    if (change := self.change(whole(each.get("dxfId"), -1))) is not None
                }
        return None

    def colour(self, element: Element | None) -> Colour | None:
        """The colour that an element names by theme, index or number; None for automatic."""
        if element is None or element.get("auto") in ("1", "true"):
            return None
        base: Colour | None
        if element.get("theme") is not None:
            number = whole(element.get("theme"), -1)
            base = self._theme.get(_THEME_ORDER[number]) if 0 <= number < len(_THEME_ORDER) else None
        elif element.get("indexed") is not None:
            number = whole(element.get("indexed"), 64)
            base = self._indexed[number] if number < len(self._indexed) else {64: BLACK, 65: WHITE}.get(number)
        else:
            base = from_hex(element.get("rgb"))
        return None if base is None else tinted(base, decimal(element.get("tint")))

    def with_font(self, look: Look, font: Element | None) -> Look:
        """The look with what a font element says; used for the pieces of a text as well."""
        if font is None:
            return look
        size = font.find(f"{S}sz")
        return replace(
            look,
            text=self.colour(font.find(f"{S}color")) or (None if font.find(f"{S}color") is not None else look.text),
            points=decimal(size.get("val"), look.points) if size is not None else look.points,
            bold=_is_on(font.find(f"{S}b")),
        )

    def _all(self, name: str) -> tuple[Element, ...]:
        holder = None if self._root is None else self._root.find(f"{S}{name}")
        return () if holder is None else tuple(holder)

    def _number_formats(self) -> Mapping[int, str]:
        own = {whole(each.get("numFmtId"), -1): each.get("formatCode", "") for each in self._all("numFmts")}
        return {**BUILT_IN, **own}

    def _look(self, xf: Element) -> Look:
        look = self.with_font(Look(), _at(self._fonts, xf.get("fontId")))
        fill, border = _at(self._fills, xf.get("fillId")), _at(self._borders, xf.get("borderId"))
        protection = xf.find(f"{S}protection")
        grounds, unknown = self._grounds(fill)
        return replace(
            look,
            grounds=grounds,
            ground_unknown=unknown,
            lines=tuple(self._line(border, side) for side in _SIDES),
            locked=protection is None or protection.get("locked") not in ("0", "false"),
            number_format=self._formats.get(whole(xf.get("numFmtId"), 0), ""),
        )

    def _grounds(self, fill: Element | None, *, of_change: bool = False) -> tuple[tuple[Colour, ...], bool]:
        """The colours behind a text, and whether there is one that can't be told."""
        pattern = None if fill is None else fill.find(f"{S}patternFill")
        gradient = None if fill is None else fill.find(f"{S}gradientFill")
        if gradient is not None:
            stops = [self.colour(stop.find(f"{S}color")) for stop in gradient.iterfind(f"{S}stop")]
            return tuple(stop for stop in stops if stop), None in stops
        if pattern is None:
            return (), False
        kind = pattern.get("patternType", "solid" if of_change else "none")
        front, back = (self.colour(pattern.find(f"{S}{name}Color")) for name in ("fg", "bg"))
        if kind == "none":
            return (), False
        if kind == "solid":
            # a cell's solid fill is its front colour, a change's its back colour. Source: ECMA-376 part 1, 18.8.32
            colour = (back or front) if of_change else (front or BLACK)
            return ((colour,) if colour else ()), False
        return (front or BLACK, back or WHITE), False

    def _line(self, border: Element | None, side: str) -> Colour | None:
        names = {"left": ("left", "start"), "right": ("right", "end")}.get(side, (side,))
        lines = [] if border is None else [border.find(f"{S}{name}") for name in names]
        line = next((each for each in lines if each is not None), None)
        if line is None or line.get("style", "none") == "none":
            return None
        return self.colour(line.find(f"{S}color")) or BLACK

    def change_of(self, dxf: Element) -> Change:
        """What a differential format changes."""
        font = dxf.find(f"{S}font")
        grounds, _ = self._grounds(dxf.find(f"{S}fill"), of_change=True)
        text = None if font is None else self.colour(font.find(f"{S}color"))
        letters = [] if font is None else [each for each in font if each.tag != f"{S}color"]
        bold = None if font is None or font.find(f"{S}b") is None else _is_on(font.find(f"{S}b"))
        numbered = dxf.find(f"{S}numFmt") is not None
        border = dxf.find(f"{S}border")
        lines = () if border is None else tuple(self._line(border, side) for side in _SIDES)
        has_colour = text is not None or bool(grounds) or bool(lines)
        return Change(text, grounds, bold, lines, has_colour and not letters and not numbered)


def _at(items: tuple[Element, ...], number: str | None) -> Element | None:
    at = whole(number, 0)
    return items[at] if at < len(items) else None


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false")
