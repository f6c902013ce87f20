"""What can be designed in Excel is what agencies get: each feature of a layout is in the copy, or the layout is refused."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

import openpyxl
import pytest
from designed import LOGO, X14, XM, R, _rels, _rels_of
from lxml import etree
from tool_examples import COVER, LAYOUT, WORDS, a_theme, saved_by_libreoffice

from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.forms import read_answers
from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import Package, deflated
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_workbook import compile_tool, read_layout, worded
from audit_kit.store.folders import shipped

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says what it would lose

TOOL = tool_for(a_theme(3), "H", "MPS", ("N1", "N2", "N3"), {})
START = LAYOUT.sheets["Start"]
MS = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


@dataclass(frozen=True)
class Feature:
    """One thing that a designer put into the layout: parts of its own, and what stands on Start or in the workbook."""

    parts: dict[str, bytes] = field(default_factory=dict)
    sheet: dict[str, str] = field(default_factory=dict)  # section of the sheet → what stands in it
    related: dict[str, str] = field(default_factory=dict)  # id on Start → kind of relation to the first part
    wide: tuple[str, ...] = ()  # kinds of relation of the workbook to its parts
    kinds: dict[str, str] = field(default_factory=dict)  # part → content type
    says: bytes = b""  # what is then found on Start


def _ext(uri: str, inner: str) -> str:
    return f'<ext xmlns="{MAIN[1:-1]}" xmlns:x14="{X14}" xmlns:xm="{XM}" uri="{{{uri}}}">{inner}</ext>'


_PLACE = "<xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
_SHAPES = f"""<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{R}">
<xdr:twoCellAnchor>{_PLACE}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" descr="The Board's logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>
<xdr:twoCellAnchor>{_PLACE}<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="Box" descr="Whom to ask"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr b="1"/><a:t>Ask us</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>
<xdr:twoCellAnchor>{_PLACE}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="Chart" descr="Grades: 3 good, 1 not"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{DRAWING}/chart"><c:chart xmlns:c="{DRAWING}/chart" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""
_CHART = f'<c:chartSpace xmlns:c="{DRAWING}/chart"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>3</c:v></c:pt></c:numLit></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
_NOTE_VML = '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="n1" type="#_x0000_t202" style="width:320pt;height:140pt;visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>4</x:Column></x:ClientData></v:shape></xml>'
_MAIN_KIND = "application/vnd.openxmlformats-officedocument"

