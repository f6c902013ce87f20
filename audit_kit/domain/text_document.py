"""A document without a form (minutes, a letter) as values: what is left of it once it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. ``level`` 0 is body text, 1 to 4 a heading."""

    text: str
    level: int = 0
    in_list: bool = False


@dataclass(frozen=True)
class Table:
    """One table: rows of cells, each cell its text, lines by line feeds. The first row is taken for its head."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True)
class TextDocument:
    """The text of a document in its order, and what else lay in it (kinds only), which is not carried over."""

    blocks: tuple[Block, ...]
    beside: tuple[str, ...] = ()
