"""Whatever somebody does to a layout by mistake is told, with the place, and marked in a copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor
from openpyxl.styles import Font, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from pptx import Presentation

from audit_kit.acts.small_forms import QA, SAMPLES
from audit_kit.acts.template_checks import check_templates, in_sentences, marked_copies
from audit_kit.config import load
from audit_kit.domain.clock import Clock
from audit_kit.places import folders_for
from audit_kit.store.disk import Disk
from audit_kit.store.folders import shipped
from audit_kit.team_templates import TemplatesAlone

LAYOUTS = ("audit_tool.xlsx", "planning_workbook.xlsx", "involvement_form.xlsx", QA)
NOT_ANSWERED = ("Start", "Guidance", "Lists", "_meta", "About this template")
NO_ANSWER = (
    "mark",
    "number",
    "wording",
    "status",
    "asked",
    "guidance",
    "fact",
    "question",
    "grades",
    "others",
    "pointed",
)


class Layout:
    """A layout open in a spreadsheet program, with the things that somebody may lay hands on."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self.book = book
        self.sheet = next(sheet for sheet in book if sheet.title not in NOT_ANSWERED)
        own = {name: cells for name, cells in book.defined_names.items() if self.sheet.title in cells.attr_text}
        self.prefix = next(name for name in own if name.endswith("_mark")).removesuffix("mark")
        self.field = next(
            name for name in own
            if name.startswith(self.prefix) and not name.startswith(f"{self.prefix}row_")
            and name.removeprefix(self.prefix) not in NO_ANSWER
        )  # fmt: skip

    def cell(self, name: str):
        return self.sheet[self.book.defined_names[name].attr_text.rpartition("!")[2].replace("$", "")]

    def heading(self):
        return self.sheet.cell(self.cell(f"{self.prefix}mark").row + 1, self.cell(self.field).column)

    def check(self, **said: str) -> None:
        check = DataValidation(showInputMessage=True, **said)
        check.add("A1")
        self.sheet.add_data_validation(check)


def rename(layout: Layout) -> None:
    named = layout.book.defined_names.pop(layout.field)
    wrong = layout.field + "x"
    layout.book.defined_names[wrong] = openpyxl.workbook.defined_name.DefinedName(wrong, attr_text=named.attr_text)


