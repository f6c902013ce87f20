"""Which parts and relationships a package may have: allow-lists of what Office programs write.

Source: the parts that Excel, SharePoint, LibreOffice, Google Sheets, openpyxl and XlsxWriter were seen to
write or are documented to ([MS-XLSX], ECMA-376 part 1). Anything else is refused, and what can act, embed or
reach outside is refused with its own reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from audit_kit.office.gate_reasons import Reason, Refused

_REFUSED_PARTS: tuple[tuple[re.Pattern[str], Reason], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"(.*/)?vba[^/]*", Reason.MACROS),
        (r"xl/(macrosheets|dialogsheets|intlmacrosheets)/.*", Reason.MACROS),
        (r"xl/attachedtoolbars\.bin", Reason.MACROS),
        (r"(.*/)?embeddings/.*", Reason.EMBEDDED),
        (r"(.*/)?oleobject[^/]*", Reason.EMBEDDED),
        (r"xl/externallinks/.*", Reason.EXTERNAL_LINKS),
        (r"xl/(connections\.xml|querytables/.*|volatiledependencies\.xml|model/.*|xmlmaps\.xml)", Reason.CONNECTIONS),
        (r"(.*/)?activex/.*", Reason.ADD_INS),
        (r"(.*/)?(customui|userscustomization|webextensions)/.*", Reason.ADD_INS),
        (r"xl/workbook\.bin", Reason.BINARY_EXCEL),
    )
)

# what a part is reported as, None for what every workbook has
_ALLOWED_PARTS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\[content_types\]\.xml", None),
        (r"(.*/)?_rels/[^/]*\.rels", None),
        (r"docprops/(core|app)\.xml", None),
        (r"docprops/custom\.xml", None),
        (
            r"package/services/metadata/core-properties/[0-9a-f]{1,40}\.psmdcp",
            None,
        ),  # .NET's place for docprops/core.xml
        (r"docprops/thumbnail\.(jpe?g|png|wmf|emf)", "thumbnail"),
        (r"docmetadata/[^/]+\.xml", "sensitivity label"),
        (r"customxml/item(props)?\d*\.xml", "custom XML"),
        (r"_xmlsignatures/[^/]+\.(sigs|xml)", "digital signature"),
        (r"\[trash\]/\d+\.dat", "left-over bytes"),
        (r"xl/(workbook\d*|styles|sharedstrings|metadata)\.xml", None),
        (r"xl/calcchain\.xml", None),
        (r"xl/theme/[^/]+\.xml", None),
        (r"xl/worksheets/[^/]+\.xml", None),
        (r"xl/chartsheets/[^/]+\.xml", "chart"),
        (r"xl/printersettings/[^/]+\.bin", "printer settings"),
        (r"xl/(comments/)?comments?\d*\.xml", "comments"),
        (r"xl/threadedcomments/[^/]+\.xml", "comments"),
        (r"xl/persons/[^/]+\.xml", "people's names in comments"),
        (r"xl/documenttasks/[^/]+\.xml", "comments"),
        (r"xl/drawings/[^/]+\.(xml|vml)", None),
        (r"xl/charts/[^/]+\.xml", "chart"),
        (r"xl/diagrams/[^/]+\.xml", "drawing"),
        (r"xl/ink/[^/]+\.xml", "drawing"),
        (r"xl/media/[^/]+\.(png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|svg|wdp|webp|heic)", "picture"),
        (r"xl/tables/[^/]+\.xml", None),
        (r"xl/ctrlprops/[^/]+\.xml", "form control"),
        (r"xl/pivottables/[^/]+\.xml", "pivot table"),
        (r"xl/pivotcache/[^/]+\.xml", "pivot table"),
        (r"xl/(slicers|slicercaches|timelines|timelinecaches)/[^/]+\.xml", "pivot table"),
        (r"xl/revisions/[^/]+\.xml", "change history"),
        (r"xl/richdata/[^/]+\.xml", "linked data type or picture in a cell"),
        (r"xl/featurepropertybag/[^/]+\.xml", None),
        (r"xl/namedsheetviews/[^/]+\.xml", None),
        (r"(xl/)?customproperty/?[^/]*\.bin", "add-in data"),
        (r"xl/cellimages\.xml", "picture"),
        (r"xl/metadata", "Google Sheets data"),
    )
)

_RELATIONSHIP_HOMES = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
    "http://customschemas.google.com/",
    "http://www.wps.cn/",
)

_REFUSED_RELATIONSHIPS: Mapping[str, Reason] = MappingProxyType(
    {
        "vbaproject": Reason.MACROS,
        "vbaprojectsignature": Reason.MACROS,
        "vbaprojectsignatureagile": Reason.MACROS,
        "wordvbadata": Reason.MACROS,
        "xlmacrosheet": Reason.MACROS,
        "xlintlmacrosheet": Reason.MACROS,
        "dialogsheet": Reason.MACROS,
        "attachedtoolbars": Reason.MACROS,
        "oleobject": Reason.EMBEDDED,
        "package": Reason.EMBEDDED,
        "embeddedpackage": Reason.EMBEDDED,
        "video": Reason.EMBEDDED,
        "audio": Reason.EMBEDDED,
        "media": Reason.EMBEDDED,
        "externallink": Reason.EXTERNAL_LINKS,
        "externallinkpath": Reason.EXTERNAL_LINKS,
        "externallinklongpath": Reason.EXTERNAL_LINKS,
        "xlexternallinkpath": Reason.EXTERNAL_LINKS,
        "xlpathmissing": Reason.EXTERNAL_LINKS,
        "xlstartup": Reason.EXTERNAL_LINKS,
        "attachedtemplate": Reason.EXTERNAL_LINKS,
        "connections": Reason.CONNECTIONS,
        "querytable": Reason.CONNECTIONS,
        "volatiledependencies": Reason.CONNECTIONS,
        "powerpivotdata": Reason.CONNECTIONS,
        "xmlmaps": Reason.CONNECTIONS,
        "control": Reason.ADD_INS,
        "activexcontrolbinary": Reason.ADD_INS,
        "extensibility": Reason.ADD_INS,
        "ui": Reason.ADD_INS,
        "uicustomization": Reason.ADD_INS,
        "usercustomization": Reason.ADD_INS,
        "webextension": Reason.ADD_INS,
        "webextensiontaskpanes": Reason.ADD_INS,
    }
)

_OF_THE_PACKAGE = """
    officedocument core-properties extended-properties custom-properties thumbnail classificationlabels
    origin signature customxml customxmlprops
