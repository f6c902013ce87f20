"""From an opened kit to the facts that letters and tools are written from."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from audit_kit.acts.bringing_forward import open_actions
from audit_kit.domain.brought_forward import with_open_actions
from audit_kit.domain.check_code import check_code
from audit_kit.domain.letters import Letterhead
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.references import AuditRef, area_of
from audit_kit.domain.session import AskedAgency, AuditSession, Lead
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.domain.thresholds import Thresholds
from audit_kit.domain.tool import AuditTool
from audit_kit.domain.working_days import add_working_days
from audit_kit.errors import HeldUp
from audit_kit.kit import Kit
from audit_kit.team_templates import TOOL_LAYOUT, TeamsTemplates

if TYPE_CHECKING:
    from audit_kit.office.layout_book import BookLayout
    from audit_kit.office.tool_workbook import CompiledTool, ToolCover, ToolWords

AREA_WORDS = ("threshold document", "area")  # what the question bank may ask of an area by ``{...}``


def letterhead(kit: Kit) -> Letterhead:
    """The Board's letterhead as of today, with the head of the journal's chain as it is now."""
    board = kit.config.board
    return Letterhead(
        board=board.name,
        board_short=board.short_name,
        board_email=board.email,
        urgent_phone=board.urgent_phone,
        manager=board.manager.name,
        legal_basis=board.legal_basis,
        written_on=kit.clock.today(),
        chain_head=kit.journal.head()[:12],
    )


def theme_of(kit: Kit, session: AuditSession) -> Theme:
    """The session's theme with the questions as they stood when it was planned.

    Improving the question bank meanwhile changes no session that has begun. HeldUp when they are gone from the
    store.
    """
    theme = kit.vault.get(f"themes/{session.ref}", Theme)
    if theme is None:
        raise HeldUp(
            f"The questions of {session.ref} are not in the store.",
            not_happened=f"Nothing was written for {session.ref}.",
            next_step="Put the store back from its backup.",
        )
    return theme


def layout_of(kit: TeamsTemplates, name: str) -> BookLayout:
    """One of the team's layouts. HeldUp, with every reason, when it can't be used."""
    from audit_kit.office.layout_book import read_layout

    return read_layout(kit.template(name), name)


def tool_of(kit: Kit, session: AuditSession, audit: AuditRef) -> AuditTool:
    """The audit tool of one audit, its sheets and columns called as the team's layout calls them."""
    from audit_kit.office.layout_form import worded

    area = kit.config.areas[area_of(audit.case)]
    words = tuple(zip(AREA_WORDS, (area.threshold_document, area.name), strict=True))
    thresholds = kit.config.quality.thresholds()
    tool = _tool(theme_of(kit, session), area_of(audit.case), audit.agency, session.kloes, words, area.tool, thresholds)
    return worded(layout_of(kit, TOOL_LAYOUT), with_open_actions(tool, open_actions(kit, audit)))


@lru_cache(maxsize=128)
def _tool(
    theme: Theme, area: str, agency: str, kloes: tuple[str, ...], words: tuple[tuple[str, str], ...], variant: str,
    thresholds: Thresholds,
) -> AuditTool:  # fmt: skip
    return tool_for(theme, area, agency, kloes, dict(words), variant, thresholds)


def tool_words(kit: Kit, session: AuditSession, audit: AuditRef) -> ToolWords:
    """What the tool's front sheet says about the Board, the area and whom this agency is asked about."""
    from audit_kit.office.tool_start import ToolWords

    board, area = kit.config.board, kit.config.areas[area_of(audit.case)]
    return ToolWords(
        board_name=board.name,
        area_name=area.name,
        theme_title=session.theme_title,
        urgent_phone=board.urgent_phone,
        team_mailbox=board.email,
        area_note=area.note,
        subjects=in_scope(asked_agency(session, audit.agency)),
        lead_role=asked_agency(session, audit.agency).lead.role,
    )


def compiled_tool(kit: Kit, session: AuditSession, audit: AuditRef) -> CompiledTool:
    """The audit's tool, compiled once per area and agency while this process runs."""
    return _compiled(layout_of(kit, TOOL_LAYOUT), tool_of(kit, session, audit), tool_words(kit, session, audit))


def freshly_compiled_tool(kit: Kit, session: AuditSession, audit: AuditRef) -> CompiledTool:
    """The same, but not kept: it takes some megabytes, and serves all tools that are written together."""
    return _compiled.__wrapped__(
        layout_of(kit, TOOL_LAYOUT), tool_of(kit, session, audit), tool_words(kit, session, audit)
    )


def beside_cells(kit: Kit, session: AuditSession, audit: AuditRef, tool: AuditTool) -> frozenset[tuple[str, str]]:
    """What the audit's tool holds beside its cells, kind and place, however it was filled in. ``tool``: its ``tool_of``.

    Links and hidden rows hang on which rows there are, never on what stands in them.
    """
    return _beside_of(layout_of(kit, TOOL_LAYOUT), tool, tool_words(kit, session, audit))


@lru_cache(maxsize=128)  # before outlines are compared, each question of the one with each of the other
def _beside_of(layout: BookLayout, tool: AuditTool, words: ToolWords) -> frozenset[tuple[str, str]]:
    return _beside(layout, tool.outline(), words.outline())


@lru_cache(maxsize=64)
def _beside(layout: BookLayout, outline: AuditTool, words: ToolWords) -> frozenset[tuple[str, str]]:
    from audit_kit.office.tool_compile import compile_tool

    return compile_tool(layout, outline, words).beside


@lru_cache(maxsize=12)  # three megabytes each; an agency's tools are written together
def _compiled(layout: BookLayout, tool: AuditTool, words: ToolWords) -> CompiledTool:
    from audit_kit.office.tool_compile import compile_tool

    return compile_tool(layout, tool, words)


def tool_cover(kit: Kit, session: AuditSession, audit: AuditRef, round_number: int, due: date) -> ToolCover:
    """What is personal in one copy of a tool."""
    from audit_kit.office.tool_compile import ToolCover

    return ToolCover(
        audit=audit,
        round=round_number,
        agency_name=asked_agency(session, audit.agency).name,
        window_start=session.dates.window_start,
        window_end=session.dates.window_end,
        due=due,
        code=check_code(kit.tool_secret, audit, round_number),
        tier=case.tier if (case := session.case(audit.case)) else "",
    )


def asked_agency(session: AuditSession, code: str) -> AskedAgency:
    """The agency as this session asks it; its bare code when the plan never had it."""
    return session.agency(code) or AskedAgency(code, code, (), Lead(code, ""))


def in_working_days(kit: Kit, days: int) -> date:
    """The working day so many working days from today."""
    return add_working_days(kit.clock.today(), days, kit.config.calendar.closed_on)


#: how letters and tools call those whom an agency is asked about
_SUBJECTS = {
    "child": "the child",
    "siblings": "brothers and sisters",
    "mother": "the mother (maternity)",
    "parents": "the parents or carers",
    "household": "everyone in the household",
}


def in_scope(agency: AskedAgency) -> str:
    """Whom this agency is asked about, in words: "the child, brothers and sisters".

    Source: Multi-Agency Case Audit Process (Sept 2017), "Confidentiality and consent": "the subject child,
    sibling group and parents/carers life (for adult-focussed services)".
    """
    return ", ".join(_SUBJECTS.get(subject, subject) for subject in agency.subjects)