#: what somebody does → what is said of it
MISTAKES: dict[str, tuple[Callable[[Layout], object], str]] = {
    "a word misspelt": (lambda it: setattr(it.book["Start"]["A1"], "value", "{bord}"), r"the nearest thing we have is \*\{board\}\*"),
    "a word in the brackets of Word": (lambda it: setattr(it.book["Start"]["A1"], "value", "{{board}}"), "a curly bracket stands there for nothing"),
    "a bracket left open": (lambda it: setattr(it.book["Start"]["A1"], "value", "Of {board"), "a curly bracket stands there for nothing"),
    "a name deleted": (lambda it: it.book.defined_names.pop(it.field), r"the name \*FIELD\* .* is missing"),
    "a name misspelt": (rename, r"the name \*FIELD\* .* is missing; the nearest one there is \*FIELDx\*"),
    "a column deleted": (lambda it: setattr(it.book.defined_names[it.field], "attr_text", f"'{it.sheet.title}'!#REF!"), r"the name \*FIELD\* .* is missing"),
    "an answer locked": (lambda it: setattr(it.cell(it.field), "protection", Protection(locked=True)), "this answer cell is locked"),
    "a prototype row emptied": (lambda it: it.sheet.delete_rows(it.cell(it.field).row), "is locked|never prints|no heading"),
    "cells merged": (lambda it: it.sheet.merge_cells(start_row=it.heading().row, end_row=it.heading().row + 1, start_column=1, end_column=2), "merged"),
    "a heading emptied": (lambda it: setattr(it.heading(), "value", None), "this column has no heading"),
    "protection taken off": (lambda it: setattr(it.sheet.protection, "sheet", False), "the sheet is not protected"),
    "a password": (lambda it: it.sheet.protection.set_password("secret"), "protected with a password"),
    "an answer's column hidden": (lambda it: setattr(it.sheet.column_dimensions[it.cell(it.field).column_letter], "hidden", True), r"column [A-Z]+ would be hidden in every copy. Show it \(Unhide\)\."),
    "a prototype row hidden": (lambda it: setattr(it.sheet.row_dimensions[it.cell(it.field).row], "hidden", True), r"row \d+ would be hidden in every copy"),
    "a line of Start hidden": (lambda it: setattr(it.book["Start"].row_dimensions[1], "hidden", True), r"sheet Start: row 1 would be hidden in every copy"),
    "a sheet of answers hidden": (lambda it: setattr(it.sheet, "sheet_state", "hidden"), "the sheet is hidden, so that nobody would see what stands on it"),
    "a list too long": (lambda it: it.check(type="list", formula1='"' + ",".join(["words"] * 60) + '"'), "longer than 255 characters"),
    "a message too long": (lambda it: it.check(prompt="x" * 300, promptTitle="y" * 40), "has 300 characters; Excel takes 255"),
    "a text too long": (lambda it: setattr(it.book["Start"]["B4"], "value", "word " * 3_000), "no row can be so high"),
    "a pale text": (lambda it: setattr(it.book["Start"]["A3"], "font", Font(color="EEEEEE")), "4.5 is needed"),
    "a sheet renamed by another program": (lambda it: setattr(it.sheet, "title", "Other"), r"the name \*PREFIXmark\* .* is missing"),
    "Start renamed": (lambda it: setattr(it.book["Start"], "title", "Strat"), r"the sheet \*Start\* is missing; the nearest one there is \*Strat\*"),
    "the lists deleted": (lambda it: it.book.__delitem__("Lists"), r"the sheet \*Lists\* is missing"),
    "a sheet deleted": (lambda it: it.book.__delitem__(it.sheet.title), r"the name \*PREFIXmark\* .* is missing"),
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> TemplatesAlone:
    """An installation with all templates."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "templates").mkdir()
    for path in shipped("templates").iterdir():
        (folder / "templates" / path.name).write_bytes(path.read_bytes())
    config = load(shipped("config.yaml"))
    kit = TemplatesAlone(config, folders_for(folder / "config.yaml", config), Clock(None))
    kit.disk = Disk()  # type: ignore[attr-defined]
    return kit


def told_of(desk: TemplatesAlone, monkeypatch, name: str, data: bytes):
    """What is told of this template while it is so, and the copy in which it is marked."""
    from audit_kit.acts import template_checks

    its = {name: template_checks._checks()[name]}  # the others are as they came
    monkeypatch.setattr(template_checks, "_checks", lambda: its)
    path: Path = desk.folders.templates / name
    before = path.read_bytes()
    try:
        path.write_bytes(data)
        faults = check_templates(desk)
        return faults, marked_copies(desk, faults, desk.folders.templates.parent / "marked")
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_each_mistake_is_told_with_its_place_and_marked(desk, monkeypatch, name, mistake):
    layout = Layout(openpyxl.load_workbook(shipped("templates") / name))
    field, prefix = layout.field, layout.prefix
    do, said = MISTAKES[mistake]
    do(layout)
    saved = BytesIO()
    layout.book.save(saved)

    faults, copies = told_of(desk, monkeypatch, name, saved.getvalue())

    wanted = said.replace("FIELD", field).replace("PREFIX", prefix)
    assert any(re.search(wanted, fault.sentence) for fault in faults), [fault.sentence for fault in faults]
    assert len(copies) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_every_small_form_has_its_contract(desk, monkeypatch, name):
    layout = Layout(openpyxl.load_workbook(shipped("templates") / name))
    layout.book.defined_names.pop(layout.field)
    saved = BytesIO()
    layout.book.save(saved)

    faults, _ = told_of(desk, monkeypatch, name, saved.getvalue())

    assert f"*{layout.field}*" in faults[0].sentence


@pytest.mark.parametrize("data", [b"", b"hello", (shipped("templates") / "send_back_letter.docx").read_bytes()])
def test_what_is_no_workbook_is_told_in_a_sentence(desk, monkeypatch, data):
    faults, copies = told_of(desk, monkeypatch, "audit_tool.xlsx", data)

    assert "it will not open as an Excel workbook" in faults[0].sentence
    assert not copies


@pytest.mark.parametrize("name", ["audit_report.docx", "action_plan.docx", "send_back_letter.docx"])
@pytest.mark.parametrize("tag", ["{{ ''.__class__.__mro__ }}", "{{ board.format(board) }}"])
def test_a_template_that_reaches_behind_its_fields_is_told(desk, monkeypatch, name, tag):
    document = Document(str(shipped("templates") / name))
    document.add_paragraph(tag)
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, name, saved.getvalue())

    assert any("reaches for more than the fields it is given" in fault.sentence for fault in faults)
    assert len(copies) == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        # workbooks and mails have single brackets: in Word they would be sent as they stand
        (("Yours, {board}",), "nothing fills in {board}; a field of a Word template stands in double brackets. The nearest field is {{ head.board }}."),
        (("By {due date}",), "nothing fills in {due date}; a field of a Word template stands in double brackets. The nearest field is {{ due }}."),
        (("{{ head.", "board }}"), "this tag ends in another paragraph: write it in one: {{ head."),
        (("{{ 1 / 0 }}",), "works something out that can't be worked out"),
        (("{% include 'another.docx' %}",), "this is neither a loop nor a condition: {% include 'another.docx' %}"),
        (("{%p fro line in requests %}", "{%p endfor %}"), "this is neither a loop nor a condition: {%p fro line in requests %}"),
        (("{ due }}",), "this tag ends and was never begun: each end wants both its signs: { due }}"),
        # only where the example doesn't go, so that filling it in shows nothing
        (("{% if lead == 'never' %}{{ next_round / 0 }}{% endif %}",), "works something out that can't be worked out in every paper: {{ next_round / 0 }}"),
        (("{% if next_round > 40 %}much{% endif %}",), "works something out that can't be worked out in every paper: {% if next_round > 40 %}"),
        (("{{ 'once' if also_said }}",), "works something out that can't be worked out in every paper: {{ 'once' if also_said }}"),
        (("{{ requests[9].reason }}",), "works something out that can't be worked out in every paper: {{ requests[9].reason }}"),
        (("{% if lead == 'never' %}{{ lead | round }}{% endif %}",), "works something out that can't be worked out in every paper: {{ lead | round }}"),
    ],
)  # fmt: skip
def test_what_nothing_can_fill_in_is_told_with_the_next_step(desk, monkeypatch, lines, said):
    document = Document(str(shipped("templates") / "send_back_letter.docx"))
    for line in lines:
        document.add_paragraph(line)
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, "send_back_letter.docx", saved.getvalue())

    assert [fault.sentence for fault in faults if said in fault.sentence]
    assert len(copies) == 1


def a_merge_field(*pieces: str) -> str:
    """As Word writes one, its instruction in pieces, shown as «…»."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    shown = "<w:r><w:t>«shown»</w:t></w:r>"
    return mark.format("begin") + instruction + mark.format("separate") + shown + mark.format("end")


MERGED = {
    "a simple field": ('<w:fldSimple w:instr=" MERGEFIELD board \\* MERGEFORMAT "><w:r><w:t>«board»</w:t></w:r></w:fldSimple>', {"board": "head.board"}),
    "a field in quotes": ("<w:fldSimple w:instr=' MERGEFIELD \"Due Date\" '/>", {"Due Date": "due"}),
    "a field in pieces": (a_merge_field(" MERGE", "FIELD  Bo", "ard ", "\\* MERGEFORMAT").replace("«shown»", "«Board»"), {"Board": "head.board"}),
    "two fields in a line": (a_merge_field(" MERGEFIELD board ").replace("«shown»", "Ours") + a_merge_field(" MERGEFIELD due ").replace("«shown»", "Now"), {"board": "head.board", "due": "due"}),
    "an address": (a_merge_field(" ADDRESSBLOCK \\f ").replace("«shown»", ""), {"ADDRESSBLOCK": ""}),
    "typed by hand": ("<w:r><w:t>Yours, « board »</w:t></w:r>", {"board": "head.board"}),
}  # fmt: skip


@pytest.mark.parametrize("made", MERGED)
def test_a_field_for_a_mail_merge_is_told_with_the_field_that_is_meant(desk, monkeypatch, made):
    inside, told = MERGED[made]
    document = Document(str(shipped("templates") / "send_back_letter.docx"))
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")
    document.element.body.insert(0, paragraph)
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, "send_back_letter.docx", saved.getvalue())

    said = [fault.sentence.partition(": nothing fills in ")[2] for fault in faults]
    assert said == [
        f"the mail-merge field «{word}»; a field of a Word template stands in double brackets."
        + (f" The nearest field is {{{{ {field} }}}}." if field else "")
        for word, field in told.items()
    ]
    assert len(copies) == 1


