"""What a designer can put into a layout in Excel, one thing at a time: how it is put there, and how it is found again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from designed import LABEL, LOGO, X14, XM, R, _rels, _rels_of
from lxml import etree

from audit_kit.office.layout_cells import SheetCells
from audit_kit.office.layout_grid import MAIN
from audit_kit.office.package_patch import Package, deflated

MS = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NS = MAIN[1:-1]
_KIND = "application/vnd.openxmlformats-officedocument"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"

_SHEET, _BOOK, _STYLES, _DRAWINGS = r"xl/worksheets/", r"xl/workbook\.xml", r"xl/styles\.xml", r"xl/drawings/"


@dataclass(frozen=True)
class Feature:
    """One thing that a designer put into the layout."""

    where: str  # the names of the parts in which it is looked for
    says: bytes  # what is found there, and nowhere in a layout without it
    openpyxl: bool = False  # whether it is still there when openpyxl has saved the file
    parts: Mapping[str, bytes] = field(default_factory=dict)  # of its own, which must come out as they went in
    kinds: Mapping[str, str] = field(default_factory=dict)  # part → content type
    related: Mapping[str, str] = field(default_factory=dict)  # id on Start → kind of relation to the first part
    wide: str = ""  # the workbook's kind of relation to the first part
    whole: str = ""  # the package's
    sheet: Mapping[str, str] = field(default_factory=dict)  # section of Start → the section
    more: str = ""  # what comes into the section for newer programs
    cell: str = ""  # a cell in the first row
    swaps: tuple[tuple[str, str, str], ...] = ()  # part, text → text

    def is_in(self, parts: Mapping[str, bytes]) -> bool:
        """Whether it is found in these parts, whatever they are called."""
        found = (content for name, content in parts.items() if re.match(self.where, name))
        return any(re.search(self.says, content, re.DOTALL) for content in found)


def _section(name: str, attributes: str = "", inner: str = "") -> dict[str, str]:
    return {name: f'<{name} xmlns="{_NS}" xmlns:r="{R}" {attributes}>{inner}</{name}>'}


def _ext(uri: str, inner: str) -> str:
    return f'<ext xmlns="{_NS}" xmlns:x14="{X14}" xmlns:xm="{XM}" uri="{{{uri}}}">{inner}</ext>'


def _cell(ref: str, attributes: str, inner: str) -> str:
    return f'<c xmlns="{_NS}" r="{ref}" {attributes}>{inner}</c>'


# --- what is drawn: one drawing holds all of it ----------------------------------------------------------------------

_PLACE = "<xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
_SHAPES = f"""<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{R}">
<xdr:twoCellAnchor>{_PLACE}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" descr="The logo of the Board"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>
<xdr:twoCellAnchor>{_PLACE}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="Box" descr="Whom to ask"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr b="1"/><a:t>Ask us</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>
<xdr:twoCellAnchor>{_PLACE}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="5" name="Arrow" descr="Go on here"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rightArrow"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>
<xdr:twoCellAnchor>{_PLACE}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="Chart" descr="Grades: 3 good, 1 not"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{DRAWING}/chart"><c:chart xmlns:c="{DRAWING}/chart" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""
_CHART = f'<c:chartSpace xmlns:c="{DRAWING}/chart"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>3</c:v></c:pt></c:numLit></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
_VML = '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="{id}" type="#_x0000_t202" style="width:320pt;height:140pt;visibility:hidden"><x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>4</x:Column></x:ClientData></v:shape></xml>'
_DRAWN_KINDS = {
    "xl/drawings/drawing7.xml": f"{_KIND}.drawing+xml",
    "xl/charts/chart7.xml": f"{_KIND}.drawingml.chart+xml",
    "xl/charts/colors7.xml": "application/vnd.ms-office.chartcolorstyle+xml",
}
_DRAWN_PARTS = {
    "xl/drawings/drawing7.xml": _SHAPES.encode(),
    "xl/drawings/_rels/drawing7.xml.rels": _rels({"rId1": ("chart", "/xl/charts/chart7.xml"), "rId2": ("image", "/xl/media/image7.png")}),
    "xl/charts/chart7.xml": _CHART.encode(),
    "xl/charts/_rels/chart7.xml.rels": _rels({"rId1": ("chartColorStyle", "/xl/charts/colors7.xml")}),
    "xl/charts/colors7.xml": b"<cs:colorStyle xmlns:cs='http://schemas.microsoft.com/office/drawing/2012/chartStyle' meth='cycle' id='10'/>",
    "xl/media/image7.png": LOGO,
}  # fmt: skip

