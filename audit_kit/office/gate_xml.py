"""XML without its dangerous parts: expat, with the floods counted before it starts.

Refused wherever they stand: document types, entities, processing instructions, other encodings than UTF-8,
deep nesting, floods of elements, attributes or namespaces. With them gone, expat's work is linear in the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar
from xml.parsers import expat

from audit_kit.office import gate_limits as limits
from audit_kit.office.gate_known import Known, hash_of
from audit_kit.office.gate_reasons import Reason, Refused

SEPARATOR = "|"  # between a name's namespace and its local part, in what visitors are given


class Visitor(Protocol):
    """Is told of each element and text of one part, in order. It minds the depth itself (``check_depth``)."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; ``name`` is ``namespace|local``."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, chars: str) -> None:
        """Some text; one text may come in several pieces."""


AnyVisitor = TypeVar("AnyVisitor", bound=Visitor)


class Budget:
    """What all parts of one workbook may still use together; or those of all workbooks in one document."""

    def __init__(self) -> None:
        self._bytes = limits.XML_BYTES
        self.to_check = limits.CHECKED_PICTURE_BYTES  # packed bytes of pictures that are still inflated
        self._elements = limits.ELEMENTS
        self._with_ends: list[bytes] = []  # parts whose end tags were counted with their elements
        self._attributes = limits.ATTRIBUTES
        self._namespaces = limits.NAMESPACES

    def use_for(self, xml: bytes) -> None:
        """Count what a part holds before expat collects it, which keeps all attributes of an element at once.

        By the marks that each element, attribute and namespace must have; never fewer than there are. Refused when it is more than is allowed.
        """
        attributes = xml.count(b"=")
        if attributes > limits.ATTRIBUTES_OF_ONE and any(
            piece.count(b"=") > limits.ATTRIBUTES_OF_ONE for piece in xml.split(b"<")
        ):
            raise Refused(Reason.TOO_LARGE, "xml: too many attributes of one element")
        self._bytes -= len(xml)
        self._elements -= xml.count(b"<")
        self._with_ends.append(xml)
        if self._elements < 0:  # seldom: only then it matters which of the marks are end tags
            self._elements += sum(part.count(b"</") for part in self._with_ends)
            self._with_ends.clear()
        self._attributes -= attributes
        self._namespaces -= xml.count(b"xmlns")
        if min(self._bytes, self._elements, self._attributes, self._namespaces) < 0:
            raise Refused(Reason.TOO_LARGE, "xml: too many elements or attributes")


def check_depth(path: Sized) -> None:
    """Refuse an element that stands too deep; ``path`` holds those around it."""
    if len(path) >= limits.DEPTH:
        raise Refused(Reason.ODD, "xml: nested too deep")


def prove_harmless(xml: bytes, budget: Budget) -> None:
    """Take a part through expat that nothing reads: comments, themes, drawings, custom XML."""
    digest = hash_of(xml)
    if digest in _harmless:
        budget.use_for(xml)
        return
    visitor = _Depth()
    parser = _parser()
    parser.StartElementHandler = visitor.start
    parser.EndElementHandler = visitor.end
    _parse(parser, xml, budget)
    _harmless.remember({digest: None})


def watch(xml: bytes, budget: Budget, visitor: Visitor) -> None:
    """Take a part through expat in which only what acts is looked for; ``visitor`` is told of everything in it."""
    parser = _parser()
    _tell(parser, visitor)
    _parse(parser, xml, budget)


def walk(xml: bytes, budget: Budget, visitor: Visitor) -> None:
    """Take a part through expat that readers use; ``visitor`` is told of everything in it.

    Comments and CDATA are refused: readers were measured to lose or to split the text around them.
    """
    with walking(xml, budget) as tell:
        tell(xml, visitor)


def walk_once(xml: bytes, budget: Budget, met: Known[AnyVisitor], make: Callable[[], AnyVisitor]) -> AnyVisitor:
    """A visitor that was told of everything in a part: just now, or when these same bytes were ``met`` before."""
    digest = hash_of(xml)
    visitor = met.get(digest)
    if visitor is None:
        visitor = make()
        walk(xml, budget, visitor)
        met.remember({digest: visitor})
    else:
        budget.use_for(xml)
    return visitor


@contextmanager
def walking(xml: bytes, budget: Budget) -> Iterator[Callable[[bytes, Visitor | None], None]]:
    """The same piece by piece: what is given tells a visitor of the next piece of the part, or only proves it well-formed."""
    parser = _parser()
    parser.CommentHandler = parser.StartCdataSectionHandler = _refuse_comment

    def tell(piece: bytes, visitor: Visitor | None) -> None:
        _tell(parser, visitor)
        parser.Parse(piece, False)

    with _proved(xml, budget):
        yield tell
        parser.Parse(b"", True)


_harmless: Known[None] = Known(256)  # parts that nothing reads


class _Depth:
    def __init__(self) -> None:
        self._path: list[str] = []

    def start(self, name: str, _: Mapping[str, str]) -> None:
        check_depth(self._path)
        self._path.append(name)

    def end(self, _: str) -> None:
        self._path.pop()


def _parser() -> Any:
    parser = expat.ParserCreate("UTF-8", SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_doctype
    parser.ProcessingInstructionHandler = _check_instruction
    parser.XmlDeclHandler = _check_declaration
    parser.StartNamespaceDeclHandler = _check_namespace
    return parser


def _tell(parser: Any, visitor: Visitor | None) -> None:
    """Let this visitor be told of what comes next, or nobody."""
    parser.StartElementHandler = visitor and visitor.start
    parser.EndElementHandler = visitor and visitor.end
    parser.CharacterDataHandler = visitor and visitor.text


def _parse(parser: Any, xml: bytes, budget: Budget) -> None:
    with _proved(xml, budget):
        parser.Parse(xml, True)


@contextmanager
def _proved(xml: bytes, budget: Budget) -> Iterator[None]:
    """Refuse a part before it is parsed for what it holds too much of, and then for being no XML."""
    if b"\0" in xml:  # UTF-16, which expat guesses from it whatever encoding it is told
        raise Refused(Reason.ODD, "xml: encoding")
    budget.use_for(xml)
    try:
        yield
    except expat.ExpatError:
        raise Refused(Reason.ODD, "xml: not well-formed") from None


def _refuse_comment(*_: object) -> None:
    raise Refused(Reason.ODD, "xml: comment or CDATA")


def _refuse_doctype(*_: object) -> None:
    raise Refused(Reason.ODD, "xml: document type")


def _check_instruction(target: str, _: str) -> None:
    # SharePoint opens its custom XML with <?mso-contentType?>
    if not target.startswith("mso-"):
        raise Refused(Reason.ODD, "xml: processing instruction")


def _check_declaration(version: str, encoding: str | None, _: int) -> None:
    if version != "1.0" or (encoding or "utf-8").lower() not in ("utf-8", "utf8"):
        raise Refused(Reason.ODD, "xml: encoding")


def _check_namespace(prefix: str | None, uri: str | None) -> None:
    # expat copies the namespace into each element's name: a long one makes its work quadratic
    if len(uri or "") + len(prefix or "") > limits.NAMESPACE_CHARS:
        raise Refused(Reason.ODD, "xml: namespace")
