"""A Word document, from its first paragraph to its last, then its headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audit_kit.access import about, word_tables
from audit_kit.access.colour import Colour, contrast, needed, told
from audit_kit.access.package import A, Element, Package, Unreadable
from audit_kit.access.rules import Fault, fault
from audit_kit.access.theme import Palette, colours_of
from audit_kit.access.word_looks import TextLook, W, WordStyles, ground_told, is_on, parts_of_style
from audit_kit.access.word_objects import objects_in
from audit_kit.access.word_tables import WRAPPERS
from audit_kit.access.words import unclear_link

_PAGE_OF_TEXT = 3_000  # characters: about what a page of 12 points holds
_MOST_BLANKS = re.compile(r"[ \u00a0\u2000-\u200a\u3000]{3,}|\t{3,}")
_LINK_FIELD = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
_TEXT_BOX = f"{W}txbxContent"
_BLOCKS = frozenset((f"{W}p", f"{W}tbl"))
_SHOWS_SOMETHING = tuple(
    f"{W}{name}" for name in ("drawing", "pict", "object", "br", "sectPr", "sym", "sdt", "fldChar")
)


@dataclass
class _Walk:
    """Where the walk through the text has come to."""

    styles: WordStyles
    palette: Palette
    heading: str = ""
    level: int = 0
    paragraph: int = 0  # under the heading
    table: int = 0
    characters: int = 0
    blanks: int = 0  # empty paragraphs in a row
    has_headings: bool = False
    new_page: bool = False
    kinds: dict[str, int] = field(default_factory=dict)

    def place(self) -> str:
        """The paragraph in the reader's words."""
        under = f" under heading “{self.heading}”" if self.heading else ""
        return f"paragraph {self.paragraph}{under}"


def faults(package: Package, part: str) -> Iterator[Fault]:
    """Everything wrong in the document whose main part this is. Unreadable when it has no text."""
    root = package.xml(part)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise Unreadable("It holds no text.")
    theme = colours_of(package.only(part, "theme"))
    styles = WordStyles(package.only(part, "styles"), theme)
    walk = _Walk(styles, Palette(theme))
    page = styles.of_page(_background(package, part, root, styles))
    yield from about.faults_of(package, _says_its_language(package, part))
    yield from _of_blocks(body, walk, page)
    if not walk.has_headings and (walk.characters > _PAGE_OF_TEXT or walk.new_page):
        yield fault("headings-missing", "the document")
    for kind in ("header", "footer"):
        for target in sorted(set(package.related(part, kind))):
            yield from _of_margin(package.xml(target), f"the {kind}", walk, page)


def _background(package: Package, part: str, root: Element, styles: WordStyles) -> Colour | None:
    """The colour of the page, which Word shows only when the settings say so."""
    settings = package.only(part, "settings")
    shown = settings is not None and is_on(settings.find(f"{W}displayBackgroundShape"))
    return styles.colour(root.find(f"{W}background"), "color") if shown else None


def _says_its_language(package: Package, part: str) -> bool:
    for kind in ("styles", "settings"):
        root = package.only(part, kind)
        for each in () if root is None else root.iter(f"{W}lang", f"{W}themeFontLang"):
            if each.get(f"{W}val"):
                return True
    text = package.xml(part)
    return text is not None and any(each.get(f"{W}val") for each in text.iter(f"{W}lang"))


def _of_blocks(holder: Element, walk: _Walk, around: TextLook) -> Iterator[Fault]:
    for block in holder:
        if block.tag in WRAPPERS:
            yield from _of_blocks(block, walk, around)
        elif block.tag == f"{W}tbl":
            walk.blanks = 0
            walk.table += 1
            yield from _of_table(block, f"table {walk.table}", walk, around)
        elif block.tag == f"{W}p":
            yield from _of_body_paragraph(block, walk, around)


