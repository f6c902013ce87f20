"""One completed audit tool, step by step, in the order of the written process.

Its concern, if it raises one, went out before this begins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit_kit.acts import cross_checks, versions
from audit_kit.acts.acceptance import acceptance_papers
from audit_kit.acts.auditors import audits_done
from audit_kit.acts.case_names import anonymiser_of, roster_kept, told_without_models, without_models
from audit_kit.acts.damaged_forms import refuse_damaged
from audit_kit.acts.papers import beside_cells, in_working_days, tool_of
from audit_kit.acts.replaced import keep_replaced
from audit_kit.acts.return_papers import blank_pack, reading_copy, send_back_pack
from audit_kit.acts.setting_aside import set_aside
from audit_kit.domain import outputs
from audit_kit.domain.check_code import is_genuine
from audit_kit.domain.doubts import DoubtfulPhrase
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import OTHER_VERSION, AuditProgress, Event, EventKind
from audit_kit.domain.queries import Query
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn, AuditReturn, RosterEntry
from audit_kit.domain.session import AuditSession
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import AuditTool
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.privacy import Strangers
from audit_kit.stages import receive
from audit_kit.stages.anonymise import WithoutNames, roster_of, without_names
from audit_kit.stages.check import queries_about
from audit_kit.stages.decide import Decided, decide
from audit_kit.stages.rules import Desk
from audit_kit.stages.rules_robustness import name_replaced
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.ahead import Ahead, Prepared
    from audit_kit.acts.inbox import Pass
    from audit_kit.acts.reading import Readings
    from audit_kit.office.forms import ToolIdentity
    from audit_kit.office.safe_read import WorkbookText


#: what office programs and label services put into a file of themselves
_OF_ITSELF = frozenset(("document properties", "sensitivity label", "printer settings", "custom XML", "thumbnail"))


@dataclass(frozen=True)
class Checked:
    """A return after it was checked and anonymised, with where it goes."""

    decided: Decided
    without: WithoutNames
    queries: tuple[Query, ...]
    desk: Desk


@dataclass(frozen=True)
class Came:
    """A return that came: which audit it says it is, and where what was read and prepared of it is had."""

    identity: ToolIdentity
    readings: Readings
    ahead: Ahead


def take_return(kit: Kit, item: Item, came: Came, place: str, done: Pass) -> None:
    """Take one completed audit tool to its proper place: sent back, set aside or to the reviewer."""
    identity = came.identity
    audits = kit.progress(identity.audit.session) if identity.audit else {}
    genuine = (
        is_genuine(identity.codes, kit.tool_secret, identity.audit, identity.round or 0) if identity.audit else None
    )
    # somebody said that this version counts, or words in it were in doubt: it answers the round that it is wanted for
    chosen = identity.audit in audits and audits[identity.audit].item == item.sha
    matched = receive.match(
        identity.audit, identity.round or 0, identity.disagreements, genuine, audits, chosen=chosen
    )  # fmt: skip
    if identity.audit not in audits:
        assert isinstance(matched, receive.Unmatched)  # what nobody was asked for is never matched
        _set_aside_unmatched(kit, item, matched, place, done)
        return
    audit, session = identity.audit, kit.session(identity.audit.session)
    tool = tool_of(kit, session, audit)
    prepared = came.ahead.prepared(item.sha, tool)
    round_number = audits[audit].round if chosen else identity.round or 0
    if prepared is not None and prepared.audit_return.round != round_number:
        prepared = None
    if prepared is not None:
        audit_return = prepared.audit_return
    else:
        own = beside_cells(kit, session, audit, tool)
        audit_return = read_return(came.readings.book(item.sha), tool, audit, round_number, own, place)
    answers = _answers_digest(audit_return)
    if not chosen and _is_repeated(kit, item, audit, answers):
        _note_repeat(kit, item, audit, done)
        return
    if isinstance(matched, receive.Unmatched):
        if matched.code in OTHER_VERSION:
            matched = _with_differences(kit, matched, audit_return, tool, prepared, audits[audit])
        _set_aside_unmatched(kit, item, matched, place, done)
        return
    checked = _check(kit, item, session, tool, audit_return, prepared, matched.progress)
    with kit.vault.together():
        _keep(kit, audit_return, tool, checked)
        kit.vault.file_original(item.sha, f"{audit.session}/{audit.case}")
        _tell_of_others(kit, audit_return, tool, checked, done)
        copy = prepared.copy if prepared is not None else None
        _carry_out(kit, item, session, audit_return, answers, checked, copy, matched.progress)
    done.say(_said(audit, checked), for_a_person=checked.decided.kind is not EventKind.NO_INVOLVEMENT)


def read_return(
    book: WorkbookText, tool: AuditTool, audit: AuditRef, round_number: int, own: frozenset[tuple[str, str]], place: str
) -> AuditReturn:
    """The return's answers. AuditKitError when the form is damaged beyond what can be read with certainty."""
    from audit_kit.office.forms import read_answers

    read = read_answers(book, tool, blank_too=True)
    refuse_damaged(
        read,
        f"The tool of {audit}",
        place,
        not_happened="No answer was taken from it, so that none is put in the wrong place.",
        next_step="Ask the agency to copy its answers into a fresh copy of the tool.",
    )
    return AuditReturn(
        audit, round_number, read.answers, read.formulas, (*read.extras, *_besides(book, own, round_number))
    )


