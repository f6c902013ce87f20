"""Contrast as WCAG 2.2 works it out, and the colours of theme, tint and index as Office shows them."""

from __future__ import annotations

import pytest

from audit_kit.access.colour import BLACK, INDEXED, WHITE, Colour, contrast, needed, tinted
from audit_kit.access.number_formats import colour_of, says_negative_by_colour_alone, sections
from audit_kit.access.theme import OFFICE
from audit_kit.access.words import unclear_link


@pytest.mark.parametrize(
    ("text", "ground", "ratio"),
    # worked out with the formula of WCAG 2.2 by hand; #767676 is the palest grey that is enough on white
    [("000000", "FFFFFF", 21.0), ("767676", "FFFFFF", 4.54), ("777777", "FFFFFF", 4.48), ("FF0000", "FFFFFF", 4.0), ("FFF9E0", "FFFFFF", 1.05)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(text, ground, ratio):
    one, other = (Colour(*bytes.fromhex(each)) for each in (text, ground))

    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_large_text_needs_less():
    assert (needed(17.5, False), needed(18, False), needed(14, True), needed(13.5, True)) == (4.5, 3.0, 3.0, 4.5)


@pytest.mark.parametrize(
    ("tint", "shown"),
    # what Excel shows for accent 1 of Office's theme: Lighter 80%, 60%, 40%, Darker 25%, 50%
    [(0.8, "D9E2F3"), (0.6, "B4C6E7"), (0.4, "8EAADB"), (-0.25, "2F5496"), (-0.5, "1F3864")],
)
def test_a_tint_is_that_of_excel(tint, shown):
    got, wanted = tinted(OFFICE["accent1"], tint), Colour(*bytes.fromhex(shown))

    assert all(abs(a - b) <= 2 for a, b in zip(got, wanted, strict=True)), str(got)


def test_the_palette_is_whole():
    assert len(INDEXED) == 64
    assert (INDEXED[8], INDEXED[9], INDEXED[10], INDEXED[63]) == (BLACK, WHITE, Colour(255, 0, 0), Colour(51, 51, 51))


@pytest.mark.parametrize(
    ("code", "alone"),
    [
        ("#,##0;[Red]#,##0", True), ("0.00_ ;[Red]0.00\\ ", True), ("#,##0;[Red]-#,##0", False),
        ("#,##0 ;[Red](#,##0)", False), ("0", False), ('0;[Red]"minus "0', False), ("[Blue]0;[Red]0", True),
        ("[$£-809]0;[Red][$£-809]0", True),
    ],
)  # fmt: skip
def test_red_alone_is_told_from_a_sign(code, alone):
    assert says_negative_by_colour_alone(code) is alone


def test_a_format_colours_only_the_numbers_that_it_means():
    assert colour_of("0;[Red]-0", -1) == Colour(255, 0, 0)
    assert colour_of("0;[Red]-0", 1) is colour_of("0;[Red]-0", 0) is colour_of("General", -1) is None
    assert sections('0;"a;b"0;;@') == ("0", '"a;b"0', "", "@")


@pytest.mark.parametrize(
    "text", ["here", "Click here.", "https://example.org/a", "www.example.org", " ", "READ MORE >"]
)
def test_a_link_that_says_nothing_is_unclear(text):
    assert unclear_link(text)


@pytest.mark.parametrize(
    "text", ["N6 Plan and drift", "safeguarding@example.org", "the process of 2017", "Guidance for N1"]
)
def test_a_link_that_says_where_it_leads_is_clear(text):
    assert unclear_link(text) == ""