def _of_body_paragraph(paragraph: Element, walk: _Walk, around: TextLook) -> Iterator[Fault]:
    text, level = _text_of(paragraph), walk.styles.heading_level(paragraph)
    walk.new_page |= any(each.get(f"{W}type") == "page" for each in paragraph.iter(f"{W}br"))
    if level:
        yield from _of_heading(text, level, walk)
        place = f"heading “{walk.heading}”"
    else:
        walk.paragraph += 1
        place = walk.place()
    yield from _blanks(paragraph, text, place, walk)
    yield from _of_paragraph(paragraph, place, walk, around)


def _of_heading(text: str, level: int, walk: _Walk) -> Iterator[Fault]:
    walk.has_headings = True
    shown = " ".join(text.split())
    if not shown:
        walk.paragraph += 1
        yield fault("heading-empty", walk.place())
        return
    walk.heading, walk.paragraph = shown if len(shown) <= 60 else f"{shown[:57]}…", 0
    if level > walk.level + 1:
        before = f"a heading of level {walk.level}" if walk.level else "the beginning"
        yield fault("heading-skipped", f"heading “{walk.heading}”", f"It is of level {level} and follows {before}.")
    walk.level = level


def _blanks(paragraph: Element, text: str, place: str, walk: _Walk) -> Iterator[Fault]:
    if _MOST_BLANKS.search(text.strip(" ")):
        yield fault("repeated-blanks", place)
    is_empty = not text.strip() and next(paragraph.iter(*_SHOWS_SOMETHING), None) is None
    walk.blanks = walk.blanks + 1 if is_empty else 0
    if walk.blanks == 2:
        yield fault("repeated-blanks", place)


def _of_table(element: Element, place: str, walk: _Walk, around: TextLook) -> Iterator[Fault]:
    table = word_tables.table_of(element)
    yield from word_tables.faults_of(table, place)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            where = f"{place}, row {r + 1}, cell {c + 1}"
            parts = parts_of_style(element, r, c, len(table.rows), len(row))
            look = walk.styles.in_cell(cell, element, parts, around)
            yield from _of_cell(cell, where, walk, look)


def _of_cell(cell: Element, place: str, walk: _Walk, look: TextLook) -> Iterator[Fault]:
    for block in _blocks_in(cell):
        if block.tag == f"{W}tbl":
            yield fault("table-nested", place)
            yield from _of_table(block, f"{place}, table in it", walk, look)
            continue
        if _MOST_BLANKS.search(_text_of(block).strip(" ")):
            yield fault("repeated-blanks", place)
        if walk.styles.heading_level(block) and _text_of(block).strip():
            walk.has_headings = True
        yield from _of_paragraph(block, place, walk, look)


def _of_margin(root: Element | None, place: str, walk: _Walk, page: TextLook) -> Iterator[Fault]:
    """A header or footer: what is read there must be readable; its tables and blanks only lay it out."""
    for paragraph in () if root is None else root.iter(f"{W}p"):
        if not any(each.tag == _TEXT_BOX for each in paragraph.iterancestors()):
            look = _shaded_by_cell(paragraph, walk, page)
            yield from _of_paragraph(paragraph, place, walk, look, in_text=False)


def _shaded_by_cell(paragraph: Element, walk: _Walk, page: TextLook) -> TextLook:
    cell = next((each for each in paragraph.iterancestors() if each.tag == f"{W}tc"), None)
    table = next((each for each in paragraph.iterancestors() if each.tag == f"{W}tbl"), None)
    return page if cell is None or table is None else walk.styles.in_cell(cell, table, ("wholeTable",), page)


def _of_paragraph(
    paragraph: Element, place: str, walk: _Walk, around: TextLook, *, in_text: bool = True
) -> Iterator[Fault]:
    walk.characters += len(_text_of(paragraph))
    yield from _hard_to_read(paragraph, place, walk, around)
    yield from _links(paragraph, place)
    yield from objects_in(paragraph, place, walk.kinds, in_text=in_text)
    for box in paragraph.iter(_TEXT_BOX):
        if next((each for each in box.iterancestors() if each.tag == _TEXT_BOX), None) is None:
            yield from _of_text_box(box, f"a text box, {place}", walk, around)