FEATURES: dict[str, Feature] = {
    "picture": Feature(_DRAWINGS, rb"<(?:\w+:)?blip ", True, _DRAWN_PARTS, _DRAWN_KINDS, {"rId71": "drawing"}, sheet=_section("drawing", 'r:id="rId71"')),
    "alt text of a picture": Feature(_DRAWINGS, rb'descr="The logo of the Board"', True),
    "text box": Feature(_DRAWINGS, rb'txBox="1".*<a:t>Ask us</a:t>'),
    "shape": Feature(_DRAWINGS, rb'prst="rightArrow"'),
    "chart": Feature(r"xl/charts/chart", rb"<(?:\w+:)?barChart>", True),
    "alt text of a chart": Feature(_DRAWINGS, rb'descr="Grades: 3 good, 1 not"'),
    "colours of a chart": Feature(r"xl/charts/colors", rb"colorStyle"),
    "background picture": Feature(_SHEET, rb"<picture ", parts={"xl/media/image8.png": LOGO + b"8"}, related={"rId75": "image"}, sheet=_section("picture", 'r:id="rId75"')),
    "picture in the header": Feature(_SHEET, rb"<legacyDrawingHF ", parts={"xl/drawings/vmlDrawing8.vml": _VML.replace("{id}", "LH").encode()}, related={"rId76": "vmlDrawing"}, sheet=_section("legacyDrawingHF", 'r:id="rId76"')),
    # --- notes
    "note": Feature(r"xl/comments", rb"Look here\.", True, {"xl/comments7.xml": f'<comments xmlns="{_NS}"><authors><author>The Board</author></authors><commentList><comment ref="E1" authorId="0"><text><r><t>Look here.</t></r></text></comment></commentList></comments>'.encode()}, {"xl/comments7.xml": f"{_KIND}.spreadsheetml.comments+xml"}, {"rId72": "comments"}),
    "size of a note": Feature(_DRAWINGS + "|xl/comments", rb"width:320pt;height:140pt", parts={"xl/drawings/vmlDrawing7.vml": _VML.replace("{id}", "n1").encode()}, related={"rId73": "vmlDrawing"}, sheet=_section("legacyDrawing", 'r:id="rId73"')),
    "threaded comment": Feature(r"xl/threadedComments/", rb"Look there\.", parts={"xl/threadedComments/threadedComment7.xml": f'<ThreadedComments xmlns="{MS}/spreadsheetml/2018/threadedcomments"><threadedComment ref="E1" dT="2026-09-01T10:00:00" personId="{{A}}" id="{{B}}"><text>Look there.</text></threadedComment></ThreadedComments>'.encode()}, kinds={"xl/threadedComments/threadedComment7.xml": "application/vnd.ms-excel.threadedcomments+xml"}, related={"rId74": f"!{MS}/2017/10/relationships/threadedComment"}),
    "who wrote threaded comments": Feature(r"xl/persons/", rb'displayName="The Board"', parts={"xl/persons/person7.xml": f'<personList xmlns="{MS}/spreadsheetml/2018/threadedcomments"><person displayName="The Board" id="{{A}}" userId="b" providerId="None"/></personList>'.encode()}, kinds={"xl/persons/person7.xml": "application/vnd.ms-excel.person+xml"}, wide=f"!{MS}/2017/10/relationships/person"),
    # --- in cells
    "fonts within a cell": Feature(_SHEET + r"|xl/sharedStrings", rb"<b ?/>[^R]*</rPr><t[^>]*>Read</t>", cell=_cell("E1", 't="inlineStr"', '<is><r><rPr><b/><rFont val="Arial"/></rPr><t>Read</t></r><r><rPr><rFont val="Arial"/></rPr><t xml:space="preserve"> this</t></r></is>')),
    "how a word is read aloud": Feature(_SHEET + r"|xl/sharedStrings", rb"<rPh ", cell=_cell("F1", 't="inlineStr"', '<is><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></is>')),
    "remembered result": Feature(_SHEET, rb"<f>20\+21</f><v>41</v>", cell=_cell("G1", "", "<f>20+21</f><v>41</v>")),
    "array formula": Feature(_SHEET, rb'<f t="array" ref="H1"', True, cell=_cell("H1", "", '<f t="array" ref="H1">SUM(ROW(A1:A3))</f><v>6</v>')),
    "formula that spills": Feature(_SHEET, rb'<c r="I1"[^>]* cm="1"', cell=_cell("I1", 'cm="1"', '<f t="array" ref="I1">TRANSPOSE(A1)</f><v>0</v>'), parts={"xl/metadata.xml": f'<metadata xmlns="{_NS}"><metadataTypes count="1"><metadataType name="XLDAPR" minSupportedVersion="120000" cellMeta="1"/></metadataTypes><cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'.encode()}, kinds={"xl/metadata.xml": f"{_KIND}.spreadsheetml.sheetMetadata+xml"}, wide="sheetMetadata"),
    "check box in a cell": Feature(r"xl/featurePropertyBag/", rb"Checkbox", parts={"xl/featurePropertyBag/featurePropertyBag.xml": f'<FeaturePropertyBags xmlns="{MS}/spreadsheetml/2022/featurepropertybag"><bag type="Checkbox"/></FeaturePropertyBags>'.encode()}, kinds={"xl/featurePropertyBag/featurePropertyBag.xml": "application/vnd.ms-excel.featurepropertybag+xml"}, wide=f"!{MS}/2022/11/relationships/FeaturePropertyBag"),
    "picture in a cell": Feature(r"xl/richData/", rb"rvData", parts={"xl/richData/rdrichvalue.xml": f'<rvData xmlns="{MS}/spreadsheetml/2017/richdata" count="1"><rv s="0"><v>0</v></rv></rvData>'.encode()}, kinds={"xl/richData/rdrichvalue.xml": "application/vnd.ms-excel.rdrichvalue+xml"}, wide=f"!{MS}/2017/06/relationships/rdRichValue"),
    "link with a hint": Feature(_SHEET, rb'tooltip="The list of what is to finish"', True),
    # --- rules and locks
    "list to choose from": Feature(_SHEET, rb'<dataValidation [^>]*sqref="J1"', True, sheet=_section("dataValidations", 'count="1"', '<dataValidation type="list" allowBlank="1" sqref="J1"><formula1>Lists!$A$5:$A$6</formula1></dataValidation>')),
    "list of Excel 2010": Feature(_SHEET, rb"<x14:dataValidation ", more=_ext("CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF", '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Lists!$A$5:$A$6</xm:f></x14:formula1><xm:sqref>E1</xm:sqref></x14:dataValidation></x14:dataValidations>')),
    "conditional format": Feature(_SHEET, rb"<conditionalFormatting sqref=", True),
    "data bar of Excel 2010": Feature(_SHEET, rb"<x14:dataBar ", more=_ext("78C0D931-6437-407d-A8EE-F0AAD7539E65", '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="dataBar" id="{D1}"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule><xm:sqref>E1</xm:sqref></x14:conditionalFormatting><x14:conditionalFormatting><x14:cfRule type="iconSet" priority="1" id="{D2}"><x14:iconSet iconSet="3Stars"><x14:cfvo type="percent"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="percent"><xm:f>33</xm:f></x14:cfvo><x14:cfvo type="percent"><xm:f>67</xm:f></x14:cfvo></x14:iconSet></x14:cfRule><xm:sqref>E1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>')),
    "icons of Excel 2010": Feature(_SHEET, rb'iconSet="3Stars"'),
    "sparklines": Feature(_SHEET, rb"<x14:sparkline>", more=_ext("05C60535-1F16-4fd2-B633-F4F36F0B64E0", "<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>Start!A1:A2</xm:f><xm:sqref>E1</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>")),
    "protected sheet": Feature(_SHEET, rb"<sheetProtection ", True),
    "range with rights of its own": Feature(_SHEET, rb'<protectedRange [^>]*name="Ours"', sheet=_section("protectedRanges", "", '<protectedRange sqref="E1" name="Ours"/>')),
    "protected workbook": Feature(_BOOK, rb'<workbookProtection [^>]*lockStructure="1"', True, swaps=(("xl/workbook.xml", "<workbookProtection/>", '<workbookProtection lockStructure="1"/>'),)),
    "error that is to be ignored": Feature(_SHEET, rb'<ignoredError [^>]*sqref="E1"', sheet=_section("ignoredErrors", "", '<ignoredError sqref="E1" formulaRange="1"/>')),
    "watched cell": Feature(_SHEET, rb'<cellWatch r="E1"', sheet=_section("cellWatches", "", '<cellWatch r="E1"/>')),
    # --- how it is shown and printed
    "panes that stay": Feature(_SHEET, rb'<pane [^>]*ySplit="1"', True, swaps=(("sheet", '<selection activeCell="A1" sqref="A1"/>', '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'),)),
    "zoom": Feature(_SHEET, rb'zoomScale="90"', True),
    "rows that fold": Feature(_SHEET, rb'<row r="3"[^>]* outlineLevel="1"', True, swaps=(("sheet", '<row r="3" ', '<row r="3" outlineLevel="1" '),)),
    "colour of a tab": Feature(_SHEET, rb'<tabColor rgb="FF12436D"', True, swaps=(("sheet", "<outlinePr ", '<tabColor rgb="FF12436D"/><outlinePr '),)),
    "header and footer": Feature(_SHEET, rb"<oddFooter>&amp;LOFFICIAL-SENSITIVE, page &amp;P of &amp;N", True),
    "rows that are printed on every page": Feature(_BOOK, rb"_xlnm.Print_Titles", True),
    "pages broken below a row": Feature(_SHEET, rb'<rowBreaks .*<brk [^>]*man="1"', True),
    "pages broken beside a column": Feature(_SHEET, rb'<colBreaks [^>]*><brk [^>]*id="9"', True, sheet=_section("colBreaks", 'count="1" manualBreakCount="1"', '<brk id="9" max="1048575" man="1"/>')),
    "views that somebody named": Feature(_BOOK, rb'<customWorkbookView [^>]*name="Chair"', swaps=(("xl/workbook.xml", "</workbook>", '<customWorkbookViews><customWorkbookView name="Chair" guid="{5F2A4B1C-0000-4000-8000-000000000001}" windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews></workbook>'),)),
    # --- the whole workbook
    "theme": Feature(r"xl/theme/", rb"<a:theme ", True),
    "named look of cells": Feature(_STYLES, rb'<cellStyle [^>]*name="Of the Board"', swaps=(("xl/styles.xml", "</cellStyles>", '<cellStyle name="Of the Board" xfId="0"/></cellStyles>'),)),
    "defined name": Feature(_BOOK, rb'name="ours_to_keep"', True, swaps=(("xl/workbook.xml", "<definedNames>", '<definedNames><definedName name="ours_to_keep">Start!$E$1</definedName>'),)),
    "custom property": Feature(r"docProps/custom\.xml", rb'name="Owner".*The Board', True, {"docProps/custom.xml": f'<Properties xmlns="{_CUSTOM}" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Owner"><vt:lpwstr>The Board</vt:lpwstr></property></Properties>'.encode()}, {"docProps/custom.xml": f"{_KIND}.custom-properties+xml"}, whole="custom-properties"),
    "sensitivity label": Feature(r"docMetadata/", rb"\{6a1b\}", parts={"docMetadata/LabelInfo.xml": LABEL}, kinds={"docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml"}, whole=f"!{MS}/2020/02/relationships/classificationlabels"),
    "XML of its own": Feature(r"customXml/", rb"urn:board", parts={"customXml/item7.xml": b"<board xmlns='urn:board'>1</board>"}, wide="customXml"),
}  # fmt: skip

