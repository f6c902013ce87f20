"""Ordinary files that another program saved and that hold none of the faults give no false alarm."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx.shared import RGBColor
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from plain_files import a_document, a_picture, a_workbook, codes, saved

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def through_libreoffice(data: bytes, ending: str, folder: Path) -> bytes:
    """What LibreOffice makes of a file when it opens and saves it."""
    source = folder / f"ordinary.{ending}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(SOFFICE), "--headless", profile, "--convert-to", ending, "--outdir", str(folder / "saved"), str(source)],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    return (folder / "saved" / source.name).read_bytes()


def an_ordinary_workbook() -> bytes:
    """Colours, a form on a protected sheet, conditions, a link: as people make them."""
    book = a_workbook()
    sheet, dark = book.active, Side(style="thin", color="FF404040")
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF12436D")
    sheet["B2"].border = Border(left=dark, right=dark, top=dark, bottom=dark)
    sheet["B2"].protection, sheet["B2"].fill = Protection(locked=False), PatternFill("solid", fgColor="FFFFF9E0")
    sheet["C2"].number_format = "#,##0;-#,##0"
    sheet["D1"], sheet["D2"] = "State", '=IF(C2>0,"waiting","in")'
    sheet["D1"].font = Font(bold=True)
    late = PatternFill("solid", bgColor="FFFDECEA")
    sheet.conditional_formatting.add("D2:D3", FormulaRule(formula=['$D2="waiting"'], fill=late))
    sheet.conditional_formatting.add("B2:C3", CellIsRule(operator="equal", formula=["0"], font=Font(bold=True)))
    sheet["A5"], sheet["A5"].hyperlink = "The process of 2017", "https://example.org/process"
    sheet["A5"].font = Font(color="FF0563C1", underline="single")
    sheet.protection.sheet = True
    return saved(book)


def an_ordinary_document() -> bytes:
    document = a_document()
    document.add_heading("Actions", 2)
    document.add_paragraph("Ask the school.", style="List Bullet")
    document.add_paragraph().add_run("Done").font.color.rgb = RGBColor(0x0B, 0x6B, 0x44)
    document.add_picture(a_picture())
    document.inline_shapes[0]._inline.docPr.set("descr", "The crest of the partnership")
    document.sections[0].footer.paragraphs[0].text = "Left\t\tRight"
    return saved(document)


@pytest.mark.office
@needs_office
@pytest.mark.parametrize(("make", "ending"), [(an_ordinary_workbook, "xlsx"), (an_ordinary_document, "docx")])
def test_what_libreoffice_saves_gives_no_false_alarm(make, ending, tmp_path):
    assert codes(make()) == set()

    assert codes(through_libreoffice(make(), ending, tmp_path)) == set()