FEATURES: dict[str, Feature] = {
    "picture, alt text, shape, text box, chart and its alt text": Feature(
        {"xl/drawings/drawing7.xml": _SHAPES.encode(), "xl/drawings/_rels/drawing7.xml.rels": _rels({"rId1": ("chart", "/xl/charts/chart7.xml"), "rId2": ("image", "/xl/media/image7.png")}),
         "xl/charts/chart7.xml": _CHART.encode(), "xl/charts/_rels/chart7.xml.rels": _rels({"rId1": ("chartColorStyle", "/xl/charts/colors7.xml")}), "xl/charts/colors7.xml": b"<cs:colorStyle xmlns:cs='x' meth='cycle' id='10'/>", "xl/media/image7.png": LOGO},
        {"drawing": f'<drawing xmlns="{MAIN[1:-1]}" xmlns:r="{R}" r:id="rId71"/>'}, {"rId71": "drawing"},
        kinds={"xl/drawings/drawing7.xml": f"{_MAIN_KIND}.drawing+xml", "xl/charts/chart7.xml": f"{_MAIN_KIND}.drawingml.chart+xml", "xl/charts/colors7.xml": "application/vnd.ms-office.chartcolorstyle+xml"},
        says=b"<drawing "),
    "note and its size": Feature(
        {"xl/comments7.xml": f'<comments xmlns="{MAIN[1:-1]}"><authors><author>The Board</author></authors><commentList><comment ref="E1" authorId="0"><text><r><t>Look here.</t></r></text></comment></commentList></comments>'.encode()},
        {}, {"rId72": "comments"}, kinds={"xl/comments7.xml": f"{_MAIN_KIND}.spreadsheetml.comments+xml"}),
    "size of a note": Feature({"xl/drawings/vmlDrawing7.vml": _NOTE_VML.encode()}, {"legacyDrawing": f'<legacyDrawing xmlns="{MAIN[1:-1]}" xmlns:r="{R}" r:id="rId73"/>'}, {"rId73": "vmlDrawing"}, says=b"<legacyDrawing "),
    "threaded comment": Feature(
        {"xl/threadedComments/threadedComment7.xml": f'<ThreadedComments xmlns="{MS}/spreadsheetml/2018/threadedcomments"><threadedComment ref="E1" dT="2026-09-01T10:00:00" personId="{{A}}" id="{{B}}"><text>Look here.</text></threadedComment></ThreadedComments>'.encode()},
        {}, {"rId74": f"!{MS}/2017/10/relationships/threadedComment"}, kinds={"xl/threadedComments/threadedComment7.xml": "application/vnd.ms-excel.threadedcomments+xml"}),
    "who wrote threaded comments": Feature({"xl/persons/person7.xml": f'<personList xmlns="{MS}/spreadsheetml/2018/threadedcomments"><person displayName="The Board" id="{{A}}" userId="b" providerId="None"/></personList>'.encode()}, wide=(f"!{MS}/2017/10/relationships/person",), kinds={"xl/persons/person7.xml": "application/vnd.ms-excel.person+xml"}),
    "background picture": Feature({"xl/media/image8.png": LOGO + b"8"}, {"picture": f'<picture xmlns="{MAIN[1:-1]}" xmlns:r="{R}" r:id="rId75"/>'}, {"rId75": "image"}, says=b"<picture "),
    "header image": Feature({"xl/drawings/vmlDrawing8.vml": _NOTE_VML.replace("n1", "LH").encode()}, {"legacyDrawingHF": f'<legacyDrawingHF xmlns="{MAIN[1:-1]}" xmlns:r="{R}" r:id="rId76"/>'}, {"rId76": "vmlDrawing"}, says=b"<legacyDrawingHF "),
    "printer settings": Feature({"xl/printerSettings/printerSettings7.bin": b"\x00P\x00r\x00i" * 40}, {}, {"rId77": "printerSettings"}, kinds={"xl/printerSettings/printerSettings7.bin": f"{_MAIN_KIND}.spreadsheetml.printerSettings"}),
    "sparklines, lists and data bars of Excel 2010": Feature({}, {"extLst": f'<extLst xmlns="{MAIN[1:-1]}">' + _ext("05C60535-1F16-4fd2-B633-F4F36F0B64E0", "<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>Start!A1:A2</xm:f><xm:sqref>E1</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>") + _ext("CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF", '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$A$5:$A$6</xm:f></x14:formula1><xm:sqref>E1</xm:sqref></x14:dataValidation></x14:dataValidations>') + _ext("78C0D931-6437-407d-A8EE-F0AAD7539E65", '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="iconSet" priority="1" id="{D2}"><x14:iconSet iconSet="3Stars"><x14:cfvo type="percent"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="percent"><xm:f>33</xm:f></x14:cfvo><x14:cfvo type="percent"><xm:f>67</xm:f></x14:cfvo></x14:iconSet></x14:cfRule><xm:sqref>E1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>') + "</extLst>"}, says=b"<x14:sparklineGroups>"),
    "protected range": Feature({}, {"protectedRanges": f'<protectedRanges xmlns="{MAIN[1:-1]}"><protectedRange sqref="E1" name="Ours"/></protectedRanges>'}, says=b'<protectedRange sqref="E1" name="Ours"/>'),
    "ignored errors": Feature({}, {"ignoredErrors": f'<ignoredErrors xmlns="{MAIN[1:-1]}"><ignoredError sqref="E1" formulaRange="1"/></ignoredErrors>'}, says=b'<ignoredError sqref="E1" formulaRange="1"/>'),
    "watched cell": Feature({}, {"cellWatches": f'<cellWatches xmlns="{MAIN[1:-1]}"><cellWatch r="E1"/></cellWatches>'}, says=b'<cellWatch r="E1"/>'),
    "pages broken across": Feature({}, {"colBreaks": f'<colBreaks xmlns="{MAIN[1:-1]}" count="1" manualBreakCount="1"><brk id="9" max="1048575" man="1"/></colBreaks>'}, says=b'<brk id="9" max="1048575" man="1"/>'),
    "dynamic arrays": Feature({"xl/metadata.xml": f'<metadata xmlns="{MAIN[1:-1]}"><metadataTypes count="1"><metadataType name="XLDAPR" minSupportedVersion="120000"/></metadataTypes></metadata>'.encode()}, wide=("sheetMetadata",), kinds={"xl/metadata.xml": f"{_MAIN_KIND}.spreadsheetml.sheetMetadata+xml"}),
    "check boxes in cells": Feature({"xl/featurePropertyBag/featurePropertyBag.xml": f'<FeaturePropertyBags xmlns="{MS}/spreadsheetml/2022/featurepropertybag"><bag type="Checkbox"/></FeaturePropertyBags>'.encode()}, wide=(f"!{MS}/2022/11/relationships/FeaturePropertyBag",), kinds={"xl/featurePropertyBag/featurePropertyBag.xml": "application/vnd.ms-excel.featurepropertybag+xml"}),
    "pictures in cells": Feature({"xl/richData/rdrichvalue.xml": f'<rvData xmlns="{MS}/spreadsheetml/2017/richdata" count="1"><rv s="0"><v>0</v></rv></rvData>'.encode()}, wide=(f"!{MS}/2017/06/relationships/rdRichValue",), kinds={"xl/richData/rdrichvalue.xml": "application/vnd.ms-excel.rdrichvalue+xml"}),
    "custom XML": Feature({"customXml/item7.xml": b"<board xmlns='urn:board'>1</board>"}, wide=("!http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml",)),
}  # fmt: skip


