"""The content controls that a Word template must keep: by their tags the kit finds again what people write in them.

LibreOffice, for one, saves no tags, and moves controls into the paragraph: what was written there would not be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element

from audit_kit.domain.feedback_form import FORMS
from audit_kit.office.author_sections import TAG
from audit_kit.office.template_fault import TemplateFault
from audit_kit.office.word_package import opened

_NEXT = "LibreOffice, for one, saves no tags: edit this template in Word, or take the one that came with audit-kit."


def controls_missing(name: str, template: bytes, of_authors: bool) -> Iterator[TemplateFault]:
    """Boxes of a feedback form, and sections ``of_authors``, that would not be found again; one fault for all of them."""
    form = next((form for form in FORMS.values() if form.template == name), None)
    if form is None and not of_authors:
        return
    controls = list(opened(template).element.body.iter(qn("w:sdt")))
    tags = {_of(control, "w:tag") for control in controls}
    if form is not None and (gone := sorted(form.boxes - tags)):
        which = _listed(gone)
        questions = "that question" if len(gone) == 1 else "those questions"
        sentence = f"The template {name} has no content control whose tag is {which}: {questions} could not be answered. {_NEXT}"
        yield TemplateFault(name, gone[0], "", sentence, True)
    inside = [_of(control, "w:alias") for control in controls if control.getparent().tag == qn("w:p")]
    if of_authors and inside:
        sentence = (
            f"The template {name}: {_listed(inside)} must hold whole paragraphs, and stands inside one: an author's "
            f"paragraphs could not be put back there. {_NEXT}"
        )
        yield TemplateFault(name, "", "", sentence, True)
    untagged = [title for control in controls if (title := _of(control, "w:alias")) and not _of(control, "w:tag")]
    if of_authors and (untagged or not any(tag.startswith(TAG) for tag in tags)):
        which = f"of its sections for the author {_listed(untagged)}" if untagged else "of it"
        sentence = (
            f"The template {name}: no tag names {which}, so that what an author writes there would not be kept when the "
            f"report is written again. {_NEXT}"
        )
        yield TemplateFault(name, "", "", sentence, True)


def _of(control: _Element, name: str) -> str:
    node = control.find(f"{qn('w:sdtPr')}/{qn(name)}")
    return "" if node is None else node.get(qn("w:val")) or ""


def _listed(names: list[str]) -> str:
    return ", ".join(f"*{name}*" for name in names)
