"""Where the pages of a report may break: small tables stay whole, and no page is left half empty for what follows one.

A template can't say it of a table that grows with its rows: all of them look like the one that is repeated.
"""

from __future__ import annotations

from docx.document import Document as DocumentType
from docx.oxml.ns import qn

_WHOLE_ROWS = 10  # a table of so many rows, its heading among them, stays on one page
_ENDS = 3  # of a longer one so many rows stay together at either end


def let_flow(document: DocumentType) -> None:
    """Let each table go from what follows it, and a long one over a page.

    LibreOffice takes a last row that is held to the next paragraph for a table that wants room for more than that.
    """
    for table in document.element.body.iterchildren(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        over_a_page = rows[_ENDS:-_ENDS] if len(rows) > _WHOLE_ROWS else []
        for row in (*over_a_page, rows[-1]):
            for held in list(row.iter(qn("w:keepNext"))):
                held.getparent().remove(held)
