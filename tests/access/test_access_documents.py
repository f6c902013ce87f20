"""Each fault that a Word document can have, planted in one that has none, is found, and nothing else is."""

from __future__ import annotations

import pytest
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from plain_files import a_document, a_picture, a_table, codes, places, saved

from audit_kit.access import check

V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def picture(document: DocumentType) -> None:
    document.add_picture(a_picture())
    document.element.body.find(f".//{qn('wp:docPr')}").attrib.pop("descr", None)


def picture_called_by_its_file(document: DocumentType) -> None:
    document.add_picture(a_picture())
    document.element.body.find(f".//{qn('wp:docPr')}").set("descr", "crest.png")


def old_picture(document: DocumentType) -> None:
    shape = f'<w:pict {nsdecls("w", "r")} {V}><v:shape style="width:9pt"><v:imagedata r:id="x"/></v:shape></w:pict>'
    document.add_paragraph("The crest ").add_run()._r.append(parse_xml(shape))


def floating(document: DocumentType) -> None:
    document.add_picture(a_picture())
    inline = document.element.body.find(f".//{qn('wp:inline')}")
    inline.find(qn("wp:docPr")).set("descr", "The crest of the partnership")
    inline.tag = qn("wp:anchor")


def watermark(document: DocumentType) -> None:
    shape = f'<w:pict {nsdecls("w")} {V}><v:shape id="PowerPlusWaterMarkObject357476642" alt=""/></w:pict>'
    document.sections[0].header.paragraphs[0].add_run()._r.append(parse_xml(shape))


def no_title(document: DocumentType) -> None:
    document.core_properties.title = ""


def no_language(document: DocumentType) -> None:
    document.core_properties.language = ""
    for lang in list(document.styles.element.iter(qn("w:lang"))):
        lang.getparent().remove(lang)
    settings = document.settings.element
    for lang in list(settings.iter(qn("w:themeFontLang"))):
        lang.getparent().remove(lang)


def no_header_row(document: DocumentType) -> None:
    header = a_table(document)._tbl.find(f".//{qn('w:tblHeader')}")
    header.getparent().remove(header)


def merged(document: DocumentType) -> None:
    table = a_table(document)
    table.cell(1, 0).merge(table.cell(1, 1))


def merged_down(document: DocumentType) -> None:
    table = a_table(document)
    table.cell(1, 0).merge(table.cell(2, 0))


def nested(document: DocumentType) -> None:
    inner = a_table(document)
    a_table(document).cell(1, 1)._tc.insert(1, inner._tbl)


def blank_row(document: DocumentType) -> None:
    table = a_table(document)
    for cell in table.rows[1].cells:
        cell.text = " "


def no_description(document: DocumentType) -> None:
    described = a_table(document)._tbl.find(f".//{qn('w:tblDescription')}")
    described.getparent().remove(described)


def pale_run(document: DocumentType) -> None:
    document.add_paragraph("Plain, ").add_run("pale").font.color.rgb = RGBColor(0x99, 0x99, 0x99)


def pale_style(document: DocumentType) -> None:
    base = document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    base.font.color.rgb = RGBColor(0xAA, 0xAA, 0xAA)
    document.styles.add_style("Small note", WD_STYLE_TYPE.PARAGRAPH).base_style = base
    document.add_paragraph("A pale note", "Small note")


def pale_theme_colour(document: DocumentType) -> None:
    run = document.add_paragraph().add_run("pale")
    color = parse_xml(f'<w:color {nsdecls("w")} w:val="000000" w:themeColor="text1" w:themeTint="66"/>')
    run._r.get_or_add_rPr().append(color)


def dark_cell(document: DocumentType) -> None:
    cell = a_table(document).cell(1, 1)
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="12436D"/>'))
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(0, 0, 0)


def dark_header_of_a_table_style(document: DocumentType) -> None:
    style = f"""<w:style {nsdecls("w")} w:type="table" w:styleId="Dark"><w:name w:val="Dark"/><w:tblStylePr w:type="firstRow">
        <w:rPr><w:color w:val="404040"/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="12436D"/></w:tcPr></w:tblStylePr></w:style>"""
    document.styles.element.append(parse_xml(style))
    a_table(document).style = document.styles["Dark"]


def highlighted(document: DocumentType) -> None:
    font = document.add_paragraph().add_run("marked").font
    font.highlight_color, font.color.rgb = WD_COLOR_INDEX.YELLOW, RGBColor(0xB0, 0x60, 0x00)


