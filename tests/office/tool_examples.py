"""A small real tool, its cover, and what people and programs do to a workbook."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.package_patch import Package, deflated
from audit_kit.office.tool_workbook import ToolCover, ToolWords, read_layout, worded
from audit_kit.store.folders import shipped

LAYOUT = read_layout((shipped("templates") / "audit_tool.xlsx").read_bytes(), "audit_tool.xlsx")

WORDS = ToolWords("Fictional Safeguarding Children Board", "Hackney", "Neglect", "020 7946 0000", "audit@board.example")
COVER = ToolCover(
    AuditRef("2026-A2-NEG", "H3", "MPS"), 1, "Fictional Police Service",
    date(2025, 11, 1), date(2026, 10, 31), date(2026, 12, 4), "Q7ZKD-3MB2A-XH5TR-LW6CE",
)  # fmt: skip


def a_theme(count: int = 12) -> Theme:
    kloes = tuple(
        Kloe(
            f"N{n}", f"Title {n}", f"Was line of enquiry {n} followed in the child's time?",
            ("What was seen.", "Who was told; see {threshold document}."),
            (("Outstanding", "Early and shared."), ("Good", "In time."),
             ("Requires improvement", "Late."), ("Inadequate", "Not at all.")),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return Theme("neglect", "NEG", "Neglect", "2026.1", kloes)


def a_tool(count: int = 12):
    theme = a_theme(count)
    refs = tuple(kloe.ref for kloe in theme.kloes)
    return worded(LAYOUT, tool_for(theme, "H", "MPS", refs, {"threshold document": "Wellbeing Framework"}))


def every_answer(tool) -> dict[str, str]:
    """One answer in every cell, of the sort that is asked for."""
    answers = {}
    for ref in tool.answer_refs:
        place = tool.place(ref)
        if place.choices:
            answers[ref] = place.choices[0]
        elif place.kind == "date":
            answers[ref] = "2026-03-14"
        elif place.kind == "number":
            answers[ref] = "3"
        else:
            answers[ref] = f"Answer to {ref}: a & b < c, “quoted”.\nSecond line."
    return answers


def retyped(data: bytes, change) -> bytes:
    """The workbook after a person changed it: ``change`` is given the open workbook."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def saved_by_libreoffice(folder: Path, ending: str, *workbooks: bytes, was: str = "xlsx") -> list[bytes]:
    """These workbooks after LibreOffice opened them and saved them in another format."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    before, after = folder / f"before_{ending}", folder / f"after_{ending}"
    before.mkdir()
    for number, data in enumerate(workbooks):
        (before / f"tool{number:03}.{was}").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", ending, "--outdir", str(after), *map(str, sorted(before.iterdir()))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    saved = sorted(after.glob(f"*.{ending}"))
    assert len(saved) == len(workbooks), "LibreOffice could not open every workbook"
    return [path.read_bytes() for path in saved]


def without_remembered_results(data: bytes) -> bytes:
    """The workbook with no formula's result in it, so that whoever opens it must work them out."""
    package = Package.read(data)
    sheets = [name for name in package.names if name.startswith("xl/worksheets/sheet")]
    return package.with_parts(
        {name: deflated(re.sub(rb"</f><v>[^<]*</v>", b"</f>", package.part(name))) for name in sheets}
    ).to_bytes()
