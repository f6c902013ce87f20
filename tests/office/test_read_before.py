"""What need not be read again in a file of which only some parts differ: and that nothing new hides behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audit_kit.domain.base64_lines import in_base64
from audit_kit.domain.letters import MailDraft
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.mail import draft
from audit_kit.office.package_patch import Package, SlottedPart, deflated, token_slots
from audit_kit.office.package_texts import texts_of
from audit_kit.office.question_bank import read_question_bank
from audit_kit.office.read_before import ReadBefore
from audit_kit.office.tool_workbook import CompiledTool, ToolCover, ToolWords, compile_tool, read_layout
from audit_kit.store.folders import shipped

NAME = "Zorqa Vexley"
CASES = tuple(AuditRef("2026-A2-NEG", f"H{number}", "MPS") for number in (1, 2))


@pytest.fixture(scope="module")
def compiled() -> CompiledTool:
    theme = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes()).theme("neglect")
    assert theme is not None
    tool = tool_for(theme, "H", "MPS", tuple(kloe.ref for kloe in theme.kloes if kloe.is_for_all), {})
    layout = read_layout((shipped("templates") / "audit_tool.xlsx").read_bytes(), "audit_tool.xlsx")
    return compile_tool(
        layout, tool, ToolWords("The Board", "Hackney", theme.title, "020 7946 0100", "audit@example.org")
    )


def cover(audit: AuditRef, **changes) -> ToolCover:
    dates = date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 5)
    return replace(ToolCover(audit, 1, "Metropolitan Police", *dates, "Q7ZKD-3MB2A-XH5TR-LW6CE"), **changes)


@pytest.fixture(scope="module")
def tools(compiled: CompiledTool) -> tuple[bytes, bytes]:
    """The same tool for two cases."""
    first, second = (compiled.personalise(cover(audit)) for audit in CASES)
    return first, second


@pytest.fixture
def before(tools: tuple[bytes, bytes]) -> ReadBefore:
    """The first tool was looked through, and nothing was in it."""
    known = [reference.encode() for audit in CASES for reference in (str(audit), audit.case)]
    before = ReadBefore(frozenset(known), lambda code: code.startswith("Q7ZKD-"))
    for placed in texts_of("tool.xlsx", tools[0], before):
        before.remember(placed.text)
    before.confirm()
    return before


def read(data: bytes, before: ReadBefore | None = None) -> list[str]:
    return [placed.text for placed in texts_of("tool.xlsx", data, before)]


def test_of_a_copy_that_differs_in_its_references_alone_nothing_is_read_but_the_names_of_its_parts(tools, before):
    assert len(read(tools[1], before)) * 50 < len(read(tools[1]))


def test_of_a_copy_with_another_code_or_day_only_little_is_read_and_that_is_in_it(compiled, before):
    day = compiled.personalise(cover(CASES[1], due=date(2026, 11, 6)))
    code = compiled.personalise(cover(CASES[1], code="ALICE-SMITH-JONES-BAKER"))

    assert len(read(day, before)) * 20 < len(read(day))
    before.forget()
    assert any("2026-11-06" in text for text in read(day, before))
    assert any("ALICE" in text for text in read(code, before))


@pytest.mark.parametrize("changes", [{"agency_name": NAME}, {"tier": NAME}, {"code": NAME}])
def test_a_name_in_what_differs_from_copy_to_copy_is_read(compiled, before, changes):
    assert any(NAME in text for text in read(compiled.personalise(cover(CASES[1], **changes)), before))


@pytest.mark.parametrize("at", [b"<row ", b"<c r=", b"</sheetData>", b"</worksheet>"])
def test_a_name_in_a_stretch_is_read_wherever_it_stands(compiled, before, at):
    """Among stretches that are known, and with the references of a known copy around it."""
    part, slotted = next((name, part) for name, part in compiled.compiled.parts.items() if b"<row " in part._part)
    place = slotted._part.index(at)
    changed = slotted._part[:place] + b"<t>" + NAME.encode() + b"</t>" + slotted._part[place:]
    spoilt = SlottedPart(changed, token_slots(changed, ("@@audit@@", "@@round@@")), ("@@audit@@", "@@round@@"))
    values = {"@@audit@@": str(CASES[1]).encode(), "@@round@@": b"1"}
    data = compiled.compiled.package.with_parts({part: spoilt.filled(values)}).to_bytes()

    assert any(NAME in text for text in read(data, before))


def test_a_part_that_is_not_what_its_check_sum_says_is_damaged(compiled, before):
    part, slotted = next(iter(compiled.compiled.parts.items()))
    filled = replace(slotted.filled({}), crc=1)
    data = compiled.compiled.package.with_parts({part: filled}).to_bytes()

    assert any(placed.unread for placed in texts_of("tool.xlsx", data, before))


def _parts(data: bytes) -> list[str]:
    package = Package.read(data)
    return [name for name in package.names if name.endswith(".xml") and b"</" in package.part(name)]


def test_a_name_in_any_part_of_the_next_copy_is_read(tools, before):
    package = Package.read(tools[1])
    for part in _parts(tools[1]):
        at = package.part(part).rindex(b"</")
        changed = package.part(part)[:at] + b"<t>" + NAME.encode() + b"</t>" + package.part(part)[at:]
        data = package.with_parts({part: deflated(changed)}).to_bytes()
        assert any(NAME in placed.text for placed in texts_of("tool.xlsx", data, before)), part
        before.forget()


@pytest.mark.parametrize("at", [b"<c r=", b"<dataValidation ", b"<conditionalFormatting ", b"&amp;RAudit "])
def test_a_name_beside_what_is_known_is_read(tools, before, at):
    package = Package.read(tools[1])
    part = next(name for name in package.names if name.startswith("xl/worksheets/") and at in package.part(name))
    xml = package.part(part)
    if at.startswith(b"<"):
        end = xml.index(b">", xml.index(at))
        end -= xml[end - 1 : end] == b"/"
        changed = xml[:end] + b' note="' + NAME.encode() + b'"' + xml[end:]
    else:
        changed = xml.replace(at, at + NAME.encode() + b" ")
    data = package.with_parts({part: deflated(changed)}).to_bytes()
    assert any(NAME in placed.text for placed in texts_of("tool.xlsx", data, before))


def test_only_references_that_the_kit_gave_are_passed_over(tools, before):
    package = Package.read(tools[1])
    part = next(name for name in package.names if b"&amp;RAudit " in package.part(name))
    changed = package.part(part).replace(str(CASES[1]).encode(), b"2026-A2-NEG/H2/VEXLEY")
    data = package.with_parts({part: deflated(changed)}).to_bytes()
    assert any("VEXLEY" in placed.text for placed in texts_of("tool.xlsx", data, before))


def test_a_draft_with_a_known_tool_is_read_without_it(tools, before):
    mail = draft(MailDraft(("mps@agency.example",), "Audit tool", f"About {NAME}.", (("tool.xlsx", tools[0]),)))
    texts = [placed.text for placed in texts_of("mail.eml", mail, before)]
    assert any(NAME in text for text in texts)
    assert len(texts) < 40


def a_draft(audit: AuditRef, tool: bytes, about: str = "") -> bytes:
    text = f"Please find attached the audit tool for case {audit.case}. It is due on Thursday.{about}"
    name = f"{audit.file_stem(1)}.xlsx"
    return draft(
        MailDraft(("mps@agency.example",), f"{audit} – audit tool", text, ((name, tool), ("due.ics", b"x" * 400)))
    )


def test_of_a_draft_that_differs_in_its_references_alone_nothing_is_read(tools, before):
    list(texts_of("mail.eml", a_draft(CASES[0], tools[0]), before))
    before.confirm()
    list(texts_of("tool.xlsx", tools[1], before))
    before.confirm()

    assert list(texts_of("mail.eml", a_draft(CASES[1], tools[1]), before)) == []
    named = texts_of("mail.eml", a_draft(CASES[1], tools[1], f" {NAME} is meant."), before)
    assert any(NAME in placed.text for placed in named)
    other = AuditRef("2026-A2-NEG", "H2", "VEXLEY")
    assert any("VEXLEY" in placed.text for placed in texts_of("mail.eml", a_draft(other, tools[1]), before))


def test_a_draft_with_another_tool_is_read_with_it(tools, before):
    package = Package.read(tools[0])
    hidden = package.with_parts({"xl/more.xml": deflated(f"<t>{NAME}</t>".encode())}).to_bytes()
    mail = draft(MailDraft(("mps@agency.example",), "Audit tool", "As agreed.", (("tool.xlsx", hidden),)))
    assert any(NAME in placed.text for placed in texts_of("mail.eml", mail, before))


def test_a_draft_with_a_tool_that_is_as_long_as_a_known_one_and_begins_alike_is_read_with_it(tools, before):
    package = Package.read(tools[0])
    known, named = (
        package.with_parts({"xl/more.xml": deflated(f"<t>{text}</t>".encode())}).to_bytes()
        for text in (NAME[::-1], NAME)
    )
    assert len(known) == len(named)
    list(texts_of("tool.xlsx", known, before))
    before.confirm()

    assert any(NAME in placed.text for placed in texts_of("mail.eml", a_draft(CASES[1], named), before))


def test_a_known_tool_with_something_behind_it_is_no_known_one(before):
    """In base64 its last line is whole, so that the first line of what follows could be taken for the mail's next part."""
    package = Package({"xl/more.xml": deflated(b"<t/>")})
    sizes = (package.with_parts({f"{'x' * more}.xml": deflated(b"<t/>")}).to_bytes() for more in range(1, 58))
    whole_lines = next(data for data in sizes if len(data) % 57 == 0)
    list(texts_of("tool.xlsx", whole_lines, before))
    before.confirm()
    mail = draft(MailDraft((), "A tool", "As agreed.", (("tool.xlsx", whole_lines + NAME.encode()),)))

    assert in_base64(whole_lines) in before.without_known_attachments(mail)