#: parts to which the kit adds something of its own
ADDED_TO = frozenset({"docProps/custom.xml"})


def grafted(layout: bytes, start: str, features: Iterable[Feature]) -> bytes:
    """The layout with all of these on its Start sheet, the part ``start``, and beside its workbook."""
    package = Package.read(layout)
    features = tuple(features)
    changed = {part: content for feature in features for part, content in feature.parts.items()}
    changed[start] = _sheet_with(package.part(start), features)
    for name, old, new in (swap for feature in features for swap in feature.swaps):
        part = start if name == "sheet" else name
        content = changed.get(part) or package.part(part)
        assert old.encode() in content, f"{part} has no {old}"
        changed[part] = content.replace(old.encode(), new.encode(), 1)
    rels = {key: (kind, f"/{next(iter(one.parts))}") for one in features for key, kind in one.related.items()}
    changed[_rels_of(start)] = _related(_NO_RELATIONS, rels)
    for rels_part, kind_of in (("xl/_rels/workbook.xml.rels", "wide"), ("_rels/.rels", "whole")):
        more = {
            f"rIdX{number}": (getattr(one, kind_of), f"/{next(iter(one.parts))}")
            for number, one in enumerate(features) if getattr(one, kind_of)
        }  # fmt: skip
        changed[rels_part] = _related(package.part(rels_part), more)
    changed["[Content_Types].xml"] = _declared(
        package.part("[Content_Types].xml"), {part: kind for one in features for part, kind in one.kinds.items()}
    )
    return package.with_parts({name: deflated(part) for name, part in changed.items()}).to_bytes()


