"""The small forms, each made from its layout in the team's templates: involvement, words in doubt, concerns and the like.

A concern must not wait for a template, and a blank form must not hold up the returns: where the team's layout is missing
or can't be used, the one that came with audit-kit is used in its place. ``templates check`` and ``doctor`` say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING

from audit_kit.config import Config
from audit_kit.domain.agreed_form import agreed_form
from audit_kit.domain.concern_form import AGENCY, BOARD, steps_form, told_form
from audit_kit.domain.engagement_form import EngagementRow, engagement_form
from audit_kit.domain.involvement_form import involvement_form
from audit_kit.domain.learning_form import learning_form
from audit_kit.domain.meeting_form import meeting_form
from audit_kit.domain.review_form import review_form
from audit_kit.domain.sign_off_form import sign_off_form
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError
from audit_kit.store.folders import shipped
from audit_kit.team_templates import TeamsTemplates

if TYPE_CHECKING:
    from audit_kit.office.laid_out_form import FormCover
    from audit_kit.office.layout_book import BookLayout

INVOLVEMENT, REVIEW, ENGAGEMENT = "involvement_form.xlsx", "review_workbook.xlsx", "engagement_form.xlsx"
AGREED, SIGN_OFF, QA = "agreed_form.xlsx", "sign_off_form.xlsx", "qa_workbook.xlsx"
MEETING, LEARNING = "meeting_form.xlsx", "learning_form.xlsx"
CONCERN_ANSWER, CONCERN_STEPS, NEW_CONCERN = (
    "concern_answer_form.xlsx", "concern_steps_form.xlsx", "new_concern_form.xlsx",
)  # fmt: skip

#: layout → a form of its kind, to examine and to show the layout with
SAMPLES: Mapping[str, Callable[[], AuditTool]] = MappingProxyType({
    INVOLVEMENT: lambda: involvement_form("GP", ("H1", "H3", "C1")),
    REVIEW: lambda: review_form("H3", 3, ("Child", "Mother", "Professional")),
    ENGAGEMENT: lambda: engagement_form((
        EngagementRow("H3.F1", "Child", "Can be asked; the health visitor asks."),
        EngagementRow("H3.F2", "Mother", "Not appropriate for now."),
    )),
    AGREED: lambda: agreed_form(("H1", "H3", "C1"), ("GP", "MPS")),
    SIGN_OFF: sign_off_form,
    MEETING: lambda: meeting_form({"H1": "Child protection", "C1": "Child in need"}, ("GP", "MPS"), {"H1": "graded Inadequate once"}),
    LEARNING: learning_form,
    CONCERN_ANSWER: lambda: steps_form(AGENCY),
    CONCERN_STEPS: lambda: steps_form(BOARD),
    NEW_CONCERN: told_form,
})  # fmt: skip

_REFERENCE = "2026-A2-NEG"
_SAMPLE_WORDS = {
    "agency": "GP practices", "due": "Thursday 15 October 2026", "from": "1 October 2025", "to": "30 September 2026",
    "case reference": "case H3", "advice": "GP practices on case H3 – who could be asked: the mother",
    "draft of": "8 October 2026", "committee on": "14 January 2027", "cases wanted": "three cases",
}  # fmt: skip


def form_written(
    kit: TeamsTemplates,
    name: str,
    form: AuditTool,
    cover: FormCover,
    words: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    asked: Mapping[str, str] | None = None,
) -> bytes:
    """A small form, filled in with these answers (answer reference → text), open to be typed in.

    ``name``: its layout; ``words``: what its ``{...}`` stand for beside the Board's own; ``asked``: answer reference →
    what must be changed there.
    """
    said = {**board_words(kit.config), **(words or {})}
    return made_of(layouts_of(kit, name), name, form, cover, said, answers or {}, asked)


def made_of(
    layouts: tuple[bytes, ...], name: str, form: AuditTool, cover: FormCover, words: Mapping[str, str],
    answers: Mapping[str, str], asked: Mapping[str, str] | None = None,
) -> bytes:  # fmt: skip
    """The same of values alone, so that another process can make it. ``words``: the Board's own too."""
    return from_layout(layouts, name, lambda layout: _filled(layout, form, cover, words, answers, asked))


def layouts_of(kit: TeamsTemplates, name: str) -> tuple[bytes, ...]:
    """The team's layout, unless it is missing, then audit-kit's own."""
    own = (shipped("templates") / name).read_bytes()
    try:
        return kit.template(name), own
    except AuditKitError:
        return (own,)


def from_layout(layouts: tuple[bytes, ...], name: str, make: Callable[[BookLayout], bytes]) -> bytes:
    """What is made of the first of these layouts that can be used: audit-kit's own where the team's can't."""
    from audit_kit.office.layout_book import read_layout

    for layout in layouts[:-1]:
        with suppress(AuditKitError):
            return make(read_layout(layout, name))
    return make(read_layout(layouts[-1], name))


def sample_form(config: Config, layout: bytes, name: str) -> bytes:
    """The form of a fictional session, as a layout will look. AuditKitError with everything that is wrong with it."""
    from audit_kit.office.laid_out_form import FormCover
    from audit_kit.office.layout_book import read_layout

    cover = FormCover("preview", name, config.board.name, _REFERENCE, {})
    words = {**board_words(config), **_SAMPLE_WORDS}
    return _filled(read_layout(layout, name), SAMPLES[name](), cover, words, {}, None)


def board_words(config: Config) -> dict[str, str]:
    """What every form may say about the Board."""
    board = config.board
    return {"board": board.name, "urgent phone": board.urgent_phone, "mailbox": board.email}


def _filled(
    layout: BookLayout,
    form: AuditTool,
    cover: FormCover,
    words: Mapping[str, str],
    answers: Mapping[str, str],
    asked: Mapping[str, str] | None,
) -> bytes:
    from audit_kit.office.laid_out_form import fill_form

    return fill_form(layout, form, cover, words, answers, asked)
