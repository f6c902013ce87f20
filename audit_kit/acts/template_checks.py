"""Are the team's templates fit to be used? Every fault at once, in the words of its editor, and marked in a copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit_kit.acts.papers import AREA_WORDS, layout_of
from audit_kit.acts.planning import form_for
from audit_kit.acts.small_forms import QA, SAMPLES
from audit_kit.domain import scales
from audit_kit.domain.brought_forward import OpenAction, with_open_actions
from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError
from audit_kit.store.disk import Disk
from audit_kit.team_templates import (
    BANK,
    MAIL_DRAFTS,
    PLAN_LAYOUT,
    SLIDES,
    STATUS_PAGE,
    TOOL_LAYOUT,
    TRACKER_WORDS,
    TeamsTemplates,
)

if TYPE_CHECKING:
    from audit_kit.office.template_fault import TemplateFault

_CELL = re.compile(r"sheet (?P<tab>.+), cell (?P<cell>[A-Z]+\d+)")
_PLACES_NAMED = 3  # of those at which the same is wrong; the copy marks each
MARKED = "-faults"  # how the name of a marked copy ends, before its ending


def check_templates(kit: TeamsTemplates) -> tuple[TemplateFault, ...]:
    """What is wrong with the templates; empty when every one can be used."""
    found: list[TemplateFault] = []
    for name, check in _checks().items():
        found += _told(kit, name, check)
    return tuple(found)


def in_sentences(faults: Sequence[TemplateFault]) -> tuple[str, ...]:
    """What is told of these faults, once where the same is wrong at several places of a Word template."""
    said: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        before, at, after = fault.sentence.partition(f", {fault.where}: ") if fault.where else (fault.sentence, "", "")
        said.setdefault((before, after), []).append(fault.where if at else "")
    return tuple(f"{before}, {_places(where)}: {after}" if after else before for (before, after), where in said.items())


def _places(where: Sequence[str]) -> str:
    first, more = where[:_PLACES_NAMED], len(where) - _PLACES_NAMED
    if more > 0:
        return f"{'; '.join(first)}; and {more} more, each marked in the copy"
    return "; ".join(first)


def marked_copies(kit: TeamsTemplates, faults: Sequence[TemplateFault], folder: Path) -> tuple[Path, ...]:
    """Write a copy of each faulty template with a comment on every fault, and take away those that are no longer so.

    ``folder``: where to. A template that can't be opened has no copy.
    """
    from audit_kit.office.template_notes import marked_document, marked_workbook

    written = []
    for name in _checks():
        stem, _, ending = name.rpartition(".")
        place, its = folder / f"{stem}{MARKED}.{ending}", [fault for fault in faults if fault.template == name]
        place.unlink(missing_ok=True)
        if not its or ending not in ("docx", "xlsx"):
            continue
        try:
            template = kit.template(name, checked=False)
        except AuditKitError:
            continue  # that it is missing was said
        marked = (marked_document if ending == "docx" else marked_workbook)(template, its)
        if marked is not None:
            Disk().write(place, marked)
            written.append(place)
    return tuple(written)


#: a layout is examined whatever the question bank holds
_STAND_IN = Theme(
    "theme", "THEME", "Theme", "",
    (Kloe("N1", "Title", "Question", ("Prompt",), tuple((grade, "What it looks like") for grade in scales.JUDGED)),),
)  # fmt: skip

Check = Callable[[TeamsTemplates], Iterator["TemplateFault"]]


def _checks() -> dict[str, Check]:
    """Template → what examines it, in the order in which they are told."""
    from audit_kit.office.word_templates import word_templates

    return {
        BANK: _question_bank, TOOL_LAYOUT: _tool_layout, PLAN_LAYOUT: _plan_layout,
        **{name: _small_form(name) for name in SAMPLES}, QA: _qa_layout,
        **{name: _word(name) for name in word_templates()}, SLIDES: _slides, MAIL_DRAFTS: _mail_drafts, TRACKER_WORDS: _tracker_words, STATUS_PAGE: _status_page,
    }  # fmt: skip


def _told(kit: TeamsTemplates, name: str, check: Check) -> list[TemplateFault]:
    """What a check found; a template that is missing or can't be opened is one thing found."""
    from audit_kit.office.template_fault import TemplateFault

    try:
        return [*check(kit), *_access_faults(kit, name)]
    except AuditKitError as problem:
        return [TemplateFault(name, "", "", problem.sentence(), True)]


