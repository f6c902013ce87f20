"""What a person decides about an audit: accept, send back, reopen, extend. Each with a reason, each an event.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": audits are quality assured by the Board and
returned if they are not sufficiently robust or comprehensive; they are "securely stored on file for future
access".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from audit_kit.acts.acceptance import acceptance_papers
from audit_kit.acts.case_names import anonymiser_of, roster_kept
from audit_kit.acts.issuing import issue_anew
from audit_kit.acts.papers import in_working_days, tool_of
from audit_kit.acts.reasons import require_reason
from audit_kit.acts.reporting import told_of_sign_off
from audit_kit.acts.return_papers import more_time_draft, reading_copy, reviewers_copy, send_back_pack
from audit_kit.domain import outputs
from audit_kit.domain.progress import AuditProgress, EventKind
from audit_kit.domain.queries import Level, Query
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState, may_move
from audit_kit.domain.working_days import in_words
from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.kit import Kit

_NOTHING = "Nothing was changed."


def accept(kit: Kit, audit: AuditRef, reason: str = "", who: str = "") -> str:
    """Accept a return that is with the reviewer: its pseudonymised copy goes on file, a receipt to the agency.

    ``who``: in which role the person decides, kept with the reason.
    """
    progress = _progress(kit, audit)
    _require(progress, AuditState.ACCEPTED)
    session, anonymised = kit.session(audit.session), _anonymised(kit, progress)
    files = [
        reading_copy(kit, session, anonymised, outputs.on_file(audit.case, "")),
        *acceptance_papers(kit, session, progress, anonymised),
    ]
    event = kit.event(
        EventKind.ACCEPTED, audit.session, audit.case, audit.agency, round=progress.round, item=progress.item,
        note=kit.vault.keep_note(_reasons(who, reason, {})),
    )  # fmt: skip
    kit.carry_out(_batch("accept", progress), [event], files)
    kit.withdraw(reviewers_copy(anonymised))
    return (
        f"{audit} is accepted. Its copy is in outbox/on-file/{audit.case}, what its agency gets in "
        f"outbox/agencies/{audit.agency}.{told_of_sign_off(kit, audit.session)}"
    )


def send_back(
    kit: Kit, audit: AuditRef, reason: str, asked: Mapping[str, str] | Sequence[str] = (), who: str = ""
) -> str:  # fmt: skip
    """Send a return back by a person's decision. ``asked``: answers such as ``N6.evidence``, or whole questions (``N6``),
    each with what is asked there if that is said. ``who``: in which role the person decides, kept with the reason.

    What the person writes goes into the letter, anonymised; when a word in it is in doubt, nothing is sent. UsageProblem
    then, without any reason, and for an audit that can't be sent back as it stands.
    """
    progress = _progress(kit, audit)
    _require(progress, AuditState.SENT_BACK)
    asked = asked if isinstance(asked, Mapping) else dict.fromkeys(asked, "")
    if not reason.strip() and not any(asked.values()):
        raise UsageProblem(
            "A return is sent back with a reason.",
            not_happened=f"{audit} was not sent back.",
            next_step="Say with --reason what the agency is asked to put right.",
        )
    session, anonymised = kit.session(audit.session), _anonymised(kit, progress)
    said = without_names(kit, audit, reason)
    queries = _queries(kit, session, audit, {ref: without_names(kit, audit, why) for ref, why in asked.items()}, said)
    due, next_round = in_working_days(kit, kit.config.calendar.send_back_days), progress.round + 1
    event = kit.event(
        EventKind.SENT_BACK, audit.session, audit.case, audit.agency, round=next_round, item=progress.item,
        codes=(("due", due.isoformat()), ("rules", "QA")), note=kit.vault.keep_note(_reasons(who, reason, asked)),
    )  # fmt: skip
    kit.carry_out(
        _batch("send-back", progress), [event], send_back_pack(kit, session, anonymised, queries, event, said)
    )
    return (
        f"{audit} is sent back, due {in_words(due)}. Letter, copy and mail draft are in outbox/agencies/{audit.agency}."
    )


def reopen(kit: Kit, audit: AuditRef, reason: str) -> str:
    """Give an accepted or nil audit back to the reviewer, with a reason.

    When the agency only ticked that it wasn't involved, there is no return to review: its tool goes out.
    UsageProblem for an audit that is neither, and without a reason.
    """
    progress = _progress(kit, audit)
    require_reason(reason, "Opening an audit again", _NOTHING)
    _require(progress, AuditState.WITH_REVIEWER)
    if progress.state not in (AuditState.ACCEPTED, AuditState.NO_INVOLVEMENT):
        raise _cannot(progress, "reopened", "Only what was accepted or answered with no involvement can be reopened.")
    if (
        progress.state is AuditState.NO_INVOLVEMENT
        and kit.vault.get(f"returns/{audit.file_stem(progress.round)}", AnonymisedReturn) is None
    ):
        due = in_working_days(kit, kit.config.calendar.response_days)
        issue_anew(kit, kit.session(audit.session), audit, due, kit.vault.keep_note(reason))
        return f"The tool of {audit} is in outbox/agencies/{audit.agency}, due {in_words(due)}."
    event = kit.event(
        EventKind.REOPENED, audit.session, audit.case, audit.agency, round=progress.round, item=progress.item,
        note=kit.vault.keep_note(reason),
    )  # fmt: skip
    kit.carry_out(_batch("reopen", progress), [event])
    return f"{audit} is with the reviewer again.{told_of_sign_off(kit, audit.session)}"


def extend(kit: Kit, audit: AuditRef, until: date, reason: str) -> str:
    """Give an agency more time, with a reason. UsageProblem without one, when the day isn't later, or nothing is awaited."""
    progress = _progress(kit, audit)
    require_reason(reason, "More time", _NOTHING)
    if progress.state not in (AuditState.ASKED, AuditState.AWAITED, AuditState.SENT_BACK):
        raise _cannot(progress, "extended", "Only what is awaited from an agency can be extended.")
    if until < kit.clock.today() or (progress.due and until <= progress.due):
        raise UsageProblem(
            f"{in_words(until)} is no later day for {audit}.",
            not_happened=_NOTHING,
            next_step="Give a day after the one it is due on and after today.",
        )
    event = kit.event(
        EventKind.EXTENDED, audit.session, audit.case, audit.agency, round=progress.round,
        codes=(("due", until.isoformat()),), note=kit.vault.keep_note(reason),
    )  # fmt: skip
    files = more_time_draft(kit, kit.session(audit.session), event, until)
    kit.carry_out(f"{_batch('extend', progress)}:{until}", [event], files)
    return f"{audit} is now due on {in_words(until)}. A mail draft is in outbox/agencies/{audit.agency}."


