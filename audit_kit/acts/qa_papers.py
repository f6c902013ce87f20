"""The QA workbooks in outbox/team/with-reviewer: worked out from what is with the reviewer, written when that changes.

A workbook in which somebody has begun to mark is never written over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.living_papers import Living, how_it_stands, take_away, write_living
from audit_kit.acts.name_search import Found, search_of
from audit_kit.acts.papers import asked_agency, tool_of
from audit_kit.acts.return_papers import reviewers_copy
from audit_kit.acts.scanning import SoughtPacked, cases_of, note_looked_ahead
from audit_kit.acts.small_forms import QA, from_layout, layouts_of
from audit_kit.acts.unmoved import look_at_what_moved
from audit_kit.acts.versions import kept_aside
from audit_kit.domain import outputs
from audit_kit.domain.history import HistoryLine, rounds
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
    from audit_kit.acts.workers import Workers

#: the returns that can be compared with: complete enough to have been passed on
_COMPARABLE = (AuditState.WITH_REVIEWER, AuditState.ACCEPTED)


#: agency → (version of the return, marks as typed with names taken out, what must be changed in them)
GivenBack = dict[str, tuple[str, dict[str, str], dict[str, str]]]


def given_back(kit: Kit, session: str, case: str) -> GivenBack:
    """The marks of this case that could not be taken, for the next workbook."""
    return kit.vault.get(f"qa/{session}/{case}", GivenBack) or {}


def keep_given_back(kit: Kit, session: str, case: str, marks: GivenBack) -> None:
    """Remember them, sealed: they may hold what a person wrote about a family."""
    kit.vault.put(f"qa/{session}/{case}", marks, GivenBack)


def place_of(session: str, case: str) -> str:
    """Where the QA workbook of a case lies, below the outbox."""
    return outputs.for_team(f"with-reviewer/{session}_{case}_qa.xlsx")


@dataclass(frozen=True)
class _Due:
    """A QA workbook that is to be written."""

    session: AuditSession
    case: str
    audits: tuple[AuditProgress, ...]  # of the case
    about: tuple[ConcernProgress, ...]  # the concerns of the case
    marks: GivenBack
    lines: int  # of the case's history
    aside: Mapping[AuditRef, tuple[str, ...]]  # versions that are kept beside those which count

    @property
    def waiting(self) -> tuple[AuditProgress, ...]:
        """What is with the reviewer."""
        return tuple(one for one in self.audits if one.state is AuditState.WITH_REVIEWER and one.item)

    @cached_property
    def shows(self) -> str:
        """Changes whenever a page would read differently."""
        parts = [[version_of(one), one.state.value] for one in self.audits]
        parts += [[one.key, one.state.value] for one in self.about]
        parts += [[str(audit), *kept] for audit, kept in self.aside.items()]
        text = json.dumps([parts, self.lines, self.marks])
        return hashlib.sha256(text.encode()).hexdigest()


def write_qa_workbooks(
    kit: Kit, workers: Workers, done: Pass, gives_way: Callable[[], bool] = lambda: False
) -> None:  # fmt: skip
    """Write the workbook of every case that has returns with the reviewer, and take away those that have none left.

    ``workers``: they make them, where there are many; ``gives_way``: asked after each, the others are then left to the next time.
    """
    due: list[_Due] = []

    def lie_there(session: AuditSession) -> tuple[bool, ...]:
        return tuple((kit.folders.outbox / place_of(session.ref, case.ref)).exists() for case in session.cases)

    look_at_what_moved(kit, "QA workbooks", lambda session: _look(kit, session, due, done), lie_there)
    workers = workers.if_worth_it(len(due))
    layouts = layouts_of(kit, QA) if due else ()
    sought = SoughtPacked(kit)
    given = (_given(kit, one, layouts, sought.in_files_of(one.session) if workers.count else b"") for one in due)
    for one, (data, found) in zip(due, workers.each(made, given), strict=True):
        _put(kit, one, data, found, done)
        if gives_way():
            return


def _look(kit: Kit, session: AuditSession, due: list[_Due], done: Pass) -> bool:
    """Find the workbooks of one session's cases that are due. Whether all of them stand as they should."""
    events = kit.journal.events(session.ref)
    told, raised = rounds(events), concerns(events)
    progress, aside = kit.progress(session.ref), kept_aside(events)
    found = []
    for case in session.cases:
        one = _Due(
            session,
            case.ref,
            tuple(one for audit, one in progress.items() if audit.case == case.ref),
            tuple(one for one in raised if one.case == case.ref),
            given_back(kit, session.ref, case.ref),
            sum(audit.case == case.ref for audit, _ in told),
            {audit: kept for audit, kept in aside.items() if audit.case == case.ref},
        )
        found.append(_stands(kit, one, done))
        if found[-1] is Living.DUE:
            due.append(one)
    return all(one is Living.STANDS for one in found)


