"""What need not be read again in a file of which only some parts differ: and that nothing new hides behind it."""

from __future__ import annotations

from datetime import date

import pytest

from audit_kit.domain.letters import MailDraft
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.mail import draft
from audit_kit.office.package_patch import Package, deflated
from audit_kit.office.package_texts import texts_of
from audit_kit.office.question_bank import read_question_bank
from audit_kit.office.read_before import ReadBefore
from audit_kit.office.tool_workbook import ToolCover, ToolWords, compile_tool, read_layout
from audit_kit.store.folders import shipped

NAME = "Zorqa Vexley"
CASES = tuple(AuditRef("2026-A2-NEG", f"H{number}", "MPS") for number in (1, 2))


@pytest.fixture(scope="module")
def tools() -> tuple[bytes, bytes]:
    """The same tool for two cases."""
    theme = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes()).theme("neglect")
    assert theme is not None
    tool = tool_for(theme, "H", "MPS", tuple(kloe.ref for kloe in theme.kloes if kloe.is_for_all), {})
    layout = read_layout((shipped("templates") / "audit_tool.xlsx").read_bytes(), "audit_tool.xlsx")
    compiled = compile_tool(
        layout, tool, ToolWords("The Board", "Hackney", theme.title, "020 7946 0100", "audit@example.org")
    )
    dates = date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 5)
    first, second = (
        compiled.personalise(ToolCover(audit, 1, "Metropolitan Police", *dates, "Q7ZKD-3MB2A-XH5TR-LW6CE"))
        for audit in CASES
    )
    return first, second


@pytest.fixture
def before(tools: tuple[bytes, bytes]) -> ReadBefore:
    """The first tool was looked through, and nothing was in it."""
    before = ReadBefore(frozenset(str(audit).encode() for audit in CASES))
    for placed in texts_of("tool.xlsx", tools[0], before):
        before.remember(placed.text)
    before.confirm()
    return before


def test_of_the_next_copy_only_little_is_read_and_its_case_is_in_it(tools, before):
    whole = [placed.text for placed in texts_of("tool.xlsx", tools[1])]
    again = [placed.text for placed in texts_of("tool.xlsx", tools[1], before)]
    assert len(again) * 20 < len(whole)
    assert any("H2" in text for text in again)


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


def test_a_draft_with_another_tool_is_read_with_it(tools, before):
    package = Package.read(tools[0])
    hidden = package.with_parts({"xl/more.xml": deflated(f"<t>{NAME}</t>".encode())}).to_bytes()
    mail = draft(MailDraft(("mps@agency.example",), "Audit tool", "As agreed.", (("tool.xlsx", hidden),)))
    assert any(NAME in placed.text for placed in texts_of("mail.eml", mail, before))


def test_what_was_met_beside_a_name_is_read_again(tools):
    before = ReadBefore()
    assert list(texts_of("tool.xlsx", tools[0], before))
    before.forget()
    assert len(list(texts_of("tool.xlsx", tools[0], before))) > 100
