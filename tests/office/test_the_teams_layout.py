"""The audit tools agreed for use are the team's own: what is designed in Excel is what agencies get, nothing lost."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from designed import HEADER_LOGO, LABEL, LOGO, designed
from tool_examples import COVER, LAYOUT, WORDS, a_theme, every_answer, retyped, saved_by_libreoffice

from audit_kit.domain.standard_sheets import tool_for
from audit_kit.errors import AuditKitError
from audit_kit.office.forms import read_answers
from audit_kit.office.layout_contract import faults_against
from audit_kit.office.package_patch import Package, deflated
from audit_kit.office.safe_read import read_safely
from audit_kit.office.tool_workbook import compile_tool, read_layout, send_back_copy, worded
from audit_kit.store.folders import shipped

#: openpyxl warns that it can't keep what this is about
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

SHIPPED = (shipped("templates") / "audit_tool.xlsx").read_bytes()
TOOL = tool_for(a_theme(5), "H", "MPS", tuple(f"N{n}" for n in range(1, 6)), {})
FIRST_LINE = LAYOUT.names["start_reference"].row  # below everything on Start that grows


def laid_out(data: bytes):
    return read_layout(data, "audit_tool.xlsx")


@pytest.fixture(scope="module")
def layout():
    return laid_out(designed(SHIPPED, LAYOUT.sheets["Start"], LAYOUT.sheets["Questions"], FIRST_LINE))


@pytest.fixture(scope="module")
def copies(layout) -> dict[str, bytes]:
    """A fresh tool and one that goes back."""
    fresh = compile_tool(layout, TOOL, WORDS).personalise(COVER)
    back = send_back_copy(
        layout, TOOL, WORDS, COVER, {"N1.ours": "Good"}, [("N1.evidence", "Please say where this is.")]
    )
    return {"fresh": fresh, "back": back}


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read(name)


# --- nothing that was designed is lost -------------------------------------------------------------------


@pytest.mark.parametrize("copy", ["fresh", "back"])
def test_pictures_header_images_and_the_sensitivity_label_are_taken_over_byte_for_byte(copies, copy):
    assert part(copies[copy], "xl/media/image1.png") == LOGO
    assert part(copies[copy], "xl/media/image2.png") == HEADER_LOGO
    assert part(copies[copy], "docMetadata/LabelInfo.xml") == LABEL
    assert b"MSIP_Label_6a1b_Name" in part(copies[copy], "docProps/custom.xml")
    assert b"audit_kit_form" in part(copies[copy], "docProps/custom.xml")


@pytest.mark.parametrize("copy", ["fresh", "back"])
def test_a_text_box_moves_with_its_line_and_its_words_are_filled_in(copies, copy):
    drawing = part(copies[copy], "xl/drawings/drawing1.xml").decode()
    start = openpyxl.load_workbook(BytesIO(copies[copy]))["Start"]
    line = next(row[0].row for row in start.iter_rows() if row[0].value == "Audit reference")

    assert WORDS.team_mailbox in drawing and 'descr="The Board\'s logo"' in drawing
    assert [int(row) for row in re.findall(r"<xdr:row>(\d+)<", drawing)][2] == line  # counted from 0: the line after


def test_rich_text_in_a_heading_keeps_its_fonts(copies):
    sheet = part(copies["fresh"], LAYOUT.sheets["Questions"])

    assert b"<b/>" in sheet and b"<i/>" in sheet and b"> on file</t>" in sheet


def test_a_format_of_excel_2010_and_a_protected_range_grow_with_the_rows(copies):
    sheet = part(copies["fresh"], LAYOUT.sheets["Questions"])

    assert b"sqref>H5:H9</" in sheet
    assert b'<protectedRange sqref="H5:H9"' in sheet
    assert b"legacyDrawingHF" in sheet and b"&amp;L&amp;G" in sheet


def test_a_name_of_the_teams_own_stays_and_the_binding_ones_go(copies):
    names = openpyxl.load_workbook(BytesIO(copies["fresh"])).defined_names

    assert names["the_teams_own"].attr_text == "'Questions'!$H$5:$I$9"
    assert not [name for name in names if name.startswith(("questions_", "start_", "look_", "only_"))]


def test_notes_of_a_copy_that_goes_back_stand_beside_the_header_image(copies):
    book = openpyxl.load_workbook(BytesIO(copies["back"]))
    sheet = part(copies["back"], LAYOUT.sheets["Questions"])

    assert [cell.comment.text for row in book["Questions"].iter_rows() for cell in row if cell.comment] == [
        "Please say where this is."
    ]
    assert sheet.index(b"<legacyDrawing ") < sheet.index(b"<legacyDrawingHF")


@pytest.mark.office
def test_libreoffice_opens_a_designed_tool_with_its_picture_and_answers(tmp_path, layout):
    answers = {
        ref: text for ref, text in every_answer(worded(layout, TOOL)).items() if not ref.startswith("chronology.")
    }
    filled = compile_tool(layout, TOOL, WORDS).personalise(COVER, answers)

    (saved,) = saved_by_libreoffice(tmp_path, "xlsx", filled)

    with zipfile.ZipFile(BytesIO(saved)) as archive:
        assert [name for name in archive.namelist() if name.startswith("xl/media/")]
    assert read_answers(read_safely(saved), worded(layout, TOOL)).answers == answers


@pytest.mark.office
@pytest.mark.parametrize("name", ["audit_tool.xlsx", "planning_workbook.xlsx"])
def test_a_layout_that_somebody_saved_in_libreoffice_can_still_be_used(tmp_path, name):
    shipped_one = (shipped("templates") / name).read_bytes()

    (saved,) = saved_by_libreoffice(tmp_path, "xlsx", shipped_one)

    assert read_layout(saved, name).names.keys() == read_layout(shipped_one, name).names.keys()


def test_print_titles_that_stand_there_twice_are_told_with_what_to_do():
    package = Package.read(SHIPPED)
    titles = (
        b'<definedName name="_xlnm.Print_Titles" localSheetId="6">\'Chronology\'!$4:$4</definedName></definedNames>'
    )
    twice = package.part("xl/workbook.xml").replace(b"</definedNames>", titles)

    with pytest.raises(AuditKitError, match="repeats in print are set twice: save it once in Excel"):
        laid_out(package.with_parts({"xl/workbook.xml": deflated(twice)}).to_bytes())


# --- what the team changes is what agencies get ----------------------------------------------------------


def test_what_is_changed_in_the_layout_is_changed_in_the_tool():
    def change(book):
        book["Questions"].title = "Lines of enquiry"
        sheet = book["Lines of enquiry"]
        sheet["H4"] = "What you saw"
        sheet.column_dimensions["H"].width = 120
        sheet["H5"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFF8E1")
        for cells in list(book.defined_names.values()):
            cells.attr_text = cells.attr_text.replace("'Questions'!", "'Lines of enquiry'!")
        book["Start"]["A2"] = "{board} thanks you."

    layout = laid_out(retyped(SHIPPED, change))
    tool = worded(layout, TOOL)
    data = compile_tool(layout, TOOL, WORDS).personalise(COVER, {"N5.evidence": "Seen at home."})
    book = openpyxl.load_workbook(BytesIO(data))

    sheet = book["Lines of enquiry"]
    assert (sheet["H4"].value, sheet.column_dimensions["H"].width) == ("What you saw", 120)
    assert (sheet["H9"].value, sheet["H9"].fill.fgColor.rgb) == ("Seen at home.", "00FFF8E1")
    assert book["Start"]["A2"].value == "Fictional Safeguarding Children Board thanks you."
    assert tool.place("N5.evidence").in_words() == "question N5 (Title 5), what you saw"
    assert read_answers(read_safely(data), tool).answers == {"N5.evidence": "Seen at home."}


def test_columns_may_stand_in_another_order():
    def change(book):
        sheet = book["Questions"]
        for name, column in (("evidence", "I"), ("why", "H")):
            book.defined_names[f"questions_{name}"].attr_text = f"'Questions'!${column}$5"
        sheet["H4"], sheet["I4"] = "Why this grade", "Evidence"

    layout = laid_out(retyped(SHIPPED, change))
    data = compile_tool(layout, TOOL, WORDS).personalise(COVER, {"N2.why": "Because.", "N2.evidence": "Seen."})

    sheet = openpyxl.load_workbook(BytesIO(data))["Questions"]
    assert (sheet["H6"].value, sheet["I6"].value) == ("Because.", "Seen.")
    assert read_answers(read_safely(data), TOOL).answers == {"N2.why": "Because.", "N2.evidence": "Seen."}


# --- what can't be copied safely, or doesn't fit, is refused with its place --------------------------------


def without_name(name: str):
    return lambda book: book.defined_names.pop(name)


def renamed(name: str, new: str):
    def change(book):
        cells = book.defined_names.pop(name)
        cells.name = new
        book.defined_names[new] = cells

    return change


def typed(sheet: str, cell: str, text: str):
    return lambda book: book[sheet].__setitem__(cell, text)


def long_message(book):
    book["Questions"].data_validations.dataValidation[0].prompt = "x" * 300


FAULTS: dict[str, tuple[Callable, str]] = {
    "a name is gone": (without_name("questions_evidence"), "the name *questions_evidence* (Evidence in the prototype row on the sheet Questions) is missing"),
    "a name was changed": (renamed("questions_evidence", "questions_evidences"), "the nearest one there is *questions_evidences*"),
    "a name of Start is gone": (without_name("start_due"), "the name *start_due* (when it is due) is missing"),
    "a word that there is not": (typed("Start", "A2", "{bord}. Thank you."), "sheet Start, cell A2: it asks for *{bord}*, which there is not; the nearest thing we have is *{board}*"),
    "the reference has another label": (typed("Start", f"A{FIRST_LINE}", "Our reference"), "this must read *Audit reference*"),
    "a heading is empty": (typed("Questions", "H4", ""), "sheet Questions, cell H4: this column has no heading"),
    "the question is never printed": (typed("Questions", "D5", "Answer this"), "sheet Questions, cell D5: this cell never prints *{what we ask}*"),
    "cells are merged": (lambda book: book["Voice"].merge_cells("B4:C4"), "sheet Voice, cell B4: cells are merged among the questions"),
    "an answer cell is locked": (lambda book: setattr(book["Questions"]["H5"], "protection", openpyxl.styles.Protection(locked=True)), "sheet Questions, cell H5: this answer cell is locked"),
    "a question's cell is open": (lambda book: setattr(book["Questions"]["B5"], "protection", openpyxl.styles.Protection(locked=False)), "sheet Questions, cell B5: this cell takes no answer and must be locked"),
    "a message is too long": (long_message, "the input message has 300 characters; Excel takes 255"),
    "a sheet is not protected": (lambda book: setattr(book["Voice"].protection, "sheet", False), "sheet Voice: the sheet is not protected"),
    "a password": (lambda book: book["Voice"].protection.set_password("x"), "sheet Voice: the sheet is protected with a password"),
    "rows can't be sized": (lambda book: setattr(book["Voice"].protection, "formatRows", True), "sheet Voice: the protection must allow formatting rows"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_layout_that_does_not_fit_is_refused_with_the_place(fault):
    change, said = FAULTS[fault]
    layout = laid_out(retyped(SHIPPED, change))

    with pytest.raises(AuditKitError, match="must change first") as refused:
        compile_tool(layout, TOOL, WORDS)

    assert said in refused.value.sentence()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("xl/vbaProject.bin", "macros"), ("_xmlsignatures/sig1.xml", "signed"), ("XL/workbook.xml", "there twice"),
        ("xl/externalLinks/externalLink1.xml", "takes data from other files"), ("xl/tables/table1.xml", "an Excel table"),
        ("xl/pivotTables/pivotTable1.xml", "a pivot table"), ("xl/ctrlProps/ctrlProp1.xml", "form controls"),
        ("xl/embeddings/oleObject1.bin", "a file is embedded"), ("xl/connections.xml", "a connection to data elsewhere"),
        ("xl/revisions/revisionHeaders.xml", "a log of changes"), ("xl/VBAPROJECT.bin", "macros"), ("_XMLSignatures/sig1.xml", "signed"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_copied_safely_is_refused(name, reason):
    data = Package.read(SHIPPED)
    unsafe = BytesIO(data.to_bytes())
    with zipfile.ZipFile(unsafe, "a") as archive:
        archive.writestr(name, b"<x/>")

    with pytest.raises(AuditKitError, match=reason):
        laid_out(unsafe.getvalue())


_ORDINARY = b"spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("part", "before", "after", "reason"),
    [
        ("[Content_Types].xml", b"openxmlformats-officedocument." + _ORDINARY, b"ms-excel.sheet.macroEnabled.main+xml", "no ordinary workbook but one for macros"),
        ("[Content_Types].xml", _ORDINARY, b"spreadsheetml.template.main+xml", "or a template of Excel's own"),
        ("xl/workbook.xml", b'name="Voice"', b'name="QUESTIONS"', "two of its sheets have the same name"),
        ("xl/workbook.xml", b"<bookViews", b'<workbookProtection workbookPassword="CC1A" lockStructure="1"/><bookViews', "the workbook is protected with a password"),
    ],
)  # fmt: skip
def test_a_layout_from_which_no_tool_that_opens_would_come_is_refused(part, before, after, reason):
    package = Package.read(SHIPPED)
    changed = package.part(part).replace(before, after)
    assert changed != package.part(part)

    with pytest.raises(AuditKitError, match=reason):
        laid_out(package.with_parts({part: deflated(changed)}).to_bytes())


def test_what_a_designer_hides_beside_and_below_the_form_is_nothing_to_tell():
    def change(book):
        sheet = book["Questions"]
        for column in ("P", "Q", "R"):
            sheet.column_dimensions[column].hidden = True
        sheet.row_dimensions[40].hidden = True

    assert faults_against(laid_out(retyped(SHIPPED, change)), TOOL) == ()


def test_a_name_that_is_defined_twice_is_refused():
    package = Package.read(SHIPPED)
    book = package.part("xl/workbook.xml")
    twice = book.replace(
        b"</definedNames>", b"<definedName name=\"QUESTIONS_WHY\">'Questions'!$A$1</definedName></definedNames>"
    )

    with pytest.raises(AuditKitError, match="is defined twice"):
        laid_out(package.with_parts({"xl/workbook.xml": deflated(twice)}).to_bytes())


def test_a_tool_that_the_kit_wrote_is_no_layout():
    with pytest.raises(AuditKitError, match="that the kit wrote, not a template"):
        laid_out(compile_tool(LAYOUT, TOOL, WORDS).personalise(COVER))


def test_the_layout_that_comes_with_the_kit_has_no_fault():
    assert faults_against(LAYOUT, worded(LAYOUT, TOOL)) == ()


def test_a_heading_that_is_worded_at_more_length_is_not_cut_off():
    longer = "How would you grade what our own agency did for this child in the months that are looked at?"
    copy = compile_tool(laid_out(retyped(SHIPPED, typed("Questions", "F4", longer))), TOOL, WORDS).personalise(COVER)

    heights = [
        openpyxl.load_workbook(BytesIO(data))["Questions"].row_dimensions[4].height
        for data in (compile_tool(laid_out(SHIPPED), TOOL, WORDS).personalise(COVER), copy)
    ]

    assert heights[0] == 38
    assert heights[1] > 4 * 15.6  # four lines in a column of 25
