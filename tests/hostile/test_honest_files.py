"""What honest agencies send must pass: as openpyxl, XlsxWriter, Excel, SharePoint, LibreOffice and others save it.

Excel's and SharePoint's parts are written here as those programs write them; no Excel was at hand.
"""

import shutil
import subprocess
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from grafting import (
    ANSWER,
    MAIN,
    MICROSOFT,
    OFFICE,
    PACKAGE,
    PACKAGE_RELS,
    SHEET,
    SHEET_RELS,
    TYPES,
    WORKBOOK,
    WORKBOOK_RELS,
    a_form,
    cell,
    graft,
    packed,
    parts_of,
    related,
    relationships,
    saved,
    sheet,
    swap,
    with_sheet,
)
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.worksheet.table import Table
from PIL import Image

from audit_kit.office.gate import Passive, inspect

STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def a_picture():
    stream = BytesIO()
    Image.new("RGB", (40, 40), "navy").save(stream, "PNG")
    stream.seek(0)
    return stream


def everything_openpyxl_can_write():
    book = openpyxl.load_workbook(BytesIO(a_form()))
    questions = book["Questions"]
    questions["B3"].comment = Comment("Ask the practitioner", "Somebody")
    questions["B4"].hyperlink = "https://board.example/threshold"
    questions.add_image(SheetImage(a_picture()), "H2")
    questions.row_dimensions[30].hidden = True
    questions.column_dimensions["G"].hidden = True
    chart = BarChart()
    chart.add_data(Reference(book["Start"], min_col=2, min_row=4, max_row=5))
    book["Findings"].add_chart(chart, "C3")
    table = book.create_sheet("Actions")
    table.append(["What", "Who"])
    table.append(["Visit", "Social worker"])
    table.add_table(Table(displayName="Actions", ref="A1:B2"))
    book.create_chartsheet("Chart").add_chart(BarChart())
    questions.protection.sheet = True
    return saved(book)


def written_by_xlsxwriter():
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    front, questions = book.add_worksheet("Start"), book.add_worksheet("Questions")
    front.write("A1", "H3")
    for row in range(40):
        questions.write_string(row, 0, f"Question {row}")
        questions.write_string(row, 1, ANSWER)
    questions.write_rich_string("C1", "seen ", book.add_format({"bold": True}), "alone")
    questions.write_formula("C2", "=1+1", None, 2)
    questions.write_comment("B2", "a comment")
    questions.insert_image("E5", "picture.png", {"image_data": a_picture()})
    questions.insert_textbox("E20", "a text box")
    questions.insert_checkbox("D1", True)
    questions.data_validation("D1:D9", {"validate": "list", "source": ["Yes", "No"]})
    questions.conditional_format("B1:B40", {"type": "blanks", "format": book.add_format({"bg_color": "yellow"})})
    front.add_sparkline("B1", {"range": "Questions!A1:A5"})
    book.define_name("audit_kit_form", '="tool"')
    book.set_custom_property("audit_kit_form", "tool")
    book.close()
    return stream.getvalue()


LABELS = f"""<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"><clbl:label id="{{0}}" enabled="1"
 method="Standard" siteId="{{1}}" contentBits="0" removed="0"/></clbl:labelList>"""
