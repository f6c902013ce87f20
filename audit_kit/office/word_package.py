"""Word files as packages: properties, the mark of a rendered file, and saving with the same bytes each time."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from audit_kit.office.clean_text import clean

#: the custom property that marks a file which the kit rendered; its value says what kind of form comes back
RENDERED = "audit_kit_form"

_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE_NS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EPOCH = struct.pack("<HH", 0, 0x0021)  # 1 January 1980, a zip's first moment; no clock, so the same bytes each time


@dataclass(frozen=True)
class Properties:
    """What the file says about itself. ``form`` is how the kit knows it when it comes back."""

    title: str
    author: str  # the Board, never a person and never a program
    written_on: date
    subject: str = ""
    status: str = ""  # "DRAFT"
    form: str = "letter"
    marks: tuple[tuple[str, str], ...] = ()  # further custom properties, by which a form says whose it is


def opened(content: bytes) -> DocumentType:
    """The document in these bytes."""
    return Document(io.BytesIO(content))


def was_rendered(document: DocumentType) -> bool:
    """Whether the kit wrote this file itself: such a file holds agencies' words and is never a template."""
    return any(
        RENDERED.encode() in rel.target_part.blob
        for rel in document.part.package.rels.values()
        if rel.reltype == RT.CUSTOM_PROPERTIES
    )


def custom_properties(document: DocumentType) -> dict[str, str]:
    """The custom properties of the document, as text."""
    parts = [rel.target_part for rel in document.part.package.rels.values() if rel.reltype == RT.CUSTOM_PROPERTIES]
    roots = [etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True)) for part in parts]
    return {entry.get("name") or "": "".join(entry.itertext()) for root in roots for entry in root}


def saved(document: DocumentType, properties: Properties) -> bytes:
    """The document as a file with these properties and no other. The same input gives the same bytes."""
    core, moment = document.core_properties, datetime.combine(properties.written_on, datetime.min.time())
    core.title, core.subject, core.author = (
        _held(properties.title),
        _held(properties.subject),
        _held(properties.author),
    )
    core.last_modified_by, core.content_status, core.language = core.author, _held(properties.status), "en-GB"
    core.created = core.modified = moment
    core.comments, core.keywords, core.revision = "", "", 1
    _mark(document, ((RENDERED, properties.form), *properties.marks))
    buffer = io.BytesIO()
    document.save(buffer)
    return steady_zip(buffer.getvalue())


def _held(text: str) -> str:
    """A text as a property can hold it: one line of 255 characters at most."""
    return " ".join(clean(text).split())[:255]


def steady_zip(content: bytes) -> bytes:
    """The same package without the moment of writing: each part as it is compressed, times fixed."""
    steady = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        listed, parts = source.start_dir, source.infolist()
    for part in parts:  # a part's time stands before it, and again in the directory behind them all
        steady[part.header_offset + 10 : part.header_offset + 14] = _EPOCH
        steady[listed + 12 : listed + 16] = _EPOCH
        listed += 46 + sum(struct.unpack_from("<HHH", content, listed + 28))  # its name, what else, a comment
    return bytes(steady)


def _mark(document: DocumentType, marks: tuple[tuple[str, str], ...]) -> None:
    package = document.part.package
    for key, rel in list(package.rels.items()):
        # a thumbnail shows what stood in the template when somebody saved it last
        if rel.reltype in (RT.CUSTOM_PROPERTIES, RT.THUMBNAIL):
            del package.rels[key]
    root = etree.Element(f"{{{_CUSTOM_NS}}}Properties", nsmap={None: _CUSTOM_NS, "vt": _VALUE_NS})
    for pid, (name, value) in enumerate(marks, start=2):
        entry = etree.SubElement(root, f"{{{_CUSTOM_NS}}}property", fmtid=_CUSTOM_FORMAT, pid=str(pid), name=name)
        etree.SubElement(entry, f"{{{_VALUE_NS}}}lpwstr").text = value
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM, blob, package), RT.CUSTOM_PROPERTIES)
