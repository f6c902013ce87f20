"""Number formats: the colour in which a value is shown, and whether colour alone says that it is negative."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from audit_kit.access.colour import INDEXED, Colour, from_hex

_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+|(?<=;)(?=;|$)')
_TAG = re.compile(r"\[(Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?(\d{1,2}))\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(?:[<>=]|\$)[^\]]*\]")
_NAMED = MappingProxyType(
    {name: from_hex(text) for name, text in (
        ("black", "000000"), ("blue", "0000FF"), ("cyan", "00FFFF"), ("green", "00FF00"), ("magenta", "FF00FF"),
        ("red", "FF0000"), ("white", "FFFFFF"), ("yellow", "FFFF00"),
    )}
)  # fmt: skip

#: the built-in formats that colour. Source: ECMA-376 part 1, 18.8.30
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {38: "#,##0 ;[Red](#,##0)", 40: "#,##0.00;[Red](#,##0.00)"}
)  # fmt: skip


@lru_cache(maxsize=1_024)
def sections(code: str) -> tuple[str, ...]:
    """The parts of a format: for positive numbers, negative ones, zero, text."""
    return tuple(match[0] for match in _SECTIONS.finditer(code))


def says_negative_by_colour_alone(code: str) -> bool:
    """Whether negative numbers differ from positive ones in nothing but their colour."""
    parts = sections(code)
    if len(parts) < 2 or "[<" in parts[1] or "[>" in parts[0]:
        return False
    positive, negative = parts[0], parts[1]
    colours = [match[0].casefold() if (match := _TAG.search(part)) else "" for part in (positive, negative)]
    return colours[0] != colours[1] and bool(colours[1]) and _bare(positive) == _bare(negative)


def colour_of(code: str, value: float) -> Colour | None:
    """The colour that the format gives to this number; None when it gives none. Conditions of its own are not followed."""
    if "[" not in code:
        return None
    parts = sections(code)
    if not parts or any(re.search(r"\[[<>=]", part) for part in parts):
        return None
    at = 1 if value < 0 else 2 if value == 0 else 0
    match = _TAG.search(parts[at] if at < len(parts) else parts[0])
    if match is None:
        return None
    if match[2]:
        number = int(match[2]) + 7
        return INDEXED[number] if number < len(INDEXED) else None
    return _NAMED[match[1].casefold()]


def _bare(section: str) -> str:
    """What of a section is seen besides its colour: room for a bracket is not."""
    return re.sub(r"_.|\\ |\s", "", _CONDITION.sub("", _TAG.sub("", section)))