@pytest.mark.parametrize("name", ["audit_report.docx", "action_plan.docx", "board_summary.docx"])
@pytest.mark.parametrize("tag", ["{{ 1 / 0 }}", "{{ written_on + 'x' }}", "{% include 'another.docx' %}"])
def test_what_cant_be_worked_out_in_a_paper_is_told_before_it_is_written(desk, monkeypatch, name, tag):
    document = Document(str(shipped("templates") / name))
    document.add_paragraph(tag)
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, name, saved.getvalue())

    said = ("works something out that can't be worked out", "is neither a loop nor a condition")
    assert [any(each in fault.sentence for each in said) for fault in faults] == [True]
    assert len(copies) == 1


def test_no_bracket_of_the_templates_that_came_is_taken_for_a_mistake(desk):
    assert [fault.sentence for fault in check_templates(desk) if "bracket" in fault.sentence] == []


def in_the_bank(heading: str, text: str) -> bytes:
    """The question bank with this text in its first question."""
    book = openpyxl.load_workbook(shipped("templates") / "question_bank.xlsx")
    sheet = book["neglect"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "Ref")
    column = next(cell.column for cell in header if cell.value == heading)
    sheet.cell(header[0].row + 1, column).value = text
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("Asked of", "MPZ", "config.yaml has no agency MPZ (the nearest one there is MPS)"),
        ("Asked of", "tool: cyti", "config.yaml has no variant of the tool cyti (the nearest one there is city)"),
        ("Question", "Was {treshold document} used?", "(the nearest one there is threshold document)"),
        ("Good", "x" * 601, "longer than 600 characters"),
    ],
)
def test_what_the_question_bank_asks_of_nobody_or_by_no_word_is_told(desk, monkeypatch, heading, text, said):
    faults, copies = told_of(desk, monkeypatch, "question_bank.xlsx", in_the_bank(heading, text))

    assert any(said in fault.sentence for fault in faults), [fault.sentence for fault in faults]
    assert len(copies) == 1


