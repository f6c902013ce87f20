"""What everybody is sent is made of the templates: in none of them anything keeps a reader out."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import ROOT
from docx import Document
from docx.shared import RGBColor
from mini import PLANNED, an_installation

from audit_kit import process
from audit_kit.access import check

OFFICE = sorted(path for path in (ROOT / "templates").iterdir() if path.suffix in (".docx", ".xlsx", ".pptx"))


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_nothing_is_found_in_a_template(path):
    assert check(path) == ()


def told(folder: Path) -> list[str]:
    mini = an_installation(folder)
    letter = mini.folder / "templates" / "set_aside_note.docx"
    document = Document(str(letter))
    document.paragraphs[1].runs[0].font.color.rgb = RGBColor(0xBB, 0xBB, 0xBB)
    document.save(str(letter))
    with mini.on(PLANNED) as kit:
        return [fault.sentence for fault in process.check_templates(kit)]


def test_the_check_of_templates_tells_what_would_keep_readers_out(tmp_path):
    (sentence,) = (each for each in told(tmp_path / "kit") if "set_aside_note" in each)

    assert sentence == (
        "The template set_aside_note.docx, paragraph 2: #BBBBBB on #FFFFFF is 1.91 to 1, and 3 is needed. "
        "Readers with low vision can't make the text out. Choose a darker colour for the text or a lighter one behind it."
    )
