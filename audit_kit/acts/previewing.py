"""A template as it will look: rendered on a fictional session, without an installation being held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit_kit.acts.small_forms import QA, SAMPLES, sample_form
from audit_kit.config import Config
from audit_kit.domain.references import AuditRef
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.errors import UsageProblem
from audit_kit.team_templates import (
    BANK,
    MAIL_DRAFTS,
    PLAN_LAYOUT,
    SLIDES,
    STATUS_PAGE,
    TOOL_LAYOUT,
    TRACKER_WORDS,
    theme_named,
)

if TYPE_CHECKING:
    from audit_kit.domain.learning import Briefing
    from audit_kit.domain.question_bank import Theme

SampleOf = Callable[[str], Any]
_NOT = "Nothing was written."
_DAY = date(2026, 10, 8)  # when the fictional session's papers were written
_THEMED = (TOOL_LAYOUT, PLAN_LAYOUT, BANK)  # the question bank is shown as the audit tool that asks one of its themes


def names() -> tuple[str, ...]:
    """Every template that can be previewed."""
    from audit_kit.office.word_templates import word_templates

    return (*word_templates(), SLIDES, *_THEMED, *SAMPLES, QA, MAIL_DRAFTS, TRACKER_WORDS, STATUS_PAGE)


def ending_of(name: str) -> str:
    """How the name of a template's preview ends: a text that makes a workbook is shown as one."""
    return ".xlsx" if name == TRACKER_WORDS else Path(name).suffix


def full_name(name: str) -> str:
    """The template's whole name; its ending may be left out: "briefing". UsageProblem for a name that is no template."""
    for known in names():
        if name in (known, Path(known).stem):
            return known
    near = get_close_matches(name, [Path(known).stem for known in names()], 1)
    raise UsageProblem(
        f"{name} is no template that can be previewed." + (f" Did you mean {near[0]}?" if near else ""),
        not_happened=_NOT,
        next_step=f"Choose one of: {', '.join(names())}.",
    )


def preview(config: Config, templates: Path, name: str, sample_of: SampleOf, theme: str = "") -> bytes:
    """The template filled in with the fictional session. ``templates``: the team's folder; ``name``: see ``full_name``.

    ``theme``: of the question bank, by name or code, for what asks its questions; the first when "". UsageProblem for a
    name that is no template, or no theme; AuditKitError with everything that is wrong with it. Where there are several
    forms of one, the first area and agency of the configuration are shown.
    """
    name = full_name(name)
    if theme and name not in _THEMED:
        raise UsageProblem(f"{name} is the same whatever the theme.", not_happened=_NOT, next_step="Leave out --theme.")
    if name in (TOOL_LAYOUT, BANK):
        return _tool(config, _read(templates, TOOL_LAYOUT), _theme(templates, theme))
    template = _read(templates, name)
    if name == PLAN_LAYOUT:
        return _plan(config, template, _theme(templates, theme))
    if name in SAMPLES:
        return sample_form(config, template, name)
    if name == QA:
        return qa_sample(config, template)
    if name == SLIDES:
        return _slides(template, sample_of("briefing.docx"))
    if name == MAIL_DRAFTS:
        return _mail_drafts(template)
    if name == TRACKER_WORDS:
        return _tracker(config, template)
    if name == STATUS_PAGE:
        return _status_page(config, template)
    return _word(name, template, sample_of(name))


def field_guide(config: Config, sample_of: SampleOf) -> bytes:
    """The Word table of every field, its meaning and an example."""
    from audit_kit.office.field_guide import field_guide

    return field_guide(sample_of, config.board.name, _DAY)


def _read(templates: Path, name: str) -> bytes:
    try:
        return (templates / name).read_bytes()
    except OSError:
        raise UsageProblem(
            f"The template {name} is not in the templates folder, or can't be read.",
            where=str(templates),
            not_happened=_NOT,
            next_step="Put it back; a fresh copy comes with audit-kit.",
        ) from None


def _theme(templates: Path, name: str) -> Theme:
    from audit_kit.office.question_bank import read_question_bank

    bank = read_question_bank(_read(templates, BANK))
    return theme_named(name, bank, _NOT) if name else bank.themes[0]


