"""Slides filled in from the team's own presentation, edited in PowerPoint like the letters are in Word.

In a paragraph ``{{ theme }}`` is the field's words. A paragraph with ``{{ strengths.title }}`` is repeated for each of
the strengths. Nothing else is understood, so that nothing in a presentation can be run.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from io import BytesIO
from typing import TYPE_CHECKING, Any

from audit_kit.errors import HeldUp
from audit_kit.office.clean_text import clean
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.word_package import steady_zip

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.text.text import _Paragraph

_FIELD = re.compile(r"\{\{\s*([a-z_]+)(?:\.([a-z_]+))?\s*\}\}")
_BRACKETS = re.compile(r"\{\{.*|\{[A-Za-z][\w. ]*\}|\}\}")  # what looks like a field and is none
_SHOWN = 40  # characters of it that a message shows


def write_slides(template: bytes, model: Any, name: str, title: str, board: str, written_on: date) -> bytes:
    """The presentation with every field filled in, notes too. The same input gives the same bytes.

    HeldUp names every slide and field when the template asks for something that does not exist, or will not open.
    """
    presentation = _opened(template, name)
    if faults := tuple(_faults(presentation, model, name)):
        raise HeldUp(
            "\n".join(faults), not_happened="No slides were made.",
            next_step="Change it in PowerPoint, save it, and run: audit-kit templates check.",
        )  # fmt: skip
    for _, paragraph in list(_paragraphs(presentation)):
        _fill(paragraph, model)
    properties = presentation.core_properties
    properties.title, properties.author, properties.last_modified_by = title, board, board
    properties.language = "en-GB"
    properties.created = properties.modified = datetime.combine(written_on, time())
    buffer = BytesIO()
    presentation.save(buffer)
    return steady_zip(buffer.getvalue())


def slide_faults(template: bytes, model: Any, name: str) -> Iterator[TemplateFault]:
    """Everything in the presentation that nothing fills in. HeldUp when it will not open."""
    for sentence in _faults(_opened(template, name), model, name):
        yield TemplateFault(name, "", "", sentence, True)


def _opened(template: bytes, name: str) -> Presentation:
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    try:
        return Presentation(BytesIO(template))
    except (PythonPptxError, KeyError, ValueError, OSError):
        raise HeldUp(
            f"The template {name} will not open as a presentation.",
            not_happened="No slides were made.",
            next_step="Put back the one that came with audit-kit, or save it as .pptx.",
        ) from None


def _paragraphs(presentation: Presentation) -> Iterator[tuple[int, _Paragraph]]:
    """Every paragraph of the slides and their notes, also in tables and in shapes that are grouped."""
    from pptx.oxml.ns import qn
    from pptx.text.text import _Paragraph

    for number, slide in enumerate(presentation.slides, start=1):
        sheets = [slide, *([slide.notes_slide] if slide.has_notes_slide else [])]
        for sheet in sheets:
            for element in sheet.shapes._spTree.iter(qn("a:p")):
                yield number, _Paragraph(element, sheet.shapes)


def _faults(presentation: Presentation, model: Any, name: str) -> Iterator[str]:
    known = _fields_of(model)
    for number, paragraph in _paragraphs(presentation):
        text = _text_of(paragraph)
        if (left := _BRACKETS.search(_FIELD.sub("", text))) is not None:
            yield (
                f"The template {name}, slide {number}: nothing fills in {left[0].strip()[:_SHOWN]}. A field is written in "
                "small letters between double brackets, such as {{ theme }}."
            )
        for asked in (".".join(filter(None, pieces)) for pieces in _FIELD.findall(text)):
            if asked not in known:
                near = get_close_matches(asked, known, 1)
                hint = f" The nearest there is: {near[0]}." if near else ""
                yield f"The template {name}, slide {number}, asks for {asked}, which does not exist.{hint}"


def _text_of(paragraph: _Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def _fill(paragraph: _Paragraph, model: Any) -> None:
    text = _text_of(paragraph)
    asked = _FIELD.findall(text)
    if not asked:
        return
    lists = {first for first, second in asked if second}
    if not lists:
        _say(paragraph, _in_words(text, model, None))
        return
    element = paragraph._p
    for item in getattr(model, next(iter(lists))):
        copy = deepcopy(element)
        element.addprevious(copy)
        _say(type(paragraph)(copy, paragraph._parent), _in_words(text, model, item))
    if len(element.getparent().findall(element.tag)) > 1:
        element.getparent().remove(element)
    else:  # a text must hold a paragraph
        _say(paragraph, "")


def _in_words(text: str, model: Any, item: Any) -> str:
    """The text with its fields filled in; those of a list from this item of it."""

    def shown(found: re.Match[str]) -> str:
        value = getattr(item, found[2]) if found[2] else getattr(model, found[1])
        return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)

    return _FIELD.sub(shown, text)


def _say(paragraph: _Paragraph, text: str) -> None:
    """The words in the first run's look; what other runs held is in them."""
    first, *others = paragraph.runs
    first.text = clean(text)
    for run in others:
        run._r.getparent().remove(run._r)


def _fields_of(model: Any) -> list[str]:
    """Every field that a slide may ask for: "theme", "strengths.title"."""
    found = []
    for name, hint in typing.get_type_hints(type(model)).items():
        each = (*typing.get_args(hint), None)[0]
        if is_dataclass(each):
            found += [f"{name}.{field.name}" for field in fields(each)]
        else:
            found.append(name)
    return found
