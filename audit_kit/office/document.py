"""Fill in a Word template so that nothing is lost, nothing is executed and every mistake says where it is.

The template belongs to the Board's team and is edited in Word; its placeholders are docxtpl's
(``{{ field }}``, ``{%p for ... %}``, ``{%tr for ... %}``) and equal the fields of one model.
"""

from __future__ import annotations

import dataclasses
import difflib
import gc
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import CodeType
from typing import Any

from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import _Element

from audit_kit.errors import HeldUp
from audit_kit.office.clean_text import clean
from audit_kit.office.word_package import Properties, opened, saved, was_rendered

# docxtpl turns "{_{" in a text into "{{"; a character that no text may hold keeps the two apart until it has
_KEPT_APART = "\ufdd0"
_BREAKS = re.compile("[\t\a\n\f]")  # what docxtpl makes tabs, paragraphs, lines and pages of
_NEAR = 0.5  # how alike two names must be for the one to be offered instead of the other


def fields_of(model: object) -> dict[str, Any]:
    """The fields of a dataclass or pydantic model, as the context of a template."""
    if dataclasses.is_dataclass(model):
        return {field.name: getattr(model, field.name) for field in dataclasses.fields(model)}
    return {name: getattr(model, name) for name in type(model).model_fields}  # type: ignore[attr-defined]


def render(template: bytes, context: Mapping[str, Any], *, name: str, makes: str, properties: Properties) -> bytes:
    """The template filled in, as a Word file. The same input gives the same bytes.

    ``name`` is how messages call the template ("audit_report.docx"), ``makes`` what it makes ("report"). Dates
    are written in words, None as nothing. Every text that the template printed is looked for in the result:
    HeldUp when one did not arrive whole, when the template asks for a name that there is not, when its
    loops don't close, when it reaches for more than fields, and when it is itself a rendered file.
    """
    try:
        return _rendered(template, context, Unusable(name, makes), properties)
    finally:
        # a document holds itself, a megabyte that Python doesn't count: it would stay until Python looks by itself
        gc.collect(0)


def _rendered(template: bytes, context: Mapping[str, Any], unusable: Unusable, properties: Properties) -> bytes:
    document = template_in(template, unusable)
    printed: list[str] = []
    last = last_paragraph(document.docx)
    filled = _filled(document, template, context, printed, unusable)
    result = saved(filled.docx, properties)
    _assert_whole(opened(result), printed, last, unusable)
    return result


@dataclasses.dataclass(frozen=True)
class Unusable:
    """How problems with one template are told."""

    template: str
    makes: str

    def because(self, what: str, next_step: str) -> HeldUp:
        """The problem in four answers."""
        return HeldUp(
            f"The {self.makes} was not made. {what}", not_happened="Nothing was written.", next_step=next_step
        )


class _UnknownName(Exception):
    """The template asked for a name that its context, or the value it came from, does not have."""

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        self.wanted, self.known = wanted, known
        super().__init__(wanted)


def template_in(template: bytes, unusable: Unusable) -> DocxTemplate:
    """The template in these bytes; HeldUp when it is not a Word file or was rendered by the kit."""
    try:
        document = _Template(io.BytesIO(template))
        document.init_docx()
    except Exception as problem:  # python-docx and zipfile raise a dozen kinds for what is not a Word file
        raise unusable.because(
            f"The template {unusable.template} will not open as a Word document.",
            "Open it in Word and save it as .docx, or take the template that came with the kit.",
        ) from problem
    # agencies' words that look like tags are harmless once, and are executed in a second pass
    if was_rendered(document.docx):
        raise unusable.because(
            f"The template {unusable.template} is a document that the kit wrote, not a template.",
            "Put the template itself back into the templates folder.",
        )
    return document


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl's, without what it does anew for each document of a template, or does to no purpose."""

    def patch_xml(self, src_xml: str) -> str:
        return _ready_for_jinja(src_xml)

    def resolve_listing(self, xml: str) -> str:
        return str(super().resolve_listing(xml)) if _BREAKS.search(xml) else xml


