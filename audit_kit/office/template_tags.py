"""Every tag of a Word template in reading order: where it stands, which fields it asks for, and whether it does more.

A branch that the example doesn't take shows nothing of what is wrong in it, so the tags themselves are read. Each
loop's name is known while the loop lasts, as when the template is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from jinja2 import Environment, TemplateError, nodes
from lxml.etree import _Element

from audit_kit.office.document import environment, roots
from audit_kit.office.template_asks import asked_in

# docxtpl's letters behind the brackets say what goes when the tag goes: a paragraph, a row, a cell, a run
_TAG = re.compile(r"\{([{%])(?:(?:tr|tc|p|r)(?=[-\s]))?-?\s*([^{}]*?)\s*-?[%}]\}")
_FOR = re.compile(r"for\s+(.+?)\s+in\s+(.+)", re.DOTALL)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # as docxtpl reads what Word made of quotes
_CONDITIONS, _ENDS = ("if", "elif"), ("else", "endif", "endfor")
_OF_A_CELL = ("cellbg", "colspan", "vm", "hm")  # docxtpl's own
#: what may be done to any text, whatever it is
_FILTERS = frozenset(
    ("capitalize", "count", "default", "d", "first", "join", "last", "length", "list", "lower", "replace", "string",
     "title", "trim", "upper", "unique", "reverse")
)  # fmt: skip
_SUMS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg, nodes.Pos)
_BY_SIZE = ("lt", "lteq", "gt", "gteq")


@dataclass(frozen=True)
class Tag:
    """One tag, as it was typed."""

    paragraph: _Element
    typed: str
    asks: tuple[str, ...] = ()  # "improvements.title"
    works_out: bool = False  # what may be impossible in one paper although it is possible in another
    is_strange: bool = False  # neither a field nor the beginning, middle or end of a loop or condition


def tags_of(document: DocumentType) -> Iterator[Tag]:
    """The tags of the body, then of headers and footers. What can't be read as a tag is left out: that is told elsewhere."""
    jinja = environment({}, [])
    for root in roots(document):
        loops: list[dict[str, str | None]] = []
        for paragraph in root.iter(qn("w:p")):
            for found in _TAG.finditer(_own_text(paragraph)):
                yield _read(paragraph, found, loops, jinja)


def _own_text(paragraph: _Element) -> str:
    """What stands in the paragraph, without what a text box in it says: that has paragraphs of its own."""
    texts = (node for node in paragraph.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is paragraph)
    return "".join(node.text or "" for node in texts).translate(_STRAIGHT)


def _read(paragraph: _Element, found: re.Match[str], loops: list[dict[str, str | None]], jinja: Environment) -> Tag:
    """The tag; a loop that it begins or ends is added to, or taken from, those that last."""
    scope = {name: path for loop in loops for name, path in loop.items()}
    word, _, rest = (found[2], "", "") if found[1] == "{" else found[2].partition(" ")
    if found[1] == "{":
        return _asking(paragraph, found[0], found[2], scope, jinja)
    if word == "for" and (loop := _FOR.fullmatch(found[2])):
        tag = _asking(paragraph, found[0], loop[2], scope, jinja)
        names = [name.strip() for name in loop[1].split(",")]
        whole = loop[2].strip() if re.fullmatch(r"[\w.]+", loop[2].strip()) and len(names) == 1 else ""
        loops.append(dict.fromkeys(names, next(iter(tag.asks), None) if whole else None))
        return tag
    if word == "endfor" and loops:
        loops.pop()
    if word in _CONDITIONS:
        return _asking(paragraph, found[0], rest, scope, jinja)
    return Tag(paragraph, found[0], is_strange=bool(word) and word not in (*_ENDS, *_OF_A_CELL))


def _asking(
    paragraph: _Element, typed: str, expression: str, scope: Mapping[str, str | None], jinja: Environment
) -> Tag:  # fmt: skip
    try:
        tree = jinja.parse(f"{{{{ {expression} }}}}")
    except TemplateError:
        return Tag(paragraph, typed)
    return Tag(paragraph, typed, tuple(asked_in(tree, scope)), _works_out(tree))


def _works_out(tree: nodes.Template) -> bool:
    """Whether it does more than print a field, walk through a list or ask whether something is so."""
    return (
        next(tree.find_all((*_SUMS, nodes.Getitem)), None) is not None
        or any(each.op in _BY_SIZE for each in tree.find_all(nodes.Operand))
        or any(each.name not in _FILTERS for each in tree.find_all(nodes.Filter))
        or any(each.expr2 is None for each in tree.find_all(nodes.CondExpr))
    )