#: what somebody does with the bank → what is said of it
UNSEEN: dict[str, tuple[Callable[[openpyxl.Workbook], object], str]] = {
    "a theme's sheet hidden": (lambda book: setattr(book["neglect"], "sheet_state", "hidden"), "sheet Themes, row 4, column Sheet: this sheet is hidden, and its questions are asked all the same. Show it"),
    "a theme's sheet well hidden": (lambda book: setattr(book["neglect"], "sheet_state", "veryHidden"), "sheet Themes, row 4, column Sheet: this sheet is hidden"),
    "a question's row hidden": (lambda book: setattr(book["neglect"].row_dimensions[9], "hidden", True), "sheet neglect, row 9: this row is hidden, and its question is asked all the same. Take off the filter"),
    "a theme's row hidden": (lambda book: setattr(book["Themes"].row_dimensions[5], "hidden", True), "sheet Themes, row 5: this row is hidden, and its theme can be chosen all the same."),
    "the list of themes hidden": (lambda book: setattr(book["Themes"], "sheet_state", "hidden"), "sheet Themes: this sheet is hidden, and its themes can be chosen all the same"),
    "a row of no height": (lambda book: setattr(book["neglect"].row_dimensions[9], "height", 0.01), "sheet neglect, row 9: this row is hidden"),
    "a column hidden": (lambda book: setattr(book["neglect"].column_dimensions["I"], "hidden", True), "sheet neglect: the column Asked of is hidden, and what stands in it counts all the same. Show it"),
    "columns folded away": (lambda book: book["neglect"].column_dimensions.group("I", "K", hidden=True), "sheet neglect: the column Asked of is hidden"),
    "a column of no width": (lambda book: setattr(book["neglect"].column_dimensions["D"], "width", 0.01), "sheet neglect: the column Prompts is hidden"),
    "a column of the themes hidden": (lambda book: setattr(book["Themes"].column_dimensions["D"], "hidden", True), "sheet Themes: the column Version is hidden"),
    "a sheet copied": (lambda book: setattr(book.copy_worksheet(book["neglect"]), "title", "neglect (2)"), "sheet neglect (2): no row of the sheet Themes names this sheet, so that nothing on it is asked."),
}  # fmt: skip