def without_names(kit: Kit, audit: AuditRef, text: str, *, hide_doubts: bool = False) -> str:
    """A person's own words, anonymised for a paper. UsageProblem when a word is in doubt, unless doubts are hidden."""
    roster = roster_kept(kit, audit.session, audit.case)
    masked = anonymiser_of(kit, audit.session, audit.case, "send back", roster).mask(text)
    if masked.doubts and not hide_doubts:
        raise UsageProblem(
            "The reason holds a word that may be somebody's name.",
            not_happened=f"{audit} was not sent back.",
            next_step="Say it again with roles instead of names.",
        )
    return masked.with_doubts_hidden()


def _queries(
    kit: Kit, session: AuditSession, audit: AuditRef, asked: Mapping[str, str], said: str
) -> tuple[Query, ...]:  # fmt: skip
    """What the reviewer asks for, at the answers named; about the whole return when none is."""
    tool = tool_of(kit, session, audit)
    if not asked:
        return (Query("QA", Level.RETURN, "", "the whole return", said),)
    unknown = [ref for ref in asked if tool.place_about(ref) is None]
    if unknown:
        raise UsageProblem(
            f"The tool of {audit} has no answer called {', '.join(unknown)}.",
            not_happened=f"{audit} was not sent back.",
            next_step="Name answers as question and field, such as N6.evidence or voice.child.answer.",
        )
    places = ((ref, why, tool.place_about(ref), tool.place(ref) is None) for ref, why in asked.items())
    return tuple(
        Query("QA", Level.RETURN, ref, words, f"look again at {words}{f' – {why}' if why else ''}")
        for ref, why, place, whole in places
        if place and (words := place.question_in_words() if whole else place.in_words())
    )


def _reasons(who: str, reason: str, asked: Mapping[str, str]) -> str:
    """Everything that the person said, as it is kept sealed beside the decision."""
    at_answers = "; ".join(f"{ref}: {why}" for ref, why in asked.items() if why)
    said = " – ".join(part for part in (reason.strip(), at_answers) if part)
    return ": ".join(part for part in (who, said) if part)


def _progress(kit: Kit, audit: AuditRef) -> AuditProgress:
    progress = kit.progress(audit.session).get(audit)
    if progress is None:
        raise UsageProblem(
            f"No audit {audit} was asked for here.",
            not_happened=_NOTHING,
            next_step=f"See audit-kit status {audit.session} for those that were.",
        )
    return progress


def _require(progress: AuditProgress, after: AuditState) -> None:
    if not may_move(progress.state, after):
        verbs = {
            AuditState.ACCEPTED: ("accepted", "Only a return that is with the reviewer can be accepted."),
            AuditState.SENT_BACK: (
                "sent back",
                f"If it was accepted, run audit-kit reopen {progress.audit} --reason ... first.",
            ),
            AuditState.WITH_REVIEWER: (
                "reopened",
                "Only what was accepted or answered with no involvement can be reopened.",
            ),
        }
        raise _cannot(progress, *verbs[after])


def _cannot(progress: AuditProgress, verb: str, next_step: str) -> AuditKitError:
    return UsageProblem(
        f"{progress.audit} can't be {verb}: it is {progress.state} since {in_words(progress.since.astimezone().date())}.",
        not_happened=_NOTHING,
        next_step=next_step,
    )


def _anonymised(kit: Kit, progress: AuditProgress) -> AnonymisedReturn:
    """The newest return without names; it is the round before when a tool of the next one is out."""
    for round_number in (progress.round, progress.round - 1):
        found = kit.vault.get(f"returns/{progress.audit.file_stem(round_number)}", AnonymisedReturn)
        if found is not None:
            return found
    raise UsageProblem(
        f"There is no return of {progress.audit} in the store.",
        not_happened=_NOTHING,
        next_step="An audit answered with no involvement has none; reopen and ask the agency for a tool.",
    )


def _batch(verb: str, progress: AuditProgress) -> str:
    """One decision of this kind from one state: the moment the state began tells it from an earlier one."""
    return f"{verb}:{progress.audit}:{progress.round}:{progress.since.isoformat()}"
