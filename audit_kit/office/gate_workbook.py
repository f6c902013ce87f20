"""The workbook part, the styles and the custom properties: sheets, names, and what a form is known by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_cells import ON
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_strings import check_count, main_names
from audit_kit.office.gate_xml import check_depth

_RELATIONSHIP_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships|id",
)
_VISIBILITY = {"visible": "visible", "hidden": "hidden", "veryHidden": "very hidden"}
_NAMES = main_names("workbook", "sheets", "sheet", "definedNames", "definedName", "externalReference")
_RUNNING = frozenset(("xlm", "vbProcedure", "function"))
_SHEET_NAME_CHARS = 255  # Excel allows 31, LibreOffice more


@dataclass(frozen=True)
class ListedSheet:
    """One line of the workbook's list of sheets."""

    name: str = field(repr=False)
    visibility: str  # "visible", "hidden" or "very hidden"
    key: str  # of its relationship


class Workbook:
    """``sheets`` in their order and ``names``: defined name → its text (``3!name`` if it is sheet 3's own)."""

    def __init__(self) -> None:
        self.sheets: list[ListedSheet] = []
        self.names: dict[str, str] = {}
        self._path: list[str] = []
        self._seen: set[str] = set()
        self._name = ""
        self._text: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        kind = _NAMES.get(name, name)
        if kind == "sheet":
            self._in_place(["workbook", "sheets"])
            self._add_sheet(attributes)
        elif kind == "definedName":
            self._in_place(["workbook", "definedNames"])
            self._name, self._text = self._name_of(attributes), []
        elif kind in ("sheets", "definedNames"):
            self._in_place(["workbook"])
            if kind in self._seen:
                raise Refused(Reason.ODD, "workbook: list stands twice")
            self._seen.add(kind)
        elif kind == "externalReference":
            raise Refused(Reason.EXTERNAL_LINKS, "workbook: external reference")
        elif kind == name and name.rpartition("|")[2] in ("sheets", "sheet", "definedName"):
            raise Refused(Reason.ODD, "workbook: another namespace's sheets")
        check_depth(self._path)
        self._path.append(kind)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._path.pop() != "definedName":
            return
        text = "".join(self._text)
        most = limits.PRINT_AREA_CHARS if "_xlnm." in self._name else limits.NAME_CHARS
        if len(text) > most or len(self.names) >= limits.NAMES:
            raise Refused(Reason.TOO_LARGE, "workbook: defined names")
        # LibreOffice writes some print titles twice, the second time with rows and columns exchanged
        if self.names.setdefault(self._name, text) != text and "_xlnm." not in self._name:
            raise Refused(Reason.ODD, "workbook: name stands twice")

    def text(self, chars: str) -> None:
        """Some text."""
        if self._path[-1] == "definedName":
            self._text.append(chars)

    def _in_place(self, path: list[str]) -> None:
        # readers look for these elements by name, wherever they stand
        if self._path != path:
            raise Refused(Reason.ODD, "workbook: element out of place")

    def _add_sheet(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("name", "")
        state = attributes.get("state", "visible")
        key = next((attributes[each] for each in _RELATIONSHIP_IDS if each in attributes), "")
        if len(self.sheets) >= limits.SHEETS:
            raise Refused(Reason.TOO_LARGE, "workbook: too many sheets")
        taken = {sheet.name.casefold() for sheet in self.sheets} | {""}
        if name.casefold() in taken or len(name) > _SHEET_NAME_CHARS or state not in _VISIBILITY or not key:
            raise Refused(Reason.ODD, "workbook: list of sheets")
        self.sheets.append(ListedSheet(name, _VISIBILITY[state], key))

    def _name_of(self, attributes: Mapping[str, str]) -> str:
        name = attributes.get("name", "")
        scope = attributes.get("localSheetId")
        if not 0 < len(name) <= 255 or not (scope is None or re.fullmatch(r"[0-9]{1,4}", scope)):
            raise Refused(Reason.ODD, "workbook: defined name")
        may_run = not _RUNNING.isdisjoint(attributes)
        if name.lower().startswith("_xlnm.auto_") or (may_run and any(attributes.get(key) in ON for key in _RUNNING)):
            raise Refused(Reason.MACROS, "workbook: name that runs")
        return name if scope is None else f"{int(scope) + 1}!{name}"


_STYLE_NAMES = main_names("numFmt", "cellXfs", "xf")


class Styles:
    """``formats``: how many cell formats there are, so that no cell points past them."""

    def __init__(self) -> None:
        self.formats = 0
        self._path: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        kind = _STYLE_NAMES.get(name, "")
        check_count(attributes)
        if kind == "numFmt" and len(attributes.get("formatCode", "")) > limits.FORMAT_CHARS:
            raise Refused(Reason.ODD, "styles: number format")
        if kind == "xf" and self._path[-1:] == ["cellXfs"]:
            self.formats += 1
            if self.formats > limits.CELL_FORMATS:
                raise Refused(Reason.TOO_LARGE, "styles: too many cell formats")
        check_depth(self._path)
        self._path.append(kind)

    def end(self, name: str) -> None:
        """An element ends."""
        self._path.pop()

    def text(self, chars: str) -> None:
        """Some text; styles have none."""


class Properties:
    """``found``: custom property → its text, as typed under File, Info, Properties, Advanced."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name = ""
        self._text: list[str] = []
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        check_depth(range(self._depth))
        self._depth += 1
        if self._depth == 2:
            self._name, self._text = attributes.get("name", ""), []

    def end(self, name: str) -> None:
        """An element ends."""
        if self._depth == 2:
            text = "".join(self._text)
            if len(self.found) >= limits.PROPERTIES or len(text) + len(self._name) > limits.NAME_CHARS:
                raise Refused(Reason.TOO_LARGE, "properties")
            if self._name in self.found:
                raise Refused(Reason.ODD, "property stands twice")
            self.found[self._name] = text
        self._depth -= 1

    def text(self, chars: str) -> None:
        """Some text."""
        if self._depth == 3:
            self._text.append(chars)
