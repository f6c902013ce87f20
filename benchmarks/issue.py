"""Issuing audit tools beside what one would otherwise use. Ratios of one run, never single times.

python benchmarks/issue.py [TOOLS]

First one copy: the package patch, a copy of the file, openpyxl (load, fill, save) and XlsxWriter (the same cells, styles
and widths from scratch, without lists, formulas or links). Then the command ``audit-kit issue`` for so many
tools (1,000 unless said), in a process of its own, its modules compiled before as pip does: compiling, check codes, mail drafts, the second look at every part of
every file, sealing, SHA-256, writing and renaming, journal; and with its start and the tracker that it writes at the end. ext4
takes long to make files where many were removed in the last minutes: set ``TMPDIR`` to a folder on a quiet disk. In turn with it openpyxl's loop, some copies before and some
after, so that whatever else the machine does falls on both; for as many it is worked out from these.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

import audit_kit
from audit_kit.acts.setting_up import set_up
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.domain.session import AskedAgency, AuditSession, Case, Lead, SessionDates
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.kit import Kit, opened
from audit_kit.office.question_bank import read_question_bank
from audit_kit.office.tool_workbook import CompiledTool, ToolCover, ToolWords, compile_tool, read_layout
from audit_kit.store.folders import shipped

ROUNDS, COPIES, LOOP = 5, 10, 30
SESSION = "2026-A2-NEG"
AGENCIES = ("CSC-H", "EH-H", "EDU-H", "HVSN", "HOM", "GP", "CAMHS", "AMH", "MPS", "PROB")
TODAY = date(2026, 10, 8)


def main() -> None:
    tools = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    _one_copy()
    _whole_issue(tools)


def _one_copy() -> None:
    """The ways of writing one copy, in turn so that whatever else the machine does falls on all alike."""
    compiled = _compiled()
    blank = compiled.personalise(_cover(0))
    cells = _cells_of(blank)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "blank.xlsx", Path(folder) / "copy.xlsx"
        source.write_bytes(blank)
        ways: dict[str, Callable[[int], object]] = {
            "package patch": lambda number: target.write_bytes(compiled.personalise(_cover(number))),
            "copy of the file": lambda number: target.write_bytes(source.read_bytes()),
            "openpyxl load, fill, save": lambda number: _with_openpyxl(source, target, number),
            "XlsxWriter from scratch": lambda number: _with_xlsxwriter(cells, target),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                started = time.process_time()
                for number in range(COPIES):
                    way(number)
                seconds[name].append((time.process_time() - started) / COPIES * 1000)
    base = statistics.median(seconds["package patch"])
    print(f"one copy of {len(blank):,} bytes, CPU")
    for name, taken in seconds.items():
        print(f"  {name:28} {statistics.median(taken):9.3f} ms {statistics.median(taken) / base:9.1f} x the patch")


def _compiled() -> CompiledTool:
    theme = _theme()
    tool = tool_for(theme, "H", "MPS", tuple(kloe.ref for kloe in theme.kloes if kloe.is_for_all), {})
    layout = read_layout((shipped("templates") / "audit_tool.xlsx").read_bytes(), "audit_tool.xlsx")
    return compile_tool(
        layout, tool, ToolWords("The Board", "Hackney", theme.title, "020 7946 0100", "audit@example.org")
    )


def _whole_issue(tools: int) -> None:
    blank = _compiled().personalise(_cover(0))
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(Path(audit_kit.__file__).parent)], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(_installation(folder), Clock(TODAY), "benchmark") as kit:
            _plan(kit, tools)
        loop = _openpyxl_loop(blank, folder, LOOP)
        alone = Path(__file__).with_name("issue_alone.py")
        command = [sys.executable, str(alone), str(folder / "config.yaml"), SESSION, TODAY.isoformat()]
        done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        loop = (loop + _openpyxl_loop(blank, folder, LOOP)) / 2
        written = len(list((folder / "outbox").rglob("*_r1.xlsx")))
    assert done["tools"] == written == tools
    cpu, whole = done["cpu"] / tools * 1000, done["whole_cpu"] / tools * 1000
    print(f"audit-kit issue, {tools:,} tools, everything included; openpyxl's loop takes {loop:.1f} ms CPU a tool")
    print(f"  issuing {cpu:13.2f} ms CPU a tool, {loop / cpu:.1f} x less; {done['wall']:.1f} s in all")
    print(f"  the whole command {whole:.2f} ms CPU a tool, {loop / whole:.1f} x less (with its start and the tracker)")
    print(f"  highest memory {done['peak']:.0f} MiB when all were issued ({done['before']:.0f} MiB before it began)")
    print(f"  highest memory {done['whole_peak']:.0f} MiB of the whole command")


def _openpyxl_loop(blank: bytes, folder: Path, copies: int) -> float:
    """Milliseconds of CPU for a copy, over so many."""
    source, target = folder / "blank.xlsx", folder / "copy.xlsx"
    source.write_bytes(blank)
    started = time.process_time()
    for number in range(copies):
        _with_openpyxl(source, target, number)
    return (time.process_time() - started) / copies * 1000


def _with_openpyxl(source: Path, target: Path, number: int) -> None:
    book, cover = load_workbook(source), _cover(number)
    start, meta = book["Start"], book["_meta"]
    for row, value in enumerate((str(cover.audit), cover.audit.case, cover.agency_name, cover.due), start=19):
        start.cell(row, 2, value)
    meta["B5"] = str(cover.audit)
    book.save(target)


def _cells_of(workbook: bytes) -> dict[str, list[tuple[int, int, object]]]:
    book = load_workbook(BytesIO(workbook), data_only=True)
    return {
        sheet.title: [(c.row - 1, c.column - 1, c.value) for row in sheet.iter_rows() for c in row if c.has_style]
        for sheet in book.worksheets
    }


def _with_xlsxwriter(cells: dict[str, list[tuple[int, int, object]]], target: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(target) as book:
        worn = book.add_format({"font_name": "Arial", "font_size": 12, "text_wrap": True, "border": 1})
        for title, written in cells.items():
            sheet = book.add_worksheet(title)
            sheet.set_column(0, 20, 30)
            for row, column, value in written:
                sheet.write_string(row, column, "" if value is None else str(value), worn)


def _theme():
    theme = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes()).theme("neglect")
    assert theme is not None
    return theme


def _cover(number: int) -> ToolCover:
    audit = AuditRef(SESSION, f"H{number % 9 + 1}", "MPS")
    dates = date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 5)
    return ToolCover(audit, 1, "Metropolitan Police", *dates, "Q7ZKD-3MB2A-XH5TR-LW6CE")


def _installation(folder: Path) -> Path:
    text = shipped("config.yaml").read_text(encoding="utf-8")
    text = text.replace('  folder: ""', '  folder: "store"')
    text = text.replace('  service_key_file: ""', '  service_key_file: "service.key"')
    config = folder / "config.yaml"
    config.write_text(text, encoding="utf-8")
    (folder / "templates").symlink_to(shipped("templates"))
    set_up(config, folder / "keys")
    return config


def _plan(kit: Kit, tools: int) -> None:
    """A session in which each agency is asked about so many cases that there are so many audits, without papers."""
    theme = _theme()
    each, more = divmod(tools, len(AGENCIES))
    cases = tuple(
        Case(f"H{n}", "Child in need", "aged 5-10", AGENCIES if n <= each else AGENCIES[:more])
        for n in range(1, each + 2) if n <= each or more
    )  # fmt: skip
    agencies = tuple(
        AskedAgency(
            code, f"The agency {code}", ("child", "siblings"), Lead("The lead", f"{code.lower()}@agency.example")
        )
        for code in AGENCIES
    )
    session = AuditSession(
        SESSION, theme.name, theme.title, "review", "Learning review", "QA Sub Committee", date(2026, 9, 10), "item 6",
        tuple(kloe.ref for kloe in theme.kloes), cases, agencies, (),
        SessionDates(date(2025, 10, 1), date(2026, 9, 30), TODAY, TODAY, TODAY, date(2026, 11, 5), date(2026, 12, 1),
                     date(2027, 1, 14), date(2027, 2, 4), date(2027, 3, 11)),
    )  # fmt: skip
    kit.vault.put(f"themes/{SESSION}", theme, type(theme))
    kit.vault.put(f"sessions/{SESSION}", session, AuditSession)
    for number, case in enumerate(cases):
        people = (
            Person("subject_child", f"Zorq{number}a Vexley{number}", dob="2016-05-17", postcode="N1 9GU"),
            Person("mother", f"Quillena{number} Vexley{number}"),
        )
        if number < 8:  # as many families as a session has
            kit.vault.put(f"register/{SESSION}/{case.ref}", CaseRegister(case.ref, people), CaseRegister)
        asked = kit.event(EventKind.ASKED, SESSION, case.ref, round=1, codes=(("due", TODAY.isoformat()),))
        kit.carry_out(f"notify:{case.ref}", [replace(asked, agency=code) for code in case.agencies])


if __name__ == "__main__":
    main()
