"""The contents of a report have page numbers when it is opened, or none: never a wrong one, and Word asks nothing."""

from __future__ import annotations

import io
import re
import subprocess

import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from report_builder import TEMPLATE, content, demo_content

from audit_kit.office import page_numbers
from audit_kit.office.document import text_of
from audit_kit.office.page_numbers import office_program, with_page_numbers
from audit_kit.office.report_document import report_properties, write_report
from audit_kit.office.word_package import opened

in_office = [
    pytest.mark.office,
    pytest.mark.skipif(not office_program(), reason="LibreOffice is not installed"),
]


def numbers_in(report: bytes) -> dict[str, int]:
    """Heading → page, as the contents say."""
    links = opened(report).element.body.iter(qn("w:hyperlink"))
    lines = [text_of(link).split("\t") for link in links if (link.get(qn("w:anchor")) or "").startswith("_Toc")]
    return {words[1]: int(words[2]) for words in lines if len(words) == 3}


def pages_of(report: bytes, folder) -> list[str]:
    """What stands on each page when the report is printed."""
    (folder / "report.docx").write_bytes(report)
    subprocess.run(
        [office_program(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / "report.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return [page.extract_text() for page in PdfReader(folder / "report.pdf").pages]


def assert_right(report: bytes, folder) -> None:
    pages, numbers = pages_of(report, folder), numbers_in(report)
    assert len(numbers) == 20
    for heading, page in numbers.items():
        begins = re.compile(rf"^(?:\d+|Appendix [A-D]:)\s*{re.escape(heading)}\s*$", re.MULTILINE)
        assert [n for n, text in enumerate(pages, start=1) if begins.search(text)] == [page], heading


@pytest.mark.parametrize("made", [pytest.param(content, id="small", marks=in_office), pytest.param(demo_content, id="demo", marks=[*in_office, pytest.mark.proof])])  # fmt: skip
def test_each_heading_begins_on_the_page_that_the_contents_say(made, tmp_path):
    said = made()

    numbered = with_page_numbers(write_report(TEMPLATE, said), report_properties(said))

    assert numbered.why_not == ""
    assert_right(numbered.data, tmp_path)
    document = opened(numbered.data)
    assert document.settings.element.find(qn("w:updateFields")) is None
    fields = [node.text or "" for node in document.element.iter(qn("w:instrText"))]
    assert sum("PAGEREF _Toc" in field for field in fields) == 20


def test_without_libreoffice_there_are_no_numbers_and_the_draft_says_why(monkeypatch):
    monkeypatch.setattr(page_numbers, "office_program", lambda: "")
    said = content()

    numbered = with_page_numbers(write_report(TEMPLATE, said), report_properties(said))

    assert numbers_in(numbered.data) == {}
    assert "No page numbers, because LibreOffice is not installed here." in "".join(
        comment.text for comment in opened(numbered.data).comments
    )


def headings_on(monkeypatch, *layouts: list[list[int]]) -> list[int]:
    """Lets the report be laid out like this, round after round; gives which headings were set to begin a page."""
    rounds, broken = iter(layouts), []
    monkeypatch.setattr(page_numbers, "office_program", lambda: "soffice")
    monkeypatch.setattr(page_numbers, "_laid_out", lambda *_: next(rounds))
    begin = page_numbers._begin_page

    def note(heading) -> None:
        broken.append(text_of(heading).strip())
        begin(heading)

    monkeypatch.setattr(page_numbers, "_begin_page", note)
    return broken


def test_a_heading_that_moves_when_pages_are_shorter_begins_a_page_of_its_own(monkeypatch):
    said = content()
    sure = [2] * 6 + [3] * 14
    broken = headings_on(monkeypatch, [sure, [2] * 5 + [3] * 15, sure], [sure] * 3)

    numbered = with_page_numbers(write_report(TEMPLATE, said), report_properties(said))

    assert broken == ["What worked well"]
    assert list(numbers_in(numbered.data).values()) == sure


def test_where_the_page_before_it_is_full_to_the_brim_the_heading_before_begins_the_page(monkeypatch):
    said, sure = content(), [2] * 5 + [3] * 15
    moving = [sure, [2] * 6 + [3] * 14, sure]
    broken = headings_on(monkeypatch, moving, moving, [sure] * 3)

    numbered = with_page_numbers(write_report(TEMPLATE, said), report_properties(said))

    assert broken == ["What worked well", "Grades by key line of enquiry"]
    begins = [heading for heading in opened(numbered.data).paragraphs if heading.paragraph_format.page_break_before]
    assert "What worked well" not in [heading.text for heading in begins]
    assert list(numbers_in(numbered.data).values()) == sure


def test_pages_that_never_agree_leave_the_contents_without_numbers(monkeypatch):
    said, sure = content(), [2] * 20
    headings_on(monkeypatch, *[[sure, sure, [2] * 5 + [3] * 15]] * 9)

    numbered = with_page_numbers(write_report(TEMPLATE, said), report_properties(said))

    assert numbered.why_not == "the pages could not be told for certain"
    assert numbers_in(numbered.data) == {}


@pytest.mark.office
@pytest.mark.skipif(not office_program(), reason="LibreOffice is not installed")
def test_a_report_in_a_font_that_is_not_here_gets_none(tmp_path):
    document = opened(TEMPLATE)
    document.styles["Normal"].font.name = "Boards Own Sans"
    buffer, said = io.BytesIO(), content()
    document.save(buffer)

    numbered = with_page_numbers(write_report(buffer.getvalue(), said), report_properties(said))

    assert numbered.why_not == "the report's font is not installed here"
