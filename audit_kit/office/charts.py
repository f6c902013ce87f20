"""Charts that a Word user can edit: a chart part with its workbook inside, drawn by Word itself.

python-pptx writes chart and workbook, python-docx carries them. Each has alternative text with the numbers;
colours differ in lightness too, and every number stands in its bar, so that nothing is told by colour alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from xml.sax.saxutils import quoteattr

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph
from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart as DrawnChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_MARK
from pptx.util import Pt

from audit_kit.domain.report import Chart

_FONT = "Arial"
_GRID, _INK = RGBColor(0xD9, 0xDE, 0xE4), RGBColor(0x1F, 0x29, 0x37)
_HIDE_ZERO = "0;;;"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

#: series → (fill, colour of the number in it): dark, light, light, dark, so that grey print tells them apart
_COLOURS = {
    "Outstanding": ("17494D", "FFFFFF"),
    "Good": ("8CC4B2", "1F2937"),
    "Requires improvement": ("F4C96D", "1F2937"),
    "Inadequate": ("9C2F2F", "FFFFFF"),
    "Returned": ("17494D", "FFFFFF"),
    "No involvement": ("8CC4B2", "1F2937"),
    "Sent back, awaited again": ("F4C96D", "1F2937"),
    "Not returned": ("9C2F2F", "FFFFFF"),
}
_ANY_OTHER = ("5B6B7F", "FFFFFF")


def put_chart(document: DocumentType, paragraph: Paragraph, chart: Chart, number: int, width: Length) -> None:
    """Put the chart in the place of what the paragraph says. ``number`` tells the document's charts apart."""
    xml, workbook = _drawn(chart)
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        workbook,
        package,
    )
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        xml,
        package,
    )
    # python-pptx left its own relationship in the chart; a new part's first one is called rId1 as well
    assert part.relate_to(book, RT.PACKAGE) == "rId1" and b'r:id="rId1"' in xml
    frame = _frame(document.part.relate_to(part, RT.CHART), chart, number, width)
    for run in paragraph.runs:
        run._element.getparent().remove(run._element)
    paragraph.add_run()._element.append(frame)


def _height(chart: Chart) -> Length:
    """High enough that every bar has room for its number."""
    return Cm(1.5 + 0.55 * len(chart.categories))


def _drawn(chart: Chart) -> tuple[bytes, bytes]:
    """The chart's XML and the workbook behind it."""
    data = CategoryChartData(number_format="0")
    data.categories = chart.categories
    for name, values in chart.series:
        data.add_series(name, values)
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, 0, 0, Cm(17), _height(chart), data).chart
    _style(drawn)
    xml = etree.tostring(drawn._chartSpace, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml, without_moment(drawn.part.chart_workbook.xlsx_part.blob)


def _style(chart: DrawnChart) -> None:
    """Arial, no title (the caption has it), first category on top, numbers in the bars, legend below."""
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(9), _FONT, _INK
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 38, 100
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = _GRID
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    for series in plot.series:
        fill, ink = _COLOURS.get(series.name, _ANY_OTHER)
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(fill)
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, _HIDE_ZERO, False
        labels.font.size, labels.font.bold = Pt(9), True
        labels.font.color.rgb = RGBColor.from_string(ink)


def without_moment(workbook: bytes) -> bytes:
    """The workbook without the moment at which it was written, so that the same chart gives the same bytes."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return steady.getvalue()


@cache
def _namespaces() -> str:
    return " ".join(
        f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
        for prefix, path in (
            ("w", "wordprocessingml/2006/main"),
            ("wp", "drawingml/2006/wordprocessingDrawing"),
            ("a", "drawingml/2006/main"),
            ("c", "drawingml/2006/chart"),
            ("r", "officeDocument/2006/relationships"),
        )
    )


def _frame(relationship: str, chart: Chart, number: int, width: Length) -> etree._Element:
    """The inline drawing that shows the chart part."""
    return parse_xml(
        f'<w:drawing {_namespaces()}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(width)}" cy="{int(_height(chart))}"/>'
        f'<wp:docPr id="{9000 + number}" name="Chart {number}" title={quoteattr(chart.title)} descr={quoteattr(chart.alt)}/>'
        "<wp:cNvGraphicFramePr/>"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{relationship}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
