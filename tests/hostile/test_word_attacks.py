"""A Word file is taken only as one of the Board's forms, and only when nothing in it acts, embeds or reaches outside."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from grafting import OFFICE, a_form, graft, packed, parts_of, related, relationships, swap

from audit_kit.office.attached_template import without_attached_template
from audit_kit.office.gate import Reason, Refused
from audit_kit.office.word_gate import inspect_word

BODY, RELS, SETTINGS = "word/document.xml", "word/_rels/document.xml.rels", "word/settings.xml"
TYPES = "[Content_Types].xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def a_document() -> bytes:
    stream = BytesIO()
    document = Document()
    document.add_paragraph("What we found")
    document.save(stream)
    return stream.getvalue()


def grafted(changes) -> bytes:
    return graft(changes, a_document())


def field(*pieces: str, between: str = "") -> dict:
    """A paragraph with a field whose instruction stands in these pieces."""
    runs = between.join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return {BODY: swap("<w:body>", f"<w:body><w:p>{begin}{runs}{end}</w:p>")}


def reaching(kind: str, target: str, mode: str = "External") -> dict:
    return {RELS: related(f"{OFFICE}/{kind}", target, mode)}


def embedded(changes) -> dict:
    """A chart's workbook to which this was done."""
    return {"word/embeddings/chart1.xlsx": graft(changes)}


