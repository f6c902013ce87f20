"""How a slide's text looks, and what is behind it: through shape, layout, master and theme."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from audit_kit.access.colour import Colour
from audit_kit.access.figures import whole
from audit_kit.access.package import A, Element, Package
from audit_kit.access.theme import Palette, colours_of

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_STYLE_OF = {
    "title": "titleStyle",
    "ctrTitle": "titleStyle",
    "body": "bodyStyle",
    "subTitle": "bodyStyle",
    "obj": "bodyStyle",
}
#: which placeholder of a layout or master another kind takes its looks from
_SAME = {
    "ctrTitle": "title",
    "subTitle": "body",
    "obj": "body",
    "": "body",
    "pic": "body",
    "chart": "body",
    "tbl": "body",
}

_DRAWN = frozenset(f"{P}{name}" for name in ("sp", "pic", "graphicFrame", "grpSp"))

Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Letters:
    """How a run of letters looks; ``colour`` None: it can't be told."""

    colour: Colour | None
    points: float = 18.0
    bold: bool = False


class SlideLooks:
    """The looks of one slide."""

    def __init__(self, package: Package, presentation: str, slide: str) -> None:
        layout = next(iter(package.related(slide, "slideLayout")), "")
        master = next(iter(package.related(layout, "slideMaster")), "")
        self._parts = tuple(package.xml(each) for each in (slide, layout, master))
        self.palette = Palette(colours_of(package.only(master, "theme")), self._names())
        self._theme = package.only(master, "theme")
        self._presentation = package.xml(presentation)

    def box(self, shape: Element) -> Box | None:
        """Where an object stands, in EMU; None when neither it nor its layout says."""
        for each in (shape, *self._models(shape)):
            frame = next((e for e in each.iter(f"{A}xfrm", f"{P}xfrm")), None)
            start = None if frame is None else frame.find(f"{A}off")
            size = None if frame is None else frame.find(f"{A}ext")
            if start is not None and size is not None:
                left, top = whole(start.get("x")), whole(start.get("y"))
                return left, top, left + whole(size.get("cx")), top + whole(size.get("cy"))
        return None

    def letters(self, shape: Element, paragraph: Element) -> Iterator[tuple[str, Letters]]:
        """Each run of a paragraph with its look."""
        properties = paragraph.find(f"{A}pPr")
        level = 0 if properties is None else whole(properties.get("lvl"))
        usual = self._usual(shape, min(max(level, 0), 8) + 1)
        scale = next((whole(e.get("fontScale"), 100_000) / 100_000 for e in shape.iter(f"{A}normAutofit")), 1.0)
        for run in paragraph.iterfind(f"{A}r"):
            look = self._with(usual, run.find(f"{A}rPr"))
            yield run.findtext(f"{A}t") or "", replace(look, points=look.points * scale)

    def grounds(self, shape: Element) -> tuple[Colour, ...]:
        """What is behind a shape's text; empty when it can't be told, as on a picture."""
        for each in (shape, *self._models(shape)):
            filled = self._fill(each)
            if filled is not None:
                return filled
        if shape.getparent().tag == f"{P}grpSp":
            return ()  # places in a group are counted from its own corner
        return self._behind(shape)

    def _behind(self, shape: Element) -> tuple[Colour, ...]:
        here = self.box(shape)
        for other in self._beneath(shape):
            there = self.box(other)
            if here is None or there is None or not _overlap(here, there):
                continue
            filled = self._fill(other) if other.tag == f"{P}sp" else ()
            if filled is None:
                continue
            return filled if _holds(there, here) else ()
        return self._background()

    def _beneath(self, shape: Element) -> Iterator[Element]:
        """What is drawn before a shape, nearest first: on the slide, then on its layout, then on the master."""
        yield from (each for each in shape.itersiblings(preceding=True) if each.tag in _DRAWN)
        for above, part in itertools.pairwise(self._parts):
            if above is None or part is None or above.get("showMasterSp") == "0":
                return
            tree = part.find(f"{P}cSld/{P}spTree")
            drawn = [] if tree is None else [each for each in tree if each.tag in _DRAWN and _kind(each) is None]
            yield from reversed(drawn)

    def _background(self) -> tuple[Colour, ...]:
        for part in self._parts:
            ground = None if part is None else part.find(f"{P}cSld/{P}bg")
            if ground is None:
                continue
            properties, reference = ground.find(f"{P}bgPr"), ground.find(f"{P}bgRef")
            if properties is not None:
                return self._filled(properties) or ()
            return self._of_theme(reference, "bgFillStyleLst", 1000)
        white = self.palette.named("bg1")
        return (white,) if white else ()

    def _fill(self, shape: Element) -> tuple[Colour, ...] | None:
        """The colours of a shape's own fill: None when it has none, empty when they can't be told."""
        properties = shape.find(f"{P}spPr")
        own = None if properties is None else self._filled(properties)
        if own is not None or (properties is not None and properties.find(f"{A}noFill") is not None):
            return own
        reference = shape.find(f"{P}style/{A}fillRef")
        if reference is not None and reference.get("idx", "0") != "0":
            return self._of_theme(reference, "fillStyleLst", 0)
        return None

    def _filled(self, holder: Element, placeholder: Colour | None = None) -> tuple[Colour, ...] | None:
        for child in holder:
            name = str(child.tag).removeprefix(A)
            if name == "solidFill":
                colour = self.palette.drawn(child, placeholder)
                return (colour,) if colour else ()
            if name == "gradFill":
                stops = [self.palette.drawn(stop, placeholder) for stop in child.iter(f"{A}gs")]
                return tuple(stop for stop in stops if stop) if all(stops) else ()
            if name in ("blipFill", "pattFill", "grpFill"):
                return ()
        return None

    def _of_theme(self, reference: Element | None, listed: str, before: int) -> tuple[Colour, ...]:
        number = -1 if reference is None else whole(reference.get("idx")) - before - 1
        fills = None if self._theme is None else self._theme.find(f".//{A}{listed}")
        if reference is None or fills is None or not 0 <= number < len(fills):
            return ()
        holder = fills[number : number + 1]
        return self._filled(holder, self.palette.drawn(reference)) or ()

    def _usual(self, shape: Element, level: int) -> Letters:
        """How letters of this level look before a run says otherwise."""
        kind = _kind(shape)
        look = Letters(self.palette.named("tx1"))
        if kind is None and self._presentation is not None:
            look = self._with_level(look, self._presentation.find(f"{P}defaultTextStyle"), level)
        master = self._parts[2]
        style = "otherStyle" if kind is None else _STYLE_OF.get(kind, "bodyStyle" if kind == "" else "otherStyle")
        if master is not None:
            look = self._with_level(look, master.find(f"{P}txStyles/{P}{style}"), level)
        reference = shape.find(f"{P}style/{A}fontRef")
        if reference is not None and (colour := self.palette.drawn(reference)):
            look = replace(look, colour=colour)
        for each in (*reversed(self._models(shape)), shape):
            look = self._with_level(look, each.find(f"{P}txBody/{A}lstStyle"), level)
        return look

    def _with_level(self, look: Letters, styles: Element | None, level: int) -> Letters:
        return look if styles is None else self._with(look, styles.find(f"{A}lvl{level}pPr/{A}defRPr"))

    def _with(self, look: Letters, properties: Element | None) -> Letters:
        if properties is None:
            return look
        colour = look.colour
        if properties.find(f"{A}solidFill") is not None:
            colour = self.palette.drawn(properties.find(f"{A}solidFill"))
        elif any(properties.find(f"{A}{name}") is not None for name in ("gradFill", "blipFill", "pattFill", "noFill")):
            colour = None
        if properties.find(f"{A}hlinkClick") is not None:
            colour = self.palette.named("hlink")
        size, bold = properties.get("sz"), properties.get("b")
        return Letters(
            colour,
            whole(size) / 100 if size else look.points,
            look.bold if bold is None else bold in ("1", "true"),
        )

    def _models(self, shape: Element) -> tuple[Element, ...]:
        """The placeholders of layout and master that a placeholder takes after, nearest first."""
        kind, number = _kind(shape), _number(shape)
        if kind is None:
            return ()
        found = []
        for part in self._parts[1:]:
            others = [] if part is None else [each for each in part.iter(f"{P}sp") if _kind(each) is not None]
            alike = [each for each in others if number and _number(each) == number and part is self._parts[1]]
            alike += [each for each in others if _SAME.get(_kind(each) or "", _kind(each)) == _SAME.get(kind, kind)]
            found += alike[:1]
        return tuple(found)

    def _names(self) -> Mapping[str, str]:
        """How this slide calls the theme's colours."""
        for part in self._parts[:2]:
            own = None if part is None else part.find(f"{P}clrMapOvr/{A}overrideClrMapping")
            if own is not None:
                return dict(own.attrib)
        usual = None if self._parts[2] is None else self._parts[2].find(f"{P}clrMap")
        return {} if usual is None else dict(usual.attrib)


def placeholder(shape: Element) -> Element | None:
    """What makes an object a layout's placeholder; None for one of the slide's own."""
    return next(shape.iter(f"{P}ph"), None)


def _kind(shape: Element) -> str | None:
    found = placeholder(shape)
    return None if found is None else found.get("type", "")


def _number(shape: Element) -> str:
    found = placeholder(shape)
    return "" if found is None else found.get("idx", "")


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