def _access_faults(kit: TeamsTemplates, name: str) -> Iterator[TemplateFault]:
    """What keeps some readers out stands in everything that is made of the template."""
    from audit_kit.access import Unreadable, check
    from audit_kit.office.template_fault import TemplateFault

    if not name.endswith((".docx", ".xlsx", ".pptx")):
        return
    try:
        faults = check(kit.template(name, checked=False))
    except Unreadable:
        return  # that it will not open was said
    for fault in faults:
        found = _CELL.fullmatch(fault.place)
        in_sheet = f"{found['tab']}!{found['cell']}" if found else ""
        where = fault.place if name.endswith(".docx") else in_sheet
        sentence = f"The template {name}, {fault.place}: {fault.reason} {fault.remedy}"
        yield TemplateFault(name, "", where, sentence, False)


def _question_bank(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    from audit_kit.office.question_bank import Known, question_bank_faults, seen_otherwise, words_unknown_to

    bank, config = kit.template(BANK), kit.config
    tools = tuple(area.tool.casefold() for area in config.areas.values())
    known = Known(tuple(agency.code for agency in config.agencies), tools, AREA_WORDS)
    for fault in (*question_bank_faults(bank), *words_unknown_to(bank, known), *seen_otherwise(bank)):
        yield replace(fault, sentence=f"{BANK}, {fault.sentence}")  # it stands among those of other templates


def _tool_layout(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    yield from _layout_faults(kit, TOOL_LAYOUT, _every_sheet())


def _plan_layout(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    yield from _layout_faults(kit, PLAN_LAYOUT, form_for(kit, _STAND_IN))


def _slides(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    from audit_kit.domain.learning import Briefing
    from audit_kit.office.letters import example_of
    from audit_kit.office.slides import slide_faults

    yield from slide_faults(kit.template(SLIDES), example_of(Briefing), SLIDES)


def _small_form(name: str) -> Check:
    def check(kit: TeamsTemplates) -> Iterator[TemplateFault]:
        yield from _layout_faults(kit, name, SAMPLES[name]())

    return check


def _qa_layout(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    from audit_kit.office.qa_layout import qa_layout_faults

    yield from qa_layout_faults(layout_of(kit, QA))


def _layout_faults(kit: TeamsTemplates, name: str, form: AuditTool) -> Iterator[TemplateFault]:
    from audit_kit.office.layout_contract import faults_against
    from audit_kit.office.tool_workbook import worded

    layout = layout_of(kit, name)
    yield from faults_against(layout, worded(layout, form))


def _every_sheet() -> AuditTool:
    """A tool with every sheet that a tool may have."""
    return with_open_actions(tool_for(_STAND_IN, "", "", ("N1",), {}), (OpenAction("", "something"),))


def _word(name: str) -> Check:
    def check(kit: TeamsTemplates) -> Iterator[TemplateFault]:
        from audit_kit.office.word_templates import word_faults

        yield from word_faults(name, kit.template(name, checked=False))

    return check


def _mail_drafts(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    from audit_kit.office.mail_wording import mail_text_faults

    yield from mail_text_faults(kit.template(MAIL_DRAFTS))


def _tracker_words(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    from audit_kit.office.tracker_wording import tracker_word_faults

    yield from tracker_word_faults(kit.template(TRACKER_WORDS))


def _status_page(kit: TeamsTemplates) -> Iterator[TemplateFault]:
    """AuditKitError with what can't be shown: of a page without sessions, and of one with sessions in every state."""
    from audit_kit.acts.overview_sample import sample_years
    from audit_kit.office.status_page import write_status_page

    template = kit.template(STATUS_PAGE).decode("utf-8", "replace")
    for years in (sample_years(kit.clock.today()), ()):
        write_status_page(template, years, kit.config.board.name, kit.clock.now())
    yield from ()