ATTACKS = {
    "billion laughs": ({BODY: swap("<w:document", f"{LAUGHS}<w:document")}, Reason.ODD),
    "an external entity": (
        {BODY: swap("<w:document", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document')},
        Reason.ODD,
    ),
    "UTF-7": ({BODY: lambda xml: b'<?xml version="1.0" encoding="UTF-7"?>' + xml[xml.index(b"<w:document") :]}, Reason.ODD),
    "UTF-16": ({BODY: lambda xml: xml.decode().encode("utf-16")}, Reason.ODD),
    "nesting": ({BODY: swap("<w:body>", "<w:body>" + "<w:sdt>" * 60 + "</w:sdt>" * 60)}, Reason.ODD),
    "a flood of elements": ({BODY: swap("<w:body>", "<w:body>" + "<w:p/>" * 60_000)}, Reason.TOO_LARGE),
    "a text that inflates": ({BODY: lambda xml: xml + b" " * (4 << 20)}, Reason.TOO_LARGE),
    "a macro project": ({"word/vbaProject.bin": "x"}, Reason.MACROS),
    "the type of a document with macros": (
        {
            TYPES: swap(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        },
        Reason.MACROS,
    ),
    "an embedded object": ({"word/embeddings/oleObject1.bin": "x"}, Reason.EMBEDDED),
    "another document within it": ({"word/afchunk1.docx": "x"}, Reason.EMBEDDED),
    "another document within it by relationship": (reaching("aFChunk", "media/x.htm", "Internal"), Reason.EMBEDDED),
    "another document from a server": (reaching("aFChunk", "http://127.0.0.1/x.htm"), Reason.EMBEDDED),
    "a part of a master document": (reaching("subDocument", "file:///C:/x.docx"), Reason.EXTERNAL_LINKS),
    "a frame from a server": (reaching("frame", "http://127.0.0.1/x.htm"), Reason.EXTERNAL_LINKS),
    "an object from a server": (reaching("oleObject", "http://127.0.0.1/x"), Reason.EMBEDDED),
    "a chart's data from a server": (reaching("package", "http://127.0.0.1/x.xlsx"), Reason.EXTERNAL_LINKS),
    "a picture from a server": (reaching("image", "http://127.0.0.1/x.png"), Reason.EXTERNAL_LINKS),
    "a picture that a field fetches at each opening": (
        field(r'INCLUDEPICTURE "http://127.0.0.1/x.png" \d'), Reason.EXTERNAL_LINKS,
    ),
    "a text from a server": (field("INCLUDE", r'TEXT "\\\\server\\x.docx"'), Reason.EXTERNAL_LINKS),
    "a workbook that is followed": (field(r"LINK Excel.Sheet.12 file:///x.xlsx A1"), Reason.EXTERNAL_LINKS),
    "a chart's workbook with macros": (embedded({"xl/vbaProject.bin": "x"}), Reason.CHART_WORKBOOK),
    "one that is linked to another": (
        embedded({"xl/externalLinks/externalLink1.xml": "<a/>"}), Reason.CHART_WORKBOOK,
    ),
    "one with another file in it": (embedded({"xl/embeddings/oleObject1.bin": "x"}), Reason.CHART_WORKBOOK),
    "one that is no workbook": ({"word/embeddings/chart1.xlsx": "MZ"}, Reason.CHART_WORKBOOK),
    "many that inflate, each a little": (
        {
            f"word/embeddings/chart{number}.xlsx": graft({"customXml/item1.xml": b"<a>" + b" " * (2 << 20) + b"</a>"})
            for number in range(4)
        },
        Reason.CHART_WORKBOOK,
    ),
    "an ActiveX control": ({"word/activeX/activeX1.xml": "<a/>"}, Reason.ADD_INS),
    "changes to Word's menus": ({"customUI/customUI14.xml": "<a/>"}, Reason.ADD_INS),
    "a web add-in": ({"word/webextensions/webextension1.xml": "<a/>"}, Reason.ADD_INS),
    "a program called a picture": ({"word/media/image1.png": "MZ" + "x" * 99}, Reason.EMBEDDED),
    "a part of an unknown kind": ({"word/payload.exe": "MZ"}, Reason.ODD),
    "a relationship out of the package": (reaching("theme", "../../../etc/passwd", "Internal"), Reason.ODD),
    "a field that starts a program": (field(r'DDEAUTO c:\\x.exe "/c x"'), Reason.ADD_INS),
    "one in small letters and pieces": (field("d", "deau", "to c:/x.exe"), Reason.ADD_INS),
    "one with other text between its pieces": (field("DD", "E x", between="<w:r><w:t>a</w:t></w:r>"), Reason.ADD_INS),
    "one in short": ({BODY: swap("<w:body>", '<w:body><w:p><w:fldSimple w:instr=" DDE x y"/></w:p>')}, Reason.ADD_INS),
    "one within another": (
        {
            BODY: swap(
                "<w:body>",
                '<w:body><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE x</w:instrText></w:r></w:p>',
            )
        },
        Reason.ADD_INS,
    ),
    "one in a header": (
        {
            "word/header1.xml": f'<w:hdr xmlns:w="{WORD}"><w:p><w:fldSimple w:instr="DDEAUTO x"/></w:p></w:hdr>',
            RELS: related(f"{OFFICE}/header", "header1.xml"),
        },
        Reason.ADD_INS,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), ATTACKS.values(), ids=ATTACKS)
def test_what_acts_embeds_blows_up_or_reaches_outside_is_refused(changes, reason):
    with pytest.raises(Refused) as refusal:
        inspect_word(grafted(changes))
    assert refusal.value.reason is reason
    assert refusal.value.what.startswith("The Word document was not opened because ")


HONEST = {
    "as it is": {},
    "a page number and a table of contents": field(r' TOC \o "1-3" \h '),
    "a word that begins alike": field("DDESCRIPTION"),
    "a link": reaching("hyperlink", "https://board.example/threshold"),
    "a chart's workbook": {"word/embeddings/chart1.xlsx": a_form()},
    "several": {f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx": a_form() for number in ("", 1, 2)},
    "a picture that was pasted and is kept": field(r'INCLUDEPICTURE "http://board.example/d.png" \* MERGEFORMATINET'),
    "a picture's own place": {"word/media/image1.png": "\x89PNG"},
    "a sensitivity label": {"docMetadata/LabelInfo.xml": "<a/>"},
    "comments": {"word/comments.xml": f'<w:comments xmlns:w="{WORD}"/>', RELS: related(f"{OFFICE}/comments", "comments.xml")},
    "a comment of XML": {BODY: swap("<w:body>", "<!-- saved by another program --><w:body>")},
}  # fmt: skip


@pytest.mark.parametrize("changes", HONEST.values(), ids=HONEST)
def test_what_honest_word_files_hold_is_accepted(changes):
    assert inspect_word(grafted(changes)).main == BODY


@pytest.mark.parametrize(
    "target", ["file:///C:/Users/a/Normal.dotm", "https://evil.example/x.dotm", r"\\server\templates\report.dotm"]
)
def test_a_template_that_is_attached_is_taken_out_and_nothing_else(target):
    reference = f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rIdX"/>'
    attached = grafted(
        {
            SETTINGS: lambda xml: xml.replace(b"</w:settings>", reference.encode() + b"</w:settings>"),
            "word/_rels/settings.xml.rels": relationships(f"{OFFICE}/attachedTemplate", target, "External"),
        }
    )
    assert inspect_word(attached).main == BODY

    kept = parts_of(without_attached_template(attached))

    before = parts_of(attached)
    assert b"attachedTemplate" in before[SETTINGS]
    assert not [name for name, part in kept.items() if b"attachedTemplate" in part or target.encode() in part]
    assert {name for name in kept if kept[name] != before[name]} == {SETTINGS, "word/_rels/settings.xml.rels"}
    assert kept.keys() == before.keys()
    assert inspect_word(packed(kept)).main == BODY


def test_a_document_without_one_is_the_same_to_the_last_byte():
    document = a_document()

    assert without_attached_template(document) == document