def test_what_was_met_beside_a_name_is_read_again(tools):
    before = ReadBefore()
    assert list(texts_of("tool.xlsx", tools[0], before))
    before.forget()
    assert len(list(texts_of("tool.xlsx", tools[0], before))) > 100


def on_file(*texts: str, footer: str = "Audit 2026-A2-NEG/H1/MPS, on file") -> bytes:
    """A workbook of one sheet, as copies on file are written."""
    rows = "".join(
        f'<row r="{row}" ht="22"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for row, text in enumerate(texts, start=1)
    )
    sheet = (
        f"<worksheet><sheetData>{rows}</sheetData>"
        f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter></worksheet>"
    )
    return Package({"xl/worksheets/sheet1.xml": deflated(sheet.encode())}).to_bytes()


@pytest.fixture
def one_on_file() -> ReadBefore:
    before = ReadBefore(frozenset((b"2026-A2-NEG/H1/MPS", b"2026-A2-NEG/H2/MPS")))
    for placed in texts_of("copy.xlsx", on_file("Seen at home."), before):
        before.remember(placed.text)
    before.confirm()
    return before


def test_of_a_copy_on_file_only_cells_are_read_where_the_rest_of_the_sheet_is_that_of_another(one_on_file):
    again = on_file("Seen at school.", footer="Audit 2026-A2-NEG/H2/MPS, on file")

    assert read(again, one_on_file) == ["Seen at school."]


def test_a_name_in_the_rest_of_its_sheet_is_read(one_on_file):
    assert NAME in read(on_file("Seen at school.", footer=NAME), one_on_file)


def test_what_was_met_in_the_rest_beside_a_name_is_read_again(one_on_file):
    with_name = on_file("Seen at school.", footer=NAME)
    read(with_name, one_on_file)
    one_on_file.forget()

    assert NAME in read(with_name, one_on_file)


def test_a_part_that_stands_under_two_names_is_damaged():
    data = on_file("Seen at home.").replace(b"sheet1.xml", b"sheet2.xml", 1)

    assert [placed.unread for placed in texts_of("copy.xlsx", data)][-1] == "it is damaged"