def a_link(document: DocumentType, text: str) -> None:
    paragraph = document.add_paragraph("The process is ")
    relation = document.part.relate_to(
        "https://example.org/process",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def here(document: DocumentType) -> None:
    a_link(document, "here")


def address(document: DocumentType) -> None:
    a_link(document, "https://example.org/process")


def link_made_of_a_field(document: DocumentType) -> None:
    field = parse_xml(
        f"""<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r>
        <w:r><w:instrText> HYPERLINK "https://example.org" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>
        <w:r><w:t>read more</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""
    )
    document.element.body.insert(1, field)


def no_headings(document: DocumentType) -> None:
    document.paragraphs[0].style = document.styles["Normal"]
    for _ in range(40):
        document.add_paragraph("A sentence that tells in about eighty characters what an agency has found out.")


def no_headings_on_two_pages(document: DocumentType) -> None:
    document.paragraphs[0].style = document.styles["Normal"]
    document.add_paragraph("First page").add_run().add_break(WD_BREAK.PAGE)


def skipped(document: DocumentType) -> None:
    document.add_heading("Recognition", level=3)


def empty_heading(document: DocumentType) -> None:
    document.add_heading("", level=2)


def blanks(document: DocumentType) -> None:
    document.add_paragraph("Name:      Date:")


def tabs(document: DocumentType) -> None:
    document.add_paragraph("Name:\t\t\tDate:")


def empty_lines(document: DocumentType) -> None:
    for text in ("", "", "After a gap."):
        document.add_paragraph(text)


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        (picture, "alt-text-missing"), (picture_called_by_its_file, "alt-text-unclear"),
        (old_picture, "alt-text-missing"), (floating, "object-floating"), (watermark, "watermark"),
        (no_title, "title-missing"), (no_language, "language-missing"), (no_header_row, "table-header-missing"),
        (merged, "merged-cells"), (merged_down, "merged-cells"), (nested, "table-nested"),
        (blank_row, "table-blank-row"), (no_description, "table-alt-text"), (pale_run, "contrast"),
        (pale_style, "contrast"), (pale_theme_colour, "contrast"), (dark_cell, "contrast"),
        (dark_header_of_a_table_style, "contrast"), (highlighted, "contrast"), (here, "link-text"),
        (address, "link-text"), (link_made_of_a_field, "link-text"), (no_headings, "headings-missing"),
        (no_headings_on_two_pages, "headings-missing"), (skipped, "heading-skipped"),
        (empty_heading, "heading-empty"), (blanks, "repeated-blanks"), (tabs, "repeated-blanks"),
        (empty_lines, "repeated-blanks"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_and_nothing_else(plant, code):
    document = a_document()
    assert codes(saved(document)) == set()

    plant(document)

    assert codes(saved(document)) == {code}


def test_a_document_with_none_of_the_faults_gives_nothing():
    document = a_document()
    a_table(document)
    a_link(document, "the process of 2017")
    large = document.add_paragraph().add_run("Large and a little paler")
    large.font.size, large.font.color.rgb = Pt(18), RGBColor(0x8A, 0x8A, 0x8A)
    document.add_heading("Recognition", level=2)
    document.add_heading("Actions", level=1)
    document.add_paragraph("")
    document.sections[0].footer.paragraphs[0].text = "Left\t\tRight"

    assert codes(saved(document)) == set()


def test_a_place_is_said_as_its_reader_sees_it():
    document = a_document()
    document.add_paragraph("Fine")
    pale_run(document)
    dark_cell(document)

    assert places(saved(document), "contrast") == ["paragraph 3 under heading “Decisions”", "table 1, row 2, cell 2"]


def test_hidden_text_and_automatic_colour_are_left_to_word():
    document = a_document()
    hidden = document.add_paragraph().add_run("hidden")
    hidden.font.hidden, hidden.font.color.rgb = True, RGBColor(0xEE, 0xEE, 0xEE)
    cell = a_table(document).cell(1, 1)
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="000000"/>'))

    assert codes(saved(document)) == set()


def test_a_frame_of_one_cell_needs_no_header_row():
    document = a_document()
    table = a_table(document, rows=1, columns=1)
    header = table._tbl.find(f".//{qn('w:tblHeader')}")
    header.getparent().remove(header)

    assert check(saved(document)) == ()