CONTENT_TYPE_SCHEMA = """<?xml version="1.0" encoding="utf-8"?><ct:contentTypeSchema ct:_="" ma:_=""
 xmlns:ct="http://schemas.microsoft.com/office/2006/metadata/contentType"
 xmlns:ma="http://schemas.microsoft.com/office/2006/metadata/properties/metaAttributes"><xsd:schema
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"/></ct:contentTypeSchema>"""
FORM_TEMPLATES = """\ufeff<?mso-contentType?><FormTemplates xmlns="http://schemas.microsoft.com/sharepoint/v3/contenttype/forms">
<Display>DocumentLibraryForm</Display></FormTemplates>"""
VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>unclosed<br></div></v:textbox></v:shape></xml>"""
THREADS = f'<ThreadedComments xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"/>'
PERSONS = f'<personList xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"><person displayName="A"/></personList>'
NET_PROPERTIES = "package/services/metadata/core-properties/0a1b2c3d4e5f60718293a4b5c6d7e8f9.psmdcp"
MSIP = (
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="MSIP_Label_0_Enabled">'
    '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">true</vt:lpwstr></property>'
)


def also(*more):
    """An edit that makes several."""

    def edit(content):
        for change in more:
            content = change(content)
        return content

    return edit


def excel_2007(xml):
    """Local paths and revision marks in other namespaces, as Excel puts them into the workbook part."""
    return swap(
        "<sheets>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\someone\\" '
        f'xmlns:x15ac="{MICROSOFT}/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
        f'<xr:revisionPtr xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision" revIDLastSave="0"/><sheets>',
    )(xml)


EXCEL = {
    "calculation chain": {
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B6" i="1"/></calcChain>',
        WORKBOOK_RELS: related(f"{OFFICE}/calcChain", "calcChain.xml"),
    },
    "printer settings": {
        "xl/printerSettings/printerSettings1.bin": "P\0r\0i\0n\0t\0e\0r\0",
        SHEET_RELS: relationships(f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin"),
    },
    "comments, threads and persons": {
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList/></comments>',
        "xl/drawings/vmlDrawing1.vml": VML,
        "xl/threadedComments/threadedComment1.xml": THREADS,
        "xl/persons/person.xml": PERSONS,
        SHEET_RELS: also(
            related(f"{OFFICE}/comments", "../comments1.xml", key="a"),
            related(f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml", key="b"),
            related(f"{MICROSOFT}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
        )(relationships(f"{OFFICE}/hyperlink", "mailto:team@board.example", "External").replace(b"rIdX", b"c")),
        WORKBOOK_RELS: related(f"{MICROSOFT}/2017/10/relationships/person", "persons/person.xml"),
    },
    "absolute path and revision marks": {WORKBOOK: excel_2007},
    "sensitivity label": {
        "docMetadata/LabelInfo.xml": LABELS,
        "docProps/custom.xml": swap("</Properties>", f"{MSIP}</Properties>"),
        PACKAGE_RELS: related(f"{MICROSOFT}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
    },
    "SharePoint's custom XML": {
        "customXml/item1.xml": CONTENT_TYPE_SCHEMA,
        "customXml/item2.xml": FORM_TEMPLATES,
        "customXml/itemProps1.xml": '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        "customXml/_rels/item1.xml.rels": relationships(f"{OFFICE}/customXmlProps", "itemProps1.xml"),
        WORKBOOK_RELS: also(
            related(f"{OFFICE}/customXml", "../customXml/item1.xml", key="x1"),
            related(f"{OFFICE}/customXml", "../customXml/item2.xml", key="x2"),
        ),
    },
    "SharePoint's left-over bytes": {"[trash]/0000.dat": b"\xff" * 100},
    "views of the sheet in SharePoint": {
        "xl/namedSheetViews/namedSheetView1.xml": "<namedSheetViews/>",
        SHEET_RELS: relationships(
            f"{MICROSOFT}/2019/04/relationships/namedSheetView", "../namedSheetViews/namedSheetView1.xml"
        ),
    },
    "check boxes in cells": {
        "xl/featurePropertyBag/featurePropertyBag.xml": "<FeaturePropertyBags/>",
        WORKBOOK_RELS: related(
            f"{MICROSOFT}/2022/11/relationships/FeaturePropertyBag", "featurePropertyBag/featurePropertyBag.xml"
        ),
    },
    "a digital signature": {
        "_xmlsignatures/origin.sigs": "",
        "_xmlsignatures/sig1.xml": "<Signature/>",
        "_xmlsignatures/_rels/origin.sigs.rels": relationships(
            f"{PACKAGE}/relationships/digital-signature/signature", "sig1.xml"
        ),
        PACKAGE_RELS: related(f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs"),
    },
    "a thumbnail": {
        "docProps/thumbnail.wmf": "x",
        PACKAGE_RELS: related(f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.wmf"),
    },
    "Google Sheets": {
        "xl/metadata": "x",
        WORKBOOK_RELS: related("http://customschemas.google.com/relationships/workbookmetadata", "metadata"),
    },
    "a shared workbook's history": {
        "xl/revisions/revisionHeaders.xml": f'<headers xmlns="{MAIN}"/>',
        WORKBOOK_RELS: related(f"{OFFICE}/revisionHeaders", "revisions/revisionHeaders.xml"),
    },
    "properties where .NET puts them": {
        "docProps/core.xml": None,
        NET_PROPERTIES: f'<coreProperties xmlns="{PACKAGE}/metadata/core-properties"/>',
        PACKAGE_RELS: swap("docProps/core.xml", NET_PROPERTIES),
        TYPES: swap("/docProps/core.xml", f"/{NET_PROPERTIES}"),
    },
    "a default type for every .xml": {
        TYPES: lambda xml: swap(
            'Extension="xml" ContentType="application/xml"',
            'Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"',
        )(xml)
    },
    "a byte order mark": {SHEET: lambda xml: b"\xef\xbb\xbf" + xml},
    "a name printed twice, as LibreOffice does": {
        WORKBOOK: swap(
            "</definedNames>",
            '<definedName name="_xlnm.Print_Titles" localSheetId="0">Start!$A:$A,Start!$1:$1</definedName>'
            '<definedName name="_xlnm.Print_Titles" localSheetId="0">Start!$1:$1,Start!$A:$A</definedName></definedNames>',
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", EXCEL.values(), ids=EXCEL)
def test_what_excel_sharepoint_and_others_add_passes_and_the_answers_are_read(changes, reader):
    read = reader.read(graft(changes))
    assert read.sheets[1].cells[1, 2].text == f"Answer 1: {ANSWER}\nSecond line"
    assert len(read.sheets[1].cells) == 80


def test_all_of_it_together_passes(reader):
    changes = {}
    for key in ("calculation chain", "sensitivity label", "SharePoint's left-over bytes", "a byte order mark"):
        changes |= EXCEL[key]
    assert len(reader.read(graft(changes)).sheets[1].cells) == 80


def test_what_openpyxl_writes_passes_and_is_reported_by_sheet_number(reader):
    read = reader.read(everything_openpyxl_can_write())
    assert read.sheets[1].cells[40, 2].text.startswith("Answer 40")
    assert {
        Passive("comments", "sheet 2"),
        Passive("links", "sheet 2"),
        Passive("picture", "sheet 2"),
        Passive("hidden rows", "sheet 2"),
        Passive("hidden columns", "sheet 2"),
        Passive("chart", "sheet 3"),
        Passive("hidden sheet", "sheet 4"),
        Passive("very hidden sheet", "sheet 5"),
    } <= set(read.passive)
    assert "Questions" not in repr(read)


def test_what_xlsxwriter_writes_passes(reader):
    read = reader.read(written_by_xlsxwriter())
    assert read.sheets[1].cells[1, 3].text == "seen alone"
    assert read.sheets[1].cells[2, 3].is_formula
    assert read.properties["audit_kit_form"] == "tool"
    assert read.defined_names["audit_kit_form"] == '"tool"'


@pytest.mark.parametrize("change", [STRICT], ids=["strict"])
def test_strict_open_xml_passes(change, reader):
    parts = parts_of(a_form())
    for name, content in parts.items():
        for old, new in change.items():
            content = content.replace(old.encode(), new.encode())
        parts[name] = content
    read = reader.read(packed(parts))
    assert read.sheets[1].cells[1, 2].text.startswith("Answer 1")
    assert read.sheets[3].visibility == "hidden"


def test_prefixed_names_as_the_open_xml_sdk_writes_them_pass(reader):
    prefixed = sheet(cell("Seen alone")).replace("<worksheet xmlns=", "<worksheet xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c", "is", "t"):
        prefixed = prefixed.replace(f"<{name} ", f"<x:{name} ").replace(f"<{name}>", f"<x:{name}>")
        prefixed = prefixed.replace(f"</{name}>", f"</x:{name}>")
    assert reader.read(graft({SHEET: prefixed})).sheets[1].cells[1, 1].text == "Seen alone"


@pytest.mark.parametrize(
    "before",
    ['<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>', '<dimension ref=""/>', ""],
    ids=["too small", "too large", "empty", "absent"],
)
def test_a_wrong_dimension_hides_no_answers(before, reader):
    cells = "".join(cell(f"answer {number}", f"B{number}") for number in range(1, 16))
    assert len(reader.read(with_sheet(cells, before)).sheets[1].cells) == 15


def test_formatting_to_the_edge_of_the_grid_is_no_bomb(reader):
    cells = cell("answer") + '<row r="900000"><c r="XFD900000"/></row><row r="1048576" ht="12.8"/>'
    assert list(reader.read(with_sheet(cells)).sheets[1].cells) == [(1, 1)]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Saves a workbook in LibreOffice, in the format asked for."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed on this machine")
    folder = tmp_path_factory.mktemp("office")

    def save(data, kind):
        (folder / "in.xlsx").write_bytes(data)
        subprocess.run(
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
             "--outdir", str(folder / "out"), str(folder / "in.xlsx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (folder / "out" / f"in.{kind.partition(':')[0]}").read_bytes()

    return save


@pytest.mark.office
def test_what_libreoffice_saves_passes_with_every_answer_as_it_was(office, reader):
    before = reader.read(everything_openpyxl_can_write())
    after = reader.read(office(everything_openpyxl_can_write(), "xlsx:Calc MS Excel 2007 XML"))
    for old, new in zip(before.sheets[:5], after.sheets[:5], strict=True):
        assert new.name == old.name
        answers = {at: one.text for at, one in old.cells.items() if not one.is_formula}
        assert {at: one.text for at, one in new.cells.items() if not one.is_formula} == answers
    assert after.sheets[0].cells[6, 2].is_formula
    assert after.properties["audit_kit_form"] == "tool"
    assert after.defined_names["audit_kit_form"] == '"tool"'


@pytest.mark.office
def test_libreoffice_saves_other_formats_that_get_their_own_sentence(office):
    from audit_kit.office.gate import Reason
    from audit_kit.office.wrong_type import recognise

    for kind, reason in (("xls", Reason.OLD_EXCEL), ("ods", Reason.OPEN_DOCUMENT), ("pdf", Reason.PDF)):
        assert recognise(office(a_form(), kind)) is reason


def test_the_gate_reports_the_form_of_the_kit_itself():
    report = inspect(a_form())
    assert report.properties == {"audit_kit_form": "tool"}
    assert report.defined_names == {"audit_kit_form": '"tool"'}
    assert report.formula_cells == ((1, 6, 2),)
    assert [each.visibility for each in report.sheets] == ["visible"] * 3 + ["hidden", "very hidden"]
