"""The QA workbooks in outbox/team/with-reviewer: worked out from what is with the reviewer, written when that changes.

A workbook in which somebody has begun to mark is never written over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.papers import asked_agency, tool_of
from audit_kit.acts.return_papers import reviewers_copy
from audit_kit.domain import outputs
from audit_kit.domain.history import HistoryLine, rounds
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import AuditProgress, ConcernProgress, concerns
from audit_kit.domain.qa_form import CaseSummary, version_of
from audit_kit.domain.queries import Query
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.kit import Kit
from audit_kit.stages.quality_assurance import Reviewed, summary_of

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass

#: the returns that can be compared with: complete enough to have been passed on
_COMPARABLE = (AuditState.WITH_REVIEWER, AuditState.ACCEPTED)


@dataclass(frozen=True)
class QaKept:
    """What is remembered of a case's workbook, sealed. ``given_back``: agency → (version, marks, what to change)."""

    shows: str = ""  # a digest of what the workbook shows
    written: str = ""  # the SHA-256 of the file as it was written
    left: str = ""  # what it should show, once somebody was told that it was left because it holds marks
    held: str = ""  # what it would show, when a name stood in it and it was held back
    given_back: Mapping[str, tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=dict)


def kept_of(kit: Kit, session: str, case: str) -> QaKept:
    """What is remembered of this case's workbook."""
    return kit.vault.get(f"qa/{session}/{case}", QaKept) or QaKept()


def keep(kit: Kit, session: str, case: str, kept: QaKept) -> None:
    """Remember it, sealed: marks may hold what a person wrote about a family."""
    kit.vault.put(f"qa/{session}/{case}", kept, QaKept)


def place_of(session: str, case: str) -> str:
    """Where the QA workbook of a case lies, below the outbox."""
    return outputs.for_team(f"with-reviewer/{session}_{case}_qa.xlsx")


def write_qa_workbooks(kit: Kit, done: Pass) -> None:
    """Write the workbook of every case that has returns with the reviewer, and take away those that have none left."""
    for session in kit.sessions():
        events = kit.journal.events(session.ref)
        told, raised = rounds(events), concerns(events)
        progress = kit.progress(session.ref)
        for case in session.cases:
            audits = [one for audit, one in progress.items() if audit.case == case.ref]
            waiting = [one for one in audits if one.state is AuditState.WITH_REVIEWER and one.item]
            about = [one for one in raised if one.case == case.ref]
            lines = sum(audit.case == case.ref for audit, _ in told)
            if waiting:
                _write(kit, session, case.ref, audits, waiting, about, lines, done)
            else:
                _take_away(kit, session.ref, case.ref)


def qa_workbooks(kit: Kit) -> Pass:
    """Write what ``write_qa_workbooks`` writes, by itself: after a command that decided something."""
    from audit_kit.acts.inbox import Pass

    done = Pass()
    write_qa_workbooks(kit, done)
    return done


def _write(
    kit: Kit, session: AuditSession, case: str, audits: list[AuditProgress], waiting: list[AuditProgress],
    about: list[ConcernProgress], lines: int, done: Pass,
) -> None:  # fmt: skip
    kept, path = kept_of(kit, session.ref, case), kit.folders.outbox / place_of(session.ref, case)
    shows = _digest(audits, about, lines, kept)
    if kept.held == shows or (kept.shows == shows and path.exists()):
        return
    if not _may_be_written_over(kit, session.ref, case, kept):
        if kept.left != shows:
            keep(kit, session.ref, case, replace(kept, left=shows))
            done.say(
                f"{session.ref} {case}: more is with the reviewer, but somebody has begun to mark the QA workbook in "
                "outbox/team/with-reviewer. It was left as it is: move it into the inbox, and a new one is written.",
                for_a_person=True,
            )
        return
    from audit_kit.office.qa_workbook import write_qa_workbook

    data = write_qa_workbook(_summary(kit, session, case, audits, waiting, about, kept))
    output = Output(place_of(session.ref, case), data)
    # known before it is written: a workbook that lies there is then never taken for one that somebody has marked
    now = replace(kept, shows=shows, written=hashlib.sha256(data).hexdigest(), left="", held="")
    keep(kit, session.ref, case, now)
    kit.carry_out(f"qa:{session.ref}:{case}:{kit.clock.now().isoformat()}", [], [output])
    if not path.exists():
        keep(kit, session.ref, case, replace(now, held=shows))
        return
    figure = "One return" if len(waiting) == 1 else f"{len(waiting)} returns"
    done.say(f"{session.ref} {case}: {figure} with the reviewer; the QA workbook is in outbox/team/with-reviewer.")


