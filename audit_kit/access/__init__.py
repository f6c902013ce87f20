"""Whether an Office file can be read by everyone: ``check`` gives every fault that can be told from the file.

The rules of Microsoft's Accessibility Checker, and WCAG 2.2 where the file decides: contrast of text and of the edges
of inputs, language, title. Depends on lxml alone and on nothing else of this program, so that others can use it.
"""

from __future__ import annotations

from pathlib import Path

from audit_kit.access.package import Package, Unreadable, is_locked, is_old
from audit_kit.access.rules import RULES, Fault, Level, Rule, fault, rules_table

_STRICT = "{http://purl.oclc.org/ooxml/"  # how the names of parts begin in the form that Office offers as "Strict"

__all__ = ["RULES", "Fault", "Level", "Rule", "Unreadable", "check", "rules_table"]


def check(file: str | Path | bytes) -> tuple[Fault, ...]:
    """Every fault of a workbook, document or presentation (.xlsx, .docx, .pptx), in the order of the file; else empty.

    ``file`` is a path or the bytes themselves. What the file can't decide is not reported: whether a description is
    a good one, what a picture holds. A file under a password is one fault, ``access-restricted``; nothing in it was
    looked at then. Hidden sheets, rows and columns are left out. Unreadable for anything that is no such file, is
    damaged or too large; OSError when a path can't be read.
    """
    data = file if isinstance(file, bytes) else Path(file).read_bytes()
    if is_locked(data):
        return (fault("access-restricted", "the file"),)
    if is_old(data):
        raise Unreadable("It is an Office file of before 2007: save it as .xlsx, .docx or .pptx first.")
    package = Package(data)
    for part in package.related("", "officeDocument"):
        root = package.xml(part)
        namespace, _, kind = ("", "", "") if root is None else str(root.tag).rpartition("}")
        if namespace.startswith(_STRICT):
            raise Unreadable("It is saved in the strict form of its format: save it as an ordinary file first.")
        if kind == "workbook":
            from audit_kit.access import workbook

            return tuple(workbook.faults(package, part))
        if kind == "document":
            from audit_kit.access import document

            return tuple(document.faults(package, part))
        if kind == "presentation":
            from audit_kit.access import presentation

            return tuple(presentation.faults(package, part))
    raise Unreadable("It is no Word, Excel or PowerPoint file.")