def _besides(book: WorkbookText, own: frozenset[tuple[str, str]], round_number: int) -> Iterator[tuple[str, str]]:
    """What the file holds that neither the tool as it was issued nor an office program by itself puts there."""
    from audit_kit.office.safe_read import in_places

    for passive in book.passive:
        kind, place = passive.kind, passive.place
        ours = (kind, place) in own or (round_number > 1 and kind == "comments")  # a copy that goes back has our own
        if not ours and kind not in _OF_ITSELF:
            yield kind, place
    if taken_out := [one for one in book.cleaned if one.taken_out]:
        yield "control characters that nobody can see", in_places(taken_out)


def _check(
    kit: Kit, item: Item, session: AuditSession, tool: AuditTool, audit_return: AuditReturn, prepared: Prepared | None,
    progress: AuditProgress,
) -> Checked:  # fmt: skip
    """Check and anonymise one return. The register is opened for this one act."""
    audit = audit_return.audit
    others = _named_by_others(kit, audit)
    without = prepared.without if prepared is not None else _without_names(kit, audit_return, tool)
    done = audits_done(kit, audit, audit_return.answer("auditor.name"))
    desk = Desk(
        audit_return,
        tool,
        session.dates.window_start,
        session.dates.window_end,
        kit.clock.today(),
        kit.config.quality.thresholds(),
        others,
        done.audits,
        sessions_of_this_auditor=done.sessions,
        due=progress.due,
        received=item.received.astimezone().date(),
        in_roles=" ".join(without.anonymised.answers.values()),
        contact_told_by=cross_checks.contact_told_by(kit, audit),
    )
    desk = replace(desk, like_texts=cross_checks.like_texts(kit, session, desk))
    queries = (*queries_about(desk), *name_replaced(desk, without.anonymised.replaced))
    decided = decide(
        queries,
        without.doubts,
        nil=not desk.involved and progress.state is AuditState.AWAITED,
        accept_without_reviewer=kit.config.quality.accept_without_reviewer,
    )
    return Checked(decided, without, queries, desk)


def _without_names(kit: Kit, audit_return: AuditReturn, tool: AuditTool) -> WithoutNames:
    audit = audit_return.audit
    named = (*_named_by_others(kit, audit), *roster_of(audit_return, tool))
    return without_names(audit_return, tool, anonymiser_of(kit, audit.session, audit.case, "anonymise", named))