def grafted(layout: bytes, features: dict[str, Feature]) -> bytes:
    """The layout with all of these on its Start sheet and beside its workbook."""
    package = Package.read(layout)
    sheet, book_rels, kinds = package.part(START), "", ""
    root, rels = etree.fromstring(sheet), {}
    cells, changed = SheetCells(root, ()), {}
    for number, feature in enumerate(features.values()):
        changed |= feature.parts
        first = next(iter(feature.parts), "")
        rels |= {key: (kind, f"/{first}") for key, kind in feature.related.items()}
        for wide in feature.wide:
            book_rels += f'<Relationship Id="rIdW{number}" Type="{_kind(wide)}" Target="/{first}"/>'
        for part, kind in feature.kinds.items():
            kinds += f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for section, xml in feature.sheet.items():
            old = root.find(MAIN + section)
            new = etree.fromstring(xml)
            if old is None:
                old = cells.add(section)
            old.getparent().replace(old, new)
    changed[START] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    inner = "".join(
        f'<Relationship Id="{k}" Type="{_kind(kind)}" Target="{part}"/>' for k, (kind, part) in rels.items()
    )
    changed[_rels_of(START)] = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()  # fmt: skip
    changed["xl/_rels/workbook.xml.rels"] = package.part("xl/_rels/workbook.xml.rels").replace(b"</Relationships>", book_rels.encode() + b"</Relationships>")  # fmt: skip
    types = package.part("[Content_Types].xml").replace(b"</Types>", kinds.encode() + b"</Types>")
    ends = b"".join(
        b'<Default Extension="%b" ContentType="%b"/>' % pair
        for pair in ((b"png", b"image/png"), (b"vml", f"{_MAIN_KIND}.vmlDrawing".encode()))
        if b'Extension="%b"' % pair[0] not in types
    )
    start = types.index(b">", types.index(b"<Types")) + 1
    changed["[Content_Types].xml"] = types[:start] + ends + types[start:]
    return package.with_parts({name: deflated(part) for name, part in changed.items()}).to_bytes()


