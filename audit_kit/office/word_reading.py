"""A Word file's text as values: paragraphs with their heading level, tables as rows of cells.

Read by expat behind the gate (``word_gate``), in one pass. What a reader of the printed page would not see is left
out: deleted and moved-away text, hidden text, field codes, comments. Text boxes are read once, where they stand; notes
at the foot or the end come last, each behind the number that stands where it is referred to. What stands in headers and
footers is named by kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from audit_kit.domain.text_document import Block, Paragraph, Table
from audit_kit.office.gate_xml import Budget, check_depth, walk
from audit_kit.office.word_gate import WordSeen

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main|"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006|"
_NOTES = ("footnote", "endnote")
UNSEEN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}pPrChange", f"{_W}rPrChange"))  # fmt: skip


def read_word(seen: WordSeen) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The document's blocks in their order, and what lies in it besides (kinds only), which is in none of them."""
    styles = _styles(seen)
    visitor = _Document(styles.levels, styles.lists)
    walk(seen.package.xml(seen.main), Budget(), visitor)
    notes = list(_notes(seen, visitor))
    blocks = (*visitor.blocks, *((Paragraph("Notes", 2), *notes) if notes else ()))
    return blocks, tuple(sorted({*seen.beside, *visitor.beside, *_repeated(seen)}))


def _notes(seen: WordSeen, document: _Document) -> Iterator[Paragraph]:
    """Footnotes and endnotes in the order in which they are referred to; whatever is hidden in them is told."""
    texts: dict[tuple[str, str], str] = {}
    for kind in _NOTES:
        part = seen.package.only(seen.main, f"{kind}s")
        if part is not None:
            notes = _Notes()
            walk(seen.package.xml(part), Budget(), notes)
            document.beside |= notes.beside
            texts |= {(kind, each): "\n".join(lines) for each, lines in notes.lines.items() if any(lines)}
    for number, reference in enumerate(document.references, start=1):
        if text := texts.pop(reference, ""):
            yield Paragraph(f"[{number}] {text}")
    yield from (Paragraph(text) for text in texts.values())  # nothing refers to them


def _repeated(seen: WordSeen) -> set[str]:
    """Which of "header" and "footer" hold words."""
    found: set[str] = set()
    for each in seen.package.relationships.get(seen.main, ()):
        if each.kind in ("header", "footer") and each.kind not in found:
            visitor = _Document({}, frozenset())
            walk(seen.package.xml(each.target), Budget(), visitor)
            if visitor.blocks:
                found.add(each.kind)
    return found


def _styles(seen: WordSeen) -> _Styles:
    """What the document's own styles say: their ids differ with Word's language."""
    styles = _Styles()
    part = seen.package.only(seen.main, "styles")
    if part is not None:
        walk(seen.package.xml(part), Budget(), styles)
    return styles


class _Styles:
    """Style id → heading level, and the ids of the styles that make lists."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self.lists: set[str] = set()
        self._path: list[str] = []
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        check_depth(self._path)
        self._path.append(name)
        if name == f"{_W}style":
            self._style = attributes.get(f"{_W}styleId", "")
        elif name == f"{_W}numPr" and self._style:
            self.lists.add(self._style)
        elif name == f"{_W}name" and self._style:
            said = attributes.get(f"{_W}val", "").strip().lower()
            if said == "title":
                self.levels[self._style] = 1
            elif said.startswith("heading "):
                self.levels[self._style] = min(int(said[8:9]), 4) if said[8:9].isdigit() else 1

    def end(self, name: str) -> None:
        self._path.pop()
        if name == f"{_W}style":
            self._style = ""

    def text(self, chars: str) -> None:
        pass


@dataclass
class _OpenTable:
    """A table that is being read: finished rows, the row at hand, the cell at hand."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


class _Document:
    """Collects blocks. A table within a cell becomes lines of that cell, so that nothing is lost."""

    def __init__(self, levels: Mapping[str, int], lists: Set[str]) -> None:
        self.blocks: list[Block] = []
        self.beside: set[str] = set()
        self.references: list[tuple[str, str]] = []  # to notes: ("footnote", its id), in their order
        self._levels, self._lists = levels, lists
        self._path: list[str] = []
        self._unseen = 0  # how many of the elements around are not seen on the page
        self._paragraphs: list[list[str]] = []  # a text box stands in a paragraph, and holds some
        self._level, self._in_list, self._hidden = 0, False, False
        self._tables: list[_OpenTable] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        check_depth(self._path)
        self._path.append(name)
        self._unseen += name in UNSEEN
        if name in (f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"):
            self.beside.add("tracked changes")
        if not name.startswith(_W):
            return
        self._begin(name.removeprefix(_W), attributes)

    def _begin(self, what: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get(f"{_W}val", "")
        if what == "p":
            self._paragraphs.append([])
            self._level, self._in_list = 0, False
        elif what == "tbl":
            self._tables.append(_OpenTable())
        elif what == "pStyle":
            self._level = self._levels.get(value, 0)
            self._in_list = self._in_list or (value in self._lists and not self._level)
        elif what == "numPr":
            self._in_list = not self._level
        elif what == "r":
            self._hidden = False
        elif what == "vanish" and value not in ("0", "false"):
            self._hidden = True
            self.beside.add("hidden text")
        elif what in ("footnoteReference", "endnoteReference") and self._paragraphs and not self._unseen:
            self.references.append((what.removesuffix("Reference"), attributes.get(f"{_W}id", "")))
            self._paragraphs[-1].append(f"[{len(self.references)}]")
        elif what in ("tab", "br", "cr") and self._paragraphs and not self._unseen and f"{_W}tabs" not in self._path:
            self._paragraphs[-1].append("\t" if what == "tab" else "\n")

    def end(self, name: str) -> None:
        self._path.pop()
        self._unseen -= name in UNSEEN
        if name == f"{_W}p":
            self._finish_paragraph("".join(self._paragraphs.pop()))
        elif name == f"{_W}tc" and self._tables:
            table = self._tables[-1]
            table.row.append("\n".join(table.cell))
            table.cell.clear()
        elif name == f"{_W}tr" and self._tables:
            table = self._tables[-1]
            table.rows.append(tuple(table.row))
            table.row.clear()
        elif name == f"{_W}tbl":
            self._finish_table(self._tables.pop())

    def text(self, chars: str) -> None:
        if self._path[-1] == f"{_W}t" and self._paragraphs and not self._unseen and not self._hidden:
            self._paragraphs[-1].append(chars)

    def _finish_paragraph(self, text: str) -> None:
        if not text.strip() or self._unseen:
            return
        if self._tables:
            self._tables[-1].cell.append(text)
        else:
            self.blocks.append(Paragraph(text, self._level, self._in_list))

    def _finish_table(self, table: _OpenTable) -> None:
        if self._tables:
            self._tables[-1].cell += [" | ".join(row) for row in table.rows]
        elif table.rows:
            self.blocks.append(Table(tuple(table.rows)))


class _Notes(_Document):
    """Collects the lines of each footnote or endnote by its id."""

    def __init__(self) -> None:
        super().__init__({}, frozenset())
        self.lines: dict[str, list[str]] = {}
        self._id = ""

    def _begin(self, what: str, attributes: Mapping[str, str]) -> None:
        if what in _NOTES:
            self._id = attributes.get(f"{_W}id", "")
        super()._begin(what, attributes)

    def end(self, name: str) -> None:
        super().end(name)
        if name.removeprefix(_W) in _NOTES:
            self.lines[self._id] = [_line(block) for block in self.blocks]
            self.blocks.clear()


def _line(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(" | ".join(row) for row in block.rows)
