"""Files made to hang, to blow up, to act or to be read in two ways: each is refused, for its own reason."""

import pytest
from grafting import (
    MAIN,
    MICROSOFT,
    OFFICE,
    SHEET,
    SHEET_RELS,
    STYLES,
    TEXTS,
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
    sheet,
    swap,
    with_sheet,
)

from audit_kit.office.gate import Reason, Refused, inspect

ROOT = f'<worksheet xmlns="{MAIN}">'
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXTS_TYPE, MAIN_TYPE = f"{SPREADSHEET}.sharedStrings+xml", f"{SPREADSHEET}.sheet.main+xml"
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>'


def rows(count, cells):
    return "".join(f'<row r="{number}">{cells.format(number)}</row>' for number in range(1, count + 1))


def styles(inner):
    return {STYLES: f'<styleSheet xmlns="{MAIN}">{inner}</styleSheet>'}


def shared(inner, **attributes):
    counts = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return {
        TEXTS: f'<sst xmlns="{MAIN}"{counts}>{inner}</sst>',
        WORKBOOK_RELS: related(f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
    }


def names(inner):
    return {WORKBOOK: swap("</definedNames>", f"{inner}</definedNames>")}


def in_sheet(text):
    return {SHEET: swap("<sheetData>", f"{text}<sheetData>")}


def many_sheets(count):
    parts = parts_of(a_form())
    lines, links = "", ""
    for number in range(10, 10 + count):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet("")
        lines += f'<sheet xmlns:r="{OFFICE}" name="S{number}" sheetId="{number}" r:id="k{number}"/>'
        links += f'<Relationship Id="k{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    return {
        **{name: parts[name] for name in parts if "sheet1" in name or "sheet" in name},
        WORKBOOK: swap("</sheets>", f"{lines}</sheets>"),
        WORKBOOK_RELS: swap("</Relationships>", f"{links}</Relationships>"),
    }


BOMBS = {
    "a sheet that inflates to 256 MiB of spaces": {SHEET: sheet(" " * (4 << 20)) + " " * (252 << 20)},
    "three million cells": {SHEET: sheet(rows(60_000, "".join(f'<c r="{c}{{0}}"><v>1</v></c>' for c in "ABCDE")))},
    "a hundred thousand rows of formatting": {SHEET: sheet(rows(100_000, ""))},
    "two million shared texts": shared("<si><t>a</t></si>" * 90_000),
    "a long text shown in each of thousands of cells": {
        **shared(f'<si><t>{"x" * 32_000}</t></si>'),
        SHEET: sheet(rows(500, '<c r="A{0}" t="s"><v>0</v></c>')),
    },
    "two cells at opposite corners of the grid": {
        SHEET: sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    },
    "one cell far out": {SHEET: sheet('<row r="900000"><c r="XFD900000"><v>1</v></c></row>')},
    "a cell below the form": {SHEET: sheet('<row r="5001"><c r="A5001"><v>1</v></c></row>')},
    "a cell beside the form": {SHEET: sheet('<row r="1"><c r="IW1"><v>1</v></c></row>')},
    "cells that span more than a form, sheet by sheet": {
        SHEET: sheet('<row r="5000"><c r="IV5000"><v>1</v></c></row>')
    },
    "one merged range over the grid": {
        SHEET: sheet("", after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    },
    "thousands of merged ranges": {
        SHEET: sheet("", after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 3000)) + "</mergeCells>")
    },
    "one hyperlink over the grid": {
        SHEET: sheet("", after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>')
    },
    "one array formula over the grid": {
        SHEET: sheet('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>')
    },
    "print titles of a hundred thousand letters": names(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"A" * 100_000}</definedName>'
    ),
    "thousands of names": names("".join(f'<definedName name="n{n}">1</definedName>' for n in range(2_000))),
    "a million cell formats": styles("<cellXfs>" + "<xf/>" * 50_000 + "</cellXfs>"),
    "thousands of sheets": many_sheets(100),
    "a flood of attributes": in_sheet("<x " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>"),
    "a flood of namespaces": in_sheet("<x " + " ".join(f'xmlns:a{n}="u"' for n in range(6_000)) + "/>"),
    "a list of areas that makes openpyxl count for ever": {
        SHEET: sheet("", after=f'<conditionalFormatting sqref="{"A1 " * 50_000}"/>')
    },
    "a text of 40,000 characters": {SHEET: sheet(cell("x" * 40_000))},
    "a shared text of 40,000 characters": shared(f'<si><t>{"x" * 40_000}</t></si>'),
    "many pictures": {f"xl/media/image{n}.png": bytes(5 << 20) for n in range(4)},
    "one enormous picture": {"xl/media/image1.png": bytes(7 << 20)},
}  # fmt: skip


