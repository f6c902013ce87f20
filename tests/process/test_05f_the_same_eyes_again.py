"""In order to maintain independent scrutiny: who audits again and again, in one session or over several, is pointed out."""

from __future__ import annotations

from dataclasses import replace

from builders import a_desk, a_return
from mini import RETURNED, SESSION, Mini

from audit_kit.acts.auditors import AuditsDone, audits_done
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import RosterEntry
from audit_kit.domain.session import AuditSession
from audit_kit.stages.check import queries_about

AUDIT = AuditRef(SESSION, "H1", "GP")
EARLIER = ("2024-A1-NEG", "2024-A2-DA", "2025-A1-CSE", "2025-A2-MH")
AUDITOR = "Philippa Thistlewood"


def with_earlier_sessions(mini: Mini, name: str = AUDITOR, agency: str = "GP") -> None:
    with mini.on(RETURNED) as kit:
        session = kit.session(SESSION)
        for ref in EARLIER:
            kit.vault.put(f"sessions/{ref}", replace(session, ref=ref), AuditSession)
            kit.vault.put(
                f"roster/{ref}/H2", (RosterEntry(agency, name, "Named GP", "auditor"),), tuple[RosterEntry, ...]
            )


def counted(mini: Mini, name: str = AUDITOR) -> AuditsDone:
    with mini.on(RETURNED) as kit:
        return audits_done(kit, AUDIT, name)


def test_sessions_are_counted_from_what_is_kept_sealed(mini):
    with_earlier_sessions(mini)

    assert counted(mini) == AuditsDone(1, 5)
    assert counted(mini, "Ms P. Thistlewood") == AuditsDone(1, 5)
    assert counted(mini, "Somebody Else") == AuditsDone(1, 1)


def test_another_agencys_auditor_of_the_same_name_does_not_count(mini):
    with_earlier_sessions(mini, agency="HVSN")

    assert counted(mini) == AuditsDone(1, 1)


def test_what_is_purged_counts_no_longer(mini):
    with_earlier_sessions(mini)
    with mini.on(RETURNED) as kit:
        assert audits_done(kit, AUDIT, AUDITOR).sessions == 5
        kit.vault.destroy_case(f"{EARLIER[0]}/H2")

        assert audits_done(kit, AUDIT, AUDITOR).sessions == 4


def test_the_reviewer_is_told_from_the_fifth_session_on():
    def flagged(sessions: int) -> list[str]:
        desk = a_desk(a_return(), sessions_of_this_auditor=sessions)
        return [query.request for query in queries_about(desk) if query.rule == "V12"]

    assert flagged(4) == []
    assert flagged(5) == ["the same auditor in 5 sessions"]


def test_it_is_found_when_the_return_comes(mini):
    with_earlier_sessions(mini)
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"auditor.name.answer": AUDITOR}))

    mini.run()

    assert "V12" in mini.progress("H1", "GP").flags
