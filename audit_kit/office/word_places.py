"""Under which heading a paragraph of a Word document stands: its number alone is found by nobody."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

_BODY = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def headings_above(document: bytes) -> dict[str, str]:
    """Place of each paragraph, as ``package_texts`` says it, to the text of the nearest heading above it.

    Nothing for what is no Word document, and for paragraphs before the first heading.
    """
    try:
        with zipfile.ZipFile(BytesIO(document)) as package:
            body = package.read(_BODY)
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, etree.XMLSyntaxError):
        return {}
    found, heading, number = {}, "", 0
    for paragraph in root.iter("{*}p"):
        if not len(paragraph):  # counted as package_texts counts: an empty one has no text to find
            continue
        number += 1
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        if style is not None and style.get(f"{_WORD}val", "").startswith("Heading"):
            heading = "".join(paragraph.itertext(f"{_WORD}t"))
        if heading:
            found[f"{_BODY}, paragraph {number}"] = heading
    return found
