"""Conditional formats: where they apply, what they change, and whether their colour says what no cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit_kit.access.cell_looks import Change, Styles
from audit_kit.access.cells import Area, Place, S, SheetCells, areas, column_number
from audit_kit.access.figures import whole
from audit_kit.access.package import Element

_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
_COMPARED = frozenset(("duplicateValues", "uniqueValues", "top10", "aboveAverage"))  # with cells elsewhere
_COLOURED_ICONS = frozenset(("3TrafficLights1", "3TrafficLights2", "3Flags", "4TrafficLights", "4RedToBlack"))
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_REFERENCE = re.compile(r"((?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(])")


@dataclass(frozen=True)
class Condition:
    """One rule of a conditional format."""

    kind: str
    where: tuple[Area, ...]
    formula: str
    change: Change | None
    hides_value: bool  # only an icon is shown, and icons of its set differ in colour alone


def conditions_of(sheet: Element, styles: Styles) -> tuple[Condition, ...]:
    """The rules of a sheet's conditional formats, those of Excel 2010 and later as well."""
    return (*_usual(sheet, styles), *_later(sheet, styles))


def _usual(sheet: Element, styles: Styles) -> Iterator[Condition]:
    for block in sheet.iterfind(f"{S}conditionalFormatting"):
        where = areas(block.get("sqref", ""))
        for rule in block.iterfind(f"{S}cfRule"):
            change = styles.change(whole(rule.get("dxfId"), -1))
            icons = rule.find(f"{S}iconSet")
            formula = rule.findtext(f"{S}formula") or ""
            yield Condition(rule.get("type", ""), where, formula, change, _hides_value(icons))


def _later(sheet: Element, styles: Styles) -> Iterator[Condition]:
    for block in sheet.iter(f"{_X14}conditionalFormatting"):
        where = areas(block.findtext(f"{_XM}sqref") or "")
        for rule in block.iterfind(f"{_X14}cfRule"):
            dxf = rule.find(f"{_X14}dxf")
            change = None if dxf is None else styles.change_of(dxf)
            icons = rule.find(f"{_X14}iconSet")
            yield Condition(
                rule.get("type", ""), where, rule.findtext(f"{_XM}f") or "", change, _hides_value(icons)
            )  # fmt: skip


def _hides_value(icons: Element | None) -> bool:
    if icons is None or icons.get("showValue", "1") not in ("0", "false"):
        return False
    return icons.get("iconSet", "3TrafficLights1") in _COLOURED_ICONS


def says_by_colour_alone(condition: Condition, sheet: SheetCells) -> bool:
    """Whether a colour tells what can be read in no cell that is seen.

    What a condition on the cell's own value or on cells that are seen tells can be read there. What a comparison with all
    the others tells (the highest, the doubles) can't, nor what stands in hidden cells or on other sheets, unless
    the coloured cells themselves are formulas, which then say it.
    """
    if condition.hides_value:
        return True
    if condition.change is None or not condition.change.colour_only:
        return False
    if condition.kind in _COMPARED:
        return True
    return condition.kind == "expression" and _looks_at_hidden_cells_alone(condition, sheet)


def _looks_at_hidden_cells_alone(condition: Condition, sheet: SheetCells) -> bool:
    looked_at = tuple(_looked_at(condition, sheet))
    if not looked_at or any(looked_at):
        return False
    return any(not sheet.cells[place].formula for place in cells_of(condition, sheet))


def _looked_at(condition: Condition, sheet: SheetCells) -> Iterator[bool]:
    """For each cell that the formula looks at, as it is written for the first cell, whether it is seen on this sheet."""
    for match in _REFERENCE.finditer(_TEXT.sub("", condition.formula)):
        if match[1]:
            yield False
            continue
        yield not sheet.is_hidden((int(match[5]), column_number(match[3])))


def cells_of(condition: Condition, sheet: SheetCells) -> Iterator[Place]:
    """The cells that are seen, exist and may be changed by a condition."""
    for each in condition.where:
        among = each.cells() if len(each) < len(sheet.cells) else (place for place in sheet.cells if place in each)
        yield from (place for place in among if place in sheet.cells and not sheet.is_hidden(place))