def _named_by_others(kit: Kit, audit: AuditRef) -> tuple[RosterEntry, ...]:
    roster = roster_kept(kit, audit.session, audit.case)
    return tuple(entry for entry in roster if entry.agency != audit.agency)


def _keep(kit: Kit, audit_return: AuditReturn, tool: AuditTool, checked: Checked) -> None:
    """Seal what is needed again: the return without names, its queries and doubts, and the case's roster."""
    audit, stem = audit_return.audit, audit_return.audit.file_stem(audit_return.round)
    case = f"{audit.session}/{audit.case}"
    kit.vault.put(
        f"roster/{case}", (*_named_by_others(kit, audit), *roster_of(audit_return, tool)), tuple[RosterEntry, ...]
    )
    kit.vault.put(f"strangers/{case}", checked.without.strangers, Strangers)
    kit.vault.put(f"returns/{stem}", checked.without.anonymised, AnonymisedReturn)
    keep_replaced(kit, stem, checked.without.explained)
    kit.vault.put(f"queries/{stem}", checked.queries, tuple[Query, ...])
    doubts = f"doubts/{case}/{audit.agency}"
    if checked.without.doubts or kit.vault.as_of(doubts):
        kit.vault.put(doubts, checked.without.doubts, tuple[DoubtfulPhrase, ...])
    cross_checks.keep_for_others(kit, checked.desk)


def _tell_of_others(kit: Kit, audit_return: AuditReturn, tool: AuditTool, checked: Checked, done: Pass) -> None:
    """Point out what this return says of others in its case, and a conflict of its own, while the item is still open."""
    for sentence in cross_checks.tell_others(kit, audit_return, roster_of(audit_return, tool)):
        done.say(sentence, for_a_person=True)
    for sentence in told_without_models(checked.without.unanswered):
        done.say(sentence, for_a_person=True)
    for sentence in cross_checks.tell_of_risk(kit, checked.without.anonymised, checked.queries):
        done.say(sentence, for_a_person=True)
    conflicts = [query for query in checked.queries if query.rule == "V11"]
    cross_checks.tell_of_conflict(kit, checked.without.anonymised, conflicts)


def _carry_out(
    kit: Kit, item: Item, session: AuditSession, audit_return: AuditReturn, answers: str, checked: Checked,
    copy: bytes | None, progress: AuditProgress,
) -> None:  # fmt: skip
    """Decide in one transaction, with everything that is written because of it.

    ``answers``: their digest; ``copy``: the reviewer's, if it is made.
    """
    audit, decided = audit_return.audit, checked.decided
    due = in_working_days(kit, kit.config.calendar.send_back_days)
    files: list[Output] = []
    round_number = audit_return.round
    codes = [("answers", answers), ("doubts", str(decided.open_doubts)), ("rules", decided.rules)]
    codes += without_models(checked.without.unanswered)
    codes.append(("flags", " ".join(dict.fromkeys(query.rule for query in decided.warnings))))
    if decided.kind is EventKind.SENT_BACK:
        codes.append(("due", due.isoformat()))
        # a blank tool uses no round: what was sent first can still be filled in
        round_number += not audit_return.is_blank
    events = [_event(kit, decided.kind, audit, round_number, item, tuple(codes))]
    if audit_return.is_blank:
        files += blank_pack(kit, session, events[0], due)
    elif decided.kind is EventKind.SENT_BACK:
        files += send_back_pack(kit, session, checked.without.anonymised, decided.queries, events[0])
    elif decided.kind is EventKind.WITH_REVIEWER:
        files.append(reading_copy(kit, session, checked.without.anonymised, outputs.for_team("with-reviewer"), copy))
    elif decided.kind is EventKind.ACCEPTED:
        files.append(reading_copy(kit, session, checked.without.anonymised, outputs.on_file(audit.case, ""), copy))
        accepted = replace(progress, round=round_number, item=item.sha)
        files += acceptance_papers(kit, session, accepted, checked.without.anonymised)
        events.insert(0, _event(kit, EventKind.WITH_REVIEWER, audit, round_number, item, tuple(codes)))
    kit.carry_out(f"item:{item.sha}:{item.turn}", events, files, closes_item=item.sha)
    if decided.kind is not EventKind.SET_ASIDE:  # a return with doubtful words is read again once they are decided
        kit.vault.unstage(item.sha)


