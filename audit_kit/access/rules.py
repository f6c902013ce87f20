"""What is looked for: each rule with its code, its level, why it matters and what puts it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a fault keeps from a reader, in the words of Microsoft's Accessibility Checker."""

    ERROR = "error"  # some readers can't get at the content at all
    WARNING = "warning"  # it is hard for some readers, in most cases
    TIP = "tip"  # it can be read, and would be easier otherwise


@dataclass(frozen=True)
class Rule:
    """One thing that must hold. ``formats``: in which files it is looked for."""

    code: str
    level: Level
    formats: tuple[str, ...]  # "xlsx", "docx", "pptx"
    title: str  # what must hold
    reason: str  # whom the fault shuts out
    remedy: str  # what to do, in the words of the Office programs
    source: str


@dataclass(frozen=True)
class Fault:
    """One fault in a file. ``place`` as its reader sees it: sheet and cell, paragraph under a heading, slide."""

    code: str
    place: str
    reason: str
    remedy: str
    level: Level


_X, _W, _P = "xlsx", "docx", "pptx"
_CHECKER = "Microsoft Accessibility Checker"

RULES: tuple[Rule, ...] = (
    Rule(
        "access-restricted", Level.ERROR, (_X, _W, _P),
        "The file can be opened by assistive programs",
        "It is under a password or rights management, which can keep screen readers out. Nothing else in it was looked at.",
        "Take the password or the restriction off (File, Info, Protect), or give readers a copy without it.",
        f"{_CHECKER}: document access restricted",
    ),
    Rule(
        "title-missing", Level.WARNING, (_X, _W, _P),
        "The file has a title in its properties",
        "It has no title: a screen reader says the file's name instead when it opens.",
        "Enter a title under File, Info, Properties.",
        "WCAG 2.2, 2.4.2 Page Titled",
    ),
    Rule(
        "language-missing", Level.WARNING, (_X, _W, _P),
        "The file says in which language it is written",
        "It does not say its language, which a screen reader must know to pronounce the words.",
        "Word and PowerPoint: Review, Language. Excel: File, Info, Properties, Advanced Properties, Custom, Language "
        "with a value such as en-GB.",
        "WCAG 2.2, 3.1.1 Language of Page",
    ),
    Rule(
        "alt-text-missing", Level.ERROR, (_X, _W, _P),
        "Pictures, charts, diagrams, shapes and embedded objects have alternative text",
        "It has no alternative text: who can't see it gets nothing in its place.",
        "Right-click it, View Alt Text, and say in a sentence what it shows; or mark it as decorative.",
        f"{_CHECKER}: missing alternative text; WCAG 2.2, 1.1.1",
    ),
    Rule(
        "alt-text-unclear", Level.ERROR, (_X, _W, _P),
        "Alternative text is a description: no file's name, and not only the word picture",
        "Its alternative text does not say what it shows.",
        "Right-click it, View Alt Text, and say in a sentence what it shows.",
        f"{_CHECKER}: alternative text holds a file extension; WCAG 2.2, 1.1.1",
    ),
    Rule(
        "contrast", Level.WARNING, (_X, _W, _P),
        "Text stands out from what is behind it: 4.5 to 1, or 3 to 1 from 18 points (14 if bold)",
        "Readers with low vision can't make the text out.",
        "Choose a darker colour for the text or a lighter one behind it.",
        f"{_CHECKER}: hard-to-read text contrast; WCAG 2.2, 1.4.3",
    ),
    Rule(
        "link-text", Level.WARNING, (_X, _W, _P),
        "The text of a link says where it leads",
        "Screen readers list links by their text alone, and there it says nothing.",
        "Change the link's text to what one finds behind it.",
        f"{_CHECKER}: unclear hyperlink text; WCAG 2.2, 2.4.4",
    ),
    Rule(
        "table-header-missing", Level.ERROR, (_X, _W, _P),
        "A table has a header row",
        "It has no header row: a screen reader has no heading to say with a cell.",
        "Excel and PowerPoint: Table Design, Header Row. Word: Table Layout, Repeat Header Rows.",
        f"{_CHECKER}: no header row specified; WCAG 2.2, 1.3.1",
    ),
    Rule(
        "merged-cells", Level.WARNING, (_X, _W, _P),
        "Cells are neither merged nor split",
        "Cells are merged or split: a screen reader counts cells to know where it is, and loses its place.",
        "Unmerge the cells; let a long text run over, or give it a column of its own.",
        f"{_CHECKER}: merged or split cells; WCAG 2.2, 1.3.1",
    ),
    Rule(
        "table-nested", Level.WARNING, (_W,),
        "A table stands in no other table's cell",
        "A table stands inside a table: a screen reader can't say in which of the two it is.",
        "Take the inner table out, and put it below.",
        f"{_CHECKER}: table has simple structure; WCAG 2.2, 1.3.1",
    ),
    Rule(
        "table-blank-row", Level.WARNING, (_X, _W, _P),
        "No blank row or column of a table is there for space",
        "It is blank: a screen reader takes it for the table's end.",
        "Delete it; set the height of the row or the space after the paragraph instead.",
        f"{_CHECKER}: blank table rows or columns; WCAG 2.2, 1.3.1",
    ),
    Rule(
        "table-alt-text", Level.TIP, (_X, _W, _P),
        "A table has alternative text",
        "It has no alternative text, by which who listens can decide whether to go through the table.",
        "Table Properties (in Excel: right-click, Table, Alternative Text): say in a sentence what it holds.",
        f"{_CHECKER}: missing alternative text, table",
    ),
    Rule(
        "sheet-name-default", Level.WARNING, (_X,),
        "Each sheet's name says what is on it",
        "Its name is the one that Excel gave it: readers find their way by the names of sheets.",
        "Double-click the sheet's tab and write what is on it; delete a sheet that is empty.",
        f"{_CHECKER}: default sheet names",
    ),
    Rule(
        "colour-only-number", Level.ERROR, (_X,),
        "A number format shows by a sign, not by colour alone, that a number is negative",
        "Negative numbers differ by colour alone: who doesn't see it reads the wrong number.",
        "Format Cells, Number: choose a format with a minus sign or brackets.",
        f"{_CHECKER}: red-only number formats; WCAG 2.2, 1.4.1",
    ),
    Rule(
        "colour-only-format", Level.WARNING, (_X,),
        "What a conditional format shows by colour can also be read in a cell",
        "A colour says what no cell says: who doesn't see it doesn't learn it.",
        "Say it in a cell in words as well, or let the format also change the letters (bold, a word, a sign).",
        "WCAG 2.2, 1.4.1 Use of Color",
    ),
    Rule(
        "input-border", Level.WARNING, (_X,),
        "A cell to be filled in on a protected sheet has an edge that is seen: 3 to 1",
        "The edge is not seen on all sides: readers with low vision don't see where to type. A pale fill alone is not enough.",
        "Give the cell a border on all sides in a darker colour.",
        "WCAG 2.2, 1.4.11 Non-text Contrast",
    ),
    Rule(
        "locked-cells-unreachable", Level.WARNING, (_X,),
        "On a protected sheet, locked cells can be chosen",
        "Locked cells can't be chosen: a screen reader reads the chosen cell, so it never reads the questions.",
        "Unprotect the sheet and protect it again with \"Select locked cells\" ticked.",
        "WCAG 2.2, 2.1.1 Keyboard",
    ),
    Rule(
        "headings-missing", Level.ERROR, (_W,),
        "A document of more than a page has headings",
        "It has no headings: a screen reader goes from heading to heading, and finds one long text.",
        "Give titles of parts the styles Heading 1, Heading 2, and so on.",
        f"{_CHECKER}: no heading styles; WCAG 2.2, 1.3.1 and 2.4.6",
    ),
    Rule(
        "heading-skipped", Level.TIP, (_W,),
        "Headings begin at level 1 and leave out no level on the way down",
        "Who listens thinks that a part was missed.",
        "Change the heading's style to the level below the one before it.",
        f"{_CHECKER}: headings don't skip; WCAG 2.2, 1.3.1",
    ),
    Rule(
        "heading-empty", Level.WARNING, (_W,),
        "A heading holds text",
        "It is a heading without text: a screen reader announces a part and then says nothing.",
        "Delete the empty line, or give it an ordinary style.",
        "WCAG 2.2, 2.4.6 Headings and Labels",
    ),
    Rule(
        "repeated-blanks", Level.WARNING, (_W,),
        "Space is made by styles and tabs, not by blanks or empty lines in a row",
        "Blanks or empty lines in a row make space: a screen reader says each, and readers take them for the end.",
        "Delete them; set an indent, a tab or the space after the paragraph.",
        f"{_CHECKER}: repeated blank characters",
    ),
    Rule(
        "object-floating", Level.WARNING, (_W,),
        "Pictures and other objects stand in line with the text",
        "It floats: a screen reader meets it at the wrong place or not at all.",
        "Choose the object, Layout Options, In Line with Text.",
        f"{_CHECKER}: image or object not in line",
    ),
    Rule(
        "watermark", Level.TIP, (_W,),
        "There is no watermark",
        "There is a watermark: it makes text hard to read, and screen readers don't say it.",
        "Design, Watermark, Remove; say it in the header in words.",
        f"{_CHECKER}: image watermark",
    ),
    Rule(
        "slide-title-missing", Level.ERROR, (_P,),
        "Each slide has a title",
        "It has no title, by which readers find it.",
        "Home, Layout: choose one with a title, and fill it in (it may be hidden).",
        f"{_CHECKER}: missing slide title; WCAG 2.2, 2.4.2",
    ),
    Rule(
        "slide-title-duplicate", Level.TIP, (_P,),
        "No two slides have the same title",
        "They have the same title: readers can't tell them apart in a list.",
        "Add what is new on the slide, or a number.",
        f"{_CHECKER}: slide titles are unique",
    ),
    Rule(
        "reading-order", Level.WARNING, (_P,),
        "Objects on a slide are read in the order in which they stand",
        "A screen reader reads in the order of the selection pane.",
        "Home, Arrange, Selection Pane: what is read first stands lowest.",
        f"{_CHECKER}: check reading order; WCAG 2.2, 1.3.2",
    ),
    Rule(
        "section-name-default", Level.TIP, (_P,),
        "Sections of a presentation have names",
        "It has no name of its own: readers find their way by the names of sections.",
        "Right-click the section, Rename Section.",
        f"{_CHECKER}: default section names",
    ),
    Rule(
        "captions-missing", Level.WARNING, (_P,),
        "A video or sound has captions",
        "It has no captions: who can't hear it gets nothing of it.",
        "Choose it, Playback, Insert Captions.",
        f"{_CHECKER}: missing closed captions; WCAG 2.2, 1.2.2",
    ),
)  # fmt: skip

_BY_CODE = {rule.code: rule for rule in RULES}


def rule_of(code: str) -> Rule:
    """The rule of this code; KeyError when there is none."""
    return _BY_CODE[code]


def fault(code: str, place: str, seen: str = "") -> Fault:
    """A fault of this rule at this place. ``seen``: what was found there, before the rule's own reason."""
    rule = rule_of(code)
    return Fault(code, place, f"{seen} {rule.reason}".strip(), rule.remedy, rule.level)


def rules_table() -> str:
    """Every rule as a table in Markdown: docs/access-rules.md is made of it."""
    rows = [
        f"| `{rule.code}` | {rule.level} | {', '.join(f'.{each}' for each in rule.formats)} | {rule.title} | {rule.remedy} | {rule.source} |"
        for rule in RULES
    ]
    head = ("| code | level | in | what must hold | what to do | source |", "|---|---|---|---|---|---|")
    return "\n".join((*head, *rows))
