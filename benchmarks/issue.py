"""Issuing audit tools: the package patch beside what one would otherwise use. Ratios of one run, never single times.

python benchmarks/issue.py [COPIES]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.office.question_bank import read_question_bank
from audit_kit.office.tool_workbook import ToolCover, ToolWords, compile_tool
from audit_kit.store.folders import shipped

ROUNDS = 5


def main() -> None:
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    bank = read_question_bank((shipped("templates") / "question_bank.xlsx").read_bytes())
    theme = bank.theme("neglect")
    assert theme is not None
    tool = tool_for(theme, "H", "MPS", tuple(kloe.ref for kloe in theme.kloes), {})
    compiled = compile_tool(tool, ToolWords("The Board", "Hackney", theme.title, "020 7946 0100", "audit@example.org"))
    blank = compiled.personalise(_cover(0))

    def patch(number: int) -> bytes:
        return compiled.personalise(_cover(number))

    def openpyxl_loop(number: int) -> bytes:
        book, saved = load_workbook(BytesIO(blank)), BytesIO()
        book["Start"]["B4"] = str(_cover(number).audit)
        book.save(saved)
        return saved.getvalue()

    def plain_copy(number: int) -> bytes:
        return bytes(bytearray(blank))

    ways: dict[str, Callable[[int], bytes]] = {
        "package patch": patch,
        "openpyxl load, fill, save": openpyxl_loop,
        "copy of the bytes": plain_copy,
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):  # in turn, so that whatever else the machine does falls on all alike
        for name, way in ways.items():
            started = time.process_time()
            for number in range(copies):
                way(number)
            seconds[name].append((time.process_time() - started) / copies)
    base = statistics.median(seconds["package patch"])
    for name, taken in seconds.items():
        print(
            f"{name:28} {statistics.median(taken) * 1000:9.3f} ms a copy  {statistics.median(taken) / base:8.1f} x the patch"
        )


def _cover(number: int) -> ToolCover:
    audit = AuditRef("2026-A2-NEG", f"H{number % 9 + 1}", "MPS")
    return ToolCover(audit, 1, "Metropolitan Police", date(2025, 10, 1), date(2026, 9, 30), date(2026, 11, 5))


if __name__ == "__main__":
    main()
