"""What a spreadsheet's table gives its cells to wear: its own style, or one of those that Excel brings along."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit_kit.access.cell_looks import Change, Look, Styles
from audit_kit.access.cells import Area, Place, S, area
from audit_kit.access.colour import Colour
from audit_kit.access.package import Element

_BUILT_IN = re.compile(r"TableStyle(Light|Medium|Dark)(\d{1,2})")
_PLAIN = Change()


@dataclass(frozen=True)
class Table:
    """One table of a sheet, with what its style gives to header and rows."""

    where: Area
    header_rows: int
    described: bool
    column_names: tuple[str, ...]
    header: Change
    body: Change

    @property
    def rows(self) -> range:
        """The rows below the header."""
        return range(self.where.top + self.header_rows, self.where.bottom + 1)

    def on(self, place: Place, look: Look, usual_text: Colour | None) -> Look:
        """How a cell of this table looks: what it says itself goes before what the table says."""
        change = self.header if place[0] < self.where.top + self.header_rows else self.body
        own_text = look.text if look.text != usual_text else None
        worn = change.on(look)
        text = own_text or worn.text
        return Look(text, look.points, worn.bold, look.grounds or change.grounds, look.lines, look.locked,
                    look.number_format, look.ground_unknown)  # fmt: skip


def table_of(part: Element, styles: Styles) -> Table | None:
    """The table that this part describes; None when it says not where it stands."""
    where = area(part.get("ref", ""))
    if where is None:
        return None
    info = part.find(f"{S}tableStyleInfo")
    name = "" if info is None else info.get("name", "")
    striped = info is not None and info.get("showRowStripes") in ("1", "true")
    header, body = _worn(name, striped, styles)
    described = any(
        (each.get("altText") or each.get("altTextSummary") or "").strip()
        for each in part.iter()
        if each.tag.rpartition("}")[2] == "table" and each is not part
    )
    header_rows = 0 if part.get("headerRowCount") == "0" else 1
    names = tuple(each.get("name", "") for each in part.iter(f"{S}tableColumn"))
    return Table(where, header_rows, described, names, header, body)


def _worn(name: str, striped: bool, styles: Styles) -> tuple[Change, Change]:
    own = styles.table_style(name)
    if own is not None:
        whole = own.get("wholeTable", _PLAIN)
        stripes = (own.get("firstRowStripe", _PLAIN), own.get("secondRowStripe", _PLAIN)) if striped else ()
        grounds = tuple(dict.fromkeys(ground for each in (whole, *stripes) for ground in each.grounds))
        head = own.get("headerRow", _PLAIN)
        return (
            Change(head.text or whole.text, head.grounds or whole.grounds, head.bold),
            Change(whole.text, grounds, whole.bold),
        )
    match = _BUILT_IN.fullmatch(name)
    return _built_in(match[1], int(match[2]), striped, styles) if match else (_PLAIN, _PLAIN)


def _built_in(family: str, number: int, striped: bool, styles: Styles) -> tuple[Change, Change]:
    """Header and rows of a style of Excel's own. Source: the definitions in ECMA-376 part 1, presetTableStyles.xml."""
    group, place = divmod(number - 1, 7)
    accent = "dk1" if place == 0 else f"accent{place}"
    colour, dark, light = styles.theme_colour(accent), styles.theme_colour("dk1"), styles.theme_colour("lt1")
    pale, middle, grey = _paler(styles, place, 0.8, -0.15), _paler(styles, place, 0.6, -0.35), _grey(styles)
    stripes = (pale,) if striped else ()
    headed = Change(light, (colour,), True)
    if family == "Light":
        inked = dark if place == 0 else styles.theme_colour(accent, -0.25)
        plain = (Change(inked, (), True), Change(inked, stripes))
        return (plain, (headed, Change(dark)), (Change(dark, (), True), Change(dark, stripes)))[min(group, 2)]
    if family == "Medium":
        filled = Change(dark, (pale, middle) if striped else (pale,))
        return (
            (headed, Change(dark, stripes)),
            (headed, filled),
            (headed, Change(dark, (grey,) if striped else ())),
            (Change(dark, (pale,), True), filled),
        )[min(group, 3)]
    if number <= 7:
        ground = styles.theme_colour("dk1", 0.45) if place == 0 else colour
        darker = styles.theme_colour("dk1", 0.25) if place == 0 else styles.theme_colour(accent, -0.25)
        return Change(light, (dark,), True), Change(light, (ground, darker) if striped else (ground,))
    first, second = {8: ("", "dk1"), 9: ("accent1", "accent2"), 10: ("accent3", "accent4")}.get(
        number, ("accent5", "accent6")
    )
    ground = styles.theme_colour(first, 0.8) if first else grey
    return Change(light, (styles.theme_colour(second),), True), Change(dark, (ground,))


def _paler(styles: Styles, place: int, tint: float, shade: float) -> Colour:
    return styles.theme_colour("lt1", shade) if place == 0 else styles.theme_colour(f"accent{place}", tint)


def _grey(styles: Styles) -> Colour:
    return styles.theme_colour("lt1", -0.15)
