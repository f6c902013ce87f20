"""A form that is made from a layout of the team's own: the planning workbook and the small forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit_kit.domain.dates import read_date
from audit_kit.domain.tool import AuditTool, Kind
from audit_kit.office.layout_book import BookLayout
from audit_kit.office.layout_form import plan_in, worded
from audit_kit.office.package_patch import core_properties
from audit_kit.office.tool_answers import SentBack
from audit_kit.office.tool_compile import compile_form
from audit_kit.office.tool_layout import quoted
from audit_kit.office.tool_start import Request


@dataclass(frozen=True)
class FormCover:
    """What the first sheet of a form says, and by what the form is known again."""

    kind: str  # "plan", "involvement", "review"
    title: str
    board: str
    reference: str  # printed, and in the footer: "2026-A2-NEG"
    marks: Mapping[str, str]  # custom properties: {"audit_kit_session": "2026-A2-NEG"}


def fill_form(
    layout: BookLayout,
    form: AuditTool,
    cover: FormCover,
    words: Mapping[str, str],
    answers: Mapping[str, str],
    asked: Mapping[str, str] | None = None,
) -> bytes:
    """A form, filled in with these answers (answer reference → text), open to be typed in.

    ``words``: what the layout's ``{...}`` stand for. ``asked``: answer reference → what must be changed there; these
    cells are marked with a note, and listed with links on the first sheet. Text stays text, whatever it begins with.
    """
    form = worded(layout, form)
    back, requests = None, None
    if asked:
        cells = {ref: text for ref, text in asked.items() if form.place(ref)}
        everything = frozenset(form.answer_refs)
        back = SentBack(cells, cover.board, frozenset(cells), everything.difference(cells), still_counts=True)
        requests = tuple(_request(layout, form, ref, text) for ref, text in asked.items())
    many = "" if not asked else "One thing needs" if len(asked) == 1 else f"{len(asked)} things need"
    said = {
        **words,
        "reference": cover.reference,
        "problems": f"{many} changing before this can be used. Their cells are yellow.",
    }
    compiled = compile_form(layout, form, said, {"audit_kit_form": cover.kind, **cover.marks}, back, requests)
    properties = core_properties(
        title=cover.title, subject=cover.reference, author=cover.board, keywords=cover.reference
    )
    typed = {ref: _as_typed(form, ref, text) for ref, text in answers.items() if text}
    return compiled.written({"reference": cover.reference}, {}, typed, properties)


def _as_typed(form: AuditTool, ref: str, text: str) -> str:
    """A day written in any of the ways that are understood, as it is written into a date's cell."""
    place = form.place(ref)
    day = read_date(text) if place is not None and place.kind is Kind.DATE else None
    return day.isoformat() if hasattr(day, "isoformat") else text  # type: ignore[union-attr]


def _known(form: AuditTool, ref: str) -> str:
    """The answer that is meant; the form's first for what it does not ask."""
    return ref if form.place(ref) else form.answer_refs[0]


def _request(layout: BookLayout, form: AuditTool, ref: str, text: str) -> Request:
    place = form.place(_known(form, ref))
    assert place is not None
    cell = plan_in(layout, place.sheet).address(place.question.ref, place.field.id)
    return Request(place.sheet.title, f"{quoted(place.sheet.title)}!{cell}", text[:1].upper() + text[1:])