@pytest.mark.parametrize("done", UNSEEN)
def test_a_question_that_nobody_sees_or_that_is_seen_and_never_asked_is_told(desk, monkeypatch, done):
    book = openpyxl.load_workbook(shipped("templates") / "question_bank.xlsx")
    do, said = UNSEEN[done]
    do(book)
    saved = BytesIO()
    book.save(saved)

    faults, copies = told_of(desk, monkeypatch, "question_bank.xlsx", saved.getvalue())

    assert [said in fault.sentence for fault in faults] == [True], [fault.sentence for fault in faults]
    assert len(copies) == 1


def test_a_blank_row_between_questions_and_a_sheet_put_by_are_nothing_to_tell(desk, monkeypatch):
    book = openpyxl.load_workbook(shipped("templates") / "question_bank.xlsx")
    book["neglect"].insert_rows(7)
    book["neglect"].row_dimensions[7].hidden = True
    book.copy_worksheet(book["neglect"]).sheet_state = "hidden"
    saved = BytesIO()
    book.save(saved)

    faults, _ = told_of(desk, monkeypatch, "question_bank.xlsx", saved.getvalue())

    assert faults == ()


def commented(copy: Path) -> dict[str, str]:
    """What stands in each paragraph that has a comment, and the comment."""
    document = Document(str(copy))
    held = {}
    for comment in document.comments:
        mark = document.element.find(f".//{qn('w:commentRangeStart')}[@{qn('w:id')}='{comment.comment_id}']")
        held["".join(node.text or "" for node in mark.getparent().iter(qn("w:t")))] = comment.text
    return held


def test_a_misspelt_list_is_told_once_with_the_list_that_is_meant(desk, monkeypatch):
    document = Document(str(shipped("templates") / "notification_letter.docx"))
    loop = next(row for row in document.tables[0].rows if "{%tr for case in cases" in row.cells[0].text)
    loop.cells[0].paragraphs[0].runs[0].text = "{%tr for case in casess %}"
    for run in loop.cells[0].paragraphs[0].runs[1:]:
        run.text = ""
    saved = BytesIO()
    document.save(saved)

    faults, _ = told_of(desk, monkeypatch, "notification_letter.docx", saved.getvalue())

    assert [fault.sentence for fault in faults] == [
        "The template notification_letter.docx asks for *casess* in table 1, row 2, cell 1; "
        "the nearest thing we have is *cases*."
    ]


def test_a_field_that_only_this_list_lacks_is_marked_where_it_is_asked_for(desk, monkeypatch):
    document = Document(str(shipped("templates") / "notification_letter.docx"))
    cell = next(row for row in document.tables[0].rows if "{{ case.area }}" in row.cells[1].text).cells[1]
    cell.paragraphs[0].add_run("{{ case.theme }}")  # the letter itself has a theme
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, "notification_letter.docx", saved.getvalue())

    assert [(fault.where, fault.sentence.partition("; ")[2]) for fault in faults] == [
        ("table 1, row 3, cell 2", "the nearest thing we have is *theme*.")
    ]
    assert [text for text in commented(copies[0]) if text == "{{ case.area }}{{ case.theme }}"]


def test_what_keeps_readers_out_is_marked_where_it_stands(desk, monkeypatch):
    document = Document(str(shipped("templates") / "notification_letter.docx"))
    pale = [document.paragraphs[14], document.tables[0].rows[2].cells[1].paragraphs[0]]
    words = [paragraph.text for paragraph in pale]
    for run in [run for paragraph in pale for run in paragraph.runs]:
        run.font.color.rgb = RGBColor(0xDD, 0xDD, 0xDD)
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, "notification_letter.docx", saved.getvalue())

    assert ["4.5 is needed" in fault.sentence for fault in faults] == [True, True]
    assert {text: "4.5 is needed" in said for text, said in commented(copies[0]).items()} == dict.fromkeys(words, True)


def without_tags(name: str) -> bytes:
    """The template as LibreOffice saves it: controls keep their titles, but no tags."""
    document = Document(str(shipped("templates") / name))
    for tag in list(document.element.body.iter(qn("w:tag"))):
        tag.getparent().remove(tag)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_report_whose_sections_for_the_author_lost_their_tags_is_told_once(desk, monkeypatch):
    faults, copies = told_of(desk, monkeypatch, "audit_report.docx", without_tags("audit_report.docx"))

    (said,) = (fault.sentence for fault in faults)
    assert "no tag names of its sections for the author *Five key messages*, *The children*, *Moderation*" in said
    assert "what an author writes there would not be kept" in said
    assert len(copies) == 1


