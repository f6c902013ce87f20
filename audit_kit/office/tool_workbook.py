"""The audit tool as a workbook: compiled once per theme, area and agency, then one copy a case.

Also the two copies made after a return came in: the one that goes back, and the one that stays on file. How
a sheet is laid out is in ``tool_layout``, what its status column says in ``tool_status``.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "completing the CHSCB multi-agency audit
tools that have been agreed for use in Hackney and in the City".
"""

from audit_kit.office.layout_book import read_layout
from audit_kit.office.layout_form import worded
from audit_kit.office.tool_compile import CompiledTool, ToolCover, compile_tool
from audit_kit.office.tool_copies import send_back_copy
from audit_kit.office.tool_on_file import on_file_copy
from audit_kit.office.tool_start import ToolWords

__all__ = [
    "CompiledTool", "ToolCover", "ToolWords", "compile_tool", "on_file_copy", "read_layout", "send_back_copy", "worded",
]  # fmt: skip