def _stands(kit: Kit, one: _Due, done: Pass) -> Living:
    kept_as, place = _kept_as(one.session.ref, one.case), place_of(one.session.ref, one.case)

    def begun() -> None:
        done.say(
            f"{one.session.ref} {one.case}: more is with the reviewer, but somebody has begun to mark the QA workbook in "
            "outbox/team/with-reviewer. It was left as it is: move it into the inbox, and a new one is written.",
            for_a_person=True,
        )

    if one.waiting:
        return how_it_stands(kit, kept_as, place, one.shows, begun)
    return take_away(kit, kept_as, place)


def _given(kit: Kit, one: _Due, layouts: tuple[bytes, ...], sought: bytes) -> tuple[object, ...]:
    name = place_of(one.session.ref, one.case).rpartition("/")[2]
    return layouts, _summary(kit, one), sought, name, cases_of(one.session, name)


def made(
    layouts: tuple[bytes, ...], shown: CaseSummary, sought: bytes, name: str, cases: frozenset[str]
) -> tuple[bytes, tuple[Found, ...] | None]:  # fmt: skip
    """The workbook that shows this; made by a worker, also whom it names of those who are ``sought``."""
    from audit_kit.office.qa_workbook import write_qa_workbook

    data = from_layout(layouts, QA, lambda layout: write_qa_workbook(layout, shown))
    return data, search_of(sought).in_file(name, data, cases) if sought else None


def _put(kit: Kit, one: _Due, data: bytes, found: tuple[Found, ...] | None, done: Pass) -> None:
    session, case, place = one.session.ref, one.case, place_of(one.session.ref, one.case)
    if found is not None:
        note_looked_ahead(kit, one.session, place.rpartition("/")[2], data, found)
    if write_living(kit, _kept_as(session, case), place, one.shows, data):
        figure = "One return" if len(one.waiting) == 1 else f"{len(one.waiting)} returns"
        done.say(f"{session} {case}: {figure} with the reviewer; the QA workbook is in outbox/team/with-reviewer.")


def _kept_as(session: str, case: str) -> str:
    return f"papers/{session}/{case}/qa"


def _summary(kit: Kit, due: _Due) -> CaseSummary:
    """Everything that the workbook of one case shows."""
    session, case, audits, about, given = due.session, due.case, due.audits, due.about, due.marks
    waiting = due.waiting
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
        version, marks, asked = given.get(one.audit.agency, ("", {}, {}))
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
                copy=_copy_of(kit, anonymised),
                aside=due.aside.get(one.audit, ()),
                kept=marks if same else {},
                asked=asked if same else {},
            )
        )
    besides = tuple(
        (asked_agency(session, one.audit.agency).name, one.state.value) for one in audits if one not in waiting
    )
    return CaseSummary(session.ref, case, kit.config.board.name, tuple(summary_of(page) for page in pages), besides)


def _copy_of(kit: Kit, anonymised: AnonymisedReturn) -> str:
    """Where the copy to read lies; that of a return which was accepted before and reopened is the one on file."""
    path = reviewers_copy(anonymised)
    if (kit.folders.outbox / path).exists():
        return path
    return outputs.on_file(anonymised.audit.case, f"{anonymised.audit.file_stem(anonymised.round)}.xlsx")


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