@lru_cache(maxsize=32)  # parts, of which a template has some six; each takes as long as to fill it in
def _ready_for_jinja(xml: str) -> str:
    return str(DocxTemplate.patch_xml(None, xml))  # asks nothing of the template


def _filled(
    document: DocxTemplate, template: bytes, context: Mapping[str, Any], printed: list[str], unusable: Unusable
) -> DocxTemplate:  # fmt: skip
    try:
        document.render(dict(context), environment(context, printed), autoescape=True)
    except _UnknownName as unknown:
        place = where(opened(template), unknown.wanted)
        near = nearest(unknown.wanted, unknown.known)
        hint = f"; the nearest thing we have is *{near}*" if near else ""
        asks = f"The template {unusable.template} asks for *{unknown.wanted}*{f' in {place}' if place else ''}{hint}."
        raise unusable.because(asks, "Change it in the template and run the command again.") from None
    except SecurityError:
        raise unusable.because(
            f"The template {unusable.template} reaches for more than the fields it is given.",
            "Use plain fields, loops and conditions only; take out the rest and run the command again.",
        ) from None
    except TemplateError as problem:
        raise unusable.because(
            f"A loop or condition in the template {unusable.template} does not close or is mistyped"
            f"{_near_line(problem)}.",
            "Check each for with its endfor and each if with its endif, then run the command again.",
        ) from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # of a sum, or of a file to take in
        raise unusable.because(
            f"The template {unusable.template} works something out that can't be worked out.",
            "Use plain fields, loops and conditions only; take out the rest and run the command again.",
        ) from None
    for root in roots(document.docx):
        for node in root.iter(qn("w:t"), qn("w:tag"), qn("w:alias")):
            node.text = node.text.replace(_KEPT_APART, "") if node.text else node.text
            if _KEPT_APART in (label := node.get(qn("w:val")) or ""):
                node.set(qn("w:val"), label.replace(_KEPT_APART, ""))
    return document


def environment(context: Mapping[str, Any], printed: list[str]) -> SandboxedEnvironment:
    """Jinja with every safety on; ``printed`` collects each text that the template prints."""

    class Wanted(StrictUndefined):
        """A missing name, which remembers what there would have been."""

        def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None) -> None:
            super().__init__(hint, obj, name, exc or UndefinedError)
            if exc is not SecurityError:
                # jinja passes a marker of its own as obj when it was the context that did not have the name
                known = names_in(obj) or tuple(context)
                self._undefined_exception = lambda _message: _UnknownName(str(name), known)  # type: ignore[assignment]

    def finalize(value: Any) -> Any:
        if isinstance(value, StrictUndefined):
            return value
        text = clean(in_words(value))
        printed.append(text)
        return text.replace("{_", f"{{{_KEPT_APART}_").replace("_}", f"_{_KEPT_APART}}}")

    return _CompilesOnce(undefined=Wanted, finalize=finalize, autoescape=True)


class _CompilesOnce(SandboxedEnvironment):
    """Compiles each part of a template once while the process runs: a session writes hundreds from the same six."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Any:
        made = template_class or self.template_class
        return made.from_code(self, _compiled(source), self.make_globals(globals), None)


@lru_cache(maxsize=256)
def _compiled(source: str) -> CodeType:
    """The code of a template: it takes what is missing, and how values are printed, from whoever runs it."""
    return SandboxedEnvironment(undefined=StrictUndefined, finalize=str, autoescape=True).compile(source)


def in_words(value: Any) -> str:
    """A value as a reader sees it: dates as "14 March 2026", None as nothing."""
    if value is None:
        return ""
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)


def names_in(value: Any) -> tuple[str, ...]:
    """What a template may ask of this value."""
    if dataclasses.is_dataclass(value) or hasattr(type(value), "model_fields"):
        return tuple(fields_of(value))
    return tuple(str(key) for key in value) if isinstance(value, Mapping) else ()


def nearest(wanted: str, known: tuple[str, ...]) -> str:
    """The known name most like the one that was wanted, "" when none is near."""
    parts = {part for part in wanted.split("_") if part}
    shared = [name for name in known if parts & set(name.split("_"))]
    close = difflib.get_close_matches(wanted, known, 1, _NEAR) or shared
    return close[0] if close else ""


def _near_line(problem: TemplateError) -> str:
    """Where a structural fault was noticed, in the template's own words around it."""
    lines = [line.strip() for line in getattr(problem, "docx_context", ()) if line.strip()]
    tags = [line for line in lines if "{%" in line]
    return f", noticed near “{tags[0][:80]}”" if tags else ""


