"""Colours as numbers, and how well two of them can be told apart (WCAG 2.2, relative luminance and contrast ratio)."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple


class Colour(NamedTuple):
    """Red, green, blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")  # Excel writes an alpha, which it ignores, in front


def from_hex(text: str | None) -> Colour | None:
    """The colour written as RRGGBB or AARRGGBB; None for anything else."""
    match = _HEX.fullmatch(text or "")
    return Colour(*bytes.fromhex(match[1])) if match else None


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white). Source: WCAG 2.2, "contrast ratio"."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def needed(points: float, bold: bool) -> float:
    """The least contrast for text of this size. Source: WCAG 2.2, 1.4.3, "large scale (text)"."""
    return 3.0 if points >= 18 or (bold and points >= 14) else 4.5


def told(text: Colour, ground: Colour, least: float) -> str:
    """How far from enough, as a sentence."""
    # cut off, not rounded: 4.497 must not read as 4.5
    return f"{text} on {ground} is {int(contrast(text, ground) * 100) / 100:.2f} to 1, and {least:g} is needed."


def tinted(colour: Colour, tint: float) -> Colour:
    """Lighter (above 0) or darker (below), as a spreadsheet's tint. Source: ECMA-376 part 1, 18.8.19."""
    if not tint:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return _from_hls(hue, light, saturation)


def with_lightness(colour: Colour, times: float, plus: float) -> Colour:
    """Lightness multiplied and shifted, as lumMod and lumOff do."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    return _from_hls(hue, light * times + plus, saturation)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """So much of the one, the rest of the other; mixed as light, which is how shade and tint are defined."""
    parts = [_linear(a / 255) * share + _linear(b / 255) * (1 - share) for a, b in zip(colour, other, strict=True)]
    return Colour(*(round(255 * _encoded(part)) for part in parts))


def _from_hls(hue: float, light: float, saturation: float) -> Colour:
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return Colour(*(round(255 * part) for part in parts))


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return float(part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055)


#: Excel's palette, colours 0 to 63, of files that bring none of their own. Source: ECMA-376 part 1, 18.8.27
INDEXED: tuple[Colour, ...] = tuple(
    Colour(*bytes.fromhex(text))
    for text in (
        "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
        * 2
        + "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
        "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
        "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
    ).split()
)