def _tool(config: Config, template: bytes, theme: Theme) -> bytes:
    from audit_kit.office.tool_workbook import ToolCover, ToolWords, compile_tool, read_layout

    letter, area = next(iter(config.areas.items()))
    agency = next(agency for agency in config.agencies if letter in agency.areas)
    board = config.board
    words = ToolWords(board.name, area.name, theme.title, board.urgent_phone, board.email, area.note, "the child")
    kloes = tuple(kloe.ref for kloe in theme.kloes)
    in_texts = {"threshold document": area.threshold_document, "area": area.name}
    tool = tool_for(theme, letter, agency.code, kloes, in_texts, area.tool, config.quality.thresholds())
    audit = AuditRef(f"2026-A2-{theme.code}", f"{letter}1", agency.code)
    start = _DAY - timedelta(days=372)
    cover = ToolCover(audit, 1, agency.name_on(_DAY), start, _DAY - timedelta(days=8), _DAY + timedelta(days=35), "")
    return compile_tool(read_layout(template, TOOL_LAYOUT), tool, words).personalise(cover)


def _plan(config: Config, template: bytes, theme: Theme) -> bytes:
    from audit_kit.acts.planning import fresh_plan
    from audit_kit.office.layout_book import read_layout

    return fresh_plan(config, read_layout(template, PLAN_LAYOUT), f"2026-A2-{theme.code}", theme, _DAY)


def qa_sample(config: Config, template: bytes) -> bytes:
    """Two returns of a fictional case that wait for the reviewer."""
    from audit_kit.domain.qa_form import CaseSummary, GradeLine, ReturnSummary
    from audit_kit.office.layout_book import read_layout
    from audit_kit.office.qa_workbook import write_qa_workbook

    lines = (
        GradeLine("N1", "Recognition", "Good / Good", "GP G/RI", ()),
        GradeLine(
            "N6", "Plan and drift", "Good / Requires improvement", "GP RI/RI", ("V15: the evidence has no date",)
        ),
    )
    facts = (
        ("Came", ("Round 1, on time, 3 November 2026",)),
        ("Pointed out", ("V31: a comment stood in the file; it was left out",)),
    )
    pages = tuple(
        ReturnSummary(
            AuditRef("2026-A2-NEG", "H3", agency.code), agency.name_on(_DAY), "0" * 16, facts, lines,
            (("7.1 What does the child say or show about their life?", "voice.child"),), {}, {},
        )
        for agency in config.agencies[:2]
    )  # fmt: skip
    others = ((config.agencies[2].name_on(_DAY), "accepted"), (config.agencies[3].name_on(_DAY), "awaited"))
    case = CaseSummary("2026-A2-NEG", "H3", config.board.name, pages, others)
    return write_qa_workbook(read_layout(template, QA), case)


def _status_page(config: Config, template: bytes) -> bytes:
    from datetime import UTC, datetime

    from audit_kit.acts.overview_sample import sample_years
    from audit_kit.office.status_page import write_status_page

    return write_status_page(
        template.decode("utf-8", "replace"),
        sample_years(_DAY),
        config.board.name,
        datetime.combine(_DAY, datetime.min.time(), UTC),
    )


def _tracker(config: Config, template: bytes) -> bytes:
    """The tracker with these titles and headings."""
    from audit_kit.acts.overview_sample import sample_rounds, sample_years
    from audit_kit.office.tracker import write_tracker
    from audit_kit.office.tracker_wording import refuse_faulty, tracker_words

    refuse_faulty(template)
    words = tracker_words(template, template)
    return write_tracker(words, sample_years(_DAY), config.board.name, sample_rounds(_DAY))


def _mail_drafts(template: bytes) -> bytes:
    """Every mail, one below the other, with the parts that some of them have."""
    from audit_kit.office.mail_wording import previewed, refuse_faulty

    refuse_faulty(template)
    return previewed(template).encode()


def _slides(template: bytes, said: Briefing) -> bytes:
    from audit_kit.office.slides import write_slides

    return write_slides(template, said, SLIDES, f"Seminar: {said.theme}", said.board, said.written_on)


def _word(name: str, template: bytes, sample: Any) -> bytes:
    from audit_kit.office import action_plan_document, letters, report_document, summary_document
    from audit_kit.office.word_templates import refuse_faulty

    refuse_faulty(name, template)
    if name in letters.TEMPLATES:
        return letters.filled_in(name, template, sample)
    if name == report_document.TEMPLATE:
        return report_document.write_report(template, sample)
    if name == summary_document.TEMPLATE:
        return summary_document.write_summary(template, sample)
    return action_plan_document.write_action_plan_document(template, sample)
