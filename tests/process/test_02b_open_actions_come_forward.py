"""Each audit will feed into the current action plan; with clearly identified outcomes and actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mini import CODES, RETURNED, SESSION

from audit_kit import process
from audit_kit.acts.papers import compiled_tool, theme_of, tool_cover, tool_of
from audit_kit.demo import agencies
from audit_kit.domain.brought_forward import DONE_CHANGED, UNDER_WAY, BroughtForward, OpenAction, with_open_actions
from audit_kit.domain.progress import EventKind
from audit_kit.domain.question_bank import Theme
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.office.safe_read import read_safely

NEXT = "2027-A1-NEG"
OWN, OF_A_FAMILY = "Add was-not-brought codes to every record by May", "Offer the mother a visit"


def test_an_action_taken_on_last_time_becomes_a_question_in_one_tool_of_that_agency(mini):
    _last_session(mini)
    _issue_next(mini)

    asked = {code: [case for case in ("H1", "H2", "C1") if "Last time" in _sheets(mini, case, code)] for code in CODES}
    tool = read_safely((mini.outbox / f"agencies/GP/{NEXT}_H1_GP_r1.xlsx").read_bytes())
    said = " ".join(cell.text for sheet in tool.sheets for cell in sheet.cells.values())

    assert asked == {"GP": ["H1"], "HVSN": []}
    assert f"Check: {OWN}" in said
    assert OF_A_FAMILY not in said  # it stays with its case


def test_what_is_said_about_it_is_read_back_and_asked_for_when_it_is_blank(mini):
    _last_session(mini)
    _issue_next(mini)
    mini.drop("next.xlsx", _returned(mini, {}))
    mini.run(date(2027, 3, 1))
    blank = _rules_of_last_letter(mini)

    said = {"forward.1.changed": UNDER_WAY, "forward.1.now": "Half are coded.", "forward.2.changed": DONE_CHANGED}
    mini.drop("again.xlsx", _returned(mini, said, 2))
    mini.run(date(2027, 3, 2))

    with mini.on(date(2027, 3, 2)) as kit:
        state = kit.progress(NEXT)[AuditRef(NEXT, "H1", "GP")].state
        read = [
            one.answer("forward.1.changed")
            for number in (1, 2)
            if (one := kit.vault.get(f"returns/{NEXT}_H1_GP_r{number}", AnonymisedReturn))
        ]
    assert "V36" in blank
    assert state is AuditState.WITH_REVIEWER
    assert read == ["", UNDER_WAY]


def test_only_what_is_settled_is_not_asked_again():
    kept = BroughtForward("H1", (OpenAction(SESSION, "One"), OpenAction(SESSION, "Two"), OpenAction(SESSION, "Three")))

    left = kept.still_open({"forward.1.changed": DONE_CHANGED, "forward.2.changed": UNDER_WAY})

    assert [action.what for action in left] == ["Two", "Three"]


def test_a_tool_without_open_actions_is_the_tool_as_it_was(mini):
    tool = mini.tool("H1", "GP")

    assert with_open_actions(tool, ()) is tool


def _last_session(mini) -> None:
    """In the last session the GP's return was accepted with two actions, one of them about the family."""
    actions = {
        "action.1.what": OWN, "action.1.owner": "Practice manager", "action.1.due": "2027-01-31",
        "action.2.what": OF_A_FAMILY, "action.2.owner": "GP", "action.2.due": "2027-01-31",
    }  # fmt: skip
    mini.drop("return.xlsx", mini.returned("H1", "GP", actions))
    mini.run()
    with mini.on(RETURNED) as kit:
        process.accept(kit, AuditRef(SESSION, "H1", "GP"))


def _issue_next(mini) -> None:
    """The next session stands, with the same cases and agencies, and its tools go out."""
    with mini.on(date(2027, 2, 1)) as kit:
        last = kit.session(SESSION)
        later = {"window_start": date(2026, 2, 1), "window_end": date(2027, 1, 31), "due": date(2027, 3, 5)}
        kit.vault.put(f"sessions/{NEXT}", replace(last, ref=NEXT, dates=replace(last.dates, **later)), AuditSession)
        kit.vault.put(f"themes/{NEXT}", theme_of(kit, last), Theme)
        for case in last.cases:
            register = kit.register_of(SESSION, case.ref, "test")
            kit.vault.put(f"register/{NEXT}/{case.ref}", register, type(register))
            kit.vault.make_case_key(f"{NEXT}/{case.ref}")
            due = (("due", "2027-02-01"),)
            asked = [kit.event(EventKind.ASKED, NEXT, case.ref, code, round=1, codes=due) for code in CODES]
            kit.carry_out(f"notify:{NEXT}:{case.ref}", asked)
        assert process.issue(kit, NEXT, unanswered_too=True).tools == 6


def _sheets(mini, case: str, code: str) -> list[str]:
    tool = read_safely((mini.outbox / f"agencies/{code}/{NEXT}_{case}_{code}_r1.xlsx").read_bytes())
    return [sheet.name for sheet in tool.sheets]


def _returned(mini, more: dict[str, str], round_number: int = 1) -> bytes:
    answers = {**mini.good("H1", "GP"), **more}
    with mini.on(date(2027, 3, 1)) as kit:
        audit, session = AuditRef(NEXT, "H1", "GP"), kit.session(NEXT)
        cover = tool_cover(kit, session, audit, round_number, session.dates.due)
        assert tool_of(kit, session, audit).place("forward.1.changed") is not None
        return agencies.completed(compiled_tool(kit, session, audit), cover, answers)


def _rules_of_last_letter(mini) -> list[str]:
    with mini.on(date(2027, 3, 2)) as kit:
        sent = [event for event in kit.journal.events(NEXT) if event.kind is EventKind.SENT_BACK]
    return sent[-1].code("rules").split()
