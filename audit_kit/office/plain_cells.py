"""The cells of a sheet that hold one text and nothing else, as the kit writes them: read without parsing them as XML.

A copy on file has hundreds, and no two copies have the same. Whatever is written in any other way is left to whoever
reads the XML.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import unescape

_PLAIN = re.compile(
    rb'r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]{1,7}")? t="inlineStr"><is><t(?: xml:space="preserve")?>'
    rb"([^<>&\r]*(?:&(?:amp|lt|gt|quot|apos);[^<>&\r]*)*)</t></is></c>"
    rb'(?:</row><row(?: (?:r|ht|spans|customHeight|hidden|s|customFormat)="[0-9.:]{1,12}")*>)?'
)
_ROW_BEGINS = re.compile(rb"<row [^<>]*[^<>/]>")
_ROWS_END = b"</row></sheetData>"
_QUOTES = {"&quot;": '"', "&apos;": "'"}


def plain_cells(part: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """The plain cells of a sheet, each as (place, text), and the sheet without them. None of any other part.

    A cell is plain only where cells stand: behind another one or at the beginning of a row. Elsewhere it might be a piece
    of a longer text.
    """
    if b"<sheetData" not in part:
        return [], part
    first, *cells = part.split(b"<c ")
    behind = b""
    if cells and (end := cells[-1].find(_ROWS_END)) >= 0:  # with the last cell stands all that follows the rows
        cells[-1], behind = cells[-1][:end], cells[-1][end:]
    found, left, among_cells = [], [first], _ends_before_a_cell(first)
    try:
        for cell in cells:
            plain = _PLAIN.fullmatch(cell) if among_cells else None
            if plain is not None:
                found.append((f"cell {plain[1].decode()}", unescape(plain[2].decode(), _QUOTES)))
            else:
                left.append(cell)
                is_over = cell.endswith(b"</c>") or (cell.endswith(b"/>") and b"<" not in cell)
                among_cells = is_over or _ends_before_a_cell(cell)
    except UnicodeDecodeError:
        return [], part
    return found, b"<c ".join(left) + behind


def _ends_before_a_cell(piece: bytes) -> bool:
    """Whether the last thing in this piece is the beginning of a row."""
    return _ROW_BEGINS.fullmatch(piece, max(piece.rfind(b"<"), 0)) is not None
