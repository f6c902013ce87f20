"""XML without its dangerous parts: expat, watched at every element.

Refused wherever they stand: document types, entities, processing instructions, other encodings than UTF-8,
deep nesting, floods of elements or attributes. With them gone, expat's work is linear in the bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from xml.parsers import expat

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_reasons import Reason, Refused

SEPARATOR = "|"  # between a name's namespace and its local part, in what visitors are given


class Visitor(Protocol):
    """Is told of each element and text of one part, in order."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; ``name`` is ``namespace|local``."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, chars: str) -> None:
        """Some text; one text may come in several pieces."""


class Budget:
    """What all parts of one workbook may still use together."""

    def __init__(self) -> None:
        self.elements = limits.ELEMENTS


def walk(xml: bytes, budget: Budget, visitor: Visitor | None = None) -> None:
    """Take one XML part through expat; ``visitor`` is told of everything in it.

    Without a visitor the part is only proved harmless. With one, comments and CDATA are refused inside the
    root element: readers were measured to lose or to split the text around them.
    """
    parser = expat.ParserCreate("UTF-8", SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 65_536
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        budget.elements -= 1
        if budget.elements < 0:
            raise Refused(Reason.TOO_LARGE, "xml: too many elements")
        if depth > limits.DEPTH:
            raise Refused(Reason.ODD, "xml: nested too deep")
        if len(attributes) > limits.ATTRIBUTES:
            raise Refused(Reason.ODD, "xml: too many attributes")
        if visitor is not None:
            visitor.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if visitor is not None:
            visitor.end(name)

    def inside(*_: object) -> None:
        if depth:
            raise Refused(Reason.ODD, "xml: comment or CDATA")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if visitor is not None:
        parser.CharacterDataHandler = visitor.text
        parser.CommentHandler = inside
        parser.StartCdataSectionHandler = inside
    _refuse_the_dangerous(parser)
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Refused(Reason.ODD, "xml: not well-formed") from None
    except ValueError:  # an encoding that Python's expat does not know
        raise Refused(Reason.ODD, "xml: encoding") from None


def _refuse_the_dangerous(parser: Any) -> None:
    def doctype(*_: object) -> None:
        raise Refused(Reason.ODD, "xml: document type")

    def instruction(target: str, _: str) -> None:
        # SharePoint opens its custom XML with <?mso-contentType?>
        if not target.startswith("mso-"):
            raise Refused(Reason.ODD, "xml: processing instruction")

    def declaration(version: str, encoding: str | None, _: int) -> None:
        if version != "1.0" or (encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            raise Refused(Reason.ODD, "xml: encoding")

    def namespace(prefix: str | None, uri: str | None) -> None:
        # expat copies the namespace into each element's name: a long one makes its work quadratic
        if len(uri or "") + len(prefix or "") > limits.NAMESPACE_CHARS:
            raise Refused(Reason.ODD, "xml: namespace")

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    parser.XmlDeclHandler = declaration
    parser.StartNamespaceDeclHandler = namespace
