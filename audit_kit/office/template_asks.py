"""Which fields a Word template asks for: as a whole, or tag by tag where its loops and tags don't close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from jinja2 import TemplateError, nodes

from audit_kit.office.document import environment, roots, text_of

_KIND = "(?:tr|tc|p|r)?"  # docxtpl's letters behind the brackets: what goes when the tag goes
_PRINTS = re.compile(rf"\{{\{{{_KIND}-?\s([^{{}}]*?)-?\}}\}}")
_ASKS_IF = re.compile(rf"\{{%{_KIND}-?\s*(?:if|elif)\s([^{{}}]*?)-?%\}}")
_LOOP = re.compile(r"(\w+)\s+in\s+([\w.]+)\s*-?%\}")
_ENDFOR = re.compile(rf"\{{%{_KIND}-?\s*endfor\b")
_FOR = re.compile(rf"\{{%{_KIND}-?\s*for\b\s*")


def asked_in_whole_tags(document: DocumentType, fields: frozenset[str]) -> frozenset[str]:
    """The fields that tags ask for which are whole themselves, in a document that can't be read as one.

    Where the beginning of a loop is gone or can't be read, any other word than one of the model's own ``fields`` may be
    what that loop calls its rows: of such words nothing is said.
    """
    texts = [text_of(paragraph) for root in roots(document) for paragraph in root.iter(qn("w:p"))]
    loops = [_LOOP.match(text, found.end()) for text in texts for found in _FOR.finditer(text)]
    scope: dict[str, str | None] = {}
    for loop in loops:
        if loop is not None:
            first, _, rest = loop[2].partition(".")
            rows = ".".join(part for part in (scope.get(first, first) or "", rest) if part)
            scope[loop[1]] = rows if scope.get(loop[1], rows) == rows else None  # of two lists: it can't be told which
    asked = {path for text in texts for path in _asked_by_tags(text, scope)}
    asked |= {rows for rows in scope.values() if rows}
    whole = None not in loops and len(loops) >= sum(len(_ENDFOR.findall(text)) for text in texts)
    return frozenset(path for path in asked if whole or path.partition(".")[0] in fields)


def _asked_by_tags(text: str, scope: Mapping[str, str | None]) -> Iterator[str]:
    for found in (*_PRINTS.finditer(text), *_ASKS_IF.finditer(text)):
        try:
            tree = environment({}, []).parse(f"{{{{ {found[1]} }}}}")
        except TemplateError:
            continue  # that it can't be read is told
        yield from asked_in(tree, scope)


def asked_in(node: nodes.Node, scope: Mapping[str, str | None]) -> Iterator[str]:
    """The fields that this part asks for. ``scope``: loop variable → the field whose rows it stands for, None if unsure."""
    if isinstance(node, nodes.For):
        yield from asked_in(node.iter, scope)
        rows = _path(node.iter, scope)
        if isinstance(node.target, nodes.Name) and rows is not None:
            scope = {**scope, node.target.name: rows}
        for child in (*node.body, *node.else_):
            yield from asked_in(child, scope)
        return
    path = _path(node, scope)
    if path is not None:
        yield path
        return
    for child in node.iter_child_nodes():
        yield from asked_in(child, scope)


def _path(node: nodes.Node, scope: Mapping[str, str | None]) -> str | None:
    """The field that an expression names; None when it names none, as jinja's own ``loop`` does not."""
    if isinstance(node, nodes.Name):
        return None if node.name == "loop" else scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        owner = _path(node.node, scope)
        return None if owner is None else f"{owner}.{node.attr}"
    return None
