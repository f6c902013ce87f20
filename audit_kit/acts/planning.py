"""The plan: a workbook that the team fills in, drops into the inbox, and gets back marked until it is right.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": themes, cases and engagement.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.papers import layout_of
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.acts.plan_names import names_elsewhere
from audit_kit.config import Config
from audit_kit.domain import outputs
from audit_kit.domain.outputs import Output
from audit_kit.domain.plan_form import ASK, AgencyChoice, plan_form
from audit_kit.domain.progress import EventKind
from audit_kit.domain.queries import Query
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.references import SESSION_FORM, session_papers
from audit_kit.domain.register import CaseRegister
from audit_kit.domain.session import AuditSession
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import UsageProblem
from audit_kit.kit import Kit
from audit_kit.stages.filled_plan import PlanRules
from audit_kit.stages.plan import Planned, read_plan
from audit_kit.stages.timetable import too_short
from audit_kit.team_templates import PLAN_LAYOUT, TeamsTemplates, theme_named

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.laid_out_form import FormCover
    from audit_kit.office.layout_book import BookLayout
    from audit_kit.office.safe_read import WorkbookText
    from audit_kit.store.journal import Item


def new_plan(kit: Kit, session: str, theme_name: str) -> Output:
    """A planning workbook for this session and theme, with what is known already filled in.

    UsageProblem for a reference that is none, a theme that the question bank does not have, a session that stands, and
    where a plan of it lies: it is not written over.
    """
    theme = _theme(kit, theme_name)
    form_match = SESSION_FORM.fullmatch(session)
    if form_match is None or form_match["theme"] != theme.code:
        raise UsageProblem(
            f"{session} is no reference for a session on {theme.title}.",
            not_happened="No plan was written.",
            next_step=f"Write it as year, A and number, theme: {kit.clock.today().year}-A1-{theme.code}.",
        )
    if session in (standing.ref for standing in kit.sessions()):
        raise UsageProblem(
            f"{session} stands already.",
            not_happened="No plan was written.",
            next_step=f"See it with audit-kit status {session}, or give the next session its own number.",
        )
    path = outputs.for_team(f"{session}_plan.xlsx")
    if (kit.folders.outbox / path).exists():
        raise UsageProblem(
            "A plan of this session lies there already: somebody may have begun to fill it in.",
            where=f"outbox/{path}",
            not_happened="It was not written over.",
            next_step="Go on in it; or move it away, and run the command again.",
        )
    data = fresh_plan(kit.config, layout_of(kit, PLAN_LAYOUT), session, theme, kit.clock.today())
    output = Output(path, data)
    kit.disk.write(kit.folders.outbox / output.path, data)
    return output


def form_for(kit: TeamsTemplates, theme: Theme) -> AuditTool:
    """The sheets of the planning workbook, as this configuration has areas and agencies and the team's layout calls them."""
    return _form(kit.config, layout_of(kit, PLAN_LAYOUT), theme, kit.clock.today())


def fresh_plan(config: Config, layout: BookLayout, session: str, theme: Theme, today: date) -> bytes:
    """A planning workbook with what is known already filled in."""
    return _written(config, layout, session, theme, today, _known_already(config, session, theme, today))


def _form(config: Config, layout: BookLayout, theme: Theme, today: date) -> AuditTool:
    from audit_kit.office.tool_workbook import worded

    form = plan_form(
        theme,
        [(letter, area.name, area.cases) for letter, area in config.areas.items()],
        [AgencyChoice(agency.code, agency.name_on(today), agency.areas) for agency in config.agencies],
    )
    return worded(layout, form)


