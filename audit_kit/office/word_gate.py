"""The gate for Word files: what a document is, and whether it may be read, before anything reads it.

The same container, the same XML rules and the same bounds as for workbooks (``gate``), with Word's own lists. What
can act, run or be fetched from elsewhere is refused; what merely lies there (comments, tracked changes, pictures) is
reported by kind. A workbook in it, such as a chart's, goes through the gate for workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from audit_kit.office import gate_limits as limits
from audit_kit.office import gate_zip
from audit_kit.office.gate import FILES_IN_DISGUISE, inspect
from audit_kit.office.gate_names import HYPERLINK, WORKBOOK, PackageLists
from audit_kit.office.gate_package import CONTENT_TYPES, Package, is_xml, open_package
from audit_kit.office.gate_reasons import Reason, Refused
from audit_kit.office.gate_workbook import Properties
from audit_kit.office.gate_xml import Budget, check_depth, prove_harmless, walk, watch

_REFUSED_PARTS: tuple[tuple[re.Pattern[str], Reason], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"(.*/)?vba[^/]*", Reason.MACROS),
        (r"word/embeddings/(?!.*\.xlsx$).*", Reason.EMBEDDED),
        (r"(.*/)?oleobject[^/]*", Reason.EMBEDDED),
        (r"word/afchunk[^/]*", Reason.EMBEDDED),
        (r"(.*/)?activex/.*", Reason.ADD_INS),
        (r"(.*/)?(customui|userscustomization|webextensions)/.*", Reason.ADD_INS),
    )
)
_ALLOWED_PARTS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\[content_types\]\.xml", None),
        (r"(.*/)?_rels/[^/]*\.rels", None),
        (r"docprops/(core|app|custom)\.xml", None),
        (r"docprops/thumbnail\.(jpe?g|png|wmf|emf)", "thumbnail"),
        (r"docmetadata/[^/]+\.xml", "sensitivity label"),
        (r"customxml/item(props)?\d*\.xml", "custom XML"),
        (r"_xmlsignatures/[^/]+\.(sigs|xml)", "digital signature"),
        (r"word/(document\d*|styles|stylesWithEffects|settings|websettings|fonttable|numbering)\.xml", None),
        (r"word/theme/[^/]+\.xml", None),
        (r"word/(footnotes|endnotes)\.xml", None),
        (r"word/(header|footer)\d*\.xml", None),
        (r"word/comments[^/]*\.xml", "comments"),
        (r"word/(people|persons/[^/]+)\.xml", "people's names in comments"),
        (r"word/documenttasks/[^/]+\.xml", "comments"),
        (r"word/media/[^/]+\.(png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|svg|wdp|webp|heic)", "picture"),
        (r"word/charts/[^/]+\.xml", "chart"),
        (r"word/embeddings/[^/]+\.xlsx", "a chart's workbook"),
        (r"word/(drawings|diagrams|ink)/[^/]+\.xml", "drawing"),
        (r"word/glossary/.*\.xml", "building blocks"),
        (r"word/fonts/[^/]+\.(odttf|ttf)", "fonts"),
        (r"word/printersettings\d*\.bin", "printer settings"),
        (r"word/(intelligence\d*|mailmergerecipients|recipientdata)\.xml", "add-in data"),
    )
)
_OF_A_DOCUMENT = """
    styles stylesWithEffects settings websettings fonttable numbering theme footnotes endnotes header footer comments
    commentsextended commentsids commentsextensible people documenttask image chart package glossarydocument font
    printersettings recipientdata mailmergesource attachedtemplate intelligence intelligence2 chartstyle chartcolorstyle
    themeoverride diagramdata diagramlayout diagramquickstyle diagramcolors diagramdrawing ink hdphoto hyperlink chartex
    chartusershapes
"""
DOCUMENT = PackageLists(
    refused_parts=_REFUSED_PARTS,
    allowed_parts=_ALLOWED_PARTS,
    refused_relationships=MappingProxyType(
        {kind: why for kind, why in WORKBOOK.refused_relationships.items() if kind not in ("package", "attachedtemplate")}
        | {"afchunk": Reason.EMBEDDED, "subdocument": Reason.EXTERNAL_LINKS, "frame": Reason.EXTERNAL_LINKS}
    ),
    allowed_relationships=WORKBOOK.allowed_relationships | frozenset(_OF_A_DOCUMENT.lower().split()),
    # Word writes the path of every document's template; nothing here follows it, and it is taken out of what is given back
    outside=frozenset((HYPERLINK, "attachedtemplate")),
    main_types=frozenset(
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{what}.main+xml"
        for what in ("document", "template")
    ),
    main_part=re.compile(r"word/document\d*\.xml"),
)  # fmt: skip


@dataclass(frozen=True)
class WordSeen:
    """A Word file that may be read. ``beside``: kinds of things that lie in it besides its text."""

    package: Package = field(repr=False)
    main: str  # the part that holds the text
    properties: Mapping[str, str] = field(repr=False)  # custom document properties
    beside: tuple[str, ...]

    @property
    def form(self) -> str:
        """Which of the Board's Word forms it says it is ("report", "feedback"); "" for any other document."""
        return self.properties.get("audit_kit_form", "")