_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


def _sheet_with(sheet: bytes, features: tuple[Feature, ...]) -> bytes:
    root = etree.fromstring(sheet)
    cells = SheetCells(root, ())
    for section, xml in (section for feature in features for section in feature.sheet.items()):
        old = root.find(MAIN + section)
        old = cells.add(section) if old is None else old
        old.getparent().replace(old, etree.fromstring(xml))
    for feature in features:
        if feature.more:
            cells.section("extLst").append(etree.fromstring(feature.more))
        if feature.cell:
            cells.row(1).append(etree.fromstring(feature.cell))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _related(rels: bytes, more: Mapping[str, tuple[str, str]]) -> bytes:
    added = "".join(
        f'<Relationship Id="{key}" Type="{full_kind(kind)}" Target="{part}"/>' for key, (kind, part) in more.items()
    )
    return rels.replace(b"</Relationships>", added.encode() + b"</Relationships>")


def _declared(types: bytes, kinds: Mapping[str, str]) -> bytes:
    parts = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    endings = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in (("png", "image/png"), ("vml", f"{_KIND}.vmlDrawing"))
        if f'Extension="{ending}"'.encode() not in types
    )
    start = types.index(b">", types.index(b"<Types")) + 1
    return types[:start] + endings.encode() + types[start:].replace(b"</Types>", parts.encode() + b"</Types>")


def full_kind(kind: str) -> str:
    """A kind of relation in full; one that isn't the standard's own begins with ``!``."""
    return kind[1:] if kind.startswith("!") else f"{R}/{kind}"
