"""Play a whole fictional session: the team, the agencies and the reviewer, every step on real files."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

from audit_kit import process
from audit_kit.acts.involvement import form_for as involvement_form_for
from audit_kit.acts.papers import compiled_tool, tool_cover, tool_of
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.acts.planning import form_for as plan_form_for
from audit_kit.demo import agencies, committee, concerns, faults
from audit_kit.demo.cast import CASES, demo_case
from audit_kit.demo.outcome import told
from audit_kit.demo.planner import plan_answers
from audit_kit.demo.reviewer import filled_in, marked
from audit_kit.demo.stage import Say, Stage
from audit_kit.domain.qa_form import ACCEPT, SEND_BACK, in_the_list
from audit_kit.domain.references import AuditRef
from audit_kit.domain.review_form import KEEP, REPLACE, review_form
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.kit import Kit
from audit_kit.office.forms import read_answers
from audit_kit.office.protect import unprotect
from audit_kit.office.safe_read import read_safely

SESSION = "2026-A2-NEG"
PLANNED, ANSWERED, RETURNED, SENT_AGAIN, REPORTED = (
    date(2026, 10, 1), date(2026, 10, 8), date(2026, 11, 5), date(2026, 11, 12), date(2026, 11, 20),
)  # fmt: skip
CONFIRMED, FOLLOWED_UP = date(2027, 1, 15), date(2027, 4, 15)


def play(folder: Path, say: Say) -> bool:
    """Play the session and tell what happened to each planted fault. Gives whether all went as it must."""
    gc.set_threshold(20_000, 10, 10)  # as in a worker (acts/workers.py)
    stage = Stage(folder)
    stage.build()
    say(f"A fictional session is played in {stage.folder}. Every family in it is invented.\n")
    with stage.on(PLANNED) as kit:
        plan_the_session(stage, kit, say)
        process.notify(kit, SESSION)
        say(
            f"Notified {len(kit.session(SESSION).agencies)} agencies: letter, protected identity slip, involvement form."
        )
    with stage.on(ANSWERED) as kit:
        answer_involvement_forms(stage, kit, say)
        issued = process.issue(kit, SESSION)
        say(f"Issued {issued.tools} personalised audit tools.")
    with stage.on(RETURNED) as kit:
        return_the_tools(stage, kit, say)
        concerns.assure(kit, say)
        decide_what_is_in_doubt(stage, kit, say)
    with stage.on(SENT_AGAIN) as kit:
        return_what_was_sent_back(stage, kit, say)
        concerns.pass_up_one(kit, say)
        decide_what_is_in_doubt(stage, kit, say)
        review_the_returns(stage, kit, say)
    with stage.on(REPORTED) as kit:
        written = process.write_report(kit, SESSION)
        say(f"Wrote the report's draft and the action plan ({len(written.files)} files: outbox/reports, outbox/team).")
        committee.arrange_the_meeting(stage, kit, SESSION, say)
    with stage.on(CONFIRMED) as kit:
        committee.sign_off(stage, kit, SESSION, say)
        committee.pass_it_on(kit, SESSION, say)
    with stage.on(FOLLOWED_UP) as kit:
        committee.follow_up(stage, kit, SESSION, say)
        return told(kit, stage, REPORTED, say)


# --- the team -----------------------------------------------------------------------------------------------


def plan_the_session(stage: Stage, kit: Kit, say: Say) -> None:
    """The team writes the plan; the first attempt has faults and comes back marked."""
    fresh = process.new_plan(kit, SESSION, "neglect")
    theme = kit.bank.theme("neglect")
    assert theme is not None
    form = plan_form_for(kit, theme)
    answers = plan_answers([agency.code for agency in kit.config.agencies])
    hasty = {
        ref: text for ref, text in answers.items() if not ref.startswith(("theme.approved", "case.C2", "engagement.1."))
    }
    stage.drop("plan.xlsx", agencies.typed_into(fresh.data, form, hasty))
    stage.receive(kit, say)
    stage.drop("plan (1).xlsx", agencies.typed_into(fresh.data, form, answers))
    stage.receive(kit, say)


# --- the agencies --------------------------------------------------------------------------------------------


def answer_involvement_forms(stage: Stage, kit: Kit, say: Say) -> None:
    """Every agency answers its involvement form: two minutes."""
    session = kit.session(SESSION)
    for agency in session.agencies:
        form = involvement_form_for(session, agency.code)
        answers = {"concern.any.answer": "No"}
        for case in session.cases:
            if agency.code not in case.agencies:
                continue
            known = agency.code not in faults.NEVER_KNOWN.get(case.ref, ())
            answers[f"known.{case.ref}.known"] = "Yes" if known else "No – never known to us"
            returned = demo_case(case.ref).returns.get(agency.code, {})
            if known and returned:
                answers[f"known.{case.ref}.auditor"] = returned["auditor.name.answer"]
                answers[f"known.{case.ref}.auditor_role"] = returned["auditor.role.answer"]
        sent = (stage.outbox / f"agencies/{agency.code}/{SESSION}_{agency.code}_involvement.xlsx").read_bytes()
        stage.drop(f"involvement {agency.code}.xlsx", agencies.typed_into(sent, form, answers))
    stage.receive(kit, say, only_urgent=True)
    say(f"{len(session.agencies)} involvement forms came back and were read.")


def return_the_tools(stage: Stage, kit: Kit, say: Say) -> None:
    """The agencies return their tools: most are good, some are not."""
    session = kit.session(SESSION)
    for progress in kit.progress(SESSION).values():
        audit = progress.audit
        if progress.state is not AuditState.AWAITED or audit.agency in faults.NEVER_RETURNED.get(audit.case, ()):
            continue
        stage.drop(f"{audit.agency} return for {audit.case}.xlsx", _returned(kit, session, audit))
    gp = _returned(kit, session, AuditRef(SESSION, "H2", "GP"))
    stage.drop("Copy of GP audit FINAL.xlsx", gp)
    hospital = _returned(kit, session, AuditRef(SESSION, "H3", "HOM"))
    stage.drop("HOM (from SharePoint).xlsx", agencies.saved_again(hospital))
    stage.drop("scan0042.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(2000))
    process.extend(kit, AuditRef(SESSION, "C2", "MPS"), date(2026, 11, 27), "The auditor was at court all week.")
    process.allocate(kit, AuditRef(SESSION, "C2", "MPS"), "Gwendolen Fairweather", "Detective Sergeant, safeguarding")
    done = stage.receive(kit, say, only_urgent=True)
    say(f"{done.handled} files came; {_counts(kit)}.")


def _returned(kit: Kit, session: AuditSession, audit: AuditRef) -> bytes:
    """What one agency sends, with its planted fault if it has one."""
    answers = answers_of(kit, audit)
    spoiled = _spoiled(audit, answers)
    cover = tool_cover(kit, session, audit, 1, session.dates.due)
    data = agencies.completed(compiled_tool(kit, session, audit), cover, spoiled)
    child = demo_case(audit.case).people[0].name
    match (audit.case, audit.agency):
        case ("H4", "GP"):
            return agencies.with_other_reference(data, "/H4/", "/H3/")
        case ("H5", "AMH"):
            return agencies.with_comment(data, f"{child}: ask the school again", "A colleague")
        case ("C2", "EH-C"):
            formula = {"concern.any.answer": '=IF(1=1,"No","")'}
            return agencies.typed_into(data, tool_of(kit, session, audit), formula)
    return data


def _spoiled(audit: AuditRef, answers: dict[str, str]) -> dict[str, str]:
    match (audit.case, audit.agency):
        case ("H2", "CAMHS"):
            return faults.incomplete(answers)
        case ("H1", "EDU-H"):
            return faults.by_the_line_manager(answers)
        case ("H1", "HOM"):
            return faults.with_a_conflict(answers)
        case ("C3", "CSC-C"):
            return faults.telling_of_contact(answers)
        case ("C1", "HVSN"):
            return faults.at_immediate_risk(answers, demo_case("C1").people[0].name)
        case ("H5", "PROB"):
            return faults.nil_return(answers)
    return answers


def answers_of(kit: Kit, audit: AuditRef) -> dict[str, str]:
    """What this agency answers when it answers well; an agency without a part in the case borrows a signature."""
    case = demo_case(audit.case)
    answers = dict(case.returns.get(audit.agency) or next(iter(case.returns.values())))
    tool = tool_of(kit, kit.session(audit.session), audit)
    return {ref: text for ref, text in answers.items() if tool.place(ref)}


def return_what_was_sent_back(stage: Stage, kit: Kit, say: Say) -> None:
    """The agencies answer in the copies that were sent back to them, and the right file for H4 arrives."""
    session = kit.session(SESSION)
    for progress in kit.progress(SESSION).values():
        audit = progress.audit
        if progress.state is not AuditState.SENT_BACK:
            continue
        cover = tool_cover(kit, session, audit, progress.round, progress.due or SENT_AGAIN)
        answers = answers_of(kit, audit)
        stage.drop(
            f"{audit.agency} {audit.case} again.xlsx",
            agencies.completed(compiled_tool(kit, session, audit), cover, answers),
        )
    right = AuditRef(SESSION, "H4", "GP")
    cover = tool_cover(kit, session, right, 1, session.dates.due)
    stage.drop(
        "GP H4 corrected.xlsx", agencies.completed(compiled_tool(kit, session, right), cover, answers_of(kit, right))
    )
    a_family_answers(stage)
    done = stage.receive(kit, say, only_urgent=True)
    say(f"{done.handled} more files came, one of them a family's feedback; {_counts(kit)}.")


# --- the reviewer --------------------------------------------------------------------------------------------


def decide_what_is_in_doubt(stage: Stage, kit: Kit, say: Say) -> None:
    """The reviewer decides every word in doubt, case by case, in the protected review workbooks."""
    for case in CASES:
        name = f"{SESSION}_{case}_review.xlsx"
        path = stage.outbox / "team" / "restricted" / name
        if not any(p.state is AuditState.SET_ASIDE and p.audit.case == case for p in kit.progress(SESSION).values()):
            continue
        workbook = unprotect(path.read_bytes(), password_for(kit, SESSION, TEAM))
        assert workbook is not None
        book = read_safely(workbook)
        rows = sum(name.startswith("ans_doubt_") for name in book.defined_names)
        form = review_form(case, rows, ())
        read = read_answers(book, form).answers
        decisions: dict[str, str] = {}
        for number in range(1, rows + 1):
            suggested = read.get(f"doubt.{number}.label", "")
            decisions[f"doubt.{number}.action"] = REPLACE if suggested else KEEP
            if suggested:
                decisions[f"doubt.{number}.label"] = suggested
        stage.drop(name, agencies.typed_into(workbook, form, decisions))
    if stage.receive(kit, say, only_urgent=True).handled:
        say(f"The reviewer decided the words in doubt; {_counts(kit)}.")


def review_the_returns(stage: Stage, kit: Kit, say: Say) -> None:
    """The reviewer goes through one case in its QA workbook, where one return goes back; the others by command."""
    waiting = [p for p in kit.progress(SESSION).values() if p.state is AuditState.WITH_REVIEWER]
    in_workbook = [p.audit for p in waiting if p.audit.case == "H3"]
    name = f"{SESSION}_H3_qa.xlsx"
    path = stage.outbox / "team" / "with-reviewer" / name
    pages: dict[str, dict[str, str | tuple[str, str]]] = {
        audit.agency: {"decision": ACCEPT, "who": "Board QA officer"} for audit in in_workbook
    }
    changed = tool_of(kit, kit.session(SESSION), AuditRef(SESSION, "H3", "VCS")).place_about("voice.changed")
    assert changed is not None
    pages["VCS"] = {
        "decision": SEND_BACK, "who": "Board QA officer",
        "other.1": (in_the_list(changed.question), "please say what the mentor saw change for the young person"),
    }  # fmt: skip
    stage.drop(name, marked(path.read_bytes(), pages))
    path.unlink()
    stage.receive(kit, say, only_urgent=True)
    for progress in waiting:
        if progress.audit not in in_workbook:
            process.accept(kit, progress.audit)
    process.write_qa_workbooks(kit)
    say(
        f"The reviewer went through {len(waiting)} returns, {len(in_workbook)} of them in a QA workbook; {_counts(kit)}."
    )


def a_family_answers(stage: Stage) -> None:
    """A mother says what helped and what did not; an early help worker brings the form."""
    form = stage.outbox / "team" / "engagement" / f"{SESSION}_H1_F1_feedback_parent.docx"
    words = {
        "helped": "She came to us and did not judge.",
        "change": "Ask the children first.",
        "with": "early help worker",
    }
    stage.drop("feedback.docx", filled_in(form.read_bytes(), words, ("listened.2", "safe.1")))


def _counts(kit: Kit) -> str:
    states: dict[str, int] = {}
    for progress in kit.progress(SESSION).values():
        states[progress.state.value] = states.get(progress.state.value, 0) + 1
    return ", ".join(f"{count} {state}" for state, count in states.items())
