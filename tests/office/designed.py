"""The audit tool's layout after a designer worked on it in Excel: features that openpyxl loses when it saves a file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from audit_kit.office.package_patch import Package, deflated

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"


def a_picture() -> bytes:
    """A small blue square as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x12\x43\x6d" * 16 for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


LOGO, HEADER_LOGO = a_picture(), a_picture() + b" "
LABEL = b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{6a1b}" enabled="1"/></clbl:labelList>'
_DRAWING = f"""<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" descr="The Board's logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="{R}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>
<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{{row}}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{{end}}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="Help" descr="Whom to ask"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Questions? {{mailbox}}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""
_HEADER_VML = f"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:r="{R}"><v:shape id="LH" type="#_x0000_t75" style="width:20pt;height:20pt"><v:imagedata o:relid="rId1" o:title="logo"/></v:shape></xml>"""
_DATA_BAR = f"""<extLst><ext xmlns:x14="{X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule type="dataBar" id="{{D1}}"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/><x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>H5</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"""


def designed(layout: bytes, start: str, questions: str, text_box_row: int) -> bytes:
    """The layout with a logo and a text box on Start, and on Questions rich text, a 2010 data bar, a header image and
    a protected range; a sensitivity label on the whole. ``start``, ``questions``: the parts of these two sheets."""
    package = Package.read(layout)
    drawing = (
        _DRAWING.replace("{row}", str(text_box_row))
        .replace("{end}", str(text_box_row + 2))
        .replace("{{mailbox}}", "{mailbox}")
    )
    changed = {
        "xl/media/image1.png": LOGO,
        "xl/media/image2.png": HEADER_LOGO,
        "docMetadata/LabelInfo.xml": LABEL,
        "xl/drawings/drawing1.xml": drawing.encode(),
        "xl/drawings/_rels/drawing1.xml.rels": _rels({"rId1": ("image", "/xl/media/image1.png")}),
        "xl/drawings/vmlDrawing9.vml": _HEADER_VML.encode(),
        "xl/drawings/_rels/vmlDrawing9.vml.rels": _rels({"rId1": ("image", "/xl/media/image2.png")}),
        _rels_of(start): _rels({"rId1": ("drawing", "/xl/drawings/drawing1.xml")}),
        _rels_of(questions): _rels({"rId1": ("vmlDrawing", "/xl/drawings/vmlDrawing9.vml")}),
        start: package.part(start).replace(b"</worksheet>", b'<drawing xmlns:r="%b" r:id="rId1"/></worksheet>' % R.encode()),
        questions: _questions(package.part(questions)),
        TYPES: _with_types(package.part(TYPES)),
        "docProps/custom.xml": _LABEL_PROPERTY.encode(),
        "_rels/.rels": package.part("_rels/.rels").replace(b"</Relationships>", _LABEL_RELATION + b"</Relationships>"),
        "xl/workbook.xml": package.part("xl/workbook.xml").replace(
            b"<definedNames>", b"<definedNames><definedName name=\"the_teams_own\">'Questions'!$H$5:$I$5</definedName>"
        ),
    }  # fmt: skip
    return package.with_parts({name: deflated(part) for name, part in changed.items()}).to_bytes()


_LABEL_PROPERTY = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_6a1b_Name"><vt:lpwstr>Official-Sensitive</vt:lpwstr></property></Properties>"""
_LABEL_RELATION = (
    b'<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/>'
    b'<Relationship Id="rIdL" Type="http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels" Target="docMetadata/LabelInfo.xml"/>'
)


def _rels(targets: Mapping[str, tuple[str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{part}"/>' for key, (kind, part) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _with_types(types: bytes) -> bytes:
    more = (
        b'<Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>'
        b'<Override PartName="/docMetadata/LabelInfo.xml" ContentType="application/vnd.ms-office.classificationlabels+xml"/>'
        b'<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    endings = b'<Default Extension="png" ContentType="image/png"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    start = types.index(b">", types.index(b"<Types")) + 1
    return types[:start] + endings + types[start:].replace(b"</Types>", more + b"</Types>")


def _questions(sheet: bytes) -> bytes:
    rich = b'<is><r><rPr><b/><sz val="12"/><rFont val="Arial"/></rPr><t>Evidence</t></r><r><rPr><i/><sz val="12"/><rFont val="Arial"/></rPr><t xml:space="preserve"> on file</t></r></is>'
    sheet = sheet.replace(b"<is><t>Evidence</t></is>", rich)
    sheet = sheet.replace(
        b"<conditionalFormatting",
        b'<protectedRanges><protectedRange sqref="H5" name="Evidence"/></protectedRanges><conditionalFormatting',
        1,
    )
    tail = b'<legacyDrawingHF xmlns:r="%b" r:id="rId1"/>' % R.encode() + _DATA_BAR.encode()
    return sheet.replace(b"<oddFooter>", b"<oddHeader>&amp;L&amp;G</oddHeader><oddFooter>").replace(
        b"</worksheet>", tail + b"</worksheet>"
    )
