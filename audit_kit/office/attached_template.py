"""A Word file without the template that it was made from: Word fetches that from wherever it lies when the file is opened.

Where the template lies on a server, opening the file tells that server who opens it, and runs what is in the template.
What it looked like is in the file itself, so nothing changes to the eye.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_ATTACHED = re.compile(rb"<(?:\w+:)?attachedTemplate\b[^>]*?(?:/>|>\s*</(?:\w+:)?attachedTemplate>)")
_LEADS_THERE = re.compile(rb"<Relationship\b[^>]*/attachedTemplate[\"'][^>]*?(?:/>|>\s*</Relationship>)", re.IGNORECASE)
_PARTS = {"word/settings.xml": _ATTACHED, "word/_rels/settings.xml.rels": _LEADS_THERE}


def without_attached_template(document: bytes) -> bytes:
    """The document, which passed Word's gate, without that; the same bytes when none is attached."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        parts = [(entry, package.read(entry)) for entry in package.infolist()]
    kept = [
        (entry, _PARTS[entry.filename].sub(b"", part) if entry.filename in _PARTS else part) for entry, part in parts
    ]
    if kept == parts:
        return document
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, part in kept:
            package.writestr(entry, part)
    return stream.getvalue()
