"""The final version of the action plan's workbook: the team's file, with only its status taken away.

The package is changed in the few places that say so; every other part stays as Excel saved it, with whatever the
committee typed, coloured or commented.
"""

from __future__ import annotations

import io
import re
import zipfile
from zipfile import BadZipFile

from lxml import etree

from audit_kit.errors import AuditKitError

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TEXTS = tuple(f"{_SHEET}{name}" for name in ("t", "v"))
_EDGES = tuple(f"{_SHEET}{name}" for name in ("oddHeader", "evenHeader", "firstHeader"))
#: "&R" with nothing after it: the part of a header that only said the status
_EMPTY_PART = re.compile(r"&[LCR](?=&[LCR]|$)")


def final_workbook(draft: bytes, status: str, board: str) -> bytes:
    """The workbook without its status in the first lines, the header and the properties, and the Board as its author.

    AuditKitError when it is no workbook in the form in which the kit wrote it.
    """
    final = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(draft)) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                target.writestr(entry, _settled(entry.filename, source.read(entry), status, board))
    except (BadZipFile, etree.XMLSyntaxError):
        raise AuditKitError(
            "The draft of the action plan's workbook will not open as an Excel workbook.",
            not_happened="Nothing was signed off.",
            next_step="Save it in Excel as .xlsx without a password, and sign off again.",
        ) from None
    return final.getvalue()


def _settled(name: str, data: bytes, status: str, board: str) -> bytes:
    """One part of the package, changed only where it says the status or who saved it."""
    if name != "docProps/core.xml" and not (
        name.startswith("xl/") and name.endswith(".xml") and status.encode() in data
    ):
        return data
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for text in root.iter(*_TEXTS):
        if (said := text.text or "").startswith(f"{status}. "):
            text.text = said.removeprefix(f"{status}. ")
    for edge in root.iter(*_EDGES):
        edge.text = _EMPTY_PART.sub("", (edge.text or "").replace(status, ""))
    for node in root.iter(f"{_CORE}contentStatus"):
        node.text = "Final"
    for node in root.iter(f"{_CORE}lastModifiedBy", "{http://purl.org/dc/elements/1.1/}creator"):
        node.text = board
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