@pytest.mark.parametrize("changes", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_as_too_large(changes):
    with pytest.raises(Refused) as refusal:
        inspect(graft(changes))
    assert refusal.value.reason in (Reason.TOO_LARGE, Reason.TEXT_TOO_LONG)


LAUGHS = '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XML_TRICKS = {
    "billion laughs": {SHEET: LAUGHS + sheet(cell("&b;"))},
    "an external entity": {SHEET: '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + sheet(cell("&x;"))},
    "an external entity over the network": {
        SHEET: '<!DOCTYPE w [<!ENTITY x SYSTEM "http://127.0.0.1/x">]>' + sheet(cell("&x;"))
    },
    "a parameter entity": {SHEET: '<!DOCTYPE w [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>' + sheet(cell("a"))},
    "a document type without entities": {SHEET: "<!DOCTYPE worksheet>" + sheet(cell("a"))},
    "a document type in the workbook": {WORKBOOK: swap("<workbook", "<!DOCTYPE workbook><workbook")},
    "a document type in the styles": {STYLES: swap("<styleSheet", "<!DOCTYPE s><styleSheet")},
    "a document type in custom XML": {"customXml/item1.xml": "<!DOCTYPE a><a/>"},
    "a document type in the relationships": {WORKBOOK_RELS: swap("<Relationships", "<!DOCTYPE r><Relationships")},
    "a processing instruction": {SHEET: "<?php echo 1 ?>" + sheet(cell("a"))},
    "UTF-16": {SHEET: (PROLOGUE.replace("UTF-8", "UTF-16") + sheet(cell("a"))).encode("utf-16")},
    "UTF-16 without saying so": {SHEET: sheet(cell("a")).encode("utf-16-le")},
    "entities in UTF-16": {SHEET: (LAUGHS + sheet(cell("&b;"))).encode("utf-16")},
    "another encoding": {SHEET: '<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet(cell("a"))},
    "UTF-7": {SHEET: '<?xml version="1.0" encoding="UTF-7"?>' + sheet(cell("a"))},
    "XML 1.1": {SHEET: '<?xml version="1.1"?>' + sheet(cell("a"))},
    "nesting": {SHEET: sheet("", after="<a>" * 60 + "</a>" * 60)},
    "nesting in a part that nobody reads": {"customXml/item1.xml": "<a>" * 60 + "</a>" * 60},
    "a namespace of thousands of letters": {"customXml/item1.xml": f'<a xmlns="{"u" * 5_000}"/>'},
    "a control character": {SHEET: sheet(cell("&#x7;"))},
    "a broken tag": {SHEET: sheet(cell("a")) + "<"},
    "bytes that are no UTF-8": {SHEET: sheet(cell("\xff\xfe")).encode("latin-1")},
    "a comment within a value": {SHEET: sheet('<row r="1"><c r="A1"><v>1<!-- -->2</v></c></row>')},
    "CDATA, which calamine drops": {SHEET: sheet('<row r="1"><c r="A1"><v><![CDATA[5]]></v></c></row>')},
    "CDATA in shared texts": shared("<si><t><![CDATA[a]]></t></si>"),
}  # fmt: skip

TWO_READINGS = {
    "a cell without its address": {SHEET: sheet('<row r="1"><c><v>1</v></c></row>')},
    "an address in small letters": {SHEET: sheet('<row r="1"><c r="a1"><v>1</v></c></row>')},
    "a cell that stands twice": {SHEET: sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>')},
    "a cell in another's row": {SHEET: sheet('<row r="1"><c r="A2"><v>1</v></c></row>')},
    "cells out of order": {SHEET: sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>')},
    "a row that stands twice": {SHEET: sheet('<row r="1"/><row r="1"/>')},
    "rows out of order": {SHEET: sheet('<row r="2"/><row r="1"/>')},
    "a row beyond the grid": {SHEET: sheet('<row r="1048577"/>')},
    "a cell beyond the grid": {SHEET: sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')},
    "two values in a cell": {SHEET: sheet('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>')},
    "a value and a text in a cell": {
        SHEET: sheet('<row r="1"><c r="A1" t="inlineStr"><v>1</v><is><t>a</t></is></c></row>')
    },
    "a text in a cell of numbers": {SHEET: sheet('<row r="1"><c r="A1"><is><t>a</t></is></c></row>')},
    "a text and a formatted text": {
        SHEET: sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><r><t>b</t></r></is></c></row>')
    },
    "two plain texts in a shared one": shared("<si><t>a</t><t>b</t></si>"),
    "two lists of cells": {SHEET: f"{ROOT}<sheetData/><sheetData>{cell('a')}</sheetData></worksheet>"},
    "a list of cells in an extension": {
        SHEET: sheet(cell("a"), before=f"<extLst><ext><sheetData>{cell('b')}</sheetData></ext></extLst>")
    },
    "a list of cells in another namespace": {
        SHEET: sheet(cell("a"), before='<sheetData xmlns="urn:x"><row r="1"/></sheetData>')
    },
    "a row outside the list": {SHEET: sheet("", after=cell("a"))},
    "a stranger among the cells": {SHEET: sheet('<row r="1"><x xmlns="urn:x"/></row>')},
    "cells behind alternate content": {
        SHEET: sheet(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:Choice Requires="x14">{cell("a")}</mc:Choice></mc:AlternateContent>'
        )
    },
    "a cell with a second address": {
        SHEET: sheet('<row r="1"><c r="A1" x:r="B2" xmlns:x="urn:x"><v>1</v></c></row>')
    },
    "a shared text that is not there": {SHEET: sheet('<row r="1"><c r="A1" t="s"><v>999</v></c></row>')},
    "a negative shared text": {SHEET: sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')},
    "a format that is not there": {SHEET: sheet('<row r="1"><c r="A1" s="9999"><v>1</v></c></row>')},
    "a number that is none": {SHEET: sheet('<row r="1"><c r="A1"><v>1_0</v></c></row>')},
    "a number in another script": {SHEET: sheet('<row r="1"><c r="A1"><v>١</v></c></row>')},
    "a yes or no that is neither": {SHEET: sheet('<row r="1"><c r="A1" t="b"><v>7</v></c></row>')},
    "a type that is none": {SHEET: sheet('<row r="1"><c r="A1" t="x"><v>7</v></c></row>')},
    "an error that is text": {SHEET: sheet('<row r="1"><c r="A1" t="e"><v>Sam Smith</v></c></row>')},
    "a count for which calamine reserves memory": shared("", count=4294967295, uniqueCount=4294967295),
    "a number format that makes a pattern crawl": styles(f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 100_000}"/></numFmts>'),
    "a merged range turned around": {SHEET: sheet("", after='<mergeCells><mergeCell ref="B2:A1"/></mergeCells>')},
    "a formula of fifty thousand letters": {
        SHEET: sheet(f'<row r="1"><c r="A1"><f>{"1+" * 25_000}1</f><v>1</v></c></row>')
    },
    "two lists of sheets": {WORKBOOK: swap("</sheets>", "</sheets><sheets/>")},
    "a sheet's line in another namespace": {WORKBOOK: swap("</sheets>", '<sheet xmlns="urn:x" name="x"/></sheets>')},
    "two sheets of one name": {WORKBOOK: swap('name="Findings"', 'name="start"')},
    "a sheet without a name": {WORKBOOK: swap('name="Findings"', 'name=""')},
    "a sheet that is not there": {WORKBOOK: swap('r:id="rId3"', 'r:id="rId99"')},
    "two lines for one sheet": {WORKBOOK: swap('r:id="rId3"', 'r:id="rId2"')},
    "a sheet in a state of its own": {WORKBOOK: swap('state="veryHidden"', 'state="gone"')},
    "a name that stands twice": names('<definedName name="audit_kit_form">"qa"</definedName>'),
    "a property that stands twice": {
        "docProps/custom.xml": lambda xml: xml.replace(
            b"</Properties>", xml[xml.index(b"<property ") : xml.index(b"</Properties>")] + b"</Properties>"
        )
    },
    "a relationship to a part that is not there": {
        WORKBOOK_RELS: related(f"{OFFICE}/theme", "theme/theme9.xml")
    },
    "a relationship out of the package": {WORKBOOK_RELS: related(f"{OFFICE}/theme", "../../../etc/passwd")},
    "two shared texts parts": {
        TEXTS: f'<sst xmlns="{MAIN}"/>',
        WORKBOOK_RELS: swap(
            "</Relationships>",
            f'<Relationship Id="a" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="b" Type="{OFFICE}/sharedStrings" Target="theme/theme1.xml"/></Relationships>',
        ),
    },
    "shared texts that only calamine would find": {TEXTS: f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>'},
    "shared texts that only openpyxl would find": {
        TYPES: swap("</Types>", f'<Override PartName="/xl/theme/theme1.xml" ContentType="{TEXTS_TYPE}"/></Types>')
    },
    "a second workbook by its type": {
        TYPES: swap("</Types>", f'<Override PartName="/xl/theme/theme1.xml" ContentType="{MAIN_TYPE}"/></Types>')
    },
    "a relationship of an unknown kind": {WORKBOOK_RELS: related("urn:x/theme", "theme/theme1.xml")},
    "relationships of nobody": {"xl/_rels/nobody.xml.rels": relationships(f"{OFFICE}/theme", "theme/theme1.xml")},
    "a part of an unknown kind": {"xl/payload.exe": "MZ"},
    "a part in an unknown place": {"evil/sheet1.xml": "<a/>"},
    "no workbook part": {WORKBOOK: None},
    "no list of types": {TYPES: None},
    "no relationships": {"_rels/.rels": None},
    "nested relationships": {
        WORKBOOK_RELS: swap("</Relationships>", "<Relationships><Relationships/></Relationships></Relationships>")
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", (XML_TRICKS | TWO_READINGS).values(), ids=XML_TRICKS | TWO_READINGS)
def test_xml_tricks_and_what_two_readers_read_differently_are_refused_as_odd(changes):
    with pytest.raises(Refused) as refusal:
        inspect(graft(changes))
    assert refusal.value.reason is Reason.ODD


def macro_type(xml):
    return swap("spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml")(xml)


ACTIVE = {
    "a macro project": ({"xl/vbaProject.bin": "x"}, Reason.MACROS),
    "a macro project by relationship": (
        {WORKBOOK_RELS: related(f"{MICROSOFT}/2006/relationships/vbaProject", "theme/theme1.xml")},
        Reason.MACROS,
    ),
    "a macro project under a harmless name": (
        {
            "xl/media/image1.png": "x",
            WORKBOOK_RELS: related(f"{MICROSOFT}/2006/relationships/vbaProject", "media/image1.png"),
        },
        Reason.MACROS,
    ),
    "the type of a workbook with macros": ({TYPES: macro_type}, Reason.MACROS),
    "a macro sheet": ({"xl/macrosheets/sheet1.xml": "<a/>"}, Reason.MACROS),
    "a dialog sheet": ({"xl/dialogsheets/sheet1.xml": "<a/>"}, Reason.MACROS),
    "a name that runs on opening": (names('<definedName name="_xlnm.Auto_Open">1</definedName>'), Reason.MACROS),
    "a name that is a macro": (names('<definedName name="m" xlm="1">1</definedName>'), Reason.MACROS),
    "an embedded object": ({"xl/embeddings/oleObject1.bin": "x"}, Reason.EMBEDDED),
    "an embedded workbook": ({"xl/embeddings/Workbook1.xlsx": "x"}, Reason.EMBEDDED),
    "an embedded object in the sheet": (
        {SHEET: sheet("", after='<oleObjects><oleObject progId="Package"/></oleObjects>')},
        Reason.EMBEDDED,
    ),
    "an embedded package by relationship": (
        {"xl/media/image1.png": "x", SHEET_RELS: relationships(f"{OFFICE}/package", "../media/image1.png")},
        Reason.EMBEDDED,
    ),
    "a program called a picture": ({"xl/media/image1.png": "MZ" + "x" * 99}, Reason.EMBEDDED),
    "a zip called a picture": ({"xl/media/image1.png": packed({"a": "b"})}, Reason.EMBEDDED),
    "an OLE file called printer settings": (
        {"xl/printerSettings/printerSettings1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9},
        Reason.EMBEDDED,
    ),
    "an ActiveX control": ({"xl/activeX/activeX1.xml": "<a/>"}, Reason.ADD_INS),
    "a control by relationship": (
        {"xl/ctrlProps/c.xml": "<a/>", SHEET_RELS: relationships(f"{OFFICE}/control", "../ctrlProps/c.xml")},
        Reason.ADD_INS,
    ),
    "changes to Excel's menus": ({"customUI/customUI14.xml": "<a/>"}, Reason.ADD_INS),
    "a web add-in": ({"xl/webextensions/webextension1.xml": "<a/>"}, Reason.ADD_INS),
    "a link to another workbook": ({"xl/externalLinks/externalLink1.xml": "<a/>"}, Reason.EXTERNAL_LINKS),
    "a reference to another workbook": (
        {WORKBOOK: swap("</sheets>", '</sheets><externalReferences><externalReference/></externalReferences>')},
        Reason.EXTERNAL_LINKS,
    ),
    "a picture fetched from outside": (
        {SHEET_RELS: relationships(f"{OFFICE}/image", "http://127.0.0.1/x.png", "External")},
        Reason.EXTERNAL_LINKS,
    ),
    "a drawing fetched from a share": (
        {SHEET_RELS: relationships(f"{OFFICE}/drawing", "file://///server/x", "External")},
        Reason.EXTERNAL_LINKS,
    ),
    "a database connection": ({"xl/connections.xml": "<a/>"}, Reason.CONNECTIONS),
    "a query": ({"xl/queryTables/queryTable1.xml": "<a/>"}, Reason.CONNECTIONS),
    "live data": ({"xl/volatileDependencies.xml": "<a/>"}, Reason.CONNECTIONS),
    "a data model": ({"xl/model/item.data": "x"}, Reason.CONNECTIONS),
    "Power Query": (
        {"customXml/item1.xml": "<DataMashup xmlns='http://schemas.microsoft.com/DataMashup'>AAAA</DataMashup>"},
        Reason.CONNECTIONS,
    ),
    "Power Query in UTF-16": (
        {"customXml/item1.xml": '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'.encode("utf-16")},
        Reason.CONNECTIONS,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "reason"), ACTIVE.values(), ids=ACTIVE)
def test_what_acts_embeds_or_reaches_outside_is_refused_with_its_own_sentence(changes, reason):
    with pytest.raises(Refused) as refusal:
        inspect(graft(changes))
    assert refusal.value.reason is reason


def test_the_form_itself_is_accepted_so_that_the_refusals_mean_something():
    assert inspect(a_form()).sheets[1].filled == 80
    assert inspect(graft({})).sheets[1].filled == 80
    assert inspect(with_sheet(cell("a"))).sheets[1].filled == 1


def test_a_refusal_never_quotes_the_file():
    secret = "Zebedee Quill"
    with pytest.raises(Refused) as refusal:
        inspect(with_sheet(f'<row r="1"><c r="A1" t="{secret}"><v>{secret}</v></c></row>'))
    assert secret not in f"{refusal.value!r} {refusal.value} {refusal.value.rule}"
    assert refusal.value.__cause__ is None