# -- reading what a document says ------------------------------------------------------------------------


def text_of(element: _Element) -> str:
    """All text in reading order; paragraphs and line breaks as line feeds, tabs as tabs."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:p")):
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag == qn("w:tab"):
            yield "\t" if node.getparent().tag == qn("w:r") else ""
        else:
            yield "\n"


def roots(document: DocumentType) -> Iterator[_Element]:
    """The body, then the headers and footers."""
    yield document.element
    for rel in document.part.rels.values():
        if rel.reltype in (RT.HEADER, RT.FOOTER):
            yield rel.target_part.element


def last_paragraph(document: DocumentType) -> str:
    """The last words of the body."""
    lines = [line for line in text_of(document.element).split("\n") if line.strip()]
    return lines[-1].strip() if lines else ""


def where(document: DocumentType, wanted: str) -> str:
    """The first place where a tag asks for this name: "table 2, row 3, cell 1", "paragraph 14 (...)"."""
    found = place_of(document, wanted)
    if found is None:
        asks = _asks_for(wanted)
        return "a header or footer" if any(asks.search(text_of(root)) for root in list(roots(document))[1:]) else ""
    return place_in_words(document, found)


def place_in_words(document: DocumentType, found: _Element) -> str:
    """Where this paragraph of the body stands."""
    body = document.element.body
    for number, table in enumerate(body.iter(qn("w:tbl")), start=1):
        for row_number, row in enumerate(table.iter(qn("w:tr")), start=1):
            for cell_number, cell in enumerate(row.iter(qn("w:tc")), start=1):
                if found in cell.iter(qn("w:p")):
                    return f"table {number}, row {row_number}, cell {cell_number}"
    number = list(body.iter(qn("w:p"))).index(found) + 1
    return f"paragraph {number} (“{text_of(found).strip()[:60]}”)"


def place_of(document: DocumentType, wanted: str) -> _Element | None:
    """The first paragraph of the body in which a tag asks for this name; those in tables come first."""
    asks = _asks_for(wanted)
    in_tables = (p for cell in document.element.body.iter(qn("w:tc")) for p in cell.iter(qn("w:p")))
    everywhere = document.element.body.iter(qn("w:p"))
    return next((p for p in (*in_tables, *everywhere) if asks.search(text_of(p))), None)


def _asks_for(wanted: str) -> re.Pattern[str]:
    return re.compile(r"\{[{%][^{}]*\b" + re.escape(wanted) + r"\b")


def _assert_whole(document: DocumentType, printed: list[str], closing: str, unusable: Unusable) -> None:
    """Every text that was printed is there, and so is the template's last paragraph."""
    everything = list(roots(document))
    labels = (node.get(qn("w:val")) or "" for root in everything for node in root.iter(qn("w:tag"), qn("w:alias")))
    arrived = "\n".join([*(text_of(root) for root in everything), *labels])
    missing = sum(text.strip() not in arrived for text in printed)
    cut_off = "{" not in closing and closing not in last_paragraph(document)
    if missing or cut_off:
        lost = "its closing paragraph" if cut_off else f"{missing} of {len(printed)} texts"
        raise unusable.because(
            f"Filling in the template {unusable.template} lost {lost} on the way.",
            "Tell whoever looks after the kit, and use the template that came with it meanwhile.",
        )