def _event(
    kit: Kit, kind: EventKind, audit: AuditRef, round_number: int, item: Item, codes: tuple[tuple[str, str], ...]
) -> Event:
    return kit.event(kind, audit.session, audit.case, audit.agency, round=round_number, item=item.sha, codes=codes)


def _answers_digest(audit_return: AuditReturn) -> str:
    """Same answers in the same round, same digest, whatever program saved the file. Nothing can be read from it."""
    text = json.dumps(sorted((ref, answer.strip()) for ref, answer in audit_return.answers.items() if answer.strip()))
    return hashlib.sha256(f"{audit_return.audit}:{audit_return.round}:{text}".encode()).hexdigest()[:32]


def _is_repeated(kit: Kit, item: Item, audit: AuditRef, answers: str) -> bool:
    """V03: whether these very answers came before in another file (re-saved by SharePoint, for example)."""
    earlier = kit.journal.events(audit.session)
    return any(event.code("answers") == answers and event.item != item.sha for event in earlier)


def _note_repeat(kit: Kit, item: Item, audit: AuditRef, done: Pass) -> None:
    kit.vault.file_original(item.sha, f"{audit.session}/{audit.case}")
    event = kit.event(EventKind.DUPLICATE, audit.session, audit.case, audit.agency, item=item.sha)
    kit.carry_out(f"item:{item.sha}:{item.turn}", [event], closes_item=item.sha)
    kit.vault.unstage(item.sha)
    done.say(f"{audit}: the same answers came again in another file. It is kept; nothing is done twice.")


def _with_differences(
    kit: Kit, unmatched: receive.Unmatched, audit_return: AuditReturn, tool: AuditTool, prepared: Prepared | None,
    progress: AuditProgress,
) -> receive.Unmatched:  # fmt: skip
    """The same, and in which answers this version differs from the one that counts."""
    without = prepared.without if prepared is not None else _without_names(kit, audit_return, tool)
    differs = versions.differences(kit, audit_return, without.anonymised, tool, progress)
    return replace(unmatched, why=f"{unmatched.why} {differs}".strip())


def _set_aside_unmatched(kit: Kit, item: Item, unmatched: receive.Unmatched, place: str, done: Pass) -> None:
    problem = AuditKitError(
        unmatched.why,
        where=place,
        not_happened="It was not filed under any audit.",
        next_step=unmatched.next_step,
    )
    set_aside(kit, item, problem, done, audit=unmatched.audit, code=unmatched.code)


def _said(audit: AuditRef, checked: Checked) -> str:
    """One sentence for the console."""
    decided = checked.decided
    if checked.desk.audit_return.is_blank:
        return f"{audit}: sent back, nothing has been filled in."
    if decided.kind is EventKind.SENT_BACK:
        count = len(decided.queries)
        return f"{audit}: sent back with {count} quer{'y' if count == 1 else 'ies'} ({decided.rules})."
    if decided.kind is EventKind.SET_ASIDE:
        many = "word or name is" if decided.open_doubts == 1 else "words or names are"
        return f"{audit}: set aside, {decided.open_doubts} {many} in doubt; see the case's review workbook."
    flags = f" with {len(decided.warnings)} flag{'s' if len(decided.warnings) != 1 else ''}" if decided.warnings else ""
    words = {
        EventKind.WITH_REVIEWER: f"with the reviewer{flags}",
        EventKind.NO_INVOLVEMENT: "no involvement",
        EventKind.ACCEPTED: "accepted without a reviewer, as configured",
    }
    return f"{audit}: {words[decided.kind]}."