def _digest(audits: list[AuditProgress], about: list[ConcernProgress], lines: int, kept: QaKept) -> str:
    """Changes whenever a page would read differently."""
    parts = [[version_of(one), one.state.value] for one in audits]
    parts += [[one.key, one.state.value] for one in about]
    text = json.dumps([parts, lines, {agency: list(given) for agency, given in kept.given_back.items()}])
    return hashlib.sha256(text.encode()).hexdigest()


def _may_be_written_over(kit: Kit, session: str, case: str, kept: QaKept) -> bool:
    """Whether the file that lies there, if any, is as it was written, or came through the inbox as it is."""
    path = kit.folders.outbox / place_of(session, case)
    if not path.exists():
        return True
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return sha == kept.written or kit.journal.item(sha) is not None


def _take_away(kit: Kit, session: str, case: str) -> None:
    lies_there = (kit.folders.outbox / place_of(session, case)).exists()
    if lies_there and _may_be_written_over(kit, session, case, kept_of(kit, session, case)):
        kit.withdraw(place_of(session, case))


def _summary(
    kit: Kit, session: AuditSession, case: str, audits: list[AuditProgress], waiting: list[AuditProgress],
    about: list[ConcernProgress], kept: QaKept,
) -> CaseSummary:  # fmt: skip
    """Everything that the workbook of one case shows."""
    history = _history(kit, session.ref, case)
    comparable = {
        one.audit.agency: found for one in audits
        if one.state in _COMPARABLE
        and (found := kit.vault.get(f"returns/{one.audit.file_stem(one.round)}", AnonymisedReturn))
    }  # fmt: skip
    pages = []
    for one in waiting:
        anonymised = comparable.get(one.audit.agency)
        if anonymised is None:
            continue
        version, marks, asked = kept.given_back.get(one.audit.agency, ("", {}, {}))
        same = version == version_of(one)
        pages.append(
            Reviewed(
                progress=one,
                agency=asked_agency(session, one.audit.agency).name,
                tool=tool_of(kit, session, one.audit),
                anonymised=anonymised,
                queries=kit.vault.get(f"queries/{one.audit.file_stem(one.round)}", tuple[Query, ...]) or (),
                others={code: found for code, found in comparable.items() if code != one.audit.agency},
                history=history.get(one.audit, ()),
                concerns=tuple(concern for concern in about if concern.agency == one.audit.agency),
                copy=reviewers_copy(anonymised),
                kept=marks if same else {},
                asked=asked if same else {},
            )
        )
    besides = tuple(
        (asked_agency(session, one.audit.agency).name, one.state.value) for one in audits if one not in waiting
    )
    return CaseSummary(session.ref, case, kit.config.board.name, tuple(summary_of(page) for page in pages), besides)


def _history(kit: Kit, session: str, case: str) -> dict[AuditRef, tuple[HistoryLine, ...]]:
    """The history of each audit of the case; the reasons that people gave as they may be read in the outbox."""
    found: dict[AuditRef, list[HistoryLine]] = {}
    for audit, line in rounds(kit.journal.events(session), _reasons_without_names(kit, session, case)):
        if audit.case == case:
            found.setdefault(audit, []).append(line)
    return {audit: tuple(lines) for audit, lines in found.items()}


def _reasons_without_names(kit: Kit, session: str, case: str) -> Callable[[str], str]:
    """A note's SHA-256 → its words with names taken out. The register is opened only if there is a note."""
    anonymiser = None

    def reason(sha: str) -> str:
        nonlocal anonymiser
        words = kit.vault.note(sha)
        if not words:
            return ""
        if anonymiser is None:
            anonymiser = anonymiser_of(kit, session, case, "reasons for a QA workbook", roster_kept(kit, session, case))
        return anonymiser.mask(words).with_doubts_hidden()

    return reason