def take_plan(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned plan: the session stands, or a marked copy says cell by cell what must change first."""
    from audit_kit.office.forms import mark_of

    theme = _theme(kit, mark_of(book, "audit_kit_theme"))
    form = form_for(kit, theme)
    read = answers_of(
        book,
        form,
        "The planning workbook",
        place,
        not_happened="No session was made from it.",
        next_step="Copy what you typed into a fresh plan, and drop that into the inbox.",
    )
    result = read_plan(read.answers, form, _rules(kit, theme))
    if isinstance(result, Planned):
        result = names_elsewhere(kit, result.registers, read.answers, form) or result
    named = read.answers.get("session.ref.answer", "")
    kit.vault.file_original(item.sha, session_papers(named) if SESSION_FORM.fullmatch(named) else "plans")
    if isinstance(result, Planned):
        _let_stand(kit, item, result, theme, done)
    else:
        _send_back(kit, item, theme, dict(read.answers), result, done)
    kit.vault.unstage(item.sha)


def _let_stand(kit: Kit, item: Item, planned: Planned, theme: Theme, done: Pass) -> None:
    """Seal the identities in the register, and let the session stand."""
    session = planned.session
    for register in planned.registers:
        kit.vault.put(f"register/{session.ref}/{register.case}", register, CaseRegister)
        kit.vault.make_case_key(f"{session.ref}/{register.case}")
    for whose in (TEAM, *(agency.code for agency in session.agencies)):
        password_for(kit, session.ref, whose)
    kit.vault.put(f"themes/{session.ref}", theme, Theme)
    kit.vault.put(f"sessions/{session.ref}", session, AuditSession)
    event = kit.event(EventKind.SESSION_PLANNED, session.ref, item=item.sha)
    kit.carry_out(f"item:{item.sha}:{item.turn}", [event], closes_item=item.sha)
    kit.withdraw(_marked(session.ref))
    audits = sum(len(case.agencies) for case in session.cases)
    done.say(
        f"{session.ref} stands: {len(session.cases)} cases, {len(session.agencies)} agencies, {audits} audits. "
        f"Next: audit-kit notify {session.ref}."
    )
    for warning in too_short(session.dates, kit.config.calendar.step_days()):
        done.say(f"{session.ref}: too little time. {warning.words}", for_a_person=True)


def _send_back(
    kit: Kit, item: Item, theme: Theme, answers: dict[str, str], problems: tuple[Query, ...], done: Pass
) -> None:  # fmt: skip
    """Write the marked copy. It holds the identities that were typed, so it is encrypted."""
    from audit_kit.office.protect import protect

    named = answers.get("session.ref.answer", "")
    ref = named if SESSION_FORM.fullmatch(named) else "plan"
    asked: dict[str, str] = {}
    for problem in problems:
        known = asked.get(problem.answer_ref)
        asked[problem.answer_ref] = f"{known}; {problem.request}" if known else problem.request
    layout = layout_of(kit, PLAN_LAYOUT)
    data = _written(kit.config, layout, ref, theme, kit.clock.today(), answers, asked)
    sealed = protect(data, password_for(kit, ref, TEAM))
    event = kit.event(
        EventKind.PLAN_RETURNED, named if ref == named else "", item=item.sha, codes=(("problems", str(len(problems))),)
    )
    kit.carry_out(
        f"item:{item.sha}:{item.turn}",
        [event],
        [Output(_marked(ref), sealed)],
        closes_item=item.sha,
    )
    things = "one thing needs" if len(problems) == 1 else f"{len(problems)} things need"
    done.say(
        f"The plan can't be used yet: {things} changing. The marked copy is in outbox/team/restricted; "
        f"its password: audit-kit password TEAM --session {ref}. No session was made.",
        for_a_person=True,
    )


def _marked(ref: str) -> str:
    """Where the marked copy of a plan lies, until the plan is right."""
    return outputs.restricted_for_team(f"{ref}_plan-marked.xlsx")


def _written(
    config: Config,
    layout: BookLayout,
    session: str,
    theme: Theme,
    today: date,
    answers: dict[str, str],
    asked: dict[str, str] | None = None,
) -> bytes:
    """The planning workbook with these answers, and what must change marked."""
    from audit_kit.office.laid_out_form import fill_form

    counts = " and ".join(f"{area.cases} in {area.name}" for area in config.areas.values())
    words = {"board": config.board.name, "theme": theme.title, "counts": counts}
    form, cover = _form(config, layout, theme, today), _cover(config, session, theme)
    return fill_form(layout, form, cover, words, answers, asked)


def _cover(config: Config, session: str, theme: Theme) -> FormCover:
    from audit_kit.office.laid_out_form import FormCover

    return FormCover(
        kind="plan",
        title=f"Plan of an audit session: {theme.title}",
        board=config.board.name,
        reference=session,
        marks={"audit_kit_session": session, "audit_kit_theme": theme.name},
    )


def _known_already(config: Config, session: str, theme: Theme, today: date) -> dict[str, str]:
    """What a new plan is filled in with: the reference, the theme, proposals from the configuration."""
    known = {"session.ref.answer": session, "theme.name.answer": theme.title}
    known |= {f"kloe.{kloe.ref}.ask": "Yes" for kloe in theme.kloes}
    for agency in config.agencies:
        head = asdict(agency.asked_on(today))["head"]
        known |= {
            f"lead.{agency.code}.name": agency.lead.name,
            f"lead.{agency.code}.email": agency.lead.email,
            f"lead.{agency.code}.role": agency.lead.role,
        }
        if head:
            known |= {f"lead.{agency.code}.head_name": head["name"], f"lead.{agency.code}.head_email": head["email"]}
        if agency.default:
            for letter in agency.areas:
                cases = range(1, config.areas[letter].cases + 1)
                known |= {f"known.{letter}{number}.{agency.code}": ASK for number in cases}
    return known


def _rules(kit: Kit, theme: Theme) -> PlanRules:
    config, today = kit.config, kit.clock.today()
    return PlanRules(
        theme=theme,
        agencies=tuple(agency.asked_on(today) for agency in config.agencies),
        areas_of={agency.code: agency.areas for agency in config.agencies},
        today=today,
        window_months=config.review_window_months,
        involvement_days=config.calendar.involvement_days,
        response_days=config.calendar.response_days,
        report_days=config.calendar.report_days,
        closed_on=config.calendar.closed_on,
        standing=tuple(session.ref for session in kit.sessions()),
    )


def _theme(kit: Kit, name: str) -> Theme:
    return theme_named(name, kit.bank, "No plan was written or read.")