def test_a_report_without_any_section_for_the_author_is_told(desk, monkeypatch):
    document = Document(str(shipped("templates") / "audit_report.docx"))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        control.getparent().remove(control)
    saved = BytesIO()
    document.save(saved)

    faults, _ = told_of(desk, monkeypatch, "audit_report.docx", saved.getvalue())

    assert "would not be kept when the report is written again" in " ".join(fault.sentence for fault in faults)


def test_a_section_for_the_author_that_stands_inside_a_paragraph_is_told(desk, monkeypatch):
    document = Document(str(shipped("templates") / "audit_report.docx"))
    title = next(each for each in document.element.body.iter(qn("w:alias")) if each.get(qn("w:val")) == "Voice")
    control = title.getparent().getparent()
    around = parse_xml(f"<w:p {nsdecls('w')}/>")
    control.addprevious(around)
    runs = list(control.iter(qn("w:r")))
    content = control.find(qn("w:sdtContent"))
    for each in list(content):
        content.remove(each)
    content.extend(runs)
    around.append(control)
    saved = BytesIO()
    document.save(saved)

    faults, _ = told_of(desk, monkeypatch, "audit_report.docx", saved.getvalue())

    (said,) = (fault.sentence for fault in faults)
    assert "*Voice* must hold whole paragraphs, and stands inside one" in said


def test_a_feedback_form_whose_boxes_lost_their_tags_is_told_once(desk, monkeypatch):
    faults, _ = told_of(desk, monkeypatch, "feedback_parent.docx", without_tags("feedback_parent.docx"))

    (said,) = (fault.sentence for fault in faults)
    assert "has no content control whose tag is *change*, *different*, *fair*" in said
    assert "those questions could not be answered" in said


def test_the_same_at_many_places_of_a_word_template_is_said_once_and_marked_at_each(desk, monkeypatch):
    document = Document(str(shipped("templates") / "audit_report.docx"))
    for table in document.tables:
        for said in [each for each in table._tbl.tblPr if each.tag in (qn("w:tblCaption"), qn("w:tblDescription"))]:
            table._tbl.tblPr.remove(said)
    saved = BytesIO()
    document.save(saved)

    faults, copies = told_of(desk, monkeypatch, "audit_report.docx", saved.getvalue())

    (said,) = in_sentences(faults)
    assert said.startswith(
        f"The template audit_report.docx, table 1; table 2; table 3; and {len(faults) - 3} more, each marked in the copy: "
        "It has no alternative text"
    )
    assert len(faults) == len(document.tables) == len(list(Document(str(copies[0])).comments))


def test_every_field_of_the_slides_that_there_is_not_is_told(desk, monkeypatch):
    slides = Presentation(str(shipped("templates") / "seminar_slides.pptx"))
    texts = slides.slides[0].shapes
    for shape, said in zip(
        (each for each in texts if each.has_text_frame), ("{{ themee }}", "{{ bord }} {theme}"), strict=False
    ):
        shape.text_frame.text = said
    saved = BytesIO()
    slides.save(saved)

    faults, _ = told_of(desk, monkeypatch, "seminar_slides.pptx", saved.getvalue())

    told = [fault.sentence.removeprefix("The template seminar_slides.pptx, slide 1") for fault in faults]
    assert told[:3] == [
        ", asks for themee, which does not exist. The nearest there is: theme.",
        ": nothing fills in {theme}. A field is written in small letters between double brackets, such as {{ theme }}.",
        ", asks for bord, which does not exist. The nearest there is: board.",
    ]


def test_a_word_of_the_status_page_that_only_a_session_would_ask_for_is_told(desk, monkeypatch):
    page = (shipped("templates") / "status.html").read_text(encoding="utf-8")

    faults, _ = told_of(
        desk, monkeypatch, "status.html", page.replace("{{ one.summary }}", "{{ one.sumary }}").encode()
    )

    (said,) = (fault.sentence for fault in faults)
    assert "asks for something that the page does not have: *sumary*; the nearest there is: *summary*." in said