def _of_text_box(box: Element, place: str, walk: _Walk, around: TextLook) -> Iterator[Fault]:
    """The text in a shape: in front of the shape's own colour, where it has one that can be told."""
    properties = box.getparent().getparent().find("{*}spPr")
    solid = None if properties is None else properties.find(f"{A}solidFill")
    ground = walk.palette.drawn(solid)
    look = TextLook(around.text, around.points, around.bold, around.hidden, (ground,) if ground else around.grounds)
    for paragraph in box.iter(f"{W}p"):
        walk.characters += len(_text_of(paragraph))
        yield from _hard_to_read(paragraph, place, walk, look)
        yield from _links(paragraph, place)


def _hard_to_read(paragraph: Element, place: str, walk: _Walk, around: TextLook) -> Iterator[Fault]:
    """The first piece of a paragraph whose text stands out too little."""
    look = walk.styles.of_paragraph(paragraph, around)
    for run in _own(paragraph, f"{W}r"):
        if not any((each.text or "").strip() for each in run.iterfind(f"{W}t")):
            continue
        one = walk.styles.of_run(run, look)
        if one.text is None or one.hidden:
            continue
        least = needed(one.points, one.bold)
        for ground in ground_told(one):
            if contrast(one.text, ground) < least:
                yield fault("contrast", place, told(one.text, ground, least))
                return


def _links(paragraph: Element, place: str) -> Iterator[Fault]:
    for link in _own(paragraph, f"{W}hyperlink"):
        if sentence := unclear_link(_text_of(link)):
            yield fault("link-text", place, sentence)
    for simple in _own(paragraph, f"{W}fldSimple"):
        if _LINK_FIELD.match(simple.get(f"{W}instr", "")) and (sentence := unclear_link(_text_of(simple))):
            yield fault("link-text", place, sentence)
    for text in _field_links(paragraph):
        if sentence := unclear_link(text):
            yield fault("link-text", place, sentence)


def _field_links(paragraph: Element) -> Iterator[str]:
    """The texts of links that are made of field codes."""
    open_fields: list[list[str]] = []  # instruction, result; "" or "shown" says which part it is in
    for element in paragraph.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append(["", "", ""])
            elif kind == "separate" and open_fields:
                open_fields[-1][2] = "shown"
            elif kind == "end" and open_fields:
                instruction, shown, _ = open_fields.pop()
                if _LINK_FIELD.match(instruction) and shown:
                    yield shown
        elif open_fields:
            open_fields[-1][1 if open_fields[-1][2] else 0] += element.text or ""


def _blocks_in(holder: Element) -> Iterator[Element]:
    for child in holder:
        if child.tag in _BLOCKS:
            yield child
        elif child.tag in WRAPPERS:
            yield from _blocks_in(child)


def _own(paragraph: Element, tag: str) -> Iterator[Element]:
    """The paragraph's elements of this name; what stands in a text box is the box's."""
    for element in paragraph.iter(tag):
        for above in element.iterancestors():
            if above is paragraph:
                yield element
                break
            if above.tag == _TEXT_BOX:
                break


def _text_of(element: Element) -> str:
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
    pieces = []
    for each in element.iter(f"{W}t", *marks):
        if each.tag in marks:
            # a tab stop in the paragraph's properties has the same name
            pieces.append(marks[each.tag] if each.getparent().tag == f"{W}r" else "")
        elif not any(above.tag == _TEXT_BOX for above in _up_to(each, element)):
            pieces.append(each.text or "")
    return "".join(pieces)


def _up_to(element: Element, top: Element) -> Iterator[Element]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above
