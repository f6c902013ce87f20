"""Each fault that a presentation can have, planted in one that has none, is found, and nothing else is."""

from __future__ import annotations

import copy

import pytest
from lxml import etree
from plain_files import a_picture, a_presentation, codes, places, saved
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Inches, Pt

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
ROOM = (Inches(1), Inches(6), Inches(2), Inches(1))


def slide(show: Presentation):
    return show.slides[0]


def described(shape, words: str = "How grades are spread") -> None:
    next(shape._element.iter(qn("p:cNvPr"))).set("descr", words)


def picture(show: Presentation) -> None:
    described(slide(show).shapes.add_picture(a_picture(), *ROOM), "")


def shape_without_words(show: Presentation) -> None:
    slide(show).shapes.add_shape(MSO_SHAPE.OVAL, *ROOM)


def chart(show: Presentation) -> None:
    data = CategoryChartData()
    data.categories = ["Good", "Poor"]
    data.add_series("Grades", (3, 1))
    slide(show).shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *ROOM, data)


def no_slide_title(show: Presentation) -> None:
    title = slide(show).shapes.title._element
    title.getparent().remove(title)


def same_title(show: Presentation) -> None:
    show.slides[1].shapes.title.text = "why we looked"


def title_read_last(show: Presentation) -> None:
    title = slide(show).shapes.title._element
    title.getparent().append(title)


def lower_read_first(show: Presentation) -> None:
    for top in (5, 4):
        box = slide(show).shapes.add_textbox(Inches(12), Inches(top), Inches(2), Inches(0.5))
        box.text_frame.text = f"At {top} inches"


def pale(show: Presentation) -> None:
    run = slide(show).placeholders[1].text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.color.rgb = Pt(14), RGBColor(0x99, 0x99, 0x99)


def pale_theme_colour(show: Presentation) -> None:
    font = slide(show).placeholders[1].text_frame.paragraphs[0].runs[0].font
    font.color.theme_color, font.color.brightness = MSO_THEME_COLOR.TEXT_1, 0.75


def dark_on_dark_shape(show: Presentation) -> None:
    shape = slide(show).shapes.add_shape(MSO_SHAPE.RECTANGLE, *ROOM)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(0x12, 0x43, 0x6D)
    shape.text_frame.text = "Hard to read"
    shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0x40, 0x40, 0x40)


def dark_slide(show: Presentation) -> None:
    show.slides[1].background.fill.solid()
    show.slides[1].background.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)


def here(show: Presentation) -> None:
    run = slide(show).placeholders[1].text_frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = "click here", "https://example.org"


def a_table(show: Presentation):
    frame = slide(show).shapes.add_table(3, 2, *ROOM)
    for number, cell in enumerate(cell for row in frame.table.rows for cell in row.cells):
        cell.text = f"Text {number}"
    return frame


def table_undescribed(show: Presentation) -> None:
    a_table(show)


def table_without_header(show: Presentation) -> None:
    frame = a_table(show)
    described(frame)
    frame.table.first_row = False


def table_with_merged_cells(show: Presentation) -> None:
    frame = a_table(show)
    described(frame)
    frame.table.cell(1, 0).merge(frame.table.cell(1, 1))


def table_with_a_blank_row(show: Presentation) -> None:
    frame = a_table(show)
    described(frame)
    for cell in frame.table.rows[1].cells:
        cell.text = ""


def video(show: Presentation) -> None:
    described(slide(show).shapes.add_movie(a_picture(), *ROOM, poster_frame_image=a_picture()), "The seminar's opening")


def unnamed_section(show: Presentation) -> None:
    listed = (
        f'<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        f'<p14:sectionLst xmlns:p14="{P14}"><p14:section name="Untitled Section" id="{{1}}"/></p14:sectionLst></p:ext></p:extLst>'
    )
    show.part._element.append(etree.fromstring(listed))


def no_title(show: Presentation) -> None:
    show.core_properties.title = ""


def no_language(show: Presentation) -> None:
    show.core_properties.language = ""


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        (picture, "alt-text-missing"), (shape_without_words, "alt-text-missing"), (chart, "alt-text-missing"),
        (no_slide_title, "slide-title-missing"), (same_title, "slide-title-duplicate"),
        (title_read_last, "reading-order"), (lower_read_first, "reading-order"), (pale, "contrast"),
        (pale_theme_colour, "contrast"), (dark_on_dark_shape, "contrast"), (dark_slide, "contrast"),
        (here, "link-text"), (table_undescribed, "table-alt-text"), (table_without_header, "table-header-missing"),
        (table_with_merged_cells, "merged-cells"), (table_with_a_blank_row, "table-blank-row"),
        (video, "captions-missing"), (unnamed_section, "section-name-default"), (no_title, "title-missing"),
        (no_language, "language-missing"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_and_nothing_else(plant, code):
    show = a_presentation()
    assert codes(saved(show)) == set()

    plant(show)

    assert codes(saved(show)) == {code}


def test_a_presentation_with_none_of_the_faults_gives_nothing():
    show = a_presentation()
    described(a_table(show))
    described(show.slides[1].shapes.add_picture(a_picture(), *ROOM), "A drawing of a kitchen table")
    white = show.slides[1].shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(5), *ROOM[1:]))
    white.fill.solid()
    white.fill.fore_color.rgb, white.text_frame.text = RGBColor(0x12, 0x43, 0x6D), "White on blue"
    white.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)

    assert codes(saved(show)) == set()


def test_what_lies_behind_and_can_not_be_told_is_not_guessed():
    show = a_presentation()
    behind = slide(show).shapes.add_picture(a_picture(), Inches(0), Inches(5), Inches(13), Inches(3))
    described(behind, "A dark sky")
    box = slide(show).shapes.add_textbox(*ROOM)
    box.text_frame.text = "On a picture"
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)

    assert codes(saved(show)) == set()


def test_what_a_layout_draws_is_behind_the_slides_text():
    show = a_presentation()
    layout = show.slide_layouts[1]
    band = copy.deepcopy(slide(show).shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, show.slide_width, Inches(2))._element)
    slide(show).shapes._spTree.remove(slide(show).shapes[-1]._element)
    band.spPr.append(etree.fromstring(f'<a:solidFill xmlns:a="{A}"><a:srgbClr val="12436D"/></a:solidFill>'))
    layout.shapes._spTree.insert(2, band)

    assert places(saved(show), "contrast") == ["slide 1, title", "slide 2, title"]
    for each in show.slides:
        each.shapes.title.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    assert codes(saved(show)) == set()


def test_a_place_is_a_slide_and_what_stands_on_it():
    show = a_presentation()
    picture(show)
    same_title(show)

    assert places(saved(show), "alt-text-missing") == ["slide 1, picture 1"]
    assert places(saved(show), "slide-title-duplicate") == ["slides 1 and 2"]
