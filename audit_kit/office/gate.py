"""The gate: no spreadsheet library sees a received workbook before it has passed here.

Standard library and expat, one pass, linear and bounded whatever the bytes are (0.25 s, 32 MiB). What can
act, embed or reach outside is refused; what merely lies there (comments, hidden sheets, pictures, links) passes
and is reported by kind and place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from audit_kit.office import gate_limits as limits
from audit_kit.office import gate_zip, wrong_type
from audit_kit.office.gate_known import Known
from audit_kit.office.gate_names import WORKBOOK
from audit_kit.office.gate_package import CONTENT_TYPES, Package, is_xml, open_package
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_sheet import Sheet, Totals, walk_sheet
from audit_kit.office.gate_strings import SharedStrings
from audit_kit.office.gate_workbook import ListedSheet, Properties, Styles, Workbook
from audit_kit.office.gate_xml import AnyVisitor, Budget, prove_harmless, walk, walk_once

__all__ = ["GateReport", "Passive", "Reason", "Refused", "SheetSeen", "inspect"]


@dataclass(frozen=True, order=True)
class Passive:
    """Something beside the answers: ``kind`` such as "comments", ``place`` "sheet 3" or "workbook".

    Sheets are numbered from 1 in the workbook's order: a sheet's name may hold a child's.
    """

    kind: str
    place: str


@dataclass(frozen=True)
class SheetSeen:
    """What the gate saw of one sheet. ``filled`` counts its cells that hold a value, errors left out."""

    name: str = field(repr=False)
    visibility: str  # "visible", "hidden", "very hidden"
    filled: int
    errors: Mapping[tuple[int, int], str]  # (row, column), from 1 → "#REF!"


@dataclass(frozen=True)
class GateReport:
    """What a workbook that may be read holds beside its texts."""

    sheets: tuple[SheetSeen, ...]
    formula_cells: tuple[tuple[int, int, int], ...]  # sheet, row, column, all from 1
    passive: tuple[Passive, ...]
    defined_names: Mapping[str, str] = field(repr=False)  # name → its text; "3!name" if sheet 3's own
    properties: Mapping[str, str] = field(repr=False)  # custom document properties


def inspect(data: bytes, budget: Budget | None = None) -> GateReport:
    """What the workbook holds beside its texts; raises ``Refused`` for whatever isn't a harmless .xlsx.

    ``budget``: of several workbooks that lie in one document, which may use no more than one does.
    The same bytes always have the same outcome. A file that was cut short is refused as incomplete. Every part's
    checksum is compared but that of large pictures, which nothing reads: ``gate_zip.is_whole`` compares all.
    """
    wrong_type.refuse_unless_workbook(data)
    if len(data) > limits.FILE_BYTES:
        raise Refused(Reason.TOO_LARGE, "file too large")
    budget = budget or Budget()
    tour = _Tour(open_package(data, budget), budget)
    main = tour.package.only("", "officedocument")
    if main is None:
        raise Refused(Reason.ODD, "package without a workbook")
    workbook = tour.walk(main, Workbook())
    totals = _totals(tour, main)
    parts = _sheet_parts(tour.package, main, workbook)
    seen = [tour.walk_sheet(part, Sheet(totals)) for part in parts]
    properties = tour.walk(tour.package.only("", "custom-properties"), Properties()).found
    tour.look_at_the_rest()
    return GateReport(
        sheets=tuple(
            SheetSeen(listed.name, listed.visibility, sheet.filled, sheet.errors)
            for listed, sheet in zip(workbook.sheets, seen, strict=True)
        ),
        formula_cells=tuple((n, *at) for n, sheet in enumerate(seen, 1) for at in sorted(sheet.formulas)),
        passive=tuple(sorted(set(_passive(tour.package, workbook.sheets, parts, seen, properties)))),
        defined_names=workbook.names,
        properties=properties,
    )


class _Tour:
    """Each part of the package is walked through once, those that readers use with a visitor."""

    def __init__(self, package: Package, budget: Budget) -> None:
        self.package = package
        self._budget = budget
        self._done = {CONTENT_TYPES}

    def walk(self, part: str | None, visitor: AnyVisitor) -> AnyVisitor:
        """The visitor, after it was told of the part; there may be none."""
        if part is not None:
            self._done.add(part)
            walk(self.package.xml(part), self._budget, visitor)
        return visitor

    def styles(self, part: str | None) -> Styles:
        """What the cells' formats are told of, which are the same in every copy of a form."""
        if part is None:
            return Styles()
        self._done.add(part)
        return walk_once(self.package.xml(part), self._budget, _styles_met, Styles)

    def walk_sheet(self, part: str, sheet: Sheet) -> Sheet:
        """The same for a sheet."""
        self._done.add(part)
        walk_sheet(self.package.xml(part), self._budget, sheet)
        return sheet

    def look_at_the_rest(self) -> None:
        """Prove every other part harmless: XML by the rules, anything else not a file in disguise. Else Refused."""
        for name, entry in self.package.parts.items():
            if name in self._done or name.endswith(".rels"):
                continue
            if is_xml(name):
                self._prove_harmless(name)
                continue
            if gate_zip.first_bytes(self.package.data, entry).startswith(FILES_IN_DISGUISE):
                raise Refused(Reason.EMBEDDED, "part: file in disguise")
            self._budget.to_check -= entry.packed
            if self._budget.to_check >= 0:
                gate_zip.unpack(self.package.data, entry, limits.OTHER_PART_BYTES)

    def _prove_harmless(self, name: str) -> None:
        xml = self.package.xml(name)
        if name.lower().startswith("customxml/") and any(mark in xml for mark in _QUERY):
            raise Refused(Reason.CONNECTIONS, "custom XML: query")
        prove_harmless(xml, self._budget)