def _kind(kind: str) -> str:
    return kind[1:] if kind.startswith("!") else f"{R}/{kind}"


@pytest.fixture(scope="module")
def layout():
    data = grafted((shipped("templates") / "audit_tool.xlsx").read_bytes(), FEATURES)
    return read_layout(data, "audit_tool.xlsx")


@pytest.fixture(scope="module")
def copy(layout) -> dict[str, bytes]:
    """What is in an issued tool: part → content."""
    data = compile_tool(layout, TOOL, WORDS).personalise(COVER)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_of_the_layout_is_in_the_tool(name, copy):
    feature = FEATURES[name]

    changed = [
        part for part, content in feature.parts.items() if copy.get(part) != content and "drawing7.xml" not in part
    ]
    assert changed == []
    assert feature.says in copy[START]
    for part, kind in feature.kinds.items():
        assert f'PartName="/{part}" ContentType="{kind}"'.encode() in copy["[Content_Types].xml"]
    said = copy.get(_rels_of(START), b"") + copy["xl/_rels/workbook.xml.rels"]
    for kind in (*feature.related.values(), *feature.wide):
        assert _kind(kind).encode() in said


@pytest.mark.parametrize(
    "words", ["The Board's logo", 'txBox="1"', "roundRect", "Ask us", 'descr="Grades: 3 good, 1 not"']
)
def test_what_is_drawn_keeps_its_shape_and_its_words_for_those_who_cannot_see_it(words, copy):
    assert words.replace("'", "&apos;").encode() in copy["xl/drawings/drawing7.xml"].replace(b"'", b"&apos;")


def test_looks_lists_links_locks_theme_and_remembered_results_are_kept(copy, layout):
    """What the layout has by itself."""
    start, questions = copy[START], copy[LAYOUT.sheets["Questions"]]

    assert copy["xl/theme/theme1.xml"] == layout.package.part("xl/theme/theme1.xml")
    assert b"<sheetProtection " in start and b"<sheetProtection " in questions
    assert b"<conditionalFormatting " in questions and b"<dataValidation " in questions
    assert (
        b"<hyperlink " in questions and b"<oddFooter>" in questions and b"_xlnm.Print_Titles" in copy["xl/workbook.xml"]
    )
    assert b"<f>" in start and b"to finish</v>" in start  # a preview shows it without working it out


def test_the_folder_of_whoever_designed_it_is_not_told_to_every_agency(layout):
    """Excel writes into a workbook where it was last saved; a Windows folder is called after its owner."""
    where = b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\zorqa.vexley\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
    book = layout.package.part("xl/workbook.xml").replace(b"<bookViews>", where + b"<bookViews>")
    saved = read_layout(layout.package.with_parts({"xl/workbook.xml": deflated(book)}).to_bytes(), "audit_tool.xlsx")
    assert b"zorqa.vexley" in saved.package.part("xl/workbook.xml")

    data = compile_tool(saved, TOOL, WORDS).personalise(COVER)

    assert not [name for name in Package.read(data).names if b"vexley" in Package.read(data).part(name)]
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames[0] == "Start"


@pytest.mark.office
def test_libreoffice_opens_a_tool_with_all_of_them_and_its_answers(tmp_path, layout):
    answers = {"N1.evidence": "Seen at home, with the child."}
    data = compile_tool(layout, TOOL, WORDS).personalise(COVER, answers)

    (saved,) = saved_by_libreoffice(tmp_path, "xlsx", data)

    assert read_answers(read_safely(saved), worded(layout, TOOL)).answers == answers
    assert openpyxl.load_workbook(BytesIO(saved)).sheetnames == openpyxl.load_workbook(BytesIO(data)).sheetnames