"""
_OF_THE_WORKBOOK = """
    worksheet chartsheet theme styles sharedstrings calcchain sheetmetadata person metadata workbookmetadata
    pivotcachedefinition pivotcacherecords slicercache timelinecache revisionheaders revisionlog usernames
    rdrichvalue rdrichvaluestructure rdrichvaluetypes rdsupportingpropertybag
    rdsupportingpropertybagstructure rdarray richstyles richvaluerel featurepropertybag cellimage
"""
_OF_A_SHEET = """
    drawing vmldrawing comments threadedcomment documenttask hyperlink printersettings table pivottable
    slicer timeline ctrlprop image customproperty namedsheetview legacydrawing
"""
_OF_A_DRAWING = """
    chart chartex chartstyle chartcolorstyle chartusershapes themeoverride diagramdata diagramlayout
    diagramquickstyle diagramcolors diagramdrawing hdphoto ink
"""
_ALLOWED_RELATIONSHIPS = frozenset((_OF_THE_PACKAGE + _OF_THE_WORKBOOK + _OF_A_SHEET + _OF_A_DRAWING).split())

HYPERLINK = "hyperlink"


_MAIN_TYPES = frozenset(
    f"application/vnd.openxmlformats-officedocument.spreadsheetml.{what}.main+xml" for what in ("sheet", "template")
)
_TYPE_WORDS: tuple[tuple[str, Reason], ...] = (
    ("macro", Reason.MACROS),
    ("vba", Reason.MACROS),
    ("oleobject", Reason.EMBEDDED),
    ("activex", Reason.ADD_INS),
    ("externallink", Reason.EXTERNAL_LINKS),
    ("connections", Reason.CONNECTIONS),
    ("querytable", Reason.CONNECTIONS),
)


@dataclass(frozen=True)
class PackageLists:
    """What one kind of package may hold: a workbook, or a Word document (``word_gate``)."""

    refused_parts: tuple[tuple[re.Pattern[str], Reason], ...]
    allowed_parts: tuple[tuple[re.Pattern[str], str | None], ...]
    refused_relationships: Mapping[str, Reason]
    allowed_relationships: frozenset[str]
    outside: frozenset[str]  # relationships that may lead out of the package: nothing follows them
    main_types: frozenset[str]
    main_part: re.Pattern[str]

    def kind_of_part(self, name: str) -> str | None:
        """What the part is to be reported as, None if every such file has it. Refuses what isn't on the list."""
        for pattern, reason in self.refused_parts:
            if pattern.fullmatch(name):
                raise Refused(reason, "part refused")
        for pattern, kind in self.allowed_parts:
            if pattern.fullmatch(name):
                return kind
        raise Refused(Reason.ODD, "part not on the list")

    def kind_of_relationship(self, uri: str) -> str:
        """The last word of a relationship's type, lower case. Refuses what isn't on the list."""
        tail = uri.rpartition("/")[2].lower()
        if tail in self.refused_relationships:
            raise Refused(self.refused_relationships[tail], "relationship refused")
        if not uri.startswith(_RELATIONSHIP_HOMES) or tail not in self.allowed_relationships:
            raise Refused(Reason.ODD, "relationship not on the list")
        return tail

    def check_content_type(self, part: str, content_type: str) -> None:
        """Refuse a content type that makes a part active; ``part`` is "" for a default by extension."""
        lowered = content_type.lower()
        for word, reason in _TYPE_WORDS:
            if word in lowered:
                raise Refused(reason, "content type refused")
        if part and (lowered in self.main_types) != bool(self.main_part.fullmatch(part)):
            raise Refused(Reason.ODD, "content type of the main part")
        # openpyxl finds the shared texts by their type, calamine by their name
        if lowered.endswith(".sharedstrings+xml") and not re.fullmatch(r"(xl/sharedstrings\.xml)?", part):
            raise Refused(Reason.ODD, "content type of the shared texts")


WORKBOOK = PackageLists(
    _REFUSED_PARTS, _ALLOWED_PARTS, _REFUSED_RELATIONSHIPS, _ALLOWED_RELATIONSHIPS, frozenset((HYPERLINK,)),
    _MAIN_TYPES, re.compile(r"xl/workbook\d*\.xml"),
)  # fmt: skip