_styles_met: Known[Styles] = Known(64)
FILES_IN_DISGUISE = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"MZ")
_QUERY = (b"DataMashup", "DataMashup".encode("utf-16-le"))  # Power Query's part may be UTF-16


def _totals(tour: _Tour, main: str) -> Totals:
    """The shared texts' lengths and the number of formats, which the sheets' cells point at."""
    texts = tour.walk(_part_by_name(tour.package, main, "sharedstrings"), SharedStrings())
    styles = tour.styles(_part_by_name(tour.package, main, "styles"))
    return Totals(texts.lengths, styles.formats)


def _part_by_name(package: Package, main: str, kind: str) -> str | None:
    """The one part of this kind. Calamine takes it by its name, without asking for a relationship."""
    part = package.only(main, kind)
    if [name for name in package.parts if name.lower() == f"xl/{kind}.xml"] != ([part] if part else []):
        raise Refused(Reason.ODD, f"workbook: {kind} not where they belong")
    return part


def _sheet_parts(package: Package, main: str, workbook: Workbook) -> list[str]:
    """The part of each listed sheet, in their order."""
    by_key = {each.key: each for each in package.relationships.get(main, ())}
    parts: list[str] = []
    for sheet in workbook.sheets:
        relationship = by_key.get(sheet.key)
        if relationship is None or relationship.kind not in ("worksheet", "chartsheet"):
            raise Refused(Reason.ODD, "workbook: sheet that is not there")
        parts.append(relationship.target)
    if not parts or len(set(parts)) != len(parts):
        raise Refused(Reason.ODD, "workbook: list of sheets")
    return parts


def _passive(
    package: Package,
    listed: list[ListedSheet],
    parts: list[str],
    seen: list[Sheet],
    properties: Mapping[str, str],
) -> Iterator[Passive]:
    owners = {part: f"sheet {number}" for number, part in enumerate(parts, 1)}
    for number, (line, sheet) in enumerate(zip(listed, seen, strict=True), 1):
        if line.visibility != "visible":
            yield Passive(f"{line.visibility} sheet", f"sheet {number}")
        for kind in sheet.beside:
            yield Passive(kind, f"sheet {number}")
    places = _places(package, owners)
    for name in package.parts:
        reported = WORKBOOK.kind_of_part(name)
        if reported is not None:
            for place in places.get(name, ["workbook"]):
                yield Passive(reported, place)
    if any(key.startswith("MSIP_Label") for key in properties):
        yield Passive("sensitivity label", "workbook")
    if any(not key.startswith(("audit_kit", "MSIP_Label")) for key in properties):
        yield Passive("document properties", "workbook")


def _places(package: Package, owners: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Part → the sheets from which it can be reached; a picture hangs on a drawing that hangs on a sheet."""
    places: dict[str, list[str]] = {}
    for sheet, place in owners.items():
        waiting, reached = [sheet], {sheet}
        while waiting:
            for each in package.relationships.get(waiting.pop(), ()):
                if each.target and each.target not in reached and each.target not in owners:
                    reached.add(each.target)
                    waiting.append(each.target)
        for part in reached:
            places.setdefault(part, []).append(place)
    return places
