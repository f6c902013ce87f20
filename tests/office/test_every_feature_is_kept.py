"""What can be designed in Excel is what agencies get: each feature of a layout is in the copy, or the layout is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from designed import R, _rels_of
from features import ADDED_TO, FEATURES, full_kind, grafted
from lxml import etree
from tool_examples import COVER, LAYOUT, WORDS, a_theme, saved_by_libreoffice

from audit_kit.domain.standard_sheets import tool_for
from audit_kit.errors import AuditKitError
from audit_kit.office.forms import read_answers
from audit_kit.office.package_patch import Package, deflated
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_workbook import compile_tool, read_layout, worded
from audit_kit.store.folders import shipped

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says what it would lose

TOOL = tool_for(a_theme(3), "H", "MPS", ("N1", "N2", "N3"), {})
START = LAYOUT.sheets["Start"]
DESIGNED = grafted((shipped("templates") / "audit_tool.xlsx").read_bytes(), START, FEATURES.values())


@pytest.fixture(scope="module")
def layout():
    return read_layout(DESIGNED, "audit_tool.xlsx")


@pytest.fixture(scope="module")
def copy(layout) -> dict[str, bytes]:
    """What is in an issued tool: part → content."""
    return parts_of(compile_tool(layout, TOOL, WORDS).personalise(COVER))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_of_the_layout_is_in_the_tool(name, copy):
    feature = FEATURES[name]

    assert feature.is_in(copy)
    assert [
        part for part, put_in in feature.parts.items() if part not in ADDED_TO and not same(copy[part], put_in)
    ] == []


@pytest.mark.parametrize(
    "name", [name for name, feature in FEATURES.items() if feature.kinds or feature.related or feature.wide]
)
def test_the_tool_says_what_each_part_is_and_what_it_belongs_to(name, copy):
    feature = FEATURES[name]

    for part, kind in feature.kinds.items():
        assert f'PartName="/{part}" ContentType="{kind}"'.encode() in copy["[Content_Types].xml"]
    for rels, kinds in (
        (_rels_of(START), feature.related.values()),
        ("xl/_rels/workbook.xml.rels", [feature.wide] if feature.wide else []),
        ("_rels/.rels", [feature.whole] if feature.whole else []),
    ):
        assert all(f'Type="{full_kind(kind)}"'.encode() in copy[rels] for kind in kinds)


def same(one: bytes, other: bytes) -> bool:
    """Whether a part is as it was, to the last byte or, where it was moved about in, as XML."""
    if one == other or not one.lstrip().startswith(b"<"):
        return one == other
    return canonical(one) == canonical(other)


def canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n")


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_found_only_where_it_was_put(name):
    """Else the tests above would prove nothing."""
    feature = FEATURES[name]
    without = Package.read((shipped("templates") / "audit_tool.xlsx").read_bytes())

    put_in = feature.parts or feature.sheet or feature.more or feature.cell or feature.swaps
    assert feature.is_in(parts_of(DESIGNED))
    if put_in:
        assert not feature.is_in({part: without.part(part) for part in without.names})


@pytest.mark.parametrize(
    ("where", "what"),
    [("xl/webextensions/taskpanes.xml", "asks Excel for an add-in"), ("xl/model/item.data", "would be refused"), ("xl/macrosheets/sheet1.xml", "would be refused")],
)  # fmt: skip
def test_a_layout_with_what_no_return_may_hold_is_refused(where, what):
    layout = Package.read(DESIGNED).with_parts({where: deflated(b"<x/>")})

    with pytest.raises(AuditKitError, match=what):
        read_layout(layout.to_bytes(), "audit_tool.xlsx")


def test_a_layout_with_scenarios_is_refused_since_libreoffice_makes_sheets_of_them():
    package = Package.read(DESIGNED)
    scenario = b'<scenarios current="0" show="0"><scenario name="Late" count="1"><inputCells r="E1" val="1"/></scenario></scenarios>'
    sheet = package.part(START).replace(b"<conditionalFormatting ", scenario + b"<conditionalFormatting ", 1)

    with pytest.raises(AuditKitError, match="it has scenarios"):
        read_layout(package.with_parts({START: deflated(sheet)}).to_bytes(), "audit_tool.xlsx")


def test_openpyxl_would_lose_more_than_half_of_them():
    """Why copies are patched, and not loaded and saved."""
    book, saved = openpyxl.load_workbook(BytesIO(DESIGNED)), BytesIO()
    book.save(saved)
    left = parts_of(saved.getvalue())

    assert {name for name, feature in FEATURES.items() if feature.is_in(left)} == {
        name for name, feature in FEATURES.items() if feature.openpyxl
    }


def test_the_folder_of_whoever_designed_it_is_not_told_to_every_agency(layout):
    """Excel writes into a workbook where it was last saved; a Windows folder is called after its owner."""
    where = b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\zorqa.vexley\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
    book = layout.package.part("xl/workbook.xml").replace(b"<bookViews>", where + b"<bookViews>")
    saved = read_layout(layout.package.with_parts({"xl/workbook.xml": deflated(book)}).to_bytes(), "audit_tool.xlsx")
    assert b"zorqa.vexley" in saved.package.part("xl/workbook.xml")

    data = compile_tool(saved, TOOL, WORDS).personalise(COVER)

    assert not [name for name in Package.read(data).names if b"vexley" in Package.read(data).part(name)]
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames[0] == "Start"


def test_the_printer_of_whoever_designed_it_is_not_told_either():
    """Windows keeps its name, and the server's. How the page is set up stands in the sheet, and stays."""
    package = Package.read(DESIGNED)
    part, rels = "xl/printerSettings/printerSettings1.bin", _rels_of(START)
    relation = f'<Relationship Id="rIdP" Type="{full_kind("printerSettings")}" Target="../printerSettings/printerSettings1.bin"/></Relationships>'
    declared = f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings"/></Types>'
    changed = {
        part: "\\\\vexley\\office".encode("utf-16-le"),
        rels: package.part(rels).replace(b"</Relationships>", relation.encode()),
        "[Content_Types].xml": package.part("[Content_Types].xml").replace(b"</Types>", declared.encode()),
        START: package.part(START).replace(b"<pageSetup ", b'<pageSetup xmlns:r="%b" r:id="rIdP" ' % R.encode()),
    }
    saved = read_layout(package.with_parts({p: deflated(c) for p, c in changed.items()}).to_bytes(), "audit_tool.xlsx")

    for _ in range(2):  # the second takes over sheets that the first finished
        tool = parts_of(compile_tool(saved, TOOL, WORDS).personalise(COVER))

        assert not [
            name for name, content in tool.items() if b"printerSettings" in content or "printerSettings" in name
        ]
        assert b"rIdP" not in tool[START] and b"rIdP" not in tool[rels]
        assert b'paperSize="9"' in tool[START]


@pytest.mark.office
def test_libreoffice_opens_a_tool_with_all_of_them_and_its_answers(tmp_path, layout):
    answers = {"N1.evidence": "Seen at home, with the child."}
    data = compile_tool(layout, TOOL, WORDS).personalise(COVER, answers)

    (saved,) = saved_by_libreoffice(tmp_path, "xlsx", data)

    assert read_answers(read_safely(saved), worded(layout, TOOL)).answers == answers
    assert openpyxl.load_workbook(BytesIO(saved)).sheetnames == openpyxl.load_workbook(BytesIO(data)).sheetnames
