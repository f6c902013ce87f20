"""No text that the kit lays out is cut off: a row is as high as its text needs in Arial, measured with its metrics."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from builders import DEMO_CASES
from PIL import ImageFont

from audit_kit.office.room import lines_needed

LIBERATION = Path(
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
)  # as wide as Arial, letter by letter
DIGIT, INDENT_AND_EDGES = 9, 14  # pixels of Arial 12 in Excel

pytestmark = pytest.mark.skipif(not LIBERATION.exists(), reason="the Liberation fonts are not installed")


def lines_in(text: str, width: int, font: ImageFont.FreeTypeFont) -> int:
    """How many lines the text takes when it is set in that font."""
    room, lines = (width * DIGIT - INDENT_AND_EDGES) * 10, 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in re.findall(r"\S+\s*|^\s+", paragraph):
            wide = font.getlength(word.rstrip())
            if used and used + wide > room:
                lines, used = lines + 1, 0.0
            used += font.getlength(word)
            while used > room and wide > room:
                lines, used, wide = lines + 1, used - room, wide - room
    return lines


def texts() -> list[str]:
    """What people write, from the demo, and what is all in capitals and figures."""
    found = [
        "EH-C RI/G, EDU-C G/G, HVSN G/G, HOM NA/G, GP IE/G, MPS NA/G, COLP NA/G, HOU-C RI/G, ASC-C RI/G",
        "9f86d081884c7d659a2feaa0c55ad015",
    ]

    def walk(value: object) -> None:
        if isinstance(value, dict | list):
            for inner in value.values() if isinstance(value, dict) else value:
                walk(inner)
        elif isinstance(value, str):
            found.append(value)

    walk(yaml.safe_load((DEMO_CASES / "H1.yaml").read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("width", [16, 20, 24, 30, 40, 60, 100])
def test_a_row_is_never_too_low_and_hardly_ever_too_high(width):
    font = ImageFont.truetype(str(LIBERATION), 160)
    pairs = [(lines_in(text, width, font), lines_needed(text, width)) for text in texts()]

    assert [pair for pair in pairs if pair[1] < pair[0]] == []
    assert sum(given for _, given in pairs) < 1.1 * sum(needed for needed, _ in pairs)