def inspect_word(data: bytes) -> WordSeen:
    """What a Word file is and holds; raises ``Refused`` for whatever isn't a harmless .docx. Bounded like ``gate``."""
    try:
        return _inspected(data)
    except Refused as refusal:
        raise Refused(refusal.reason, refusal.rule, document=True) from None


def _inspected(data: bytes) -> WordSeen:
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(Reason.WORD, "old Word file or none")
    if len(data) > limits.FILE_BYTES:
        raise Refused(Reason.TOO_LARGE, "file too large")
    budget = Budget()
    package = open_package(data, budget, DOCUMENT)
    main = package.only("", "officedocument")
    if main is None or not DOCUMENT.main_part.fullmatch(main):
        raise Refused(Reason.ODD, "package without a document")
    properties = Properties()
    listed = package.only("", "custom-properties")
    if listed is not None:
        walk(package.xml(listed), budget, properties)
    _prove_the_rest(package, budget, {CONTENT_TYPES, listed or ""})
    kinds = {kind for name in package.parts if (kind := DOCUMENT.kind_of_part(name)) is not None}
    return WordSeen(package, main, properties.found, tuple(sorted(kinds)))


def _prove_the_rest(package: Package, budget: Budget, done: set[str]) -> None:
    """Every XML part by the rules; a workbook by its own; anything else is no program in disguise, and unpacks to what it says."""
    of_workbooks = Budget()
    for name, entry in package.parts.items():
        if name in done or name.endswith(".rels"):
            continue
        if is_xml(name):
            if name.startswith("word/"):
                watch(package.xml(name), budget, _Fields())
            else:
                prove_harmless(package.xml(name), budget)
            continue
        if name.lower().endswith(".xlsx"):
            _prove_workbook(gate_zip.unpack(package.data, entry, limits.OTHER_PART_BYTES), of_workbooks)
            continue
        if gate_zip.first_bytes(package.data, entry).startswith(FILES_IN_DISGUISE):
            raise Refused(Reason.EMBEDDED, "part: file in disguise")
        gate_zip.unpack(package.data, entry, limits.OTHER_PART_BYTES)


def _prove_workbook(data: bytes, budget: Budget) -> None:
    try:
        inspect(data, budget)
    except Refused as refusal:
        raise Refused(Reason.CHART_WORKBOOK, f"workbook in it: {refusal.rule}") from None


_ACTS = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)  # starts another program when the document is opened
#: takes in what lies elsewhere: another document, or a picture that is not kept in this one (with \d)
_FETCHES = re.compile(r"\s*(INCLUDETEXT|IMPORT|LINK)\b|\s*INCLUDEPICTURE\b.*\\d\b", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"http://(schemas\.openxmlformats|purl\.oclc)\.org/.*wordprocessingml.*\|", re.IGNORECASE)


class _Fields:
    """Refuses fields that start a program or fetch something. A field's instruction may stand in many pieces, with other text between."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._open: list[str] = []  # the instructions of the fields that have begun, each within the one before

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        check_depth(self._path)
        local = _WORD.sub("", name)
        self._path.append(local)
        named = {_WORD.sub("", key): value for key, value in attributes.items()}
        if local == "fldSimple":
            self._check(named.get("instr", ""))
        elif local == "fldChar" and named.get("fldCharType") == "begin":
            self._open.append("")
        elif local == "fldChar" and self._open:
            self._check(self._open[-1])
            if named.get("fldCharType") == "end":
                self._open.pop()

    def end(self, name: str) -> None:
        self._path.pop()

    def text(self, chars: str) -> None:
        if self._path and self._path[-1] in ("instrText", "delInstrText"):
            if not self._open:
                self._open.append("")
            self._open[-1] += chars
            self._check(self._open[-1])

    @staticmethod
    def _check(instruction: str) -> None:
        if _ACTS.match(instruction):
            raise Refused(Reason.ADD_INS, "field that starts a program")
        if _FETCHES.match(instruction):
            raise Refused(Reason.EXTERNAL_LINKS, "field that fetches something")
